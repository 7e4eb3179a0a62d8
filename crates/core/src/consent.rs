//! Consent: what the user has answered to being asked whether they may be tracked, and what may be
//! shown to those who said no.

use crate::condition::{Condition, ElementState};
use crate::content::{Content, Form, Kind};

/// What the user has answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Consent {
    /// Nothing yet: everything works, but in memory only.
    Pending,
    /// Yes.
    #[default]
    Granted,
    /// No: nothing is tracked, nothing is kept, and nobody is named.
    Denied,
}

impl Consent {
    /// As it is written in storage and in the page's calls. What cannot be read is no answer.
    pub fn from_text(text: &str) -> Self {
        match text {
            "granted" => Self::Granted,
            "denied" => Self::Denied,
            _ => Self::Pending,
        }
    }
}

impl Content {
    /// Whether it is only for users who may be tracked. A checklist is: it keeps progress. Anything
    /// else is if its conditions ask who the user is or what happened before.
    pub fn needs_consent(&self) -> bool {
        let is_of_list = match &self.kind {
            Kind::Checklist(_) => true,
            Kind::Guide(guide) => guide.form == Form::Reminder,
        };
        is_of_list || self.delivery.holdout > 0 || self.asks_who()
    }

    /// Whether one of its conditions asks who the user is or what happened before, rather than how the page
    /// is now.
    fn asks_who(&self) -> bool {
        let mut asks = false;
        self.each_condition(&mut |single| {
            asks |= match single {
                Condition::Page(_) | Condition::Locale(_) | Condition::Device(_) => false,
                // A click is over when it is asked about, so it must have been remembered.
                Condition::Element(element) => element.is == ElementState::Clicked,
                _ => true,
            };
        });
        asks
    }
}
