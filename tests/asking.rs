//! Buttons that call the host's own code: what the user sees until it has done its work, and when it has not.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot, eval, sleep, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const WENT_WRONG: &str = "That didn’t work. Please try again.";

/// A page with a tip of two buttons that call the host, until it is dropped.
async fn page_with_tip() -> Page {
    let content = r##"[{"id":"tip","version":1,"kind":"tip","title":"Look","target":"#target",
        "actions":[{"label":"Go","callback":"go"},{"label":"More","callback":"more"}]}]"##;
    let mut page = Page::start(&boot(content));
    page.add("<p id='target'>Target</p>");
    until("the tip is there", || is(&button("Go"))).await;
    page
}

/// A page with an open list, whose task calls the host.
async fn page_with_task() -> Page {
    let content = r#"[{"id":"list","version":1,"kind":"checklist","title":"Get started",
        "tasks":[{"id":"task","title":"A task","done_when":{"event":{"name":"never"}},
            "action":{"label":"Go","callback":"go"}}]}]"#;
    let page = Page::start(&boot(content));
    for what in [".launcher", "h3 button"] {
        let found = format!("{ROOT}?.querySelector('{what}')");
        until("it is there", || is(&found)).await;
        eval(&format!("{found}.click()"));
    }
    until("the task is unfolded", || is(&button("Go"))).await;
    page
}

const ROOT: &str = "document.querySelector('[data-headstart]')?.shadowRoot";

fn button(label: &str) -> String {
    format!(
        "[...{ROOT}?.querySelectorAll('button') ?? []].find((one) => one.textContent == '{label}')"
    )
}

fn is(code: &str) -> bool {
    eval(&format!("!!({code})")).is_truthy()
}

fn press(label: &str) {
    eval(&format!("{0}.focus(); {0}.click()", button(label)));
}

fn is_busy(label: &str) -> bool {
    is(&format!(
        "{0}?.ariaBusy == 'true' && {0}.ariaDisabled == 'true' && !{0}.disabled",
        button(label)
    ))
}

/// What is said to have gone wrong, in the places that tell of it by themselves.
fn said() -> String {
    let said = eval(&format!(
        "[...{ROOT}?.querySelectorAll('.failed[role=status]') ?? []].map((one) => one.textContent).join('')"
    ));
    said.as_string().unwrap_or_default()
}

/// Has the host do this when `go` is called; `window.calls` counts, `window.settle` keeps or breaks the promises.
fn on_go(page: &Page, code: &str) {
    eval("window.calls = 0; window.settle = []");
    page.call(&format!(
        "'on', 'action:go', () => {{ window.calls += 1; {code} }}"
    ));
}

const PROMISE: &str = "return new Promise((keep, fail) => window.settle.push(keep, fail))";

#[wasm_bindgen_test]
async fn a_callback_that_returns_has_done_its_work_at_once() {
    let page = page_with_tip().await;
    on_go(&page, "return 'anything'");
    press("Go");
    assert_eq!(page.explained("tip"), "completed");
}

#[wasm_bindgen_test]
async fn a_callback_that_throws_leaves_its_card_which_says_so() {
    let page = page_with_tip().await;
    on_go(&page, "throw new Error('of the host')");
    press("Go");
    until("it is said", || said() == WENT_WRONG).await;
    assert_eq!(page.explained("tip"), "shown");
    assert!(!is_busy("Go"));
    assert_eq!(page.fakes.said_about("of the host"), 1);
}

#[wasm_bindgen_test]
async fn a_callback_that_nobody_registered_has_not_worked() {
    let page = page_with_tip().await;
    press("Go");
    until("it is said", || said() == WENT_WRONG).await;
    assert_eq!(page.explained("tip"), "shown");
    assert_eq!(page.fakes.said_about("register it with"), 1);
}

#[wasm_bindgen_test]
async fn one_of_several_callbacks_that_throws_is_enough() {
    let page = page_with_tip().await;
    on_go(&page, "throw new Error('of the host')");
    page.call("'on', 'action:go', () => true");
    press("Go");
    until("it is said", || said() == WENT_WRONG).await;
}

#[wasm_bindgen_test]
async fn a_button_is_busy_while_a_promise_is_pending_and_keeps_the_focus() {
    let page = page_with_tip().await;
    on_go(&page, PROMISE);
    press("Go");
    until("it is busy", || is_busy("Go")).await;
    assert!(!is_busy("More"));
    assert!(is(&format!("{ROOT}.activeElement == {}", button("Go"))));
    eval("window.settle[0]()");
    until("it is done", || page.explained("tip") == "completed").await;
}

#[wasm_bindgen_test]
async fn a_button_that_is_busy_calls_nobody_again() {
    let page = page_with_tip().await;
    on_go(&page, PROMISE);
    press("Go");
    until("it is busy", || is_busy("Go")).await;
    press("Go");
    sleep(20).await;
    assert_eq!(eval("window.calls").as_f64(), Some(1.0));
    assert!(is_busy("Go"));
}

#[wasm_bindgen_test]
async fn a_promise_that_is_broken_is_said_and_stays_the_pages_to_hear() {
    let page = page_with_tip().await;
    eval(
        "window.unhandled = []; window.onunhandledrejection = (event) => { event.preventDefault(); window.unhandled.push(event.reason); }",
    );
    on_go(&page, PROMISE);
    press("Go");
    until("it is busy", || is_busy("Go")).await;
    eval("window.settle[1]('of the host')");
    until("it is said", || said() == WENT_WRONG).await;
    assert!(!is_busy("Go"));
    until("the page hears of it", || {
        is("window.unhandled == 'of the host'")
    })
    .await;
    eval("window.onunhandledrejection = null");
}

