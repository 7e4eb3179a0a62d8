//! Killed under load, again and again, the collector loses nothing that it acknowledged, and counts
//! nothing twice.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::{Value, json};
use ureq::Agent;

use crate::support::{Collector, agent, keys};

const ROUNDS: usize = 8;
const SENDERS: usize = 8;

/// Messages that are sent together, by their ids.
type Batch = Vec<String>;

/// What came of the batches that were sent.
#[derive(Default)]
struct Sent {
    acknowledged: Vec<Batch>,
    unacknowledged: Vec<Batch>,
}

/// Whether the collector has acknowledged all of it.
fn send(agent: &Agent, url: &str, write_key: &str, batch: &Batch) -> bool {
    let messages: Vec<Value> = batch
        .iter()
        .map(|id| {
            json!({
                "type": "track", "messageId": id, "userId": format!("user-{}", id.len() % 3),
                "event": "Invoice Created", "properties": { "total": 120 }
            })
        })
        .collect();
    let body = json!({ "writeKey": write_key, "batch": messages });
    let answer = agent
        .post(format!("{url}/v1/batch"))
        .send(body.to_string())
        .and_then(|mut answer| answer.body_mut().read_json::<Value>());
    let Ok(answer) = answer else {
        return false;
    };
    let count = |name: &str| answer[name].as_u64().unwrap_or(0);
    count("accepted") + count("duplicates") == batch.len() as u64
}

/// Sends until the collector is killed.
fn load(url: &str, write_key: &str, round: usize, sent: &Mutex<Sent>, number: &AtomicUsize) {
    let agent = agent();
    for turn in 0.. {
        let first = number.fetch_add(1, Ordering::Relaxed);
        let size = 1 + (first * 7 + turn) % 20;
        let batch: Batch = (0..size)
            .map(|index| format!("{round}-{first}-{index}"))
            .collect();
        let good = send(&agent, url, write_key, &batch);
        let mut sent = sent.lock().expect("no sender panics");
        if !good {
            sent.unacknowledged.push(batch);
            return;
        }
        sent.acknowledged.push(batch);
    }
}

/// All message ids in the database, each as often as it is there.
fn stored(data: &Path) -> Vec<String> {
    let database = Connection::open(data.join("headstart.db")).expect("a database");
    let whole: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("an answer");
    assert_eq!(whole, "ok");
    // Read from the table, not from the index that forbids repetition.
    let mut select = database
        .prepare("SELECT message_id FROM events NOT INDEXED ORDER BY seq")
        .expect("SQL");
    let ids = select.query_map([], |row| row.get(0)).expect("rows");
    ids.collect::<Result<_, _>>().expect("texts")
}

#[test]
fn killed_under_load_it_loses_nothing_acknowledged_and_counts_nothing_twice() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path();
    let (write_key, _) = keys(data);
    let number = AtomicUsize::new(0);
    let mut all = Sent::default();
    let mut cut_off = 0;
    for round in 0..ROUNDS {
        let collector = Collector::start(data);
        let url = collector.url.clone();
        let sent = Mutex::new(Sent::default());
        thread::scope(|scope| {
            for _ in 0..SENDERS {
                scope.spawn(|| load(&url, &write_key, round, &sent, &number));
            }
            // Well into the load: later by some milliseconds each round, to meet it elsewhere.
            let began = Instant::now();
            let wanted = 20 * (round + 1);
            while sent.lock().expect("no sender panics").acknowledged.len() < wanted
                && began.elapsed() < Duration::from_secs(20)
            {
                thread::sleep(Duration::from_millis(1));
            }
            thread::sleep(Duration::from_millis(37 * (round as u64 + 1) % 60));
            collector.kill();
        });
        let mut sent = sent.into_inner().expect("no sender panics");
        assert!(!sent.acknowledged.is_empty(), "there was a load");
        cut_off += sent.unacknowledged.len();

        let found = stored(data);
        let once: BTreeSet<&String> = found.iter().collect();
        assert_eq!(once.len(), found.len(), "none is there twice");
        for id in sent.acknowledged.iter().flatten() {
            assert!(once.contains(id), "{id} was acknowledged and is lost");
        }
        // A batch is one transaction: it is there as a whole, or not at all.
        for batch in &sent.unacknowledged {
            let there = batch.iter().filter(|id| once.contains(id)).count();
            assert!(
                there == 0 || there == batch.len(),
                "{there} of {}",
                batch.len()
            );
        }

        // A sender that heard nothing sends again; one that crashed may send what it has sent.
        let collector = Collector::start(data);
        let agent = agent();
        let again = sent.acknowledged.iter().step_by(5);
        for batch in sent.unacknowledged.iter().chain(again) {
            assert!(send(&agent, &collector.url, &write_key, batch));
        }
        collector.kill();
        all.acknowledged.append(&mut sent.acknowledged);
        all.acknowledged.append(&mut sent.unacknowledged);
    }
    assert!(cut_off > 0, "some were cut off in the middle");

    let mut expected: Vec<String> = all.acknowledged.into_iter().flatten().collect();
    let mut found = stored(data);
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}
