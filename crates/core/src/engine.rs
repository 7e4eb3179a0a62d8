//! The engine: every input goes in here, in order, with the time; effects and the view come out.
//!
//! It is deterministic: the same inputs at the same times give the same effects and the same view.

mod act;
mod asking;
mod attention;
mod cards;
mod consent;
pub mod effect;
pub mod explain;
pub mod input;
mod panel;
mod person;
pub mod prefill;
mod settling;
mod stage;
mod tour;
pub mod view;

use std::mem;

use crate::condition::Device;
use crate::consent::Consent;
use crate::content::Content;
use crate::content::validate::MOST_TASKS;
use crate::event::Event;
use crate::facts::{Busy, ElementFact, Facts};
use crate::id::{ContentId, MessageId, Selector, TabId, TaskId};
use crate::known::Known;
use crate::map::Map;
use crate::message::{Body, Message, Person};
use crate::page::Location;
use crate::session::SessionClock;
use crate::settle::Surroundings;
use crate::text::{concat, digits};
use crate::time::{Now, SECOND};
use crate::value::Properties;

pub use self::effect::{Effect, Notice};
pub use self::explain::{Check, Checks, Explanation, Reason, Verdict};
pub use self::input::{Act, Boot, Input, Limits, Origin, Settings, UiState};
pub use self::prefill::Prefill;
pub use self::view::{
    Asked, ButtonView, CardView, ChecklistView, Due, Label, TaskState, TaskView, View,
};

use self::asking::Asking;
use self::attention::Reported;
use self::consent::Told;
use self::stage::{Circumstances, Stage};

/// Session totals are reported at most this often, milliseconds: with ticks of five seconds, and those
/// up to a second late, at most 15 seconds are unreported when a tab is killed.
pub const REPORT_EVERY: i64 = 9 * SECOND;

/// So often at most what is shown is arranged anew for one input: more often than there are steps in any
/// tour that may be passed over.
const MOST_ROUNDS: usize = MOST_TASKS + 10;

/// Who and where the engine is, as the browser's storage has it at the start of a page.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// This tab; prefixes the message ids it gives out, so it must be new for every page load.
    pub tab: TabId,
    /// The browser, and the user if one is signed in.
    pub person: Person,
    /// What the browser remembers of them.
    pub known: Known,
    /// What was open when the last page was left.
    pub ui: UiState,
    /// Whether the user may be tracked.
    pub consent: Consent,
    /// The names of the query parameters of the page's address that may be sent; no other part of
    /// it ever is.
    pub query: Vec<String>,
}

/// Decides what holds, what is shown and what counts. See the module's own words.
#[derive(Clone, Debug)]
pub struct Engine {
    tab: TabId,
    messages: u64,
    person: Person,
    known: Known,
    contents: Option<Vec<Content>>,
    page: Option<Location>,
    elements: Map<Selector, ElementFact>,
    watched: Map<Selector, bool>,
    clock: SessionClock,
    reported: Option<Reported>,
    ui: UiState,
    stage: Stage,
    wake: Option<i64>,
    called: Option<ContentId>,
    changed: bool,
    consent: Consent,
    /// Whether the user has looked at the page, while there is no session to tell it by.
    looked_at: bool,
    told: Told,
    query: Vec<String>,
    settings: Settings,
    busy: Option<Busy>,
    locale: Option<String>,
    device: Option<Device>,
    /// Content that follows on what has been completed, and when that was.
    following: Vec<(ContentId, i64)>,
    /// The button of which the host is asked, or has failed.
    asking: Option<Asking>,
    /// How often the host was asked.
    asks: u32,
    /// The moment of the last input: what is on screen is as of then.
    now: Now,
    /// What is to be done because of it, as far as that has come up.
    effects: Vec<Effect>,
    /// Of what is being taken in, if it was said before the engine was there.
    early: Option<Origin>,
}

impl Engine {
    /// An engine that has been told nothing yet.
    pub fn new(start: Start) -> Self {
        Self {
            tab: start.tab,
            messages: 0,
            clock: SessionClock::new(start.person.anonymous.clone()),
            person: start.person,
            known: start.known,
            contents: None,
            page: None,
            elements: Map::new(),
            watched: Map::new(),
            reported: None,
            ui: start.ui,
            stage: Stage::default(),
            wake: None,
            called: None,
            changed: false,
            consent: start.consent,
            looked_at: false,
            told: Told::default(),
            query: start.query,
            settings: Settings::default(),
            busy: None,
            locale: None,
            device: None,
            following: Vec::new(),
            asking: None,
            asks: 0,
            now: Now::default(),
            effects: Vec::new(),
            early: None,
        }
    }

