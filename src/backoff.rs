//! Backing off: how long to leave the collector alone after it failed.

/// The longest wait for the first retry, milliseconds.
const FIRST: f64 = 1_000.0;
/// The longest wait for any, milliseconds.
const LONGEST: f64 = 300_000.0;
/// The longest that a `Retry-After` is heeded, milliseconds.
const LONGEST_ASKED: i64 = 3_600_000;

/// Milliseconds to wait after so many failures in a row (from 1): exponential with full jitter, so
/// that the browsers that failed together do not come back together; never less than the collector
/// asked for. `random` is from 0 to 1. Source: "Exponential Backoff And Jitter", AWS Architecture
/// Blog, 2015.
pub fn delay(failures: u32, retry_after: Option<i64>, random: f64) -> i64 {
    let exponent = failures.saturating_sub(1).min(20);
    let most = (FIRST * f64::from(1_u32 << exponent)).min(LONGEST);
    let asked = retry_after.unwrap_or(0).clamp(0, LONGEST_ASKED);
    #[expect(clippy::cast_possible_truncation, reason = "at most LONGEST")]
    let jitter = (most * random) as i64;
    asked + jitter
}
