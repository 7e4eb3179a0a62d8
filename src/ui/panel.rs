//! The panel: the checklist itself.

use headstart_core::Act;
use headstart_core::content::Snooze;
use headstart_core::engine::view::{ChecklistView, TaskState};
use headstart_core::language::DEFAULT;
use headstart_core::time::{DAY, Span};

use super::button::{button, tool};
use super::celebration::celebration;
use super::draw::{Drawing, Fill, truth};
use super::icon::{CROSS, MINUS, icon};
use super::pen::Pen;
use super::rich::rich;
use super::task::task;
use super::template::draw;
use super::words::{Word, say_of};

/// The panel's id, which the launcher names.
pub(super) const ID: &str = "hs-panel";

const TITLE: &str = "hs-title";

/// Draws the panel.
pub(super) fn panel(pen: &Pen<'_>, checklist: &ChecklistView) -> Drawing {
    draw!(
        pen,
        "<div class=panel id={id} lang={lang} role=dialog aria-labelledby={title}>
            {contents}
            {hushed}
        </div>",
        id = ID,
        lang = language(checklist),
        title = TITLE,
        contents = if checklist.complete {
            celebrating(pen, checklist)
        } else {
            working(pen, checklist)
        },
        hushed = pen.hushed.then(|| hushed(pen)),
    )
}

fn celebrating(pen: &Pen<'_>, checklist: &ChecklistView) -> Drawing {
    draw!(
        pen,
        "<div class=head>{buttons}</div>{celebration}{leftovers}",
        buttons = buttons(pen, checklist),
        celebration = celebration(pen, checklist, TITLE),
        leftovers = (checklist.done < checklist.tasks.len()).then(|| leftovers(pen, checklist)),
    )
}

fn working(pen: &Pen<'_>, checklist: &ChecklistView) -> Drawing {
    draw!(
        pen,
        "{header}{question}{list}",
        header = header(pen, checklist),
        question = checklist.confirming.then(|| question(pen, checklist)),
        list = list(pen, checklist),
    )
}

fn hushed(pen: &Pen<'_>) -> Drawing {
    draw!(
        pen,
        "<div class=hushed>{again}</div>",
        again = button(pen, Word::TipsAgain, true, Act::Hush(false)),
    )
}

/// The language of a checklist's texts.
pub(super) fn language(checklist: &ChecklistView) -> &str {
    checklist.language.as_deref().unwrap_or(DEFAULT)
}

fn header(pen: &Pen<'_>, checklist: &ChecklistView) -> Drawing {
    let (done, all) = checklist.progress;
    let description = |text| {
        draw!(
            pen,
            r#"<div class="description rich">{text}</div>"#,
            text = rich(pen, text)
        )
    };
    draw!(
        pen,
        "<div class=head>
            <h2 id={id} tabindex=-1>{title}</h2>
            {buttons}
            {description}
            <div class=progress>
                <progress aria-label={label} max={all} value={done} />
                <span class=count>{count}</span>
            </div>
        </div>",
        id = TITLE,
        title = checklist.title.as_str(),
        buttons = buttons(pen, checklist),
        description = checklist.description.as_ref().map(description),
        label = Word::Progress,
        all = all,
        done = done,
        count = say_of(Word::Count, checklist.done, checklist.tasks.len()),
    )
}

fn buttons(pen: &Pen<'_>, checklist: &ChecklistView) -> Drawing {
    // There is nothing left to lose by sending a complete one away.
    let dismiss = if checklist.complete {
        Act::Dismiss(checklist.content.clone())
    } else if checklist.confirming {
        Act::KeepIt
    } else {
        Act::AskDismiss
    };
    draw!(
        pen,
        r#"<div class=buttons>
            {minimise}
            <button type=button class=tool data-dismiss="" aria-label={label}
                aria-expanded={asks} onclick={dismiss}
            >
                {cross}
            </button>
        </div>"#,
        minimise = tool(pen, Word::Minimise, MINUS, Act::Minimise),
        label = Word::Dismiss,
        asks = (!checklist.complete).then_some(truth(checklist.confirming)),
        dismiss = dismiss,
        cross = icon(pen, CROSS, ""),
    )
}

fn question(pen: &Pen<'_>, checklist: &ChecklistView) -> Drawing {
    let hide = Act::Dismiss(checklist.content.clone());
    let tomorrow = Snooze::For(Span::from_millis(DAY));
    let later = Act::Snooze(checklist.content.clone(), tomorrow);
    draw!(
        pen,
        "<div key={key} class=question role=group tabindex=-1 aria-labelledby=hs-question
            aria-describedby=hs-reassurance
        >
            <p id=hs-question>{question}</p>
            <p id=hs-reassurance>{reassurance}</p>
            <div class=answers>{hide}{later}{keep}</div>
        </div>",
        // Else the celebration would take its element over, with what focus and language have left on it.
        key = "question",
        question = Word::Question,
        reassurance = Word::Reassurance,
        hide = button(pen, Word::Hide, false, hide),
        later = button(pen, Word::Tomorrow, true, later),
        keep = button(pen, Word::Keep, true, Act::KeepIt),
    )
}

/// The optional tasks that are left in a complete checklist.
fn leftovers(pen: &Pen<'_>, checklist: &ChecklistView) -> Drawing {
    draw!(
        pen,
        "<p class=leftovers>{there}</p>{list}",
        there = Word::StillThere,
        list = list(pen, checklist),
    )
}

/// Safari takes a list without bullets for none, unless told so.
fn list(pen: &Pen<'_>, checklist: &ChecklistView) -> Drawing {
    let mut rows = pen.draw("");
    for (number, row) in checklist.tasks.iter().enumerate() {
        if !checklist.complete || row.state != TaskState::Done {
            rows = task(pen, &checklist.content, row, number).fill(rows);
        }
    }
    draw!(pen, "<ul role=list>{rows}</ul>", rows = rows)
}
