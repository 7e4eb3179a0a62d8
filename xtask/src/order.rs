//! The order of the wasm's functions, and with it their numbers.
//!
//! Brotli describes a stretch of bytes best where it is all of a kind, and a repetition best where it is
//! near. So functions of like size and like parameters, whose locals then have like numbers, stand together, and
//! among them those that begin alike are neighbours: 3 kB after brotli. Nothing else changes: what a function
//! is called by, exported as or listed in a table under follows.

use std::ops::Range;

use anyhow::{Context, Result, bail};
use wasmparser::{
    BinaryReader, ElementItems, ElementKind, ElementSectionReader, ExportSectionReader,
    ExternalKind, FunctionBody, Operator, Parser, Payload, TypeRef,
};

use crate::names::{length, place, text};

/// The ids of the sections that have functions in them (WebAssembly core specification, 5.5.2).
const FUNCTIONS: u8 = 3;
const EXPORTS: u8 = 7;
const ELEMENTS: u8 = 9;
const CODE: u8 = 10;

/// Up to as many bytes a function is small, or of middle size.
const SIZES: [usize; 2] = [64, 512];

/// The module with its functions in the order that compresses best. It must have no names: they would be
/// wrong afterwards.
pub fn arrange(wasm: &[u8]) -> Result<Vec<u8>> {
    let module = Module::read(wasm)?;
    let mut order: Vec<usize> = (0..module.functions.len()).collect();
    let keys: Vec<_> = module.functions.iter().map(Function::key).collect();
    order.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
    let mut places = vec![0; order.len()];
    for (place, function) in order.iter().enumerate() {
        places[*function] = place;
    }
    module.write(&order, &places)
}

/// A function that is not imported.
struct Function {
    /// The number of its type.
    ty: u32,
    parameters: usize,
    /// Its body between the mentions of other functions.
    code: Vec<Vec<u8>>,
    /// The functions mentioned.
    mentions: Vec<u32>,
}

impl Function {
    fn read(wasm: &[u8], body: &FunctionBody<'_>, ty: u32, parameters: usize) -> Result<Self> {
        let mut code = Vec::new();
        let mut mentions = Vec::new();
        let mut begin = place(body.range().start);
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let (operator, offset) = operators.read_with_offset()?;
            if let Operator::Call { function_index } | Operator::RefFunc { function_index } =
                operator
            {
                // Both are one byte, then the number.
                let number = place(offset) + 1;
                code.push(wasm[begin..number].to_vec());
                mentions.push(function_index);
                begin = place(operators.original_position());
            } else if matches!(operator, Operator::ReturnCall { .. }) {
                bail!("tail calls are new in the wasm, and xtask/src/order.rs must follow");
            }
        }
        code.push(wasm[begin..place(body.range().end)].to_vec());
        Ok(Self {
            ty,
            parameters,
            code,
            mentions,
        })
    }

    /// What the order goes by.
    fn key(&self) -> (usize, usize, u32, Vec<u8>) {
        let code = self.code.join(&0);
        let size = SIZES.iter().filter(|size| code.len() >= **size).count();
        (size, self.parameters, self.ty, code)
    }

    fn write(&self, number: impl Fn(u32) -> usize) -> Vec<u8> {
        let mut body = Vec::new();
        for (index, code) in self.code.iter().enumerate() {
            body.extend(code);
            if let Some(mention) = self.mentions.get(index) {
                length(number(*mention), &mut body);
            }
        }
        body
    }
}

/// A module, as far as functions are in it.
struct Module<'w> {
    wasm: &'w [u8],
    sections: Vec<(u8, Range<usize>)>,
    /// How many functions are imported: they have the first numbers.
    imported: usize,
    functions: Vec<Function>,
}

