use headstart_core::page::glob;
use headstart_core::{Location, Map, PagePattern};
use proptest::prelude::*;

fn at(path: &str) -> Location {
    Location {
        path: path.to_owned(),
        ..Location::default()
    }
}

fn path(pattern: &str) -> PagePattern {
    PagePattern {
        path: Some(pattern.to_owned()),
        ..PagePattern::default()
    }
}

#[test]
fn a_path_pattern_means_what_it_says() {
    let check = |pattern: &str, address: &str, expect: bool| {
        assert_eq!(
            path(pattern).matches(&at(address)),
            expect,
            "{pattern} on {address}"
        );
    };
    check("/invoices", "/invoices", true);
    check("/invoices", "/invoices/", true);
    check("/invoices/", "/invoices", true);
    check("/invoices", "/invoices/7", false);
    check("/invoices", "/Invoices", false);
    check("/", "/", true);
    check("/", "/invoices", false);
    check("/invoices/*", "/invoices/7", true);
    check("/invoices/*", "/invoices", false);
    check("/invoices/*", "/invoices/7/edit", false);
    check("/invoices/*/edit", "/invoices/7/edit", true);
    check("/in*s", "/invoices", true);
    check("/invoices/**", "/invoices", true);
    check("/invoices/**", "/invoices/7/edit", true);
    check("/**/edit", "/a/b/edit", true);
    check("/**/edit", "/edit", true);
    check("/**/edit", "/edit/a", false);
    check("**", "/anything/at/all", true);
    check("/a/**/b/**/c", "/a/x/b/y/z/c", true);
    check("/a/**/b/**/c", "/a/x/y/z/c", false);
}

#[test]
fn every_part_that_is_given_must_match() {
    let location = Location {
        path: "/search".to_owned(),
        query: vec![
            ("q".into(), "invoice 7".into()),
            ("tab".into(), "all".into()),
        ],
        hash: "results".to_owned(),
    };
    let check = |pattern: PagePattern, expect: bool| {
        assert_eq!(pattern.matches(&location), expect, "{pattern:?}");
    };
    let query = |name: &str, value: &str| PagePattern {
        query: Map::from_iter([(name.to_owned(), value.to_owned())]),
        ..PagePattern::default()
    };
    let hash = |hash: &str| PagePattern {
        hash: Some(hash.to_owned()),
        ..PagePattern::default()
    };
    check(query("tab", "all"), true);
    check(query("tab", "mine"), false);
    check(query("q", "invoice*"), true);
    check(query("missing", "*"), false);
    check(hash("results"), true);
    check(hash("res*"), true);
    check(hash("other"), false);
    check(
        PagePattern {
            path: Some("/elsewhere".into()),
            ..query("tab", "all")
        },
        false,
    );
    check(PagePattern::default(), true);
}

#[test]
fn a_star_is_any_run_of_characters() {
    let check = |pattern: &str, text: &str, expect: bool| {
        assert_eq!(glob(pattern, text), expect, "{pattern} on {text}");
    };
    check("", "", true);
    check("*", "", true);
    check("a*c", "abbc", true);
    check("a*c", "ac", true);
    check("a*c", "acb", false);
    check("*a*b*", "xxaxxbxx", true);
    check("a", "ab", false);
    check("日*語", "日本語", true);
}

proptest! {
    #[test]
    fn a_path_without_stars_matches_itself(segments in prop::collection::vec("[a-z0-9]{1,6}", 0..6)) {
        let text = format!("/{}", segments.join("/"));
        prop_assert!(path(&text).matches(&at(&text)));
        prop_assert!(path("/**").matches(&at(&text)));
    }

    #[test]
    fn matching_never_panics_and_ends(pattern in "[/*a-c]{0,30}", address in "[/a-cé]{0,40}") {
        let _ = path(&pattern).matches(&at(&address));
        let _ = glob(&pattern, &address);
    }
}

#[test]
fn of_a_query_only_the_parameters_named_are_given_out() {
    let query = [
        ("utm_source", "news"),
        ("token", "secret"),
        ("a", ""),
        ("a", "second"),
    ];
    let page = Location {
        query: query
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        ..at("/")
    };
    let check = |names: &[&str], expect: &[(&str, &str)]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let expect: Vec<_> = expect
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).into()))
            .collect();
        assert_eq!(page.parameters(&names), Map::from_iter(expect), "{names:?}");
    };
    check(&[], &[]);
    check(&["utm_source", "utm_medium"], &[("utm_source", "news")]);
    check(&["a"], &[("a", "")]);
    check(&["TOKEN", "tok", ""], &[]);
}

#[test]
fn a_query_parameter_is_cut_where_it_becomes_a_document() {
    let page = Location {
        query: vec![("q".to_owned(), "ж".repeat(501))],
        ..at("/")
    };
    assert_eq!(
        page.parameters(&["q".to_owned()]).get("q"),
        Some(&"ж".repeat(500).into())
    );
}
