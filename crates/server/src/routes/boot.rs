//! `POST /v1/boot`: what the widget needs for one user.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use headstart_core::facts::Facts;
use headstart_core::known::Traits;
use headstart_core::language;
use headstart_core::{Boot, Content, Known, Properties, Run, Settings, Value};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::AppState;
use crate::asks::{Asks, is_settled_at_boot};
use crate::auth::HeaderKey;
use crate::body::{Text, parse};
use crate::error::{Error, ErrorBody};
use crate::identity::{Caller, Presented, Vouched};
use crate::language::Wanted;
use crate::message::LONGEST_ID;
use crate::store::history::{self, History};
use crate::store::known::{self, Depth};
use crate::store::people::{self, Who};
use crate::store::traits::{self, Owner};
use crate::store::{Project, StoreError, Weight, visit};
use crate::words;

/// The traits that tell a user's language, the better one first.
const LANGUAGE_TRAITS: [&str; 2] = ["language", "locale"];

/// The most bytes of a boot request.
const MOST_BYTES: usize = 16 * 1_024;

/// Who is on a page. May name nobody, which is how a page asks that may not tell who is on it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BootRequest {
    /// The project's write key; here or by Basic authorization.
    write_key: Option<String>,
    /// The browser.
    anonymous_id: Option<String>,
    /// The user, if one is signed in.
    user_id: Option<String>,
    /// What the page tells of the user with `identify`, as an object or as JSON text: it counts for
    /// this answer, which may be the only one on a page that needs no widget.
    #[schema(value_type = Option<Object>)]
    traits: Option<Value>,
    /// The language that the page wants for the user, as a tag such as `de` or `pt-BR`. Without it, or what
    /// is not in it, the user's trait `language` or `locale` counts, then what the browser accepts.
    language: Option<String>,
    /// The language of the widget's own words that the page has already; they are not told again.
    words: Option<String>,
    /// What the customer's backend has signed for the user.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    token: Presented,
    /// Asked again on the same page: not a visit of its own.
    #[serde(default)]
    refresh: bool,
    /// The id of content that the page calls for: it comes even if it is over for this user.
    show: Option<String>,
    /// The page explains why content is not shown: it gets all that is published, also what is over for
    /// this user or not meant for them, where the project's settings allow it.
    #[serde(default)]
    debug: bool,
}

/// What a user gets on a page. Recorded as a visit, unless it is a refresh.
///
/// A request that names neither a user nor a browser gets all that is published, since only the page
/// knows whom it is for, and nothing of it is recorded.
///
/// Content is left out that is over for this user or by its schedule, and content whose audience asks
/// only for traits that they don't have and lots that they have not drawn. Of their traits and events only
/// those are told that the content's conditions and texts ask about. Where
/// identity is enforced, a user's is told only with a token for them, and a browser that a user has
/// claimed is somebody of whom nothing is known.
#[utoipa::path(
    post,
    path = "/v1/boot",
    tag = "Public",
    request_body(content = BootRequest, content_type = "application/json"),
    responses(
        (status = OK, description = "The content and what is known of the user", body = BootAnswer),
        (status = BAD_REQUEST, description = "A bad request", body = ErrorBody),
        (status = UNAUTHORIZED, description = "Not the write key, nor the secret key; or, where \
            identity is enforced, no token that stands for the user", body = ErrorBody),
    )
)]
pub(crate) async fn boot(
    State(state): State<AppState>,
    key: HeaderKey,
    headers: HeaderMap,
    Text(body): Text<MOST_BYTES>,
) -> Result<Response, Error> {
    let request: BootRequest = parse(&body)?;
    let project = state.store.project();
    let key = key.may_send(request.write_key.as_deref(), project)?;
    let refresh = request.refresh;
    let now = state.clock.now();
    let mut caller = Caller::new(project, key, &request.token, now);
    let asker = Asker::read(request, &headers, caller.vouched())?;
    let checked = caller.check(asker.user.as_deref(), None);
    state.store.note_caller(&caller, now);
    checked?;
    if !refresh && asker.who().is_some() {
        record_visit(&state, asker.clone(), now);
    }
    let project = project.clone();
    let boot = state
        .store
        .read(move |connection| answer(connection, &project, &asker, now))
        .await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(boot)).into_response())
}

