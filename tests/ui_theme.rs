//! The project's theme, on top of the widget's own look.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot, eval, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const CONTENT: &str = r##"[{"id":"list","version":1,"kind":"checklist","title":"List","tasks":[{"id":"task","title":"A task",
    "done_when":{"event":{"name":"Never"}}}]},
    {"id":"note","version":1,"kind":"tip","form":"inline","title":"A note","target":"#at"}]"##;

fn property(host: &str, name: &str) -> String {
    let code = format!(
        "(() => {{
            const root = document.querySelector('[data-headstart]{host}')?.shadowRoot.querySelector('.root');
            return root ? getComputedStyle(root).getPropertyValue('{name}').trim() : '';
        }})()"
    );
    eval(&code).as_string().unwrap_or_default()
}

fn themed(theme: &str) -> String {
    boot(CONTENT).replace(
        r#""settings":{}"#,
        &format!(r#""settings":{{"theme":"{theme}"}}"#),
    )
}

#[wasm_bindgen_test]
async fn it_holds_for_all_that_is_on_the_page_and_follows_what_the_collector_says() {
    let mut page = Page::start(&themed(":host{--hs-accent:#0a7d4f}"));
    page.add("<p id='at'>Here</p>");
    for host in [":not([data-inline])", "[data-inline]"] {
        until("it is worn", || property(host, "--hs-accent") == "#0a7d4f").await;
    }
    page.fakes.set_boot(&themed(":host{--hs-accent:#b34700}"));
    page.call("'identify', 'user-1'");
    for host in [":not([data-inline])", "[data-inline]"] {
        until("it is another", || {
            property(host, "--hs-accent") == "#b34700"
        })
        .await;
    }
}

#[wasm_bindgen_test]
async fn without_one_the_widget_looks_as_it_does_by_itself() {
    let _page = Page::start(&boot(CONTENT));
    until("it is there", || {
        property(":not([data-inline])", "--hs-accent") == "#4353d6"
    })
    .await;
}
