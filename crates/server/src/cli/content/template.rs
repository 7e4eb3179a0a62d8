//! `headstart content new`: content to begin with, ready to be changed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rust_embed::RustEmbed;

use crate::documents;

/// The schema that the documents name, beside them.
const SCHEMA: &str = "content.schema.json";

/// A folder each, with a document a file.
#[derive(RustEmbed)]
#[folder = "templates"]
struct Templates;

/// Prints what there is.
pub(super) fn list() {
    for name in names() {
        println!("{name}");
    }
}

/// Writes a template's documents, and the schema that they name, into a folder. A file that is there
/// stays as it is.
pub(super) fn write(name: &str, out: &Path) -> Result<()> {
    let prefix = format!("{name}/");
    let files: Vec<_> = Templates::iter()
        .filter(|path| path.starts_with(&prefix))
        .collect();
    if files.is_empty() {
        let names: Vec<String> = names().into_iter().collect();
        bail!(
            "there is no template `{name}`; choose one of {}",
            names.join(", ")
        );
    }
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let taken = files.iter().map(|path| out.join(&path[prefix.len()..]));
    if let Some(taken) = taken.into_iter().find(|path| path.exists()) {
        bail!(
            "{} is there already; remove it, or name another folder with --out",
            taken.display()
        );
    }
    for path in files {
        let file = Templates::get(&path).context("it was listed")?;
        put(&out.join(&path[prefix.len()..]), &file.data)?;
    }
    let schema = serde_json::to_string_pretty(&documents::schema())?;
    put(&out.join(SCHEMA), format!("{schema}\n").as_bytes())
}

fn put(path: &Path, data: &[u8]) -> Result<()> {
    fs::write(path, data).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}", path.display());
    Ok(())
}

fn names() -> BTreeSet<String> {
    Templates::iter()
        .filter_map(|path| Some(path.split_once('/')?.0.to_owned()))
        .collect()
}
