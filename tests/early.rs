//! Calls made before the widget is there: this page's own, and those that earlier pages left.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use headstart_core::Value;
use page::{Page, boot, boot_with, eval, field, store, stored, stored_names, until, until_queued};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const USER: &str = r#"{"userId":"user-1"}"#;

/// Starts on a browser where an earlier page left these calls (JSON, as the loader stores them), of
/// which each has its place as its name.
fn after(left: &[&str], boot: &str, config: &str) -> Page {
    page_is_new();
    store("early", "99");
    for (place, call) in left.iter().enumerate() {
        store(&format!("early.{place}"), call);
    }
    Page::start_again(boot, config)
}

fn page_is_new() {
    drop(Page::start(&boot("[]")));
}

/// A call as the loader keeps it, made so many milliseconds ago for `browser-1` and that user.
fn call(ago: i32, args: &str, user: &str) -> String {
    let now = eval("Date.now()").as_f64().unwrap_or_default();
    format!(r#"[{},[{args}],"browser-1",{user}]"#, now - f64::from(ago))
}

fn text<'v>(message: &'v Value, name: &str) -> &'v str {
    let Value::Map(fields) = message else {
        return "";
    };
    fields
        .get(name)
        .and_then(Value::as_text)
        .unwrap_or_default()
}

/// The messages sent so far under that name or of that type.
fn sent(page: &Page, what: &str) -> Vec<Value> {
    let mut messages = page.fakes.messages();
    messages.retain(|message| text(message, "event") == what || text(message, "type") == what);
    messages
}

/// The one message under that name or of that type, once all is sent.
async fn only(page: &Page, what: &str) -> Value {
    until(what, || !sent(page, what).is_empty()).await;
    until_queued(0).await;
    let mut messages = sent(page, what);
    assert_eq!(messages.len(), 1, "{messages:?}");
    messages.remove(0)
}

#[wasm_bindgen_test]
async fn what_an_earlier_page_left_is_sent_with_its_own_time_person_and_id() {
    let left = call(
        60_000,
        r#""track","Left Behind",{"total":12}"#,
        r#""user-1""#,
    );
    let page = after(&[&left], &boot("[]"), USER);
    let message = only(&page, "Left Behind").await;
    assert_eq!(text(&message, "messageId"), "early.0");
    assert_eq!(text(&message, "anonymousId"), "browser-1");
    assert_eq!(text(&message, "userId"), "user-1");
    let at = eval(&format!("Date.parse('{}')", text(&message, "timestamp")));
    let now = eval("Date.now()").as_f64().unwrap_or_default();
    let ago = now - at.as_f64().unwrap_or_default();
    assert!((60_000.0..70_000.0).contains(&ago), "{ago} ms ago");
}

