//! The one component: it draws the view, and does what only the browser can do after drawing.

use headstart_core::{Act, TaskId, View};
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{Element, ShadowRoot};
use yew::{AttrValue, Callback, Component, Context, Html, NodeRef, Properties, html};

use super::card::{Keys, card};
use super::focus::{self, Held};
use super::launcher::launcher;
use super::news;
use super::panel::panel;
use super::pen::Pen;
use super::top_layer;
use super::words::{dress, spoken};

const CALM: &str = "(prefers-reduced-motion:reduce)";

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
    said: AttrValue,
    /// The tasks done since the panel was last closed.
    fresh: Vec<TaskId>,
    /// What is to become of focus after drawing.
    focus: Option<(Option<&'static str>, Held)>,
    dock: NodeRef,
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
            said: AttrValue::default(),
            fresh: Vec::new(),
            focus: None,
            dock: NodeRef::default(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, Show(view, targets): Show) -> bool {
        let language = spoken();
        if view == self.view && targets == self.targets && self.language == language {
            return false;
        }
        let held = Held::now(&ctx.props().shadow);
        self.focus = Some((focus::wanted(&self.view, &view, held), held));
        if let Some(mut said) = news::between(&self.view, &view) {
            // The same once more would be no change, and it is changes that are read out.
            if *self.said == *said {
                said.push(' ');
            }
            self.said = said.into();
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
            calm: matches(CALM),
        };
        html! {
            <>
                <div class="said" role="status">{ &self.said }</div>
                if let Some(checklist) = &self.view.checklist {
                    <div
                        key={checklist.content.as_str()}
                        ref={&self.dock}
                        class="dock"
                        data-content={checklist.content.as_str().to_owned()}
                        data-open={checklist.open.then_some("")}
                        popover="manual"
                        onkeydown={pen.keys(checklist.open.then_some(if checklist.confirming {
                            Act::KeepIt
                        } else {
                            Act::Minimise
                        }))}
                    >
                        { launcher(&pen, checklist) }
                        if checklist.open {
                            { panel(&pen, checklist) }
                        }
                    </div>
                }
                { self.cards(&pen) }
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        dress(&ctx.props().shadow);
        let shown = self.view.cards.iter().zip(&self.targets);
        let targets = shown.filter(|(card, target)| card.target.is_none() || target.is_some());
        let targets: Array = targets
            .map(|(_, target)| JsValue::from(target.clone()))
            .collect();
        top_layer::arrange(&ctx.props().shadow, self.dock.cast().as_ref(), &targets);
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
                let done = news::newly_done(was, now).map(|task| task.id.clone());
                self.fresh.extend(done);
            }
            _ => self.fresh.clear(),
        }
    }

    /// Gives the cards their numbers: the one it had, to what is the same as before.
    fn number(&mut self, view: &View, targets: &[Option<Element>]) {
        let mut keys = Vec::new();
        for (card, target) in view.cards.iter().zip(targets) {
            let before = self.view.cards.iter().zip(&self.targets).zip(&self.keys);
            let same = before.into_iter().find(|((old, at), _)| {
                old.content == card.content
                    && old.step == card.step
                    && at.is_some() == target.is_some()
            });
            self.last += 1;
            keys.push(match same {
                Some(((_, at), key)) if at == target => *key,
                Some((_, key)) => Keys {
                    card: key.card,
                    mark: self.last,
                },
                None => Keys {
                    card: self.last,
                    mark: self.last,
                },
            });
        }
        self.keys = keys;
    }

    fn cards(&self, pen: &Pen<'_>) -> Html {
        let all = self.view.cards.iter().zip(&self.targets).zip(&self.keys);
        all.filter(|((card, target), _)| card.target.is_none() || target.is_some())
            .map(|((view, _), key)| card(pen, view, *key))
            .collect()
    }
}

fn matches(query: &str) -> bool {
    let list = gloo::utils::window().match_media(query);
    list.is_ok_and(|list| list.is_some_and(|list| list.matches()))
}
