//! Commands: what hosts can call, `headstart(name, …)`. Whatever they pass, nothing is thrown; what
//! makes no sense is said in the console, with the remedy.

use std::rc::Rc;

use headstart_core::engine::{Check, Reason, Verdict};
use headstart_core::event::name::OWN;
use headstart_core::language::is_tag;
use headstart_core::outbox::Kind;
use headstart_core::text::{concat, digits};
use headstart_core::{Act, ContentId, Input, Properties, UserId};
use js_sys::{Array, Function, Object};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::callbacks::NAMES;
use crate::native::{get, set};
use crate::runtime::{Early, Runtime};
use crate::told::answering;
use crate::value::{read_properties, text_of};

/// The longest name of an event, user or account, in bytes.
const LONGEST_NAME: usize = 500;

/// Texts that stand where an id should be when a host's variable was empty.
const NO_IDS: [&str; 8] = [
    "undefined",
    "null",
    "NaN",
    "Infinity",
    "-Infinity",
    "[object Object]",
    "true",
    "false",
];

/// How what is said of a call begins.
const CALL_OF: &str = "call of '";

/// What is wrong with a call, and the remedy.
type Complaint = String;

/// Carries out one call made at `time` (wall milliseconds), perhaps before the widget was there.
/// Answers what the command answers, most of the time `undefined`.
pub fn call(runtime: &Rc<Runtime>, time: f64, args: &Array, early: Option<Early>) -> JsValue {
    if !runtime.is_alive() {
        return JsValue::UNDEFINED;
    }
    runtime.finish();
    let name = args.get(0).as_string().unwrap_or_default();
    let frequent = match name.as_str() {
        "track" => Some(Kind::Track),
        "page" => Some(Kind::Page),
        _ => None,
    };
    // Before anything is looked at: what a loop costs is this.
    if let Some(kind) = frequent.filter(|_| !runtime.takes_call(time)) {
        runtime.transport.refuse_call(kind);
        return JsValue::UNDEFINED;
    }
    let call = Call {
        runtime,
        time,
        name,
        first: args.get(1),
        second: args.get(2),
        third: args.get(3),
        early,
    };
    call.carry_out().unwrap_or_else(|complaint| {
        runtime
            .console
            .warn(&[CALL_OF, &call.name, "': ", &complaint]);
        JsValue::UNDEFINED
    })
}

struct Call<'a> {
    runtime: &'a Rc<Runtime>,
    time: f64,
    name: String,
    first: JsValue,
    second: JsValue,
    third: JsValue,
    /// Where it comes from, if it was made before the widget was there.
    early: Option<Early>,
}

