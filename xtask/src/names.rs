//! The names by which glue and wasm know each other, made short.
//!
//! wasm-bindgen ends each of some two hundred names with a hash, once in the wasm and once in the
//! glue, and hashes do not compress: together they are several kB after brotli.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use wasmparser::{BinaryReader, ExportSectionReader, ImportSectionReader, Parser};

/// The ids of the sections that hold names (WebAssembly core specification, 5.5.2).
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// What the glue calls the module's exports.
const INSTANCE: &str = "wasm.";

/// What the modules of the widget's own JavaScript begin with.
const SNIPPETS: &str = "./snippets/";
/// Where the glue begins to list what it provides.
const LIST: &str = "const import0 = {\n        __proto__: null,\n";

/// A module and its glue.
pub struct Pair {
    /// The module.
    pub wasm: Vec<u8>,
    /// The JavaScript that provides what it imports and calls what it exports.
    pub glue: String,
}

impl Pair {
    /// Gives every import, and every export with a hash in its name, a short name in both.
    pub fn shorten(&self) -> Result<Self> {
        let mut sections = Vec::new();
        for payload in Parser::new(0).parse_all(&self.wasm) {
            let payload = payload.context("the wasm cannot be read")?;
            if let Some((id, range)) = payload.as_section() {
                sections.push((id, place(range.start)..place(range.end)));
            }
        }
        let mut found = Found::default();
        for (id, range) in &sections {
            found.read(*id, &self.wasm[range.clone()])?;
        }
        let short = found.short()?;

        let mut wasm = self.wasm[..8].to_vec();
        for (id, range) in sections {
            let content = &self.wasm[range];
            let content = match id {
                IMPORTS => short.imports(&found.imports),
                EXPORTS => short.exports(&found.exports),
                _ => content.to_vec(),
            };
            wasm.push(id);
            length(content.len(), &mut wasm);
            wasm.extend(content);
        }
        let glue = short.glue(&self.glue)?;
        Ok(Self { wasm, glue })
    }
}

/// An import or export as it stands in its section: its name, and the bytes that follow.
struct Entry<'w> {
    /// The module that an import is from.
    module: &'w str,
    name: &'w str,
    rest: &'w [u8],
}

#[derive(Default)]
struct Found<'w> {
    /// The module that imports are from: the glue.
    module: &'w str,
    imports: Vec<Entry<'w>>,
    exports: Vec<Entry<'w>>,
}

impl<'w> Found<'w> {
    fn read(&mut self, id: u8, section: &'w [u8]) -> Result<()> {
        let reader = BinaryReader::new(section, 0);
        let begins: Vec<u64> = match id {
            IMPORTS => ImportSectionReader::new(reader)?
                .into_imports_with_offsets()
                .map(|entry| Ok(entry?.0))
                .collect::<Result<_>>()?,
            EXPORTS => ExportSectionReader::new(reader)?
                .into_iter_with_offsets()
                .map(|entry| Ok(entry?.0))
                .collect::<Result<_>>()?,
            _ => return Ok(()),
        };
        let begins: Vec<usize> = begins.into_iter().map(place).collect();
        let ends = begins.iter().skip(1).copied().chain([section.len()]);
        for (begin, end) in begins.iter().copied().zip(ends) {
            let mut reader = BinaryReader::new(&section[begin..end], 0);
            let mut module = "";
            if id == IMPORTS {
                module = reader.read_string()?;
            }
            if id == IMPORTS && !module.starts_with(SNIPPETS) {
                if !self.module.is_empty() && module != self.module {
                    bail!(
                        "the wasm imports from both `{}` and `{module}`, but xtask/src/names.rs takes wasm-bindgen's glue for the only module",
                        self.module
                    );
                }
                self.module = module;
            }
            let name = reader.read_string()?;
            let rest = &section[begin + reader.current_position()..end];
            let entries = if id == IMPORTS {
                &mut self.imports
            } else {
                &mut self.exports
            };
            entries.push(Entry { module, name, rest });
        }
        Ok(())
    }

