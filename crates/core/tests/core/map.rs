use std::collections::BTreeMap;

use headstart_core::{ContentId, Map};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_map_has_what_was_put_in_last_under_each_name_in_the_order_of_names(
        steps in prop::collection::vec(("[a-d]{0,2}", 0..9_u8, any::<bool>()), 0..40),
    ) {
        let mut map = Map::<String, u8>::new();
        let mut expected = BTreeMap::new();
        for (name, value, goes) in steps {
            if goes {
                prop_assert_eq!(map.remove(&name), expected.remove(&name));
            } else {
                map.insert(name.clone(), value);
                expected.insert(name.clone(), value);
            }
            prop_assert_eq!(map.get(&name), expected.get(&name));
            prop_assert_eq!(map.contains_key(&name), expected.contains_key(&name));
        }
        prop_assert_eq!(map.len(), expected.len());
        prop_assert!(map.iter().eq(expected.iter()));
        prop_assert!(map.keys().eq(expected.keys()));
        prop_assert!(map.into_iter().eq(expected));
    }
}

#[test]
fn what_is_not_there_yet_begins_with_the_default() {
    let mut map = Map::<ContentId, u8>::new();
    *map.or_default(&"b".into()) += 1;
    *map.or_default(&"a".into()) += 2;
    *map.or_default(&"b".into()) += 4;
    assert_eq!(
        map.into_iter().collect::<Vec<_>>(),
        [("a".into(), 2), ("b".into(), 5)]
    );
}

#[test]
fn a_map_is_written_as_an_object_also_when_it_is_empty() {
    let mut map = Map::<ContentId, u8>::new();
    assert_eq!(serde_json::to_string(&map).unwrap(), "{}");
    map.insert("a".into(), 1);
    assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"a":1}"#);
}
