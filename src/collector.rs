//! The collector, as the widget talks to it: one kind of request, that browsers send without asking
//! for leave first.

use std::rc::Rc;

use js_sys::Object;
use wasm_bindgen::JsValue;
use web_sys::AbortController;

use crate::answer::Answer;
use crate::later::promised;
use crate::native::{Native, call, get, set};
use crate::timer::Timer;

/// After so long without an answer there is none, milliseconds.
const PATIENCE: i64 = 30_000;

/// Where messages go and content comes from.
#[derive(Debug)]
pub struct Collector {
    native: Rc<Native>,
    endpoint: String,
    /// The project's public key.
    pub write_key: String,
}

impl Collector {
    /// The collector at that address (without a trailing slash).
    pub fn new(native: &Rc<Native>, endpoint: String, write_key: String) -> Self {
        Self {
            native: Rc::clone(native),
            endpoint,
            write_key,
        }
    }

    /// Sends JSON to a path, as text or packed. It is on its way when this returns; the answer is
    /// waited for apart. With `keepalive` it outlives the page.
    pub fn post(&self, path: &str, body: &JsValue, keepalive: bool) -> Request {
        let options = options(body);
        if keepalive {
            set(&options, "keepalive", &true.into());
        }
        let abort = AbortController::new().ok();
        if let Some(abort) = &abort {
            set(&options, "signal", &abort.signal());
        }
        let fetched = self.native.fetch(&self.url(path), &options);
        let (ended, end) = promised();
        let stop: Rc<dyn Fn()> = Rc::new(move || {
            if let Some(abort) = &abort {
                abort.abort();
            }
            call(&end, &JsValue::UNDEFINED, &[]);
        });
        let stopping = Rc::clone(&stop);
        Request {
            native: Rc::clone(&self.native),
            fetched,
            ended,
            stop,
            _timer: Timer::after(&self.native, PATIENCE, move || stopping()),
        }
    }

    /// Hands JSON to the browser for a page that is being left. Says whether the browser took it.
    pub fn beacon(&self, path: &str, body: &str) -> bool {
        self.native.beacon(&self.url(path), body)
    }

    /// Hands JSON to the browser, to be sent when the page is gone. Says whether the browser took
    /// it. Source: Fetch standard, "Deferred fetching".
    pub fn post_later(&self, path: &str, body: &str) -> bool {
        let options = options(&body.into());
        self.native.fetch_later(&self.url(path), &options)
    }

    /// Whether `keepalive` means anything in this browser.
    pub fn can_keep_alive(&self) -> bool {
        let request = get(&get(self.native.window(), "Request"), "prototype");
        js_sys::Reflect::has(&request, &"keepalive".into()).unwrap_or(false)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.endpoint)
    }
}

fn options(body: &JsValue) -> Object {
    let options = Object::new();
    set(&options, "method", &"POST".into());
    set(&options, "credentials", &"omit".into());
    // The address may have in its query what is nobody's business.
    set(&options, "referrerPolicy", &"origin".into());
    // A string goes as text/plain, for which no leave is asked (no CORS preflight).
    set(&options, "body", body);
    options
}

/// A request on its way.
pub struct Request {
    native: Rc<Native>,
    fetched: JsValue,
    /// Kept when it is waited for no longer.
    ended: JsValue,
    stop: Rc<dyn Fn()>,
    _timer: Timer,
}

impl Request {
    /// What ends it before its time; then there is no answer.
    pub fn stop(&self) -> Rc<dyn Fn()> {
        Rc::clone(&self.stop)
    }

    /// Waits for the answer.
    pub async fn answer(self) -> Answer {
        Answer::read(&self.native, &self.fetched, &self.ended).await
    }
}
