use headstart_core::Map;
use headstart_core::run::{CELEBRATION, Mark};
use headstart_core::{Run, StepId, TaskId};
use proptest::prelude::*;

/// Any run, with times from a small set, so that they meet.
pub fn any_run() -> impl Strategy<Value = Run> {
    let time = || prop::option::of(0_i64..50);
    (
        prop::option::of((0_i64..50, 1_u32..4)),
        (time(), time(), time(), time(), time()),
        prop::collection::btree_map("[ab]".prop_map(TaskId), 0_i64..50, 0..3)
            .prop_map(Map::from_iter),
        (time(), time()),
        prop::option::of((0_i64..50, prop_oneof![0_i64..50, Just(i64::MAX)])),
        prop::option::of((0_i64..50, "[ab]".prop_map(StepId))),
        prop::collection::btree_map("[ab]".prop_map(TaskId), (0_i64..50, any_mark()), 0..3)
            .prop_map(Map::from_iter),
    )
        .prop_map(
            |(pinned, times, tasks, (last_shown, withheld_at), snoozed, step, marks)| {
                let (shown_at, started_at, completed_at, dismissed_at, recalled_at) = times;
                Run {
                    pinned,
                    shown_at,
                    started_at,
                    tasks,
                    completed_at,
                    dismissed_at,
                    recalled_at,
                    last_shown,
                    snoozed,
                    step,
                    marks,
                    withheld_at,
                }
            },
        )
}

fn any_mark() -> impl Strategy<Value = Mark> {
    prop::sample::select(vec![Mark::Open, Mark::Skipped, Mark::Done])
}

fn merged(a: &Run, b: &Run) -> Run {
    let mut merged = a.clone();
    merged.merge(b);
    merged
}

#[test]
fn of_two_starts_the_earlier_stays_with_its_version() {
    let run = |at, version| Run {
        pinned: Some((at, version)),
        ..Run::default()
    };
    assert_eq!(merged(&run(10, 2), &run(5, 1)).pinned, Some((5, 1)));
}

#[test]
fn a_run_is_over_when_sent_away_and_not_when_called_back() {
    let away = Run {
        dismissed_at: Some(10),
        ..Run::default()
    };
    assert!(away.is_over(11));
    let back = Run {
        recalled_at: Some(10),
        ..away.clone()
    };
    assert!(!back.is_over(11));
    let away_again = Run {
        dismissed_at: Some(12),
        ..back
    };
    assert!(away_again.is_over(13));
}

#[test]
fn a_completed_run_is_over_once_it_could_be_celebrated() {
    let run = Run {
        completed_at: Some(1_000),
        ..Run::default()
    };
    assert!(!run.is_over(1_000 + CELEBRATION));
    assert!(run.is_over(1_001 + CELEBRATION));
}

proptest! {
    #[test]
    fn merging_is_commutative_associative_and_idempotent(a in any_run(), b in any_run(), c in any_run()) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &a), a.clone());
    }

    #[test]
    fn a_task_once_done_stays_done(a in any_run(), b in any_run()) {
        let both = merged(&a, &b);
        for task in a.tasks.keys().chain(b.tasks.keys()) {
            prop_assert!(both.is_done(task));
        }
    }
}
