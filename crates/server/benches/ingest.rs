//! Ingest over HTTP, in events per second, beside the same rows written straight to SQLite with the
//! same tables and the same safety (write-ahead log, `synchronous=FULL`) in the same run.
//!
//! Both are measured on one machine, the sender included, so what counts is how they compare.

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, Throughput};
use headstart_server::app::{AppState, app};
use headstart_server::assets::Assets;
use headstart_server::clock::Clock;
use headstart_server::store::Store;
use rusqlite::{Connection, params};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Requests under way at the same time.
const SENDERS: u64 = 64;
/// Events of one step of a measurement; a multiple of the senders and of the batches.
const EVENTS: u64 = 6_400;

const PROPERTIES: &str = r#"{"total":120,"currency":"EUR","customer":"customer-7"}"#;
const CONTEXT: &str = r#"{"library":{"name":"bench","version":"1.0.0"},"locale":"en"}"#;

/// Events per second by what was measured, the warm-up included.
#[derive(Default)]
struct Rates(RefCell<Vec<(String, f64, f64)>>);

impl Rates {
    fn note(&self, name: &str, events: u64, took: Duration) {
        let mut rates = self.0.borrow_mut();
        #[expect(clippy::cast_precision_loss, reason = "a few million")]
        let events = events as f64;
        match rates.iter_mut().find(|(known, ..)| known == name) {
            Some((_, total, seconds)) => {
                *total += events;
                *seconds += took.as_secs_f64();
            }
            None => rates.push((name.to_owned(), events, took.as_secs_f64())),
        }
    }

    fn print(&self) {
        let rates = self.0.borrow();
        let rate = |name: &str| {
            let found = rates.iter().find(|(known, ..)| known == name);
            found.map(|(_, events, seconds)| events / seconds)
        };
        println!("\ningest, events per second ({SENDERS} requests under way at a time)");
        for (name, events, seconds) in rates.iter() {
            println!("  {name:<40} {:>9.0}", events / seconds);
        }
        for (over_http, straight) in [
            (
                "HTTP, 100 events a request",
                "SQLite, 100 rows a transaction",
            ),
            ("HTTP, 1 event a request", "SQLite, 1 row a transaction"),
        ] {
            if let (Some(http), Some(sqlite)) = (rate(over_http), rate(straight)) {
                println!("  {over_http} / {straight}: {:.2}", http / sqlite);
            }
        }
    }
}

fn main() {
    let rates = Rates::default();
    let mut criterion = Criterion::default().configure_from_args();
    for size in [1, 10, 100] {
        over_http(&mut criterion, &rates, size);
    }
    for rows in [1, 100] {
        straight(&mut criterion, &rates, rows);
    }
    criterion.final_summary();
    rates.print();
}

/// On the disk that cargo builds on; a temporary folder is in memory on many machines, where a commit
/// waits for nothing.
fn folder() -> TempDir {
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    fs::create_dir_all(&base).expect("cargo's folder can be written to");
    TempDir::new_in(base).expect("cargo's folder can be written to")
}

fn plural(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn over_http(criterion: &mut Criterion, rates: &Rates, size: u64) {
    let folder = folder();
    let store = Arc::new(Store::open(folder.path()).expect("an empty folder"));
    let write_key = store.project().keys.write_key.clone();
    let runtime = Runtime::new().expect("a runtime");
    let state = AppState {
        store: Arc::clone(&store),
        clock: Clock::system(),
        assets: Arc::new(Assets::default()),
        site: None,
        prometheus: None,
    };
    let address = runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, app(state)).await });
        address
    });
    let name = format!("HTTP, {} a request", plural(size, "event"));
    let mut group = criterion.benchmark_group("ingest");
    group
        .throughput(Throughput::Elements(EVENTS))
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10);
    group.bench_function(&name, |bencher| {
        bencher.iter_custom(|steps| {
            let mut took = Duration::ZERO;
            for _ in 0..steps {
                let requests = requests(&write_key, size);
                took += runtime.block_on(async {
                    let mut senders = JoinSet::new();
                    for mine in requests {
                        let stream = TcpStream::connect(address).await.expect("it listens");
                        senders.spawn(send_all(stream, mine));
                    }
                    let began = Instant::now();
                    while let Some(sent) = senders.join_next().await {
                        sent.expect("a sender does not panic");
                    }
                    began.elapsed()
                });
            }
            rates.note(&name, EVENTS * steps, took);
            took
        });
    });
    group.finish();
    runtime.shutdown_background();
    store.close();
}

