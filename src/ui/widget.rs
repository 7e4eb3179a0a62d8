//! The one component: it draws the view, and does what only the browser can do after drawing.

use std::mem;

use headstart_core::{Act, TaskId, View};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, Node, ShadowRoot};
use yew::{AttrValue, Callback, Component, Context, Html, NodeRef, Properties, html};

use super::focus::{self, Held};
use super::launcher::launcher;
use super::news;
use super::panel::panel;
use super::pen::Pen;
use super::tip::tip;
use super::top_layer;
use super::words::ENGLISH;

const CALM: &str = "(prefers-reduced-motion:reduce)";

/// What the component is given once.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct Props {
    /// What the user does goes here.
    pub act: Callback<Act>,
    /// The root that all is drawn in.
    pub shadow: ShadowRoot,
}

/// What the component is told.
pub(super) enum Message {
    /// Draw this, with the tip at this element.
    Show(View, Option<Element>),
    /// Focus came in from this element of the page.
    Entered(HtmlElement),
}

/// The widget on screen.
pub(super) struct Widget {
    act: Callback<Act>,
    entered: Callback<FocusEvent>,
    view: View,
    target: Option<Element>,
    /// Counts the tips, and the targets of each.
    pins: u32,
    /// Which of them is pinned.
    pinned: u32,
    /// Whether what is pinned next is scrolled to: one that has just come up, not one whose target
    /// the host has replaced while the user is elsewhere.
    reveals: bool,
    /// The text of the live region.
    said: AttrValue,
    /// The tasks done since the panel was last closed.
    fresh: Vec<TaskId>,
    /// The element of the page that had focus before we did.
    came_from: Option<HtmlElement>,
    /// What is to become of focus after drawing.
    focus: Option<(Option<&'static str>, Held)>,
    dock: NodeRef,
    mark: NodeRef,
    tip: NodeRef,
}

impl Component for Widget {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let Props { act, shadow } = ctx.props().clone();
        let link = ctx.link().clone();
        Self {
            act: act.clone(),
            entered: Callback::from(move |event: FocusEvent| {
                if let Some(element) = left_behind(&event, &shadow) {
                    link.send_message(Message::Entered(element));
                }
            }),
            view: View::default(),
            target: None,
            pins: 0,
            pinned: 0,
            reveals: false,
            said: AttrValue::default(),
            fresh: Vec::new(),
            came_from: None,
            focus: None,
            dock: NodeRef::default(),
            mark: NodeRef::default(),
            tip: NodeRef::default(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Entered(element) => {
                self.came_from = Some(element);
                false
            }
            Message::Show(view, target) => {
                if view == self.view && target == self.target {
                    return false;
                }
                self.focus = Some((
                    focus::wanted(&self.view, &view),
                    Held::now(&ctx.props().shadow),
                ));
                if let Some(said) = news::between(&self.view, &view, &ENGLISH) {
                    self.said = said.into();
                }
                self.freshen(&view);
                let content = |view: &View| view.tip.as_ref().map(|tip| tip.content.clone());
                let other = content(&view) != content(&self.view);
                self.reveals |= other;
                if other || target != self.target {
                    self.pins += 1;
                }
                self.view = view;
                self.target = target;
                true
            }
        }
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let pen = Pen {
            act: &self.act,
            entered: &self.entered,
            words: &ENGLISH,
            fresh: &self.fresh,
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
                        data-open={checklist.open.then_some("")}
                        popover="manual"
                        onfocusin={&self.entered}
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
                if let Some(view) = self.view.tip.as_ref().filter(|_| self.target.is_some()) {
                    // Firefox keeps a popover at its first anchor for a while: another target takes
                    // other elements.
                    <div key={self.pins}>{ tip(&pen, view, &self.mark, &self.tip) }</div>
                }
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        self.pin(&ctx.props().shadow);
        if let Some((wanted, held)) = self.focus.take() {
            focus::settle(&ctx.props().shadow, wanted, held, self.came_from.as_ref());
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let Some(mark) = self.mark.cast::<HtmlElement>() {
            top_layer::unpin(&mark);
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

    /// Raises what is to be above the page, pins the tip to its target, and keeps it there.
    fn pin(&mut self, shadow: &ShadowRoot) {
        let nodes = self.mark.cast::<HtmlElement>().zip(self.tip.cast());
        let pinned = nodes.zip(self.target.as_ref());
        // Before anything is raised: what is moved comes down.
        top_layer::lodge(shadow, pinned.as_ref().map(|(_, target)| *target));
        if let Some(dock) = self.dock.cast::<HtmlElement>() {
            top_layer::raise(&dock);
        }
        let Some(((mark, tip), target)) = pinned else {
            return;
        };
        if self.pinned == self.pins {
            top_layer::readjust();
        } else {
            self.pinned = self.pins;
            top_layer::pin(&mark, &tip, target, "");
            if mem::take(&mut self.reveals) {
                top_layer::reveal(target);
            }
        }
    }
}

fn matches(query: &str) -> bool {
    let list = gloo::utils::window().match_media(query);
    list.is_ok_and(|list| list.is_some_and(|list| list.matches()))
}

/// The element of the page that lost focus to us.
fn left_behind(event: &FocusEvent, shadow: &ShadowRoot) -> Option<HtmlElement> {
    let other = event.related_target()?;
    let inside = shadow.contains(other.dyn_ref::<Node>());
    (!inside).then_some(())?;
    other.dyn_into().ok()
}
