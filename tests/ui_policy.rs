//! Under a strict Content-Security-Policy. A policy cannot be taken back, so this has a page of its own.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart_core::View;
use headstart_core::content::{Form, Spotlight};
use stage::{Stage, card, document, frame, js};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const FORMS: [Form; 7] = [
    Form::Tooltip,
    Form::Hint,
    Form::Inline,
    Form::Banner,
    Form::Modal,
    Form::Tour,
    Form::Reminder,
];

#[wasm_bindgen_test]
async fn a_strict_policy_blocks_nothing_of_any_card() {
    let stage = Stage::new();
    js("window.blocked = [];
        window.note = (event) => window.blocked.push(event.violatedDirective);
        document.addEventListener('securitypolicyviolation', window.note)");
    let policy = document().create_element("meta").expect("an element");
    policy
        .set_attribute("http-equiv", "Content-Security-Policy")
        .expect("a name");
    // What is there already needs no leave; scripts are the test's own way to look.
    policy
        .set_attribute(
            "content",
            "style-src 'none'; script-src-attr 'none'; frame-src 'none'; object-src 'none'",
        )
        .expect("a name");
    let head = document().head().expect("a head");
    head.append_child(&policy).expect("it is new");
    let target = document().query_selector("#target").expect("a selector");
    for form in FORMS {
        let mut card = card(form);
        card.content = form.name().into();
        card.can_snooze = true;
        card.spotlight = (form == Form::Tour).then_some(Spotlight::Blocked);
        if matches!(form, Form::Banner | Form::Modal | Form::Reminder) {
            card.target = None;
        }
        let view = View {
            cards: vec![card],
            hushed: true,
            ..View::default()
        };
        stage.show_view(view, target.clone()).await;
        frame().await;
        assert!(
            stage
                .seek("style, link, script, iframe, [onclick]")
                .is_none()
        );
        assert!(
            stage.seek("[style]:not(.mark, .mark ~ *)").is_none(),
            "{form:?}"
        );
    }
    let blocked = js(
        "document.removeEventListener('securitypolicyviolation', window.note);
        return window.blocked.join()",
    );
    assert_eq!(blocked.as_string().as_deref(), Some(""));
}
