//! What became of a piece of content: who saw it, followed it, sent it away.

use std::collections::HashMap;

use headstart_core::content::{Form, Kind};
use headstart_core::event::name;
use headstart_core::{Content, ContentDocument};
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::StoreError;
use crate::store::tasks::{self, TaskMetrics};

/// What became of a piece of content. Everything counts people, whatever version of it they had; a browser
/// and the user who claimed it are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ContentMetrics {
    /// The content's id.
    pub content: String,
    /// Its title, in the latest version.
    pub title: String,
    /// How many people it was shown to.
    pub shown: i64,
    /// How many completed it: of a checklist did all that must be done, went through a tour to its end,
    /// pressed the main button of a tip, banner or modal or used what it points at.
    pub completed: i64,
    /// How many sent it away, at any time.
    pub dismissed: i64,
    /// How many put it off, at any time.
    pub snoozed: i64,
    /// From how many it was kept, to compare (`holdout`).
    pub withheld: i64,
    /// Of a checklist: how many of those who saw it did each task of the latest version, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub tasks: Vec<TaskMetrics>,
    /// Of a tour: how many came to each step of the latest version, in its order, and where they left.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub steps: Vec<StepMetrics>,
}

/// How many people came to a step of a tour. Of those who have not gone through the tour it is told which
/// step they saw last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StepMetrics {
    /// The step's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many people saw it.
    pub viewed: i64,
    /// How many saw it last and have sent the tour away.
    pub left: i64,
    /// How many saw it last and have neither finished the tour nor sent it away: it goes on from there when
    /// they are back.
    pub underway: i64,
}

const SHOWN: [&str; 5] = [
    name::CHECKLIST_SHOWN,
    name::TIP_SHOWN,
    name::TOUR_STARTED,
    name::BANNER_SHOWN,
    name::MODAL_SHOWN,
];
const COMPLETED: [&str; 5] = [
    name::CHECKLIST_COMPLETED,
    name::TIP_COMPLETED,
    name::TOUR_COMPLETED,
    name::BANNER_COMPLETED,
    name::MODAL_COMPLETED,
];
const DISMISSED: [&str; 5] = [
    name::CHECKLIST_DISMISSED,
    name::TIP_DISMISSED,
    name::TOUR_DISMISSED,
    name::BANNER_DISMISSED,
    name::MODAL_DISMISSED,
];

/// What became of this content.
pub(crate) fn content(
    connection: &Connection,
    project: i64,
    content: &Content,
) -> Result<ContentMetrics, StoreError> {
    let id = content.id.as_str();
    let people = |names: &[&str]| people(connection, project, id, names);
    Ok(ContentMetrics {
        content: id.to_owned(),
        title: ContentDocument::from(content.clone()).title,
        shown: people(&SHOWN)?,
        completed: people(&COMPLETED)?,
        dismissed: people(&DISMISSED)?,
        snoozed: people(&[name::CONTENT_SNOOZED])?,
        withheld: people(&[name::CONTENT_WITHHELD])?,
        tasks: tasks::count(connection, project, content, name::CHECKLIST_SHOWN)?,
        steps: steps(connection, project, content)?,
    })
}

/// Of how many people there is an event of any of these names about the content.
fn people(
    connection: &Connection,
    project: i64,
    content: &str,
    names: &[&str],
) -> Result<i64, StoreError> {
    let places = vec!["?"; names.len()].join(", ");
    let sql = format!(
        "SELECT count(DISTINCT person) FROM events
         WHERE project = {project} AND content_id = ? AND name IN ({places})"
    );
    let values = [content].into_iter().chain(names.iter().copied());
    let people = connection
        .prepare_cached(&sql)?
        .query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(people)
}

fn steps(
    connection: &Connection,
    project: i64,
    content: &Content,
) -> Result<Vec<StepMetrics>, StoreError> {
    let guide = match &content.kind {
        Kind::Guide(guide) if guide.form == Form::Tour => guide,
        _ => return Ok(Vec::new()),
    };
    let viewed: HashMap<String, i64> = connection
        .prepare_cached(
            "SELECT properties ->> 'step_id' AS step, count(DISTINCT person) FROM events
             WHERE project = ?1 AND content_id = ?2 AND name = ?3 AND step IS NOT NULL
             GROUP BY step",
        )?
        .query_map(
            (project, content.id.as_str(), name::TOUR_STEP_VIEWED),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?
        .collect::<Result<_, _>>()?;
    let last: HashMap<String, (i64, i64)> = connection
        .prepare_cached(
            "WITH seen AS (
               SELECT person, properties ->> 'step_id' AS step, row_number() OVER (
                 PARTITION BY person ORDER BY at DESC, properties ->> 'step_id' DESC
               ) AS place
               FROM events WHERE project = ?1 AND content_id = ?2 AND name = ?3
             ),
             told AS (SELECT person, name FROM events WHERE project = ?1 AND content_id = ?2)
             SELECT step, sum(gone), sum(1 - gone) FROM (
               SELECT step, person IN (SELECT person FROM told WHERE name = ?5) AS gone FROM seen
               WHERE place = 1 AND step IS NOT NULL
                 AND person NOT IN (SELECT person FROM told WHERE name = ?4)
             ) GROUP BY step",
        )?
        .query_map(
            (
                project,
                content.id.as_str(),
                name::TOUR_STEP_VIEWED,
                name::TOUR_COMPLETED,
                name::TOUR_DISMISSED,
            ),
            |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))),
        )?
        .collect::<Result<_, _>>()?;
    let metrics = guide.steps.iter().map(|step| {
        let id = step.id.as_str();
        let (left, underway) = last.get(id).copied().unwrap_or_default();
        StepMetrics {
            id: id.to_owned(),
            title: step.title.clone(),
            viewed: viewed.get(id).copied().unwrap_or(0),
            left,
            underway,
        }
    });
    Ok(metrics.collect())
}
