//! A Yew application as somebody else might have it: mounted on the body, with handlers from its
//! root to its smallest button.
//!
//! Yew marks the nodes it listens on by plain properties, with numbers that start again in every
//! wasm instance. What this page shows is how many events reached *this* instance's handlers; a
//! click in another Yew application beside it must leave all of the numbers as they are.

#![warn(missing_docs)]

use wasm_bindgen::prelude::*;
use yew::prelude::*;

/// More than a widget has, so that each of its handlers' numbers is one of ours too.
const BUTTONS: usize = 40;

/// Puts the application in an element of the page.
#[wasm_bindgen]
pub fn mount(root: web_sys::Element) {
    yew::Renderer::<App>::with_root(root).render();
}

#[component]
fn App() -> Html {
    let anywhere = use_state(|| 0_u32);
    let counter = use_state(|| 0_u32);
    let others = use_state(|| 0_u32);

    html! {
        <main onclick={add(&anywhere)}>
            <h1>{ "A page in Yew" }</h1>
            <p>
                { "Clicks on anything: " }
                <output id="anywhere">{ *anywhere }</output>
            </p>
            <p>
                <button id="counter" onclick={add(&counter)}>{ "Count" }</button>
                <output id="count">{ *counter }</output>
            </p>
            <section onkeydown={add(&others)} oninput={add(&others)}>
                <label>{ "Field " }<input id="field" /></label>
                { for (1..=BUTTONS).map(|nth| html! {
                    <button key={nth} onclick={add(&others)}>{ nth }</button>
                }) }
                <p>
                    { "Other events: " }
                    <output id="others">{ *others }</output>
                </p>
            </section>
        </main>
    }
}

/// Adds one at each event.
fn add<E: 'static>(sum: &UseStateHandle<u32>) -> Callback<E> {
    let sum = sum.clone();
    Callback::from(move |_| sum.set(*sum + 1))
}
