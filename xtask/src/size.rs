//! `cargo xtask size`: what a browser downloads, held against the budgets in `wasm-pack.toml`.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::artefact::{self, Dist};
use crate::command;
use crate::encoding::Weight;
use crate::features;
use crate::manifest::{self, Artefact, Manifest};
use crate::project::{Project, WASM_TARGET};
use crate::shares::Shares;
use crate::tools::Tools;

/// Crates with less of the code than this are summed up, in thousandths.
const SMALL: usize = 5;

/// One line of the table.
struct Line {
    what: &'static str,
    weight: Weight,
    /// The most that `weight.brotli` may be.
    budget: Option<usize>,
}

/// Builds the widget and measures it.
pub fn run(project: &Project, manifest: &Manifest) -> Result<()> {
    let tools = Tools::new(project, manifest)?;
    let dist = artefact::build_dist(project, manifest, &tools, None)?;
    let shares = measure(project, manifest, &tools, &dist)?;
    println!(
        "{}",
        features::table(project, &tools, &manifest.features, &shares)?
    );
    Ok(())
}

/// Measures what is already built in the manifest's profile.
pub fn measure(
    project: &Project,
    manifest: &Manifest,
    tools: &Tools,
    dist: &Dist,
) -> Result<Shares> {
    let widget = &manifest.wasm.widget;
    let (glue, wasm) = (Weight::of(&dist.glue)?, Weight::of(&dist.wasm)?);
    let lines = [
        Line {
            what: "loader",
            weight: Weight::of(&dist.loader)?,
            budget: Some(manifest.loader.budget),
        },
        Line {
            what: "glue",
            weight: glue,
            budget: None,
        },
        Line {
            what: "wasm",
            weight: wasm,
            budget: None,
        },
        Line {
            what: "widget",
            weight: glue + wasm,
            budget: Some(widget.budget),
        },
    ];
    let shares = Shares::of(&named_wasm(project, tools, widget)?)?;

    println!("\n{}\n{}", table(&lines), share_table(&shares));
    let mut excesses: Vec<String> = lines.iter().filter_map(Line::excess).collect();
    for (name, bytes) in shares.among(&widget.forbidden) {
        excesses.push(format!(
            "the wasm has {bytes} bytes of code of the forbidden crate {name}"
        ));
    }
    if !excesses.is_empty() {
        bail!(
            "{} (the limits are in {})",
            excesses.join("; "),
            manifest::FILE
        );
    }
    Ok(shares)
}

impl Line {
    fn excess(&self) -> Option<String> {
        let (brotli, budget) = (self.weight.brotli, self.budget?);
        (brotli > budget).then(|| {
            format!(
                "the {} weighs {brotli} bytes after brotli, {} over its budget of {budget}",
                self.what,
                brotli - budget
            )
        })
    }
}

fn table(lines: &[Line]) -> String {
    let mut table = String::from(
        "What a browser downloads, in bytes: the loader on every page, glue and wasm (together\n\
         the widget) only where there is something to show. The budget is for brotli.\n\n",
    );
    let mut row = |cells: [&str; 6]| {
        let [what, raw, gzip, brotli, budget, verdict] = cells;
        let row = format!("{what:<8}{raw:>11}{gzip:>11}{brotli:>11}{budget:>11}  {verdict}");
        writeln!(table, "{}", row.trim_end()).expect("a String takes any text");
    };
    row(["", "raw", "gzip -9", "brotli 11", "budget", ""]);
    for line in lines {
        let Weight { raw, gzip, brotli } = line.weight;
        let verdict = match line.budget {
            None => String::new(),
            Some(budget) if brotli > budget => format!("OVER by {}", grouped(brotli - budget)),
            Some(budget) => format!("ok, {} left", grouped(budget - brotli)),
        };
        row([
            line.what,
            &grouped(raw),
            &grouped(gzip),
            &grouped(brotli),
            &line.budget.map(grouped).unwrap_or_default(),
            &verdict,
        ]);
    }
    table
}

