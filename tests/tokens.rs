//! Whose messages go with which proof, and what becomes of those that lack one.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use js_sys::Array;
use page::{Page, boot, eval, field, queued, set_hidden, sleep, until, until_queued};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Each batch so far: the token, the users named in it, and how many messages it has.
fn batches(page: &Page) -> Vec<(Option<String>, Vec<String>)> {
    let read = |request: &JsValue| {
        let body = field(request, "body");
        let batch = Array::from(&field(&body, "batch"));
        let mut users: Vec<_> = batch
            .iter()
            .filter_map(|message| field(&message, "userId").as_string())
            .collect();
        users.dedup();
        (field(&body, "token").as_string(), users)
    };
    page.fakes.requests("/v1/batch").iter().map(read).collect()
}

/// What the host tracked of what was sent so far.
fn tracked(page: &Page) -> Vec<String> {
    let mut sent = page.fakes.sent();
    sent.retain(|name| name != "identify");
    sent
}

fn refused(index: usize, code: &str) -> String {
    format!(
        r#"[{{"status":400,"body":{{"error":{{"code":"invalid_events","message":"1 was refused"}},"accepted":0,"duplicates":0,
            "rejected":[{{"index":{index},"message_id":"m","error":{{"code":"{code}","message":"no good token"}}}}]}}}}]"#
    )
}

#[wasm_bindgen_test]
async fn a_batch_carries_one_known_users_messages_and_their_token() {
    let page = Page::start(&boot("[]"));
    page.call("'track', 'Before'");
    page.call("'identify', 'user-1', {}, { token: 'token-1' }");
    page.call("'track', 'One'");
    page.call("'identify', 'user-2', {}, { token: 'token-2' }");
    page.call("'track', 'Two'");
    until_queued(0).await;
    let of = |user: &str| Some(user.to_owned());
    for (token, users) in batches(&page) {
        match users.as_slice() {
            [] => assert_eq!(token, None),
            [user] if user == "user-1" => assert_eq!(token, of("token-1")),
            [user] if user == "user-2" => assert_eq!(token, of("token-2")),
            _ => panic!("{users:?} in one batch"),
        }
    }
    assert_eq!(tracked(&page), ["Before", "One", "Two"]);
}

#[wasm_bindgen_test]
async fn what_lacks_a_good_token_stays_until_there_is_a_new_one_and_blocks_nobody() {
    for code in [
        "identity_token_missing",
        "identity_token_expired",
        "identity_token_invalid",
        "identity_token_revoked",
        "identity_mismatch",
    ] {
        let page = Page::start_with(&boot("[]"), r#"{"userId":"user-1"}"#);
        set_hidden(true);
        set_hidden(false);
        until_queued(0).await;
        page.fakes.set_answers(&refused(0, code));
        page.call("'track', 'Unproven'");
        let before = batches(&page).len();
        until("it is refused", || batches(&page).len() == before + 1).await;
        sleep(1_300).await;
        assert_eq!(
            batches(&page).len(),
            before + 1,
            "{code}: it is not tried again"
        );
        assert_eq!(queued().await, 1, "{code}");
        page.call("'identify', 'user-2'");
        until("another's are sent", || {
            batches(&page)
                .iter()
                .any(|(_, users)| users.contains(&"user-2".to_owned()))
        })
        .await;
        page.call("'identify', 'user-1', {}, { token: 'new' }");
        until_queued(0).await;
        let last = batches(&page)
            .into_iter()
            .rfind(|(token, _)| token.is_some());
        let expect = (Some("new".to_owned()), vec!["user-1".to_owned()]);
        assert_eq!(last, Some(expect), "{code}");
        let sent = page.fakes.sent();
        let times = sent.iter().filter(|name| *name == "Unproven").count();
        assert_eq!(times, 2, "{code}");
    }
}

#[wasm_bindgen_test]
async fn a_new_token_has_the_collector_asked_again_what_there_is() {
    let page = Page::start_with(&boot("[]"), r#"{"userId":"user-1"}"#);
    sleep(100).await;
    let boots = || page.fakes.requests("/v1/boot");
    let before = boots().len();
    page.call("'identify', 'user-1', {}, { token: 'token-1' }");
    until("it is asked", || boots().len() == before + 1).await;
    let token = field(&field(&boots()[before], "body"), "token").as_string();
    assert_eq!(token.as_deref(), Some("token-1"));
    sleep(100).await;
    page.call("'identify', 'user-1', {}, { token: 'token-1' }");
    sleep(1_300).await;
    assert_eq!(boots().len(), before + 1, "it is not new");
}

#[wasm_bindgen_test]
async fn a_user_who_signs_out_sends_what_is_theirs_and_then_their_token_is_taken_back() {
    let page = Page::start(&boot("[]"));
    page.call("'identify', 'user-1', {}, { token: 'token-1' }");
    page.call("'track', 'Mine'");
    page.call("'reset'");
    until("it is taken back", || {
        !page.fakes.requests("/v1/reset").is_empty()
    })
    .await;
    let request = &page.fakes.requests("/v1/reset")[0];
    let body = field(request, "body");
    assert_eq!(
        field(&body, "token").as_string().as_deref(),
        Some("token-1")
    );
    assert_eq!(
        field(&body, "writeKey").as_string().as_deref(),
        Some("wk_test")
    );
    assert!(field(request, "keepalive").is_truthy());
    assert_eq!(tracked(&page), ["Mine"]);
    let mine = |(_, users): &(Option<String>, Vec<String>)| users.contains(&"user-1".to_owned());
    let with_token = batches(&page).into_iter().filter(mine);
    assert!(with_token.clone().count() > 0);
    for (token, _) in with_token {
        assert_eq!(token.as_deref(), Some("token-1"));
    }
    page.call("'track', 'Next'");
    until_queued(0).await;
    let last = batches(&page).pop();
    assert_eq!(last, Some((None, vec![])));
}

#[wasm_bindgen_test]
async fn offline_a_token_is_taken_back_as_soon_as_what_is_theirs_is_sent() {
    let page = Page::start(&boot("[]"));
    page.call("'identify', 'user-1', {}, { token: 'token-1' }");
    eval("Object.defineProperty(navigator, 'onLine', { value: false, configurable: true })");
    page.call("'track', 'Mine'");
    page.call("'reset'");
    sleep(1_300).await;
    assert!(page.fakes.requests("/v1/reset").is_empty());
    eval("delete navigator.onLine; window.dispatchEvent(new Event('online'))");
    until("it is taken back", || {
        !page.fakes.requests("/v1/reset").is_empty()
    })
    .await;
    assert_eq!(tracked(&page), ["Mine"]);
}

#[wasm_bindgen_test]
async fn a_page_that_is_left_takes_the_token_back_whatever_waits() {
    let page = Page::start(&boot("[]"));
    page.call("'identify', 'user-1', {}, { token: 'token-1' }");
    page.call("'track', 'Mine'");
    page.call("'reset'");
    eval("window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
    assert_eq!(tracked(&page), ["Mine"]);
    assert_eq!(page.fakes.requests("/v1/reset").len(), 1);
    eval("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
}
