use super::*;

#[test]
fn every_language_can_be_read() {
    assert_eq!(ALL.len(), SOURCES.len());
    for words in ALL.iter() {
        assert!(words.texts.get().starts_with("{\""), "{}", words.language);
    }
}

#[test]
fn english_and_what_nobody_translated_need_no_words() {
    let language = |tag: &str| {
        let mut wanted = Wanted::default();
        wanted.add(tag);
        in_language(&wanted).map(|words| words.language)
    };
    for (tag, expect) in [
        ("en-GB", None),
        ("it", None),
        ("zh-TW", None),
        ("de-AT", Some("de")),
        ("pt-PT", Some("pt-BR")),
        ("zh-Hans-SG", Some("zh-CN")),
        ("ar-EG", Some("ar")),
    ] {
        assert_eq!(language(tag), expect, "{tag}");
    }
}
