//! What happened elsewhere arrives, without a storm of requests.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot, boot_with, eval, field, set_hidden, sleep, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const BY_EVENT: &str = r#"{"event":{"name":"Bank Connected"}}"#;

/// Moves the monotonic clock on, for those who start after this.
fn with_clock(then: impl FnOnce() -> Page) -> Page {
    eval(
        "window.ahead = 0; window.keptNow = performance.now; performance.now = () => window.keptNow.call(performance) + window.ahead",
    );
    let page = then();
    eval("performance.now = window.keptNow");
    page
}

fn advance(ms: i32) {
    eval(&format!("window.ahead += {ms}"));
}

fn done_elsewhere() -> String {
    boot_with(BY_EVENT).replace(
        r#""known":{}"#,
        r#""known":{"runs":{"list":{"tasks":{"task":5}}}}"#,
    )
}

#[wasm_bindgen_test]
async fn looking_at_the_tab_again_brings_what_a_server_sent() {
    let page = with_clock(|| Page::start(&boot_with(BY_EVENT)));
    let done = page.on("task_completed");
    page.fakes.set_boot(&done_elsewhere());
    set_hidden(true);
    advance(5_000);
    set_hidden(false);
    until("it arrives", || done.length() == 1).await;
    let request = &page.fakes.requests("/v1/boot")[0];
    assert!(field(&field(request, "body"), "refresh").is_truthy());
}

#[wasm_bindgen_test]
async fn looking_often_asks_once_in_three_seconds() {
    let page = with_clock(|| Page::start(&boot_with(BY_EVENT)));
    let asked = || page.fakes.requests("/v1/boot").len();
    for _ in 0..5 {
        set_hidden(true);
        set_hidden(false);
    }
    sleep(50).await;
    assert_eq!(asked(), 0, "the page was booted just now");
    advance(3_100);
    for _ in 0..5 {
        set_hidden(true);
        set_hidden(false);
    }
    sleep(50).await;
    assert_eq!(asked(), 1);
}

#[wasm_bindgen_test]
async fn identifying_sends_what_waits_and_then_asks() {
    let page = Page::start(&boot_with(BY_EVENT));
    page.call("'identify', 'user-1'");
    until("it asks", || page.fakes.requests("/v1/boot").len() == 1).await;
    assert!(page.fakes.sent().contains(&"identify".to_owned()));
    let body = field(&page.fakes.requests("/v1/boot")[0], "body");
    assert_eq!(
        field(&body, "userId").as_string().as_deref(),
        Some("user-1")
    );
    page.call("'identify', 'user-1'");
    sleep(100).await;
    assert_eq!(page.fakes.requests("/v1/boot").len(), 1);
}

#[wasm_bindgen_test]
async fn identifying_asks_also_when_events_cannot_be_sent() {
    let page = Page::start(&boot_with(BY_EVENT));
    page.fakes.set_answers(r#"[{"status":503,"body":{}}]"#);
    page.call("'identify', 'user-1'");
    until("it asks", || page.fakes.requests("/v1/boot").len() == 1).await;
}

#[wasm_bindgen_test]
async fn while_something_is_shown_what_a_server_sent_arrives_by_itself() {
    let page = Page::start(&boot_with(BY_EVENT));
    let done = page.on("task_completed");
    page.fakes.set_boot(&done_elsewhere());
    for _ in 0..3 {
        sleep(2_000).await;
    }
    until("it arrives", || done.length() == 1).await;
    assert_eq!(page.fakes.requests("/v1/boot").len(), 1);
}

#[wasm_bindgen_test]
async fn the_next_person_has_a_session_at_once() {
    let page = Page::start_with(&boot_with(BY_EVENT), r#"{"userId":"user-1"}"#);
    page.fakes.set_boot(&boot_with(BY_EVENT));
    page.call("'reset'");
    page.call("'identify', 'user-2'");
    until("user 2 has theirs", || page.explained("list") == "shown").await;
}

#[wasm_bindgen_test]
async fn content_for_someone_who_is_gone_is_not_shown() {
    let page = Page::start(&boot("[]"));
    page.fakes.set_boot(&boot_with(BY_EVENT));
    page.call("'identify', 'user-1'");
    until("user 1 has theirs", || page.explained("list") == "shown").await;
    page.call("'reset'");
    assert_eq!(page.explained("list"), "absent");
}

#[wasm_bindgen_test]
async fn a_collector_that_is_down_is_not_hammered_and_nothing_is_said() {
    let page = with_clock(|| Page::start(&boot_with(BY_EVENT)));
    page.fakes.set_boot_fails(true);
    let asked = || page.fakes.requests("/v1/boot").len();
    advance(5_000);
    for _ in 0..5 {
        set_hidden(true);
        set_hidden(false);
        sleep(10).await;
    }
    assert_eq!(asked(), 1);
    page.fakes.set_boot_fails(false);
    advance(10_000);
    set_hidden(true);
    set_hidden(false);
    until("it asks again", || asked() == 2).await;
    assert_eq!(page.fakes.said(), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn content_this_widget_cannot_read_costs_only_itself() {
    let page = Page::start(&boot(
        r#"[{"id":"new","version":1,"kind":"hologram","title":"From the future"},
            {"id":"list","version":1,"kind":"checklist","title":"Get started","tasks":[{"id":"a","title":"A"}]}]"#,
    ));
    assert_eq!(page.explained("list"), "shown");
    assert_eq!(page.explained("new"), "absent");
    assert_eq!(page.fakes.said_about("`new` cannot be read"), 1);
}

#[wasm_bindgen_test]
async fn an_answer_that_is_none_is_asked_for_again() {
    for broken in ["null", "{}", "[]", r#"{"content":{}}"#, "\"text\"", "1"] {
        let page = Page::start(broken);
        page.fakes.set_boot(&boot_with(BY_EVENT));
        set_hidden(true);
        set_hidden(false);
        until("it is there", || page.explained("list") == "shown").await;
    }
}
