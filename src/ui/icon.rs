//! Icons, drawn on a grid of 16 units with lines in the colour of the text.

use super::draw::Drawing;
use super::pen::Pen;
use super::template::draw;

/// A tick.
pub(super) const CHECK: &str = "M4.5 8.3 7 10.8l4.5-5";
/// A small arrow that points down.
pub(super) const CHEVRON: &str = "m4.5 6.5 3.5 3.5 3.5-3.5";
/// An arrow back, along the lines.
pub(super) const BACK: &str = "M9.5 4.5 6 8l3.5 3.5";
/// Three dots.
pub(super) const MORE: &str = "M3 8h.01M8 8h.01m4.99 0h.01";
/// A cross.
pub(super) const CROSS: &str = "m4.5 4.5 7 7m0-7-7 7";
/// A line at the foot.
pub(super) const MINUS: &str = "M4 8h8";
/// An exclamation mark in a circle.
pub(super) const ALERT: &str = "M8 4.8v3.7m0 2.7h.01M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z";
/// A padlock.
pub(super) const LOCK: &str = "M5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2M4.6 7.5h6.8v4.6H4.6z";

/// An icon, hidden from screen readers. `look` is how the style sheet knows it.
pub(super) fn icon(pen: &Pen<'_>, path: &str, look: &str) -> Drawing {
    draw!(
        pen,
        r#"<svg class=icon data-look={look} viewBox="0 0 16 16" aria-hidden=true>
            <path d={path} />
        </svg>"#,
        look = look,
        path = path,
    )
}
