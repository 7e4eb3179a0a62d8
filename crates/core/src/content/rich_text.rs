//! Rich text: a small tree of nodes, never a string of HTML.
//!
//! Authors write Markdown; it is parsed and checked where content is pushed. In JSON a text is a
//! string, and an element a list of its tag, perhaps its attributes, and its children:
//! `["p", "See ", ["a", {"href": "https://example.com"}, "the guide"], "."]`.

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::condition::Owner;
use crate::known::Known;
use crate::map::Map;
use crate::text::split_at;

/// The deepest that elements may be nested.
pub const DEEPEST: usize = 12;

/// Texts and elements, in order. A single text is one paragraph without more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichText(pub Vec<Node>);

/// A part of a rich text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Text as it stands, with placeholders not yet filled in.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element of a rich text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub tag: Tag,
    /// Its attributes, only those that [`Tag::attributes`] names.
    pub attributes: Map<String, String>,
    /// What is in it.
    pub children: Vec<Node>,
}

macro_rules! tags {
    ($($(#[$doc:meta])* $variant:ident $name:literal $attributes:expr;)*) => {
        /// The elements that there are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Tag {
            $($(#[$doc])* $variant,)*
        }

        impl Tag {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name, in JSON as in a page.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The attributes it may have.
            pub fn attributes(self) -> &'static [&'static str] {
                match self {
                    $(Self::$variant => &$attributes,)*
                }
            }
        }
    };
}

tags! {
    /// A paragraph.
    Paragraph "p" [];
    /// Strong emphasis.
    Strong "strong" [];
    /// Emphasis.
    Emphasis "em" [];
    /// A list without order.
    List "ul" [];
    /// A list in order.
    OrderedList "ol" [];
    /// An item of a list.
    Item "li" [];
    /// A link: `https:`, `http:`, `mailto:`, or relative to the page.
    Link "a" ["href"];
    /// An image: `https:`, `http:`, or relative to the page.
    Image "img" ["src", "alt", "width", "height"];
    /// Code in a line.
    Code "code" [];
    /// Code in lines of its own.
    CodeBlock "pre" [];
    /// A new line.
    Break "br" [];
}

impl Default for Node {
    /// An empty text.
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl RichText {
    /// A text without any element.
    pub fn plain(text: &str) -> Self {
        Self(vec![Node::Text(text.to_owned())])
    }

    /// The same with its placeholders filled in.
    #[must_use]
    pub fn filled(&self, known: &Known) -> Self {
        Self(filled(&self.0, known))
    }

    /// Its text alone.
    pub fn text(&self) -> String {
        let mut text = String::new();
        add_text(&self.0, &mut text);
        text
    }
}

fn filled(nodes: &[Node], known: &Known) -> Vec<Node> {
    let mut all = Vec::new();
    for node in nodes {
        all.push(match node {
            Node::Text(text) => Node::Text(fill(text, known)),
            Node::Element(element) => Node::Element(Element {
                tag: element.tag,
                attributes: element.attributes.clone(),
                children: filled(&element.children, known),
            }),
        });
    }
    all
}

fn add_text(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Text(more) => text.push_str(more),
            Node::Element(element) => add_text(&element.children, text),
        }
    }
}

/// Fills in what stands in double braces, for reading: a value that runs the other way than the text
/// around it is kept from reordering that. Source: UAX #9, section 2.4.
pub fn fill(text: &str, known: &Known) -> String {
    let runs_left = runs_left(text);
    fill_in(text, known, |value, filled| {
        let other_way = self::runs_left(value) != runs_left;
        filled.push_str(if other_way { "\u{2068}" } else { "" });
        filled.push_str(value);
        filled.push_str(if other_way { "\u{2069}" } else { "" });
    })
}

/// Whether a text has letters of a script that runs from right to left. Source: the Unicode blocks of
/// such scripts, as far as they are in use.
fn runs_left(text: &str) -> bool {
    text.chars().any(
        |c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'),
    )
}

/// Fills in what stands in double braces: `{{user.name | there}}` is the user's trait `name`, or
/// "there" where it is not known or empty; `{{account.plan}}` is a trait of their account. Values are
/// texts: what stands in them is not looked at again.
pub fn fill_plain(text: &str, known: &Known) -> String {
    fill_in(text, known, |value, filled| filled.push_str(value))
}

fn fill_in(text: &str, known: &Known, put: impl Fn(&str, &mut String)) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, inner, after)) = next_placeholder(rest) {
        filled.push_str(before);
        let (asked, fallback) = read_placeholder(inner);
        let value = asked.and_then(|(owner, name)| match owner {
            Owner::User => known.traits.get(name),
            Owner::Account => known.account_traits.get(name),
        });
        let value = value.map(crate::value::Value::to_plain_text);
        match value.filter(|value| !value.is_empty()) {
            Some(value) => put(&value, &mut filled),
            None => filled.push_str(fallback),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The traits that a text has placeholders for: whose, and which.
pub fn placeholders(text: &str) -> Vec<(Owner, &str)> {
    let mut asked = Vec::new();
    let mut rest = text;
    while let Some((_, inner, after)) = next_placeholder(rest) {
        asked.extend(read_placeholder(inner).0);
        rest = after;
    }
    asked
}

/// Which trait a placeholder asks for, if any, and what stands there without it.
fn read_placeholder(inner: &str) -> (Option<(Owner, &str)>, &str) {
    let (name, fallback) = split_at(inner, "|").unwrap_or((inner, ""));
    let asked = match split_at(name.trim(), ".") {
        Some(("user", name)) => Some((Owner::User, name)),
        Some(("account", name)) => Some((Owner::Account, name)),
        _ => None,
    };
    (asked, fallback.trim())
}

/// What comes before the first placeholder, what stands in it, and what follows.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = split_at(text, "{{")?;
    let (inner, after) = split_at(rest, "}}")?;
    Some((before, inner, after))
}

/// What is wrong with the placeholders of a text, if anything is: the remedy, in words.
pub fn check_placeholders(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some((_, inner, after)) = next_placeholder(rest) {
        let name = inner.split_once('|').map_or(inner, |(name, _)| name).trim();
        let known = ["user.", "account."].iter().any(|owner| {
            name.strip_prefix(owner)
                .is_some_and(|name| !name.is_empty())
        });
        if !known {
            return Some(format!(
                "`{{{{{inner}}}}}` names nothing; write `{{{{user.TRAIT}}}}` or `{{{{account.TRAIT}}}}`, \
                 with a fallback as in `{{{{user.name | there}}}}`"
            ));
        }
        rest = after;
    }
    rest.contains("{{")
        .then(|| "has `{{` without `}}` after it; close the placeholder".to_owned())
}

impl Serialize for RichText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [Node::Text(text)] => serializer.serialize_str(text),
            nodes => nodes.serialize(serializer),
        }
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Element(element) => {
                let mut list = serializer.serialize_seq(None)?;
                list.serialize_element(element.tag.name())?;
                if !element.attributes.is_empty() {
                    list.serialize_element(&element.attributes)?;
                }
                for child in &element.children {
                    list.serialize_element(child)?;
                }
                list.end()
            }
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RichText {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RichText".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": ["string", "array"],
            "description": "Markdown: paragraphs, `*emphasis*`, `**strong**`, lists, `[links](https://…)`, \
                `![images](https://…)`, code, and placeholders such as `{{user.name | there}}`. \
                Delivered, and accepted, as a tree of `[tag, attributes, children…]` as well."
        })
    }
}
