//! A screen on a page without an engine: what the tests of the user interface share. All tests of
//! one binary share one page, so everything here cleans up after itself.

#![allow(dead_code, reason = "no test binary uses all of it")]

use std::cell::RefCell;
use std::rc::Rc;

use headstart::ui::Screen;
use headstart_core::content::{Form, RichText};
use headstart_core::engine::view::{
    ButtonView, CardView, ChecklistView, Label, TaskState, TaskView,
};
use headstart_core::{Act, View};
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, ShadowRoot};
use yew::Callback;

/// A screen, until it is dropped.
pub struct Stage {
    screen: Option<Screen>,
    acts: Rc<RefCell<Vec<Act>>>,
    root: ShadowRoot,
    /// A piece of the host's page: a field, a link that tips point at, and a box that scrolls.
    pub page: Element,
}

impl Stage {
    /// Puts an empty screen on a page.
    pub fn new() -> Self {
        // A test that fails takes nothing down, and the next must not look at what it left.
        js("for (const left of document.querySelectorAll('[data-headstart]')) left.remove()");
        let page = document().create_element("div").expect("a div");
        page.set_inner_html(
            "<input id='field'><a id='target' href='#target'>Templates</a>
            <div id='scroller'><div><b id='inner' tabindex='0'>Inner</b></div></div>",
        );
        let body = document().body().expect("a body");
        body.append_child(&page).expect("it is new");
        let acts = Rc::new(RefCell::new(Vec::new()));
        let heard = Rc::clone(&acts);
        let act = Callback::from(move |act| heard.borrow_mut().push(act));
        let screen = Screen::mount(&document(), act, true, None).expect("the browser can do it");
        screen.appear().expect("the page has a place for it");
        Self {
            screen: Some(screen),
            acts,
            root: root(),
            page,
        }
    }

    /// A screen that shows this checklist.
    pub async fn with(checklist: ChecklistView) -> Self {
        let stage = Self::new();
        stage.show(checklist).await;
        stage
    }

    /// Shows a checklist, and no tip.
    pub async fn show(&self, checklist: ChecklistView) {
        let view = View {
            checklist: Some(checklist),
            ..View::default()
        };
        self.show_view(view, None).await;
    }

    /// Shows a tip, and no checklist, at the element of the page with this selector.
    pub async fn show_tip(&self, tip: CardView, target: &str) {
        let target = self.page.query_selector(target).expect("a selector");
        let view = View {
            cards: vec![tip],
            ..View::default()
        };
        self.show_view(view, target).await;
    }

    /// Shows a view of one card at most, and waits until it is drawn.
    pub async fn show_view(&self, view: View, target: Option<Element>) {
        self.show_at(view, vec![target]).await;
    }

    /// Shows a view, its cards at these elements, and waits until it is drawn.
    pub async fn show_at(&self, view: View, targets: Vec<Option<Element>>) {
        self.send(view, targets);
        yew::scheduler::flush().await;
    }

    /// Shows a view that is followed by another before it is drawn.
    pub fn send(&self, view: View, targets: Vec<Option<Element>>) {
        let screen = self.screen.as_ref().expect("it is mounted");
        screen.show(view, targets);
    }

    /// Takes the screen off the page.
    pub async fn unmount(&mut self) {
        self.screen.take().expect("it is mounted").unmount();
        yew::scheduler::flush().await;
    }

    /// What the user did since this was last asked.
    pub fn acts(&self) -> Vec<Act> {
        self.acts.take()
    }

    /// The first element with this selector.
    pub fn find(&self, selector: &str) -> HtmlElement {
        self.seek(selector)
            .unwrap_or_else(|| panic!("there is no {selector}"))
    }

    /// The first element with this selector, if there is one.
    pub fn seek(&self, selector: &str) -> Option<HtmlElement> {
        let found = self.root.query_selector(selector).expect("a selector");
        found.map(JsCast::unchecked_into)
    }

    /// Clicks the first element with this selector.
    pub fn click(&self, selector: &str) {
        self.find(selector).click();
    }

    /// Clicks the button that is read out as this.
    pub fn press(&self, name: &str) {
        self.button(name).click();
    }

    /// The button that is read out as this.
    pub fn button(&self, name: &str) -> HtmlElement {
        let all = self.root.query_selector_all("button");
        let all = all.expect("a selector");
        let mut buttons = (0..all.length())
            .filter_map(|i| all.item(i))
            .map(JsCast::unchecked_into::<HtmlElement>);
        buttons
            .find(|button| spoken(button) == name)
            .unwrap_or_else(|| panic!("no button is called {name}"))
    }

    /// What is read out of the first element with this selector.
    pub fn spoken(&self, selector: &str) -> String {
        spoken(&self.find(selector))
    }

    /// An attribute of the first element with this selector.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.find(selector).get_attribute(name)
    }

    /// Presses a key where focus is in the widget. Answers whether the page may still act on it.
    pub fn key(&self, key: &str) -> bool {
        let element = self.root.active_element().expect("focus is in the widget");
        let press = Function::new_with_args(
            "element, key",
            "return element.dispatchEvent(new KeyboardEvent('keydown',
                { key, bubbles: true, composed: true, cancelable: true }))",
        );
        let free = press.call2(&JsValue::NULL, &element, &key.into());
        free.expect("it does not throw").is_truthy()
    }

    /// Where focus is: the selector, of those given, that it matches.
    pub fn focused<'a>(&self, selectors: &[&'a str]) -> Option<&'a str> {
        let inner = self.root.active_element();
        let inner = inner.or(document().active_element())?;
        let mut selectors = selectors.iter().copied();
        selectors.find(|selector| inner.matches(selector).expect("a selector"))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(screen) = self.screen.take() {
            screen.unmount();
        }
        self.page.remove();
    }
}

