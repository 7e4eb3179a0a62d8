//! One translation: the texts of a document, by the ids of what they belong to, and how they are laid over
//! it.

use std::collections::BTreeMap;

use headstart_core::content::RichText;
use headstart_core::{Properties, Value};
use schemars::JsonSchema;

/// The lists of a document whose items are named by their ids, and what one is called.
const LISTS: [(&str, &str); 2] = [("tasks", "task"), ("steps", "step")];
/// The texts at the top of a document.
const TEXTS: [&str; 4] = ["title", "description", "done_message", "body"];
/// The texts of a task or a step.
const ITEM_TEXTS: [&str; 3] = ["title", "description", "body"];

/// The texts of a document in another language. What is not there is shown in the document's own.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "describes what `lay` reads field by field")]
pub(crate) struct Overlay {
    /// The heading.
    title: Option<String>,
    /// Checklist: the line below it.
    description: Option<RichText>,
    /// Checklist: what is said when it is complete.
    done_message: Option<RichText>,
    /// Tip, banner, modal: what it says.
    body: Option<RichText>,
    /// Tip, banner, modal: the label of its one button.
    action: Option<String>,
    /// Tip, banner, modal: the labels of its buttons, as many as there are.
    actions: Option<Vec<String>>,
    /// Checklist: its tasks, by id.
    tasks: Option<BTreeMap<String, TaskOverlay>>,
    /// Tour: its steps, by id.
    steps: Option<BTreeMap<String, StepOverlay>>,
}

/// The texts of a task in another language.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "describes what `lay` reads field by field")]
pub(crate) struct TaskOverlay {
    /// What to do, in a few words.
    title: Option<String>,
    /// How and why.
    description: Option<RichText>,
    /// The label of its button.
    action: Option<String>,
}

/// The texts of a step in another language.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "describes what `lay` reads field by field")]
pub(crate) struct StepOverlay {
    /// Its heading.
    title: Option<String>,
    /// What it says.
    body: Option<RichText>,
    /// The labels of its buttons, as many as there are.
    actions: Option<Vec<String>>,
}

/// Takes what is wrong: where in the translation, and the remedy.
type Say<'a> = dyn FnMut(&str, String) + 'a;

/// Lays a translation over its document. Answers the paths of what it leaves as it was.
pub(super) fn lay(document: &mut Value, overlay: Value, say: &mut Say<'_>) -> Vec<String> {
    let mut missing = Vec::new();
    let Value::Map(fields) = document else {
        return missing;
    };
    let Some(mut overlay) = object(overlay, "", say) else {
        return missing;
    };
    lay_texts(fields, &mut overlay, &TEXTS, "", &mut missing, say);
    for (list, one) in LISTS {
        let items = match fields.get_mut(list) {
            Some(Value::List(items)) => items.as_mut_slice(),
            _ => &mut [],
        };
        let given = take(&mut overlay, list).and_then(|given| object(given, list, say));
        let mut given = given.unwrap_or_default();
        for item in items {
            let Value::Map(item) = item else {
                continue;
            };
            let Some(Value::Text(id)) = item.get("id").cloned() else {
                continue;
            };
            let at = format!("{list}.{id}");
            let given = take(&mut given, &id).and_then(|given| object(given, &at, say));
            let mut given = given.unwrap_or_default();
            let at = format!("{at}.");
            lay_texts(item, &mut given, &ITEM_TEXTS, &at, &mut missing, say);
            refuse_rest(&given, &at, say);
        }
        for (id, _) in given {
            say(
                &format!("{list}.{id}"),
                format!("there is no {one} `{id}`; remove it, or correct its id"),
            );
        }
    }
    refuse_rest(&overlay, "", say);
    missing
}

fn lay_texts(
    fields: &mut Properties,
    overlay: &mut Properties,
    texts: &[&str],
    at: &str,
    missing: &mut Vec<String>,
    say: &mut Say<'_>,
) {
    for &name in texts {
        if matches!(fields.get(name), None | Some(Value::Null)) {
            refuse(overlay, name, at, say);
        } else if let Some(text) = take(overlay, name) {
            fields.insert(name.to_owned(), text);
        } else {
            missing.push(format!("{at}{name}"));
        }
    }
    match fields.get_mut("action") {
        Some(Value::Map(action)) => match take(overlay, "action") {
            Some(label) => {
                action.insert("label".to_owned(), label);
            }
            None => missing.push(format!("{at}action")),
        },
        _ => refuse(overlay, "action", at, say),
    }
    let mut none = Vec::new();
    let actions = match fields.get_mut("actions") {
        Some(Value::List(actions)) => actions,
        _ => &mut none,
    };
    if actions.is_empty() {
        refuse(overlay, "actions", at, say);
        return;
    }
    match take(overlay, "actions") {
        Some(Value::List(labels)) if labels.len() == actions.len() => {
            for (index, (action, label)) in actions.iter_mut().zip(labels).enumerate() {
                match action {
                    Value::Map(action) if label != Value::Null => {
                        action.insert("label".to_owned(), label);
                    }
                    _ => missing.push(format!("{at}actions[{index}]")),
                }
            }
        }
        Some(_) => say(
            &format!("{at}actions"),
            format!(
                "must be a list of {} labels, one for each button; `null` leaves one as it is",
                actions.len()
            ),
        ),
        None => missing.extend((0..actions.len()).map(|index| format!("{at}actions[{index}]"))),
    }
}

fn take(fields: &mut Properties, name: &str) -> Option<Value> {
    fields.remove(name).filter(|value| *value != Value::Null)
}

fn object(value: Value, at: &str, say: &mut Say<'_>) -> Option<Properties> {
    if let Value::Map(fields) = value {
        return Some(fields);
    }
    say(at, "must be an object of texts".to_owned());
    None
}

/// There is nothing of it to translate.
fn refuse(overlay: &mut Properties, name: &str, at: &str, say: &mut Say<'_>) {
    if take(overlay, name).is_some() {
        say(
            &format!("{at}{name}"),
            format!(
                "there is no `{name}` to translate; remove it, or write it in the document too"
            ),
        );
    }
}

fn refuse_rest(overlay: &Properties, at: &str, say: &mut Say<'_>) {
    for (name, value) in overlay {
        if *value != Value::Null {
            say(
                &format!("{at}{name}"),
                "there is no such field in translations; remove it, or correct its spelling"
                    .to_owned(),
            );
        }
    }
}

/// The path in a translation of what is at `path` in the document: tasks and steps have their ids there, and
/// buttons are labels.
pub(super) fn path_of(document: &Value, path: &str) -> String {
    let mut path = path.to_owned();
    for (list, _) in LISTS {
        let Some(rest) = path
            .strip_prefix(list)
            .and_then(|rest| rest.strip_prefix('['))
        else {
            continue;
        };
        let Some((index, rest)) = rest.split_once(']') else {
            continue;
        };
        if let Some(id) = index
            .parse()
            .ok()
            .and_then(|index| id_of(document, list, index))
        {
            path = format!("{list}.{id}{rest}");
        }
        break;
    }
    path.strip_suffix(".label")
        .map(str::to_owned)
        .unwrap_or(path)
}

fn id_of(document: &Value, list: &str, index: usize) -> Option<String> {
    let Value::Map(fields) = document else {
        return None;
    };
    let Some(Value::List(items)) = fields.get(list) else {
        return None;
    };
    let Value::Map(item) = items.get(index)? else {
        return None;
    };
    match item.get("id")? {
        Value::Text(id) => Some(id.clone()),
        _ => None,
    }
}
