//! What is kept, what goes, and what travels together.

use std::collections::BTreeSet;

use headstart_core::event::name;
use headstart_core::outbox::{
    BURST, Bounds, Bucket, Kind, LONGEST_WAIT, Label, Limit, PER_SECOND, batch, excess, expired,
    replaces,
};
use headstart_core::{Body, Message, Person, Properties, UserId};
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

fn name(at: i64, turn: usize, kind: Kind, bytes: usize, user: &str) -> String {
    let rank = kind as u8;
    format!("{at:013}.{turn:010}.tab-1.{rank}.{bytes}.{user}")
}

/// Names as a queue has them: the oldest first, each but once.
fn any_names() -> impl Strategy<Value = Vec<String>> {
    let one = (0_i64..100, 0_usize..4, 1_usize..50, "[ab]?");
    prop::collection::vec(one, 0..60).prop_map(|mut all| {
        all.sort_by_key(|(at, ..)| *at);
        let named = all.iter().enumerate();
        let named = named
            .map(|(turn, (at, rank, bytes, user))| name(*at, turn, Kind::ALL[*rank], *bytes, user));
        named.collect()
    })
}

fn label(name: &str) -> Label<'_> {
    Label::read(name).unwrap()
}

fn without(names: &[String], going: &[String]) -> Vec<String> {
    let stays = |name: &&String| !going.contains(name);
    names.iter().filter(stays).cloned().collect()
}

fn bytes_of(names: &[String]) -> usize {
    names.iter().map(|name| label(name).bytes).sum()
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
    let name = Label::write(&message, 7, &"tab-1".into(), 321);
    assert_eq!(
        name,
        "1700000000000.0000000007.tab-1.2.321.user.1@example.com"
    );
    let expect = Label {
        at: 1_700_000_000_000,
        kind: Kind::Track,
        bytes: 321,
        user: Some("user.1@example.com"),
    };
    assert_eq!(Label::read(&name), Some(expect));
    message.at += 1;
    message.person.user = None;
    let later = Label::write(&message, 0, &"a-tab".into(), 1);
    assert_eq!(label(&later).user, None);
    assert!(name < later);
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
        names in any_names(),
        messages in 0_usize..40,
        bytes in 0_usize..900,
    ) {
        let going = excess(&names, Bounds { messages, bytes });
        let staying = without(&names, &going);
        prop_assert!(staying.len() <= messages);
        prop_assert!(bytes_of(&staying) <= bytes);
    }

    #[test]
    fn nothing_goes_that_need_not(
        names in any_names(),
        messages in 0_usize..40,
        bytes in 0_usize..900,
    ) {
        let mut going = excess(&names, Bounds { messages, bytes });
        if let Some(last) = going.pop() {
            let staying = without(&names, &going);
            prop_assert!(staying.len() > messages || bytes_of(&staying) > bytes, "{last}");
        }
    }

    #[test]
    fn never_a_more_important_one_goes_before_a_less_important_one(
        names in any_names(),
        messages in 0_usize..40,
        bytes in 0_usize..900,
    ) {
        let going = excess(&names, Bounds { messages, bytes });
        let worst = going.iter().map(|name| label(name).kind).max();
        for name in without(&names, &going) {
            prop_assert!(worst.is_none_or(|worst| label(&name).kind >= worst));
        }
    }

    #[test]
    fn of_one_kind_the_oldest_goes_first(
        names in any_names(),
        messages in 0_usize..40,
        bytes in 0_usize..900,
    ) {
        let going = excess(&names, Bounds { messages, bytes });
        for kind in Kind::ALL {
            let of_kind = |name: &&String| label(name).kind == kind;
            let staying = without(&names, &going);
            let gone = going.iter().rfind(of_kind);
            let stayed = staying.iter().find(of_kind);
            prop_assert!(gone.is_none_or(|gone| stayed.is_none_or(|stayed| gone < stayed)));
        }
    }

    #[test]
    fn a_batch_is_within_its_limit_and_of_one_known_user(
        names in any_names(),
        messages in 1_usize..20,
        bytes in 1_usize..300,
    ) {
        let chosen = batch(&names, Limit { messages, bytes }, &|_, _| true);
        prop_assert!(chosen.len() <= messages);
        prop_assert!(bytes_of(&chosen) + chosen.len() <= bytes || chosen.len() == 1);
        let users: BTreeSet<_> = chosen.iter().filter_map(|name| label(name).user).collect();
        prop_assert!(users.len() <= 1);
    }

    #[test]
    fn batch_after_batch_all_is_sent_and_each_once(names in any_names()) {
        let mut sent = BTreeSet::new();
        while sent.len() < names.len() {
            let limit = Limit { messages: 7, bytes: 200 };
            let chosen = batch(&names, limit, &|name, _| !sent.contains(name));
            prop_assert!(!chosen.is_empty());
            for name in chosen {
                prop_assert!(sent.insert(name));
            }
        }
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
    let users = ["b", "", "a", "b", "a"];
    let of = |(turn, user): (usize, &&str)| name(0, turn, Kind::Track, 10, user);
    let names: Vec<_> = users.iter().enumerate().map(of).collect();
    let limit = Limit {
        messages: 100,
        bytes: 1_000,
    };
    let check = |held: &str, expect: &[usize]| {
        let chosen = batch(&names, limit, &|_, user| user != Some(held));
        let expect: Vec<_> = expect.iter().map(|place| names[*place].clone()).collect();
        assert_eq!(chosen, expect);
    };
    check("nobody", &[0, 1, 3]);
    check("b", &[1, 2, 4]);
}

#[test]
fn what_is_no_label_is_not_sent_and_goes_first() {
    let names = ["junk".to_owned(), name(0, 0, Kind::Ambient, 10, "")];
    let limit = Limit {
        messages: 100,
        bytes: 1_000,
    };
    assert_eq!(batch(&names, limit, &|_, _| true), [names[1].clone()]);
    let bounds = Bounds {
        messages: 1,
        bytes: 1_000,
    };
    assert_eq!(excess(&names, bounds), ["junk"]);
}

#[test]
fn what_happened_two_weeks_ago_is_not_sent_any_more() {
    let now = 1_700_000_000_000;
    let times = [
        now - LONGEST_WAIT - 1,
        now - LONGEST_WAIT,
        now,
        now + LONGEST_WAIT,
    ];
    let names = times.map(|at| name(at, 0, Kind::Milestone, 1, ""));
    assert_eq!(expired(&names, now), [names[0].clone()]);
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
