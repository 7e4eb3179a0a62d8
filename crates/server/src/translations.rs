//! Translations of a document: what its author wrote of it in other languages, laid over it. What comes of
//! that is checked like any document.

pub(crate) mod overlay;

use headstart_core::content::Problem;
use headstart_core::language::{self, is_tag};
use headstart_core::{Content, Properties, Value};
use serde::Serialize;
use utoipa::ToSchema;

use self::overlay::lay;

/// The name of the field.
const FIELD: &str = "translations";

/// A document in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Translation {
    /// The whole document, with what is translated of it; its `language` says which it is.
    pub content: Content,
    /// The paths of what is not translated.
    pub missing: Vec<String>,
}

/// How complete a translation is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize, ToSchema)]
pub(crate) struct Completeness {
    /// Which content, by id.
    pub content: String,
    /// The language of the translation.
    pub language: String,
    /// The paths of the texts that are not translated, such as `tasks.invite.title`; they are shown as in
    /// the document's own language.
    pub missing: Vec<String>,
}

impl Translation {
    /// How complete it is.
    pub(crate) fn completeness(&self) -> Completeness {
        Completeness {
            content: self.content.id.to_string(),
            language: self.content.language.clone().unwrap_or_default(),
            missing: self.missing.clone(),
        }
    }
}

/// Takes the translations out of a document.
pub(crate) fn take(document: &mut Value, problems: &mut Vec<Problem>) -> Properties {
    let Value::Map(fields) = document else {
        return Properties::new();
    };
    match fields.remove(FIELD) {
        None | Some(Value::Null) => Properties::new(),
        Some(Value::Map(overlays)) => overlays,
        Some(_) => {
            problems.push(Problem {
                path: FIELD.to_owned(),
                message: "must be an object by language, such as { \"de\": { \"title\": … } }"
                    .to_owned(),
            });
            Properties::new()
        }
    }
}

/// Lays each translation over its document, and has `check` check what comes of it. What is wrong with the
/// document itself (`known`) is not told again for each.
pub(crate) fn read(
    document: &Value,
    overlays: Properties,
    known: &[Problem],
    problems: &mut Vec<Problem>,
    check: impl Fn(Value) -> Result<Content, Vec<Problem>>,
) -> Vec<Translation> {
    let own = own_language(document);
    let mut seen: Vec<String> = Vec::new();
    let mut translations = Vec::new();
    for (tag, overlay) in overlays {
        let mut say = |path: &str, message: String| {
            let dot = if path.is_empty() { "" } else { "." };
            problems.push(Problem {
                path: format!("{FIELD}.{tag}{dot}{path}"),
                message,
            });
        };
        let lower = tag.to_ascii_lowercase();
        if !is_tag(&tag) {
            say(
                "",
                format!(
                    "`{tag}` is no language; give its tag, such as \"de\", \"pt-BR\" or \"zh-Hant\""
                ),
            );
            continue;
        }
        if lower == own.to_ascii_lowercase() {
            say(
                "",
                "is the document's own language; change its texts themselves, or say with `language` \
                 which it is"
                    .to_owned(),
            );
            continue;
        }
        if seen.contains(&lower) {
            say(
                "",
                "is there twice, in capital and small letters; keep one".to_owned(),
            );
            continue;
        }
        seen.push(lower);
        let mut merged = document.clone();
        let laid = lay(&mut merged, overlay, &mut say);
        if let Value::Map(fields) = &mut merged {
            fields.insert("language".to_owned(), tag.as_str().into());
        }
        match check(merged) {
            Ok(content) => translations.push(Translation {
                content,
                missing: laid,
            }),
            Err(found) => {
                for Problem { path, message } in
                    found.into_iter().filter(|found| !known.contains(found))
                {
                    say(&overlay::path_of(document, &path), message);
                }
            }
        }
    }
    translations
}

fn own_language(document: &Value) -> String {
    match document {
        Value::Map(fields) => match fields.get("language") {
            Some(Value::Text(language)) => language.clone(),
            _ => language::DEFAULT.to_owned(),
        },
        _ => language::DEFAULT.to_owned(),
    }
}
