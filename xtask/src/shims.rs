//! What wasm-bindgen's glue says again and again, said once, and without what no browser needs that has the parts of
//! wasm the widget uses.

use anyhow::{Result, bail};

/// What is in the glue many times, and what a function is called for instead.
const REPEATED: [(&str, &str); 7] = [
    // A text as a result, and one that may be missing.
    (
        "const ptr1 = passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            const len1 = WASM_VECTOR_LEN;
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);",
        "giveText(arg0, ret);",
    ),
    (
        "var ptr1 = isLikeNone(ret) ? 0 : passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            var len1 = WASM_VECTOR_LEN;
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);",
        "giveText(arg0, ret);",
    ),
    // An object that may be missing.
    (
        "isLikeNone(ret) ? 0 : addToExternrefTable0(ret)",
        "giveObject(ret)",
    ),
    // What may throw: a function is made of it once, not at each call.
    (
        "function() { return handleError(function ",
        "handleError(function ",
    ),
    ("}, arguments); },", "}),"),
    (
        "(typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(",
        "new FinalizationRegistry(",
    ),
    (
        "function isLikeNone(x)",
        "function giveText(place, text) {
    const pointer = isLikeNone(text) ? 0 : passStringToWasm0(text, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const view = getDataViewMemory0();
    view.setInt32((place >>> 0) + 4, WASM_VECTOR_LEN, true);
    view.setInt32(place >>> 0, pointer, true);
}

function giveObject(object) {
    return isLikeNone(object) ? 0 : addToExternrefTable0(object);
}

function isLikeNone(x)",
    ),
];

/// What is there once: from where to where, and what comes there instead.
const ONCE: [(&str, &str, &str); 13] = [
    (
        "function handleError(f, args) {",
        "\n}\n",
        "function handleError(f) {
    return (...args) => {
        try {
            return f(...args);
        } catch (e) {
            wasm.__wbindgen_exn_store(addToExternrefTable0(e));
        }
    };",
    ),
    // The loader always fetches, never waits for the answer without doing anything else, and starts the widget once;
    // a failure may be followed by another try.
    ("function initSync(module) {", "async function __wbg_init_once", ""),
    ("initSync, __wbg_init as", " default", "__wbg_init_once as"),
    (
        "if (typeof Response === 'function' && module instanceof Response) {",
        "\n        if (!module.ok)",
        "{",
    ),
    (
        "if (typeof WebAssembly.instantiateStreaming === 'function') {",
        "\n            try {",
        "{",
    ),
    (
        "    } else {\n        const instance = await WebAssembly.instantiate(module, imports);",
        "\n}\n",
        "    }",
    ),
    (
        "if (!('encodeInto' in cachedTextEncoder)) {",
        "let WASM_VECTOR_LEN",
        "",
    ),
    // A failure is told by the loader, which knows the rest.
    (
        "throw new Error(`failed to fetch Wasm: ",
        "\n        }",
        "throw new Error(`${module.status} ${module.url}`);",
    ),
    (
        "const validResponse =",
        "\n\n                } else { throw e; }",
        "if (module.headers.get('Content-Type') !== 'application/wasm') {
                    console.warn('headstart: slower than need be, since this is not served as application/wasm: ' + module.url);",
    ),
    // What makes the module and what starts the widget are a task each, so that the page can answer its user in between.
    (
        "    return __wbg_finalize_init(instance",
        "\n}\n",
        "    const exports = __wbg_finalize_init(instance);
    await new Promise((done) => setTimeout(done));
    return exports;",
    ),
    // A memory that has grown has another buffer, which is all there is to know.
    (
        "if (cachedDataViewMemory0 === null",
        "\n        cachedDataViewMemory0 =",
        "if (!cachedDataViewMemory0 || cachedDataViewMemory0.buffer !== wasm.memory.buffer) {",
    ),
    // Safari's decoder stops after 2 GB, of which a page never says so much.
    (
        "    numBytesDecoded += bytes.length;",
        "    return cachedTextDecoder.decode(bytes)",
        "",
    ),
    // Every text is passed with a way to grow.
    ("    if (realloc === undefined) {", "    let len = arg.length;", ""),
];

/// Makes the glue short.
pub fn shorten(glue: &str) -> Result<String> {
    let mut short = glue.to_owned();
    for (repeated, once) in REPEATED {
        if !short.contains(repeated) {
            bail!("{}", missed(repeated));
        }
        short = short.replace(repeated, once);
    }
    for (from, to, instead) in ONCE {
        let Some((before, (_, after))) = short
            .split_once(from)
            .and_then(|(before, rest)| Some((before, rest.split_once(to)?)))
        else {
            bail!("{}", missed(from));
        };
        short = format!("{before}{instead}{to}{after}");
    }
    Ok(defined(&short))
}

fn missed(text: &str) -> String {
    format!(
        "`{text}` is not in wasm-bindgen's glue, so it cannot be said shorter: a new version of wasm-bindgen writes its glue differently, and xtask/src/shims.rs must follow"
    )
}

/// Takes functions of the widget's own JavaScript as they are: that they are there, the bundler sees.
fn defined(glue: &str) -> String {
    glue.lines()
        .map(|line| {
            let function = line.split_once("typeof ").and_then(|(before, rest)| {
                let (function, rest) = rest.split_once(" == 'function' ? ")?;
                let after = rest.strip_prefix(&format!("{function} : notDefined('{function}')"))?;
                Some(format!("{before}{function}{after}\n"))
            });
            function.unwrap_or_else(|| format!("{line}\n"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_taken_as_they_are() {
        assert_eq!(
            defined(
                "bf: typeof page.isVisible == 'function' ? page.isVisible : notDefined('page.isVisible'),\nif (typeof x == 'function') {}\n"
            ),
            "bf: page.isVisible,\nif (typeof x == 'function') {}\n"
        );
    }

    #[test]
    fn what_is_repeated_is_said_once() {
        let repeated = REPEATED.map(|(from, _)| from.to_owned());
        let once = ONCE.map(|(from, to, _)| format!("{from} gone {to} kept"));
        let glue = [&repeated[..], &once[..]].concat().join("\n") + "\n";
        let short = shorten(&glue).expect("all of it");
        assert!(!short.contains(" gone "), "{short}");
        assert_eq!(short.matches(" kept\n").count(), ONCE.len(), "{short}");
        assert_eq!(short.matches("giveText(arg0, ret);").count(), 2, "{short}");
        let error = shorten(&glue.replace("initSync", "init")).expect_err("another glue");
        assert!(error.to_string().contains("shims.rs"), "{error}");
    }
}
