//! The domain of Headstart, pure: the content model, conditions, progress, sessions, and the engine
//! that decides what holds, what is shown and what counts.
//!
//! Nothing here reads a clock, draws a random number or touches a page, a file or a network: time,
//! ids and storage come in as arguments, effects go out as data. The widget and the collector run
//! this same code, so that neither has a second opinion.
//!
//! Start at [`Engine`]; what goes in is [`Input`], what comes out [`Effect`] and [`View`].
#![forbid(unsafe_code)]

pub mod comparison;
pub mod condition;
pub mod consent;
pub mod content;
pub mod decode;
pub mod engine;
pub mod event;
pub mod facts;
pub mod id;
pub mod json;
pub mod known;
pub mod language;
pub mod map;
pub mod message;
pub mod outbox;
pub mod page;
pub mod run;
pub mod session;
pub mod settle;
pub mod sightings;
pub mod time;
pub mod value;

pub use comparison::Comparison;
pub use condition::Condition;
pub use consent::Consent;
pub use content::{Content, ContentDocument, Kind};
pub use decode::{Decode, Decoder};
pub use engine::{Act, Boot, Effect, Engine, Explanation, Input, Settings, View};
pub use event::Event;
pub use id::{
    AccountId, AnonymousId, ContentId, MessageId, Selector, SessionId, StepId, TabId, TaskId,
    UserId,
};
pub use known::Known;
pub use map::Map;
pub use message::{Body, Message, Person};
pub use page::{Location, PagePattern};
pub use run::Run;
pub use sightings::Sightings;
pub use time::{Now, Span};
pub use value::{Properties, Value};
