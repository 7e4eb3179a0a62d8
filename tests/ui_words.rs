//! What the widget itself says, in whatever language, and which way it runs.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart::ui::words::learn;
use headstart_core::View;
use headstart_core::engine::view::{CardView, ChecklistView, TaskState};
use stage::{Stage, checklist, js, open, tip, unfolded};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// Words until the end of a test.
struct Spoken;

impl Spoken {
    fn as_in(answer: &str) -> Self {
        learn(&js(&format!("return ({answer})")));
        Self
    }
}

impl Drop for Spoken {
    fn drop(&mut self) {
        learn(&js("return { language: 'en' }"));
    }
}

fn text(stage: &Stage, selector: &str) -> String {
    stage.find(selector).text_content().unwrap_or_default()
}

fn attribute(element: &HtmlElement, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

/// A checklist with so many tasks left of five.
fn with_left(left: usize) -> ChecklistView {
    ChecklistView {
        done: 5 - left,
        ..checklist()
    }
}

#[wasm_bindgen_test]
async fn the_form_of_a_word_goes_with_the_number() {
    let _spoken = Spoken::as_in(
        "{ language: 'ru', words: { left: { one: '{0} задача', few: '{0} задачи', many: '{0} задач', other: '?' } } }",
    );
    for (left, expect) in [(1, "1 задача"), (3, "3 задачи"), (5, "5 задач")] {
        let stage = Stage::with(with_left(left)).await;
        assert_eq!(text(&stage, ".left"), expect);
    }
}

#[wasm_bindgen_test]
async fn numbers_are_written_as_the_language_writes_them() {
    let _spoken = Spoken::as_in("{ language: 'ar-EG', words: { left: '{0}' } }");
    let stage = Stage::with(with_left(4)).await;
    let expect = js("return new Intl.NumberFormat('ar-EG').format(4)").as_string();
    assert_ne!(expect.as_deref(), Some("4"), "or this shows nothing");
    assert_eq!(Some(text(&stage, ".left")), expect);
}

#[wasm_bindgen_test]
async fn a_word_that_did_not_come_is_english() {
    let _spoken = Spoken::as_in("{ language: 'de', words: { close: 'Schließen' } }");
    let stage = Stage::new();
    stage.show_tip(tip(), "#target").await;
    assert!(stage.seek("[aria-label=Schließen]").is_some());
    stage.show(open()).await;
    assert!(stage.seek("[aria-label=Minimize]").is_some());
}

#[wasm_bindgen_test]
async fn an_answer_without_words_changes_nothing() {
    let _spoken = Spoken::as_in("{ language: 'de', words: { left: 'Noch {0}' } }");
    for answer in ["{ language: 'de' }", "{ language: 'fr' }", "null"] {
        learn(&js(&format!("return ({answer})")));
        let stage = Stage::with(with_left(2)).await;
        assert_eq!(text(&stage, ".left"), "Noch 2", "{answer}");
    }
}

#[wasm_bindgen_test]
async fn braces_and_signs_in_a_title_stay_as_they_are() {
    let mut list = unfolded(open(), "c");
    list.tasks[2].state = TaskState::Locked(vec!["{1} $& {0}".to_owned(), "B".to_owned()]);
    let stage = Stage::with(list.clone()).await;
    assert_eq!(text(&stage, ".lock-reason"), "Do “{1} $& {0}”, “B” first");
    let _spoken = Spoken::as_in(
        "{ language: 'ja', words: { first: '先に{0}を完了', quoted: '「{0}」', comma: '、' } }",
    );
    let stage = Stage::with(list).await;
    assert_eq!(
        text(&stage, ".lock-reason"),
        "先に「{1} $& {0}」、「B」を完了"
    );
}

#[wasm_bindgen_test]
async fn all_runs_as_the_language_does_and_each_text_is_marked_with_its_own() {
    let _spoken = Spoken::as_in("{ language: 'ar', words: { close: 'إغلاق' } }");
    let stage = Stage::with(open()).await;
    let marks = |selector: &str| {
        let element = stage.find(selector);
        (attribute(&element, "lang"), attribute(&element, "dir"))
    };
    let pair = |lang: &str, dir: &str| (lang.to_owned(), dir.to_owned());
    assert_eq!(marks(".root"), pair("ar", "rtl"));
    // Content that does not say is in English.
    assert_eq!(marks(".launcher"), pair("en", "ltr"));
    assert_eq!(marks(".panel"), pair("en", "ltr"));
    assert_eq!(marks(".buttons").0, "ar");
    assert_eq!(marks(".count"), pair("ar", ""));
    for (language, dir) in [
        ("he", "rtl"),
        ("de", "ltr"),
        ("az-Arab", "rtl"),
        ("arn", "ltr"),
    ] {
        let card = CardView {
            language: Some(language.to_owned()),
            ..tip()
        };
        stage.show_tip(card, "#target").await;
        assert_eq!(marks(".card"), pair(language, dir));
        assert_eq!(marks(".corner").0, "ar");
    }
}

#[wasm_bindgen_test]
async fn the_launcher_is_in_the_corner_where_lines_end() {
    let middle = |stage: &Stage| {
        let at = stage.find(".launcher").get_bounding_client_rect();
        at.x() + at.width() / 2.0
    };
    let half = js("return innerWidth / 2").as_f64().unwrap_or_default();
    let stage = Stage::with(checklist()).await;
    assert!(middle(&stage) > half);
    let _spoken = Spoken::as_in("{ language: 'ar', words: {} }");
    let stage = Stage::with(checklist()).await;
    assert!(middle(&stage) < half);
}

#[wasm_bindgen_test]
async fn another_language_changes_what_is_there_and_does_not_draw_it_anew() {
    let stage = Stage::with(unfolded(open(), "a")).await;
    let (panel, close) = (stage.find(".panel"), stage.find(".buttons .tool"));
    close.focus().expect("it can have focus");
    let _spoken = Spoken::as_in("{ language: 'de', words: { minimise: 'Minimieren' } }");
    // The very same view: only the words are others.
    stage.show(unfolded(open(), "a")).await;
    assert_eq!(attribute(&close, "aria-label"), "Minimieren");
    assert_eq!(stage.find(".panel"), panel);
    assert_eq!(stage.find(":focus"), close);
    assert_eq!(text(&stage, "[role=status]"), "", "nothing has happened");
    let none = View::default();
    stage.show_view(none, None).await;
    assert_eq!(attribute(&stage.find(".root"), "lang"), "de");
}
