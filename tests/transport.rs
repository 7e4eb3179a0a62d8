//! The queue and its way to the collector: nothing is lost, nothing is sent twice without need.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use headstart::answer::retry_after;
use headstart::backoff::delay;
use headstart_core::json::to_text;
use page::{Page, boot, eval, field, queued, set_hidden, sleep, stored_names, until, until_queued};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Starts on empty storage, and waits until what every start sends is away.
async fn quiet_page() -> Page {
    let page = Page::start(&boot("[]"));
    page.call("'track', 'First'");
    set_hidden(true);
    set_hidden(false);
    until_queued(0).await;
    page
}

#[wasm_bindgen_test]
async fn events_are_on_disk_before_they_are_sent_and_gone_after() {
    let page = Page::start(&boot("[]"));
    page.call("'track', 'One'");
    page.call("'track', 'Two'");
    assert!(queued().await >= 2);
    assert!(page.fakes.batches().is_empty());
    until("they are sent together", || {
        page.fakes.sent() == ["One", "Two"]
    })
    .await;
    until_queued(0).await;
    assert_eq!(page.fakes.batches().len(), 1);
}

#[wasm_bindgen_test]
async fn a_request_asks_no_leave_and_sends_no_cookies() {
    let page = quiet_page().await;
    let request = &page.fakes.requests("/v1/batch")[0];
    assert_eq!(
        field(request, "credentials").as_string().as_deref(),
        Some("omit")
    );
    assert!(field(request, "headers").is_undefined());
    let body = field(request, "body");
    assert_eq!(
        field(&body, "writeKey").as_string().as_deref(),
        Some("wk_test")
    );
    assert!(field(&body, "sentAt").is_string());
}

#[wasm_bindgen_test]
async fn what_a_page_left_behind_the_next_one_sends() {
    let page = Page::start(&boot("[]"));
    page.fakes.set_answers(r#"[{"fails":true}]"#);
    page.call("'track', 'Left Behind'");
    until("it was tried", || !page.fakes.batches().is_empty()).await;
    page.leave();
    let page = Page::start_again(&boot("[]"), "{}");
    until("it is sent", || {
        page.fakes.sent().contains(&"Left Behind".to_owned())
    })
    .await;
    until_queued(0).await;
}

#[wasm_bindgen_test]
async fn what_another_tab_sends_is_not_sent_again() {
    let page = quiet_page().await;
    let before = page.fakes.batches().len();
    eval("window.heldLock = new Promise((free) => { window.freeLock = free; })");
    eval("void navigator.locks.request('headstart.wk_test.send', () => window.heldLock)");
    sleep(50).await;
    page.call("'track', 'Waiting'");
    sleep(1_300).await;
    assert_eq!(page.fakes.batches().len(), before);
    assert_eq!(queued().await, 1);
    eval("window.freeLock()");
    until("it is sent", || {
        page.fakes.sent().contains(&"Waiting".to_owned())
    })
    .await;
}

#[wasm_bindgen_test]
async fn rejected_events_go_and_are_reported_once_and_the_good_ones_go_too() {
    let page = quiet_page().await;
    page.fakes.set_answers(
        r#"[{"status":400,"body":{"error":{"code":"invalid_events","message":"1 of 2 events is invalid"},"accepted":1,"duplicates":0,
            "rejected":[{"index":1,"message_id":"m-2","error":{"code":"invalid","message":"event: must not be empty","path":"batch[1].event"}}]}}]"#,
    );
    page.call("'track', 'Good'");
    page.call("'track', 'Bad'");
    until_queued(0).await;
    let line = "refused an event for good; headstart('debug') lists those it refused: event: must not be empty";
    assert_eq!(page.fakes.said_about(line), 1, "{:?}", page.fakes.said());
}

#[wasm_bindgen_test]
async fn too_large_a_batch_is_halved() {
    let page = quiet_page().await;
    let before = page.fakes.batches().len();
    page.fakes.set_answers(
        r#"[{"status":413,"body":{"error":{"code":"too_large","message":"too large"}}}]"#,
    );
    for name in ["A", "B", "C", "D"] {
        page.call(&format!("'track', '{name}'"));
    }
    until_queued(0).await;
    let batches = page.fakes.batches().split_off(before);
    assert_eq!(
        batches,
        [vec!["A", "B", "C", "D"], vec!["A", "B"], vec!["C", "D"]]
    );
}

