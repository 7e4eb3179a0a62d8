//! Which crate a module's code comes from, told by the names of its functions.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use rustc_demangle::demangle;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Where code goes whose name tells no crate: exports, the C runtime, compiler builtins.
pub const NAMELESS: &str = "(no crate in the name)";

/// The bytes of code of each crate, the largest first.
#[derive(Default)]
pub struct Shares {
    /// Name and bytes.
    pub crates: Vec<(String, usize)>,
    /// All code there is, in bytes.
    pub total: usize,
    /// Every function's demangled name, and its body, in the module's order.
    pub functions: Vec<(String, Vec<u8>)>,
}

impl Shares {
    /// Reads a module that still has its name section.
    pub fn of(wasm: &[u8]) -> Result<Self> {
        let mut imported = 0;
        let mut bodies = Vec::new();
        let mut names = BTreeMap::new();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.context("the wasm cannot be read")? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        if matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)) {
                            imported += 1;
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().to_vec()),
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(section) = section.as_known() else {
                        continue;
                    };
                    for subsection in section {
                        let Name::Function(functions) = subsection? else {
                            continue;
                        };
                        for function in functions {
                            let function = function?;
                            names.insert(function.index as usize, function.name);
                        }
                    }
                }
                _ => {}
            }
        }
        let mut crates = BTreeMap::<String, usize>::new();
        let mut functions = Vec::new();
        for (index, body) in bodies.into_iter().enumerate() {
            let name = names.get(&(index + imported)).copied().unwrap_or_default();
            let name = format!("{:#}", demangle(name));
            *crates.entry(crate_of(&name).to_owned()).or_default() += body.len();
            functions.push((name, body));
        }
        let mut crates: Vec<_> = crates.into_iter().collect();
        crates.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        Ok(Self {
            crates,
            total: functions.iter().map(|(_, body)| body.len()).sum(),
            functions,
        })
    }

    /// The crates of the list that have code in the module, with its bytes. Package names are
    /// taken as crate names (`gloo-storage` as `gloo_storage`).
    pub fn among<'s>(&'s self, packages: &[String]) -> Vec<(&'s str, usize)> {
        let names: Vec<String> = packages
            .iter()
            .map(|package| package.replace('-', "_"))
            .collect();
        self.crates
            .iter()
            .filter(|(name, _)| names.contains(name))
            .map(|(name, bytes)| (name.as_str(), *bytes))
            .collect()
    }
}

/// The crate in a function's demangled name: the first path in it, so that code which the
/// compiler made for a generic counts for the crate that wrote the generic.
fn crate_of(name: &str) -> &str {
    let mut rest = name;
    while let Some(end) = rest.find("::") {
        let before = &rest[..end];
        let word = before
            .rfind(|c: char| !c.is_alphanumeric() && c != '_')
            .map_or(before, |at| {
                &before[at + before[at..].chars().next().map_or(1, char::len_utf8)..]
            });
        if word.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return word;
        }
        rest = &rest[end + 2..];
    }
    NAMELESS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_counts_for_the_crate_that_wrote_it() {
        let check = |name, expect| assert_eq!(crate_of(name), expect, "{name}");
        check("headstart_core::engine::Engine::apply", "headstart_core");
        check(
            "<headstart::ui::Panel as yew::Component>::view",
            "headstart",
        );
        check("<u32 as core::fmt::Display>::fmt", "core");
        check("<&mut T as core::fmt::Write>::write_str", "core");
        check("<[T] as alloc::borrow::ToOwned>::to_owned", "alloc");
        check("<dyn core::any::Any>::is", "core");
        check("core::ptr::drop_in_place<yew::html::Html>", "core");
        check("yew::scheduler::start::{{closure}}", "yew");
        check("__wbindgen_malloc", NAMELESS);
        check("memcpy", NAMELESS);
        check("", NAMELESS);
    }

    #[test]
    fn bodies_are_summed_by_crate_through_mangled_names() {
        // Two functions: `app::go` in Rust's mangling, of 2 bytes, and `memcpy`, of 4.
        let names = {
            let mut map = vec![2, 0, 10];
            map.extend(b"_RNvC3app2");
            map[2] = 12;
            map.extend(b"go");
            map.extend([1, 6]);
            map.extend(b"memcpy");
            map
        };
        let mut custom = vec![4];
        custom.extend(b"name");
        custom.extend([1, u8::try_from(names.len()).expect("short")]);
        custom.extend(names);
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([1, 4, 1, 0x60, 0, 0]);
        wasm.extend([3, 3, 2, 0, 0]);
        wasm.extend([10, 9, 2, 2, 0, 0x0b, 4, 0, 0x01, 0x01, 0x0b]);
        wasm.extend([0, u8::try_from(custom.len()).expect("short")]);
        wasm.extend(custom);

        let shares = Shares::of(&wasm).expect("a module");
        assert_eq!(
            shares.crates,
            [(NAMELESS.to_owned(), 4), ("app".to_owned(), 2)]
        );
        assert_eq!(shares.total, 6);
    }

    #[test]
    fn unwanted_crates_are_found_under_their_package_names() {
        let shares = Shares {
            crates: vec![
                ("yew".into(), 900),
                ("gloo_storage".into(), 70),
                ("url".into(), 30),
            ],
            total: 1000,
            ..Shares::default()
        };
        let check = |packages: &[&str], expect: &[(&str, usize)]| {
            let packages: Vec<String> = packages.iter().map(ToString::to_string).collect();
            assert_eq!(shares.among(&packages), expect);
        };
        check(&["gloo-storage", "regex"], &[("gloo_storage", 70)]);
        check(&["regex"], &[]);
    }
}
