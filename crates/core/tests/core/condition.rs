use headstart_core::condition::Device;
use headstart_core::condition::holds::is_drawn;
use headstart_core::condition::needs::Needs;
use headstart_core::facts::{ElementFact, Facts, SessionFact};
use headstart_core::run::Mark;
use headstart_core::time::{DAY, MINUTE};
use headstart_core::{Condition, Known, Location, Map, Run, Selector};

const NOW: i64 = 100 * DAY;

/// A user with a bit of everything, on a page with a bit of everything.
fn known() -> Known {
    let mut known = Known {
        first_seen: Some(NOW - 10 * DAY),
        ..Known::default()
    };
    known.traits.set("plan", "pro".into(), 1);
    known.account_traits.set("seats", 12.0.into(), 1);
    for (days, id) in [(9, "m1"), (5, "m2"), (1, "m3")] {
        let seen = known.sightings.or_default(&"Invoice Created".into());
        seen.add(NOW - days * DAY, id.into());
    }
    for days in [8, 3, 0] {
        let seen = known.sightings.or_default(&"Session Started".into());
        seen.add(NOW - days * DAY, format!("s{days}").into());
    }
    known.clicked.insert("#preview".into(), NOW - 5);
    let run = Run {
        shown_at: Some(1),
        started_at: Some(2),
        tasks: Map::from_iter([("create".into(), 3)]),
        ..Run::default()
    };
    known.runs.insert("list".into(), run);
    known.runs.insert(
        "gone".into(),
        Run {
            dismissed_at: Some(4),
            ..Run::default()
        },
    );
    known.runs.insert(
        "full".into(),
        Run {
            completed_at: Some(4),
            ..Run::default()
        },
    );
    known.runs.insert(
        "just".into(),
        Run {
            shown_at: Some(NOW - 5 * MINUTE),
            marks: Map::from_iter([
                ("a".into(), (NOW - 5, Mark::Skipped)),
                ("b".into(), (NOW - 5, Mark::Done)),
            ]),
            ..Run::default()
        },
    );
    known
}

/// Of six people, those drawn for a half, as computed apart from this code.
const DRAWN: [bool; 6] = [true, false, true, false, false, false];

fn elements() -> Map<Selector, ElementFact> {
    let shown = ElementFact {
        present: true,
        in_dialog: false,
        visible: true,
        value: Some("Acme".into()),
        nearest: String::new(),
    };
    let hidden = ElementFact {
        present: true,
        in_dialog: false,
        visible: false,
        value: None,
        nearest: String::new(),
    };
    let gone = ElementFact {
        value: Some("left over".into()),
        ..ElementFact::default()
    };
    [
        ("#name".into(), shown),
        ("#hidden".into(), hidden),
        ("#gone".into(), gone),
    ]
    .into_iter()
    .collect()
}

