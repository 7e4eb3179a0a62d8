//! `<Headstart …/>` in an application that is drawn from who is signed in. A page has one, so this is one story.
// Such an application has Yew as it is, and the widget of its own a changed one (wasm-pack.toml, `patches`), with which
// such an application cannot be drawn.
#![cfg(target_arch = "wasm32")]

#[path = "support/page.rs"]
mod page;

use headstart::{Account, Headstart, User, Who, destroy};
use headstart_core::Value;
use page::{Fakes, clear_storage, document, stored, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use yew::{Html, Properties, Renderer, component, html};

wasm_bindgen_test_configure!(run_in_browser);

#[derive(Clone, PartialEq, Properties)]
struct Session {
    user: Who,
    account: Option<Account>,
}

impl Session {
    fn of(user: impl Into<Option<User>>) -> Self {
        Self {
            user: user.into().map_or(Who::Nobody, Who::User),
            account: None,
        }
    }
}

#[component]
fn Application(session: &Session) -> Html {
    html! {
        <Headstart
            write_key="wk_test"
            endpoint="http://127.0.0.1:1"
            user={session.user.clone()}
            account={session.account.clone()}
        />
    }
}

/// A text of each message of that type sent so far.
fn sent(fakes: &Fakes, kind: &str, name: &str) -> Vec<String> {
    let text = |message: &Value, name: &str| match message {
        Value::Map(fields) => fields.get(name).and_then(Value::as_text).map(str::to_owned),
        _ => None,
    };
    let messages = fakes.messages();
    let such = messages
        .iter()
        .filter(|message| text(message, "type").as_deref() == Some(kind));
    such.filter_map(|message| text(message, name)).collect()
}

#[wasm_bindgen_test]
async fn whoever_the_application_says_is_there_is_told_and_whoever_signs_out_is_forgotten() {
    clear_storage();
    let fakes = Fakes::install();
    let root = document().create_element("main").expect("an element");
    let who = Session {
        user: Who::Unknown,
        account: None,
    };
    let mut application = Renderer::<Application>::with_root_and_props(root, who).render();

    let ada = User::new("ada").with("plan", "trial");
    application.update(Session {
        account: Some(Account::new("acme")),
        ..Session::of(ada.clone())
    });
    until("ada and her account are told", || {
        sent(&fakes, "identify", "userId") == ["ada"]
            && sent(&fakes, "group", "groupId") == ["acme"]
    })
    .await;
    let hers = stored("anonymous").expect("a browser has an id");

    // Drawn anew as the same: no news.
    application.update(Session::of(ada));
    application.update(Session::of(User::new("bob")));
    until("bob is told", || {
        sent(&fakes, "identify", "userId") == ["ada", "bob"]
    })
    .await;
    assert_eq!(stored("user").as_deref(), Some("bob"));

    application.update(Session::of(None));
    until("nobody is there", || stored("user").is_none()).await;
    assert_ne!(stored("anonymous"), Some(hers));

    application.destroy();
    destroy();
    clear_storage();
}
