//! What is on screen: one Yew component that draws the engine's [`View`], in a closed shadow root
//! that neither the host's styles nor its event handlers reach into.
//!
//! The runtime owns a [`Screen`]: it mounts it once, hands it every new view together with the
//! elements that the view's cards point at, and gets the user's doings back as [`Act`]s.
//!
//! ```text
//! let screen = Screen::mount(&document, Callback::from(move |act| …), false)?;
//! screen.appear()?;
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

use headstart_core::{Act, View};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, ShadowRoot};
use yew::{AppHandle, Callback, Renderer};

use self::style::STYLE;
use self::widget::{Props, Show, Widget};

#[wasm_bindgen(module = "/www/screen.js")]
extern "C" {
    type Place;

    #[wasm_bindgen(js_namespace = stage, catch)]
    fn mount(
        document: &Document,
        style: &str,
        open: bool,
        element: Option<&Element>,
        before: bool,
    ) -> Result<Place, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn host(this: &Place) -> HtmlElement;

    #[wasm_bindgen(method, getter)]
    fn shadow(this: &Place) -> ShadowRoot;

    #[wasm_bindgen(method, getter)]
    fn root(this: &Place) -> Element;

    #[wasm_bindgen(method, catch)]
    fn appear(this: &Place) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = isGone)]
    fn is_gone(this: &Place) -> bool;

    #[wasm_bindgen(method)]
    fn wear(this: &Place, theme: &str);

    #[wasm_bindgen(method, js_name = isBeside)]
    fn is_beside(this: &Place, element: &Element, before: bool) -> bool;
}

/// The widget's place on the page (see `www/screen.js`, which makes it), and what is drawn there. Dropping it leaves
/// the widget where it is; [`Screen::unmount`] removes it.
pub struct Screen {
    place: Place,
    app: AppHandle<Widget>,
}

impl Screen {
    /// Makes an empty widget, to be put on the page: a host element at the end of the body, and in it a shadow
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
        let element = beside.map(|place| place.element);
        let before = beside.is_some_and(|place| place.before);
        let place = mount(document, STYLE, open_root, element, before)?;
        let props = Props {
            act,
            shadow: place.shadow(),
        };
        let app = Renderer::<Widget>::with_root_and_props(place.root(), props).render();
        Ok(Self { place, app })
    }

    /// Puts it on the page, the first time: made before, the browser draws it together with what is shown in it.
    ///
    /// # Errors
    /// What the browser threw; such as beside the page's outermost element.
    pub fn appear(&self) -> Result<(), JsValue> {
        self.place.appear()
    }

    /// Where all is drawn.
    pub fn root(&self) -> ShadowRoot {
        self.place.shadow()
    }

    /// Makes it look as this style sheet says, as the collector makes it of a project's theme.
    pub fn dress(&self, theme: &str) {
        self.place.wear(theme);
    }

    /// Shows this view. `targets` are the elements that its cards point at, one a card; a card without its
    /// element is not shown. Equal views are cheap. Call it again with the same view when the host
    /// has replaced a target by another element, or one has moved.
    pub fn show(&self, view: View, targets: Vec<Option<Element>>) {
        self.app.send_message(Show(view, targets));
    }

    /// Whether it was taken off the page: some hosts replace the whole body for each page.
    pub fn is_gone(&self) -> bool {
        self.place.is_gone()
    }

    /// Whether it still stands there.
    pub fn is_beside(&self, place: &Beside<'_>) -> bool {
        self.place.is_beside(place.element, place.before)
    }

    /// Takes the widget off the page: every node, listener and style sheet of it. If it has focus, that goes
    /// back to where it came from.
    pub fn unmount(self) {
        top_layer::release(&self.place.host());
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
