//! Rich text: it is drawn as nodes, each with what it may have, and nothing else.
#![cfg(target_arch = "wasm32")]

#[path = "support/stage.rs"]
mod stage;

use headstart_core::content::RichText;
use headstart_core::decode::{Decode, Decoder};
use headstart_core::engine::view::CardView;
use headstart_core::{Act, Value};
use stage::{Stage, js, open, tip, unfolded};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A text, as the collector sends it.
fn text(json: &str) -> RichText {
    let parsed = js_sys::JSON::parse(json).expect("the test's JSON is valid");
    let value = headstart::value::read(&parsed).value.unwrap_or(Value::Null);
    // As the widget does, which goes by what the collector has checked.
    let mut text = RichText::default();
    text.read(value, &mut Decoder::default());
    text
}

fn saying(json: &str) -> CardView {
    CardView {
        body: Some(text(json)),
        ..tip()
    }
}

/// What a text looks like in the page.
async fn drawn(json: &str) -> String {
    let stage = Stage::new();
    stage.show_tip(saying(json), "#target").await;
    stage.find(".rich").inner_html()
}

#[wasm_bindgen_test]
async fn every_element_is_drawn_as_what_it_is() {
    for (json, expect) in [
        (r#""Plain & <simple>""#, "<p>Plain &amp; &lt;simple&gt;</p>"),
        (
            r#"[["p","A ",["strong","b"]," ",["em","c"]," ",["code","d"],["br"],"e"]]"#,
            "<p>A <strong>b</strong> <em>c</em> <code>d</code><br>e</p>",
        ),
        (
            r#"[["ul",["li","one"],["li","two"]],["ol",["li","first"]]]"#,
            "<ul><li>one</li><li>two</li></ul><ol><li>first</li></ol>",
        ),
        (
            r#"[["pre",["code","a\nb"]]]"#,
            "<pre><code>a\nb</code></pre>",
        ),
    ] {
        assert_eq!(drawn(json).await, expect, "{json}");
    }
}

#[wasm_bindgen_test]
async fn an_image_waits_until_it_is_seen_and_tells_little_of_the_page() {
    let stage = Stage::new();
    let image = r#"[["p",["img",{"src":"/x.png","alt":"A sheet","width":"40","height":"30"}]]]"#;
    stage.show_tip(saying(image), "#target").await;
    for (name, expect) in [
        ("src", "/x.png"),
        ("alt", "A sheet"),
        ("width", "40"),
        ("height", "30"),
        ("loading", "lazy"),
        ("referrerpolicy", "strict-origin-when-cross-origin"),
    ] {
        assert_eq!(
            stage.attribute(".rich img", name).as_deref(),
            Some(expect),
            "{name}"
        );
    }
}

#[wasm_bindgen_test]
async fn what_is_not_known_of_an_element_is_left_out() {
    for (json, expect) in [
        (
            r#"[["p",{"onclick":"alert(1)","style":"x","class":"y"},"a"]]"#,
            "<p>a</p>",
        ),
        (r#"[["script","alert(1)"],["p","a"]]"#, "<p>a</p>"),
        (r#"[["a",{"href":"javascript:alert(1)"},"a"]]"#, "a</a>"),
    ] {
        let drawn = drawn(json).await;
        assert!(drawn.ends_with(expect), "{json}: {drawn}");
        for part in ["onclick", "script", "style", "class"] {
            assert!(!drawn.contains(part), "{json}: {drawn}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_path_of_the_host_is_gone_to_as_its_own_links_are() {
    let stage = Stage::new();
    stage
        .show_tip(
            saying(r#"[["a",{"href":"/templates?new#it"},"There"]]"#),
            "#target",
        )
        .await;
    assert_eq!(stage.attribute(".rich a", "target"), None);
    let stays = js("window.stays = null;
        const look = (event) => { window.stays = event.defaultPrevented; event.preventDefault(); };
        addEventListener('click', look, { once: true });
        root.querySelector('.rich a').click();
        return window.stays");
    assert!(stays.is_truthy());
    assert_eq!(stage.acts(), [Act::Go("/templates?new#it".to_owned())]);
}

#[wasm_bindgen_test]
async fn with_a_key_held_down_the_browser_opens_the_path_itself() {
    let stage = Stage::new();
    stage
        .show_tip(
            saying(r#"[["a",{"href":"/templates"},"There"]]"#),
            "#target",
        )
        .await;
    for key in ["ctrlKey", "metaKey", "shiftKey", "altKey"] {
        let left = js(&format!(
            "let left;
            addEventListener('click', (event) => {{ left = !event.defaultPrevented; event.preventDefault(); }}, {{ once: true }});
            root.querySelector('.rich a').dispatchEvent(new MouseEvent('click',
                {{ bubbles: true, composed: true, cancelable: true, {key}: true }}));
            return left"
        ));
        assert!(left.is_truthy(), "{key}");
    }
    assert_eq!(stage.acts(), []);
}

#[wasm_bindgen_test]
async fn anything_else_opens_in_a_tab_that_has_no_hold_on_this_one() {
    let stage = Stage::new();
    for href in [
        "https://example.com/",
        "http://example.com/",
        "mailto:help@example.com",
        "help.html",
        "#there",
        "//example.com/",
    ] {
        let link = format!(r#"[["a",{{"href":"{href}"}},"There"]]"#);
        stage.show_tip(saying(&link), "#target").await;
        let attribute = |name| stage.attribute(".rich a", name);
        assert_eq!(attribute("href").as_deref(), Some(href));
        assert_eq!(attribute("target").as_deref(), Some("_blank"), "{href}");
        assert_eq!(
            attribute("rel").as_deref(),
            Some("noopener noreferrer"),
            "{href}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_checklist_and_its_tasks_have_it_too() {
    let rich = r#"[["p","A ",["strong","b"]]]"#;
    let mut checklist = unfolded(open(), "a");
    checklist.description = Some(text(rich));
    checklist.tasks[0].description = Some(text(rich));
    let stage = Stage::with(checklist).await;
    for place in [".description", ".body .rich"] {
        assert_eq!(
            stage.find(place).inner_html(),
            "<p>A <strong>b</strong></p>"
        );
    }
}
