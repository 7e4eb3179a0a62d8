use headstart_core::sightings::MOST;
use headstart_core::{MessageId, Sightings};
use proptest::prelude::*;

/// Any few sightings; times and ids from small sets, so that they meet.
pub fn any_sightings() -> impl Strategy<Value = Sightings> {
    prop::collection::vec((0_i64..500, 0_u8..40), 0..140).prop_map(|seen| {
        let mut sightings = Sightings::default();
        for (at, id) in seen {
            sightings.add(at, MessageId(format!("m{id}")));
        }
        sightings
    })
}

fn of(times: &[i64]) -> Sightings {
    let mut sightings = Sightings::default();
    for at in times {
        sightings.add(*at, MessageId(format!("m{at}")));
    }
    sightings
}

#[test]
fn the_same_message_counts_once() {
    let mut sightings = of(&[10]);
    sightings.add(10, "m10".into());
    assert_eq!(sightings.len(), 1);
}

#[test]
fn the_nth_latest_and_earliest_are_found() {
    let sightings = of(&[30, 10, 20]);
    assert_eq!(sightings.nth_latest(1), Some(30));
    assert_eq!(sightings.nth_latest(3), Some(10));
    assert_eq!(sightings.nth_latest(4), None);
    assert_eq!(sightings.nth_latest(0), None);
    assert_eq!(sightings.nth_earliest(1), Some(10));
    assert_eq!(sightings.nth_earliest(4), None);
}

#[test]
fn only_the_latest_are_kept() {
    let times: Vec<i64> = (0..250).collect();
    let sightings = of(&times);
    assert_eq!(sightings.len(), MOST);
    assert_eq!(sightings.nth_earliest(1), Some(150));
}

proptest! {
    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        a in any_sightings(), b in any_sightings(), c in any_sightings(),
    ) {
        let merged = |x: &Sightings, y: &Sightings| { let mut m = x.clone(); m.merge(y); m };
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &a), a.clone());
    }
}