    fn short(&self) -> Result<Short<'w>> {
        let mut short = Short {
            module: self.module,
            direct: self
                .imports
                .iter()
                .filter(|entry| entry.module != self.module)
                .map(|entry| (entry.module, entry.name))
                .collect(),
            imports: HashMap::new(),
            exports: HashMap::new(),
        };
        for (index, entry) in self.imports.iter().enumerate() {
            if short.imports.insert(entry.name, letters(index)).is_some() {
                bail!("the wasm imports `{}` twice", entry.name);
            }
        }
        let taken: Vec<&str> = self.exports.iter().map(|entry| entry.name).collect();
        let mut free = (0..)
            .map(letters)
            .filter(|name| !taken.contains(&name.as_str()));
        for entry in self.exports.iter().filter(|entry| has_hash(entry.name)) {
            let name = free.next().context("there are names without end")?;
            short.exports.insert(entry.name, name);
        }
        Ok(short)
    }
}

/// What is to be called how.
struct Short<'w> {
    module: &'w str,
    /// What the wasm imports from the widget's own JavaScript without the glue's doing, by module:
    /// functions whose arguments need no translation.
    direct: Vec<(&'w str, &'w str)>,
    imports: HashMap<&'w str, String>,
    exports: HashMap<&'w str, String>,
}

