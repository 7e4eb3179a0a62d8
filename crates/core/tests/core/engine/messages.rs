use headstart_core::engine::Origin;
use headstart_core::event::name;
use headstart_core::session::Signal;
use headstart_core::{Act, Body, Effect, Input, Known, Map, Person, Properties};

use super::{Page, checklist, messages, tracked};

fn identify(page: &mut Page, user: &str) -> Vec<Effect> {
    let traits: Properties = Map::from_iter([("plan".to_owned(), "trial".into())]);
    page.apply(Input::Identified {
        user: user.into(),
        traits,
    })
}

#[test]
fn message_ids_are_the_tabs_own_and_never_repeat() {
    let mut page = Page::with(&[]);
    for _ in 0..3 {
        page.track("A");
    }
    let ids: Vec<_> = messages(&page.effects)
        .into_iter()
        .map(|message| message.id.0)
        .collect();
    assert_eq!(ids[1..], ["tab-1", "tab-2", "tab-3"]);
}

#[test]
fn a_call_that_waited_for_the_widget_keeps_its_time() {
    let mut page = Page::with(&[]);
    let at = page.now.wall - 4_000;
    let effects = page.apply(Input::Tracked {
        event: "A".into(),
        properties: Properties::new(),
        at,
    });
    assert_eq!(messages(&effects)[0].at, at);
}

/// Where a message comes from that the host's call made before the engine was there.
fn early(at: i64) -> Origin {
    Origin {
        id: "early.1".into(),
        at,
        person: Person {
            anonymous: "browser".into(),
            user: None,
        },
    }
}

#[test]
fn what_was_said_before_the_engine_was_there_has_its_own_id_time_and_person() {
    let properties = Properties::new();
    for said in [
        Input::Tracked {
            event: "A".into(),
            properties: properties.clone(),
            at: 0,
        },
        Input::PageNamed {
            name: None,
            properties: properties.clone(),
        },
        Input::Identified {
            user: "user-1".into(),
            traits: properties.clone(),
        },
        Input::Grouped {
            account: "acme".into(),
            traits: properties.clone(),
        },
    ] {
        let mut page = Page::with(&[]);
        let origin = early(page.now.wall - 4_000);
        let body = said.clone().statement().expect("the collector is told");
        let effects = page.apply(Input::Early(origin.clone(), Box::new(said.clone())));
        assert_eq!(messages(&effects), [origin.clone().tell(body)]);
        let effects = page.apply(said);
        assert_ne!(messages(&effects)[0].id, origin.id, "once is enough");
    }
}

#[test]
fn a_task_completed_before_the_engine_was_there_is_done_since_then() {
    let mut page = Page::with(&[checklist()]);
    let at = page.now.wall - 4_000;
    let act = Input::Acted(Act::Complete("list".into(), "invite".into()));
    let effects = page.apply(Input::Early(early(at), Box::new(act)));
    let done = tracked(&effects)
        .iter()
        .position(|event| event == name::TASK_COMPLETED);
    let done = &messages(&effects)[done.expect("it is done")];
    assert_eq!(done.at, at);
    assert_ne!(done.id, early(at).id, "a milestone has an id of its own");
}

#[test]
fn of_an_act_nothing_is_left_for_the_next_statement() {
    let mut page = Page::with(&[checklist()]);
    let act = Input::Acted(Act::Minimise);
    page.apply(Input::Early(early(1), Box::new(act)));
    assert_ne!(messages(&page.track("A"))[0].at, 1);
}

#[test]
fn identifying_sends_the_traits_and_boots_again_for_the_user() {
    let mut page = Page::with(&[checklist()]);
    let effects = identify(&mut page, "user-1");
    assert!(matches!(&messages(&effects)[0].body, Body::Identify { traits } if traits.len() == 1));
    assert_eq!(messages(&effects)[0].person.user, Some("user-1".into()));
    assert!(effects.contains(&Effect::Refresh));
    assert!(
        !identify(&mut page, "user-1").contains(&Effect::Refresh),
        "it is the same user"
    );
}

#[test]
fn what_the_browser_did_before_signing_in_belongs_to_the_user() {
    let mut page = Page::with(&[checklist()]);
    page.track("Created");
    identify(&mut page, "user-1");
    assert_eq!(page.view().checklist.expect("still there").done, 1);
}

