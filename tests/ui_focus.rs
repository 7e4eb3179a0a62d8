//! Where focus goes, and that it comes back.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart_core::View;
use headstart_core::content::Form;
use headstart_core::engine::view::CardView;
use stage::{Stage, card, checklist, complete, confirming, document, js, open, tip, unfolded};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

const PLACES: [&str; 6] = [
    ".launcher",
    ".panel h2",
    ".question",
    "[data-dismiss]",
    "#field",
    "body",
];

/// A page on which the user is in a field of the host's.
async fn in_the_field() -> Stage {
    let stage = Stage::with(checklist()).await;
    let field = stage.page.query_selector("#field").expect("a selector");
    let field: HtmlElement = field.expect("a field").unchecked_into();
    field.focus().expect("it takes focus");
    stage
}

#[wasm_bindgen_test]
async fn opening_the_panel_moves_it_to_the_heading() {
    let stage = in_the_field().await;
    stage.show(open()).await;
    assert_eq!(stage.focused(&PLACES), Some(".panel h2"));
}

#[wasm_bindgen_test]
async fn it_moves_even_if_more_happens_before_that_is_drawn() {
    let stage = in_the_field().await;
    let view = View {
        checklist: Some(open()),
        ..View::default()
    };
    stage.send(view, Vec::new());
    stage.show(unfolded(open(), "a")).await;
    assert_eq!(stage.focused(&PLACES), Some(".panel h2"));
}

#[wasm_bindgen_test]
async fn it_stays_in_a_tour_whose_next_step_comes_with_other_news() {
    let stage = in_the_field().await;
    let view = |step: &str, list| View {
        checklist: Some(list),
        cards: vec![CardView {
            step: step.into(),
            target: None,
            ..card(Form::Tour)
        }],
        ..View::default()
    };
    stage.show_at(view("one", checklist()), vec![None]).await;
    stage.button("Close").focus().expect("it takes focus");
    stage.send(view("two", checklist()), vec![None]);
    let list = stage::done(checklist(), "a");
    stage.show_at(view("two", list), vec![None]).await;
    assert_eq!(stage.focused(&[".card h2", "*"]), Some(".card h2"));
    let said = stage.spoken("[role=status]");
    assert!(said.contains("That was easy"), "{said}");
    assert!(said.contains("Done: Create an invoice"), "{said}");
}

#[wasm_bindgen_test]
async fn it_goes_back_if_what_it_was_to_go_to_never_was_drawn() {
    let stage = in_the_field().await;
    let view = |step: &str| View {
        cards: vec![CardView {
            step: step.into(),
            target: None,
            ..card(Form::Tour)
        }],
        ..View::default()
    };
    stage.show_at(view("one"), vec![None]).await;
    stage.button("Close").focus().expect("it takes focus");
    stage.send(view("two"), vec![None]);
    stage.show_view(View::default(), None).await;
    assert_eq!(stage.focused(&PLACES), Some("#field"));
}

#[wasm_bindgen_test]
async fn a_panel_that_is_open_from_the_start_leaves_it_alone() {
    let stage = Stage::new();
    js("document.querySelector('#field').focus()");
    stage.show(open()).await;
    assert_eq!(stage.focused(&PLACES), Some("#field"));
}

#[wasm_bindgen_test]
async fn closing_the_panel_returns_it_to_the_launcher() {
    let stage = in_the_field().await;
    stage.show(open()).await;
    stage.show(checklist()).await;
    assert_eq!(stage.focused(&PLACES), Some(".launcher"));
}

#[wasm_bindgen_test]
async fn closing_the_panel_leaves_it_alone_when_the_user_is_back_on_the_page() {
    let stage = in_the_field().await;
    stage.show(open()).await;
    js("document.querySelector('#field').focus()");
    stage.show(checklist()).await;
    assert_eq!(stage.focused(&PLACES), Some("#field"));
}

#[wasm_bindgen_test]
async fn the_question_takes_it_and_gives_it_back() {
    let stage = in_the_field().await;
    stage.show(open()).await;
    stage.show(confirming()).await;
    assert_eq!(stage.focused(&PLACES), Some(".question"));
    stage.show(open()).await;
    assert_eq!(stage.focused(&PLACES), Some("[data-dismiss]"));
}

#[wasm_bindgen_test]
async fn a_checklist_that_goes_returns_it_to_where_the_user_came_from() {
    let stage = in_the_field().await;
    stage.find(".launcher").focus().expect("it takes focus");
    stage.show(open()).await;
    stage.show(confirming()).await;
    stage.show_view(View::default(), None).await;
    assert_eq!(stage.focused(&PLACES), Some("#field"));
}

