//! The buttons: one with a word, and one with an icon.

use headstart_core::Act;
use headstart_core::engine::view::{Asked, ButtonView, Label};

use super::draw::{Drawing, Fill};
use super::icon::{ALERT, icon};
use super::pen::Pen;
use super::template::draw;
use super::words::{Word, say};

/// A button with a word of ours. `quiet` is one that does not ask to be pressed.
pub(super) fn button(pen: &Pen<'_>, label: Word, quiet: bool, act: Act) -> Drawing {
    drawn(pen, &say(label), true, quiet, None, None, act)
}

/// A button of a piece of content; `locked` is the id of what says why it cannot be pressed.
///
/// With those that may ask the host comes a place where it is said that it did not work: beside them, since of what
/// is not in an open modal nothing is read out; and before that, since it is changes that are.
pub(super) fn written(
    pen: &Pen<'_>,
    button: &ButtonView,
    quiet: bool,
    locked: Option<String>,
) -> Drawing {
    let (label, own) = match &button.label {
        Label::Text(text) => (text.clone(), false),
        Label::Next => (say(Word::Next), true),
        Label::Done => (say(Word::Finish), true),
        Label::ShowMe => (say(Word::ShowMe), true),
    };
    let (asked, act) = (button.asked, button.act.clone());
    let drawn = drawn(pen, &label, own, quiet, asked, locked, act);
    if own {
        return drawn;
    }
    failure(pen, asked == Some(Asked::Failed)).fill(drawn)
}

fn drawn(
    pen: &Pen<'_>,
    label: &str,
    own: bool,
    quiet: bool,
    asked: Option<Asked>,
    locked: Option<String>,
    act: Act,
) -> Drawing {
    let busy = asked == Some(Asked::Waiting);
    let dead = busy || locked.is_some();
    draw!(
        pen,
        "<button type=button class=button data-own={own} data-quiet={quiet} aria-busy={busy}
            aria-disabled={disabled} aria-describedby={reason} onclick={act}
        >
            {label}
        </button>",
        own = own,
        quiet = quiet,
        busy = busy.then_some("true"),
        disabled = dead.then_some("true"),
        reason = locked,
        act = (!dead).then_some(act),
        label = label,
    )
}

fn failure(pen: &Pen<'_>, failed: bool) -> Drawing {
    let mut text = pen.draw("");
    if failed {
        text = Word::Failed.fill(icon(pen, ALERT, "").fill(text));
    }
    draw!(
        pen,
        "<p class={class} role=status>{text}</p>",
        class = if failed { "failed" } else { "said" },
        text = text,
    )
}

/// A button with an icon, named `label` for those who cannot see it.
pub(super) fn tool(pen: &Pen<'_>, label: Word, path: &'static str, act: Act) -> Drawing {
    draw!(
        pen,
        "<button type=button class=tool aria-label={label} onclick={act}>{icon}</button>",
        label = label,
        act = act,
        icon = icon(pen, path, ""),
    )
}
