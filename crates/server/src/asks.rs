//! What must be looked up of a user for conditions to be decided, and no more.

use std::collections::BTreeSet;

use headstart_core::condition::needs::Needs;
use headstart_core::condition::{Condition, Owner};
use headstart_core::content::Kind;
use headstart_core::{Content, Run};

/// What conditions ask about a user.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asks {
    /// The events.
    pub needs: Needs,
    /// The user's traits, by name.
    pub user_traits: BTreeSet<String>,
    /// Their account's traits, by name.
    pub account_traits: BTreeSet<String>,
}

impl Asks {
    /// Adds what is still open with a piece of content: whom it is for, when it comes up, when the
    /// tasks that are not yet done will be.
    pub(crate) fn add(&mut self, content: &Content, run: Option<&Run>) {
        if let Some(audience) = &content.audience {
            self.add_condition(audience);
        }
        match &content.kind {
            Kind::Checklist(checklist) => {
                let open = |task| run.is_none_or(|run| !run.is_done(task));
                for task in checklist.tasks.iter().filter(|task| open(&task.id)) {
                    if let Some(done_when) = &task.done_when {
                        self.add_condition(done_when);
                    }
                }
            }
            Kind::Tip(tip) => {
                if let Some(trigger) = &tip.trigger {
                    self.add_condition(trigger);
                }
            }
        }
    }

    fn add_condition(&mut self, condition: &Condition) {
        self.needs.add(condition);
        self.add_traits(condition);
    }

    fn add_traits(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.add_traits(part);
                }
            }
            Condition::Not(part) => self.add_traits(part),
            Condition::Trait(wanted) => {
                let names = match wanted.of {
                    Owner::User => &mut self.user_traits,
                    Owner::Account => &mut self.account_traits,
                };
                names.insert(wanted.name.clone());
            }
            _ => {}
        }
    }
}

/// Whether a condition looks at nothing but traits, so that the collector knows all it needs.
pub(crate) fn only_traits(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().all(only_traits),
        Condition::Not(part) => only_traits(part),
        Condition::Trait(_) => true,
        _ => false,
    }
}