fn share_table(shares: &Shares) -> String {
    let mut table = format!(
        "Whose code the wasm is: function bodies before compression, {} bytes of them, by the crate\n\
         in each function's name (generic code counts for the crate that wrote it). Measured on the\n\
         same build with its names kept; data and tables are not in it.\n\n",
        grouped(shares.total)
    );
    let mut row = |name: &str, bytes: usize| {
        let thousandths = (bytes * 1000 + shares.total / 2) / shares.total.max(1);
        writeln!(
            table,
            "{name:<24}{:>11}{:>7}.{} %",
            grouped(bytes),
            thousandths / 10,
            thousandths % 10
        )
        .expect("a String takes any text");
    };
    let small = |bytes: usize| bytes * 1000 < shares.total * SMALL;
    for (name, bytes) in shares.crates.iter().filter(|(_, bytes)| !small(*bytes)) {
        row(name, *bytes);
    }
    let rest: Vec<usize> = shares
        .crates
        .iter()
        .map(|(_, bytes)| *bytes)
        .filter(|bytes| small(*bytes))
        .collect();
    if !rest.is_empty() {
        row(&format!("{} smaller ones", rest.len()), rest.iter().sum());
    }
    table
}

/// The number with its digits in groups of three, as ISO 80000-1 writes them.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

/// The module as wasm-pack last built it, but with its names: wasm-bindgen and wasm-opt run over
/// cargo's output as wasm-pack runs them, without the options that strip.
fn named_wasm(project: &Project, tools: &Tools, artefact: &Artefact) -> Result<Vec<u8>> {
    let profile = match artefact.profile.as_str() {
        "dev" => "debug",
        other => other,
    };
    let compiled = project
        .target
        .join(WASM_TARGET)
        .join(profile)
        .join(format!("{}.wasm", artefact.package.replace('-', "_")));
    let folder = project.scratch().join("named");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    command::run(
        tools
            .command("wasm-bindgen")?
            .args(["--target", "web", "--no-typescript", "--no-demangle"])
            .args(["--out-name", "named", "--out-dir"])
            .arg(&folder)
            .arg(&compiled),
    )?;
    let named = folder.join("named.wasm");
    let keeping = artefact
        .wasm_opt
        .iter()
        .filter(|option| !option.starts_with("--strip"));
    command::run(
        tools
            .command("wasm-opt")?
            .args(keeping)
            .arg("-g")
            .arg(folder.join("named_bg.wasm"))
            .arg("-o")
            .arg(&named),
    )?;
    fs::read(&named).with_context(|| format!("cannot read {}", named.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(brotli: usize, budget: Option<usize>) -> Line {
        Line {
            what: "loader",
            weight: Weight {
                raw: 5300,
                gzip: 2400,
                brotli,
            },
            budget,
        }
    }

    #[test]
    fn a_budget_may_be_used_up_but_not_exceeded() {
        let check = |brotli, budget, expect: Option<&str>| {
            assert_eq!(line(brotli, budget).excess().as_deref(), expect);
        };
        check(1999, Some(2000), None);
        check(2000, Some(2000), None);
        check(
            2001,
            Some(2000),
            Some("the loader weighs 2001 bytes after brotli, 1 over its budget of 2000"),
        );
        check(usize::MAX, None, None);
    }

    #[test]
    fn the_table_says_what_is_left_and_what_is_over() {
        let table = table(&[
            line(1500, Some(2000)),
            line(2500, Some(2000)),
            line(9, None),
        ]);
        let rows: Vec<&str> = table.lines().skip(4).collect();
        assert_eq!(
            rows,
            [
                "loader        5 300      2 400      1 500      2 000  ok, 500 left",
                "loader        5 300      2 400      2 500      2 000  OVER by 500",
                "loader        5 300      2 400          9",
            ]
        );
    }

    #[test]
    fn shares_are_in_thousandths_and_small_ones_summed() {
        let shares = Shares {
            crates: vec![("yew".into(), 99_000), ("a".into(), 400), ("b".into(), 100)],
            total: 99_500,
            ..Shares::default()
        };
        let table = share_table(&shares);
        let rows: Vec<&str> = table.lines().skip(4).collect();
        assert_eq!(
            rows,
            [
                "yew                          99 000     99.5 %",
                "2 smaller ones                  500      0.5 %",
            ]
        );
    }

    #[test]
    fn digits_are_grouped_by_three() {
        let check = |number, expect| assert_eq!(grouped(number), expect);
        check(0, "0");
        check(999, "999");
        check(1000, "1 000");
        check(1_234_567, "1 234 567");
    }
}
