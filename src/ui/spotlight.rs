//! The spotlight: all of the page but a tour's target is dimmed.

use super::draw::Drawing;
use super::pen::Pen;
use super::template::draw;

/// Draws it, to stand between mark and card, where [`arrange`](super::top_layer::arrange) raises it with them. The
/// page around the target takes no clicks; the target itself does unless it is to `block`.
///
/// The dimming belongs to the mark, so that it ends when there is nothing to be lit; where the browser
/// cannot anchor there is none.
pub(super) fn spotlight(pen: &Pen<'_>, block: bool) -> Drawing {
    draw!(
        pen,
        "<div class=veil popover=manual aria-hidden=true data-block={block}>
            <i /><i /><i /><i />
        </div>",
        block = block,
    )
}

/// Draws the one behind a card in the middle of the screen, which has no target. It is raised by
/// [`arrange`](super::top_layer::arrange), before the card.
pub(super) fn backdrop(pen: &Pen<'_>) -> Drawing {
    draw!(
        pen,
        r#"<div class=veil popover=manual aria-hidden=true data-centred="" />"#
    )
}
