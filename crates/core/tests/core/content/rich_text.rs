//! Texts: placeholders, and what can be wrong with them.

use headstart_core::content::{RichText, fill, fill_plain};
use headstart_core::{Known, Value};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{check, plus, problems, tip};

fn known() -> Known {
    let mut known = Known::default();
    for (name, value) in [
        ("name", Value::from("Ada")),
        ("empty", "".into()),
        ("nothing", Value::Null),
        ("list", Value::List(vec!["a".into()])),
        ("tricky", "{{account.plan}} {{".into()),
        ("count", 3.0.into()),
        ("price", 12.5.into()),
        ("third", (1.0 / 3.0).into()),
        ("negative", (-7.0).into()),
        ("pro", true.into()),
        ("free", false.into()),
        ("address.city", "Graz".into()),
    ] {
        known.traits.set(name, value, 1);
    }
    known.account_traits.set("plan", "team".into(), 1);
    known
}

#[test]
fn placeholders_are_filled_in_with_traits_or_their_fallback() {
    for (text, expect) in [
        ("Hello {{user.name}}!", "Hello Ada!"),
        ("{{ user.name }}", "Ada"),
        ("{{user.name | there}}", "Ada"),
        ("{{user.unknown | there}}", "there"),
        ("{{user.unknown|there}}", "there"),
        ("{{user.unknown | a | b}}", "a | b"),
        ("{{user.unknown}}", ""),
        ("{{user.empty | there}}", "there"),
        ("{{user.nothing | there}}", "there"),
        ("{{user.list | there}}", "there"),
        ("{{account.plan}}", "team"),
        ("{{account.name | yours}}", "yours"),
        ("{{user.plan | none}}", "none"),
        ("{{user.address.city}}", "Graz"),
        ("{{name | x}}", "x"),
        ("{{}}", ""),
        ("{{user.name}}{{user.name}}", "AdaAda"),
        ("{{user.name", "{{user.name"),
        ("a }} b", "a }} b"),
        ("{ {user.name} }", "{ {user.name} }"),
        ("", ""),
        ("Grüße, {{user.name | 你}} 🎉", "Grüße, Ada 🎉"),
    ] {
        assert_eq!(fill(text, &known()), expect, "{text}");
    }
}

#[test]
fn numbers_and_flags_are_written_as_people_would() {
    for (text, expect) in [
        ("{{user.count}}", "3"),
        ("{{user.price}}", "12.5"),
        ("{{user.third}}", "0.33"),
        ("{{user.negative}}", "-7"),
        ("{{user.pro}}", "true"),
        ("{{user.free}}", "false"),
    ] {
        assert_eq!(fill(text, &known()), expect);
    }
}

#[test]
fn a_value_that_runs_the_other_way_does_not_reorder_the_text_around_it() {
    let named = |name: &str| {
        let mut known = known();
        known.traits.set("name", name.into(), 9);
        known
    };
    for (name, text, expect) in [
        ("Ada", "Hi {{user.name}}!", "Hi Ada!"),
        ("ندى", "Hi {{user.name}}!", "Hi \u{2068}ندى\u{2069}!"),
        ("Ada", "أهلًا {{user.name}}!", "أهلًا \u{2068}Ada\u{2069}!"),
        ("ندى", "أهلًا {{user.name}}!", "أهلًا ندى!"),
    ] {
        assert_eq!(fill(text, &named(name)), expect);
        // A form's field is to hold what the trait holds.
        assert!(!fill_plain(text, &named(name)).contains('\u{2068}'));
    }
}

#[test]
fn what_stands_in_a_value_is_not_looked_at_again() {
    assert_eq!(
        fill("{{user.tricky}} {{user.name}}", &known()),
        "{{account.plan}} {{ Ada"
    );
}

#[test]
fn a_rich_text_is_filled_in_in_its_texts_and_not_in_its_addresses() {
    let read = |json: Json| -> RichText {
        let document = plus(tip(), "body", json);
        let document: headstart_core::ContentDocument = serde_json::from_value(document).unwrap();
        document.body.unwrap()
    };
    let text = read(
        json!([["p", "Hi ", ["a", {"href": "/{{user.name}}"}, "{{user.name}}"]], "{{account.plan}}"]),
    );
    let filled = read(json!([["p", "Hi ", ["a", {"href": "/{{user.name}}"}, "Ada"]], "team"]));
    assert_eq!(text.filled(&known()), filled);
    assert_eq!(filled.text(), "Hi Adateam");
}

