//! `cargo xtask build`: from sources to `target/dist`, the files that a browser downloads, and
//! to the collector that has them inside, and to the npm package in `pkg`.
//!
//! `target/dist` holds `headstart.js` (the loader, which names the other two) and, below
//! `assets/`, the widget's glue and wasm and the pinned loader, named by their content; each with its `.br` and
//! `.gz`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::copies;
use crate::encoding::{self, hashed_name};
use crate::glue;
use crate::loader::{self, Assets};
use crate::manifest::{Artefact, Manifest};
use crate::names::Pair;
use crate::order;
use crate::package;
use crate::patched;
use crate::project::{Project, SERVER_PACKAGE, SERVER_PROFILE};
use crate::shims;
use crate::tools::Tools;

/// The loader's name, which every page that embeds it has written down.
const LOADER: &str = "headstart.js";
/// The source of the explainer.
const EXPLAINER: &str = "www/explainer.js";
/// How the glue imports it, before its name has a hash.
const EXPLAINER_IMPORT: &str = "./explainer.js";
/// Asks V8 to compile all functions of a script where it reads it, which for a module is another thread than the
/// page's. Otherwise it compiles each when it is first called, on the page's. Others take it for a comment.
/// Source: "Explicit compile hints", v8.dev, 2025.
const AT_ONCE: &str = "//# allFunctionsCalledOnLoad";
/// How the loader is minified. It takes less for granted of the language than of our own code, which
/// reads no property for what reading it does.
pub const TERSER: &str = "xtask/terser.json";
/// The same for the glue, of which wasm imports every function as a function, never as a constructor.
const TERSER_GLUE: &str = "xtask/terser-glue.json";

/// Builds everything.
pub fn build(project: &Project, manifest: &Manifest, profile: Option<&str>) -> Result<()> {
    let tools = Tools::new(project, manifest)?;
    let dist = build_dist(project, manifest, &tools, profile)?;
    build_server(project, &tools)?;
    package::build(project, manifest, &tools, &dist)
}

/// Builds the widget and lays out what a browser downloads.
pub fn build_dist(
    project: &Project,
    manifest: &Manifest,
    tools: &Tools,
    profile: Option<&str>,
) -> Result<Dist> {
    tools.ensure_wasm()?;
    let widget = &manifest.wasm.widget;
    wasm_pack(project, tools, widget, profile.unwrap_or(&widget.profile))?;
    let dist = Dist::assemble(project, manifest, tools)?;
    dist.write(&project.dist())?;
    println!(
        "{} holds what a browser downloads",
        project.show(&project.dist())
    );
    Ok(dist)
}

/// Builds the collector, with what [`build_dist`] wrote inside.
pub fn build_server(project: &Project, tools: &Tools) -> Result<()> {
    command::run(tools.command("cargo")?.args([
        "build",
        "--package",
        SERVER_PACKAGE,
        "--profile",
        SERVER_PROFILE,
    ]))?;
    println!("{} is the collector", project.show(&project.server()));
    Ok(())
}

fn wasm_pack(project: &Project, tools: &Tools, artefact: &Artefact, profile: &str) -> Result<()> {
    let mut command = tools.command("wasm-pack")?;
    command
        .arg("build")
        .arg(project.root.join(&artefact.folder));
    command.args(["--target", "web", "--out-dir"]);
    command.arg(project.compiled());
    command.args(["--out-name", &artefact.out_name]);
    match profile {
        "dev" => command.arg("--dev"),
        "profiling" => command.arg("--profiling"),
        "release" => command.arg("--release"),
        custom => command.args(["--profile", custom]),
    };
    command.arg("--");
    // Another profile than the artefact's own is for looking into it, and wants panics that speak.
    if profile == artefact.profile {
        tools.ensure_library_sources()?;
        let library = &artefact.standard_library;
        command.args(library.arguments());
        command.args(patched::arguments(project, tools, &artefact.patches)?);
        command.envs(library.environment());
    }
    command::run(&mut command)
}

/// What a browser downloads.
pub struct Dist {
    /// The script that a page embeds.
    pub loader: Vec<u8>,
    /// The same for pages that say what it must be, and for all that it loads.
    pub pinned: Vec<u8>,
    /// The JavaScript that the widget's wasm needs.
    pub glue: Vec<u8>,
    /// The widget.
    pub wasm: Vec<u8>,
    /// What only those download who ask why something is not shown.
    pub explainer: Vec<u8>,
    out_name: String,
}

