//! Where focus goes: into what the user opens, and back to where they came from.

use headstart_core::View;
use headstart_core::content::Form;
use headstart_core::engine::view::CardView;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ShadowRoot};

use super::news::same;
use super::top_layer;

/// A place in the widget that takes focus, by its selector.
type Place = &'static str;

const HEADING: Place = ".panel h2";
/// The task that is unfolded, whose buttons change with what they do.
const TASK: Place = "h3 [aria-expanded=true]";
const QUESTION: Place = ".question";
const DISMISS: Place = "[data-dismiss]";
const LAUNCHER: Place = ".launcher";
/// The heading of the card that has the user's attention.
const CARD: Place = ".card:is([data-form=tour],[data-form=modal],[data-form=tooltip]) h2";
/// The mark of a hint that was closed around focus.
const FOLDED: Place = ".beacon:has(~ [hidden] :focus)";

/// Where focus was before a view was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// On the page, or nowhere.
    Elsewhere,
    /// In the launcher or the panel.
    Checklist,
    /// In a card.
    Card,
}

impl Held {
    /// Where focus is now.
    pub(super) fn now(shadow: &ShadowRoot) -> Self {
        match shadow.active_element() {
            None => Self::Elsewhere,
            Some(element) if matches!(element.closest(".stand"), Ok(Some(_))) => Self::Card,
            Some(_) => Self::Checklist,
        }
    }
}

/// Where focus goes because of what the user did between two views. A panel that is simply there,
/// as after a reload, takes no focus from the page; nor does a card that came by itself.
pub(super) fn wanted(old: &View, new: &View, held: Held) -> Option<Place> {
    if let (Some(was), Some(now)) = (old.interruption(), new.interruption())
        && was.content == now.content
        && was.step != now.step
        && held == Held::Card
    {
        return Some(CARD);
    }
    let asked_for = |card: &&CardView| !card.can_snooze && card.form != Form::Modal;
    if let Some(now) = new.interruption().filter(asked_for)
        && held != Held::Elsewhere
        && old
            .interruption()
            .is_none_or(|was| was.content != now.content)
    {
        return Some(CARD);
    }
    let checklist = new.checklist.as_ref()?;
    let was = same(old, checklist)?;
    match (was.open, checklist.open) {
        (false, true) => Some(HEADING),
        (true, true) if checklist.confirming && !was.confirming => Some(QUESTION),
        (true, true) if was.confirming && !checklist.confirming => Some(DISMISS),
        _ => None,
    }
}

/// Moves focus to its new place, if there is one; or saves it, if what held it is gone.
pub(super) fn settle(shadow: &ShadowRoot, wanted: Option<Place>, held: Held) {
    // When a hint has gone back into its mark, the browser would let go of focus a moment later.
    let mut places = wanted.into_iter().chain([FOLDED]);
    if !places.any(|place| focus(shadow, place))
        && held != Held::Elsewhere
        && shadow.active_element().is_none()
    {
        let mut places = [TASK, HEADING, LAUNCHER].iter();
        if held != Held::Checklist || !places.any(|place| focus(shadow, place)) {
            top_layer::give_back(shadow);
        }
    }
}

fn focus(shadow: &ShadowRoot, place: Place) -> bool {
    match shadow.query_selector(place) {
        Ok(Some(element)) => element.unchecked_ref::<HtmlElement>().focus().is_ok(),
        _ => false,
    }
}
