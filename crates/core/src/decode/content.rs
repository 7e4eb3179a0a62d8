//! Content documents.

use crate::condition::Condition;
use crate::content::document::DocumentKind;
use crate::content::{Action, Content, ContentDocument, Frequency, Task};
use crate::decode::{Decode, Decoder};
use crate::id::{ContentId, Selector, TaskId};
use crate::value::Value;

impl Decode for Content {
    /// For documents that were checked when they were published; see [`ContentDocument::check`] for
    /// those that were not.
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        Self::from(ContentDocument::decode(value, decoder))
    }
}

impl Decode for ContentDocument {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            schema: fields.optional_text("$schema"),
            id: ContentId(fields.text("id")),
            version: fields.optional("version", |v, d| d.count(&v)).unwrap_or(0),
            kind: fields.required("kind", DocumentKind::decode),
            audience: fields.optional("audience", Condition::decode),
            priority: fields
                .optional("priority", |v, d| priority(&v, d))
                .unwrap_or(0),
            title: fields.optional_text("title").unwrap_or_default(),
            description: fields.optional_text("description"),
            activation: fields.flag("activation", false),
            done_message: fields.optional_text("done_message"),
            tasks: fields.optional("tasks", |v, d| d.items(v, Task::decode)),
            target: fields.optional_text("target").map(Selector),
            body: fields.optional_text("body"),
            trigger: fields.optional("trigger", Condition::decode),
            frequency: fields.optional("frequency", Frequency::decode),
            action: fields.optional("action", Action::decode),
        }
    }
}

fn priority(value: &Value, decoder: &mut Decoder) -> i32 {
    let number = decoder.whole(value);
    i32::try_from(number).unwrap_or_else(|_| {
        decoder.refuse("is too far from 0; use a smaller number");
        0
    })
}

impl Decode for DocumentKind {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        match decoder.text(value).as_str() {
            "checklist" => Self::Checklist,
            "tip" => Self::Tip,
            other => {
                decoder.refuse_name(other, "`checklist`, `tip`");
                Self::default()
            }
        }
    }
}

impl Decode for Frequency {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        match decoder.text(value).as_str() {
            "once" => Self::Once,
            "until_dismissed" => Self::UntilDismissed,
            other => {
                decoder.refuse_name(other, "`once`, `until_dismissed`");
                Self::default()
            }
        }
    }
}

impl Decode for Task {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            id: TaskId(fields.text("id")),
            title: fields.text("title"),
            description: fields.optional_text("description"),
            required: fields.flag("required", true),
            done_when: fields.optional("done_when", Condition::decode),
            action: fields.optional("action", Action::decode),
            after: fields
                .optional("after", |v, d| d.items(v, |v, d| TaskId(d.text(v))))
                .unwrap_or_default(),
        }
    }
}

impl Decode for Action {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            label: fields.text("label"),
            path: fields.optional_text("path"),
            link: fields.optional_text("link"),
            callback: fields.optional_text("callback"),
        }
    }
}
