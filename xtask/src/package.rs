//! `cargo xtask package`: the npm package in `pkg`, made of what is already built.
//!
//! Its modules are the sources in `www/package` as they are; their types are what `tsc` reads from
//! them. The loader is that of the script tag, as a module. Types of content are made from the
//! schema that the collector prints.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::artefact::{self, Dist};
use crate::command;
use crate::manifest::Manifest;
use crate::project::Project;
use crate::tools::Tools;

/// Where its sources are.
const SOURCES: &str = "www/package";
/// What authors of modules write; each has types made for it.
const MODULES: [&str; 5] = ["headstart", "person", "react", "vue", "content"];
/// What is taken as it is, from where.
const COPIES: [(&str, &str); 3] = [
    ("command.d.ts", "www/command.d.ts"),
    ("README.md", "www/package/README.md"),
    ("LICENSE", "LICENSE"),
];
/// What the loader's source begins and ends with, between its head and its body.
const BEGIN: &str = "\n(() => {\n";
const END: &str = "\n})();\n";

/// Makes the package from what wasm-pack wrote and from the built collector.
pub fn run(project: &Project, manifest: &Manifest) -> Result<()> {
    let tools = Tools::new(project, manifest)?;
    tools.ensure_node()?;
    let dist = Dist::assemble(project, manifest, &tools)
        .context("the widget is not built: run `cargo xtask build` first")?;
    build(project, manifest, &tools, &dist)
}

/// Makes the package of a dist; the collector must be built.
pub fn build(project: &Project, manifest: &Manifest, tools: &Tools, dist: &Dist) -> Result<()> {
    let scratch = project.scratch().join("package");
    let mut files = BTreeMap::new();
    let mut put = |name: &str, bytes: Vec<u8>| files.insert(name.to_owned(), bytes);

    put("headstart.wasm", dist.wasm.clone());
    put("glue.js", dist.package_glue()?.into_bytes());
    put("explainer.js", dist.explainer.clone());
    put("loader.js", loader(project, manifest, tools, &scratch)?);
    for (name, path) in COPIES {
        put(name, artefact::read(&project.root.join(path))?);
    }

    let types = emit_types(tools, &scratch)?;
    for module in MODULES {
        let name = format!("{module}.js");
        let source = project.root.join(SOURCES).join(&name);
        put(&name, artefact::read(&source)?);
        if module != "content" {
            let name = format!("{module}.d.ts");
            put(&name, artefact::read(&types.join(&name))?);
        }
    }

    let schema = command::output(
        std::process::Command::new(project.built_server()?).args(["content", "schema"]),
    )?;
    put("content.d.ts", content_types(tools, &scratch, &schema)?);
    put("content.schema.json", schema.into_bytes());
    put("package.json", description(project)?.into_bytes());

    let folder = project.pkg();
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    for (name, bytes) in &files {
        artefact::write(&folder.join(name), bytes)?;
    }
    println!("{} is the npm package", project.show(&folder));
    Ok(())
}

/// The loader, minified as it always is, but as a module.
fn loader(
    project: &Project,
    manifest: &Manifest,
    tools: &Tools,
    scratch: &Path,
) -> Result<Vec<u8>> {
    let source = &manifest.loader.source;
    let module = as_module(&artefact::read_text(&project.root.join(source))?)
        .with_context(|| source.clone())?;
    let options = artefact::read_text(&project.root.join(artefact::TERSER))?;
    let config = scratch.join("terser.json");
    artefact::write(&config, for_package(&options)?.as_bytes())?;
    let mut terser = tools.command("terser")?;
    terser.arg("--config-file").arg(config);
    artefact::minify(terser, "--output=", &scratch.join("loader.js"), &module)
}

/// The loader's source as a module that exports it as a function.
fn as_module(source: &str) -> Result<String> {
    let parts = source
        .split_once(BEGIN)
        .and_then(|(head, body)| Some((head, body.strip_suffix(END)?)));
    let (head, body) = parts.context("the loader must be one function that is called at once")?;
    Ok(format!(
        "{head}\nexport const load = (GIVEN) => {{\n{body}\n}};\n"
    ))
}

