//! A project's settings: what its people set, and what browsers are told of it.

use headstart_core::content::Problem;
use headstart_core::engine::Limits;
use headstart_core::sightings::MOST;
use headstart_core::{Decoder, Map, Settings, Span, Value};
use serde::Serialize;
use utoipa::ToSchema;

use crate::theme::{self, Theme};

/// A project's settings as the collector holds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// What browsers are told.
    pub browser: Settings,
    /// What the look was made of.
    pub theme: Theme,
}

/// The settings of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "always_load": false, "debug": false,
    "limits": { "per_session": 4, "per_day": 8, "quiet": "1m" }
}))]
pub(crate) struct ProjectSettings {
    /// Load the widget for everyone, also where there is nothing to show, to know how long all sessions
    /// are. Without it, `false`.
    #[schema(required = false)]
    always_load: bool,
    /// Whether `?headstart_debug` in a page's address opens the explainer, which then gets all published
    /// content, so that it can say why something is not shown. Without it, `false`.
    #[schema(required = false)]
    debug: bool,
    /// How often users are interrupted at most, by all content together. What they ask for themselves does
    /// not count.
    #[schema(required = false)]
    limits: ProjectLimits,
    /// How the widget looks.
    #[serde(skip_serializing_if = "Theme::is_plain")]
    #[schema(required = false)]
    theme: Theme,
}

/// How often users are interrupted at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ProjectLimits {
    /// So often in a session, from 0 to 100; `null` for no limit. Without it, 4.
    #[schema(required = false)]
    per_session: Option<u32>,
    /// So often in 24 hours, from 0 to 100; `null` for no limit. Without it, 8.
    #[schema(required = false)]
    per_day: Option<u32>,
    /// Not for this long after an interruption: a span such as `"1m"`; `null` for no quiet. Without it,
    /// one minute.
    #[schema(required = false, value_type = Option<String>)]
    quiet: Option<Span>,
}

/// What every project begins with: enough for a tour, a few tips and an announcement in a day, and never
/// one on the heels of another.
pub(crate) fn defaults() -> Kept {
    Kept {
        browser: Settings {
            limits: Limits {
                per_session: Some(4),
                per_day: Some(8),
                quiet: Some(Span::from_seconds(60)),
            },
            ..Settings::default()
        },
        theme: Theme::default(),
    }
}

/// Reads settings. What is not given is as at the beginning; a limit that is `null` is none.
///
/// # Errors
/// The first thing that is wrong, with its path and remedy.
pub(crate) fn read(mut value: Value) -> Result<Kept, Problem> {
    let Limits {
        per_session,
        per_day,
        quiet,
    } = defaults().browser.limits;
    let count = |limit: Option<u32>| limit.map_or(Value::Null, |limit| f64::from(limit).into());
    let begins_with = [
        ("per_session", count(per_session)),
        ("per_day", count(per_day)),
        (
            "quiet",
            quiet.map_or(Value::Null, |quiet| quiet.to_string().into()),
        ),
    ];
    let mut theme = Theme::default();
    if let Value::Map(fields) = &mut value {
        theme = theme::take(fields)?;
        if matches!(fields.get("limits"), None | Some(Value::Null)) {
            fields.insert("limits".to_owned(), Value::Map(Map::new()));
        }
        if let Some(Value::Map(limits)) = fields.get_mut("limits") {
            for (name, limit) in begins_with {
                if !limits.contains_key(name) {
                    limits.insert(name.to_owned(), limit);
                }
            }
        }
    }
    let mut decoder = Decoder::default();
    let settings: Settings = decoder.read(value)?;
    let problem = |path: &str, message: String| Problem {
        path: path.to_owned(),
        message,
    };
    if let Some(path) = decoder.unknown().first() {
        let message = "there is no such field; remove it, or correct its spelling";
        return Err(problem(path, message.to_owned()));
    }
    for (path, limit) in [
        ("limits.per_session", settings.limits.per_session),
        ("limits.per_day", settings.limits.per_day),
    ] {
        if limit.is_some_and(|limit| usize::try_from(limit).unwrap_or(usize::MAX) > MOST) {
            let message = format!("must be from 0 to {MOST}, or `null` for no limit");
            return Err(problem(path, message));
        }
    }
    Ok(Kept {
        browser: Settings {
            theme: theme.css()?,
            ..settings
        },
        theme,
    })
}

impl From<&Kept> for ProjectSettings {
    fn from(kept: &Kept) -> Self {
        let settings = &kept.browser;
        let Limits {
            per_session,
            per_day,
            quiet,
        } = settings.limits;
        Self {
            always_load: settings.always_load,
            debug: settings.debug,
            limits: ProjectLimits {
                per_session,
                per_day,
                quiet,
            },
            theme: kept.theme.clone(),
        }
    }
}
