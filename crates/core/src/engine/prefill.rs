//! Prefilled forms: what a button wants a form to hold, until the form is there.

use crate::content::{Action, fill_plain};
use crate::engine::Engine;
use crate::engine::effect::Effect;
use crate::id::Selector;
use crate::known::{put_map, put_time};
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
        object.insert("path".to_owned(), self.path.as_str().into());
        put_map(&mut object, "fields", &self.fields, |text| {
            text.as_str().into()
        });
        object.insert("person".to_owned(), self.person.as_str().into());
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
        let prefill = Prefill {
            path: path.to_owned(),
            fields,
            person: self.person.key().to_owned(),
            at: self.now.wall,
        };
        self.keep_prefill(Some(prefill));
    }

    /// Fills in the form fields that are there by now. Says when the others are given up.
    pub(super) fn fill_in(&mut self) -> Option<i64> {
        let mut prefill = self.ui.prefill.clone()?;
        if prefill.is_over(&self.person, self.now.wall) {
            self.keep_prefill(None);
            return None;
        }
        let over = prefill.at + PREFILL_FOR;
        for selector in self.fields_here() {
            let is_there = self
                .elements
                .get(&selector)
                .is_some_and(|fact| fact.visible);
            if is_there && let Some(value) = prefill.fields.remove(&selector) {
                self.effects.push(Effect::Fill { selector, value });
            }
        }
        self.keep_prefill(Some(prefill));
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

    fn keep_prefill(&mut self, prefill: Option<Prefill>) {
        let prefill = prefill.filter(|prefill| !prefill.fields.is_empty());
        if self.ui.prefill != prefill {
            self.ui.prefill = prefill;
            self.changed = true;
            self.save_ui();
        }
    }
}
