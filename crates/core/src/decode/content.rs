//! Content documents.

use crate::content::action::NEXT_SESSION;
use crate::content::document::DocumentKind;
use crate::content::{
    Action, Branch, Checklist, Content, ContentDocument, Form, Frequency, Guide, Kind, Missing,
    Schedule, Side, Snooze, Spotlight, Step, Task,
};
use crate::decode::notes::Place;
use crate::decode::{Decode, Decoder, Fields};
use crate::time::Span;
use crate::value::Value;

impl Decode for Content {
    /// For documents that were checked when they were published; see [`ContentDocument::check`] for
    /// those that were not.
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        let mut kind = DocumentKind::default();
        fields.required("kind", &mut kind);
        let mut form = match kind {
            DocumentKind::Checklist | DocumentKind::Tip => Form::default(),
            DocumentKind::Tour => Form::Tour,
            DocumentKind::Banner => Form::Banner,
            DocumentKind::Modal => Form::Modal,
        };
        self.kind = match kind {
            DocumentKind::Checklist => Kind::Checklist(checklist(&mut fields)),
            DocumentKind::Tip => {
                fields.read("form", &mut form);
                Kind::Guide(guide(&mut fields, form))
            }
            _ => Kind::Guide(guide(&mut fields, form)),
        };
        fields.required("id", &mut self.id);
        fields.read("version", &mut self.version);
        fields.read("audience", &mut self.audience);
        fields.read("priority", &mut self.priority);
        fields.read("language", &mut self.language);
        fields.read("trigger", &mut self.delivery.trigger);
        fields.read("frequency", &mut self.delivery.frequency);
        fields.read("schedule", &mut self.delivery.schedule);
        fields.read("holdout", &mut self.delivery.holdout);
        fields.read("next", &mut self.next);
    }
}

fn checklist(fields: &mut Fields<'_>) -> Checklist {
    let mut list = Checklist::default();
    fields.read("title", &mut list.title);
    fields.read("description", &mut list.description);
    fields.read("activation", &mut list.activation);
    fields.read("done_message", &mut list.done_message);
    fields.read("in_order", &mut list.in_order);
    fields.read("tasks", &mut list.tasks);
    list
}

fn guide(fields: &mut Fields<'_>, form: Form) -> Guide {
    let mut guide = Guide {
        form,
        ..Guide::default()
    };
    fields.read("title", &mut guide.title);
    if !fields.read("steps", &mut guide.steps) {
        guide.steps.push(card(fields, guide.title.clone()));
    }
    guide
}

/// The one card of a tip, a banner or a modal.
fn card(fields: &mut Fields<'_>, title: String) -> Step {
    let mut step = Step {
        title,
        ..Step::default()
    };
    fields.read("body", &mut step.body);
    fields.read("target", &mut step.target);
    fields.read("side", &mut step.side);
    fields.read("page", &mut step.page);
    fields.read("wait", &mut step.wait);
    fields.read("actions", &mut step.actions);
    let mut main = Action::default();
    if fields.read("action", &mut main) {
        step.actions.insert(0, main);
    }
    step
}

impl Decode for ContentDocument {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.read("$schema", &mut self.schema);
        fields.required("id", &mut self.id);
        fields.read("version", &mut self.version);
        fields.required("kind", &mut self.kind);
        fields.read("audience", &mut self.audience);
        fields.read("priority", &mut self.priority);
        fields.read("language", &mut self.language);
        fields.read("title", &mut self.title);
        fields.read("trigger", &mut self.trigger);
        fields.read("frequency", &mut self.frequency);
        fields.read("schedule", &mut self.schedule);
        fields.read("holdout", &mut self.holdout);
        fields.read("next", &mut self.next);
        fields.read("description", &mut self.description);
        fields.read("activation", &mut self.activation);
        fields.read("done_message", &mut self.done_message);
        fields.read("in_order", &mut self.in_order);
        fields.read("tasks", &mut self.tasks);
        fields.read("steps", &mut self.steps);
        fields.read("form", &mut self.form);
        fields.read("target", &mut self.target);
        fields.read("side", &mut self.side);
        fields.read("page", &mut self.page);
        fields.read("wait", &mut self.wait);
        fields.read("body", &mut self.body);
        fields.read("action", &mut self.action);
        fields.read("actions", &mut self.actions);
    }
}

