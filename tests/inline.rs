//! Notes in the page: where they stand, and that they stay beside what they are about.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot, document, eval, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A page with a list of two things, and a note at the first of them, on that side.
fn start(side: &str) -> Page {
    let mut page = Page::start(&boot(&format!(
        r##"[{{"id":"note","version":1,"kind":"tip","form":"inline","target":"#first","side":"{side}",
            "title":"Mind this","body":[["p","It is ",["strong","printed"],"."]],"frequency":"until_dismissed"}}]"##
    )));
    page.add("<section id='list'><p id='first'>First</p><p id='second'>Second</p></section>");
    page
}

/// What is in the list, in order: ids, and `note` for ours.
fn order() -> String {
    let ids = eval(
        "[...document.querySelector('#list').children].map((one) => one.id || (one.hasAttribute('data-headstart') ? 'note' : '?')).join(' ')",
    );
    ids.as_string().unwrap_or_default()
}

/// What the note says, if it is there.
fn said() -> String {
    let text = eval(
        "document.querySelector('[data-headstart][data-inline]')?.shadowRoot.querySelector('.card .text')?.textContent ?? ''",
    );
    text.as_string().unwrap_or_default()
}

fn ours() -> u32 {
    let all = document().query_selector_all("[data-headstart]");
    all.map_or(0, |list| list.length())
}

#[wasm_bindgen_test]
async fn a_note_stands_before_or_after_its_element_in_the_page_itself() {
    for (side, expect) in [
        ("top", "note first second"),
        ("bottom", "first note second"),
    ] {
        let page = start(side);
        until("it is there", || order() == expect).await;
        until("it says something", || said() == "Mind thisIt is printed.").await;
        let box_ = eval(
            "(() => { const host = document.querySelector('[data-inline]');
                const own = host.getBoundingClientRect(), first = document.querySelector('#first').getBoundingClientRect();
                return own.height > 20 && own.width <= host.parentNode.clientWidth
                    && (own.bottom <= first.top + 1 || own.top >= first.bottom - 1); })()",
        );
        assert!(box_.is_truthy(), "{side}: it takes room of its own");
        assert_eq!(page.explained("note"), "shown");
    }
}

#[wasm_bindgen_test]
async fn a_note_goes_along_when_the_host_draws_its_element_anew() {
    let page = start("bottom");
    until("it is there", || order() == "first note second").await;
    eval(
        "(() => { const old = document.querySelector('#first'); const fresh = old.cloneNode(true);
            old.remove(); document.querySelector('#second').after(fresh); })()",
    );
    until("it is with the new one", || order() == "second first note").await;
    until("it says the same", || said() == "Mind thisIt is printed.").await;
    assert_eq!(ours(), 1);
    drop(page);
}

#[wasm_bindgen_test]
async fn a_note_is_put_back_when_the_host_draws_the_whole_list_anew() {
    let page = start("bottom");
    until("it is there", || order() == "first note second").await;
    eval(
        "document.querySelector('#list').innerHTML = `<p id='first'>First</p><p id='second'>Second</p><p id='third'>Third</p>`",
    );
    until("it is there again", || order() == "first note second third").await;
    assert_eq!(page.explained("note"), "shown");
}

#[wasm_bindgen_test]
async fn a_note_leaves_with_its_element() {
    let page = start("bottom");
    until("it is there", || order() == "first note second").await;
    eval("document.querySelector('#first').remove()");
    until("it is gone", || order() == "second").await;
    assert_eq!(page.explained("note"), "target_missing");
}

#[wasm_bindgen_test]
async fn a_note_that_is_closed_leaves_the_page_as_it_was() {
    let page = start("bottom");
    let before = "first second";
    until("it is there", || order() == "first note second").await;
    until("it is drawn", || !said().is_empty()).await;
    eval(
        "document.querySelector('[data-inline]').shadowRoot.querySelector('[aria-label=Close]').click()",
    );
    until("it is gone", || order() == before).await;
    assert_eq!(page.explained("note"), "dismissed");
}

#[wasm_bindgen_test]
async fn destroy_takes_notes_along() {
    let page = start("top");
    until("it is there", || order() == "note first second").await;
    page.call("'destroy'");
    assert_eq!(order(), "first second");
    assert_eq!(ours(), 0);
}

#[wasm_bindgen_test]
async fn a_note_for_which_there_is_no_place_harms_no_other() {
    let mut page = Page::start(&boot(
        r##"[{"id":"odd","version":1,"kind":"tip","form":"inline","target":"html","title":"Odd"},
            {"id":"note","version":1,"kind":"tip","form":"inline","target":"#first","title":"Mind this"}]"##,
    ));
    page.add("<section id='list'><p id='first'>First</p></section>");
    until("the other is there", || order() == "first note").await;
}

#[wasm_bindgen_test]
async fn several_notes_at_one_element_leave_each_other_where_they_are() {
    let mut page = Page::start(&boot(
        r##"[{"id":"one","version":1,"kind":"tip","form":"inline","target":"#first","title":"One"},
            {"id":"two","version":1,"kind":"tip","form":"inline","target":"#first","title":"Two"}]"##,
    ));
    page.add("<section id='list'><p id='first'>First</p></section>");
    until("both are there", || order() == "first note note").await;
    eval("for (const one of document.querySelectorAll('[data-inline]')) one.isKept = true");
    page.call("'track', 'Anything'");
    let kept =
        eval("[...document.querySelectorAll('[data-inline]')].filter((one) => one.isKept).length");
    assert_eq!(kept.as_f64(), Some(2.0));
}
