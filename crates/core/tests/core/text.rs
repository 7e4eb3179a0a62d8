use headstart_core::text::{concat, digits, join, number, split, split_at};

#[test]
fn parts_are_joined_with_something_between_them_or_nothing() {
    assert_eq!(join(&["a", "", "b"], "|"), "a||b");
    assert_eq!(join(&["", "a"], ", "), ", a");
    assert_eq!(join(&[], "|"), "");
    assert_eq!(concat(&["a", "", "b"]), "ab");
}

#[test]
fn a_text_is_split_at_the_first_mark_alone() {
    assert_eq!(split_at("a{{b{{c", "{{"), Some(("a", "b{{c")));
    assert_eq!(split_at("{0}", "{0}"), Some(("", "")));
    assert_eq!(split_at("é{{{ü", "{{"), Some(("é", "{ü")));
    assert_eq!(split_at("a{b", "{{"), None);
    assert_eq!(split_at("", "{{"), None);
}

#[test]
fn a_text_is_split_at_every_mark_also_where_nothing_is_between_two() {
    assert_eq!(split("a-b_c", b"-_"), ["a", "b", "c"]);
    assert_eq!(split("/é//", b"/"), ["", "é", "", ""]);
    assert_eq!(split("", b"/"), [""]);
}

#[test]
fn a_number_is_digits_alone_and_not_too_many() {
    let check = |text, expect| assert_eq!(number(text), expect, "{text}");
    check("0", Some(0));
    check("0042", Some(42));
    check("1763805600000", Some(1_763_805_600_000));
    check("999999999999999999", Some(999_999_999_999_999_999));
    for text in [
        "",
        "-1",
        "+1",
        "1.0",
        " 1",
        "1e3",
        "٣",
        "1000000000000000000",
    ] {
        check(text, None);
    }
}

#[test]
fn digits_are_those_that_the_standard_library_writes() {
    for number in [
        0,
        7,
        10,
        99,
        100,
        1_763_805_600_000,
        -1,
        -40,
        i64::MAX,
        i64::MIN,
    ] {
        assert_eq!(digits(number), number.to_string());
    }
    assert_eq!(digits(u32::MAX), u32::MAX.to_string());
    assert_eq!(digits(u64::MAX), i64::MAX.to_string());
}
