//! The JSON form of content: one flat object, as authors write it and as browsers receive it.

use serde::Serialize;

use crate::condition::Condition;
use crate::content::validate::{Problem, Problems};
use crate::content::{
    Action, Checklist, Content, Delivery, Form, Frequency, Guide, Kind, RichText, Schedule, Side,
    Step, Task,
};
use crate::id::{ContentId, Selector, StepId};
use crate::page::PagePattern;
use crate::time::Span;

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
    /// The language of its texts, as a tag such as `de` or `pt-BR`; without it, `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Its heading.
    #[serde(default)]
    pub title: String,

    /// What brings it up; without it, it comes at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trigger: Option<Condition>,
    /// How often it comes up by itself; without it, `once`. A checklist is there until it is done or sent
    /// away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency: Option<Frequency>,
    /// From when until when.
    #[serde(default, skip_serializing_if = "Schedule::is_open")]
    pub schedule: Schedule,
    /// So many of a hundred users never see it, to tell what it does from what would have happened anyway.
    #[serde(default, skip_serializing_if = "is_nobody")]
    pub holdout: u32,
    /// What is started when it is completed, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<ContentId>,

    /// Checklist: a line below the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<RichText>,
    /// Checklist: whether completing it is what "activated" means.
    #[serde(default, skip_serializing_if = "is_no")]
    pub activation: bool,
    /// Checklist: what is said when all required tasks are done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_message: Option<RichText>,
    /// Checklist: whether each task opens only after the one before it.
    #[serde(default, skip_serializing_if = "is_no")]
    pub in_order: bool,
    /// Checklist: the tasks, in the order shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tasks: Option<Vec<Task>>,

    /// Tour: the steps, in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<Step>>,

    /// Tip: a `tooltip`, a `hint` that opens from a mark, or an `inline` note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Tip: which element it points at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Selector>,
    /// Tip: on which side of the element. Banner: at the `top` or the `bottom`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Tip, banner, modal: the pages on which it is shown; without it, all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PagePattern>,
    /// Tip: how long it waits for its element on such a page before that is reported as missing; without
    /// it, it waits for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Span>,
    /// Tip, banner, modal: what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<RichText>,
    /// Tip, banner, modal: its one button.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Tip, banner, modal: its buttons, the main one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
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
    /// Steps, one after the other.
    Tour,
    /// A bar along the edge of the page.
    Banner,
    /// A dialog in the middle of the screen.
    Modal,
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
        let delivery = Delivery {
            trigger: self.trigger,
            frequency: self.frequency.unwrap_or_default(),
            schedule: self.schedule,
            holdout: self.holdout,
        };
        let form = match self.kind {
            DocumentKind::Checklist => None,
            DocumentKind::Tip => Some(self.form.unwrap_or_default()),
            DocumentKind::Tour => Some(Form::Tour),
            DocumentKind::Banner => Some(Form::Banner),
            DocumentKind::Modal => Some(Form::Modal),
        };
        let kind = match form {
            None => Kind::Checklist(Checklist {
                title: self.title,
                description: self.description,
                activation: self.activation,
                done_message: self.done_message,
                in_order: self.in_order,
                tasks: self.tasks.unwrap_or_default(),
            }),
            Some(form) => Kind::Guide(Guide {
                form,
                steps: self.steps.unwrap_or_else(|| {
                    vec![Step {
                        id: StepId::default(),
                        title: self.title.clone(),
                        body: self.body,
                        target: self.target,
                        side: self.side,
                        page: self.page,
                        actions: self.action.into_iter().chain(self.actions).collect(),
                        wait: self.wait,
                        ..Step::default()
                    }]
                }),
                title: self.title,
            }),
        };
        Content {
            id: self.id,
            version: self.version,
            audience: self.audience,
            priority: self.priority,
            language: self.language,
            delivery,
            next: self.next,
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
        let delivery = content.delivery;
        let common = Self {
            id: content.id,
            version: content.version,
            audience: content.audience,
            priority: content.priority,
            language: content.language,
            trigger: delivery.trigger,
            frequency: (delivery.frequency != Frequency::default()).then_some(delivery.frequency),
            schedule: delivery.schedule,
            holdout: delivery.holdout,
            next: content.next,
            ..Self::default()
        };
        match content.kind {
            Kind::Checklist(checklist) => Self {
                kind: DocumentKind::Checklist,
                title: checklist.title,
                description: checklist.description,
                activation: checklist.activation,
                done_message: checklist.done_message,
                in_order: checklist.in_order,
                tasks: Some(checklist.tasks),
                ..common
            },
            Kind::Guide(guide) => guide_document(guide, common),
        }
    }
}

fn guide_document(guide: Guide, common: ContentDocument) -> ContentDocument {
    let kind = match guide.form {
        Form::Tour => {
            return ContentDocument {
                kind: DocumentKind::Tour,
                title: guide.title,
                steps: Some(guide.steps),
                ..common
            };
        }
        Form::Banner => DocumentKind::Banner,
        Form::Modal => DocumentKind::Modal,
        Form::Tooltip | Form::Hint | Form::Inline | Form::Reminder => DocumentKind::Tip,
    };
    let is_tip = kind == DocumentKind::Tip && guide.form != Form::default();
    let step = guide.steps.into_iter().next().unwrap_or_default();
    let mut actions = step.actions;
    ContentDocument {
        kind,
        title: guide.title,
        form: is_tip.then_some(guide.form),
        target: step.target,
        side: step.side,
        page: step.page,
        wait: step.wait,
        body: step.body,
        action: if actions.len() == 1 {
            actions.pop()
        } else {
            None
        },
        actions,
        ..common
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_nobody(holdout: &u32) -> bool {
    *holdout == 0
}
