//! What can be wrong with a content document: each problem with its path and its remedy.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::comparison::Comparison;
use crate::condition::{Condition, ElementState, EventCondition, SessionsCondition};
use crate::content::document::DocumentKind;
use crate::content::selector;
use crate::content::{Action, ActionTarget, ContentDocument, Task};
use crate::event::name::OWN;
use crate::page::PagePattern;
use crate::sightings::MOST;

/// The deepest that conditions may be nested.
pub const DEEPEST: usize = 16;
/// The most tasks of one checklist.
pub const MOST_TASKS: usize = 50;

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
        match document.kind {
            DocumentKind::Checklist => self.check_checklist(document),
            DocumentKind::Tip => self.check_tip(document),
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

    fn check_checklist(&mut self, document: &ContentDocument) {
        let tip_only = [
            ("target", document.target.is_some()),
            ("body", document.body.is_some()),
            ("trigger", document.trigger.is_some()),
            ("frequency", document.frequency.is_some()),
            ("action", document.action.is_some()),
        ];
        self.out_of_place("checklist", &tip_only);
        let tasks = document.tasks.as_deref().unwrap_or_default();
        if tasks.is_empty() {
            self.at("tasks", |problems| {
                problems.say("a checklist needs at least one task; add one");
            });
        }
        if tasks.len() > MOST_TASKS {
            self.at("tasks", |problems| {
                problems.say(format!(
                    "has more than {MOST_TASKS} tasks; split the checklist"
                ));
            });
        }
        let mut ids = BTreeSet::new();
        self.each("tasks", tasks, |problems, task| {
            problems.at("id", |problems| {
                problems.check_id(task.id.as_str());
                if !ids.insert(&task.id) {
                    problems.say(format!(
                        "`{}` is taken by an earlier task; choose another",
                        task.id
                    ));
                }
            });
            problems.check_task(task, tasks);
        });
    }

    fn check_task(&mut self, task: &Task, tasks: &[Task]) {
        self.filled("title", &task.title);
        match (&task.done_when, &task.action) {
            (Some(done_when), _) => {
                self.at("done_when", |problems| {
                    problems.check_condition(done_when, 1);
                });
            }
            (None, Some(_)) => {}
            (None, None) => self.at("done_when", |problems| {
                problems.say(
                    "the task has neither a condition nor an action, so it could hardly get done; \
                     add `done_when`, or an `action` whose callback completes it",
                );
            }),
        }
        if let Some(action) = &task.action {
            self.at("action", |problems| problems.check_action(action));
        }
        self.each("after", &task.after, |problems, id| {
            if *id == task.id {
                problems.say("a task cannot wait for itself; remove it");
            } else if !tasks.iter().any(|other| other.id == *id) {
                problems.say(format!("there is no task `{id}` in this checklist"));
            }
        });
        if waits_in_a_circle(task, tasks) {
            self.at("after", |problems| {
                problems.say(
                    "these tasks wait for each other in a circle, so none could open; break it",
                );
            });
        }
    }

    fn check_tip(&mut self, document: &ContentDocument) {
        let checklist_only = [
            ("description", document.description.is_some()),
            ("activation", document.activation),
            ("done_message", document.done_message.is_some()),
            ("tasks", document.tasks.is_some()),
        ];
        self.out_of_place("tip", &checklist_only);
        match &document.target {
            Some(target) => self.at("target", |problems| {
                problems.check_selector(target.as_str());
            }),
            None => self.at("target", |problems| {
                problems.say("a tip needs the element it points at; give a CSS selector");
            }),
        }
        if let Some(trigger) = &document.trigger {
            self.at("trigger", |problems| problems.check_condition(trigger, 1));
        }
        if let Some(action) = &document.action {
            self.at("action", |problems| problems.check_action(action));
        }
    }

    fn out_of_place(&mut self, kind: &str, fields: &[(&str, bool)]) {
        for (field, given) in fields {
            if *given {
                self.at(field, |problems| {
                    problems.say(format!("a {kind} has no such field; remove it"));
                });
            }
        }
    }

    fn check_action(&mut self, action: &Action) {
        self.filled("label", &action.label);
        match action.target() {
            None => self.say("must have exactly one of `path`, `link` and `callback`"),
            Some(ActionTarget::Path(path)) => {
                if !path.starts_with('/') || path.starts_with("//") || path.starts_with("/\\") {
                    self.at("path", |problems| {
                        problems
                            .say("must be a path of your own application, beginning with one `/`");
                    });
                }
            }
            Some(ActionTarget::Link(link)) => {
                let lower = link.to_ascii_lowercase();
                let allowed = ["https://", "http://", "mailto:"];
                let plain = !link.chars().any(|c| c.is_control() || c.is_whitespace());
                if !plain || !allowed.iter().any(|start| lower.starts_with(start)) {
                    self.at("link", |problems| {
                        problems.say(
                            "must begin with `https://`, `http://` or `mailto:`, without spaces",
                        );
                    });
                }
            }
            Some(ActionTarget::Callback(name)) => self.filled("callback", name),
        }
    }

    fn check_condition(&mut self, condition: &Condition, depth: usize) {
        if depth > DEEPEST {
            self.say(format!(
                "conditions are nested deeper than {DEEPEST}; flatten them"
            ));
            return;
        }
        match condition {
            Condition::All(parts) => self.check_parts("all", parts, depth),
            Condition::Any(parts) => self.check_parts("any", parts, depth),
            Condition::Not(part) => {
                self.at("not", |problems| problems.check_condition(part, depth + 1));
            }
            Condition::Event(event) => self.at("event", |problems| problems.check_event(event)),
            Condition::Page(page) => self.at("page", |problems| problems.check_page(page)),
            Condition::Element(element) => self.at("element", |problems| {
                problems.at("selector", |problems| {
                    problems.check_selector(element.selector.as_str());
                });
                if let ElementState::Value(asked) = &element.is {
                    problems.at("is.value", |problems| problems.check_comparison(asked));
                }
            }),
            Condition::Trait(wanted) => self.at("trait", |problems| {
                problems.filled("name", &wanted.name);
                problems.at("is", |problems| problems.check_comparison(&wanted.is));
            }),
            Condition::Content(wanted) => self.at("content", |problems| {
                problems.at("id", |problems| problems.check_id(wanted.id.as_str()));
            }),
            Condition::Sessions(SessionsCondition { at_least, .. }) => {
                self.at("sessions", |problems| problems.check_count(*at_least));
            }
            Condition::Session(wanted) => {
                if wanted.length_at_least.is_none() && wanted.engaged_at_least.is_none() {
                    self.at("session", |problems| {
                        problems.say("says nothing; give `length_at_least` or `engaged_at_least`");
                    });
                }
            }
            Condition::FirstSeen(wanted) => {
                if wanted.at_least.is_none() && wanted.less_than.is_none() {
                    self.at("first_seen", |problems| {
                        problems.say("says nothing; give `at_least` or `less_than`");
                    });
                }
            }
        }
    }

    fn check_parts(&mut self, name: &str, parts: &[Condition], depth: usize) {
        if parts.is_empty() {
            self.at(name, |problems| {
                problems.say("must have at least one condition; add one");
            });
        }
        self.each(name, parts, |problems, part| {
            problems.check_condition(part, depth + 1);
        });
    }

    fn check_event(&mut self, event: &EventCondition) {
        self.filled("name", &event.name);
        if OWN.contains(&event.name.as_str()) {
            self.at("name", |problems| {
                problems.say(
                    "is one of Headstart's own events; ask for `content`, `sessions` or `session` instead",
                );
            });
        }
        self.check_count(event.at_least);
        for (field, asked) in &event.filters {
            self.at(&format!("where.{field}"), |problems| {
                problems.check_comparison(asked);
            });
        }
    }

    fn check_count(&mut self, at_least: u32) {
        let most = u32::try_from(MOST).unwrap_or(u32::MAX);
        if at_least == 0 || at_least > most {
            self.at("at_least", |problems| {
                problems.say(format!("must be from 1 to {most}"));
            });
        }
    }

    fn check_page(&mut self, page: &PagePattern) {
        if page.path.is_none() && page.query.is_empty() && page.hash.is_none() {
            self.say("says nothing; give `path`, `query` or `hash`");
        }
        if page
            .path
            .as_ref()
            .is_some_and(|path| !path.starts_with('/') && !path.starts_with("**"))
        {
            self.at("path", |problems| problems.say("must begin with `/`"));
        }
        if page
            .path
            .as_ref()
            .is_some_and(|path| path.contains(['?', '#']))
        {
            self.at("path", |problems| {
                problems.say("is the path alone; put what follows `?` in `query`, what follows `#` in `hash`");
            });
        }
        if page.hash.as_ref().is_some_and(|hash| hash.starts_with('#')) {
            self.at("hash", |problems| {
                problems.say("is written without `#`; remove it");
            });
        }
    }

    /// Only a browser can tell whether a selector is sound; this finds what never is.
    fn check_selector(&mut self, selector: &str) {
        if let Some(problem) = selector::problem(selector) {
            self.say(problem);
        }
    }

    fn check_comparison(&mut self, comparison: &Comparison) {
        if !comparison.is_orderable() {
            self.say(
                "can only be ordered against a number or an ISO 8601 date such as \"2026-01-31\"",
            );
        }
        if matches!(comparison, Comparison::OneOf(values) if values.is_empty()) {
            self.at("one_of", |problems| {
                problems.say("must have at least one value");
            });
        }
    }
}

fn waits_in_a_circle(task: &Task, tasks: &[Task]) -> bool {
    let mut seen = BTreeSet::new();
    let mut ahead: Vec<_> = task.after.iter().filter(|id| **id != task.id).collect();
    while let Some(id) = ahead.pop() {
        if *id == task.id {
            return true;
        }
        if seen.insert(id)
            && let Some(other) = tasks.iter().find(|other| other.id == *id)
        {
            ahead.extend(&other.after);
        }
    }
    false
}
