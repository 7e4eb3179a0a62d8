//! How long sessions are, and who comes back.

use headstart_core::session::IDLE;
use rusqlite::Connection;
use serde::Serialize;
use utoipa::ToSchema;

use crate::percentile::percentile;
use crate::store::StoreError;

/// Sessions, as the widget has reported them.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SessionMetrics {
    /// How many were reported.
    pub count: u64,
    /// From the start to the last use: of a session's tabs the largest.
    pub length: Distribution,
    /// Time visible, focused and in use: the sum over the session's tabs, at most its length.
    pub engaged: Distribution,
    /// How many people had a session, reported or known from a boot alone.
    pub people: u64,
    /// How many of them had two or more, from 0 to 1; null while there is nobody. Here, and only
    /// here, boots count too, for users to whom no widget was sent: boots of a person with no more
    /// than 30 minutes from one to the next are one visit, and a visit that does not lie within
    /// 30 minutes of a reported session of that person counts as a session.
    pub repeat_session_rate: Option<f64>,
}

/// A middle and an upper value, by nearest rank; null of nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Distribution {
    /// The median, milliseconds.
    pub median_ms: Option<i64>,
    /// The 90th percentile, milliseconds.
    pub p90_ms: Option<i64>,
}

impl Distribution {
    fn of(mut values: Vec<i64>) -> Self {
        Self {
            median_ms: percentile(&mut values, 50),
            p90_ms: percentile(&mut values, 90),
        }
    }
}

/// A stretch of time in which a person was there.
struct Stretch {
    person: i64,
    from: i64,
    to: i64,
    /// Reported by the widget, or known from boots alone.
    reported: bool,
}

/// All sessions of a project.
pub(crate) fn sessions(
    connection: &Connection,
    project: i64,
) -> Result<SessionMetrics, StoreError> {
    let mut lengths = Vec::new();
    let mut engaged = Vec::new();
    let mut select = connection.prepare_cached(
        "SELECT length_ms, min(engaged_ms, length_ms) FROM sessions WHERE project = ?1",
    )?;
    let mut rows = select.query([project])?;
    while let Some(row) = rows.next()? {
        lengths.push(row.get(0)?);
        engaged.push(row.get(1)?);
    }
    let (people, returned) = count_people(&stretches(connection, project)?);
    #[expect(clippy::cast_precision_loss, reason = "people are fewer than 2^52")]
    let repeat_session_rate = (people > 0).then(|| returned as f64 / people as f64);
    Ok(SessionMetrics {
        count: lengths.len() as u64,
        length: Distribution::of(lengths),
        engaged: Distribution::of(engaged),
        people,
        repeat_session_rate,
    })
}

/// By person.
fn stretches(connection: &Connection, project: i64) -> Result<Vec<Stretch>, StoreError> {
    let stretches = connection
        .prepare_cached(
            "SELECT person, started_at, started_at + length_ms, true FROM sessions
             WHERE project = ?1
             UNION ALL
             SELECT person, started_at, last_at, false FROM visits WHERE project = ?1
             ORDER BY person, 2",
        )?
        .query_map([project], |row| {
            Ok(Stretch {
                person: row.get(0)?,
                from: row.get(1)?,
                to: row.get(2)?,
                reported: row.get(3)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(stretches)
}

/// How many people there are, and how many of them had two or more sessions.
fn count_people(stretches: &[Stretch]) -> (u64, u64) {
    let (mut people, mut returned) = (0, 0);
    for of_one in stretches.chunk_by(|a, b| a.person == b.person) {
        people += 1;
        if count_sessions(of_one) >= 2 {
            returned += 1;
        }
    }
    (people, returned)
}

/// The sessions of one person: the reported ones, and the visits that are none of those.
fn count_sessions(stretches: &[Stretch]) -> usize {
    let (reported, visits): (Vec<&Stretch>, Vec<&Stretch>) =
        stretches.iter().partition(|stretch| stretch.reported);
    let mut count = reported.len();
    let mut last_visit: Option<i64> = None;
    for visit in visits {
        // Visits of two browsers that turned out to be one person may touch.
        let goes_on = last_visit.is_some_and(|to| visit.from.saturating_sub(to) <= IDLE);
        last_visit = last_visit.max(Some(visit.to));
        let within = reported
            .iter()
            .any(|session| visit.from <= session.to + IDLE && session.from <= visit.to + IDLE);
        if !goes_on && !within {
            count += 1;
        }
    }
    count
}
