//! What is noticed of the elements that conditions and tips ask about.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use std::rc::Rc;

use headstart::console::Console;
use headstart::signals::{Elements, Hear};
use page::{Page, boot, boot_with, eval, sleep, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

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

/// Elements that the page of [`which`] has, and what runs once they are there.
const PAGE: &str = r#"
    <button id='a' aria-label='Save all'>x</button>
    <button id='b'><span>Save</span> <b>it</b></button>
    <a id='c' href='#c'>Save it</a>
    <div id='d' role='button' tabindex='0'>Save <i hidden>never</i> it</div>
    <input id='e' type='submit' value='Send'>
    <label for='f'>Your name</label><input id='f'>
    <span id='g-label'>Agree to all</span><input id='g' type='checkbox' aria-labelledby='g-label'>
    <h2 id='h'>Latest   news</h2>
    <img id='i' alt='Our logo' width='10' height='10' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>
    <ul><li id='j'>One</li><li id='k'>Two</li><li id='l'>Three</li></ul>
    <button role='tab' id='m'>Prices</button>
    <select id='n' title='Country'><option>Here</option></select>
    <details id='closed'><summary>More</summary><button id='o'>Inside</button></details>
    <div style='height: 0; overflow: hidden'><p id='p'>Collapsed</p></div>
    <div role='menu' style='display: none'><button id='q'>Entry</button></div>
    <dialog><button id='r'>In it</button></dialog>
    <p id='s' style='opacity: 0'>Clear</p>
    <p id='t' style='content-visibility: hidden'><b id='u'>Skipped</b></p>
    <div id='host'></div><div id='plain'></div>
    <iframe id='same' srcdoc='<p id="w">Framed</p>'></iframe>
    <iframe id='other' sandbox srcdoc='<p>Away</p>'></iframe>
    <p data-hs-private><b class='private'>Jane Doe</b></p>"#;

/// Starts the widget's elements alone, and answers the id of the element that a selector finds, or
/// else how near it was.
struct Finder {
    page: Element,
    elements: Elements,
}

impl Finder {
    async fn new() -> Self {
        let page = page::document().create_element("div").expect("a div");
        page.set_inner_html(PAGE);
        let body = page::document().body().expect("a body");
        body.append_child(&page).expect("it is new");
        eval(
            "document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML = '<button id=\"v\">Save it</button>'",
        );
        sleep(300).await;
        let hear: Hear = Rc::new(|_| {});
        Self {
            page,
            elements: Elements::new(&Rc::new(Console::default()), &hear),
        }
    }

    fn which(&self, selector: &str) -> String {
        let selector = selector.into();
        self.elements.watch(&selector, false);
        let near = self.elements.near(&selector);
        let found = self.elements.element(&selector);
        self.elements.unwatch(&selector);
        if near.is_empty() {
            found.expect("it is near").id()
        } else {
            near
        }
    }
}

impl Drop for Finder {
    fn drop(&mut self) {
        self.page.remove();
    }
}

#[wasm_bindgen_test]
async fn an_element_is_found_by_css_role_and_name_text_place_roots_and_frames() {
    let finder = Finder::new().await;
    for (selector, id) in [
        ("#c", "c"),
        ("#none || #c", "c"),
        ("#closed button || #h", "h"),
        ("role=button[name=\"Save all\"]", "a"),
        ("role=button[name='save  it']", "b"),
        ("role=button[name=\"Save it\"]:nth(2)", "d"),
        ("role=link[name=\"Save it\"]", "c"),
        ("role=button[name=\"Send\"]", "e"),
        ("role=textbox[name=\"Your name\"]", "f"),
        ("role=checkbox[name=\"Agree to all\"]", "g"),
        ("role=heading[name=\"Latest news\"]", "h"),
        ("role=img[name=\"Our logo\"]", "i"),
        ("role=tab[name=\"Prices\"]", "m"),
        ("role=combobox[name=\"Country\"]", "n"),
        ("role=listitem:nth(2)", "k"),
        ("li:nth(-1)", "l"),
        ("li:text(\"wo\")", "k"),
        (":text('latest news')", "h"),
        ("#d:text(\"Save it\")", "d"),
        ("#host >>> button", "v"),
        ("#host >>> role=button[name=\"Save it\"]", "v"),
        ("#same >>> #w", "w"),
        ("iframe >>> p:text(\"framed\")", "w"),
    ] {
        assert_eq!(finder.which(selector), id, "{selector}");
    }
}

#[wasm_bindgen_test]
async fn what_is_not_found_is_said_with_how_near_it_was() {
    let finder = Finder::new().await;
    for (selector, near) in [
        ("#none", "#none: no match"),
        (
            "#none || li:text(\"Four\")",
            "li:text(\"Four\"): text differs",
        ),
        ("li:nth(4)", "li:nth(4): nth 4 of 3"),
        ("#o", "#o: in closed details"),
        ("#p", "#p: collapsed"),
        ("#q", "#q: in a closed menu"),
        ("#r", "#r: in a closed dialog"),
        ("#s", "#s: hidden"),
        ("#u", "#u: hidden"),
        (
            "#o, #q",
            "#o, #q: 2 matches, none visible: in closed details",
        ),
        (
            "#plain >>> button",
            "#plain >>> button: no open shadow root",
        ),
        ("#other >>> p", "#other >>> p: iframe of another origin"),
        ("#none || #host >>> i", "#host >>> i: no match"),
        (".private", ".private: private"),
        (":text(\"Jane\")", ":text(\"Jane\"): text differs"),
    ] {
        assert_eq!(finder.which(selector), near, "{selector}");
    }
}

#[wasm_bindgen_test]
async fn what_comes_late_into_a_shadow_root_or_an_iframe_is_noticed() {
    for (selector, html, come) in [
        (
            "#late >>> b",
            "<div id='late'></div>",
            "document.querySelector('#late').attachShadow({ mode: 'open' }).innerHTML = '<b>Here</b>'",
        ),
        (
            "#open >>> b",
            "<div id='open'></div>",
            "setTimeout(() => { document.querySelector('#open').shadowRoot.innerHTML = '<b>Here</b>'; }, 300);
             document.querySelector('#open').attachShadow({ mode: 'open' })",
        ),
        (
            "#frame >>> b",
            "<iframe id='frame' srcdoc='<p>Nothing yet</p>'></iframe>",
            "setTimeout(() => { document.querySelector('#frame').contentDocument.body.innerHTML = '<b>Here</b>'; }, 300)",
        ),
    ] {
        let mut page = Page::start(&boot_with_element(selector, r#""visible""#));
        let done = page.on("task_completed");
        page.add(html);
        sleep(300).await;
        assert_eq!(done.length(), 0, "{selector}");
        eval(come);
        until(selector, || done.length() == 1).await;
    }
}

#[wasm_bindgen_test]
async fn a_click_in_an_iframe_is_noticed() {
    let mut page = Page::start(&boot_with_element("#frame >>> button", r#""clicked""#));
    let done = page.on("task_completed");
    page.add("<iframe id='frame' srcdoc='<button><b>Go</b></button>'></iframe>");
    sleep(500).await;
    eval("document.querySelector('#frame').contentDocument.querySelector('b').click()");
    assert_eq!(done.length(), 1);
}

#[wasm_bindgen_test]
async fn a_text_that_could_be_anywhere_is_looked_for_once_in_each_element() {
    eval(
        "(() => {
            const page = document.body.appendChild(document.createElement('div'));
            page.innerHTML = '<div><p>There is a needle</p><p>in the hay</p>'.repeat(40);
            const real = window.getComputedStyle;
            window.getComputedStyle = (element) => { window.reads += 1; return real.call(window, element); };
            window.tidy = () => { page.remove(); window.getComputedStyle = real; };
        })()",
    );
    let hear: Hear = Rc::new(|_| {});
    let elements = Elements::new(&Rc::new(Console::default()), &hear);
    let all = eval("document.querySelectorAll('*').length").as_f64();
    for selector in [":text('a needle')", ":text('hay needle')"] {
        eval("window.reads = 0");
        elements.watch(&selector.into(), false);
        let reads = eval("window.reads").as_f64();
        let some = reads > Some(0.0) && reads < all.map(|all| 2.0 * all);
        assert!(some, "{selector}: {reads:?} of {all:?}");
    }
    drop(elements);
    eval("window.tidy()");
}
