//! Values that the wasm copies word by word, copied at once.
//!
//! LLVM copies up to 32 bytes by loads and stores of eight, which is fast, and which brotli cannot make much of: each
//! says anew from where to where. One `memory.copy` is 1 kB less in all. It copies as if through a buffer, the words
//! one after the other; that is the same where the two places do not overlap, and those of a value that is moved or
//! cloned never do in Rust: they are one place or two. The exception would be a loop that moves words up by less than it
//! moves, written by hand and unrolled.

use std::ops::Range;

use anyhow::{Context, Result};
use wasmparser::{FunctionBody, MemArg, Operator, Parser, Payload};

use crate::names::{length, place};

/// The id of the section of functions (WebAssembly core specification, 5.5.2).
const CODE: u8 = 10;

/// Opcodes (WebAssembly core specification, 5.4).
const I32_CONST: u8 = 0x41;
const I32_ADD: u8 = 0x6a;
const MEMORY_COPY: [u8; 4] = [0xfc, 10, 0, 0];

/// The module with its words copied together where they lie together.
pub fn gather(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut gathered = wasm[..8].to_vec();
    let mut bodies: Vec<Vec<u8>> = Vec::new();
    let mut sections: Vec<(u8, Range<usize>)> = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.context("the wasm cannot be read")?;
        if let Some((id, range)) = payload.as_section() {
            sections.push((id, place(range.start)..place(range.end)));
        }
        if let Payload::CodeSectionEntry(body) = payload {
            bodies.push(gather_in(wasm, &body)?);
        }
    }
    for (id, range) in sections {
        let mut content = wasm[range].to_vec();
        if id == CODE {
            content.clear();
            length(bodies.len(), &mut content);
            for body in &bodies {
                length(body.len(), &mut content);
                content.extend(body);
            }
        }
        gathered.push(id);
        length(content.len(), &mut gathered);
        gathered.extend(content);
    }
    Ok(gathered)
}

/// One function's body.
fn gather_in(wasm: &[u8], body: &FunctionBody<'_>) -> Result<Vec<u8>> {
    let mut operators = Vec::new();
    let mut reader = body.get_operators_reader()?;
    let begin = place(reader.original_position());
    while !reader.eof() {
        let (operator, offset) = reader.read_with_offset()?;
        let end = place(reader.original_position());
        operators.push((operator, &wasm[place(offset)..end]));
    }
    let mut gathered = wasm[place(body.range().start)..begin].to_vec();
    let mut rest = &operators[..];
    while let [(_, bytes), after @ ..] = rest {
        if let Some(copy) = Copy::at(rest) {
            copy.write(rest[0].1, &mut gathered);
            rest = &rest[copy.words * WORD..];
        } else {
            gathered.extend(*bytes);
            rest = after;
        }
    }
    Ok(gathered)
}

/// So many operators copy a word: two addresses, a load and a store.
const WORD: usize = 4;

/// One word that is copied, by the variables that hold the addresses.
#[derive(Clone, Copy)]
struct Word {
    target: u32,
    source: u32,
    /// Bytes after what `target` points to.
    to: u64,
    /// Bytes after what `source` points to.
    from: u64,
    /// In bytes.
    size: u64,
}

