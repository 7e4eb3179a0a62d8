//! Content: what authors write, what users see.

pub mod checklist;
pub mod document;
pub mod selector;
pub mod tip;
pub mod validate;

use serde::Serialize;

pub use self::checklist::{Action, ActionTarget, Checklist, Task};
pub use self::document::ContentDocument;
pub use self::tip::{Frequency, Tip};
pub use self::validate::Problem;

use crate::condition::Condition;
use crate::condition::needs::Needs;
use crate::id::ContentId;

/// One piece of content in one version, checked and ready to run. In JSON it is a
/// [`ContentDocument`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "ContentDocument")]
pub struct Content {
    /// Its id, stable across versions.
    pub id: ContentId,
    /// Which version this is, counted from 1; 0 for a draft that was never published.
    pub version: u32,
    /// Whom it is for; without it, everyone.
    pub audience: Option<Condition>,
    /// Where two compete for the same place, the greater goes first.
    pub priority: i32,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A list of tasks with progress.
    Checklist(Checklist),
    /// A short hint at an element of the page.
    Tip(Tip),
}

impl Content {
    /// The checklist, if it is one.
    pub fn checklist(&self) -> Option<&Checklist> {
        match &self.kind {
            Kind::Checklist(checklist) => Some(checklist),
            Kind::Tip(_) => None,
        }
    }

    /// The tip, if it is one.
    pub fn tip(&self) -> Option<&Tip> {
        match &self.kind {
            Kind::Tip(tip) => Some(tip),
            Kind::Checklist(_) => None,
        }
    }

    /// Adds all that its conditions and its target need to be told of.
    pub fn add_needs(&self, needs: &mut Needs) {
        if let Some(audience) = &self.audience {
            needs.add(audience);
        }
        match &self.kind {
            Kind::Checklist(checklist) => {
                for task in &checklist.tasks {
                    if let Some(done_when) = &task.done_when {
                        needs.add(done_when);
                    }
                }
            }
            Kind::Tip(tip) => {
                if let Some(trigger) = &tip.trigger {
                    needs.add(trigger);
                }
                needs.watch(&tip.target, false);
            }
        }
    }
}
