//! What is noticed of the elements that conditions and tips ask about.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot, boot_with, eval, sleep, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn boot_with_element(selector: &str, is: &str) -> String {
    boot_with(&format!(
        r#"{{"element":{{"selector":{selector:?},"is":{is}}}}}"#
    ))
}

fn tip_at(selector: &str) -> String {
    boot(&format!(
        r#"[{{"id":"tip","version":1,"kind":"tip","title":"Look","target":{selector:?}}}]"#
    ))
}

#[wasm_bindgen_test]
async fn an_element_that_appears_is_noticed() {
    let mut page = Page::start(&boot_with_element("#new", r#""present""#));
    let done = page.on("task_completed");
    sleep(150).await;
    assert_eq!(done.length(), 0);
    page.add("<p id='new' hidden>Here</p>");
    until("it is noticed", || done.length() == 1).await;
}

#[wasm_bindgen_test]
async fn an_element_is_visible_when_it_is_drawn_and_has_a_size() {
    for hidden in [
        "display: none",
        "visibility: hidden",
        "width: 0; overflow: hidden",
    ] {
        let mut page = Page::start(&boot_with_element("#it", r#""visible""#));
        let done = page.on("task_completed");
        let element = page.add(&format!("<p id='it' style='{hidden}'>Here</p>"));
        sleep(250).await;
        assert_eq!(done.length(), 0, "{hidden}");
        element.remove_attribute("style").expect("it has one");
        until("it is visible", || done.length() == 1).await;
    }
}

#[wasm_bindgen_test]
async fn of_several_the_one_that_can_be_seen_counts() {
    let mut page = Page::start(&tip_at(".menu"));
    page.add(
        "<div><a class='menu' style='display: none'>Phone</a><a class='menu'>Desktop</a></div>",
    );
    until("the tip is up", || page.explained("tip") == "shown").await;
}

#[wasm_bindgen_test]
async fn a_tip_leaves_with_its_target_and_comes_back_with_it() {
    let mut page = Page::start(&tip_at("#target"));
    assert_eq!(page.explained("tip"), "target_missing");
    let target = page.add("<a id='target'>Templates</a>");
    until("it is up", || page.explained("tip") == "shown").await;
    target.remove();
    until("it is away", || page.explained("tip") == "target_missing").await;
    page.add("<a id='target'>Templates</a>");
    until("it is up again", || page.explained("tip") == "shown").await;
}

#[wasm_bindgen_test]
async fn a_click_on_an_element_or_in_it_is_noticed_whatever_the_page_does_with_it() {
    let mut page = Page::start(&boot_with_element("#button", r#""clicked""#));
    let done = page.on("task_completed");
    page.add("<button id='button' onclick='event.stopPropagation(); this.remove()'><b id='inner'>Go</b></button>");
    page.add("<button id='other'>Other</button>");
    sleep(150).await;
    eval("document.querySelector('#other').click()");
    assert_eq!(done.length(), 0);
    eval("document.querySelector('#inner').click()");
    assert_eq!(done.length(), 1);
}

#[wasm_bindgen_test]
async fn a_click_in_a_components_open_shadow_root_is_noticed() {
    let mut page = Page::start(&boot_with_element("#component", r#""clicked""#));
    let done = page.on("task_completed");
    page.add("<div id='component'></div>");
    eval(
        "document.querySelector('#component').attachShadow({ mode: 'open' }).innerHTML = '<button>Go</button>'",
    );
    sleep(150).await;
    eval("document.querySelector('#component').shadowRoot.querySelector('button').click()");
    assert_eq!(done.length(), 1);
}

#[wasm_bindgen_test]
async fn a_form_value_is_noticed_as_it_is_typed() {
    let mut page = Page::start(&boot_with_element(
        "#name",
        r#"{"value":{"equals":"Acme"}}"#,
    ));
    let done = page.on("task_completed");
    page.add("<input id='name'>");
    sleep(150).await;
    eval(
        "(() => { const name = document.querySelector('#name'); name.value = 'Acme'; name.dispatchEvent(new Event('input', { bubbles: true })); })()",
    );
    until("it is noticed", || done.length() == 1).await;
}

#[wasm_bindgen_test]
async fn a_checkbox_is_whether_it_is_checked() {
    let mut page = Page::start(&boot_with_element("#agree", r#"{"value":{"equals":true}}"#));
    let done = page.on("task_completed");
    page.add("<input id='agree' type='checkbox'>");
    sleep(150).await;
    assert_eq!(done.length(), 0);
    eval("document.querySelector('#agree').click()");
    until("it is noticed", || done.length() == 1).await;
}

#[wasm_bindgen_test]
async fn passwords_and_what_is_private_are_never_read() {
    for html in [
        "<input class='field' type='password' value='Acme'>",
        "<div data-hs-private><input class='field' value='Acme'></div>",
    ] {
        let mut page = Page::start(&boot_with_element(
            ".field",
            r#"{"value":{"equals":"Acme"}}"#,
        ));
        let done = page.on("task_completed");
        page.add(html);
        sleep(250).await;
        assert_eq!(done.length(), 0, "{html}");
    }
}

#[wasm_bindgen_test]
async fn a_selector_that_is_none_costs_one_line_and_nothing_else() {
    let page = Page::start(&tip_at("#target["));
    assert_eq!(page.explained("tip"), "target_missing");
    assert_eq!(page.fakes.said_about("no CSS selector"), 1);
    page.call("'identify', 'user-1'");
    sleep(300).await;
    assert_eq!(page.fakes.said_about("no CSS selector"), 1);
}

#[wasm_bindgen_test]
async fn a_page_that_never_rests_is_looked_at_ten_times_a_second_at_most() {
    eval(
        "window.looks = 0;
         window.plain = Document.prototype.querySelectorAll;
         Document.prototype.querySelectorAll = function (selector) { window.looks += selector === '#target' ? 1 : 0; return window.plain.call(this, selector); }",
    );
    let mut page = Page::start(&tip_at("#target"));
    page.add("<p id='restless'>0</p>");
    eval(
        "window.looks = 0;
         window.restless = setInterval(() => { document.querySelector('#restless').title = Math.random(); }, 2)",
    );
    sleep(1_000).await;
    let looks = eval(
        "clearInterval(window.restless); Document.prototype.querySelectorAll = window.plain; window.looks",
    );
    let looks = looks.as_f64().unwrap_or_default();
    assert!((1.0..=11.0).contains(&looks), "{looks}");
}

#[wasm_bindgen_test]
async fn the_widget_itself_is_no_element_of_the_page() {
    let page = Page::start(&boot(
        r#"[{"id":"list","version":1,"kind":"checklist","title":"Get started","tasks":[
            {"id":"seen","title":"See","done_when":{"element":{"selector":"[data-headstart]","is":"present"}}}]}]"#,
    ));
    let done = page.on("task_completed");
    until("it is on the page", || {
        page::document()
            .query_selector("[data-headstart]")
            .ok()
            .flatten()
            .is_some()
    })
    .await;
    sleep(250).await;
    assert_eq!(done.length(), 0);
}
