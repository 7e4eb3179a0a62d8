//! Which language a user gets, of those that there are.

use headstart_core::Value;
use headstart_core::language::is_tag;

/// What users want, the best first: what the page says, what is known of them, what their browser says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted(Vec<String>);

impl Wanted {
    /// Adds what was said of a user's language; what is no tag says nothing. Systems write `de_AT.UTF-8`,
    /// too.
    pub(crate) fn add(&mut self, said: &str) {
        let tag = said.trim().split(['.', '@']).next().unwrap_or_default();
        let tag = tag.replace('_', "-");
        if is_tag(&tag) {
            self.0.push(tag);
        }
    }

    /// Adds a trait.
    pub(crate) fn add_trait(&mut self, value: Option<&Value>) {
        if let Some(Value::Text(said)) = value {
            self.add(said);
        }
    }

    /// Adds what a browser accepts, by weight. Source: RFC 9110, section 12.5.4.
    pub(crate) fn add_accepted(&mut self, header: &str) {
        let mut accepted: Vec<(f32, &str)> = header
            .split(',')
            .filter_map(|part| {
                let mut parts = part.split(';');
                let tag = parts.next()?.trim();
                let weight = parts
                    .find_map(|part| part.trim().strip_prefix("q="))
                    .map_or(Some(1.0), |weight| weight.parse().ok())?;
                (weight > 0.0 && weight <= 1.0).then_some((weight, tag))
            })
            .collect();
        accepted.sort_by(|one, other| other.0.total_cmp(&one.0));
        for (_, tag) in accepted {
            self.add(tag);
        }
    }

    /// Chooses one of `there`, by its place; `None` if none of them is wanted.
    ///
    /// For each wanted language in turn: it, it without what narrows it down, and at last what else there
    /// is of the same language, if it is written in the same script.
    pub(crate) fn choose(&self, there: &[&str]) -> Option<usize> {
        self.0.iter().find_map(|wanted| find(wanted, there))
    }
}

fn find(wanted: &str, there: &[&str]) -> Option<usize> {
    let mut part = Some(wanted);
    while let Some(tag) = part {
        let same = |one: &&str| one.eq_ignore_ascii_case(tag) && can_be_read(wanted, one);
        if let Some(place) = there.iter().position(same) {
            return Some(place);
        }
        part = tag.rsplit_once('-').map(|(shorter, _)| shorter);
    }
    let language = primary(wanted);
    let alike =
        |one: &&str| primary(one).eq_ignore_ascii_case(language) && can_be_read(wanted, one);
    there.iter().position(alike)
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

fn can_be_read(wanted: &str, one: &str) -> bool {
    let (wanted, one) = (script(wanted), script(one));
    wanted.is_none() || one.is_none() || wanted == one
}

/// The script of a language, as far as a tag tells. Chinese is written in two, and which one it is the
/// country tells. Source: CLDR, likely subtags.
fn script(tag: &str) -> Option<String> {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let is_chinese = parts.next() == Some("zh");
    let parts: Vec<&str> = parts.collect();
    if let Some(script) = parts.iter().find(|part| part.len() == 4) {
        return Some((*script).to_owned());
    }
    let traditional = || parts.iter().any(|part| matches!(*part, "tw" | "hk" | "mo"));
    is_chinese.then(|| if traditional() { "hant" } else { "hans" }.to_owned())
}

#[cfg(test)]
mod tests;
