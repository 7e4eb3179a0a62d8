//! Drawing: Yew's nodes, of [templates](super::template) and the values for their holes.
//!
//! Yew's own `html!` writes out, for every element, the code that makes it, which is three times the bytes of
//! all this.

use headstart_core::text::digits;
use std::rc::Rc;

use headstart_core::Act;
use wasm_bindgen::JsCast;
use web_sys::Event;
use yew::virtual_dom::{
    AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VNode, VTag, VText,
};
use yew::{AttrValue, Callback, KeyboardEvent, MouseEvent};

use super::template::{
    ATTRIBUTES, CLICK, ELEMENT, END, FILLED, FIRST, FIXED, HOLE, KEY, KEYDOWN, NAMES, TAGS,
};
use super::words::{Word, say};

/// What is being drawn: a template, and the values for its holes as far as they have come.
pub(super) struct Drawing(Box<Draft>);

struct Draft {
    act: Callback<Act>,
    template: &'static str,
    values: Vec<Value>,
}

/// What fills a hole.
enum Value {
    /// No attribute.
    Nothing,
    Text(AttrValue),
    Node(VNode),
    Act(Act),
}

impl Drawing {
    /// Begins with a template's steps. What the user does goes to `act`.
    #[inline(never)]
    pub(super) fn new(act: &Callback<Act>, template: &'static str) -> Self {
        Self(Box::new(Draft {
            act: act.clone(),
            template,
            values: Vec::new(),
        }))
    }

    #[inline(never)]
    fn with(mut self, value: Value) -> Self {
        self.0.values.push(value);
        self
    }

    /// Draws it. Values that the template has no hole for come after it.
    #[inline(never)]
    pub(super) fn node(self) -> VNode {
        let mut painter = Painter {
            act: self.0.act,
            steps: self.0.template,
            values: self.0.values.into_iter(),
        };
        let mut around = element("");
        painter.paint(&mut around);
        let mut node = around.into_children().unwrap_or_default();
        let nodes = node.to_vlist_mut();
        if nodes.len() == 1 && painter.values.as_slice().is_empty() {
            // A list around it would hide its key from the list that it becomes part of.
            return nodes.pop().unwrap_or_default();
        }
        for value in painter.values {
            nodes.add_child(value.node());
        }
        node
    }
}

impl Value {
    fn node(self) -> VNode {
        match self {
            Self::Text(text) => VText::new(text).into(),
            Self::Node(node) => node,
            _ => VNode::default(),
        }
    }
}

/// What can fill a hole.
pub(super) trait Fill {
    /// Fills the next one.
    fn fill(self, drawing: Drawing) -> Drawing;
}

/// A text, or the value of an attribute.
impl Fill for &str {
    #[inline(never)]
    fn fill(self, drawing: Drawing) -> Drawing {
        drawing.with(Value::Text(Rc::<str>::from(self).into()))
    }
}

impl Fill for String {
    #[inline(never)]
    fn fill(self, drawing: Drawing) -> Drawing {
        self.as_str().fill(drawing)
    }
}

impl Fill for u32 {
    #[inline(never)]
    fn fill(self, drawing: Drawing) -> Drawing {
        digits(self).fill(drawing)
    }
}

impl Fill for Word {
    #[inline(never)]
    fn fill(self, drawing: Drawing) -> Drawing {
        say(self).fill(drawing)
    }
}

/// An attribute that is there, without a value, or is not.
impl Fill for bool {
    #[inline(never)]
    fn fill(self, drawing: Drawing) -> Drawing {
        self.then_some("").fill(drawing)
    }
}

/// What the user does there: a click, Escape, or whatever else closes a dialog.
impl Fill for Act {
    #[inline(never)]
    fn fill(self, drawing: Drawing) -> Drawing {
        drawing.with(Value::Act(self))
    }
}

impl Fill for VNode {
    #[inline(never)]
    fn fill(self, drawing: Drawing) -> Drawing {
        drawing.with(Value::Node(self))
    }
}

impl Fill for Drawing {
    #[inline(never)]
    fn fill(self, drawing: Drawing) -> Drawing {
        self.node().fill(drawing)
    }
}

/// Perhaps nothing.
impl<T: Fill> Fill for Option<T> {
    #[inline(never)]
    fn fill(self, drawing: Drawing) -> Drawing {
        match self {
            Some(value) => value.fill(drawing),
            None => drawing.with(Value::Nothing),
        }
    }
}

