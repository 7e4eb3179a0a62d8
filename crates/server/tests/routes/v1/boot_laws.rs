//! Whatever somebody does on a page: what the page knows of their progress, and what the collector folds
//! from the events that the page has sent, are the same, so that another device shows the same.

use headstart_core::content::Snooze;
use headstart_core::engine::Start;
use headstart_core::facts::ElementFact;
use headstart_core::run::Mark;
use headstart_core::session::Signal;
use headstart_core::time::{Now, Span};
use headstart_core::{
    Act, Boot, ContentId, Effect, Engine, Input, Known, Location, Map, Message, Person, Properties,
    Run,
};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use crate::support::{Collector, MINUTE, NOW, SECOND, run};

/// Of each kind something, and a checklist with all that a task can have.
fn content() -> serde_json::Value {
    let page = |path: &str| json!({ "page": { "path": path } });
    json!([
        {
            "id": "list", "kind": "checklist", "title": "L", "activation": true, "next": "modal",
            "tasks": [
                { "id": "create", "title": "C", "done_when": { "event": { "name": "Created" } } },
                { "id": "look", "title": "L", "done_when": page("/team"), "markable": true },
                { "id": "invite", "title": "I", "markable": true, "skippable": true, "due": "20m" },
                { "id": "tour", "title": "T", "required": false,
                  "action": { "label": "Show me", "start": "tour" } }
            ]
        },
        {
            "id": "other", "kind": "checklist", "title": "O", "priority": -1,
            "tasks": [{ "id": "create", "title": "C", "markable": true,
                        "unlock_when": { "event": { "name": "Created", "at_least": 2 } } }]
        },
        {
            "id": "tour", "kind": "tour", "title": "T", "trigger": page("/team"),
            "steps": [
                { "id": "one", "title": "1" },
                { "id": "two", "title": "2", "target": "#a", "advance_on_target": true,
                  "wait": "5m", "if_missing": "skip" },
                { "id": "three", "title": "3", "page": { "path": "/team" },
                  "advance_when": { "event": { "name": "Created" } } },
                { "id": "four", "title": "4" }
            ]
        },
        { "id": "tip", "kind": "tip", "title": "T", "target": "#a", "frequency": { "every": "10m" },
          "action": { "label": "Go", "path": "/team" } },
        { "id": "hint", "kind": "tip", "form": "hint", "title": "H", "target": "#a",
          "frequency": "until_done" },
        { "id": "banner", "kind": "banner", "title": "B", "frequency": "every_session",
          "actions": [{ "label": "Later", "snooze": "5m" }, { "label": "Close", "close": true }] },
        { "id": "modal", "kind": "modal", "title": "M", "frequency": "until_dismissed",
          "trigger": { "event": { "name": "Created" } }, "action": { "label": "OK", "close": true } },
        { "id": "kept", "kind": "modal", "title": "K", "holdout": 100 }
    ])
}

fn any_act() -> impl Strategy<Value = Act> {
    let content = || {
        let all = [
            "list", "other", "tour", "tip", "hint", "banner", "modal", "kept", "none",
        ];
        select(all.to_vec()).prop_map(ContentId::from)
    };
    let task = || select(vec!["create", "look", "invite", "tour"]);
    let mark = select(vec![Mark::Open, Mark::Skipped, Mark::Done]);
    let snooze = prop_oneof![
        Just(Snooze::NextSession),
        Just(Snooze::For(Span::from_seconds(600)))
    ];
    prop_oneof![
        1 => content().prop_map(Act::Open),
        2 => (content(), prop::option::of(task()), 0..2_usize).prop_map(|(content, task, button)| {
            Act::Press {
                content,
                task: task.map(Into::into),
                button,
            }
        }),
        3 => content().prop_map(Act::Dismiss),
        2 => (content(), snooze).prop_map(|(id, snooze)| Act::Snooze(id, snooze)),
        1 => (content(), task()).prop_map(|(id, task)| Act::Complete(id, task.into())),
        3 => (select(vec!["list", "other"]), task(), mark)
            .prop_map(|(id, task, mark)| Act::Mark(id.into(), task.into(), mark)),
        2 => content().prop_map(Act::Show),
        3 => Just(Act::Next("tour".into())),
        1 => Just(Act::Back("tour".into())),
        1 => any::<bool>().prop_map(Act::Hush),
    ]
}

fn any_input() -> impl Strategy<Value = Input> {
    let signal = prop_oneof![
        1 => any::<bool>().prop_map(Signal::Focused),
        4 => Just(Signal::Active),
        2 => Just(Signal::Tick),
    ];
    prop_oneof![
        3 => Just("Created").prop_map(|event| Input::Tracked {
            event: event.into(),
            properties: Properties::new(),
            at: 0,
        }),
        3 => select(vec!["/", "/team"])
            .prop_map(|path| Input::PageChanged(Location { path: path.into(), ..Location::default() })),
        3 => any::<bool>().prop_map(|visible| Input::Element {
            selector: "#a".into(),
            fact: ElementFact { present: visible, visible, ..ElementFact::default() },
        }),
        1 => Just(Input::Clicked("#a".into())),
        4 => signal.prop_map(|signal| Input::Signal { signal, stored: None }),
        12 => any_act().prop_map(Input::Acted),
    ]
}

