use headstart_core::Map;
use headstart_core::known::Traits;
use headstart_core::{Known, Value};
use proptest::prelude::*;

use crate::run::any_run;
use crate::sightings::any_sightings;
use crate::value::any_value;

fn any_traits() -> impl Strategy<Value = Traits> {
    prop::collection::vec(("[ab]", any_value(), 0_i64..5), 0..6).prop_map(|settings| {
        let mut traits = Traits::default();
        for (name, value, at) in settings {
            traits.set(&name, value, at);
        }
        traits
    })
}

/// Anything that could be known of a user.
pub fn any_known() -> impl Strategy<Value = Known> {
    (
        prop::option::of(0_i64..50),
        any_traits(),
        any_traits(),
        prop::collection::btree_map("[ab]", any_sightings(), 0..2).prop_map(Map::from_iter),
        prop::collection::btree_map("[#][ab]".prop_map(|s| s.as_str().into()), 0_i64..50, 0..3)
            .prop_map(Map::from_iter),
        prop::collection::btree_map("[ab]".prop_map(|s| s.as_str().into()), any_run(), 0..3)
            .prop_map(Map::from_iter),
        any_sightings(),
        prop::option::of(0_i64..50),
        prop::option::of((0_i64..50, any::<bool>())),
    )
        .prop_map(
            |(
                first_seen,
                traits,
                account_traits,
                sightings,
                clicked,
                runs,
                interruptions,
                quiet_since,
                hushed,
            )| Known {
                first_seen,
                traits,
                account_traits,
                sightings,
                clicked,
                runs,
                interruptions,
                quiet_since,
                hushed,
            },
        )
}

fn merged(a: &Known, b: &Known) -> Known {
    let mut merged = a.clone();
    merged.merge(b);
    merged
}

#[test]
fn the_last_setting_of_a_trait_wins_whatever_arrives_last() {
    let mut traits = Traits::default();
    traits.set("plan", "pro".into(), 20);
    traits.set("plan", "free".into(), 10);
    assert_eq!(traits.get("plan"), Some(&Value::from("pro")));
    traits.set("plan", "team".into(), 30);
    assert_eq!(traits.get("plan"), Some(&Value::from("team")));
}

#[test]
fn what_is_known_is_kept_in_this_form() {
    let json = serde_json::json!({
        "first_seen": 5,
        "traits": {"plan": [10, "pro"]},
        "sightings": {"Invoice Created": [[7, "tab-1"]]},
        "clicked": {"#save": 9},
        "runs": {
            "getting-started": {"pinned": [6, 1], "shown_at": 6, "tasks": {"create": 7},
                                "marks": {"invite": [8, "skipped"], "send": [9, "done"]}},
            "tour": {"last_shown": 6, "step": [8, "two"], "snoozed": [9, 90]},
            "news": {"snoozed": [9, null], "withheld_at": 7}
        },
        "interruptions": [[6, "user-1/tour/shown"]], "quiet_since": 9, "hushed": [8, true]
    });
    let known: Known = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&known).unwrap(), json);
}

proptest! {
    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        a in any_known(), b in any_known(), c in any_known(),
    ) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &a), a.clone());
    }

    #[test]
    fn what_is_known_survives_storage(known in any_known()) {
        let text = serde_json::to_string(&known).unwrap();
        prop_assert_eq!(serde_json::from_str::<Known>(&text).unwrap(), known);
    }
}
