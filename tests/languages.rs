//! Which language the widget asks the collector for, and what becomes of the answer.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, eval, field, sleep, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// An answer with one checklist of this title, in a language with this word for what is left.
fn answer(language: &str, title: &str, left: &str) -> String {
    format!(
        r#"{{"content":[{{"id":"list","version":1,"kind":"checklist","language":"{language}","title":"{title}",
            "tasks":[{{"id":"task","title":"T","done_when":{{"event":{{"name":"E"}}}}}}]}}],
            "known":{{}},"settings":{{}},"server_time":1,"language":"{language}","words":{{"left":"{left}"}}}}"#
    )
}

fn english() -> String {
    answer("en", "Start", "{0} left").replace(r#","words":{"left":"{0} left"}"#, "")
}

/// What the launcher says.
fn launcher() -> String {
    let text = eval(
        "[...document.querySelector('[data-headstart]')?.shadowRoot.querySelectorAll('.launcher .name, .launcher .left') ?? []].map((one) => one.textContent).join(' | ')",
    );
    text.as_string().unwrap_or_default()
}

/// What the last boot asked for: the language, and whose words it has.
fn asked(page: &Page) -> Option<(String, String)> {
    let body = field(page.fakes.requests("/v1/boot").last()?, "body");
    let text = |name: &str| field(&body, name).as_string().unwrap_or_default();
    Some((text("language"), text("words")))
}

#[wasm_bindgen_test]
async fn a_language_that_the_host_calls_for_is_there_at_once() {
    let page = Page::start(&english());
    until("it is shown", || launcher() == "Start | 1 left").await;
    page.fakes.set_boot(&answer("de", "Anfang", "Noch {0}"));
    page.call("'language', 'de'");
    until("it is German", || launcher() == "Anfang | Noch 1").await;
    assert_eq!(asked(&page), Some(("de".to_owned(), "en".to_owned())));
    // And from then on.
    page.fakes.set_boot(&english());
    page.call("'language', 'en'");
    until("it is English", || launcher() == "Start | 1 left").await;
    assert_eq!(asked(&page), Some(("en".to_owned(), "de".to_owned())));
}

#[wasm_bindgen_test]
async fn the_same_language_is_not_asked_for_twice() {
    let page = Page::start(&english());
    page.call("'language', 'de'");
    page.call("'language', 'de'");
    until("it asks", || asked(&page).is_some()).await;
    sleep(100).await;
    assert_eq!(page.fakes.requests("/v1/boot").len(), 1);
}

#[wasm_bindgen_test]
async fn what_is_no_language_is_told_with_the_remedy() {
    let page = Page::start(&english());
    for call in [
        "'language'",
        "'language', 'German'",
        "'language', 5",
        "'language', 'de_DE'",
    ] {
        page.call(call);
    }
    sleep(50).await;
    assert_eq!(asked(&page), None);
    // The same is said once.
    assert_eq!(page.fakes.said_about("such as 'de' or 'pt-BR'"), 1);
}

#[wasm_bindgen_test]
async fn what_the_loader_asked_for_in_the_script_s_language_is_not_asked_for_again() {
    let config = "{ \"dataset\": { \"language\": \"de\" } }";
    // Of which there may be no translation.
    let page = Page::start_with(&english(), config);
    until("it is shown", || launcher() == "Start | 1 left").await;
    page.call("'language', 'de'");
    sleep(50).await;
    assert_eq!(asked(&page), None);
    // But whatever is asked from now on.
    page.call("'identify', 'user-1'");
    until("it asks", || {
        asked(&page) == Some(("de".to_owned(), "en".to_owned()))
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_script_s_language_may_be_written_as_systems_do() {
    let page = Page::start_with(&english(), "{ \"dataset\": { \"language\": \"de_AT\" } }");
    until("it is shown", || launcher() == "Start | 1 left").await;
    page.call("'identify', 'user-1'");
    until("it asks", || {
        asked(&page) == Some(("de_AT".to_owned(), "en".to_owned()))
    })
    .await;
}

#[wasm_bindgen_test]
async fn whatever_is_called_before_the_widget_is_there_counts() {
    let calls = r#"{ "calls": [[1, ["language", "fr"]]] }"#;
    let page = Page::start_with(&english(), calls);
    until("it asks", || {
        asked(&page) == Some(("fr".to_owned(), "en".to_owned()))
    })
    .await;
}
