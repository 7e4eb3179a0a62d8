//! The rules of this repository that no compiler checks, as tests of xtask.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command;
use crate::manifest::Manifest;
use crate::project::WASM_TARGET;
use crate::test;
use crate::version;

/// Folders that hold nothing written here.
const FOREIGN: [&str; 7] = [
    ".angular",
    ".git",
    ".next",
    "dist",
    "node_modules",
    "pkg",
    "target",
];
/// What is held to the length limit.
const SOURCES: [&str; 5] = ["css", "js", "mjs", "rs", "ts"];
const MOST_LINES: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is in the repository")
}

/// Every file of the repository, as a path from its root.
fn files() -> Vec<PathBuf> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder can be listed") {
            let path = entry.expect("an entry can be read").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                if !FOREIGN.contains(&name.as_ref()) {
                    walk(&path, files);
                }
            } else {
                files.push(
                    path.strip_prefix(root())
                        .expect("it is below the root")
                        .to_owned(),
                );
            }
        }
    }
    let mut files = Vec::new();
    walk(root(), &mut files);
    files
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn toml(path: &str) -> toml::Table {
    read(path)
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .is_some_and(|found| extensions.iter().any(|wanted| found == *wanted))
}

/// The packages that code of `package` is linked with, without those that only `prune` brings.
fn dependencies(package: &str, target: &[&str], prune: &[&str]) -> BTreeSet<String> {
    let mut cargo = Command::new("cargo");
    cargo
        .args([
            "tree",
            "--package",
            package,
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args(["--format", "{p}"])
        .args(target)
        .current_dir(root());
    for package in prune {
        cargo.args(["--prune", package]);
    }
    command::output(&mut cargo)
        .expect("cargo tree")
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

fn assert_none<T: std::fmt::Debug>(found: &[T], rule: &str) {
    assert!(found.is_empty(), "{rule}: {found:#?}");
}

#[test]
fn wasm_pack_toml_and_cargo_toml_are_equal() {
    let manifest = Manifest::read(root()).expect("wasm-pack.toml");
    let widget = &manifest.wasm.widget;
    let cargo = toml(&format!("{}/Cargo.toml", widget.folder));

    let metadata = &cargo["package"]["metadata"]["wasm-pack"]["profile"];
    let wasm_opt = metadata[widget.metadata_profile()]["wasm-opt"]
        .as_array()
        .expect("a list");
    let wasm_opt: Vec<&str> = wasm_opt.iter().filter_map(toml::Value::as_str).collect();
    assert_eq!(wasm_opt, widget.wasm_opt, "wasm-opt");

    let profile = &toml("Cargo.toml")["profile"][&widget.profile];
    assert_eq!(
        profile,
        &toml::Value::Table(widget.settings.clone()),
        "the profile's settings"
    );
    assert_eq!(
        cargo["lib"]["crate-type"],
        toml::Value::from(vec!["cdylib"]),
        "of any other library cargo leaves link-time optimization out"
    );
    assert_eq!(
        cargo["package"]["name"].as_str(),
        Some(widget.package.as_str()),
        "the package"
    );
}

#[test]
fn one_version_of_wasm_bindgen_is_named_everywhere() {
    let wasm_bindgen = Manifest::read(root())
        .and_then(|manifest| manifest.tools.wasm_bindgen())
        .expect("wasm-pack.toml");
    let locked = version::in_lock(&read("Cargo.lock"), "wasm-bindgen").expect("Cargo.lock");
    assert_eq!(locked, Some(wasm_bindgen), "Cargo.lock");
    let pinned = &toml("Cargo.toml")["workspace"]["dependencies"]["wasm-bindgen"];
    assert_eq!(
        pinned.as_str(),
        Some(wasm_bindgen.to_string().as_str()),
        "Cargo.toml, as a range: hosts in Yew have a version of their own"
    );
}

#[test]
fn the_widget_depends_on_nothing_the_browser_does_better() {
    let manifest = Manifest::read(root()).expect("wasm-pack.toml");
    let widget = &manifest.wasm.widget;
    // Yew depends on all of gloo, and gloo on some of these. What of that reaches the wasm is
    // measured by `cargo xtask size`, which fails over the same list.
    let found = dependencies(
        &widget.package,
        &["--target", WASM_TARGET],
        &["yew", "gloo"],
    );
    assert!(
        found.contains("headstart-core"),
        "cargo tree shows the widget: {found:?}"
    );
    let forbidden: Vec<_> = widget
        .forbidden
        .iter()
        .filter(|name| found.contains(*name))
        .collect();
    assert_none(&forbidden, "forbidden in the widget");
}

#[test]
fn core_depends_on_no_world() {
    let found = dependencies("headstart-core", &[], &[]);
    assert!(found.contains("serde"), "cargo tree shows core: {found:?}");
    let worlds = ["js-sys", "serde_json", "tokio", "wasm-bindgen", "web-sys"];
    let forbidden: Vec<_> = worlds
        .iter()
        .filter(|name| found.contains(**name))
        .collect();
    assert_none(&forbidden, "forbidden in core");
}

#[test]
fn core_has_no_clock_file_or_thread() {
    let worlds = [
        "SystemTime",
        "Instant::now",
        "std::fs",
        "std::thread",
        "std::net",
        "std::env",
    ];
    let mut found = Vec::new();
    for path in files()
        .iter()
        .filter(|path| path.starts_with("crates/core/src"))
    {
        for (index, line) in read(path).lines().enumerate() {
            if worlds.iter().any(|world| line.contains(world)) {
                found.push(format!("{}:{}: {}", path.display(), index + 1, line.trim()));
            }
        }
    }
    assert_none(
        &found,
        "time, files and threads are arguments or effects of core",
    );
}

#[test]
fn no_source_file_is_long() {
    let long: Vec<_> = files()
        .into_iter()
        .filter(|path| has_extension(path, &SOURCES))
        .map(|path| (read(&path).lines().count(), path))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .collect();
    assert_none(&long, "more than 500 lines: find the second noun in it");
}

#[test]
fn nothing_is_left_to_do() {
    // Split, so that this file is not found itself.
    let unfinished = [concat!("todo", "!("), concat!("unimplemented", "!(")];
    let found: Vec<_> = files()
        .into_iter()
        .filter(|path| has_extension(path, &["rs"]))
        .filter(|path| unfinished.iter().any(|text| read(path).contains(text)))
        .collect();
    assert_none(&found, "unfinished");
}

#[test]
fn every_name_says_what_is_inside() {
    let says_nothing = [
        "common", "helper", "helpers", "manager", "misc", "util", "utils",
    ];
    let found: Vec<_> = files()
        .into_iter()
        .filter(|path| {
            path.components().any(|part| {
                let name = part.as_os_str().to_string_lossy();
                let stem = name.split('.').next().unwrap_or_default();
                stem.split(['_', '-'])
                    .any(|word| says_nothing.contains(&word))
            })
        })
        .collect();
    assert_none(&found, "named after nothing");
}

#[test]
fn every_test_in_javascript_is_run() {
    let run: BTreeSet<PathBuf> = test::test_files(root())
        .expect("tests")
        .into_iter()
        .collect();
    let forgotten: Vec<_> = files()
        .into_iter()
        .filter(|path| path.starts_with("tests") && has_extension(path, &["js", "mjs"]))
        .filter(|path| !run.contains(path))
        .filter(|path| {
            let text = read(path);
            text.lines().any(|line| {
                line.contains("from \"node:test\"")
                    && names(line).any(|name| ["test", "it"].contains(&name))
            })
        })
        .collect();
    assert_none(&forgotten, "tests, but not named *.test.mjs");
}

#[test]
fn every_test_that_a_document_cites_is_there() {
    let mut cited = 0;
    let mut missing = Vec::new();
    for document in files() {
        if !has_extension(&document, &["md"]) {
            continue;
        }
        for (path, name) in citations(&read(&document)) {
            cited += 1;
            let there = fs::read_to_string(root().join(path)).is_ok_and(|text| text.contains(name));
            if !there {
                missing.push(format!("{}: {path} › {name}", document.display()));
            }
        }
    }
    assert!(cited > 0, "docs/reliability.md cites tests");
    assert_none(&missing, "no such test");
}

/// The citations `` `path` › "name" `` in a document.
fn citations(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices("` › \"").filter_map(|(place, mark)| {
        let path = text[..place].rsplit('`').next()?;
        let name = text[place + mark.len()..].split('"').next()?;
        Some((path, name))
    })
}

/// Of WCAG 2.2, those of level A and those of level AA. Source: <https://www.w3.org/TR/WCAG22/>
const CRITERIA: [usize; 2] = [31, 24];

#[test]
fn every_criterion_of_wcag_has_a_line_with_its_test_or_says_that_there_is_none() {
    let text = read("docs/accessibility.md");
    let levels = text.split("\n## Level ").skip(1);
    let counts: Vec<usize> = levels.map(|level| criteria(level).count()).collect();
    assert_eq!(counts, CRITERIA, "lines, by level");
    let unfounded: Vec<_> = criteria(&text)
        .filter(|line| {
            let founded = line.contains("| Not Applicable |") || line.contains("No test");
            !founded && citations(line).next().is_none()
        })
        .collect();
    assert_none(&unfounded, "neither a test nor the word that there is none");
}

/// The lines of a report that are about a criterion.
fn criteria(text: &str) -> impl Iterator<Item = &str> {
    let is_number =
        |one: &str| one.split('.').count() == 3 && one.starts_with(['1', '2', '3', '4']);
    text.lines().filter(move |line| {
        let first = line
            .strip_prefix("| ")
            .and_then(|rest| rest.split(' ').next());
        first.is_some_and(is_number)
    })
}

#[test]
fn citations_are_found_in_a_table() {
    let text = "| a | `x/y.mjs` › \"it holds\" `z.rs` › \"so_does_this\" |\n| `no` test |";
    let found: Vec<_> = citations(text).collect();
    assert_eq!(found, [("x/y.mjs", "it holds"), ("z.rs", "so_does_this")]);
}

/// The words of a line of code.
fn names(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric())
        .take_while(|word| *word != "from")
}

#[test]
fn ci_runs_the_one_command() {
    let text = read(".ci/run");
    let commands: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("cargo"))
        .collect();
    assert_eq!(commands, ["cargo xtask test"]);
}

#[test]
fn the_crate_has_in_it_what_it_is_compiled_from() {
    let list = command::output(
        Command::new("cargo")
            .args([
                "package",
                "--list",
                "--allow-dirty",
                "--package",
                "headstart",
            ])
            .current_dir(root()),
    )
    .expect("cargo package");
    let packed: BTreeSet<&Path> = list.lines().map(Path::new).collect();
    let mut missing = Vec::new();
    for source in files() {
        let is_part = source.starts_with("src");
        if is_part && !packed.contains(source.as_path()) {
            missing.push(source.clone());
        }
        if !is_part || !has_extension(&source, &["rs"]) {
            continue;
        }
        for rest in read(&source).split("module = \"/").skip(1) {
            let module = PathBuf::from(rest.split('"').next().unwrap_or_default());
            if !packed.contains(module.as_path()) {
                missing.push(module);
            }
        }
    }
    assert_none(&missing, "not in the crate that hosts in Yew take");
    let foreign: Vec<_> = packed
        .iter()
        .filter(|path| {
            !(path.starts_with("src")
                || path.starts_with("www")
                || path.parent() == Some(Path::new("")))
        })
        .collect();
    assert_none(&foreign, "no part of the crate");
}

#[test]
fn all_packages_of_the_examples_are_in_one_lock_file_without_addresses() {
    let lock: serde_json::Value =
        serde_json::from_str(&read("examples/package-lock.json")).expect("JSON");
    let packages = lock["packages"].as_object().expect("packages");
    let addresses: Vec<_> = packages
        .values()
        .filter_map(|package| package["resolved"].as_str())
        .filter(|address| address.contains("://"))
        .collect();
    assert_none(&addresses, "where a package was downloaded from");
    let nested: Vec<_> = files()
        .into_iter()
        .filter(|path| path.starts_with("examples") && path.ends_with("package-lock.json"))
        .collect();
    assert_eq!(nested, [PathBuf::from("examples/package-lock.json")]);
}
