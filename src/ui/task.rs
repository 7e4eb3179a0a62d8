//! One task of the list: a line that unfolds to what it is about and a button.

use headstart_core::engine::view::{TaskState, TaskView};
use headstart_core::{Act, ContentId};
use yew::{Html, html};

use super::icon::{CHECK, CHEVRON, LOCK, icon};
use super::pen::Pen;

/// Draws a task. `number` is its place in the list.
pub(super) fn task(pen: &Pen<'_>, content: &ContentId, task: &TaskView, number: usize) -> Html {
    let id = format!("hs-task-{number}");
    let standing = match task.state {
        TaskState::Open => None,
        TaskState::Done => Some(("done", pen.words.done)),
        TaskState::Locked(_) => Some(("locked", pen.words.locked)),
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
                        <span class="said">{ ", " }{ word }</span>
                    }
                    if !task.required {
                        <span class="said">{ ", " }</span>
                        <span class="tag">{ pen.words.optional }</span>
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
        TaskState::Done => icon(CHECK, "disc"),
        TaskState::Locked(_) => icon(LOCK, "lock"),
    }
}

fn body(pen: &Pen<'_>, content: &ContentId, task: &TaskView, id: &str) -> Html {
    let waits: &[String] = match &task.state {
        TaskState::Locked(waits) => waits,
        _ => &[],
    };
    let locked = !waits.is_empty();
    let reason = format!("{id}-lock");
    let press = (!locked).then(|| {
        pen.does(Act::Press {
            content: content.clone(),
            task: Some(task.id.clone()),
        })
    });
    let quiet = (task.state != TaskState::Open).then_some("");
    html! {
        <div class="body" id={id.to_owned()}>
            if let Some(description) = &task.description {
                <p>{ description }</p>
            }
            if locked {
                <p class="lock-reason" id={reason.clone()}>{ first(pen, waits) }</p>
            }
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
        </div>
    }
}

/// "Do “A”, “B” first", each title kept from reordering the sentence around it.
fn first(pen: &Pen<'_>, waits: &[String]) -> Html {
    let (before, after) = pen.words.first;
    let mut parts = vec![html! { { before } }];
    for (i, title) in waits.iter().enumerate() {
        if i > 0 {
            parts.push(html! { { ", " } });
        }
        parts.push(html! { <bdi>{ pen.words.quoted(title) }</bdi> });
    }
    parts.push(html! { { after } });
    parts.into_iter().collect()
}