    /// Takes in one input at a moment, and says what is to be done. What is to be seen now is
    /// [`Engine::view`].
    pub fn apply(&mut self, input: Input, now: Now) -> Vec<Effect> {
        self.changed = false;
        self.now = now;
        let input = match input {
            Input::Early(origin, said) => {
                self.early = Some(origin);
                *said
            }
            input => input,
        };
        if self.is_denied() {
            self.fold_denied(input);
        } else {
            self.fold(input);
        }
        if self.changed || self.wake.is_some_and(|wake| self.now.wall >= wake) {
            self.settle();
            self.watch();
        }
        self.early = None;
        let mut effects = mem::take(&mut self.effects);
        if self.is_denied() {
            effects.retain(|effect| !effect.is_tracking());
        }
        effects
    }

    /// What is on screen.
    pub fn view(&self) -> View {
        View {
            checklist: self.checklist_view(),
            cards: self.cards(),
            hushed: self.known.is_hushed(),
        }
    }

    /// For every piece of content: shown, or the first reason why not.
    pub fn explain(&self, now: Now) -> Vec<Explanation> {
        self.stage.explain(&self.circumstances(now.wall))
    }

    /// The project's settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What is known of the user, to be kept in the browser's storage.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// What is open, to be kept in the browser's storage.
    pub fn ui(&self) -> &UiState {
        &self.ui
    }

    /// Content that the host called for and the collector has not sent yet: the next boot asks for it
    /// by this id.
    pub fn called(&self) -> Option<&ContentId> {
        self.called.as_ref()
    }

    /// Who the user is.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// Whether the user may be tracked.
    pub fn consent(&self) -> Consent {
        self.consent
    }

    /// The session clock.
    pub fn clock(&self) -> &SessionClock {
        &self.clock
    }

