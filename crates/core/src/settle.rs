//! Settling: noting what has come to be done. The one place where a task becomes done, a checklist
//! complete and a user activated, in the browser and at the collector alike.

use crate::condition::Device;
use crate::content::{Checklist, Content, Form};
use crate::event::{Event, name, property};
use crate::facts::Facts;
use crate::facts::{ElementFact, SessionFact};
use crate::id::{ContentId, MessageId, Selector, StepId, TaskId};
use crate::known::{Known, number, put, put_text};
use crate::map::Map;
use crate::page::Location;
use crate::run::{Mark, Run};
use crate::text::{self, concat, digits};
use crate::time::hasten;
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
    /// Under which name it is reported.
    pub showing: Showing,
    /// What it looks like, of a guide.
    pub form: Option<Form>,
    /// Whether it took the user's attention without their asking.
    pub interrupts: bool,
}

impl Milestone {
    /// That this came to be with that content.
    pub fn new(content: &Content, what: Reached, at: i64) -> Self {
        Self {
            content: content.id.clone(),
            version: content.version,
            what,
            at,
            showing: content.showing(),
            form: content.guide().map(|guide| guide.form),
            interrupts: false,
        }
    }
}

/// What can come to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reached {
    /// It came on screen.
    Shown {
        /// Not for the first time.
        again: bool,
    },
    /// The user took it up.
    Started,
    /// A task was done.
    TaskDone(TaskId),
    /// The user marked a task.
    Marked(TaskId, Mark),
    /// A step of a tour was come to.
    Step(StepId),
    /// All required tasks are done, or a guide was gone through.
    Completed {
        /// Not for the first time.
        again: bool,
    },
    /// All required tasks of an activation checklist are done.
    Activated,
    /// The user sent it away.
    Dismissed,
    /// The user put it off until then; [`i64::MAX`] is the next session.
    Snoozed(i64),
    /// It was kept from the user, to compare.
    Withheld,
    /// Somebody asked for it.
    Recalled,
}

/// Under which name something is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Showing {
    /// A checklist.
    Checklist,
    /// A tip.
    Tip,
    /// A tour.
    Tour,
    /// A banner.
    Banner,
    /// A modal.
    Modal,
}

impl Milestone {
    /// The event that reports it. What happens once to a person has one message id for ever,
    /// whichever of their browsers or servers reports it, so that the collector counts it once;
    /// what may happen again carries its time.
    pub fn event(&self, person: &str, session: Option<&str>) -> Event {
        let mut properties = Properties::new();
        put_text(&mut properties, property::CONTENT_ID, self.content.as_str());
        put(
            &mut properties,
            property::VERSION,
            f64::from(self.version).into(),
        );
        if let Some(session) = session {
            put_text(&mut properties, property::SESSION_ID, session);
        }
        if self.showing == Showing::Tip
            && let Some(form) = self.form
        {
            put_text(&mut properties, property::FORM, form.name());
        }
        if self.interrupts {
            put(&mut properties, property::INTERRUPTS, true.into());
        }
        match &self.what {
            Reached::TaskDone(task) => {
                put_text(&mut properties, property::TASK_ID, task.as_str());
            }
            Reached::Marked(task, mark) => {
                put_text(&mut properties, property::TASK_ID, task.as_str());
                put_text(&mut properties, property::MARK, mark.name());
            }
            Reached::Step(step) => put_text(&mut properties, property::STEP_ID, step.as_str()),
            Reached::Snoozed(until) if *until < i64::MAX => {
                put(&mut properties, property::UNTIL, number(*until));
            }
            _ => {}
        }
        let mut id = concat(&[person, "/", self.content.as_str(), "/", self.what.word()]);
        if let Reached::TaskDone(task) | Reached::Marked(task, _) = &self.what {
            id = concat(&[&id, "/", task.as_str()]);
        }
        if self.what.is_repeatable() {
            id = concat(&[&id, "/", &digits(self.at)]);
        }
        Event {
            message_id: MessageId(id),
            name: self.what.event_name(self.showing).to_owned(),
            at: self.at,
            properties,
        }
    }
}