impl Call<'_> {
    fn carry_out(&self) -> Result<JsValue, Complaint> {
        let runtime = self.runtime;
        match self.name.as_str() {
            "identify" => self.identify()?,
            "group" => self.say(Input::Grouped {
                account: self
                    .id("account", "leave the call out while there is none")?
                    .into(),
                traits: self.properties(&self.second, "traits")?,
            }),
            "track" => self.say(Input::Tracked {
                event: self.event()?,
                properties: self.properties(&self.second, "properties")?,
                at: self.at(),
            }),
            "page" => self.say(self.page()?),
            "complete" => self.act(Act::Complete(self.content()?, self.task()?.into())),
            // The rest was about a page that is gone.
            _ if self.early.as_ref().is_some_and(|early| early.left) => {}
            "tips" => self.tips()?,
            "language" => self.language()?,
            "show" => self.act(Act::Show(self.content_id()?)),
            "dismiss" => self.act(Act::Dismiss(self.content()?)),
            "on" => self.on()?,
            "consent" => self.consent()?,
            "reset" => runtime.dispatch(Input::Reset {
                anonymous: runtime.native.unique().into(),
            }),
            "explain" => return Ok(rows(runtime)),
            "debug" => return Ok(debug(runtime)),
            "destroy" => runtime.end(),
            _ => {
                return Err(
                    "there is no such command; there are identify, group, track, page, show, dismiss, complete, tips, language, on, consent, reset, explain, debug and destroy"
                        .to_owned(),
                );
            }
        }
        Ok(JsValue::UNDEFINED)
    }

    fn identify(&self) -> Result<(), Complaint> {
        let runtime = self.runtime;
        let user = self.id("user", "when they sign out, call headstart('reset')")?;
        let user = UserId::from(user);
        let traits = self.properties(&self.second, "traits")?;
        let mut is_news = false;
        let token = if self.third.is_undefined() {
            JsValue::UNDEFINED
        } else {
            get(&self.third, "token")
        };
        if let Some(token) = token.as_string() {
            is_news = runtime.tokens.set(user.clone(), token);
        } else if !(token.is_undefined() || token.is_null()) {
            return Err("its token must be a text, the JWT that your backend signed".to_owned());
        }
        let of = user.clone();
        self.say(Input::Identified { user, traits });
        if is_news {
            runtime.prove(&of);
        }
        Ok(())
    }

    fn tips(&self) -> Result<(), Complaint> {
        let hushed = match self.first.as_string().as_deref() {
            Some("on") => false,
            Some("off") => true,
            _ => return Err("its second argument must be 'on' or 'off'".to_owned()),
        };
        self.act(Act::Hush(hushed));
        Ok(())
    }

    fn language(&self) -> Result<(), Complaint> {
        let language = self
            .first
            .as_string()
            .filter(|tag| is_tag(tag))
            .ok_or("its second argument must be a language's tag, such as 'de' or 'pt-BR'")?;
        self.runtime.speak(language);
        Ok(())
    }

    fn say(&self, input: Input) {
        match self.early.clone() {
            Some(early) => self.runtime.take_early(early, self.at(), input),
            None => self.runtime.dispatch(input),
        }
    }

    fn act(&self, act: Act) {
        self.say(Input::Acted(act));
    }

    /// When it happened: the call may have waited for the widget to load, but not for the future.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, and what is out of range is not used"
    )]
    fn at(&self) -> i64 {
        let now = self.runtime.native.now().wall;
        let at = self.time as i64;
        if at > 0 && at < now { at } else { now }
    }

    fn id(&self, whose: &str, otherwise: &str) -> Result<String, Complaint> {
        let is_id = self.first.is_string() || self.first.as_f64().is_some();
        let id = text_of(&self.first).filter(|_| is_id).unwrap_or_default();
        let id = id.trim().to_owned();
        if id.is_empty() || NO_IDS.contains(&id.as_str()) || id.len() > LONGEST_NAME {
            return Err(concat(&[
                "its second argument must be the ",
                whose,
                "'s id, a text or a number; ",
                otherwise,
            ]));
        }
        Ok(id)
    }

    fn event(&self) -> Result<String, Complaint> {
        let name = self.first.as_string().unwrap_or_default();
        let name = name.trim();
        if name.is_empty() || name.len() > LONGEST_NAME {
            return Err(
                "its second argument must be the event's name, such as 'Invoice Created'"
                    .to_owned(),
            );
        }
        if OWN.contains(&name) {
            return Err(concat(&[
                "`",
                name,
                "` is an event of Headstart's own; give yours another name",
            ]));
        }
        Ok(name.to_owned())
    }

    fn page(&self) -> Result<Input, Complaint> {
        let named = self.first.as_string();
        let properties = if named.is_none() && self.first.is_object() {
            &self.first
        } else {
            &self.second
        };
        Ok(Input::PageNamed {
            properties: self.properties(properties, "properties")?,
            name: named.filter(|name| !name.is_empty()),
        })
    }

    fn properties(&self, value: &JsValue, what: &str) -> Result<Properties, Complaint> {
        if value.is_undefined() || value.is_null() {
            return Ok(Properties::new());
        }
        let (properties, cut) = read_properties(value).ok_or_else(|| {
            concat(&["its ", what, " must be an object, such as { plan: 'pro' }"])
        })?;
        if cut {
            self.runtime.console.warn(&[
                CALL_OF,
                &self.name,
                "': its ",
                what,
                " are too deep or too many, and what is too much was left out; pass ids instead of documents",
            ]);
        }
        Ok(properties)
    }

    fn content_id(&self) -> Result<ContentId, Complaint> {
        let id = self.first.as_string().unwrap_or_default();
        if id.is_empty() {
            return Err("its second argument must be the id of a piece of content".to_owned());
        }
        Ok(id.into())
    }

    fn content(&self) -> Result<ContentId, Complaint> {
        let id = self.content_id()?;
        if self.runtime.has(&id) {
            Ok(id)
        } else {
            Err(no_content(&id))
        }
    }

    fn task(&self) -> Result<String, Complaint> {
        let id = self.second.as_string().unwrap_or_default();
        if id.is_empty() {
            return Err("its third argument must be the id of a task".to_owned());
        }
        Ok(id)
    }

    fn on(&self) -> Result<(), Complaint> {
        let name = self.first.as_string().unwrap_or_default();
        let is_action = name
            .strip_prefix("action:")
            .is_some_and(|action| !action.is_empty());
        if !is_action && !NAMES.contains(&name.as_str()) {
            return Err(
                "its second argument must be ready, navigate, shown, started, task_completed, completed, activated, step, dismissed, snoozed, recalled, task_skipped, task_reopened or action:NAME"
                    .to_owned(),
            );
        }
        let callback = self.second.dyn_ref::<Function>().cloned();
        let callback = callback.ok_or("its third argument must be a function")?;
        if name == "ready" && self.runtime.is_ready() {
            crate::callbacks::run(&callback, &name, &self.runtime.console);
        } else {
            self.runtime.callbacks.add(&name, &callback);
        }
        Ok(())
    }

    fn consent(&self) -> Result<(), Complaint> {
        let granted = match self.first.as_string().as_deref() {
            Some("granted") => true,
            Some("denied") => false,
            _ => return Err("its second argument must be 'granted' or 'denied'".to_owned()),
        };
        if self.runtime.set_consent(granted) {
            return Ok(());
        }
        Err(
            "the browser refuses for its user (Global Privacy Control), which goes before; where it need not, the script may have data-gpc=\"ignore\""
                .to_owned(),
        )
    }
}

