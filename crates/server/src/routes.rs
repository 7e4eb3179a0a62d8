//! The routes, one file each.

pub(crate) mod activation;
pub(crate) mod asset;
pub(crate) mod batch;
pub(crate) mod boot;
pub(crate) mod content;
pub(crate) mod content_metrics;
pub(crate) mod event;
pub(crate) mod health;
pub(crate) mod identity;
pub(crate) mod people;
pub(crate) mod reset;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod targets;