impl Word {
    /// The word that these operators copy. Where the first of several words is, an address may just have been put
    /// into its variable.
    fn at(operators: &[(Operator<'_>, &[u8])], is_first: bool) -> Option<Self> {
        let [(target, _), (source, _), (load, _), (store, _), ..] = operators else {
            return None;
        };
        let target = match target {
            Operator::LocalGet { local_index } => *local_index,
            Operator::LocalTee { local_index } if is_first => *local_index,
            _ => return None,
        };
        let Operator::LocalGet {
            local_index: source,
        } = *source
        else {
            return None;
        };
        let (from, to, size) = halves(load, store)?;
        // A place that is moved within is another matter: there words may overlap.
        (target != source).then_some(Self {
            target,
            source,
            to: to.offset,
            from: from.offset,
            size,
        })
    }

    /// Whether both move the same way.
    fn goes_with(&self, other: &Self) -> bool {
        (self.target, self.source) == (other.target, other.source)
            && self.to.wrapping_sub(self.from) == other.to.wrapping_sub(other.from)
    }
}

/// Where a load and the store of what it loaded stand, and how many bytes they move.
fn halves(load: &Operator<'_>, store: &Operator<'_>) -> Option<(MemArg, MemArg, u64)> {
    Some(match (load, store) {
        (Operator::I64Load { memarg: from }, Operator::I64Store { memarg: to })
        | (Operator::F64Load { memarg: from }, Operator::F64Store { memarg: to }) => {
            (*from, *to, 8)
        }
        (Operator::I32Load { memarg: from }, Operator::I32Store { memarg: to })
        | (Operator::F32Load { memarg: from }, Operator::F32Store { memarg: to }) => {
            (*from, *to, 4)
        }
        (
            Operator::I32Load16U { memarg: from } | Operator::I32Load16S { memarg: from },
            Operator::I32Store16 { memarg: to },
        ) => (*from, *to, 2),
        (
            Operator::I32Load8U { memarg: from } | Operator::I32Load8S { memarg: from },
            Operator::I32Store8 { memarg: to },
        ) => (*from, *to, 1),
        _ => return None,
    })
}

/// Words that lie side by side.
struct Copy {
    words: usize,
    /// The word at the lowest address.
    first: Word,
    /// Of all, in bytes.
    size: u64,
}

impl Copy {
    /// The copy that begins with these operators: of as many words as lie together, two at least.
    fn at(operators: &[(Operator<'_>, &[u8])]) -> Option<Self> {
        let first = Word::at(operators, true)?;
        let mut words = vec![first];
        while let Some(word) = operators
            .get(words.len() * WORD..)
            .and_then(|rest| Word::at(rest, false))
            .filter(|word| word.goes_with(&first))
        {
            words.push(word);
        }
        (2..=words.len()).rev().find_map(|count| {
            let mut words = words[..count].to_vec();
            words.sort_by_key(|word| word.from);
            let is_whole = words
                .windows(2)
                .all(|pair| pair[0].from + pair[0].size == pair[1].from);
            is_whole.then(|| Self {
                words: count,
                first: words[0],
                size: words.iter().map(|word| word.size).sum(),
            })
        })
    }

    /// Writes it as one operator. `begin` is how the address of the target comes to be.
    fn write(&self, begin: &[u8], out: &mut Vec<u8>) {
        out.extend(begin);
        add(self.first.to, out);
        out.push(0x20);
        length(self.first.source as usize, out);
        add(self.first.from, out);
        constant(self.size, out);
        out.extend(MEMORY_COPY);
    }
}

/// Adds to the address that was last.
fn add(offset: u64, out: &mut Vec<u8>) {
    if offset > 0 {
        constant(offset, out);
        out.push(I32_ADD);
    }
}

/// A number of 32 bits, as signed LEB128.
fn constant(number: u64, out: &mut Vec<u8>) {
    out.push(I32_CONST);
    let mut rest = number;
    while rest > 0x3f {
        out.push(u8::try_from(rest & 0x7f).expect("seven bits") | 0x80);
        rest >>= 7;
    }
    out.push(u8::try_from(rest).expect("six bits"));
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL_GET: u8 = 0x20;
    const LOCAL_TEE: u8 = 0x22;

    /// A module with one function of two parameters and these operators.
    fn module(operators: &[u8]) -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        let mut section = |id: u8, content: &[u8]| {
            wasm.push(id);
            length(content.len(), &mut wasm);
            wasm.extend(content);
        };
        section(1, &[1, 0x60, 2, 0x7f, 0x7f, 0]);
        section(3, &[1, 0]);
        section(5, &[1, 0, 1]);
        let mut code = vec![1];
        length(operators.len() + 2, &mut code);
        code.push(0);
        code.extend(operators);
        code.push(0x0b);
        section(CODE, &code);
        wasm
    }

    fn check(operators: &[&[u8]], expect: &[&[u8]]) {
        let gathered = gather(&module(&operators.concat())).expect("a module");
        assert_eq!(gathered, module(&expect.concat()));
    }

    /// Eight bytes from the second parameter to the first.
    fn eight(to: u8, from: u8) -> Vec<u8> {
        vec![LOCAL_GET, 0, LOCAL_GET, 1, 0x29, 3, from, 0x37, 3, to]
    }

    /// Four.
    fn four(to: u8, from: u8) -> Vec<u8> {
        vec![LOCAL_GET, 0, LOCAL_GET, 1, 0x28, 2, from, 0x36, 2, to]
    }

    const TARGET: &[u8] = &[LOCAL_GET, 0];
    const SOURCE: &[u8] = &[LOCAL_GET, 1];

    #[test]
    fn words_side_by_side_are_copied_at_once_in_whatever_order() {
        let expect: &[&[u8]] = &[TARGET, SOURCE, &[I32_CONST, 16], &MEMORY_COPY];
        check(&[&eight(0, 0), &eight(8, 8)], expect);
        check(&[&eight(8, 8), &eight(0, 0)], expect);
    }

    #[test]
    fn where_they_begin_is_added_to_the_addresses() {
        check(
            &[&four(72, 16), &eight(64, 8)],
            &[
                TARGET,
                &[I32_CONST, 0xc0, 0, I32_ADD],
                SOURCE,
                &[I32_CONST, 8, I32_ADD],
                &[I32_CONST, 12],
                &MEMORY_COPY,
            ],
        );
    }

    #[test]
    fn an_address_may_be_put_into_its_variable_on_the_way() {
        let tee: &[u8] = &[I32_CONST, 8, LOCAL_TEE, 0];
        check(
            &[tee, &eight(0, 0)[2..], &four(8, 8)],
            &[tee, SOURCE, &[I32_CONST, 12], &MEMORY_COPY],
        );
    }

    #[test]
    fn what_does_not_lie_together_stays_as_it_is() {
        for words in [
            vec![eight(0, 0)],
            vec![eight(0, 0), eight(16, 16)],
            vec![eight(0, 0), eight(8, 16)],
            vec![eight(0, 0), four(4, 4)],
        ] {
            let words: Vec<&[u8]> = words.iter().map(Vec::as_slice).collect();
            check(&words, &words);
        }
    }

    #[test]
    fn what_is_moved_within_one_place_stays_as_it_is() {
        let within: &[u8] = &[LOCAL_GET, 0, LOCAL_GET, 0, 0x29, 3, 8, 0x37, 3, 0];
        check(&[within, within], &[within, within]);
    }
}
