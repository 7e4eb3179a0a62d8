//! Tours: going from step to step.

use crate::content::{Content, Guide, Missing, Step};
use crate::engine::Engine;
use crate::engine::effect::Effect;
use crate::engine::stage::current_step;
use crate::event::{Event, name, property};
use crate::facts::Facts;
use crate::id::{ContentId, MessageId, StepId};
use crate::known::{self, put_text};
use crate::settle::Reached;
use crate::text::{concat, digits};
use crate::value::Properties;

impl Engine {
    /// Goes on from the step on screen: to the first branch that holds, else to the next in order; after
    /// the last the tour is done.
    pub(super) fn go_on(&mut self, id: &ContentId) {
        let next = self.next_step(id);
        self.go_to(id, next);
    }

    fn next_step(&self, id: &ContentId) -> Option<StepId> {
        let guide = self.guide(id)?;
        let (index, _) = current_step(guide, self.known.run(id))?;
        let facts = self.facts();
        let next = after(guide, index, &facts);
        // Of a circle of steps that all are done with already, the first is as good as any.
        let rest = rest_from(guide, next, &facts).unwrap_or(next);
        step_at(guide, rest)
    }

    /// Goes to a step, or to the end.
    pub(super) fn go_to(&mut self, id: &ContentId, step: Option<StepId>) {
        let Some((_, before)) = self
            .guide(id)
            .and_then(|guide| current_step(guide, self.known.run(id)))
        else {
            return;
        };
        let before = before.id.clone();
        match step {
            Some(step) => {
                if self.ui.trail_of.as_ref() != Some(id) {
                    self.ui.trail_of = Some(id.clone());
                    self.ui.trail.clear();
                }
                self.ui.trail.push(before);
                self.move_to(id, step);
            }
            None => self.finish(id),
        }
        self.save_ui();
    }

    /// Goes back to the step that was left for the one on screen.
    pub(super) fn go_back(&mut self, id: &ContentId) {
        if let Some(index) = self.way_back(id)
            && let Some(step) = self.ui.trail.get(index).cloned()
        {
            self.ui.trail.truncate(index);
            self.move_to(id, step);
            self.save_ui();
        }
    }

    /// Where in the trail the step is to which one can go back: the last that is not gone from the tour, and
    /// would not go on again of its own accord.
    pub(super) fn way_back(&self, id: &ContentId) -> Option<usize> {
        let guide = self.guide(id)?;
        let facts = self.facts();
        self.ui.trail_of.as_ref().filter(|tour| *tour == id)?;
        self.ui.trail.iter().rposition(|step| {
            guide
                .step(step)
                .is_some_and(|(_, step)| !goes_on(step, &facts))
        })
    }

    fn move_to(&mut self, id: &ContentId, step: StepId) {
        let Some((_, found)) = self.guide(id).and_then(|guide| guide.step(&step)) else {
            return;
        };
        let elsewhere = !found.is_on(self.page.as_ref());
        let path = found.path.clone().filter(|_| elsewhere);
        self.stop_asking(id);
        let run = self.known.runs.or_default(id);
        // Later than the step before, also when the clock was set back in between.
        let at = run
            .step
            .as_ref()
            .map_or(self.now.wall, |(before, _)| self.now.wall.max(before + 1));
        run.step = Some((at, step.clone()));
        self.reach(id, Reached::Step(step), at);
        self.go_to_path(path);
    }

    /// Goes where the step is at which a tour is.
    pub(super) fn set_out(&mut self, id: &ContentId) {
        let step = self
            .guide(id)
            .and_then(|guide| current_step(guide, self.known.run(id)))
            .filter(|(_, step)| !step.is_on(self.page.as_ref()));
        let path = step.and_then(|(_, step)| step.path.clone());
        self.go_to_path(path);
    }

    fn go_to_path(&mut self, path: Option<String>) {
        let Some(path) = path else { return };
        // A button may have led there already.
        let is_there =
            |effect: &Effect| matches!(effect, Effect::Navigate(other) if *other == path);
        if !self.effects.iter().any(is_there) {
            self.effects.push(Effect::Navigate(path));
        }
    }

    /// Whether a click on the element of the step on screen goes on.
    pub(super) fn advances_on_target(&self, id: &ContentId) -> bool {
        self.guide(id)
            .and_then(|guide| current_step(guide, self.known.run(id)))
            .is_some_and(|(_, step)| step.advance_on_target)
    }