    fn facts(&self) -> Facts<'_> {
        self.surroundings().facts(&self.known, self.now.wall)
    }

    fn surroundings(&self) -> Surroundings<'_> {
        Surroundings {
            person: self.person.key(),
            page: self.page.as_ref(),
            elements: &self.elements,
            session: self.session(),
            locale: self.locale.as_deref(),
            device: self.device,
        }
    }

    fn circumstances(&self, now: i64) -> Circumstances<'_> {
        Circumstances {
            contents: self.contents.as_deref().unwrap_or_default(),
            facts: self.surroundings().facts(&self.known, now),
            denied: self.is_denied(),
            busy: self.busy,
            limits: self.settings.limits,
            checklist: self.stage.checklist(),
        }
    }

    fn fold(&mut self, input: Input) {
        match input {
            Input::Booted(boot) => self.boot(boot),
            Input::Learnt(known) => {
                self.learn(&known);
                self.follow_up_elsewhere();
            }
            Input::Identified { user, traits } => self.identify(user, traits),
            Input::Grouped { account, traits } => self.group(account, traits),
            Input::Tracked {
                event,
                properties,
                at,
            } => {
                let origin = self.origin(at);
                if self.sight(&event, &properties, origin.at, &origin.id) {
                    self.save_known();
                }
                self.tell(origin, Body::Track { event, properties });
            }
            Input::PageNamed {
                name,
                mut properties,
            } => {
                self.add_query(&mut properties);
                let origin = self.origin(self.now.wall);
                self.tell(origin, Body::Page { name, properties });
            }
            Input::PageChanged(page) => self.turn_to(page),
            Input::Element { selector, fact } => self.see(selector, fact),
            Input::Busy(busy) => self.take_busy(busy),
            Input::Surroundings { locale, device } => self.take_surroundings(locale, device),
            Input::Clicked(selector) => self.click(selector),
            Input::Signal { signal, stored } => {
                self.attend(signal, stored.as_ref());
            }
            Input::Acted(act) => self.act(act),
            Input::Answered { id, done } => self.answer(id, done),
            Input::Reset { anonymous } => self.reset(anonymous),
            Input::ConsentGranted { anonymous } => self.grant(anonymous),
            Input::ConsentDenied => self.deny(),
            // Opened by `apply`; of what is early nothing is earlier.
            Input::Early(..) => {}
        }
    }

    fn boot(&mut self, boot: Boot) {
        self.learn(&boot.known);
        let first_seen = self.known.first_seen.unwrap_or(self.now.wall);
        self.known.first_seen = Some(first_seen);
        self.settings = boot.settings;
        self.take_content(boot.content);
        self.follow_up_elsewhere();
        self.sight_session();
        if let Some(called) = self.called.take().filter(|id| self.content(id).is_some()) {
            self.show(&called);
        }
    }

    fn take_content(&mut self, mut content: Vec<Content>) {
        panel::add_reminders(&mut content);
        self.contents = Some(content);
        self.changed = true;
    }

    fn take_busy(&mut self, busy: Option<Busy>) {
        self.changed |= self.busy != busy;
        self.busy = busy;
    }

    fn take_surroundings(&mut self, locale: String, device: Device) {
        let locale = Some(locale);
        let device = Some(device);
        self.changed |= self.locale != locale || self.device != device;
        self.locale = locale;
        self.device = device;
    }

    fn turn_to(&mut self, page: Location) {
        if self.page.as_ref() != Some(&page) {
            self.page = Some(page);
            self.forget_failure();
            self.changed = true;
        }
    }

    fn see(&mut self, selector: Selector, fact: ElementFact) {
        if self.watched.contains_key(&selector) && self.elements.get(&selector) != Some(&fact) {
            self.elements.insert(selector, fact);
            self.changed = true;
        }
    }

    fn click(&mut self, selector: Selector) {
        if !self.watched.contains_key(&selector) {
            return;
        }
        self.follow(&selector);
        if !self.known.clicked.contains_key(&selector) {
            self.known.clicked.insert(selector, self.now.wall);
            self.changed = true;
            self.save_known();
        }
    }

    /// Notes an event for the conditions that ask about it; says whether any does.
    fn sight(&mut self, event: &str, properties: &Properties, at: i64, id: &MessageId) -> bool {
        let mut seen = false;
        let sightings = &mut self.known.sightings;
        for content in self.contents.as_deref().unwrap_or_default() {
            content.each_condition(&mut |single| {
                if let Some(key) = single.counts(event, properties) {
                    sightings.or_default(&key.into_owned()).add(at, id.clone());
                    seen = true;
                }
            });
        }
        self.changed |= seen;
        seen
    }

    /// Tells the collector.
    fn tell(&mut self, origin: Origin, body: Body) {
        self.effects.push(Effect::Send(origin.tell(body)));
    }

    /// Tells the collector of an event of our own.
    fn report_event(&mut self, event: Event) {
        let message = Message::track(event, self.person.clone());
        self.effects.push(Effect::Send(message));
    }

    /// Tells the host's callbacks.
    fn notify(&mut self, name: &str, content: &ContentId, task: Option<TaskId>, ask: Option<u32>) {
        self.effects.push(Effect::Notify(Notice {
            name: name.to_owned(),
            content: content.clone(),
            task,
            ask,
        }));
    }

    fn save_known(&mut self) {
        self.effects.push(Effect::SaveKnown);
    }

    fn save_ui(&mut self) {
        self.effects.push(Effect::SaveUi);
    }

    /// Of what the host says now.
    fn origin(&mut self, at: i64) -> Origin {
        self.early.take().unwrap_or_else(|| self.new_origin(at))
    }

    fn new_origin(&mut self, at: i64) -> Origin {
        Origin {
            id: self.next_id(),
            at,
            person: self.person.clone(),
        }
    }

    fn next_id(&mut self) -> MessageId {
        self.messages += 1;
        MessageId(concat(&[self.tab.as_str(), "-", &digits(self.messages)]))
    }

    /// Asks for the elements that are needed now and not yet watched, and lets go of the others.
    fn watch(&mut self) {
        let denied = self.is_denied();
        let mut needed = Map::new();
        for content in self.contents.as_deref().unwrap_or_default() {
            if !(denied && content.needs_consent()) {
                content.add_elements(&mut needed);
            }
        }
        for selector in self.fields_here() {
            needed.or_default(&selector);
        }
        for gone in self.watched.keys().filter(|old| !needed.contains_key(*old)) {
            self.elements.remove(gone);
            self.effects.push(Effect::Unwatch(gone.clone()));
        }
        for (selector, value) in &needed {
            if self.watched.get(selector) != Some(value) {
                let (selector, value) = (selector.clone(), *value);
                self.effects.push(Effect::Watch { selector, value });
            }
        }
        self.watched = needed;
    }
}
