//! What the user does with the widget, or the host on their behalf.

use crate::content::{Action, ActionTarget, Content, Kind};
use crate::engine::Engine;
use crate::engine::effect::{Effect, Notice};
use crate::engine::input::Act;
use crate::engine::stage::showing;
use crate::id::{ContentId, Selector, TaskId};
use crate::settle::{Milestone, Reached};
use crate::time::Now;

impl Engine {
    pub(super) fn act(&mut self, act: Act, now: Now, effects: &mut Vec<Effect>) {
        match act {
            Act::Open(id) => self.open(&id, now, effects),
            Act::Minimise => {
                self.ui.open = None;
                self.ui.confirming = false;
                effects.push(Effect::SaveUi);
            }
            Act::Toggle(task) => {
                let folded = self.ui.expanded.as_ref() == Some(&task);
                self.ui.expanded = (!folded).then_some(task);
                effects.push(Effect::SaveUi);
            }
            Act::Press { content, task } => self.press(&content, task, now, effects),
            Act::AskDismiss => self.ui.confirming = true,
            Act::KeepIt => self.ui.confirming = false,
            Act::Dismiss(id) => self.dismiss(&id, now, effects),
            Act::Complete(id, task) => self.complete(&id, &task, now, effects),
            Act::Show(id) => self.show(&id, now, effects),
        }
    }

    /// The tip that points at this element and is on screen.
    pub(super) fn tip_at(&self, selector: &Selector) -> Option<ContentId> {
        let id = self.stage.tip()?;
        let tip = self.content(id)?.tip()?;
        (tip.target == *selector).then(|| id.clone())
    }

    pub(super) fn dismiss(&mut self, id: &ContentId, now: Now, effects: &mut Vec<Effect>) {
        let Some(content) = self.content(id) else {
            return;
        };
        let (version, what) = (content.version, Reached::Dismissed(showing(content)));
        let run = self.known.runs.entry(id.clone()).or_default();
        if run.is_dismissed() {
            return;
        }
        // Later than any recall, also when the clock was set back in between.
        let at = run
            .recalled_at
            .map_or(now.wall, |recalled| now.wall.max(recalled + 1));
        run.dismissed_at = run.dismissed_at.max(Some(at));
        if self.ui.open.as_ref() == Some(id) {
            self.ui.open = None;
            self.ui.confirming = false;
            effects.push(Effect::SaveUi);
        }
        self.reach(id, version, what, at, effects);
    }

    pub(super) fn content(&self, id: &ContentId) -> Option<&Content> {
        self.contents
            .as_ref()?
            .iter()
            .find(|content| content.id == *id)
    }

    fn open(&mut self, id: &ContentId, now: Now, effects: &mut Vec<Effect>) {
        let Some(content) = self
            .content(id)
            .filter(|content| content.checklist().is_some())
        else {
            return;
        };
        let version = content.version;
        self.ui.open = Some(id.clone());
        self.ui.confirming = false;
        effects.push(Effect::SaveUi);
        let run = self.known.runs.entry(id.clone()).or_default();
        if run.started_at.is_none() {
            run.started_at = Some(now.wall);
            let what = Reached::Started;
            let at = now.wall;
            self.reach(id, version, what, at, effects);
        }
    }

    fn press(&mut self, id: &ContentId, task: Option<TaskId>, now: Now, effects: &mut Vec<Effect>) {
        let Some(content) = self.content(id) else {
            return;
        };
        let action: Option<Action> = match (&content.kind, &task) {
            (Kind::Checklist(checklist), Some(task)) => {
                let run = self.known.run(id);
                checklist
                    .task(task)
                    .filter(|task| checklist.locked_by(task, &run).next().is_none())
                    .and_then(|task| task.action.clone())
            }
            (Kind::Tip(tip), None) => tip.action.clone(),
            _ => None,
        };
        let is_tip = content.tip().is_some();
        let target = action.as_ref().and_then(Action::target);
        match target {
            Some(ActionTarget::Path(path)) => effects.push(Effect::Navigate(path.to_owned())),
            Some(ActionTarget::Link(link)) => effects.push(Effect::OpenLink(link.to_owned())),
            Some(ActionTarget::Callback(callback)) => effects.push(Effect::Notify(Notice {
                name: format!("action:{callback}"),
                content: id.clone(),
                task,
            })),
            None => return,
        }
        if is_tip {
            self.dismiss(id, now, effects);
        } else if !matches!(target, Some(ActionTarget::Link(_))) && self.ui.open.take().is_some() {
            // What is to be done is on the page, perhaps beneath the panel.
            effects.push(Effect::SaveUi);
        }
    }

    fn complete(&mut self, id: &ContentId, task: &TaskId, now: Now, effects: &mut Vec<Effect>) {
        let Some(content) = self.content(id) else {
            return;
        };
        let known_task = content
            .checklist()
            .is_some_and(|list| list.task(task).is_some());
        let version = content.version;
        if !known_task || self.known.run(id).is_done(task) {
            return;
        }
        let at = self.early.as_ref().map_or(now.wall, |early| early.at);
        self.known
            .runs
            .entry(id.clone())
            .or_default()
            .done(task, at);
        let what = Reached::TaskDone(task.clone());
        self.reach(id, version, what, at, effects);
    }

    /// Calls content back. What the collector has not sent, because it was over for this user, is asked
    /// for; if it then does not come there is no such content.
    pub(super) fn show(&mut self, id: &ContentId, now: Now, effects: &mut Vec<Effect>) {
        let Some(content) = self.content(id) else {
            if self.called.is_none() {
                self.called = Some(id.clone());
                effects.push(Effect::Refresh);
            }
            return;
        };
        let version = content.version;
        let run = self.known.runs.entry(id.clone()).or_default();
        if run.is_over(now.wall) {
            // Not before the dismissal that it undoes, also when the clock was set back in between.
            let at = run
                .dismissed_at
                .map_or(now.wall, |dismissed| now.wall.max(dismissed));
            run.recalled_at = run.recalled_at.max(Some(at));
            let what = Reached::Recalled;
            self.reach(id, version, what, at, effects);
        }
        self.open(id, now, effects);
    }

    /// Notes that the user has brought something about.
    fn reach(
        &mut self,
        id: &ContentId,
        version: u32,
        what: Reached,
        at: i64,
        effects: &mut Vec<Effect>,
    ) {
        let content = id.clone();
        self.changed = true;
        self.announce(
            vec![Milestone {
                content,
                version,
                what,
                at,
            }],
            effects,
        );
        effects.push(Effect::SaveKnown);
    }
}
