//! Rich texts are read as trees of what core names, and of nothing else.

use headstart_core::content::RichText;
use headstart_core::decode::Decode;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::value;
use crate::value::any_value;

fn read(text: Json) -> Result<RichText, String> {
    RichText::from_value(value(text)).map_err(|problem| problem.to_string())
}

fn is_read(text: &Json) {
    let tree = read(text.clone()).unwrap();
    assert_eq!(&serde_json::to_value(&tree).unwrap(), text);
}

#[test]
fn every_element_is_read_as_it_is_written() {
    for tag in [
        "p", "strong", "em", "ul", "ol", "li", "a", "img", "code", "pre", "br",
    ] {
        is_read(&json!([[tag], [tag, "text", [tag, "more"]]]));
    }
    is_read(&json!([["a", {"href": "https://example.com"}, "x"]]));
    is_read(&json!([["img", {"alt": "A", "height": "9", "src": "/a.png", "width": "16"}]]));
    is_read(&json!("plain"));
    is_read(&json!([]));
    is_read(&json!(["one", "two"]));
}

#[test]
fn a_plain_text_is_one_text() {
    assert_eq!(read(json!("<b>Hi</b>")), Ok(RichText::plain("<b>Hi</b>")));
}

#[test]
fn elements_that_are_not_known_are_refused() {
    for tag in [
        "script", "iframe", "style", "svg", "math", "object", "P", "p ", "", "a\u{0}", "h1",
        "video",
    ] {
        let problem = read(json!(["text", [tag, "x"]])).unwrap_err();
        assert_eq!(
            problem,
            format!(
                "[1]: there is no `{tag}`; use one of `p`, `strong`, `em`, `ul`, `ol`, `li`, `a`, `img`, \
                 `code`, `pre`, `br`"
            )
        );
    }
}

#[test]
fn attributes_that_are_not_known_are_refused() {
    for (tag, name) in [
        ("p", "onclick"),
        ("p", "style"),
        ("p", "href"),
        ("a", "target"),
        ("a", "src"),
        ("a", "HREF"),
        ("a", "xlink:href"),
        ("img", "onerror"),
        ("img", "srcset"),
        ("img", "href"),
    ] {
        let problem = read(json!([[tag, {name: "x"}, "y"]])).unwrap_err();
        assert_eq!(
            problem, "[0]: has an attribute or address that is not allowed",
            "{tag} {name}"
        );
    }
}

#[test]
fn an_attribute_is_a_text() {
    let problem = read(json!([["img", {"width": {"a": 1}}]])).unwrap_err();
    assert_eq!(problem, "[0]: must be a text, not an object");
}

/// Whether a link and an image may have this address.
fn check(address: &str, link: bool, image: bool) {
    for (tag, name, expect) in [("a", "href", link), ("img", "src", image)] {
        let read = read(json!([[tag, {name: address}]]));
        assert_eq!(read.is_ok(), expect, "{tag} {address:?}");
    }
}

#[test]
fn addresses_are_of_the_web_or_relative_and_of_links_mail_too() {
    for address in [
        "https://example.com/a?b=c#d",
        "HTTP://example.com",
        "//example.com/a",
        "/a",
        "a/b",
        "../a",
        "?a=javascript:b",
        "#a:b",
        "/a:b",
        "",
        "https://example.com:8443/",
    ] {
        check(address, true, true);
    }
    check("mailto:help@example.com", true, false);
    check("MailTo:help@example.com", true, false);
}

#[test]
fn addresses_that_run_or_could_be_taken_to_are_refused() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:image/svg+xml,<svg onload=alert(1)>",
        "vbscript:msgbox(1)",
        "livescript:x",
        "file:///etc/passwd",
        "blob:https://example.com/1",
        "filesystem:https://example.com/a",
        "view-source:https://example.com",
        "about:blank",
        "tel:1",
        " javascript:alert(1)",
        "\tjavascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "java\rscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "java\u{0}script:alert(1)",
        "\u{feff}javascript:alert(1)",
        "\u{a0}javascript:alert(1)",
        "java\u{200b}script:alert(1)",
        "java\u{ad}script:alert(1)",
        "javascript\u{3000}:alert(1)",
        "javascript:",
        ":",
        "javascript://example.com/%0aalert(1)",
        "https:\\\\example.com",
        "\\\\example.com",
        "/\\example.com",
        "https://exam ple.com",
    ] {
        check(address, false, false);
    }
}

#[test]
fn entities_and_escapes_stand_for_themselves_so_they_name_no_scheme() {
    // An attribute that is set, not parsed, has no entities in it: these are relative.
    for address in [
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "javascript%3Aalert(1)",
        "javascript：alert(1)",
    ] {
        check(address, true, true);
    }
    check("javascript&#58;:alert(1)", true, true);
    check("&Tab;javascript:alert(1)", false, false);
    check("%6Aavascript:alert(1)", false, false);
}

fn nested(depth: usize) -> Json {
    (0..depth).fold(json!("x"), |inner, _| json!(["em", inner]))
}

#[test]
fn elements_are_nested_twelve_deep_at_most_wherever_the_text_stands() {
    assert!(read(json!([nested(12)])).is_ok());
    let problem = read(json!([nested(13)])).unwrap_err();
    assert!(
        problem.ends_with("is nested too deep; flatten it"),
        "{problem}"
    );
    let list = |text: Json| {
        let document = json!({"id": "list", "kind": "checklist", "title": "T",
                              "tasks": [{"id": "a", "title": "A", "markable": true, "description": [text]}]});
        headstart_core::ContentDocument::from_value(value(document))
    };
    assert!(list(nested(12)).is_ok());
    assert!(list(nested(13)).is_err());
    assert!(list(nested(100)).is_err());
}

proptest! {
    #[test]
    fn what_is_read_is_written_and_read_the_same(text in any_value()) {
        if let Ok(read) = RichText::from_value(text) {
            let written = serde_json::to_string(&read).unwrap();
            let value = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(RichText::from_value(value), Ok(read));
        }
    }

    #[test]
    fn no_address_with_a_scheme_but_ours_is_read(
        scheme in "[a-zA-Z][a-zA-Z0-9+.-]{0,9}", rest in "[^/?#]{0,9}",
    ) {
        let address = format!("{scheme}:{rest}");
        let ours = ["https", "http", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        let is_read = read(json!([["a", {"href": address}]])).is_ok();
        prop_assert!(ours || !is_read, "{}", address);
    }
}
