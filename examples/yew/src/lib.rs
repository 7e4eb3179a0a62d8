//! A small product in Yew, with Headstart as a component of it.

use headstart::{Headstart, Notice, User, track, use_headstart_event};
use wasm_bindgen::prelude::*;
use yew::prelude::*;
use yew_router::prelude::*;

#[derive(Clone, PartialEq, Routable)]
enum Route {
    #[at("/")]
    Projects,
    #[at("/team/")]
    Team,
}

#[derive(Clone, PartialEq, Properties)]
struct Collector {
    write_key: AttrValue,
    endpoint: AttrValue,
}

/// Puts the application on the page.
#[wasm_bindgen]
pub fn run(write_key: String, endpoint: String) {
    yew::Renderer::<App>::with_props(Collector {
        write_key: write_key.into(),
        endpoint: endpoint.into(),
    })
    .render();
}

#[component]
fn App(collector: &Collector) -> Html {
    html! {
        <BrowserRouter>
            <Onboarding ..collector.clone() />
            <nav>
                <Link<Route> to={Route::Projects}>{ "Projects" }</Link<Route>>
                { " " }
                <Link<Route> to={Route::Team}>{ "Team" }</Link<Route>>
            </nav>
            <Switch<Route> render={page} />
        </BrowserRouter>
    }
}

#[component]
fn Onboarding(collector: &Collector) -> Html {
    // What a task's button leads to is a page of the router's: no document is loaded.
    let navigator = use_navigator();
    let go = Callback::from(move |path: String| {
        if let (Some(navigator), Some(route)) = (&navigator, Route::recognize(&path)) {
            navigator.push(&route);
        }
    });
    // What happens to content can be told to the application.
    let is_set = use_state(|| false);
    use_headstart_event("completed", {
        let is_set = is_set.clone();
        Callback::from(move |done: Notice| is_set.set(done.content == "getting-started"))
    });
    // Whoever your application has signed in; `None` for nobody.
    let user = Some(User::new("ada").with("plan", "trial"));

    html! {
        <>
            <Headstart
                write_key={&collector.write_key}
                endpoint={&collector.endpoint}
                {user}
                on_navigate={go}
            />
            if *is_set {
                <p role="status">{ "You are all set." }</p>
            }
        </>
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::Projects => html! {
            <main>
                <h1>{ "Projects" }</h1>
                <button onclick={|_| track("Project Created", [])}>{ "New project" }</button>
            </main>
        },
        Route::Team => html! {
            <main>
                <h1>{ "Team" }</h1>
                <button onclick={|_| track("Colleague Invited", [])}>{ "Invite" }</button>
            </main>
        },
    }
}
