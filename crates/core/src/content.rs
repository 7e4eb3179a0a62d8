//! Content: what authors write, what users see.

pub mod action;
pub mod checklist;
pub mod delivery;
pub mod document;
pub mod guide;
pub mod rich_text;
pub mod selector;
pub mod validate;

use serde::Serialize;

pub use self::action::{Action, ActionTarget, Snooze};
pub use self::checklist::{Checklist, Meant, Task};
pub use self::delivery::{Delivery, Frequency, Schedule};
pub use self::document::ContentDocument;
pub use self::guide::{Branch, Form, Guide, Missing, Side, Spotlight, Step};
pub use self::rich_text::{RichText, fill, fill_plain};
pub use self::validate::Problem;

use crate::condition::Condition;
use crate::condition::needs::{Needs, add_element};
use crate::id::{ContentId, Selector};
use crate::map::Map;
use crate::run::Run;
use crate::settle::Showing;

/// One piece of content in one version, checked and ready to run. In JSON it is a
/// [`ContentDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
    /// The language of its texts, as a tag; without it, [`language::DEFAULT`](crate::language::DEFAULT).
    pub language: Option<String>,
    /// When it comes up by itself.
    pub delivery: Delivery,
    /// What is started when it is completed.
    pub next: Option<ContentId>,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A list of tasks with progress.
    Checklist(Checklist),
    /// Cards: a tip, a tour, a banner, a modal.
    Guide(Guide),
}

impl Default for Kind {
    /// A checklist without tasks.
    fn default() -> Self {
        Self::Checklist(Checklist::default())
    }
}

impl Content {
    /// The checklist, if it is one.
    pub fn checklist(&self) -> Option<&Checklist> {
        match &self.kind {
            Kind::Checklist(checklist) => Some(checklist),
            Kind::Guide(_) => None,
        }
    }

    /// The guide, if it is one.
    pub fn guide(&self) -> Option<&Guide> {
        match &self.kind {
            Kind::Guide(guide) => Some(guide),
            Kind::Checklist(_) => None,
        }
    }

    /// Under which name it is reported.
    pub fn showing(&self) -> Showing {
        match &self.kind {
            Kind::Checklist(_) => Showing::Checklist,
            Kind::Guide(guide) => match guide.form {
                Form::Tooltip | Form::Hint | Form::Inline | Form::Reminder => Showing::Tip,
                Form::Tour => Showing::Tour,
                Form::Banner => Showing::Banner,
                Form::Modal => Showing::Modal,
            },
        }
    }

    /// Whether nothing of it will ever come up again for this user by itself, as far as progress tells
    /// at `now`.
    pub fn is_over(&self, run: &Run, now: i64) -> bool {
        match &self.kind {
            Kind::Checklist(_) => run.is_over(now),
            Kind::Guide(_) if run.is_called() => false,
            Kind::Guide(_) => match self.delivery.frequency {
                Frequency::EverySession | Frequency::Every(_) => false,
                Frequency::UntilDone => run.completed_at.is_some(),
                Frequency::Once | Frequency::UntilDismissed => run.is_dismissed(),
            },
        }
    }

    /// Every condition in it.
    pub fn conditions(&self) -> Vec<&Condition> {
        let mut all = Vec::new();
        self.visit_conditions(&mut |condition| all.push(condition));
        all
    }

    fn visit_conditions<'a>(&'a self, visit: &mut dyn FnMut(&'a Condition)) {
        let own = [&self.audience, &self.delivery.trigger];
        visit_given(&own, visit);
        match &self.kind {
            Kind::Checklist(checklist) => {
                for task in &checklist.tasks {
                    let of_task = [&task.audience, &task.unlock_when, &task.done_when];
                    visit_given(&of_task, visit);
                }
            }
            Kind::Guide(guide) => {
                for step in &guide.steps {
                    visit_given(&[&step.advance_when], visit);
                    for branch in &step.branches {
                        visit(&branch.when);
                    }
                }
            }
        }
    }

    /// Hands on every condition in it that is not made of others.
    pub(crate) fn each_condition(&self, visit: &mut dyn FnMut(&Condition)) {
        self.visit_conditions(&mut |condition| condition.each(visit));
    }

    /// Adds all that its conditions and its targets need to be told of.
    pub fn add_needs(&self, needs: &mut Needs) {
        for condition in self.conditions() {
            needs.add(condition);
        }
        self.add_elements(&mut needs.elements);
    }

    /// Adds the elements to watch for it, each with whether its form value is looked at.
    pub(crate) fn add_elements(&self, elements: &mut Map<Selector, bool>) {
        self.each_condition(&mut |single| add_element(elements, single));
        if let Kind::Guide(guide) = &self.kind {
            for target in guide.steps.iter().filter_map(|step| step.target.as_ref()) {
                elements.or_default(target);
            }
        }
    }
}

fn visit_given<'a>(conditions: &[&'a Option<Condition>], visit: &mut dyn FnMut(&'a Condition)) {
    for condition in conditions {
        let Some(condition) = condition else { continue };
        visit(condition);
    }
}
