//! The launcher: the small thing in the corner that opens the panel and shows how far one has got.

use headstart_core::Act;
use headstart_core::engine::view::ChecklistView;
use headstart_core::text::{concat, digits};

use super::draw::{Drawing, truth};
use super::icon::{CHECK, icon};
use super::panel;
use super::pen::Pen;
use super::template::draw;
use super::words::{Word, say, say_of};

/// Draws the launcher.
pub(super) fn launcher(pen: &Pen<'_>, checklist: &ChecklistView) -> Drawing {
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
    draw!(
        pen,
        "<button type=button class=launcher lang={lang} data-fresh={fresh} aria-expanded={expanded}
            aria-controls={controls} onclick={act}
        >
            {ring}
            <span class=label>
                <span class=name>{title}</span>
                <span class=said>{comma}{count}</span>
                <span class=left aria-hidden=true>{standing}</span>
            </span>
        </button>",
        lang = panel::language(checklist),
        fresh = !checklist.open && !pen.fresh.is_empty(),
        expanded = truth(checklist.open),
        controls = checklist.open.then_some(panel::ID),
        act = act,
        ring = ring(pen, checklist),
        title = checklist.title.as_str(),
        // Not a label: it would hide from voice control what can be seen.
        comma = Word::Comma,
        count = say_of(Word::Count, checklist.done, total),
        standing = standing,
    )
}

/// The progress ring, which closes into a disc with a tick.
fn ring(pen: &Pen<'_>, checklist: &ChecklistView) -> Drawing {
    if checklist.complete {
        return icon(pen, CHECK, "disc");
    }
    let (done, total) = checklist.progress;
    let arc = || {
        // A path length of one unit a task spares us the circle's circumference.
        draw!(
            pen,
            "<circle class=arc cx=16 cy=16 r=13 pathLength={total} stroke-dasharray={done} />",
            total = total,
            done = concat(&[&digits(done), " ", &digits(total)]),
        )
    };
    draw!(
        pen,
        r#"<svg class=ring viewBox="0 0 32 32" aria-hidden=true>
            <circle cx=16 cy=16 r=13 />
            {arc}
        </svg>"#,
        arc = (done > 0).then(arc),
    )
}
