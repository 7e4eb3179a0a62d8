use headstart_core::time::{DAY, HOUR, MINUTE, SECOND, Span, format_iso, parse_iso};
use proptest::prelude::*;

#[test]
fn a_span_is_a_whole_number_and_a_unit() {
    let check = |text: &str, millis: i64| assert_eq!(Span::parse(text).unwrap().millis(), millis);
    check("0s", 0);
    check("30s", 30 * SECOND);
    check("15m", 15 * MINUTE);
    check("24h", 24 * HOUR);
    check("7d", 7 * DAY);
    check("4w", 28 * DAY);
}

#[test]
fn what_is_no_span_is_refused_with_the_remedy() {
    for text in [
        "",
        "s",
        "7",
        "7 d",
        "-7d",
        "1.5h",
        "7days",
        "٧d",
        "99999999999999999999s",
        "9223372036854775807w",
    ] {
        let error = Span::parse(text).unwrap_err().to_string();
        assert!(
            error.contains("write a whole number and a unit"),
            "{text}: {error}"
        );
    }
}

#[test]
fn a_span_is_written_in_its_largest_whole_unit() {
    let check = |text: &str, written: &str| {
        assert_eq!(Span::parse(text).unwrap().to_string(), written);
    };
    check("30s", "30s");
    check("90m", "90m");
    check("120m", "2h");
    check("48h", "2d");
    check("14d", "2w");
    check("0w", "0s");
}

#[test]
fn an_iso_instant_is_read_in_every_form_rfc_3339_allows() {
    let check = |text: &str, millis: i64| assert_eq!(parse_iso(text), Some(millis), "{text}");
    check("1970-01-01", 0);
    check("1970-01-01T00:00:00Z", 0);
    check("1970-01-01t00:00:00.001z", 1);
    check("1970-01-01 00:00:01Z", SECOND);
    check("2026-11-22T10:30:00.250Z", 1_795_343_400_250);
    check("2026-11-22T10:30:00.25Z", 1_795_343_400_250);
    check("2026-11-22T10:30:00.250999Z", 1_795_343_400_250);
    check("2026-11-22T12:30:00.250+02:00", 1_795_343_400_250);
    check("2026-11-22T05:00:00.250-05:30", 1_795_343_400_250);
    check("2024-02-29", 1_709_164_800_000);
    check("1969-12-31T23:59:59.999Z", -1);
}

#[test]
fn what_is_no_iso_instant_is_none() {
    for text in [
        "",
        "2026",
        "2026-13-01",
        "2026-00-10",
        "2025-02-29",
        "2026-11-31",
        "2026-11-22T25:00:00Z",
        "2026-11-22T10:60:00Z",
        "2026-11-22T10:30:00",
        "2026-11-22T10:30Z",
        "2026-11-22T10:30:00.Z",
        "2026-11-22T10:30:00+2:00",
        "2026/11/22",
        "22-11-2026",
        "2026-11-22T10:30:00+99:00",
        "２０２６-11-22",
        "2026-11-22T10:30:00.5é",
    ] {
        assert_eq!(parse_iso(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn writing_and_reading_an_instant_gives_the_same(millis in -62_167_219_200_000_i64..253_402_300_800_000) {
        prop_assert_eq!(parse_iso(&format_iso(millis)), Some(millis));
    }

    #[test]
    fn reading_never_panics(text in "\\PC{0,40}") {
        let _ = parse_iso(&text);
        let _ = Span::parse(&text);
    }

    #[test]
    fn a_span_survives_being_written(count in 0_i64..1_000_000) {
        let span = Span::from_millis(count * SECOND);
        prop_assert_eq!(Span::parse(&span.to_string()).unwrap(), span);
    }
}
