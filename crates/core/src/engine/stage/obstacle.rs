//! Obstacles: what is in the way of a piece of content.

use crate::condition::Condition;
use crate::condition::holds::{earlier, is_drawn};
use crate::content::{Checklist, Content, Form, Frequency, Guide, Kind, Missing, Step};
use crate::engine::explain::Reason;
use crate::engine::panel::{DUE, is_due};
use crate::facts::{Busy, Facts, SessionFact};
use crate::run::{CELEBRATION, Run};
use crate::text::concat;
use crate::time::DAY;

use super::{Circumstances, Stage, current_step};

/// How a piece of content stands.
#[derive(Debug, Default)]
pub(crate) struct Obstacle<'a> {
    /// The first reason why it is not shown, if there is one.
    pub reason: Option<Reason>,
    /// When time alone may change that, wall milliseconds.
    pub wake: Option<i64>,
    /// Whether its place is kept for it all the same: it will go on in a moment.
    pub keeps_place: bool,
    /// The step it is at, if it came so far as to look.
    pub step: Option<&'a Step>,
    /// Whether that step's element is there.
    pub has_target: bool,
}

impl Obstacle<'_> {
    fn because(reason: Reason) -> Self {
        Self {
            reason: Some(reason),
            ..Self::default()
        }
    }

    fn until(mut self, moment: i64) -> Self {
        self.wake = earlier(self.wake, Some(moment));
        self
    }
}

/// What is in the way of a piece of content, in the order in which it is decided.
pub(crate) fn obstacle<'a>(
    stage: &Stage,
    content: &'a Content,
    now: &Circumstances<'_>,
) -> Obstacle<'a> {
    if now.denied && content.needs_consent() {
        return Obstacle::because(Reason::Consent);
    }
    let Some(session) = now.facts.session else {
        return Obstacle::because(Reason::NotLookedAt);
    };
    let run = now.facts.known.run(&content.id);
    let mut wake = None;
    let found = match &content.kind {
        Kind::Checklist(list) => checklist(content, list, run, session, now, &mut wake),
        Kind::Guide(guide) => self::guide(stage, content, guide, run, session, now, &mut wake),
    };
    Obstacle {
        wake: earlier(found.wake, wake),
        ..found
    }
}

/// Whether somebody asked for a guide and it was not closed since: of a tour whenever that was, of
/// anything else in this session.
pub(crate) fn is_called(guide: &Guide, run: &Run, session: Option<SessionFact>) -> bool {
    let in_session = session.is_some_and(|session| run.recalled_at >= Some(session.started_at));
    run.is_called() && (in_session || guide.form == Form::Tour)
}

/// Whether a guide has come up and is not done with: in this session, or a tour at any time.
pub(crate) fn is_up(guide: &Guide, run: &Run, session: Option<SessionFact>) -> bool {
    let last = run.last_shown.max(run.shown_at);
    let in_session = session.is_some_and(|session| last >= Some(session.started_at));
    last.is_some()
        && last > run.ended_at()
        && run.recalled_at <= last
        && (in_session || guide.form == Form::Tour)
}

fn checklist<'a>(
    content: &Content,
    list: &Checklist,
    run: &Run,
    session: SessionFact,
    now: &Circumstances<'_>,
    wake: &mut Option<i64>,
) -> Obstacle<'a> {
    let moment = now.facts.now;
    if run.is_dismissed() {
        return Obstacle::because(Reason::Dismissed);
    }
    if run.is_over(moment) {
        return Obstacle::because(Reason::Completed);
    }
    *wake = run.completed_at.map(|at| {
        at.max(run.recalled_at.unwrap_or(at))
            .saturating_add(CELEBRATION + 1)
    });
    let called = run.is_called();
    if !called && let Some(found) = off_schedule(content, moment, wake) {
        return found;
    }
    if let Some(found) = put_off(run, session, moment) {
        return found;
    }
    if let Some(reason) = fails(
        content.audience.as_ref(),
        &now.facts,
        Reason::Audience,
        wake,
    ) {
        return reason;
    }
    let begun = run.shown_at.is_some() || called;
    let trigger = content.delivery.trigger.as_ref().filter(|_| !begun);
    if let Some(reason) = fails(trigger, &now.facts, Reason::Trigger, wake) {
        return reason;
    }
    let audiences = list.tasks.iter().map(|task| task.audience.as_ref());
    let mut meant = false;
    for audience in audiences {
        let outcome = audience.map(|audience| audience.evaluate(&now.facts));
        *wake = earlier(*wake, outcome.and_then(|outcome| outcome.until));
        meant |= outcome.is_none_or(|outcome| outcome.holds);
    }
    if !meant {
        return Obstacle::because(Reason::Audience);
    }
    if is_held_out(content, now) {
        return Obstacle::because(Reason::Holdout);
    }
    for task in &list.tasks {
        let opens = task
            .unlock_when
            .as_ref()
            .map(|when| when.evaluate(&now.facts));
        *wake = earlier(*wake, opens.and_then(|outcome| outcome.until));
        let due = run.shown_at.zip(task.due);
        let due = due.map(|(shown, due)| shown.saturating_add(due.millis()));
        *wake = earlier(*wake, due.filter(|due| *due > moment));
    }
    Obstacle::default()
}

