//! `headstart script` and `headstart assets`: what pages embed.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::assets::{Assets, LOADER};
use crate::cli::Data;
use crate::store;

/// Keeps the calls that are made before the loader is there.
const STUB: &str = "<script>window.headstart=window.headstart||function(){(headstart.q=headstart.q||[]).push([Date.now(),arguments])}</script>";
const NOT_BUILT: &str =
    "this collector was built without the widget; build it with `cargo xtask build`";

#[derive(Debug, Args)]
pub(super) struct ScriptOptions {
    /// Where browsers find the files: `https://onboarding.example.com`, or a path of your own site.
    url: String,
    /// The address of this very version, with what it must hash to; it checks all that it loads.
    #[arg(long)]
    pinned: bool,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(super) struct AssetsOptions {
    /// The folder; made if it is not there.
    folder: PathBuf,
}

/// Prints the lines for a page's head.
pub(super) fn print(options: &ScriptOptions) -> Result<()> {
    let assets = Assets::embedded();
    let url = options.url.trim_end_matches('/');
    let source = if options.pinned {
        let (path, integrity) = assets.pinned().context(NOT_BUILT)?;
        format!(r#"src="{url}/{path}" integrity="{integrity}" crossorigin="anonymous""#)
    } else {
        format!(r#"src="{url}/{LOADER}""#)
    };
    let key = store::keys(&options.data.data)?.write_key;
    println!("{STUB}\n<script async {source} data-write-key=\"{key}\"></script>");
    Ok(())
}

/// Writes out what browsers load, for those who serve it themselves.
pub(super) fn export(options: &AssetsOptions) -> Result<()> {
    let assets = Assets::embedded();
    if !assets.has_loader() {
        anyhow::bail!(NOT_BUILT);
    }
    for (path, bytes) in assets.files() {
        let file = options.folder.join(path);
        let cannot = || format!("cannot write {}", file.display());
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).with_context(cannot)?;
        }
        fs::write(&file, bytes).with_context(cannot)?;
    }
    Ok(())
}
