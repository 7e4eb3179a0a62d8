//! The one component: it draws the view, and does what only the browser can do after drawing.

use headstart_core::engine::view::ChecklistView;
use headstart_core::text::concat;
use headstart_core::{Act, TaskId, View};
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Element, ShadowRoot};
use yew::{Callback, Component, Context, Html, Properties};

use super::card::{Keys, card};
use super::draw::{Drawing, Fill};
use super::focus::{self, Held};
use super::launcher::launcher;
use super::news;
use super::panel::panel;
use super::pen::Pen;
use super::template::draw;
use super::top_layer;
use super::words::{Word, dress, say, spoken};

/// What the component is given once.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct Props {
    /// What the user does goes here.
    pub act: Callback<Act>,
    /// The root that all is drawn in.
    pub shadow: ShadowRoot,
}

/// What the component is told: to draw this, with the cards at these elements.
pub(super) struct Show(pub View, pub Vec<Option<Element>>);

/// The widget on screen.
pub(super) struct Widget {
    act: Callback<Act>,
    /// The language of our own words, as a tag.
    language: String,
    view: View,
    targets: Vec<Option<Element>>,
    /// The numbers of the cards.
    keys: Vec<Keys>,
    /// The last number given out.
    last: u32,
    /// The text of the live region.
    said: String,
    /// Whether that has not been drawn yet.
    unsaid: bool,
    /// The tasks done since the panel was last closed.
    fresh: Vec<TaskId>,
    /// What is to become of focus after drawing.
    focus: Option<(Option<&'static str>, Held)>,
}

impl Component for Widget {
    type Message = Show;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        Self {
            act: ctx.props().act.clone(),
            language: String::new(),
            view: View::default(),
            targets: Vec::new(),
            keys: Vec::new(),
            last: 0,
            said: String::new(),
            unsaid: false,
            fresh: Vec::new(),
            focus: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, Show(view, targets): Show) -> bool {
        let language = spoken();
        if view == self.view && targets == self.targets && self.language == language {
            return false;
        }
        let held = Held::now(&ctx.props().shadow);
        // Several views may come before one is drawn.
        let undrawn = self.focus.take().and_then(|(wanted, _)| wanted);
        self.focus = Some((focus::wanted(&self.view, &view, held).or(undrawn), held));
        if let Some(mut said) = news::between(&self.view, &view) {
            if self.unsaid {
                said = concat(&[&self.said, &say(Word::Stop), &said]);
            }
            // The same once more would be no change, and it is changes that are read out.
            if self.said == said {
                said.push(' ');
            }
            self.said = said;
            self.unsaid = true;
        }
        self.freshen(&view);
        self.number(&view, &targets);
        self.language = language;
        self.view = view;
        self.targets = targets;
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let pen = Pen {
            act: &self.act,
            fresh: &self.fresh,
            hushed: self.view.hushed,
            calm: top_layer::is_calm(),
        };
        draw!(
            pen,
            "<div class=said role=status>{said}</div>{dock}{cards}",
            said = self.said.as_str(),
            dock = self
                .view
                .checklist
                .as_ref()
                .map(|checklist| dock(&pen, checklist)),
            cards = self.cards(&pen),
        )
        .node()
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        self.unsaid = false;
        dress(&ctx.props().shadow);
        let targets = Array::new();
        for (card, target) in self.view.cards.iter().zip(&self.targets) {
            if card.target.is_none() || target.is_some() {
                targets.push(&target.clone().into());
            }
        }
        let dock = ctx.props().shadow.query_selector(".dock");
        let dock = dock.ok().flatten().map(JsCast::unchecked_into);
        top_layer::arrange(&ctx.props().shadow, dock.as_ref(), &targets);
        if let Some((wanted, held)) = self.focus.take() {
            focus::settle(&ctx.props().shadow, wanted, held);
        }
    }
}

impl Widget {
    /// Notes what has just been done, until the user has seen it.
    fn freshen(&mut self, view: &View) {
        let now = view.checklist.as_ref();
        let was = now.and_then(|now| news::same(&self.view, now));
        match (was, now) {
            (Some(was), Some(now)) => {
                if was.open && !now.open {
                    self.fresh.clear();
                }
                for task in news::newly_done(was, now) {
                    self.fresh.push(task.id.clone());
                }
            }
            _ => self.fresh.clear(),
        }
    }

    /// Gives the cards their numbers: the one it had, to what is the same as before.
    fn number(&mut self, view: &View, targets: &[Option<Element>]) {
        let mut keys = Vec::new();
        for (card, target) in view.cards.iter().zip(targets) {
            self.last += 1;
            let mut key = Keys {
                card: self.last,
                mark: self.last,
            };
            for (index, old) in self.view.cards.iter().enumerate() {
                let at = &self.targets[index];
                if old.content == card.content
                    && old.step == card.step
                    && at.is_some() == target.is_some()
                {
                    key.card = self.keys[index].card;
                    if at == target {
                        key.mark = self.keys[index].mark;
                    }
                }
            }
            keys.push(key);
        }
        self.keys = keys;
    }

    fn cards(&self, pen: &Pen<'_>) -> Drawing {
        let mut cards = pen.draw("");
        for ((view, target), key) in self.view.cards.iter().zip(&self.targets).zip(&self.keys) {
            if view.target.is_none() || target.is_some() {
                cards = card(pen, view, *key).fill(cards);
            }
        }
        cards
    }
}

/// The checklist's launcher and panel.
fn dock(pen: &Pen<'_>, checklist: &ChecklistView) -> Drawing {
    let escape = if checklist.confirming {
        Act::KeepIt
    } else {
        Act::Minimise
    };
    draw!(
        pen,
        "<div key={key} class=dock data-content={content} data-open={open} popover=manual
            onkeydown={escape}
        >
            {launcher}
            {panel}
        </div>",
        key = checklist.content.as_str(),
        content = checklist.content.as_str(),
        open = checklist.open,
        escape = checklist.open.then_some(escape),
        launcher = launcher(pen, checklist),
        panel = checklist.open.then(|| panel(pen, checklist)),
    )
}
