//! Rich text: a text, or a list of texts and elements. What is not known of an element is left out,
//! so that nothing but what core names ever reaches a page.

use crate::content::rich_text::{DEEPEST, Element, Node, RichText, Tag};
use crate::decode::notes::Place;
use crate::decode::{Decode, Decoder};
use crate::map::Map;
use crate::text::{has, split_at};
use crate::value::Value;

impl Decode for RichText {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        match value {
            Value::List(_) => self.0.read(value, decoder),
            text => *self = Self::plain(&decoder.text(text)),
        }
    }
}

impl Decode for Node {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let parts = match value {
            Value::List(parts) => parts,
            text => {
                *self = Self::Text(decoder.text(text));
                return;
            }
        };
        if decoder.depth_of_list() > DEEPEST {
            decoder.refuse("is nested too deep; flatten it");
            return;
        }
        let mut parts = parts.into_iter();
        let name = decoder.text(parts.next().unwrap_or_default());
        let Some(tag) = Tag::ALL.iter().copied().find(|tag| tag.name() == name) else {
            return decoder.refuse_name(
                &name,
                "`p`, `strong`, `em`, `ul`, `ol`, `li`, `a`, `img`, `code`, `pre`, `br`",
            );
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
                child => {
                    let mut node = Self::default();
                    decoder.at(Place::Item(index + 1), child, &mut node);
                    children.push(node);
                }
            }
        }
        *self = Self::Element(Element {
            tag,
            attributes,
            children,
        });
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
