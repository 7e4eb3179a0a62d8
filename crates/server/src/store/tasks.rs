//! How many people did each task of a checklist, and how many left it out.

use std::collections::HashMap;

use headstart_core::Content;
use headstart_core::event::name;
use headstart_core::run::Mark;
use rusqlite::Connection;
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::StoreError;

/// How many people did a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskMetrics {
    /// The task's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many people did it, or have marked it as done.
    pub completed: i64,
    /// How many have left it out, and did not do it all the same.
    pub skipped: i64,
}

/// The tasks of the version that is given, in its order; counted are people of whom there is an event of
/// the name `among` about the content. Of somebody's marks the latest counts, as in `Run::mark`.
pub(crate) fn count(
    connection: &Connection,
    project: i64,
    content: &Content,
    among: &str,
) -> Result<Vec<TaskMetrics>, StoreError> {
    let mut select = connection.prepare_cached(
        "WITH marks AS (
           SELECT person, task_id, properties ->> 'mark' AS mark, row_number() OVER (
             PARTITION BY person, task_id
             ORDER BY at DESC, CASE properties ->> 'mark'
               WHEN ?6 THEN 2 WHEN ?7 THEN 1 ELSE 0 END DESC
           ) AS place
           FROM events WHERE project = ?1 AND content_id = ?2 AND name = ?4
         ),
         done AS (
           SELECT person, task_id FROM events
           WHERE project = ?1 AND content_id = ?2 AND name = ?3 AND task_id IS NOT NULL
           UNION
           SELECT person, task_id FROM marks WHERE place = 1 AND mark = ?6
         ),
         skipped AS (
           SELECT person, task_id FROM marks WHERE place = 1 AND mark = ?7
           EXCEPT SELECT person, task_id FROM done
         ),
         settled AS (
           SELECT person, task_id, 1 AS is_done FROM done
           UNION ALL SELECT person, task_id, 0 FROM skipped
         )
         SELECT task_id, sum(is_done), sum(1 - is_done) FROM settled
         WHERE person IN (SELECT person FROM events
                          WHERE project = ?1 AND content_id = ?2 AND name = ?5)
         GROUP BY task_id",
    )?;
    let counts = select.query_map(
        (
            project,
            content.id.as_str(),
            name::TASK_COMPLETED,
            name::TASK_MARKED,
            among,
            Mark::Done.name(),
            Mark::Skipped.name(),
        ),
        |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))),
    )?;
    let counts: HashMap<String, (i64, i64)> = counts.collect::<Result<_, _>>()?;
    let tasks = content.checklist().map_or(&[][..], |list| &list.tasks);
    let metrics = tasks.iter().map(|task| {
        let (completed, skipped) = counts.get(task.id.as_str()).copied().unwrap_or_default();
        TaskMetrics {
            id: task.id.to_string(),
            title: task.title.clone(),
            completed,
            skipped,
        }
    });
    Ok(metrics.collect())
}
