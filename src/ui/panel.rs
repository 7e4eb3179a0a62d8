//! The panel: the checklist itself.

use headstart_core::Act;
use headstart_core::content::Snooze;
use headstart_core::engine::view::{ChecklistView, TaskState, TaskView};
use headstart_core::language::DEFAULT;
use headstart_core::time::{DAY, Span};
use yew::{Html, html};

use super::button::{button, tool};
use super::celebration::celebration;
use super::icon::{CROSS, MINUS, icon};
use super::pen::Pen;
use super::rich::rich;
use super::task::task;
use super::words::{Word, say, say_of};

/// The panel's id, which the launcher names.
pub(super) const ID: &str = "hs-panel";

const TITLE: &str = "hs-title";

/// Draws the panel.
pub(super) fn panel(pen: &Pen<'_>, checklist: &ChecklistView) -> Html {
    html! {
        <div
            class="panel"
            id={ID}
            lang={language(checklist)}
            role="dialog"
            aria-labelledby={TITLE}
        >
            if checklist.complete {
                <div class="head">{ buttons(pen, checklist) }</div>
                { celebration(pen, checklist, TITLE) }
                { leftovers(pen, checklist) }
            } else {
                { header(pen, checklist) }
                if checklist.confirming {
                    { question(pen, checklist) }
                }
                { list(pen, checklist, |_| true) }
            }
            if pen.hushed {
                <div class="hushed">
                    { button(Word::TipsAgain, true, pen.does(Act::Hush(false))) }
                </div>
            }
        </div>
    }
}

/// The language of a checklist's texts.
pub(super) fn language(checklist: &ChecklistView) -> String {
    checklist.language.as_deref().unwrap_or(DEFAULT).to_owned()
}

fn header(pen: &Pen<'_>, checklist: &ChecklistView) -> Html {
    let total = checklist.tasks.len();
    let (done, all) = checklist.progress;
    html! {
        <div class="head">
            <h2 id={TITLE} tabindex="-1">{ &checklist.title }</h2>
            { buttons(pen, checklist) }
            if let Some(description) = &checklist.description {
                <div class="description rich">{ rich(pen, description) }</div>
            }
            <div class="progress">
                <progress
                    aria-label={say(Word::Progress)}
                    max={all.to_string()}
                    value={done.to_string()}
                />
                <span class="count">{ say_of(Word::Count, checklist.done, total) }</span>
            </div>
        </div>
    }
}

fn buttons(pen: &Pen<'_>, checklist: &ChecklistView) -> Html {
    // There is nothing left to lose by sending a complete one away.
    let dismiss = if checklist.complete {
        Act::Dismiss(checklist.content.clone())
    } else if checklist.confirming {
        Act::KeepIt
    } else {
        Act::AskDismiss
    };
    html! {
        <div class="buttons">
            { tool(Word::Minimise, MINUS, pen.does(Act::Minimise)) }
            <button
                type="button"
                class="tool"
                data-dismiss=""
                aria-label={say(Word::Dismiss)}
                aria-expanded={(!checklist.complete).then(|| checklist.confirming.to_string())}
                onclick={pen.does(dismiss)}
            >
                { icon(CROSS, "") }
            </button>
        </div>
    }
}

fn question(pen: &Pen<'_>, checklist: &ChecklistView) -> Html {
    let hide = Act::Dismiss(checklist.content.clone());
    let tomorrow = Snooze::For(Span::from_millis(DAY));
    let later = Act::Snooze(checklist.content.clone(), tomorrow);
    html! {
        <div
            class="question"
            role="group"
            tabindex="-1"
            aria-labelledby="hs-question"
            aria-describedby="hs-reassurance"
        >
            <p id="hs-question">{ say(Word::Question) }</p>
            <p id="hs-reassurance">{ say(Word::Reassurance) }</p>
            <div class="answers">
                { button(Word::Hide, false, pen.does(hide)) }
                { button(Word::Tomorrow, true, pen.does(later)) }
                { button(Word::Keep, true, pen.does(Act::KeepIt)) }
            </div>
        </div>
    }
}

/// The optional tasks that are left in a complete checklist.
fn leftovers(pen: &Pen<'_>, checklist: &ChecklistView) -> Html {
    if checklist.done == checklist.tasks.len() {
        return Html::default();
    }
    html! {
        <>
            <p class="leftovers">{ say(Word::StillThere) }</p>
            { list(pen, checklist, |task| task.state != TaskState::Done) }
        </>
    }
}

/// Safari takes a list without bullets for none, unless told so.
fn list(pen: &Pen<'_>, checklist: &ChecklistView, which: fn(&TaskView) -> bool) -> Html {
    let rows: Vec<Html> = checklist
        .tasks
        .iter()
        .enumerate()
        .filter(|(_, row)| which(row))
        .map(|(number, row)| task(pen, &checklist.content, row, number))
        .collect();
    html! { <ul role="list">{ rows }</ul> }
}
