//! What a condition needs to be told of: the events to keep sightings of, the elements to watch.

use crate::condition::{Condition, ElementState, EventMatcher};
use crate::event::name::SESSION_STARTED;
use crate::id::Selector;
use crate::map::Map;

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
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.add(part);
                }
            }
            Condition::Not(part) => self.add(part),
            Condition::Event(event) => self.add_event(event.matcher(), event.at_least),
            Condition::Sessions(sessions) => {
                let matcher = EventMatcher {
                    name: SESSION_STARTED.to_owned(),
                    filters: Map::new(),
                };
                self.add_event(matcher, sessions.at_least);
            }
            Condition::Element(element) => {
                let value = matches!(element.is, ElementState::Value(_));
                self.watch(&element.selector, value);
            }
            Condition::Page(_)
            | Condition::Trait(_)
            | Condition::Content(_)
            | Condition::Session(_)
            | Condition::FirstSeen(_)
            | Condition::Share(_)
            | Condition::Locale(_)
            | Condition::Device(_) => {}
        }
    }

    /// Adds an element to watch.
    pub fn watch(&mut self, selector: &Selector, value: bool) {
        *self.elements.or_default(selector) |= value;
    }

    fn add_event(&mut self, matcher: EventMatcher, at_least: u32) {
        let key = matcher.key();
        match self.events.get_mut(&key) {
            Some((_, most)) => *most = at_least.max(*most),
            None => self.events.insert(key, (matcher, at_least)),
        }
    }
}
