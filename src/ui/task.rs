//! One task of the list: a line that unfolds to what it is about and a button.

use headstart_core::engine::view::{TaskState, TaskView};
use headstart_core::run::Mark;
use headstart_core::text::split_at;
use headstart_core::{Act, ContentId};
use yew::{Html, html};

use super::button::button;
use super::icon::{CHECK, CHEVRON, LOCK, MINUS, icon};
use super::pen::Pen;
use super::rich::rich;
use super::words::{PLACE, Word, say, say_about};

/// Draws a task. `number` is its place in the list.
pub(super) fn task(pen: &Pen<'_>, content: &ContentId, task: &TaskView, number: usize) -> Html {
    let id = format!("hs-task-{number}");
    let standing = match task.state {
        TaskState::Open => None,
        TaskState::Done => Some(("done", Word::Done)),
        TaskState::Skipped => Some(("skipped", Word::Skipped)),
        TaskState::Locked(_) => Some(("locked", Word::Locked)),
    };
    let fresh = pen.fresh.contains(&task.id).then_some("");
    html! {
        <li key={task.id.as_str()} class="task" data-state={standing.map(|s| s.0)} data-fresh={fresh}>
            <h3>
                <button
                    type="button"
                    aria-expanded={task.expanded.to_string()}
                    aria-controls={task.expanded.then(|| id.clone())}
                    onclick={pen.does(Act::Toggle(task.id.clone()))}
                >
                    { mark(&task.state) }
                    <span class="name">{ &task.title }</span>
                    if let Some((_, word)) = standing {
                        <span class="said">{ say(Word::Comma) }{ say(word) }</span>
                    }
                    if let Some(due) = task.due {
                        <span class="said">{ say(Word::Comma) }</span>
                        <span class="tag" data-over={due.over.then_some("")}>
                            { say(if due.over { Word::Overdue } else { Word::Due }) }
                        </span>
                    }
                    if !task.required {
                        <span class="said">{ say(Word::Comma) }</span>
                        <span class="tag">{ say(Word::Optional) }</span>
                    }
                    { icon(CHEVRON, "chevron") }
                </button>
            </h3>
            if task.expanded {
                { body(pen, content, task, &id) }
            }
        </li>
    }
}

/// The circle in front: empty, ticked, or with a padlock.
fn mark(state: &TaskState) -> Html {
    match state {
        TaskState::Open => html! { <span class="empty" /> },
        TaskState::Skipped => icon(MINUS, "skip"),
        TaskState::Done => icon(CHECK, "disc"),
        TaskState::Locked(_) => icon(LOCK, "lock"),
    }
}

fn body(pen: &Pen<'_>, content: &ContentId, task: &TaskView, id: &str) -> Html {
    let waits = match &task.state {
        TaskState::Locked(waits) => Some(waits.as_slice()),
        _ => None,
    };
    let locked = waits.is_some();
    let reason = format!("{id}-lock");
    let press = (!locked).then(|| {
        pen.does(Act::Press {
            content: content.clone(),
            task: Some(task.id.clone()),
            button: 0,
        })
    });
    let quiet = (task.state != TaskState::Open).then_some("");
    let mark = |mark| pen.does(Act::Mark(content.clone(), task.id.clone(), mark));
    html! {
        <div class="body" id={id.to_owned()}>
            if let Some(description) = &task.description {
                <div class="rich">{ rich(pen, description) }</div>
            }
            if let Some(waits) = waits {
                <p class="lock-reason" id={reason.clone()}>{ first(waits) }</p>
            }
            <div class="answers">
                if let Some(label) = &task.action {
                    <button
                        type="button"
                        class="button"
                        data-quiet={quiet}
                        aria-disabled={locked.then_some("true")}
                        aria-describedby={locked.then_some(reason)}
                        onclick={press}
                    >
                        { label }
                    </button>
                }
                if task.can_mark {
                    { button(Word::MarkDone, true, mark(Mark::Done)) }
                }
                if task.can_skip {
                    { button(Word::Skip, true, mark(Mark::Skipped)) }
                }
                if task.can_undo {
                    { button(Word::Undo, true, mark(Mark::Open)) }
                }
            </div>
        </div>
    }
}

/// "Do “A”, “B” first", each title kept from reordering the sentence around it.
fn first(waits: &[String]) -> Html {
    if waits.is_empty() {
        return html! { { say(Word::Later) } };
    }
    let text = say(Word::First);
    let (before, after) = split_at(&text, PLACE).unwrap_or((&text, ""));
    let mut parts = vec![html! { { before } }];
    for (i, title) in waits.iter().enumerate() {
        if i > 0 {
            parts.push(html! { { say(Word::Comma) } });
        }
        parts.push(html! { <bdi>{ say_about(Word::Quoted, title) }</bdi> });
    }
    parts.push(html! { { after } });
    parts.into_iter().collect()
}
