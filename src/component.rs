//! `<Headstart …/>`: the widget in a Yew application, as part of that application's own wasm.

mod page;
mod person;

use headstart_core::{Properties as Values, Value};
use yew::prelude::*;

pub use self::page::Notice;
pub use self::person::{Account, User, Who};

/// What `<Headstart …/>` is given.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct HeadstartProps {
    /// The project's public key, `wk_…`.
    pub write_key: AttrValue,
    /// Where the collector is; a path is one of the page's own origin.
    pub endpoint: AttrValue,
    /// Who the user is: a [`User`], or an `Option` of one, where `None` is that nobody is signed in. Without
    /// it, it is not known yet.
    #[prop_or_default]
    pub user: Who,
    /// The account that they belong to.
    #[prop_or_default]
    pub account: Option<Account>,
    /// Whether nobody is tracked before [`consent`] says that they agree.
    #[prop_or_default]
    pub needs_consent: bool,
    /// Whether the browser's Global Privacy Control does not count as a refusal.
    #[prop_or_default]
    pub ignores_gpc: bool,
    /// The language of what is shown, as a tag such as `de`; without it, the user's or the browser's.
    #[prop_or_default]
    pub language: Option<AttrValue>,
    /// Names of query parameters that may be sent; no other part of a query is.
    #[prop_or_default]
    pub query: Vec<AttrValue>,
    /// Goes to a path that a task's button leads to. Without it, a link of the page that leads there is
    /// clicked, or the page is loaded.
    #[prop_or_default]
    pub on_navigate: Option<Callback<String>>,
}

/// Headstart on this page. It draws nothing where it stands: what there is for the user is asked for when the
/// page is idle, and comes up in a place of its own. It stays on the page when this is unmounted;
/// [`destroy`] takes it off.
#[component]
pub fn Headstart(props: &HeadstartProps) -> Html {
    use_effect_with(props.clone(), |props| {
        page::start(props);
        person::tell(&props.user, props.account.as_ref());
    });
    use_effect_with(props.on_navigate.clone(), |go| {
        let listener = go.clone().map(|go| {
            page::listen("navigate", move |path| {
                go.emit(path.as_string().unwrap_or_default());
            })
        });
        move || drop(listener)
    });
    Html::default()
}

/// Calls back when something happens, while the component is there: `shown`, `started`, `task_completed`,
/// `task_skipped`, `task_reopened`, `completed`, `activated`, `step`, `dismissed`, `snoozed`, `recalled`,
/// or `action:NAME` for a button that calls the page.
#[hook]
pub fn use_headstart_event(name: &'static str, callback: Callback<Notice>) {
    use_effect_with((name, callback), |(name, callback)| {
        let callback = callback.clone();
        let listener = page::listen(name, move |detail| callback.emit(Notice::of(detail)));
        move || drop(listener)
    });
}

/// Says what the user did.
///
/// ```no_run
/// headstart::track("Invoice Created", [("amount", 480.0.into())]);
/// headstart::track("Colleague Invited", []);
/// ```
pub fn track<const N: usize>(event: &str, properties: [(&str, Value); N]) {
    let properties = properties
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect::<Values>();
    page::call(&[
        "track".into(),
        event.into(),
        page::to_js(&properties.into()),
    ]);
}

/// Says which page the user is on, where the address does not.
pub fn page(name: &str) {
    page::call(&["page".into(), name.into()]);
}

/// Shows content, also after it was dismissed.
pub fn show(content: &str) {
    page::call(&["show".into(), content.into()]);
}

/// Sends content away.
pub fn dismiss(content: &str) {
    page::call(&["dismiss".into(), content.into()]);
}

/// Says that a task is done.
pub fn complete(content: &str, task: &str) {
    page::call(&["complete".into(), content.into(), task.into()]);
}

/// Allows tips and tours, or not.
pub fn tips(wanted: bool) {
    page::call(&["tips".into(), if wanted { "on" } else { "off" }.into()]);
}

/// Speaks another language from now on.
pub fn language(tag: &str) {
    page::call(&["language".into(), tag.into()]);
}

/// Says whether the user agrees to be tracked.
pub fn consent(granted: bool) {
    let answer = if granted { "granted" } else { "denied" };
    page::call(&["consent".into(), answer.into()]);
}

/// Takes Headstart off the page, until the page is loaded again.
pub fn destroy() {
    page::call(&["destroy".into()]);
}
