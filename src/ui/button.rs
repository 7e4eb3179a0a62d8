//! The buttons: one with a word, and one with an icon. Each drawn in one place, as every place that
//! draws costs its own code.

use yew::{AttrValue, Callback, Html, MouseEvent, html};

use super::icon::icon;
use super::words::{Word, say};

/// A button with a word of ours. `quiet` is one that does not ask to be pressed.
pub(super) fn button(label: Word, quiet: bool, onclick: Callback<MouseEvent>) -> Html {
    written(say(label).into(), true, quiet, onclick)
}

/// A button with a word, which may be the author's.
pub(super) fn written(
    label: AttrValue,
    own: bool,
    quiet: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button
            type="button"
            class="button"
            data-own={own.then_some("")}
            data-quiet={quiet.then_some("")}
            {onclick}
        >
            { label }
        </button>
    }
}

/// A button with an icon, named `label` for those who cannot see it.
pub(super) fn tool(label: Word, path: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="tool" aria-label={say(label)} {onclick}>{ icon(path, "") }</button>
    }
}
