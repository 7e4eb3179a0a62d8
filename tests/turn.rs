//! One tab of a browser sends at a time, and none that hangs keeps the others from it.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use headstart::native::Native;
use headstart::queue::{Store, Turn, open_store};
use page::{clear_storage, eval, sleep, store, stored};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const NO_LOCKS: &str =
    "Object.defineProperty(navigator, 'locks', { configurable: true, value: undefined })";
const NO_DATABASE: &str = "window.kept = Object.getOwnPropertyDescriptor(window, 'indexedDB');
    Object.defineProperty(window, 'indexedDB', { configurable: true, value: undefined })";

async fn ask(tab: &Store, hangs: bool) -> Option<Turn> {
    Turn::ask("wk_test", tab, hangs).await
}

/// Two tabs of a browser that lacks what `patch` takes away.
fn two_tabs(patch: &str) -> (Store, Store) {
    clear_storage();
    eval(patch);
    Native::capture().expect("there is a page");
    let tabs = (open_store("wk_test", false), open_store("wk_test", false));
    eval(
        "delete navigator.locks; if (window.kept) Object.defineProperty(window, 'indexedDB', window.kept)",
    );
    tabs
}

/// The three ways to agree.
fn ways() -> [String; 3] {
    [
        String::new(),
        NO_LOCKS.to_owned(),
        format!("{NO_LOCKS}; {NO_DATABASE}"),
    ]
}

#[wasm_bindgen_test]
async fn while_one_tab_sends_the_others_do_not_and_then_they_may() {
    for way in ways() {
        let (one, other) = two_tabs(&way);
        let turn = ask(&one, false).await.expect("nobody else is sending");
        assert!(turn.lasts());
        assert!(ask(&other, false).await.is_none(), "{way}");
        assert!(ask(&other, false).await.is_none(), "{way}");
        drop(turn);
        sleep(50).await;
        let turn = ask(&other, false).await;
        assert!(turn.is_some(), "{way}");
        assert!(ask(&one, false).await.is_none(), "{way}");
        drop(turn);
        sleep(50).await;
        one.close(false);
        other.close(false);
    }
}

#[wasm_bindgen_test]
async fn of_two_that_ask_at_once_one_gets_it() {
    for way in ways() {
        let (one, other) = two_tabs(&way);
        one.all().await;
        other.all().await;
        let (first, second) = futures(ask(&one, false), ask(&other, false)).await;
        let count = usize::from(first.is_some()) + usize::from(second.is_some());
        assert_eq!(count, 1, "{way}");
        one.close(false);
        other.close(false);
    }
}

/// Both at once.
async fn futures<A: 'static>(
    one: impl Future<Output = A>,
    other: impl Future<Output = A>,
) -> (A, A) {
    let (mut one, mut other) = (Box::pin(one), Box::pin(other));
    let (mut first, mut second) = (None, None);
    std::future::poll_fn(move |context| {
        if first.is_none()
            && let std::task::Poll::Ready(done) = one.as_mut().poll(context)
        {
            first = Some(done);
        }
        if second.is_none()
            && let std::task::Poll::Ready(done) = other.as_mut().poll(context)
        {
            second = Some(done);
        }
        match (first.take(), second.take()) {
            (Some(done), Some(other)) => std::task::Poll::Ready((done, other)),
            (one, other) => {
                (first, second) = (one, other);
                std::task::Poll::Pending
            }
        }
    })
    .await
}

#[wasm_bindgen_test]
async fn from_a_tab_that_hangs_its_turn_is_taken() {
    let (one, other) = two_tabs("");
    let hanging = ask(&one, false).await.expect("nobody else is sending");
    assert!(ask(&other, false).await.is_none());
    let turn = ask(&other, true).await;
    assert!(turn.is_some());
    sleep(50).await;
    assert!(!hanging.lasts(), "it knows, should it go on");
    drop(hanging);
    assert!(turn.expect("it was taken").lasts());
}

#[wasm_bindgen_test]
async fn a_lease_ends_by_itself() {
    let minute = 60_000.0;
    let now = js_sys::Date::now();
    let (one, _) = two_tabs(&format!("{NO_LOCKS}; {NO_DATABASE}"));
    store("lease", &format!("{} 9", now + 20_000.0));
    assert!(ask(&one, false).await.is_none());
    for over in [now - 1.0, now + 2.0 * minute] {
        store("lease", &format!("{over} 9"));
        let turn = ask(&one, false).await;
        assert!(turn.is_some(), "{over}");
        assert!(stored("lease").is_some_and(|lease| !lease.ends_with(" 9")));
    }
}

#[wasm_bindgen_test]
async fn locks_that_do_not_work_are_as_good_as_none() {
    for broken in [
        "{ request() { throw new DOMException('no', 'SecurityError') } }",
        "{ request() { return Promise.reject(new DOMException('no', 'SecurityError')) } }",
        "{ request: 42 }",
    ] {
        let (one, other) = two_tabs(&format!(
            "Object.defineProperty(navigator, 'locks', {{ configurable: true, value: {broken} }})"
        ));
        let turn = ask(&one, false).await;
        assert!(turn.is_some(), "{broken}");
        assert!(ask(&other, false).await.is_none(), "{broken}");
        drop(turn);
        sleep(50).await;
        one.close(false);
        other.close(false);
    }
}
