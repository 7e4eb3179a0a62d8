//! Consent given and refused: what the engine does while it may not track, and how it goes on when
//! it may again.

use std::mem;

use crate::consent::Consent;
use crate::engine::Engine;
use crate::engine::effect::Effect;
use crate::engine::input::{Act, Input, UiState};
use crate::engine::stage::Stage;
use crate::facts::SessionFact;
use crate::id::{AccountId, AnonymousId, UserId};
use crate::known::Known;
use crate::message::Person;
use crate::text::digits;
use crate::value::Properties;

/// Who the user is, as the host told on this page. Without consent it is told to nobody, but counts
/// should the user grant it later: hosts tell once.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    user: Option<(UserId, Properties)>,
    account: Option<(AccountId, Properties)>,
}

impl Told {
    pub(super) fn user(&mut self, user: &UserId, traits: &Properties) {
        if self.user.as_ref().is_some_and(|(told, _)| told != user) {
            *self = Self::default();
        }
        tell(&mut self.user, user, traits);
    }

    pub(super) fn account(&mut self, account: &AccountId, traits: &Properties) {
        if self
            .account
            .as_ref()
            .is_some_and(|(told, _)| told != account)
        {
            self.account = None;
        }
        tell(&mut self.account, account, traits);
    }
}

fn tell<T: Clone>(told: &mut Option<(T, Properties)>, whose: &T, traits: &Properties) {
    let (_, all) = told.get_or_insert_with(|| (whose.clone(), Properties::new()));
    for (name, value) in traits {
        all.insert(name.clone(), value.clone());
    }
}

impl Engine {
    pub(super) fn is_denied(&self) -> bool {
        self.consent == Consent::Denied
    }

    /// The user may be tracked, under this id of the browser's.
    pub(super) fn grant(&mut self, anonymous: AnonymousId) {
        let before = mem::replace(&mut self.consent, Consent::Granted);
        if before == Consent::Granted {
            return;
        }
        self.person.anonymous = anonymous.clone();
        self.changed = true;
        if before == Consent::Denied {
            self.clock.end(anonymous);
            let told = mem::take(&mut self.told);
            if let Some((user, traits)) = told.user {
                self.identify(user, traits);
            }
            if let Some((account, traits)) = told.account {
                self.group(account, traits);
            }
        }
        self.save_known();
        self.save_ui();
        self.effects.push(Effect::Refresh);
        if let Some(record) = self.clock.record() {
            self.effects.push(Effect::SaveSession(record.clone()));
        }
    }

    /// The user may not be tracked: who they are and what is known of them is forgotten. Only what they
    /// sent away on this page stays away, that they want no tips is heeded, and when they were interrupted
    /// counts, though not by what.
    pub(super) fn deny(&mut self) {
        self.go_ahead();
        if mem::replace(&mut self.consent, Consent::Denied) == Consent::Denied {
            return;
        }
        self.looked_at = self.clock.is_visible();
        self.clock.end(AnonymousId::default());
        self.person = Person::default();
        self.reported = None;
        self.called = None;
        let known = mem::take(&mut self.known);
        for (content, run) in known.runs.iter().filter(|(_, run)| run.is_dismissed()) {
            let sent_away = self.known.runs.or_default(content);
            sent_away.dismissed_at = run.dismissed_at;
            sent_away.recalled_at = run.recalled_at;
        }
        self.known.hushed = known.hushed;
        self.known.quiet_since = known.quiet_since;
        for (index, (at, _)) in known.interruptions.iter().enumerate() {
            let id = digits(index).into();
            self.known.interruptions.add(*at, id);
        }
        self.forget_screen();
    }

    /// What goes in while the user may not be tracked. The page still counts as it is now; what the
    /// user does is not followed.
    pub(super) fn fold_denied(&mut self, input: Input) {
        match input {
            Input::Booted(boot) => {
                self.settings = boot.settings;
                self.take_content(boot.content);
            }
            Input::Identified { user, traits } => self.told.user(&user, &traits),
            Input::Grouped { account, traits } => self.told.account(&account, &traits),
            Input::Reset { .. } => {
                self.told = Told::default();
                self.known = Known::default();
                self.forget_screen();
            }
            Input::Clicked(selector) => self.follow(&selector),
            Input::Signal { signal, .. } => {
                self.clock.look(signal);
                if self.clock.is_visible() && !self.looked_at {
                    self.looked_at = true;
                    self.changed = true;
                }
            }
            Input::Acted(act) => {
                if self.is_allowed(&act) {
                    self.act(act);
                }
            }
            Input::ConsentGranted { .. }
            | Input::Answered { .. }
            | Input::PageChanged(_)
            | Input::Element { .. }
            | Input::Busy(_)
            | Input::Surroundings { .. } => self.fold(input),
            Input::ConsentDenied
            | Input::Learnt(_)
            | Input::Tracked { .. }
            | Input::PageNamed { .. }
            | Input::Early(..) => {}
        }
    }

    /// Whether that can be done by a user who may not be tracked.
    fn is_allowed(&self, act: &Act) -> bool {
        match act {
            Act::Dismiss(id)
            | Act::Show(id)
            | Act::Snooze(id, _)
            | Act::Next(id)
            | Act::Back(id)
            | Act::OpenHint(id)
            | Act::Press { content: id, .. } => self
                .content(id)
                .is_some_and(|content| !content.needs_consent()),
            Act::Hush(_) | Act::Go(_) => true,
            _ => false,
        }
    }

    /// The session that is going on. Without consent there is none, and what was shown on this page
    /// counts as shown just now, whenever that was.
    pub(super) fn session(&self) -> Option<SessionFact> {
        if self.is_denied() {
            return self.looked_at.then_some(SessionFact {
                started_at: i64::MIN,
                engaged: 0,
            });
        }
        self.clock.fact()
    }

    pub(super) fn forget_screen(&mut self) {
        self.ui = UiState::default();
        self.following.clear();
        self.asking = None;
        self.stage = Stage::default();
        self.changed = true;
    }
}