/// How each piece of content stands, as JavaScript gets it: whether it is shown, else the first reason why not,
/// and what its conditions came to, each in the form of what was written.
fn rows(runtime: &Runtime) -> JsValue {
    let rows = Array::new();
    for one in runtime.explain() {
        let reason = match &one.verdict {
            Verdict::Shown => None,
            Verdict::Hidden(reason) => Some(reason),
        };
        let tasks = Array::new();
        for check in &one.checks.tasks {
            tasks.push(&outcome(check.as_ref()));
        }
        let checks = object(&[
            ("audience", outcome(one.checks.audience.as_ref())),
            ("trigger", outcome(one.checks.trigger.as_ref())),
            ("tasks", tasks.into()),
        ]);
        rows.push(&object(&[
            ("content", one.content.as_str().into()),
            ("shown", reason.is_none().into()),
            ("reason", text(reason.map(Reason::code))),
            (
                "detail",
                text(reason.and_then(|reason| detail(runtime, reason)).as_deref()),
            ),
            ("checks", checks),
        ]));
    }
    rows.into()
}

/// What one condition came to, and those in it.
fn outcome(check: Option<&Check>) -> JsValue {
    let Some(check) = check else {
        return JsValue::NULL;
    };
    let parts = Array::new();
    for part in &check.parts {
        parts.push(&outcome(Some(part)));
    }
    object(&[("holds", check.holds.into()), ("parts", parts.into())])
}

/// What a reason is about.
fn detail(runtime: &Runtime, reason: &Reason) -> Option<String> {
    Some(match reason {
        Reason::Snoozed(i64::MAX) => return None,
        Reason::Snoozed(until) | Reason::Quiet(until) => digits(*until),
        Reason::Busy(busy) => busy.name().to_owned(),
        Reason::LowerPriority(other) => other.0.clone(),
        Reason::TargetMissing(selector) => runtime.near(selector),
        _ => return None,
    })
}

fn text(text: Option<&str>) -> JsValue {
    text.map_or(JsValue::NULL, JsValue::from)
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        set(&object, name, value);
    }
    object.into()
}

#[wasm_bindgen(module = "/www/explain.js")]
extern "C" {
    /// Opens the explainer, which asks what is going on while it is open.
    #[wasm_bindgen(js_name = openExplainer)]
    fn open_explainer(read: &JsValue);
}

/// Opens the explainer, and answers what is going on.
fn debug(runtime: &Rc<Runtime>) -> JsValue {
    explain(runtime);
    let state = state(runtime);
    runtime.console.show(&state);
    state
}

/// Opens the explainer.
pub fn explain(runtime: &Rc<Runtime>) {
    runtime.refresher.debug();
    let weak = Rc::downgrade(runtime);
    let read = answering(move |_| {
        let runtime = weak.upgrade().filter(|runtime| runtime.is_alive());
        runtime.map_or(JsValue::UNDEFINED, |runtime| state(&runtime))
    });
    // It is held by the explainer as long as that is open.
    open_explainer(&read.into_js_value());
}

/// What is going on, as an object.
fn state(runtime: &Runtime) -> JsValue {
    let person = runtime.person();
    object(&[
        ("anonymousId", person.anonymous.as_str().into()),
        ("userId", text(person.user.as_ref().map(UserId::as_str))),
        ("content", rows(runtime)),
        ("queue", runtime.transport.report().into()),
        ("documents", runtime.documents()),
        ("events", runtime.log.events().into()),
    ])
}

/// What to say of content that this user does not get.
pub fn no_content(id: &ContentId) -> String {
    concat(&[
        "there is no content `",
        id.as_str(),
        "` for this user; check the id, and whether it is published",
    ])
}
