//! The tip: a short hint at an element of the page.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart_core::Act;
use stage::{Stage, frame, js, settle, tip};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Lays the page out so that there is room around the target, and a scroller with an element deep
/// inside.
fn stage() -> Stage {
    let stage = Stage::new();
    js("const set = (id, css) => document.querySelector(id).style.cssText = css;
        set('#target', 'position: fixed; left: 200px; top: 100px; width: 120px; height: 30px');
        set('#scroller', 'position: fixed; left: 10px; top: 20px; width: 300px; height: 150px; overflow: auto');
        set('#scroller div', 'height: 600px; padding: 100px 0 0 40px');
        scrollTo(0, 0)");
    stage
}

/// Where the tip is, as seen from an element of the page: `below`, `above` or elsewhere.
fn place(target: &str) -> String {
    let place = js(&format!(
        "const tip = root.querySelector('.card').getBoundingClientRect();
        const it = document.querySelector({target:?}).getBoundingClientRect();
        const beside = tip.left < it.right && tip.right > it.left;
        const gap = (a, b) => b - a >= 0 && b - a < 24;
        return !beside ? 'elsewhere' : gap(it.bottom, tip.top) ? 'below'
            : gap(tip.bottom, it.top) ? 'above' : 'elsewhere'"
    ));
    place.as_string().expect("a place")
}

/// Whether the mark lies over an element of the page.
fn marks(target: &str) -> bool {
    let marks = js(&format!(
        "const mark = root.querySelector('.mark').getBoundingClientRect();
        const it = document.querySelector({target:?}).getBoundingClientRect();
        return ['left', 'top', 'width', 'height'].every((side) => Math.abs(mark[side] - it[side]) <= 1)"
    ));
    marks.is_truthy()
}

#[wasm_bindgen_test]
async fn it_says_what_it_has_to_say() {
    let stage = stage();
    stage.show_tip(tip(), "#target").await;
    let spoken = |name| {
        let id = stage.attribute(".card", name).expect("an id");
        stage.spoken(&format!("#{id}"))
    };
    assert_eq!(stage.attribute(".card", "role").as_deref(), Some("dialog"));
    assert_eq!(spoken("aria-labelledby"), "That was easy");
    assert_eq!(spoken("aria-describedby"), "Want to make a template of it?");
}

#[wasm_bindgen_test]
async fn it_needs_neither_a_text_nor_a_button() {
    let stage = stage();
    let mut bare = tip();
    bare.body = None;
    bare.buttons.clear();
    stage.show_tip(bare, "#target").await;
    assert_eq!(stage.attribute(".card", "aria-describedby"), None);
    assert_eq!(stage.spoken(".card"), "That was easyClose");
}

#[wasm_bindgen_test]
async fn it_is_in_the_top_layer_below_its_target() {
    let stage = stage();
    stage.show_tip(tip(), "#target").await;
    assert!(stage.find(".card").matches(":popover-open").expect("known"));
    assert_eq!(place("#target"), "below");
    assert!(marks("#target"));
}

#[wasm_bindgen_test]
async fn it_is_above_where_there_is_no_room_below() {
    let stage = stage();
    js("Object.assign(document.querySelector('#target').style, { top: 'auto', bottom: '4px' })");
    stage.show_tip(tip(), "#target").await;
    assert_eq!(place("#target"), "above");
}

#[wasm_bindgen_test]
async fn it_stays_within_the_window() {
    let stage = stage();
    js("document.querySelector('#target').style.left = '0'");
    stage.show_tip(tip(), "#target").await;
    let left = js("return root.querySelector('.card').getBoundingClientRect().left");
    assert!(left.as_f64().is_some_and(|left| left >= 0.0));
    assert_eq!(place("#target"), "below");
}

#[wasm_bindgen_test]
async fn it_follows_its_target_as_the_page_scrolls_and_moves() {
    let stage = stage();
    stage.show_tip(tip(), "#inner").await;
    for scroll in [
        "document.querySelector('#scroller').scrollTop = 60",
        "document.querySelector('#scroller').style.left = '90px'",
    ] {
        js(scroll);
        frame().await;
        assert!(marks("#inner"), "{scroll}");
        assert_eq!(place("#inner"), "below", "{scroll}");
    }
}

#[wasm_bindgen_test]
async fn it_moves_to_the_element_that_replaces_its_target() {
    let stage = stage();
    stage.show_tip(tip(), "#target").await;
    stage.show_tip(tip(), "#inner").await;
    assert!(marks("#inner"));
    assert_eq!(place("#inner"), "below");
}

#[wasm_bindgen_test]
async fn it_points_at_a_target_that_is_drawn_elsewhere_than_laid_out() {
    let stage = stage();
    js("document.querySelector('#target').style.transform = 'translate(40px, 20px) scale(1.5)'");
    stage.show_tip(tip(), "#target").await;
    assert!(marks("#target"));
    assert_eq!(place("#target"), "below");
}

#[wasm_bindgen_test]
async fn it_points_at_a_shape_in_a_drawing() {
    let stage = stage();
    stage.page.set_inner_html(
        "<svg width='300' height='200' style='position: fixed; left: 0; top: 0'>
            <rect id='shape' x='120' y='40' width='50' height='30' /></svg>",
    );
    stage.show_tip(tip(), "#shape").await;
    assert!(marks("#shape"));
    assert_eq!(place("#shape"), "below");
}

#[wasm_bindgen_test]
async fn it_does_not_touch_its_target() {
    let stage = stage();
    let before = stage.page.inner_html();
    stage.show_tip(tip(), "#target").await;
    assert_eq!(stage.page.inner_html(), before);
}

#[wasm_bindgen_test]
async fn it_is_not_there_without_a_target() {
    let stage = stage();
    stage.show_tip(tip(), "#missing").await;
    assert!(stage.seek(".card").is_none());
}

#[wasm_bindgen_test]
async fn where_the_browser_cannot_anchor_it_lies_at_the_edge_of_the_window() {
    let stage = stage();
    js("const proto = HTMLElement.prototype;
        window.realShow = proto.showPopover;
        proto.showPopover = function () { return window.realShow.call(this); }");
    stage.show_tip(tip(), "#target").await;
    js("HTMLElement.prototype.showPopover = window.realShow");
    settle();
    let inside = js(
        "const tip = root.querySelector('.card').getBoundingClientRect();
        return tip.top == 16 && tip.right <= innerWidth && tip.left >= 0 && tip.height > 40
            && getComputedStyle(root.querySelector('.mark')).visibility == 'hidden'",
    );
    assert!(inside.is_truthy());
}

#[wasm_bindgen_test]
async fn its_button_is_pressed() {
    let stage = stage();
    stage.show_tip(tip(), "#target").await;
    stage.press("Make a template");
    let press = Act::Press {
        content: "template-tip".into(),
        task: None,
        button: 0,
    };
    assert_eq!(stage.acts(), [press]);
}

#[wasm_bindgen_test]
async fn it_can_be_closed_by_its_button_and_by_escape() {
    let stage = stage();
    stage.show_tip(tip(), "#target").await;
    stage.press("Close");
    assert_eq!(stage.acts(), [Act::Dismiss("template-tip".into())]);
    stage.button("Close").focus().expect("it takes focus");
    assert!(!stage.key("Escape"));
    assert_eq!(stage.acts(), [Act::Dismiss("template-tip".into())]);
}
