//! The panel: the checklist itself.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart_core::Act;
use headstart_core::content::RichText;
use stage::{Media, Stage, checklist, complete, confirming, done, js, open, root};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn it_is_a_dialog_called_by_its_title_that_does_not_block_the_page() {
    let stage = Stage::with(open()).await;
    let title = stage.attribute(".panel", "aria-labelledby");
    let title = title.expect("the panel has a name");
    assert_eq!(stage.spoken(&format!("#{title}")), "Getting started");
    assert_eq!(stage.attribute(".panel", "role").as_deref(), Some("dialog"));
    assert_eq!(stage.attribute(".panel", "aria-modal"), None);
}

#[wasm_bindgen_test]
async fn it_shows_progress_as_a_bar_and_in_words() {
    let stage = Stage::with(open()).await;
    assert_eq!(stage.attribute("progress", "max").as_deref(), Some("5"));
    assert_eq!(stage.attribute("progress", "value").as_deref(), Some("1"));
    assert_eq!(stage.spoken(".count"), "1 of 5 done");
}

#[wasm_bindgen_test]
async fn it_lists_every_task_in_order() {
    let _stage = Stage::with(open()).await;
    let titles =
        js("return [...root.querySelectorAll('h3 .name')].map((e) => e.textContent).join()");
    assert_eq!(
        titles.as_string().as_deref(),
        Some(
            "Create an invoice,See the templates,Preview an invoice,Name your company,\
            Connect your bank"
        )
    );
}

#[wasm_bindgen_test]
async fn it_is_not_there_while_it_is_closed() {
    let stage = Stage::with(checklist()).await;
    assert!(stage.seek(".panel").is_none());
}

#[wasm_bindgen_test]
async fn it_can_be_made_small() {
    let stage = Stage::with(open()).await;
    stage.press("Minimize");
    assert_eq!(stage.acts(), [Act::Minimise]);
}

#[wasm_bindgen_test]
async fn it_asks_before_it_goes() {
    let stage = Stage::with(open()).await;
    assert!(stage.seek(".question").is_none());
    stage.press("Hide checklist");
    assert_eq!(stage.acts(), [Act::AskDismiss]);
    stage.show(confirming()).await;
    let question = stage.attribute(".question", "aria-labelledby");
    let question = question.expect("the question has a name");
    assert_eq!(
        stage.spoken(&format!("#{question}")),
        "Hide this checklist?"
    );
}

#[wasm_bindgen_test]
async fn what_it_asked_is_gone_once_it_is_complete() {
    let stage = Stage::with(confirming()).await;
    let question = stage.find(".question");
    question.focus().expect("it takes focus");
    stage.show(complete()).await;
    assert!(!question.is_connected());
    assert_eq!(stage.attribute(".celebration", "tabindex"), None);
    assert_eq!(
        stage.focused(&["[data-dismiss]", "*"]),
        Some("[data-dismiss]")
    );
}

#[wasm_bindgen_test]
async fn it_goes_or_stays_as_it_is_told() {
    let stage = Stage::with(confirming()).await;
    stage.press("Hide");
    assert_eq!(stage.acts(), [Act::Dismiss("start".into())]);
    stage.press("Keep it");
    assert_eq!(stage.acts(), [Act::KeepIt]);
}

#[wasm_bindgen_test]
async fn once_complete_it_goes_without_being_asked_twice() {
    let stage = Stage::with(complete()).await;
    for name in ["Hide checklist", "Close"] {
        stage.press(name);
        assert_eq!(stage.acts(), [Act::Dismiss("start".into())], "{name}");
    }
}

#[wasm_bindgen_test]
async fn it_celebrates_in_the_words_of_the_author() {
    let mut complete = complete();
    complete.done_message = Some(RichText::plain("Your books are ready."));
    let stage = Stage::with(complete).await;
    assert_eq!(stage.spoken("h2"), "Your books are ready.");
}

#[wasm_bindgen_test]
async fn it_celebrates_in_our_words_where_the_author_has_none() {
    let stage = Stage::with(complete()).await;
    assert_eq!(stage.spoken("h2"), "You’re all set");
}

#[wasm_bindgen_test]
async fn it_celebrates_with_confetti() {
    let stage = Stage::with(complete()).await;
    assert!(stage.find(".confetti").child_element_count() > 0);
}

#[wasm_bindgen_test]
async fn it_celebrates_without_confetti_where_little_motion_is_wanted() {
    let _calm = Media::set("prefers-reduced-motion");
    let stage = Stage::with(complete()).await;
    assert!(stage.seek(".celebration").is_some() && stage.seek(".confetti").is_none());
}

#[wasm_bindgen_test]
async fn once_complete_it_lists_only_what_is_left() {
    let stage = Stage::with(complete()).await;
    assert_eq!(stage.find("ul").child_element_count(), 1);
    assert_eq!(stage.spoken("h3 .name"), "Connect your bank");
    stage.show(done(complete(), "e")).await;
    assert!(stage.seek("ul").is_none());
}

#[wasm_bindgen_test]
async fn escape_makes_it_small_and_is_kept_from_the_page() {
    let stage = Stage::with(checklist()).await;
    stage.show(open()).await;
    assert!(!stage.key("Escape"));
    assert_eq!(stage.acts(), [Act::Minimise]);
}

#[wasm_bindgen_test]
async fn escape_answers_its_question_with_no() {
    let stage = Stage::with(open()).await;
    stage.show(confirming()).await;
    assert!(!stage.key("Escape"));
    assert_eq!(stage.acts(), [Act::KeepIt]);
}

#[wasm_bindgen_test]
async fn escape_is_the_pages_while_it_is_closed() {
    let stage = Stage::with(checklist()).await;
    stage.find(".launcher").focus().expect("it takes focus");
    assert!(stage.key("Escape"));
    assert_eq!(stage.acts(), []);
}

#[wasm_bindgen_test]
async fn the_pages_shortcuts_do_not_hear_the_keys_that_work_its_buttons() {
    let stage = Stage::with(checklist()).await;
    js(
        "window.heard = []; window.hear = (event) => window.heard.push(event.key);
        document.addEventListener('keydown', window.hear)",
    );
    stage.find(".launcher").focus().expect("it takes focus");
    // What the browser does with the key is not the page's, and stays.
    assert!(stage.key("Enter") && stage.key(" ") && stage.key("k"));
    let heard =
        js("document.removeEventListener('keydown', window.hear); return window.heard.join()");
    assert_eq!(heard.as_string().as_deref(), Some("k"));
}

#[wasm_bindgen_test]
async fn it_fits_into_a_low_window_and_scrolls() {
    let mut long = open();
    for task in &mut long.tasks {
        task.title = task.title.repeat(30);
    }
    let _stage = Stage::with(long).await;
    let fits = js(
        "const panel = root.querySelector('.panel').getBoundingClientRect();
        return panel.top >= 0 && panel.bottom <= innerHeight
            && root.querySelector('.panel').scrollHeight > panel.height",
    );
    assert!(fits.is_truthy());
    assert!(root().query_selector(".panel h2").is_ok());
}
