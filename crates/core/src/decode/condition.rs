//! Conditions and comparisons.

use crate::comparison::Comparison;
use crate::condition::{
    Condition, ContentCondition, ContentState, Device, ElementCondition, ElementState,
    EventCondition, FirstSeenCondition, Owner, SessionCondition, SessionsCondition, ShareCondition,
    TraitCondition,
};
use crate::decode::{Decode, Decoder};
use crate::id::{ContentId, Selector, TaskId};
use crate::page::PagePattern;
use crate::text::join;
use crate::time::{NO_SPAN, Span};
use crate::value::Value;

impl Decode for Condition {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let (name, inner) = decoder.choice(value);
        let inner = inner.unwrap_or_default();
        let read: fn(Value, &mut Decoder) -> Self = match name.as_str() {
            "all" => |v, d| Self::All(d.items(v, Self::decode)),
            "any" => |v, d| Self::Any(d.items(v, Self::decode)),
            "not" => |v, d| Self::Not(Box::new(Self::decode(v, d))),
            "event" => |v, d| Self::Event(EventCondition::decode(v, d)),
            "page" => |v, d| Self::Page(PagePattern::decode(v, d)),
            "element" => |v, d| Self::Element(ElementCondition::decode(v, d)),
            "trait" => |v, d| Self::Trait(TraitCondition::decode(v, d)),
            "content" => |v, d| Self::Content(ContentCondition::decode(v, d)),
            "sessions" => |v, d| Self::Sessions(SessionsCondition::decode(v, d)),
            "session" => |v, d| Self::Session(SessionCondition::decode(v, d)),
            "first_seen" => |v, d| Self::FirstSeen(FirstSeenCondition::decode(v, d)),
            "share" => |v, d| Self::Share(ShareCondition::decode(v, d)),
            "locale" => |v, d| Self::Locale(d.text(v)),
            "device" => |v, d| Self::Device(Device::decode(v, d)),
            other => {
                decoder.refuse_name(
                    other,
                    "`all`, `any`, `not`, `event`, `page`, `element`, `trait`, `content`, \
                     `sessions`, `session`, `first_seen`, `share`, `locale`, `device`",
                );
                return Self::Any(Vec::new());
            }
        };
        decoder.within(&name, inner, read)
    }
}

impl Decode for EventCondition {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            name: fields.text("name"),
            filters: fields
                .optional("where", |v, d| d.map(v, Comparison::decode))
                .unwrap_or_default(),
            at_least: fields.optional("at_least", |v, d| d.count(&v)).unwrap_or(1),
            within: fields.optional("within", Span::decode),
        }
    }
}

impl Decode for PagePattern {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            path: fields.optional_text("path"),
            query: fields
                .optional("query", |v, d| d.map(v, |v, d| d.text(v)))
                .unwrap_or_default(),
            hash: fields.optional_text("hash"),
        }
    }
}

impl Decode for ElementCondition {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            selector: fields.required("selector", Selector::decode),
            is: fields.required("is", ElementState::decode),
        }
    }
}

impl Decode for Selector {
    /// A list stands for its parts, joined as alternatives.
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        match value {
            Value::List(_) => {
                let parts = decoder.items(value, |v, d| d.text(v));
                let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
                Self(join(&parts, " || "))
            }
            text => Self(decoder.text(text)),
        }
    }
}

impl Decode for ElementState {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let (name, inner) = decoder.choice(value);
        match (name.as_str(), inner) {
            ("visible", None) => Self::Visible,
            ("clicked", None) => Self::Clicked,
            ("value", Some(asked)) => Self::Value(decoder.within(&name, asked, Comparison::decode)),
            ("present", None) => Self::Present,
            (other, _) => {
                decoder.refuse_name(other, "`present`, `visible`, `clicked`, {`value`: …}");
                Self::Present
            }
        }
    }
}

impl Decode for TraitCondition {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            of: fields.optional("of", Owner::decode).unwrap_or_default(),
            name: fields.text("name"),
            is: fields
                .optional("is", Comparison::decode)
                .unwrap_or(Comparison::Exists),
        }
    }
}

