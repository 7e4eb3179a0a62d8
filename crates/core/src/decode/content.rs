//! Content documents.

use crate::condition::Condition;
use crate::content::action::NEXT_SESSION;
use crate::content::document::DocumentKind;
use crate::content::{
    Action, Branch, Checklist, Content, ContentDocument, Delivery, Form, Frequency, Guide, Kind,
    Missing, RichText, Schedule, Side, Snooze, Spotlight, Step, Task,
};
use crate::decode::{Decode, Decoder, Fields};
use crate::id::{ContentId, Selector, StepId, TaskId};
use crate::page::PagePattern;
use crate::time::Span;
use crate::value::Value;

impl Decode for Content {
    /// For documents that were checked when they were published; see [`ContentDocument::check`] for
    /// those that were not.
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        let kind = fields.required("kind", DocumentKind::decode);
        let title = fields.optional_text("title").unwrap_or_default();
        let form = match kind {
            DocumentKind::Checklist => None,
            DocumentKind::Tip => Some(fields.optional("form", Form::decode).unwrap_or_default()),
            DocumentKind::Tour => Some(Form::Tour),
            DocumentKind::Banner => Some(Form::Banner),
            DocumentKind::Modal => Some(Form::Modal),
        };
        let kind = match form {
            None => Kind::Checklist(Checklist {
                title,
                description: fields.optional("description", RichText::decode),
                activation: fields.flag("activation", false),
                done_message: fields.optional("done_message", RichText::decode),
                in_order: fields.flag("in_order", false),
                tasks: fields
                    .optional("tasks", |v, d| d.items(v, Task::decode))
                    .unwrap_or_default(),
            }),
            Some(form) => {
                let steps = fields.optional("steps", |v, d| d.items(v, Step::decode));
                Kind::Guide(Guide {
                    form,
                    steps: steps.unwrap_or_else(|| vec![card(&mut fields, title.clone())]),
                    title,
                })
            }
        };
        Self {
            id: ContentId(fields.text("id")),
            version: fields.optional("version", |v, d| d.count(&v)).unwrap_or(0),
            audience: fields.optional("audience", Condition::decode),
            priority: fields
                .optional("priority", |v, d| priority(&v, d))
                .unwrap_or(0),
            language: fields.optional_text("language"),
            delivery: Delivery {
                trigger: fields.optional("trigger", Condition::decode),
                frequency: fields
                    .optional("frequency", Frequency::decode)
                    .unwrap_or_default(),
                schedule: fields
                    .optional("schedule", Schedule::decode)
                    .unwrap_or_default(),
                holdout: fields.optional("holdout", |v, d| d.count(&v)).unwrap_or(0),
            },
            next: fields.optional_text("next").map(ContentId),
            kind,
        }
    }
}

/// The one card of a tip, a banner or a modal.
fn card(fields: &mut Fields<'_>, title: String) -> Step {
    let mut actions = fields
        .optional("actions", |v, d| d.items(v, Action::decode))
        .unwrap_or_default();
    if let Some(action) = fields.optional("action", Action::decode) {
        actions.insert(0, action);
    }
    Step {
        title,
        body: fields.optional("body", RichText::decode),
        target: fields.optional("target", Selector::decode),
        side: fields.optional("side", Side::decode),
        page: fields.optional("page", PagePattern::decode),
        actions,
        wait: fields.optional("wait", Span::decode),
        ..Step::default()
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
            language: fields.optional_text("language"),
            title: fields.optional_text("title").unwrap_or_default(),
            trigger: fields.optional("trigger", Condition::decode),
            frequency: fields.optional("frequency", Frequency::decode),
            schedule: fields
                .optional("schedule", Schedule::decode)
                .unwrap_or_default(),
            holdout: fields.optional("holdout", |v, d| d.count(&v)).unwrap_or(0),
            next: fields.optional_text("next").map(ContentId),
            description: fields.optional("description", RichText::decode),
            activation: fields.flag("activation", false),
            done_message: fields.optional("done_message", RichText::decode),
            in_order: fields.flag("in_order", false),
            tasks: fields.optional("tasks", |v, d| d.items(v, Task::decode)),
            steps: fields.optional("steps", |v, d| d.items(v, Step::decode)),
            form: fields.optional("form", Form::decode),
            target: fields.optional("target", Selector::decode),
            side: fields.optional("side", Side::decode),
            page: fields.optional("page", PagePattern::decode),
            wait: fields.optional("wait", Span::decode),
            body: fields.optional("body", RichText::decode),
            action: fields.optional("action", Action::decode),
            actions: fields
                .optional("actions", |v, d| d.items(v, Action::decode))
                .unwrap_or_default(),
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
            "tour" => Self::Tour,
            "banner" => Self::Banner,
            "modal" => Self::Modal,
            other => {
                decoder.refuse_name(other, "`checklist`, `tip`, `tour`, `banner`, `modal`");
                Self::default()
            }
        }
    }
}

