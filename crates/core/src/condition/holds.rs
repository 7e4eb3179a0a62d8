//! Whether a condition holds: the only place that decides it.

use crate::condition::{
    Condition, ContentCondition, ContentState, ElementCondition, ElementState, EventCondition,
    FirstSeenCondition, Owner, SessionCondition, SessionsCondition, TraitCondition,
};
use crate::event::name::SESSION_STARTED;
use crate::facts::Facts;
use crate::sightings::Sightings;
use crate::text::split;
use crate::time::{Span, hasten};

/// What a condition came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Whether it holds now.
    pub holds: bool,
    /// When it holds: since when, in wall milliseconds, as far as can be told; never later than now.
    /// It is the same on every side that knows the same events.
    pub since: i64,
    /// The next moment (wall milliseconds) at which time alone may change the answer, if there is one.
    pub until: Option<i64>,
}

impl Outcome {
    fn plain(holds: bool, now: i64) -> Self {
        Self {
            holds,
            since: now,
            until: None,
        }
    }

    /// Whether that moment is past; if not, it may change the answer.
    fn is_past(&mut self, moment: i64, now: i64) -> bool {
        let past = now >= moment;
        hasten(&mut self.until, Some(moment).filter(|_| !past));
        past
    }
}

impl Condition {
    /// Whether this holds, given the facts.
    pub fn evaluate(&self, facts: &Facts<'_>) -> Outcome {
        let now = facts.now;
        match self {
            Self::All(parts) => {
                let mut all = Outcome {
                    holds: true,
                    since: i64::MIN,
                    until: None,
                };
                for part in parts {
                    let one = part.evaluate(facts);
                    all.holds &= one.holds;
                    all.since = all.since.max(one.since);
                    hasten(&mut all.until, one.until);
                }
                if parts.is_empty() {
                    all.since = now;
                }
                all
            }
            Self::Any(parts) => {
                let mut any = Outcome {
                    holds: false,
                    since: now,
                    until: None,
                };
                for part in parts {
                    let one = part.evaluate(facts);
                    if one.holds {
                        any.holds = true;
                        any.since = any.since.min(one.since);
                    }
                    hasten(&mut any.until, one.until);
                }
                any
            }
            Self::Not(part) => {
                let one = part.evaluate(facts);
                Outcome {
                    holds: !one.holds,
                    since: now,
                    until: one.until,
                }
            }
            Self::Event(event) => evaluate_event(event, facts),
            Self::Content(wanted) => evaluate_content(wanted, facts),
            Self::Sessions(wanted) => evaluate_sessions(wanted, facts),
            Self::Session(wanted) => evaluate_session(wanted, facts),
            Self::FirstSeen(wanted) => evaluate_first_seen(wanted, facts),
            now_only => Outcome::plain(now_only.is_now(facts), now),
        }
    }

    /// The same of what is so or not, without a time.
    fn is_now(&self, facts: &Facts<'_>) -> bool {
        match self {
            Self::Page(pattern) => facts.page.is_some_and(|page| pattern.matches(page)),
            Self::Element(element) => element_holds(element, facts),
            Self::Trait(wanted) => trait_holds(wanted, facts),
            Self::Share(share) => is_drawn(&share.draw, facts.person, share.percent),
            Self::Locale(wanted) => facts.locale.is_some_and(|locale| speaks(locale, wanted)),
            Self::Device(device) => facts.device == Some(*device),
            _ => false,
        }
    }

    /// Whether this holds now.
    pub fn holds(&self, facts: &Facts<'_>) -> bool {
        self.evaluate(facts).holds
    }
}

fn evaluate_event(wanted: &EventCondition, facts: &Facts<'_>) -> Outcome {
    let seen = facts.known.sightings.get(wanted.key().as_ref());
    evaluate_count(seen, wanted.at_least, wanted.within, facts.now)
}

fn evaluate_sessions(wanted: &SessionsCondition, facts: &Facts<'_>) -> Outcome {
    let seen = facts.known.sightings.get(SESSION_STARTED);
    evaluate_count(seen, wanted.at_least, wanted.within, facts.now)
}

