//! The start, which is several tasks of the page's.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot_with, clear_storage, eval, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const BY_HAND: &str = r#"{"event":{"name":"Never"}}"#;

fn is_shown() -> bool {
    eval("document.querySelector('[data-headstart]') !== null").is_truthy()
}

#[wasm_bindgen_test]
async fn what_is_shown_comes_in_a_task_of_its_own() {
    let _page = Page::begin(&boot_with(BY_HAND), "{}");
    assert!(!is_shown());
    until("it is shown", is_shown).await;
}

#[wasm_bindgen_test]
async fn a_call_does_not_wait_for_that() {
    let page = Page::begin(&boot_with(BY_HAND), "{}");
    let explained = page.call("'explain'");
    assert!(explained.is_object(), "{explained:?}");
    assert!(is_shown());
}

#[wasm_bindgen_test]
async fn it_starts_once_though_a_call_was_faster() {
    let page = Page::begin(&boot_with(BY_HAND), "{}");
    let ready = page.on("ready");
    page.call("'explain'");
    page::sleep(50).await;
    assert!(ready.length() <= 1, "{}", ready.length());
    assert_eq!(
        eval("document.querySelectorAll('[data-headstart]').length").as_f64(),
        Some(1.0)
    );
}

#[wasm_bindgen_test]
async fn what_is_destroyed_at_once_never_comes() {
    let page = Page::begin(&boot_with(BY_HAND), "{}");
    page.call("'destroy'");
    page::sleep(50).await;
    assert!(!is_shown());
}

/// What was stored of messages when the widget came onto the page; `null` before.
const WATCH: &str = "
    globalThis.storedBefore = null;
    const watch = new MutationObserver(() => {
        if (!document.querySelector('[data-headstart]')) return;
        watch.disconnect();
        globalThis.storedBefore = Object.keys(localStorage).filter((key) => key.includes('.queue.')).length;
    });
    watch.observe(document, { childList: true, subtree: true })";

fn has_sent(page: &Page) -> bool {
    let sent = page.fakes.batches().concat();
    sent.contains(&"Session Started".to_owned())
}

#[wasm_bindgen_test]
async fn what_is_to_be_sent_is_written_down_after_what_is_to_be_seen_is_there() {
    clear_storage();
    eval(WATCH);
    let page = Page::begin(&boot_with(BY_HAND), "{}");
    until("it is shown", is_shown).await;
    assert_eq!(eval("globalThis.storedBefore").as_f64(), Some(0.0));
    until("it is sent", || has_sent(&page)).await;
}

#[wasm_bindgen_test]
async fn what_is_to_be_sent_is_sent_though_the_page_is_left_before_that() {
    clear_storage();
    let page = Page::begin(&boot_with(BY_HAND), "{}");
    until("it is shown", is_shown).await;
    assert!(!has_sent(&page));
    eval("window.dispatchEvent(new PageTransitionEvent('pagehide'))");
    assert!(has_sent(&page));
}