impl Decode for DocumentKind {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        *self = match decoder.text(value).as_str() {
            "checklist" => Self::Checklist,
            "tip" => Self::Tip,
            "tour" => Self::Tour,
            "banner" => Self::Banner,
            "modal" => Self::Modal,
            other => {
                return decoder.refuse_name(other, "`checklist`, `tip`, `tour`, `banner`, `modal`");
            }
        };
    }
}

impl Decode for Form {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        *self = match decoder.text(value).as_str() {
            "tooltip" => Self::Tooltip,
            "hint" => Self::Hint,
            "inline" => Self::Inline,
            other => return decoder.refuse_name(other, "`tooltip`, `hint`, `inline`"),
        };
    }
}

impl Decode for Frequency {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let (name, inner) = decoder.choice(value);
        *self = match (name.as_str(), inner) {
            ("once", None) => Self::Once,
            ("every_session", None) => Self::EverySession,
            ("until_dismissed", None) => Self::UntilDismissed,
            ("until_done", None) => Self::UntilDone,
            ("every", Some(inner)) => {
                let mut span = Span::default();
                decoder.at(Place::Field(&name), inner, &mut span);
                Self::Every(span)
            }
            (other, _) => {
                return decoder.refuse_name(
                    other,
                    "`once`, `every_session`, `until_dismissed`, `until_done`, {`every`: …}",
                );
            }
        };
    }
}

impl Decode for Schedule {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.read("from", &mut self.from);
        fields.read("until", &mut self.until);
    }
}

impl Decode for Task {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.required("id", &mut self.id);
        fields.required("title", &mut self.title);
        fields.read("description", &mut self.description);
        fields.read("audience", &mut self.audience);
        fields.read("required", &mut self.required);
        fields.read("skippable", &mut self.skippable);
        fields.read("weight", &mut self.weight);
        fields.read("done_when", &mut self.done_when);
        fields.read("markable", &mut self.markable);
        fields.read("action", &mut self.action);
        fields.read("after", &mut self.after);
        fields.read("unlock_when", &mut self.unlock_when);
        fields.read("due", &mut self.due);
    }
}

impl Decode for Step {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.required("id", &mut self.id);
        fields.required("title", &mut self.title);
        fields.read("body", &mut self.body);
        fields.read("target", &mut self.target);
        fields.read("side", &mut self.side);
        fields.read("page", &mut self.page);
        fields.read("path", &mut self.path);
        fields.read("actions", &mut self.actions);
        fields.read("advance_when", &mut self.advance_when);
        fields.read("advance_on_target", &mut self.advance_on_target);
        fields.read("branches", &mut self.branches);
        fields.read("spotlight", &mut self.spotlight);
        fields.read("wait", &mut self.wait);
        fields.read("if_missing", &mut self.if_missing);
    }
}

impl Decode for Branch {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.required("when", &mut self.when);
        fields.required("to", &mut self.to);
    }
}

macro_rules! read_by_name {
    ($($type:ty),*) => {
        $(impl Decode for $type {
            fn read(&mut self, value: Value, decoder: &mut Decoder) {
                let name = decoder.text(value);
                match Self::from_name(&name) {
                    Some(one) => *self = one,
                    None => decoder.refuse_name(&name, Self::NAMES),
                }
            }
        })*
    };
}

read_by_name!(Side, Spotlight, Missing);

impl Decode for Action {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.required("label", &mut self.label);
        fields.read("path", &mut self.path);
        fields.read("fill", &mut self.fill);
        fields.read("link", &mut self.link);
        fields.read("callback", &mut self.callback);
        fields.read("start", &mut self.start);
        fields.read("step", &mut self.step);
        fields.read("snooze", &mut self.snooze);
        fields.read("close", &mut self.close);
    }
}

impl Decode for Snooze {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        *self = match value {
            Value::Text(text) if text == NEXT_SESSION => Self::NextSession,
            other => {
                let mut span = Span::default();
                Decode::read(&mut span, other, decoder);
                Self::For(span)
            }
        };
    }
}
