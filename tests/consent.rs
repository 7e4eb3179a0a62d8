//! Whether the user may be tracked, and what becomes of what is there when they answer.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use headstart_core::json::to_text;
use page::{
    Page, boot, boot_with, eval, field, set_hidden, sleep, store, stored, stored_names, until,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// What the loader passes while nobody has answered yet.
const PENDING: &str = r#"{"anonymousId":"","dataset":{"consent":"required"}}"#;
const BY_EVENT: &str = r#"{"event":{"name":"Invoice Created"}}"#;

fn tip() -> String {
    r##"{"id":"tip","version":1,"kind":"tip","title":"Look","target":"#target"}"##.to_owned()
}

fn checklist_and_tip() -> String {
    let list = boot_with(BY_EVENT);
    let end = list.find(r#"],"known""#).expect("it ends");
    format!("{},{}{}", &list[..end], tip(), &list[end..])
}

/// All that this origin stores, besides what is the test runner's.
async fn everything() -> String {
    let all = eval(
        "indexedDB.databases().then((all) => JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie, all.map(({ name }) => name)]))",
    );
    let all = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::from(all)).await;
    all.ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

const NOTHING: &str = r#"[[],[],"",[]]"#;

/// The message sent with this in it.
fn message(page: &Page, part: &str) -> String {
    let texts = page.fakes.messages();
    let found = texts.iter().map(to_text).find(|text| text.contains(part));
    found.unwrap_or_default()
}

#[wasm_bindgen_test]
async fn while_the_answer_is_pending_the_checklist_works_and_nothing_is_stored_or_sent() {
    let page = Page::start_with(&checklist_and_tip(), PENDING);
    let done = page.on("task_completed");
    page.call("'identify', 'user-1', { plan: 'pro' }, { token: 'tok.en' }");
    page.call("'track', 'Invoice Created'");
    assert_eq!(
        (done.length(), page.explained("list")),
        (1, "shown".to_owned())
    );
    set_hidden(true);
    set_hidden(false);
    sleep(1_300).await;
    assert_eq!(everything().await, NOTHING);
    assert_eq!(
        (page.fakes.batches().len(), page.fakes.beacons().len()),
        (0, 0)
    );
    for request in page.fakes.requests("/v1/boot") {
        let body = field(&request, "body");
        for name in ["anonymousId", "userId", "token"] {
            assert!(field(&body, name).is_undefined(), "{name}");
        }
    }
}

#[wasm_bindgen_test]
async fn once_granted_what_was_kept_goes_out_once_with_its_own_times() {
    let page = Page::start_with(&boot_with(BY_EVENT), PENDING);
    page.call("'identify', 'user-1'");
    page.call("'track', 'Invoice Created'");
    let tracked_by = js_sys::Date::now();
    sleep(400).await;
    page.call("'consent', 'granted'");
    until("both are sent", || page.fakes.sent().len() == 2).await;
    sleep(1_300).await;
    assert_eq!(page.fakes.sent(), ["identify", "Invoice Created"]);
    let text = message(&page, r#""event":"Invoice Created""#);
    let at = eval(&format!("Date.parse(({text}).timestamp)")).as_f64();
    assert!(at <= Some(tracked_by), "{text}");
    let anonymous = stored("anonymous").expect("it is stored now");
    assert!(text.contains(&anonymous), "{text}");
    assert_eq!(stored("user").as_deref(), Some("user-1"));
    assert_eq!(stored("consent").as_deref(), Some("granted"));
    until("progress is kept", || {
        stored("known.user-1").is_some_and(|known| known.contains("task"))
    })
    .await;
}

#[wasm_bindgen_test]
async fn once_granted_the_collector_is_asked_by_name() {
    let page = Page::start_with(&boot("[]"), PENDING);
    page.call("'identify', 'user-1', {}, { token: 'tok.en' }");
    page.call("'consent', 'granted'");
    let named = || {
        let all = page.fakes.requests("/v1/boot");
        let last = all.last().map(|request| field(request, "body"))?;
        Some((
            field(&last, "userId").as_string()?,
            field(&last, "token").as_string()?,
        ))
    };
    until("it is asked", || {
        named() == Some(("user-1".to_owned(), "tok.en".to_owned()))
    })
    .await;
}

#[wasm_bindgen_test]
async fn denied_after_pending_throws_away_what_was_kept() {
    let page = Page::start_with(&checklist_and_tip(), PENDING);
    page.call("'track', 'Invoice Created'");
    page.call("'consent', 'denied'");
    sleep(1_300).await;
    assert_eq!(page.fakes.batches().len(), 0);
    assert_eq!(stored_names(), ["consent"]);
    assert_eq!(page.explained("list"), "consent");
    page.call("'consent', 'granted'");
    page.call("'track', 'Afterwards'");
    until("what came after is sent", || {
        page.fakes.sent() == ["Afterwards"]
    })
    .await;
}

#[wasm_bindgen_test]
async fn denied_after_granted_leaves_the_answer_and_nothing_else() {
    let page = Page::start(&checklist_and_tip());
    page.call("'identify', 'user-1'");
    page.call("'track', 'Invoice Created'");
    page.call("'dismiss', 'tip'");
    until("it is kept", || stored("known.user-1").is_some()).await;
    let sent = page.fakes.batches().len();
    page.call("'track', 'Unsent'");
    page.call("'consent', 'denied'");
    set_hidden(true);
    set_hidden(false);
    sleep(1_300).await;
    assert_eq!(
        everything().await,
        r#"[["headstart.wk_test.consent"],[],"",[]]"#
    );
    assert_eq!(stored("consent").as_deref(), Some("denied"));
    assert_eq!(page.fakes.batches().len(), sent);
    assert_eq!(page.fakes.beacons().len(), 0);
}

#[wasm_bindgen_test]
async fn while_denied_what_needs_no_tracking_is_shown_and_can_be_sent_away() {
    let mut page = Page::start_with(&checklist_and_tip(), PENDING);
    page.call("'consent', 'denied'");
    page.add("<a id='target'>Templates</a>");
    until("the tip is up", || page.explained("tip") == "shown").await;
    assert_eq!(page.explained("list"), "consent");
    page.call("'dismiss', 'tip'");
    assert_eq!(page.explained("tip"), "dismissed");
    assert_eq!(stored_names(), ["consent"]);
}

#[wasm_bindgen_test]
async fn who_is_told_of_while_denied_is_known_after_a_grant() {
    let page = Page::start(&boot("[]"));
    page.call("'consent', 'denied'");
    page.call("'identify', 'user-1', { company: 'Acme' }");
    page.call("'track', 'Event'");
    sleep(1_300).await;
    assert_eq!(page.fakes.batches().len(), 0);
    let state = page.call("'debug'");
    assert_eq!(
        field(&state, "anonymousId").as_string().as_deref(),
        Some("")
    );
    page.call("'consent', 'granted'");
    page.call("'track', 'Afterwards'");
    until("it is sent", || {
        page.fakes.sent() == ["identify", "Afterwards"]
    })
    .await;
    assert_eq!(stored("user").as_deref(), Some("user-1"));
    let anonymous = stored("anonymous").expect("there is a new one");
    assert_ne!(anonymous, "browser-1");
    assert!(message(&page, "Afterwards").contains(&anonymous));
    assert!(message(&page, "Session Started").contains(&anonymous));
}

#[wasm_bindgen_test]
async fn a_token_given_while_denied_does_not_outlive_a_reset() {
    let page = Page::start(&boot("[]"));
    page.call("'consent', 'denied'");
    page.call("'identify', 'user-1', {}, { token: 'tok.en' }");
    page.call("'reset'");
    page.call("'consent', 'granted'");
    page.call("'identify', 'user-1'");
    let asked = || page.fakes.requests("/v1/boot");
    let of_user = |request: &JsValue| !field(&field(request, "body"), "userId").is_undefined();
    until("it is asked", || asked().iter().any(of_user)).await;
    for request in asked() {
        assert!(field(&field(&request, "body"), "token").is_undefined());
    }
}

#[wasm_bindgen_test]
async fn the_answer_of_before_counts_on_the_next_page() {
    drop(Page::start(&boot("[]")));
    store("consent", "denied");
    store("anonymous", "left-over");
    store("known.left-over", "{}");
    let page = Page::start_again(&checklist_and_tip(), "{}");
    assert_eq!(page.explained("list"), "consent");
    page.call("'track', 'Event'");
    sleep(1_300).await;
    assert_eq!(page.fakes.batches().len(), 0);
    assert_eq!(stored_names(), ["consent"]);
    drop(page);
    store("consent", "granted");
    let page = Page::start_again(&boot_with(BY_EVENT), PENDING);
    assert_eq!(page.explained("list"), "shown");
    assert!(stored("anonymous").is_some());
}

#[wasm_bindgen_test]
async fn what_was_stored_before_an_answer_was_required_goes() {
    drop(Page::start(&boot("[]")));
    store("anonymous", "left-over");
    store("known.left-over", "{}");
    let page = Page::start_again(&boot("[]"), PENDING);
    assert_eq!(everything().await, NOTHING);
    drop(page);
}

/// Another tab stores something.
fn elsewhere(name: &str, text: &str) {
    store(name, text);
    eval(&format!(
        "dispatchEvent(new StorageEvent('storage', {{ key: 'headstart.wk_test.{name}', newValue: {text:?} }}))"
    ));
}

#[wasm_bindgen_test]
async fn the_answer_given_in_another_tab_counts_here() {
    let page = Page::start_with(&checklist_and_tip(), PENDING);
    page.call("'track', 'Event'");
    elsewhere("anonymous", "of-the-other-tab");
    elsewhere("user", "user-1");
    sleep(1_300).await;
    assert_eq!(page.fakes.batches().len(), 0, "there is no answer yet");
    elsewhere("consent", "granted");
    page.call("'track', 'Afterwards'");
    until("all is sent", || page.fakes.sent().len() == 3).await;
    let text = message(&page, "Afterwards");
    assert!(
        text.contains("of-the-other-tab") && text.contains("user-1"),
        "{text}"
    );
    assert_eq!(stored("anonymous").as_deref(), Some("of-the-other-tab"));
    elsewhere("consent", "denied");
    assert_eq!(page.explained("list"), "consent");
    assert_eq!(stored_names(), ["consent"]);
}

#[wasm_bindgen_test]
async fn a_grant_does_not_take_the_session_from_another_tab() {
    let page = Page::start(&boot("[]"));
    page.call("'consent', 'denied'");
    let session = format!("of-the-other-tab|{0}|{0}", js_sys::Date::now());
    store("anonymous", "of-the-other-tab");
    store("session", &session);
    elsewhere("consent", "granted");
    let shared = stored("session").expect("it is still there");
    assert!(shared.starts_with("of-the-other-tab|"), "{shared}");
}

fn with_gpc(then: impl FnOnce()) {
    eval(
        "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true })",
    );
    then();
    eval("delete navigator.globalPrivacyControl");
}

#[wasm_bindgen_test]
fn the_browsers_own_refusal_goes_before_the_users_answer_and_that_is_said() {
    with_gpc(|| {
        let page = Page::start(&boot_with(BY_EVENT));
        assert_eq!(page.explained("list"), "consent");
        page.call("'consent', 'granted'");
        assert_eq!(page.explained("list"), "consent");
        assert_eq!(page.fakes.said_about(r#"data-gpc="ignore""#), 1);
        assert_eq!(stored_names(), Vec::<String>::new());
    });
}

#[wasm_bindgen_test]
fn the_browsers_own_refusal_does_not_count_where_the_script_says_so() {
    with_gpc(|| {
        let page = Page::start_with(&boot_with(BY_EVENT), r#"{"dataset":{"gpc":"ignore"}}"#);
        assert_eq!(page.explained("list"), "shown");
    });
}

#[wasm_bindgen_test]
async fn of_the_address_only_the_parameters_that_the_script_names_are_sent() {
    let here = eval("location.href").as_string().expect("an address");
    eval("history.replaceState(null, '', '?utm_source=news&email=canary#canary')");
    let page = Page::start_with(
        &boot("[]"),
        r#"{"dataset":{"query":"utm_source, utm_campaign"}}"#,
    );
    page.call("'page', 'Invoices'");
    until("it is sent", || page.fakes.sent() == ["page"]).await;
    eval(&format!("history.replaceState(null, '', {here:?})"));
    let sent = message(&page, r#""type":"page""#);
    assert!(sent.contains(r#""query":{"utm_source":"news"}"#), "{sent}");
    let all: Vec<String> = page.fakes.messages().iter().map(to_text).collect();
    assert!(!all.concat().contains("canary"), "{all:?}");
}
