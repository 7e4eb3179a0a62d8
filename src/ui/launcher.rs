//! The launcher: the small thing in the corner that opens the panel and shows how far one has got.

use headstart_core::Act;
use headstart_core::engine::view::ChecklistView;
use yew::{Html, html};

use super::icon::{CHECK, icon};
use super::panel;
use super::pen::Pen;
use super::words::{Word, say, say_of};

/// Draws the launcher.
pub(super) fn launcher(pen: &Pen<'_>, checklist: &ChecklistView) -> Html {
    let total = checklist.tasks.len();
    let act = if checklist.open {
        Act::Minimise
    } else {
        Act::Open(checklist.content.clone())
    };
    let standing = if checklist.complete {
        say(Word::AllDone)
    } else {
        say_of(Word::Left, total.saturating_sub(checklist.done), 0)
    };
    let fresh = (!checklist.open && !pen.fresh.is_empty()).then_some("");
    html! {
        <button
            type="button"
            class="launcher"
            lang={panel::language(checklist)}
            data-fresh={fresh}
            aria-expanded={checklist.open.to_string()}
            aria-controls={checklist.open.then_some(panel::ID)}
            onclick={pen.does(act)}
        >
            { ring(checklist) }
            <span class="label">
                <span class="name">{ &checklist.title }</span>
                // Not a label: it would hide from voice control what can be seen.
                <span class="said">
                    { say(Word::Comma) }
                    { say_of(Word::Count, checklist.done, total) }
                </span>
                <span class="left" aria-hidden="true">{ standing }</span>
            </span>
        </button>
    }
}

/// The progress ring, which closes into a disc with a tick.
fn ring(checklist: &ChecklistView) -> Html {
    if checklist.complete {
        return icon(CHECK, "disc");
    }
    let (done, total) = checklist.progress;
    // A path length of one unit a task spares us the circle's circumference.
    let path_length = total.to_string();
    html! {
        <svg class="ring" viewBox="0 0 32 32" aria-hidden="true">
            <circle cx="16" cy="16" r="13" />
            if done > 0 {
                <circle
                    class="arc"
                    cx="16"
                    cy="16"
                    r="13"
                    pathLength={path_length}
                    stroke-dasharray={format!("{done} {total}")}
                />
            }
        </svg>
    }
}