fn evaluate_count(
    seen: Option<&Sightings>,
    at_least: u32,
    within: Option<Span>,
    now: i64,
) -> Outcome {
    let count = usize::try_from(at_least).unwrap_or(usize::MAX);
    let never = Outcome::plain(false, now);
    let Some(seen) = seen else { return never };
    match within {
        None => match seen.nth_earliest(count) {
            Some(at) => Outcome {
                holds: true,
                since: at.min(now),
                until: None,
            },
            None => never,
        },
        Some(span) => match seen.nth_latest(count) {
            Some(oldest) if now.saturating_sub(oldest) < span.millis() => Outcome {
                holds: true,
                since: seen.nth_latest(1).unwrap_or(now).min(now),
                until: Some(oldest.saturating_add(span.millis())),
            },
            _ => never,
        },
    }
}

fn element_holds(wanted: &ElementCondition, facts: &Facts<'_>) -> bool {
    let element = facts.elements.get(&wanted.selector);
    match &wanted.is {
        ElementState::Present => element.is_some_and(|element| element.present),
        ElementState::Visible => element.is_some_and(|element| element.visible),
        ElementState::Clicked => facts.known.clicked.contains_key(&wanted.selector),
        ElementState::Value(asked) => element
            .filter(|element| element.present)
            .is_some_and(|element| asked.fits(element.value.as_ref())),
    }
}

fn trait_holds(wanted: &TraitCondition, facts: &Facts<'_>) -> bool {
    let traits = match wanted.of {
        Owner::User => &facts.known.traits,
        Owner::Account => &facts.known.account_traits,
    };
    wanted.is.fits(traits.get(&wanted.name))
}

fn evaluate_content(wanted: &ContentCondition, facts: &Facts<'_>) -> Outcome {
    let run = facts.known.runs.get(&wanted.id);
    let at = run.and_then(|run| match &wanted.is {
        ContentState::Shown => run.shown_at,
        ContentState::Started => run.started_at,
        ContentState::Completed => run.completed_at,
        ContentState::Dismissed => run.dismissed_at.filter(|_| run.is_dismissed()),
        ContentState::TaskDone(task) => run.done_at(task),
        ContentState::TaskSkipped(task) if run.is_skipped(task) => run.settled_at(task),
        ContentState::TaskSkipped(_) => None,
    });
    let mut outcome = Outcome::plain(at.is_some(), facts.now);
    if let (Some(at), Some(span)) = (at, wanted.since) {
        outcome.holds = outcome.is_past(at.saturating_add(span.millis()), facts.now);
    }
    outcome
}

/// Whether somebody is among so many of a hundred. The lots are drawn by FNV-1a (32 bits, with the
/// finalizer of `MurmurHash3` for its weak high bits) over the name of the drawing and the person, so that
/// every side draws the same.
pub fn is_drawn(draw: &str, person: &str, percent: u32) -> bool {
    let mut hash: u32 = 0x811c_9dc5;
    for byte in draw.bytes().chain([0]).chain(person.bytes()) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^= hash >> 16;
    u64::from(hash) * 100 < u64::from(percent) << 32
}

/// Whether a locale is the one wanted, or a kind of it.
fn speaks(locale: &str, wanted: &str) -> bool {
    let given = split(locale, b"-_");
    let mut wanted = split(wanted, b"-_").into_iter().enumerate();
    wanted.all(|(index, part)| {
        given
            .get(index)
            .is_some_and(|given| given.eq_ignore_ascii_case(part))
    })
}

fn evaluate_session(wanted: &SessionCondition, facts: &Facts<'_>) -> Outcome {
    let now = facts.now;
    let Some(session) = facts.session else {
        return Outcome::plain(false, now);
    };
    let mut outcome = Outcome::plain(true, now);
    if let Some(span) = wanted.length_at_least {
        let due = session.started_at.saturating_add(span.millis());
        outcome.holds &= outcome.is_past(due, now);
    }
    if let Some(span) = wanted.engaged_at_least {
        let missing = span.millis() - session.engaged;
        outcome.holds &= outcome.is_past(now.saturating_add(missing), now);
    }
    outcome
}

fn evaluate_first_seen(wanted: &FirstSeenCondition, facts: &Facts<'_>) -> Outcome {
    let now = facts.now;
    let first = facts.known.first_seen.unwrap_or(now);
    let mut outcome = Outcome::plain(true, now);
    if let Some(span) = wanted.at_least {
        outcome.holds &= outcome.is_past(first.saturating_add(span.millis()), now);
    }
    if let Some(span) = wanted.less_than {
        outcome.holds &= !outcome.is_past(first.saturating_add(span.millis()), now);
    }
    outcome
}
