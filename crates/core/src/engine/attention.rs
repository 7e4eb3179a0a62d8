//! Attention: sessions that begin, and running totals that are reported while they last.

use crate::engine::effect::Effect;
use crate::engine::{Engine, REPORT_EVERY};
use crate::event::{Event, name, property};
use crate::id::{ContentId, MessageId, TaskId};
use crate::known::{put, put_text, put_time};
use crate::message::Body;
use crate::session::{SessionRecord, Signal, Totals};
use crate::text::concat;
use crate::value::{Properties, Value};

/// The last totals that were reported.
#[derive(Clone, Debug)]
pub(super) struct Reported {
    /// When, monotonic milliseconds.
    at: i64,
    totals: Totals,
    /// The task that the user was on.
    task: Option<(ContentId, TaskId)>,
}

impl Engine {
    /// Feeds the session clock, and reports what came of it.
    pub(super) fn attend(&mut self, signal: Signal, stored: Option<&SessionRecord>) {
        let before = self.clock.fact().map(|session| session.started_at);
        let changes = self.clock.signal(signal, stored, self.now);
        // Another tab may have begun a session, which this one is in from now on.
        self.changed |= before != self.clock.fact().map(|session| session.started_at);
        if let Some(ended) = changes.ended {
            self.report(&ended);
        }
        if changes.began {
            self.begin_session();
        }
        if changes.save
            && let Some(record) = self.clock.record()
        {
            self.effects.push(Effect::SaveSession(record.clone()));
        }
        let leaving = matches!(signal, Signal::Visible(false));
        self.report_if_due(leaving);
    }

    /// Who changes while the user is at it goes on at once in a session of the new person's own.
    pub(super) fn attend_on(&mut self) {
        if self.clock.is_engaged(self.now) {
            self.attend(Signal::Active, None);
        }
    }

    fn begin_session(&mut self) {
        let Some(totals) = self.clock.totals() else {
            return;
        };
        let mut properties = session_properties(&totals);
        self.add_query(&mut properties);
        self.sight_session();
        let event = Event {
            message_id: started_id(&totals),
            name: name::SESSION_STARTED.to_owned(),
            at: self.now.wall,
            properties,
        };
        self.report_event(event);
        self.save_known();
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

    /// Adds what the project wants to know of the address's query.
    pub(super) fn add_query(&self, properties: &mut Properties) {
        if self.query.is_empty() {
            return;
        }
        let query = self.page.as_ref().map(|page| page.parameters(&self.query));
        if let Some(query) = query.filter(|query| !query.is_empty())
            && !properties.contains_key(property::QUERY)
        {
            put(properties, property::QUERY, Value::Map(query));
        }
    }

    fn report_if_due(&mut self, leaving: bool) {
        let Some(totals) = self.clock.totals() else {
            return;
        };
        let task = self.task_at_hand();
        let due = match &self.reported {
            None => totals.engaged > 0 || totals.length > 0,
            Some(last) if last.totals == totals && last.task == task => false,
            Some(last) => leaving || self.now.monotonic - last.at >= REPORT_EVERY,
        };
        let settled_in = self.reported.is_some() || leaving || totals.length >= REPORT_EVERY;
        if due && settled_in {
            self.report(&totals);
            self.reported = Some(Reported {
                at: self.now.monotonic,
                totals,
                task,
            });
        }
    }

    /// The task that the user is on: the one that they have unfolded, else the next to be done of the
    /// checklist on screen. It goes with the session's totals, so that it can be told at which task
    /// people leave.
    fn task_at_hand(&self) -> Option<(ContentId, TaskId)> {
        let content = self.content(self.stage.checklist()?)?;
        let facts = self.facts();
        let checklist = content.checklist()?.meant_for(&facts);
        let run = self.known.run(&content.id);
        let unfolded = self.ui.expanded.as_ref();
        let task = checklist.next_task(run, &facts, unfolded)?;
        Some((content.id.clone(), task.id.clone()))
    }

    pub(super) fn report(&mut self, totals: &Totals) {
        let mut properties = session_properties(totals);
        put_text(&mut properties, property::TAB_ID, self.tab.as_str());
        put_time(&mut properties, property::LENGTH_MS, Some(totals.length));
        put_time(&mut properties, property::ENGAGED_MS, Some(totals.engaged));
        if let Some((content, task)) = self.task_at_hand() {
            put_text(&mut properties, property::CONTENT_ID, content.as_str());
            put_text(&mut properties, property::TASK_ID, task.as_str());
        }
        let event = name::SESSION_UPDATED.to_owned();
        let origin = self.new_origin(self.now.wall);
        self.tell(origin, Body::Track { event, properties });
    }
}

/// One id per session, so that tabs that begin it at the same moment count once.
fn started_id(totals: &Totals) -> MessageId {
    MessageId(concat(&[totals.id.as_str(), "/started"]))
}

fn session_properties(totals: &Totals) -> Properties {
    let mut properties = Properties::new();
    put_text(&mut properties, property::SESSION_ID, totals.id.as_str());
    put_time(
        &mut properties,
        property::STARTED_AT,
        Some(totals.started_at),
    );
    properties
}
