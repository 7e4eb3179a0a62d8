//! Where things are in this repository.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;

/// The collector's package.
pub const SERVER_PACKAGE: &str = "headstart-server";
/// The collector's cargo profile: the release profile is tuned for the smallest wasm instead.
pub const SERVER_PROFILE: &str = "server";
/// The collector's binary.
pub const SERVER_BINARY: &str = "headstart";
/// The target that the widget is compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The folders of one checkout.
pub struct Project {
    /// The repository's root.
    pub root: PathBuf,
    /// Cargo's target folder, which `CARGO_TARGET_DIR` may have moved.
    pub target: PathBuf,
}

impl Project {
    /// Finds the checkout that xtask was started in.
    pub fn locate() -> Result<Self> {
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package
            .parent()
            .context("xtask's folder has no parent: start it as `cargo xtask`")?
            .to_owned();
        let metadata = command::output(
            Command::new("cargo")
                .args(["metadata", "--no-deps", "--format-version", "1"])
                .current_dir(&root),
        )?;
        let metadata: serde_json::Value =
            serde_json::from_str(&metadata).context("cargo metadata printed no JSON")?;
        let target = metadata["target_directory"]
            .as_str()
            .context("cargo metadata names no target_directory")?;
        Ok(Self {
            target: PathBuf::from(target),
            root,
        })
    }

    /// The files that the collector embeds and a browser downloads. Always inside the checkout,
    /// because the collector's build looks for it there.
    pub fn dist(&self) -> PathBuf {
        self.root.join("target/dist")
    }

    /// What wasm-pack writes: the widget as it is compiled, and wasm-bindgen's glue.
    pub fn compiled(&self) -> PathBuf {
        self.root.join("target/wasm-pack")
    }

    /// The npm package.
    pub fn pkg(&self) -> PathBuf {
        self.root.join("pkg")
    }

    /// Intermediate files of xtask itself.
    pub fn scratch(&self) -> PathBuf {
        self.root.join("target/xtask")
    }

    /// The built collector.
    pub fn server(&self) -> PathBuf {
        self.target
            .join(SERVER_PROFILE)
            .join(SERVER_BINARY)
            .with_extension(env::consts::EXE_EXTENSION)
    }

    /// The same, or what to do if it is not there.
    pub fn built_server(&self) -> Result<PathBuf> {
        let server = self.server();
        if !server.exists() {
            bail!(
                "{} is not built: run the stage `build` first",
                self.show(&server)
            );
        }
        Ok(server)
    }

    /// The path as the reader knows it: relative to the root where that is possible.
    pub fn show<'p>(&self, path: &'p Path) -> std::path::Display<'p> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}