impl Reached {
    /// What stands for it in message ids.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Shown { .. } => "shown",
            Self::Started => "started",
            Self::TaskDone(_) => "done",
            Self::Marked(..) => "marked",
            Self::Step(_) => "step",
            Self::Completed { .. } => "completed",
            Self::Activated => "activated",
            Self::Dismissed => "dismissed",
            Self::Snoozed(_) => "snoozed",
            Self::Withheld => "withheld",
            Self::Recalled => "recalled",
        }
    }

    /// Whether it may happen to a person more than once, so that its id carries the time.
    fn is_repeatable(&self) -> bool {
        match self {
            Self::Shown { again } | Self::Completed { again } => *again,
            Self::Started | Self::TaskDone(_) | Self::Activated | Self::Withheld => false,
            Self::Marked(..)
            | Self::Step(_)
            | Self::Dismissed
            | Self::Snoozed(_)
            | Self::Recalled => true,
        }
    }

    fn event_name(&self, showing: Showing) -> &'static str {
        use Showing::{Banner, Checklist, Modal, Tip, Tour};
        match (self, showing) {
            (Self::Shown { .. }, Checklist) => name::CHECKLIST_SHOWN,
            (Self::Shown { .. }, Tip) => name::TIP_SHOWN,
            (Self::Shown { .. }, Tour) => name::TOUR_STARTED,
            (Self::Shown { .. }, Banner) => name::BANNER_SHOWN,
            (Self::Shown { .. }, Modal) => name::MODAL_SHOWN,
            (Self::Completed { .. }, Checklist) => name::CHECKLIST_COMPLETED,
            (Self::Completed { .. }, Tip) => name::TIP_COMPLETED,
            (Self::Completed { .. }, Tour) => name::TOUR_COMPLETED,
            (Self::Completed { .. }, Banner) => name::BANNER_COMPLETED,
            (Self::Completed { .. }, Modal) => name::MODAL_COMPLETED,
            (Self::Dismissed, Checklist) => name::CHECKLIST_DISMISSED,
            (Self::Dismissed, Tip) => name::TIP_DISMISSED,
            (Self::Dismissed, Tour) => name::TOUR_DISMISSED,
            (Self::Dismissed, Banner) => name::BANNER_DISMISSED,
            (Self::Dismissed, Modal) => name::MODAL_DISMISSED,
            (Self::Started, _) => name::CHECKLIST_STARTED,
            (Self::TaskDone(_), _) => name::TASK_COMPLETED,
            (Self::Marked(..), _) => name::TASK_MARKED,
            (Self::Step(_), _) => name::TOUR_STEP_VIEWED,
            (Self::Activated, _) => name::ACTIVATION_REACHED,
            (Self::Snoozed(_), _) => name::CONTENT_SNOOZED,
            (Self::Withheld, _) => name::CONTENT_WITHHELD,
            (Self::Recalled, _) => name::CONTENT_RECALLED,
        }
    }
}

