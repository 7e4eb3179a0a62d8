//! The start, which is several tasks of the page's.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot_with, eval, until};
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
