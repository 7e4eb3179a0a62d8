use headstart_core::session::{Changes, IDLE, LONGEST, SessionClock, SessionRecord, Signal};
use headstart_core::time::{DAY, HOUR, MINUTE, Now, SECOND};
use proptest::prelude::*;

const START: i64 = 1_000 * DAY;

/// One browser: shared storage, and tabs whose two clocks start together.
#[derive(Clone)]
struct Browser {
    stored: Option<SessionRecord>,
    tabs: Vec<SessionClock>,
    wall: i64,
    monotonic: i64,
}

impl Browser {
    fn with_tabs(count: usize) -> Self {
        let tabs = (0..count)
            .map(|_| SessionClock::new("anon".into()))
            .collect();
        Self {
            stored: None,
            tabs,
            wall: START,
            monotonic: 0,
        }
    }

    fn signal(&mut self, tab: usize, signal: Signal) -> Changes {
        let now = Now {
            wall: self.wall,
            monotonic: self.monotonic,
        };
        let changes = self.tabs[tab].signal(signal, self.stored.as_ref(), now);
        if changes.save {
            self.stored = self.tabs[tab].record().cloned();
        }
        changes
    }

    /// The page comes to the front and gets the focus.
    fn look(&mut self, tab: usize) -> Changes {
        let changes = self.signal(tab, Signal::Visible(true));
        self.signal(tab, Signal::Focused(true));
        changes
    }

    fn leave(&mut self, tab: usize) {
        self.signal(tab, Signal::Focused(false));
        self.signal(tab, Signal::Visible(false));
    }

    /// Time passes, with a tick to every tab each five seconds.
    fn pass(&mut self, millis: i64) {
        let mut left = millis;
        while left > 0 {
            let step = left.min(5 * SECOND);
            self.wall += step;
            self.monotonic += step;
            left -= step;
            for tab in 0..self.tabs.len() {
                self.signal(tab, Signal::Tick);
            }
        }
    }

    /// The user works in a tab: an input each ten seconds.
    fn work(&mut self, tab: usize, millis: i64) {
        let mut left = millis;
        while left > 0 {
            let step = left.min(10 * SECOND);
            self.pass(step);
            self.signal(tab, Signal::Active);
            left -= step;
        }
    }

    /// The machine sleeps: the wall clock goes on, no timer fires, the monotonic clock may stand.
    fn sleep(&mut self, millis: i64, monotonic_runs: bool) {
        self.wall += millis;
        if monotonic_runs {
            self.monotonic += millis;
        }
    }

    fn engaged(&self, tab: usize) -> i64 {
        self.tabs[tab].totals().map_or(0, |totals| totals.engaged)
    }

    fn length(&self, tab: usize) -> i64 {
        self.tabs[tab].totals().map_or(0, |totals| totals.length)
    }

    fn id(&self, tab: usize) -> String {
        self.tabs[tab]
            .record()
            .map(|record| record.id.to_string())
            .unwrap_or_default()
    }
}

#[test]
fn a_single_page_view_of_40_s_engaged_counts_40_s() {
    let mut browser = Browser::with_tabs(1);
    browser.look(0);
    browser.pass(40 * SECOND);
    assert_eq!(browser.engaged(0), 40 * SECOND);
    assert_eq!(browser.length(0), 40 * SECOND);
}

#[test]
fn looking_on_counts_for_a_minute_after_the_last_input() {
    let mut browser = Browser::with_tabs(1);
    browser.look(0);
    browser.pass(10 * MINUTE);
    assert_eq!(browser.engaged(0), MINUTE);
}

#[test]
fn a_hidden_tab_for_an_hour_adds_nothing() {
    let mut browser = Browser::with_tabs(1);
    browser.look(0);
    browser.work(0, 20 * SECOND);
    browser.leave(0);
    browser.pass(HOUR);
    assert_eq!(browser.engaged(0), 20 * SECOND);
    assert_eq!(browser.length(0), 20 * SECOND);
}

#[test]
fn a_window_without_focus_adds_nothing() {
    let mut browser = Browser::with_tabs(1);
    browser.look(0);
    browser.pass(10 * SECOND);
    browser.signal(0, Signal::Focused(false));
    browser.pass(30 * SECOND);
    assert_eq!(browser.engaged(0), 10 * SECOND);
}

#[test]
fn a_laptop_asleep_for_a_weekend_neither_extends_the_session_nor_counts() {
    for monotonic_runs in [false, true] {
        let mut browser = Browser::with_tabs(1);
        browser.look(0);
        browser.work(0, MINUTE);
        let friday = browser.id(0);
        browser.sleep(60 * HOUR, monotonic_runs);
        let waking = browser.signal(0, Signal::Active);
        let ended = waking.ended.expect("Friday's session ends");
        assert_eq!(ended.id.to_string(), friday);
        assert_eq!(ended.length, MINUTE);
        assert!(ended.engaged <= MINUTE + 10 * SECOND, "{}", ended.engaged);
        assert!(waking.began);
        assert_ne!(browser.id(0), friday);
        assert_eq!(browser.engaged(0), 0);
    }
}

