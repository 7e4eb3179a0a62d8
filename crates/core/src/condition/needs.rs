//! What a condition needs to be told of: the events to keep sightings of, the elements to watch.

use std::borrow::Cow;

use crate::condition::{Condition, ElementState, EventMatcher};
use crate::event::name::SESSION_STARTED;
use crate::id::Selector;
use crate::map::Map;
use crate::value::Properties;

/// What must be known for a set of conditions to be decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The events that count, by [`EventMatcher::key`], each with the most sightings asked for.
    pub events: Map<String, (EventMatcher, u32)>,
    /// The elements to watch, each with whether its form value is looked at; no other field's value
    /// is ever read.
    pub elements: Map<Selector, bool>,
}

impl Needs {
    /// Adds what `condition` needs.
    pub fn add(&mut self, condition: &Condition) {
        condition.each(&mut |single| {
            add_element(&mut self.elements, single);
            match single {
                Condition::Event(event) => self.add_event(event.matcher(), event.at_least),
                Condition::Sessions(sessions) => {
                    let matcher = EventMatcher {
                        name: SESSION_STARTED.to_owned(),
                        filters: Map::new(),
                    };
                    self.add_event(matcher, sessions.at_least);
                }
                _ => {}
            }
        });
    }

    fn add_event(&mut self, matcher: EventMatcher, at_least: u32) {
        let key = matcher.key();
        match self.events.get_mut(&key) {
            Some((_, most)) => *most = at_least.max(*most),
            None => self.events.insert(key, (matcher, at_least)),
        }
    }
}

impl Condition {
    /// Hands on every condition in it that is not made of others.
    pub fn each(&self, visit: &mut dyn FnMut(&Self)) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each(visit);
                }
            }
            Self::Not(part) => part.each(visit),
            single => visit(single),
        }
    }

    /// The key under which sightings of an event are kept for it, if that event counts for it.
    pub(crate) fn counts(&self, event: &str, properties: &Properties) -> Option<Cow<'_, str>> {
        match self {
            Self::Event(wanted) if wanted.counts(event, properties) => Some(wanted.key()),
            Self::Sessions(_) if event == SESSION_STARTED => Some(SESSION_STARTED.into()),
            _ => None,
        }
    }
}

/// Adds the element that a condition, which is not made of others, looks at.
pub(crate) fn add_element(elements: &mut Map<Selector, bool>, single: &Condition) {
    if let Condition::Element(element) = single {
        let value = matches!(element.is, ElementState::Value(_));
        *elements.or_default(&element.selector) |= value;
    }
}
