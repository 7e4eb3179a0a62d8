//! Themes: what a project's people say of its look, checked for contrast (WCAG 2.2, level AA) and made
//! into the custom properties that the widget's style sheet is written in.

mod colour;
pub(crate) mod content;

use std::fmt::Write as _;

use headstart_core::content::Problem;
use headstart_core::{Map, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::colour::{Colour, READABLE};

/// The widget's own look, which a theme changes: first of the light scheme, then of the dark one.
const OWN: &str = include_str!("../../../src/ui/style/theme.css");
/// The largest radius, pixels.
const ROUNDEST: u32 = 32;
/// The longest list of font families, characters.
const LONGEST_FONT: usize = 200;

/// How the widget looks in a project. What is not given is as the widget has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Theme {
    /// Whether it is light or dark; without it, as the user's system is.
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<Scheme>,
    /// Buttons, progress and links: `#rrggbb`, or one for `light` and one for `dark`. The text on it is black or
    /// white, whichever is read better.
    #[serde(skip_serializing_if = "Option::is_none")]
    accent: Option<Shades>,
    /// What all lies on: `#rrggbb`, or one for each scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    surface: Option<Shades>,
    /// Texts: `#rrggbb`, or one for each scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Shades>,
    /// How round the panel's corners are, 0 to 32 pixels; cards and buttons go along. Without it, 16.
    #[serde(skip_serializing_if = "Option::is_none")]
    radius: Option<u32>,
    /// Font families as in CSS, or `host` for the page's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    font: Option<String>,
    /// How much room there is around and between things; without it, `normal`.
    #[serde(skip_serializing_if = "Option::is_none")]
    spacing: Option<Spacing>,
    /// How far it stands off from the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    elevation: Option<Elevation>,
    /// The corner of the checklist's launcher, as text runs; without it, `end`.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<Position>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Scheme {
    /// As the user's system is.
    Auto,
    /// Light for everyone.
    Light,
    /// Dark for everyone.
    Dark,
}

/// A colour, or one for each scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, JsonSchema)]
#[serde(untagged)]
enum Shades {
    /// In the light scheme; in the dark one what is nearest to it and can be read there.
    One(String),
    /// One each.
    Two {
        /// In the light scheme.
        light: String,
        /// In the dark one.
        dark: String,
    },
}

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Spacing {
    /// As little as can be touched.
    Compact,
    /// As the widget has it.
    Normal,
    /// More.
    Roomy,
}

/// How far something stands off from the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Elevation {
    /// A line around it, no shadow.
    Flat,
    /// A small shadow.
    Low,
    /// As the widget has it.
    High,
}

/// A corner at the bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Position {
    /// Where lines of text begin.
    Start,
    /// Where they end.
    End,
}

/// The colours of one scheme, as the widget has them by itself.
struct Ground {
    name: &'static str,
    accent: Colour,
    surface: Colour,
    text: Colour,
}

impl Ground {
    fn of(is_dark: bool) -> Self {
        let read = |name| {
            let found = own(is_dark).find(|(own, _)| *own == name);
            found
                .and_then(|(_, value)| Colour::read(value))
                .unwrap_or(Colour::INK)
        };
        Self {
            name: if is_dark { "dark" } else { "light" },
            accent: read("--hs-accent"),
            surface: read("--hs-surface"),
            text: read("--hs-ink"),
        }
    }
}

