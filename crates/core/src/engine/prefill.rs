//! Prefilled forms: what a button wants a form to hold, until the form is there.

use crate::content::{Action, fill_plain};
use crate::engine::Engine;
use crate::engine::effect::Effect;
use crate::id::Selector;
use crate::known::{put_map, put_text, put_time};
use crate::map::Map;
use crate::message::Person;
use crate::time::MINUTE;
use crate::value::{Properties, Value};

/// A form that has not come up by then is not the one that was asked for, milliseconds.
const PREFILL_FOR: i64 = 5 * MINUTE;

/// Form fields that are to be filled in once they are there. The page may be loaded for it, so it is
/// kept with what is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefill {
    /// The path that the form is at.
    pub path: String,
    /// What each field is to hold; with the user's traits in it.
    pub fields: Map<Selector, String>,
    /// Whose traits, as [`Person::key`] has it.
    pub person: String,
    /// When the button was pressed, wall milliseconds.
    pub at: i64,
}

impl Prefill {
    /// Its JSON form, which [`crate::decode::Decode`] reads back.
    pub fn to_value(&self) -> Value {
        let mut object = Properties::new();
        put_text(&mut object, "path", &self.path);
        put_map(&mut object, "fields", &self.fields, |text| {
            text.as_str().into()
        });
        put_text(&mut object, "person", &self.person);
        put_time(&mut object, "at", Some(self.at));
        Value::Map(object)
    }

    /// Also when the clock was set back in between, or somebody else is there now.
    fn is_over(&self, person: &Person, now: i64) -> bool {
        self.person != person.key() || !(0..PREFILL_FOR).contains(&now.saturating_sub(self.at))
    }
}

impl Engine {
    /// Notes what form fields are to hold once they are there.
    pub(super) fn prefill(&mut self, action: &Action, path: &str) {
        let mut fields = Map::new();
        for (selector, text) in &action.fill {
            fields.insert(selector.clone(), fill_plain(text, &self.known));
        }
        let before = self.ui.prefill.take();
        let is_news = before.is_some() || !fields.is_empty();
        if !fields.is_empty() {
            self.ui.prefill = Some(Prefill {
                path: path.to_owned(),
                fields,
                person: self.person.key().to_owned(),
                at: self.now.wall,
            });
        }
        if is_news {
            self.changed = true;
            self.save_ui();
        }
    }

    /// Fills in the form fields that are there by now. Says when the others are given up.
    pub(super) fn fill_in(&mut self) -> Option<i64> {
        let here = self.fields_here();
        let mut prefill = self.ui.prefill.take()?;
        let before = prefill.fields.len();
        if prefill.is_over(&self.person, self.now.wall) {
            prefill.fields.clear();
        }
        for selector in here {
            let is_there = self
                .elements
                .get(&selector)
                .is_some_and(|fact| fact.visible);
            if is_there && let Some(value) = prefill.fields.remove(&selector) {
                self.effects.push(Effect::Fill { selector, value });
            }
        }
        let left = prefill.fields.len();
        if left < before || left == 0 {
            self.changed = true;
            self.save_ui();
        }
        let over = prefill.at + PREFILL_FOR;
        self.ui.prefill = Some(prefill).filter(|_| left > 0);
        self.ui.prefill.as_ref().map(|_| over)
    }

    /// The fields that are still to be filled in on this page.
    pub(super) fn fields_here(&self) -> Vec<Selector> {
        let mut fields = Vec::new();
        if let (Some(prefill), Some(page)) = (&self.ui.prefill, &self.page)
            && page.is_at(&prefill.path)
        {
            for (selector, _) in &prefill.fields {
                fields.push(selector.clone());
            }
        }
        fields
    }
}
