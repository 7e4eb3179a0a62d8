//! One task of the list: a line that unfolds to what it is about and a button.

use headstart_core::engine::view::{ButtonView, TaskState, TaskView};
use headstart_core::run::Mark;
use headstart_core::text::{concat, digits, split_at};
use headstart_core::{Act, ContentId};

use super::button::{button, written};
use super::draw::{Drawing, Fill, truth};
use super::icon::{CHECK, CHEVRON, LOCK, MINUS, icon};
use super::pen::Pen;
use super::rich::rich;
use super::template::draw;
use super::words::{PLACE, Word, say, say_about};

/// Draws a task. `number` is its place in the list.
pub(super) fn task(pen: &Pen<'_>, content: &ContentId, task: &TaskView, number: usize) -> Drawing {
    let id = concat(&["hs-task-", &digits(number)]);
    let standing = match task.state {
        TaskState::Open => None,
        TaskState::Done => Some(("done", Word::Done)),
        TaskState::Skipped => Some(("skipped", Word::Skipped)),
        TaskState::Locked(_) => Some(("locked", Word::Locked)),
    };
    let said = |(_, word)| {
        draw!(
            pen,
            "<span class=said>{comma}{word}</span>",
            comma = Word::Comma,
            word = word,
        )
    };
    draw!(
        pen,
        "<li key={key} class=task data-state={state} data-fresh={fresh}>
            <h3>
                <button type=button aria-expanded={expanded} aria-controls={controls} onclick={act}>
                    {mark}
                    <span class=name>{title}</span>
                    {standing}
                    {due}
                    {optional}
                    {chevron}
                </button>
            </h3>
            {body}
        </li>",
        key = task.id.as_str(),
        state = standing.map(|standing| standing.0),
        fresh = pen.fresh.contains(&task.id),
        expanded = truth(task.expanded),
        controls = task.expanded.then_some(id.as_str()),
        act = Act::Toggle(task.id.clone()),
        mark = mark(pen, &task.state),
        title = task.title.as_str(),
        standing = standing.map(said),
        due = task.due.map(|due| {
            let word = if due.over { Word::Overdue } else { Word::Due };
            tag(pen, due.over, word)
        }),
        optional = (!task.required).then(|| tag(pen, false, Word::Optional)),
        chevron = icon(pen, CHEVRON, "chevron"),
        body = task.expanded.then(|| body(pen, content, task, &id)),
    )
}

/// The circle in front: empty, ticked, or with a padlock.
fn mark(pen: &Pen<'_>, state: &TaskState) -> Drawing {
    match state {
        TaskState::Open => draw!(pen, "<span class=empty />"),
        TaskState::Skipped => icon(pen, MINUS, "skip"),
        TaskState::Done => icon(pen, CHECK, "disc"),
        TaskState::Locked(_) => icon(pen, LOCK, "lock"),
    }
}

fn tag(pen: &Pen<'_>, over: bool, word: Word) -> Drawing {
    draw!(
        pen,
        "<span class=said>{comma}</span><span class=tag data-over={over}>{word}</span>",
        comma = Word::Comma,
        over = over,
        word = word,
    )
}

fn body(pen: &Pen<'_>, content: &ContentId, task: &TaskView, id: &str) -> Drawing {
    let description = |text| draw!(pen, "<div class=rich>{text}</div>", text = rich(pen, text));
    let mark = |mark, word, may: bool| {
        let act = Act::Mark(content.clone(), task.id.clone(), mark);
        may.then(|| button(pen, word, true, act))
    };
    draw!(
        pen,
        "<div class=body id={id}>
            {description}
            {waits}
            <div class=answers>{action}{done}{skip}{undo}</div>
        </div>",
        id = id,
        description = task.description.as_ref().map(description),
        waits = match &task.state {
            TaskState::Locked(waits) => Some(reason(pen, waits, id)),
            _ => None,
        },
        action = task
            .action
            .as_ref()
            .map(|button| action(pen, task, button, id)),
        done = mark(Mark::Done, Word::MarkDone, task.can_mark),
        skip = mark(Mark::Skipped, Word::Skip, task.can_skip),
        undo = mark(Mark::Open, Word::Undo, task.can_undo),
    )
}

fn reason(pen: &Pen<'_>, waits: &[String], id: &str) -> Drawing {
    draw!(
        pen,
        "<p class=lock-reason id={id}>{first}</p>",
        id = reason_id(id),
        first = first(pen, waits),
    )
}

fn reason_id(id: &str) -> String {
    concat(&[id, "-lock"])
}

fn action(pen: &Pen<'_>, task: &TaskView, button: &ButtonView, id: &str) -> Drawing {
    let locked = matches!(task.state, TaskState::Locked(_));
    let quiet = task.state != TaskState::Open;
    written(pen, button, quiet, locked.then(|| reason_id(id)))
}

/// "Do “A”, “B” first", each title kept from reordering the sentence around it.
fn first(pen: &Pen<'_>, waits: &[String]) -> Drawing {
    let mut parts = pen.draw("");
    if waits.is_empty() {
        return Word::Later.fill(parts);
    }
    let text = say(Word::First);
    let (before, after) = split_at(&text, PLACE).unwrap_or((&text, ""));
    parts = before.fill(parts);
    for (i, title) in waits.iter().enumerate() {
        if i > 0 {
            parts = Word::Comma.fill(parts);
        }
        let quoted = say_about(Word::Quoted, title);
        parts = draw!(pen, "<bdi>{quoted}</bdi>", quoted = quoted).fill(parts);
    }
    after.fill(parts)
}
