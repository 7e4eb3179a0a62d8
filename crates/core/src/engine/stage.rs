//! The stage: which of all the content is on screen. One checklist and one tip at a time.

use crate::condition::holds::earlier;
use crate::content::{Checklist, Content, Frequency, Kind, Tip};
use crate::engine::explain::{Explanation, Reason, Verdict};
use crate::engine::input::UiState;
use crate::engine::view::{ChecklistView, TaskState, TaskView, TipView, View};
use crate::facts::Facts;
use crate::id::ContentId;
use crate::known::Known;
use crate::run::{CELEBRATION, Run};
use crate::settle::{Milestone, Reached, Showing};

/// What is on screen, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stage {
    checklist: Option<ContentId>,
    tip: Option<ContentId>,
}

/// What an arrangement came to.
#[derive(Debug, Default)]
pub(crate) struct Staged {
    /// What is on screen for the first time.
    pub milestones: Vec<Milestone>,
    /// The next moment (wall milliseconds) at which time alone may rearrange it.
    pub wake: Option<i64>,
}

impl Stage {
    /// The content whose checklist is on screen.
    pub(crate) fn checklist(&self) -> Option<&ContentId> {
        self.checklist.as_ref()
    }

    /// The content whose tip is on screen.
    pub(crate) fn tip(&self) -> Option<&ContentId> {
        self.tip.as_ref()
    }

    /// Puts on stage what belongs there now; `denied` if the user may not be tracked.
    pub(crate) fn arrange(
        &mut self,
        contents: &[Content],
        facts: &Facts<'_>,
        denied: bool,
    ) -> Staged {
        let mut staged = Staged::default();
        let checklist = pick(contents, facts, denied, Showing::Checklist, &mut staged);
        let tip = pick(contents, facts, denied, Showing::Tip, &mut staged);
        self.checklist = checklist;
        self.tip = tip;
        staged
    }

    /// How each piece of content stands.
    pub(crate) fn explain(
        &self,
        contents: &[Content],
        facts: &Facts<'_>,
        denied: bool,
    ) -> Vec<Explanation> {
        let explain = |content: &Content| {
            let winner = match showing(content) {
                Showing::Checklist => self.checklist.as_ref(),
                Showing::Tip => self.tip.as_ref(),
            };
            let verdict = match (obstacle(content, facts, denied).0, winner) {
                _ if winner == Some(&content.id) => Verdict::Shown,
                (Some(reason), _) => Verdict::Hidden(reason),
                (None, Some(winner)) => Verdict::Hidden(Reason::LowerPriority(winner.clone())),
                // Nothing is in its way, so it will be up with the next input.
                (None, None) => Verdict::Shown,
            };
            Explanation {
                content: content.id.clone(),
                verdict,
            }
        };
        contents.iter().map(explain).collect()
    }

    /// What is on screen.
    pub(crate) fn view(&self, contents: &[Content], known: &Known, ui: &UiState) -> View {
        let find = |id: &Option<ContentId>| {
            let id = id.as_ref()?;
            contents.iter().find(|content| content.id == *id)
        };
        View {
            checklist: find(&self.checklist).and_then(|content| {
                let run = known.run(&content.id);
                content
                    .checklist()
                    .map(|checklist| view_checklist(content, checklist, &run, ui))
            }),
            tip: find(&self.tip)
                .and_then(|content| content.tip().map(|tip| view_tip(content, tip))),
        }
    }
}

/// The content that takes this place: of those with nothing in the way, the one that goes first.
fn pick(
    contents: &[Content],
    facts: &Facts<'_>,
    denied: bool,
    place: Showing,
    staged: &mut Staged,
) -> Option<ContentId> {
    let mut best: Option<&Content> = None;
    for content in contents.iter().filter(|content| showing(content) == place) {
        let (obstacle, wake) = obstacle(content, facts, denied);
        staged.wake = earlier(staged.wake, wake);
        if obstacle.is_none() && best.is_none_or(|best| goes_before(content, best)) {
            best = Some(content);
        }
    }
    let best = best?;
    if facts
        .known
        .runs
        .get(&best.id)
        .is_none_or(|run| run.shown_at.is_none())
    {
        staged.milestones.push(Milestone {
            content: best.id.clone(),
            version: best.version,
            what: Reached::Shown(place),
            at: facts.now,
        });
    }
    Some(best.id.clone())
}

/// Which place on screen a piece of content takes.
pub(crate) fn showing(content: &Content) -> Showing {
    match content.kind {
        Kind::Checklist(_) => Showing::Checklist,
        Kind::Tip(_) => Showing::Tip,
    }
}