#[test]
fn a_timer_that_fires_after_waking_does_not_stretch_the_old_session() {
    let mut browser = Browser::with_tabs(1);
    browser.look(0);
    browser.work(0, MINUTE);
    browser.sleep(60 * HOUR, true);
    browser.signal(0, Signal::Tick);
    assert_eq!(browser.length(0), MINUTE);
}

#[test]
fn an_idle_tab_never_ends_the_session_another_tab_is_using() {
    let mut browser = Browser::with_tabs(2);
    browser.look(0);
    browser.leave(0);
    browser.look(1);
    browser.work(1, 2 * HOUR);
    let id = browser.id(1);
    browser.leave(1);
    let back = browser.look(0);
    assert!(!back.began);
    assert_eq!(browser.id(0), id);
}

#[test]
fn an_idle_tab_does_not_keep_the_session_alive() {
    let mut browser = Browser::with_tabs(2);
    browser.look(0);
    browser.work(0, MINUTE);
    browser.pass(IDLE + 2 * MINUTE);
    assert!(browser.signal(0, Signal::Active).began);
}

#[test]
fn two_tabs_side_by_side_count_wall_time_once() {
    let mut browser = Browser::with_tabs(2);
    browser.look(0);
    browser.signal(1, Signal::Visible(true));
    for _ in 0..6 {
        browser.work(0, 10 * SECOND);
        browser.signal(0, Signal::Focused(false));
        browser.signal(1, Signal::Focused(true));
        browser.work(1, 10 * SECOND);
        browser.signal(1, Signal::Focused(false));
        browser.signal(0, Signal::Focused(true));
    }
    assert_eq!(browser.engaged(0) + browser.engaged(1), 2 * MINUTE);
    assert_eq!(browser.id(0), browser.id(1));
}

#[test]
fn thirty_minutes_are_still_the_same_session_and_a_moment_more_is_the_next() {
    for (pause, began) in [(IDLE, false), (IDLE + 1, true)] {
        let mut browser = Browser::with_tabs(1);
        browser.look(0);
        browser.leave(0);
        browser.sleep(pause, true);
        assert_eq!(browser.look(0).began, began, "after {pause} ms");
    }
}

#[test]
fn a_session_ends_after_24_hours_of_use() {
    let mut browser = Browser::with_tabs(1);
    browser.look(0);
    let first = browser.id(0);
    browser.work(0, LONGEST + MINUTE);
    assert_ne!(browser.id(0), first);
    assert!(browser.length(0) <= 2 * MINUTE);
}

#[test]
fn a_clock_set_back_an_hour_goes_on_in_the_same_session() {
    let mut browser = Browser::with_tabs(1);
    browser.look(0);
    browser.work(0, MINUTE);
    let id = browser.id(0);
    browser.wall -= HOUR;
    browser.work(0, MINUTE);
    assert_eq!(browser.id(0), id);
    assert_eq!(browser.engaged(0), 2 * MINUTE);
    assert!(browser.length(0) >= 0);
}

#[test]
fn a_clock_set_forward_a_day_adds_no_time() {
    let mut browser = Browser::with_tabs(1);
    browser.look(0);
    browser.work(0, MINUTE);
    browser.wall += DAY;
    let changes = browser.signal(0, Signal::Active);
    let total = changes.ended.map_or(0, |ended| ended.engaged) + browser.engaged(0);
    assert_eq!(total, MINUTE);
}

#[test]
fn midnight_changes_nothing() {
    let mut browser = Browser::with_tabs(1);
    browser.wall = START + DAY - MINUTE;
    browser.look(0);
    let id = browser.id(0);
    browser.work(0, 2 * MINUTE);
    assert_eq!(browser.id(0), id);
    assert_eq!(browser.engaged(0), 2 * MINUTE);
}

#[test]
fn a_change_to_or_from_summer_time_changes_nothing() {
    // Wall time is counted from 1970 in UTC, which has no summer time: when Europe went to it on 29
    // March 2026, and back on 25 October.
    for moment in [1_774_746_000_000, 1_792_890_000_000] {
        let mut browser = Browser::with_tabs(1);
        browser.wall = moment - MINUTE;
        browser.look(0);
        let id = browser.id(0);
        browser.work(0, 2 * MINUTE);
        assert_eq!(browser.id(0), id);
        assert_eq!(browser.length(0), 2 * MINUTE);
        assert_eq!(browser.engaged(0), 2 * MINUTE);
    }
}

