//! Who gets activated, and where people stop.

use std::collections::HashMap;

use headstart_core::Content;
use headstart_core::event::name;
use rusqlite::Connection;
use serde::Serialize;
use utoipa::ToSchema;

use crate::percentile::percentile;
use crate::store::StoreError;
use crate::store::tasks::{self, TaskMetrics};

/// How people get on with an activation checklist. Everything counts people who have started it
/// (`Checklist Started`), in whatever version of it; a browser and the user who claimed it are one.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ActivationMetrics {
    /// The checklist's id.
    pub content: String,
    /// Its title, in the latest version.
    pub title: String,
    /// How many people started.
    pub started: u64,
    /// How many of them did each task of the latest version, in its order, and how many left it out.
    pub tasks: Vec<TaskMetrics>,
    /// How many of them did all required tasks (`Activation Reached`).
    pub activated: u64,
    /// `activated` of `started`, from 0 to 1; null while nobody has started.
    pub completion_rate: Option<f64>,
    /// The median (nearest rank) over those activated of the time from their first `Checklist
    /// Started` to their `Activation Reached`, milliseconds; who was activated before starting
    /// counts 0. Null while nobody was activated.
    pub median_time_to_activation_ms: Option<i64>,
}

/// How people get on with this checklist.
pub(crate) fn activation(
    connection: &Connection,
    project: i64,
    content: &Content,
) -> Result<ActivationMetrics, StoreError> {
    let id = content.id.as_str();
    let started = first_times(connection, project, id, name::CHECKLIST_STARTED)?;
    let activated = first_times(connection, project, id, name::ACTIVATION_REACHED)?;
    let mut times: Vec<i64> = activated
        .iter()
        .filter_map(|(person, at)| Some(at.saturating_sub(*started.get(person)?).max(0)))
        .collect();
    let title = content.checklist().map_or("", |list| &list.title);
    #[expect(clippy::cast_precision_loss, reason = "people are fewer than 2^52")]
    let completion_rate = (!started.is_empty()).then(|| times.len() as f64 / started.len() as f64);
    Ok(ActivationMetrics {
        content: id.to_owned(),
        title: title.to_owned(),
        started: started.len() as u64,
        tasks: tasks::count(connection, project, content, name::CHECKLIST_STARTED)?,
        activated: times.len() as u64,
        completion_rate,
        median_time_to_activation_ms: percentile(&mut times, 50),
    })
}

/// When each person first sent this event about this content.
fn first_times(
    connection: &Connection,
    project: i64,
    content: &str,
    name: &str,
) -> Result<HashMap<i64, i64>, StoreError> {
    let times = connection
        .prepare_cached(
            "SELECT person, min(at) FROM events
             WHERE project = ?1 AND content_id = ?2 AND name = ?3 GROUP BY person",
        )?
        .query_map((project, content, name), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?;
    Ok(times)
}