fn guide<'a>(
    stage: &Stage,
    content: &Content,
    guide: &'a Guide,
    run: &Run,
    session: SessionFact,
    now: &Circumstances<'_>,
    wake: &mut Option<i64>,
) -> Obstacle<'a> {
    let moment = now.facts.now;
    let up = is_up(guide, run, Some(session));
    let called = is_called(guide, run, Some(session));
    if !called {
        if !up && let Some(found) = too_often(content, run, session, moment) {
            return found;
        }
        if !up && let Some(found) = reminded(content, guide, now) {
            return found;
        }
        if let Some(found) = off_schedule(content, moment, wake) {
            return found;
        }
    }
    if let Some(found) = put_off(run, session, moment) {
        return found;
    }
    if let Some(found) = fails(
        content.audience.as_ref(),
        &now.facts,
        Reason::Audience,
        wake,
    ) {
        return found;
    }
    if guide.form == Form::Reminder && !is_due(content, now, wake) {
        return Obstacle::because(Reason::Audience);
    }
    if !called {
        // Announcements are the host's word; tips and tours are help that one can do without.
        if now.facts.known.is_hushed() && !matches!(guide.form, Form::Banner | Form::Modal) {
            return Obstacle::because(Reason::Hushed);
        }
        // Once up, it stays for the session, though its trigger may have been a passing one.
        let trigger = content.delivery.trigger.as_ref().filter(|_| !up);
        if let Some(found) = fails(trigger, &now.facts, Reason::Trigger, wake) {
            return found;
        }
    }
    if guide.form == Form::Reminder && now.checklist != content.next.as_ref() {
        return Obstacle::because(Reason::Trigger);
    }
    let step = current_step(guide, run).map(|(_, step)| step);
    if !up
        && !called
        && guide.form.interrupts()
        && let Some(found) = bad_moment(step, session, now)
    {
        return found;
    }
    let Some(step) = step else {
        return Obstacle::default();
    };
    let found = at_step(stage, content, (guide, run), step, up || called, now);
    if is_held_out(content, now) {
        // Last of all, for only who would have seen it otherwise can be compared with who did.
        return Obstacle::because(found.reason.unwrap_or(Reason::Holdout));
    }
    found
}

/// Whether a step can be shown on this page.
fn at_step<'a>(
    stage: &Stage,
    content: &Content,
    (guide, run): (&Guide, &Run),
    step: &'a Step,
    begun: bool,
    now: &Circumstances<'_>,
) -> Obstacle<'a> {
    let is_tour = guide.form == Form::Tour;
    if !step.is_on(now.facts.page) {
        let found = Obstacle::because(Reason::Page);
        // Being on the way there takes a moment, in which nothing else should come up.
        let begun_at = run.step.as_ref().map(|(at, _)| *at).max(run.recalled_at);
        let until = begun_at.map(|at| at.saturating_add(step.patience().millis()));
        return match until.filter(|until| is_tour && begun && now.facts.now < *until) {
            Some(until) => Obstacle {
                keeps_place: true,
                ..found.until(until)
            },
            None => found,
        };
    }
    let is_there = |element: &crate::facts::ElementFact| element.visible;
    let has_target = step
        .target
        .as_ref()
        .is_none_or(|target| now.facts.elements.get(target).is_some_and(is_there));
    let mut found = Obstacle {
        step: Some(step),
        has_target,
        ..Obstacle::default()
    };
    if let Some(target) = step.target.as_ref().filter(|_| !has_target) {
        let in_vain = stage.waited_in_vain(&content.id, &step.id);
        if !(in_vain && step.if_missing == Missing::Centre) {
            found.reason = Some(Reason::TargetMissing(target.clone()));
            found.keeps_place = is_tour && begun && !in_vain;
        }
    }
    found
}

