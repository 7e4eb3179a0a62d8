//! What a page sends as it is hidden or left, and may never run again.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot, eval, field, queued, set_hidden, sleep, until, until_queued};
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

/// The page is left, though the browser may keep it to come back to, or it is come back to.
fn turn_page(event: &str) {
    eval(&format!(
        "window.dispatchEvent(new PageTransitionEvent('{event}', {{ persisted: true }}))"
    ));
}

/// The bytes of those requests so far that outlive the page.
fn outliving(page: &Page, from: usize) -> Vec<f64> {
    let requests = page.fakes.requests("/v1/batch").split_off(from);
    let outlives = |request: &wasm_bindgen::JsValue| field(request, "keepalive").is_truthy();
    let outliving = requests.iter().filter(|request| outlives(request));
    outliving
        .filter_map(|request| field(request, "size").as_f64())
        .collect()
}

#[wasm_bindgen_test]
async fn a_page_that_is_hidden_sends_at_once_so_that_it_outlives_the_page() {
    let page = quiet_page().await;
    page.call("'track', 'Last Words'");
    set_hidden(true);
    let sent = page.fakes.sent();
    assert_eq!(sent.last().map(String::as_str), Some("Last Words"));
    let requests = page.fakes.requests("/v1/batch");
    assert!(field(requests.last().expect("one"), "keepalive").is_truthy());
    set_hidden(false);
    until_queued(0).await;
    sleep(1_300).await;
    let times = page
        .fakes
        .sent()
        .iter()
        .filter(|name| *name == "Last Words")
        .count();
    assert_eq!(times, 1);
}

#[wasm_bindgen_test]
async fn at_the_end_no_more_is_sent_than_browsers_take() {
    let page = quiet_page().await;
    for index in 0..40 {
        page.call(&format!(
            "'track', 'Event {index}', {{ text: 'x'.repeat(3000) }}"
        ));
    }
    set_hidden(true);
    let requests = page.fakes.requests("/v1/batch");
    let size = field(requests.last().expect("one"), "size").as_f64();
    assert!(size < Some(65_536.0) && size > Some(40_000.0), "{size:?}");
    set_hidden(false);
    until_queued(0).await;
}

#[wasm_bindgen_test]
async fn where_requests_cannot_outlive_the_page_a_beacon_does() {
    let page = quiet_page().await;
    eval(
        "window.keepalive = Object.getOwnPropertyDescriptor(Request.prototype, 'keepalive'); delete Request.prototype.keepalive",
    );
    page.call("'track', 'Last Words'");
    set_hidden(true);
    let beacons = page.fakes.beacons();
    assert!(
        beacons
            .last()
            .is_some_and(|names| names.contains(&"Last Words".to_owned()))
    );
    assert!(queued().await > 0, "nobody has said that it arrived");
    set_hidden(false);
    until_queued(0).await;
    eval("Object.defineProperty(Request.prototype, 'keepalive', window.keepalive)");
}

#[wasm_bindgen_test]
async fn what_is_still_on_its_way_counts_against_what_browsers_take() {
    let page = quiet_page().await;
    let before = page.fakes.batches().len();
    let taken = r#"{"status":200,"body":{"accepted":1,"duplicates":0}}"#;
    page.fakes.set_answers(&format!(
        r#"[{{"waits":{taken}}},{{"waits":{taken}}},{{"waits":{taken}}}]"#
    ));
    for round in 0..3 {
        for index in 0..9 {
            page.call(&format!(
                "'track', 'Event {round}.{index}', {{ text: 'x'.repeat(3000) }}"
            ));
        }
        set_hidden(true);
        set_hidden(false);
    }
    let sizes = outliving(&page, before);
    assert!(sizes.len() >= 2, "{sizes:?}");
    assert!(sizes.iter().sum::<f64>() < 65_536.0, "{sizes:?}");
}

