//! Rich text, drawn as nodes. No string of it is ever read as HTML.

use headstart_core::Act;
use headstart_core::content::RichText;
use headstart_core::content::rich_text::{Element, Node, Tag};
use yew::virtual_dom::{VNode, VTag, VText};

use super::draw::{click, element, set};
use super::pen::Pen;

/// Draws a text: one that is without any element as a paragraph.
pub(super) fn rich(pen: &Pen<'_>, text: &RichText) -> VNode {
    let plain = matches!(text.0.as_slice(), [Node::Text(_)]);
    let mut around = element(if plain { "p" } else { "" });
    for node in &text.0 {
        around.add_child(draw(pen, node));
    }
    if plain {
        around.into()
    } else {
        around.into_children().unwrap_or_default()
    }
}

fn draw(pen: &Pen<'_>, node: &Node) -> VNode {
    match node {
        Node::Text(text) => VText::new(text.to_owned()).into(),
        Node::Element(element) => draw_element(pen, element),
    }
}

fn draw_element(pen: &Pen<'_>, drawn: &Element) -> VNode {
    let mut tag = element(drawn.tag.name());
    for name in drawn.tag.attributes() {
        if let Some(value) = drawn.attributes.get(*name) {
            set(&mut tag, name, value);
        }
    }
    match drawn.tag {
        Tag::Link => link(pen, &mut tag, drawn),
        Tag::Image => {
            set(&mut tag, "loading", "lazy");
            set(
                &mut tag,
                "referrerpolicy",
                "strict-origin-when-cross-origin",
            );
        }
        _ => {}
    }
    for child in &drawn.children {
        tag.add_child(draw(pen, child));
    }
    tag.into()
}

/// A path of the host application is gone to as its own links are; anything else opens in a new tab.
fn link(pen: &Pen<'_>, tag: &mut VTag, element: &Element) {
    let href = element.attributes.get("href");
    let path = href.filter(|href| href.starts_with('/') && !href.starts_with("//"));
    if let Some(path) = path {
        click(tag, Act::Go(path.clone()), pen.act);
    } else {
        set(tag, "target", "_blank");
        set(tag, "rel", "noopener noreferrer");
    }
}
