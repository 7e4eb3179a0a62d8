//! What the widget itself says: see `www/words.js`, which has it. Everything else on screen is the
//! content author's.

use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;

/// A text of ours, in the order in which `www/words.js` has them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Word {
    /// How many tasks are done, of how many.
    Count,
    /// How many are left.
    Left,
    /// The name of the progress bar.
    Progress,
    /// Instead of the count, once nothing is left.
    AllDone,
    /// The heading of the celebration, unless the author has one.
    Celebration,
    /// Above the optional tasks that are left after it.
    StillThere,
    /// The button that makes the panel small again.
    Minimise,
    /// The button that sends the checklist away.
    Dismiss,
    /// What it asks first.
    Question,
    /// Why there is nothing to fear.
    Reassurance,
    /// Yes.
    Hide,
    /// No.
    Keep,
    /// The button that ends a celebration or a tip.
    Close,
    /// How a task stands, for those who cannot see it.
    Done,
    /// Likewise.
    Locked,
    /// The tag of a task that may be left out.
    Optional,
    /// What a locked task waits for, with a place for the tasks' titles.
    First,
    /// A task's title within a sentence.
    Quoted,
    /// Said when a task has been done.
    TaskDone,
    /// How a task stands that the user has left out.
    Skipped,
    /// When a task waits for something that its author has not put into words.
    Later,
    /// The button that leaves a task out.
    Skip,
    /// The button that marks a task as done.
    MarkDone,
    /// The button that undoes either.
    Undo,
    /// The tag of a task that is due.
    Due,
    /// And of one that is overdue.
    Overdue,
    /// What precedes the heading of a reminder.
    Reminder,
    /// The place of a step among all.
    Step,
    /// The buttons of a tour.
    Next,
    /// Likewise.
    Back,
    /// Likewise.
    Finish,
    /// The button of a reminder.
    ShowMe,
    /// The button that opens a menu.
    More,
    /// Puts something off until tomorrow.
    Tomorrow,
    /// Puts something off until the next session.
    NextTime,
    /// Has no more tips and tours.
    NoMore,
    /// Has them again.
    TipsAgain,
    /// That a button has not done its work.
    Failed,
    /// Between the parts of a list.
    Comma,
    /// Between sentences.
    Stop,
}

/// The place that [`Word::First`] has for titles.
pub(super) const PLACE: &str = "{0}";

#[wasm_bindgen(module = "/www/words.js")]
extern "C" {
    /// Takes the words that an answer of the collector brings.
    pub fn learn(answer: &JsValue);

    /// The language that is spoken, as a tag.
    pub fn spoken() -> String;

    /// Has what is drawn in a root say in which language it is, and run as that does.
    pub(super) fn dress(root: &ShadowRoot);

    #[wasm_bindgen(js_name = say)]
    fn say_word(word: u32) -> String;

    #[wasm_bindgen(js_name = say)]
    fn say_numbers(word: u32, first: u32, second: u32) -> String;

    #[wasm_bindgen(js_name = say)]
    fn say_text(word: u32, text: &str) -> String;
}

/// A text without places.
pub(super) fn say(word: Word) -> String {
    say_word(word as u32)
}

/// A text with places for two numbers, or for one, which is the first.
#[expect(
    clippy::cast_possible_truncation,
    reason = "there are no more tasks and steps than an author writes"
)]
pub(super) fn say_of(word: Word, first: usize, second: usize) -> String {
    say_numbers(word as u32, first as u32, second as u32)
}

/// A text with a place for a text.
pub(super) fn say_about(word: Word, text: &str) -> String {
    say_text(word as u32, text)
}
