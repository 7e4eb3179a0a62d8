//! What has focus on the page is not hidden by what comes by itself (WCAG 2.4.11).
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart::native::Native;
use headstart_core::View;
use headstart_core::content::Form;
use headstart_core::engine::view::CardView;
use stage::{Stage, card, checklist, frame, js, open, settle};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A stage whose widget has ears.
fn stage() -> Stage {
    Native::capture().expect("there is a page");
    Stage::new()
}

async fn launcher() -> Stage {
    let stage = stage();
    stage.show(checklist()).await;
    stage
}

/// Puts the page's field where a part of the widget is, that much further to the right, and gives it focus.
async fn focus_behind(part: &str, further: i32) {
    settle();
    js(&format!(
        "const {{ left, top }} = root.querySelector({part:?}).getBoundingClientRect();
        const field = document.querySelector('#field');
        field.blur();
        field.style.cssText = `position: fixed; box-sizing: border-box; width: 40px; height: 20px;
            left: ${{left + 8 + {further}}}px; top: ${{top + 8}}px`;
        field.focus()"
    ));
    frame().await;
}

/// Puts the page's field somewhere, and gives it focus.
async fn focus_at(place: &str) {
    js(&format!(
        "const field = document.querySelector('#field');
        field.blur();
        field.style.cssText = 'position: fixed; width: 40px; height: 20px; {place}';
        field.focus()"
    ));
    frame().await;
}

fn banner() -> View {
    let banner = CardView {
        target: None,
        ..card(Form::Banner)
    };
    View {
        cards: vec![banner],
        ..View::default()
    }
}

fn is_aside(stage: &Stage, part: &str) -> bool {
    stage.attribute(part, "data-aside").is_some()
}

#[wasm_bindgen_test]
async fn the_launcher_is_seen_through_while_something_behind_it_has_focus() {
    let stage = launcher().await;
    focus_behind(".launcher", 0).await;
    assert!(is_aside(&stage, ".launcher"));
    let opacity = js("return getComputedStyle(root.querySelector('.launcher')).opacity");
    assert_eq!(opacity.as_string().as_deref(), Some("0.15"));
    js("document.querySelector('#field').blur()");
    frame().await;
    assert!(!is_aside(&stage, ".launcher"));
}

#[wasm_bindgen_test]
async fn it_stays_as_it_is_where_a_part_of_that_can_be_seen() {
    let stage = launcher().await;
    focus_behind(".launcher", -20).await;
    assert!(!is_aside(&stage, ".launcher"));
}

