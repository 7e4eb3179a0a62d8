//! `destroy` leaves nothing behind, and what the host does to its page leaves the widget whole.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot, boot_with, document, eval, set_hidden, sleep, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const BY_EVENT: &str = r#"{"event":{"name":"Never"}}"#;

/// Counts listeners, timers and observers that are there, from here until `counted`. Listeners
/// inside the widget's shadow root go with its nodes, those on a database with that database, and
/// are not counted.
fn count() {
    eval(
        "(() => {
            const live = { listeners: 0, timers: new Set(), observers: 0 };
            const originals = [EventTarget.prototype.addEventListener, EventTarget.prototype.removeEventListener,
                window.setTimeout, window.clearTimeout, MutationObserver.prototype.observe, MutationObserver.prototype.disconnect];
            const [add, remove, setTimer, clearTimer, observe, disconnect] = originals;
            const watching = new Set();
            const passing = (target) => [ShadowRoot, IDBRequest, IDBTransaction, IDBDatabase].some((type) => target instanceof type);
            const outside = (target) => !passing(target) && (!(target instanceof Element) || document.contains(target));
            EventTarget.prototype.addEventListener = function (...args) { live.listeners += outside(this); return add.apply(this, args); };
            EventTarget.prototype.removeEventListener = function (...args) { live.listeners -= outside(this); return remove.apply(this, args); };
            window.setTimeout = (callback, delay) => { const id = setTimer(() => { live.timers.delete(id); callback(); }, delay); live.timers.add(id); return id; };
            window.clearTimeout = (id) => { live.timers.delete(id); clearTimer(id); };
            MutationObserver.prototype.observe = function (...args) { watching.add(this); return observe.apply(this, args); };
            MutationObserver.prototype.disconnect = function () { watching.delete(this); return disconnect.apply(this); };
            window.counted = () => {
                [EventTarget.prototype.addEventListener, EventTarget.prototype.removeEventListener, window.setTimeout,
                    window.clearTimeout, MutationObserver.prototype.observe, MutationObserver.prototype.disconnect] = originals;
                return `${live.listeners} listeners, ${live.timers.size} timers, ${watching.size} observers`;
            };
        })()",
    );
}

fn hosts() -> u32 {
    let all = document().query_selector_all("[data-headstart]");
    all.map_or(0, |list| list.length())
}

#[wasm_bindgen_test]
async fn every_node_listener_timer_and_observer_goes() {
    count();
    let page = Page::start(&boot(
        r##"[{"id":"list","version":1,"kind":"checklist","title":"Get started","tasks":[{"id":"task","title":"A task","done_when":{"element":{"selector":"#x","is":"present"}}}]}]"##,
    ));
    until("it is on the page", || hosts() == 1).await;
    // It is drawn in a task of its own.
    sleep(100).await;
    eval("document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))");
    page.call("'destroy'");
    // What was handed to the browser at the end may still be answered.
    sleep(300).await;
    let counted = eval("window.counted()").as_string();
    assert_eq!(
        counted.as_deref(),
        Some("0 listeners, 0 timers, 0 observers")
    );
    assert_eq!(hosts(), 0);
}

#[wasm_bindgen_test]
async fn one_that_is_destroyed_before_it_was_drawn_leaves_nothing_either() {
    count();
    let page = Page::start(&boot_with(BY_EVENT));
    page.call("'destroy'");
    sleep(300).await;
    let counted = eval("window.counted()").as_string();
    assert_eq!(
        counted.as_deref(),
        Some("0 listeners, 0 timers, 0 observers")
    );
}

#[wasm_bindgen_test]
async fn later_calls_do_nothing_and_are_no_error() {
    let page = Page::start(&boot_with(BY_EVENT));
    page.call("'destroy'");
    let requests = page.fakes.batches().len();
    for call in [
        "'track', 'Event'",
        "'show', 'list'",
        "'explain'",
        "'destroy'",
        "'nonsense'",
    ] {
        assert!(page.call(call).is_undefined(), "{call}");
    }
    set_hidden(true);
    set_hidden(false);
    sleep(1_300).await;
    assert_eq!(page.fakes.batches().len(), requests);
    assert_eq!(page.fakes.said(), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn what_is_unsent_is_handed_to_the_browser() {
    let page = Page::start(&boot_with(BY_EVENT));
    page.call("'track', 'Last Words'");
    page.call("'destroy'");
    assert_eq!(page.fakes.sent(), ["Last Words"]);
}

#[wasm_bindgen_test]
fn a_callback_may_destroy_it() {
    let page = Page::start(&boot_with(BY_EVENT));
    page::set(&page::window(), "testCall", &page.caller());
    page.call("'on', 'dismissed', () => window.testCall('destroy')");
    page.call("'dismiss', 'list'");
    eval("delete window.testCall");
    assert!(page.call("'explain'").is_undefined());
    assert_eq!(hosts(), 0);
}

#[wasm_bindgen_test]
async fn it_may_be_destroyed_in_the_middle_of_any_event() {
    for (condition, event) in [
        (
            r##"{"element":{"selector":"#it","is":"clicked"}}"##,
            "document.querySelector('#it').click()",
        ),
        (r#"{"page":{"hash":"gone"}}"#, "location.hash = 'gone'"),
        (
            r#"{"element":{"selector":".late","is":"present"}}"#,
            "document.querySelector('#it').className = 'late'",
        ),
    ] {
        let mut page = Page::start(&boot_with(condition));
        page.add("<p id='it'>It</p>");
        page::set(&page::window(), "testCall", &page.caller());
        page.call("'on', 'task_completed', () => window.testCall('destroy')");
        sleep(150).await;
        eval(event);
        until("it is gone", || page.call("'explain'").is_undefined()).await;
        eval(
            "delete window.testCall; document.body.click(); history.replaceState(null, '', location.pathname)",
        );
        assert_eq!(hosts(), 0, "{condition}");
    }
}

#[wasm_bindgen_test]
async fn a_host_that_replaces_its_whole_body_gets_the_widget_back() {
    let page = Page::start(&boot_with(BY_EVENT));
    until("it is on the page", || hosts() == 1).await;
    let home = eval("location.href").as_string().expect("an address");
    eval(
        "document.querySelector('[data-headstart]').remove(); history.pushState(null, '', '/elsewhere')",
    );
    until("it is there again", || hosts() == 1).await;
    eval(&format!("history.replaceState(null, '', {home:?})"));
    drop(page);
    assert_eq!(hosts(), 0);
}

#[wasm_bindgen_test]
async fn it_can_be_started_again() {
    let page = Page::start(&boot_with(BY_EVENT));
    until("it is on the page", || hosts() == 1).await;
    drop(page);
    let page = Page::start(&boot_with(BY_EVENT));
    until("it is on the page again", || hosts() == 1).await;
    drop(page);
}

#[wasm_bindgen_test]
fn starting_without_what_it_needs_says_so() {
    for config in ["null", "undefined", "{}", "'text'", "{ writeKey: 'wk_x' }"] {
        let error = headstart::start(&eval(&format!("({config})"))).err();
        let error = error
            .and_then(|error| error.as_string())
            .unwrap_or_default();
        assert!(
            error.contains("start it through the loader"),
            "{config}: {error}"
        );
    }
}
