//! How long sessions are, where they end, and who comes back.

use headstart_core::session::IDLE;
use rusqlite::Connection;
use serde::Serialize;
use utoipa::ToSchema;

use crate::catalog::Catalog;
use crate::percentile::percentile;
use crate::store::StoreError;
use crate::store::session_ends::{self, SessionEnd};

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
    /// Where sessions end: at which task people were when they left, those where most sessions ended
    /// first. Only sessions that are over are in it (30 minutes without use, or 24 hours long).
    pub ends: Vec<SessionEnd>,
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
    pub(super) fn of(mut values: Vec<i64>) -> Self {
        Self {
            median_ms: percentile(&mut values, 50),
            p90_ms: percentile(&mut values, 90),
        }
    }
}

/// A session, as the widget has reported it. All times are wall milliseconds.
pub(super) struct Session {
    pub id: String,
    pub person: i64,
    pub started_at: i64,
    pub length: i64,
    pub engaged: i64,
    pub task: Option<Task>,
}

/// The content and the task that a user was on, by their ids.
pub(super) type Task = (String, String);

/// A stretch of time in which a person was there.
struct Stretch {
    person: i64,
    from: i64,
    to: i64,
    /// The place of the session that was reported; none if it is known from boots alone.
    session: Option<usize>,
}

/// All sessions of a project, as of `now`.
pub(crate) fn sessions(
    connection: &Connection,
    project: i64,
    catalog: &Catalog,
    now: i64,
) -> Result<SessionMetrics, StoreError> {
    let sessions = load(connection, project)?;
    let stretches = stretches(connection, project, &sessions)?;
    let mut last_of_all = vec![false; sessions.len()];
    let (mut people, mut returned) = (0_u64, 0_u64);
    for of_one in stretches.chunk_by(|a, b| a.person == b.person) {
        let apart = apart(of_one);
        people += 1;
        returned += u64::from(apart.len() >= 2);
        let last = apart
            .iter()
            .max_by_key(|stretch| (stretch.to, stretch.from));
        if let Some(last) = last.and_then(|last| last_of_all.get_mut(last.session?)) {
            *last = true;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "people are fewer than 2^52")]
    let repeat_session_rate = (people > 0).then(|| returned as f64 / people as f64);
    Ok(SessionMetrics {
        count: sessions.len() as u64,
        length: Distribution::of(sessions.iter().map(|session| session.length).collect()),
        engaged: Distribution::of(sessions.iter().map(|session| session.engaged).collect()),
        people,
        repeat_session_rate,
        ends: session_ends::ends(&sessions, &last_of_all, catalog, now),
    })
}

/// Each with the task of the tab that was used last.
fn load(connection: &Connection, project: i64) -> Result<Vec<Session>, StoreError> {
    let sessions = connection
        .prepare_cached(
            "SELECT sessions.session_id, person, started_at, sessions.length_ms,
               min(sessions.engaged_ms, sessions.length_ms), content_id, task_id
             FROM sessions LEFT JOIN session_tabs AS tab
               ON tab.project = sessions.project AND tab.session_id = sessions.session_id
               AND tab.tab_id =
                 (SELECT tab_id FROM session_tabs AS used
                  WHERE used.project = sessions.project AND used.session_id = sessions.session_id
                  ORDER BY used_to_ms DESC, used.engaged_ms DESC, tab_id LIMIT 1)
             WHERE sessions.project = ?1 ORDER BY sessions.session_id",
        )?
        .query_map([project], |row| {
            let (content, task): (Option<String>, _) = (row.get(5)?, row.get(6)?);
            Ok(Session {
                id: row.get(0)?,
                person: row.get(1)?,
                started_at: row.get(2)?,
                length: row.get(3)?,
                engaged: row.get(4)?,
                task: content.zip(task),
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(sessions)
}

/// By person, and in the order in which they began.
fn stretches(
    connection: &Connection,
    project: i64,
    sessions: &[Session],
) -> Result<Vec<Stretch>, StoreError> {
    let mut stretches: Vec<Stretch> = connection
        .prepare_cached("SELECT person, started_at, last_at FROM visits WHERE project = ?1")?
        .query_map([project], |row| {
            Ok(Stretch {
                person: row.get(0)?,
                from: row.get(1)?,
                to: row.get(2)?,
                session: None,
            })
        })?
        .collect::<Result<_, _>>()?;
    stretches.extend(sessions.iter().enumerate().map(|(place, session)| Stretch {
        person: session.person,
        from: session.started_at,
        to: session.started_at.saturating_add(session.length),
        session: Some(place),
    }));
    stretches.sort_by_key(|stretch| (stretch.person, stretch.from));
    Ok(stretches)
}

/// The sessions of one person: the reported ones, and the visits that are none of those.
fn apart(stretches: &[Stretch]) -> Vec<&Stretch> {
    let (mut apart, visits): (Vec<&Stretch>, Vec<&Stretch>) = stretches
        .iter()
        .partition(|stretch| stretch.session.is_some());
    let reported = apart.len();
    let mut last_visit: Option<i64> = None;
    for visit in visits {
        // Visits of two browsers that turned out to be one person may touch.
        let goes_on = last_visit.is_some_and(|to| visit.from.saturating_sub(to) <= IDLE);
        last_visit = last_visit.max(Some(visit.to));
        let within = apart[..reported]
            .iter()
            .any(|session| visit.from <= session.to + IDLE && session.from <= visit.to + IDLE);
        if !goes_on && !within {
            apart.push(visit);
        }
    }
    apart
}
