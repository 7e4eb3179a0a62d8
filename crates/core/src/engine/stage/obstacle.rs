//! Obstacles: what is in the way of a piece of content.

use crate::condition::Condition;
use crate::condition::holds::is_drawn;
use crate::content::{Checklist, Content, Form, Frequency, Guide, Kind, Missing, Step};
use crate::engine::explain::Reason;
use crate::engine::panel::{DUE, is_due};
use crate::facts::{Busy, Facts, SessionFact};
use crate::run::{CELEBRATION, Run};
use crate::text::concat;
use crate::time::{DAY, hasten};

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

/// In the way is the first reason that is found.
type Looked = Result<(), Reason>;

/// What is in the way of a piece of content, in the order in which it is decided.
pub(crate) fn obstacle<'a>(
    stage: &Stage,
    content: &'a Content,
    now: &Circumstances<'_>,
) -> Obstacle<'a> {
    let mut found = Obstacle::default();
    found.reason = look(stage, content, now, &mut found).err();
    found
}

fn look<'a>(
    stage: &Stage,
    content: &'a Content,
    now: &Circumstances<'_>,
    found: &mut Obstacle<'a>,
) -> Looked {
    if now.denied && content.needs_consent() {
        return Err(Reason::Consent);
    }
    let Some(session) = now.facts.session else {
        return Err(Reason::NotLookedAt);
    };
    let run = now.facts.known.run(&content.id);
    match &content.kind {
        Kind::Checklist(list) => checklist(content, list, run, session, now, &mut found.wake),
        Kind::Guide(guide) => self::guide(stage, content, guide, run, session, now, found),
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

fn checklist(
    content: &Content,
    list: &Checklist,
    run: &Run,
    session: SessionFact,
    now: &Circumstances<'_>,
    wake: &mut Option<i64>,
) -> Looked {
    let moment = now.facts.now;
    if run.is_dismissed() {
        return Err(Reason::Dismissed);
    }
    if run.is_over(moment) {
        return Err(Reason::Completed);
    }
    *wake = run.completed_at.map(|at| {
        at.max(run.recalled_at.unwrap_or(at))
            .saturating_add(CELEBRATION + 1)
    });
    let called = run.is_called();
    if !called {
        on_schedule(content, moment, wake)?;
    }
    not_put_off(run, session, moment, wake)?;
    if !holds(content.audience.as_ref(), &now.facts, wake) {
        return Err(Reason::Audience);
    }
    let begun = run.shown_at.is_some() || called;
    if !begun && !holds(content.delivery.trigger.as_ref(), &now.facts, wake) {
        return Err(Reason::Trigger);
    }
    let mut meant = false;
    for task in &list.tasks {
        meant |= holds(task.audience.as_ref(), &now.facts, wake);
    }
    if !meant {
        return Err(Reason::Audience);
    }
    if is_held_out(content, now) {
        return Err(Reason::Holdout);
    }
    for task in &list.tasks {
        holds(task.unlock_when.as_ref(), &now.facts, wake);
        if let (Some(shown), Some(due)) = (run.shown_at, task.due) {
            let due = shown.saturating_add(due.millis());
            hasten(wake, Some(due).filter(|due| *due > moment));
        }
    }
    Ok(())
}

fn guide<'a>(
    stage: &Stage,
    content: &Content,
    guide: &'a Guide,
    run: &Run,
    session: SessionFact,
    now: &Circumstances<'_>,
    found: &mut Obstacle<'a>,
) -> Looked {
    let moment = now.facts.now;
    let wake = &mut found.wake;
    let up = is_up(guide, run, Some(session));
    let called = is_called(guide, run, Some(session));
    if !called {
        if !up {
            seldom_enough(content, run, session, moment, wake)?;
            not_reminded(content, guide, now, wake)?;
        }
        on_schedule(content, moment, wake)?;
    }
    not_put_off(run, session, moment, wake)?;
    let is_reminder = guide.form == Form::Reminder;
    if !holds(content.audience.as_ref(), &now.facts, wake)
        || (is_reminder && !is_due(content, now, wake))
    {
        return Err(Reason::Audience);
    }
    if !called {
        // Announcements are the host's word; tips and tours are help that one can do without.
        if now.facts.known.is_hushed() && !matches!(guide.form, Form::Banner | Form::Modal) {
            return Err(Reason::Hushed);
        }
        // Once up, it stays for the session, though its trigger may have been a passing one.
        if !up && !holds(content.delivery.trigger.as_ref(), &now.facts, wake) {
            return Err(Reason::Trigger);
        }
    }
    if is_reminder && now.checklist != content.next.as_ref() {
        return Err(Reason::Trigger);
    }
    let step = current_step(guide, run).map(|(_, step)| step);
    if !up && !called && guide.form.interrupts() {
        good_moment(step, session, now, wake)?;
    }
    let Some(step) = step else {
        return Ok(());
    };
    let begun = up || called;
    if is_held_out(content, now) {
        // Last of all, for only who would have seen it otherwise can be compared with who did.
        at_step(
            stage,
            content,
            (guide, run),
            step,
            begun,
            now,
            &mut Obstacle::default(),
        )?;
        return Err(Reason::Holdout);
    }
    at_step(stage, content, (guide, run), step, begun, now, found)
}

/// Whether a step can be shown on this page.
fn at_step<'a>(
    stage: &Stage,
    content: &Content,
    (guide, run): (&Guide, &Run),
    step: &'a Step,
    begun: bool,
    now: &Circumstances<'_>,
    found: &mut Obstacle<'a>,
) -> Looked {
    let goes_on = begun && guide.form == Form::Tour;
    if !step.is_on(now.facts.page) {
        // Being on the way there takes a moment, in which nothing else should come up.
        let begun_at = run.step.as_ref().map(|(at, _)| *at).max(run.recalled_at);
        let until = begun_at.map(|at| at.saturating_add(step.patience().millis()));
        let until = until.filter(|until| goes_on && now.facts.now < *until);
        found.keeps_place = until.is_some();
        hasten(&mut found.wake, until);
        return Err(Reason::Page);
    }
    found.step = Some(step);
    found.has_target = true;
    if let Some(target) = &step.target
        && !now
            .facts
            .elements
            .get(target)
            .is_some_and(|element| element.visible)
    {
        found.has_target = false;
        let in_vain = stage.waited_in_vain(&content.id, &step.id);
        if !(in_vain && step.if_missing == Missing::Centre) {
            found.keeps_place = goes_on && !in_vain;
            return Err(Reason::TargetMissing(target.clone()));
        }
    }
    Ok(())
}

