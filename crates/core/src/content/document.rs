//! The JSON form of content: one flat object, as authors write it and as browsers receive it.

use serde::Serialize;

use crate::condition::Condition;
use crate::content::validate::{Problem, Problems};
use crate::content::{Action, Checklist, Content, Frequency, Kind, Task, Tip};
use crate::id::{ContentId, Selector};

/// A piece of content as JSON: one flat object. Which fields belong depends on `kind`;
/// [`ContentDocument::check`] says what is missing or out of place, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ContentDocument {
    /// The JSON Schema that editors check this against; not looked at otherwise.
    #[serde(default, rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The content's id, stable across versions: letters, digits, `-`, `_` and `.`.
    pub id: ContentId,
    /// Which version; given out when it is published.
    #[serde(default, skip_serializing_if = "is_draft")]
    pub version: u32,
    /// What it is.
    pub kind: DocumentKind,
    /// Whom it is for; without it, everyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Condition>,
    /// Where two compete for the same place, the greater goes first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub priority: i32,
    /// Its heading.
    #[serde(default)]
    pub title: String,

    /// Checklist: a line below the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Checklist: whether completing it is what "activated" means.
    #[serde(default, skip_serializing_if = "is_no")]
    pub activation: bool,
    /// Checklist: what is said when all required tasks are done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_message: Option<String>,
    /// Checklist: the tasks, in the order shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tasks: Option<Vec<Task>>,

    /// Tip: which element it points at, as a CSS selector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Selector>,
    /// Tip: a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Tip: when it comes up; without it, at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trigger: Option<Condition>,
    /// Tip: how often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency: Option<Frequency>,
    /// Tip: what its button does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
}

/// The kinds of content, by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum DocumentKind {
    /// A list of tasks with progress.
    #[default]
    Checklist,
    /// A short hint at an element of the page.
    Tip,
}

impl ContentDocument {
    /// Checks everything that can be checked without a page.
    ///
    /// # Errors
    /// All problems, each with the path of the field and the remedy; never an empty list.
    pub fn check(self) -> Result<Content, Vec<Problem>> {
        let mut problems = Problems::default();
        problems.check_document(&self);
        if let Some(found) = problems.into_found() {
            return Err(found);
        }
        Ok(self.into_content())
    }

    /// Takes the fields as they are; what is missing is empty.
    fn into_content(self) -> Content {
        let kind = match self.kind {
            DocumentKind::Checklist => Kind::Checklist(Checklist {
                title: self.title,
                description: self.description,
                activation: self.activation,
                done_message: self.done_message,
                tasks: self.tasks.unwrap_or_default(),
            }),
            DocumentKind::Tip => Kind::Tip(Tip {
                target: self.target.unwrap_or_default(),
                title: self.title,
                body: self.body,
                trigger: self.trigger,
                frequency: self.frequency.unwrap_or_default(),
                action: self.action,
            }),
        };
        Content {
            id: self.id,
            version: self.version,
            audience: self.audience,
            priority: self.priority,
            kind,
        }
    }
}

impl From<ContentDocument> for Content {
    /// For documents that were checked when they were published; see [`ContentDocument::check`] for
    /// those that were not.
    fn from(document: ContentDocument) -> Self {
        document.into_content()
    }
}

impl From<Content> for ContentDocument {
    fn from(content: Content) -> Self {
        let common = Self {
            id: content.id,
            version: content.version,
            audience: content.audience,
            priority: content.priority,
            ..Self::default()
        };
        match content.kind {
            Kind::Checklist(checklist) => Self {
                kind: DocumentKind::Checklist,
                title: checklist.title,
                description: checklist.description,
                activation: checklist.activation,
                done_message: checklist.done_message,
                tasks: Some(checklist.tasks),
                ..common
            },
            Kind::Tip(tip) => Self {
                kind: DocumentKind::Tip,
                title: tip.title,
                target: Some(tip.target),
                body: tip.body,
                trigger: tip.trigger,
                frequency: Some(tip.frequency),
                action: tip.action,
                ..common
            },
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_draft(version: &u32) -> bool {
    *version == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(priority: &i32) -> bool {
    *priority == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_no(activation: &bool) -> bool {
    !*activation
}