#[test]
fn a_page_restored_from_the_back_forward_cache_follows_the_same_30_minute_rule() {
    for (away, began) in [(MINUTE, false), (IDLE, false), (IDLE + MINUTE, true)] {
        let mut browser = Browser::with_tabs(1);
        browser.look(0);
        browser.work(0, 20 * SECOND);
        let id = browser.id(0);
        browser.leave(0);
        // A frozen page hears nothing, and its monotonic clock may run on or stand still.
        for monotonic_runs in [true, false] {
            let mut browser = browser.clone();
            browser.sleep(away, monotonic_runs);
            assert_eq!(browser.look(0).began, began, "after {away} ms");
            assert_eq!(browser.id(0) == id, !began, "after {away} ms");
            let engaged = if began { 0 } else { 20 * SECOND };
            assert_eq!(browser.engaged(0), engaged, "after {away} ms");
        }
    }
}

#[test]
fn a_duplicated_tab_stays_in_the_one_session_and_counts_its_own_time() {
    let mut browser = Browser::with_tabs(1);
    browser.look(0);
    browser.work(0, 20 * SECOND);
    browser.leave(0);
    // All that a duplicate has is what the tabs share: the clock itself begins anew.
    browser.tabs.push(SessionClock::new("anon".into()));
    assert!(!browser.look(1).began);
    browser.work(1, 10 * SECOND);
    assert_eq!(browser.id(1), browser.id(0));
    assert_eq!(browser.engaged(0), 20 * SECOND);
    assert_eq!(browser.engaged(1), 10 * SECOND);
}

#[test]
fn a_prerendered_page_begins_nothing_until_it_is_shown() {
    let mut browser = Browser::with_tabs(1);
    browser.signal(0, Signal::Visible(false));
    browser.pass(MINUTE);
    assert!(browser.tabs[0].record().is_none());
    let shown_at = browser.wall;
    assert!(browser.look(0).began);
    let record = browser.tabs[0].record().expect("a session");
    assert_eq!(record.started_at, shown_at);
    assert_eq!(browser.engaged(0), 0);
}

#[test]
fn a_page_that_was_never_in_front_begins_nothing() {
    let mut browser = Browser::with_tabs(1);
    browser.signal(0, Signal::Visible(false));
    browser.signal(0, Signal::Focused(true));
    browser.signal(0, Signal::Active);
    browser.pass(MINUTE);
    assert!(browser.tabs[0].record().is_none());
}

#[test]
fn a_reload_goes_on_in_the_stored_session() {
    let mut browser = Browser::with_tabs(1);
    browser.look(0);
    let id = browser.id(0);
    browser.tabs[0] = SessionClock::new("anon".into());
    browser.pass(MINUTE);
    assert!(!browser.look(0).began);
    assert_eq!(browser.id(0), id);
}

#[test]
fn without_storage_a_tab_goes_by_what_it_knows() {
    let mut clock = SessionClock::new("anon".into());
    let at = |wall| Now {
        wall: START + wall,
        monotonic: wall,
    };
    assert!(clock.signal(Signal::Visible(true), None, at(0)).began);
    assert!(!clock.signal(Signal::Active, None, at(MINUTE)).began);
    assert!(
        clock
            .signal(Signal::Active, None, at(MINUTE + IDLE + 1))
            .began
    );
}

#[test]
fn reset_ends_the_session_and_the_next_activity_begins_another_persons() {
    let mut browser = Browser::with_tabs(1);
    browser.look(0);
    browser.work(0, MINUTE);
    let ended = browser.tabs[0]
        .end("other".into())
        .expect("there was a session");
    assert_eq!(ended.engaged, MINUTE);
    browser.stored = None;
    browser.work(0, 10 * SECOND);
    assert!(browser.id(0).starts_with("other."), "{}", browser.id(0));
}

proptest! {
    #[test]
    fn engaged_time_never_exceeds_the_time_that_passed(
        steps in prop::collection::vec((0_u8..6, 0_i64..40_000), 1..200),
    ) {
        let mut clock = SessionClock::new("anon".into());
        let mut now = Now { wall: START, monotonic: 0 };
        let (mut total, mut before) = (0, 0);
        for (what, step) in steps {
            now.wall += step;
            now.monotonic += step;
            let signal = match what {
                0 => Signal::Visible(true),
                1 => Signal::Visible(false),
                2 => Signal::Focused(true),
                3 => Signal::Focused(false),
                4 => Signal::Active,
                _ => Signal::Tick,
            };
            let changes = clock.signal(signal, None, now);
            if let Some(ended) = changes.ended {
                total += ended.engaged - before;
                before = 0;
            }
            let engaged = clock.totals().map_or(0, |totals| totals.engaged);
            prop_assert!(engaged >= before, "running totals run one way");
            total += engaged - before;
            before = engaged;
            prop_assert!(total <= now.monotonic);
        }
    }
}
