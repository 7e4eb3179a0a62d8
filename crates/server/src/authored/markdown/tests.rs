use headstart_core::content::RichText;
use headstart_core::decode::Decode;
use serde_json::{Value as Json, json};

use super::compile;

fn tree(source: &str) -> Json {
    let tree = compile(source).unwrap_or_else(|problems| panic!("{source}: {problems:?}"));
    serde_json::to_value(tree).expect("JSON")
}

fn problem(source: &str) -> String {
    match compile(source) {
        Ok(tree) => panic!("{source} came to {tree:?}"),
        Err(problems) => problems.join(" / "),
    }
}

#[test]
fn a_text_without_markdown_stays_a_text() {
    for text in [
        "",
        "Plain.",
        "1 < 2 & 3 > 2, 50 % * 2",
        "snake_case_name",
        "Hello {{user.first_name | there}}!",
        "two\nlines",
        "a ~5 and ~10",
        "$5 and $10",
        "See https://example.com",
    ] {
        assert_eq!(tree(text), json!(text));
    }
    assert_eq!(tree("  around  \n"), json!("around"));
}

#[test]
fn what_markdown_has_becomes_a_tree() {
    let check = |source: &str, expect: Json| assert_eq!(tree(source), expect, "{source}");
    check("One\n\nTwo", json!([["p", "One"], ["p", "Two"]]));
    check(
        "a *b* **c** `d`",
        json!([[
            "p",
            "a ",
            ["em", "b"],
            " ",
            ["strong", "c"],
            " ",
            ["code", "d"]
        ]]),
    );
    check(
        "**a *b* c**",
        json!([["p", ["strong", "a ", ["em", "b"], " c"]]]),
    );
    check("one\\\ntwo", json!([["p", "one", ["br"], "two"]]));
    check(
        "- a\n- b\n  1. c",
        json!([["ul", ["li", "a"], ["li", "b", ["ol", ["li", "c"]]]]]),
    );
    check(
        "- a\n\n- b",
        json!([["ul", ["li", ["p", "a"]], ["li", ["p", "b"]]]]),
    );
    check(
        "[the *guide*](https://example.com/a?b=1&c#d)",
        json!([["p", ["a", { "href": "https://example.com/a?b=1&c#d" }, "the ", ["em", "guide"]]]]),
    );
    check(
        "[x](/settings)",
        json!([["p", ["a", { "href": "/settings" }, "x"]]]),
    );
    check(
        "<https://example.com>",
        json!([["p", ["a", { "href": "https://example.com" }, "https://example.com"]]]),
    );
    check(
        "<help@example.com>",
        json!([["p", ["a", { "href": "mailto:help@example.com" }, "help@example.com"]]]),
    );
    check(
        "[x][1]\n\n[1]: mailto:help@example.com",
        json!([["p", ["a", { "href": "mailto:help@example.com" }, "x"]]]),
    );
    check(
        "![A *new* form](https://example.com/a.png)",
        json!([["p", ["img", { "alt": "A new form", "src": "https://example.com/a.png" }]]]),
    );
    check(
        "[![Watch](/v.png)](https://example.com/video)",
        json!([["p", ["a", { "href": "https://example.com/video" },
            ["img", { "alt": "Watch", "src": "/v.png" }]]]]),
    );
    check(
        "```sh\ncargo run\n\ncargo test\n```",
        json!([["pre", "cargo run\n\ncargo test"]]),
    );
    check("\\*not\\* &amp; \\<b>", json!("*not* & <b>"));
    check(
        "`<b>{{user.name}}</b>`",
        json!([["p", ["code", "<b>{{user.name}}</b>"]]]),
    );
}

#[test]
fn all_that_comes_out_core_takes_in() {
    for source in [
        "# ",
        "a *b* [c](d) ![e](f)\n\n1. g\n2. h\n\n```\ni\n```\n",
        "- a\n  - b\n    - c\n      - d",
    ] {
        if let Ok(tree) = compile(source) {
            RichText::from_value(tree).expect("core takes it");
        }
    }
}

#[test]
fn what_is_not_taken_is_refused_with_the_remedy() {
    let check = |source: &str, expect: &str| {
        let told = problem(source);
        assert!(told.contains(expect), "{source}: {told}");
    };
    check("# Title", "a heading");
    check("Title\n===", "a heading");
    check("> quote", "a quotation");
    check("a\n\n---\n\nb", "a line across");
    check("| a | b |\n|---|---|\n| c | d |", "a table");
    check("~~gone~~", "struck-out");
    check("- [ ] do it", "a check box");
    check("a[^1]\n\n[^1]: b", "a footnote");
    check("3. third", "begin at 1");
    check("[x](/a \"title\")", "has a title");
    check("[](/a)", "has no text");
    check("[x]()", "a link has no address");
    check("![](/a.png)", "describe it between the brackets");
    check("![{{user.name}}](/a.png)", "description has a placeholder");
    check("[x](/u/{{user.id}})", "which addresses cannot have");
    check("a <b>c</b>", "`<b>` is HTML");
    check("<div>\nx\n</div>", "HTML");
    check("<!-- x -->", "HTML");
    check("a <!-- x --> b", "HTML");
    check("{{user.name | *there*}}", "`{{` without `}}`");
    check("{{name}}", "names nothing");
    check(&"x".repeat(20_001), "shorten it");
    check(&format!("{}x", "- ".repeat(20)), "nested deeper");
    check(&format!("{}x", "- ".repeat(9_000)), "nested deeper");
}

#[test]
fn addresses_lead_only_where_they_may() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "&#x6A;avascript:alert(1)",
        "java&#9;script:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:alert(1)",
        "<java script:alert(1)>",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:https://example.com/x",
        "tel:123",
        "x-app://y",
    ] {
        for source in [
            format!("[x]({address})"),
            format!("![x]({address})"),
            format!("[x][1]\n\n[1]: {address}"),
        ] {
            let told = problem(&source);
            assert!(told.contains("is not allowed"), "{source}: {told}");
        }
    }
    assert!(problem("<javascript:alert(1)>").contains("is not allowed"));
    assert!(problem("![x](mailto:a@example.com)").contains("not allowed for images"));
}

#[test]
fn a_problem_is_told_once_and_others_beside_it() {
    let problems = compile("# A\n\n# B\n\n> C").expect_err("two things are wrong");
    assert_eq!(problems.len(), 2, "{problems:?}");
}
