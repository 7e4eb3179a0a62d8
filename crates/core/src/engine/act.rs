//! What the user does with the widget, or the host on their behalf.

mod ending;

use crate::content::{Action, ActionTarget, Content, Form, Kind};
use crate::engine::Engine;
use crate::engine::effect::Effect;
use crate::engine::input::Act;
use crate::id::{ContentId, Selector, TaskId};
use crate::run::Mark;
use crate::settle::{Milestone, Reached};

impl Engine {
    pub(super) fn act(&mut self, act: Act) {
        self.forget_failure();
        match act {
            Act::Open(id) => self.open(&id),
            Act::Minimise => {
                self.stop_asking_for_task();
                self.ui.open = None;
                self.ui.confirming = false;
                self.save_ui();
            }
            Act::Toggle(task) => {
                let folded = self.ui.expanded.as_ref() == Some(&task);
                self.ui.expanded = (!folded).then_some(task);
                self.save_ui();
            }
            Act::Press {
                content,
                task,
                button,
            } => self.press(&content, task, button),
            Act::AskDismiss => self.ui.confirming = true,
            Act::KeepIt => self.ui.confirming = false,
            Act::Dismiss(id) => self.dismiss(&id),
            Act::Snooze(id, snooze) => self.snooze(&id, snooze),
            Act::Complete(id, task) => self.complete(&id, &task),
            Act::Mark(id, task, mark) => self.mark(&id, &task, mark),
            Act::Show(id) => {
                self.go_ahead();
                self.show(&id);
            }
            // A second click on what has gone by then means nothing.
            Act::Next(id) | Act::Back(id) if !self.stage.shows(&id) => {}
            Act::Next(id) => self.go_on(&id),
            Act::Go(path) => self.effects.push(Effect::Navigate(path)),
            Act::Back(id) => self.go_back(&id),
            Act::OpenHint(id) => {
                let open = self.ui.hint.as_ref() == Some(&id);
                self.ui.hint = (!open).then_some(id);
                self.save_ui();
            }
            Act::Hush(hushed) => self.hush(hushed),
        }
    }

    /// What a click on an element means for the guides on screen that point at it: a tip has done its
    /// work, and a step of a tour that waits for it goes on.
    pub(super) fn follow(&mut self, selector: &Selector) {
        for card in self.cards() {
            if card.target.as_ref() != Some(selector) {
                continue;
            }
            match card.form {
                Form::Tooltip | Form::Hint => self.finish(&card.content),
                Form::Tour if self.advances_on_target(&card.content) => {
                    self.go_on(&card.content);
                }
                _ => {}
            }
        }
    }

    pub(super) fn content(&self, id: &ContentId) -> Option<&Content> {
        self.contents
            .as_ref()?
            .iter()
            .find(|content| content.id == *id)
    }

    /// Opens a checklist's panel. The reminders of it have done their work then.
    fn open(&mut self, id: &ContentId) {
        if self.content(id).and_then(Content::checklist).is_none() {
            return;
        }
        self.ui.open = Some(id.clone());
        self.ui.confirming = false;
        self.save_ui();
        let reminder = self.stage.interruption().cloned().filter(|reminder| {
            let content = self.content(reminder);
            content.is_some_and(|content| {
                content.next.as_ref() == Some(id)
                    && content
                        .guide()
                        .is_some_and(|guide| guide.form == Form::Reminder)
            })
        });
        if let Some(reminder) = reminder {
            self.dismiss(&reminder);
        }
        let run = self.known.runs.or_default(id);
        if run.started_at.is_none() {
            run.started_at = Some(self.now.wall);
            self.reach(id, Reached::Started, self.now.wall);
        }
    }

    fn press(&mut self, id: &ContentId, task: Option<TaskId>, button: usize) {
        if task.is_none() && !self.stage.shows(id) {
            return;
        }
        let Some(action) = self.action(id, task.as_ref(), button) else {
            return;
        };
        let Some(target) = action.target() else {
            return;
        };
        match target {
            ActionTarget::Path(path) => {
                self.effects.push(Effect::Navigate(path.to_owned()));
                self.prefill(&action, path);
            }
            ActionTarget::Link(link) => self.effects.push(Effect::OpenLink(link.to_owned())),
            ActionTarget::Callback(callback) => {
                // A task's own panel waits for the answer, so that it can be said how that went.
                if task.is_none() {
                    self.leave_panel();
                }
                self.ask(callback, id, task, button);
                return;
            }
            ActionTarget::Start(other) => {
                self.finish_with(id, button);
                self.leave_panel();
                self.show(other);
                return;
            }
            ActionTarget::Step(step) => {
                let step = step.clone();
                self.go_to(id, Some(step));
                return;
            }
            ActionTarget::Snooze(snooze) => {
                self.snooze(id, snooze);
                return;
            }
            ActionTarget::Close => {
                self.dismiss(id);
                return;
            }
        }
        self.finish_with(id, button);
        if action.link.is_none() {
            self.leave_panel();
        }
    }

