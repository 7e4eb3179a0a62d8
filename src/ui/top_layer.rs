//! The browser's top layer, where nothing of the page covers us, and its anchor positioning, which
//! keeps a tip at its target without our watching either.

use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement, ShowPopoverOptions};

/// Set on a tip that could not be pinned; the style sheet puts it at the edge of the screen.
const LOOSE: &str = "data-loose";

/// How far two boxes may be apart and still be taken for the same, in CSS pixels.
const TOLERANCE: f64 = 1.0;

/// Shows a popover, unless it is shown already. A browser without popovers shows it in the page.
pub(super) fn raise(element: &HtmlElement) {
    if !is_raised(element) {
        let _ = element.show_popover();
    }
}

/// Pins a tip to its target: the browser lays `mark` over the target, and anchors the tip to it.
pub(super) fn pin(mark: &HtmlElement, tip: &HtmlElement, target: &Element) {
    let source = nearest_html(target);
    for popover in [mark, tip] {
        if let Some(source) = &source {
            let options = ShowPopoverOptions::new();
            options.set_source(source);
            let _ = popover.show_popover_with_options(&options);
        }
    }
}

/// Makes up for what the browser's anchoring leaves out (transforms in some, SVG in all) by
/// comparing the two boxes. If the mark is not where the target is even so, anchoring is not
/// supported, and the tip comes loose.
pub(super) fn adjust(mark: &HtmlElement, tip: &HtmlElement, target: &Element) {
    let wanted = target.get_bounding_client_rect();
    let style = mark.style();
    for name in NUDGES {
        let _ = style.remove_property(name);
    }
    let off = distance(mark, &wanted);
    if is_near(off) {
        let _ = tip.remove_attribute(LOOSE);
        return;
    }
    for (name, by) in NUDGES.into_iter().zip(off) {
        // Formatting fractions would cost more than all of this file.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "no page has so many pixels"
        )]
        let pixels = by.round() as i32;
        let _ = style.set_property(name, &format!("{pixels}px"));
    }
    let _ = tip.toggle_attribute_with_force(LOOSE, !is_near(distance(mark, &wanted)));
}

/// What the style sheet adds to the mark's place and size.
const NUDGES: [&str; 4] = ["--x", "--y", "--w", "--h"];

/// How much must be added to the mark's left, top, width and height.
fn distance(mark: &HtmlElement, wanted: &DomRect) -> [f64; 4] {
    let got = mark.get_bounding_client_rect();
    [
        wanted.left() - got.left(),
        wanted.top() - got.top(),
        wanted.width() - got.width(),
        wanted.height() - got.height(),
    ]
}

fn is_near(distance: [f64; 4]) -> bool {
    distance.iter().all(|by| by.abs() <= TOLERANCE)
}

fn is_raised(element: &HtmlElement) -> bool {
    element.matches(":popover-open").unwrap_or(true)
}

/// Only HTML elements can be anchored to; a shape in a drawing has one around it.
fn nearest_html(target: &Element) -> Option<HtmlElement> {
    let mut element = Some(target.clone());
    while let Some(candidate) = element {
        match candidate.dyn_into::<HtmlElement>() {
            Ok(html) => return Some(html),
            Err(other) => element = other.parent_element(),
        }
    }
    None
}