/// What is told at a boot.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the engine's `Boot`")]
pub(crate) struct BootAnswer {
    /// The content for this user, each piece in the version they began with.
    #[schema(schema_with = crate::openapi::content_documents)]
    content: Vec<Content>,
    /// What is known of them, as far as the content asks.
    #[schema(value_type = Object)]
    known: Known,
    /// The project's settings; a limit that is not there is none.
    #[schema(value_type = crate::settings::ProjectSettings)]
    settings: Settings,
    /// The collector's clock, wall milliseconds.
    server_time: i64,
    /// The language of the widget's own words.
    language: String,
    /// They, by name, where there is content and the widget does not have them: English it has.
    #[schema(value_type = Option<Object>)]
    words: Option<()>,
}

/// The answer: what is for the engine, and the widget's own words.
#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    boot: Boot,
    language: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'static RawValue>,
}

impl Answer {
    /// The words go only where something is to be seen.
    fn new(boot: Boot, asker: &Asker, wanted: &Wanted) -> Self {
        let words = words::in_language(wanted);
        let told = words.filter(|words| {
            !boot.content.is_empty() && asker.words.as_deref() != Some(words.language)
        });
        Self {
            boot,
            language: words.map_or(language::DEFAULT, |words| words.language),
            words: told.map(|words| words.texts),
        }
    }
}

/// Who asks, and for what.
#[derive(Clone, Debug)]
struct Asker {
    user: Option<String>,
    anonymous: Option<String>,
    traits: Properties,
    show: Option<String>,
    debug: bool,
    language: Option<String>,
    words: Option<String>,
    /// The browser's `Accept-Language`.
    accepted: String,
    /// For whom they may speak if they are a browser that a user has claimed.
    vouched: Vouched,
}

impl Asker {
    fn read(request: BootRequest, headers: &HeaderMap, vouched: Vouched) -> Result<Self, Error> {
        let accepted = headers.get(header::ACCEPT_LANGUAGE);
        let accepted = accepted.and_then(|accepted| accepted.to_str().ok());
        Ok(Self {
            language: request.language,
            words: request.words,
            accepted: accepted.unwrap_or_default().to_owned(),
            user: check_id("userId", request.user_id)?,
            anonymous: check_id("anonymousId", request.anonymous_id)?,
            traits: read_traits(request.traits),
            show: request.show,
            debug: request.debug,
            vouched,
        })
    }

    /// `None` where the request names nobody.
    fn who(&self) -> Option<Who<'_>> {
        Who::of(self.user.as_deref(), self.anonymous.as_deref())
    }

    /// Which languages they want, with the traits that the collector knows of them.
    fn wanted(&self, known: &Traits) -> Wanted {
        let mut wanted = Wanted::default();
        wanted.add(self.language.as_deref().unwrap_or_default());
        for name in LANGUAGE_TRAITS {
            wanted.add_trait(self.traits.get(name));
        }
        for name in LANGUAGE_TRAITS {
            wanted.add_trait(known.get(name));
        }
        wanted.add_accepted(&self.accepted);
        wanted
    }

    /// Whether the page calls for this content.
    fn asks_for(&self, content: &Content) -> bool {
        self.show.as_deref() == Some(content.id.as_str())
    }
}

/// What cannot be read tells nothing: a page is not refused for it.
fn read_traits(traits: Option<Value>) -> Properties {
    match traits {
        Some(Value::Map(traits)) => traits,
        Some(Value::Text(json)) => serde_json::from_str(&json).unwrap_or_default(),
        _ => Properties::new(),
    }
}

fn check_id(path: &str, id: Option<String>) -> Result<Option<String>, Error> {
    match id.filter(|id| !id.is_empty()) {
        Some(id) if id.chars().count() > LONGEST_ID => Err(Error::InvalidField {
            path: path.to_owned(),
            message: format!("is longer than {LONGEST_ID} characters; shorten it"),
        }),
        id => Ok(id),
    }
}

