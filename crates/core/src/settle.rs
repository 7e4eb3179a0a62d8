//! Settling: noting what has come to be done. The one place where a task becomes done, a checklist
//! complete and a user activated, in the browser and at the collector alike.

use crate::condition::holds::earlier;
use crate::content::{Checklist, Content};
use crate::event::{Event, name, property};
use crate::facts::Facts;
use crate::facts::{ElementFact, SessionFact};
use crate::id::{ContentId, MessageId, Selector, TaskId};
use crate::known::Known;
use crate::map::Map;
use crate::page::Location;
use crate::run::Run;
use crate::value::{Properties, Value};

/// Something that came to be with one piece of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// With which content.
    pub content: ContentId,
    /// In which version of it.
    pub version: u32,
    /// What came to be.
    pub what: Reached,
    /// When, wall milliseconds.
    pub at: i64,
}

/// What can come to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reached {
    /// It was on screen for the first time.
    Shown(Showing),
    /// The user took it up.
    Started,
    /// A task was done.
    TaskDone(TaskId),
    /// All required tasks are done.
    Completed,
    /// All required tasks of an activation checklist are done.
    Activated,
    /// The user sent it away.
    Dismissed(Showing),
    /// It was sent away or over, and the host called it back.
    Recalled,
}

/// Which kind of thing was shown or sent away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Showing {
    /// A checklist.
    Checklist,
    /// A tip.
    Tip,
}

impl Milestone {
    /// The event that reports it. What happens once to a person has one message id for ever,
    /// whichever of their browsers or servers reports it, so that the collector counts it once;
    /// what may happen again carries its time.
    pub fn event(&self, person: &str, session: Option<&str>) -> Event {
        let mut properties = Properties::new();
        properties.insert(
            property::CONTENT_ID.to_owned(),
            self.content.as_str().into(),
        );
        properties.insert(property::VERSION.to_owned(), f64::from(self.version).into());
        if let Some(session) = session {
            properties.insert(property::SESSION_ID.to_owned(), session.into());
        }
        let (name, id) = match &self.what {
            Reached::Shown(Showing::Checklist) => (name::CHECKLIST_SHOWN, "shown".to_owned()),
            Reached::Shown(Showing::Tip) => (name::TIP_SHOWN, "shown".to_owned()),
            Reached::Started => (name::CHECKLIST_STARTED, "started".to_owned()),
            Reached::TaskDone(task) => {
                properties.insert(property::TASK_ID.to_owned(), Value::from(task.as_str()));
                (name::TASK_COMPLETED, format!("done/{task}"))
            }
            Reached::Completed => (name::CHECKLIST_COMPLETED, "completed".to_owned()),
            Reached::Activated => (name::ACTIVATION_REACHED, "activated".to_owned()),
            Reached::Dismissed(Showing::Checklist) => {
                (name::CHECKLIST_DISMISSED, format!("dismissed/{}", self.at))
            }
            Reached::Dismissed(Showing::Tip) => {
                (name::TIP_DISMISSED, format!("dismissed/{}", self.at))
            }
            Reached::Recalled => (name::CONTENT_RECALLED, format!("recalled/{}", self.at)),
        };
        Event {
            message_id: MessageId(format!("{person}/{}/{id}", self.content)),
            name: name.to_owned(),
            at: self.at,
            properties,
        }
    }
}

/// Whether a message id is the very one under which [`Milestone::event`] reports this event of this
/// person. One that is made of another person, content or task is not.
pub fn is_milestone_of(
    person: &str,
    message_id: &str,
    event: &str,
    properties: &Properties,
) -> bool {
    let text = |name| properties.get(name).and_then(Value::as_text);
    let what = text(property::CONTENT_ID).and_then(|content| {
        [person, "/", content, "/"]
            .into_iter()
            .try_fold(message_id, |rest, part| rest.strip_prefix(part))
    });
    let Some(what) = what else {
        return false;
    };
    let at_a_time = |prefix| {
        what.strip_prefix(prefix)
            .is_some_and(|at: &str| at.parse::<i64>().is_ok())
    };
    match event {
        name::CHECKLIST_SHOWN | name::TIP_SHOWN => what == "shown",
        name::CHECKLIST_STARTED => what == "started",
        name::TASK_COMPLETED => {
            let task = what.strip_prefix("done/");
            task.is_some() && task == text(property::TASK_ID)
        }
        name::CHECKLIST_COMPLETED => what == "completed",
        name::ACTIVATION_REACHED => what == "activated",
        name::CHECKLIST_DISMISSED | name::TIP_DISMISSED => at_a_time("dismissed/"),
        name::CONTENT_RECALLED => at_a_time("recalled/"),
        _ => false,
    }
}

