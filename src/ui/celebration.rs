//! What the panel shows once the checklist is complete.

use headstart_core::Act;
use headstart_core::engine::view::ChecklistView;
use yew::{Html, html};

use super::button::button;
use super::icon::{CHECK, icon};
use super::news;
use super::pen::Pen;
use super::words::{Word, say_of};

/// How many pieces of confetti fly: the style sheet tells them apart by sevens and fours.
const PIECES: usize = 28;

/// Draws the upper part of the panel of a complete checklist; `title` is the id of its heading.
pub(super) fn celebration(pen: &Pen<'_>, checklist: &ChecklistView, title: &'static str) -> Html {
    let close = Act::Dismiss(checklist.content.clone());
    html! {
        <div class="celebration">
            <div class="prize" aria-hidden="true">
                if !pen.calm {
                    <div class="confetti">{ vec![html! { <i /> }; PIECES] }</div>
                }
                { icon(CHECK, "disc") }
            </div>
            <h2 id={title} tabindex="-1">{ news::celebration(checklist) }</h2>
            <p>{ say_of(Word::Count, checklist.done, checklist.tasks.len()) }</p>
            { button(Word::Close, false, pen.does(close)) }
        </div>
    }
}
