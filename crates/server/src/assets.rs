//! What browsers are sent: the loader, the glue and the wasm, as `cargo xtask build` leaves them in
//! `target/dist`, each beside its compressed forms.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use axum::body::Bytes;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha384};

/// The loader's path.
pub const LOADER: &str = "headstart.js";
/// How that of the loader begins whose address has a version.
const PINNED: &str = "assets/loader-";

#[derive(RustEmbed)]
#[folder = "../../target/dist"]
struct Dist;

/// Ways to compress, the smaller result first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Brotli,
    Gzip,
    Identity,
}

impl Coding {
    /// Its name in HTTP.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }
}

/// A set of files by path, each with its compressed forms beside it (`x.js`, `x.js.br`, `x.js.gz`).
#[derive(Clone, Default)]
pub struct Assets(BTreeMap<String, (Bytes, String)>);

impl fmt::Debug for Assets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Assets {
    /// What was built into this binary; empty if the widget had not been built before.
    pub fn embedded() -> Self {
        Self::of(Dist::iter().filter_map(|path| {
            let file = Dist::get(&path)?;
            let bytes = match file.data {
                Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                Cow::Owned(bytes) => bytes.into(),
            };
            Some((path.into_owned(), bytes))
        }))
    }

    /// Other files, by path.
    pub fn of(files: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        let with_tag = files.into_iter().map(|(path, bytes)| {
            let mut hasher = DefaultHasher::new();
            bytes.hash(&mut hasher);
            let tag = format!("\"{:016x}\"", hasher.finish());
            (path, (bytes, tag))
        });
        Self(with_tag.collect())
    }

    /// Whether there is a loader to send.
    pub fn has_loader(&self) -> bool {
        self.0.contains_key(LOADER)
    }

    /// The loader's address of this version, and what it must hash to, as browsers check it.
    pub(crate) fn pinned(&self) -> Option<(&str, String)> {
        let is_pinned = |path: &str| path.starts_with(PINNED) && content_type(path).is_some();
        let (path, (bytes, _)) = self.0.iter().find(|(path, _)| is_pinned(path))?;
        let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)));
        Some((path, integrity))
    }

    /// All files, by path.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        self.0
            .iter()
            .map(|(path, (bytes, _))| (path.as_str(), bytes))
    }

    /// The file in the best form that `accepted` (an Accept-Encoding header) allows, with its entity
    /// tag.
    pub(crate) fn get(&self, path: &str, accepted: &str) -> Option<(Coding, Bytes, &str)> {
        // A compressed form is no file of its own.
        self.0.get(path).filter(|_| content_type(path).is_some())?;
        let mut codings = [Coding::Brotli, Coding::Gzip, Coding::Identity]
            .map(|coding| (coding, weight(accepted, coding)));
        // Stable: of equals the smaller stays first.
        codings.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        codings
            .into_iter()
            .filter(|(coding, weight)| *weight > 0.0 || *coding == Coding::Identity)
            .find_map(|(coding, _)| {
                let (bytes, tag) = self.0.get(&format!("{path}{}", coding.suffix()))?;
                Some((coding, bytes.clone(), tag.as_str()))
            })
    }
}

/// Exactly what browsers want to hear: `instantiateStreaming` takes no other type for wasm.
pub(crate) fn content_type(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "json" | "map" => Some("application/json"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

/// How much a coding is wanted, from 0 to 1. Source: RFC 9110, section 12.5.3.
fn weight(accepted: &str, coding: Coding) -> f32 {
    let mut of_any = None;
    for item in accepted.split(',') {
        let mut parts = item.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts
            .find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")))
            .map_or(1.0, |q| q.parse().unwrap_or(0.0));
        if name.eq_ignore_ascii_case(coding.name()) {
            return weight;
        }
        if name == "*" {
            of_any = Some(weight);
        }
    }
    match (of_any, coding) {
        (Some(weight), _) => weight,
        // Allowed unless it is forbidden, but anything that is asked for goes before it.
        (None, Coding::Identity) => f32::MIN_POSITIVE,
        (None, _) => 0.0,
    }
}
