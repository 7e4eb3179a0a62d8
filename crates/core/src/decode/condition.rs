//! Conditions and comparisons.

use crate::comparison::Comparison;
use crate::condition::{
    Condition, ContentCondition, ContentState, Device, ElementCondition, ElementState,
    EventCondition, FirstSeenCondition, Owner, SessionCondition, SessionsCondition, ShareCondition,
    TraitCondition,
};
use crate::decode::notes::Place;
use crate::decode::{Decode, Decoder};
use crate::id::{Selector, TaskId};
use crate::page::PagePattern;
use crate::text::join;
use crate::time::{NO_SPAN, Span};
use crate::value::Value;

impl Decode for Condition {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let (name, details) = decoder.choice(value);
        *self = match name.as_str() {
            "all" => Self::All(Vec::new()),
            "any" => Self::Any(Vec::new()),
            "not" => Self::Not(Box::default()),
            "event" => Self::Event(EventCondition::default()),
            "page" => Self::Page(PagePattern::default()),
            "element" => Self::Element(ElementCondition::default()),
            "trait" => Self::Trait(TraitCondition::default()),
            "content" => Self::Content(ContentCondition::default()),
            "sessions" => Self::Sessions(SessionsCondition::default()),
            "session" => Self::Session(SessionCondition::default()),
            "first_seen" => Self::FirstSeen(FirstSeenCondition::default()),
            "share" => Self::Share(ShareCondition::default()),
            "locale" => Self::Locale(String::new()),
            "device" => Self::Device(Device::default()),
            other => {
                return decoder.refuse_name(
                    other,
                    "`all`, `any`, `not`, `event`, `page`, `element`, `trait`, `content`, \
                     `sessions`, `session`, `first_seen`, `share`, `locale`, `device`",
                );
            }
        };
        let into: &mut dyn Decode = match self {
            Self::All(parts) | Self::Any(parts) => parts,
            Self::Not(part) => part.as_mut(),
            Self::Event(event) => event,
            Self::Page(page) => page,
            Self::Element(element) => element,
            Self::Trait(asked) => asked,
            Self::Content(content) => content,
            Self::Sessions(sessions) => sessions,
            Self::Session(session) => session,
            Self::FirstSeen(first_seen) => first_seen,
            Self::Share(share) => share,
            Self::Locale(locale) => locale,
            Self::Device(device) => device,
        };
        decoder.at(Place::Field(&name), details.unwrap_or_default(), into);
    }
}

impl Decode for EventCondition {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.required("name", &mut self.name);
        fields.read("where", &mut self.filters);
        fields.read("at_least", &mut self.at_least);
        fields.read("within", &mut self.within);
    }
}

impl Decode for PagePattern {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.read("path", &mut self.path);
        fields.read("query", &mut self.query);
        fields.read("hash", &mut self.hash);
    }
}

impl Decode for ElementCondition {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.required("selector", &mut self.selector);
        fields.required("is", &mut self.is);
    }
}

impl Decode for Selector {
    /// A list stands for its parts, joined as alternatives.
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        if matches!(value, Value::List(_)) {
            let mut parts: Vec<String> = Vec::new();
            parts.read(value, decoder);
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            self.0 = join(&parts, " || ");
        } else {
            self.0.read(value, decoder);
        }
    }
}

impl Decode for ElementState {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let (name, inner) = decoder.choice(value);
        *self = match (name.as_str(), inner) {
            ("visible", None) => Self::Visible,
            ("clicked", None) => Self::Clicked,
            ("value", Some(asked)) => {
                let mut comparison = Comparison::default();
                decoder.at(Place::Field(&name), asked, &mut comparison);
                Self::Value(comparison)
            }
            ("present", None) => Self::Present,
            (other, _) => {
                return decoder.refuse_name(other, "`present`, `visible`, `clicked`, {`value`: …}");
            }
        };
    }
}

impl Decode for TraitCondition {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.read("of", &mut self.of);
        fields.required("name", &mut self.name);
        fields.read("is", &mut self.is);
    }
}

