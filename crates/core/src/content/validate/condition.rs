//! What can be wrong with a condition.

use super::{DEEPEST, Problems};
use crate::comparison::Comparison;
use crate::condition::{Condition, ElementState, EventCondition, SessionsCondition};
use crate::content::selector;
use crate::event::name::OWN;
use crate::page::PagePattern;
use crate::sightings::MOST;

impl Problems {
    pub(super) fn check_condition(&mut self, condition: &Condition, depth: usize) {
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
            Condition::Share(share) => self.at("share", |problems| {
                problems.filled("draw", &share.draw);
                if share.percent > 100 {
                    problems.at("percent", |problems| problems.say("must be from 0 to 100"));
                }
            }),
            Condition::Locale(locale) => {
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
                if locale.is_empty() || !locale.chars().all(plain) {
                    self.at("locale", |problems| {
                        problems.say("must be a language tag such as `de` or `pt-BR`");
                    });
                }
            }
            Condition::Device(_) => {}
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

    pub(super) fn check_page(&mut self, page: &PagePattern) {
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
    pub(super) fn check_selector(&mut self, selector: &str) {
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
