//! The browser's top layer, where nothing of the page covers us, and its anchor positioning, which
//! keeps a card at its target without our watching either: see `www/place.js`, which it is.
//!
//! What is drawn, and then handed to these functions:
//! - a *mark*, `class="mark" popover="manual"`, which the browser lays over the target;
//! - a *card*, `class="tip" popover="manual"`, which is anchored to the mark, with an arrow where
//!   anchoring works and a sheet at the edge of the screen where it does not, and on small screens;
//! - for a spotlight, see [`spotlight`](super::spotlight).

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ShadowRoot};

// Nothing in there throws.
#[wasm_bindgen(module = "/www/place.js")]
extern "C" {
    /// Shows a popover, unless it is shown already. A browser without popovers shows it in the page.
    #[wasm_bindgen(js_namespace = place)]
    pub fn raise(element: &HtmlElement);

    /// Pins a card to its target, on the preferred side if there is room: `top`, `bottom`, `start`
    /// or `end` as the target's text runs; empty for the best. Both must be new, as Firefox keeps a
    /// popover at its first anchor for a while.
    #[wasm_bindgen(js_namespace = place)]
    pub fn pin(mark: &HtmlElement, card: &HtmlElement, target: &Element, side: &str);

    /// Lets go of what is pinned with that mark. What has left the page is let go by itself, when next
    /// looked at.
    #[wasm_bindgen(js_namespace = place)]
    pub fn unpin(mark: &HtmlElement);

    /// Puts all that is pinned where its target is now. It is called when a watched element
    /// has changed; otherwise the browser does it.
    #[wasm_bindgen(js_namespace = place)]
    pub fn readjust();

    /// Moves the widget's element, whose shadow root it is, into the dialog or popover around
    /// a target, as it could not be used anywhere else; without a target, back to the page's end.
    #[wasm_bindgen(js_namespace = place)]
    pub fn lodge(root: &ShadowRoot, target: Option<&Element>);

    /// Scrolls an element into view, unless it is there, and out from beneath what is fixed over it.
    #[wasm_bindgen(js_namespace = place)]
    pub fn reveal(target: &Element);
}
