//! A form that an action leads to is filled in as if the user had typed.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot, eval, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A page whose one task leads to this very page and fills in those fields.
fn start(form: &str) -> Page {
    let mut page = Page::start(&boot(
        r##"[{"id":"list","version":1,"kind":"checklist","title":"List","tasks":[{"id":"task","title":"A task",
            "done_when":{"event":{"name":"Never"}},
            "action":{"label":"Go","path":"/here","fill":{"#name":"{{user.name | somebody}} & <b>","#secret":"x","#off":"x","#fixed":"x"}}}]}]"##,
    ));
    page.add(form);
    page.call("'on', 'navigate', () => true");
    page.call("'identify', 'user-1', { name: 'Ada' }");
    page
}

const FORM: &str = "<form><input id='name' value='old'><input id='secret' type='password'>
    <input id='off' disabled><input id='fixed' readonly></form>";

async fn press() {
    let inside = |code: &str| {
        eval(&format!(
            "(() => {{ const root = document.querySelector('[data-headstart]')?.shadowRoot; return {code}; }})()"
        ))
    };
    until("it is there", || inside("root?.querySelector('.launcher')").is_truthy()).await;
    inside("root.querySelector('.launcher').click()");
    until("it is open", || inside("root.querySelector('h3 button')").is_truthy()).await;
    inside("root.querySelector('h3 button').click()");
    until("it is unfolded", || inside("root.querySelector('.answers button')").is_truthy()).await;
    inside("root.querySelector('.answers button').click()");
}

fn value(selector: &str) -> String {
    let value = eval(&format!("document.querySelector('{selector}').value ?? document.querySelector('{selector}').textContent"));
    value.as_string().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn fields_are_filled_in_with_what_is_known_of_the_user() {
    let _page = start(FORM);
    press().await;
    until("it is filled in", || value("#name") == "Ada & <b>").await;
}

#[wasm_bindgen_test]
async fn passwords_and_what_cannot_be_typed_into_stay_as_they_are() {
    let _page = start(FORM);
    press().await;
    until("it is filled in", || value("#name") == "Ada & <b>").await;
    for field in ["#secret", "#off", "#fixed"] {
        assert_eq!(value(field), "", "{field}");
    }
}

#[wasm_bindgen_test]
async fn a_framework_with_a_setter_of_its_own_hears_of_it() {
    let _page = start(FORM);
    // As React does, which passes over events when its own setter has seen the value already.
    eval(
        "(() => {
            const field = document.querySelector('#name');
            const real = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
            let tracked = field.value;
            window.changes = [];
            Object.defineProperty(field, 'value', { configurable: true,
                get() { return real.get.call(this); }, set(value) { tracked = value; real.set.call(this, value); } });
            for (const type of ['input', 'change']) {
                document.addEventListener(type, () => { if (real.get.call(field) !== tracked) window.changes.push(type); });
            }
        })()",
    );
    press().await;
    until("it is filled in", || value("#name") == "Ada & <b>").await;
    assert_eq!(eval("changes.join()").as_string().as_deref(), Some("input,change"));
}

#[wasm_bindgen_test]
async fn other_kinds_of_fields_are_filled_in_too() {
    for form in [
        "<textarea id='name'></textarea>",
        "<p id='name' contenteditable='true'>old</p>",
        "<select id='name'><option>old<option>Ada &amp; &lt;b&gt;</select>",
    ] {
        let _page = start(form);
        press().await;
        until(form, || value("#name") == "Ada & <b>").await;
    }
}
