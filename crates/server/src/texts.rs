//! The texts in content that users read: what may have placeholders.

use headstart_core::content::Action;
use headstart_core::content::rich_text::Node;
use headstart_core::{Content, Kind};

/// Hands each text of a piece of content to `take`, those of rich texts node by node, as they are
/// filled in.
pub(crate) fn each_text<'a>(content: &'a Content, take: &mut impl FnMut(&'a str)) {
    match &content.kind {
        Kind::Checklist(list) => {
            take(&list.title);
            for text in list.description.iter().chain(&list.done_message) {
                rich(&text.0, take);
            }
            for task in &list.tasks {
                take(&task.title);
                if let Some(text) = &task.description {
                    rich(&text.0, take);
                }
                if let Some(button) = &task.action {
                    action(button, take);
                }
            }
        }
        Kind::Guide(guide) => {
            take(&guide.title);
            for step in &guide.steps {
                take(&step.title);
                if let Some(text) = &step.body {
                    rich(&text.0, take);
                }
                for button in &step.actions {
                    action(button, take);
                }
            }
        }
    }
}

fn action<'a>(action: &'a Action, take: &mut impl FnMut(&'a str)) {
    take(&action.label);
    for text in action.fill.values() {
        take(text);
    }
}

fn rich<'a>(nodes: &'a [Node], take: &mut impl FnMut(&'a str)) {
    for node in nodes {
        match node {
            Node::Text(text) => take(text),
            Node::Element(element) => rich(&element.children, take),
        }
    }
}
