use headstart_core::{Comparison, Value};

fn check(comparison: &str, value: &str, expect: bool) {
    let comparison: Comparison = serde_json::from_str(comparison).unwrap();
    let value: Option<Value> = (value != "-").then(|| serde_json::from_str(value).unwrap());
    assert_eq!(
        comparison.fits(value.as_ref()),
        expect,
        "{comparison:?} on {value:?}"
    );
}

#[test]
fn exists_and_missing_take_null_for_nothing() {
    check(r#""exists""#, "0", true);
    check(r#""exists""#, r#""""#, true);
    check(r#""exists""#, "null", false);
    check(r#""exists""#, "-", false);
    check(r#""missing""#, "-", true);
    check(r#""missing""#, "null", true);
    check(r#""missing""#, "false", false);
}

#[test]
fn equality_is_of_value_and_type() {
    check(r#"{"equals":"pro"}"#, r#""pro""#, true);
    check(r#"{"equals":"pro"}"#, r#""Pro""#, false);
    check(r#"{"equals":5}"#, "5.0", true);
    check(r#"{"equals":0}"#, "-0.0", true);
    check(r#"{"equals":5}"#, r#""5""#, false);
    check(r#"{"equals":true}"#, "true", true);
    check(r#"{"equals":"x"}"#, "-", false);
    check(r#"{"not_equals":"pro"}"#, r#""free""#, true);
    check(r#"{"not_equals":"pro"}"#, r#""pro""#, false);
    check(r#"{"not_equals":"pro"}"#, "-", true);
    check(r#"{"one_of":["a","b",3]}"#, r#""b""#, true);
    check(r#"{"one_of":["a","b",3]}"#, "3", true);
    check(r#"{"one_of":["a","b",3]}"#, r#""c""#, false);
}

#[test]
fn texts_and_lists_can_be_looked_into() {
    check(r#"{"contains":"own"}"#, r#""Owner""#, true);
    check(r#"{"contains":"OWN"}"#, r#""owner""#, true);
    check(r#"{"contains":"x"}"#, r#""owner""#, false);
    check(r#"{"contains":"admin"}"#, r#"["admin","billing"]"#, true);
    check(r#"{"contains":"adm"}"#, r#"["admin","billing"]"#, false);
    check(r#"{"contains":"1"}"#, "1", false);
    check(r#"{"starts_with":"trial"}"#, r#""trial-30""#, true);
    check(r#"{"starts_with":"trial"}"#, r#""no trial""#, false);
}

#[test]
fn numbers_are_ordered_by_size_and_dates_by_time() {
    check(r#"{"greater_than":100}"#, "100.5", true);
    check(r#"{"greater_than":100}"#, "100", false);
    check(r#"{"at_least":100}"#, "100", true);
    check(r#"{"less_than":100}"#, "99", true);
    check(r#"{"at_most":100}"#, "100", true);
    check(r#"{"at_most":100}"#, "101", false);
    check(r#"{"greater_than":100}"#, r#""101""#, false);
    check(
        r#"{"less_than":"2026-02-01"}"#,
        r#""2026-01-31T23:59:59Z""#,
        true,
    );
    check(
        r#"{"at_least":"2026-02-01"}"#,
        r#""2026-02-01T02:00:00+02:00""#,
        true,
    );
    check(r#"{"less_than":"2026-02-01"}"#, r#""yesterday""#, false);
    check(r#"{"less_than":"2026-02-01"}"#, "-", false);
}

#[test]
fn only_numbers_and_dates_can_be_bounds() {
    let orderable = |text: &str| {
        serde_json::from_str::<Comparison>(text)
            .unwrap()
            .is_orderable()
    };
    assert!(orderable(r#"{"less_than":3}"#));
    assert!(orderable(r#"{"less_than":"2026-02-01"}"#));
    assert!(!orderable(r#"{"less_than":"soon"}"#));
    assert!(!orderable(r#"{"at_least":null}"#));
    assert!(orderable(r#"{"equals":"soon"}"#));
}