#[wasm_bindgen_test]
async fn it_falls_to_the_body_when_where_the_user_came_from_is_gone() {
    let stage = in_the_field().await;
    stage.show(open()).await;
    js("document.querySelector('#field').remove()");
    stage.show_view(View::default(), None).await;
    assert_eq!(stage.focused(&PLACES), Some("body"));
}

#[wasm_bindgen_test]
async fn a_task_that_is_folded_and_unfolded_keeps_it() {
    let stage = Stage::with(open()).await;
    stage
        .button("Create an invoice")
        .focus()
        .expect("it takes focus");
    stage.show(unfolded(open(), "a")).await;
    assert_eq!(stage.focused(&["h3 button"]), Some("h3 button"));
}

#[wasm_bindgen_test]
async fn a_task_whose_button_is_gone_keeps_it() {
    let mut list = unfolded(open(), "a");
    list.tasks[0].can_mark = true;
    let stage = Stage::with(list).await;
    stage
        .button("Mark as done")
        .focus()
        .expect("it takes focus");
    stage.show(unfolded(open(), "a")).await;
    assert_eq!(stage.focused(&["h3 button", "h2"]), Some("h3 button"));
}

#[wasm_bindgen_test]
async fn completing_the_checklist_saves_it_from_a_task_that_is_gone() {
    let stage = Stage::with(open()).await;
    stage
        .button("Name your company")
        .focus()
        .expect("it takes focus");
    stage.show(complete()).await;
    assert_eq!(stage.focused(&PLACES), Some(".panel h2"));
}

#[wasm_bindgen_test]
async fn a_tip_leaves_it_alone() {
    let stage = in_the_field().await;
    stage.show_tip(tip(), "#target").await;
    assert_eq!(stage.focused(&PLACES), Some("#field"));
}

#[wasm_bindgen_test]
async fn a_tip_that_goes_returns_it_to_where_the_user_came_from() {
    let stage = in_the_field().await;
    let both = View {
        checklist: Some(checklist()),
        cards: vec![tip()],
        ..View::default()
    };
    let target = document().query_selector("#target").expect("a selector");
    stage.show_view(both, target).await;
    stage.button("Close").focus().expect("it takes focus");
    stage.show(checklist()).await;
    assert_eq!(stage.focused(&PLACES), Some("#field"));
}

/// A step of a tour that somebody asked for.
fn step(id: &str) -> CardView {
    CardView {
        content: "tour".into(),
        step: id.into(),
        title: id.to_owned(),
        ..card(Form::Tour)
    }
}

#[wasm_bindgen_test]
async fn it_goes_along_from_step_to_step() {
    let stage = in_the_field().await;
    stage.show_tip(step("first"), "#target").await;
    stage.button("Close").focus().expect("it takes focus");
    // At another element, so that the card is another, too; and at none.
    stage.show_tip(step("second"), "#inner").await;
    assert_eq!(stage.focused(&[".card h2"]), Some(".card h2"));
    let centred = CardView {
        target: None,
        ..step("third")
    };
    let view = View {
        cards: vec![centred],
        ..View::default()
    };
    stage.show_view(view, None).await;
    assert_eq!(stage.focused(&[".card h2"]), Some(".card h2"));
    stage.show_view(View::default(), None).await;
    assert_eq!(stage.focused(&PLACES), Some("#field"));
}

#[wasm_bindgen_test]
async fn a_step_leaves_it_alone_when_the_user_is_on_the_page() {
    let stage = in_the_field().await;
    stage.show_tip(step("first"), "#target").await;
    stage.show_tip(step("second"), "#inner").await;
    assert_eq!(stage.focused(&PLACES), Some("#field"));
}

#[wasm_bindgen_test]
async fn a_tour_that_a_task_starts_takes_it_from_the_panel() {
    let stage = in_the_field().await;
    stage.show(unfolded(open(), "a")).await;
    stage.button("Go").focus().expect("it takes focus");
    stage.show_tip(step("first"), "#target").await;
    assert_eq!(stage.focused(&[".card h2"]), Some(".card h2"));
}

#[wasm_bindgen_test]
async fn a_tour_that_came_by_itself_does_not() {
    let stage = in_the_field().await;
    stage.show(checklist()).await;
    stage.find(".launcher").focus().expect("it takes focus");
    let mut came = step("first");
    came.can_snooze = true;
    let both = View {
        checklist: Some(checklist()),
        cards: vec![came],
        ..View::default()
    };
    let target = document().query_selector("#target").expect("a selector");
    stage.show_view(both, target).await;
    assert_eq!(stage.focused(&PLACES), Some(".launcher"));
}
