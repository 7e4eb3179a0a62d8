//! The stage: which of all the content is on screen. One checklist, one banner and one piece that
//! interrupts at a time; hints and notes in the page as many as there are.

mod obstacle;

use std::mem;

use crate::content::{Content, Form, Guide, Kind, Missing, Step};
use crate::engine::explain::{Checks, Explanation, Reason, Verdict};
use crate::engine::input::Limits;
use crate::facts::{Busy, Facts};
use crate::id::{ContentId, StepId};
use crate::known::Known;
use crate::run::{Run, earliest};
use crate::settle::{Milestone, Reached};
use crate::time::{delay, hasten};

use self::obstacle::obstacle;
pub(crate) use self::obstacle::{Obstacle, is_called, is_up};

/// What is on screen, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stage {
    /// In the order of [`Place`]; of the last place any number.
    pieces: Vec<Piece>,
    /// Steps that wait for their element, or have waited in vain.
    waits: Vec<Wait>,
}

/// A piece of content on stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) content: ContentId,
    place: Place,
    /// It keeps its place, but there is nothing to be seen of it now.
    pub(crate) hidden: bool,
}

/// Where on screen a piece of content goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Checklist,
    Banner,
    Interruption,
    /// Where there is room for all.
    Page,
}

impl Place {
    fn of(content: &Content) -> Self {
        match &content.kind {
            Kind::Checklist(_) => Self::Checklist,
            Kind::Guide(guide) if guide.form.interrupts() => Self::Interruption,
            Kind::Guide(guide) if guide.form == Form::Banner => Self::Banner,
            Kind::Guide(_) => Self::Page,
        }
    }
}

/// A step whose element is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wait {
    content: ContentId,
    step: StepId,
    /// Since when, wall milliseconds.
    since: i64,
    /// Whether it has lasted too long.
    in_vain: bool,
}

/// All that decides what is on screen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circumstances<'a> {
    pub(crate) contents: &'a [Content],
    pub(crate) facts: Facts<'a>,
    /// The user may not be tracked.
    pub(crate) denied: bool,
    pub(crate) busy: Option<Busy>,
    pub(crate) limits: Limits,
    /// The checklist that is on screen, at whose launcher reminders are.
    pub(crate) checklist: Option<&'a ContentId>,
}

/// What an arrangement came to.
#[derive(Debug, Default)]
pub(crate) struct Staged {
    pieces: Vec<Piece>,
    waits: Vec<Wait>,
    /// What has come on screen.
    pub milestones: Vec<Milestone>,
    /// The steps that have just waited too long for their element.
    pub missing: Vec<(ContentId, StepId)>,
    /// The next moment (wall milliseconds) at which time alone may rearrange it.
    pub wake: Option<i64>,
}

impl Stage {
    /// The content whose checklist is on screen.
    pub(crate) fn checklist(&self) -> Option<&ContentId> {
        self.at(Place::Checklist).map(|piece| &piece.content)
    }

    /// The content that has the user's attention.
    pub(crate) fn interruption(&self) -> Option<&ContentId> {
        self.at(Place::Interruption).map(|piece| &piece.content)
    }

    fn at(&self, place: Place) -> Option<&Piece> {
        self.pieces.iter().find(|piece| piece.place == place)
    }

    /// All that is on stage, in the order in which it is drawn.
    pub(crate) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Whether that content is on screen.
    pub(crate) fn shows(&self, id: &ContentId) -> bool {
        self.pieces
            .iter()
            .any(|piece| piece.content == *id && !piece.hidden)
    }

    /// Whether a step is shown without its element, which did not come.
    pub(crate) fn is_centred(&self, content: &ContentId, step: &Step) -> bool {
        step.if_missing == Missing::Centre && self.waited_in_vain(content, &step.id)
    }

    /// Whether a step has waited too long for its element.
    pub(crate) fn waited_in_vain(&self, content: &ContentId, step: &StepId) -> bool {
        self.waits
            .iter()
            .any(|wait| wait.in_vain && wait.content == *content && wait.step == *step)
    }

