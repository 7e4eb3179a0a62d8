use headstart_core::engine::{Reason, Start, Verdict};
use headstart_core::session::Signal;
use headstart_core::time::SECOND;
use headstart_core::{Act, Consent, Content, Effect, Input, Known, Person, Properties};
use serde_json::{Value as Json, json};

use super::{Page, START, checklist, messages, tip, tracked};

/// A tip that asks nothing of the user.
fn plain_tip() -> Json {
    json!({
        "id": "plain", "version": 1, "kind": "tip", "title": "Look", "target": "#plain",
        "audience": {"page": {"path": "/"}},
        "trigger": {"not": {"element": {"selector": "#done", "is": "present"}}},
        "action": {"label": "Show me", "path": "/templates"}
    })
}

/// A page that was looked at and booted, where the user has answered so.
fn page(consent: Consent, documents: &[Json]) -> Page {
    let mut page = Page::starting_with(Start {
        consent,
        ..Start::default()
    });
    if consent == Consent::Denied {
        page.engine = headstart_core::Engine::new(Start {
            tab: "tab".into(),
            consent,
            ..Start::default()
        });
    }
    page.go("/");
    page.signal(Signal::Visible(true));
    page.signal(Signal::Focused(true));
    page.boot(documents, Known::default());
    page
}

fn identified(user: &str, traits: &[(&str, &str)]) -> Input {
    let traits = traits.iter();
    let traits = traits.map(|(name, value)| ((*name).to_owned(), (*value).into()));
    Input::Identified {
        user: user.into(),
        traits: traits.collect(),
    }
}

fn granted() -> Input {
    Input::ConsentGranted {
        anonymous: "new".into(),
    }
}

fn has(effects: &[Effect], is: impl Fn(&Effect) -> bool) -> bool {
    effects.iter().any(is)
}

#[test]
fn while_the_answer_is_pending_the_checklist_works() {
    let mut page = page(Consent::Pending, &[checklist()]);
    page.track("Created");
    let list = page.view().checklist.expect("it is shown");
    assert_eq!(list.done, 1);
    assert_eq!(page.verdict("list"), Verdict::Shown);
}

#[test]
fn once_granted_what_was_kept_in_memory_is_kept_for_good() {
    let mut page = page(Consent::Pending, &[checklist()]);
    page.track("Created");
    let effects = page.apply(granted());
    assert!(has(&effects, |effect| *effect == Effect::SaveKnown));
    assert!(has(&effects, |effect| *effect == Effect::SaveUi));
    assert!(has(&effects, |effect| *effect == Effect::Refresh));
    assert!(has(&effects, |effect| matches!(
        effect,
        Effect::SaveSession(_)
    )));
    assert_eq!(page.engine.known().run(&"list".into()).tasks.len(), 1);
    assert_eq!(page.engine.person().anonymous.as_str(), "new");
}

#[test]
fn a_grant_does_not_begin_another_session() {
    let mut page = page(Consent::Pending, &[]);
    let before = page.engine.clock().record().cloned();
    page.apply(granted());
    assert_eq!(page.engine.clock().record().cloned(), before);
    assert!(before.is_some());
}

#[test]
fn granting_twice_is_granting_once() {
    let mut page = page(Consent::Pending, &[checklist()]);
    page.apply(granted());
    assert_eq!(page.apply(granted()), []);
}

