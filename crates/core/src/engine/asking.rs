//! Asking: what becomes of a button that asks the host, from the press until the host has answered. Its content
//! stays that long, so that there is a place to say how it went.
//!
//! One answer is waited for at a time: who presses another button does not wait for the first any more.

use crate::content::{Action, fill};
use crate::engine::Engine;
use crate::engine::input::Act;
use crate::engine::view::{Asked, ButtonView, Label};
use crate::id::{ContentId, TaskId};
use crate::text::concat;
use crate::time::SECOND;

/// So long an answer is waited for, milliseconds. Then the button counts as one that has done its work, since
/// nobody has said that it has not: a promise that is never kept must leave no dead button.
const PATIENCE: i64 = 10 * SECOND;

/// A button that was pressed, of which the host is asked.
#[derive(Clone, Debug)]
pub(super) struct Asking {
    /// What its answer goes by: the button may be pressed again when this one is of no interest any more.
    id: u32,
    content: ContentId,
    task: Option<TaskId>,
    button: usize,
    /// Until when the answer is waited for, wall milliseconds; none once the host has failed.
    until: Option<i64>,
}

impl Asking {
    /// Whether it is that button.
    fn is(&self, content: &ContentId, task: Option<&TaskId>, button: usize) -> bool {
        self.button == button && self.content == *content && self.task.as_ref() == task
    }
}

impl Engine {
    /// Asks the host to do what a button is for.
    pub(super) fn ask(
        &mut self,
        callback: &str,
        content: &ContentId,
        task: Option<TaskId>,
        button: usize,
    ) {
        let asking = self.asking.as_ref();
        if asking.is_some_and(|asking| asking.is(content, task.as_ref(), button)) {
            return;
        }
        self.stop_asking(content);
        self.answer(self.asks, true);
        self.asks += 1;
        let name = concat(&["action:", callback]);
        self.notify(&name, content, task.clone(), Some(self.asks));
        self.asking = Some(Asking {
            id: self.asks,
            content: content.clone(),
            task,
            button,
            until: Some(self.now.wall.saturating_add(PATIENCE)),
        });
        // To be woken when it has taken too long.
        self.changed = true;
    }

    /// The host has answered, or was waited for long enough: what the button was pressed for goes on, or the user
    /// is told that it did not work.
    pub(super) fn answer(&mut self, id: u32, done: bool) {
        let Some(mut asking) = self.asking.take_if(|asking| asking.id == id) else {
            return;
        };
        if !done {
            asking.until = None;
            self.asking = Some(asking);
        } else if asking.task.is_none() {
            self.finish_with(&asking.content, asking.button);
        } else if asking.task == self.ui.expanded && !self.ui.confirming {
            // Unless the user has turned to something else in the meantime.
            self.leave_panel();
        }
    }

    /// Until when an answer is waited for, wall milliseconds.
    pub(super) fn waits_until(&self) -> Option<i64> {
        self.asking.as_ref()?.until
    }

    /// Answers for a host that takes too long.
    pub(super) fn stop_waiting(&mut self) {
        if self
            .waits_until()
            .is_some_and(|until| until <= self.now.wall)
        {
            self.go_ahead();
        }
    }

    /// Answers for a host that is about to do something that comes after what the button was pressed for.
    pub(super) fn go_ahead(&mut self) {
        if self.waits_until().is_some() {
            self.answer(self.asks, true);
        }
    }

    /// The user has left the panel: what is answered there is of no interest any more.
    pub(super) fn stop_asking_for_task(&mut self) {
        self.asking.take_if(|asking| asking.task.is_some());
    }

    /// The user has gone on: what did not work was said.
    pub(super) fn forget_failure(&mut self) {
        if self.waits_until().is_none() {
            self.asking = None;
        }
    }

    /// Content goes, or goes on, and with it what the host was asked for it.
    pub(super) fn stop_asking(&mut self, id: &ContentId) {
        self.asking.take_if(|asking| asking.content == *id);
    }

    /// A button of an author's.
    pub(super) fn button(
        &self,
        content: &ContentId,
        task: Option<&TaskId>,
        button: usize,
        action: &Action,
    ) -> ButtonView {
        let asking = self.asking.as_ref();
        let asking = asking.filter(|asking| asking.is(content, task, button));
        ButtonView {
            label: Label::Text(fill(&action.label, &self.known)),
            act: Act::Press {
                content: content.clone(),
                task: task.cloned(),
                button,
            },
            asked: asking.map(|asking| match asking.until {
                Some(_) => Asked::Waiting,
                None => Asked::Failed,
            }),
        }
    }
}
