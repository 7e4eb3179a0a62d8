//! Messages are kept and sent whatever the browser does to their database.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{
    Page, boot, clear_storage, eval, field, kept, set_hidden, sleep, stored, stored_names, until,
    until_queued,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Starts where nothing can be sent, once the database is open.
async fn offline_page() -> Page {
    go_offline();
    let page = Page::start(&boot("[]"));
    until("the database is open", || {
        place(&page) == "indexeddb" && shared().is_empty()
    })
    .await;
    page
}

fn go_offline() {
    eval("Object.defineProperty(navigator, 'onLine', { value: false, configurable: true })");
}

fn go_online() {
    eval("delete navigator.onLine; window.dispatchEvent(new Event('online'))");
}

fn place(page: &Page) -> String {
    text(page, "place")
}

fn text(page: &Page, name: &str) -> String {
    let queue = field(&page.call("'debug'"), "queue");
    field(&queue, name).as_string().unwrap_or_default()
}

/// The messages in `localStorage`.
fn shared() -> Vec<String> {
    let mut names = stored_names();
    names.retain(|name| name.starts_with("queue."));
    names
}

/// How many of the messages on disk have that in them, and how many of those in `localStorage`.
async fn kept_with(part: &str) -> (usize, usize) {
    let all = kept().await;
    let with: Vec<_> = all.iter().filter(|(_, text)| text.contains(part)).collect();
    let shared = with.iter().filter(|(name, _)| name.starts_with("queue."));
    (with.len(), shared.count())
}

/// Runs code before the widget starts, and its undoing after.
async fn start_with(patch: &str, undo: &str) -> Page {
    clear_storage();
    // Before the page breaks it, the database of the last test must be gone.
    kept().await;
    eval(patch);
    let page = Page::start_again(&boot("[]"), "{}");
    eval(undo);
    page
}

#[wasm_bindgen_test]
async fn what_the_database_has_not_confirmed_is_in_local_storage_when_the_page_is_hidden() {
    let page = offline_page().await;
    page.call("'track', 'Invoice Created'");
    assert!(shared().is_empty());
    set_hidden(true);
    let texts: Vec<String> = shared().iter().filter_map(|name| stored(name)).collect();
    assert!(texts.iter().any(|text| text.contains("Invoice Created")));
    until("the database has it", || shared().is_empty()).await;
    assert_eq!(kept_with("Invoice Created").await, (1, 0));
    set_hidden(false);
    go_online();
    until_queued(0).await;
}

#[wasm_bindgen_test]
async fn a_browser_without_a_usable_database_keeps_messages_in_local_storage_and_says_so_once() {
    let undo_class = |class: &str, name: &str| format!("{class}.prototype.{name} = window.kept");
    let patch_class = |class: &str, name: &str, with: &str| {
        format!("window.kept = {class}.prototype.{name}; {class}.prototype.{name} = {with}")
    };
    let own = |getter: &str| {
        format!(
            "window.kept = Object.getOwnPropertyDescriptor(window, 'indexedDB'); Object.defineProperty(window, 'indexedDB', {{ configurable: true, {getter} }})"
        )
    };
    let undo_own = "Object.defineProperty(window, 'indexedDB', window.kept)";
    let throws = "function () { throw new DOMException('no', 'InvalidStateError') }";
    for (patch, undo) in [
        (own("value: undefined"), undo_own.to_owned()),
        (
            own("get() { throw new DOMException('blocked', 'SecurityError') }"),
            undo_own.to_owned(),
        ),
        (
            patch_class("IDBFactory", "open", throws),
            undo_class("IDBFactory", "open"),
        ),
        (
            patch_class("IDBFactory", "open", "() => 42"),
            undo_class("IDBFactory", "open"),
        ),
        (
            patch_class("IDBDatabase", "transaction", throws),
            undo_class("IDBDatabase", "transaction"),
        ),
    ] {
        let page = start_with(&patch, &undo).await;
        go_offline();
        for event in ["One", "Two", "Three"] {
            page.call(&format!("'track', '{event}'"));
            sleep(100).await;
        }
        let in_storage = kept_with("track").await;
        assert!(
            in_storage.0 >= 3 && in_storage.0 == in_storage.1,
            "{patch}: {in_storage:?}"
        );
        go_online();
        until("they are sent", || page.fakes.sent().len() == 3).await;
        until("they are gone", || shared().is_empty()).await;
        if !patch.contains("42") {
            assert_eq!(place(&page), "localstorage", "{patch}");
            assert_eq!(page.fakes.said_about("IndexedDB"), 1, "{patch}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_version_is_left_alone() {
    clear_storage();
    eval(
        "indexedDB.open('headstart.wk_test', 99).onsuccess = (event) => event.target.result.close()",
    );
    let page = Page::start_again(&boot("[]"), "{}");
    page.call("'track', 'Event'");
    until("it is sent", || page.fakes.sent() == ["Event"]).await;
    assert_eq!(place(&page), "localstorage");
}

#[wasm_bindgen_test]
async fn a_database_that_refuses_messages_still_gives_back_those_it_has() {
    let page = offline_page().await;
    page.call("'track', 'Had'");
    assert_eq!(kept_with("Had").await, (1, 0));
    page.leave();
    eval(
        "window.kept = IDBObjectStore.prototype.put;
         IDBObjectStore.prototype.put = function (...args) {
             const request = window.kept.apply(this, args);
             this.transaction.abort();
             return request;
         };",
    );
    let page = Page::start_again(&boot("[]"), "{}");
    eval("IDBObjectStore.prototype.put = window.kept");
    for event in ["One", "Two", "Three", "Four"] {
        page.call(&format!("'track', '{event}'"));
        sleep(100).await;
    }
    assert_eq!(kept_with("Had").await, (1, 0));
    for event in ["One", "Two", "Three", "Four"] {
        assert_eq!(kept_with(event).await, (1, 1), "{event}");
    }
    go_online();
    until("all are sent", || page.fakes.sent().len() == 5).await;
    until_queued(0).await;
}

#[wasm_bindgen_test]
async fn a_database_that_is_taken_away_is_opened_again() {
    let page = offline_page().await;
    // Another tab wants it deleted, as when the browser's data are cleared.
    eval(
        "window.deleting = indexedDB.deleteDatabase('headstart.wk_test'); window.deleting.onsuccess = () => { window.deleted = true; }",
    );
    until("nobody has it open", || eval("window.deleted").is_truthy()).await;
    page.call("'track', 'After'");
    until("it is open again", || shared().is_empty()).await;
    assert_eq!(kept_with("After").await, (1, 0));
    go_online();
    until("it is sent", || {
        page.fakes.sent().contains(&"After".to_owned())
    })
    .await;
    eval("delete window.deleted");
}

#[wasm_bindgen_test]
async fn a_database_that_never_opens_does_not_hold_up_the_sending() {
    let page = start_with(
        "window.kept = IDBFactory.prototype.open; IDBFactory.prototype.open = () => new EventTarget()",
        "IDBFactory.prototype.open = window.kept",
    )
    .await;
    page.call("'track', 'Event'");
    assert!(!shared().is_empty());
    until("it is sent", || page.fakes.sent() == ["Event"]).await;
    until("it is gone", || shared().is_empty()).await;
}
