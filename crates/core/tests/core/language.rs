use headstart_core::language::is_tag;

#[test]
fn a_tag_is_a_language_and_what_it_is_narrowed_down_to() {
    for tag in [
        "de",
        "DE",
        "fil",
        "pt-BR",
        "zh-Hant-TW",
        "es-419",
        "de-DE-1996",
        "en-x-pseudo",
    ] {
        assert!(is_tag(tag), "{tag}");
    }
    for text in [
        "",
        "d",
        "German",
        "de_DE",
        "de-",
        "-de",
        "de--AT",
        "d1",
        "de-AT.UTF-8",
        "de AT",
        "дe",
        "de-123456789",
        "de-AT-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd",
    ] {
        assert!(!is_tag(text), "{text}");
    }
}
