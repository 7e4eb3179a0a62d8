//! What is sent away, put off or done with.

use crate::content::{Content, Snooze};
use crate::engine::Engine;
use crate::engine::stage::{is_called, is_up};
use crate::event::{Event, name, property};
use crate::id::{ContentId, MessageId};
use crate::known::put;
use crate::settle::Reached;
use crate::text::{concat, digits};
use crate::time::delay;
use crate::value::Properties;

impl Engine {
    pub(in crate::engine) fn dismiss(&mut self, id: &ContentId) {
        let run = self.known.run(id);
        let is_away = run.is_dismissed() && run.last_shown <= run.dismissed_at;
        if self.content(id).is_none() || is_away {
            return;
        }
        let (at, interrupted) = self.end(id);
        self.close_panel(id);
        self.reach_end(id, Reached::Dismissed, at, interrupted);
    }

    pub(super) fn snooze(&mut self, id: &ContentId, snooze: Snooze) {
        if self.content(id).is_none() {
            return;
        }
        self.stop_asking(id);
        let at = self.moment_after(id, self.now.wall);
        let until = match snooze {
            Snooze::For(span) => self.now.wall.saturating_add(span.millis()),
            Snooze::NextSession => i64::MAX,
        };
        let interrupted = self.quieten(id, at);
        let run = self.known.runs.or_default(id);
        run.snoozed = run.snoozed.max(Some((at, until)));
        self.close_panel(id);
        self.reach_end(id, Reached::Snoozed(until), at, interrupted);
    }

    /// A guide has done its work: its main button was pressed, what it points at was used, or it was gone
    /// through.
    pub(in crate::engine) fn finish(&mut self, id: &ContentId) {
        if self.content(id).is_none() {
            return;
        }
        let again = self.known.run(id).completed_at.is_some();
        let (at, interrupted) = self.end(id);
        let run = self.known.runs.or_default(id);
        run.completed_at = run.completed_at.or(Some(at));
        let what = Reached::Completed { again };
        self.reach_end(id, what, at, interrupted);
    }

    /// Takes content off the screen; says when that was, and whether it had interrupted the user.
    pub(super) fn end(&mut self, id: &ContentId) -> (i64, bool) {
        self.stop_asking(id);
        let at = self.moment_after(id, self.now.wall);
        let interrupted = self.quieten(id, at);
        let run = self.known.runs.or_default(id);
        delay(&mut run.dismissed_at, Some(at));
        if self.ui.trail_of.as_ref() == Some(id) {
            self.ui.trail_of = None;
            self.ui.trail.clear();
        }
        if self.ui.hint.as_ref() == Some(id) {
            self.ui.hint = None;
        }
        (at, interrupted)
    }

    /// The time of what happens to content at `now`, wall milliseconds: later than all that is noted of it,
    /// and in this session, also when the clock was set back in between.
    pub(super) fn moment_after(&self, id: &ContentId, now: i64) -> i64 {
        let began = self.session().map_or(now, |session| session.started_at);
        self.known.run(id).moment_after(now).max(began)
    }

    /// The quiet after an interruption begins when it ends; says whether it was one.
    pub(super) fn quieten(&mut self, id: &ContentId, at: i64) -> bool {
        let interrupted = self.interrupts(id);
        if interrupted {
            delay(&mut self.known.quiet_since, Some(at));
        }
        interrupted
    }

    /// Whether content is up, of a kind that interrupts, and came by itself.
    pub(super) fn interrupts(&self, id: &ContentId) -> bool {
        let guide = self.content(id).and_then(Content::guide);
        let run = self.known.run(id);
        let session = self.session();
        guide.is_some_and(|guide| {
            guide.form.interrupts() && is_up(guide, run, session) && !is_called(guide, run, session)
        })
    }

    pub(super) fn close_panel(&mut self, id: &ContentId) {
        if self.ui.open.as_ref() == Some(id) {
            self.ui.open = None;
            self.ui.confirming = false;
            self.save_ui();
        }
    }

    pub(super) fn hush(&mut self, hushed: bool) {
        if self.known.is_hushed() == hushed {
            return;
        }
        let before = self.known.hushed.map_or(i64::MIN, |(at, _)| at);
        let at = self.now.wall.max(before.saturating_add(1));
        self.known.hushed = Some((at, hushed));
        self.changed = true;
        let mut properties = Properties::new();
        put(&mut properties, property::WANTED, (!hushed).into());
        let event = Event {
            message_id: MessageId(concat(&[self.person.key(), "/tips/", &digits(at)])),
            name: name::TIPS_CHOSEN.to_owned(),
            at,
            properties,
        };
        self.report_event(event);
        self.save_known();
    }
}