/// For each sender its requests, as they go over the wire.
fn requests(write_key: &str, size: u64) -> Vec<Vec<String>> {
    let turns = EVENTS / size / SENDERS;
    let of_one = |sender| (0..turns).map(move |_| request(write_key, sender, size));
    (0..SENDERS)
        .map(|sender| of_one(sender).collect())
        .collect()
}

fn request(write_key: &str, sender: u64, size: u64) -> String {
    let events: Vec<String> = (0..size)
        .map(|_| {
            format!(
                r#"{{"type":"track","messageId":"{}","userId":"user-{sender}","event":"Invoice Created","properties":{PROPERTIES},"context":{CONTEXT}}}"#,
                Uuid::new_v4()
            )
        })
        .collect();
    let body = format!(
        r#"{{"writeKey":"{write_key}","batch":[{}]}}"#,
        events.join(",")
    );
    format!(
        "POST /v1/batch HTTP/1.1\r\nhost: bench\r\ncontent-type: text/plain\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Sends one request after the other over one connection, each when the one before is answered.
async fn send_all(mut stream: TcpStream, requests: Vec<String>) {
    stream.set_nodelay(true).expect("an option");
    let mut answer = vec![0; 4_096];
    for request in requests {
        stream
            .write_all(request.as_bytes())
            .await
            .expect("it listens");
        let mut length = 0;
        // The answer is small and ends with the only `}` of its body.
        while length == 0 || answer[length - 1] != b'}' {
            let read = stream.read(&mut answer[length..]).await.expect("an answer");
            assert!(read > 0, "the collector hung up");
            length += read;
        }
        assert!(answer.starts_with(b"HTTP/1.1 200"), "it was refused");
    }
}

fn straight(criterion: &mut Criterion, rates: &Rates, rows: u64) {
    let folder = folder();
    // Makes the tables.
    Store::open(folder.path()).expect("an empty folder").close();
    let database = Connection::open(folder.path().join("headstart.db")).expect("a database");
    database
        .execute_batch("PRAGMA synchronous = FULL; PRAGMA cache_size = -32768")
        .expect("options");
    database
        .execute(
            "INSERT INTO people (id, project, is_user, key, first_seen) VALUES (1, 1, 1, 'u', 0)",
            [],
        )
        .expect("a person");
    let name = format!("SQLite, {} a transaction", plural(rows, "row"));
    let mut group = criterion.benchmark_group("ingest");
    group
        .throughput(Throughput::Elements(EVENTS))
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10);
    group.bench_function(&name, |bencher| {
        bencher.iter_custom(|steps| {
            let began = Instant::now();
            for _ in 0..(EVENTS * steps) / rows {
                insert(&database, rows).expect("it is written");
            }
            let took = began.elapsed();
            rates.note(&name, EVENTS * steps, took);
            took
        });
    });
    group.finish();
}

fn insert(database: &Connection, rows: u64) -> rusqlite::Result<()> {
    database.execute_batch("BEGIN IMMEDIATE")?;
    let mut insert = database.prepare_cached(
        "INSERT INTO events (project, message_id, kind, name, person, user_id, at, received_at, \
         properties, context) VALUES (1, ?1, 'track', 'Invoice Created', 1, 'user-1', ?2, ?2, \
         ?3, ?4)",
    )?;
    for row in 0..rows {
        let id = Uuid::new_v4().to_string();
        let at = 1_795_341_600_000 + i64::try_from(row).unwrap_or(0);
        insert.execute(params![id, at, PROPERTIES, CONTEXT])?;
    }
    database.execute_batch("COMMIT")
}