/// A browser with the widget in it.
struct Page {
    engine: Engine,
    now: Now,
    sent: Vec<Message>,
}

impl Page {
    fn open(boot: Boot) -> Self {
        let person = Person {
            anonymous: "browser-1".into(),
            user: None,
        };
        let mut page = Self {
            engine: Engine::new(Start {
                tab: "tab".into(),
                person,
                ..Start::default()
            }),
            now: Now {
                wall: NOW,
                monotonic: 0,
            },
            sent: Vec::new(),
        };
        for signal in [Signal::Visible(true), Signal::Focused(true)] {
            page.apply(Input::Signal {
                signal,
                stored: None,
            });
        }
        page.apply(Input::Booted(boot));
        page
    }

    fn apply(&mut self, input: Input) {
        let input = match input {
            Input::Signal { signal, .. } => Input::Signal {
                signal,
                stored: self.engine.clock().record().cloned(),
            },
            Input::Tracked {
                event, properties, ..
            } => Input::Tracked {
                event,
                properties,
                at: self.now.wall,
            },
            other => other,
        };
        for effect in self.engine.apply(input, self.now) {
            if let Effect::Send(message) = effect {
                self.sent.push(message);
            }
        }
    }

    fn pass(&mut self, millis: i64) {
        self.now.wall += millis;
        self.now.monotonic += millis;
    }
}

async fn boot(collector: &Collector) -> Boot {
    let boot = collector.boot(json!({ "anonymousId": "browser-1" })).await;
    serde_json::from_value(boot).expect("a boot")
}

/// What the page knows in the end, and what the collector does that was told all of it.
async fn play(history: &[(Input, i64)], most_together: usize) -> (Known, Known, Vec<String>) {
    let collector = Collector::with_content(content()).await;
    let mut page = Page::open(boot(&collector).await);
    for (input, pass) in history {
        page.pass(*pass);
        page.apply(input.clone());
    }
    page.apply(Input::Signal {
        signal: Signal::Tick,
        stored: None,
    });
    collector.pass(page.now.wall - NOW);
    let messages: Vec<serde_json::Value> = page
        .sent
        .iter()
        .map(|message| serde_json::to_value(message.to_value()).expect("JSON"))
        .collect();
    for together in messages.chunks(most_together) {
        let answer = collector.batch(json!(together)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    let events = page.sent.iter().map(|message| format!("{message:?}"));
    let events = events.collect();
    (
        page.engine.known().clone(),
        boot(&collector).await.known,
        events,
    )
}

/// The runs of which there is anything to say.
fn runs(known: &Known) -> Map<ContentId, Run> {
    let runs = known.runs.iter();
    runs.filter(|(_, run)| **run != Run::default())
        .map(|(id, run)| (id.clone(), run.clone()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_collector_knows_of_progress_what_the_page_knows(
        history in prop::collection::vec((any_input(), 0..15 * MINUTE), 1..60),
        most_together in 1..40_usize,
    ) {
        let (page, collector, events) = run(play(&history, most_together));
        prop_assert_eq!(runs(&page), runs(&collector), "{:#?}", events);
        prop_assert_eq!(page.interruptions, collector.interruptions);
        prop_assert_eq!(page.quiet_since, collector.quiet_since);
        prop_assert_eq!(page.hushed, collector.hushed);
    }
}

#[test]
fn a_history_with_a_bit_of_everything_comes_to_the_same() {
    let act = |act| (Input::Acted(act), 15 * SECOND);
    let go = |path: &str| {
        let page = Location {
            path: path.into(),
            ..Location::default()
        };
        (Input::PageChanged(page), 15 * SECOND)
    };
    let history = [
        act(Act::Open("list".into())),
        act(Act::Mark("list".into(), "invite".into(), Mark::Skipped)),
        act(Act::Mark("list".into(), "invite".into(), Mark::Open)),
        go("/team"),
        act(Act::Next("tour".into())),
        act(Act::Snooze("tour".into(), Snooze::NextSession)),
        act(Act::Hush(true)),
        act(Act::Hush(false)),
        act(Act::Dismiss("banner".into())),
        act(Act::Show("tour".into())),
    ];
    let (page, collector, _) = run(play(&history, 100));
    let known = collector.clone();
    assert_eq!(runs(&page), runs(&collector));
    let run = |id: &str| known.run(&id.into());
    assert_eq!(
        run("tour").step.clone().map(|(_, step)| step),
        Some("two".into()),
        "resumed where it was left"
    );
    assert!(
        run("tour")
            .snoozed
            .is_some_and(|(_, until)| until == i64::MAX)
    );
    assert!(run("list").marks.contains_key("invite"));
    assert!(run("banner").is_dismissed());
    assert!(run("kept").withheld_at.is_some());
    assert_eq!(known.hushed.map(|(_, hushed)| hushed), Some(false));
    assert_eq!(known.interruptions.len(), 1, "one tour that came by itself");
    assert!(known.quiet_since.is_some());
    assert_eq!(page.quiet_since, known.quiet_since);
}