/// The tests' page.
pub fn document() -> Document {
    let window = web_sys::window().expect("a window");
    window.document().expect("a document")
}

/// The widget's host element.
pub fn host() -> Element {
    let found = document().query_selector("[data-headstart]");
    found.expect("a selector").expect("the widget is mounted")
}

/// The widget's shadow root, which the tests have opened.
pub fn root() -> ShadowRoot {
    host().shadow_root().expect("it is open")
}

/// Runs JavaScript that has the shadow root as `root`, and answers what it answers.
pub fn js(code: &str) -> JsValue {
    let run = Function::new_with_args("root", code);
    let root: JsValue = document()
        .query_selector("[data-headstart]")
        .expect("a selector")
        .and_then(|host| host.shadow_root())
        .into();
    run.call1(&JsValue::NULL, &root)
        .unwrap_or_else(|error| panic!("{code}: {error:?}"))
}

/// Waits until the browser has laid out and drawn.
pub async fn frame() {
    let next = js(
        "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
    );
    let next: js_sys::Promise = next.unchecked_into();
    let _ = wasm_bindgen_futures::JsFuture::from(next).await;
}

/// Lets what moves arrive.
pub fn settle() {
    js("root.getAnimations().forEach((animation) => animation.finish())");
}

/// What a screen reader makes of an element's text: its label, or what is not hidden from it.
fn spoken(element: &Element) -> String {
    let read = Function::new_with_args(
        "element",
        "const read = (node) => node.nodeType == 3 ? node.data
            : node.getAttribute('aria-label') ?? (node.getAttribute('aria-hidden') ? ''
            : [...node.childNodes].map(read).join(''));
        return read(element)",
    );
    let text = read.call1(&JsValue::NULL, element).expect("it is read");
    text.as_string().unwrap_or_default()
}

/// A checklist of five tasks, of which the second is done, the third is locked and the last is
/// optional; closed.
pub fn checklist() -> ChecklistView {
    let mut tasks = vec![
        task("a", "Create an invoice"),
        task("b", "See the templates"),
        task("c", "Preview an invoice"),
        task("d", "Name your company"),
        task("e", "Connect your bank"),
    ];
    tasks[1].state = TaskState::Done;
    tasks[2].state = TaskState::Locked(vec!["Create an invoice".to_owned()]);
    tasks[4].required = false;
    ChecklistView {
        content: "start".into(),
        language: None,
        title: "Getting started".to_owned(),
        description: Some(RichText::plain("Five small steps.")),
        done_message: None,
        tasks,
        done: 1,
        progress: (1, 5),
        complete: false,
        open: false,
        confirming: false,
    }
}

/// The same, with its panel open.
pub fn open() -> ChecklistView {
    ChecklistView {
        open: true,
        ..checklist()
    }
}

/// The same, asking whether it should go.
pub fn confirming() -> ChecklistView {
    ChecklistView {
        confirming: true,
        ..open()
    }
}

/// The same with all that is required done, and its panel open.
pub fn complete() -> ChecklistView {
    let mut checklist = open();
    for id in ["a", "c", "d"] {
        checklist = done(checklist, id);
    }
    checklist.complete = true;
    checklist
}

/// The checklist with one more task done.
pub fn done(mut checklist: ChecklistView, id: &str) -> ChecklistView {
    let task = checklist
        .tasks
        .iter_mut()
        .find(|task| task.id.as_str() == id);
    task.expect("it has the task").state = TaskState::Done;
    checklist.done += 1;
    checklist.progress.0 += 1;
    checklist
}

/// The checklist with one task unfolded.
pub fn unfolded(mut checklist: ChecklistView, id: &str) -> ChecklistView {
    for task in &mut checklist.tasks {
        task.expanded = task.id.as_str() == id;
    }
    checklist
}

/// A task with a description and a button.
pub fn task(id: &str, title: &str) -> TaskView {
    TaskView {
        id: id.into(),
        title: title.to_owned(),
        description: Some(RichText::plain("It takes a minute.")),
        required: true,
        state: TaskState::Open,
        expanded: false,
        action: Some(ButtonView {
            label: Label::Text("Go".to_owned()),
            act: Act::Press {
                content: "start".into(),
                task: Some(id.into()),
                button: 0,
            },
            asked: None,
        }),
        due: None,
        can_skip: false,
        can_mark: false,
        can_undo: false,
    }
}

/// A tip with a text and a button.
pub fn tip() -> CardView {
    let press = Act::Press {
        content: "template-tip".into(),
        task: None,
        button: 0,
    };
    CardView {
        content: "template-tip".into(),
        language: None,
        step: "".into(),
        form: Form::Tooltip,
        place: None,
        target: Some("#target".into()),
        side: None,
        spotlight: None,
        title: "That was easy".to_owned(),
        body: Some(RichText::plain("Want to make a template of it?")),
        buttons: vec![ButtonView {
            label: Label::Text("Make a template".to_owned()),
            act: press,
            asked: None,
        }],
        can_go_back: false,
        open: false,
        can_snooze: false,
    }
}

/// The same as a card of another form.
pub fn card(form: Form) -> CardView {
    CardView { form, ..tip() }
}

/// Makes the browser answer media queries that contain `part` with yes, until dropped.
pub struct Media;

impl Media {
    /// Starts doing so.
    pub fn set(part: &str) -> Self {
        js(&format!(
            "window.realMatchMedia = window.matchMedia;
            window.matchMedia = (query) => ({{ matches: query.includes({part:?}) }})"
        ));
        Self
    }
}

impl Drop for Media {
    fn drop(&mut self) {
        js("window.matchMedia = window.realMatchMedia");
    }
}
