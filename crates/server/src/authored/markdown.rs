//! Markdown into the tree that is delivered: the part of `CommonMark` that core has tags for, and nothing
//! that is not understood. No HTML is passed on.
//!
//! Source: `CommonMark` 0.31. Tables, footnotes, strikethrough and task lists, which are extensions to it, are
//! read in order to be refused; as plain text they would not be what their author meant.

use headstart_core::content::rich_text::{DEEPEST, Tag, check_placeholders};
use headstart_core::content::validate::LONGEST_TEXT;
use headstart_core::decode::is_safe;
use headstart_core::{Properties, Value};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag as Start, TagEnd};

/// The longest source, in bytes: addresses and marks come on top of the text that users read.
const LONGEST_SOURCE: usize = 4 * LONGEST_TEXT;
/// As much of what is wrong is quoted.
const LONGEST_QUOTE: usize = 40;

/// The tree of a Markdown text; one without any Markdown stays a text.
///
/// # Errors
/// All that is wrong with it, each with its remedy.
pub(crate) fn compile(source: &str) -> Result<Value, Vec<String>> {
    if source.len() > LONGEST_SOURCE {
        return Err(vec![format!(
            "has more than {LONGEST_SOURCE} bytes; shorten it"
        )]);
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut tree = Tree::default();
    for event in Parser::new_ext(source, options) {
        tree.take(event);
    }
    tree.finish()
}

/// The tree as far as it is built.
#[derive(Debug, Default)]
struct Tree {
    /// What is done at the top.
    nodes: Vec<Value>,
    /// The elements that are open, the innermost last.
    open: Vec<Element>,
    /// How many things are open that are refused: what is in them is passed over.
    refused: usize,
    problems: Vec<String>,
}

#[derive(Debug)]
struct Element {
    tag: Tag,
    attributes: Properties,
    children: Vec<Value>,
}

impl Tree {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(_) if self.refused > 0 => self.refused += 1,
            Event::Start(start) => self.start(start),
            Event::End(_) if self.refused > 0 => self.refused -= 1,
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.put(Tag::Code, vec![Value::Text(code.into_string())]),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.put(Tag::Break, Vec::new()),
            Event::Html(html) | Event::InlineHtml(html) => self.refuse_html(&html),
            Event::Rule => self.refuse("a line across (`---`)", "leave an empty line instead"),
            Event::FootnoteReference(_) => {
                self.refuse("a footnote", "say it in the text, or link to it");
            }
            Event::TaskListMarker(_) => {
                self.refuse("a check box", "write a plain list, or a checklist's tasks");
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.refuse("a formula", "write it as text or `code`");
            }
        }
    }

    fn start(&mut self, start: Start<'_>) {
        match start {
            Start::Paragraph => self.open(Tag::Paragraph, Properties::new()),
            Start::Strong => self.open(Tag::Strong, Properties::new()),
            Start::Emphasis => self.open(Tag::Emphasis, Properties::new()),
            Start::List(None) => self.open(Tag::List, Properties::new()),
            Start::List(Some(1)) => self.open(Tag::OrderedList, Properties::new()),
            Start::Item => self.open(Tag::Item, Properties::new()),
            Start::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => {
                self.open(Tag::CodeBlock, Properties::new());
            }
            Start::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                let href = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                self.open_address(Tag::Link, "href", href, &title);
            }
            Start::Image {
                dest_url, title, ..
            } => self.open_address(Tag::Image, "src", dest_url.into_string(), &title),
            other => {
                let (what, remedy) = refused(&other);
                self.refuse(what, remedy);
                self.refused += 1;
            }
        }
    }

    fn open(&mut self, tag: Tag, attributes: Properties) {
        if self.open.len() == DEEPEST {
            self.say(format!(
                "is nested deeper than {DEEPEST} elements; flatten it"
            ));
        }
        // Still counted, so that ends find their starts; nothing of it is kept once there is a problem.
        self.open.push(Element {
            tag,
            attributes,
            children: Vec::new(),
        });
    }

    fn open_address(&mut self, tag: Tag, name: &str, address: String, title: &str) {
        let what = if tag == Tag::Image { "image" } else { "link" };
        let schemes = if tag == Tag::Image {
            "`https://…`, `http://…` or a path"
        } else {
            "`https://…`, `http://…`, `mailto:…` or a path"
        };
        if address.is_empty() {
            self.say(format!("an {what} has no address; give {schemes}").replace("an l", "a l"));
        } else if address.contains("{{") {
            self.say(format!(
                "the address `{}` has a placeholder, which addresses cannot have; write the address \
                 itself",
                quote(&address)
            ));
        } else if !is_safe(tag, &address) {
            self.say(format!(
                "the address `{}` is not allowed for {what}s; give {schemes}",
                quote(&address)
            ));
        }
        if !title.is_empty() {
            self.say(format!(
                "the {what} has a title (`{}`), which few users would ever see; say it in the text",
                quote(title)
            ));
        }
        let mut attributes = Properties::new();
        attributes.insert(name.to_owned(), Value::Text(address));
        self.open(tag, attributes);
    }

    fn end(&mut self, end: TagEnd) {
        let Some(mut element) = self.open.pop() else {
            return;
        };
        if end == TagEnd::Image {
            let alt = text_of(&element.children);
            let alt = alt.trim();
            if alt.is_empty() {
                self.say(
                    "an image says nothing to those who cannot see it; describe it between the \
                     brackets, as in `![The new invoice form](…)`"
                        .to_owned(),
                );
            } else if alt.contains("{{") {
                self.say(
                    "an image's description has a placeholder, which only texts can have; write it \
                     out"
                    .to_owned(),
                );
            }
            element.attributes.insert("alt".to_owned(), alt.into());
            element.children.clear();
        }
        if element.tag == Tag::Link && element.children.is_empty() {
            self.say("a link has no text; say where it leads".to_owned());
        }
        if element.tag == Tag::CodeBlock
            && let Some(Value::Text(last)) = element.children.last_mut()
            && last.ends_with('\n')
        {
            last.pop();
        }
        self.push(element.into_value());
    }

    fn text(&mut self, text: &str) {
        if self.refused > 0 {
            return;
        }
        let siblings = self.siblings();
        if let Some(Value::Text(before)) = siblings.last_mut() {
            before.push_str(text);
        } else {
            siblings.push(text.into());
        }
    }

    fn put(&mut self, tag: Tag, children: Vec<Value>) {
        let element = Element {
            tag,
            attributes: Properties::new(),
            children,
        };
        self.push(element.into_value());
    }

    fn push(&mut self, node: Value) {
        // A deep tree takes as deep a stack to be dropped.
        if self.refused == 0 && self.open.len() <= DEEPEST {
            self.siblings().push(node);
        }
    }

    fn siblings(&mut self) -> &mut Vec<Value> {
        match self.open.last_mut() {
            Some(parent) => &mut parent.children,
            None => &mut self.nodes,
        }
    }

    fn refuse_html(&mut self, html: &str) {
        if self.refused == 0 {
            self.say(format!(
                "`{}` is HTML, which is not taken; write it in Markdown, or `\\<` for the sign itself",
                quote(html.trim())
            ));
        }
    }

    fn refuse(&mut self, what: &str, remedy: &str) {
        if self.refused == 0 {
            self.say(format!("has {what}, which is not taken here; {remedy}"));
        }
    }

    fn say(&mut self, problem: String) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn finish(mut self) -> Result<Value, Vec<String>> {
        let nodes = std::mem::take(&mut self.nodes);
        if self.problems.is_empty() {
            self.check_placeholders(&nodes);
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        Ok(match plain(&nodes) {
            Some(text) => Value::Text(text),
            None => Value::List(nodes),
        })
    }

    /// They are filled in text by text, so no mark may stand within one.
    fn check_placeholders(&mut self, nodes: &[Value]) {
        for node in nodes {
            match node {
                Value::Text(text) => {
                    if let Some(problem) = check_placeholders(text) {
                        self.say(format!("{problem} (without Markdown in it)"));
                    }
                }
                Value::List(parts) => self.check_placeholders(parts.get(1..).unwrap_or_default()),
                _ => {}
            }
        }
    }
}