impl Dist {
    /// Makes the files from what wasm-pack wrote and from the sources in `www`.
    pub fn assemble(project: &Project, manifest: &Manifest, tools: &Tools) -> Result<Self> {
        let widget = &manifest.wasm.widget;
        let scratch = project.scratch();
        fs::create_dir_all(&scratch)
            .with_context(|| format!("cannot create {}", scratch.display()))?;

        let compiled = project.compiled();
        let wasm_name = format!("{}_bg.wasm", widget.out_name);
        let wasm = read(&compiled.join(&wasm_name))?;
        let glue = read_text(&compiled.join(format!("{}.js", widget.out_name)))?;
        let glue = shims::shorten(&glue::take_promise(&glue, &wasm_name)?)?;
        let Pair { wasm, glue } = Pair { wasm, glue }
            .shorten()
            .context("the names between wasm and glue")?;
        let wasm = copies::gather(&wasm).context("what the wasm copies")?;
        let wasm = order::arrange(&wasm).context("the order of the wasm's functions")?;
        let mut esbuild = tools.command("esbuild")?;
        esbuild
            .args(["--minify", "--legal-comments=none", "--log-level=warning"])
            .args(["--tsconfig-raw={}", "--format=esm", "--target=es2020"]);
        let explainer = minify(
            esbuild,
            "--outfile=",
            &scratch.join("explainer.js"),
            &read_text(&project.root.join(EXPLAINER))?,
        )?;
        let glue = glue::find_snippets(&glue, &compiled.to_string_lossy());
        let guard = project.root.join("www/guard.js");
        let guarded = glue::put_behind_guard(
            &glue,
            &guard.to_string_lossy(),
            &glue::tuple_exports(&wasm)?,
        )?;
        let mut esbuild = tools.command("esbuild")?;
        esbuild
            .args(["--minify", "--legal-comments=none", "--log-level=warning"])
            // Or it would read tsconfig.json, and add what that says to the output.
            .arg("--tsconfig-raw={}")
            // Takes the guard in; a browser that has every part of wasm we use has ES2020.
            .args(["--bundle", "--format=esm", "--target=es2020"])
            .arg(format!("--external:{EXPLAINER_IMPORT}"));
        let bundle = minify(esbuild, "--outfile=", &scratch.join("glue.js"), &guarded)?;
        let bundle = String::from_utf8(bundle).context("esbuild writes UTF-8")?;
        let mut terser = tools.command("terser")?;
        terser.args(["--config-file", TERSER_GLUE]);
        let glue = minify(terser, "--output=", &scratch.join("bundle.js"), &bundle)?;
        let glue = String::from_utf8(glue).context("terser writes UTF-8")?;
        let glue = format!("{AT_ONCE}\n{glue}");
        // Beside the glue, so its name alone leads there.
        let explainer_name = hashed_name("explainer", "js", &explainer);
        let glue = name_assets(&glue, &[(EXPLAINER_IMPORT, &format!("./{explainer_name}"))])
            .context("the glue")?
            .into_bytes();

        let [glue_name, wasm_name] = asset_names(&widget.out_name, &glue, &wasm);
        let explainer_name = format!("assets/{explainer_name}");
        let assets = Assets {
            glue: (&glue_name, &glue),
            wasm: (&wasm_name, &wasm),
            explainer: (&explainer_name, &explainer),
        };
        let loader = loader::plain(project, manifest, tools, assets)?;
        let pinned = loader::pinned(project, manifest, tools, assets)?;
        Ok(Self {
            loader,
            pinned,
            glue,
            wasm,
            explainer,
            out_name: widget.out_name.clone(),
        })
    }

    /// The glue as the npm package has it: what it loads has a plain name there, which bundlers find.
    pub fn package_glue(&self) -> Result<String> {
        let glue = std::str::from_utf8(&self.glue).context("the glue is UTF-8")?;
        let name = format!("./{}", hashed_name("explainer", "js", &self.explainer));
        name_assets(glue, &[(&name, EXPLAINER_IMPORT)]).context("the glue")
    }

    fn files(&self) -> [(String, &[u8]); 5] {
        let [glue, wasm] = asset_names(&self.out_name, &self.glue, &self.wasm);
        let explainer = hashed_name("explainer", "js", &self.explainer);
        let pinned = hashed_name("loader", "js", &self.pinned);
        [
            (LOADER.to_owned(), &self.loader),
            (format!("assets/{pinned}"), &self.pinned),
            (glue, &self.glue),
            (wasm, &self.wasm),
            (format!("assets/{explainer}"), &self.explainer),
        ]
    }

    /// Makes the folder hold these files and their compressed siblings, and nothing else. A file
    /// that is already right is left alone, so that the collector is not built again for it.
    fn write(&self, folder: &Path) -> Result<()> {
        let mut wanted = BTreeMap::new();
        for (name, bytes) in self.files() {
            let path = folder.join(&name);
            let siblings =
                [format!("{name}.br"), format!("{name}.gz")].map(|name| folder.join(name));
            let unchanged = fs::read(&path).is_ok_and(|old| old == bytes);
            for (sibling, compress) in siblings.into_iter().zip([
                encoding::brotli as fn(&[u8]) -> Result<Vec<u8>>,
                encoding::gzip,
            ]) {
                let keep = unchanged && sibling.exists();
                wanted.insert(sibling, if keep { None } else { Some(compress(bytes)?) });
            }
            wanted.insert(path, (!unchanged).then(|| bytes.to_owned()));
        }
        for stale in files_below(folder)?
            .iter()
            .filter(|path| !wanted.contains_key(*path))
        {
            fs::remove_file(stale).with_context(|| format!("cannot remove {}", stale.display()))?;
        }
        for (path, bytes) in wanted {
            if let Some(bytes) = bytes {
                write(&path, &bytes)?;
            }
        }
        Ok(())
    }
}