    /// Goes on from a step whose condition has come to hold, past all of which the same is true; says whether
    /// it has.
    pub(super) fn advance(&mut self) -> bool {
        let Some(id) = self.stage.interruption().cloned() else {
            return false;
        };
        let rest = self.guide(&id).and_then(|guide| {
            let run = self.known.run(&id);
            let is_done = run.ended_at() >= run.last_shown && !run.is_called();
            let (index, _) = current_step(guide, run).filter(|_| !is_done)?;
            let rest = rest_from(guide, index, &self.facts());
            rest.filter(|rest| *rest != index)
                .map(|rest| step_at(guide, rest))
        });
        let Some(next) = rest else {
            return false;
        };
        self.go_to(&id, next);
        true
    }

    /// What becomes of steps whose element did not come. It is told to the collector, once a page.
    pub(super) fn miss(&mut self, missing: Vec<(ContentId, StepId)>) {
        for (id, step) in missing {
            self.report_missing(&id, &step);
            // It has its place only if it has begun: what never began has nothing to be passed over.
            let begun = self.stage.interruption() == Some(&id);
            let skips = self
                .guide(&id)
                .filter(|_| begun)
                .and_then(|guide| guide.step(&step))
                .is_some_and(|(_, step)| step.if_missing == Missing::Skip);
            if skips {
                self.go_on(&id);
            }
        }
    }

    fn report_missing(&mut self, id: &ContentId, step: &StepId) {
        let Some(content) = self.content(id) else {
            return;
        };
        let target = content
            .guide()
            .and_then(|guide| guide.step(step))
            .and_then(|(_, step)| step.target.clone());
        let mut properties = Properties::new();
        let mut put = |name: &str, text: &str| {
            if !text.is_empty() {
                put_text(&mut properties, name, text);
            }
        };
        put(property::CONTENT_ID, id.as_str());
        put(property::STEP_ID, step.as_str());
        if let Some(target) = &target {
            put(property::SELECTOR, target.as_str());
            if let Some(fact) = self.elements.get(target) {
                put(property::NEAREST, &fact.nearest);
            }
        }
        if let Some(page) = &self.page {
            put(property::PATH, &page.path);
        }
        let session = self.clock.totals().map(|totals| totals.id);
        if let Some(session) = &session {
            put(property::SESSION_ID, session.as_str());
        }
        let version = f64::from(content.version);
        known::put(&mut properties, property::VERSION, version.into());
        let id = [
            self.person.key(),
            "/",
            id.as_str(),
            "/missing/",
            step.as_str(),
            "/",
            &digits(self.now.wall),
        ];
        let event = Event {
            message_id: MessageId(concat(&id)),
            name: name::TARGET_MISSING.to_owned(),
            at: self.now.wall,
            properties,
        };
        self.report_event(event);
    }

    fn guide(&self, id: &ContentId) -> Option<&Guide> {
        self.content(id).and_then(Content::guide)
    }
}

/// Whether a step goes on of its own accord.
fn goes_on(step: &Step, facts: &Facts<'_>) -> bool {
    let when = step.advance_when.as_ref();
    when.is_some_and(|when| when.holds(facts))
}

/// The id of the step at that place; none past the last.
fn step_at(guide: &Guide, index: usize) -> Option<StepId> {
    guide.steps.get(index).map(|step| step.id.clone())
}

/// What comes after a step: where the first branch leads that holds, else the next in order. Past the last
/// is the end.
fn after(guide: &Guide, index: usize, facts: &Facts<'_>) -> usize {
    let branches = guide.steps.get(index).map(|step| step.branches.iter());
    let branch = branches
        .into_iter()
        .flatten()
        .find(|branch| branch.when.holds(facts));
    branch
        .and_then(|branch| guide.step(&branch.to))
        .map_or(index + 1, |(index, _)| index)
}

/// Where a tour comes to rest that is at a step: there, or after all that go on of their own accord, perhaps
/// past the last. `None` if they lead round in a circle.
fn rest_from(guide: &Guide, from: usize, facts: &Facts<'_>) -> Option<usize> {
    let mut index = from;
    // Once more than there are steps, for the end counts as well.
    for _ in 0..=guide.steps.len() {
        let step = guide.steps.get(index);
        if !step.is_some_and(|step| goes_on(step, facts)) {
            return Some(index);
        }
        index = after(guide, index, facts);
    }
    None
}
