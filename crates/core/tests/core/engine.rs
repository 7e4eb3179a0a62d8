//! The engine, driven as a browser drives it.

mod asking;
mod checklist;
mod consent;
mod coordination;
mod delivery;
mod explain;
mod guide;
mod language;
mod laws;
mod messages;
mod missing;
mod prefill;
mod reminder;
mod session;
mod snooze;
mod tabs;
mod tasks;
mod tip;
mod tour;
mod watching;

use headstart_core::engine::{CardView, Limits, Settings, Start, Verdict};
use headstart_core::facts::{Busy, ElementFact};
use headstart_core::session::{IDLE, Signal};
use headstart_core::time::{DAY, MINUTE, Now};
use headstart_core::{
    Act, Body, Boot, Content, Effect, Engine, Input, Known, Location, Message, Person, Properties,
    View,
};
use serde_json::{Value as Json, json};

/// When a page begins, wall milliseconds.
const START: i64 = 1_000 * DAY;

/// A page with the widget on it.
struct Page {
    engine: Engine,
    now: Now,
    effects: Vec<Effect>,
}

impl Page {
    /// A page that was opened, looked at, and booted with this content.
    fn with(content: &[Json]) -> Self {
        let mut page = Self::new();
        page.signal(Signal::Visible(true));
        page.signal(Signal::Focused(true));
        page.boot(content, Known::default());
        page
    }

    /// A page on which nothing has happened yet.
    fn new() -> Self {
        Self::starting_with(Start::default())
    }

    /// The same, with more of what the browser's storage and the page's settings have.
    fn starting_with(start: Start) -> Self {
        let person = Person {
            anonymous: "anon".into(),
            user: None,
        };
        let engine = Engine::new(Start {
            tab: "tab".into(),
            person,
            ..start
        });
        Self {
            engine,
            now: Now {
                wall: START,
                monotonic: 0,
            },
            effects: Vec::new(),
        }
    }

    fn apply(&mut self, input: Input) -> Vec<Effect> {
        let effects = self.engine.apply(input, self.now);
        self.effects.extend(effects.iter().cloned());
        effects
    }

    fn boot(&mut self, content: &[Json], known: Known) -> Vec<Effect> {
        self.boot_within(Limits::default(), content, known)
    }

    /// The same in a project that limits how often users are interrupted.
    fn boot_within(&mut self, limits: Limits, content: &[Json], known: Known) -> Vec<Effect> {
        let content: Vec<Content> = content
            .iter()
            .map(|document| serde_json::from_value(document.clone()).unwrap())
            .collect();
        let settings = Settings {
            limits,
            ..Settings::default()
        };
        self.apply(Input::Booted(Boot {
            content,
            known,
            settings,
            ..Boot::default()
        }))
    }

    /// The same page loaded anew, with what the browser's storage keeps.
    fn reload(&mut self, content: &[Json]) -> Vec<Effect> {
        self.engine = Engine::new(Start {
            tab: "reloaded".into(),
            person: self.engine.person().clone(),
            known: self.engine.known().clone(),
            ui: self.engine.ui().clone(),
            ..Start::default()
        });
        let record = Some(self.session_record());
        let visible = Signal::Visible(true);
        self.apply(Input::Signal {
            signal: visible,
            stored: record,
        });
        self.signal(Signal::Focused(true));
        self.boot(content, Known::default())
    }