impl Decode for ShareCondition {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            percent: fields.required("percent", |v, d| d.count(&v)),
            draw: fields.text("draw"),
        }
    }
}

impl Decode for Device {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        match decoder.text(value).as_str() {
            "phone" => Self::Phone,
            "tablet" => Self::Tablet,
            "desktop" => Self::Desktop,
            other => {
                decoder.refuse_name(other, "`phone`, `tablet`, `desktop`");
                Self::Desktop
            }
        }
    }
}

impl Decode for Owner {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        match decoder.text(value).as_str() {
            "user" => Self::User,
            "account" => Self::Account,
            other => {
                decoder.refuse_name(other, "`user`, `account`");
                Self::User
            }
        }
    }
}

impl Decode for ContentCondition {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            id: ContentId(fields.text("id")),
            is: fields.required("is", ContentState::decode),
            since: fields.optional("since", Span::decode),
        }
    }
}

impl Decode for ContentState {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let (name, inner) = decoder.choice(value);
        match (name.as_str(), inner) {
            ("shown", None) => Self::Shown,
            ("started", None) => Self::Started,
            ("completed", None) => Self::Completed,
            ("dismissed", None) => Self::Dismissed,
            ("task_done", Some(task)) => {
                Self::TaskDone(decoder.within(&name, task, |v, d| TaskId(d.text(v))))
            }
            ("task_skipped", Some(task)) => {
                Self::TaskSkipped(decoder.within(&name, task, |v, d| TaskId(d.text(v))))
            }
            (other, _) => {
                decoder.refuse_name(
                    other,
                    "`shown`, `started`, `completed`, `dismissed`, {`task_done`: …}, \
                     {`task_skipped`: …}",
                );
                Self::Shown
            }
        }
    }
}

impl Decode for SessionsCondition {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            at_least: fields.required("at_least", |v, d| d.count(&v)),
            within: fields.optional("within", Span::decode),
        }
    }
}

impl Decode for SessionCondition {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            length_at_least: fields.optional("length_at_least", Span::decode),
            engaged_at_least: fields.optional("engaged_at_least", Span::decode),
        }
    }
}

impl Decode for FirstSeenCondition {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let mut fields = decoder.object(value);
        Self {
            at_least: fields.optional("at_least", Span::decode),
            less_than: fields.optional("less_than", Span::decode),
        }
    }
}

impl Decode for Span {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let text = decoder.text(value);
        Self::read(&text).unwrap_or_else(|| {
            decoder.notes.refuse(&["`", &text, NO_SPAN]);
            Self::from_millis(0)
        })
    }
}

impl Decode for Comparison {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let (name, inner) = decoder.choice(value);
        let Some(inner) = inner else {
            return match name.as_str() {
                "exists" => Self::Exists,
                "missing" => Self::Missing,
                other => refuse_comparison(other, decoder),
            };
        };
        let read: fn(Value, &mut Decoder) -> Self = match name.as_str() {
            "equals" => |v, _| Self::Equals(v),
            "not_equals" => |v, _| Self::NotEquals(v),
            "one_of" => |v, d| Self::OneOf(d.list(v)),
            "contains" => |v, d| Self::Contains(d.text(v)),
            "starts_with" => |v, d| Self::StartsWith(d.text(v)),
            "greater_than" => |v, _| Self::GreaterThan(v),
            "at_least" => |v, _| Self::AtLeast(v),
            "less_than" => |v, _| Self::LessThan(v),
            "at_most" => |v, _| Self::AtMost(v),
            other => return refuse_comparison(other, decoder),
        };
        decoder.within(&name, inner, read)
    }
}

fn refuse_comparison(name: &str, decoder: &mut Decoder) -> Comparison {
    decoder.refuse_name(
        name,
        "`exists`, `missing`, {`equals`: …}, `not_equals`, `one_of`, `contains`, `starts_with`, \
         `greater_than`, `at_least`, `less_than`, `at_most`",
    );
    Comparison::Exists
}
