//! A person's history with the content, as Headstart's own events tell it, and the runs that it folds
//! into. The engine keeps the same of what it does itself: see `Engine` and `settle` in core.

use headstart_core::event::{name, property};
use headstart_core::run::Mark;
use headstart_core::sightings::MOST;
use headstart_core::time::DAY;
use headstart_core::{ContentId, Known, Map, MessageId, Properties, Run, StepId, TaskId, Value};
use rusqlite::{Connection, Row};

use crate::store::StoreError;
use crate::store::people::PersonId;

/// All that was told of a person's way with the content.
#[derive(Clone, Debug, Default)]
pub(crate) struct History(Vec<Told>);

/// What one event tells.
#[derive(Clone, Debug)]
struct Told {
    at: i64,
    content: ContentId,
    run: Run,
    /// Its message id, if it tells of an interruption that began.
    interruption: Option<MessageId>,
    /// Whether it tells of one that ended.
    quiet: bool,
}

impl History {
    /// Looks it up.
    pub(crate) fn load(connection: &Connection, person: PersonId) -> Result<Self, StoreError> {
        let mut select = connection.prepare_cached(
            "SELECT name, content_id, task_id, at, message_id, properties
             FROM events INDEXED BY events_by_run
             WHERE person = ?1 AND content_id IS NOT NULL",
        )?;
        let mut rows = select.query([person])?;
        let mut told = Vec::new();
        while let Some(row) = rows.next()? {
            told.extend(read(row)?);
        }
        Ok(Self(told))
    }

    /// How far the person has got with each piece of content.
    pub(crate) fn runs(&self) -> Map<ContentId, Run> {
        self.runs_by(i64::MAX)
    }

    /// How far they had got by then, wall milliseconds. The version that they began with stays.
    pub(crate) fn runs_by(&self, until: i64) -> Map<ContentId, Run> {
        let mut runs: Map<ContentId, Run> = Map::new();
        for told in &self.0 {
            let run = runs.or_default(&told.content);
            if told.at <= until {
                run.merge(&told.run);
            } else {
                run.merge(&Run {
                    pinned: told.run.pinned,
                    ..Run::default()
                });
            }
        }
        runs
    }

    /// When tasks were done or marked, wall milliseconds.
    pub(crate) fn task_times(&self) -> impl Iterator<Item = i64> {
        let tells = |told: &&Told| !told.run.tasks.is_empty() || !told.run.marks.is_empty();
        self.0.iter().filter(tells).map(|told| told.at)
    }

    /// Adds when the person was interrupted, and since when there is quiet: those of the day before
    /// `now`, wall milliseconds, which limits count, and the last one, after which there is quiet.
    pub(crate) fn add_interruptions(&self, known: &mut Known, now: i64) {
        let mut all: Vec<(i64, &MessageId)> = self
            .0
            .iter()
            .filter_map(|told| Some((told.at, told.interruption.as_ref()?)))
            .collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        let a_day_ago = now.saturating_sub(DAY);
        for (index, (at, id)) in all.into_iter().take(MOST).enumerate() {
            if index == 0 || at >= a_day_ago {
                known.interruptions.add(at, id.clone());
            }
        }
        let ends = self.0.iter().filter(|told| told.quiet);
        known.quiet_since = known.quiet_since.max(ends.map(|told| told.at).max());
    }
}

/// When the person last chose whether to have tips and tours, and whether they want them no more.
pub(crate) fn hushed(
    connection: &Connection,
    person: PersonId,
) -> Result<Option<(i64, bool)>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT at, properties FROM events
         WHERE person = ?1 AND name = ?2 AND kind = 'track'",
    )?;
    let mut rows = select.query((person, name::TIPS_CHOSEN))?;
    let mut last = None;
    while let Some(row) = rows.next()? {
        let properties = parse(row.get_ref(1)?.as_str().unwrap_or_default());
        if let Some(Value::Bool(wanted)) = properties.get(property::WANTED) {
            last = last.max(Some((row.get(0)?, !wanted)));
        }
    }
    Ok(last)
}

