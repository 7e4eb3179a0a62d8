//! What can be wrong with a text.

use super::{LONGEST_TEXT, Problems};
use crate::content::RichText;
use crate::content::rich_text::{Node, check_placeholders};

impl Problems {
    /// A text of one line.
    pub(super) fn check_text(&mut self, field: &str, text: &str) {
        self.at(field, |problems| problems.check_words(text));
    }

    fn check_words(&mut self, text: &str) {
        if text.chars().count() > LONGEST_TEXT {
            self.say(format!(
                "is longer than {LONGEST_TEXT} characters; shorten it"
            ));
        }
        if let Some(problem) = check_placeholders(text) {
            self.say(problem);
        }
    }

    /// A rich text. What may be in it at all was decided when it was read.
    pub(super) fn check_rich_text(&mut self, text: &RichText) {
        self.check_words(&text.text());
        self.check_addresses(&text.0);
    }

    fn check_addresses(&mut self, nodes: &[Node]) {
        for node in nodes {
            let Node::Element(element) = node else {
                continue;
            };
            for (name, value) in &element.attributes {
                if matches!(name.as_str(), "href" | "src") && value.contains("{{") {
                    self.say(format!(
                        "the address `{value}` has a placeholder, which addresses cannot have; \
                         write the address itself"
                    ));
                }
            }
            self.check_addresses(&element.children);
        }
    }
}
