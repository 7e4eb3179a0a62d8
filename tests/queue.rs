//! Where messages wait: on disk before anything else happens, whatever the browser does to the disk.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use std::cell::Cell;
use std::rc::Rc;

use headstart::native::Native;
use headstart::queue::Queue;
use headstart_core::outbox::{BURST, Bounds, Kind, LONGEST_WAIT, Label, Limit};
use headstart_core::{Body, Message, Person, Properties};
use page::{
    Page, boot, clear_storage, eval, field, kept, queued, set_hidden, sleep, store, stored,
    stored_names, until, until_queued,
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

#[wasm_bindgen_test]
async fn a_message_is_in_the_database_when_the_call_returns() {
    let page = offline_page().await;
    page.call("'track', 'Invoice Created'");
    assert!(shared().is_empty());
    assert_eq!(kept_with("Invoice Created").await, (1, 0));
    go_online();
}

#[wasm_bindgen_test]
async fn until_the_database_is_open_messages_are_in_local_storage_and_then_it_takes_them_over() {
    go_offline();
    let page = Page::start(&boot("[]"));
    page.call("'track', 'Invoice Created'");
    assert!(!shared().is_empty());
    until("they are taken over", || shared().is_empty()).await;
    assert_eq!(kept_with("Invoice Created").await, (1, 0));
    go_online();
    until_queued(0).await;
    let sent = page.fakes.sent();
    assert_eq!(sent, ["Invoice Created"]);
}

#[wasm_bindgen_test]
async fn what_an_earlier_version_left_is_taken_over_and_sent_with_its_own_user() {
    clear_storage();
    let now = js_sys::Date::now();
    let left = |user: &str| {
        format!(
            r#"{{"anonymousId":"browser-1","event":"Left","messageId":"left-{user}","properties":{{"userId":"x"}},"timestamp":"2026-01-01T00:00:00.000Z","type":"track"{}}}"#,
            if user.is_empty() {
                String::new()
            } else {
                format!(r#","userId":"{user}""#)
            }
        )
    };
    store(
        &format!("queue.{now:013}.0000000001.tab-1"),
        &left("user-1"),
    );
    store(
        &format!("queue.{now:013}.0000000002.tab-1"),
        &left("user-2"),
    );
    store(&format!("queue.{now:013}.0000000003.tab-1"), &left(""));
    let page = Page::start_again(&boot("[]"), "{}");
    until("all are sent", || page.fakes.sent().len() == 3).await;
    until_queued(0).await;
    let users: Vec<Vec<String>> = page
        .fakes
        .requests("/v1/batch")
        .iter()
        .map(|request| {
            let batch = field(&field(request, "body"), "batch");
            let batch = js_sys::Array::from(&batch);
            let user = |message| field(&message, "userId").as_string();
            batch.iter().filter_map(user).collect()
        })
        .collect();
    assert_eq!(users, [["user-1"], ["user-2"]]);
}

#[wasm_bindgen_test]
async fn junk_in_local_storage_blocks_nothing() {
    clear_storage();
    store("queue.junk", "{}");
    store("queue.", "{}");
    let page = Page::start_again(&boot("[]"), "{}");
    page.call("'track', 'Good'");
    until_queued(0).await;
    assert!(page.fakes.sent().contains(&"Good".to_owned()));
    assert!(shared().is_empty());
}

#[wasm_bindgen_test]
async fn of_a_sessions_running_totals_only_the_latest_wait() {
    let page = offline_page().await;
    for _ in 0..5 {
        sleep(30).await;
        eval("window.dispatchEvent(new PointerEvent('pointerdown'))");
        set_hidden(true);
        set_hidden(false);
    }
    let (totals, _) = kept_with("Session Updated").await;
    assert_eq!(totals, 1);
    go_online();
    until_queued(0).await;
    drop(page);
}

#[wasm_bindgen_test]
async fn totals_that_come_while_earlier_ones_are_sent_are_not_lost() {
    let page = offline_page().await;
    sleep(30).await;
    eval("window.dispatchEvent(new PointerEvent('pointerdown'))");
    set_hidden(true);
    set_hidden(false);
    assert_eq!(kept_with("Session Updated").await.0, 1);
    page.fakes
        .set_answers(r#"[{"waits":{"status":200,"body":{"accepted":9,"duplicates":0}}}]"#);
    go_online();
    until("they are on their way", || !page.fakes.batches().is_empty()).await;
    go_offline();
    sleep(1_100).await;
    eval("window.dispatchEvent(new PointerEvent('pointerdown'))");
    set_hidden(true);
    set_hidden(false);
    page.fakes.go_on();
    sleep(300).await;
    assert_eq!(kept_with("Session Updated").await.0, 1);
    go_online();
    until_queued(0).await;
    let updates = page.fakes.batches().concat();
    let updates = updates.iter().filter(|name| *name == "Session Updated");
    assert_eq!(updates.count(), 2);
}

/// A queue on its own, and what it wants of the world.
fn queue(held: bool) -> (Queue, Rc<Native>) {
    let native = Native::capture().expect("there is a page");
    let queue = Queue::new(&native, "wk_test", "tab-1".into(), held);
    (queue, native)
}

/// What was lost, by kind and by reason.
fn lost(queue: &Queue) -> String {
    let lost = queue.store.confess();
    let part = |name| js_sys::JSON::stringify(&field(&lost, name)).expect("it is JSON");
    format!("{} {}", part("kinds"), part("reasons"))
}

fn message(event: &str, at: i64) -> Message {
    Message {
        id: event.into(),
        at,
        person: Person::default(),
        body: Body::Track {
            event: event.to_owned(),
            properties: Properties::new(),
        },
    }
}

#[wasm_bindgen_test]
async fn over_the_bounds_the_oldest_of_the_least_important_goes_and_is_counted() {
    clear_storage();
    let (queue, native) = queue(false);
    queue.look().await;
    let now = native.now().wall;
    queue
        .push(&message("Activation Reached", now - 10))
        .expect("it is small");
    queue
        .push(&message("Session Updated", now - 5))
        .expect("it is small");
    let most = i64::try_from(Bounds::DISK.messages).expect("it is a few thousand");
    for index in 0..most {
        queue
            .push(&message("Event", now + index))
            .expect("it is small");
    }
    let names = queue.names().clone();
    assert_eq!(names.len(), Bounds::DISK.messages);
    let kind = |name: &String| Label::read(name).map(|label| label.kind);
    assert_eq!(kind(&names[0]), Some(Kind::Milestone));
    assert!(names.iter().all(|name| kind(name) != Some(Kind::Ambient)));
    assert_eq!(lost(&queue), r#"{"ambient":1,"track":1} {"full":2}"#);
    queue.destroy();
}

#[wasm_bindgen_test]
async fn what_goes_while_all_tabs_are_asked_what_they_have_is_counted_once() {
    clear_storage();
    let (queue, native) = queue(false);
    let queue = Rc::new(queue);
    queue.look().await;
    let now = native.now().wall;
    let most = i64::try_from(Bounds::DISK.messages).expect("it is a few thousand");
    for index in 0..most {
        queue
            .push(&message("Event", now + index))
            .expect("it is small");
    }
    let looking = Rc::clone(&queue);
    let looked = Rc::new(Cell::new(false));
    let told = Rc::clone(&looked);
    wasm_bindgen_futures::spawn_local(async move {
        looking.look().await;
        told.set(true);
    });
    sleep(0).await;
    assert!(!looked.get(), "it is still being asked");
    for index in 0..3 {
        queue
            .push(&message("Event", now + most + index))
            .expect("it is small");
    }
    until("it knows", || looked.get()).await;
    assert_eq!(queue.names().len(), Bounds::DISK.messages);
    assert_eq!(lost(&queue), r#"{"track":3} {"full":3}"#);
    queue.destroy();
}

#[wasm_bindgen_test]
async fn what_was_to_be_removed_as_the_page_was_left_does_not_come_back() {
    clear_storage();
    let (queue, native) = queue(false);
    queue
        .push(&message("Event", native.now().wall))
        .expect("it is small");
    queue.look().await;
    let names = queue.names().clone();
    // As if the page had been gone before the database heard of it.
    store("gone", &format!("[\"{}\"]", names[0]));
    queue.store.close(false);
    queue.look().await;
    assert!(queue.names().is_empty());
    assert_eq!(stored("gone"), None);
    queue.destroy();
}

#[wasm_bindgen_test]
async fn nothing_is_removed_from_local_storage_that_is_not_there() {
    let page = offline_page().await;
    eval(
        "window.removals = 0; window.remove = Storage.prototype.removeItem;
         Storage.prototype.removeItem = function (key) { window.removals += key.includes('.queue.'); window.remove.call(this, key); }",
    );
    let other = queue(false).0;
    eval("Storage.prototype.removeItem = window.remove");
    other.look().await;
    let names = other.names().clone();
    assert!(!names.is_empty());
    other.remove(&names);
    assert_eq!(eval("window.removals").as_f64(), Some(0.0));
    drop(page);
    go_online();
}

#[wasm_bindgen_test]
async fn what_was_dropped_is_told_by_itself_also_by_the_next_page() {
    let told = |page: &Page| {
        let all = page.fakes.batches().concat();
        all.iter().filter(|name| *name == "Events Dropped").count()
    };
    let page = Page::start(&boot("[]"));
    let loop_once = "for (let turn = 0; turn < 300; turn += 1) window.caller('track', 'Loop')";
    js_sys::Reflect::set(&js_sys::global(), &"caller".into(), &page.caller()).expect("it is new");
    // Nothing else is going on, with which it could be told.
    set_hidden(true);
    eval(loop_once);
    until("the first is told", || told(&page) == 1).await;
    eval(loop_once);
    eval(loop_once);
    until("so is the rest, all in one", || told(&page) == 2).await;
    until_queued(0).await;
    drop(page);

    clear_storage();
    store(
        "lost",
        r#"{"count":7,"reasons":{"rate":7},"kinds":{"track":7},"since":1,"until":2}"#,
    );
    let page = Page::start_again(&boot("[]"), "{}");
    until("the next page tells", || told(&page) == 1).await;
    until_queued(0).await;
    assert_eq!(stored("lost"), None);
    set_hidden(false);
}

#[wasm_bindgen_test]
async fn what_has_waited_for_two_weeks_goes_and_is_counted() {
    clear_storage();
    let (queue, native) = queue(false);
    let old = native.now().wall - LONGEST_WAIT - 1_000;
    queue.push(&message("Old", old)).expect("it is small");
    queue
        .push(&message("New", native.now().wall))
        .expect("it is small");
    queue.look().await;
    assert_eq!(queue.names().len(), 1);
    assert_eq!(lost(&queue), r#"{"track":1} {"age":1}"#);
    assert!(queue.store.confess().is_undefined(), "it is told once");
    queue.destroy();
}

#[wasm_bindgen_test]
async fn what_another_tab_queued_is_found_and_what_it_sent_is_forgotten() {
    clear_storage();
    let (one, native) = queue(false);
    let (other, _) = queue(false);
    one.look().await;
    one.push(&message("Event", native.now().wall))
        .expect("it is small");
    other.look().await;
    let limit = Limit {
        messages: 10,
        bytes: 10_000,
    };
    let names = other.oldest(limit, &|_, _| true);
    assert_eq!(names.len(), 1);
    let batch = other.read(names).await.expect("it is there");
    let text = batch.texts.get(0).as_string();
    assert!(text.is_some_and(|text| text.contains("Event")));
    other.remove(&batch.names);
    one.look().await;
    assert_eq!(one.names().len(), 0);
    assert!(one.read(batch.names).await.is_none(), "nor is it at hand");
    one.destroy();
    other.destroy();
}

#[wasm_bindgen_test]
async fn a_queue_that_is_held_opens_no_database_until_it_is_let_go() {
    clear_storage();
    until_no_database().await;
    let (queue, native) = queue(true);
    queue
        .push(&message("Event", native.now().wall))
        .expect("it is small");
    queue.look().await;
    assert_eq!(queue.names().len(), 1);
    assert!(!has_database().await);
    queue.store.release();
    queue.look().await;
    assert!(has_database().await);
    assert_eq!(kept_with("Event").await, (1, 0));
    queue.destroy();
    until_no_database().await;
    assert_eq!(queued().await, 0);
}

async fn has_database() -> bool {
    let names: js_sys::Promise = wasm_bindgen::JsCast::unchecked_into(eval(
        "indexedDB.databases().then((all) => all.some(({ name }) => name == 'headstart.wk_test'))",
    ));
    let found = wasm_bindgen_futures::JsFuture::from(names).await;
    found.expect("it can be asked").is_truthy()
}

async fn until_no_database() {
    for _ in 0..100 {
        if !has_database().await {
            return;
        }
        sleep(20).await;
    }
    panic!("the database is still there");
}

#[wasm_bindgen_test]
async fn without_consent_there_is_no_database_and_after_denial_there_is_none_any_more() {
    let page = Page::start(&boot("[]"));
    page.call("'track', 'Event'");
    until("it is sent", || !page.fakes.sent().is_empty()).await;
    assert!(has_database().await);
    page.call("'consent', 'denied'");
    page.call("'track', 'Denied'");
    until_no_database().await;
    page.leave();
    store("consent", "denied");
    let page = Page::start_again(&boot("[]"), "{}");
    page.call("'track', 'Denied'");
    sleep(300).await;
    assert!(!has_database().await);
    page.call("'consent', 'granted'");
    page.call("'track', 'Granted'");
    until("it is sent", || page.fakes.sent() == ["Granted"]).await;
    assert!(has_database().await);
}

#[wasm_bindgen_test]
async fn a_loop_in_the_host_costs_next_to_nothing_and_is_reported_as_one_event() {
    let page = offline_page().await;
    let call = page.caller();
    eval(
        "window.looked = 0; window.properties = { get text() { window.looked += 1; return 'x'; } }",
    );
    js_sys::Function::new_with_args(
        "call",
        "for (let index = 0; index < 10000; index += 1) call('track', 'Loop', window.properties)",
    )
    .call1(&wasm_bindgen::JsValue::NULL, &call)
    .expect("it does not throw");
    // What may be gained while the loop runs is far less than a second's worth.
    #[expect(clippy::cast_precision_loss, reason = "a small constant")]
    let most = BURST as f64 + 40.0;
    let looked = eval("window.looked").as_f64().expect("a number");
    assert!(looked <= most, "{looked} calls were looked at");
    let (waiting, _) = kept_with("Loop").await;
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    let as_many = waiting as f64;
    assert!(as_many <= most, "{waiting} messages wait");
    assert_eq!(page.fakes.said_about("20 times a second"), 1);
    go_online();
    until("the loss is reported", || {
        page.fakes
            .batches()
            .concat()
            .contains(&"Events Dropped".to_owned())
    })
    .await;
    until_queued(0).await;
    let told: Vec<String> = page
        .fakes
        .messages()
        .iter()
        .map(headstart_core::json::to_text)
        .filter(|text| text.contains("Events Dropped"))
        .collect();
    assert_eq!(told.len(), 1);
    let lost = 10_000 - waiting;
    let expect =
        format!(r#""count":{lost},"kinds":{{"track":{lost}}},"reasons":{{"rate":{lost}}}"#);
    assert!(told[0].contains(&expect), "{} {expect}", told[0]);
}

#[wasm_bindgen_test]
async fn debug_tells_what_waits_where_and_why() {
    let page = offline_page().await;
    page.call("'track', 'Event'");
    page.call("'page', 'Home'");
    page.call("'identify', 'user-1'");
    let queue = field(&page.call("'debug'"), "queue");
    let kinds = field(&queue, "kinds");
    assert_eq!(field(&kinds, "page").as_f64(), Some(1.0));
    assert_eq!(field(&kinds, "milestone").as_f64(), Some(1.0));
    assert!(field(&kinds, "track").as_f64() >= Some(1.0));
    assert!(field(&queue, "bytes").as_f64() > Some(300.0));
    assert_eq!(text(&page, "place"), "indexeddb");
    assert_eq!(text(&page, "state"), "offline");
    go_online();
    until_queued(0).await;
    assert_eq!(text(&page, "state"), "ready");
}
