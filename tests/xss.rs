//! Every vector of `corpus/xss.txt` in everything that is drawn: none runs, and none breaks the page. What the
//! collector refuses is shown nonetheless: here it counts what the browser makes of it.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use js_sys::{Array, Function, Object};
use page::{Page, boot, eval, field, set, sleep, until};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const CORPUS: &str = include_str!("corpus/xss.txt");
/// So many pieces of content are on one page, each with a vector of its own.
const AT_ONCE: usize = 150;

/// The corpus, as its first lines say how to read it.
fn vectors() -> Vec<String> {
    let lines = CORPUS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.map(unescape).collect()
}

/// With the characters that `\u{…}` stands for.
fn unescape(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\\u{") {
        text.push_str(before);
        let (digits, after) = after.split_once('}').expect("it is closed");
        let number = u32::from_str_radix(digits, 16).expect("hexadecimal digits");
        text.push(char::from_u32(number).expect("a character"));
        rest = after;
    }
    text + rest
}

/// Notes what a vector would do if it ran, from here until `caught`.
fn set_traps() {
    eval(
        "(() => {
            const caught = window.caught = [];
            const note = (name) => (...args) => { caught.push(`${name}(${args.map(String).join()})`); };
            for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = note(name);
            let pwned;
            Object.defineProperty(window, 'pwned', { configurable: true, get: () => pwned,
                set: (value) => { pwned = value; caught.push('pwned'); } });
            window.addEventListener('error', (event) => { if (event.message) caught.push(event.message); });
            window.addEventListener('unhandledrejection', (event) => caught.push(String(event.reason)));
        })()",
    );
}

fn caught() -> String {
    let caught = eval("[...new Set(window.caught.splice(0))].join('; ')");
    caught.as_string().unwrap_or_default()
}

/// What of a page is drawn.
const DRAWN: &str = "[...document.querySelectorAll('[data-headstart]')].flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll('*')])";

/// Does to what is drawn what users and browsers do, and notes what of it could run, lead or fetch. Only what
/// has a handler of the vector's could hear an event, and only an attribute can be one.
const POKE: &str = "(all) => {
    const known = /^(div|section|h2|h3|p|strong|em|ul|ol|li|a|img|code|pre|br|button|span|details|summary|svg|path)$/;
    for (const one of all) {
        if (!known.test(one.localName)) window.caught.push(`<${one.localName}> is drawn`);
        for (const { name } of one.attributes) {
            if (/^(on|style|srcdoc|formaction|xlink|action|data$)/i.test(name)) window.caught.push(`${name} is set`);
        }
        for (const type of ['mouseover', 'error', 'load', 'pointerenter', 'animationstart', 'toggle']) {
            one.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
        }
    }
    for (const link of all.filter(({ localName }) => localName === 'a')) {
        if (link.hasAttribute('href') && !/^(https?|mailto):$/.test(link.protocol)) window.caught.push(`leads to ${link.href}`);
        link.addEventListener('click', (event) => event.preventDefault(), { once: true });
        link.dispatchEvent(new Event('focus', { composed: true }));
        link.click();
    }
    for (const { src } of all.filter(({ localName }) => localName === 'img')) {
        if (src && !/^https?:/.test(src)) window.caught.push(`fetches ${src}`);
    }
}";

/// Some vectors on a page.
struct Drawing {
    /// How many of them came on screen.
    shown: usize,
    /// How many the widget would not read.
    refused: usize,
}