/// The paths of glue and wasm, seen from the loader. One goes with the other only, so that one hash is
/// enough: as text that repeats it weighs less in the loader.
fn asset_names(out_name: &str, glue: &[u8], wasm: &[u8]) -> [String; 2] {
    let both = [glue, wasm].concat();
    ["js", "wasm"].map(|extension| format!("assets/{}", hashed_name(out_name, extension, &both)))
}

/// Puts assets' paths in the place of literals.
pub fn name_assets(script: &str, paths: &[(&str, &str)]) -> Result<String> {
    let mut named = script.to_owned();
    for (name, path) in paths {
        named = replace_once(&named, &format!("\"{name}\""), &format!("\"{path}\""))?;
    }
    Ok(named)
}

/// Replaces a literal that must be there once.
pub fn replace_once(text: &str, literal: &str, by: &str) -> Result<String> {
    let found = text.matches(literal).count();
    if found != 1 {
        bail!("the literal {literal} must be there once, and is {found} times");
    }
    Ok(text.replace(literal, by))
}

/// Writes a source to a path, and what a minifier makes of it beside it.
pub fn minify(mut program: Command, output: &str, path: &Path, source: &str) -> Result<Vec<u8>> {
    write(path, source.as_bytes())?;
    let minified = path.with_extension("min.js");
    program
        .arg(path)
        .arg(format!("{output}{}", minified.display()));
    command::run(&mut program)?;
    read(&minified)
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let path = entry
            .with_context(|| format!("cannot list {}", folder.display()))?
            .path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// Reads a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads a file of text.
pub fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file, and makes the folders that it is in.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dist(wasm: &[u8]) -> Dist {
        Dist {
            loader: b"loader".to_vec(),
            pinned: b"pinned".to_vec(),
            glue: b"glue".to_vec(),
            wasm: wasm.to_vec(),
            explainer: b"explainer".to_vec(),
            out_name: "headstart".into(),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = files_below(folder)
            .expect("a folder")
            .iter()
            .map(|path| {
                path.strip_prefix(folder)
                    .expect("below it")
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    /// A folder that is removed when the test ends.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path =
                std::env::temp_dir().join(format!("headstart-{name}-{}", std::process::id()));
            fs::create_dir_all(&path).expect("a folder for the test");
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }

    #[test]
    fn a_dist_has_every_file_thrice_and_no_stale_one() {
        let folder = Folder::new("stale");
        dist(b"old").write(&folder.0).expect("the first build");
        dist(b"new").write(&folder.0).expect("the second build");
        assert_eq!(
            names(&folder.0),
            [
                "assets/explainer-0cb1dd1d.js",
                "assets/explainer-0cb1dd1d.js.br",
                "assets/explainer-0cb1dd1d.js.gz",
                "assets/headstart-48bd12e2.js",
                "assets/headstart-48bd12e2.js.br",
                "assets/headstart-48bd12e2.js.gz",
                "assets/headstart-48bd12e2.wasm",
                "assets/headstart-48bd12e2.wasm.br",
                "assets/headstart-48bd12e2.wasm.gz",
                "assets/loader-3fab5c18.js",
                "assets/loader-3fab5c18.js.br",
                "assets/loader-3fab5c18.js.gz",
                "headstart.js",
                "headstart.js.br",
                "headstart.js.gz",
            ]
        );
    }

    #[test]
    fn what_is_already_right_is_left_alone() {
        let folder = Folder::new("unchanged");
        let loader = folder.0.join("headstart.js");
        let changed = || {
            fs::metadata(&loader)
                .and_then(|file| file.modified())
                .expect("a time")
        };
        dist(b"wasm").write(&folder.0).expect("the first build");
        let before = changed();
        std::thread::sleep(std::time::Duration::from_millis(20));
        dist(b"other wasm")
            .write(&folder.0)
            .expect("the second build");
        assert_eq!(changed(), before);
    }

    #[test]
    fn the_loader_is_told_the_assets_names() {
        let loader = "load(base + \"__GLUE__\", base + \"__WASM__\")";
        let paths = [
            ("__GLUE__", "assets/h-1.js"),
            ("__WASM__", "assets/h-2.wasm"),
        ];
        let named = name_assets(loader, &paths).expect("both literals");
        assert_eq!(
            named,
            "load(base + \"assets/h-1.js\", base + \"assets/h-2.wasm\")"
        );

        let error = name_assets("load(\"__GLUE__\")", &paths).expect_err("no wasm");
        assert!(error.to_string().contains("\"__WASM__\""), "{error}");
    }
}