fn with_facts<T>(known: &Known, look: impl FnOnce(&Facts<'_>) -> T) -> T {
    let elements = elements();
    let page = Location {
        path: "/invoices".into(),
        ..Location::default()
    };
    look(&Facts {
        now: NOW,
        person: "user-1",
        known,
        page: Some(&page),
        locale: Some("de-AT"),
        device: Some(Device::Tablet),
        elements: &elements,
        session: Some(SessionFact {
            started_at: NOW - 5 * MINUTE,
            engaged: 2 * MINUTE,
        }),
    })
}

fn parse(condition: &str) -> Condition {
    serde_json::from_str(condition).unwrap()
}

fn check(condition: &str, expect: bool) {
    let parsed = parse(condition);
    let holds = with_facts(&known(), |facts| parsed.holds(facts));
    assert_eq!(holds, expect, "{condition}");
}

fn until(condition: &str) -> Option<i64> {
    let parsed = parse(condition);
    with_facts(&known(), |facts| parsed.evaluate(facts).until)
}

fn since(condition: &str) -> i64 {
    let parsed = parse(condition);
    with_facts(&known(), |facts| parsed.evaluate(facts).since)
}

const YES: &str = r#"{"page":{"path":"/invoices"}}"#;
const NO: &str = r#"{"page":{"path":"/customers"}}"#;

#[test]
fn all_any_and_not_are_logics_own() {
    check(&format!(r#"{{"all":[{YES},{YES}]}}"#), true);
    check(&format!(r#"{{"all":[{YES},{NO}]}}"#), false);
    check(r#"{"all":[]}"#, true);
    check(&format!(r#"{{"any":[{NO},{YES}]}}"#), true);
    check(&format!(r#"{{"any":[{NO},{NO}]}}"#), false);
    check(r#"{"any":[]}"#, false);
    check(&format!(r#"{{"not":{NO}}}"#), true);
    check(&format!(r#"{{"not":{YES}}}"#), false);
}

#[test]
fn events_are_counted_within_a_span() {
    check(r#"{"event":{"name":"Invoice Created"}}"#, true);
    check(r#"{"event":{"name":"Invoice Sent"}}"#, false);
    check(r#"{"event":{"name":"Invoice Created","at_least":3}}"#, true);
    check(
        r#"{"event":{"name":"Invoice Created","at_least":4}}"#,
        false,
    );
    check(
        r#"{"event":{"name":"Invoice Created","at_least":2,"within":"7d"}}"#,
        true,
    );
    check(
        r#"{"event":{"name":"Invoice Created","at_least":3,"within":"7d"}}"#,
        false,
    );
    check(
        r#"{"event":{"name":"Invoice Created","within":"24h"}}"#,
        false,
    );
}

#[test]
fn an_event_condition_holds_since_the_event_that_filled_it() {
    assert_eq!(
        since(r#"{"event":{"name":"Invoice Created"}}"#),
        NOW - 9 * DAY
    );
    assert_eq!(
        since(r#"{"event":{"name":"Invoice Created","at_least":2}}"#),
        NOW - 5 * DAY
    );
}

#[test]
fn events_with_filters_are_recorded_apart() {
    let condition =
        parse(r#"{"event":{"name":"Invoice Created","where":{"amount":{"at_least":100}}}}"#);
    let Condition::Event(event) = &condition else {
        panic!("an event condition")
    };
    let matcher = event.matcher();
    assert!(matcher.matches(
        "Invoice Created",
        &Map::from_iter([("amount".into(), 100.0.into())])
    ));
    assert!(!matcher.matches(
        "Invoice Created",
        &Map::from_iter([("amount".into(), 99.0.into())])
    ));
    assert!(!matcher.matches("Invoice Created", &Map::from_iter([])));
    assert!(!matcher.matches(
        "Invoice Sent",
        &Map::from_iter([("amount".into(), 100.0.into())])
    ));
    let mut known = known();
    assert!(!with_facts(&known, |facts| condition.holds(facts)));
    known
        .sightings
        .or_default(&matcher.key())
        .add(NOW, "m4".into());
    assert!(with_facts(&known, |facts| condition.holds(facts)));
}

#[test]
fn different_filters_have_different_keys() {
    let key = |filters: &str| {
        let condition = parse(&format!(r#"{{"event":{{"name":"E","where":{filters}}}}}"#));
        let Condition::Event(event) = condition else {
            panic!("an event condition")
        };
        event.matcher().key()
    };
    let keys = [
        key("{}"),
        key(r#"{"a":{"equals":1}}"#),
        key(r#"{"a":{"equals":"1"}}"#),
        key(r#"{"a":{"not_equals":1}}"#),
        key(r#"{"b":{"equals":1}}"#),
        key(r#"{"a":{"equals":1},"b":{"equals":1}}"#),
        key(r#"{"a":"exists"}"#),
    ];
    for (index, one) in keys.iter().enumerate() {
        assert!(!keys[index + 1..].contains(one), "{one:?} twice");
    }
    assert_eq!(
        key(r#"{"a":"exists","b":{"equals":1}}"#),
        key(r#"{"b":{"equals":1},"a":"exists"}"#)
    );
}

#[test]
fn an_element_can_be_present_visible_clicked_or_hold_a_value() {
    let element = |selector: &str, is: &str| {
        format!(r#"{{"element":{{"selector":"{selector}","is":{is}}}}}"#)
    };
    check(&element("#name", r#""present""#), true);
    check(&element("#hidden", r#""present""#), true);
    check(&element("#gone", r#""present""#), false);
    check(&element("#never", r#""present""#), false);
    check(&element("#name", r#""visible""#), true);
    check(&element("#hidden", r#""visible""#), false);
    check(&element("#preview", r#""clicked""#), true);
    check(&element("#name", r#""clicked""#), false);
    check(&element("#name", r#"{"value":{"equals":"Acme"}}"#), true);
    check(&element("#name", r#"{"value":{"equals":"Other"}}"#), false);
    check(&element("#gone", r#"{"value":"exists"}"#), false);
}

#[test]
fn traits_are_the_users_unless_said_otherwise() {
    check(r#"{"trait":{"name":"plan"}}"#, true);
    check(r#"{"trait":{"name":"plan","is":{"equals":"pro"}}}"#, true);
    check(r#"{"trait":{"name":"seats"}}"#, false);
    check(
        r#"{"trait":{"of":"account","name":"seats","is":{"at_least":10}}}"#,
        true,
    );
}

#[test]
fn other_content_can_be_asked_how_far_it_got() {
    let content = |id: &str, is: &str| format!(r#"{{"content":{{"id":"{id}","is":{is}}}}}"#);
    check(&content("list", r#""shown""#), true);
    check(&content("list", r#""started""#), true);
    check(&content("list", r#""completed""#), false);
    check(&content("full", r#""completed""#), true);
    check(&content("gone", r#""dismissed""#), true);
    check(&content("list", r#"{"task_done":"create"}"#), true);
    check(&content("list", r#"{"task_done":"send"}"#), false);
    check(&content("unheard-of", r#""shown""#), false);
}

#[test]
fn content_can_be_asked_to_have_got_there_a_while_ago() {
    let content = |is: &str, since: &str| {
        format!(r#"{{"content":{{"id":"just","is":"{is}","since":"{since}"}}}}"#)
    };
    check(&content("shown", "5m"), true);
    check(&content("shown", "6m"), false);
    check(&content("completed", "1m"), false);
    assert_eq!(until(&content("shown", "6m")), Some(NOW + MINUTE));
    assert_eq!(until(&content("shown", "5m")), None);
    assert_eq!(until(&content("completed", "6m")), None);
}

#[test]
fn a_task_left_out_can_be_asked_for() {
    check(
        r#"{"content":{"id":"just","is":{"task_skipped":"a"}}}"#,
        true,
    );
    check(
        r#"{"content":{"id":"just","is":{"task_skipped":"b"}}}"#,
        false,
    );
    check(r#"{"content":{"id":"just","is":{"task_done":"b"}}}"#, true);
}

#[test]
fn a_language_stands_for_all_its_kinds() {
    for (locale, expect) in [
        ("de", true),
        ("DE", true),
        ("de-AT", true),
        ("de_at", true),
        ("de-CH", false),
        ("de-AT-1996", false),
        ("d", false),
        ("en", false),
    ] {
        check(&format!(r#"{{"locale":"{locale}"}}"#), expect);
    }
}

#[test]
fn a_device_is_what_the_user_has_before_them() {
    check(r#"{"device":"tablet"}"#, true);
    check(r#"{"device":"phone"}"#, false);
    check(r#"{"device":"desktop"}"#, false);
    for (width, device) in [
        (320.0, Device::Phone),
        (599.9, Device::Phone),
        (600.0, Device::Tablet),
        (1_023.9, Device::Tablet),
        (1_024.0, Device::Desktop),
    ] {
        assert_eq!(Device::of_width(width), device, "{width}");
    }
}

fn drawn(draw: &str, percent: u32) -> Vec<u32> {
    let people = 0..10_000;
    let is_drawn = |person: &u32| is_drawn(draw, &format!("user-{person}"), percent);
    people.filter(is_drawn).collect()
}

#[test]
fn a_share_is_as_many_of_a_hundred_as_it_says() {
    for percent in [0, 1, 10, 25, 50, 90, 100] {
        let count = drawn("rollout", percent).len();
        let expect = usize::try_from(percent * 100).unwrap();
        // Three standard deviations of a binomial distribution are 150 at most.
        assert!(
            count.abs_diff(expect) <= 150,
            "{count} of 10000 at {percent} %"
        );
    }
    assert!(drawn("rollout", 0).is_empty());
    assert_eq!(drawn("rollout", 100).len(), 10_000);
}

#[test]
fn who_is_drawn_for_a_share_is_drawn_for_every_greater_one() {
    let all: Vec<_> = [5, 10, 50, 51]
        .map(|percent| drawn("rollout", percent))
        .into();
    for pair in all.windows(2) {
        assert!(pair[0].iter().all(|person| pair[1].contains(person)));
    }
}

#[test]
fn drawings_of_different_names_are_independent() {
    let (a, b) = (drawn("a", 50), drawn("b", 50));
    let both = a.iter().filter(|person| b.contains(person)).count();
    assert!(both.abs_diff(2_500) <= 150, "{both} of 10000 are in both");
}

#[test]
fn who_is_drawn_is_the_same_for_ever_and_everywhere() {
    let people = ["user-1", "user-2", "user-3", "user-4", "üser", ""];
    let drawn = people.map(|person| is_drawn("rollout", person, 50));
    assert_eq!(drawn, DRAWN);
    check(r#"{"share":{"draw":"rollout","percent":100}}"#, true);
    check(r#"{"share":{"draw":"rollout","percent":0}}"#, false);
}

#[test]
fn sessions_are_counted_and_this_one_measured() {
    check(r#"{"sessions":{"at_least":3}}"#, true);
    check(r#"{"sessions":{"at_least":4}}"#, false);
    check(r#"{"sessions":{"at_least":3,"within":"7d"}}"#, false);
    check(r#"{"session":{"length_at_least":"5m"}}"#, true);
    check(r#"{"session":{"length_at_least":"6m"}}"#, false);
    check(r#"{"session":{"engaged_at_least":"2m"}}"#, true);
    check(
        r#"{"session":{"length_at_least":"5m","engaged_at_least":"3m"}}"#,
        false,
    );
}

#[test]
fn time_since_first_seen_has_two_sides() {
    check(r#"{"first_seen":{"at_least":"10d"}}"#, true);
    check(r#"{"first_seen":{"at_least":"11d"}}"#, false);
    check(r#"{"first_seen":{"less_than":"10d"}}"#, false);
    check(r#"{"first_seen":{"less_than":"11d"}}"#, true);
}

#[test]
fn what_time_alone_can_change_says_when() {
    assert_eq!(until(YES), None);
    assert_eq!(until(r#"{"event":{"name":"Invoice Created"}}"#), None);
    assert_eq!(
        until(r#"{"event":{"name":"Invoice Created","within":"7d"}}"#),
        Some(NOW + 6 * DAY)
    );
    assert_eq!(
        until(r#"{"first_seen":{"at_least":"11d"}}"#),
        Some(NOW + DAY)
    );
    assert_eq!(
        until(r#"{"first_seen":{"less_than":"11d"}}"#),
        Some(NOW + DAY)
    );
    assert_eq!(
        until(r#"{"session":{"length_at_least":"6m"}}"#),
        Some(NOW + MINUTE)
    );
    assert_eq!(
        until(r#"{"not":{"first_seen":{"at_least":"11d"}}}"#),
        Some(NOW + DAY)
    );
    let both = r#"{"any":[{"first_seen":{"at_least":"12d"}},{"first_seen":{"at_least":"11d"}}]}"#;
    assert_eq!(until(both), Some(NOW + DAY));
}

#[test]
fn one_who_sees_no_page_finds_page_element_and_session_conditions_not_to_hold() {
    let known = known();
    let facts = Facts::of_history(&known, "user-1", NOW);
    for condition in [
        YES,
        r#"{"element":{"selector":"\#name","is":"present"}}"#,
        r#"{"session":{"length_at_least":"1s"}}"#,
    ] {
        let condition = condition.replace("\\#", "#");
        assert!(!parse(&condition).holds(&facts), "{condition}");
    }
    assert!(parse(r#"{"event":{"name":"Invoice Created"}}"#).holds(&facts));
}

#[test]
fn a_condition_says_what_it_needs_to_be_told_of() {
    let mut needs = Needs::default();
    needs.add(&parse(
        r##"{"all":[
            {"event":{"name":"A","at_least":2}},
            {"not":{"event":{"name":"A","at_least":5}}},
            {"any":[{"element":{"selector":"#a","is":"clicked"}},
                    {"element":{"selector":"#b","is":{"value":"exists"}}}]},
            {"sessions":{"at_least":3}},
            {"trait":{"name":"plan"}}]}"##,
    ));
    let events: Vec<_> = needs
        .events
        .iter()
        .map(|(key, (_, most))| (key.as_str(), *most))
        .collect();
    assert_eq!(events, [("A", 5), ("Session Started", 3)]);
    let elements = [("#a".into(), false), ("#b".into(), true)];
    assert_eq!(needs.elements, Map::from_iter(elements));
}

#[test]
fn a_condition_is_written_as_it_is_read() {
    let text = r##"{"all":[{"event":{"name":"A","where":{"n":{"at_least":2}},"at_least":2,"within":"1w"}},{"trait":{"of":"account","name":"plan"}},{"element":{"selector":"#a","is":{"value":{"contains":"x"}}}},{"content":{"id":"c","is":{"task_done":"t"}}}]}"##;
    assert_eq!(serde_json::to_string(&parse(text)).unwrap(), text);
}
