//! What core promises, one file for each of its rooms.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its case should stop"
)]

mod comparison;
mod condition;
mod content;
mod decode;
mod engine;
mod event;
mod json;
mod known;
mod language;
mod map;
mod message;
mod outbox;
mod page;
mod run;
mod session;
mod settle;
mod sightings;
mod text;
mod time;
mod value;