#[wasm_bindgen_test]
async fn a_promise_of_any_library_is_waited_for() {
    let page = page_with_tip().await;
    on_go(&page, "return { then(keep) { window.settle.push(keep) } }");
    press("Go");
    until("it is busy", || is_busy("Go")).await;
    until("it is waited for", || is("window.settle.length")).await;
    eval("window.settle[0]()");
    until("it is done", || page.explained("tip") == "completed").await;
}

#[wasm_bindgen_test]
async fn what_has_not_worked_can_be_tried_again() {
    let page = page_with_tip().await;
    press("Go");
    until("it is said", || said() == WENT_WRONG).await;
    on_go(&page, PROMISE);
    press("Go");
    until("it is busy", || is_busy("Go")).await;
    assert_eq!(said(), "");
    eval("window.settle[0]()");
    until("it is done", || page.explained("tip") == "completed").await;
}

#[wasm_bindgen_test]
async fn a_card_that_is_closed_meanwhile_stays_closed_whatever_the_answer() {
    let page = page_with_tip().await;
    on_go(&page, PROMISE);
    press("Go");
    until("it is busy", || is_busy("Go")).await;
    page.call("'dismiss', 'tip'");
    eval("window.settle[0]()");
    sleep(20).await;
    assert_eq!(page.explained("tip"), "dismissed");
}

#[wasm_bindgen_test]
async fn an_answer_after_the_widget_has_gone_does_nothing() {
    let page = page_with_tip().await;
    on_go(&page, PROMISE);
    press("Go");
    until("it is busy", || is_busy("Go")).await;
    page.call("'destroy'");
    eval("window.settle[0]()");
    sleep(20).await;
    assert!(!is("document.querySelector('[data-headstart]')"));
}

#[wasm_bindgen_test]
async fn a_callback_may_send_its_own_card_away() {
    let page = page_with_tip().await;
    let call = page.caller();
    page::set(&page::window(), "testCall", &call);
    on_go(&page, "window.testCall('dismiss', 'tip')");
    press("Go");
    assert_eq!(page.explained("tip"), "dismissed");
    eval("delete window.testCall");
}

#[wasm_bindgen_test]
async fn a_task_is_busy_and_its_panel_makes_way_once_it_is_done() {
    let page = page_with_task().await;
    on_go(&page, PROMISE);
    press("Go");
    until("it is busy", || is_busy("Go")).await;
    eval("window.settle[0]()");
    let panel = format!("{ROOT}.querySelector('.panel')");
    until("the panel is small", || !is(&panel)).await;
}

#[wasm_bindgen_test]
async fn a_task_says_that_it_did_not_work_until_the_user_goes_on() {
    let page = page_with_task().await;
    on_go(&page, "throw new Error('of the host')");
    press("Go");
    until("it is said", || said() == WENT_WRONG).await;
    assert!(is(&format!("{ROOT}.activeElement == {}", button("Go"))));
    eval(&format!("{ROOT}.querySelector('[data-dismiss]').click()"));
    until("it is gone", || said().is_empty()).await;
}

/// A page with a field, and over it a modal whose button calls the host.
async fn page_with_modal() -> Page {
    let content = r#"[{"id":"modal","version":1,"kind":"modal","title":"Look",
        "actions":[{"label":"More","callback":"more"},{"label":"Go","callback":"go"}]}]"#;
    let mut page = Page::start(&boot(content));
    page.add("<input id='field'><dialog id='own'>Own</dialog>");
    until("the modal is there", || is(&button("Go"))).await;
    page
}

const TO_FIELD: &str = "document.querySelector('#field').focus();";
const IN_FIELD: &str = "document.activeElement == document.querySelector('#field')";

#[wasm_bindgen_test]
async fn a_callback_that_a_modal_calls_may_take_the_user_elsewhere_on_the_page() {
    let page = page_with_modal().await;
    on_go(&page, TO_FIELD);
    press("Go");
    until("it is done", || page.explained("modal") == "dismissed").await;
    until("the modal has gone", || !is(&button("Go"))).await;
    assert!(is(IN_FIELD));
}

#[wasm_bindgen_test]
async fn a_modal_that_waits_is_up_and_then_gives_focus_to_where_its_callback_put_it() {
    let page = page_with_modal().await;
    on_go(&page, &format!("{TO_FIELD} {PROMISE}"));
    press("Go");
    until("it is busy", || is_busy("Go")).await;
    assert!(is(&format!("{ROOT}.querySelector('dialog:modal')")));
    eval("window.settle[0]()");
    until("the modal has gone", || !is(&button("Go"))).await;
    assert!(is(IN_FIELD));
}

#[wasm_bindgen_test]
async fn focus_stays_on_a_modals_button_that_waits_or_has_failed() {
    let page = page_with_modal().await;
    let has_focus = format!("{ROOT}.activeElement == {}", button("Go"));
    on_go(&page, PROMISE);
    press("Go");
    until("it is busy", || is_busy("Go")).await;
    assert!(is(&has_focus));
    eval("window.settle[1]()");
    until("it is said", || said() == WENT_WRONG).await;
    assert!(is(&has_focus));
}

#[wasm_bindgen_test]
async fn a_modal_stays_beneath_a_dialog_that_its_callback_opens_and_is_back_if_that_failed() {
    let page = page_with_modal().await;
    on_go(&page, &format!("own.showModal(); {PROMISE}"));
    press("Go");
    until("it is busy", || is_busy("Go")).await;
    let is_up = format!("{ROOT}.querySelector('dialog:modal')");
    assert!(is("own.matches(':modal')") && !is(&is_up));
    eval("own.close(); window.settle[1]()");
    until("it is said", || said() == WENT_WRONG).await;
    assert!(is(&is_up));
}
