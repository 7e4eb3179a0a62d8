//! `headstart content …`.

mod diff;
mod template;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

use crate::cli::remote::Remote;
use crate::documents::{self, Checked};
use crate::error::Error;
use crate::theme::Theme;
use crate::translations::Completeness;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check content files; no collector is needed.
    Validate(Files),
    /// Keep content as drafts. Users don't get them before they are published.
    Push {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        remote: Remote,
    },
    /// Publish drafts: each that has changed becomes the next version of its content.
    Publish {
        /// Ids of the content to publish; without them, all of it.
        ids: Vec<String>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Give users an older version again: it is published as the next one. The draft stays as it is.
    Rollback {
        /// The content's id.
        id: String,
        /// The version to go back to; without it, the one before what users have.
        #[arg(long, env = "HEADSTART_CONTENT_VERSION", value_name = "NUMBER")]
        version: Option<u32>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Write the drafts into files, one each, named by its id.
    Pull {
        /// The folder to write them into; made if it is not there.
        #[arg(long, env = "HEADSTART_OUT", value_name = "DIR", default_value = ".")]
        out: PathBuf,
        #[command(flatten)]
        remote: Remote,
    },
    /// Tell how files differ from the drafts that the collector has.
    Diff {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        remote: Remote,
    },
    /// Begin with a template: write its documents, and the schema for editors, into a folder.
    New {
        /// Which one; without it, they are listed.
        template: Option<String>,
        /// The folder to write them into; made if it is not there.
        #[arg(long, env = "HEADSTART_OUT", value_name = "DIR", default_value = ".")]
        out: PathBuf,
    },
    /// Print the JSON Schema of content files, for editors.
    Schema,
}

#[derive(Debug, Args)]
pub(super) struct Files {
    /// JSON files, each with a content document or an array of them; of a folder, all `.json` files.
    #[arg(required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
}

pub(super) fn run(command: Command) -> Result<()> {
    match command {
        Command::Validate(files) => {
            for document in files.check()? {
                println!("{}: good", document.content.id);
                for translation in &document.translations {
                    report(&translation.completeness());
                }
            }
            Ok(())
        }
        Command::Push { files, remote } => push(&files, &remote),
        Command::Publish { ids, remote } => publish(&ids, &remote),
        Command::Rollback {
            id,
            version,
            remote,
        } => roll_back(&id, version, &remote),
        Command::Pull { out, remote } => pull(&out, &remote),
        Command::Diff { files, remote } => diff(&files, &remote),
        Command::New { template, out } => {
            if let Some(template) = template {
                return template::write(&template, &out);
            }
            template::list();
            Ok(())
        }
        Command::Schema => {
            let schema = serde_json::to_string_pretty(&documents::schema())
                .context("cannot write the schema as JSON")?;
            println!("{schema}");
            Ok(())
        }
    }
}

impl Files {
    /// All documents in the files. Everything that is wrong is told at once, by file and path.
    fn check(&self) -> Result<Vec<Checked>> {
        let mut documents = Vec::new();
        let mut problems = Vec::new();
        let mut places: BTreeMap<String, PathBuf> = BTreeMap::new();
        for path in self.list()? {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            match documents::check_all(&text, &Theme::default()) {
                Ok(found) => {
                    for document in found {
                        let id = document.content.id.to_string();
                        if let Some(other) = places.insert(id, path.clone()) {
                            problems.push(format!(
                                "{}: {}: id: is the id of a document in {} too; choose another",
                                path.display(),
                                document.content.id,
                                other.display()
                            ));
                        }
                        documents.push(document);
                    }
                }
                Err(Error::InvalidContent(found)) => {
                    problems.extend(found.iter().map(|problem| {
                        let at = match problem.path.as_str() {
                            "" => String::new(),
                            path => format!("{path}: "),
                        };
                        format!(
                            "{}: {}: {at}{}",
                            path.display(),
                            problem.content,
                            problem.message
                        )
                    }));
                }
                Err(Error::InvalidJson(reason)) => {
                    problems.push(format!("{}: is not JSON: {reason}", path.display()));
                }
                Err(error) => problems.push(format!("{}: {error}", path.display())),
            }
        }
        match problems.len() {
            0 => Ok(documents),
            1 => bail!("{}", problems.concat()),
            many => bail!("{many} problems\n{}", problems.join("\n")),
        }
    }

    fn list(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for path in &self.files {
            if !path.is_dir() {
                files.push(path.clone());
                continue;
            }
            let cannot = || format!("cannot list {}", path.display());
            let mut inside = Vec::new();
            for entry in fs::read_dir(path).with_context(cannot)? {
                let file = entry.with_context(cannot)?.path();
                let name = file.to_string_lossy();
                if name.ends_with(".json") && !name.ends_with(".schema.json") {
                    inside.push(file);
                }
            }
            if inside.is_empty() {
                bail!("{} has no .json files", path.display());
            }
            inside.sort();
            files.extend(inside);
        }
        Ok(files)
    }
}

fn push(files: &Files, remote: &Remote) -> Result<()> {
    #[derive(Deserialize)]
    struct Answer {
        pushed: Vec<String>,
        #[serde(default)]
        translations: Vec<Completeness>,
    }
    // As it was written, for the collector to keep.
    let sources: Vec<String> = (files.check()?.into_iter())
        .map(|document| document.source)
        .collect();
    let body = format!("[{}]", sources.join(","));
    let answer: Answer = remote.post("/api/v1/content", body)?;
    for id in answer.pushed {
        println!("{id}: pushed");
    }
    for translation in &answer.translations {
        report(translation);
    }
    Ok(())
}

fn report(translation: &Completeness) {
    let Completeness {
        content,
        language,
        missing,
    } = translation;
    if missing.is_empty() {
        println!("{content}: {language}: all is translated");
    } else {
        println!(
            "{content}: {language}: not translated: {}",
            missing.join(", ")
        );
    }
}

fn publish(ids: &[String], remote: &Remote) -> Result<()> {
    #[derive(Deserialize)]
    struct Answer {
        published: Vec<Published>,
    }
    #[derive(Deserialize)]
    struct Published {
        id: String,
        version: u32,
        changed: bool,
    }
    let body = if ids.is_empty() {
        json!({})
    } else {
        json!({ "ids": ids })
    };
    let answer: Answer = remote.post("/api/v1/content/publish", body.to_string())?;
    if answer.published.is_empty() {
        println!("there is nothing to publish; push content first");
    }
    for Published {
        id,
        version,
        changed,
    } in answer.published
    {
        if changed {
            println!("{id}: published as version {version}");
        } else {
            println!("{id}: unchanged, still version {version}");
        }
    }
    Ok(())
}

fn roll_back(id: &str, version: Option<u32>, remote: &Remote) -> Result<()> {
    #[derive(Deserialize)]
    struct Answer {
        version: u32,
        restored: u32,
        changed: bool,
        draft_differs: bool,
    }
    let body = json!({ "id": id, "version": version });
    let Answer {
        version,
        restored,
        changed,
        draft_differs,
    } = remote.post("/api/v1/content/rollback", body.to_string())?;
    if changed {
        println!("{id}: version {restored} again, published as version {version}");
    } else {
        println!("{id}: unchanged, still version {version}");
    }
    if draft_differs {
        println!("{id}: the draft is another one; push what you want before you publish");
    }
    Ok(())
}

/// The collector's content.
#[derive(Deserialize)]
struct Listed {
    content: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    draft: Box<RawValue>,
}

fn diff(files: &Files, remote: &Remote) -> Result<()> {
    let documents = files.check()?;
    let listed: Listed = remote.get("/api/v1/content")?;
    for document in documents {
        let id = document.content.id.to_string();
        let after = serde_json::from_str(&document.source)?;
        let Some(item) = listed.content.iter().find(|item| item.id == id) else {
            println!("{id}: new");
            continue;
        };
        let before = serde_json::from_str(item.draft.get())?;
        let differences = diff::differences(&before, &after);
        if differences.is_empty() {
            println!("{id}: unchanged");
            continue;
        }
        println!("{id}: changed");
        for line in differences.iter().map(ToString::to_string) {
            println!("  {}", line.replace('\n', "\n  "));
        }
    }
    Ok(())
}

fn pull(out: &Path, remote: &Remote) -> Result<()> {
    let answer: Listed = remote.get("/api/v1/content")?;
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    for Item { id, draft } in answer.content {
        // The collector lets only plain names be ids, but it may not be ours.
        if id.contains(['/', '\\']) || id.starts_with('.') {
            bail!("`{id}` cannot be a file's name");
        }
        let path = out.join(format!("{id}.json"));
        fs::write(&path, format!("{}\n", draft.get()))
            .with_context(|| format!("cannot write {}", path.display()))?;
        println!("{id}: written to {}", path.display());
    }
    Ok(())
}
