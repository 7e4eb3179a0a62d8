//! The launcher: the small thing in the corner.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart_core::Act;
use headstart_core::engine::view::{ChecklistView, TaskState};
use stage::{Stage, checklist, complete, js, open};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn it_is_called_by_the_title_and_how_far_one_has_got() {
    let stage = Stage::with(checklist()).await;
    assert_eq!(stage.spoken(".launcher"), "Getting started, 1 of 5 done");
}

#[wasm_bindgen_test]
async fn it_shows_how_many_tasks_are_left() {
    let stage = Stage::with(checklist()).await;
    assert_eq!(
        stage.find(".left").text_content().as_deref(),
        Some("4 left")
    );
}

#[wasm_bindgen_test]
async fn its_ring_is_filled_by_the_part_that_is_done() {
    let stage = Stage::with(checklist()).await;
    let arc = |name| stage.attribute(".arc", name);
    assert_eq!(arc("pathLength").as_deref(), Some("5"));
    assert_eq!(arc("stroke-dasharray").as_deref(), Some("1 5"));
}

#[wasm_bindgen_test]
async fn its_ring_is_empty_before_the_first_task() {
    let mut fresh = checklist();
    fresh.tasks[1].state = TaskState::Open;
    fresh.done = 0;
    fresh.progress.0 = 0;
    let stage = Stage::with(fresh).await;
    assert!(stage.seek(".ring").is_some() && stage.seek(".arc").is_none());
}

#[wasm_bindgen_test]
async fn a_click_opens_the_panel() {
    let stage = Stage::with(checklist()).await;
    stage.click(".launcher");
    assert_eq!(stage.acts(), [Act::Open("start".into())]);
}

#[wasm_bindgen_test]
async fn a_click_closes_the_open_panel() {
    let stage = Stage::with(open()).await;
    stage.click(".launcher");
    assert_eq!(stage.acts(), [Act::Minimise]);
}

#[wasm_bindgen_test]
async fn it_tells_whether_the_panel_is_open_and_which_it_is() {
    let stage = Stage::with(checklist()).await;
    let launcher = |name| stage.attribute(".launcher", name);
    assert_eq!(launcher("aria-expanded").as_deref(), Some("false"));
    assert_eq!(launcher("aria-controls"), None);
    stage.show(open()).await;
    assert_eq!(launcher("aria-expanded").as_deref(), Some("true"));
    let panel = launcher("aria-controls").expect("it names the panel");
    assert!(stage.seek(&format!("[role=dialog]#{panel}")).is_some());
}

#[wasm_bindgen_test]
async fn a_complete_checklist_has_a_tick_for_a_ring() {
    let mut complete = complete();
    complete.open = false;
    let stage = Stage::with(complete).await;
    assert!(stage.seek(".launcher .ring").is_none());
    assert!(stage.seek(".launcher [data-look=disc]").is_some());
    assert_eq!(
        stage.find(".left").text_content().as_deref(),
        Some("All done")
    );
}

#[wasm_bindgen_test]
async fn a_long_title_does_not_make_it_wider_than_a_phone() {
    let long = ChecklistView {
        title: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk".to_owned(),
        ..checklist()
    };
    let _stage = Stage::with(long).await;
    let width = js("return root.querySelector('.launcher').getBoundingClientRect().width");
    assert!(width.as_f64().is_some_and(|width| width <= 280.0));
}
