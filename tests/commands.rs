//! What hosts call, and what they are told when it makes no sense.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use headstart_core::json::to_text;
use page::{Page, boot, boot_with, eval, field, set_hidden, stored, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const TRAIT: &str = r#"{"trait":{"name":"company"}}"#;
const BY_HAND: &str = r#"{"event":{"name":"Never"}}"#;

#[wasm_bindgen_test]
async fn a_tracked_event_is_sent_and_counts_at_once() {
    let page = Page::start(&boot_with(r#"{"event":{"name":"Invoice Created"}}"#));
    let done = page.on("task_completed");
    page.call("'track', 'Invoice Created', { total: 9.5 }");
    assert_eq!(
        done.join("").as_string(),
        Some(r#"{"contentId":"list","taskId":"task"}"#.to_owned())
    );
    until("it is sent", || page.fakes.sent() == ["Invoice Created"]).await;
}

#[wasm_bindgen_test]
async fn a_message_carries_who_when_and_what() {
    let page = Page::start(&boot("[]"));
    page.call("'identify', 42, { plan: 'pro' }");
    page.call("'group', 'acme', { seats: 3 }");
    page.call("'page', 'Invoices', { tab: 'open' }");
    page.call("'track', 'Invoice Created', { total: 9.5 }");
    until("all are sent", || page.fakes.sent().len() == 4).await;
    let find = |part: &str| {
        let texts = page.fakes.messages();
        let found = texts.iter().map(to_text).find(|text| text.contains(part));
        found.unwrap_or_default()
    };
    for (part, expect) in [
        (r#""type":"identify""#, r#""traits":{"plan":"pro"}"#),
        (r#""type":"group""#, r#""groupId":"acme""#),
        (
            r#""type":"page""#,
            r#""name":"Invoices","properties":{"tab":"open"}"#,
        ),
        (r#""type":"track""#, r#""anonymousId":"browser-1""#),
        (
            r#""event":"Invoice Created""#,
            r#""properties":{"total":9.5}"#,
        ),
        (r#""event":"Invoice Created""#, r#""userId":"42""#),
    ] {
        assert!(find(part).contains(expect), "{part}: {}", find(part));
    }
    assert_eq!(stored("user").as_deref(), Some("42"));
}

#[wasm_bindgen_test]
async fn calls_from_before_the_widget_was_there_keep_their_times() {
    let time = eval("Math.floor(Date.now() / 1000) * 1000 - 60000");
    let calls = format!(
        r#"{{"calls":[[{0},["track","Early"]],[{0},["identify","user-1"]]]}}"#,
        time.as_f64().expect("a number")
    );
    let page = Page::start_with(&boot("[]"), &calls);
    until("both are sent", || page.fakes.sent().len() == 2).await;
    let messages = page.fakes.messages();
    let early = messages
        .iter()
        .map(to_text)
        .find(|text| text.contains("Early"));
    let early = early.expect("it was sent");
    let iso = js_sys::Date::new(&time).to_iso_string();
    let iso = iso.as_string().expect("a text");
    assert!(early.contains(&iso), "{early}");
    assert!(!early.contains("userId"), "{early}");
}

#[wasm_bindgen_test]
async fn a_call_from_the_future_happens_now() {
    let page = Page::start_with(
        &boot("[]"),
        r#"{"calls":[[32503680000000,["track","Tomorrow"]]]}"#,
    );
    set_hidden(true);
    set_hidden(false);
    until("it is sent", || page.fakes.sent() == ["Tomorrow"]).await;
    let texts: Vec<String> = page.fakes.messages().iter().map(to_text).collect();
    assert!(
        !texts.iter().any(|text| text.contains("3000-01-01")),
        "{texts:?}"
    );
}

#[wasm_bindgen_test]
fn identifying_sets_traits_that_conditions_see() {
    let page = Page::start(&boot_with(TRAIT));
    let done = page.on("task_completed");
    page.call("'identify', 'user-1', { other: 1 }");
    assert_eq!(done.length(), 0);
    page.call("'identify', 'user-1', { company: 'Acme' }");
    assert_eq!(done.length(), 1);
}

#[wasm_bindgen_test]
fn hosts_complete_tasks_and_dismiss_and_show_content() {
    let page = Page::start(&boot_with(BY_HAND));
    let done = page.on("task_completed");
    let dismissed = page.on("dismissed");
    page.call("'dismiss', 'list'");
    assert_eq!(
        (dismissed.length(), page.explained("list")),
        (1, "dismissed".to_owned())
    );
    page.call("'show', 'list'");
    assert_eq!(page.explained("list"), "shown");
    page.call("'complete', 'list', 'task'");
    page.call("'complete', 'list', 'task'");
    assert_eq!(done.length(), 1);
}

#[wasm_bindgen_test]
fn explain_answers_why_each_piece_is_not_shown() {
    let page = Page::start(&boot(
        r##"[{"id":"list","version":1,"kind":"checklist","title":"Get started","tasks":[{"id":"a","title":"A"}]},
            {"id":"tip","version":1,"kind":"tip","title":"Look","target":"#nowhere"}]"##,
    ));
    assert_eq!(page.explained("list"), "shown");
    assert_eq!(page.explained("tip"), "target_missing");
    let rows = page.call("'explain'");
    let first = field(&rows, "0");
    assert_eq!(
        field(&first, "content").as_string().as_deref(),
        Some("list")
    );
    assert!(field(&first, "reason").is_null());
}

#[wasm_bindgen_test]
fn debug_answers_who_the_user_is_and_what_waits() {
    let page = Page::start(&boot("[]"));
    page.call("'identify', 'user-1'");
    let state = page.call("'debug'");
    assert_eq!(
        field(&state, "userId").as_string().as_deref(),
        Some("user-1")
    );
    assert_eq!(
        field(&state, "anonymousId").as_string().as_deref(),
        Some("browser-1")
    );
    let queue = field(&state, "queue");
    assert!(field(&queue, "messages").as_f64() >= Some(1.0));
    assert!(field(&field(&queue, "kinds"), "milestone").as_f64() >= Some(1.0));
    assert!(field(&queue, "bytes").as_f64() > Some(100.0));
}

#[wasm_bindgen_test]
fn ready_is_told_after_the_early_calls_and_at_once_to_those_who_ask_later() {
    let page = Page::start(&boot("[]"));
    let told = page.on("ready");
    assert_eq!(told.length(), 1);
}

#[wasm_bindgen_test]
fn a_callback_that_throws_breaks_nothing_and_the_host_sees_it() {
    let page = Page::start(&boot_with(BY_HAND));
    page.call("'on', 'dismissed', () => { throw new Error('of the host'); }");
    let told = page.on("dismissed");
    page.call("'dismiss', 'list'");
    assert_eq!(told.length(), 1);
    assert_eq!(page.fakes.said_about("of the host"), 1);
}

#[wasm_bindgen_test]
fn a_callback_may_call_back() {
    let page = Page::start(&boot_with(BY_HAND));
    eval_handle(&page);
    page.call("'on', 'task_completed', () => { window.testCall('dismiss', 'list'); window.testCall('explain'); }");
    let dismissed = page.on("dismissed");
    page.call("'complete', 'list', 'task'");
    assert_eq!(dismissed.length(), 1);
    eval("delete window.testCall");
}

/// Makes `window.testCall` call the widget, as the loader's global does.
fn eval_handle(page: &Page) {
    let call = page.caller();
    page::set(&page::window(), "testCall", &call);
}

#[wasm_bindgen_test]
async fn reset_makes_a_new_unknown_person() {
    let page = Page::start(&boot_with(TRAIT));
    page.call("'identify', 'user-1', { company: 'Acme' }");
    page.call("'reset'");
    assert_eq!(stored("user"), None);
    let anonymous = stored("anonymous").expect("there is a new one");
    assert_ne!(anonymous, "browser-1");
    page.call("'track', 'After'");
    until("it is sent", || {
        page.fakes.sent().contains(&"After".to_owned())
    })
    .await;
    let after = page.fakes.messages();
    let after = after
        .iter()
        .map(to_text)
        .find(|text| text.contains("After"));
    let after = after.expect("it was sent");
    assert!(
        after.contains(&anonymous) && !after.contains("user-1"),
        "{after}"
    );
}

#[wasm_bindgen_test]
fn mistakes_are_said_once_with_the_remedy_and_never_thrown() {
    for (call, remedy) in [
        ("", "there is no such command"),
        (
            "'trak', 'Event'",
            "call of 'trak': there is no such command",
        ),
        ("'identify'", "must be the user's id"),
        ("'identify', 'undefined'", "must be the user's id"),
        ("'identify', {}", "must be the user's id"),
        ("'identify', 'user-1', 'pro'", "traits must be an object"),
        ("'group', NaN", "must be the account's id"),
        ("'track'", "must be the event's name"),
        ("'track', '  '", "must be the event's name"),
        ("'track', 'Tip Shown'", "an event of Headstart's own"),
        ("'track', 'Event', [1]", "properties must be an object"),
        (
            "'track', 'Large', { text: 'x'.repeat(4e4) }",
            "send ids instead of documents",
        ),
        (
            "'track', 'Larger', { text: 'x'.repeat(1e5), more: 1 }",
            "pass ids instead of documents",
        ),
        ("'show'", "must be the id of a piece of content"),
        ("'dismiss', 'nothing'", "there is no content `nothing`"),
        ("'complete', 'list'", "the id of a task"),
        ("'on', 'clicked', () => 1", "must be ready"),
        ("'on', 'action:', () => 1", "must be ready"),
        ("'on', 'ready'", "must be a function"),
        ("'consent', true", "'granted' or 'denied'"),
    ] {
        let page = Page::start(&boot_with(BY_HAND));
        page.call(call);
        page.call(call);
        assert_eq!(
            page.fakes.said_about(remedy),
            1,
            "{call}: {:?}",
            page.fakes.said()
        );
        assert!(
            page.fakes
                .said()
                .iter()
                .all(|line| line.starts_with("headstart: "))
        );
    }
}
