//! Cards of every form: what each looks like to the browser, and what the user can do with it.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart_core::content::{Form, Side, Snooze, Spotlight};
use headstart_core::engine::view::{ButtonView, CardView, Label};
use headstart_core::time::{DAY, Span};
use headstart_core::{Act, View};
use stage::{Stage, card, checklist, frame, js, open, tip};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A page with a target that has room around it.
fn stage() -> Stage {
    let stage = Stage::new();
    js(
        "document.querySelector('#target').style.cssText =
            'position: fixed; left: 200px; top: 200px; width: 120px; height: 30px; background: #eee'; scrollTo(0, 0)",
    );
    stage
}

fn hint(open: bool) -> CardView {
    CardView {
        open,
        ..card(Form::Hint)
    }
}

/// A step in the middle of a tour.
fn step() -> CardView {
    CardView {
        step: "second".into(),
        place: Some((2, 4)),
        can_go_back: true,
        buttons: vec![ButtonView {
            label: Label::Next,
            act: Act::Next("tour".into()),
            asked: None,
        }],
        content: "tour".into(),
        ..card(Form::Tour)
    }
}

/// The same without an element.
fn centred() -> CardView {
    CardView {
        target: None,
        ..step()
    }
}

async fn show(stage: &Stage, card: CardView) {
    let view = View {
        cards: vec![card],
        ..View::default()
    };
    stage.show_view(view, None).await;
}

