//! What must be looked up of a user for conditions to be decided and texts to be filled in, and no
//! more.

use std::collections::BTreeSet;
use std::ptr;

use headstart_core::condition::needs::Needs;
use headstart_core::condition::{Condition, Owner};
use headstart_core::content::rich_text::placeholders;
use headstart_core::{Content, Run};

use crate::texts::each_text;

/// What content asks about a user.
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
    /// Adds what the conditions of a piece of content ask about, but for when those tasks are done that
    /// are done already.
    pub(crate) fn add(&mut self, content: &Content, run: Option<&Run>) {
        let done = |id| run.is_some_and(|run| run.tasks.contains_key(id));
        let tasks = content.checklist().map_or(&[][..], |list| &list.tasks);
        let answered: Vec<&Condition> = tasks
            .iter()
            .filter(|task| done(&task.id))
            .filter_map(|task| task.done_when.as_ref())
            .collect();
        for condition in content.conditions() {
            if !answered.iter().any(|other| ptr::eq(*other, condition)) {
                self.needs.add(condition);
                self.add_traits(condition);
            }
        }
    }

    /// Adds what its texts have placeholders for.
    pub(crate) fn add_texts(&mut self, content: &Content) {
        each_text(content, &mut |text| {
            for (owner, name) in placeholders(text) {
                self.add_trait(owner, name);
            }
        });
    }

    fn add_traits(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.add_traits(part);
                }
            }
            Condition::Not(part) => self.add_traits(part),
            Condition::Trait(wanted) => self.add_trait(wanted.of, &wanted.name),
            _ => {}
        }
    }

    fn add_trait(&mut self, owner: Owner, name: &str) {
        let names = match owner {
            Owner::User => &mut self.user_traits,
            Owner::Account => &mut self.account_traits,
        };
        names.insert(name.to_owned());
    }
}

/// Whether a condition looks at nothing but traits and lots, so that its answer at the boot is the
/// answer.
pub(crate) fn is_settled_at_boot(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().all(is_settled_at_boot),
        Condition::Not(part) => is_settled_at_boot(part),
        Condition::Trait(_) | Condition::Share(_) => true,
        _ => false,
    }
}

/// Whether a condition looks at something that only a browser knows: the page, the session, the
/// language, the device.
pub(crate) fn needs_browser(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(needs_browser),
        Condition::Not(part) => needs_browser(part),
        Condition::Page(_)
        | Condition::Element(_)
        | Condition::Session(_)
        | Condition::Locale(_)
        | Condition::Device(_) => true,
        Condition::Event(_)
        | Condition::Trait(_)
        | Condition::Content(_)
        | Condition::Sessions(_)
        | Condition::FirstSeen(_)
        | Condition::Share(_) => false,
    }
}
