//! The catalog: all published content of a project, parsed once and held in memory.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use headstart_core::condition::EventMatcher;
use headstart_core::condition::needs::Needs;
use headstart_core::event::name::{EVENTS_DROPPED, OWN, SESSION_STARTED, SESSION_UPDATED};
use headstart_core::language;
use headstart_core::{Content, ContentId, Map, Properties, Run};

use crate::language::Wanted;
use crate::theme::Theme;

/// All published content of a project.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    /// The latest version of each, by id.
    latest: Vec<Content>,
    /// All versions: users stay with the one they began with.
    versions: HashMap<(ContentId, u32), Content>,
    /// Those of them that there are in other languages too, as what is delivered instead.
    translations: HashMap<(ContentId, u32), Vec<Content>>,
    /// How those look that have a look of their own.
    themes: HashMap<(ContentId, u32), Theme>,
    /// The events that any condition asks about, by name.
    awaited: HashMap<String, Vec<EventMatcher>>,
}

impl Catalog {
    /// A catalog of these versions, and of the same in other languages.
    pub(crate) fn new(
        published: Vec<Content>,
        translations: Vec<((ContentId, u32), Vec<Content>)>,
    ) -> Self {
        let mut needs = Needs::default();
        let mut latest: BTreeMap<ContentId, &Content> = BTreeMap::new();
        for content in &published {
            content.add_needs(&mut needs);
            let last = latest.entry(content.id.clone()).or_insert(content);
            if last.version < content.version {
                *last = content;
            }
        }
        let mut awaited: HashMap<String, Vec<EventMatcher>> = HashMap::new();
        for (_, (matcher, _)) in needs.events {
            awaited
                .entry(matcher.name.clone())
                .or_default()
                .push(matcher);
        }
        Self {
            latest: latest.into_values().cloned().collect(),
            awaited,
            translations: translations.into_iter().collect(),
            themes: HashMap::new(),
            versions: published
                .into_iter()
                .map(|content| ((content.id.clone(), content.version), content))
                .collect(),
        }
    }

    /// The same, of which these look as they do.
    pub(crate) fn wearing(self, themes: HashMap<(ContentId, u32), Theme>) -> Self {
        Self { themes, ..self }
    }

    /// The style sheet of all that is in `content` and has a look of its own, in a project of the theme
    /// `base`. What is not legible any more since that has changed looks as the project does.
    pub(crate) fn looks(&self, content: &[Content], base: &Theme) -> String {
        let sheet = |content: &Content| {
            let theme = self.themes.get(&(content.id.clone(), content.version))?;
            theme.css_over(base, Some(&content.id)).ok()
        };
        content.iter().filter_map(sheet).collect()
    }

    /// The latest version of each, by id.
    pub(crate) fn latest(&self) -> &[Content] {
        &self.latest
    }

    /// The content for a user, each in the version they began with.
    pub(crate) fn for_runs(&self, runs: &Map<ContentId, Run>) -> Cow<'_, [Content]> {
        let pinned = |latest: &Content| {
            let (_, version) = runs.get(&latest.id)?.pinned?;
            let content = self.versions.get(&(latest.id.clone(), version))?;
            (content.version != latest.version).then_some(content)
        };
        if self.latest.iter().all(|latest| pinned(latest).is_none()) {
            return Cow::Borrowed(&self.latest);
        }
        self.latest
            .iter()
            .map(|latest| pinned(latest).unwrap_or(latest).clone())
            .collect()
    }

    /// The same content in the language that is wanted most of those that there are, else in its own.
    /// What there is in several languages says which one it is in.
    pub(crate) fn translated(&self, content: Content, wanted: &Wanted) -> Content {
        let key = (content.id.clone(), content.version);
        let Some(translations) = self.translations.get(&key) else {
            return content;
        };
        let own = content.language.as_deref().unwrap_or(language::DEFAULT);
        let others = translations
            .iter()
            .filter_map(|one| one.language.as_deref());
        let there: Vec<&str> = std::iter::once(own).chain(others).collect();
        let chosen = wanted.choose(&there).and_then(|place| place.checked_sub(1));
        match chosen.and_then(|place| translations.get(place)) {
            Some(translation) => translation.clone(),
            None => Content {
                language: Some(own.to_owned()),
                ..content
            },
        }
    }

    /// Whether an event may bring a task to be done: a condition asks about it, or it is one of our
    /// own that tells of content, which other content may ask about.
    pub(crate) fn awaits(&self, name: &str, properties: &Properties) -> bool {
        if self.latest.is_empty() {
            return false;
        }
        let of_content = OWN.contains(&name)
            && !matches!(name, SESSION_STARTED | SESSION_UPDATED | EVENTS_DROPPED);
        of_content
            || self.awaited.get(name).is_some_and(|matchers| {
                matchers
                    .iter()
                    .any(|matcher| matcher.matches(name, properties))
            })
    }
}
