//! Settling: what is done, then what is shown, until neither changes the other any more; and telling of it.

use crate::content::{Content, Form};
use crate::engine::effect::Effect;
use crate::engine::stage::{self, Circumstances};
use crate::engine::{Engine, MOST_ROUNDS};
use crate::id::SessionId;
use crate::run::{CELEBRATION, Mark};
use crate::settle::{Milestone, Reached, Settled, Surroundings, settle};
use crate::time::hasten;

impl Engine {
    /// Settles what is done, then what is shown, until neither changes the other any more.
    pub(super) fn settle(&mut self) {
        self.stop_waiting();
        for _ in 0..MOST_ROUNDS {
            let missed = self.settle_once();
            let following = std::mem::take(&mut self.following);
            for (next, at) in &following {
                self.follow_on(next, *at);
            }
            let advanced = self.advance();
            if !missed && following.is_empty() && !advanced {
                break;
            }
        }
        if self.ui.prefill.is_some() {
            let given_up = self.fill_in();
            hasten(&mut self.wake, given_up);
        }
        let waits_until = self.waits_until();
        hasten(&mut self.wake, waits_until);
        if let Some(wake) = self.wake {
            self.effects.push(Effect::WakeAt(wake));
        }
    }

    /// Settles and arranges once; says whether steps have waited too long, so that it is to be done again.
    fn settle_once(&mut self) -> bool {
        let Some(contents) = self.contents.take() else {
            self.wake = None;
            return false;
        };
        let mut missing = Vec::new();
        // What has come up may bring up something else.
        for _ in 0..MOST_ROUNDS {
            let denied = self.is_denied();
            let surroundings = Surroundings {
                person: self.person.key(),
                page: self.page.as_ref(),
                elements: &self.elements,
                session: self.session(),
                locale: self.locale.as_deref(),
                device: self.device,
            };
            let settled = if denied {
                Settled::default()
            } else {
                settle(&contents, &mut self.known, &surroundings, self.now.wall)
            };
            let circumstances = Circumstances {
                contents: &contents,
                facts: surroundings.facts(&self.known, self.now.wall),
                denied,
                busy: self.busy,
                limits: self.settings.limits,
                checklist: None,
            };
            let mut staged = self.stage.arrange(&circumstances);
            self.wake = settled.wake;
            hasten(&mut self.wake, staged.wake);
            missing.append(&mut staged.missing);
            let mut milestones = settled.milestones;
            let person = self.person.key();
            let shown = staged.milestones;
            milestones.append(&mut stage::note(shown, &contents, &mut self.known, person));
            if milestones.is_empty() {
                break;
            }
            // The content is out of the engine's hands, so `announce` cannot see to it.
            self.follow_up(&contents, &milestones);
            self.announce(milestones);
            self.save_known();
        }
        self.contents = Some(contents);
        let missed = !missing.is_empty();
        self.miss(missing);
        missed
    }

    /// Notes what is started when these have come to be.
    fn follow_up(&mut self, contents: &[Content], milestones: &[Milestone]) {
        for milestone in milestones {
            let completed = matches!(milestone.what, Reached::Completed { .. });
            if !completed || milestone.form == Some(Form::Reminder) {
                continue;
            }
            let mut contents = contents.iter();
            let content = contents.find(|content| content.id == milestone.content);
            if let Some(next) = content.and_then(|content| content.next.clone()) {
                self.following.push((next, milestone.at));
            }
        }
    }

    /// The same for checklists that were completed elsewhere, by a server's event or in another tab, while
    /// that is news and what follows has not been started there.
    pub(super) fn follow_up_elsewhere(&mut self) {
        for content in self.contents.as_deref().unwrap_or_default() {
            let completed = self.known.run(&content.id).completed_at;
            let (Some(next), Some(at), Some(_)) = (&content.next, completed, content.checklist())
            else {
                continue;
            };
            let run = self.known.run(next);
            let begun = run.shown_at.max(run.last_shown).max(run.recalled_at) >= Some(at);
            let is_news = self.now.wall.saturating_sub(at) <= CELEBRATION;
            if is_news && !begun && self.content(next).is_some() {
                self.following.push((next.clone(), at));
            }
        }
    }

    pub(super) fn announce(&mut self, milestones: Vec<Milestone>) {
        if let Some(contents) = self.contents.take() {
            self.follow_up(&contents, &milestones);
            self.contents = Some(contents);
        }
        let session = self.clock.totals().map(|totals| totals.id);
        for milestone in milestones {
            let event = milestone.event(self.person.key(), session.as_ref().map(SessionId::as_str));
            self.report_event(event);
            let name = match &milestone.what {
                Reached::Withheld => continue,
                Reached::TaskDone(_) | Reached::Marked(_, Mark::Done) => "task_completed",
                Reached::Marked(_, Mark::Skipped) => "task_skipped",
                Reached::Marked(_, Mark::Open) => "task_reopened",
                other => other.word(),
            };
            let task = match milestone.what {
                Reached::TaskDone(task) | Reached::Marked(task, _) => Some(task),
                _ => None,
            };
            self.notify(name, &milestone.content, task, None);
        }
    }
}