impl Decode for ShareCondition {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.required("percent", &mut self.percent);
        fields.required("draw", &mut self.draw);
    }
}

impl Decode for Device {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        *self = match decoder.text(value).as_str() {
            "phone" => Self::Phone,
            "tablet" => Self::Tablet,
            "desktop" => Self::Desktop,
            other => return decoder.refuse_name(other, "`phone`, `tablet`, `desktop`"),
        };
    }
}

impl Decode for Owner {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        *self = match decoder.text(value).as_str() {
            "user" => Self::User,
            "account" => Self::Account,
            other => return decoder.refuse_name(other, "`user`, `account`"),
        };
    }
}

impl Decode for ContentCondition {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.required("id", &mut self.id);
        fields.required("is", &mut self.is);
        fields.read("since", &mut self.since);
    }
}

impl Decode for ContentState {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let (name, inner) = decoder.choice(value);
        *self = match (name.as_str(), &inner) {
            ("shown", None) => Self::Shown,
            ("started", None) => Self::Started,
            ("completed", None) => Self::Completed,
            ("dismissed", None) => Self::Dismissed,
            ("task_done", Some(_)) => Self::TaskDone(TaskId::default()),
            ("task_skipped", Some(_)) => Self::TaskSkipped(TaskId::default()),
            (other, _) => {
                return decoder.refuse_name(
                    other,
                    "`shown`, `started`, `completed`, `dismissed`, {`task_done`: …}, \
                     {`task_skipped`: …}",
                );
            }
        };
        if let (Self::TaskDone(task) | Self::TaskSkipped(task), Some(inner)) = (self, inner) {
            decoder.at(Place::Field(&name), inner, task);
        }
    }
}

impl Decode for SessionsCondition {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.required("at_least", &mut self.at_least);
        fields.read("within", &mut self.within);
    }
}

impl Decode for SessionCondition {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.read("length_at_least", &mut self.length_at_least);
        fields.read("engaged_at_least", &mut self.engaged_at_least);
    }
}

impl Decode for FirstSeenCondition {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut fields = decoder.object(value);
        fields.read("at_least", &mut self.at_least);
        fields.read("less_than", &mut self.less_than);
    }
}

impl Decode for Span {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let text = decoder.text(value);
        match Self::read_text(&text) {
            Some(span) => *self = span,
            None => decoder.notes.refuse(&["`", &text, NO_SPAN]),
        }
    }
}

impl Decode for Comparison {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let (name, operand) = decoder.choice(value);
        *self = match (name.as_str(), &operand) {
            ("exists", None) => Self::Exists,
            ("missing", None) => Self::Missing,
            ("equals", Some(_)) => Self::Equals(Value::Null),
            ("not_equals", Some(_)) => Self::NotEquals(Value::Null),
            ("one_of", Some(_)) => Self::OneOf(Vec::new()),
            ("contains", Some(_)) => Self::Contains(String::new()),
            ("starts_with", Some(_)) => Self::StartsWith(String::new()),
            ("greater_than", Some(_)) => Self::GreaterThan(Value::Null),
            ("at_least", Some(_)) => Self::AtLeast(Value::Null),
            ("less_than", Some(_)) => Self::LessThan(Value::Null),
            ("at_most", Some(_)) => Self::AtMost(Value::Null),
            (other, _) => {
                return decoder.refuse_name(
                    other,
                    "`exists`, `missing`, {`equals`: …}, `not_equals`, `one_of`, `contains`, \
                     `starts_with`, `greater_than`, `at_least`, `less_than`, `at_most`",
                );
            }
        };
        let into: &mut dyn Decode = match self {
            Self::Exists | Self::Missing => return,
            Self::Equals(value)
            | Self::NotEquals(value)
            | Self::GreaterThan(value)
            | Self::AtLeast(value)
            | Self::LessThan(value)
            | Self::AtMost(value) => value,
            Self::OneOf(values) => values,
            Self::Contains(text) | Self::StartsWith(text) => text,
        };
        decoder.at(Place::Field(&name), operand.unwrap_or_default(), into);
    }
}