#[wasm_bindgen_test]
async fn what_was_taken_over_is_no_longer_in_storage() {
    let left = call(1_000, r#""track","Left Behind""#, "null");
    let page = after(&[&left, "no JSON", "[1]"], &boot("[]"), "{}");
    only(&page, "Left Behind").await;
    let mut names = stored_names();
    names.retain(|name| name.starts_with("early"));
    assert!(names.is_empty(), "{names:?}");
}

#[wasm_bindgen_test]
async fn each_kind_of_statement_that_was_left_is_sent() {
    let user = r#""user-1""#;
    let left = [
        call(4_000, r#""identify","user-1",{"plan":"pro"}"#, user),
        call(3_000, r#""group","acme",{"size":7}"#, user),
        call(2_000, r#""page","Invoices",null"#, user),
        call(1_000, r#""track","Left Behind",null"#, user),
    ];
    let left = left.each_ref().map(String::as_str);
    let page = after(&left, &boot("[]"), USER);
    for (place, what) in ["identify", "group", "page", "Left Behind"]
        .iter()
        .enumerate()
    {
        let message = only(&page, what).await;
        assert_eq!(text(&message, "messageId"), format!("early.{place}"));
    }
}

#[wasm_bindgen_test]
async fn a_user_whom_an_earlier_page_named_is_not_taken_for_who_is_here() {
    let other = r#""user-2""#;
    let left = [
        call(2_000, r#""identify","user-2",{"plan":"pro"}"#, other),
        call(1_000, r#""track","Left Behind",null"#, other),
    ];
    let left = left.each_ref().map(String::as_str);
    let page = after(&left, &boot("[]"), USER);
    page.call("'track', 'Here'");
    assert_eq!(text(&only(&page, "identify").await, "userId"), "user-2");
    assert_eq!(text(&only(&page, "Left Behind").await, "userId"), "user-2");
    assert_eq!(text(&only(&page, "Here").await, "userId"), "user-1");
    assert_eq!(stored("user").as_deref(), Some("user-1"));
}

#[wasm_bindgen_test]
async fn what_an_earlier_page_wanted_of_itself_is_not_done_here() {
    let user = r#""user-1""#;
    let left = [
        r#""consent","denied""#,
        r#""reset""#,
        r#""on","ready",null"#,
        r#""show","list""#,
        r#""destroy""#,
        r#""track","Left Behind",null"#,
    ]
    .map(|args| call(1_000, args, user));
    let left = left.each_ref().map(String::as_str);
    let page = after(&left, &boot("[]"), USER);
    only(&page, "Left Behind").await;
    assert_eq!(stored("user").as_deref(), Some("user-1"));
    assert_eq!(stored("consent"), None);
    assert!(page.fakes.said().is_empty(), "{:?}", page.fakes.said());
}

#[wasm_bindgen_test]
async fn a_task_that_an_earlier_page_completed_is_done_since_then() {
    let left = call(60_000, r#""complete","list","task""#, r#""user-1""#);
    let never = r#"{"event":{"name":"Never"}}"#;
    let page = after(&[&left], &boot_with(never), USER);
    let message = only(&page, "Checklist Task Completed").await;
    let at = eval(&format!(
        "Date.now() - Date.parse('{}')",
        text(&message, "timestamp")
    ));
    assert!(at.as_f64().is_some_and(|ago| ago >= 60_000.0), "{at:?}");
}

/// The config of a page that called `track` itself before the widget was there, stored as `early.7`.
fn with_an_own_call() -> String {
    let mut own = call(1_000, r#""track","Own",null"#, "null");
    store("early.7", &own);
    own.truncate(own.len() - 1);
    format!(r#"{{"calls":[{own},"early.7"]]}}"#)
}

#[wasm_bindgen_test]
async fn this_pages_own_calls_have_the_ids_that_they_are_stored_under_and_are_sent_once() {
    page_is_new();
    let config = with_an_own_call();
    let page = Page::start_again(&boot("[]"), &config);
    assert_eq!(text(&only(&page, "Own").await, "messageId"), "early.7");
    assert_eq!(stored("early.7"), None);
}

#[wasm_bindgen_test]
async fn this_pages_own_calls_are_stored_until_what_they_tell_is_in_the_queue() {
    page_is_new();
    let config = with_an_own_call();
    eval(
        "globalThis.queuedFirst = 'not seen';
         const remove = Storage.prototype.removeItem;
         Storage.prototype.removeItem = function (key) {
             if (key.endsWith('early.7')) {
                 Storage.prototype.removeItem = remove;
                 globalThis.queuedFirst = Object.keys(this).some((key) => key.includes('.queue.'));
             }
             return remove.call(this, key);
         }",
    );
    let page = Page::begin(&boot_with(r#"{"event":{"name":"Never"}}"#), &config);
    until("it is no longer stored", || stored("early.7").is_none()).await;
    assert_eq!(eval("globalThis.queuedFirst"), true);
    only(&page, "Own").await;
}

#[wasm_bindgen_test]
async fn this_pages_own_calls_count_for_what_is_shown() {
    let own = call(1_000, r#""track","Done",null"#, "null");
    let config = format!(r#"{{"calls":[{own}]}}"#);
    let page = Page::start_with(&boot_with(r#"{"event":{"name":"Done"}}"#), &config);
    only(&page, "Checklist Task Completed").await;
}

#[wasm_bindgen_test]
async fn what_was_called_before_a_sign_out_is_of_who_signed_out_and_their_token_ends() {
    let kept = |args, person| call(1_000, args, "").replace(r#""browser-1","#, person);
    let calls = [
        kept(
            r#""identify","user-0",null,{"token":"token-0"}"#,
            r#""browser-0","user-0""#,
        ),
        kept(r#""track","Before",null"#, r#""browser-0","user-0""#),
        kept(r#""reset""#, r#""browser-1",null"#),
        kept(r#""track","After",null"#, r#""browser-1",null"#),
    ];
    let config = format!(r#"{{"calls":[{}]}}"#, calls.join(","));
    let page = Page::start_with(&boot("[]"), &config);
    let before = only(&page, "Before").await;
    assert_eq!(text(&before, "anonymousId"), "browser-0");
    assert_eq!(text(&before, "userId"), "user-0");
    let after = only(&page, "After").await;
    assert_eq!(text(&after, "anonymousId"), "browser-1");
    assert_eq!(text(&after, "userId"), "");
    assert_eq!(stored("anonymous").as_deref(), Some("browser-1"));
    until("the token is revoked", || {
        !page.fakes.requests("/v1/reset").is_empty()
    })
    .await;
    let body = field(&page.fakes.requests("/v1/reset")[0], "body");
    assert_eq!(
        field(&body, "token").as_string().as_deref(),
        Some("token-0")
    );
}

#[wasm_bindgen_test]
async fn without_consent_what_was_left_is_thrown_away() {
    for (answer, config) in [
        (Some("denied"), "{}"),
        (None, r#"{"dataset":{"consent":"required"}}"#),
    ] {
        page_is_new();
        if let Some(answer) = answer {
            store("consent", answer);
        }
        store("early", "99");
        store(
            "early.0",
            &call(1_000, r#""track","Left Behind",null"#, "null"),
        );
        let page = Page::start_again(&boot("[]"), config);
        let mut names = stored_names();
        names.retain(|name| name != "consent");
        assert!(names.is_empty(), "{names:?}");
        page.call("'consent', 'granted'");
        page.call("'track', 'Here'");
        only(&page, "Here").await;
        assert!(sent(&page, "Left Behind").is_empty());
    }
}