/// Whether a message id is one under which [`Milestone::event`] reports this event of this person. One
/// that is made of another person, content or task is not.
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
    let (word, rest) = match what.split_once('/') {
        Some((word, rest)) => (word, Some(rest)),
        None => (what, None),
    };
    let once = rest.is_none();
    let at_a_time = rest.is_some_and(|at| text::number(at).is_some());
    match event {
        name::CHECKLIST_SHOWN
        | name::TIP_SHOWN
        | name::TOUR_STARTED
        | name::BANNER_SHOWN
        | name::MODAL_SHOWN => word == "shown" && (once || at_a_time),
        name::CHECKLIST_STARTED => word == "started" && once,
        name::TASK_COMPLETED => word == "done" && rest.is_some() && rest == text(property::TASK_ID),
        name::TASK_MARKED => {
            let marked = rest.and_then(|rest| rest.rsplit_once('/'));
            word == "marked"
                && marked.is_some_and(|(task, at)| {
                    Some(task) == text(property::TASK_ID) && text::number(at).is_some()
                })
        }
        name::TOUR_STEP_VIEWED => word == "step" && at_a_time,
        name::CHECKLIST_COMPLETED
        | name::TIP_COMPLETED
        | name::TOUR_COMPLETED
        | name::BANNER_COMPLETED
        | name::MODAL_COMPLETED => word == "completed" && (once || at_a_time),
        name::ACTIVATION_REACHED => word == "activated" && once,
        name::CHECKLIST_DISMISSED
        | name::TIP_DISMISSED
        | name::TOUR_DISMISSED
        | name::BANNER_DISMISSED
        | name::MODAL_DISMISSED => word == "dismissed" && at_a_time,
        name::CONTENT_SNOOZED => word == "snoozed" && at_a_time,
        name::CONTENT_WITHHELD => word == "withheld" && once,
        name::CONTENT_RECALLED => word == "recalled" && at_a_time,
        _ => false,
    }
}

/// The surroundings that a browser knows and a collector does not.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Whom it is about: the user's id, or the browser's where nobody is signed in.
    pub person: &'a str,
    /// Where the user is.
    pub page: Option<&'a Location>,
    /// The watched elements.
    pub elements: &'a Map<Selector, ElementFact>,
    /// The session that is going on.
    pub session: Option<SessionFact>,
    /// The language.
    pub locale: Option<&'a str>,
    /// What the user has before them.
    pub device: Option<Device>,
}

impl<'a> Surroundings<'a> {
    /// Those of someone who sees no page: the collector.
    pub fn none(person: &'a str) -> Self {
        Self {
            person,
            page: None,
            elements: &crate::facts::NO_ELEMENTS,
            session: None,
            locale: None,
            device: None,
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
            person: self.person,
            known,
            page: self.page,
            elements: self.elements,
            session: self.session,
            locale: self.locale,
            device: self.device,
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
                if let Some(milestone) = take_up(content, known, now) {
                    settled.milestones.push(milestone);
                }
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
    let run = known.run(&content.id);
    if run.completed_at.is_some() && all_done(checklist, run) {
        return;
    }
    let facts = surroundings.facts(known, now);
    if let Some(audience) = &content.audience {
        let outcome = audience.evaluate(&facts);
        hasten(&mut settled.wake, outcome.until);
        if !outcome.holds {
            return;
        }
    }
    let meant = checklist.meant_for(&facts);
    let mut done = Vec::new();
    for task in &meant.tasks {
        let already = facts.known.run(&content.id).tasks.contains_key(&task.id);
        let Some(done_when) = task.done_when.as_ref().filter(|_| !already) else {
            continue;
        };
        let outcome = done_when.evaluate(&facts);
        if outcome.holds {
            done.push((task.id.clone(), outcome.since));
        } else {
            hasten(&mut settled.wake, outcome.until);
        }
    }
    let run = match known.runs.get_mut(&content.id) {
        Some(run) => run,
        None if done.is_empty() => return,
        None => known.runs.or_default(&content.id),
    };
    let mut reached = |what, at| {
        settled.milestones.push(Milestone::new(content, what, at));
    };
    for (task, at) in done {
        run.done(&task, at);
        reached(Reached::TaskDone(task), at);
    }
    if run.completed_at.is_none()
        && let Some(at) = meant.completed_at(run)
    {
        run.completed_at = Some(at);
        reached(Reached::Completed { again: false }, at);
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
    Some(Milestone::new(content, Reached::Started, at))
}

fn all_done(checklist: &Checklist, run: &Run) -> bool {
    checklist
        .tasks
        .iter()
        .all(|task| run.tasks.contains_key(&task.id))
}
