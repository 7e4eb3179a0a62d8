use serde_json::{Value as Json, json};

use super::*;

fn read_json(theme: Json) -> Result<Theme, Problem> {
    read(&serde_json::from_value(theme).expect("it is JSON"))
}

fn css(theme: Json) -> String {
    let theme = read_json(theme).expect("it is sound");
    theme.css().expect("it was checked")
}

#[expect(clippy::needless_pass_by_value, reason = "callers build it in place")]
fn check(theme: Json, expect: &str) {
    let problem = read_json(theme.clone()).expect_err(&theme.to_string());
    assert_eq!(format!("{}: {}", problem.path, problem.message), expect);
}

#[test]
fn without_a_theme_there_is_no_style_sheet() {
    assert_eq!(css(json!({})), "");
    assert!(read_json(json!({})).expect("it is sound").is_plain());
}

#[test]
fn the_widgets_own_colours_are_read_from_its_style_sheet() {
    for (is_dark, accent, surface, text) in [
        (false, "#4353d6", "#ffffff", "#181a20"),
        (true, "#98a4ff", "#1e2027", "#f2f3f6"),
    ] {
        let ground = Ground::of(is_dark);
        let found = [ground.accent, ground.surface, ground.text].map(|colour| colour.to_string());
        assert_eq!(found, [accent, surface, text]);
        assert!(own(is_dark).count() > 9, "{is_dark}");
    }
}

#[test]
fn an_accent_has_text_that_can_be_read_and_is_fitted_into_the_dark_scheme() {
    assert_eq!(
        css(json!({"accent": "#0a7d4f"})),
        "@media (forced-colors:none){:host{--hs-accent:#0a7d4f;--hs-on-accent:#ffffff;}}\
         @media (forced-colors:none) and (prefers-color-scheme:dark){:host{--hs-accent:#3a9772;--hs-on-accent:#12141f;}}"
    );
    assert_eq!(
        css(json!({"accent": {"light": "#b34700", "dark": "#ffb37a"}})),
        "@media (forced-colors:none){:host{--hs-accent:#b34700;--hs-on-accent:#ffffff;}}\
         @media (forced-colors:none) and (prefers-color-scheme:dark){:host{--hs-accent:#ffb37a;--hs-on-accent:#12141f;}}"
    );
}

#[test]
fn a_colour_that_cannot_be_read_is_told_with_the_nearest_that_can() {
    check(
        json!({"accent": "#f5a623"}),
        "theme.accent: the accent #f5a623 has a contrast of 2.0:1 with the surface #ffffff in the light scheme, \
         and WCAG AA asks for 4.5:1; the nearest that has it is #a06c17",
    );
    check(
        json!({"accent": {"light": "#4353d6", "dark": "#4353d6"}}),
        "theme.accent: the accent #4353d6 has a contrast of 2.7:1 with the surface #1e2027 in the dark scheme, \
         and WCAG AA asks for 4.5:1; the nearest that has it is #737fe0",
    );
    check(
        json!({"text": "#999"}),
        "theme.text: the text #999999 has a contrast of 2.8:1 with the surface #ffffff in the light scheme, \
         and WCAG AA asks for 4.5:1; the nearest that has it is #767676",
    );
    check(
        json!({"surface": {"light": "#333", "dark": "#111"}}),
        "theme.surface: the text #181a20 has a contrast of 1.4:1 with the surface #333333 in the light scheme, \
         and WCAG AA asks for 4.5:1; the nearest that has it is #9a9b9d",
    );
}

#[test]
fn what_lies_between_text_and_surface_follows_from_them() {
    let css = css(
        json!({"surface": {"light": "#fff8ec", "dark": "#20180c"}, "text": {"light": "#2b1d07", "dark": "#fff3dc"}}),
    );
    for (ground, soft) in [
        ("#fff8ec", "--hs-soft:#6f6350"),
        ("#20180c", "--hs-soft:#b8ad99"),
    ] {
        assert!(css.contains(&format!("--hs-surface:{ground};")), "{css}");
        assert!(css.contains(soft), "{css}");
    }
}

