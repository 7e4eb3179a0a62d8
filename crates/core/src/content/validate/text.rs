//! What can be wrong with a text.

use super::{LONGEST_TEXT, Problems};
use crate::content::RichText;
use crate::content::rich_text::{Element, Node, Tag, check_placeholders};

impl Problems {
    /// A text of one line.
    pub(super) fn check_text(&mut self, field: &str, text: &str) {
        self.at(field, |problems| problems.check_words(text));
    }

    fn check_words(&mut self, text: &str) {
        self.check_length(text);
        self.check_placeholders(text);
    }

    fn check_length(&mut self, text: &str) {
        if text.chars().count() > LONGEST_TEXT {
            self.say(format!(
                "is longer than {LONGEST_TEXT} characters; shorten it"
            ));
        }
    }

    fn check_placeholders(&mut self, text: &str) {
        if let Some(problem) = check_placeholders(text) {
            self.say(problem);
        }
    }

    /// A rich text. What may be in it at all was decided when it was read.
    pub(super) fn check_rich_text(&mut self, text: &RichText) {
        self.check_length(&text.text());
        self.check_nodes(&text.0);
    }

    /// A placeholder is filled in within one text, and in texts only.
    fn check_nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            let element = match node {
                Node::Text(text) => {
                    self.check_placeholders(text);
                    continue;
                }
                Node::Element(element) => element,
            };
            self.check_says_something(element);
            for (name, value) in &element.attributes {
                if value.contains("{{") {
                    let what = match name.as_str() {
                        "href" | "src" => "address",
                        name => name,
                    };
                    self.say(format!(
                        "the {what} `{value}` has a placeholder, which only texts can have; write it out"
                    ));
                }
            }
            self.check_nodes(&element.children);
        }
    }
    /// For those who cannot see the page.
    fn check_says_something(&mut self, element: &Element) {
        match element.tag {
            Tag::Image
                if element
                    .attributes
                    .get("alt")
                    .is_none_or(|alt| alt.trim().is_empty()) =>
            {
                self.say(
                    "an image has no `alt`; describe it for those who cannot see it".to_owned(),
                );
            }
            Tag::Link
                if RichText(element.children.clone()).text().trim().is_empty()
                    && !has_image(&element.children) =>
            {
                self.say("a link has no text; say where it leads".to_owned());
            }
            _ => {}
        }
    }
}

fn has_image(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(_) => false,
        Node::Element(element) => element.tag == Tag::Image || has_image(&element.children),
    })
}