/// What an event tells of a run, if it tells anything.
fn read(row: &Row<'_>) -> Result<Option<Told>, StoreError> {
    let name = row.get_ref(0)?.as_str().unwrap_or_default();
    let task: Option<String> = row.get(2)?;
    let at: i64 = row.get(3)?;
    let properties = parse(row.get_ref(5)?.as_str().unwrap_or_default());
    let text = |name| properties.get(name).and_then(Value::as_text);
    let mut shown = false;
    let mut ended = false;
    let run = match name {
        name::CHECKLIST_SHOWN => Run {
            shown_at: Some(at),
            pinned: version(&properties).map(|version| (at, version)),
            ..Run::default()
        },
        name::TIP_SHOWN | name::TOUR_STARTED | name::BANNER_SHOWN | name::MODAL_SHOWN => {
            shown = true;
            Run {
                shown_at: Some(at),
                started_at: Some(at),
                last_shown: Some(at),
                pinned: version(&properties).map(|version| (at, version)),
                ..Run::default()
            }
        }
        name::CHECKLIST_STARTED => Run {
            started_at: Some(at),
            ..Run::default()
        },
        name::TOUR_STEP_VIEWED => Run {
            step: text(property::STEP_ID).map(|step| (at, StepId(step.to_owned()))),
            ..Run::default()
        },
        name::TASK_COMPLETED => Run {
            tasks: task.into_iter().map(|task| (TaskId(task), at)).collect(),
            ..Run::default()
        },
        name::TASK_MARKED => {
            let mark = text(property::MARK).and_then(Mark::from_name);
            Run {
                marks: task
                    .zip(mark)
                    .into_iter()
                    .map(|(task, mark)| (TaskId(task), (at, mark)))
                    .collect(),
                ..Run::default()
            }
        }
        name::CHECKLIST_COMPLETED => Run {
            completed_at: Some(at),
            ..Run::default()
        },
        // A guide that has done its work goes off the screen with it.
        name::TIP_COMPLETED
        | name::TOUR_COMPLETED
        | name::BANNER_COMPLETED
        | name::MODAL_COMPLETED => {
            ended = true;
            Run {
                completed_at: Some(at),
                dismissed_at: Some(at),
                ..Run::default()
            }
        }
        name::CHECKLIST_DISMISSED
        | name::TIP_DISMISSED
        | name::TOUR_DISMISSED
        | name::BANNER_DISMISSED
        | name::MODAL_DISMISSED => {
            ended = true;
            Run {
                dismissed_at: Some(at),
                ..Run::default()
            }
        }
        name::CONTENT_SNOOZED => {
            ended = true;
            Run {
                snoozed: Some((at, until(&properties))),
                ..Run::default()
            }
        }
        name::CONTENT_WITHHELD => Run {
            withheld_at: Some(at),
            ..Run::default()
        },
        name::CONTENT_RECALLED => Run {
            recalled_at: Some(at),
            ..Run::default()
        },
        _ => return Ok(None),
    };
    let interrupts = properties.get(property::INTERRUPTS) == Some(&Value::Bool(true));
    let message_id: String = row.get(4)?;
    Ok(Some(Told {
        at,
        content: ContentId(row.get(1)?),
        run,
        interruption: (shown && interrupts).then_some(MessageId(message_id)),
        quiet: ended && interrupts,
    }))
}

/// What cannot be read was not written here, and tells nothing.
fn parse(properties: &str) -> Properties {
    serde_json::from_str(properties).unwrap_or_default()
}

fn version(properties: &Properties) -> Option<u32> {
    let version = properties.get(property::VERSION)?.as_number()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast from f64 saturates; no such version is stored then"
    )]
    Some(version as u32)
}

/// Until when content was put off; without a moment, the next session.
fn until(properties: &Properties) -> i64 {
    let until = properties.get(property::UNTIL).and_then(Value::as_number);
    #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates")]
    until.map_or(i64::MAX, |until| until as i64)
}
