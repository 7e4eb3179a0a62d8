//! How files are named by their content and compressed for the way to the browser.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

/// The weight of one file, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// As it is.
    pub raw: usize,
    /// After gzip at level 9.
    pub gzip: usize,
    /// After brotli at level 11.
    pub brotli: usize,
}

impl Weight {
    /// Weighs a file.
    pub fn of(bytes: &[u8]) -> Result<Self> {
        Ok(Self {
            raw: bytes.len(),
            gzip: gzip(bytes)?.len(),
            brotli: brotli(bytes)?.len(),
        })
    }
}

impl std::ops::Add for Weight {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

/// Compresses with brotli (RFC 7932) at quality 11, in the largest window that browsers accept.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut compressed, 4096, 11, 24);
    encoder.write_all(bytes).context("brotli")?;
    drop(encoder);
    Ok(compressed)
}

/// Compresses with gzip (RFC 1952) at level 9, without a time stamp: equal input, equal output.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).context("gzip")?;
    encoder.finish().context("gzip")
}

/// The SHA-256 of the bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a String takes any text");
            hex
        })
}

/// The name of a file that may be cached for ever, because another content has another name:
/// `headstart-0a1b2c3d.wasm`.
pub fn hashed_name(stem: &str, extension: &str, bytes: &[u8]) -> String {
    format!("{stem}-{}.{extension}", &sha256(bytes)[..8])
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn a_name_changes_with_the_content_and_only_with_it() {
        assert_eq!(
            hashed_name("headstart", "js", b"abc"),
            "headstart-ba7816bf.js"
        );
        assert_eq!(
            hashed_name("headstart", "wasm", b"abc"),
            "headstart-ba7816bf.wasm"
        );
        assert_ne!(
            hashed_name("headstart", "js", b"abd"),
            hashed_name("headstart", "js", b"abc")
        );
    }

    #[test]
    fn what_is_compressed_comes_back_and_weighs_less() {
        let text = "the quick brown fox jumps over the lazy dog\n".repeat(200);
        let brotli = brotli(text.as_bytes()).expect("brotli");
        let gzip = gzip(text.as_bytes()).expect("gzip");

        let mut back = String::new();
        brotli::Decompressor::new(brotli.as_slice(), 4096)
            .read_to_string(&mut back)
            .expect("brotli");
        assert_eq!(back, text);
        back.clear();
        flate2::read::GzDecoder::new(gzip.as_slice())
            .read_to_string(&mut back)
            .expect("gzip");
        assert_eq!(back, text);

        let weight = Weight::of(text.as_bytes()).expect("a weight");
        assert_eq!(
            weight,
            Weight {
                raw: text.len(),
                gzip: gzip.len(),
                brotli: brotli.len()
            }
        );
        assert!(
            weight.brotli < weight.gzip && weight.gzip < weight.raw / 10,
            "{weight:?}"
        );
    }
}
