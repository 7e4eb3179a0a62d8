//! The binary itself, as people and machines start it.

mod content;
mod erase;
mod identity;
mod keys;
mod kill;
mod script;
mod serve;
mod settings;
mod support;
mod templates;
