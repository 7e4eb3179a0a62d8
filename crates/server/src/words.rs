//! The widget's own words in the languages that it speaks besides English, which it brings with it.

use std::sync::LazyLock;

use headstart_core::language;
use serde_json::value::RawValue;

use crate::language::Wanted;

/// The words of one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    /// Which, as a tag.
    pub language: &'static str,
    /// A JSON object: texts by name.
    pub texts: &'static RawValue,
}

macro_rules! sources {
    ($($language:literal)*) => {
        [$(($language, include_str!(concat!("../../../www/words/", $language, ".json")))),*]
    };
}

const SOURCES: [(&str, &str); 8] = sources!("ar" "de" "es" "fr" "ja" "pt-BR" "ru" "zh-CN");

static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let read = |(language, source): (&'static str, &str)| {
        // Written for people, sent without their line ends.
        let texts: serde_json::Value = serde_json::from_str(source).ok()?;
        let texts = RawValue::from_string(texts.to_string()).ok()?;
        Some(Words {
            language,
            texts: Box::leak(texts),
        })
    };
    SOURCES.into_iter().filter_map(read).collect()
});

/// The words in the language that is wanted most; `None` if that is English, or none that there is.
pub(crate) fn in_language(wanted: &Wanted) -> Option<Words> {
    let mut there = vec![language::DEFAULT];
    there.extend(ALL.iter().map(|words| words.language));
    let place = wanted.choose(&there)?.checked_sub(1)?;
    ALL.get(place).copied()
}

#[cfg(test)]
mod tests;