impl Short<'_> {
    /// The name of the glue as a module.
    const MODULE: &'static str = "_";

    fn imports(&self, entries: &[Entry<'_>]) -> Vec<u8> {
        let mut section = Vec::new();
        length(entries.len(), &mut section);
        for entry in entries {
            text(Self::MODULE, &mut section);
            text(&self.imports[entry.name], &mut section);
            section.extend(entry.rest);
        }
        section
    }

    fn exports(&self, entries: &[Entry<'_>]) -> Vec<u8> {
        let mut section = Vec::new();
        length(entries.len(), &mut section);
        for entry in entries {
            let name = self.exports.get(entry.name);
            text(name.map_or(entry.name, String::as_str), &mut section);
            section.extend(entry.rest);
        }
        section
    }

    /// The glue as the only module: what is imported from others it provides as well.
    fn gather(&self, glue: &str) -> Result<String> {
        let mut gathered = glue.to_owned();
        let mut list = LIST.to_owned();
        for (module, name) in &self.direct {
            let key = format!("        \"{module}\": ");
            // Once for each name that is imported from it.
            let (_, after) = glue.split_once(&key).with_context(|| {
                format!("wasm-bindgen's glue does not provide `{module}`; see xtask/src/names.rs")
            })?;
            let (variable, _) = after.split_once(',').context("an entry ends in a comma")?;
            list = format!("{list}        {name}: {variable}.{name},\n");
            gathered = gathered
                .split_inclusive('\n')
                .filter(|line| !line.starts_with(&key))
                .collect();
        }
        if !self.direct.is_empty() && !gathered.contains(LIST) {
            bail!("wasm-bindgen's glue no longer has `{LIST}`; xtask/src/names.rs must follow");
        }
        Ok(gathered.replacen(LIST, &list, 1))
    }

    /// The glue with the same names. An import is a key there (`name: `), an export a property
    /// (`wasm.name`).
    fn glue(&self, glue: &str) -> Result<String> {
        let glue = self.gather(glue)?;
        let glue = glue.as_str();
        let module = format!("\"{}\":", self.module);
        let mut seen: HashMap<&str, usize> = HashMap::new();
        if glue.contains(&module) {
            seen.insert(self.module, glue.matches(&module).count());
        }
        let glue = glue.replace(&module, &format!("\"{}\":", Self::MODULE));
        let mut short = String::with_capacity(glue.len());
        let mut rest = glue.as_str();
        while !rest.is_empty() {
            let other = rest.find(is_name).unwrap_or(rest.len());
            short.push_str(&rest[..other]);
            rest = &rest[other..];
            let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            rest = after;
            let import = self
                .imports
                .get_key_value(name)
                .filter(|_| after.starts_with(':') && short.ends_with(' '));
            let export = self
                .exports
                .get_key_value(name)
                .filter(|_| short.ends_with(INSTANCE));
            if let Some((name, renamed)) = import.or(export) {
                *seen.entry(name).or_default() += 1;
                short.push_str(renamed);
            } else {
                short.push_str(name);
            }
        }
        let once = |name: &&str| seen.get(name) != Some(&1);
        let used = |name: &&str| !seen.contains_key(name);
        let imports = [self.module]
            .into_iter()
            .chain(self.imports.keys().copied());
        let missed = imports
            .filter(once)
            .chain(self.exports.keys().copied().filter(used))
            .min();
        if let Some(name) = missed {
            bail!(
                "`{name}` of the wasm is in wasm-bindgen's glue {} times, so the two cannot be given short names: a new version of wasm-bindgen writes its glue differently, and xtask/src/names.rs must follow",
                seen.get(name).unwrap_or(&0)
            );
        }
        Ok(short)
    }
}

/// An offset in what is in memory.
pub fn place(offset: u64) -> usize {
    usize::try_from(offset).expect("an offset into a slice")
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

/// Whether there are 16 hexadecimal digits in a row.
fn has_hash(name: &str) -> bool {
    name.split(|c: char| !c.is_ascii_hexdigit())
        .any(|run| run.len() == 16)
}

/// `a` to `z`, then `aa`, `ab` and so on.
fn letters(index: usize) -> String {
    let last = char::from(b"abcdefghijklmnopqrstuvwxyz"[index % 26]);
    match index / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

/// Appends a length as unsigned LEB128.
pub fn length(mut length: usize, out: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(length & 0x7f).expect("seven bits");
        length >>= 7;
        if length == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

/// Appends a name.
pub fn text(text: &str, out: &mut Vec<u8>) {
    length(text.len(), out);
    out.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (type (func)) (import "./`h_bg.js`" "`add_0123456789abcdef`" (func (type 0)))
    /// (func (type 0)) (export "`go_0123456789abcdef`" (func 1)) (export "a" (func 1))
    fn wasm() -> Vec<u8> {
        let mut imports = vec![1];
        text("./h_bg.js", &mut imports);
        text("add_0123456789abcdef", &mut imports);
        imports.extend([0, 0]);
        let mut exports = vec![2];
        text("go_0123456789abcdef", &mut exports);
        exports.extend([0, 1]);
        text("a", &mut exports);
        exports.extend([0, 1]);
        module(&imports, &exports)
    }

    fn module(imports: &[u8], exports: &[u8]) -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        let sections: [(u8, &[u8]); 5] = [
            (1, &[1, 0x60, 0, 0]),
            (IMPORTS, imports),
            (3, &[1, 0]),
            (EXPORTS, exports),
            (10, &[1, 2, 0, 0x0b]),
        ];
        for (id, content) in sections {
            wasm.push(id);
            length(content.len(), &mut wasm);
            wasm.extend(content);
        }
        wasm
    }

    const GLUE: &str = "const import0 = {\n    add_0123456789abcdef: function() {},\n};\n\
        const imports = { \"./h_bg.js\": import0 };\n\
        function go_0123456789abcdef() { wasm.go_0123456789abcdef(wasm.a); }\n";

    #[test]
    fn both_sides_get_the_same_short_names() {
        let pair = Pair {
            wasm: wasm(),
            glue: GLUE.into(),
        };
        let short = pair.shorten().expect("names that match");
        assert_eq!(
            short.glue,
            "const import0 = {\n    a: function() {},\n};\n\
             const imports = { \"_\": import0 };\n\
             function go_0123456789abcdef() { wasm.b(wasm.a); }\n"
        );
        let imports = [1, 1, b'_', 1, b'a', 0, 0];
        let exports = [2, 1, b'b', 0, 1, 1, b'a', 0, 1];
        assert_eq!(short.wasm, module(&imports, &exports));
    }

    #[test]
    fn glue_that_does_not_match_is_refused() {
        let check = |from: &str, to: &str, expect: &str| {
            let pair = Pair {
                wasm: wasm(),
                glue: GLUE.replace(from, to),
            };
            let error = pair.shorten().err().expect(expect);
            assert!(error.to_string().contains(expect), "{error}");
        };
        check(
            "add_0123456789abcdef: ",
            "add_0: ",
            "`add_0123456789abcdef` of the wasm is in wasm-bindgen's glue 0 times",
        );
        check(
            "function() {},",
            "0,\n    add_0123456789abcdef: 1,",
            "`add_0123456789abcdef` of the wasm is in wasm-bindgen's glue 2 times",
        );
        check("wasm.go_", "module.go_", "`go_0123456789abcdef`");
        check("./h_bg.js", "./i_bg.js", "`./h_bg.js`");
    }

    #[test]
    fn names_are_as_short_as_can_be() {
        let check = |index, expect| assert_eq!(letters(index), expect);
        check(0, "a");
        check(25, "z");
        check(26, "aa");
        check(27, "ab");
        check(701, "zz");
        check(702, "aaa");
    }
}