    /// Puts on stage what belongs there now.
    pub(crate) fn arrange(&mut self, now: &Circumstances<'_>) -> Staged {
        let mut staged = Staged::default();
        let mut now = *now;
        for place in [
            Place::Checklist,
            Place::Banner,
            Place::Interruption,
            Place::Page,
        ] {
            let mut best: Option<(&Content, Obstacle)> = None;
            for content in now.contents {
                if Place::of(content) != place {
                    continue;
                }
                let found = obstacle(self, content, &now);
                hasten(&mut staged.wake, found.wake);
                withhold(content, &found, &now, &mut staged);
                if !found.keeps_place {
                    self.wait(content, &found, &now, &mut staged);
                    if found.reason.is_some() {
                        continue;
                    }
                }
                if place == Place::Page {
                    put(content, &found, &now, &mut staged);
                } else if best
                    .as_ref()
                    .is_none_or(|(best, _)| self.goes_before(content, best, &now))
                {
                    best = Some((content, found));
                }
            }
            if let Some((best, found)) = best {
                // What keeps a place waits only while it has it.
                if found.keeps_place {
                    self.wait(best, &found, &now, &mut staged);
                }
                put(best, &found, &now, &mut staged);
                if place == Place::Checklist {
                    now.checklist = Some(&best.id);
                }
            }
        }
        self.pieces = mem::take(&mut staged.pieces);
        self.waits = mem::take(&mut staged.waits);
        staged
    }

    /// Whose turn it is: what somebody asked for or what is being celebrated, the latest first; then what
    /// has the place already; then the greater priority; of equals the one whose id comes first, so that
    /// the order is total. Among checklists the greater priority takes the place.
    fn goes_before(&self, a: &Content, b: &Content, now: &Circumstances<'_>) -> bool {
        let rank = |content: &Content| {
            let run = now.facts.known.run(&content.id);
            let is_list = content.checklist().is_some();
            let celebrated = run.completed_at.filter(|_| is_list);
            let called = run.recalled_at.filter(|_| is_called_for(content, run, now));
            let has_it = !is_list && self.pieces.iter().any(|piece| piece.content == content.id);
            let claim = celebrated.max(called);
            (claim, celebrated.is_some(), has_it, content.priority)
        };
        rank(a).cmp(&rank(b)).then_with(|| b.id.cmp(&a.id)).is_gt()
    }

    /// Notes that a step waits whose element is all that it lacks, and when it will have waited too long.
    fn wait(
        &self,
        content: &Content,
        found: &Obstacle,
        now: &Circumstances<'_>,
        staged: &mut Staged,
    ) {
        let Some(step) = found.step else { return };
        let lacks = matches!(found.reason, Some(Reason::TargetMissing(_)));
        let centred = found.reason.is_none() && !found.has_target;
        let guide = content.guide();
        let is_tour = guide.is_some_and(|guide| guide.form == Form::Tour);
        if !(lacks || centred) || !(is_tour || step.wait.is_some()) {
            return;
        }
        let mut wait = Wait {
            content: content.id.clone(),
            step: step.id.clone(),
            since: now.facts.now,
            in_vain: false,
        };
        for before in &self.waits {
            if before.content == wait.content && before.step == wait.step {
                wait = before.clone();
            }
        }
        let until = wait.since.saturating_add(step.patience().millis());
        if now.facts.now < until && !wait.in_vain {
            hasten(&mut staged.wake, Some(until));
        } else if !wait.in_vain {
            wait.in_vain = true;
            let missing = (wait.content.clone(), wait.step.clone());
            staged.missing.push(missing);
        }
        staged.waits.push(wait);
    }

    /// How each piece of content stands.
    pub(crate) fn explain(&self, now: &Circumstances<'_>) -> Vec<Explanation> {
        let explain = |content: &Content| {
            let place = Place::of(content);
            let winner = self.at(place).map(|piece| &piece.content);
            let found = obstacle(self, content, now);
            let verdict = match (found.reason, winner) {
                _ if self.shows(&content.id) => Verdict::Shown,
                (Some(reason), _) => Verdict::Hidden(reason),
                (None, Some(winner)) if place != Place::Page => {
                    Verdict::Hidden(Reason::LowerPriority(winner.clone()))
                }
                // Nothing is in its way, so it will be up with the next input.
                _ => Verdict::Shown,
            };
            Explanation {
                content: content.id.clone(),
                verdict,
                checks: Checks::of(content, &now.facts),
            }
        };
        let mut all = Vec::new();
        for content in now.contents {
            all.push(explain(content));
        }
        all
    }
}

