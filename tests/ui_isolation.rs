//! The host's page cannot hurt the widget, and the widget does not hurt the host's page.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart::ui::Screen;
use headstart_core::View;
use stage::{Stage, checklist, confirming, document, host, js, open, settle, tip, unfolded};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use yew::Callback;

wasm_bindgen_test_configure!(run_in_browser);

/// Every box and the looks of every text, as one string.
const LOOKS: &str = "return [...root.querySelectorAll('*')].map((element) => {
    const box = element.getBoundingClientRect();
    const { fontSize, color, display, letterSpacing, textAlign } = getComputedStyle(element);
    return [element.localName, box.x, box.y, box.width, box.height, fontSize, color, display, letterSpacing, textAlign];
}).join('\\n')";

#[wasm_bindgen_test]
async fn no_style_of_the_page_reaches_it() {
    let _stage = Stage::with(unfolded(open(), "a")).await;
    settle();
    let before = js(LOOKS).as_string();
    let style = document().create_element("style").expect("a style");
    style.set_text_content(Some(
        "* { all: revert !important; font-size: 40px !important; letter-spacing: 4px !important;
            color: red !important; text-align: center !important }
        div, button, progress { display: none !important }
        html { font-size: 40px; overflow: hidden !important } body { transform: rotate(2deg); opacity: 0.5 }",
    ));
    let body = document().body().expect("a body");
    body.append_child(&style).expect("it is new");
    let after = js(LOOKS).as_string();
    style.remove();
    assert_eq!(before, after);
}

#[wasm_bindgen_test]
async fn it_takes_the_direction_of_the_page() {
    let _stage = Stage::with(checklist()).await;
    js("document.documentElement.dir = 'rtl'");
    let left = js("return root.querySelector('.launcher').getBoundingClientRect().left.toFixed(1)");
    js("document.documentElement.removeAttribute('dir')");
    let right = js(
        "return (innerWidth - root.querySelector('.launcher').getBoundingClientRect().right).toFixed(1)",
    );
    assert_eq!(left, right);
}

#[wasm_bindgen_test]
async fn nothing_in_it_is_what_a_strict_policy_blocks() {
    let stage = Stage::new();
    let view = View {
        checklist: Some(confirming()),
        cards: vec![tip()],
        ..View::default()
    };
    let target = document().query_selector("#target").expect("a selector");
    stage.show_view(view, target).await;
    assert!(
        stage
            .seek("style, link, script, img, iframe, [onclick]")
            .is_none()
    );
    // The mark's own properties are set through the object model, which no policy blocks.
    assert!(stage.seek("[style]:not(.mark, .card)").is_none());
}

#[wasm_bindgen_test]
async fn it_moves_nothing_on_the_page() {
    let page = "const { width, height } = document.body.getBoundingClientRect();
        return [width, height, document.documentElement.scrollHeight, document.documentElement.scrollWidth].join()";
    let stage = Stage::new();
    let before = js(page).as_string();
    stage.show(open()).await;
    assert_eq!(js(page).as_string(), before);
}

#[wasm_bindgen_test]
async fn what_lies_beside_the_launcher_can_be_clicked() {
    let stage = Stage::with(checklist()).await;
    settle();
    let beside = js("const launcher = root.querySelector('.launcher').getBoundingClientRect();
        return document.elementFromPoint(launcher.left - 20, launcher.top + 20)?.hasAttribute('data-headstart')");
    assert!(beside.is_falsy());
    assert!(stage.seek(".launcher").is_some());
}

#[wasm_bindgen_test]
async fn it_lies_over_a_host_that_wants_to_be_on_top() {
    let stage = Stage::with(checklist()).await;
    settle();
    stage.page.set_inner_html(
        "<div style='position: fixed; inset: 0; z-index: 2147483647; background: #000'></div>",
    );
    let on_top = js("const launcher = root.querySelector('.launcher').getBoundingClientRect();
        return document.elementFromPoint(launcher.left + 20, launcher.top + 20).hasAttribute('data-headstart')");
    assert!(on_top.is_truthy());
}

#[wasm_bindgen_test]
async fn it_is_there_in_a_browser_without_popovers() {
    js(
        "window.realShow = HTMLElement.prototype.showPopover; delete HTMLElement.prototype.showPopover",
    );
    let stage = Stage::with(open()).await;
    js("HTMLElement.prototype.showPopover = window.realShow");
    let seen = js(
        "const { position, display } = getComputedStyle(root.querySelector('.dock'));
        return position + ' ' + display",
    );
    assert_eq!(seen.as_string().as_deref(), Some("fixed flex"));
    assert!(stage.find(".panel").offset_height() > 0);
}

#[wasm_bindgen_test]
async fn it_is_made_before_it_is_on_the_page_and_stays_off_when_it_was_taken_off() {
    let screen = Screen::mount(&document(), Callback::noop(), true, None).expect("it can");
    assert!(js("return document.querySelector('[data-headstart]')").is_null());
    assert!(!screen.is_gone());
    screen.appear().expect("it can");
    assert!(!screen.is_gone());
    host().remove();
    screen.appear().expect("it can");
    let gone = screen.is_gone();
    screen.unmount();
    assert!(gone);
}

#[wasm_bindgen_test]
async fn its_root_is_closed_unless_a_test_opens_it() {
    let screen = Screen::mount(&document(), Callback::noop(), false, None).expect("it can");
    screen.appear().expect("it can");
    let root = host().shadow_root();
    screen.unmount();
    assert!(root.is_none());
}

#[wasm_bindgen_test]
async fn it_leaves_nothing_behind() {
    let mut stage = Stage::new();
    let before = document().document_element().expect("a page").outer_html();
    let view = View {
        checklist: Some(open()),
        cards: vec![tip()],
        ..View::default()
    };
    let target = document().query_selector("#target").expect("a selector");
    stage.show_view(view, target).await;
    stage.unmount().await;
    let after = document().document_element().expect("a page").outer_html();
    assert_eq!(after, before.replace("<div data-headstart=\"\"></div>", ""));
    let sheets = js("return document.adoptedStyleSheets.length");
    assert_eq!(sheets.as_f64(), Some(0.0));
}
