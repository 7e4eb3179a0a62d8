//! Where an author or a host may write: each a piece of content with a vector in one place.

use serde_json::{Value, json};

use crate::support::with;

/// A piece of content with a vector somewhere in it.
pub type Place = fn(&str) -> Value;

fn modal(more: Value) -> Value {
    with(json!({ "kind": "modal", "title": "T" }), more)
}

fn body(body: Value) -> Value {
    let mut modal = modal(json!({}));
    modal["body"] = body;
    modal
}

fn button(more: Value) -> Value {
    modal(json!({ "action": with(json!({ "label": "L" }), more) }))
}

fn list(more: Value, task: Value) -> Value {
    let task = with(json!({ "id": "t", "title": "T", "markable": true }), task);
    with(
        json!({ "kind": "checklist", "title": "C", "tasks": [task] }),
        more,
    )
}

fn tour(step: Value) -> Value {
    let step = with(json!({ "id": "s", "title": "S" }), step);
    json!({ "kind": "tour", "title": "T", "steps": [step] })
}

fn tip(more: Value) -> Value {
    with(json!({ "kind": "tip", "title": "T", "target": "#a" }), more)
}

/// Texts of one line, which are delivered as they are.
pub const TEXTS: [(&str, Place); 9] = [
    ("title", |v| modal(json!({ "title": v }))),
    ("title of a checklist", |v| {
        list(json!({ "title": v }), json!({}))
    }),
    ("title of a task", |v| {
        list(json!({}), json!({ "title": v }))
    }),
    ("title of a step", |v| tour(json!({ "title": v }))),
    ("label", |v| button(json!({ "label": v, "close": true }))),
    ("label of a task", |v| {
        list(
            json!({}),
            json!({ "action": { "label": v, "callback": "c" } }),
        )
    }),
    ("fallback", |v| {
        modal(json!({ "title": format!("{{{{user.name | {v}}}}}") }))
    }),
    ("prefilled text", |v| {
        button(json!({ "path": "/a", "fill": { "#a": v } }))
    }),
    ("callback", |v| button(json!({ "callback": v }))),
];

/// What is no text for users, but told to the page as it is.
pub const NAMES: [(&str, Place); 8] = [
    ("target", |v| tip(json!({ "target": v }))),
    ("one target of several", |v| {
        tip(json!({ "target": [v, "#a"] }))
    }),
    ("target of a step", |v| tour(json!({ "target": v }))),
    ("selector of a condition", |v| {
        list(
            json!({}),
            json!({ "done_when": { "element": { "selector": v, "is": "clicked" } } }),
        )
    }),
    ("selector of a prefilled field", |v| {
        button(json!({ "path": "/a", "fill": { v: "x" } }))
    }),
    ("name of a trait", |v| {
        modal(json!({ "audience": { "trait": { "name": v } } }))
    }),
    ("name of an event", |v| {
        modal(json!({ "trigger": { "event": { "name": v } } }))
    }),
    ("path of a condition", |v| {
        modal(json!({ "page": { "path": format!("/{v}") } }))
    }),
];

/// Markdown, and trees.
pub const RICH: [(&str, Place); 17] = [
    ("body", |v| body(json!(v))),
    ("body of a step", |v| tour(json!({ "body": v }))),
    ("description", |v| {
        list(json!({ "description": v }), json!({}))
    }),
    ("done message", |v| {
        list(json!({ "done_message": v }), json!({}))
    }),
    ("description of a task", |v| {
        list(json!({}), json!({ "description": v }))
    }),
    ("Markdown within a text", |v| {
        body(json!(format!("Look: {v} *there*")))
    }),
    ("address of a link", |v| body(json!(format!("[x]({v})")))),
    ("address of a link in brackets", |v| {
        body(json!(format!("[x](<{v}>)")))
    }),
    ("address by reference", |v| {
        body(json!(format!("[x][1]\n\n[1]: {v}")))
    }),
    ("autolink", |v| body(json!(format!("<{v}>")))),
    ("text of a link", |v| {
        body(json!(format!("[{v}](https://example.com/)")))
    }),
    ("address of an image", |v| body(json!(format!("![x]({v})")))),
    ("description of an image", |v| {
        body(json!(format!("![{v}](/x.png)")))
    }),
    ("tree: text", |v| body(json!([["p", v]]))),
    ("tree: tag", |v| body(json!([[v, "x"]]))),
    ("tree: attribute", |v| body(json!([["a", { v: "x" }, "x"]]))),
    ("tree: addresses", |v| {
        body(json!([["p", ["a", { "href": v }, "x"], ["img", { "src": v, "alt": v }]]]))
    }),
];

/// Addresses that buttons and tours go to.
pub const ADDRESSES: [(&str, Place); 4] = [
    ("link", |v| button(json!({ "link": v }))),
    ("link of a task", |v| {
        list(json!({}), json!({ "action": { "label": "L", "link": v } }))
    }),
    ("path", |v| button(json!({ "path": v }))),
    ("path of a step", |v| tour(json!({ "path": v }))),
];

/// What is compiled away or must be a plain name.
pub const NEVER: [(&str, Place); 5] = [
    ("id of a task", |v| list(json!({}), json!({ "id": v }))),
    ("content to start", |v| button(json!({ "start": v }))),
    ("zone", |v| {
        modal(json!({ "schedule": { "from": "2026-12-01", "zone": v } }))
    }),
    ("moment", |v| modal(json!({ "schedule": { "from": v } }))),
    ("kind", |v| modal(json!({ "kind": v }))),
];

fn translated(mut document: Value, german: Value) -> Value {
    document["translations"]["de"] = german;
    document
}

/// The same in a translation: texts of one line, with where they are delivered.
pub const TRANSLATED_TEXTS: [(&str, Place); 4] = [
    ("/title", |v| {
        translated(modal(json!({})), json!({ "title": v }))
    }),
    ("/action/label", |v| {
        translated(button(json!({ "close": true })), json!({ "action": v }))
    }),
    ("/tasks/0/title", |v| {
        let german = json!({ "tasks": { "t": { "title": v } } });
        translated(list(json!({}), json!({})), german)
    }),
    ("/steps/0/title", |v| {
        translated(tour(json!({})), json!({ "steps": { "s": { "title": v } } }))
    }),
];

/// Markdown and trees in a translation.
pub const TRANSLATED_RICH: [(&str, Place); 5] = [
    ("body", |v| {
        translated(body(json!("B")), json!({ "body": v }))
    }),
    ("tree", |v| {
        let tree = json!([["p", ["a", { "href": v }, "x"], ["img", { "src": v, "alt": v }]]]);
        translated(body(json!("B")), json!({ "body": tree }))
    }),
    ("description", |v| {
        let list = list(json!({ "description": "D" }), json!({}));
        translated(list, json!({ "description": v }))
    }),
    ("description of a task", |v| {
        let list = list(json!({}), json!({ "description": "D" }));
        translated(list, json!({ "tasks": { "t": { "description": v } } }))
    }),
    ("body of a step", |v| {
        let tour = tour(json!({ "body": "B" }));
        translated(tour, json!({ "steps": { "s": { "body": v } } }))
    }),
];
