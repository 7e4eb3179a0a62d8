//! A collector in a folder of its own, with a clock that stands still until it is moved.
#![expect(
    clippy::needless_pass_by_value,
    reason = "tests read better with `json!` given as it is"
)]

pub mod identity;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use headstart_server::app::{AppState, app};
use headstart_server::assets::Assets;
use headstart_server::clock::Clock;
use headstart_server::store::{Keys, Store};
use http_body_util::BodyExt;
use rusqlite::Connection;
use rusqlite::types::FromSql;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

/// 2026-11-22T10:00:00Z: when all tests begin.
pub const NOW: i64 = 1_795_341_600_000;
pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

pub struct Collector {
    app: Router,
    pub store: Arc<Store>,
    pub keys: Keys,
    now: Arc<AtomicI64>,
    folder: TempDir,
}

/// What a collector is started with, besides its data.
#[derive(Default)]
pub struct With {
    pub assets: Assets,
    pub site: Option<PathBuf>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Collector {
    pub fn start() -> Self {
        Self::start_with(With::default())
    }

    pub fn start_with(with: With) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::start_in(folder, with, NOW)
    }

    /// Another collector on the same data, at the same time.
    pub fn restart(self) -> Self {
        let Self {
            app,
            store,
            now,
            folder,
            ..
        } = self;
        store.close();
        drop((app, store));
        Self::start_in(folder, With::default(), now.load(Ordering::Relaxed))
    }

    fn start_in(folder: TempDir, with: With, now: i64) -> Self {
        let store = Arc::new(Store::open(folder.path()).expect("a folder of its own"));
        let now = Arc::new(AtomicI64::new(now));
        let told = Arc::clone(&now);
        let state = AppState {
            store: Arc::clone(&store),
            clock: Clock::new(move || told.load(Ordering::Relaxed)),
            assets: Arc::new(with.assets),
            site: with.site,
            prometheus: None,
        };
        Self {
            app: app(state),
            keys: store.project().keys.clone(),
            store,
            now,
            folder,
        }
    }

    /// A collector with this content published.
    pub async fn with_content(documents: Value) -> Self {
        let collector = Self::start();
        collector.publish(documents).await;
        collector
    }

    /// Lets time pass, in milliseconds.
    pub fn pass(&self, millis: i64) {
        self.now.fetch_add(millis, Ordering::Relaxed);
    }

