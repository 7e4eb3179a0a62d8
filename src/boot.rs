//! Boot: what the collector sends for one user, as the browser has parsed it.

use headstart_core::engine::{Boot, Settings};
use headstart_core::{Content, Decode, Known};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use crate::console::Console;
use crate::native::get;
use crate::value::read_all;

const RELOAD: &str = "reload the page for the newest widget";

/// Reads an answer to `POST /v1/boot`. A piece of content that this version of the widget cannot
/// read costs that piece, not the others. `None` if it is no such answer at all.
pub fn read(answer: &JsValue, console: &Console) -> Option<Boot> {
    let list = get(answer, "content").dyn_into::<Array>().ok()?;
    let mut content = Vec::new();
    for item in list.iter() {
        let id = get(&item, "id").as_string().unwrap_or_default();
        match Content::from_value(read_all(&item).unwrap_or_default()) {
            Ok(piece) => content.push(piece),
            Err(_) => console.warn(&[
                "the content `",
                &id,
                "` cannot be read and is left out; ",
                RELOAD,
            ]),
        }
    }
    let known = get(answer, "known");
    let known = if known.is_object() {
        Known::from_value(read_all(&known).unwrap_or_default()).unwrap_or_else(|_| {
            console.warn(&[
                "what the collector knows of the user cannot be read; ",
                RELOAD,
            ]);
            Known::default()
        })
    } else {
        Known::default()
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates; a server's clock is far from there"
    )]
    Some(Boot {
        content,
        known,
        settings: read_all(&get(answer, "settings"))
            .and_then(|settings| Settings::from_value(settings).ok())
            .unwrap_or_default(),
        server_time: get(answer, "server_time").as_f64().unwrap_or_default() as i64,
    })
}
