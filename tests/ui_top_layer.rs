//! Where cards, spotlights and centred cards are, whoever draws them.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart::ui::top_layer;
use stage::{Stage, document, frame, js, root, settle};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

/// Draws a mark and a card, with a veil between them where it is asked for, and pins them to the
/// stage's target, which lies at 300, 250 and is 120 by 30 large.
fn pin(veil: &str, side: &str, style: &str) -> (Stage, HtmlElement) {
    let stage = Stage::new();
    let find = |selector: &str| -> HtmlElement {
        let found = root().query_selector(selector).expect("a selector");
        found.expect("it is drawn").unchecked_into()
    };
    js(&format!(
        "document.querySelector('#target').style.cssText = 'position: fixed; left: 300px; top: 250px; width: 120px; height: 30px; {style}';
        const box = document.createElement('div');
        box.className = 'stand';
        box.dataset.side = '{side}';
        box.innerHTML = `<div class='mark' popover='manual'></div>{veil}<div class='tip card' popover='manual'><h2>Here</h2><p>This is it.</p></div>`;
        root.querySelector('.root').append(box)"
    ));
    let target = document().query_selector("#target");
    let target: Element = target.expect("a selector").expect("it is there");
    let mark = find(".mark");
    top_layer::arrange(&root(), None, &js_sys::Array::of1(&target));
    settle();
    (stage, mark)
}

/// On which side of the target the card is.
fn side() -> String {
    let side = js("const card = root.querySelector('.card').getBoundingClientRect();
        const it = document.querySelector('#target').getBoundingClientRect();
        const near = (gap) => gap >= 0 && gap < 30;
        return near(card.top - it.bottom) ? 'bottom' : near(it.top - card.bottom) ? 'top'
            : near(card.left - it.right) ? 'right' : near(it.left - card.right) ? 'left' : 'nowhere'");
    side.as_string().expect("a side")
}

/// What is clicked at a place of the page: `target`, `page`, or a part of the widget by its class.
fn hit(x: i32, y: i32) -> String {
    let hit = js(&format!(
        "const inner = root.elementFromPoint({x}, {y});
        const ours = inner && root.contains(inner) && inner.closest('.card, .veil');
        if (ours) return ours.classList[ours.classList.length - 1];
        return document.elementFromPoint({x}, {y})?.id || 'page'"
    ));
    hit.as_string().expect("a text")
}

#[wasm_bindgen_test]
async fn a_card_is_on_the_side_that_is_preferred() {
    for (wanted, style, found) in [
        ("", "", "bottom"),
        ("top", "", "top"),
        ("bottom", "", "bottom"),
        ("start", "", "left"),
        ("end", "", "right"),
        ("start", "direction: rtl", "right"),
        ("end", "direction: rtl", "left"),
    ] {
        let (_stage, _) = pin("", wanted, style);
        frame().await;
        assert_eq!(side(), found, "{wanted} {style}");
    }
}

#[wasm_bindgen_test]
async fn a_card_goes_elsewhere_where_its_side_has_no_room() {
    for (wanted, style, found) in [
        ("top", "top: 5px", "bottom"),
        ("bottom", "top: auto; bottom: 5px", "top"),
        ("start", "left: 5px", "right"),
        ("end", "left: auto; right: 5px", "left"),
    ] {
        let (_stage, _) = pin("", wanted, style);
        frame().await;
        assert_eq!(side(), found, "{wanted} {style}");
    }
}

#[wasm_bindgen_test]
async fn in_a_spotlight_the_target_can_be_used_and_the_rest_of_the_page_cannot() {
    let veil = "<div class='veil' popover='manual'><i></i><i></i><i></i><i></i></div>";
    let (_stage, _) = pin(veil, "", "");
    frame().await;
    assert_eq!(hit(360, 265), "target");
    for (x, y) in [(360, 240), (100, 400), (290, 265), (430, 265), (5, 5)] {
        assert_eq!(hit(x, y), "veil", "{x}, {y}");
    }
    js("document.querySelector('#target').style.top = '60px'");
    frame().await;
    assert_eq!(hit(360, 75), "target");
    assert_eq!(hit(360, 265), "veil");
}

#[wasm_bindgen_test]
async fn a_spotlight_can_block_its_target_but_not_its_card() {
    let veil = "<div class='veil' popover='manual' data-block><i></i><i></i><i></i><i></i></div>";
    let (_stage, _) = pin(veil, "", "");
    frame().await;
    assert_eq!(hit(360, 265), "veil");
    assert_eq!(hit(5, 5), "veil");
    assert_eq!(hit(360, 320), "card");
}

#[wasm_bindgen_test]
async fn where_nothing_is_lit_nothing_is_dimmed_or_blocked() {
    js("const proto = HTMLElement.prototype;
        window.realShow = proto.showPopover;
        proto.showPopover = function () { return window.realShow.call(this); }");
    let veil = "<div class='veil' popover='manual'><i></i><i></i><i></i><i></i></div>";
    let (_stage, _) = pin(veil, "", "");
    js("HTMLElement.prototype.showPopover = window.realShow");
    frame().await;
    assert_eq!(hit(360, 265), "target");
    assert_eq!(hit(5, 400), "page");
}

#[wasm_bindgen_test]
async fn a_card_without_a_target_is_in_the_middle_of_the_screen() {
    let _stage = Stage::new();
    let middle = js(
        "const box = document.createElement('div');
        box.innerHTML = `<div class='tip card' popover='manual' data-centred><h2>Welcome</h2></div>`;
        root.querySelector('.root').append(box);
        box.firstChild.showPopover();
        root.getAnimations().forEach((animation) => animation.finish());
        const { left, right, top, bottom } = box.firstChild.getBoundingClientRect();
        return Math.abs(left + right - innerWidth) < 2 && Math.abs(top + bottom - innerHeight) < 2",
    );
    assert!(middle.is_truthy());
}