impl Element {
    fn into_value(self) -> Value {
        let mut parts = vec![self.tag.name().into()];
        if !self.attributes.is_empty() {
            parts.push(Value::Map(self.attributes));
        }
        parts.extend(self.children);
        Value::List(parts)
    }
}

/// What it is that is refused, and the remedy.
fn refused(start: &Start<'_>) -> (&'static str, &'static str) {
    match start {
        Start::Heading { .. } => (
            "a heading",
            "the title is the heading; use **strong** text for another",
        ),
        Start::BlockQuote(_) => ("a quotation (`>`)", "write it as a paragraph"),
        Start::List(_) => (
            "an ordered list that does not begin at 1",
            "let it begin at 1",
        ),
        Start::Table(_) | Start::TableHead | Start::TableRow | Start::TableCell => {
            ("a table", "write a list, or show an image of it")
        }
        Start::FootnoteDefinition(_) => ("a footnote", "say it in the text, or link to it"),
        Start::Strikethrough => ("struck-out text (`~`)", "leave it out, or write `\\~`"),
        Start::HtmlBlock => ("HTML", "write it in Markdown, or `\\<` for the sign itself"),
        _ => (
            "something that is not known here",
            "write it as a paragraph",
        ),
    }
}

/// The text, where there is nothing but one paragraph of it.
fn plain(nodes: &[Value]) -> Option<String> {
    let parts = match nodes {
        [] => return Some(String::new()),
        [Value::List(parts)] => parts,
        _ => return None,
    };
    match parts.as_slice() {
        [Value::Text(tag), Value::Text(text)] if tag == Tag::Paragraph.name() => Some(text.clone()),
        _ => None,
    }
}

fn text_of(nodes: &[Value]) -> String {
    let mut text = String::new();
    for node in nodes {
        match node {
            Value::Text(more) => text.push_str(more),
            Value::List(parts) => text.push_str(&text_of(parts.get(1..).unwrap_or_default())),
            _ => {}
        }
    }
    text
}

/// Its beginning, on one line.
fn quote(text: &str) -> String {
    let mut quoted: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST_QUOTE)
        .collect();
    if text.chars().count() > LONGEST_QUOTE {
        quoted.push('…');
    }
    quoted
}

#[cfg(test)]
mod tests;
