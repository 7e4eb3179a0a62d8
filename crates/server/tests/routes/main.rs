//! The routes, each tested at its own path, without a network in between.

mod api;
mod assets;
mod cookies;
mod health;
mod site;
mod support;
mod v1;
