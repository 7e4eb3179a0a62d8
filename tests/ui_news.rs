//! What is told to those who cannot see it happen.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart_core::View;
use headstart_core::content::Form;
use headstart_core::engine::view::CardView;
use stage::{Stage, card, checklist, complete, document, done, open, tip};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const REGION: &str = "[role=status]";

#[wasm_bindgen_test]
async fn what_was_so_before_is_no_news() {
    let stage = Stage::with(complete()).await;
    assert_eq!(stage.spoken(REGION), "");
}

#[wasm_bindgen_test]
async fn a_task_that_was_done_is_told_with_the_count() {
    let stage = Stage::with(checklist()).await;
    stage.show(done(checklist(), "d")).await;
    assert_eq!(stage.spoken(REGION), "Done: Name your company. 2 of 5 done");
}

#[wasm_bindgen_test]
async fn several_at_once_are_told_at_once() {
    let stage = Stage::with(checklist()).await;
    stage.show(done(done(checklist(), "a"), "d")).await;
    assert_eq!(
        stage.spoken(REGION),
        "Done: Create an invoice. Done: Name your company. 3 of 5 done"
    );
}

#[wasm_bindgen_test]
async fn what_came_before_the_last_was_drawn_is_told_as_well() {
    let stage = Stage::with(checklist()).await;
    let list = done(checklist(), "a");
    let view = View {
        checklist: Some(list.clone()),
        ..View::default()
    };
    stage.send(view, Vec::new());
    stage.show(done(list.clone(), "d")).await;
    assert_eq!(
        stage.spoken(REGION),
        "Done: Create an invoice. 2 of 5 done. Done: Name your company. 3 of 5 done"
    );
    stage.show(done(done(list, "d"), "e")).await;
    assert_eq!(stage.spoken(REGION), "Done: Connect your bank. 4 of 5 done");
}

#[wasm_bindgen_test]
async fn a_complete_checklist_is_told_once() {
    let stage = Stage::with(done(done(open(), "a"), "c")).await;
    stage.show(complete()).await;
    assert_eq!(
        stage.spoken(REGION),
        "Done: Name your company. You’re all set"
    );
    stage.show(done(complete(), "e")).await;
    assert_eq!(stage.spoken(REGION), "Done: Connect your bank. 5 of 5 done");
}

#[wasm_bindgen_test]
async fn opening_and_unfolding_is_no_news() {
    let stage = Stage::with(checklist()).await;
    stage.show(open()).await;
    stage.show(stage::unfolded(open(), "a")).await;
    assert_eq!(stage.spoken(REGION), "");
}

#[wasm_bindgen_test]
async fn another_checklist_is_no_news() {
    let stage = Stage::with(checklist()).await;
    let mut other = complete();
    other.content = "other".into();
    stage.show(other).await;
    assert_eq!(stage.spoken(REGION), "");
}

#[wasm_bindgen_test]
async fn a_tip_is_read_out_when_it_comes_up() {
    let stage = Stage::with(checklist()).await;
    let both = View {
        checklist: Some(checklist()),
        cards: vec![tip()],
        ..View::default()
    };
    let target = document().query_selector("#target").expect("a selector");
    stage.show_view(both, target).await;
    assert_eq!(
        stage.spoken(REGION),
        "That was easy. Want to make a template of it?"
    );
}

#[wasm_bindgen_test]
async fn the_region_is_the_same_element_throughout() {
    let stage = Stage::with(checklist()).await;
    let before = stage.find(REGION);
    stage.show(done(open(), "d")).await;
    assert!(before.is_same_node(Some(&stage.find(REGION))));
}

#[wasm_bindgen_test]
async fn what_happens_once_more_is_told_once_more() {
    let stage = Stage::with(open()).await;
    stage.show(done(open(), "d")).await;
    let before = stage.find(REGION).text_content().unwrap_or_default();
    stage.show(open()).await;
    stage.show(done(open(), "d")).await;
    let now = stage.find(REGION).text_content().unwrap_or_default();
    assert_ne!(before, now, "a change is what is read out");
    assert_eq!(before.trim(), now.trim());
}

/// What is told when that card comes up.
async fn told_of(card: CardView) -> String {
    let stage = Stage::new();
    stage.show_view(View::default(), None).await;
    stage.show_tip(card, "#target").await;
    stage.spoken(REGION)
}

#[wasm_bindgen_test]
async fn each_form_of_card_is_told_once_by_us_or_by_the_browser() {
    let text = "That was easy. Want to make a template of it?";
    for (form, expect) in [
        (Form::Tooltip, text.to_owned()),
        (Form::Inline, text.to_owned()),
        (Form::Banner, text.to_owned()),
        (Form::Tour, text.to_owned()),
        (Form::Reminder, format!("Still to do. {text}")),
        // Its mark is a button of the page until it is opened.
        (Form::Hint, String::new()),
        // Dialogs are read out by the browser.
        (Form::Modal, String::new()),
    ] {
        let mut card = card(form);
        if matches!(form, Form::Banner | Form::Modal | Form::Reminder) {
            card.target = None;
        }
        assert_eq!(told_of(card).await, expect, "{form:?}");
    }
}

#[wasm_bindgen_test]
async fn a_hint_is_told_when_it_is_opened() {
    let stage = Stage::new();
    let mut hint = card(Form::Hint);
    stage.show_tip(hint.clone(), "#target").await;
    hint.open = true;
    stage.show_tip(hint, "#target").await;
    assert_eq!(
        stage.spoken(REGION),
        "That was easy. Want to make a template of it?"
    );
}

#[wasm_bindgen_test]
async fn each_step_of_a_tour_is_told() {
    let stage = Stage::new();
    for title in ["First", "Second"] {
        let mut step = card(Form::Tour);
        step.step = title.into();
        title.clone_into(&mut step.title);
        step.body = None;
        stage.show_tip(step, "#target").await;
        assert_eq!(stage.spoken(REGION), title);
    }
}
