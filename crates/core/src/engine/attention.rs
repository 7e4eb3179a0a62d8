//! Attention: sessions that begin, and running totals that are reported while they last.

use crate::engine::effect::Effect;
use crate::engine::{Engine, REPORT_EVERY};
use crate::event::{Event, name, property};
use crate::id::{MessageId, TabId};
use crate::message::{Body, Message};
use crate::session::{SessionRecord, Signal, Totals};
use crate::time::Now;
use crate::value::{Properties, Value};

impl Engine {
    /// Feeds the session clock, and reports what came of it.
    pub(super) fn attend(
        &mut self,
        signal: Signal,
        stored: Option<&SessionRecord>,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        let changes = self.clock.signal(signal, stored, now);
        if let Some(ended) = changes.ended {
            self.report(&ended, now, effects);
        }
        if changes.began {
            self.begin_session(now, effects);
        }
        if changes.save
            && let Some(record) = self.clock.record()
        {
            effects.push(Effect::SaveSession(record.clone()));
        }
        let leaving = matches!(signal, Signal::Visible(false));
        self.report_if_due(leaving, now, effects);
    }

    /// Who changes while the user is at it goes on at once in a session of the new person's own.
    pub(super) fn attend_on(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if self.clock.is_engaged(now) {
            self.attend(Signal::Active, None, now, effects);
        }
    }

    fn begin_session(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let Some(totals) = self.clock.totals() else {
            return;
        };
        let properties = session_properties(&totals, None);
        self.sight_session();
        let event = Event {
            message_id: started_id(&totals),
            name: name::SESSION_STARTED.to_owned(),
            at: now.wall,
            properties,
        };
        effects.push(Effect::Send(Message::track(event, self.person.clone())));
        effects.push(Effect::SaveKnown);
        self.changed = true;
        self.reported = None;
    }

    /// Counts this session for the conditions that ask for sessions. Also at boot, since a session
    /// may begin before the collector has said which conditions there are.
    pub(super) fn sight_session(&mut self) {
        if let Some(totals) = self.clock.totals() {
            let (at, id) = (totals.started_at, started_id(&totals));
            self.sight(name::SESSION_STARTED, &Properties::new(), at, &id);
        }
    }

    fn report_if_due(&mut self, leaving: bool, now: Now, effects: &mut Vec<Effect>) {
        let Some(totals) = self.clock.totals() else {
            return;
        };
        let due = match &self.reported {
            None => totals.engaged > 0 || totals.length > 0,
            Some((_, last)) if *last == totals => false,
            Some((at, _)) => leaving || now.monotonic - at >= REPORT_EVERY,
        };
        let settled_in = self.reported.is_some() || leaving || totals.length >= REPORT_EVERY;
        if due && settled_in {
            self.reported = Some((now.monotonic, totals.clone()));
            self.report(&totals, now, effects);
        }
    }

    pub(super) fn report(&mut self, totals: &Totals, now: Now, effects: &mut Vec<Effect>) {
        let properties = session_properties(totals, Some(&self.tab));
        let event = name::SESSION_UPDATED.to_owned();
        self.send(Body::Track { event, properties }, now.wall, effects);
    }
}

/// One id per session, so that tabs that begin it at the same moment count once.
fn started_id(totals: &Totals) -> MessageId {
    MessageId(format!("{}/started", totals.id))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "spans and dates stay far below 2^53 milliseconds"
)]
fn session_properties(totals: &Totals, tab: Option<&TabId>) -> Properties {
    let mut properties = Properties::new();
    let mut put = |name: &str, value: Value| {
        properties.insert(name.to_owned(), value);
    };
    put(property::SESSION_ID, totals.id.as_str().into());
    put(property::STARTED_AT, (totals.started_at as f64).into());
    if let Some(tab) = tab {
        put(property::TAB_ID, tab.as_str().into());
        put(property::LENGTH_MS, (totals.length as f64).into());
        put(property::ENGAGED_MS, (totals.engaged as f64).into());
    }
    properties
}