    /// What a button does, if it can be pressed.
    fn action(&self, id: &ContentId, task: Option<&TaskId>, button: usize) -> Option<Action> {
        match (&self.content(id)?.kind, task) {
            (Kind::Checklist(list), Some(task)) => {
                let facts = self.facts();
                let list = list.meant_for(&facts);
                let task = list.task(task)?;
                let run = self.known.run(id);
                let reachable = run.is_done(&task.id) || list.is_open(task, run, &facts);
                task.action.clone().filter(|_| reachable)
            }
            (Kind::Guide(guide), None) => {
                let run = self.known.run(id);
                let (_, step) = crate::engine::stage::current_step(guide, run)?;
                step.actions.get(button).cloned()
            }
            _ => None,
        }
    }

    /// A guide of one card is done when its main button is pressed, and goes away with any other. A tour
    /// goes on.
    pub(super) fn finish_with(&mut self, id: &ContentId, button: usize) {
        let form = self
            .content(id)
            .and_then(Content::guide)
            .map(|guide| guide.form);
        match form {
            Some(Form::Tour) => self.go_on(id),
            Some(_) if button == 0 => self.finish(id),
            Some(_) => self.dismiss(id),
            None => {}
        }
    }

    /// What is to be done is on the page, perhaps beneath the panel.
    pub(super) fn leave_panel(&mut self) {
        if self.ui.open.take().is_some() {
            self.save_ui();
        }
    }

    fn complete(&mut self, id: &ContentId, task: &TaskId) {
        if !self.has_task(id, task) || self.known.run(id).tasks.contains_key(task) {
            return;
        }
        let at = self.early.as_ref().map_or(self.now.wall, |early| early.at);
        self.known.runs.or_default(id).done(task, at);
        self.reach(id, Reached::TaskDone(task.clone()), at);
    }

    /// The user marks a task, as far as its author lets them.
    fn mark(&mut self, id: &ContentId, task: &TaskId, mark: Mark) {
        let found = self.content(id).and_then(Content::checklist);
        let allowed = found
            .and_then(|list| list.task(task))
            .is_some_and(|task| match mark {
                Mark::Done => task.markable,
                Mark::Skipped => task.skippable,
                Mark::Open => true,
            });
        let run = self.known.run(id);
        let before = run.marks.get(task).copied();
        // What is done of itself needs no mark, and would not be undone by one.
        let allowed = allowed && !run.tasks.contains_key(task);
        if !allowed || before.map_or(Mark::Open, |(_, mark)| mark) == mark {
            return;
        }
        // Later than the mark that it takes the place of, also when the clock was set back in between.
        let at = before.map_or(self.now.wall, |(at, _)| self.now.wall.max(at + 1));
        let run = self.known.runs.or_default(id);
        run.mark(task, mark, at);
        self.reach(id, Reached::Marked(task.clone(), mark), at);
    }

    fn has_task(&self, id: &ContentId, task: &TaskId) -> bool {
        self.content(id)
            .and_then(Content::checklist)
            .is_some_and(|list| list.task(task).is_some())
    }

    /// Calls content back. What the collector has not sent, because it was over for this user, is asked
    /// for; if it then does not come there is no such content.
    pub(super) fn show(&mut self, id: &ContentId) {
        let Some(content) = self.content(id) else {
            if self.called.is_none() {
                self.called = Some(id.clone());
                self.effects.push(Effect::Refresh);
            }
            return;
        };
        // A checklist that is there already is only opened.
        if content.guide().is_some() || !self.stage.shows(id) {
            self.call(id, self.now.wall);
        }
        self.open(id);
        self.set_out(id);
    }

    /// Starts what follows on something that was completed at `at`, wall milliseconds. A checklist comes up
    /// small, once the one before it has been celebrated.
    pub(super) fn follow_on(&mut self, id: &ContentId, at: i64) {
        let is_list = self.content(id).and_then(Content::checklist).is_some();
        if !is_list {
            self.show(id);
        } else if !self.stage.shows(id) {
            self.call(id, at);
        }
    }

    fn call(&mut self, id: &ContentId, at: i64) {
        let is_list = self.content(id).and_then(Content::checklist).is_some();
        // What follows a checklist comes after it, though that was completed in an earlier session.
        let at = if is_list {
            self.known.run(id).moment_after(at)
        } else {
            self.moment_after(id, at)
        };
        let run = self.known.runs.or_default(id);
        run.recalled_at = Some(at);
        self.reach(id, Reached::Recalled, at);
    }

    /// Notes that the user has brought something about.
    pub(super) fn reach(&mut self, id: &ContentId, what: Reached, at: i64) {
        self.reach_end(id, what, at, false);
    }

    /// The same of something that has ended with it, and perhaps had interrupted the user.
    fn reach_end(&mut self, id: &ContentId, what: Reached, at: i64, interrupted: bool) {
        let Some(content) = self.content(id) else {
            return;
        };
        let milestone = Milestone {
            interrupts: interrupted,
            ..Milestone::new(content, what, at)
        };
        self.changed = true;
        self.announce(vec![milestone]);
        self.save_known();
    }
}
