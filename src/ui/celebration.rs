//! What the panel shows once the checklist is complete.

use headstart_core::Act;
use headstart_core::engine::view::ChecklistView;

use super::button::button;
use super::draw::{Drawing, Fill};
use super::icon::{CHECK, icon};
use super::news;
use super::pen::Pen;
use super::template::draw;
use super::words::{Word, say_of};

/// How many pieces of confetti fly: the style sheet tells them apart by sevens and fours.
const PIECES: usize = 28;

/// Draws the upper part of the panel of a complete checklist; `title` is the id of its heading.
pub(super) fn celebration(pen: &Pen<'_>, checklist: &ChecklistView, title: &str) -> Drawing {
    draw!(
        pen,
        "<div class=celebration>
            <div class=prize aria-hidden=true>{confetti}{disc}</div>
            <h2 id={id} tabindex=-1>{heading}</h2>
            <p>{count}</p>
            {close}
        </div>",
        confetti = (!pen.calm).then(|| confetti(pen)),
        disc = icon(pen, CHECK, "disc"),
        id = title,
        heading = news::celebration(checklist),
        count = say_of(Word::Count, checklist.done, checklist.tasks.len()),
        close = button(
            pen,
            Word::Close,
            false,
            Act::Dismiss(checklist.content.clone())
        ),
    )
}

fn confetti(pen: &Pen<'_>) -> Drawing {
    let mut pieces = pen.draw("");
    for _ in 0..PIECES {
        pieces = draw!(pen, "<i />").fill(pieces);
    }
    draw!(pen, "<div class=confetti>{pieces}</div>", pieces = pieces)
}
