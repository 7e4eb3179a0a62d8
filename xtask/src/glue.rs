//! The JavaScript between page and wasm: wasm-bindgen's glue, put behind the guard of
//! `www/guard.js`.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use wasmparser::{CompositeInnerType, ExternalKind, Parser, Payload, TypeRef};

use crate::artefact::replace_once;

/// Where wasm-bindgen's glue takes hold of the module's exports.
const SEAM: &str = "wasm = instance.exports;";

/// Puts the guard between the glue and the exports. `guard` is the path that the result imports
/// it from; `tuples` are the exports that return several values.
pub fn put_behind_guard(glue: &str, guard: &str, tuples: &[String]) -> Result<String> {
    let found = glue.matches(SEAM).count();
    if found != 1 {
        bail!(
            "`{SEAM}` is in wasm-bindgen's glue {found} times, not once, so the guard against panics cannot be put there: a new version of wasm-bindgen writes its glue differently, and xtask/src/glue.rs must follow"
        );
    }
    let guarded = format!(
        "wasm = guard(instance.exports, {});",
        serde_json::to_string(tuples).context("names are JSON strings")?
    );
    Ok(format!(
        "import {{ guard }} from {};\n{}",
        serde_json::to_string(guard).context("a path is a JSON string")?,
        glue.replace(SEAM, &guarded)
    ))
}

/// What wasm-bindgen's glue does with other things than a promise of the wasm, and where it would look for the
/// wasm by itself: bundlers would look there too.
const OTHER_WAYS: [&str; 3] = [
    "    if (module_or_path !== undefined) {
        if (Object.getPrototypeOf(module_or_path) === Object.prototype) {
            ({module_or_path} = module_or_path)
        } else {
            console.warn('using deprecated parameters for the initialization function; pass a single object instead')
        }
    }
",
    "    if (module_or_path === undefined) {
        module_or_path = new URL('NAME', import.meta.url);
    }
",
    "    if (typeof module_or_path === 'string' || (typeof Request === 'function' && module_or_path instanceof Request) || (typeof URL === 'function' && module_or_path instanceof URL)) {
        module_or_path = fetch(module_or_path);
    }
",
];

/// Has the glue take a promise of the wasm, as the loader gives it, and nothing else. `name` is the wasm's.
pub fn take_promise(glue: &str, name: &str) -> Result<String> {
    OTHER_WAYS.iter().try_fold(glue.to_owned(), |glue, way| {
        replace_once(&glue, &way.replace("NAME", name), "").context("wasm-bindgen's glue")
    })
}

/// Has the glue import the widget's own JavaScript from where wasm-pack put it, `folder`, so that it
/// can be bundled from anywhere.
pub fn find_snippets(glue: &str, folder: &str) -> String {
    glue.replace("from './snippets/", &format!("from '{folder}/snippets/"))
        .replace("from \"./snippets/", &format!("from \"{folder}/snippets/"))
}

/// The exported functions that return several values, which JavaScript sees as an array.
pub fn tuple_exports(wasm: &[u8]) -> Result<Vec<String>> {
    let mut results: Vec<usize> = Vec::new();
    let mut functions: Vec<u32> = Vec::new();
    let mut exports: HashMap<&str, u32> = HashMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.context("the wasm cannot be read")? {
            Payload::TypeSection(section) => {
                for group in section {
                    for ty in group?.types() {
                        results.push(match &ty.composite_type.inner {
                            CompositeInnerType::Func(function) => function.results().len(),
                            _ => 0,
                        });
                    }
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    if let TypeRef::Func(ty) | TypeRef::FuncExact(ty) = import?.ty {
                        functions.push(ty);
                    }
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    functions.push(ty?);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        exports.insert(export.name, export.index);
                    }
                }
            }
            _ => {}
        }
    }
    let count = |function: u32| {
        let ty = functions.get(function as usize).copied();
        ty.and_then(|ty| results.get(ty as usize)).copied()
    };
    let mut tuples = Vec::new();
    for (name, function) in exports {
        let count =
            count(function).with_context(|| format!("the wasm exports `{name}` without a type"))?;
        if count > 1 {
            tuples.push(name.to_owned());
        }
    }
    tuples.sort();
    Ok(tuples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exports_pass_through_the_guard() {
        let glue = "let wasm;\nfunction init(instance) {\n    wasm = instance.exports;\n    wasm.__wbindgen_start();\n}\n";
        let patched =
            put_behind_guard(glue, "/root/www/guard.js", &["start".into()]).expect("one seam");
        assert_eq!(
            patched,
            "import { guard } from \"/root/www/guard.js\";\nlet wasm;\nfunction init(instance) {\n    wasm = guard(instance.exports, [\"start\"]);\n    wasm.__wbindgen_start();\n}\n"
        );
    }

    #[test]
    fn the_widgets_own_javascript_is_found_wherever_the_glue_is() {
        let glue = "import { pack } from './snippets/headstart-1/www/outbox.js';\n";
        assert_eq!(
            find_snippets(glue, "/root/pkg"),
            "import { pack } from '/root/pkg/snippets/headstart-1/www/outbox.js';\n"
        );
    }

    #[test]
    fn the_glue_takes_a_promise_and_bundlers_find_no_address_in_it() {
        let ways = OTHER_WAYS.map(|way| way.replace("NAME", "h_bg.wasm"));
        let glue = format!("begin\n{}{}{}end\n", ways[0], ways[1], ways[2]);
        assert_eq!(
            take_promise(&glue, "h_bg.wasm").expect("all three"),
            "begin\nend\n"
        );
        take_promise(&glue, "other_bg.wasm").expect_err("another name");
    }

    #[test]
    fn glue_of_another_shape_is_refused() {
        let check = |glue: &str, times: &str| {
            let error = put_behind_guard(glue, "guard.js", &[]).expect_err(glue);
            assert!(error.to_string().contains(times), "{error}");
        };
        check("wasm = module.exports;", "0 times");
        check(
            "wasm = instance.exports; wasm = instance.exports;",
            "2 times",
        );
    }

    #[test]
    fn exports_of_several_values_are_found_by_their_types() {
        // (type (func)) (type (func (result i32 i32))) (import "m" "f" (func (type 0)))
        // (func (type 1) i32.const 1 i32.const 2) (memory 1)
        // (export "one" (func 0)) (export "two" (func 1)) (export "memory" (memory 0))
        let wasm: &[u8] = &[
            0, b'a', b's', b'm', 1, 0, 0, 0, //
            1, 9, 2, 0x60, 0, 0, 0x60, 0, 2, 0x7f, 0x7f, //
            2, 7, 1, 1, b'm', 1, b'f', 0, 0, //
            3, 2, 1, 1, //
            5, 3, 1, 0, 1, //
            7, 22, 3, 3, b'o', b'n', b'e', 0, 0, 3, b't', b'w', b'o', 0, 1, 6, b'm', b'e', b'm',
            b'o', b'r', b'y', 2, 0, //
            10, 8, 1, 6, 0, 0x41, 1, 0x41, 2, 0x0b,
        ];
        assert_eq!(tuple_exports(wasm).expect("a module"), ["two"]);
        assert!(tuple_exports(b"no module").is_err());
    }
}
