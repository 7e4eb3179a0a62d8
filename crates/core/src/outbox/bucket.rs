//! The bucket: how often a host may call before its calls count for nothing.

/// So many calls in a row are taken. Pages make dozens as they start; a few hundred at one moment
/// are a loop.
pub const BURST: i64 = 200;
/// So many calls a second are taken for as long as it lasts: more than a user does, and what the
/// queue and the collector bear from every tab of a customer's at once.
pub const PER_SECOND: i64 = 20;

/// A call's worth, in thousandths.
const CALL: i64 = 1_000;

/// A token bucket.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// Thousandths of a call.
    level: i64,
    /// When it was last filled, milliseconds.
    filled_at: i64,
}

impl Default for Bucket {
    fn default() -> Self {
        Self {
            level: BURST * CALL,
            filled_at: 0,
        }
    }
}

impl Bucket {
    /// Whether a call at that moment (milliseconds of any one clock) is taken. A clock that is set
    /// back fills nothing.
    pub fn take(&mut self, now: i64) -> bool {
        let passed = now.saturating_sub(self.filled_at).max(0);
        self.filled_at = now;
        // A call's worth a second is one thousandth a millisecond.
        let gained = passed.saturating_mul(PER_SECOND);
        self.level = self.level.saturating_add(gained).min(BURST * CALL);
        let taken = self.level >= CALL;
        if taken {
            self.level -= CALL;
        }
        taken
    }
}
