//! What each feature of the widget costs: how much less is downloaded without its code.

use std::fmt::Write as _;
use std::thread;

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;

use crate::command;
use crate::encoding::brotli;
use crate::project::Project;
use crate::shares::Shares;
use crate::size::grouped;
use crate::tools::Tools;

/// The name that the rest goes by.
const SHARED: &str = "shared by all of them";

/// Something that the widget can do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feature {
    /// What it is called.
    name: String,
    /// Parts of the names of its functions.
    code: Vec<String>,
    /// Its files in `www`.
    javascript: Vec<String>,
}

/// What something is, in bytes.
#[derive(Debug, PartialEq, Eq)]
struct Cost {
    raw: usize,
    /// So much less brotli makes of everything without it.
    brotli: usize,
}

/// The features as a table. JavaScript is minified file by file, so its sum is not what the bundle is.
pub fn table(
    project: &Project,
    tools: &Tools,
    features: &[Feature],
    shares: &Shares,
) -> Result<String> {
    let owners: Vec<usize> = (shares.functions.iter())
        .map(|(name, _)| owner(features, name))
        .collect();
    let mut scripts = Vec::new();
    for (at, feature) in features.iter().enumerate() {
        for file in &feature.javascript {
            let path = project.root.join("www").join(file);
            let mut esbuild = tools.command("esbuild")?;
            let text = command::output(esbuild.arg("--minify").arg("--log-level=error").arg(path))?;
            scripts.push((at, text.into_bytes()));
        }
    }
    let code: Vec<(usize, &[u8])> = (owners.iter().copied())
        .zip(shares.functions.iter().map(|(_, body)| body.as_slice()))
        .collect();
    let scripts: Vec<(usize, &[u8])> = (scripts.iter())
        .map(|(at, text)| (*at, text.as_slice()))
        .collect();
    let (code, scripts) = (
        costs(&code, features.len() + 1)?,
        costs(&scripts, features.len())?,
    );

    let mut table = String::from(
        "What each feature costs, in bytes: its functions and its JavaScript, and how much less brotli would make of\n\
         all functions, and of all these scripts, without them. Which those are is in wasm-pack.toml.\n\n",
    );
    let names = features.iter().map(|feature| feature.name.as_str());
    let mut row = |cells: [&str; 5]| {
        let [name, wasm, wasm_brotli, script, script_brotli] = cells;
        let row = format!("{name:<32}{wasm:>10}{wasm_brotli:>10}{script:>12}{script_brotli:>10}");
        writeln!(table, "{}", row.trim_end()).expect("a String takes any text");
    };
    row(["", "wasm", "brotli", "JavaScript", "brotli"]);
    for (at, name) in names.chain([SHARED]).enumerate() {
        let script = scripts.get(at).filter(|script| script.raw > 0);
        row([
            name,
            &grouped(code[at].raw),
            &grouped(code[at].brotli),
            &script.map(|cost| grouped(cost.raw)).unwrap_or_default(),
            &script.map(|cost| grouped(cost.brotli)).unwrap_or_default(),
        ]);
    }
    Ok(table)
}

/// The first feature that names the function; after the last of them, if none does.
fn owner(features: &[Feature], name: &str) -> usize {
    let names = |feature: &Feature| feature.code.iter().any(|part| name.contains(part.as_str()));
    features.iter().position(names).unwrap_or(features.len())
}

/// What each of so many owners costs of all these parts.
fn costs(parts: &[(usize, &[u8])], owners: usize) -> Result<Vec<Cost>> {
    let without = |left_out: Option<usize>| {
        let kept = parts.iter().filter(|(owner, _)| Some(*owner) != left_out);
        brotli(
            &kept
                .flat_map(|(_, part)| part.iter().copied())
                .collect::<Vec<u8>>(),
        )
    };
    let whole = without(None)?.len();
    let cost = |owner: usize| -> Result<Cost> {
        let own = parts.iter().filter(|(of, _)| *of == owner);
        let raw = own.map(|(_, part)| part.len()).sum();
        let rest = without(Some(owner))?.len();
        Ok(Cost {
            raw,
            brotli: whole.saturating_sub(rest),
        })
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..owners)
            .map(|owner| scope.spawn(move || cost(owner)))
            .collect();
        let done = running.into_iter().map(|one| {
            let cost = one.join().map_err(|_| anyhow!("a thread ended by itself"));
            cost.and_then(|cost| cost).context("what a feature costs")
        });
        done.collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feature(name: &str, code: &[&str]) -> Feature {
        Feature {
            name: name.into(),
            code: code.iter().map(|&part| part.into()).collect(),
            javascript: Vec::new(),
        }
    }

    #[test]
    fn a_function_counts_for_the_first_feature_that_names_it() {
        let features = [feature("a", &["ui::card"]), feature("b", &["ui::", "rich"])];
        let check = |name, expect| assert_eq!(owner(&features, name), expect, "{name}");
        check("headstart::ui::card::inside", 0);
        check(
            "<F as core::ops::FnOnce<headstart::ui::card::Keys>>::call_once",
            0,
        );
        check("headstart::ui::panel::panel", 1);
        check("core::fmt::write", 2);
    }

    #[test]
    fn what_is_there_twice_costs_less_than_its_length() {
        let text: Vec<u8> = (0..2000_u32)
            .flat_map(|n| n.wrapping_mul(n).wrapping_mul(2_654_435_761).to_le_bytes())
            .collect();
        let costs = costs(&[(0, &text), (1, &text), (2, b"")], 3).expect("it can be told");
        assert_eq!(costs[0].raw, 8000);
        assert!(costs[0].brotli < 100 && costs[1].brotli < 100, "{costs:?}");
        assert_eq!(costs[2], Cost { raw: 0, brotli: 0 });
    }

    #[test]
    fn what_is_there_once_costs_what_it_is() {
        let text: Vec<u8> = (0..2000_u32)
            .flat_map(|n| n.wrapping_mul(n).wrapping_mul(2_654_435_761).to_le_bytes())
            .collect();
        let costs = costs(&[(0, &text), (1, b"abc")], 2).expect("it can be told");
        assert!(costs[0].brotli > 2000, "{costs:?}");
    }
}