#[test]
fn another_user_begins_with_nothing_of_the_one_before() {
    let mut page = Page::with(&[checklist()]);
    identify(&mut page, "user-1");
    page.track("Created");
    identify(&mut page, "user-2");
    assert_eq!(
        page.view().checklist,
        None,
        "until the collector has answered"
    );
    page.boot(&[checklist()], Known::default());
    assert_eq!(
        page.engine
            .known()
            .runs
            .get("list")
            .map_or(0, |run| run.tasks.len()),
        0
    );
}

#[test]
fn reset_forgets_the_user_and_their_session() {
    let mut page = Page::with(&[checklist()]);
    identify(&mut page, "user-1");
    page.track("Created");
    let session = page.engine.clock().record().cloned();
    page.pass(60_000);
    let effects = page.apply(Input::Reset {
        anonymous: "fresh".into(),
    });
    assert!(effects.contains(&Effect::Refresh));
    assert_eq!(tracked(&effects), ["Session Updated"]);
    let last = &messages(&effects)[0];
    assert_eq!(last.person.user, Some("user-1".into()));
    assert_eq!(page.engine.person().key(), "fresh");
    assert_eq!(*page.engine.known(), Known::default());
    let effects = page.apply(Input::Signal {
        signal: Signal::Active,
        stored: None,
    });
    assert_eq!(tracked(&effects), ["Session Started"]);
    assert_ne!(page.engine.clock().record().cloned(), session);
}

#[test]
fn who_signs_out_while_at_it_goes_on_in_a_new_session_at_once() {
    let mut page = Page::with(&[checklist()]);
    identify(&mut page, "user-1");
    page.pass(2_000);
    let effects = page.apply(Input::Reset {
        anonymous: "fresh".into(),
    });
    assert_eq!(tracked(&effects), ["Session Updated", "Session Started"]);
    let persons: Vec<_> = messages(&effects)
        .into_iter()
        .map(|message| message.person.key().to_owned())
        .collect();
    assert_eq!(persons, ["user-1", "fresh"]);
}

#[test]
fn a_group_sends_the_accounts_traits_and_boots_again() {
    let mut page = Page::with(&[]);
    let traits: Properties = Map::from_iter([("seats".to_owned(), 3.0.into())]);
    let effects = page.apply(Input::Grouped {
        account: "account-1".into(),
        traits,
    });
    assert!(
        matches!(&messages(&effects)[0].body, Body::Group { account, .. } if account.as_str() == "account-1")
    );
    assert!(effects.contains(&Effect::Refresh));
}

/// The properties of each message that was sent on a page with this address's query, of which
/// `utm_source` may be sent.
fn properties_sent(query: &[(&str, &str)], input: Input) -> Vec<String> {
    let mut page = Page::starting_with(headstart_core::engine::Start {
        query: vec!["utm_source".to_owned()],
        ..headstart_core::engine::Start::default()
    });
    let query = query.iter();
    page.apply(Input::PageChanged(headstart_core::Location {
        path: "/".to_owned(),
        query: query
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        hash: "secret".to_owned(),
    }));
    page.signal(Signal::Visible(true));
    page.apply(input);
    let body = |message: headstart_core::Message| match message.body {
        Body::Track { properties, .. } | Body::Page { properties, .. } => properties,
        _ => Properties::new(),
    };
    let sent = messages(&page.effects).into_iter().map(body);
    sent.map(|properties| headstart_core::json::to_text(&headstart_core::Value::Map(properties)))
        .collect()
}

#[test]
fn of_the_address_a_page_view_and_a_new_session_carry_what_the_project_named_and_nothing_else() {
    let viewed = || Input::PageNamed {
        name: None,
        properties: Properties::new(),
    };
    let sent = properties_sent(&[("utm_source", "news"), ("token", "secret")], viewed());
    assert_eq!(sent.len(), 2);
    for properties in &sent {
        assert!(
            properties.contains(r#""query":{"utm_source":"news"}"#),
            "{properties}"
        );
    }
    assert!(!sent.concat().contains("secret"));
    let sent = properties_sent(&[("token", "secret")], viewed());
    assert!(!sent.concat().contains("query"), "{sent:?}");
}

#[test]
fn what_the_host_itself_says_of_the_query_stays() {
    let properties = Map::from_iter([("query".to_owned(), "own".into())]);
    let viewed = Input::PageNamed {
        name: None,
        properties,
    };
    let sent = properties_sent(&[("utm_source", "news")], viewed);
    assert_eq!(sent[1], r#"{"query":"own"}"#);
}