#[test]
fn a_scheme_holds_for_everyone_but_those_who_force_colours() {
    let dark = css(json!({"scheme": "dark"}));
    assert!(dark.starts_with(".root{color-scheme:dark}@media (forced-colors:none){:host{"));
    assert!(dark.contains("--hs-surface:#1e2027;"), "{dark}");
    let light = css(json!({"scheme": "light", "accent": "#0a7d4f"}));
    assert!(!light.contains("prefers-color-scheme"), "{light}");
    assert!(
        light.contains("--hs-accent:#4353d6;") && light.contains("--hs-accent:#0a7d4f;"),
        "{light}"
    );
}

#[test]
fn shape_font_and_place_are_properties_of_their_own() {
    assert_eq!(
        css(
            json!({"radius": 4, "font": "Inter, 'Open Sans', sans-serif", "elevation": "flat", "position": "start"})
        ),
        ":host{--hs-radius:4px;--hs-font:Inter, 'Open Sans', sans-serif;--hs-shadow:0 0 0 1px var(--hs-edge);\
         --hs-start:20px;--hs-end:auto;--hs-align:flex-start;}"
    );
    assert_eq!(
        css(json!({"font": "host"})),
        ":host{font-family:inherit!important}.root{font-family:inherit}"
    );
}

#[test]
fn nothing_but_names_of_fonts_comes_into_the_style_sheet() {
    for font in [
        "",
        "  ",
        "x;color:red",
        "x}*{color:red",
        "url(//example.com)",
        "a/**/b",
        "a\\b",
        "a<b",
    ] {
        let problem = read_json(json!({ "font": font })).expect_err(font);
        assert_eq!(problem.path, "theme.font", "{font}");
    }
    check(json!({"radius": 33}), "theme.radius: must be from 0 to 32");
    check(
        json!({"accent": "red"}),
        "theme.accent: must be a colour such as `#4353d6`",
    );
    check(
        json!({"accent": {"light": "#4353d6", "dark": "#4353d6;}"}}),
        "theme.accent.dark: must be a colour such as `#4353d6`",
    );
    assert!(read_json(json!({"accnt": "#fff"})).is_err());
    assert!(read_json(json!({"elevation": "sky"})).is_err());
}

#[test]
fn a_fixed_scheme_has_its_own_shadow() {
    for scheme in ["light", "dark"] {
        let own = own(scheme == "dark").find(|(name, _)| *name == "--hs-shadow");
        let (_, shadow) = own.expect("a shadow");
        let css = css(json!({ "scheme": scheme }));
        assert!(css.contains(&format!("--hs-shadow:{shadow};")), "{css}");
    }
}

#[test]
fn spacing_is_one_measure() {
    assert_eq!(
        css(json!({"spacing": "compact"})),
        ":host{--hs-space:-4px;}"
    );
    assert_eq!(css(json!({"spacing": "roomy"})), ":host{--hs-space:4px;}");
    assert_eq!(css(json!({"spacing": "normal"})), ":host{--hs-space:0px;}");
}

/// What becomes of a document's theme in a project with another.
#[expect(clippy::needless_pass_by_value, reason = "callers build it in place")]
fn over(theme: Json, base: Json) -> Result<String, Vec<Problem>> {
    let base = read_json(base).expect("it is sound");
    let document = json!({"id": "tip", "theme": theme});
    let mut document: Value = serde_json::from_value(document).expect("it is JSON");
    let mut problems = Vec::new();
    let taken = content::take(&mut document, &base, &mut problems);
    assert!(
        serde_json::to_value(&document)
            .expect("JSON")
            .get("theme")
            .is_none()
    );
    let id = headstart_core::ContentId::from("tip");
    taken
        .map(|theme| theme.css_over(&base, Some(&id)).expect("it was checked"))
        .ok_or(problems)
}

