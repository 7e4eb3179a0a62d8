//! Counting how much is signed, in memory, so that counting costs the writer next to nothing.

use std::collections::BTreeMap;

use headstart_core::time::{DAY, SECOND};

/// What is counted goes to disk no more often, milliseconds. A killed collector forgets as much.
const SPAN: i64 = SECOND;

/// So much that names a user or an account came with a good token, with none, or with one that does
/// not stand for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traffic {
    pub signed: u64,
    pub unsigned: u64,
    pub invalid: u64,
}

impl Traffic {
    pub(crate) fn add(&mut self, other: Self) {
        self.signed += other.signed;
        self.unsigned += other.unsigned;
        self.invalid += other.invalid;
    }

    pub(crate) fn total(self) -> u64 {
        self.signed + self.unsigned + self.invalid
    }
}

/// What was counted since the last time it went to disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    /// By the day in UTC: wall milliseconds of its midnight.
    pub days: BTreeMap<i64, Traffic>,
    /// When each secret was last used, by its id; wall milliseconds.
    pub used: BTreeMap<i64, i64>,
}

/// Counts, and knows when it is time to write down what was counted.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    counted: Counted,
    taken_at: Option<i64>,
}

impl Tally {
    /// Counts what came in at `now`, wall milliseconds. Answers what is to go to disk now, if it is
    /// time.
    pub(crate) fn count(
        &mut self,
        traffic: Traffic,
        secret: Option<i64>,
        now: i64,
    ) -> Option<Counted> {
        if traffic.total() > 0 {
            let day = now - now.rem_euclid(DAY);
            self.counted.days.entry(day).or_default().add(traffic);
        }
        if let Some(secret) = secret {
            self.counted.used.insert(secret, now);
        }
        let due = self
            .taken_at
            .is_none_or(|taken_at| !(0..SPAN).contains(&(now - taken_at)));
        if !due || self.counted == Counted::default() {
            return None;
        }
        self.taken_at = Some(now);
        Some(self.take())
    }

    /// All that is not on disk yet; it counts as written from here on.
    pub(crate) fn take(&mut self) -> Counted {
        std::mem::take(&mut self.counted)
    }
}

#[cfg(test)]
mod tests {
    use headstart_core::time::DAY;

    use super::{SPAN, Tally, Traffic};

    const SIGNED: Traffic = Traffic {
        signed: 1,
        unsigned: 0,
        invalid: 0,
    };

    #[test]
    fn what_is_counted_goes_to_disk_once_a_second_at_most() {
        let mut tally = Tally::default();
        let now = 10 * DAY;
        assert!(tally.count(Traffic::default(), None, now).is_none());
        assert!(tally.count(SIGNED, None, now).is_some());
        assert!(tally.count(SIGNED, None, now + SPAN - 1).is_none());
        let both = tally.count(SIGNED, Some(7), now + SPAN).expect("due");
        assert_eq!(both.days[&now].signed, 2);
        assert_eq!(both.used[&7], now + SPAN);
        assert!(tally.take().days.is_empty());
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_stop_it() {
        let mut tally = Tally::default();
        assert!(tally.count(SIGNED, None, 10 * DAY).is_some());
        assert!(tally.count(SIGNED, None, 9 * DAY).is_some());
    }

    #[test]
    fn days_are_those_of_utc() {
        let mut tally = Tally::default();
        for (at, expect) in [
            (10 * DAY, 10 * DAY),
            (11 * DAY - 1, 10 * DAY),
            (11 * DAY + SPAN, 11 * DAY),
        ] {
            let counted = tally.count(SIGNED, None, at).expect("due");
            assert_eq!(counted.days.into_keys().collect::<Vec<_>>(), [expect]);
        }
    }
}
