//! Promises, waited for.
//!
//! What `wasm-bindgen-futures` does for all futures, in a third of the bytes for these: a task waits for one promise
//! at a time, and goes on within the call that brings what it waited for. And promises are waited for as an async
//! function of JavaScript does it, past whatever the page has made of `Promise` and its methods.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::told::told;

#[wasm_bindgen(module = "/www/borrowed.js")]
extern "C" {
    /// Calls `then` with what the promise brings, or nothing if it is broken.
    fn settle(promise: &JsValue, then: &JsValue);

    /// A promise, and the function that keeps it.
    fn promise() -> js_sys::Array;
}

type Task = Pin<Box<dyn Future<Output = ()>>>;

thread_local! {
    /// The tasks that wait, by number.
    static TASKS: RefCell<Vec<(usize, Task)>> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<usize> = const { Cell::new(0) };
}

/// Does it when what is being done now is over.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    begin(Box::pin(task));
}

fn begin(task: Task) {
    let number = LAST.get() + 1;
    LAST.set(number);
    TASKS.with_borrow_mut(|tasks| tasks.push((number, task)));
    then(&JsValue::UNDEFINED, Box::new(move |_| go_on(number)));
}

fn go_on(number: usize) {
    let found = TASKS.with_borrow_mut(|tasks| {
        let place = tasks.iter().position(|(one, _)| *one == number)?;
        Some(tasks.swap_remove(place))
    });
    if let Some((number, mut task)) = found {
        let waker = Arc::new(Number(number)).into();
        if task
            .as_mut()
            .poll(&mut Context::from_waker(&waker))
            .is_pending()
        {
            TASKS.with_borrow_mut(|tasks| tasks.push((number, task)));
        }
    }
}

struct Number(usize);

impl Wake for Number {
    fn wake(self: Arc<Self>) {
        go_on(self.0);
    }
}

/// Waits for the first of these promises. Brings `undefined` where that is broken.
pub async fn settled(promises: &[&JsValue]) -> JsValue {
    let brought: Rc<RefCell<Option<JsValue>>> = Rc::default();
    let mut waits = false;
    poll_fn(|context| {
        if let Some(value) = brought.take() {
            return Poll::Ready(value);
        }
        if !waits {
            waits = true;
            for promise in promises {
                let brought = Rc::clone(&brought);
                let waker = context.waker().clone();
                let bring = move |value| {
                    brought.borrow_mut().get_or_insert(value);
                    waker.wake_by_ref();
                };
                then(promise, Box::new(bring));
            }
        }
        Poll::Pending
    })
    .await
}

fn then(promise: &JsValue, then: Box<dyn Fn(JsValue)>) {
    // The browser drops it with its promise.
    settle(promise, &told(then).into_js_value());
}

/// A promise, and the function that keeps it.
pub fn promised() -> (JsValue, Function) {
    let both = promise();
    (both.get(0), both.get(1).unchecked_into())
}
