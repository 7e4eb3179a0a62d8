//! The Headstart collector: takes in what widgets and servers send, tells widgets what to show, and
//! answers who gets activated and who comes back. One process, one data folder.
//!
//! [`app::app`] is the whole server as a tower service; the binary adds the command line around it.
//! An event is acknowledged after it is on disk, and each message id counts once, for ever; how, is
//! in [`store`].

pub mod app;
pub mod assets;
pub mod cli;
pub mod clock;
pub mod error;
pub mod identity;
pub mod message;
pub mod openapi;
pub mod store;

mod asks;
mod auth;
mod authored;
mod body;
mod catalog;
mod documents;
mod language;
mod percentile;
mod routes;
mod settings;
mod site;
mod telemetry;
mod texts;
mod theme;
mod translations;
mod words;
