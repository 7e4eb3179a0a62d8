//! One task of the list.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart_core::Act;
use headstart_core::content::RichText;
use headstart_core::engine::view::{Due, TaskState, TaskView};
use headstart_core::run::Mark;
use stage::{Stage, checklist, done, js, open, unfolded};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn a_folded_task_shows_its_title_only() {
    let stage = Stage::with(open()).await;
    assert!(stage.seek(".body").is_none());
    let title = stage.button("Create an invoice");
    assert_eq!(
        title.get_attribute("aria-expanded").as_deref(),
        Some("false")
    );
}

#[wasm_bindgen_test]
async fn an_unfolded_task_shows_what_it_is_about_and_a_button() {
    let stage = Stage::with(unfolded(open(), "a")).await;
    assert_eq!(stage.spoken(".body"), "It takes a minute.Go");
    let title = stage.button("Create an invoice");
    assert_eq!(
        title.get_attribute("aria-expanded").as_deref(),
        Some("true")
    );
    let body = title.get_attribute("aria-controls").expect("it names it");
    assert!(stage.seek(&format!("#{body}")).is_some());
}

#[wasm_bindgen_test]
async fn a_task_needs_neither_a_description_nor_a_button() {
    let mut bare = unfolded(open(), "a");
    bare.tasks[0].description = None;
    bare.tasks[0].action = None;
    let stage = Stage::with(bare).await;
    assert_eq!(stage.spoken(".body"), "");
    assert_eq!(stage.find(".answers").offset_height(), 0);
}

#[wasm_bindgen_test]
async fn its_title_unfolds_and_folds_it() {
    let stage = Stage::with(open()).await;
    stage.press("Create an invoice");
    assert_eq!(stage.acts(), [Act::Toggle("a".into())]);
}

#[wasm_bindgen_test]
async fn its_button_is_pressed() {
    let stage = Stage::with(unfolded(open(), "a")).await;
    stage.press("Go");
    let press = Act::Press {
        content: "start".into(),
        task: Some("a".into()),
        button: 0,
    };
    assert_eq!(stage.acts(), [press]);
}

#[wasm_bindgen_test]
async fn a_locked_task_says_what_to_do_first() {
    let stage = Stage::with(unfolded(open(), "c")).await;
    let reason = stage.spoken(".lock-reason");
    assert_eq!(reason, "Do “Create an invoice” first");
    assert_eq!(
        stage.spoken("[data-state=locked] h3"),
        "Preview an invoice, Locked"
    );
}

#[wasm_bindgen_test]
async fn a_locked_task_says_all_that_is_to_be_done_first() {
    let mut checklist = unfolded(open(), "c");
    checklist.tasks[2].state = TaskState::Locked(vec!["One".to_owned(), "Two".to_owned()]);
    let stage = Stage::with(checklist).await;
    assert_eq!(stage.spoken(".lock-reason"), "Do “One”, “Two” first");
}

#[wasm_bindgen_test]
async fn the_button_of_a_locked_task_can_be_reached_but_does_nothing() {
    let stage = Stage::with(unfolded(open(), "c")).await;
    let button = stage.button("Go");
    assert_eq!(
        button.get_attribute("aria-disabled").as_deref(),
        Some("true")
    );
    assert!(!button.has_attribute("disabled"));
    let reason = button.get_attribute("aria-describedby").expect("a reason");
    assert!(stage.seek(&format!("#{reason}")).is_some());
    button.click();
    assert_eq!(stage.acts(), []);
}

#[wasm_bindgen_test]
async fn a_done_task_says_so() {
    let stage = Stage::with(open()).await;
    assert_eq!(
        stage.spoken("[data-state=done] h3"),
        "See the templates, Done"
    );
}

#[wasm_bindgen_test]
async fn an_optional_task_says_so() {
    let stage = Stage::with(open()).await;
    let last = stage.spoken("li:last-child h3");
    assert_eq!(last, "Connect your bank, Optional");
}

#[wasm_bindgen_test]
async fn only_what_has_just_been_done_moves() {
    let stage = Stage::with(checklist()).await;
    stage.show(done(checklist(), "d")).await;
    assert!(stage.seek(".launcher[data-fresh]").is_some());
    stage.show(done(open(), "d")).await;
    let fresh = "return [...root.querySelectorAll('li[data-fresh] .name')].map((e) => e.textContent).join()";
    assert_eq!(js(fresh).as_string().as_deref(), Some("Name your company"));
    // Once it has been seen, it is old.
    stage.show(done(checklist(), "d")).await;
    stage.show(done(open(), "d")).await;
    assert_eq!(js(fresh).as_string().as_deref(), Some(""));
}

#[wasm_bindgen_test]
async fn nothing_in_an_authors_text_is_taken_for_html() {
    let mut nasty = unfolded(open(), "a");
    nasty.tasks[0].description = Some(RichText::plain("<img src=x onerror=alert(1)> {0}"));
    let stage = Stage::with(nasty).await;
    assert_eq!(stage.spoken(".body p"), "<img src=x onerror=alert(1)> {0}");
    assert!(stage.seek("img").is_none());
}

/// The first task unfolded, with a change.
async fn with_first(change: fn(&mut TaskView)) -> Stage {
    let mut checklist = unfolded(open(), "a");
    change(&mut checklist.tasks[0]);
    Stage::with(checklist).await
}

/// How a task stands, the button it then has, and what that marks it as.
type Case = (fn(&mut TaskView), &'static str, Mark);

#[wasm_bindgen_test]
async fn a_task_is_left_out_ticked_off_and_reopened_where_that_is_allowed() {
    let cases: [Case; 3] = [
        (|task| task.can_skip = true, "Skip", Mark::Skipped),
        (|task| task.can_mark = true, "Mark as done", Mark::Done),
        (|task| task.can_undo = true, "Undo", Mark::Open),
    ];
    for (allow, name, mark) in cases {
        let stage = with_first(allow).await;
        assert_eq!(
            stage.spoken(".answers"),
            format!("Go{name}"),
            "and nothing else"
        );
        stage.press(name);
        let act = Act::Mark("start".into(), "a".into(), mark);
        assert_eq!(stage.acts(), [act], "{name}");
    }
}

#[wasm_bindgen_test]
async fn a_skipped_task_says_so() {
    let stage = with_first(|task| task.state = TaskState::Skipped).await;
    assert_eq!(
        stage.spoken("[data-state=skipped] h3"),
        "Create an invoice, Skipped"
    );
}

#[wasm_bindgen_test]
async fn a_task_says_that_it_is_due_and_that_it_is_overdue() {
    for (over, expect) in [
        (false, "Create an invoice, Due soon"),
        (true, "Create an invoice, Overdue"),
    ] {
        let mut checklist = open();
        checklist.tasks[0].due = Some(Due { at: 0, over });
        let stage = Stage::with(checklist).await;
        assert_eq!(stage.spoken("li h3"), expect);
        assert_eq!(stage.seek("[data-over]").is_some(), over);
    }
}

#[wasm_bindgen_test]
async fn progress_goes_by_weight_and_the_count_by_tasks() {
    let mut checklist = open();
    checklist.progress = (3, 8);
    let stage = Stage::with(checklist).await;
    assert_eq!(stage.attribute("progress", "max").as_deref(), Some("8"));
    assert_eq!(stage.attribute("progress", "value").as_deref(), Some("3"));
    assert_eq!(stage.spoken(".count"), "1 of 5 done");
    let ring = js("return root.querySelector('.ring .arc').getAttribute('pathLength')");
    assert_eq!(ring.as_string().as_deref(), Some("8"));
}
