//! The buttons: one with a word, and one with an icon. Each drawn in one place, as every place that
//! draws costs its own code.

use yew::{AttrValue, Callback, Html, MouseEvent, html};

use super::icon::icon;

/// A button with a word. `quiet` is one that does not ask to be pressed.
pub(super) fn button(label: AttrValue, quiet: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="button" data-quiet={quiet.then_some("")} {onclick}>
            { label }
        </button>
    }
}

/// A button with an icon, named `label` for those who cannot see it.
pub(super) fn tool(label: String, path: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="tool" aria-label={label} {onclick}>{ icon(path, "") }</button>
    }
}
