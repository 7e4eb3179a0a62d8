//! Sees to it that there is a folder to embed, also before the widget was built for the first time.

use std::path::Path;
use std::{env, fs};

fn main() {
    let manifest = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let dist = Path::new(&manifest).join("../../target/dist");
    fs::create_dir_all(&dist).expect("the target folder can be written to");
    println!("cargo:rerun-if-changed={}", dist.display());
    println!("cargo:rerun-if-changed={}", dist.join("assets").display());
}