/// How often it may come up by itself.
fn too_often<'a>(
    content: &Content,
    run: &Run,
    session: SessionFact,
    now: i64,
) -> Option<Obstacle<'a>> {
    let last = run.last_shown.max(run.shown_at);
    let done = if run.completed_at.is_some() {
        Reason::Completed
    } else {
        Reason::Dismissed
    };
    let closed_now = run.dismissed_at >= Some(session.started_at) && run.dismissed_at.is_some();
    // What was put off comes back, whatever its frequency.
    let put_off = run.snoozed.is_some_and(|(at, _)| Some(at) >= last);
    let reason = match content.delivery.frequency {
        Frequency::Once | Frequency::UntilDismissed if run.is_dismissed() => done,
        Frequency::Once if last.is_some() && !put_off => Reason::Frequency,
        Frequency::UntilDone if run.completed_at.is_some() => Reason::Completed,
        Frequency::UntilDone | Frequency::EverySession if closed_now => done,
        Frequency::Every(span) => {
            // Up is what was not sent away yet.
            let up = last.max(run.dismissed_at).filter(|_| !put_off)?;
            let again = up.saturating_add(span.millis());
            return (now < again).then(|| Obstacle::because(Reason::Frequency).until(again));
        }
        _ => return None,
    };
    Some(Obstacle::because(reason))
}

/// A checklist reminds of its tasks once a day at most, however many of them are due.
fn reminded<'a>(content: &Content, guide: &Guide, now: &Circumstances<'_>) -> Option<Obstacle<'a>> {
    let list = content
        .next
        .as_ref()
        .filter(|_| guide.form == Form::Reminder)?;
    let prefix = concat(&[list.as_str(), DUE]);
    let mut latest = None;
    for (id, run) in &now.facts.known.runs {
        if *id != content.id && id.as_str().starts_with(&prefix) {
            latest = run.last_shown.max(run.dismissed_at).max(latest);
        }
    }
    let again = latest?.saturating_add(DAY);
    (now.facts.now < again).then(|| Obstacle::because(Reason::Frequency).until(again))
}

fn off_schedule<'a>(content: &Content, now: i64, wake: &mut Option<i64>) -> Option<Obstacle<'a>> {
    let schedule = content.delivery.schedule;
    if let Some(from) = schedule.from.filter(|from| now < *from) {
        return Some(Obstacle::because(Reason::Schedule).until(from));
    }
    let until = schedule.until?;
    if now >= until {
        return Some(Obstacle::because(Reason::Schedule));
    }
    *wake = earlier(*wake, Some(until));
    None
}

fn put_off<'a>(run: &Run, session: SessionFact, now: i64) -> Option<Obstacle<'a>> {
    let until = run.snoozed_until(now, session.started_at)?;
    let found = Obstacle::because(Reason::Snoozed(until));
    Some(if until == i64::MAX {
        found
    } else {
        found.until(until)
    })
}

fn fails<'a>(
    condition: Option<&Condition>,
    facts: &Facts<'_>,
    reason: Reason,
    wake: &mut Option<i64>,
) -> Option<Obstacle<'a>> {
    let outcome = condition?.evaluate(facts);
    *wake = earlier(*wake, outcome.until);
    (!outcome.holds).then(|| Obstacle::because(reason))
}

fn is_held_out(content: &Content, now: &Circumstances<'_>) -> bool {
    let holdout = content.delivery.holdout;
    holdout > 0 && is_drawn(content.id.as_str(), now.facts.person, holdout)
}

/// Whether the user should not be interrupted now.
fn bad_moment<'a>(
    step: Option<&Step>,
    session: SessionFact,
    now: &Circumstances<'_>,
) -> Option<Obstacle<'a>> {
    let target = step.and_then(|step| step.target.as_ref());
    let element = target.and_then(|target| now.facts.elements.get(target));
    let is_about_dialog = element.is_some_and(|element| element.in_dialog);
    let busy = now
        .busy
        .filter(|busy| !(*busy == Busy::Dialog && is_about_dialog));
    if let Some(busy) = busy {
        return Some(Obstacle::because(Reason::Busy(busy)));
    }
    let moment = now.facts.now;
    let known = now.facts.known;
    let a_day_ago = moment.saturating_sub(DAY) + 1;
    let (mut in_session, mut in_a_day, mut first_in_a_day, mut last) = (0, 0, None, None);
    // The earliest come first.
    for (at, _) in known.interruptions.iter() {
        in_session += u32::from(*at >= session.started_at);
        if *at >= a_day_ago {
            in_a_day += 1;
            first_in_a_day = first_in_a_day.or(Some(*at));
        }
        last = Some(*at);
    }
    if now
        .limits
        .per_session
        .is_some_and(|limit| in_session >= limit)
    {
        return Some(Obstacle::because(Reason::SessionLimit));
    }
    if now.limits.per_day.is_some_and(|limit| in_a_day >= limit) {
        let found = Obstacle::because(Reason::DayLimit);
        return Some(match first_in_a_day {
            Some(oldest) => found.until(oldest.saturating_add(DAY)),
            None => found,
        });
    }
    let last = known.quiet_since.max(last);
    let quiet = now.limits.quiet?;
    let until = last?.saturating_add(quiet.millis());
    (moment < until).then(|| Obstacle::because(Reason::Quiet(until)).until(until))
}
