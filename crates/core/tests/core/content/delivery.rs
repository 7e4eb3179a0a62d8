//! What can be wrong with when and to whom content comes up.

use headstart_core::ContentDocument;
use serde_json::{Value as Json, json};

use super::{check, plus, problems, tip};

#[test]
fn a_holdout_is_so_many_of_a_hundred() {
    check(
        plus(tip(), "holdout", json!(101)),
        "holdout: is so many of a hundred users; give a number from 0 to 100",
    );
    assert_eq!(
        problems(plus(tip(), "holdout", json!(100))),
        Vec::<String>::new()
    );
}

#[test]
fn a_schedule_ends_after_it_begins() {
    for until in [1_000, 999] {
        check(
            plus(tip(), "schedule", json!({"from": 1_000, "until": until})),
            "schedule.until: is not after `from`, so it would never come up",
        );
    }
    for schedule in [
        json!({"from": 1_000, "until": 1_001}),
        json!({"from": 1_000}),
        json!({"until": 1_000}),
        json!({}),
    ] {
        assert_eq!(
            problems(plus(tip(), "schedule", schedule)),
            Vec::<String>::new()
        );
    }
}

#[test]
fn what_follows_is_named_by_a_sound_id_and_is_something_else() {
    check(plus(tip(), "next", json!("")), "next: must not be empty");
    check(
        plus(tip(), "next", json!("tip")),
        "next: is the content itself, which would begin again for ever",
    );
}

#[test]
fn what_comes_again_takes_its_time() {
    check(
        plus(tip(), "frequency", json!({"every": "0d"})),
        "frequency.every: is no time at all, so that it could never be sent away; give a span",
    );
    assert_eq!(
        problems(plus(tip(), "frequency", json!({"every": "1s"}))),
        Vec::<String>::new()
    );
}

#[test]
fn an_audience_and_a_trigger_are_looked_at() {
    for field in ["audience", "trigger"] {
        let told = |condition: Json, problem: &str| {
            check(plus(tip(), field, condition), &format!("{field}.{problem}"));
        };
        told(
            json!({"share": {"draw": "", "percent": 5}}),
            "share.draw: must not be empty",
        );
        told(
            json!({"share": {"draw": "a", "percent": 101}}),
            "share.percent: must be from 0 to 100",
        );
        for locale in ["", "de AT", "deutsch!"] {
            told(
                json!({"locale": locale}),
                "locale: must be a language tag such as `de` or `pt-BR`",
            );
        }
        told(
            json!({"content": {"id": "", "is": "shown", "since": "1d"}}),
            "content.id: must not be empty",
        );
    }
}

/// Reading this fails with these words.
fn check_read(document: Json, expect: &str) {
    let error = serde_json::from_value::<ContentDocument>(document).unwrap_err();
    assert!(error.to_string().contains(expect), "{error}");
}

#[test]
fn what_cannot_be_read_is_told_with_what_belongs_there() {
    for (field, value, expect) in [
        (
            "frequency",
            json!("daily"),
            "frequency: there is no `daily`; use one of `once`, `every_session`, `until_dismissed`, \
             `until_done`, {`every`: …}",
        ),
        (
            "frequency",
            json!({"every": "often"}),
            "frequency.every: `often` is not a span of time",
        ),
        (
            "schedule",
            json!({"from": "soon"}),
            "schedule.from: must be a whole number, not a text",
        ),
        (
            "holdout",
            json!(-1),
            "holdout: must be a whole number from 0 up",
        ),
        (
            "form",
            json!("modal"),
            "form: there is no `modal`; use one of `tooltip`, `hint`, `inline`",
        ),
        (
            "side",
            json!("left"),
            "side: there is no `left`; use one of `top` `bottom` `start` `end`",
        ),
        (
            "trigger",
            json!({"device": "watch"}),
            "trigger.device: there is no `watch`; use one of `phone`, `tablet`, `desktop`",
        ),
    ] {
        check_read(plus(tip(), field, value), expect);
    }
}
