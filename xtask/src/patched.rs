//! Crates that are compiled into an artefact with a change of ours: while it is offered to those who
//! keep the crate, or where it only pays for a page's few elements.
//!
//! The copy takes the crate's place by Cargo's `paths`, which leaves Cargo.lock as it is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::command;
use crate::project::Project;
use crate::tools::Tools;

/// A crate and the change.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patch {
    /// The crate.
    name: String,
    /// The version that the change was made for.
    version: String,
    /// The change as a unified diff, by its path from the root.
    diff: String,
}

/// The arguments that make cargo take the changed copies, which are made if they are not there.
pub fn arguments(project: &Project, tools: &Tools, patches: &[Patch]) -> Result<Vec<String>> {
    let copies: Vec<PathBuf> = patches
        .iter()
        .map(|patch| {
            copy(project, tools, patch)
                .with_context(|| format!("{} with {}", patch.name, patch.diff))
        })
        .collect::<Result<_>>()?;
    let Some(paths) = toml::Value::try_from(&copies)
        .ok()
        .filter(|_| !copies.is_empty())
    else {
        return Ok(Vec::new());
    };
    Ok(vec!["--config".to_owned(), format!("paths={paths}")])
}

fn copy(project: &Project, tools: &Tools, patch: &Patch) -> Result<PathBuf> {
    let diff = project.root.join(&patch.diff);
    let text = fs::read(&diff).context("cannot read the diff")?;
    let digest = Sha256::digest(&text);
    // Named by what is in it, so that nothing is compiled anew while nothing has changed.
    let name = format!(
        "{}-{}-{:02x}{:02x}{:02x}{:02x}",
        patch.name, patch.version, digest[0], digest[1], digest[2], digest[3]
    );
    let copies = project.scratch().join("patched");
    let finished = copies.join(&name);
    if finished.exists() {
        return Ok(finished);
    }
    let copy = copies.join(format!("{name}.unfinished"));
    if copy.exists() {
        fs::remove_dir_all(&copy).context("cannot remove an unfinished copy")?;
    }
    copy_folder(&source(tools, patch)?, &copy)?;
    // A folder below a workspace belongs to it unless it is one of its own.
    let manifest = copy.join("Cargo.toml");
    let mut cargo = fs::read_to_string(&manifest).context("cannot read the crate's Cargo.toml")?;
    cargo.push_str("\n[workspace]\n");
    fs::write(&manifest, cargo).context("cannot write the copy's Cargo.toml")?;
    command::run(
        Command::new("git")
            .args(["apply", "--whitespace=nowarn"])
            .arg(&diff)
            .current_dir(&copy)
            // The copy is no part of the checkout that it lies in.
            .env("GIT_CEILING_DIRECTORIES", &copies),
    )
    .context("the diff does not fit: make it anew")?;
    fs::rename(&copy, &finished).context("cannot name the finished copy")?;
    Ok(finished)
}

/// Where cargo keeps the sources of the crate.
fn source(tools: &Tools, patch: &Patch) -> Result<PathBuf> {
    let metadata =
        command::output(
            tools
                .command("cargo")?
                .args(["metadata", "--format-version", "1"]),
        )?;
    let metadata: serde_json::Value =
        serde_json::from_str(&metadata).context("cargo metadata printed no JSON")?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let mut versions = Vec::new();
    for package in packages.filter(|package| package["name"] == patch.name.as_str()) {
        let version = package["version"].as_str().unwrap_or_default();
        if version == patch.version {
            let manifest = package["manifest_path"].as_str().unwrap_or_default();
            let folder = Path::new(manifest).parent();
            return Ok(folder.context("a manifest lies in a folder")?.to_owned());
        }
        versions.push(version.to_owned());
    }
    bail!(
        "the diff was made for {}, but Cargo.lock has {}: make it anew, or take it out of {}",
        patch.version,
        versions.join(" and "),
        crate::manifest::FILE
    )
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy_folder(&source, &target)?;
        } else {
            fs::copy(&source, &target)
                .with_context(|| format!("cannot copy {}", source.display()))?;
        }
    }
    Ok(())
}