#[wasm_bindgen_test]
async fn one_event_the_collector_cannot_take_blocks_nothing() {
    let page = quiet_page().await;
    let refused = r#"{"status":400,"body":{"error":{"code":"invalid","message":"no JSON"}}}"#;
    page.fakes.set_answers(&format!("[{refused},{refused}]"));
    page.call("'track', 'Poison'");
    page.call("'track', 'Good'");
    until_queued(0).await;
    assert_eq!(page.fakes.sent().last().map(String::as_str), Some("Good"));
    assert_eq!(page.fakes.said_about("no JSON"), 1);
}

#[wasm_bindgen_test]
async fn a_wrong_write_key_stops_it_with_one_line() {
    let page = quiet_page().await;
    let before = page.fakes.batches().len();
    page.fakes.set_answers(
        r#"[{"status":401,"body":{"error":{"code":"unknown_key","message":"unknown write key"}}}]"#,
    );
    page.call("'track', 'One'");
    until("it is asked", || page.fakes.batches().len() == before + 1).await;
    page.call("'track', 'Two'");
    sleep(1_300).await;
    assert_eq!(page.fakes.batches().len(), before + 1);
    assert_eq!(queued().await, 2);
    assert_eq!(page.fakes.said_about("check data-write-key"), 1);
}