/// What the widget's own style sheet says of a scheme's colours and shadow: names and values of custom
/// properties.
fn own(is_dark: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut hosts = OWN.split(":host {").skip(1);
    let rule = if is_dark { hosts.nth(1) } else { hosts.next() };
    let declarations = rule.and_then(|rule| rule.split('}').next());
    declarations
        .unwrap_or_default()
        .split(';')
        .filter_map(|one| one.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
        .filter(|(name, value)| {
            name.starts_with("--") && (value.starts_with('#') || *name == "--hs-shadow")
        })
}

/// Reads a theme.
///
/// # Errors
/// The first thing that is wrong, with its path and remedy.
pub(crate) fn read(value: &Value) -> Result<Theme, Problem> {
    let theme = read_alone(value)?;
    theme.css()?;
    Ok(theme)
}

/// Reads a theme, and does not look at it yet.
fn read_alone(value: &Value) -> Result<Theme, Problem> {
    let json = serde_json::to_value(value).unwrap_or_default();
    serde_json::from_value(json).map_err(|error| problem("", error.to_string()))
}

impl Theme {
    /// Whether it changes anything.
    pub(crate) fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The style sheet that makes the widget look so; empty where it is to look as it does by itself.
    ///
    /// # Errors
    /// The first thing that is wrong, with its path and remedy.
    pub(crate) fn css(&self) -> Result<String, Problem> {
        let mut css = self.rules(":host", ".root", false)?;
        if self.font.as_deref() == Some("host") {
            // The widget's own sheet lets nothing of the page in, by the same means.
            css.push_str(":host{font-family:inherit!important}.root{font-family:inherit}");
        }
        Ok(css)
    }

    /// The rules for what `host` selects, of which `root` is what has a scheme. `anew` is where what it is in
    /// has a scheme that it is not to have.
    fn rules(&self, host: &str, root: &str, anew: bool) -> Result<String, Problem> {
        const PLAIN: &str = "@media (forced-colors:none)";
        let common = self.shape()?;
        let (mut light, mut dark) = (self.colours(false)?, self.colours(true)?);
        let scheme = self.scheme.unwrap_or(Scheme::Auto);
        if anew || scheme != Scheme::Auto {
            (light, dark) = (all_of(false, &light), all_of(true, &dark));
        }
        let mut css = String::new();
        let mut rule = |query: &str, declarations: &str| {
            if !declarations.is_empty() {
                let _ = write!(css, "{query}{{{host}{{{declarations}}}}}");
            }
        };
        let name = match scheme {
            Scheme::Auto => {
                rule(PLAIN, &light);
                rule(&format!("{PLAIN} and (prefers-color-scheme:dark)"), &dark);
                "light dark"
            }
            Scheme::Light => {
                rule(PLAIN, &light);
                "light"
            }
            Scheme::Dark => {
                rule(PLAIN, &dark);
                "dark"
            }
        };
        if anew || scheme != Scheme::Auto {
            css.insert_str(0, &format!("{root}{{color-scheme:{name}}}"));
        }
        if !common.is_empty() {
            let _ = write!(css, "{host}{{{common}}}");
        }
        Ok(css)
    }

    fn shape(&self) -> Result<String, Problem> {
        let mut css = String::new();
        if let Some(radius) = self.radius {
            if radius > ROUNDEST {
                return Err(problem("radius", format!("must be from 0 to {ROUNDEST}")));
            }
            let _ = write!(css, "--hs-radius:{radius}px;");
        }
        if let Some(font) = self.font.as_deref().filter(|font| *font != "host") {
            let is_plain = |c: char| c.is_alphanumeric() || " ,-_'\"".contains(c);
            if font.trim().is_empty() || font.len() > LONGEST_FONT || !font.chars().all(is_plain) {
                return Err(problem(
                    "font",
                    format!(
                        "must be names of font families with commas between, at most {LONGEST_FONT} characters, or `host`"
                    ),
                ));
            }
            let _ = write!(css, "--hs-font:{font};");
        }
        match self.spacing {
            Some(Spacing::Compact) => css.push_str("--hs-space:-4px;"),
            Some(Spacing::Roomy) => css.push_str("--hs-space:4px;"),
            Some(Spacing::Normal) => css.push_str("--hs-space:0px;"),
            None => {}
        }
        match self.elevation {
            Some(Elevation::Flat) => css.push_str("--hs-shadow:0 0 0 1px var(--hs-edge);"),
            Some(Elevation::Low) => {
                css.push_str("--hs-shadow:0 0 1px #10121a80,0 1px 4px #10121a29;");
            }
            Some(Elevation::High) | None => {}
        }
        match self.position {
            Some(Position::Start) => {
                css.push_str("--hs-start:20px;--hs-end:auto;--hs-align:flex-start;");
            }
            Some(Position::End) => {
                css.push_str("--hs-start:auto;--hs-end:20px;--hs-align:flex-end;");
            }
            None => {}
        }
        Ok(css)
    }

    /// The colours of one scheme, those that were given and those that follow from them.
    fn colours(&self, is_dark: bool) -> Result<String, Problem> {
        let ground = Ground::of(is_dark);
        let surface = shade("surface", self.surface.as_ref(), is_dark, |_| None)?;
        let on = surface.unwrap_or(ground.surface);
        let legible = |colour: Colour| Some(colour.nearest(on, READABLE));
        let text = shade("text", self.text.as_ref(), is_dark, legible)?;
        let accent = shade("accent", self.accent.as_ref(), is_dark, legible)?;
        let mut css = String::new();
        let mut put = |name: &str, colour: Colour| {
            let _ = write!(css, "--hs-{name}:{colour};");
        };
        // What the author gave is told of; what they left to us is made to pass.
        for (name, given, own) in [
            ("text", text, ground.text),
            ("accent", accent, ground.accent),
        ] {
            let colour = given.unwrap_or(own);
            if colour.contrast(on) >= READABLE {
                continue;
            }
            return Err(problem(
                if given.is_some() { name } else { "surface" },
                format!(
                    "the {name} {colour} has a contrast of {:.1}:1 with the surface {on} in the {} scheme, and WCAG AA asks for {READABLE}:1; the nearest that has it is {}",
                    colour.contrast(on),
                    ground.name,
                    colour.nearest(on, READABLE)
                ),
            ));
        }
        if let Some(accent) = accent {
            put("accent", accent);
            put("on-accent", accent.ink());
        }
        if surface.is_some() || text.is_some() {
            let ink = text.unwrap_or(ground.text);
            put("surface", on);
            put("ink", ink);
            put("soft", ink.over(on, 0.68).nearest(on, READABLE));
            put("sunken", ink.over(on, 0.05));
            put("line", ink.over(on, 0.12));
            put("edge", ink.over(on, 0.5).nearest(on, 3.0));
        }
        if self.elevation == Some(Elevation::High) {
            let shadow = own(is_dark).filter(|(name, _)| *name == "--hs-shadow");
            css.extend(shadow.map(|(name, value)| format!("{name}:{value};")));
        }
        Ok(css)
    }
}

/// One scheme's colours for both: those that were given, and the widget's own where they were not.
fn all_of(is_dark: bool, given: &str) -> String {
    let mut css = String::new();
    for (name, value) in own(is_dark) {
        let _ = write!(css, "{name}:{value};");
    }
    css + given
}

/// A colour in one scheme. One that was given for the light scheme is fitted into the dark one.
fn shade(
    path: &str,
    given: Option<&Shades>,
    is_dark: bool,
    fit: impl Fn(Colour) -> Option<Colour>,
) -> Result<Option<Colour>, Problem> {
    let read = |path: String, text: &str| {
        Colour::read(text)
            .ok_or_else(|| problem(&path, "must be a colour such as `#4353d6`".to_owned()))
    };
    match given {
        None => Ok(None),
        Some(Shades::One(text)) => {
            let colour = read(path.to_owned(), text)?;
            Ok(if is_dark { fit(colour) } else { Some(colour) })
        }
        Some(Shades::Two { light, dark }) => {
            let (name, text) = if is_dark {
                ("dark", dark)
            } else {
                ("light", light)
            };
            read(format!("{path}.{name}"), text).map(Some)
        }
    }
}

fn problem(path: &str, message: String) -> Problem {
    let dot = if path.is_empty() { "" } else { "." };
    Problem {
        path: format!("theme{dot}{path}"),
        message,
    }
}

/// The theme of settings as they are kept and set, taken out of them.
///
/// # Errors
/// As [`read`].
pub(crate) fn take(fields: &mut Map<String, Value>) -> Result<Theme, Problem> {
    match fields.remove("theme") {
        None | Some(Value::Null) => Ok(Theme::default()),
        Some(value) => read(&value),
    }
}

#[cfg(test)]
mod tests;
