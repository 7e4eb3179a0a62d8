//! Nothing interrupts a user who types, who is in a dialog of the page, or who is not there; what was
//! held back comes when they are free.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot, eval, field, sleep, until};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const TIP: &str = r##"[{"id":"tip","version":1,"kind":"tip","target":"#at","title":"A tip","trigger":{"event":{"name":"Now"}}}]"##;

/// A page with a field, a dialog and a menu, in front of the user.
fn start() -> Page {
    eval("document.hasFocus = () => true");
    let mut page = Page::start(&boot(TIP));
    page.add(
        "<section><p id='at' style='width: 200px'>Here</p><input id='field'><p id='rich' contenteditable='true'>x</p>
            <dialog id='dialog'><button>Ok</button></dialog>
            <div id='menu' popover><button>Save</button></div><div id='old' role='dialog' hidden>Old</div></section>",
    );
    page
}

/// Why the tip is not shown, in detail.
fn why(page: &Page) -> String {
    let rows: js_sys::Array = page.call("'explain'").unchecked_into();
    let row = rows.get(0);
    let text = |name| field(&row, name).as_string().unwrap_or_default();
    format!("{} {}", text("reason"), text("detail"))
}

fn press_key(selector: &str) {
    eval(&format!(
        "(() => {{ const it = document.querySelector('{selector}'); it.focus();
            it.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'a', bubbles: true, composed: true }})); }})()"
    ));
}

#[wasm_bindgen_test]
async fn a_tip_comes_at_once_to_who_is_free() {
    let page = start();
    page.call("'track', 'Now'");
    until("it is up", || page.explained("tip") == "shown").await;
}

#[wasm_bindgen_test]
async fn a_tip_waits_until_the_user_stops_typing() {
    for selector in ["#field", "#rich"] {
        let page = start();
        sleep(200).await;
        press_key(selector);
        page.call("'track', 'Now'");
        assert_eq!(why(&page), "busy typing", "{selector}");
        sleep(1_500).await;
        // Still at it.
        press_key(selector);
        sleep(2_000).await;
        assert_eq!(why(&page), "busy typing", "{selector}");
        until("it is up", || page.explained("tip") == "shown").await;
    }
}

#[wasm_bindgen_test]
async fn keys_pressed_outside_of_fields_are_no_typing() {
    let page = start();
    sleep(200).await;
    eval(
        "document.activeElement?.blur(); document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))",
    );
    page.call("'track', 'Now'");
    until("it is up", || page.explained("tip") == "shown").await;
}

#[wasm_bindgen_test]
async fn a_tip_waits_until_a_dialog_of_the_page_is_closed() {
    for (open, close) in [
        (
            "document.querySelector('#dialog').showModal()",
            "document.querySelector('#dialog').close()",
        ),
        (
            "document.querySelector('#dialog').show()",
            "document.querySelector('#dialog').close()",
        ),
        (
            "document.querySelector('#menu').showPopover()",
            "document.querySelector('#menu').hidePopover()",
        ),
        (
            "document.querySelector('#old').hidden = false",
            "document.querySelector('#old').hidden = true",
        ),
    ] {
        let page = start();
        sleep(200).await;
        eval(open);
        page.call("'track', 'Now'");
        assert_eq!(why(&page), "busy dialog", "{open}");
        sleep(300).await;
        assert_eq!(why(&page), "busy dialog", "{open}");
        eval(close);
        until("it is up", || page.explained("tip") == "shown").await;
    }
}

#[wasm_bindgen_test]
async fn a_tip_waits_until_the_page_is_in_front() {
    let page = start();
    sleep(200).await;
    eval("document.hasFocus = () => false; window.dispatchEvent(new Event('blur'))");
    page.call("'track', 'Now'");
    assert_eq!(why(&page), "busy away");
    sleep(300).await;
    assert_eq!(why(&page), "busy away");
    eval("document.hasFocus = () => true; window.dispatchEvent(new Event('focus'))");
    until("it is up", || page.explained("tip") == "shown").await;
}

#[wasm_bindgen_test]
async fn what_is_up_stays_while_the_user_types() {
    let page = start();
    page.call("'track', 'Now'");
    until("it is up", || page.explained("tip") == "shown").await;
    press_key("#field");
    sleep(300).await;
    assert_eq!(page.explained("tip"), "shown");
}