/// The surroundings that a browser knows and a collector does not.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Where the user is.
    pub page: Option<&'a Location>,
    /// The watched elements.
    pub elements: &'a Map<Selector, ElementFact>,
    /// The session that is going on.
    pub session: Option<SessionFact>,
}

impl Surroundings<'static> {
    /// Those of someone who sees no page: the collector.
    pub fn none() -> Self {
        Self {
            page: None,
            elements: &crate::facts::NO_ELEMENTS,
            session: None,
        }
    }
}

impl<'a> Surroundings<'a> {
    /// The facts, with what is known.
    pub fn facts<'b>(&self, known: &'b Known, now: i64) -> Facts<'b>
    where
        'a: 'b,
    {
        Facts {
            now,
            known,
            page: self.page,
            elements: self.elements,
            session: self.session,
        }
    }
}

/// What settling came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// What newly came to be, in order.
    pub milestones: Vec<Milestone>,
    /// The next moment (wall milliseconds) at which time alone may bring more.
    pub wake: Option<i64>,
}

/// Notes in `known` every task whose condition holds and every checklist that is complete, for the
/// content that is meant for this user. Goes round until nothing new comes of it, since conditions
/// may ask for other content; each round notes at least one task, so it ends.
pub fn settle(
    contents: &[Content],
    known: &mut Known,
    surroundings: &Surroundings<'_>,
    now: i64,
) -> Settled {
    let mut settled = Settled::default();
    loop {
        let before = settled.milestones.len();
        settled.wake = None;
        for content in contents {
            if let Some(checklist) = content.checklist() {
                settle_checklist(content, checklist, known, surroundings, now, &mut settled);
                settled.milestones.extend(take_up(content, known, now));
            }
        }
        if settled.milestones.len() == before {
            return settled;
        }
    }
}

fn settle_checklist(
    content: &Content,
    checklist: &Checklist,
    known: &mut Known,
    surroundings: &Surroundings<'_>,
    now: i64,
    settled: &mut Settled,
) {
    if known
        .runs
        .get(&content.id)
        .is_some_and(|run| run.completed_at.is_some() && all_done(checklist, run))
    {
        return;
    }
    let facts = surroundings.facts(known, now);
    if let Some(audience) = &content.audience {
        let outcome = audience.evaluate(&facts);
        settled.wake = earlier(settled.wake, outcome.until);
        if !outcome.holds {
            return;
        }
    }
    let mut done = Vec::new();
    for task in &checklist.tasks {
        let already = known
            .runs
            .get(&content.id)
            .is_some_and(|run| run.is_done(&task.id));
        let Some(done_when) = task.done_when.as_ref().filter(|_| !already) else {
            continue;
        };
        let outcome = done_when.evaluate(&facts);
        if outcome.holds {
            done.push((task.id.clone(), outcome.since));
        } else {
            settled.wake = earlier(settled.wake, outcome.until);
        }
    }
    let run = match known.runs.get_mut(&content.id) {
        Some(run) => run,
        None if done.is_empty() => return,
        None => known.runs.entry(content.id.clone()).or_default(),
    };
    let mut reached = |what, at| {
        settled.milestones.push(Milestone {
            content: content.id.clone(),
            version: content.version,
            what,
            at,
        });
    };
    for (task, at) in done {
        run.done(&task, at);
        reached(Reached::TaskDone(task), at);
    }
    if run.completed_at.is_none()
        && let Some(at) = checklist.completed_at(run)
    {
        run.completed_at = Some(at);
        reached(Reached::Completed, at);
        if checklist.activation {
            reached(Reached::Activated, at);
        }
    }
}

/// Notes that a checklist has been taken up, by doing one of its tasks after it was shown.
fn take_up(content: &Content, known: &mut Known, now: i64) -> Option<Milestone> {
    let run = known.runs.get_mut(&content.id)?;
    let shown_at = run.shown_at.filter(|_| run.started_at.is_none())?;
    let done = run.tasks.values().filter(|at| **at >= shown_at);
    let at = (*done.min()?).min(now);
    run.started_at = Some(at);
    Some(Milestone {
        content: content.id.clone(),
        version: content.version,
        what: Reached::Started,
        at,
    })
}

fn all_done(checklist: &Checklist, run: &Run) -> bool {
    checklist.tasks.iter().all(|task| run.is_done(&task.id))
}
