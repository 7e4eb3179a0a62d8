//! Private parts of the page: what the host marks `data-hs-private` is never looked at.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::native::get;

/// What marks them.
const MARK: &str = "data-hs-private";

/// No page is so deep. Form fields can pose as their form's `parentElement`, so that the way up goes
/// round in a circle.
const DEEPEST: u32 = 1_000;

/// Whether an element is marked itself.
pub fn is_marked(element: &Element) -> bool {
    element.has_attribute(MARK)
}

/// Whether an element is in a private part of the page: marked, or in something that is, also across
/// the shadow roots of components, as far as they are open.
pub fn is_private(element: &Element) -> bool {
    let mut next = Some(element.clone());
    for _ in 0..DEEPEST {
        let Some(element) = next else { return false };
        if is_marked(&element) {
            return true;
        }
        next = around(&element);
    }
    true
}

/// What an element is drawn in: the slot it was put into, its parent, or the component whose shadow
/// root it is at the top of.
fn around(element: &JsValue) -> Option<Element> {
    let as_element = |value: JsValue| value.dyn_into::<Element>().ok();
    as_element(get(element, "assignedSlot"))
        .or_else(|| as_element(get(element, "parentElement")))
        .or_else(|| as_element(get(&get(element, "parentNode"), "host")))
}
