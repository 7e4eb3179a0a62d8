//! Every vector of `corpus/xss.txt` in everything that is drawn: none runs, and none breaks the page. What the
//! collector refuses is shown nonetheless: here it counts what the browser makes of it.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use js_sys::{Array, Function, Object};
use page::{Page, boot, document, eval, field, set, sleep};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const CORPUS: &str = include_str!("corpus/xss.txt");
/// So many pieces of content are on one page, each with a vector of its own.
const AT_ONCE: usize = 40;

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
    let caught = eval("window.caught.splice(0).join('; ')");
    caught.as_string().unwrap_or_default()
}

/// Draws content made by `make`, a JavaScript function of a vector and its number, for all vectors, and
/// answers how much came on screen. `traits` are those of the user, by such a function too.
async fn draw(make: &str, traits: &str) -> usize {
    let make: Function = eval(&format!("({make})")).unchecked_into();
    let traits: Function = eval(&format!("({traits})")).unchecked_into();
    let mut shown = 0;
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
        let json = js_sys::JSON::stringify(&list).expect("it is plain data");
        let answer = boot(&String::from(json));
        let mut page = Page::start(&answer);
        page.add("<p id='at'>Here</p>");
        page.call_with(&Array::of3(&"identify".into(), &"user-1".into(), &known));
        page.call("'on', 'navigate', () => true");
        sleep(120).await;
        // What waits for the user to do something.
        eval(
            "for (const host of document.querySelectorAll('[data-headstart]')) {
                for (const one of host.shadowRoot.querySelectorAll('*')) {
                    for (const type of ['mouseover', 'focus', 'error', 'load', 'pointerenter', 'animationstart', 'toggle']) {
                        one.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
                    }
                }
                for (const link of host.shadowRoot.querySelectorAll('a')) {
                    link.addEventListener('click', (event) => event.preventDefault(), { once: true });
                    if (!/^(https?|mailto):$/.test(link.protocol)) window.caught.push(`leads to ${link.href}`);
                    link.click();
                }
                for (const image of host.shadowRoot.querySelectorAll('img')) {
                    if (!/^https?:/.test(image.src) && image.src) window.caught.push(`fetches ${image.src}`);
                }
                const strange = host.shadowRoot.querySelector('script, iframe, object, embed, svg [onload], style, link, form, meta, base, [onerror], [onclick], [onload], math, video, audio');
                if (strange) window.caught.push(strange.outerHTML);
            }",
        );
        sleep(30).await;
        assert_eq!(caught(), "", "{make:?}");
        let rows: Array = page.call("'explain'").unchecked_into();
        assert_eq!(rows.length() as usize, some.len(), "all of it was read");
        shown += rows
            .iter()
            .filter(|row| field(row, "shown").is_truthy())
            .count();
        let said = page.fakes.said();
        // The second of a note beside the page's outermost element, which some selectors find.
        let known = ["is no CSS selector", "there is no place beside"];
        let others = said
            .iter()
            .filter(|line| !known.iter().any(|part| line.contains(part)));
        assert_eq!(others.collect::<Vec<_>>(), Vec::<&String>::new());
        // The page still answers.
        page.call("'track', 'Still There'");
        assert_eq!(
            document()
                .query_selector_all("#at")
                .expect("a selector")
                .length(),
            1
        );
    }
    shown
}

const NO_TRAIT: &str = "(vector) => 'x'";

/// An inline note, of which any number is on screen.
fn note(more: &str) -> String {
    format!(
        "(vector, number) => ({{ id: 'c' + number, version: 1, kind: 'tip', form: 'inline', target: '#at', title: 'T', ...({more}) }})"
    )
}

#[wasm_bindgen_test]
async fn no_text_runs() {
    set_traps();
    for more in [
        "{ title: vector }",
        "{ body: vector }",
        "{ body: [['p', vector, ['strong', vector]], ['ul', ['li', ['code', vector]]], ['pre', vector]] }",
        "{ action: { label: vector, callback: vector } }",
    ] {
        assert_eq!(draw(&note(more), NO_TRAIT).await, vectors().len(), "{more}");
    }
}

#[wasm_bindgen_test]
async fn no_trait_runs() {
    set_traps();
    let more = "{ title: `Hello {{user.t${number} | there}}`, body: [['p', `{{user.t${number}}}`, ['a', { href: 'https://example.com/' }, `{{user.t${number}}}`]]],
        action: { label: `{{user.t${number}}}`, close: true } }";
    assert_eq!(
        draw(&note(more), "(vector) => vector").await,
        vectors().len()
    );
}

#[wasm_bindgen_test]
async fn no_address_runs() {
    set_traps();
    for more in [
        "{ body: [['p', ['a', { href: vector }, 'x']]] }",
        "{ body: [['p', ['img', { src: vector, alt: vector }]]] }",
        "{ body: [['p', ['a', { [vector]: vector }, 'x']], [vector, vector]] }",
    ] {
        assert_eq!(draw(&note(more), NO_TRAIT).await, vectors().len(), "{more}");
    }
}

#[wasm_bindgen_test]
async fn no_selector_runs() {
    set_traps();
    draw(&note("{ target: vector }"), NO_TRAIT).await;
    draw(&note("{ target: `${vector} || #at` }"), NO_TRAIT).await;
}