/// Draws content made by `make`, a JavaScript function of a vector and its number, for all vectors, and
/// counts what comes of it. `traits` are those of the user, by such a function too.
async fn draw(make: &str, traits: &str) -> Drawing {
    set_traps();
    let make: Function = eval(&format!("({make})")).unchecked_into();
    let traits: Function = eval(&format!("({traits})")).unchecked_into();
    let poke: Function = eval(&format!("({POKE})")).unchecked_into();
    let mut all = Drawing {
        shown: 0,
        refused: 0,
    };
    for some in vectors().chunks(AT_ONCE) {
        let list = Array::new();
        let known = Object::new();
        for (number, vector) in some.iter().enumerate() {
            let text: JsValue = vector.as_str().into();
            let one = make.call2(&JsValue::NULL, &text, &number.into());
            list.push(&one.expect("it does not throw"));
            let value = traits.call1(&JsValue::NULL, &text).expect("likewise");
            set(&known, &format!("t{number}"), &value);
        }
        // Once this one is there, the others have been looked for as well.
        list.push(&eval(
            "({ id: 'seen', version: 1, kind: 'tip', form: 'inline', target: '#at', title: 'T' })",
        ));
        let json = js_sys::JSON::stringify(&list).expect("it is plain data");
        let mut page = Page::start(&boot(&String::from(json)));
        page.add("<p id='at'>Here</p>");
        page.call_with(&Array::of3(&"identify".into(), &"user-1".into(), &known));
        page.call("'on', 'navigate', () => true");
        let rows = || page.call("'explain'").unchecked_into::<Array>();
        let is_shown = |row: &JsValue| field(row, "shown").is_truthy();
        let shown = || rows().iter().filter(is_shown).count();
        until("the page is seen", || page.explained("seen") == "shown").await;
        // As selectors these find the page's outermost element, beside which there is no place.
        let outermost = |vector: &&String| ["*", "html"].contains(&vector.as_str());
        let nowhere = some.iter().filter(outermost).count();
        until("all is drawn", || {
            let drawn: Array = eval(&format!(
                "{DRAWN}.filter(({{ className }}) => className === 'card')"
            ))
            .unchecked_into();
            let drawn = drawn.length() as usize;
            drawn == shown() || drawn + nowhere == shown()
        })
        .await;
        poke.call1(&JsValue::NULL, &eval(DRAWN))
            .expect("it does not throw");
        sleep(30).await;
        assert_eq!(caught(), "");
        // Of so many not each is said.
        let refused = some.len() + 1 - rows().length() as usize;
        let said = page.fakes.said_about("cannot be read and is left out");
        assert_eq!(refused > 0, said > 0);
        let known = ["is no CSS selector", "no place beside", "cannot be read"];
        let others = page.fakes.said().into_iter();
        let others = others.filter(|line| !known.iter().any(|part| line.contains(part)));
        assert_eq!(others.collect::<Vec<_>>(), Vec::<String>::new());
        all.shown += shown() - 1;
        all.refused += refused;
        // The page still answers, and what is its own is as it was.
        page.call("'track', 'Still There'");
        let at = eval("document.querySelectorAll('#at').length === 1 && window.at.outerHTML");
        assert_eq!(at.as_string().as_deref(), Some("<p id=\"at\">Here</p>"));
    }
    all
}

const NO_TRAIT: &str = "() => 'x'";

/// An inline note, of which any number is on screen.
fn note(more: &str) -> String {
    format!(
        "(vector, number) => ({{ id: 'c' + number, version: 1, kind: 'tip', form: 'inline', target: '#at', title: 'T', ...({more}) }})"
    )
}

#[wasm_bindgen_test]
async fn no_text_runs() {
    let more = "{ title: vector, body: vector, action: { label: vector, callback: vector } }";
    assert_eq!(draw(&note(more), NO_TRAIT).await.shown, vectors().len());
}

#[wasm_bindgen_test]
async fn no_text_in_a_tree_runs() {
    let more = "{ body: [['p', vector, ['strong', vector], ['a', { href: '/' }, vector]], ['ul', ['li', ['code', vector]]], ['pre', vector],
        ['img', { src: '/x.png', alt: vector, width: vector, height: vector }]] }";
    assert_eq!(draw(&note(more), NO_TRAIT).await.shown, vectors().len());
}

#[wasm_bindgen_test]
async fn no_trait_runs() {
    let more = "{ title: `Hello {{user.t${number} | there}}`, body: [['p', `{{user.t${number}}}`, ['a', { href: 'https://example.com/' }, `{{user.t${number}}}`]]],
        action: { label: `{{user.t${number}}}`, close: true } }";
    let drawing = draw(&note(more), "(vector) => vector").await;
    assert_eq!(drawing.shown, vectors().len());
}

#[wasm_bindgen_test]
async fn no_trait_runs_in_a_fallback_or_in_another_trait() {
    let more = "{ title: `{{user.none | ${vector}}}`, body: `{{user.t${number}}}` }";
    let drawing = draw(
        &note(more),
        "(vector) => `{{user.t0}} {{user.t1 | ${vector}}}`",
    )
    .await;
    assert_eq!(drawing.shown, vectors().len());
}

#[wasm_bindgen_test]
async fn no_address_of_a_link_runs() {
    let more = "{ body: [['p', ['a', { href: vector }, 'x']]] }";
    let Drawing { shown, refused } = draw(&note(more), NO_TRAIT).await;
    assert_eq!(shown + refused, vectors().len());
    assert!(shown > 0 && refused > 0, "{shown} {refused}");
}

#[wasm_bindgen_test]
async fn no_address_of_an_image_runs() {
    let more = "{ body: [['p', ['img', { src: vector, alt: vector }]]] }";
    let Drawing { shown, refused } = draw(&note(more), NO_TRAIT).await;
    assert_eq!(shown + refused, vectors().len());
    assert!(shown > 0 && refused > 0, "{shown} {refused}");
}

#[wasm_bindgen_test]
async fn no_name_of_an_element_or_attribute_is_taken_from_content() {
    let more = "{ body: number % 2 ? [['p', ['a', { [vector]: vector }, 'x']]] : [[vector, 'x']] }";
    assert_eq!(draw(&note(more), NO_TRAIT).await.refused, vectors().len());
}

#[wasm_bindgen_test]
async fn no_selector_runs() {
    draw(&note("{ target: vector }"), NO_TRAIT).await;
}

#[wasm_bindgen_test]
async fn no_selector_runs_as_one_of_several() {
    draw(&note("{ target: `${vector} || #at` }"), NO_TRAIT).await;
}
