//! Where the user is, and how an action takes them elsewhere.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use headstart::signals::navigation::query;
use page::{Page, boot, boot_with, eval, sleep, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The tests' own address, to go back to.
struct Home(String);

impl Home {
    fn here() -> Self {
        Self(
            eval("location.href")
                .as_string()
                .expect("a page has an address"),
        )
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        eval(&format!("history.replaceState(null, '', {:?})", self.0));
    }
}

/// A boot answer with a tip whose button goes to a path; to press it, its action is what
/// `window.press()` finds in the open root.
fn boot_with_action(action: &str) -> String {
    boot(&format!(
        r##"[{{"id":"tip","version":1,"kind":"tip","title":"Look","target":"#target","action":{{"label":"Go",{action}}}}}]"##
    ))
}

async fn press(page: &mut Page) {
    page.add("<p id='target'>Target</p>");
    let button = "[...document.querySelector('[data-headstart]')?.shadowRoot.querySelectorAll('button') ?? []].find((button) => button.textContent.trim() == 'Go')";
    until("the button is there", || !eval(button).is_undefined()).await;
    eval(&format!("{button}.click()"));
}

#[wasm_bindgen_test]
async fn a_page_reached_without_loading_is_noticed() {
    let _home = Home::here();
    for going in [
        "history.pushState(null, '', '/templates')",
        "history.replaceState(null, '', '/templates')",
    ] {
        let page = Page::start(&boot_with(r#"{"page":{"path":"/templates"}}"#));
        let done = page.on("task_completed");
        assert_eq!(done.length(), 0);
        eval(going);
        until("it is noticed", || done.length() == 1).await;
        drop(page);
        eval("history.replaceState(null, '', '/')");
    }
}

#[wasm_bindgen_test]
async fn a_fragment_is_noticed() {
    let _home = Home::here();
    let page = Page::start(&boot_with(r#"{"page":{"hash":"/settings"}}"#));
    let done = page.on("task_completed");
    eval("location.hash = '/settings'");
    until("it is noticed", || done.length() == 1).await;
}

#[wasm_bindgen_test]
async fn browsers_that_do_not_tell_are_asked() {
    let _home = Home::here();
    eval(
        "window.kept = Object.getOwnPropertyDescriptor(window, 'navigation'); Object.defineProperty(window, 'navigation', { value: undefined, configurable: true })",
    );
    let page = Page::start(&boot_with(r#"{"page":{"path":"/templates"}}"#));
    eval("Object.defineProperty(window, 'navigation', window.kept)");
    let done = page.on("task_completed");
    eval("history.pushState(null, '', '/templates')");
    until("it is noticed", || done.length() == 1).await;
}

#[wasm_bindgen_test]
fn nothing_of_the_hosts_is_patched() {
    let look = "[history.pushState, history.replaceState, window.fetch, XMLHttpRequest.prototype.send, EventTarget.prototype.addEventListener, console.log].map(String).join() + Object.keys(window).filter((key) => !key.startsWith('__wb')).length";
    let fakes = page::Fakes::install();
    let before = eval(look).as_string();
    let Ok(handle) = headstart::start(&page::config_of(&boot("[]"), "{}")) else {
        panic!("it does not start");
    };
    assert_eq!(eval(look).as_string(), before);
    handle.call(0.0, &js_sys::Array::of1(&"destroy".into()));
    drop(fakes);
    page::clear_storage();
}

#[wasm_bindgen_test]
async fn an_action_asks_the_hosts_navigate_callback_first() {
    let _home = Home::here();
    let mut page = Page::start(&boot_with_action(r#""path":"/invoices/new""#));
    let asked = page.on("navigate");
    press(&mut page).await;
    assert_eq!(
        asked.join("").as_string().as_deref(),
        Some("\"/invoices/new\"")
    );
}

#[wasm_bindgen_test]
async fn else_a_link_of_the_page_is_clicked_so_that_the_hosts_router_takes_it() {
    let _home = Home::here();
    let mut page = Page::start(&boot_with_action(r#""path":"/invoices/new""#));
    page.call("'on', 'navigate', () => false");
    page.add(
        "<nav><a href='/invoices/new' target='_blank'>Tab</a>
         <a href='/invoices' onclick='window.went = \"wrong\"; return false'>Invoices</a>
         <a href='/invoices/new' style='display: none' onclick='window.went = \"hidden\"; return false'>New</a>
         <a href='/invoices/new' onclick='window.went = \"right\"; return false'>New</a></nav>",
    );
    press(&mut page).await;
    let went = eval("(() => { const { went } = window; delete window.went; return went; })()");
    assert_eq!(went.as_string().as_deref(), Some("right"));
}

#[wasm_bindgen_test]
async fn a_link_that_the_host_keeps_private_is_not_clicked() {
    let _home = Home::here();
    let mut page = Page::start(&boot_with_action(r#""path":"/invoices/new""#));
    page.call("'on', 'navigate', () => false");
    page.add(
        "<nav><p data-hs-private><a href='/invoices/new' onclick='window.went = \"private\"; return false'>New</a></p>
         <a href='/invoices/new' style='display: none' onclick='window.went = \"hidden\"; return false'>New</a></nav>",
    );
    press(&mut page).await;
    let went = eval("(() => { const { went } = window; delete window.went; return went; })()");
    assert_eq!(went.as_string().as_deref(), Some("hidden"));
}

#[wasm_bindgen_test]
async fn a_path_that_leads_to_another_site_is_refused() {
    let mut page = Page::start(&boot_with_action(r#""path":"//example.com/""#));
    let asked = page.on("navigate");
    press(&mut page).await;
    assert_eq!(asked.length(), 0);
    assert_eq!(page.fakes.said_about("none of this site"), 1);
}

#[wasm_bindgen_test]
async fn a_link_opens_in_a_new_tab_that_gets_no_hold_on_this_one() {
    let mut page = Page::start(&boot_with_action(r#""link":"https://example.com/help""#));
    eval(
        "window.keptOpen = window.open; window.open = (...args) => { window.opened = args.join(' '); }",
    );
    press(&mut page).await;
    let opened = eval("window.open = window.keptOpen; window.opened");
    assert_eq!(
        opened.as_string().as_deref(),
        Some("https://example.com/help _blank noopener")
    );
}

#[wasm_bindgen_test]
async fn a_link_that_would_run_code_is_refused() {
    let mut page = Page::start(&boot_with_action(r#""link":"javascript:alert(1)""#));
    eval(
        "window.opened = ''; window.keptOpen = window.open; window.open = (...args) => { window.opened = args.join(' '); }",
    );
    press(&mut page).await;
    let opened = eval("window.open = window.keptOpen; window.opened");
    assert_eq!(opened.as_string().as_deref(), Some(""));
    assert_eq!(page.fakes.said_about("begin it with https:"), 1);
}

#[wasm_bindgen_test]
async fn an_action_without_its_callback_is_said_once_with_the_remedy() {
    let mut page = Page::start(&boot_with_action(r#""callback":"openImporter""#));
    press(&mut page).await;
    assert_eq!(
        page.fakes
            .said_about("headstart('on', 'action:openImporter'"),
        1
    );
}

#[wasm_bindgen_test]
async fn an_action_calls_its_callback_with_where_it_was_pressed() {
    let mut page = Page::start(&boot_with_action(r#""callback":"openImporter""#));
    let told = page.on("action:openImporter");
    press(&mut page).await;
    assert_eq!(
        told.join("").as_string().as_deref(),
        Some(r#"{"contentId":"tip"}"#)
    );
    sleep(10).await;
}

#[wasm_bindgen_test]
fn a_query_is_decoded_as_browsers_do() {
    let check = |search: &str, expect: &[(&str, &str)]| {
        let pairs = query(search);
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(pairs, expect, "{search}");
    };
    check("", &[]);
    check(
        "?a=1&b=two+words&a=%C3%BC",
        &[("a", "1"), ("b", "two words"), ("a", "ü")],
    );
    check("?flag&bad=%E0%A4%A", &[("flag", ""), ("bad", "\u{fffd}%A")]);
}
