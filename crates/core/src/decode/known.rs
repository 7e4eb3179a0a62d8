//! What is known of a user, and the answer to a boot that brings it.

use crate::decode::{Decode, Decoder};
use crate::engine::{Boot, Limits, Prefill, Settings, UiState};
use crate::id::MessageId;
use crate::known::{Known, Traits};
use crate::run::{Mark, Run};
use crate::sightings::Sightings;
use crate::value::Value;

impl Decode for Boot {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.read("content", &mut self.content);
        fields.read("known", &mut self.known);
        fields.read("settings", &mut self.settings);
        fields.read("server_time", &mut self.server_time);
    }
}

impl Decode for Settings {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.read("always_load", &mut self.always_load);
        fields.read("debug", &mut self.debug);
        fields.read("limits", &mut self.limits);
        fields.read("theme", &mut self.theme);
    }
}

impl Decode for Limits {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.read("per_session", &mut self.per_session);
        fields.read("per_day", &mut self.per_day);
        fields.read("quiet", &mut self.quiet);
    }
}

impl Decode for UiState {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.read("open", &mut self.open);
        fields.read("expanded", &mut self.expanded);
        fields.read("hint", &mut self.hint);
        fields.read("trail", &mut self.trail);
        fields.read("trail_of", &mut self.trail_of);
        fields.read("prefill", &mut self.prefill);
    }
}

impl Decode for Prefill {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.required("path", &mut self.path);
        fields.read("fields", &mut self.fields);
        fields.required("person", &mut self.person);
        fields.read("at", &mut self.at);
    }
}

impl Decode for Known {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.read("first_seen", &mut self.first_seen);
        fields.read("traits", &mut self.traits);
        fields.read("account_traits", &mut self.account_traits);
        fields.read("sightings", &mut self.sightings);
        fields.read("clicked", &mut self.clicked);
        fields.read("runs", &mut self.runs);
        fields.read("interruptions", &mut self.interruptions);
        fields.read("quiet_since", &mut self.quiet_since);
        fields.read("hushed", &mut self.hushed);
    }
}

impl Decode for Run {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.read("pinned", &mut self.pinned);
        fields.read("tasks", &mut self.tasks);
        let mut snoozed = (0, None);
        if fields.read("snoozed", &mut snoozed) {
            let (at, until) = snoozed;
            self.snoozed = Some((at, until.unwrap_or(i64::MAX)));
        }
        fields.read("step", &mut self.step);
        fields.read("marks", &mut self.marks);
        fields.read("shown_at", &mut self.shown_at);
        fields.read("started_at", &mut self.started_at);
        fields.read("completed_at", &mut self.completed_at);
        fields.read("dismissed_at", &mut self.dismissed_at);
        fields.read("recalled_at", &mut self.recalled_at);
        fields.read("last_shown", &mut self.last_shown);
        fields.read("withheld_at", &mut self.withheld_at);
    }
}

impl Decode for Mark {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let name = decoder.text(value);
        match Self::from_name(&name) {
            Some(mark) => *self = mark,
            None => decoder.refuse_name(&name, "`open`, `skipped`, `done`"),
        }
    }
}

impl Decode for Traits {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        self.0.read(value, decoder);
    }
}

impl Decode for Sightings {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut sightings: Vec<(i64, MessageId)> = Vec::new();
        sightings.read(value, decoder);
        for (at, id) in sightings {
            self.add(at, id);
        }
    }
}