#[test]
fn without_consent_only_content_that_asks_nothing_of_the_user_is_shown() {
    let condition = |condition: Json, expect: Verdict| {
        let mut document = plain_tip();
        document["trigger"] = condition.clone();
        let mut page = page(Consent::Denied, &[document]);
        page.appear("#plain");
        page.appear("#other");
        assert_eq!(page.verdict("plain"), expect, "{condition}");
        let shown = page.view().interruption().is_some();
        assert_eq!(shown, expect == Verdict::Shown, "{condition}");
    };
    let consent = || Verdict::Hidden(Reason::Consent);
    for (document, expect) in [
        (json!({"page": {"path": "/"}}), Verdict::Shown),
        (
            json!({"page": {"path": "/elsewhere"}}),
            Verdict::Hidden(Reason::Trigger),
        ),
        (
            json!({"not": {"element": {"selector": "#none", "is": "present"}}}),
            Verdict::Shown,
        ),
        (
            json!({"element": {"selector": "#other", "is": "visible"}}),
            Verdict::Shown,
        ),
        (
            json!({"not": {"element": {"selector": "#none", "is": {"value": {"equals": "x"}}}}}),
            Verdict::Shown,
        ),
        (
            json!({"element": {"selector": "#other", "is": "clicked"}}),
            consent(),
        ),
        (json!({"not": {"event": {"name": "Created"}}}), consent()),
        (json!({"trait": {"name": "plan"}}), consent()),
        (
            json!({"not": {"trait": {"of": "account", "name": "plan"}}}),
            consent(),
        ),
        (
            json!({"not": {"content": {"id": "list", "is": "completed"}}}),
            consent(),
        ),
        (json!({"sessions": {"at_least": 1}}), consent()),
        (json!({"session": {"length_at_least": "1m"}}), consent()),
        (json!({"first_seen": {"less_than": "1d"}}), consent()),
        (
            json!({"all": [{"page": {"path": "/"}}, {"any": [{"not": {"event": {"name": "A"}}}]}]}),
            consent(),
        ),
    ] {
        condition(document, expect);
    }
}

#[test]
fn a_checklist_keeps_progress_and_so_needs_consent() {
    let page = page(Consent::Denied, &[checklist(), tip()]);
    assert_eq!(page.verdict("list"), Verdict::Hidden(Reason::Consent));
    assert_eq!(page.verdict("tip"), Verdict::Hidden(Reason::Consent));
    assert_eq!(Reason::Consent.code(), "consent");
}

#[test]
fn an_audience_counts_as_a_trigger_does() {
    let mut document = plain_tip();
    document["audience"] = json!({"trait": {"name": "plan"}});
    let content: Content = serde_json::from_value(document).unwrap();
    assert!(content.needs_consent());
}

#[test]
fn without_consent_only_what_may_be_shown_is_watched() {
    let mut page = page(Consent::Granted, &[plain_tip(), tip()]);
    let effects = page.apply(Input::ConsentDenied);
    assert!(has(&effects, |effect| *effect
        == Effect::Unwatch("#templates".into())));
    assert!(!has(&effects, |effect| *effect
        == Effect::Unwatch("#plain".into())));
}

#[test]
fn without_consent_a_page_must_have_been_looked_at_all_the_same() {
    let mut page = Page::new();
    page.apply(Input::ConsentDenied);
    page.boot(&[plain_tip()], Known::default());
    page.go("/");
    page.appear("#plain");
    assert_eq!(page.verdict("plain"), Verdict::Hidden(Reason::NotLookedAt));
    page.signal(Signal::Visible(true));
    assert_eq!(page.verdict("plain"), Verdict::Shown);
}

#[test]
fn without_consent_a_tip_is_sent_away_until_the_page_is_left_and_its_button_works() {
    let mut page = page(Consent::Denied, &[plain_tip()]);
    page.appear("#plain");
    let effects = page.act(Act::Press {
        content: "plain".into(),
        task: None,
        button: 0,
    });
    assert!(has(&effects, |effect| *effect
        == Effect::Navigate("/templates".to_owned())));
    assert_eq!(page.verdict("plain"), Verdict::Hidden(Reason::Completed));
    assert!(!has(&page.effects, Effect::is_tracking));
    page.act(Act::Show("plain".into()));
    assert_eq!(page.verdict("plain"), Verdict::Shown);
    page.apply(Input::Clicked("#plain".into()));
    assert_eq!(page.verdict("plain"), Verdict::Hidden(Reason::Completed));
}

