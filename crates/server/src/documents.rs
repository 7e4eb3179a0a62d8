//! Reading content documents: everything that is wrong with them, each with its path.

use std::collections::BTreeMap;

use headstart_core::content::Problem;
use headstart_core::{Content, ContentDocument, Decoder, Value};
use schemars::JsonSchema;
use serde_json::value::RawValue;

use crate::authored;
use crate::body::{parse, plain};
use crate::error::{ContentProblem, Error};
use crate::theme::{self, Theme};
use crate::translations::overlay::Overlay;
use crate::translations::{self, Translation};

/// A document that is good.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    /// What is delivered of it.
    pub content: Content,
    /// What is delivered instead to those who want another language.
    pub translations: Vec<Translation>,
    /// How it looks, where that is not as the project does.
    pub theme: Option<Theme>,
    /// What its author wrote: JSON, as it was sent.
    pub source: String,
}

/// Checks an array of documents, or a single one, and compiles what authors write in other forms than it
/// is delivered in. How they look is checked as it is in a project of the theme `base`.
///
/// # Errors
/// [`Error::InvalidJson`] when it is no JSON at all; [`Error::InvalidContent`] with all that is
/// wrong with any of the documents.
pub(crate) fn check_all(json: &str, base: &Theme) -> Result<Vec<Checked>, Error> {
    let whole: &RawValue = parse(json)?;
    let documents: Vec<&RawValue> = if whole.get().starts_with('[') {
        parse(whole.get())?
    } else {
        vec![whole]
    };
    let mut contents = Vec::new();
    let mut problems = Vec::new();
    for (index, document) in documents.into_iter().enumerate() {
        match check(document, base) {
            Ok(checked) => contents.push(checked),
            Err(found) => problems.extend(found.into_iter().map(|problem| ContentProblem {
                content: name(document, index),
                ..problem
            })),
        }
    }
    if problems.is_empty() {
        Ok(contents)
    } else {
        Err(Error::InvalidContent(problems))
    }
}

fn check(document: &RawValue, base: &Theme) -> Result<Checked, Vec<ContentProblem>> {
    let mut value: Value = serde_json::from_str(document.get())
        .map_err(|error| to_content_problems(vec![problem("", &plain(&error))]))?;
    let mut problems = Vec::new();
    let overlays = translations::take(&mut value, &mut problems);
    let theme = theme::content::take(&mut value, base, &mut problems);
    let (content, known) = match check_value(value.clone()) {
        Ok(content) => (Some(content), Vec::new()),
        Err(found) => (None, found),
    };
    let translations = translations::read(&value, overlays, &known, &mut problems, check_value);
    match content {
        Some(content) if problems.is_empty() => Ok(Checked {
            content,
            translations,
            theme,
            source: document.get().to_owned(),
        }),
        _ => Err(to_content_problems(
            known.into_iter().chain(problems).collect(),
        )),
    }
}

/// Compiles and checks one document, in one language.
fn check_value(mut value: Value) -> Result<Content, Vec<Problem>> {
    let compiled = authored::compile(&mut value);
    let mut decoder = Decoder::default();
    let read = decoder.read::<ContentDocument>(value);
    // First, because a misspelt field is often why another one is missing.
    let mut problems: Vec<Problem> = decoder
        .unknown()
        .iter()
        .map(|path| {
            problem(
                path,
                "there is no such field; remove it, or correct its spelling",
            )
        })
        .collect();
    problems.extend(compiled);
    let checked = match read {
        Ok(document) => document.check(),
        Err(found) => Err(vec![found]),
    };
    match checked {
        Ok(content) if problems.is_empty() => Ok(content),
        Ok(_) => Err(problems),
        Err(found) => {
            problems.extend(found);
            Err(problems)
        }
    }
}

fn problem(path: &str, message: &str) -> Problem {
    Problem {
        path: path.to_owned(),
        message: message.to_owned(),
    }
}

fn to_content_problems(problems: Vec<Problem>) -> Vec<ContentProblem> {
    let named = |Problem { path, message }| ContentProblem {
        content: String::new(),
        path,
        message,
    };
    problems.into_iter().map(named).collect()
}

/// The document's id, or its place where it has none.
fn name(document: &RawValue, index: usize) -> String {
    let id = serde_json::from_str::<serde_json::Value>(document.get())
        .ok()
        .and_then(|value| Some(value.get("id")?.as_str()?.to_owned()));
    id.filter(|id| !id.is_empty())
        .unwrap_or_else(|| format!("[{index}]"))
}

/// The JSON Schema of content documents (draft 2020-12), for editors.
pub(crate) fn schema() -> serde_json::Value {
    schemars::schema_for!(AuthoredDocument).to_value()
}

/// A content document, as its author writes it.
#[derive(JsonSchema)]
#[schemars(rename = "ContentDocument")]
#[expect(dead_code, reason = "describes what `check` reads")]
pub(crate) struct AuthoredDocument {
    #[schemars(flatten)]
    document: ContentDocument,
    /// Its texts in other languages, by their tags, such as `de` or `pt-BR`. What is not translated is
    /// shown in the document's own language.
    #[schemars(default)]
    translations: BTreeMap<String, Overlay>,
    /// How it looks, where that is not as the project's theme says.
    #[schemars(default)]
    theme: Theme,
}
