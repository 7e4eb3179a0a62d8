//! Tours: going from step to step.

use crate::content::{Content, Guide, Missing};
use crate::engine::Engine;
use crate::engine::effect::Effect;
use crate::engine::stage::current_step;
use crate::event::{Event, name, property};
use crate::id::{ContentId, MessageId, StepId};
use crate::message::Message;
use crate::settle::Reached;
use crate::time::Now;
use crate::value::Properties;

impl Engine {
    /// Goes on from the step on screen: to the first branch that holds, else to the next in order; after
    /// the last the tour is done.
    pub(super) fn go_on(&mut self, id: &ContentId, now: Now, effects: &mut Vec<Effect>) {
        let next = self.next_step(id, now);
        self.go_to(id, next, now, effects);
    }

    fn next_step(&self, id: &ContentId, now: Now) -> Option<StepId> {
        let guide = self.guide(id)?;
        let (index, step) = current_step(guide, &self.known.run(id))?;
        let facts = self.facts(now.wall);
        let branch = step
            .branches
            .iter()
            .find(|branch| branch.when.holds(&facts));
        match branch {
            Some(branch) => Some(branch.to.clone()),
            None => guide.steps.get(index + 1).map(|step| step.id.clone()),
        }
    }

    /// Goes to a step, or to the end.
    pub(super) fn go_to(
        &mut self,
        id: &ContentId,
        step: Option<StepId>,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        let Some((_, before)) = self
            .guide(id)
            .and_then(|guide| current_step(guide, &self.known.run(id)))
        else {
            return;
        };
        let before = before.id.clone();
        match step {
            Some(step) => {
                self.ui.trail.push(before);
                self.move_to(id, step, now, effects);
            }
            None => self.finish(id, now, effects),
        }
        effects.push(Effect::SaveUi);
    }

    /// Goes back to the step that was left for the one on screen.
    pub(super) fn go_back(&mut self, id: &ContentId, now: Now, effects: &mut Vec<Effect>) {
        if let Some(step) = self.ui.trail.pop() {
            self.move_to(id, step, now, effects);
            effects.push(Effect::SaveUi);
        }
    }

    fn move_to(&mut self, id: &ContentId, step: StepId, now: Now, effects: &mut Vec<Effect>) {
        let Some((_, found)) = self.guide(id).and_then(|guide| guide.step(&step)) else {
            return;
        };
        let path = found.path.clone();
        let run = self.known.runs.entry(id.clone()).or_default();
        // Later than the step before, also when the clock was set back in between.
        let at = run
            .step
            .as_ref()
            .map_or(now.wall, |(before, _)| now.wall.max(before + 1));
        run.step = Some((at, step.clone()));
        self.reach(id, Reached::Step(step), at, effects);
        if let Some(path) = path
            && !self.page.as_ref().is_some_and(|page| page.is_at(&path))
        {
            effects.push(Effect::Navigate(path));
        }
    }

    /// Whether a click on the element of the step on screen goes on.
    pub(super) fn advances_on_target(&self, id: &ContentId) -> bool {
        self.guide(id)
            .and_then(|guide| current_step(guide, &self.known.run(id)))
            .is_some_and(|(_, step)| step.advance_on_target)
    }

    /// Goes on from steps whose condition has come to hold; says whether any has. A tour passes each step
    /// at most once so, whatever its branches say.
    pub(super) fn advance(&mut self, now: Now, effects: &mut Vec<Effect>) -> bool {
        let Some(id) = self.stage.interruption().cloned() else {
            return false;
        };
        let most = self.guide(&id).map_or(0, |guide| guide.steps.len());
        for passed in 0..most {
            let holds = self.guide(&id).is_some_and(|guide| {
                let run = self.known.run(&id);
                let is_done = run.ended_at() >= run.last_shown && !run.is_called();
                let step = current_step(guide, &run).filter(|_| !is_done);
                step.and_then(|(_, step)| step.advance_when.as_ref())
                    .is_some_and(|when| when.holds(&self.facts(now.wall)))
            });
            if !holds {
                return passed > 0;
            }
            self.go_on(&id, now, effects);
        }
        most > 0
    }

    /// What becomes of steps whose element did not come. It is told to the collector, once a page.
    pub(super) fn miss(
        &mut self,
        missing: Vec<(ContentId, StepId)>,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        for (id, step) in missing {
            self.report_missing(&id, &step, now, effects);
            let skips = self
                .guide(&id)
                .and_then(|guide| guide.step(&step))
                .is_some_and(|(_, step)| step.if_missing == Missing::Skip);
            if skips {
                self.go_on(&id, now, effects);
            }
        }
    }

    fn report_missing(
        &mut self,
        id: &ContentId,
        step: &StepId,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
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
                properties.insert(name.to_owned(), text.into());
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
        properties.insert(property::VERSION.to_owned(), version.into());
        let id = [
            self.person.key(),
            "/",
            id.as_str(),
            "/missing/",
            step.as_str(),
            "/",
            &now.wall.to_string(),
        ];
        let event = Event {
            message_id: MessageId(id.concat()),
            name: name::TARGET_MISSING.to_owned(),
            at: now.wall,
            properties,
        };
        effects.push(Effect::Send(Message::track(event, self.person.clone())));
    }

    fn guide(&self, id: &ContentId) -> Option<&Guide> {
        self.content(id).and_then(Content::guide)
    }
}
