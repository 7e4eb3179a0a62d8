//! What can be wrong with a checklist.

use std::collections::BTreeSet;

use super::{MOST_TASKS, Problems};
use crate::content::{Action, ActionTarget, ContentDocument, Task};

impl Problems {
    pub(super) fn check_checklist(&mut self, document: &ContentDocument) {
        for (field, text) in [
            ("description", &document.description),
            ("done_message", &document.done_message),
        ] {
            if let Some(text) = text {
                self.at(field, |problems| problems.check_rich_text(text));
            }
        }
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
        self.check_text("title", &task.title);
        if let Some(description) = &task.description {
            self.at("description", |problems| {
                problems.check_rich_text(description);
            });
        }
        for (field, condition) in [
            ("audience", &task.audience),
            ("unlock_when", &task.unlock_when),
        ] {
            if let Some(condition) = condition {
                self.at(field, |problems| problems.check_condition(condition, 1));
            }
        }
        if task.weight == 0 || task.weight > 100 {
            self.at("weight", |problems| problems.say("must be from 1 to 100"));
        }
        match (&task.done_when, &task.action) {
            (Some(done_when), _) => {
                self.at("done_when", |problems| {
                    problems.check_condition(done_when, 1);
                });
            }
            (None, Some(_)) => {}
            (None, None) if task.markable => {}
            (None, None) => self.at("done_when", |problems| {
                problems.say(
                    "the task has neither a condition nor an action, so it could hardly get done; \
                     add `done_when`, or an `action` whose callback completes it, or let the user \
                     mark it with `markable`",
                );
            }),
        }
        if let Some(action) = &task.action {
            self.at("action", |problems| problems.check_task_action(action));
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

    /// A task has no step to go to, and is not closed or put off by itself.
    fn check_task_action(&mut self, action: &Action) {
        self.check_action(action);
        if matches!(
            action.target(),
            Some(ActionTarget::Step(_) | ActionTarget::Snooze(_) | ActionTarget::Close)
        ) {
            self.say("a task's action is one of `path`, `link`, `callback` and `start`");
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
