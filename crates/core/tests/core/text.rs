use headstart_core::text::{concat, join, split_at};

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
