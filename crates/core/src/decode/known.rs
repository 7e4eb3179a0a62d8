//! What is known of a user, and the answer to a boot that brings it.

use crate::content::Content;
use crate::decode::{Decode, Decoder};
use crate::engine::{Boot, Limits, Prefill, Settings, UiState};
use crate::id::{ContentId, MessageId, StepId, TaskId};
use crate::known::{Known, Traits};
use crate::run::{Mark, Run};
use crate::sightings::Sightings;
use crate::time::Span;
use crate::value::Value;

impl Decode for Boot {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            content: fields
                .optional("content", |v, d| d.items(v, Content::decode))
                .unwrap_or_default(),
            known: fields.optional("known", Known::decode).unwrap_or_default(),
            settings: fields
                .optional("settings", Settings::decode)
                .unwrap_or_default(),
            server_time: fields.optional_time("server_time").unwrap_or(0),
        }
    }
}

impl Decode for Settings {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            always_load: fields.flag("always_load", false),
            debug: fields.flag("debug", false),
            limits: fields
                .optional("limits", Limits::decode)
                .unwrap_or_default(),
            theme: fields.optional_text("theme").unwrap_or_default(),
        }
    }
}

impl Decode for Limits {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            per_session: fields.optional("per_session", |v, d| d.count(&v)),
            per_day: fields.optional("per_day", |v, d| d.count(&v)),
            quiet: fields.optional("quiet", Span::decode),
        }
    }
}

impl Decode for UiState {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            open: fields.optional_text("open").map(ContentId),
            expanded: fields.optional_text("expanded").map(TaskId),
            confirming: false,
            hint: fields.optional_text("hint").map(ContentId),
            trail: fields
                .optional("trail", |v, d| d.items(v, |v, d| StepId(d.text(v))))
                .unwrap_or_default(),
            trail_of: fields.optional_text("trail_of").map(ContentId),
            prefill: fields.optional("prefill", Prefill::decode),
        }
    }
}

impl Decode for Prefill {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            path: fields.text("path"),
            fields: fields
                .optional("fields", |v, d| d.map(v, |v, d| d.text(v)))
                .unwrap_or_default(),
            person: fields.text("person"),
            at: fields.optional_time("at").unwrap_or(0),
        }
    }
}

impl Decode for Known {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            first_seen: fields.optional_time("first_seen"),
            traits: fields
                .optional("traits", Traits::decode)
                .unwrap_or_default(),
            account_traits: fields
                .optional("account_traits", Traits::decode)
                .unwrap_or_default(),
            sightings: fields
                .optional("sightings", |v, d| d.map(v, Sightings::decode))
                .unwrap_or_default(),
            clicked: fields
                .optional("clicked", |v, d| d.map(v, |v, d| d.whole(&v)))
                .unwrap_or_default(),
            runs: fields
                .optional("runs", |v, d| d.map(v, Run::decode))
                .unwrap_or_default(),
            interruptions: fields
                .optional("interruptions", Sightings::decode)
                .unwrap_or_default(),
            quiet_since: fields.optional_time("quiet_since"),
            hushed: fields.optional("hushed", |value, decoder| {
                let (at, hushed) = timed(value, decoder);
                (at, decoder.flag(&hushed))
            }),
        }
    }
}

impl Decode for Run {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            pinned: fields.optional("pinned", |value, decoder| {
                let (at, version) = timed(value, decoder);
                (at, decoder.count(&version))
            }),
            tasks: fields
                .optional("tasks", |v, d| d.map(v, |v, d| d.whole(&v)))
                .unwrap_or_default(),
            snoozed: fields.optional("snoozed", |value, decoder| {
                let (at, until) = timed(value, decoder);
                let until = if until == Value::Null {
                    i64::MAX
                } else {
                    decoder.whole(&until)
                };
                (at, until)
            }),
            step: fields.optional("step", |value, decoder| {
                let (at, step) = timed(value, decoder);
                (at, StepId(decoder.text(step)))
            }),
            marks: fields
                .optional("marks", |v, d| d.map(v, mark))
                .unwrap_or_default(),
            shown_at: fields.optional_time("shown_at"),
            started_at: fields.optional_time("started_at"),
            completed_at: fields.optional_time("completed_at"),
            dismissed_at: fields.optional_time("dismissed_at"),
            recalled_at: fields.optional_time("recalled_at"),
            last_shown: fields.optional_time("last_shown"),
            withheld_at: fields.optional_time("withheld_at"),
        }
    }
}

impl Decode for Traits {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut traits = Self::default();
        for (name, value) in decoder.entries(value) {
            let (at, value) = timed(value, decoder);
            traits.set(&name, value, at);
        }
        traits
    }
}

impl Decode for Sightings {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut sightings = Self::default();
        for sighting in decoder.list(value) {
            let (at, id) = timed(sighting, decoder);
            sightings.add(at, MessageId(decoder.text(id)));
        }
        sightings
    }
}

fn mark(value: Value, decoder: &mut Decoder) -> (i64, Mark) {
    let (at, name) = timed(value, decoder);
    let name = decoder.text(name);
    let mark = Mark::from_name(&name).unwrap_or_else(|| {
        decoder.refuse_name(&name, "`open`, `skipped`, `done`");
        Mark::Open
    });
    (at, mark)
}

/// A list of a time and what was so from then on.
fn timed(value: Value, decoder: &mut Decoder) -> (i64, Value) {
    let mut items = decoder.list(value);
    if items.len() != 2 {
        decoder.refuse("must be a list of two");
    }
    let second = items.pop().unwrap_or_default();
    (decoder.whole(&items.pop().unwrap_or_default()), second)
}
