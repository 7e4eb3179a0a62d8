//! Who the user is: signing in, signing out, and what others know of them.

use crate::engine::Engine;
use crate::engine::consent::Told;
use crate::engine::effect::Effect;
use crate::id::{AccountId, AnonymousId, UserId};
use crate::known::Known;
use crate::message::Body;
use crate::value::Properties;

impl Engine {
    /// Takes in what others know, and tells the host of the tasks that were done elsewhere. At the
    /// first boot of a page that is no news.
    pub(super) fn learn(&mut self, known: &Known) {
        if self.contents.is_some() {
            for (content, run) in &known.runs {
                for task in run.tasks.keys() {
                    if !self.known.run(content).is_done(task) {
                        self.notify("task_completed", content, Some(task.clone()), None);
                    }
                }
            }
        }
        self.known.merge(known);
        self.changed = true;
    }

    pub(super) fn identify(&mut self, user: UserId, traits: Properties) {
        let other = self.person.user.as_ref().is_some_and(|old| *old != user);
        let newly = self.person.user.as_ref() != Some(&user);
        if other {
            self.forget(self.person.anonymous.clone());
        }
        self.told.user(&user, &traits);
        self.person.user = Some(user);
        let origin = self.origin(self.now.wall);
        self.known.traits.set_all(&traits, origin.at);
        self.changed = true;
        if other {
            self.attend_on();
        }
        self.tell(origin, Body::Identify { traits });
        self.save_known();
        if newly {
            self.effects.push(Effect::Refresh);
        }
    }

    pub(super) fn group(&mut self, account: AccountId, traits: Properties) {
        self.told.account(&account, &traits);
        let origin = self.origin(self.now.wall);
        self.known.account_traits.set_all(&traits, origin.at);
        self.changed = true;
        self.tell(origin, Body::Group { account, traits });
        self.save_known();
        self.effects.push(Effect::Refresh);
    }

    pub(super) fn reset(&mut self, anonymous: AnonymousId) {
        self.forget(anonymous);
        self.person.user = None;
        self.attend_on();
        self.save_known();
        self.save_ui();
        self.effects.push(Effect::Refresh);
    }

    /// Another person begins here: nothing of the one before stays, not even the session.
    fn forget(&mut self, anonymous: AnonymousId) {
        if let Some(ended) = self.clock.end(anonymous.clone()) {
            self.report(&ended);
        }
        self.reported = None;
        self.person.anonymous = anonymous;
        self.known = Known::default();
        self.contents = None;
        self.called = None;
        self.told = Told::default();
        self.forget_screen();
    }
}