    fn session_record(&self) -> headstart_core::session::SessionRecord {
        let last = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::SaveSession(record) => Some(record.clone()),
            _ => None,
        });
        last.expect("a session was begun")
    }

    /// The user goes away for longer than a session lasts, and comes back.
    fn next_session(&mut self) -> Vec<Effect> {
        self.signal(Signal::Visible(false));
        self.pass(IDLE + MINUTE);
        self.signal(Signal::Visible(true))
    }

    fn busy(&mut self, busy: Option<Busy>) -> Vec<Effect> {
        self.apply(Input::Busy(busy))
    }

    /// Presses a button of a guide.
    fn press(&mut self, content: &str, button: usize) -> Vec<Effect> {
        self.act(Act::Press {
            content: content.into(),
            task: None,
            button,
        })
    }

    /// Presses a button of a guide that asks the host, and answers what the host's answer goes by.
    fn press_asking(&mut self, content: &str, button: usize) -> u32 {
        let effects = self.press(content, button);
        asked(&effects).first().expect("the host is asked").0
    }

    /// The host answers.
    fn answer(&mut self, id: u32, done: bool) -> Vec<Effect> {
        self.apply(Input::Answered { id, done })
    }

    /// Some time passes in which nothing happens but that it does.
    fn wait(&mut self, millis: i64) -> Vec<Effect> {
        self.pass(millis);
        self.signal(Signal::Tick)
    }

    /// The content that has the user's attention.
    fn up(&self) -> Option<String> {
        let view = self.view();
        view.interruption().map(|card| card.content.to_string())
    }

    fn card(&self, id: &str) -> Option<CardView> {
        let cards = self.view().cards;
        cards.into_iter().find(|card| card.content.as_str() == id)
    }

    /// The step of a tour that is on screen.
    fn step(&self) -> Option<String> {
        self.view().interruption().map(|card| card.step.to_string())
    }

    fn signal(&mut self, signal: Signal) -> Vec<Effect> {
        let stored = self.engine.clock().record().cloned();
        self.apply(Input::Signal { signal, stored })
    }

    fn track(&mut self, event: &str) -> Vec<Effect> {
        let at = self.now.wall;
        self.apply(Input::Tracked {
            event: event.into(),
            properties: Properties::new(),
            at,
        })
    }

    fn act(&mut self, act: Act) -> Vec<Effect> {
        self.apply(Input::Acted(act))
    }

    fn go(&mut self, path: &str) -> Vec<Effect> {
        self.apply(Input::PageChanged(Location {
            path: path.into(),
            ..Location::default()
        }))
    }

    /// A watched element comes into view.
    fn appear(&mut self, selector: &str) -> Vec<Effect> {
        let fact = ElementFact {
            present: true,
            visible: true,
            value: None,
            ..ElementFact::default()
        };
        self.apply(Input::Element {
            selector: selector.into(),
            fact,
        })
    }

    fn vanish(&mut self, selector: &str) -> Vec<Effect> {
        self.apply(Input::Element {
            selector: selector.into(),
            fact: ElementFact::default(),
        })
    }

    fn pass(&mut self, millis: i64) {
        self.now.wall += millis;
        self.now.monotonic += millis;
    }

    fn view(&self) -> View {
        self.engine.view()
    }

    fn verdict(&self, id: &str) -> Verdict {
        let explanations = self.engine.explain(self.now);
        explanations
            .into_iter()
            .find(|one| one.content.as_str() == id)
            .unwrap()
            .verdict
    }
}

/// The names of the events among the effects.
fn tracked(effects: &[Effect]) -> Vec<String> {
    messages(effects)
        .into_iter()
        .filter_map(|message| match message.body {
            Body::Track { event, .. } => Some(event),
            _ => None,
        })
        .collect()
}

/// The messages among the effects.
fn messages(effects: &[Effect]) -> Vec<Message> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Send(message) => Some(message.clone()),
            _ => None,
        })
        .collect()
}

/// The names of the notices to the host among the effects.
fn notices(effects: &[Effect]) -> Vec<String> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Notify(notice) => Some(notice.name.clone()),
            _ => None,
        })
        .collect()
}

/// What the host is asked, and what its answer goes by.
fn asked(effects: &[Effect]) -> Vec<(u32, String)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Notify(notice) => Some((notice.ask?, notice.name.clone())),
            _ => None,
        })
        .collect()
}

/// The moments at which the engine wants to be woken, the last wish.
fn wake(effects: &[Effect]) -> Option<i64> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::WakeAt(at) => Some(*at),
        _ => None,
    })
}

fn plus(mut document: Json, field: &str, value: Json) -> Json {
    document[field] = value;
    document
}

/// A modal that comes up at once.
fn modal(id: &str) -> Json {
    json!({
        "id": id, "version": 1, "kind": "modal", "title": "News",
        "actions": [{"label": "Try it", "path": "/new"}, {"label": "Later", "close": true}]
    })
}

/// A tour of three steps on any page, each at its element.
fn tour() -> Json {
    json!({
        "id": "tour", "version": 1, "kind": "tour", "title": "Around",
        "steps": [
            {"id": "one", "title": "One", "target": "#one"},
            {"id": "two", "title": "Two", "target": "#two"},
            {"id": "three", "title": "Three"}
        ]
    })
}

/// A checklist of two required tasks and an optional one.
fn checklist() -> Json {
    json!({
        "id": "list", "version": 1, "kind": "checklist", "title": "Get started", "activation": true,
        "tasks": [
            {"id": "create", "title": "Create", "done_when": {"event": {"name": "Created"}},
             "action": {"label": "Create one", "path": "/new"}},
            {"id": "send", "title": "Send", "done_when": {"event": {"name": "Sent"}}, "after": ["create"],
             "action": {"label": "Send it", "callback": "send"}},
            {"id": "invite", "title": "Invite", "required": false, "done_when": {"page": {"path": "/team"}},
             "action": {"label": "How", "link": "https://example.com/how"}}
        ]
    })
}

/// A tip that an event brings up.
fn tip() -> Json {
    json!({
        "id": "tip", "version": 1, "kind": "tip", "title": "That was easy", "target": "#templates",
        "trigger": {"event": {"name": "Created", "within": "10m"}},
        "action": {"label": "Show me", "path": "/templates"}
    })
}
