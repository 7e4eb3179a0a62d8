//! What authors write, made into what is delivered: Markdown into trees, local times into moments.
//! Everything else of a document stays as it is.

pub(crate) mod markdown;
pub(crate) mod schedule;

use headstart_core::Value;
use headstart_core::content::Problem;

/// The rich texts at the top of a document.
const TEXTS: [&str; 3] = ["description", "done_message", "body"];
/// The lists of a document whose items have one each.
const ITEMS: [(&str, &str); 2] = [("tasks", "description"), ("steps", "body")];

/// Compiles a document, and answers what is wrong with what it compiles. What cannot be compiled is
/// taken out, so that nobody else complains of it too.
pub(crate) fn compile(document: &mut Value) -> Vec<Problem> {
    let mut problems = Vec::new();
    let Value::Map(fields) = document else {
        return problems;
    };
    for name in TEXTS {
        if let Some(value) = fields.get_mut(name) {
            rich_text(value, name, &mut problems);
        }
    }
    for (list, field) in ITEMS {
        let Some(Value::List(items)) = fields.get_mut(list) else {
            continue;
        };
        for (index, item) in items.iter_mut().enumerate() {
            if let Value::Map(item) = item
                && let Some(value) = item.get_mut(field)
            {
                rich_text(value, &format!("{list}[{index}].{field}"), &mut problems);
            }
        }
    }
    if let Some(value) = fields.get_mut("schedule") {
        schedule::compile(value, &mut problems);
    }
    problems
}

fn rich_text(value: &mut Value, path: &str, problems: &mut Vec<Problem>) {
    let Value::Text(source) = value else {
        return;
    };
    match markdown::compile(source) {
        Ok(tree) => *value = tree,
        Err(messages) => {
            problems.extend(messages.into_iter().map(|message| Problem {
                path: path.to_owned(),
                message,
            }));
            *value = Value::Null;
        }
    }
}