/// How often it may come up by itself.
fn seldom_enough(
    content: &Content,
    run: &Run,
    session: SessionFact,
    now: i64,
    wake: &mut Option<i64>,
) -> Looked {
    let last = run.last_shown.max(run.shown_at);
    let done = if run.completed_at.is_some() {
        Reason::Completed
    } else {
        Reason::Dismissed
    };
    let closed_now = run.dismissed_at >= Some(session.started_at) && run.dismissed_at.is_some();
    // What was put off comes back, whatever its frequency.
    let put_off = run.snoozed.is_some_and(|(at, _)| Some(at) >= last);
    match content.delivery.frequency {
        Frequency::Once | Frequency::UntilDismissed if run.is_dismissed() => Err(done),
        Frequency::Once if last.is_some() && !put_off => Err(Reason::Frequency),
        Frequency::UntilDone if run.completed_at.is_some() => Err(Reason::Completed),
        Frequency::UntilDone | Frequency::EverySession if closed_now => Err(done),
        Frequency::Every(span) if !put_off => {
            // Up is what was not sent away yet.
            again_after(last.max(run.dismissed_at), span.millis(), now, wake)
        }
        _ => Ok(()),
    }
}

/// So long after it was last up it may come up again.
fn again_after(last: Option<i64>, span: i64, now: i64, wake: &mut Option<i64>) -> Looked {
    let again = last.map(|last| last.saturating_add(span));
    let again = again.filter(|again| now < *again);
    hasten(wake, again);
    again.map_or(Ok(()), |_| Err(Reason::Frequency))
}

/// A checklist reminds of its tasks once a day at most, however many of them are due.
fn not_reminded(
    content: &Content,
    guide: &Guide,
    now: &Circumstances<'_>,
    wake: &mut Option<i64>,
) -> Looked {
    let Some(list) = content
        .next
        .as_ref()
        .filter(|_| guide.form == Form::Reminder)
    else {
        return Ok(());
    };
    let prefix = concat(&[list.as_str(), DUE]);
    let mut latest = None;
    for (id, run) in &now.facts.known.runs {
        if *id != content.id && id.as_str().starts_with(&prefix) {
            latest = run.last_shown.max(run.dismissed_at).max(latest);
        }
    }
    again_after(latest, DAY, now.facts.now, wake)
}

fn on_schedule(content: &Content, now: i64, wake: &mut Option<i64>) -> Looked {
    let schedule = content.delivery.schedule;
    let begins = schedule.from.filter(|from| now < *from);
    hasten(wake, begins.or(schedule.until.filter(|until| now < *until)));
    if begins.is_some() || schedule.until.is_some_and(|until| now >= until) {
        return Err(Reason::Schedule);
    }
    Ok(())
}

fn not_put_off(run: &Run, session: SessionFact, now: i64, wake: &mut Option<i64>) -> Looked {
    match run.snoozed_until(now, session.started_at) {
        None => Ok(()),
        Some(until) => {
            hasten(wake, Some(until).filter(|until| *until < i64::MAX));
            Err(Reason::Snoozed(until))
        }
    }
}

/// Whether a condition holds, if there is one.
fn holds(condition: Option<&Condition>, facts: &Facts<'_>, wake: &mut Option<i64>) -> bool {
    let Some(condition) = condition else {
        return true;
    };
    let outcome = condition.evaluate(facts);
    hasten(wake, outcome.until);
    outcome.holds
}

fn is_held_out(content: &Content, now: &Circumstances<'_>) -> bool {
    let holdout = content.delivery.holdout;
    holdout > 0 && is_drawn(content.id.as_str(), now.facts.person, holdout)
}

/// Whether the user may be interrupted now.
fn good_moment(
    step: Option<&Step>,
    session: SessionFact,
    now: &Circumstances<'_>,
    wake: &mut Option<i64>,
) -> Looked {
    let target = step.and_then(|step| step.target.as_ref());
    let element = target.and_then(|target| now.facts.elements.get(target));
    let is_about_dialog = element.is_some_and(|element| element.in_dialog);
    if let Some(busy) = now.busy
        && !(busy == Busy::Dialog && is_about_dialog)
    {
        return Err(Reason::Busy(busy));
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
    let limits = now.limits;
    if limits.per_session.is_some_and(|limit| in_session >= limit) {
        return Err(Reason::SessionLimit);
    }
    if limits.per_day.is_some_and(|limit| in_a_day >= limit) {
        hasten(
            wake,
            first_in_a_day.map(|oldest| oldest.saturating_add(DAY)),
        );
        return Err(Reason::DayLimit);
    }
    if let (Some(last), Some(quiet)) = (known.quiet_since.max(last), limits.quiet) {
        let until = last.saturating_add(quiet.millis());
        if moment < until {
            hasten(wake, Some(until));
            return Err(Reason::Quiet(until));
        }
    }
    Ok(())
}
