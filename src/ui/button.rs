//! The buttons: one with a word, and one with an icon.

use headstart_core::Act;

use super::draw::Drawing;
use super::icon::icon;
use super::pen::Pen;
use super::template::draw;
use super::words::{Word, say};

/// A button with a word of ours. `quiet` is one that does not ask to be pressed.
pub(super) fn button(pen: &Pen<'_>, label: Word, quiet: bool, act: Act) -> Drawing {
    written(pen, &say(label), true, quiet, act)
}

/// A button with a word, which may be the author's.
pub(super) fn written(pen: &Pen<'_>, label: &str, own: bool, quiet: bool, act: Act) -> Drawing {
    draw!(
        pen,
        "<button type=button class=button data-own={own} data-quiet={quiet} onclick={act}>{label}</button>",
        own = own,
        quiet = quiet,
        act = act,
        label = label,
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