/// Whether, as attributes say it that are always there.
pub(super) fn truth(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

/// Follows a template.
struct Painter {
    act: Callback<Act>,
    /// What is left of it.
    steps: &'static str,
    values: std::vec::IntoIter<Value>,
}

impl Painter {
    /// The next byte, or the end of an element after the last.
    fn step(&mut self) -> u8 {
        let step = self.steps.as_bytes().first().copied();
        self.steps = self.steps.get(1..).unwrap_or_default();
        step.unwrap_or(END)
    }

    fn code(&mut self) -> usize {
        usize::from(self.step() - FIRST)
    }

    fn text(&mut self) -> &'static str {
        let end = self.steps.bytes().position(|byte| byte < FIRST);
        let (text, rest) = self.steps.split_at(end.unwrap_or_default());
        self.steps = rest;
        text
    }

    fn value(&mut self) -> Value {
        self.values.next().unwrap_or(Value::Nothing)
    }

    /// Draws what is left of an element.
    fn paint(&mut self, tag: &mut VTag) {
        loop {
            match self.step() {
                ELEMENT => {
                    let mut child = element(TAGS[self.code()]);
                    self.paint(&mut child);
                    tag.add_child(child.into());
                }
                FIXED => {
                    let code = self.code();
                    put(tag, code, self.text().into());
                }
                FILLED => {
                    let code = self.code();
                    match self.value() {
                        Value::Text(text) if code == KEY => tag.key = Some(Key::from(&*text)),
                        Value::Text(text) => put(tag, code, text),
                        Value::Act(act) => self.listen(tag, code, Some(act)),
                        _ if code == KEYDOWN => self.listen(tag, code, None),
                        _ => {}
                    }
                }
                HOLE => tag.add_child(self.value().node()),
                _ => return,
            }
        }
    }

    fn listen(&self, tag: &mut VTag, code: usize, act: Option<Act>) {
        listen(tag, code, act, &self.act);
    }
}

static KEYS: [&str; ATTRIBUTES] = {
    let mut keys = [""; ATTRIBUTES];
    let mut index = 0;
    while index < ATTRIBUTES {
        keys[index] = NAMES[index];
        index += 1;
    }
    keys
};

/// An element without anything.
pub(super) fn element(tag: &'static str) -> VTag {
    let mut tag = VTag::new(tag);
    tag.attributes = Attributes::Dynamic {
        keys: &KEYS,
        values: Box::new([const { None }; ATTRIBUTES]),
    };
    tag
}

/// Gives an [element] an attribute, if it is one of those that elements may have.
pub(super) fn set(tag: &mut VTag, name: &str, value: &str) {
    if let Some(code) = KEYS.iter().position(|key| *key == name) {
        put(tag, code, Rc::<str>::from(value).into());
    }
}

fn put(tag: &mut VTag, code: usize, value: AttrValue) {
    if let Attributes::Dynamic { values, .. } = &mut tag.attributes {
        values[code] = Some(AttributeOrProperty::Attribute(value));
    }
}

/// Has a click on an element do this.
pub(super) fn click(tag: &mut VTag, act: Act, emit: &Callback<Act>) {
    listen(tag, CLICK, Some(act), emit);
}

fn listen(tag: &mut VTag, code: usize, act: Option<Act>, emit: &Callback<Act>) {
    let kind = match code {
        CLICK => ListenerKind::onclick,
        KEYDOWN => ListenerKind::onkeydown,
        _ => ListenerKind::oncancel,
    };
    let emit = emit.clone();
    tag.add_listener(Rc::new(Handler { kind, act, emit }));
}

/// What happens when the user does something to an element.
struct Handler {
    kind: ListenerKind,
    act: Option<Act>,
    emit: Callback<Act>,
}

impl Handler {
    fn emit(&self) {
        if let Some(act) = &self.act {
            self.emit.emit(act.clone());
        }
    }

    /// Of keys: Escape does it, if there is anything to be done. The keys that work our buttons are kept from the
    /// page, which may have shortcuts on them.
    fn press(&self, event: &KeyboardEvent) {
        match event.key().as_str() {
            "Escape" if self.act.is_some() => {
                event.prevent_default();
                event.stop_propagation();
                self.emit();
            }
            "Enter" | " " => event.stop_propagation(),
            _ => {}
        }
    }

    /// Of a link: with a key held down the browser opens a tab or a window of its own.
    fn follow(&self, event: &MouseEvent) {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
            event.prevent_default();
            self.emit();
        }
    }
}

impl Listener for Handler {
    fn kind(&self) -> ListenerKind {
        self.kind.clone()
    }

    fn passive(&self) -> bool {
        false
    }

    fn handle(&self, event: Event) {
        if self.kind == ListenerKind::onkeydown {
            self.press(event.unchecked_ref());
        } else if matches!(self.act, Some(Act::Go(_))) {
            self.follow(event.unchecked_ref());
        } else {
            self.emit();
        }
    }
}
