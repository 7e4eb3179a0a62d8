//! What holds for any sequence of inputs.

mod nagging;

use headstart_core::condition::Device;
use headstart_core::content::Snooze;
use headstart_core::engine::{Limits, Settings, Start};
use headstart_core::facts::{Busy, ElementFact};
use headstart_core::run::Mark;
use headstart_core::session::Signal;
use headstart_core::time::{HOUR, MINUTE, Now, Span};
use headstart_core::{
    Act, Boot, Consent, Content, Effect, Input, Known, Location, Map, Person, Properties, Value,
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{Page, checklist, modal, plus, tip};
use crate::known::any_known;

/// Content whose conditions cover every kind, and refer to each other.
fn contents() -> Vec<Content> {
    let mut second = checklist();
    second["id"] = json!("a");
    second["audience"] = json!({"not": {"content": {"id": "list", "is": "completed"}}});
    second["tasks"][0]["done_when"] = json!({"any": [
        {"session": {"engaged_at_least": "1m"}},
        {"all": [{"sessions": {"at_least": 2}}, {"first_seen": {"at_least": "1d"}}]},
        {"element": {"selector": "#a", "is": {"value": {"equals": "x"}}}},
        {"trait": {"name": "a", "is": {"less_than": 5}}}]});
    let mut late = tip();
    late["id"] = json!("b");
    late["frequency"] = json!("until_dismissed");
    late["target"] = json!("#a");
    late["trigger"] = json!({"content": {"id": "a", "is": "started"}});
    let plain = json!({"id": "c", "version": 1, "kind": "tip", "title": "Look", "target": "#a"});
    let mut first = checklist();
    first["next"] = json!("tour");
    first["tasks"][0]["due"] = json!("1h");
    first["tasks"][0]["markable"] = json!(true);
    first["tasks"][2]["skippable"] = json!(true);
    first["tasks"][2]["unlock_when"] = json!({"device": "phone"});
    first["tasks"][2]["audience"] = json!({"not": {"locale": "de"}});
    [first, second, tip(), late, plain]
        .into_iter()
        .chain(guides())
        .map(|document| serde_json::from_value(document).unwrap())
        .collect()
}

/// Guides of every form, frequency and fallback.
fn guides() -> Vec<Json> {
    let card = |id: &str, form: &str| json!({"id": id, "version": 1, "kind": "tip", "form": form, "title": "T", "target": "#a"});
    let often = plus(modal("often"), "frequency", json!({"every": "1h"}));
    let mut again = plus(modal("again"), "frequency", json!("until_done"));
    again["next"] = json!("list");
    again["trigger"] = json!({"event": {"name": "Other", "within": "2h"}});
    again["actions"] = json!([
        {"label": "Tour", "start": "tour"}, {"label": "Later", "snooze": "2h"},
        {"label": "Another time", "snooze": "next_session"}, {"label": "No", "close": true}
    ]);
    let step = |id: &str| json!({"id": id, "title": "S"});
    let mut steps = [step("a"), step("b"), step("s"), step("t")];
    steps[0]["target"] = json!("#a");
    steps[0]["advance_on_target"] = json!(true);
    steps[0]["if_missing"] = json!("centre");
    steps[1]["path"] = json!("/team");
    steps[1]["advance_when"] = json!({"event": {"name": "Sent", "within": "3h"}});
    steps[1]["branches"] = json!([{"when": {"page": {"path": "/templates"}}, "to": "a"}]);
    steps[2]["target"] = json!("#none");
    steps[2]["if_missing"] = json!("skip");
    steps[2]["wait"] = json!("1m");
    steps[3]["target"] = json!("#templates");
    steps[3]["branches"] = json!([{"when": {"event": {"name": "Other"}}, "to": "b"}]);
    let tour = |id: &str| {
        json!({"id": id, "version": 1, "kind": "tour", "title": "T", "frequency": "every_session",
               "steps": steps})
    };
    vec![
        often,
        again,
        tour("tour"),
        plus(
            tour("other"),
            "trigger",
            json!({"content": {"id": "list", "is": "shown", "since": "3h"}}),
        ),
        card("hint", "hint"),
        plus(card("note", "inline"), "frequency", json!("every_session")),
        json!({"id": "banner", "version": 1, "kind": "banner", "title": "B", "priority": 1}),
        json!({"id": "bar", "version": 1, "kind": "banner", "title": "B", "frequency": "until_dismissed"}),
        plus(modal("few"), "holdout", json!(50)),
        plus(
            modal("soon"),
            "schedule",
            json!({"from": EPOCH + 2 * HOUR, "until": EPOCH + 9 * HOUR}),
        ),
    ]
}

/// Of everything the ids, and one of nothing.
const IDS: [&str; 16] = [
    "list", "a", "tip", "b", "c", "often", "again", "tour", "other", "hint", "note", "banner",
    "bar", "few", "soon", "none",
];

/// When histories begin, wall milliseconds.
const EPOCH: i64 = 1_000_000_000;

/// How often the user may be interrupted, in most histories.
fn limits() -> Limits {
    Limits {
        per_session: Some(3),
        per_day: Some(5),
        quiet: Some(Span::from_millis(MINUTE)),
    }
}

fn boot(known: Known) -> Boot {
    Boot {
        content: contents(),
        known,
        settings: Settings {
            limits: limits(),
            ..Settings::default()
        },
        ..Boot::default()
    }
}

fn any_act() -> impl Strategy<Value = Act> {
    let content = || prop::sample::select(&IDS[..]);
    let task = || prop::sample::select(vec!["create", "send", "invite", "none"]);
    let mark = prop::sample::select(vec![Mark::Open, Mark::Skipped, Mark::Done]);
    let snooze = prop_oneof![
        (0_i64..5 * HOUR).prop_map(|span| Snooze::For(Span::from_millis(span))),
        Just(Snooze::NextSession),
    ];
    prop_oneof![
        content().prop_map(|id| Act::Open(id.into())),
        Just(Act::Minimise),
        task().prop_map(|id| Act::Toggle(id.into())),
        (content(), prop::option::of(task()), 0_usize..4).prop_map(|(id, task, button)| {
            Act::Press {
                content: id.into(),
                task: task.map(Into::into),
                button,
            }
        }),
        content().prop_map(|id| Act::Next(id.into())),
        content().prop_map(|id| Act::Back(id.into())),
        prop::sample::select(vec!["tour", "other"]).prop_map(|id| Act::Next(id.into())),
        prop::sample::select(vec!["hint", "c"]).prop_map(|id| Act::OpenHint(id.into())),
        (content(), snooze).prop_map(|(id, snooze)| Act::Snooze(id.into(), snooze)),
        (content(), task(), mark)
            .prop_map(|(id, task, mark)| { Act::Mark(id.into(), task.into(), mark) }),
        any::<bool>().prop_map(Act::Hush),
        Just(Act::Go("/team".into())),
        Just(Act::AskDismiss),
        Just(Act::KeepIt),
        content().prop_map(|id| Act::Dismiss(id.into())),
        (content(), task()).prop_map(|(id, task)| Act::Complete(id.into(), task.into())),
        content().prop_map(|id| Act::Show(id.into())),
    ]
}

fn any_input() -> impl Strategy<Value = Input> {
    let selector = || prop::sample::select(vec!["#templates", "#a", "#none"]);
    let traits = || -> BoxedStrategy<Properties> {
        prop::collection::btree_map(
            "[ab]",
            (-9..9_i32).prop_map(|n| Value::from(f64::from(n))),
            0..2,
        )
        .prop_map(Map::from_iter)
        .boxed()
    };
    let signal = prop_oneof![
        any::<bool>().prop_map(Signal::Visible),
        any::<bool>().prop_map(Signal::Focused),
        Just(Signal::Active),
        Just(Signal::Tick),
    ];
    prop_oneof![
        1 => any_known().prop_map(|known| Input::Booted(boot(known))),
        1 => any_known().prop_map(Input::Learnt),
        2 => prop::option::of(prop::sample::select(vec![Busy::Typing, Busy::Dialog, Busy::Away]))
            .prop_map(Input::Busy),
        1 => (prop::sample::select(vec!["de", "en"]), prop::sample::select(vec![Device::Phone, Device::Desktop]))
            .prop_map(|(locale, device)| Input::Surroundings { locale: locale.into(), device }),
        1 => ("[uv]", traits()).prop_map(|(user, traits)| Input::Identified { user: user.into(), traits }),
        1 => traits().prop_map(|traits| Input::Grouped { account: "account".into(), traits }),
        4 => (prop::sample::select(vec!["Created", "Sent", "Other"]), traits(), 0_i64..100_000)
            .prop_map(|(event, properties, at)| Input::Tracked { event: event.into(), properties, at }),
        1 => traits().prop_map(|properties| Input::PageNamed { name: None, properties }),
        3 => prop::sample::select(vec!["/", "/team", "/templates"])
            .prop_map(|path| Input::PageChanged(Location { path: path.into(), ..Location::default() })),
        4 => (selector(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(selector, present, visible, in_dialog)| Input::Element {
            selector: selector.into(),
            fact: ElementFact { present, visible, in_dialog, value: Some("x".into()), nearest: String::new() },
        }),
        2 => selector().prop_map(|selector| Input::Clicked(selector.into())),
        6 => signal.prop_map(|signal| Input::Signal { signal, stored: None }),
        6 => any_act().prop_map(Input::Acted),
        2 => (1_u32..4, any::<bool>()).prop_map(|(id, done)| Input::Answered { id, done }),
        1 => Just(Input::Reset { anonymous: "fresh".into() }),
        1 => Just(Input::ConsentDenied),
        1 => Just(Input::ConsentGranted { anonymous: "granted".into() }),
    ]
}

/// Inputs, each with how long after the one before it comes; the wall clock may be set at times.
fn any_history() -> impl Strategy<Value = Vec<(Input, i64, i64)>> {
    let clock_set = prop_oneof![20 => Just(0_i64), 1 => -90 * MINUTE..3_000 * MINUTE];
    prop::collection::vec((any_input(), 0_i64..20 * MINUTE, clock_set), 0..60)
}

/// The same of one person, whose clock is never set.
fn calm_history() -> impl Strategy<Value = Vec<(Input, i64, i64)>> {
    any_history().prop_map(|history| {
        let same = |input: &Input| {
            !matches!(
                input,
                Input::Reset { .. }
                    | Input::Identified { .. }
                    | Input::ConsentDenied
                    | Input::ConsentGranted { .. }
            )
        };
        let calm = history.into_iter().filter(|(input, ..)| same(input));
        calm.map(|(input, pass, _)| (input, pass, 0)).collect()
    })
}

fn play(history: &[(Input, i64, i64)]) -> (Vec<Vec<Effect>>, Page) {
    let mut page = Page::new();
    page.now = Now {
        wall: EPOCH,
        monotonic: 0,
    };
    page.apply(Input::Booted(boot(Known::default())));
    page.signal(Signal::Visible(true));
    let mut all = Vec::new();
    for (input, pass, clock_set) in history {
        page.pass(*pass);
        page.now.wall += clock_set;
        all.push(page.apply(input.clone()));
    }
    (all, page)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_inputs_in_any_order_are_taken_without_panic(history in any_history()) {
        let (_, page) = play(&history);
        page.engine.explain(page.now);
    }

    #[test]
    fn the_same_history_gives_the_same_effects_and_the_same_view(history in any_history()) {
        let (effects, page) = play(&history);
        let (again, page_again) = play(&history);
        prop_assert_eq!(effects, again);
        prop_assert_eq!(page.view(), page_again.view());
        prop_assert_eq!(page.engine.known(), page_again.engine.known());
    }

    #[test]
    fn a_task_once_done_stays_done_while_it_is_the_same_person(history in any_history()) {
        let mut page = Page::new();
        page.apply(Input::Booted(boot(Known::default())));
        for (input, pass, clock_set) in history {
            page.pass(pass);
            page.now.wall += clock_set;
            let before = page.engine.known().clone();
            let someone_else = match &input {
                Input::Reset { .. } | Input::ConsentDenied => true,
                Input::Identified { user, .. } => {
                    page.engine.person().user.as_ref().is_some_and(|old| old != user)
                }
                _ => false,
            };
            page.apply(input);
            for (content, run) in before.runs.iter().filter(|_| !someone_else) {
                for task in run.tasks.keys() {
                    prop_assert!(page.engine.known().run(content).is_done(task));
                }
            }
        }
    }

    #[test]
    fn what_is_on_screen_is_what_the_explanation_says_is_shown(history in any_history()) {
        let (_, page) = play(&history);
        let view = page.view();
        let on_screen: Vec<_> = view
            .checklist
            .iter()
            .map(|list| &list.content)
            .chain(view.cards.iter().map(|card| &card.content))
            .collect();
        for explanation in page.engine.explain(page.now) {
            if on_screen.contains(&&explanation.content) {
                prop_assert_eq!(explanation.verdict, headstart_core::engine::Verdict::Shown);
            }
        }
    }

    #[test]
    fn every_message_has_an_id_of_its_own(history in any_history()) {
        // Milestones that happen once to a person repeat only when the person does: after a reset.
        let history: Vec<_> = history
            .into_iter()
            .filter(|(input, ..)| {
                let is_person = matches!(input, Input::Reset { .. } | Input::Identified { .. });
                !is_person && !matches!(input, Input::ConsentDenied)
            })
            .collect();
        let (effects, _) = play(&history);
        let mut ids: Vec<_> =
            effects.iter().flat_map(|effects| super::messages(effects)).map(|message| message.id).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
    }

    #[test]
    fn without_consent_nothing_is_told_or_kept_and_nobody_is_named(history in any_history()) {
        let mut page = Page::new();
        page.apply(Input::Booted(boot(Known::default())));
        let mut denied = false;
        for (input, pass, clock_set) in history {
            page.pass(pass);
            page.now.wall += clock_set;
            denied = match &input {
                Input::ConsentDenied => true,
                Input::ConsentGranted { .. } => false,
                _ => denied,
            };
            let effects = page.apply(input);
            if denied {
                prop_assert_eq!(effects.iter().find(|effect| effect.is_tracking()), None);
                prop_assert_eq!(page.engine.person(), &Person::default());
                prop_assert_eq!(page.engine.clock().record(), None);
                let known = page.engine.known();
                prop_assert!(known.sightings.is_empty() && known.clicked.is_empty());
                prop_assert!(known.traits.is_empty() && known.account_traits.is_empty());
                prop_assert!(known.runs.values().all(|run| run.tasks.is_empty()));
                prop_assert_eq!(page.view().checklist, None);
            }
        }
    }

    #[test]
    fn an_answer_that_is_never_no_changes_nothing_of_what_is_told(history in any_history()) {
        let history: Vec<_> = history
            .into_iter()
            .filter(|(input, ..)| {
                !matches!(input, Input::ConsentDenied | Input::ConsentGranted { .. })
            })
            .collect();
        let play = |consent| {
            let mut page = Page::starting_with(Start { consent, ..Start::default() });
            page.apply(Input::Booted(boot(Known::default())));
            for (input, pass, clock_set) in &history {
                page.pass(*pass);
                page.now.wall += clock_set;
                page.apply(input.clone());
            }
            let anonymous = page.engine.person().anonymous.clone();
            page.apply(Input::ConsentGranted { anonymous });
            super::messages(&page.effects)
        };
        prop_assert_eq!(play(Consent::Pending), play(Consent::Granted));
    }
}
