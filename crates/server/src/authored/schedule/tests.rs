use headstart_core::Value;
use serde_json::{Value as Json, json};

use super::compile;

/// What becomes of a schedule, and what is wrong with it by path.
fn compiled(schedule: Json) -> (Json, Vec<(String, String)>) {
    let mut value: Value = serde_json::from_value(schedule).expect("a value");
    let mut problems = Vec::new();
    compile(&mut value, &mut problems);
    let problems = problems.into_iter().map(|one| (one.path, one.message));
    (
        serde_json::to_value(value).expect("JSON"),
        problems.collect(),
    )
}

fn from(text: &str, zone: Option<&str>) -> Result<i64, String> {
    let (schedule, problems) = compiled(json!({ "from": text, "zone": zone }));
    match problems.into_iter().next() {
        Some((_, message)) => Err(message),
        None => Ok(schedule["from"].as_i64().expect("milliseconds")),
    }
}

const HOUR: i64 = 3_600_000;
/// 2026-12-01T09:00Z
const NINE: i64 = 1_796_115_600_000;

#[test]
fn a_local_time_is_that_of_its_zone() {
    for (text, zone, expect) in [
        ("2026-12-01T09:00", Some("Europe/Berlin"), NINE - HOUR),
        ("2026-12-01T09:00", Some("europe/berlin"), NINE - HOUR),
        (
            "2026-12-01T09:00:00",
            Some("America/New_York"),
            NINE + 5 * HOUR,
        ),
        (
            "2026-12-01 09:00",
            Some("Asia/Kolkata"),
            NINE - 5 * HOUR - HOUR / 2,
        ),
        ("2026-12-01T09:00", Some("UTC"), NINE),
        ("2026-12-01T09:00", None, NINE),
        ("2026-12-01", Some("Europe/Berlin"), NINE - 10 * HOUR),
        // In summer it is two hours ahead.
        ("2026-07-01T00:00", Some("Europe/Berlin"), 1_782_856_800_000),
    ] {
        assert_eq!(from(text, zone), Ok(expect), "{text} {zone:?}");
    }
}

#[test]
fn a_time_with_an_offset_needs_no_zone_and_heeds_none() {
    for text in [
        "2026-12-01T09:00Z",
        "2026-12-01T09:00:00.000Z",
        "2026-12-01T10:00+01:00",
        "2026-12-01T04:00:00-05:00",
    ] {
        assert_eq!(from(text, None), Ok(NINE), "{text}");
        assert_eq!(from(text, Some("Asia/Tokyo")), Ok(NINE), "{text}");
    }
}

#[test]
fn milliseconds_stay_as_they_are() {
    let (schedule, problems) = compiled(json!({ "from": NINE, "until": NINE + 1 }));
    assert_eq!(schedule, json!({ "from": NINE, "until": NINE + 1 }));
    assert!(problems.is_empty());
}

#[test]
fn of_a_time_that_clocks_show_twice_it_is_the_first() {
    // Clocks go back from 3:00 to 2:00 on 2026-10-25: first at UTC+2, then at UTC+1.
    assert_eq!(
        from("2026-10-25T02:30", Some("Europe/Berlin")),
        from("2026-10-25T02:30+02:00", None)
    );
}

#[test]
fn a_time_that_clocks_never_show_is_refused_with_the_remedy() {
    let told = from("2026-03-29T02:30", Some("Europe/Berlin")).expect_err("there is none");
    assert_eq!(
        told,
        "`2026-03-29T02:30` does not exist in Europe/Berlin: clocks go forward over it by 60 minutes; \
         give a time that much later or earlier"
    );
    assert!(from("2026-03-29T03:00", Some("Europe/Berlin")).is_ok());
}

#[test]
fn what_is_no_moment_or_no_zone_is_refused_by_path() {
    let zone = "schedule.zone";
    for (schedule, path) in [
        (json!({ "zone": "Europe/Nowhere" }), zone),
        (
            json!({ "zone": "../etc/passwd", "from": "2026-12-01T09:00" }),
            zone,
        ),
        (json!({ "zone": 7, "from": "2026-12-01T09:00" }), zone),
        (json!({ "from": "tomorrow" }), "schedule.from"),
        (json!({ "until": "2026-13-01T09:00" }), "schedule.until"),
        (
            json!({ "until": "2026-12-01T09:00[Europe/Paris]" }),
            "schedule.until",
        ),
        (json!({ "from": "2026-12-01T09:00+99:00" }), "schedule.from"),
        (json!({ "from": "1795341600000" }), "schedule.from"),
        (json!({ "from": "" }), "schedule.from"),
    ] {
        let (_, problems) = compiled(schedule.clone());
        let paths: Vec<&str> = problems.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, [path], "{schedule}: {problems:?}");
    }
}
