use super::*;

fn wanted(tags: &[&str]) -> Wanted {
    let mut wanted = Wanted::default();
    for tag in tags {
        wanted.add(tag);
    }
    wanted
}

fn check(want: &[&str], there: &[&str], expect: Option<&str>) {
    let chosen = wanted(want).choose(there).map(|place| there[place]);
    assert_eq!(chosen, expect, "{want:?} of {there:?}");
}

#[test]
fn the_very_language_goes_before_all() {
    check(&["de-AT"], &["de", "de-AT"], Some("de-AT"));
    check(&["DE-at"], &["de", "de-AT"], Some("de-AT"));
}

#[test]
fn parts_are_cut_off_at_the_end() {
    check(&["de-AT"], &["en", "de-CH", "de"], Some("de"));
    check(&["zh-Hant-TW"], &["zh-TW", "zh-Hant"], Some("zh-Hant"));
    check(&["es-419"], &["en", "es"], Some("es"));
}

#[test]
fn another_country_s_form_is_better_than_another_language() {
    check(&["pt-PT", "en"], &["en", "pt-BR"], Some("pt-BR"));
    check(&["en"], &["fr", "en-GB"], Some("en-GB"));
    check(&["zh"], &["en", "zh-CN"], Some("zh-CN"));
    check(&["zh-SG"], &["en", "zh-Hans"], Some("zh-Hans"));
    check(&["zh-HK"], &["en", "zh-TW"], Some("zh-TW"));
}

#[test]
fn what_is_written_in_another_script_is_another_language() {
    check(&["zh-TW"], &["en", "zh-CN"], None);
    check(&["zh-TW"], &["en", "zh"], None);
    check(&["zh-Hant", "en"], &["en", "zh-CN"], Some("en"));
    check(&["zh-CN"], &["zh-Hant"], None);
    check(&["sr-Latn"], &["sr-Cyrl"], None);
    check(&["sr-Latn"], &["sr"], Some("sr"));
}

#[test]
fn the_next_language_is_looked_at_when_there_is_nothing_of_the_one_before() {
    check(&["it", "fr-CA", "de"], &["de", "fr"], Some("fr"));
    check(&["it", "nl"], &["de", "fr"], None);
    check(&[], &["de"], None);
}

#[test]
fn what_is_no_language_says_nothing() {
    check(
        &["", "German", "1", "d", "*", "de"],
        &["en", "de"],
        Some("de"),
    );
    check(&["de_AT.UTF-8"], &["en", "de"], Some("de"));
    check(&["C", "POSIX"], &["en", "de"], None);
}

#[test]
fn a_browser_s_languages_go_by_their_weights() {
    let check = |header: &str, expect: &[&str]| {
        let mut accepted = Wanted::default();
        accepted.add_accepted(header);
        assert_eq!(accepted, wanted(expect), "{header}");
    };
    check("de-AT,de;q=0.9,en;q=0.8", &["de-AT", "de", "en"]);
    check("en;q=0.3, fr ; q=0.9 ,ru", &["ru", "fr", "en"]);
    check("a-very-wrong;;q=,de;q=1.0, *;q=0.1", &["de"]);
    check("de;q=0,en;q=2,fr;q=x,it;q=0.001", &["it"]);
    check("", &[]);
}