#[test]
fn the_theme_of_content_is_laid_over_the_projects_for_that_content_alone() {
    assert_eq!(
        over(json!({"accent": "#0a7d4f", "font": "Inter"}), json!({"radius": 4, "font": "host"})),
        Ok("@media (forced-colors:none){[data-content=\"tip\"]{--hs-accent:#0a7d4f;--hs-on-accent:#ffffff;}}\
            @media (forced-colors:none) and (prefers-color-scheme:dark){[data-content=\"tip\"]{--hs-accent:#3a9772;--hs-on-accent:#12141f;}}\
            [data-content=\"tip\"]{--hs-radius:4px;--hs-font:Inter;}[data-content=\"tip\"]{font-family:var(--hs-font)}"
            .to_owned())
    );
    let dark = over(json!({"scheme": "dark"}), json!({})).expect("it is sound");
    assert!(
        dark.starts_with("[data-content=\"tip\"]{color-scheme:dark}"),
        "{dark}"
    );
    assert!(!dark.contains(":host") && !dark.contains(".root"), "{dark}");
}

#[test]
fn what_the_project_has_otherwise_can_be_as_the_widget_has_it_again() {
    let css = over(
        json!({"scheme": "auto", "position": "end", "spacing": "normal", "elevation": "high"}),
        json!({"scheme": "dark", "position": "start", "spacing": "roomy", "elevation": "flat"}),
    )
    .expect("it is sound");
    for part in [
        "{color-scheme:light dark}",
        "--hs-surface:#fff;",
        "--hs-surface:#1e2027;",
        "--hs-start:auto;--hs-end:20px;",
        "--hs-space:0px;",
        "--hs-shadow:0 0 1px #10121a52",
        "--hs-shadow:0 0 0 1px #ffffff1a",
    ] {
        assert!(css.contains(part), "{part}: {css}");
    }
}

#[test]
fn a_tip_with_a_surface_of_its_own_is_not_dark() {
    let css = over(json!({"surface": "#fffaf2"}), json!({})).expect("it is sound");
    assert!(
        css.contains("[data-content=\"tip\"]>.card{--c:var(--hs-surface);"),
        "{css}"
    );
    let css = over(json!({"accent": "#0a7d4f"}), json!({"surface": "#fffaf2"}));
    assert!(!css.expect("it is sound").contains(">.card"));
}

#[test]
fn the_theme_of_content_is_checked_on_the_projects_surface() {
    let accent = json!({"accent": "#4353d6"});
    assert!(over(accent.clone(), json!({})).is_ok());
    let problems =
        over(accent, json!({"surface": "#b8c0ff", "accent": "#1b2a99"})).expect_err("too faint");
    let [problem] = &problems[..] else {
        panic!("{problems:?}")
    };
    assert_eq!(problem.path, "theme.accent");
    assert!(
        problem.message.contains("the nearest that has it is #"),
        "{}",
        problem.message
    );
    let problems = over(json!({"font": "host"}), json!({})).expect_err("the project's");
    assert_eq!(problems[0].path, "theme.font");
}

/// A theme that the gallery shows, of the project or of one piece of content.
#[derive(Deserialize)]
struct Shown {
    name: String,
    content: Option<String>,
    theme: Json,
    css: std::collections::BTreeMap<String, String>,
}

#[test]
fn the_gallery_shows_themes_as_the_collector_makes_them() {
    let shown: Vec<Shown> =
        serde_json::from_str(include_str!("../../../../www/gallery/themes.json")).expect("JSON");
    for one in shown {
        for scheme in ["auto", "light", "dark"] {
            let mut theme = one.theme.clone();
            theme["scheme"] = scheme.into();
            let made = if one.content.is_some() {
                // On top of the plainest that there is in the page's font.
                let base = json!({"font": "host", "scheme": scheme});
                css(base.clone()) + &over(theme, base).expect("it is sound")
            } else {
                css(theme)
            };
            let name = &one.name;
            assert_eq!(
                one.css.get(scheme),
                Some(&made),
                "{name}, {scheme}: put this into www/gallery/themes.json"
            );
        }
    }
}