/// The answer does not wait for it: a visit is no event that was acknowledged.
fn record_visit(state: &AppState, asker: Asker, now: i64) {
    let project = state.store.project().id;
    let weight = Weight { rows: 1, bytes: 64 };
    let written = state.store.write(weight, move |connection| {
        asker.who().map_or(Ok(()), |who| {
            visit::note(connection, project, who, &asker.vouched, now)
        })
    });
    tokio::spawn(async move {
        if let Err(error) = written.await {
            tracing::warn!(%error, "a visit was not recorded");
        }
    });
}

fn answer(
    connection: &Connection,
    project: &Project,
    asker: &Asker,
    now: i64,
) -> Result<Answer, StoreError> {
    let catalog = project.catalog();
    let kept = project.settings();
    let debug = asker.debug && kept.browser.debug;
    let settings = |content: &[Content]| {
        let mut settings = kept.browser.clone();
        settings.theme += &catalog.looks(content, &kept.theme);
        settings
    };
    let Some(who) = asker.who() else {
        // The page knows who they are, and decides for itself what is meant for them.
        let wanted = asker.wanted(&Traits::default());
        let content = catalog.latest().iter().cloned();
        let content: Vec<Content> = content
            .map(|content| catalog.translated(content, &wanted))
            .collect();
        let boot = Boot {
            settings: settings(&content),
            content,
            server_time: now,
            ..Boot::default()
        };
        return Ok(Answer::new(boot, asker, &wanted));
    };
    let finish = |mut content: Vec<Content>, known: Known, wanted: &Wanted| {
        let facts = Facts::of_history(&known, who.key(), now);
        content.retain(|content| {
            let settled = content
                .audience
                .as_ref()
                .filter(|audience| is_settled_at_boot(audience));
            debug || settled.is_none_or(|audience| audience.holds(&facts))
        });
        let boot = Boot {
            settings: settings(&content),
            content,
            known,
            server_time: now,
        };
        Answer::new(boot, asker, wanted)
    };
    let found = people::find(connection, project.id, who, &asker.vouched)?;
    let Some(person) = found.map(|found| found.person) else {
        let mut known = Known {
            first_seen: Some(now),
            ..Known::default()
        };
        known.traits.set_all(&asker.traits, now);
        let wanted = asker.wanted(&Traits::default());
        let mut content = catalog.latest().to_vec();
        content.retain(|content| debug || asker.asks_for(content) || !is_past(content, now));
        let content = content.into_iter();
        let content = content.map(|content| catalog.translated(content, &wanted));
        return Ok(finish(content.collect(), known, &wanted));
    };
    let history = History::load(connection, person)?;
    let runs = history.runs();
    let mut content = catalog.for_runs(&runs).into_owned();
    content.retain(|content| {
        let run = runs.get(&content.id);
        let is_over = run.is_some_and(|run| content.is_over(run, now));
        let is_past = is_past(content, now) && !run.is_some_and(Run::is_called);
        debug || asker.asks_for(content) || !(is_over || is_past)
    });
    // They are told to nobody: only what comes of them is.
    let tells_language = |name: &str| LANGUAGE_TRAITS.contains(&name);
    let owner = Owner::Person(person);
    let wanted = asker.wanted(&traits::load(connection, owner, i64::MAX, tells_language)?);
    let content: Vec<Content> = content
        .into_iter()
        .map(|content| catalog.translated(content, &wanted))
        .collect();
    let mut asks = Asks::default();
    for content in &content {
        asks.add(content, runs.get(&content.id));
        asks.add_texts(content);
    }
    let mut known = known::fold(connection, person, runs, &asks, Depth::Asked)?;
    history.add_interruptions(&mut known, now);
    known.hushed = history::hushed(connection, person)?;
    known.traits.set_all(&asker.traits, now);
    Ok(finish(content, known, &wanted))
}

/// Whether its schedule is over, so that it never comes up by itself again.
fn is_past(content: &Content, now: i64) -> bool {
    let until = content.delivery.schedule.until;
    until.is_some_and(|until| now >= until)
}
