//! What the browser remembers from one page to the next, and between tabs.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use headstart::encode::encode;
use headstart::value::read_all;
use headstart_core::{Decode, Known};
use page::{
    Page, boot, boot_with, eval, js, set_hidden, sleep, store, stored, stored_names, until,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const BY_EVENT: &str = r#"{"event":{"name":"Invoice Created"}}"#;

/// Tells this tab what another one has stored.
fn store_from_other_tab(name: &str, text: &str) {
    store(name, text);
    let event = format!(
        "window.dispatchEvent(new StorageEvent('storage', {{ key: 'headstart.wk_test.{name}', newValue: localStorage.getItem('headstart.wk_test.{name}') }}))"
    );
    eval(&event);
}

#[wasm_bindgen_test]
async fn progress_is_there_on_the_next_page_before_the_collector_knows_of_it() {
    let page = Page::start(&boot_with(BY_EVENT));
    page.call("'track', 'Invoice Created'");
    set_hidden(true);
    let known = stored("known.browser-1").expect("it is stored as the page is hidden");
    set_hidden(false);
    drop(page);
    store("known.browser-1", &known);
    let page = Page::start_again(&boot_with(BY_EVENT), "{}");
    let done = page.on("task_completed");
    page.call("'complete', 'list', 'task'");
    assert_eq!(done.length(), 0, "it was done before");
}

#[wasm_bindgen_test]
async fn changes_are_stored_soon_and_together() {
    let page = Page::start(&boot_with(BY_EVENT));
    page.call("'track', 'Invoice Created'");
    assert_eq!(stored("known.browser-1"), None);
    until("it is stored", || {
        stored("known.browser-1").is_some_and(|known| known.contains("Invoice Created"))
    })
    .await;
}

#[wasm_bindgen_test]
async fn what_another_tab_has_learnt_arrives() {
    let page = Page::start(&boot_with(BY_EVENT));
    let done = page.on("task_completed");
    store_from_other_tab(
        "known.browser-1",
        r#"{"runs":{"list":{"tasks":{"task":5}}}}"#,
    );
    assert_eq!(done.length(), 1);
    store_from_other_tab(
        "known.someone-else",
        r#"{"runs":{"list":{"tasks":{"other":5}}}}"#,
    );
    store_from_other_tab("known.browser-1", "no JSON");
    assert_eq!(done.length(), 1);
}

#[wasm_bindgen_test]
async fn what_another_tab_has_stored_is_not_written_over() {
    let page = Page::start(&boot_with(BY_EVENT));
    sleep(300).await;
    // Without telling this tab, as when both write at the same moment.
    store(
        "known.browser-1",
        r#"{"runs":{"list":{"tasks":{"elsewhere":5}}}}"#,
    );
    page.call("'track', 'Invoice Created'");
    until("both are stored", || {
        stored("known.browser-1")
            .is_some_and(|known| known.contains("Invoice Created") && known.contains("elsewhere"))
    })
    .await;
}

#[wasm_bindgen_test]
async fn signing_out_in_another_tab_signs_out_here() {
    let page = Page::start_with(&boot_with(BY_EVENT), r#"{"userId":"user-1"}"#);
    eval("localStorage.removeItem('headstart.wk_test.user')");
    store_from_other_tab("anonymous", "browser-2");
    let state = page.call("'debug'");
    assert!(page::field(&state, "userId").is_null());
    assert_eq!(
        page::field(&state, "anonymousId").as_string().as_deref(),
        Some("browser-2")
    );
    until("it asks what is theirs", || {
        !page.fakes.requests("/v1/boot").is_empty()
    })
    .await;
}

#[wasm_bindgen_test]
async fn signing_in_in_another_tab_signs_in_here() {
    let page = Page::start(&boot_with(BY_EVENT));
    store_from_other_tab("user", "user-1");
    let state = page.call("'debug'");
    assert_eq!(
        page::field(&state, "userId").as_string().as_deref(),
        Some("user-1")
    );
    until("it asks what is theirs", || {
        !page.fakes.requests("/v1/boot").is_empty()
    })
    .await;
}

#[wasm_bindgen_test]
fn nothing_of_one_person_stays_for_the_next() {
    let page = Page::start_with(&boot_with(BY_EVENT), r#"{"userId":"user-1"}"#);
    page.call("'track', 'Invoice Created'");
    set_hidden(true);
    set_hidden(false);
    assert!(stored("known.user-1").is_some());
    let session = stored("session").expect("one is going on");
    page.call("'reset'");
    assert_eq!(stored("known.user-1"), None);
    set_hidden(true);
    set_hidden(false);
    let next = stored("session").expect("the next one has begun");
    assert_ne!(session, next);
    let anonymous = stored("anonymous").expect("there is one");
    assert!(next.starts_with(&anonymous), "{next}");
}

#[wasm_bindgen_test]
fn a_session_goes_on_over_pages() {
    let page = Page::start(&boot("[]"));
    let session = stored("session").expect("one has begun");
    drop(page);
    store("session", &session);
    let page = Page::start_again(&boot("[]"), "{}");
    let id = |session: &str| session.split('|').next().map(str::to_owned);
    assert_eq!(stored("session").as_deref().map(id), Some(id(&session)));
    set_hidden(true);
    set_hidden(false);
    let started = page.fakes.batches().concat();
    assert!(
        !started.contains(&"Session Started".to_owned()),
        "{started:?}"
    );
}

#[wasm_bindgen_test]
fn a_broken_session_record_is_no_session() {
    for broken in ["", "x", "x|y|z", "x|1", "|||"] {
        page::clear_storage();
        store("session", broken);
        let page = Page::start_again(&boot("[]"), "{}");
        let session = stored("session").expect("a new one has begun");
        assert!(session.starts_with("browser-1."), "{broken}: {session}");
        drop(page);
    }
}

#[wasm_bindgen_test]
fn what_is_open_is_open_on_the_next_page() {
    let page = Page::start(&boot_with(BY_EVENT));
    page.call("'show', 'list'");
    set_hidden(true);
    set_hidden(false);
    assert_eq!(stored("ui").as_deref(), Some("list"));
}

#[wasm_bindgen_test]
async fn a_page_that_has_broken_json_gets_its_progress_a_moment_later() {
    page::clear_storage();
    store(
        "known.browser-1",
        r#"{"runs":{"list":{"tasks":{"task":5}}}}"#,
    );
    let config = page::config_of(&boot_with(BY_EVENT), "{}");
    let fakes = page::Fakes::install();
    eval("window.keptParse = JSON.parse; JSON.parse = () => { throw new Error('broken'); }");
    let Ok(handle) = headstart::start(&config) else {
        panic!("it does not start");
    };
    sleep(100).await;
    eval("JSON.parse = window.keptParse");
    let call = |args: &str| handle.call(0.0, &js_sys::Array::from(&eval(args)));
    eval("window.told = []");
    call("['on', 'task_completed', (detail) => window.told.push(detail.taskId)]");
    call("['complete', 'list', 'task']");
    assert_eq!(
        eval("window.told.join()").as_string().as_deref(),
        Some(""),
        "it was done before"
    );
    call("['destroy']");
    drop(fakes);
    page::clear_storage();
}

#[wasm_bindgen_test]
fn other_projects_storage_is_left_alone() {
    eval(
        "localStorage.setItem('headstart.wk_other.known.x', '1'); localStorage.setItem('own', '2')",
    );
    let page = Page::start(&boot("[]"));
    page.call("'consent', 'denied'");
    drop(page);
    assert_eq!(
        eval("localStorage.getItem('headstart.wk_other.known.x')")
            .as_string()
            .as_deref(),
        Some("1")
    );
    assert_eq!(
        eval("localStorage.getItem('own')").as_string().as_deref(),
        Some("2")
    );
    eval("localStorage.removeItem('headstart.wk_other.known.x'); localStorage.removeItem('own')");
    assert_eq!(stored_names(), Vec::<String>::new());
}

#[wasm_bindgen_test]
fn what_is_known_is_the_same_after_writing_and_reading() {
    let text = r#"{"clicked":{"[data-hs=\"x\"]":3},"first_seen":1,"runs":{"list":{"pinned":[1,2],"shown_at":1,"tasks":{"task":4}}},"sightings":{"Invoice Created":[[7,"m-1"]]},"traits":{"plan":[5,{"list":[1.5,null,true,"\"\\\n"]}]}}"#;
    let read = read_all(&js(text)).expect("an object");
    let known = Known::from_value(read).expect("it is what is stored");
    assert_eq!(encode(&known.to_value()), text);
}

#[wasm_bindgen_test]
fn numbers_are_written_as_browsers_write_them() {
    for number in [
        "0.1",
        "-2.5",
        "1e+21",
        "5e-324",
        "9007199254740993",
        "1.7976931348623157e+308",
    ] {
        let value = read_all(&js(number)).expect("a number");
        let written = encode(&value);
        assert_eq!(js(&written), js(number), "{written}");
    }
}