#[wasm_bindgen_test]
async fn a_page_that_is_left_sends_again_what_may_be_cut_off() {
    let page = quiet_page().await;
    let taken = r#"{"status":200,"body":{"accepted":1,"duplicates":0}}"#;
    page.fakes.set_answers(&format!(r#"[{{"waits":{taken}}}]"#));
    page.call("'track', 'Cut Off'");
    until("it is on its way", || {
        page.fakes.sent().contains(&"Cut Off".to_owned())
    })
    .await;
    turn_page("pagehide");
    let times = page.fakes.sent();
    let times = times.iter().filter(|name| *name == "Cut Off").count();
    assert_eq!(times, 2);
    turn_page("pageshow");
    until_queued(0).await;
}

#[wasm_bindgen_test]
async fn a_page_that_is_kept_to_come_back_to_holds_no_lock_and_no_database_and_goes_on() {
    let page = quiet_page().await;
    page.fakes
        .set_answers(r#"[{"waits":{"status":200,"body":{"accepted":1,"duplicates":0}}}]"#);
    page.call("'track', 'Before'");
    until("it is on its way", || {
        page.fakes.sent().contains(&"Before".to_owned())
    })
    .await;
    let held = || {
        eval("navigator.locks.query().then(({ held }) => { window.held = held.length; })");
        eval("window.held").as_f64()
    };
    until("it holds the lock", || held() == Some(1.0)).await;
    turn_page("pagehide");
    until("it holds none", || held() == Some(0.0)).await;
    // Deleting succeeds only if nobody has it open; nothing is left in it to lose.
    eval(
        "indexedDB.deleteDatabase('headstart.wk_test').onblocked = () => { window.blocked = true; }",
    );
    sleep(100).await;
    assert!(eval("window.blocked").is_undefined());
    turn_page("pageshow");
    page.call("'track', 'After'");
    until("it is sent", || {
        page.fakes.sent().contains(&"After".to_owned())
    })
    .await;
    until_queued(0).await;
}

#[wasm_bindgen_test]
async fn what_happens_after_the_page_was_left_is_sent_at_once() {
    let page = quiet_page().await;
    turn_page("pagehide");
    page.call("'track', 'Too Late'");
    assert_eq!(
        page.fakes.sent().last().map(String::as_str),
        Some("Too Late")
    );
    turn_page("pageshow");
    until_queued(0).await;
}

#[wasm_bindgen_test]
async fn what_is_too_much_for_the_end_of_a_page_is_left_to_the_browser_to_send_later() {
    eval(
        "window.later = []; window.kept = window.fetchLater;
         window.fetchLater = (url, options) => { window.later.push(JSON.parse(options.body)); return { activated: false }; }",
    );
    let page = quiet_page().await;
    eval("window.fetchLater = window.kept");
    for index in 0..21 {
        page.call(&format!(
            "'track', 'Event {index}', {{ text: 'x'.repeat(3000) }}"
        ));
    }
    turn_page("pagehide");
    let later = "window.later.map(({ batch }) => batch.map(({ event }) => event)).flat().join()";
    let later = eval(later).as_string().expect("a text");
    assert!(later.contains("Event 20"), "{later}");
    assert!(!page.fakes.sent().contains(&"Event 20".to_owned()));
    assert!(queued().await > 0, "nobody has said that it arrived");
    turn_page("pageshow");
    until_queued(0).await;
}

#[wasm_bindgen_test]
async fn while_the_collector_wants_to_be_left_alone_a_hidden_page_does_too() {
    let page = quiet_page().await;
    let before = page.fakes.batches().len();
    page.fakes
        .set_answers(r#"[{"status":503,"body":{},"headers":{"Retry-After":"3600"}}]"#);
    page.call("'track', 'Event'");
    let state = || field(&field(&page.call("'debug'"), "queue"), "state").as_string();
    until("it is refused", || {
        state().as_deref() == Some("backing off")
    })
    .await;
    set_hidden(true);
    set_hidden(false);
    assert_eq!(page.fakes.batches().len(), before + 1);
    assert!(queued().await > 0);
}
