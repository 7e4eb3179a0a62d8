//! Reading a request's body: of JSON, plain or gzipped, within bounds.
//!
//! Gzip is known by its first bytes too, since a browser that named it in a header would have to ask
//! for permission first (a preflight).

use std::io::Read;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use flate2::read::MultiGzDecoder;
use http_body_util::BodyExt;
use serde::Deserialize;

use crate::error::Error;

/// The most bytes of a batch, as in Segment's API, and so of any body that is public.
pub(crate) const MOST_BATCH_BYTES: usize = 500 * 1_024;
/// The most bytes of content documents.
pub(crate) const MOST_CONTENT_BYTES: usize = 4 * 1_024 * 1_024;

/// What every gzip begins with, and no JSON does. Source: RFC 1952, section 2.3.1.
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The text of a body of at most `MOST` bytes, uncompressed.
#[derive(Debug)]
pub(crate) struct Text<const MOST: usize>(pub String);

impl<S: Sync, const MOST: usize> FromRequest<S> for Text<MOST> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let (parts, body) = request.into_parts();
        check_type(&parts.headers)?;
        let said = says_gzip(&parts.headers)?;
        let bytes = collect(body, MOST).await?;
        let bytes = if said || bytes.starts_with(&GZIP_MAGIC) {
            inflate(&bytes, MOST)?
        } else {
            bytes.into()
        };
        String::from_utf8(bytes)
            .map(Self)
            .map_err(|_| Error::InvalidJson("it is not UTF-8".to_owned()))
    }
}

/// Reads JSON; where a field is not as it should be, the error has its path.
pub(crate) fn parse<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let error = error.into_inner();
        if error.is_data() {
            Error::InvalidField {
                path: if path == "." { String::new() } else { path },
                message: plain(&error),
            }
        } else {
            Error::InvalidJson(error.to_string())
        }
    })?;
    deserializer
        .end()
        .map_err(|error| Error::InvalidJson(error.to_string()))?;
    Ok(value)
}

/// What serde says, without the place, which the path names better.
pub(crate) fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((message, _)) if message.starts_with("missing field") => format!("{message}; add it"),
        Some((message, _)) => message.to_owned(),
        None => text,
    }
}

fn check_type(headers: &HeaderMap) -> Result<(), Error> {
    let Some(given) = headers.get(header::CONTENT_TYPE) else {
        return Ok(());
    };
    let given = given.to_str().unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    let read = ["application/json", "text/plain"];
    if read.iter().any(|known| essence.eq_ignore_ascii_case(known)) {
        Ok(())
    } else {
        Err(Error::UnsupportedMediaType(given.to_owned()))
    }
}

fn says_gzip(headers: &HeaderMap) -> Result<bool, Error> {
    let Some(given) = headers.get(header::CONTENT_ENCODING) else {
        return Ok(false);
    };
    let given = given.to_str().unwrap_or_default().trim();
    if given.eq_ignore_ascii_case("gzip") {
        Ok(true)
    } else if given.is_empty() || given.eq_ignore_ascii_case("identity") {
        Ok(false)
    } else {
        Err(Error::UnsupportedEncoding(given.to_owned()))
    }
}

/// All of the body. One that is too long is read some way further and thrown away, so that the
/// sender gets to read the answer instead of a broken connection.
async fn collect(mut body: Body, most: usize) -> Result<Bytes, Error> {
    let patience = most.saturating_mul(8);
    let mut bytes = Vec::new();
    let mut length: usize = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Error::UnreadableBody(error.to_string()))?;
        if let Ok(data) = frame.into_data() {
            length = length.saturating_add(data.len());
            if length <= most {
                bytes.extend_from_slice(&data);
            } else {
                bytes = Vec::new();
            }
            if length > patience {
                break;
            }
        }
    }
    if length > most {
        return Err(Error::TooLarge { limit: most });
    }
    Ok(bytes.into())
}

/// Unpacks no more than `most` bytes, however many there would be.
fn inflate(bytes: &[u8], most: usize) -> Result<Vec<u8>, Error> {
    let mut inflated = Vec::new();
    let bound = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    MultiGzDecoder::new(bytes)
        .take(bound)
        .read_to_end(&mut inflated)
        .map_err(|error| Error::UnreadableBody(format!("its gzip is broken ({error})")))?;
    if inflated.len() > most {
        return Err(Error::TooLarge { limit: most });
    }
    Ok(inflated)
}