/// The minifier's options for a module of the package.
fn for_package(options: &str) -> Result<String> {
    let mut options: Value = serde_json::from_str(options).context(artefact::TERSER)?;
    options["module"] = json!(true);
    options["ecma"] = json!(2020);
    options["compress"]["global_defs"]["PACKAGE"] = json!(true);
    Ok(options.to_string())
}

/// Has the modules' types written, and returns where.
fn emit_types(tools: &Tools, scratch: &Path) -> Result<std::path::PathBuf> {
    let folder = scratch.join("types");
    let mut tsc = tools.command("tsc")?;
    tsc.args(["--project", SOURCES, "--outDir"]).arg(&folder);
    command::run(&mut tsc)?;
    // tsc lays them out as they lie below `www`.
    Ok(folder.join("package"))
}

/// The types of content documents.
fn content_types(tools: &Tools, scratch: &Path, schema: &str) -> Result<Vec<u8>> {
    let input = scratch.join("content.schema.json");
    let output = scratch.join("content.d.ts");
    artefact::write(&input, naming_any(schema)?.as_bytes())?;
    let mut json2ts = tools.command("json2ts")?;
    json2ts
        .arg("--input")
        .arg(&input)
        .arg("--output")
        .arg(&output);
    json2ts.args([
        "--additionalProperties=false",
        "--bannerComment=/** Content documents, made from their JSON Schema. */",
    ]);
    command::run(&mut json2ts)?;
    artefact::read(&output)
}

/// The schema, in which definitions that say nothing of their values' type say so: json2ts takes them for
/// objects.
fn naming_any(schema: &str) -> Result<String> {
    let mut schema: Value = serde_json::from_str(schema).context("the schema is JSON")?;
    let definitions = schema["$defs"]
        .as_object_mut()
        .context("the schema has definitions")?;
    for definition in definitions.values_mut().filter_map(Value::as_object_mut) {
        if definition.keys().all(|key| key == "description") {
            definition.insert("tsType".to_owned(), json!("unknown"));
        }
    }
    Ok(schema.to_string())
}

/// `package.json`, with the version of the widget.
fn description(project: &Project) -> Result<String> {
    let source = Path::new(SOURCES).join("package.json");
    let text = artefact::read_text(&project.root.join(&source))?;
    let cargo: toml::Table = artefact::read_text(&project.root.join("Cargo.toml"))?
        .parse()
        .context("Cargo.toml")?;
    let version = cargo["workspace"]["package"]["version"]
        .as_str()
        .context("Cargo.toml has the version of all")?;
    artefact::replace_once(&text, "\"0.0.0\"", &format!("\"{version}\""))
        .with_context(|| source.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_becomes_a_function_that_a_module_exports() {
        let module = as_module("/** Head. */\n(() => {\n  wake();\n})();\n").expect("a loader");
        assert_eq!(
            module,
            "/** Head. */\nexport const load = (GIVEN) => {\n  wake();\n};\n"
        );
        as_module("wake();\n").expect_err("no function");
    }

    #[test]
    fn a_definition_without_a_type_is_of_any() {
        let schema = r#"{"$defs":{"Id":{"type":"string"},"Value":{"description":"Any."}}}"#;
        let named: Value =
            serde_json::from_str(&naming_any(schema).expect("a schema")).expect("JSON");
        assert_eq!(
            named["$defs"],
            json!({
                "Id": {"type": "string"},
                "Value": {"description": "Any.", "tsType": "unknown"},
            })
        );
    }

    #[test]
    fn the_package_has_the_loaders_options_but_for_its_own() {
        let options =
            r#"{"toplevel":true,"compress":{"global_defs":{"PACKAGE":false},"passes":4}}"#;
        let options: Value =
            serde_json::from_str(&for_package(options).expect("options")).expect("JSON");
        assert_eq!(
            options,
            json!({
                "toplevel": true,
                "module": true,
                "ecma": 2020,
                "compress": {"global_defs": {"PACKAGE": true}, "passes": 4},
            })
        );
    }
}