#[test]
fn without_consent_no_task_is_done_and_no_checklist_called_up() {
    let mut page = page(Consent::Denied, &[checklist()]);
    page.act(Act::Show("list".into()));
    page.act(Act::Complete("list".into(), "create".into()));
    page.go("/team");
    assert_eq!(page.engine.known(), &Known::default());
    assert_eq!(page.view().checklist, None);
}

#[test]
fn what_was_known_is_forgotten_when_consent_is_taken_back() {
    let mut page = page(Consent::Granted, &[checklist()]);
    page.apply(identified("user-1", &[("plan", "pro")]));
    page.track("Created");
    page.apply(Input::ConsentDenied);
    assert_eq!(page.engine.known(), &Known::default());
    assert_eq!(page.engine.person(), &Person::default());
    assert_eq!(page.engine.clock().record(), None);
    assert_eq!(page.view().checklist, None);
}

#[test]
fn what_was_sent_away_before_consent_was_taken_back_stays_away() {
    let mut page = page(Consent::Granted, &[plain_tip()]);
    page.appear("#plain");
    page.act(Act::Dismiss("plain".into()));
    page.apply(Input::ConsentDenied);
    assert_eq!(page.verdict("plain"), Verdict::Hidden(Reason::Dismissed));
}

#[test]
fn time_without_consent_is_never_told_of() {
    let mut page = page(Consent::Denied, &[]);
    for _ in 0..10 {
        page.pass(5 * SECOND);
        page.signal(Signal::Tick);
    }
    page.apply(granted());
    page.signal(Signal::Visible(true));
    let totals = page.engine.clock().totals().expect("a session began");
    assert_eq!((totals.engaged, totals.length), (0, 0));
    assert_eq!(totals.started_at, START + 50 * SECOND);
    assert_eq!(tracked(&page.effects), ["Session Started"]);
    assert!(totals.id.as_str().starts_with("new."));
}

#[test]
fn who_the_host_said_the_user_is_counts_from_a_later_grant_on() {
    let mut page = page(Consent::Denied, &[]);
    page.apply(identified("user-1", &[("plan", "free")]));
    page.apply(identified("user-1", &[("role", "admin")]));
    page.apply(Input::Grouped {
        account: "acme".into(),
        traits: Properties::new(),
    });
    page.track("Created");
    page.pass(SECOND);
    let effects = page.apply(granted());
    let sent = messages(&effects);
    let texts: Vec<String> = sent
        .iter()
        .map(|message| headstart_core::json::to_text(&message.to_value()))
        .collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[0].contains(r#""traits":{"plan":"free","role":"admin"}"#));
    assert!(texts[1].contains(r#""groupId":"acme""#));
    let person = page.engine.person();
    assert_eq!(person.key(), "user-1");
    assert_eq!(person.anonymous.as_str(), "new");
    assert!(sent.iter().all(|message| message.person == *person));
}

#[test]
fn who_signed_out_without_consent_is_not_told_of_at_a_later_grant() {
    let mut page = page(Consent::Denied, &[]);
    page.apply(identified("user-1", &[]));
    page.apply(Input::Reset {
        anonymous: "other".into(),
    });
    assert_eq!(messages(&page.apply(granted())), []);
    assert_eq!(page.engine.person().user, None);
}

#[test]
fn of_two_users_told_of_without_consent_the_last_counts() {
    let mut page = page(Consent::Denied, &[]);
    page.apply(identified("user-1", &[("plan", "free")]));
    page.apply(identified("user-2", &[]));
    page.apply(granted());
    assert_eq!(page.engine.person().key(), "user-2");
    assert!(page.engine.known().traits.is_empty());
}

#[test]
fn an_answer_is_read_as_it_is_stored_and_anything_else_is_none() {
    for (text, expect) in [
        ("granted", Consent::Granted),
        ("denied", Consent::Denied),
        ("pending", Consent::Pending),
        ("", Consent::Pending),
        ("true", Consent::Pending),
    ] {
        assert_eq!(Consent::from_text(text), expect, "{text}");
    }
}