/// Which element of the page or the widget lies at the middle of the target: its id or its class.
fn on_top() -> String {
    let found = js("const { left, top, width, height } = document.querySelector('#target').getBoundingClientRect();
        const at = [left + width / 2, top + height / 2];
        const found = document.elementFromPoint(...at);
        return found?.id || root.elementFromPoint(...at)?.className || 'page'");
    found.as_string().unwrap_or_default()
}

/// Whether the widget takes a click at that point of the window; below 0: so far from its bottom.
fn takes_click(x: i32, y: i32) -> bool {
    js(&format!(
        "const hit = document.elementFromPoint({x}, {y} < 0 ? innerHeight + {y} : {y});
        if (!hit) throw new Error('that is not within the window');
        return hit.hasAttribute('data-headstart')"
    ))
    .is_truthy()
}

#[wasm_bindgen_test]
async fn a_hint_is_a_mark_at_its_target_until_it_is_opened() {
    let stage = stage();
    stage.show_tip(hint(false), "#target").await;
    let beacon = stage.find(".beacon");
    assert!(beacon.matches(":popover-open").expect("known"));
    assert_eq!(
        stage.attribute(".beacon", "aria-expanded").as_deref(),
        Some("false")
    );
    assert_eq!(stage.attribute(".beacon", "aria-controls"), None);
    assert_eq!(stage.spoken(".beacon"), "That was easy");
    assert_eq!(stage.find(".card").offset_height(), 0);
    let near = js("const mark = root.querySelector('.beacon').getBoundingClientRect();
        const it = document.querySelector('#target').getBoundingClientRect();
        return Math.abs(mark.left + mark.width / 2 - it.right) < 20 && Math.abs(mark.top + mark.height / 2 - it.top) < 20");
    assert!(near.is_truthy());
}

#[wasm_bindgen_test]
async fn a_click_on_the_mark_opens_a_hint() {
    let stage = stage();
    stage.show_tip(hint(false), "#target").await;
    stage.click(".beacon");
    assert_eq!(stage.acts(), [Act::OpenHint("template-tip".into())]);
    stage.show_tip(hint(true), "#target").await;
    assert_eq!(
        stage.attribute(".beacon", "aria-expanded").as_deref(),
        Some("true")
    );
    assert_eq!(
        stage.attribute(".beacon", "aria-controls"),
        stage.attribute(".card", "id")
    );
    assert!(stage.find(".card").offset_height() > 0);
}

#[wasm_bindgen_test]
async fn the_mark_of_a_hint_is_hidden_where_the_open_checklist_lies_over_it() {
    for (place, list, expect) in [
        ("right: 60px; bottom: 160px", open(), "hidden"),
        ("right: 60px; bottom: 160px", checklist(), "visible"),
        ("left: 60px; top: 60px", open(), "visible"),
    ] {
        let stage = stage();
        js(&format!(
            "document.querySelector('#target').style.cssText = 'position: fixed; {place}'"
        ));
        let target = stage.page.query_selector("#target").expect("a selector");
        let view = View {
            checklist: Some(list),
            cards: vec![hint(false)],
            ..View::default()
        };
        stage.show_at(view, vec![target]).await;
        frame().await;
        let seen = js("return getComputedStyle(root.querySelector('.beacon')).visibility");
        assert_eq!(seen.as_string().as_deref(), Some(expect), "{place}");
    }
}

#[wasm_bindgen_test]
async fn the_mark_is_a_button_that_takes_focus_and_its_card_comes_next() {
    let stage = stage();
    stage.show_tip(hint(true), "#target").await;
    let beacon = stage.find(".beacon");
    assert_eq!(beacon.tag_name(), "BUTTON");
    beacon.focus().expect("it takes focus");
    assert_eq!(stage.focused(&[".beacon"]), Some(".beacon"));
    assert!(
        stage.key("Enter"),
        "the browser makes a click of it, as of any button"
    );
    let next = beacon.next_element_sibling().expect("the card");
    assert!(next.matches(".card").expect("a selector"));
}

#[wasm_bindgen_test]
async fn escape_puts_a_hint_back_into_its_mark_and_focus_with_it() {
    let stage = stage();
    stage.show_tip(hint(true), "#target").await;
    stage.button("Close").focus().expect("it takes focus");
    assert!(!stage.key("Escape"));
    assert_eq!(stage.acts(), [Act::OpenHint("template-tip".into())]);
    stage.show_tip(hint(false), "#target").await;
    frame().await;
    assert_eq!(stage.focused(&[".beacon", "body"]), Some(".beacon"));
}

#[wasm_bindgen_test]
async fn closing_a_hint_sends_it_away() {
    let stage = stage();
    stage.show_tip(hint(true), "#target").await;
    stage.press("Close");
    assert_eq!(stage.acts(), [Act::Dismiss("template-tip".into())]);
}

#[wasm_bindgen_test]
async fn the_mark_of_a_hint_is_hidden_under_what_asks_for_all_attention() {
    for above in [
        CardView {
            target: None,
            content: "modal".into(),
            ..card(Form::Modal)
        },
        CardView {
            spotlight: Some(Spotlight::Usable),
            ..step()
        },
        centred(),
    ] {
        let stage = stage();
        let target = stage.page.query_selector("#target").expect("a selector");
        let form = above.form;
        let view = View {
            cards: vec![hint(false), above],
            ..View::default()
        };
        stage.show_at(view, vec![target.clone(), target]).await;
        let seen = js("return getComputedStyle(root.querySelector('.beacon')).visibility");
        assert_eq!(seen.as_string().as_deref(), Some("hidden"), "{form:?}");
    }
}

#[wasm_bindgen_test]
async fn a_banner_runs_along_the_edge_of_the_window() {
    let stage = stage();
    for (side, edge) in [(None, "top"), (Some(Side::Bottom), "bottom")] {
        let banner = CardView {
            target: None,
            side,
            ..card(Form::Banner)
        };
        show(&stage, banner).await;
        stage::settle();
        let there = js(&format!(
            "const box = root.querySelector('.card').getBoundingClientRect();
            const far = {{ top: box.top, bottom: innerHeight - box.bottom }};
            return [box.left, far['{edge}'], innerWidth - box.right > 20, box.height > 200].join()"
        ));
        assert_eq!(
            there.as_string().as_deref(),
            Some("0,0,false,false"),
            "{edge}"
        );
        assert_eq!(stage.attribute(".card", "role").as_deref(), Some("region"));
        assert!(stage.find(".card").matches(":popover-open").expect("known"));
        stage.press("Make a template");
        stage.press("Close");
        assert_eq!(stage.acts().len(), 2);
        stage.show_view(View::default(), None).await;
    }
}

#[wasm_bindgen_test]
async fn a_modal_is_a_dialog_beneath_which_the_page_rests() {
    let stage = stage();
    show(
        &stage,
        CardView {
            target: None,
            ..card(Form::Modal)
        },
    )
    .await;
    assert!(stage.find("dialog").matches(":modal").expect("known"));
    assert_eq!(stage.spoken("dialog h2"), "That was easy");
    assert!(takes_click(5, 5), "its backdrop takes what is beside it");
    js("document.querySelector('#field').focus()");
    assert_eq!(stage.focused(&["#field"]), None);
    assert_ne!(stage.focused(&["dialog *"]), None);
}

#[wasm_bindgen_test]
async fn a_modal_takes_focus_and_gives_it_back() {
    let stage = stage();
    js("document.querySelector('#field').focus()");
    show(
        &stage,
        CardView {
            target: None,
            ..card(Form::Modal)
        },
    )
    .await;
    assert_ne!(stage.focused(&["dialog, dialog *"]), None);
    stage.show_view(View::default(), None).await;
    assert_eq!(stage.focused(&["#field"]), Some("#field"));
}

#[wasm_bindgen_test]
async fn a_modal_is_closed_by_its_button_by_escape_and_by_the_browser() {
    let stage = stage();
    let modal = CardView {
        target: None,
        ..card(Form::Modal)
    };
    show(&stage, modal.clone()).await;
    let closed = [Act::Dismiss("template-tip".into())];
    stage.press("Close");
    assert_eq!(stage.acts(), closed);
    assert!(!stage.key("Escape"));
    assert_eq!(stage.acts(), closed);
    // As with the back gesture of a phone, of which no key tells.
    js("root.querySelector('dialog').dispatchEvent(new Event('cancel', { cancelable: true }))");
    assert_eq!(stage.acts(), closed);
}

#[wasm_bindgen_test]
async fn a_step_says_its_place_and_leads_on_and_back() {
    let stage = stage();
    stage.show_tip(step(), "#target").await;
    assert_eq!(stage.spoken(".place"), "2 of 4");
    stage.press("Next");
    stage.press("Back");
    stage.button("Next").focus().expect("it takes focus");
    assert!(!stage.key("Escape"));
    assert_eq!(
        stage.acts(),
        [
            Act::Next("tour".into()),
            Act::Back("tour".into()),
            Act::Dismiss("tour".into())
        ]
    );
    let mut first = step();
    first.can_go_back = false;
    first.place = None;
    stage.show_tip(first, "#target").await;
    assert!(stage.seek(".place").is_none());
    assert!(stage.seek("[aria-label=Back]").is_none());
}

#[wasm_bindgen_test]
async fn a_spotlight_leaves_its_target_usable_or_not_as_the_author_says() {
    for (spotlight, top) in [
        (None, "target"),
        (Some(Spotlight::Usable), "target"),
        (Some(Spotlight::Blocked), "veil"),
    ] {
        let stage = stage();
        let lit = CardView {
            spotlight,
            ..step()
        };
        stage.show_tip(lit, "#target").await;
        frame().await;
        assert_eq!(on_top(), top, "{spotlight:?}");
        assert_eq!(takes_click(5, 5), spotlight.is_some(), "{spotlight:?}");
        assert_eq!(takes_click(205, -5), spotlight.is_some(), "{spotlight:?}");
    }
}

#[wasm_bindgen_test]
async fn a_step_without_an_element_is_in_the_middle_with_the_page_dimmed() {
    let stage = stage();
    show(&stage, centred()).await;
    let middle = js(
        "const box = root.querySelector('.card').getBoundingClientRect();
        return Math.abs(box.left + box.width / 2 - document.documentElement.clientWidth / 2) < 12
            && Math.abs(box.top + box.height / 2 - innerHeight / 2) < 12",
    );
    assert!(middle.is_truthy());
    assert_eq!(on_top(), "veil");
    assert!(takes_click(5, 5));
    assert!(stage.seek(".mark").is_none());
}

#[wasm_bindgen_test]
async fn nothing_stays_dimmed_when_a_tour_ends() {
    let stage = stage();
    let lit = CardView {
        spotlight: Some(Spotlight::Blocked),
        ..step()
    };
    stage.show_tip(lit, "#target").await;
    stage.show_view(View::default(), None).await;
    assert!(!takes_click(5, 5));
    assert_eq!(on_top(), "target");
}

#[wasm_bindgen_test]
async fn a_reminder_stands_above_the_launcher_and_leads_to_the_list() {
    let stage = stage();
    let reminder = CardView {
        target: None,
        buttons: vec![ButtonView {
            label: Label::ShowMe,
            act: Act::Open("start".into()),
            asked: None,
        }],
        ..card(Form::Reminder)
    };
    let view = View {
        checklist: Some(checklist()),
        cards: vec![reminder],
        ..View::default()
    };
    stage.show_view(view, None).await;
    stage::settle();
    let above = js(
        "const card = root.querySelector('.card').getBoundingClientRect();
        const launcher = root.querySelector('.launcher').getBoundingClientRect();
        return card.bottom <= launcher.top && card.bottom > launcher.top - 40
            && Math.abs(card.right - launcher.right) < 8",
    );
    assert!(above.is_truthy());
    stage.press("Show me");
    assert_eq!(stage.acts(), [Act::Open("start".into())]);
}

#[wasm_bindgen_test]
async fn what_came_by_itself_can_be_put_off_and_told_to_stay_away() {
    let stage = stage();
    let mut came = tip();
    came.can_snooze = true;
    stage.show_tip(came.clone(), "#target").await;
    assert_eq!(stage.spoken("summary"), "More options");
    stage.click("summary");
    let id = || came.content.clone();
    for (name, act) in [
        (
            "Remind me tomorrow",
            Act::Snooze(id(), Snooze::For(Span::from_millis(DAY))),
        ),
        (
            "Remind me next time",
            Act::Snooze(id(), Snooze::NextSession),
        ),
        ("No more tips", Act::Hush(true)),
    ] {
        assert!(stage.button(name).offset_height() > 0, "{name}");
        stage.press(name);
        assert_eq!(stage.acts(), [act], "{name}");
    }
}

#[wasm_bindgen_test]
async fn the_menu_is_not_there_on_what_the_user_asked_for() {
    let stage = stage();
    stage.show_tip(tip(), "#target").await;
    assert!(stage.seek(".more").is_none());
}

#[wasm_bindgen_test]
async fn the_menu_of_a_modal_does_not_offer_what_holds_for_tips() {
    let stage = stage();
    let modal = CardView {
        target: None,
        can_snooze: true,
        ..card(Form::Modal)
    };
    show(&stage, modal).await;
    stage.click("summary");
    assert_eq!(
        stage.spoken(".menu"),
        "Remind me tomorrowRemind me next time"
    );
    assert!(
        js(
            "const menu = root.querySelector('.menu button').getBoundingClientRect();
        return root.elementFromPoint(menu.left + 5, menu.top + 5)?.closest('.menu')"
        )
        .is_truthy()
    );
}

#[wasm_bindgen_test]
async fn the_panel_offers_tips_again_to_who_wanted_none() {
    let stage = stage();
    for hushed in [false, true] {
        let view = View {
            checklist: Some(open()),
            hushed,
            ..View::default()
        };
        stage.show_view(view, None).await;
        assert_eq!(stage.seek(".hushed").is_some(), hushed);
    }
    stage.press("Show tips again");
    assert_eq!(stage.acts(), [Act::Hush(false)]);
}