impl<'w> Module<'w> {
    fn read(wasm: &'w [u8]) -> Result<Self> {
        let mut module = Self {
            wasm,
            sections: Vec::new(),
            imported: 0,
            functions: Vec::new(),
        };
        let mut parameters: Vec<usize> = Vec::new();
        let mut types: Vec<u32> = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload.context("the wasm cannot be read")?;
            if let Some((id, range)) = payload.as_section() {
                module
                    .sections
                    .push((id, place(range.start)..place(range.end)));
            }
            match payload {
                Payload::TypeSection(section) => {
                    for ty in section.into_iter_err_on_gc_types() {
                        parameters.push(ty?.params().len());
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        module.imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(section) => {
                    types = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::CodeSectionEntry(body) => {
                    let ty = types[module.functions.len()];
                    let function = Function::read(wasm, &body, ty, parameters[ty as usize])?;
                    module.functions.push(function);
                }
                Payload::StartSection { .. } => {
                    bail!("a start function is new in the wasm, and xtask/src/order.rs must follow")
                }
                Payload::CustomSection(section) if section.name() == "name" => {
                    bail!("the wasm's functions have names, which another order would make wrong")
                }
                _ => {}
            }
        }
        Ok(module)
    }

    /// The module with the functions in this order, each at its place.
    fn write(&self, order: &[usize], places: &[usize]) -> Result<Vec<u8>> {
        let number = |old: u32| {
            let old = old as usize;
            old.checked_sub(self.imported)
                .map_or(old, |own| self.imported + places[own])
        };
        let mut wasm = self.wasm[..8].to_vec();
        for (id, range) in &self.sections {
            let old = &self.wasm[range.clone()];
            let content = match *id {
                FUNCTIONS => list(order, |function, section| {
                    length(self.functions[*function].ty as usize, section);
                }),
                EXPORTS => exports(old, number)?,
                ELEMENTS => elements(old, number)?,
                CODE => list(order, |function, section| {
                    let body = self.functions[*function].write(number);
                    length(body.len(), section);
                    section.extend(body);
                }),
                _ => old.to_vec(),
            };
            wasm.push(*id);
            length(content.len(), &mut wasm);
            wasm.extend(content);
        }
        Ok(wasm)
    }
}

fn list<T>(items: &[T], mut write: impl FnMut(&T, &mut Vec<u8>)) -> Vec<u8> {
    let mut section = Vec::new();
    length(items.len(), &mut section);
    for item in items {
        write(item, &mut section);
    }
    section
}

fn exports(section: &[u8], number: impl Fn(u32) -> usize) -> Result<Vec<u8>> {
    let exports = ExportSectionReader::new(BinaryReader::new(section, 0))?
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?;
    let kinds = exports
        .iter()
        .map(|export| match export.kind {
            ExternalKind::Func => Ok((0, number(export.index))),
            ExternalKind::Table => Ok((1, export.index as usize)),
            ExternalKind::Memory => Ok((2, export.index as usize)),
            ExternalKind::Global => Ok((3, export.index as usize)),
            ExternalKind::Tag | ExternalKind::FuncExact => bail!(
                "`{}` is exported in a way that xtask/src/order.rs does not know",
                export.name
            ),
        })
        .collect::<Result<Vec<_>>>()?;
    let exports: Vec<_> = exports.into_iter().zip(kinds).collect();
    Ok(list(&exports, |(export, (kind, number)), section| {
        text(export.name, section);
        section.push(*kind);
        length(*number, section);
    }))
}

fn elements(section: &[u8], number: impl Fn(u32) -> usize) -> Result<Vec<u8>> {
    let mut lists = Vec::new();
    for element in ElementSectionReader::new(BinaryReader::new(section, 0))? {
        let element = element?;
        let (
            ElementKind::Active {
                table_index: None,
                offset_expr,
            },
            ElementItems::Functions(functions),
        ) = (element.kind, element.items)
        else {
            bail!("the wasm fills tables in a way that xtask/src/order.rs does not know");
        };
        let mut offset = offset_expr.get_binary_reader();
        let offset = offset.read_bytes(offset.bytes_remaining())?;
        lists.push((
            offset,
            functions.into_iter().collect::<Result<Vec<_>, _>>()?,
        ));
    }
    Ok(list(&lists, |(offset, functions), section| {
        section.push(0);
        section.extend_from_slice(offset);
        section.extend(list(functions, |function, section| {
            length(number(*function), section);
        }));
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (type (func)) (type (func (param i32)))
    /// (import "m" "f" (func (type 0)))
    /// (func (type 1) call 0 call 2) (func (type 0) call 1)
    /// (table 2 funcref) (export "one" (func 1)) (elem (i32.const 0) 1 2)
    fn module(swapped: bool) -> Vec<u8> {
        let (one, two) = if swapped { (2, 1) } else { (1, 2) };
        let mut functions = [
            (1, vec![0, 0x10, 0, 0x10, two, 0x0b]),
            (0, vec![0, 0x10, one, 0x0b]),
        ];
        if swapped {
            functions.swap(0, 1);
        }
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        let mut section = |id: u8, content: &[u8]| {
            wasm.push(id);
            length(content.len(), &mut wasm);
            wasm.extend(content);
        };
        section(1, &[2, 0x60, 0, 0, 0x60, 1, 0x7f, 0]);
        section(2, &[1, 1, b'm', 1, b'f', 0, 0]);
        section(FUNCTIONS, &[2, functions[0].0, functions[1].0]);
        section(4, &[1, 0x70, 0, 2]);
        section(EXPORTS, &[1, 3, b'o', b'n', b'e', 0, one]);
        section(ELEMENTS, &[1, 0, 0x41, 0, 0x0b, 2, one, two]);
        section(
            CODE,
            &list(&functions, |(_, body), section| {
                length(body.len(), section);
                section.extend(body);
            }),
        );
        wasm
    }

    #[test]
    fn functions_with_fewer_parameters_come_first_and_all_that_mentions_them_follows() {
        let arranged = arrange(&module(false)).expect("a module");
        assert_eq!(arranged, module(true));
        assert_eq!(arrange(&arranged).expect("a module"), module(true));
    }

    #[test]
    fn small_functions_come_first() {
        let function = |size: usize, parameters| Function {
            ty: 0,
            parameters,
            code: vec![vec![0; size]],
            mentions: Vec::new(),
        };
        let functions = [(63, 1), (64, 0), (511, 1), (512, 0)];
        let keys = functions.map(|(size, parameters)| function(size, parameters).key());
        assert!(keys.is_sorted());
    }

    #[test]
    fn a_module_that_names_its_functions_is_refused() {
        let mut wasm = module(false);
        wasm.extend([0, 5, 4, b'n', b'a', b'm', b'e']);
        arrange(&wasm).expect_err("names that would be wrong");
    }
}
