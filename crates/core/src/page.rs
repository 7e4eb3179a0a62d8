//! Pages: where the user is, and patterns that authors write for it.

use serde::Serialize;

use crate::map::Map;
use crate::text::split;
use crate::value::Properties;

/// The most of a query parameter's value that is ever sent, characters.
const LONGEST_PARAMETER: usize = 500;

/// Where the user is: the parts of the address that conditions look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// The path, beginning with `/`, percent-encoded as the browser has it.
    pub path: String,
    /// The query's names and values, decoded, in order.
    pub query: Vec<(String, String)>,
    /// The fragment without `#`.
    pub hash: String,
}

impl Location {
    /// Whether this is where a path of the host application leads; what follows `?` or `#` in it makes no
    /// difference.
    pub fn is_at(&self, path: &str) -> bool {
        path_matches(split(path, b"?#")[0], &self.path)
    }

    /// Those of the query's parameters that have these names, the first of each, as an event's
    /// properties.
    pub fn parameters(&self, names: &[String]) -> Properties {
        let mut found = Properties::new();
        for (name, value) in &self.query {
            if names.contains(name) && !found.contains_key(name) {
                let end = value.char_indices().nth(LONGEST_PARAMETER);
                let value = &value[..end.map_or(value.len(), |(at, _)| at)];
                found.insert(name.clone(), value.into());
            }
        }
        found
    }
}

/// Which pages are meant. Every part that is given must match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PagePattern {
    /// A path pattern: `/invoices` is that path, `*` stands for one segment or a part of one
    /// (`/invoices/*/edit`), `**` for any number of segments (`/invoices/**` is `/invoices` and all
    /// below it). A trailing slash makes no difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Query parameters that must be there, each with a value pattern (`*` for any part of it).
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, String>")
    )]
    pub query: Map<String, String>,
    /// A pattern for the fragment, without `#` (`*` for any part of it).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
}

impl PagePattern {
    /// Whether `location` is one of the pages meant.
    pub fn matches(&self, location: &Location) -> bool {
        self.path
            .as_ref()
            .is_none_or(|pattern| path_matches(pattern, &location.path))
            && self.query.iter().all(|(name, pattern)| {
                location
                    .query
                    .iter()
                    .any(|(n, value)| n == name && glob(pattern, value))
            })
            && self
                .hash
                .as_ref()
                .is_none_or(|pattern| glob(pattern, &location.hash))
    }
}

fn path_matches(pattern: &str, path: &str) -> bool {
    let segments = |text| {
        let mut segments = Vec::new();
        for segment in split(text, b"/") {
            if !segment.is_empty() {
                segments.push(segment);
            }
        }
        segments
    };
    segments_match(&segments(pattern), &segments(path))
}

/// Matches segment by segment; `**` may take any number of them. One table row per pattern segment
/// keeps the cost at |pattern| × |path|, whatever an author writes.
fn segments_match(pattern: &[&str], path: &[&str]) -> bool {
    let mut reachable = vec![false; path.len() + 1];
    reachable[0] = true;
    for piece in pattern {
        let mut next = vec![false; path.len() + 1];
        if *piece == "**" {
            let first = reachable.iter().position(|reached| *reached);
            if let Some(first) = first {
                next[first..].fill(true);
            }
        } else {
            for (index, segment) in path.iter().enumerate() {
                next[index + 1] = reachable[index] && glob(piece, segment);
            }
        }
        reachable = next;
    }
    reachable[path.len()]
}

/// Whether `text` fits `pattern`, in which `*` stands for any run of characters, also none. Linear in
/// practice: on a mismatch only the last `*` is tried again.
pub fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut retry = None;
    while t < text.len() {
        if p < pattern.len() && pattern[p] == b'*' {
            retry = Some((p + 1, t));
            p += 1;
        } else if p < pattern.len() && pattern[p] == text[t] {
            p += 1;
            t += 1;
        } else if let Some((after_star, start)) = retry {
            p = after_star;
            t = start + 1;
            retry = Some((after_star, start + 1));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|b| *b == b'*')
}
