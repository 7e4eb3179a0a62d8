//! What is kept, what goes, and what travels together.

use std::collections::BTreeSet;

use headstart_core::event::name;
use headstart_core::json::to_text;
use headstart_core::outbox::{
    BURST, Bounds, Bucket, Drops, Kind, LONGEST_WAIT, Label, Limit, PER_SECOND, Reason, batch,
    excess, expired, replaces,
};
use headstart_core::{Body, Message, Person, Properties, UserId, Value};
use proptest::prelude::*;

fn message(body: Body, user: Option<&str>) -> Message {
    Message {
        id: "m-1".into(),
        at: 1_700_000_000_000,
        person: Person {
            anonymous: "browser-1".into(),
            user: user.map(UserId::from),
        },
        body,
    }
}

fn track(event: &str) -> Message {
    let (event, properties) = (event.to_owned(), Properties::new());
    message(Body::Track { event, properties }, None)
}

fn any_label() -> impl Strategy<Value = Label> {
    let user = prop::option::of("[ab]");
    (0_i64..100, 0_usize..4, 1_usize..50, user).prop_map(|(at, rank, bytes, user)| Label {
        name: String::new(),
        at,
        kind: Kind::ALL[rank],
        bytes,
        user: user.map(UserId::from),
    })
}

/// Labels as a queue has them: the oldest first, each with a name of its own.
fn any_labels() -> impl Strategy<Value = Vec<Label>> {
    prop::collection::vec(any_label(), 0..60).prop_map(|mut labels| {
        labels.sort_by_key(|label| label.at);
        for (place, label) in labels.iter_mut().enumerate() {
            label.name = place.to_string();
        }
        labels
    })
}

fn without(labels: &[Label], going: &[usize]) -> Vec<Label> {
    let stays = |(place, _): &(usize, &Label)| !going.contains(place);
    let staying = labels.iter().enumerate().filter(stays);
    staying.map(|(_, label)| label.clone()).collect()
}

fn bytes_of(labels: &[Label]) -> usize {
    labels.iter().map(|label| label.bytes).sum()
}

#[test]
fn what_is_said_once_matters_most_and_what_is_said_again_least() {
    let check = |message: &Message, expect| assert_eq!(Kind::of(message), expect, "{message:?}");
    let traits = Properties::new;
    check(
        &message(Body::Identify { traits: traits() }, None),
        Kind::Milestone,
    );
    let group = Body::Group {
        account: "account-1".into(),
        traits: traits(),
    };
    check(&message(group, None), Kind::Milestone);
    for own in [
        name::TASK_COMPLETED,
        name::CHECKLIST_STARTED,
        name::CHECKLIST_COMPLETED,
        name::CHECKLIST_DISMISSED,
        name::TIP_DISMISSED,
        name::CONTENT_RECALLED,
        name::ACTIVATION_REACHED,
        name::EVENTS_DROPPED,
    ] {
        check(&track(own), Kind::Milestone);
    }
    check(&track("Invoice Created"), Kind::Track);
    check(&track(name::SESSION_STARTED), Kind::Track);
    let page = Body::Page {
        name: None,
        properties: Properties::new(),
    };
    check(&message(page, None), Kind::Page);
    for own in [
        name::SESSION_UPDATED,
        name::CHECKLIST_SHOWN,
        name::TIP_SHOWN,
    ] {
        check(&track(own), Kind::Ambient);
    }
    assert!(Kind::ALL.is_sorted());
}

#[test]
fn a_label_says_what_must_be_known_of_a_message_and_names_sort_by_time() {
    let mut message = track("Invoice Created");
    message.person.user = Some("user.1@example.com".into());
    let label = Label::new(&message, 7, &"tab-1".into(), 321);
    assert_eq!(
        label.name,
        "1700000000000.0000000007.tab-1.2.321.user.1@example.com"
    );
    assert_eq!(Label::read(&label.name), Some(label.clone()));
    message.at += 1;
    message.person.user = None;
    let later = Label::new(&message, 0, &"a-tab".into(), 1);
    assert_eq!(Label::read(&later.name), Some(later.clone()));
    assert_eq!(later.user, None);
    assert!(label.name < later.name);
}

#[test]
fn what_is_no_label_is_not_read_as_one() {
    for name in [
        "",
        "junk",
        "1700000000000.0000000007.tab-1",
        "1700000000000.0000000007.tab-1.9.321.",
        "1700000000000.0000000007.tab-1.2.many.",
        "now.0000000007.tab-1.2.321.",
    ] {
        assert_eq!(Label::read(name), None, "{name}");
    }
}