fn body(body: Json) -> Json {
    plus(tip(), "body", body)
}

#[test]
fn a_placeholder_names_something_and_ends() {
    for name in ["name", "users.name", "user", "user.", "", "account."] {
        let found = problems(body(json!(format!("Hi {{{{{name}}}}}"))));
        assert_eq!(
            found,
            [format!(
                "body: `{{{{{name}}}}}` names nothing; write `{{{{user.TRAIT}}}}` or `{{{{account.TRAIT}}}}`, \
                 with a fallback as in `{{{{user.name | there}}}}`"
            )]
        );
    }
    check(
        body(json!("Hi {{user.name")),
        "body: has `{{` without `}}` after it; close the placeholder",
    );
    for text in [
        "{{user.name}}",
        "{{ account.plan | free }}",
        "}}",
        "{",
        "a | b",
    ] {
        assert_eq!(problems(body(json!(text))), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_placeholder_stands_within_one_text() {
    let found = problems(body(json!([["p", "Hi {{user.", ["em", "name"], "}}"]])));
    assert_eq!(
        found,
        ["body: has `{{` without `}}` after it; close the placeholder"]
    );
}

#[test]
fn addresses_and_other_attributes_have_no_placeholders() {
    check(
        body(json!([["a", {"href": "/{{user.name}}"}, "x"]])),
        "body: the address `/{{user.name}}` has a placeholder, which only texts can have; write it out",
    );
    check(
        body(json!([["p", ["img", {"alt": "{{user.name}}", "src": "/a.png"}]]])),
        "body: the alt `{{user.name}}` has a placeholder, which only texts can have; write it out",
    );
}

#[test]
fn images_and_links_say_what_they_are() {
    for attributes in [
        json!({"src": "/a.png"}),
        json!({"src": "/a.png", "alt": " "}),
    ] {
        check(
            body(json!([["p", ["img", attributes]]])),
            "body: an image has no `alt`; describe it for those who cannot see it",
        );
    }
    for inside in [
        json!(["a", {"href": "/a"}]),
        json!(["a", {"href": "/a"}, ["em", " "]]),
    ] {
        check(
            body(json!([["p", inside]])),
            "body: a link has no text; say where it leads",
        );
    }
    let image = json!(["img", {"src": "/a.png", "alt": "Watch"}]);
    assert_eq!(
        problems(body(json!([["p", ["a", {"href": "/a"}, image]]]))),
        Vec::<String>::new()
    );
}

#[test]
fn a_text_is_not_longer_than_5000_characters_in_all() {
    let half = "ü".repeat(2_500);
    assert_eq!(
        problems(body(json!([["p", half], ["p", half]]))),
        Vec::<String>::new()
    );
    check(
        body(json!([["p", half], ["p", half, "ü"]])),
        "body: is longer than 5000 characters; shorten it",
    );
    check(
        plus(tip(), "title", json!("ü".repeat(5_001))),
        "title: is longer than 5000 characters; shorten it",
    );
}

proptest! {
    #[test]
    fn a_text_without_placeholders_stays_as_it_is(text in "[^{]*|[^{}]{0,9}\\{[^{}]{0,9}") {
        prop_assert_eq!(fill(&text, &known()), text);
    }

    #[test]
    fn filling_in_never_panics_and_leaves_what_stands_around(
        text in "([{}|. a-zé🎉]|\\{\\{|\\}\\}|user\\.|account\\.|name){0,24}",
    ) {
        fill(&text, &known());
        let around = format!("<{}>", text.replace("{{", ""));
        prop_assert_eq!(fill(&around, &known()), around);
    }

    #[test]
    fn a_value_comes_out_as_it_went_in(value in "[^\u{0}]{1,20}") {
        let mut known = Known::default();
        known.traits.set("name", value.as_str().into(), 1);
        prop_assert_eq!(fill_plain("<{{user.name | x}}>", &known), format!("<{value}>"));
    }
}
