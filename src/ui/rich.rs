//! Rich text, drawn as nodes. No string of it is ever read as HTML.

use headstart_core::Act;
use headstart_core::content::RichText;
use headstart_core::content::rich_text::{Element, Node, Tag};
use yew::virtual_dom::{VNode, VTag, VText};
use yew::{Callback, Html, MouseEvent};

use super::pen::Pen;

/// Draws a text: one that is without any element as a paragraph.
pub(super) fn rich(pen: &Pen<'_>, text: &RichText) -> Html {
    match text.0.as_slice() {
        [Node::Text(plain)] => {
            let mut paragraph = VTag::new("p");
            paragraph.add_child(words(plain));
            paragraph.into()
        }
        nodes => nodes.iter().map(|node| draw(pen, node)).collect(),
    }
}

fn draw(pen: &Pen<'_>, node: &Node) -> VNode {
    match node {
        Node::Text(text) => words(text),
        Node::Element(element) => draw_element(pen, element),
    }
}

fn words(text: &str) -> VNode {
    VText::new(text.to_owned()).into()
}

fn draw_element(pen: &Pen<'_>, element: &Element) -> VNode {
    let mut tag = VTag::new(element.tag.name());
    for name in element.tag.attributes() {
        if let Some(value) = element.attributes.get(*name) {
            tag.add_attribute(name, value.clone());
        }
    }
    match element.tag {
        Tag::Link => link(pen, &mut tag, element),
        Tag::Image => {
            tag.add_attribute("loading", "lazy");
            tag.add_attribute("referrerpolicy", "strict-origin-when-cross-origin");
        }
        _ => {}
    }
    tag.add_children(element.children.iter().map(|child| draw(pen, child)));
    tag.into()
}

/// A path of the host application is gone to as its own links are; anything else opens in a new tab.
fn link(pen: &Pen<'_>, tag: &mut VTag, element: &Element) {
    let href = element.attributes.get("href");
    let path = href.filter(|href| href.starts_with('/') && !href.starts_with("//"));
    if let Some(path) = path {
        let act = Act::Go(path.clone());
        let emit = pen.act.clone();
        let follow = Callback::from(move |event: MouseEvent| {
            // With a key held down the browser opens a tab or a window of its own.
            if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
                event.prevent_default();
                emit.emit(act.clone());
            }
        });
        tag.add_listener(std::rc::Rc::new(yew::html::onclick::Wrapper::new(follow)));
    } else {
        tag.add_attribute("target", "_blank");
        tag.add_attribute("rel", "noopener noreferrer");
    }
}