#[test]
fn a_message_kept_without_a_label_gets_one() {
    let user = UserId::from("user-1");
    let label = Label::renewed("1700000000000.0000000007.tab-1", 99, Some(&user), 5);
    assert_eq!(label.name, "1700000000000.0000000007.tab-1.2.99.user-1");
    let label = Label::renewed("junk.of.any.kind", 99, None, 5);
    assert_eq!((label.at, label.kind), (5, Kind::Track));
    assert_eq!(Label::read(&label.name), Some(label));
}

#[test]
fn running_totals_make_the_earlier_ones_of_their_session_superfluous() {
    let mut totals = track(name::SESSION_UPDATED);
    assert_eq!(replaces(&totals), None);
    if let Body::Track { properties, .. } = &mut totals.body {
        properties.insert("session_id".to_owned(), "session-1".into());
    }
    assert_eq!(replaces(&totals), Some("session-1"));
    let mut other = totals.clone();
    if let Body::Track { event, .. } = &mut other.body {
        *event = "Invoice Created".to_owned();
    }
    assert_eq!(replaces(&other), None);
}

proptest! {
    #[test]
    fn what_stays_is_never_over_the_bounds(
        labels in any_labels(),
        messages in 0_usize..40,
        bytes in 0_usize..900,
    ) {
        let going = excess(&labels, Bounds { messages, bytes });
        let staying = without(&labels, &going);
        prop_assert!(staying.len() <= messages);
        prop_assert!(bytes_of(&staying) <= bytes);
    }

    #[test]
    fn nothing_goes_that_need_not(
        labels in any_labels(),
        messages in 0_usize..40,
        bytes in 0_usize..900,
    ) {
        let mut going = excess(&labels, Bounds { messages, bytes });
        if let Some(last) = going.pop() {
            let staying = without(&labels, &going);
            prop_assert!(staying.len() > messages || bytes_of(&staying) > bytes, "{last}");
        }
    }

    #[test]
    fn never_a_more_important_one_goes_before_a_less_important_one(
        labels in any_labels(),
        messages in 0_usize..40,
        bytes in 0_usize..900,
    ) {
        let going = excess(&labels, Bounds { messages, bytes });
        let worst = going.iter().map(|place| labels[*place].kind).max();
        for label in without(&labels, &going) {
            prop_assert!(worst.is_none_or(|worst| label.kind >= worst));
        }
    }

    #[test]
    fn of_one_kind_the_oldest_goes_first(
        labels in any_labels(),
        messages in 0_usize..40,
        bytes in 0_usize..900,
    ) {
        let going = excess(&labels, Bounds { messages, bytes });
        for kind in Kind::ALL {
            let of_kind = |place: &usize| labels[*place].kind == kind;
            let gone = going.iter().copied().filter(of_kind).max();
            let stays = |place: &usize| of_kind(place) && !going.contains(place);
            let stayed = (0..labels.len()).find(stays);
            prop_assert!(gone.is_none_or(|gone| stayed.is_none_or(|stayed| gone < stayed)));
        }
    }

    #[test]
    fn a_batch_is_within_its_limit_and_of_one_known_user(
        labels in any_labels(),
        messages in 1_usize..20,
        bytes in 1_usize..300,
    ) {
        let chosen = batch(&labels, Limit { messages, bytes }, &|_| true);
        prop_assert!(chosen.len() <= messages);
        let size: usize = chosen.iter().map(|label| label.bytes + 1).sum();
        prop_assert!(size <= bytes || chosen.len() == 1);
        let users: BTreeSet<_> = chosen.iter().filter_map(|label| label.user.clone()).collect();
        prop_assert!(users.len() <= 1);
    }

    #[test]
    fn batch_after_batch_all_is_sent_and_each_once(labels in any_labels()) {
        let mut sent = BTreeSet::new();
        while sent.len() < labels.len() {
            let limit = Limit { messages: 7, bytes: 200 };
            let chosen = batch(&labels, limit, &|label| !sent.contains(&label.name));
            prop_assert!(!chosen.is_empty());
            for label in chosen {
                prop_assert!(sent.insert(label.name.clone()));
            }
        }
    }

    #[test]
    fn counts_of_what_was_dropped_add_up(
        drops in prop::collection::vec((0_usize..3, 0_usize..4, 0_i64..1000), 0..40),
        split in 0_usize..40,
    ) {
        let reasons = [Reason::Rate, Reason::Full, Reason::Age];
        let (mut all, mut first, mut second) = (Drops::default(), Drops::default(), Drops::default());
        for (index, (reason, kind, at)) in drops.iter().enumerate() {
            let half = if index < split { &mut first } else { &mut second };
            for count in [half, &mut all] {
                count.add(reasons[*reason], Kind::ALL[*kind], *at);
            }
        }
        first.merge(&second);
        prop_assert_eq!(&first, &all);
        prop_assert_eq!(all.count() as usize, drops.len());
        prop_assert_eq!(all.is_empty(), drops.is_empty());
        prop_assert_eq!(&Drops::read(&all.write()), &all);
        let Body::Track { properties, .. } = all.body() else { panic!("it is an event") };
        let sum = |name: &str| -> f64 {
            let Some(Value::Map(counts)) = properties.get(name) else { panic!("there is no {name}") };
            counts.values().filter_map(Value::as_number).sum()
        };
        prop_assert_eq!(sum("reasons"), f64::from(all.count()));
        prop_assert_eq!(sum("kinds"), f64::from(all.count()));
    }

    #[test]
    fn however_often_a_host_calls_no_more_is_taken_than_the_burst_and_the_rate(
        steps in prop::collection::vec(0_i64..500, 1..2000),
    ) {
        let mut bucket = Bucket::default();
        let mut now = 1_000_000;
        let began_at = now;
        let mut taken = 0;
        for step in steps {
            now += step;
            taken += i64::from(bucket.take(now));
        }
        prop_assert!(taken <= BURST + (now - began_at) * PER_SECOND / 1_000);
    }
}

