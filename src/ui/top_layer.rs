//! The browser's top layer, where nothing of the page covers us, and its anchor positioning, which
//! keeps a card at its target without our watching either: see `www/stand.js`, which it is.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ShadowRoot};

// Nothing in there throws.
#[wasm_bindgen(module = "/www/stand.js")]
extern "C" {
    /// Raises what was drawn and was not there before: the dock, and the cards with what belongs to
    /// each, pinned to their targets, one of each card in order. What was there stays where its target
    /// is now.
    pub fn arrange(root: &ShadowRoot, dock: Option<&HtmlElement>, targets: &Array);

    /// Whether the user wants little motion.
    #[wasm_bindgen(js_name = isCalm)]
    pub(super) fn is_calm() -> bool;

    /// Gives focus back to what of the page it came from.
    #[wasm_bindgen(js_name = giveBack)]
    pub(super) fn give_back(root: &ShadowRoot);

    /// Takes a widget's element off the page, gives back the focus that it has, and lets go of the targets of
    /// its cards, and of what was listened to for them.
    pub(super) fn release(host: &HtmlElement);
}