/// Notes in what is known that content was shown, and hands the milestones on.
pub(crate) fn note(milestones: Vec<Milestone>, known: &mut Known) -> Vec<Milestone> {
    for milestone in &milestones {
        let run = known.runs.entry(milestone.content.clone()).or_default();
        let mut shown = Run {
            shown_at: Some(milestone.at),
            ..Run::default()
        };
        shown.pinned = Some((milestone.at, milestone.version));
        run.merge(&shown);
    }
    milestones
}

/// Greater priority first; of equals the one whose id comes first, so that the order is total.
fn goes_before(a: &Content, b: &Content) -> bool {
    (b.priority, &a.id) < (a.priority, &b.id)
}

/// The first reason why content is not shown, if there is one, and when time alone may change that.
fn obstacle(content: &Content, facts: &Facts<'_>, denied: bool) -> (Option<Reason>, Option<i64>) {
    if denied && content.needs_consent() {
        return (Some(Reason::Consent), None);
    }
    let Some(session) = facts.session else {
        return (Some(Reason::NotLookedAt), None);
    };
    let nothing = Run::default();
    let run = facts.known.runs.get(&content.id).unwrap_or(&nothing);
    if run.is_dismissed() {
        return (Some(Reason::Dismissed), None);
    }
    if run.is_over(facts.now) {
        return (Some(Reason::Completed), None);
    }
    let mut wake = run.completed_at.map(|at| {
        at.max(run.recalled_at.unwrap_or(at))
            .saturating_add(CELEBRATION + 1)
    });
    if let Some(audience) = &content.audience {
        let outcome = audience.evaluate(facts);
        wake = earlier(wake, outcome.until);
        if !outcome.holds {
            return (Some(Reason::Audience), wake);
        }
    }
    if let Kind::Tip(tip) = &content.kind {
        let (reason, until) = tip_obstacle(tip, run, session.started_at, facts);
        return (reason, earlier(wake, until));
    }
    (None, wake)
}

fn tip_obstacle(
    tip: &Tip,
    run: &Run,
    session_start: i64,
    facts: &Facts<'_>,
) -> (Option<Reason>, Option<i64>) {
    let since_shown = run.shown_at.max(run.recalled_at);
    let this_session = since_shown.is_some_and(|at| at >= session_start);
    let mut wake = None;
    // Once up, it stays for the session, though its trigger may have been a passing one.
    if let Some(trigger) = tip.trigger.as_ref().filter(|_| !this_session) {
        let outcome = trigger.evaluate(facts);
        wake = outcome.until;
        if !outcome.holds {
            return (Some(Reason::Trigger), wake);
        }
    }
    if tip.frequency == Frequency::Once && since_shown.is_some() && !this_session {
        return (Some(Reason::Frequency), wake);
    }
    if !facts
        .elements
        .get(&tip.target)
        .is_some_and(|element| element.visible)
    {
        return (Some(Reason::TargetMissing(tip.target.clone())), wake);
    }
    (None, wake)
}

fn view_checklist(
    content: &Content,
    checklist: &Checklist,
    run: &Run,
    ui: &UiState,
) -> ChecklistView {
    let open = ui.open.as_ref() == Some(&content.id);
    let tasks: Vec<TaskView> = checklist
        .tasks
        .iter()
        .map(|task| {
            let waits: Vec<String> = checklist
                .locked_by(task, run)
                .map(|other| other.title.clone())
                .collect();
            let state = if run.is_done(&task.id) {
                TaskState::Done
            } else if waits.is_empty() {
                TaskState::Open
            } else {
                TaskState::Locked(waits)
            };
            TaskView {
                id: task.id.clone(),
                title: task.title.clone(),
                description: task.description.clone(),
                required: task.required,
                state,
                expanded: open && ui.expanded.as_ref() == Some(&task.id),
                action: task.action.as_ref().map(|action| action.label.clone()),
            }
        })
        .collect();
    ChecklistView {
        content: content.id.clone(),
        title: checklist.title.clone(),
        description: checklist.description.clone(),
        done_message: checklist.done_message.clone(),
        done: tasks
            .iter()
            .filter(|task| task.state == TaskState::Done)
            .count(),
        complete: run.completed_at.is_some(),
        open,
        confirming: open && ui.confirming,
        tasks,
    }
}

fn view_tip(content: &Content, tip: &Tip) -> TipView {
    TipView {
        content: content.id.clone(),
        target: tip.target.clone(),
        title: tip.title.clone(),
        body: tip.body.clone(),
        action: tip.action.as_ref().map(|action| action.label.clone()),
    }
}