#[test]
fn a_batch_goes_past_those_that_may_not_go() {
    let label = |name: &str, user: Option<&str>| Label {
        name: name.to_owned(),
        at: 0,
        kind: Kind::Track,
        bytes: 10,
        user: user.map(UserId::from),
    };
    let labels = [
        label("1", Some("b")),
        label("2", None),
        label("3", Some("a")),
        label("4", Some("b")),
        label("5", Some("a")),
    ];
    let limit = Limit {
        messages: 100,
        bytes: 1_000,
    };
    let check = |held: &str, expect: &[&str]| {
        let may = |label: &Label| label.user.as_ref().is_none_or(|user| user.as_str() != held);
        let chosen = batch(&labels, limit, &may);
        let names: Vec<_> = chosen.iter().map(|label| label.name.as_str()).collect();
        assert_eq!(names, expect);
    };
    check("", &["1", "2", "4"]);
    check("b", &["2", "3", "5"]);
}

#[test]
fn what_happened_two_weeks_ago_is_not_sent_any_more() {
    let label = |at| Label {
        name: String::new(),
        at,
        kind: Kind::Milestone,
        bytes: 1,
        user: None,
    };
    let now = 1_700_000_000_000;
    let labels = [
        label(now - LONGEST_WAIT - 1),
        label(now - LONGEST_WAIT),
        label(now),
        label(now + LONGEST_WAIT),
    ];
    assert_eq!(expired(&labels, now), [0]);
}

#[test]
fn a_host_may_call_in_bursts_and_steadily() {
    let mut bucket = Bucket::default();
    assert!((0..BURST).all(|_| bucket.take(0)));
    assert!(!bucket.take(0));
    assert!(!bucket.take(1_000 / PER_SECOND - 1));
    assert!(bucket.take(1_000 / PER_SECOND));
    assert!(!bucket.take(1_000 / PER_SECOND));
    let steady = (1..1_000).all(|call| bucket.take(call * 1_000 / PER_SECOND + 1_000));
    assert!(steady);
}

#[test]
fn a_clock_that_is_set_back_or_forward_neither_shuts_the_bucket_nor_overfills_it() {
    let mut bucket = Bucket::default();
    assert!((0..BURST).all(|_| bucket.take(1_700_000_000_000)));
    assert!(!bucket.take(5));
    assert!(bucket.take(5 + 1_000));
    let later = i64::MAX;
    assert!((0..BURST).all(|_| bucket.take(later)));
    assert!(!bucket.take(later));
    assert!(!bucket.take(i64::MIN));
}

#[test]
fn what_was_dropped_is_told_by_reason_and_by_kind() {
    let mut drops = Drops::default();
    drops.add(Reason::Rate, Kind::Track, 20);
    drops.add(Reason::Rate, Kind::Page, 10);
    drops.add(Reason::Age, Kind::Track, 30);
    let told = to_text(&message(drops.body(), None).to_value());
    insta::assert_snapshot!(told, @r#"{"anonymousId":"browser-1","event":"Events Dropped","messageId":"m-1","properties":{"count":3,"kinds":{"page":1,"track":2},"reasons":{"age":1,"rate":2},"since":10,"until":30},"timestamp":"2023-11-14T22:13:20.000Z","type":"track"}"#);
}

#[test]
fn a_count_that_was_kept_badly_counts_what_can_be_read() {
    assert!(Drops::read("").is_empty());
    assert!(Drops::read("junk").is_empty());
    assert_eq!(Drops::read("1 2 3 x 4").count(), 7);
}
