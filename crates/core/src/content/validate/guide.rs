//! What can be wrong with tips, banners, modals and tours, and with buttons.

use std::collections::BTreeSet;

use super::{MOST_BUTTONS, MOST_TASKS, Problems};
use crate::content::document::DocumentKind;
use crate::content::{Action, ActionTarget, ContentDocument, Form, Side, Snooze, Step};
use crate::id::StepId;
use crate::time::Span;

impl Problems {
    /// A tip, a banner or a modal.
    pub(super) fn check_card(&mut self, document: &ContentDocument) {
        if document.kind == DocumentKind::Tip {
            self.at("target", |problems| match &document.target {
                Some(target) => problems.check_selector(target.as_str()),
                None => {
                    problems.say("a tip needs the element it points at; give a CSS selector");
                }
            });
        }
        if document.kind == DocumentKind::Banner
            && matches!(document.side, Some(Side::Start | Side::End))
        {
            self.at("side", |problems| {
                problems.say("a banner is at the `top` or the `bottom`");
            });
        }
        if document.form == Some(Form::Inline)
            && matches!(document.side, Some(Side::Start | Side::End))
        {
            self.at("side", |problems| {
                problems.say("an inline note is before (`top`) or after (`bottom`) its element");
            });
        }
        if document.action.is_some() && !document.actions.is_empty() {
            self.at("actions", |problems| {
                problems.say("there is an `action` as well; put all buttons into `actions`");
            });
        }
        if let Some(page) = &document.page {
            self.at("page", |problems| problems.check_page(page));
        }
        if let Some(body) = &document.body {
            self.at("body", |problems| problems.check_rich_text(body));
        }
        if let Some(action) = &document.action {
            self.at("action", |problems| problems.check_button(action, None));
        }
        self.check_buttons(&document.actions, None);
    }

    pub(super) fn check_tour(&mut self, document: &ContentDocument) {
        let steps = document.steps.as_deref().unwrap_or_default();
        if steps.is_empty() {
            self.at("steps", |problems| {
                problems.say("a tour needs at least one step; add one");
            });
        }
        if steps.len() > MOST_TASKS {
            self.at("steps", |problems| {
                problems.say(format!("has more than {MOST_TASKS} steps; split the tour"));
            });
        }
        let mut ids = BTreeSet::new();
        self.each("steps", steps, |problems, step| {
            problems.at("id", |problems| {
                problems.check_id(step.id.as_str());
                if !ids.insert(&step.id) {
                    problems.say(format!(
                        "`{}` is taken by an earlier step; choose another",
                        step.id
                    ));
                }
            });
            problems.check_step(step, steps);
        });
    }

    fn check_step(&mut self, step: &Step, steps: &[Step]) {
        self.filled("title", &step.title);
        self.check_text("title", &step.title);
        if let Some(body) = &step.body {
            self.at("body", |problems| problems.check_rich_text(body));
        }
        if let Some(target) = &step.target {
            self.at("target", |problems| {
                problems.check_selector(target.as_str());
            });
        } else {
            for (field, given) in [
                ("advance_on_target", step.advance_on_target),
                ("spotlight", step.spotlight.is_some()),
                ("side", step.side.is_some()),
                ("wait", step.wait.is_some()),
            ] {
                if given {
                    self.at(field, |problems| {
                        problems.say("needs an element; give a `target`, or remove it");
                    });
                }
            }
        }
        if let Some(page) = &step.page {
            self.at("page", |problems| problems.check_page(page));
        }
        if let Some(path) = &step.path {
            self.check_path(path);
        }
        self.check_buttons(&step.actions, Some(steps));
        if let Some(when) = &step.advance_when {
            self.at("advance_when", |problems| problems.check_condition(when, 1));
        }
        self.each("branches", &step.branches, |problems, branch| {
            problems.at("when", |problems| problems.check_condition(&branch.when, 1));
            problems.at("to", |problems| problems.check_step_id(&branch.to, steps));
        });
    }

    fn check_step_id(&mut self, id: &StepId, steps: &[Step]) {
        if !steps.iter().any(|step| step.id == *id) {
            self.say(format!("there is no step `{id}` in this tour"));
        }
    }

    fn check_buttons(&mut self, actions: &[Action], steps: Option<&[Step]>) {
        if actions.len() > MOST_BUTTONS {
            self.at("actions", |problems| {
                problems.say(format!("has more than {MOST_BUTTONS} buttons; remove some"));
            });
        }
        self.each("actions", actions, |problems, action| {
            problems.check_button(action, steps);
        });
    }

    /// A button of a card. `steps` are those of its tour.
    fn check_button(&mut self, action: &Action, steps: Option<&[Step]>) {
        self.check_action(action);
        if let Some(ActionTarget::Step(id)) = action.target() {
            self.at("step", |problems| match steps {
                Some(steps) => problems.check_step_id(id, steps),
                None => problems.say("only a tour has steps; remove it"),
            });
        }
    }

    pub(super) fn check_action(&mut self, action: &Action) {
        self.filled("label", &action.label);
        self.check_text("label", &action.label);
        if !action.fill.is_empty() && action.path.is_none() {
            self.at("fill", |problems| {
                problems.say("goes with `path`: the form that is filled in is where it leads");
            });
        }
        for (selector, text) in &action.fill {
            self.at("fill", |problems| {
                problems.check_selector(selector.as_str());
            });
            self.check_text(&format!("fill.{selector}"), text);
        }
        match action.target() {
            None => self.say(
                "must have exactly one of `path`, `link`, `callback`, `start`, `step`, `snooze` and \
                 `close`",
            ),
            Some(ActionTarget::Path(path)) => self.check_path(path),
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
            Some(ActionTarget::Start(id)) => {
                self.at("start", |problems| problems.check_id(id.as_str()));
            }
            Some(ActionTarget::Snooze(Snooze::For(span))) if span == Span::from_millis(0) => {
                self.at("snooze", |problems| {
                    problems.say("is no time at all; give a span, or `next_session`");
                });
            }
            Some(ActionTarget::Step(_) | ActionTarget::Snooze(_) | ActionTarget::Close) => {}
        }
    }

    fn check_path(&mut self, path: &str) {
        // Browsers pass over tabs and ends of lines: `/\t/elsewhere` would be another site.
        let plain = !path.chars().any(|c| c.is_control() || c.is_whitespace());
        if !plain || !path.starts_with('/') || path.starts_with("//") || path.starts_with("/\\") {
            self.at("path", |problems| {
                problems.say(
                    "must be a path of your own application, beginning with one `/`, without spaces",
                );
            });
        }
    }
}
