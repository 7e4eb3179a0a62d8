//! What documents say to type is what the command line and the API understand.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser as _;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::Cli;

/// One line of code in a document, and where.
struct Line {
    at: String,
    text: String,
}

fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let docs = fs::read_dir(root.join("docs")).expect("the book");
    let pages = docs.map(|entry| entry.expect("an entry").path());
    let mut documents: Vec<PathBuf> = pages
        .filter(|path| path.extension().is_some_and(|found| found == "md"))
        .collect();
    documents.sort();
    documents.extend(["README.md", "www/package/README.md"].map(|path| root.join(path)));
    documents
}

/// What is between backticks, and the lines of shell samples, those that go on in the next one joined.
fn code() -> Vec<Line> {
    let mut lines = Vec::new();
    for path in documents() {
        let source = fs::read_to_string(&path).expect("a document");
        let mut in_shell = false;
        for (event, range) in Parser::new(&source).into_offset_iter() {
            let number = source[..range.start].matches('\n').count() + 1;
            let at = format!("{}:{number}", path.display());
            let mut add = |text: &str| {
                lines.push(Line {
                    at: at.clone(),
                    text: text.split_whitespace().collect::<Vec<_>>().join(" "),
                });
            };
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    in_shell = &*language == "sh";
                }
                Event::End(TagEnd::CodeBlock) => in_shell = false,
                Event::Text(text) if in_shell => {
                    text.replace("\\\n", " ").lines().for_each(&mut add);
                }
                Event::Code(text) => add(&text),
                _ => {}
            }
        }
    }
    lines
}

/// Why the command line would not take it.
fn refused(line: &str) -> Option<String> {
    let words = line.split(' ').filter(|word| *word != "…");
    let error = Cli::try_parse_from(words).err()?;
    // Prose names commands without what they need.
    let named = [
        clap::error::ErrorKind::MissingRequiredArgument,
        clap::error::ErrorKind::MissingSubcommand,
        clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand,
        clap::error::ErrorKind::DisplayHelp,
    ];
    (!named.contains(&error.kind())).then(|| error.to_string())
}

#[test]
fn every_command_line_is_understood() {
    let mut seen = 0;
    for Line { at, text } in code() {
        if text.starts_with("headstart ") {
            seen += 1;
            assert_eq!(refused(&text), None, "{at}: {text}");
        }
    }
    assert!(seen > 20, "only {seen}");
}

#[test]
fn a_command_line_that_is_not_is_told() {
    for wrong in [
        "headstart start",
        "headstart content pushh a.json",
        "headstart serve --port 80",
        "headstart content rollback a --version one",
    ] {
        assert!(refused(wrong).is_some(), "{wrong}");
    }
}

/// The routes of the API, `GET /v1/x` each.
fn routes() -> Vec<String> {
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join(
        "tests/routes/api/snapshots/routes__api__openapi__the_routes_describe_themselves.snap",
    );
    let snapshot = fs::read_to_string(openapi).expect("the snapshot of the OpenAPI document");
    let (_, json) = snapshot.split_once("\n---\n").expect("insta's head");
    let document: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let paths = document["paths"].as_object().expect("the paths");
    let of_path = |(path, methods): (&String, &serde_json::Value)| {
        let methods = methods.as_object().expect("the methods");
        let routes = methods
            .keys()
            .map(|method| format!("{} {path}", method.to_uppercase()));
        routes.collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

/// Whether there is such a route, whatever stands in place of its parameters.
fn is_route(routes: &[String], method: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    routes.iter().any(|route| {
        let (known, pattern) = route.split_once(' ').expect("a method and a path");
        let parts = (path.split('/'), pattern.split('/'));
        known == method
            && path.split('/').count() == pattern.split('/').count()
            && std::iter::zip(parts.0, parts.1)
                .all(|(part, pattern)| pattern.starts_with('{') || part == pattern)
    })
}

#[test]
fn every_route_that_is_called_is_there() {
    let routes = routes();
    let mut seen = 0;
    for Line { at, text } in code() {
        // `GET /v1/x` in prose, `curl http://host/v1/x -d …` in samples.
        let called = text
            .split_once(' ')
            .filter(|(method, path)| {
                ["GET", "POST", "PUT", "DELETE"].contains(method) && path.starts_with('/')
            })
            .filter(|(_, path)| !path.contains('…') && *path != "/headstart.js")
            .map(|(method, path)| (method, path.to_owned()))
            .or_else(|| {
                let url = text
                    .strip_prefix("curl ")?
                    .split(' ')
                    .find(|word| word.starts_with("http"))?;
                let path = url.splitn(4, '/').nth(3)?;
                let method = if text.contains(" -d ") { "POST" } else { "GET" };
                Some((method, format!("/{path}")))
            });
        if let Some((method, path)) = called
            && path != "/api/openapi.json"
        {
            seen += 1;
            assert!(
                is_route(&routes, method, &path),
                "{at}: there is no {method} {path}"
            );
        }
    }
    assert!(seen > 10, "only {seen}");
    assert!(is_route(
        &routes,
        "DELETE",
        "/api/v1/people/user-1?anonymous=true"
    ));
    assert!(!is_route(&routes, "GET", "/api/v1/metrics/activations"));
    assert!(!is_route(&routes, "PUT", "/v1/track"));
}
