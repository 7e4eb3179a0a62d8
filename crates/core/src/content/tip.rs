//! Tips: a short hint at an element of the page.

use serde::Serialize;

use crate::condition::Condition;
use crate::content::Action;
use crate::id::Selector;

/// A short hint at an element of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tip {
    /// Which element it points at.
    pub target: Selector,
    /// Its heading.
    pub title: String,
    /// A sentence or two.
    pub body: Option<String>,
    /// When it comes up; without it, at once.
    pub trigger: Option<Condition>,
    /// How often.
    pub frequency: Frequency,
    /// What its button does.
    pub action: Option<Action>,
}

/// How often a piece of content comes up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Frequency {
    /// In one session only, until it is sent away.
    #[default]
    Once,
    /// In every session in which its trigger holds, until it is sent away.
    UntilDismissed,
}