/// Puts a piece of content on stage.
fn put(content: &Content, found: &Obstacle, now: &Circumstances<'_>, staged: &mut Staged) {
    let place = Place::of(content);
    let hidden = found.reason.is_some();
    staged.pieces.push(Piece {
        content: content.id.clone(),
        place,
        hidden,
    });
    let run = now.facts.known.run(&content.id);
    let is_new = match &content.kind {
        Kind::Checklist(_) => run.shown_at.is_none(),
        Kind::Guide(guide) => !is_up(guide, run, now.facts.session),
    };
    if is_new && !hidden {
        let again = run.shown_at.is_some();
        let what = Reached::Shown { again };
        // Later than what it follows, and in this session, also when the clock was set back in between.
        let after = run.ended_at().map(|at| at + 1).max(run.recalled_at);
        let began = now.facts.session.map(|session| session.started_at);
        let at = after.max(began).max(Some(now.facts.now));
        staged.milestones.push(Milestone {
            interrupts: place == Place::Interruption && !is_called_for(content, run, now),
            ..Milestone::new(content, what, at.unwrap_or(now.facts.now))
        });
    }
}

/// Whether it is there because somebody asked for it.
fn is_called_for(content: &Content, run: &Run, now: &Circumstances<'_>) -> bool {
    match &content.kind {
        Kind::Checklist(_) => run.is_called(),
        Kind::Guide(guide) => is_called(guide, run, now.facts.session),
    }
}

/// Notes that the user would have seen it, were they not one of those it is compared with.
fn withhold(content: &Content, found: &Obstacle, now: &Circumstances<'_>, staged: &mut Staged) {
    let noted = now.facts.known.run(&content.id).withheld_at.is_some();
    if found.reason == Some(Reason::Holdout) && !noted {
        let milestone = Milestone::new(content, Reached::Withheld, now.facts.now);
        staged.milestones.push(milestone);
    }
}

/// The step at which a guide is.
pub(crate) fn current_step<'a>(guide: &'a Guide, run: &Run) -> Option<(usize, &'a Step)> {
    let begun = run.step.as_ref().filter(|(at, _)| {
        // Gone through once, it begins anew.
        run.completed_at.is_none() || Some(*at) > run.dismissed_at
    });
    begun
        .and_then(|(_, id)| guide.step(id))
        .or_else(|| guide.steps.first().map(|step| (0, step)))
}

/// Notes in what is known what came on screen, and hands the milestones on, those of a tour's first step
/// among them.
pub(crate) fn note(
    milestones: Vec<Milestone>,
    contents: &[Content],
    known: &mut Known,
    person: &str,
) -> Vec<Milestone> {
    let mut all = Vec::new();
    for milestone in milestones {
        let at = milestone.at;
        let run = known.runs.or_default(&milestone.content);
        if milestone.what == Reached::Withheld {
            run.withheld_at = Some(at);
            all.push(milestone);
            continue;
        }
        run.pinned = earliest(run.pinned, Some((at, milestone.version)));
        hasten(&mut run.shown_at, Some(at));
        if milestone.form.is_some() {
            hasten(&mut run.started_at, Some(at));
            delay(&mut run.last_shown, Some(at));
        }
        let tour = contents
            .iter()
            .filter(|_| milestone.form == Some(Form::Tour))
            .find(|content| content.id == milestone.content);
        let step = tour.and_then(|content| {
            let (_, step) = current_step(content.guide()?, run)?;
            run.step = run.step.take().max(Some((at, step.id.clone())));
            let what = Reached::Step(step.id.clone());
            Some(Milestone::new(content, what, at))
        });
        if milestone.interrupts {
            let id = milestone.event(person, None).message_id;
            known.interruptions.add(at, id);
        }
        all.push(milestone);
        if let Some(step) = step {
            all.push(step);
        }
    }
    all
}