#[wasm_bindgen_test]
async fn failures_are_tried_again_with_the_same_message_ids() {
    for failure in [
        r#"{"fails":true}"#,
        r#"{"throws":true}"#,
        r#"{"junk":true}"#,
        r#"{"status":503,"body":{}}"#,
        r#"{"status":200,"body":"<!doctype html><title>Sign in to the wifi</title>"}"#,
        r#"{"status":200,"body":{"ok":true}}"#,
    ] {
        let page = quiet_page().await;
        let before = page.fakes.batches().len();
        page.fakes.set_answers(&format!("[{failure}]"));
        page.call("'track', 'Event'");
        until("it is sent twice", || {
            page.fakes.batches().len() == before + 2
        })
        .await;
        until_queued(0).await;
        let messages = page.fakes.messages();
        let events: Vec<String> = messages
            .iter()
            .map(to_text)
            .filter(|text| text.contains(r#""event":"Event""#))
            .collect();
        assert_eq!(events.len(), 2, "{failure}");
        assert_eq!(events[0], events[1], "{failure}");
    }
}

#[wasm_bindgen_test]
async fn retry_after_is_heeded_and_being_online_again_ends_the_wait() {
    let page = quiet_page().await;
    let before = page.fakes.batches().len();
    page.fakes
        .set_answers(r#"[{"status":429,"body":{},"headers":{"Retry-After":"3600"}}]"#);
    page.call("'track', 'Event'");
    until("it is refused", || page.fakes.batches().len() == before + 1).await;
    page.call("'track', 'Another'");
    sleep(1_500).await;
    assert_eq!(page.fakes.batches().len(), before + 1);
    eval("window.dispatchEvent(new Event('online'))");
    until_queued(0).await;
}

#[wasm_bindgen_test]
async fn nothing_is_tried_while_offline() {
    let page = quiet_page().await;
    let before = page.fakes.batches().len();
    eval("Object.defineProperty(navigator, 'onLine', { value: false, configurable: true })");
    page.call("'track', 'Event'");
    sleep(1_300).await;
    assert_eq!(page.fakes.batches().len(), before);
    eval("delete navigator.onLine; window.dispatchEvent(new Event('online'))");
    until("it is sent", || page.fakes.batches().len() == before + 1).await;
}

#[wasm_bindgen_test]
async fn a_host_that_patches_json_and_storage_later_changes_nothing() {
    let page = quiet_page().await;
    eval(
        "window.kept = [JSON.stringify, Storage.prototype.setItem];
         JSON.stringify = () => { throw new Error('patched'); };
         Storage.prototype.setItem = () => { throw new Error('patched'); };",
    );
    page.call("'track', 'Event'");
    let kept = queued().await;
    eval("[JSON.stringify, Storage.prototype.setItem] = window.kept");
    assert_eq!(kept, 1);
    until("it is sent", || {
        page.fakes.sent().contains(&"Event".to_owned())
    })
    .await;
}

#[wasm_bindgen_test]
async fn where_storage_is_blocked_memory_does() {
    page::clear_storage();
    eval(
        "window.kept = Object.getOwnPropertyDescriptor(window, 'localStorage');
         Object.defineProperty(window, 'localStorage', { configurable: true, get() { throw new DOMException('blocked', 'SecurityError'); } })",
    );
    let fakes = page::Fakes::install();
    let Ok(handle) = headstart::start(&page::config_of(&boot("[]"), "{}")) else {
        panic!("it does not start");
    };
    eval("Object.defineProperty(window, 'localStorage', window.kept)");
    let call = |args: &str| handle.call(js_sys::Date::now(), &js_sys::Array::from(&eval(args)));
    call("['track', 'Event']");
    assert!(stored_names().is_empty());
    until("it is sent", || fakes.sent() == ["Event"]).await;
    call("['destroy']");
}

#[wasm_bindgen_test]
fn waits_grow_with_failures_up_to_a_bound_and_never_undercut_what_is_asked() {
    let check =
        |failures, asked, random, expect| assert_eq!(delay(failures, asked, random), expect);
    check(1, None, 0.0, 0);
    check(1, None, 0.5, 500);
    check(2, None, 0.5, 1_000);
    check(5, None, 0.5, 8_000);
    check(40, None, 1.0, 300_000);
    check(1, Some(20_000), 0.5, 20_500);
    check(1, Some(i64::MAX), 0.0, 3_600_000);
}

#[wasm_bindgen_test]
fn retry_after_is_read_in_both_forms() {
    let check = |header, expect| assert_eq!(retry_after(header, 1_700_000_000_000), expect);
    check("120", Some(120_000));
    check(" 0 ", Some(0));
    check("Tue, 14 Nov 2023 22:14:20 GMT", Some(60_000));
    check("Tue, 14 Nov 2023 22:00:00 GMT", Some(0));
    check("soon", None);
    check("-5", None);
}

/// The dead letters, each as `id event: error`.
fn dead(page: &Page) -> Vec<String> {
    let queue = field(&page.call("'debug'"), "queue");
    let letters = js_sys::Array::from(&field(&queue, "dead"));
    let text = |letter: &JsValue, name| field(letter, name).as_string().unwrap_or_default();
    letters
        .iter()
        .map(|letter| format!("{}: {}", text(&letter, "event"), text(&letter, "error")))
        .collect()
}

#[wasm_bindgen_test]
async fn what_the_collector_refuses_for_good_is_shown_by_debug_also_on_the_next_page() {
    let page = quiet_page().await;
    page.fakes.set_answers(
        r#"[{"status":400,"body":{"error":{"code":"invalid_events","message":"1 of 3"},"accepted":2,"duplicates":0,
            "rejected":[{"index":1,"message_id":"m-2","error":{"code":"invalid","message":"event: must not be so"}}]}}]"#,
    );
    for event in ["A", "B", "C"] {
        page.call(&format!("'track', '{event}'"));
    }
    until_queued(0).await;
    assert_eq!(dead(&page), ["B: event: must not be so"]);
    let queue = field(&page.call("'debug'"), "queue");
    let first = field(&field(&queue, "dead"), "0");
    let id = field(&first, "messageId").as_string().expect("an id");
    let sent = page.fakes.messages();
    assert!(sent.iter().any(|message| to_text(message).contains(&id)));
    page.leave();
    let page = Page::start_again(&boot("[]"), "{}");
    assert_eq!(dead(&page).len(), 1);
}