#[wasm_bindgen_test]
async fn it_stays_as_it_is_for_whom_the_page_shows_no_focus() {
    let stage = launcher().await;
    focus_behind(".launcher", 0).await;
    js("const field = document.querySelector('#field');
        const button = document.createElement('button');
        button.id = 'pressed';
        button.style.cssText = field.style.cssText;
        field.after(button);
        button.focus({ focusVisible: false })");
    frame().await;
    let unseen = js("return document.querySelector('#pressed:focus:not(:focus-visible)') !== null");
    assert_eq!(unseen.as_bool(), Some(true), "it has focus, unseen");
    assert!(!is_aside(&stage, ".launcher"));
    js("document.querySelector('#pressed').remove()");
}

#[wasm_bindgen_test]
async fn it_is_whole_again_when_it_has_focus_itself() {
    let stage = launcher().await;
    focus_behind(".launcher", 0).await;
    stage.find(".launcher").focus().expect("it takes focus");
    frame().await;
    assert!(!is_aside(&stage, ".launcher"));
}

#[wasm_bindgen_test]
async fn it_heeds_what_is_scrolled_behind_it() {
    let stage = launcher().await;
    focus_behind(".launcher", -20).await;
    js("const { style } = document.querySelector('#field');
        style.left = `${parseFloat(style.left) + 20}px`;
        document.dispatchEvent(new Event('scroll'))");
    frame().await;
    assert!(is_aside(&stage, ".launcher"));
}

#[wasm_bindgen_test]
async fn a_pixel_s_fraction_does_not_count() {
    let stage = launcher().await;
    focus_behind(".launcher", 0).await;
    js(
        "const { left } = root.querySelector('.launcher').getBoundingClientRect();
        document.querySelector('#field').style.left = `${left - 0.5}px`;
        document.dispatchEvent(new Event('scroll'))",
    );
    frame().await;
    assert!(is_aside(&stage, ".launcher"));
}

#[wasm_bindgen_test]
async fn it_is_whole_again_when_what_has_focus_was_moved() {
    let stage = launcher().await;
    focus_behind(".launcher", 0).await;
    assert!(is_aside(&stage, ".launcher"));
    for _ in 0..40 {
        frame().await;
    }
    // Of which no event tells.
    js("document.querySelector('#field').style.left = '300px'");
    for _ in 0..300 {
        if !is_aside(&stage, ".launcher") {
            return;
        }
        frame().await;
    }
    panic!("it stayed as it was");
}

#[wasm_bindgen_test]
async fn a_banner_is_seen_through_as_well_also_if_it_comes_last() {
    let stage = stage();
    focus_at("left: 300px; top: 1px").await;
    stage.show_at(banner(), vec![None]).await;
    // It moves until it is where it stays.
    for _ in 0..300 {
        if is_aside(&stage, ".card") {
            break;
        }
        frame().await;
    }
    assert!(is_aside(&stage, ".card"));
    focus_at("left: 300px; top: 300px").await;
    assert!(!is_aside(&stage, ".card"));
}

#[wasm_bindgen_test]
async fn so_is_the_panel() {
    let stage = stage();
    stage.show(open()).await;
    focus_behind(".panel", 0).await;
    assert!(is_aside(&stage, ".panel"));
    stage.find(".panel button").focus().expect("it takes focus");
    frame().await;
    assert!(!is_aside(&stage, ".panel"));
}

#[wasm_bindgen_test]
async fn what_has_focus_within_a_component_of_the_page_counts() {
    let stage = launcher().await;
    settle();
    js("const { left, top } = root.querySelector('.launcher').getBoundingClientRect();
        const component = document.createElement('div');
        component.id = 'component';
        component.style.display = 'contents';
        const inside = component.attachShadow({ mode: 'open' });
        inside.innerHTML = `<input style='position: fixed; width: 40px; left: ${left + 8}px; top: ${top + 8}px'>`;
        document.querySelector('#field').after(component);
        inside.firstChild.focus()");
    frame().await;
    assert!(is_aside(&stage, ".launcher"));
    js("document.querySelector('#component').remove()");
}

#[wasm_bindgen_test]
async fn what_has_no_place_is_covered_by_nothing() {
    let stage = stage();
    stage.show_at(banner(), vec![None]).await;
    settle();
    // Nobody can look into it, and what it lies in has no box.
    js("const component = document.createElement('div');
        component.id = 'component';
        component.style.display = 'contents';
        const inside = component.attachShadow({ mode: 'closed' });
        inside.innerHTML = '<input>';
        document.querySelector('#field').after(component);
        inside.firstChild.focus()");
    frame().await;
    assert!(!is_aside(&stage, ".card"));
    js("document.querySelector('#component').remove()");
}

#[wasm_bindgen_test]
async fn nothing_is_heard_after_it_has_gone() {
    let mut stage = launcher().await;
    frame().await;
    js("window.gone = root");
    stage.unmount().await;
    js("const launcher = document.createElement('div');
        launcher.className = 'launcher';
        gone.append(launcher);
        const field = document.querySelector('#field');
        launcher.getBoundingClientRect = () => field.getBoundingClientRect();
        field.focus()");
    frame().await;
    let aside = js("return gone.querySelector('.launcher').hasAttribute('data-aside')");
    assert_eq!(aside.as_bool(), Some(false));
}
