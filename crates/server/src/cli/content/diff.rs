//! `headstart content diff`: what would change if files were pushed.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

/// One place in which two documents differ.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    path: String,
    before: Option<String>,
    after: Option<String>,
}

/// As lines of a patch, with the path of what has changed.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => write!(f, "- {path}: {before}\n+ {path}: {after}"),
            (Some(before), None) => write!(f, "- {path}: {before}"),
            (None, Some(after)) => write!(f, "+ {path}: {after}"),
            (None, None) => Ok(()),
        }
    }
}

/// Where two documents differ. Tasks and steps are compared by their ids, so that one that is put in
/// between is told of once; a list whose items only changed places is told of whole.
pub(super) fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(String::new(), Some(before), Some(after), &mut found);
    found
}

fn compare(
    path: String,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    if before == after {
        return;
    }
    if let (Some(Value::Object(old)), Some(Value::Object(new))) = (before, after) {
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names.into_iter().filter(|name| *name != "$schema") {
            let dot = if path.is_empty() { "" } else { "." };
            compare(
                format!("{path}{dot}{name}"),
                old.get(name),
                new.get(name),
                found,
            );
        }
        return;
    }
    if let (Some(Value::Array(old)), Some(Value::Array(new))) = (before, after)
        && let (Some(olds), Some(news)) = (ids(old), ids(new))
    {
        let kept = |all: &[&str], others: &[&str]| -> Vec<String> {
            let kept = all.iter().filter(|id| others.contains(id));
            kept.map(ToString::to_string).collect()
        };
        let order = (kept(&olds, &news), kept(&news, &olds));
        if order.0 != order.1 {
            found.push(Difference {
                path: format!("{path} (order)"),
                before: Some(order.0.join(", ")),
                after: Some(order.1.join(", ")),
            });
        }
        let all: BTreeSet<&str> = olds.iter().chain(&news).copied().collect();
        for id in all {
            let of = |ids: &[&str], items: &'_ [Value]| -> Option<Value> {
                let at = ids.iter().position(|one| *one == id)?;
                items.get(at).cloned()
            };
            let (old, new) = (of(&olds, old), of(&news, new));
            compare(format!("{path}[{id}]"), old.as_ref(), new.as_ref(), found);
        }
        return;
    }
    found.push(Difference {
        path,
        before: before.map(ToString::to_string),
        after: after.map(ToString::to_string),
    });
}

/// The ids of a list's items, if each has one.
fn ids(items: &[Value]) -> Option<Vec<&str>> {
    items.iter().map(|item| item.get("id")?.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[expect(clippy::needless_pass_by_value, reason = "callers build it in place")]
    fn check(before: Value, after: Value, expect: &[&str]) {
        let found = differences(&before, &after);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn what_is_the_same_has_no_differences() {
        check(
            json!({"a": [1, {"b": 2}]}),
            json!({"a": [1, {"b": 2}]}),
            &[],
        );
        check(json!({"$schema": "x", "a": 1}), json!({"a": 1}), &[]);
    }

    #[test]
    fn fields_are_told_by_their_paths() {
        check(
            json!({"title": "A", "body": "x", "page": {"path": "/"}}),
            json!({"title": "B", "page": {"path": "/a"}, "side": "top"}),
            &[
                "- body: \"x\"",
                "- page.path: \"/\"\n+ page.path: \"/a\"",
                "+ side: \"top\"",
                "- title: \"A\"\n+ title: \"B\"",
            ],
        );
    }

    #[test]
    fn tasks_and_steps_are_known_by_their_ids() {
        let one = |title: &str| json!({"id": "one", "title": title});
        let two = json!({"id": "two", "title": "Two"});
        check(
            json!({"tasks": [one("One"), two]}),
            json!({"tasks": [{"id": "new"}, one("First"), two]}),
            &[
                "+ tasks[new]: {\"id\":\"new\"}",
                "- tasks[one].title: \"One\"\n+ tasks[one].title: \"First\"",
            ],
        );
        check(
            json!({"steps": [one("One"), two]}),
            json!({"steps": [two, one("One")]}),
            &["- steps (order): one, two\n+ steps (order): two, one"],
        );
    }

    #[test]
    fn other_lists_are_told_of_whole() {
        check(
            json!({"target": ["a", "b"]}),
            json!({"target": ["b"]}),
            &["- target: [\"a\",\"b\"]\n+ target: [\"b\"]"],
        );
    }
}
