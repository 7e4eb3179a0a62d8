//! The navigator: takes the user somewhere, the way the host's application would.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, Url};

use crate::callbacks::Callbacks;
use crate::console::Console;
use crate::native::{Native, get, invoke};
use crate::signals::elements::{is_private, is_visible};

/// So many links of the page at most are looked at for the one that leads there.
const MOST_LINKS: u32 = 2_000;

/// Goes to places.
#[derive(Debug)]
pub struct Navigator {
    native: Rc<Native>,
    console: Rc<Console>,
}

impl Navigator {
    /// A navigator of this page.
    pub fn new(native: &Rc<Native>, console: &Rc<Console>) -> Self {
        Self {
            native: Rc::clone(native),
            console: Rc::clone(console),
        }
    }

    /// Goes to a path of the host application.
    ///
    /// Most applications change the address without loading a page, each with a router of its own
    /// that we cannot call. So: the host's `navigate` callback does it, if there is one and it does
    /// not answer `false`; else a link of the page that leads there is clicked, since the router
    /// listens to those; else the page is loaded.
    pub fn go(&self, path: &str, callbacks: &Callbacks) {
        let Some(url) = self.resolve(path) else {
            self.console.warn(&format!(
                "an action leads to the path `{path}`, which is none of this site; begin it with one slash"
            ));
            return;
        };
        let answers = callbacks.call("navigate", &path.into(), &self.console);
        if answers.iter().any(|answer| *answer != JsValue::FALSE) {
            return;
        }
        let here = get(&get(self.native.window(), "location"), "href").as_string();
        if here.as_deref() == Some(&url) {
            return;
        }
        if let Some(link) = self.link_to(&url) {
            invoke(&link, "click", &[]);
        } else {
            let location = get(self.native.window(), "location");
            invoke(&location, "assign", &[&url.into()]);
        }
    }

    /// Opens an address in a new tab, which gets no hold on this one.
    pub fn open(&self, link: &str) {
        let protocol = Url::new(link).map(|url| url.protocol()).unwrap_or_default();
        let target = match protocol.as_str() {
            "https:" | "http:" => "_blank",
            // The mail program opens, the tab stays.
            "mailto:" => "_self",
            _ => {
                self.console.warn(&format!(
                    "an action has the link `{link}`; begin it with https:, http: or mailto:"
                ));
                return;
            }
        };
        let features = if target == "_blank" { "noopener" } else { "" };
        let args: [&JsValue; 3] = [&link.into(), &target.into(), &features.into()];
        invoke(self.native.window(), "open", &args);
    }

    /// The whole address of a path, if it is one of this site.
    fn resolve(&self, path: &str) -> Option<String> {
        let location = get(self.native.window(), "location");
        let origin = get(&location, "origin").as_string()?;
        let base = get(&location, "href").as_string()?;
        let url = Url::new_with_base(path, &base).ok()?;
        (url.origin() == origin).then(|| url.href())
    }

    fn link_to(&self, url: &str) -> Option<HtmlElement> {
        let links = self.native.document().query_selector_all("a[href]").ok()?;
        let leads_there = |link: &HtmlElement| {
            let text = |name| get(link, name).as_string().unwrap_or_default();
            text("href") == url
                && matches!(text("target").as_str(), "" | "_self")
                && !link.has_attribute("download")
        };
        let mut hidden = None;
        for index in 0..links.length().min(MOST_LINKS) {
            let Some(link) = links.item(index).and_then(|node| node.dyn_into().ok()) else {
                continue;
            };
            if leads_there(&link) && !is_private(&link) {
                if is_visible(&link) {
                    return Some(link);
                }
                hidden = hidden.or(Some(link));
            }
        }
        hidden
    }
}
