//! What hosts pass becomes values, whatever it is.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use headstart::value::{MOST_VALUES, read, read_properties};
use headstart_core::json::to_text;
use page::eval;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn check(code: &str, expect: &str) {
    let value = eval(&format!("({code})"));
    let read = read(&value).value.map(|value| to_text(&value));
    assert_eq!(read.as_deref().unwrap_or("nothing"), expect, "{code}");
}

#[wasm_bindgen_test]
fn plain_values_are_read_as_json_would_write_them() {
    check(
        "{ b: 'text', a: [1, 2.5, true, null] }",
        r#"{"a":[1,2.5,true,null],"b":"text"}"#,
    );
    check("'\u{1f44b} \\u2028'", "\"\u{1f44b} \u{2028}\"");
    check("-0.5", "-0.5");
    check("Object.create(null)", "{}");
}

#[wasm_bindgen_test]
fn what_json_has_no_word_for_is_left_out_of_objects_and_null_in_lists() {
    check(
        "{ a: undefined, b: () => 1, c: Symbol('c'), d: 1 }",
        r#"{"d":1}"#,
    );
    check("[undefined, () => 1, Symbol('c'), 1]", "[null,null,null,1]");
    check("undefined", "nothing");
    check("() => 1", "nothing");
}

#[wasm_bindgen_test]
fn numbers_that_are_none_become_null_and_big_integers_their_digits() {
    check("[NaN, Infinity, -Infinity]", "[null,null,null]");
    check(
        "{ id: 12345678901234567890n }",
        r#"{"id":"12345678901234567890"}"#,
    );
}

#[wasm_bindgen_test]
fn dates_become_iso_8601_in_utc() {
    check(
        "new Date(Date.UTC(2026, 10, 22, 10, 30))",
        r#""2026-11-22T10:30:00.000Z""#,
    );
    check("new Date(NaN)", "null");
}

#[wasm_bindgen_test]
fn objects_that_say_how_they_are_written_are_written_so() {
    check("{ price: { toJSON: () => '9.90' } }", r#"{"price":"9.90"}"#);
    check(
        "{ price: { amount: 1, toJSON() { throw new Error('no') } } }",
        r#"{"price":{"amount":1}}"#,
    );
}

#[wasm_bindgen_test]
fn old_libraries_that_put_to_json_on_arrays_change_nothing() {
    eval("Array.prototype.toJSON = () => 'broken'");
    let value = eval("[[1]]");
    let read = read(&value).value.map(|value| to_text(&value));
    eval("delete Array.prototype.toJSON");
    assert_eq!(read.as_deref(), Some("[[1]]"));
}

#[wasm_bindgen_test]
fn cycles_end() {
    let value = eval("(() => { const a = { name: 'a' }; a.self = a; return a; })()");
    let reading = read(&value);
    assert!(reading.cut);
    let text = to_text(&reading.value.expect("an object"));
    assert!(
        text.starts_with(r#"{"name":"a","self":{"name":"a""#),
        "{text}"
    );
}

#[wasm_bindgen_test]
fn getters_that_throw_cost_only_themselves() {
    check(
        "{ get bad() { throw new Error('no') }, good: 1 }",
        r#"{"good":1}"#,
    );
    check(
        "{ a: new Proxy({}, { ownKeys() { throw new Error('no') } }), good: 1 }",
        r#"{"good":1}"#,
    );
    check(
        "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return { proxy, good: 1 }; })()",
        r#"{"good":1}"#,
    );
}

#[wasm_bindgen_test]
fn what_is_too_much_is_cut_and_that_is_said() {
    let check = |code: &str, cut: bool| assert_eq!(read(&eval(code)).cut, cut, "{code}");
    check("Array.from({ length: 100 }, (_, i) => i)", false);
    check("Array.from({ length: 1e6 }, (_, i) => i)", true);
    check("({ text: 'x'.repeat(1e5), more: 1 })", true);
    check(
        "(() => { let deep = 1; for (let i = 0; i < 1e4; i++) deep = [deep]; return deep; })()",
        true,
    );
    let reading = read(&eval("new Array(1e9)"));
    assert!(reading.cut);
    let Some(headstart_core::Value::List(items)) = reading.value else {
        panic!("a list");
    };
    assert!(items.len() <= MOST_VALUES);
}

#[wasm_bindgen_test]
fn an_element_of_the_page_is_no_reason_to_hang() {
    let reading = read(&eval("({ element: document.body, window })"));
    assert!(reading.value.is_some());
}

#[wasm_bindgen_test]
fn properties_are_objects_only() {
    assert!(read_properties(&eval("({ a: 1 })")).is_some());
    for code in ["[1]", "'text'", "1", "null", "undefined", "new Date()"] {
        assert!(read_properties(&eval(code)).is_none(), "{code}");
    }
}
