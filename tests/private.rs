//! What the host marks `data-hs-private` is never looked at.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot, boot_with, eval, sleep, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn asks(is: &str) -> String {
    boot_with(&format!(
        r##"{{"element":{{"selector":"#it","is":{is}}}}}"##
    ))
}

fn tip() -> String {
    boot(r##"[{"id":"tip","version":1,"kind":"tip","title":"Look","target":"#it"}]"##)
}

/// Ways in which `#it` can be private, each with what has to be run for it.
const WAYS: [(&str, &str); 5] = [
    ("<button id='it' data-hs-private>Go</button>", ""),
    (
        "<div data-hs-private='false'><p><button id='it'>Go</button></p></div>",
        "",
    ),
    (
        "<div id='outer'><div id='inner'><button id='it'>Go</button></div></div>",
        "document.querySelector('#outer').setAttribute('data-hs-private', '')",
    ),
    // A slot in a private part of a component.
    (
        "<div id='component'><p><button id='it'>Go</button></p></div>",
        "document.querySelector('#component').attachShadow({ mode: 'open' }).innerHTML = '<div data-hs-private><slot></slot></div>'",
    ),
    // A component's slot inside another's, of which the outer one is private.
    (
        "<div id='component'><button id='it'>Go</button></div>",
        "(() => {
            const root = document.querySelector('#component').attachShadow({ mode: 'open' });
            root.innerHTML = '<div><slot></slot></div>';
            root.firstChild.attachShadow({ mode: 'open' }).innerHTML = '<p data-hs-private><slot></slot></p>';
        })()",
    ),
];

#[wasm_bindgen_test]
async fn a_private_element_is_not_there() {
    for (html, run) in WAYS {
        for is in [r#""present""#, r#""visible""#] {
            let mut page = Page::start(&asks(is));
            let done = page.on("task_completed");
            page.add(html);
            eval(run);
            sleep(250).await;
            assert_eq!(done.length(), 0, "{is}: {html}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_click_on_a_private_element_is_not_noticed() {
    for (html, run) in WAYS {
        let mut page = Page::start(&asks(r#""clicked""#));
        let done = page.on("task_completed");
        page.add(html);
        eval(run);
        eval("document.querySelector('#it').click()");
        sleep(50).await;
        assert_eq!(done.length(), 0, "{html}");
    }
}

#[wasm_bindgen_test]
async fn no_tip_points_at_a_private_element() {
    for (html, run) in WAYS {
        let mut page = Page::start(&tip());
        page.add(html);
        eval(run);
        sleep(250).await;
        assert_eq!(page.explained("tip"), "target_missing", "{html}");
    }
}

#[wasm_bindgen_test]
async fn a_private_field_is_never_read() {
    let mut page = Page::start(&asks(r#"{"value":{"equals":"Acme"}}"#));
    eval(
        "window.reads = 0; window.keptValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
         Object.defineProperty(HTMLInputElement.prototype, 'value', { ...window.keptValue, get() { window.reads++; return window.keptValue.get.call(this); } })",
    );
    let field = page.add("<form data-hs-private><input id='it' value='Acme'></form>");
    sleep(250).await;
    let reads = eval("window.reads").as_f64();
    field
        .remove_attribute("data-hs-private")
        .expect("it has it");
    let done = page.on("task_completed");
    until("it is read once it is not private", || done.length() == 1).await;
    eval("Object.defineProperty(HTMLInputElement.prototype, 'value', window.keptValue)");
    assert_eq!(reads, Some(0.0));
}

#[wasm_bindgen_test]
async fn in_a_private_part_of_a_watched_element_clicks_are_not_noticed_elsewhere_in_it_they_are() {
    let mut page = Page::start(&asks(r#""clicked""#));
    let done = page.on("task_completed");
    page.add(
        "<div id='it'><i data-hs-private><b id='secret'>Secret</b></i><u id='open'>Open</u></div>",
    );
    eval("document.querySelector('#secret').click()");
    assert_eq!(done.length(), 0);
    eval("document.querySelector('#open').click()");
    assert_eq!(done.length(), 1);
}

#[wasm_bindgen_test]
async fn a_click_in_a_private_part_of_a_components_shadow_root_is_not_noticed() {
    let mut page = Page::start(&asks(r#""clicked""#));
    let done = page.on("task_completed");
    page.add("<div id='it'></div>");
    eval(
        "document.querySelector('#it').attachShadow({ mode: 'open' }).innerHTML = '<p data-hs-private><button>Secret</button></p><a>Open</a>'",
    );
    eval("document.querySelector('#it').shadowRoot.querySelector('button').click()");
    assert_eq!(done.length(), 0);
    eval("document.querySelector('#it').shadowRoot.querySelector('a').click()");
    assert_eq!(done.length(), 1);
}

#[wasm_bindgen_test]
async fn what_becomes_private_or_public_counts_so_from_then_on() {
    let mut page = Page::start(&tip());
    let around = page.add("<div><a id='it'>Templates</a></div>");
    until("the tip is up", || page.explained("tip") == "shown").await;
    around.set_attribute("data-hs-private", "").expect("it can");
    until("it is away", || page.explained("tip") == "target_missing").await;
    around
        .remove_attribute("data-hs-private")
        .expect("it has it");
    until("it is up again", || page.explained("tip") == "shown").await;
}

#[wasm_bindgen_test]
async fn of_several_the_one_that_is_not_private_counts() {
    let mut page = Page::start(&tip());
    page.add("<div><p data-hs-private><a id='it'>Secret</a></p><a id='it'>Templates</a></div>");
    until("the tip is up", || page.explained("tip") == "shown").await;
}

#[wasm_bindgen_test]
async fn a_field_that_poses_as_what_is_around_its_form_changes_nothing() {
    let form = "<form id='it'><input name='parentElement'><input name='parentNode'></form>";
    for (around, found) in [("", 1), ("data-hs-private", 0)] {
        let mut page = Page::start(&asks(r#""present""#));
        let done = page.on("task_completed");
        page.add(&format!("<div {around}>{form}</div>"));
        sleep(400).await;
        assert_eq!(done.length(), found, "{around}");
    }
}