impl Decode for Form {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        match decoder.text(value).as_str() {
            "tooltip" => Self::Tooltip,
            "hint" => Self::Hint,
            "inline" => Self::Inline,
            other => {
                decoder.refuse_name(other, "`tooltip`, `hint`, `inline`");
                Self::default()
            }
        }
    }
}

impl Decode for Frequency {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let (name, inner) = decoder.choice(value);
        match (name.as_str(), inner) {
            ("once", None) => Self::Once,
            ("every_session", None) => Self::EverySession,
            ("until_dismissed", None) => Self::UntilDismissed,
            ("until_done", None) => Self::UntilDone,
            ("every", Some(span)) => Self::Every(decoder.within(&name, span, Span::decode)),
            (other, _) => {
                decoder.refuse_name(
                    other,
                    "`once`, `every_session`, `until_dismissed`, `until_done`, {`every`: …}",
                );
                Self::default()
            }
        }
    }
}

impl Decode for Schedule {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            from: fields.optional_time("from"),
            until: fields.optional_time("until"),
        }
    }
}

impl Decode for Task {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            id: TaskId(fields.text("id")),
            title: fields.text("title"),
            description: fields.optional("description", RichText::decode),
            audience: fields.optional("audience", Condition::decode),
            required: fields.flag("required", true),
            skippable: fields.flag("skippable", false),
            weight: fields.optional("weight", |v, d| d.count(&v)).unwrap_or(1),
            done_when: fields.optional("done_when", Condition::decode),
            markable: fields.flag("markable", false),
            action: fields.optional("action", Action::decode),
            after: fields
                .optional("after", |v, d| d.items(v, |v, d| TaskId(d.text(v))))
                .unwrap_or_default(),
            unlock_when: fields.optional("unlock_when", Condition::decode),
            due: fields.optional("due", Span::decode),
        }
    }
}

impl Decode for Step {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            id: StepId(fields.text("id")),
            title: fields.text("title"),
            body: fields.optional("body", RichText::decode),
            target: fields.optional("target", Selector::decode),
            side: fields.optional("side", Side::decode),
            page: fields.optional("page", PagePattern::decode),
            path: fields.optional_text("path"),
            actions: fields
                .optional("actions", |v, d| d.items(v, Action::decode))
                .unwrap_or_default(),
            advance_when: fields.optional("advance_when", Condition::decode),
            advance_on_target: fields.flag("advance_on_target", false),
            branches: fields
                .optional("branches", |v, d| d.items(v, Branch::decode))
                .unwrap_or_default(),
            spotlight: fields.optional("spotlight", Spotlight::decode),
            wait: fields.optional("wait", Span::decode),
            if_missing: fields
                .optional("if_missing", Missing::decode)
                .unwrap_or_default(),
        }
    }
}

impl Decode for Branch {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            when: fields.required("when", Condition::decode),
            to: StepId(fields.text("to")),
        }
    }
}

impl Decode for Side {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let name = decoder.text(value);
        Self::from_name(&name).unwrap_or_else(|| {
            decoder.refuse_name(&name, Self::NAMES);
            Self::Bottom
        })
    }
}

impl Decode for Spotlight {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let name = decoder.text(value);
        Self::from_name(&name).unwrap_or_else(|| {
            decoder.refuse_name(&name, Self::NAMES);
            Self::Usable
        })
    }
}

impl Decode for Missing {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let name = decoder.text(value);
        Self::from_name(&name).unwrap_or_else(|| {
            decoder.refuse_name(&name, Self::NAMES);
            Self::default()
        })
    }
}

impl Decode for Action {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            label: fields.text("label"),
            path: fields.optional_text("path"),
            fill: fields
                .optional("fill", |v, d| d.map(v, |v, d| d.text(v)))
                .unwrap_or_default(),
            link: fields.optional_text("link"),
            callback: fields.optional_text("callback"),
            start: fields.optional_text("start").map(ContentId),
            step: fields.optional_text("step").map(StepId),
            snooze: fields.optional("snooze", Snooze::decode),
            close: fields.flag("close", false),
        }
    }
}

impl Decode for Snooze {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        match value {
            Value::Text(text) if text == NEXT_SESSION => Self::NextSession,
            span => Self::For(Span::decode(span, decoder)),
        }
    }
}
