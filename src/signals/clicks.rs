//! Clicks: which watched elements the user clicked, or something in them.

use std::rc::Rc;

use headstart_core::Input;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::listener::Listener;
use crate::native::Native;
use crate::signals::elements::{Elements, is_ours, path_of};
use crate::signals::private::is_marked;
use crate::signals::{Hear, News};

/// Watches clicks until it is dropped.
pub struct Clicks {
    _listener: Listener,
}

impl Clicks {
    /// Tells of clicks on what `elements` watches, before the page handles them: what is clicked may
    /// be gone afterwards.
    pub fn start(native: &Rc<Native>, elements: &Rc<Elements>, hear: &Hear) -> Self {
        let (elements, hear) = (Rc::downgrade(elements), Rc::clone(hear));
        let listener = Listener::new(native, native.window(), "click", move |event| {
            let Some(elements) = elements.upgrade() else {
                return;
            };
            let selectors = elements.selectors();
            if selectors.is_empty() {
                return;
            }
            let path: Vec<Element> = path_of(&event)
                .iter()
                .filter_map(|node| node.dyn_into().ok())
                .collect();
            if path
                .iter()
                .any(|element| is_ours(element) || is_marked(element))
            {
                return;
            }
            for selector in selectors {
                let hit = |element: &Element| element.matches(selector.as_str()).unwrap_or(false);
                if path.iter().any(hit) {
                    hear(News::Input(Input::Clicked(selector)));
                }
            }
        });
        Self {
            _listener: listener,
        }
    }
}