    pub fn now(&self) -> i64 {
        self.now.load(Ordering::Relaxed)
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .app
            .clone()
            .oneshot(request)
            .await
            .expect("the router cannot fail");
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.expect("a whole body").to_bytes(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request"))
            .await
    }

    /// With the secret key.
    pub async fn admin_get(&self, path: &str) -> Answer {
        let request = Request::get(path)
            .header(header::AUTHORIZATION, self.bearer())
            .body(Body::empty());
        self.send(request.expect("a request")).await
    }

    /// With the secret key.
    pub async fn admin_post(&self, path: &str, body: &str) -> Answer {
        self.admin(Method::POST, path, body).await
    }

    /// With the secret key.
    pub async fn admin(&self, method: Method, path: &str, body: &str) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, self.bearer())
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_owned()));
        self.send(request.expect("a request")).await
    }

    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.keys.secret_key)
    }

    /// As the loader posts: text, so that browsers ask for no preflight.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_text(path, body.to_string()).await
    }

    pub async fn post_text(&self, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "text/plain;charset=UTF-8")
            .body(body.into());
        self.send(request.expect("a request")).await
    }

    pub async fn batch(&self, messages: Value) -> Answer {
        let body = json!({ "writeKey": self.keys.write_key, "batch": messages });
        self.post("/v1/batch", &body).await
    }

    /// Messages that are all to be new.
    pub async fn take(&self, messages: Value) {
        let number = messages.as_array().expect("an array").len();
        let answer = self.batch(messages).await;
        assert_eq!(
            answer.json(),
            json!({ "accepted": number, "duplicates": 0 })
        );
    }

    pub async fn boot(&self, who: Value) -> Value {
        let mut body = json!({ "writeKey": self.keys.write_key });
        let fields = body.as_object_mut().expect("an object");
        fields.extend(who.as_object().expect("an object").clone());
        let answer = self.post("/v1/boot", &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        // The visit is noted beside the answer; a write that comes after it waits for it.
        self.store.probe(NOW).await.expect("a database");
        answer.json()
    }

    pub async fn push(&self, documents: Value) -> Answer {
        self.admin_post("/api/v1/content", &documents.to_string())
            .await
    }

    pub async fn publish(&self, documents: Value) {
        let pushed = self.push(documents).await;
        assert_eq!(pushed.status, StatusCode::OK, "{}", pushed.text());
        let published = self.admin_post("/api/v1/content/publish", "{}").await;
        assert_eq!(published.status, StatusCode::OK, "{}", published.text());
    }

    /// As [`Collector::admin`], to be sent beside others; answers with the status.
    pub fn detached(
        &self,
        method: Method,
        path: &str,
    ) -> impl Future<Output = StatusCode> + Send + use<> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, self.bearer())
            .body(Body::empty());
        let answer = self.app.clone().oneshot(request.expect("a request"));
        async { answer.await.expect("the router cannot fail").status() }
    }

    /// The database itself.
    pub fn open(&self) -> Connection {
        Connection::open(self.folder.path().join("headstart.db")).expect("a database")
    }

    /// Looks into the database itself.
    pub fn rows<T: FromSql>(&self, sql: &str) -> Vec<T> {
        let database = self.open();
        let mut select = database.prepare(sql).expect("SQL");
        let rows = select.query_map([], |row| row.get(0)).expect("rows");
        rows.collect::<Result<_, _>>().expect("values")
    }

    /// All bytes of all files in the data folder.
    pub fn files(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).expect("a folder");
        files
            .flat_map(|file| std::fs::read(file.expect("a file").path()).expect("it can be read"))
            .collect()
    }

    /// Whether these bytes are anywhere in the data folder's files.
    pub fn database_has(&self, bytes: &[u8]) -> bool {
        self.files()
            .windows(bytes.len())
            .any(|window| window == bytes)
    }

    pub fn row<T: FromSql>(&self, sql: &str) -> T {
        self.rows(sql).pop().expect("a row")
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a plain header"))
    }

    /// The error's code and path.
    pub fn error(&self) -> (u16, String, String) {
        let json = self.json();
        let text = |name: &str| json["error"][name].as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), text("code"), text("path"))
    }
}

/// Runs to the end what is tested by a property, whose cases are no futures.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime.expect("a runtime").block_on(future)
}

pub fn track(id: &str, user: &str, event: &str) -> Value {
    json!({ "type": "track", "messageId": id, "userId": user, "event": event })
}

pub fn track_at(id: &str, user: &str, event: &str, at: i64) -> Value {
    with(track(id, user, event), json!({ "timestamp": at }))
}

/// One of the widget's own events about a piece of content.
pub fn own(id: &str, user: &str, event: &str, at: i64, properties: Value) -> Value {
    with(
        track_at(id, user, event, at),
        json!({ "properties": properties }),
    )
}

/// An object with more fields.
pub fn with(mut object: Value, more: Value) -> Value {
    let fields = object.as_object_mut().expect("an object");
    fields.extend(more.as_object().expect("an object").clone());
    object
}

/// An activation checklist whose tasks are done by an event, a trait and an event.
pub fn checklist() -> Value {
    json!({
        "id": "getting-started",
        "kind": "checklist",
        "title": "Get started",
        "activation": true,
        "tasks": [
            {
                "id": "create-invoice",
                "title": "Create your first invoice",
                "done_when": { "event": { "name": "Invoice Created" } }
            },
            {
                "id": "company-name",
                "title": "Say what your company is called",
                "done_when": { "trait": { "name": "company_name" } }
            },
            {
                "id": "connect-bank",
                "title": "Connect your bank",
                "done_when": { "event": { "name": "Bank Connected" } }
            }
        ]
    })
}
