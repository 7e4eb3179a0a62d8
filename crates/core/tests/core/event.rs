use std::collections::BTreeSet;

use headstart_core::event::name::OWN;

#[test]
fn our_own_events_are_named_object_then_action_and_each_once() {
    let distinct: BTreeSet<_> = OWN.iter().collect();
    assert_eq!(distinct.len(), OWN.len());
    for name in OWN {
        let words: Vec<_> = name.split(' ').collect();
        assert!(words.len() >= 2, "{name}");
        assert!(
            words
                .iter()
                .all(|word| word.starts_with(|c: char| c.is_uppercase())),
            "{name}"
        );
    }
}
