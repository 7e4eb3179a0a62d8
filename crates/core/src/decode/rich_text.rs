//! Rich text: a text, or a list of texts and elements. What is not known of an element is left out,
//! so that nothing but what core names ever reaches a page.

use crate::content::rich_text::{DEEPEST, Element, Node, RichText, Tag};
use crate::decode::notes::Place;
use crate::decode::{Decode, Decoder};
use crate::map::Map;
use crate::text::{has, split_at};
use crate::value::Value;

impl Decode for RichText {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        match value {
            Value::List(_) => Self(decoder.items(value, Node::decode)),
            text => Self::plain(&decoder.text(text)),
        }
    }
}

impl Decode for Node {
    fn decode(value: Value, decoder: &mut Decoder) -> Self {
        let parts = match value {
            Value::List(parts) => parts,
            text => return Self::Text(decoder.text(text)),
        };
        if decoder.depth_of_list() > DEEPEST {
            decoder.refuse("is nested too deep; flatten it");
            return Self::Text(String::new());
        }
        let mut parts = parts.into_iter();
        let name = decoder.text(parts.next().unwrap_or_default());
        let Some(tag) = Tag::ALL.iter().copied().find(|tag| tag.name() == name) else {
            decoder.refuse_name(
                &name,
                "`p`, `strong`, `em`, `ul`, `ol`, `li`, `a`, `img`, `code`, `pre`, `br`",
            );
            return Self::Text(String::new());
        };
        let mut attributes = Map::new();
        let mut children = Vec::new();
        for (index, part) in parts.enumerate() {
            match part {
                Value::Map(given) => {
                    for (name, value) in given {
                        let value = decoder.text(value);
                        let known = tag.attributes().contains(&name.as_str());
                        let safe = !matches!(name.as_str(), "href" | "src") || is_safe(tag, &value);
                        if known && safe {
                            attributes.insert(name, value);
                        } else {
                            decoder.refuse("has an attribute or address that is not allowed");
                        }
                    }
                }
                child => children.push(decoder.at(Place::Item(index + 1), child, Self::decode)),
            }
        }
        Self::Element(Element {
            tag,
            attributes,
            children,
        })
    }
}

/// Whether an address may be followed or fetched: `https:`, `http:`, for links `mailto:`, or relative to
/// the page. Looked at as browsers do, which pass over control characters and white space.
pub fn is_safe(tag: Tag, address: &str) -> bool {
    if address
        .chars()
        .any(|c| c.is_control() || c.is_whitespace() || c == '\\')
    {
        return false;
    }
    let Some((scheme, _)) = split_at(address, ":") else {
        return true;
    };
    // A colon after one of these is no scheme's.
    scheme.bytes().any(|byte| has(b"/?#", byte))
        || ["https", "http"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
        || (tag == Tag::Link && scheme.eq_ignore_ascii_case("mailto"))
}
