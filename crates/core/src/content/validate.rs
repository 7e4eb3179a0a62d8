//! What can be wrong with a content document: each problem with its path and its remedy.

mod checklist;
mod condition;
mod guide;
mod text;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::content::document::DocumentKind;
use crate::content::{ContentDocument, Frequency, Schedule};
use crate::language::is_tag;
use crate::time::Span;

/// The deepest that conditions may be nested.
pub const DEEPEST: usize = 16;
/// The most tasks of one checklist, and the most steps of one tour.
pub const MOST_TASKS: usize = 50;
/// The most buttons of one card.
pub const MOST_BUTTONS: usize = 4;
/// The longest text, characters.
pub const LONGEST_TEXT: usize = 5_000;

/// One thing that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where: `tasks[2].done_when.event.name`.
    pub path: String,
    /// What is wrong and what to do about it.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// Collects problems while walking a document, keeping track of where it is.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    path: Vec<String>,
    found: Vec<Problem>,
}

impl Problems {
    /// The problems, if there are any.
    pub(crate) fn into_found(self) -> Option<Vec<Problem>> {
        (!self.found.is_empty()).then_some(self.found)
    }

    fn at(&mut self, field: &str, check: impl FnOnce(&mut Self)) {
        self.path.push(field.to_owned());
        check(self);
        self.path.pop();
    }

    fn each<'a, T>(
        &mut self,
        field: &str,
        items: &'a [T],
        mut check: impl FnMut(&mut Self, &'a T),
    ) {
        for (index, item) in items.iter().enumerate() {
            self.at(&format!("{field}[{index}]"), |problems| {
                check(problems, item);
            });
        }
    }

    fn say(&mut self, message: impl Into<String>) {
        let mut path = String::new();
        for part in &self.path {
            if !path.is_empty() && !part.starts_with('[') {
                path.push('.');
            }
            path.push_str(part);
        }
        self.found.push(Problem {
            path,
            message: message.into(),
        });
    }

    fn filled(&mut self, field: &str, text: &str) {
        if text.trim().is_empty() {
            self.at(field, |problems| problems.say("must not be empty"));
        }
    }

    pub(crate) fn check_document(&mut self, document: &ContentDocument) {
        self.at("id", |problems| problems.check_id(document.id.as_str()));
        self.filled("title", &document.title);
        if let Some(audience) = &document.audience {
            self.at("audience", |problems| problems.check_condition(audience, 1));
        }
        self.check_text("title", &document.title);
        if let Some(language) = document.language.as_ref().filter(|tag| !is_tag(tag)) {
            self.at("language", |problems| {
                problems.say(format!(
                    "`{language}` is no language; give its tag, such as \"de\", \"pt-BR\" or \"zh-Hant\""
                ));
            });
        }
        if let Some(trigger) = &document.trigger {
            self.at("trigger", |problems| problems.check_condition(trigger, 1));
        }
        if document.holdout > 100 {
            self.at("holdout", |problems| {
                problems.say("is so many of a hundred users; give a number from 0 to 100");
            });
        }
        if document.frequency == Some(Frequency::Every(Span::from_millis(0))) {
            self.at("frequency.every", |problems| {
                problems.say("is no time at all, so that it could never be sent away; give a span");
            });
        }
        let Schedule { from, until } = document.schedule;
        if from.is_some() && until.is_some() && from >= until {
            self.at("schedule.until", |problems| {
                problems.say("is not after `from`, so it would never come up");
            });
        }
        if let Some(next) = &document.next {
            self.at("next", |problems| {
                problems.check_id(next.as_str());
                if *next == document.id {
                    problems.say("is the content itself, which would begin again for ever");
                }
            });
        }
        self.check_fields(document);
        match document.kind {
            DocumentKind::Checklist => self.check_checklist(document),
            DocumentKind::Tour => self.check_tour(document),
            DocumentKind::Tip | DocumentKind::Banner | DocumentKind::Modal => {
                self.check_card(document);
            }
        }
    }

    fn check_id(&mut self, id: &str) {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if id.is_empty() {
            self.say("must not be empty");
        } else if id.len() > 64 {
            self.say("is longer than 64 characters; shorten it");
        } else if !id.chars().all(plain) {
            self.say("may only have letters, digits, `-`, `_` and `.`");
        }
    }

    /// Which fields belong depends on the kind.
    fn check_fields(&mut self, document: &ContentDocument) {
        use DocumentKind::{Banner, Checklist, Modal, Tip, Tour};
        const CARDS: &[DocumentKind] = &[Tip, Banner, Modal];
        let fields: [(&str, bool, &[DocumentKind]); 15] = [
            ("description", document.description.is_some(), &[Checklist]),
            ("activation", document.activation, &[Checklist]),
            (
                "done_message",
                document.done_message.is_some(),
                &[Checklist],
            ),
            ("in_order", document.in_order, &[Checklist]),
            ("tasks", document.tasks.is_some(), &[Checklist]),
            ("steps", document.steps.is_some(), &[Tour]),
            ("form", document.form.is_some(), &[Tip]),
            ("target", document.target.is_some(), &[Tip]),
            ("wait", document.wait.is_some(), &[Tip]),
            ("side", document.side.is_some(), &[Tip, Banner]),
            ("page", document.page.is_some(), CARDS),
            ("body", document.body.is_some(), CARDS),
            ("action", document.action.is_some(), CARDS),
            ("actions", !document.actions.is_empty(), CARDS),
            (
                "frequency",
                document.frequency.is_some(),
                &[Tip, Banner, Modal, Tour],
            ),
        ];
        let kind = match document.kind {
            Checklist => "checklist",
            Tip => "tip",
            Tour => "tour",
            Banner => "banner",
            Modal => "modal",
        };
        for (field, given, kinds) in fields {
            if given && !kinds.contains(&document.kind) {
                self.at(field, |problems| {
                    problems.say(format!("a {kind} has no such field; remove it"));
                });
            }
        }
    }
}