#[wasm_bindgen_test]
async fn of_dead_letters_the_latest_are_kept() {
    let page = quiet_page().await;
    let refused = r#"{"status":413,"body":{"error":{"code":"too_large","message":"too large"}}}"#;
    // A batch of 25 is halved until each event is alone; all are refused.
    page.fakes
        .set_answers(&format!("[{}]", vec![refused; 60].join(",")));
    for index in 0..25 {
        page.call(&format!("'track', 'Event {index}'"));
    }
    until("all are refused", || {
        dead(&page)
            .last()
            .is_some_and(|last| last == "Event 24: too large")
    })
    .await;
    assert_eq!(dead(&page).len(), 20);
    page.fakes.set_answers("[]");
    until_queued(0).await;
}

#[wasm_bindgen_test]
async fn a_large_body_is_packed_and_asks_no_leave_either() {
    let page = quiet_page().await;
    page.call("'track', 'Large', { text: 'x'.repeat(5000) }");
    until_queued(0).await;
    let requests = page.fakes.requests("/v1/batch");
    let last = requests.last().expect("one");
    assert!(field(last, "packed").is_truthy());
    assert_eq!(
        field(last, "type").as_string().as_deref(),
        Some("text/plain")
    );
    assert!(field(last, "headers").is_undefined());
    assert!(field(last, "size").as_f64() < Some(1_000.0));
    page.call("'track', 'Small'");
    until_queued(0).await;
    let requests = page.fakes.requests("/v1/batch");
    assert!(!field(requests.last().expect("one"), "packed").is_truthy());
}

#[wasm_bindgen_test]
async fn a_collector_that_cannot_unpack_gets_it_plain() {
    let page = quiet_page().await;
    page.fakes.set_answers(
        r#"[{"status":400,"body":{"error":{"code":"invalid_json","message":"it is not UTF-8"}}}]"#,
    );
    for _ in 0..2 {
        page.call("'track', 'Large', { text: 'x'.repeat(5000) }");
        until_queued(0).await;
    }
    let requests = page.fakes.requests("/v1/batch");
    let packed: Vec<bool> = requests
        .iter()
        .rev()
        .take(3)
        .map(|request| field(request, "packed").is_truthy())
        .collect();
    assert_eq!(packed, [false, false, true]);
    assert!(dead(&page).is_empty());
}

#[wasm_bindgen_test]
async fn where_packing_fails_or_hangs_the_body_goes_plain() {
    for broken in [
        "undefined",
        "class { constructor() { throw new Error('no'); } }",
        "class { constructor() { this.readable = new ReadableStream(); this.writable = new WritableStream(); } }",
        "class { constructor() { return 42; } }",
    ] {
        eval(&format!(
            "window.kept = CompressionStream; window.CompressionStream = {broken}"
        ));
        let page = quiet_page().await;
        eval("window.CompressionStream = window.kept");
        page.call("'track', 'Large', { text: 'x'.repeat(5000) }");
        until("it is sent", || {
            page.fakes.sent().contains(&"Large".to_owned())
        })
        .await;
        until_queued(0).await;
        let requests = page.fakes.requests("/v1/batch");
        assert!(!field(requests.last().expect("one"), "packed").is_truthy());
    }
}

#[wasm_bindgen_test]
async fn an_answer_that_names_no_place_in_the_batch_loses_nothing_else() {
    let page = quiet_page().await;
    page.fakes.set_answers(
        r#"[{"status":400,"body":{"error":{"code":"invalid_events","message":"?"},"accepted":1,"duplicates":0,
            "rejected":[{"index":99,"error":{"code":"invalid","message":"?"}}]}}]"#,
    );
    page.call("'track', 'Good'");
    until_queued(0).await;
    page.call("'track', 'Next'");
    until_queued(0).await;
    assert!(dead(&page).is_empty());
}

#[wasm_bindgen_test]
async fn what_is_put_off_is_shown_by_debug() {
    let page = quiet_page().await;
    page.fakes
        .set_answers(r#"[{"status":503,"body":{},"headers":{"Retry-After":"3600"}}]"#);
    page.call("'track', 'Event'");
    let queue = || field(&page.call("'debug'"), "queue");
    until("it is put off", || {
        field(&queue(), "state").as_string().as_deref() == Some("backing off")
    })
    .await;
    assert!(field(&queue(), "wait").as_f64() > Some(3_500_000.0));
}
