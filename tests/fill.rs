//! A form that an action leads to is filled in as if the user had typed.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use page::{Page, boot, eval, sleep, stored, stored_names, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A list whose one task leads to this path and fills in those fields.
fn list(path: &str, fill: &str) -> String {
    boot(&format!(
        r#"[{{"id":"list","version":1,"kind":"checklist","title":"List","tasks":[{{"id":"task","title":"A task",
            "done_when":{{"event":{{"name":"Never"}}}},
            "action":{{"label":"Go","path":"{path}","fill":{fill}}}}}]}}]"#
    ))
}

/// A page whose one task leads to this very page and fills in the fields of that form.
fn start(form: &str) -> Page {
    let path = eval("location.pathname").as_string().expect("a path");
    let mut page = Page::start(&list(&path, FIELDS));
    page.add(form);
    page.call("'identify', 'user-1', { name: 'Ada' }");
    page
}

const FIELDS: &str =
    r##"{"#name":"{{user.name | somebody}} & <b>","#secret":"x","#off":"x","#fixed":"x"}"##;
const FORM: &str = "<form><input id='name' value='old'><input id='secret' type='password'>
    <input id='off' disabled><input id='fixed' readonly></form>";

async fn press() {
    let inside = |code: &str| {
        eval(&format!(
            "(() => {{ const root = document.querySelector('[data-headstart]')?.shadowRoot; return {code}; }})()"
        ))
    };
    until("it is there", || {
        inside("root?.querySelector('.launcher')").is_truthy()
    })
    .await;
    inside("root.querySelector('.launcher').click()");
    until("it is open", || {
        inside("root.querySelector('h3 button')").is_truthy()
    })
    .await;
    inside("root.querySelector('h3 button').click()");
    until("it is unfolded", || {
        inside("root.querySelector('.answers button')").is_truthy()
    })
    .await;
    inside("root.querySelector('.answers button').click()");
}

fn value(selector: &str) -> String {
    let value = eval(&format!(
        "(({{ value, textContent }}) => value ?? textContent)(document.querySelector('{selector}'))"
    ));
    value.as_string().unwrap_or_default()
}

/// Another path in the address, until it is dropped.
struct At(String);

impl At {
    fn path(path: &str) -> Self {
        let here = eval("location.href").as_string().expect("an address");
        eval(&format!("history.replaceState(null, '', '{path}')"));
        Self(here)
    }
}

impl Drop for At {
    fn drop(&mut self) {
        eval(&format!("history.replaceState(null, '', '{}')", self.0));
    }
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
    assert_eq!(
        eval("changes.join()").as_string().as_deref(),
        Some("input,change")
    );
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

#[wasm_bindgen_test]
async fn boxes_are_ticked_by_a_click_and_only_if_they_are_not() {
    let path = eval("location.pathname").as_string().expect("a path");
    let fill = r##"{"#on":"true","#was":"true","#off":"false","#one":"true"}"##;
    let mut page = Page::start(&list(&path, fill));
    page.add(
        "<form><input id='on' type='checkbox' value='kept'><input id='was' type='checkbox' checked>
        <input id='off' type='checkbox' checked><input id='one' type='radio'></form>",
    );
    press().await;
    let boxes = || {
        let boxes = eval("['on', 'was', 'off', 'one'].map((id) => window[id].checked).join()");
        boxes.as_string()
    };
    until("they are ticked", || {
        boxes().as_deref() == Some("true,true,false,true")
    })
    .await;
    assert_eq!(value("#on"), "kept");
}

#[wasm_bindgen_test]
async fn what_buttons_are_called_stays_as_it_is() {
    let _page = start(
        "<form><input id='name'><input id='fixed' type='submit' value='Save'><button id='off' value='v'></button></form>",
    );
    press().await;
    until("it is filled in", || value("#name") == "Ada & <b>").await;
    assert_eq!(
        (value("#fixed"), value("#off")),
        ("Save".into(), "v".into())
    );
}

#[wasm_bindgen_test]
async fn the_form_of_a_page_that_is_loaded_for_it_is_filled_in_once() {
    let answer = list("/form", FIELDS);
    let mut page = Page::start(&answer);
    page.add(FORM);
    page.call("'on', 'navigate', () => true");
    page.call("'identify', 'user-1', { name: 'Ada' }");
    press().await;
    sleep(300).await;
    assert_eq!(value("#name"), "old", "it is not this page's");
    page.leave();
    let _at = At::path("/form");
    let next = || {
        let mut page = Page::start_again(&answer, r#"{"userId":"user-1"}"#);
        page.add(FORM);
        page
    };
    let page = next();
    until("it is filled in", || value("#name") == "Ada & <b>").await;
    page.leave();
    let _page = next();
    sleep(300).await;
    assert_eq!(value("#name"), "old", "it was filled in once");
}

#[wasm_bindgen_test]
async fn what_is_to_be_filled_in_is_kept_only_with_consent() {
    for (config, kept) in [
        ("{}", true),
        (
            r#"{"anonymousId":"","dataset":{"consent":"required"}}"#,
            false,
        ),
    ] {
        let page = Page::start_with(&list("/form", FIELDS), config);
        page.call("'on', 'navigate', () => true");
        page.call("'identify', 'user-1', { name: 'Ada' }");
        press().await;
        sleep(300).await;
        assert_eq!(stored("form").is_some(), kept, "{:?}", stored_names());
        page.call("'consent', 'denied'");
        assert_eq!(stored("form"), None);
    }
}
