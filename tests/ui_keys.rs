//! What stays up stays the same elements, whatever comes and goes beside it.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart_core::View;
use headstart_core::content::Form;
use headstart_core::engine::view::{CardView, ChecklistView, TaskState};
use stage::{Stage, card, complete, done, frame, js, settle, tip};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// Shows a card for each letter.
async fn show(stage: &Stage, letters: &str) {
    let cards = letters.chars().map(|letter| CardView {
        content: letter.to_string().as_str().into(),
        target: None,
        ..card(Form::Banner)
    });
    let view = View {
        cards: cards.collect(),
        ..View::default()
    };
    let targets = letters.chars().map(|_| None);
    stage.show_at(view, targets.collect()).await;
    let shown =
        js("return [...root.querySelectorAll('.stand')].map((e) => e.dataset.content).join('')");
    assert_eq!(shown.as_string().as_deref(), Some(letters));
}

fn stand(stage: &Stage, letter: char) -> HtmlElement {
    stage.find(&format!("[data-content={letter}]"))
}

#[wasm_bindgen_test]
async fn a_card_stays_the_same_while_others_come_and_go() {
    let stage = Stage::new();
    let mut before: Vec<(char, HtmlElement)> = Vec::new();
    for letters in [
        "a", "ab", "a", "ha", "hab", "ab", "xb", "xyb", "xz", "x", "", "pqr", "pr", "psr", "sr",
    ] {
        show(&stage, letters).await;
        for (letter, element) in before {
            if letters.contains(letter) {
                assert!(
                    stand(&stage, letter) == element,
                    "{letter} is another in {letters}"
                );
            }
        }
        before = letters
            .chars()
            .map(|letter| (letter, stand(&stage, letter)))
            .collect();
    }
}

/// How many parts of the card come just now.
fn coming() -> Option<f64> {
    js("return root.querySelector('.card').getAnimations({ subtree: true }).length").as_f64()
}

#[wasm_bindgen_test]
async fn a_card_whose_target_is_another_does_not_come_anew() {
    let stage = Stage::new();
    stage.show_tip(tip(), "#target").await;
    frame().await;
    assert!(coming() > Some(0.0));
    settle();
    stage.show_tip(tip(), "#inner").await;
    frame().await;
    assert_eq!(coming(), Some(0.0));
}

#[wasm_bindgen_test]
async fn cards_in_another_order_are_in_that_order() {
    let stage = Stage::new();
    for letters in ["abc", "cba", "bac", "cab", "b", "ab", "ba", "dbca", "acd"] {
        show(&stage, letters).await;
    }
}

#[wasm_bindgen_test]
async fn focus_stays_in_a_card_while_others_come_and_go() {
    let stage = Stage::new();
    show(&stage, "b").await;
    stage.button("Close").focus().expect("it takes focus");
    for letters in ["bc", "abc", "ab", "b"] {
        show(&stage, letters).await;
        assert_eq!(
            stage.focused(&["[data-content=b] *", "*"]),
            Some("[data-content=b] *"),
            "{letters}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_task_stays_the_same_while_one_below_it_goes() {
    let mut list = complete();
    list.tasks[0].state = TaskState::Skipped;
    list.done -= 1;
    let stage = Stage::with(list.clone()).await;
    let first = stage.find(".task");
    stage.show(done(list, "e")).await;
    assert!(stage.find(".task") == first);
}

#[wasm_bindgen_test]
async fn what_is_told_is_told_in_the_same_place_whatever_there_is() {
    let stage = Stage::new();
    show(&stage, "").await;
    let region = stage.find("[role=status]");
    let other = ChecklistView {
        content: "other".into(),
        ..complete()
    };
    for list in [complete(), other] {
        stage.show(list).await;
        assert!(stage.find("[role=status]") == region);
    }
    show(&stage, "a").await;
    assert!(stage.find("[role=status]") == region);
}

// Yew as it is does stop there.
#[cfg(not(feature = "component"))]
#[wasm_bindgen_test]
async fn what_somebody_else_took_away_stops_nothing() {
    let stage = Stage::new();
    show(&stage, "b").await;
    stand(&stage, 'b').remove();
    let view = |letters: [&str; 2]| View {
        cards: letters
            .map(|letter| CardView {
                content: letter.into(),
                target: None,
                ..card(Form::Banner)
            })
            .into(),
        ..View::default()
    };
    stage.show_at(view(["a", "b"]), vec![None, None]).await;
    assert!(stage.seek("[data-content=a]").is_some());
    stage.show_at(view(["a", "c"]), vec![None, None]).await;
    assert!(stage.seek("[data-content=c]").is_some());
}
