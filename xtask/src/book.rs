//! `cargo xtask book` and `cargo xtask pictures`: the documents, where programs make them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::bench;
use crate::browsers::Browser;
use crate::command;
use crate::manifest::Manifest;
use crate::project::{Project, SERVER_BINARY, SERVER_PACKAGE};
use crate::tools::Tools;

/// The table of contents.
const SUMMARY: &str = "SUMMARY.md";

/// Writes the pages that are made of types and schema, and makes a website of all.
pub fn run(project: &Project, manifest: &Manifest) -> Result<()> {
    let tools = Tools::new(project, manifest)?;
    tools.ensure_node()?;
    write_pages(project, &tools)?;
    let site = make(project, &tools)?;
    println!("The book is in {}", project.show(&site.join("index.html")));
    Ok(())
}

/// Has mdBook make a website of the book as it is, follows its links, and returns where it is.
pub fn make(project: &Project, tools: &Tools) -> Result<PathBuf> {
    tools.ensure_node()?;
    let folder = project.root.join("target/book");
    let (source, site) = (folder.join("source"), folder.join("site"));
    lay_out(&project.root.join("docs"), &source)?;
    let mut mdbook = tools.command(&tools.ensure_mdbook()?.to_string_lossy())?;
    mdbook
        .arg("build")
        .arg(&source)
        .arg("--dest-dir")
        .arg(&site);
    command::run(&mut mdbook)?;
    let mut node = tools.command("node")?;
    command::run(node.arg("xtask/book/site.mjs").arg(&site))?;
    Ok(site)
}

/// Takes the pictures of the demo.
pub fn take_pictures(project: &Project, manifest: &Manifest) -> Result<()> {
    let server = bench::collector(project, manifest)?;
    let tools = Tools::new(project, manifest)?;
    let mut node = tools.command("node")?;
    node.arg("tests/book/pictures.mjs")
        .env("HEADSTART_BIN", &server)
        .env("CHROMIUM", Browser::ensure()?.chromium);
    command::run(&mut node)
}

/// Of what the collector says of itself, whichever way it was built, and of the package's types.
fn write_pages(project: &Project, tools: &Tools) -> Result<()> {
    let mut cargo = tools.command("cargo")?;
    command::run(cargo.args(["build", "--package", SERVER_PACKAGE]))?;
    let binary = project.target.join("debug").join(SERVER_BINARY);
    let mut node = tools.command("node")?;
    node.arg("xtask/book/write.mjs")
        .arg(binary.with_extension(env::consts::EXE_EXTENSION));
    command::run(&mut node)
}

/// Copies the book, so that mdBook makes no file of its own beside its sources.
fn lay_out(docs: &Path, source: &Path) -> Result<()> {
    if source.exists() {
        fs::remove_dir_all(source).with_context(|| format!("cannot empty {}", source.display()))?;
    }
    copy(docs, source)?;
    let summary = source.join(SUMMARY);
    let text = fs::read_to_string(&summary).with_context(|| summary.display().to_string())?;
    let written = chapters_there(&text, |page| docs.join(page).exists());
    fs::write(&summary, written).with_context(|| format!("cannot write {}", summary.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let cannot = || format!("cannot copy {}", from.display());
    fs::create_dir_all(to).with_context(cannot)?;
    for entry in fs::read_dir(from).with_context(cannot)? {
        let entry = entry.with_context(cannot)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target).with_context(cannot)?;
        }
    }
    Ok(())
}

/// The table of contents without chapters that are still to be written: mdBook would make empty
/// ones.
fn chapters_there(summary: &str, is_there: impl Fn(&str) -> bool) -> String {
    let page = |line: &str| {
        let (_, rest) = line.split_once("](")?;
        Some(rest.split_once(')')?.0.to_owned())
    };
    summary
        .lines()
        .filter(|line| page(line).is_none_or(|page| is_there(&page)))
        .fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_that_is_not_written_is_left_out() {
        let summary = "# Summary\n\n- [A](a.md)\n- [B](b.md)\n  - [C](c.md)\n";
        assert_eq!(
            chapters_there(summary, |page| page != "b.md"),
            "# Summary\n\n- [A](a.md)\n  - [C](c.md)\n"
        );
    }
}
