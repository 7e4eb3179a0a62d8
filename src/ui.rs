//! What is on screen: one Yew component that draws the engine's [`View`], in a closed shadow root
//! that neither the host's styles nor its event handlers reach into.
//!
//! The runtime owns a [`Screen`]: it mounts it once, hands it every new view together with the
//! elements that the view's cards point at, and gets the user's doings back as [`Act`]s.
//!
//! ```text
//! let screen = Screen::mount(&document, Callback::from(move |act| …), false)?;
//! let targets = view.cards.iter().map(|card| elements.element(card.target.as_ref()?)).collect();
//! screen.show(view, targets);
//! screen.unmount();
//! ```
//!
//! No state of the product lives here: what is open, unfolded or asked is the engine's. The
//! component keeps only what the browser wants to know across two views: where focus was, what
//! has just been done, and what was said about it.

mod button;
mod card;
mod celebration;
mod draw;
mod focus;
mod icon;
mod launcher;
mod news;
mod panel;
mod pen;
mod rich;
mod spotlight;
mod style;
mod task;
mod template;
pub mod top_layer;
mod widget;
pub mod words;

use std::cell::RefCell;

use headstart_core::{Act, View};
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Document, Element, HtmlElement, ShadowRootInit, ShadowRootMode};
use yew::{AppHandle, Callback, Renderer};

use self::style::STYLE;
use self::widget::{Props, Show, Widget};

/// The widget's place on the page. Dropping it leaves the widget where it is; [`Screen::unmount`]
/// removes it.
pub struct Screen {
    host: HtmlElement,
    app: AppHandle<Widget>,
    /// On top of the widget's own style sheet.
    theme: CssStyleSheet,
    worn: RefCell<String>,
}

impl Screen {
    /// Puts an empty widget on the page: a host element at the end of the body, and in it a shadow
    /// root, closed unless `open_root` (for tests that must look inside).
    ///
    /// A note in the page has a widget of its own, which stands `beside` an element of the host's.
    ///
    /// `act` is called with what the user does, from within the browser's own event; never while
    /// [`Screen::show`] is on the stack.
    ///
    /// # Errors
    /// What the browser threw, if it lacks shadow roots or constructable style sheets.
    pub fn mount(
        document: &Document,
        act: Callback<Act>,
        open_root: bool,
        beside: Option<&Beside<'_>>,
    ) -> Result<Self, JsValue> {
        let host: HtmlElement = document.create_element("div")?.unchecked_into();
        host.set_attribute("data-headstart", "")?;
        let mode = if open_root {
            ShadowRootMode::Open
        } else {
            ShadowRootMode::Closed
        };
        let shadow = host.attach_shadow(&ShadowRootInit::new(mode))?;
        // A strict Content-Security-Policy blocks <style> and style="", but not this.
        let sheet = CssStyleSheet::new()?;
        sheet.replace_sync(STYLE)?;
        let theme = CssStyleSheet::new()?;
        Reflect::set(
            &shadow,
            &JsValue::from_str("adoptedStyleSheets"),
            &Array::of2(&sheet, &theme),
        )?;
        let root = document.create_element("div")?;
        root.set_class_name("root");
        shadow.append_child(&root)?;
        match beside {
            Some(place) => place.put(&host)?,
            None => attach(document, &host)?,
        }
        let props = Props { act, shadow };
        let app = Renderer::<Widget>::with_root_and_props(root, props).render();
        Ok(Self {
            host,
            app,
            theme,
            worn: RefCell::default(),
        })
    }

    /// Makes it look as this style sheet says, as the collector makes it of a project's theme.
    pub fn dress(&self, theme: &str) {
        if *self.worn.borrow() != theme {
            self.worn.replace(theme.to_owned());
            // Whatever it cannot read of it the browser leaves out.
            let _ = self.theme.replace_sync(theme);
        }
    }

    /// Shows this view. `targets` are the elements that its cards point at, one a card; a card without its
    /// element is not shown. Equal views are cheap. Call it again with the same view when the host
    /// has replaced a target by another element, or one has moved.
    pub fn show(&self, view: View, targets: Vec<Option<Element>>) {
        self.app.send_message(Show(view, targets));
    }

    /// Whether it is still on the page: some hosts replace the whole body for each page.
    pub fn is_on_page(&self) -> bool {
        self.host.is_connected()
    }

    /// Whether it still stands there.
    pub fn is_beside(&self, place: &Beside<'_>) -> bool {
        let next = |from: &Element| {
            if place.before {
                from.previous_element_sibling()
            } else {
                from.next_element_sibling()
            }
        };
        // Other notes may stand there as well.
        let mut neighbour = next(place.element);
        while let Some(one) = &neighbour
            && !one.is_same_node(Some(&self.host))
            && one.has_attribute("data-inline")
        {
            neighbour = next(one);
        }
        neighbour.as_ref() == Some(&self.host)
    }

    /// Takes the widget off the page: every node, listener and style sheet of it. If it has focus, that goes
    /// back to where it came from.
    pub fn unmount(self) {
        top_layer::release(&self.host);
        self.app.destroy();
    }
}

/// Where a note in the page stands.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// The element of the host's.
    pub element: &'a Element,
    /// Before it, or else after it.
    pub before: bool,
}

impl Beside<'_> {
    fn put(&self, host: &HtmlElement) -> Result<(), JsValue> {
        // The style sheet of the root tells the two apart by it.
        host.set_attribute("data-inline", "")?;
        let place = if self.before {
            "beforebegin"
        } else {
            "afterend"
        };
        self.element.insert_adjacent_element(place, host).map(drop)
    }
}

/// Puts the host element where it disturbs the page least.
fn attach(document: &Document, host: &HtmlElement) -> Result<(), JsValue> {
    let parent: Option<Element> = match document.body() {
        Some(body) => Some(body.into()),
        None => document.document_element(),
    };
    match parent {
        Some(parent) => parent.append_child(host).map(drop),
        None => Err(JsValue::from_str(
            "headstart: the document has no element to put the widget in",
        )),
    }
}
