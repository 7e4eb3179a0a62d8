//! That of somebody who was erased not a byte stays in any file of the data folder.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use serde_json::{Value, json};

use super::people::live;
use crate::support::{Collector, checklist, track};

#[tokio::test]
async fn no_file_holds_an_id_a_trait_an_event_or_a_message_id_of_theirs() {
    let collector = Collector::with_content(json!([checklist()])).await;
    live(&collector, "user-1", "browser-1").await;
    live(&collector, "user-1", "browser-2").await;
    live(&collector, "user-3", "browser-3").await;
    let traces = [
        "user-1",
        "browser-1",
        "browser-2",
        // Traits, of the browser and of the user.
        "theme-of-browser-1",
        "mail-of-user-1",
        "firm-of-user-1",
        // Events: properties, a page's name, context.
        "customer-of-browser-1",
        "bank-of-user-1",
        "page-of-browser-2",
        "campaign-of-browser-1",
        // Message ids: sent, of a page's, and of what the collector noted itself.
        "browser-1/m4",
        "user-1/browser-2/m3",
        "browser-1/getting-started/done/create-invoice",
        "user-1/getting-started/activated",
        // Sessions and their tabs.
        "browser-1.17",
        "browser-2-tab-2",
    ];
    for trace in traces {
        assert!(collector.database_has(trace.as_bytes()), "{trace}");
    }
    let path = "/api/v1/people/user-1";
    let answer = collector.admin(Method::DELETE, path, "").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    for trace in traces {
        assert!(!collector.database_has(trace.as_bytes()), "{trace}");
        let of_others = trace.replace("-1", "-3").replace("-2", "-3");
        if !trace.contains("-tab-") {
            assert!(collector.database_has(of_others.as_bytes()), "{of_others}");
        }
    }
}

#[tokio::test]
async fn a_reader_that_still_looks_at_the_past_is_waited_for() {
    let collector = Collector::start();
    collector.take(json!([track("m1", "user-1", "x")])).await;
    let reader = collector.open();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM events")
        .expect("a read");
    let erasing = collector.admin(Method::DELETE, "/api/v1/people/user-1", "");
    let reading = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        reader.execute_batch("COMMIT").expect("no read");
    };
    let (answer, ()) = tokio::join!(erasing, reading);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(!collector.database_has(b"user-1"));
}

/// A different text each time, that is nowhere else: a mark and 16 digits.
struct Marks(u64);

const MARK: &[u8] = b"zq";

impl Marks {
    /// Source: Knuth, MMIX's linear congruential generator.
    fn number(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn next(&mut self) -> String {
        let (high, low) = (self.number(1 << 31), self.number(1 << 31));
        format!("zq{high:08x}{low:08x}")
    }
}

/// All marks that are in these bytes.
fn marks_in(bytes: &[u8]) -> BTreeSet<String> {
    let length = MARK.len() + 16;
    bytes
        .windows(length)
        .filter(|window| window.starts_with(MARK))
        .filter_map(|window| String::from_utf8(window.to_vec()).ok())
        .collect()
}

/// What one person sends, and the marks in it.
fn history(marks: &mut Marks) -> (String, Vec<Value>, BTreeSet<String>) {
    let mut all = BTreeSet::new();
    let mut mark = |marks: &mut Marks| {
        let mark = marks.next();
        all.insert(mark.clone());
        mark
    };
    let (user, browser) = (mark(marks), mark(marks));
    let mut messages = Vec::new();
    for nameless in [true, false] {
        for _ in 0..marks.number(5) {
            // Long ones go to pages of their own.
            let longest = if marks.number(10) == 0 { 9_000 } else { 120 };
            let filling = "y".repeat(usize::try_from(marks.number(longest)).expect("small"));
            let id = if nameless { "anonymousId" } else { "userId" };
            messages.push(json!({
                "type": "track", "messageId": mark(marks), "event": "x",
                id: if nameless { &browser } else { &user },
                "properties": { "value": mark(marks), "filling": filling }
            }));
        }
        if nameless {
            messages.push(json!({
                "type": "track", "event": "Session Updated", "anonymousId": browser,
                "messageId": "totals", "properties": {
                    "session_id": mark(marks), "tab_id": mark(marks), "length_ms": 1
                }
            }));
            messages.push(json!({
                "type": "identify", "messageId": mark(marks), "userId": user,
                "anonymousId": browser, "traits": { "first": mark(marks), "second": mark(marks) }
            }));
        }
    }
    (user, messages, all)
}

#[tokio::test]
async fn also_of_many_people_among_many_not_a_byte_stays() {
    let collector = Collector::start();
    let mut marks = Marks(20_261_122);
    let mut people: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut gone: BTreeSet<String> = BTreeSet::new();
    for _round in 0..3 {
        for _ in 0..150 {
            let (user, messages, all) = history(&mut marks);
            collector.take(json!(messages)).await;
            people.insert(user, all);
        }
        // Every third of those who are there, by ids that are as good as random.
        let users: Vec<String> = people.keys().step_by(3).cloned().collect();
        for together in users.chunks(25) {
            let mut erasing = tokio::task::JoinSet::new();
            for user in together {
                let path = format!("/api/v1/people/{user}");
                erasing.spawn(collector.detached(Method::DELETE, &path));
                gone.append(&mut people.remove(user).expect("somebody"));
            }
            for status in erasing.join_all().await {
                assert_eq!(status, 200);
            }
        }
        let there = marks_in(&collector.files());
        let left: Vec<&String> = gone.intersection(&there).collect();
        assert!(
            left.is_empty(),
            "{} of {}: {left:?}",
            left.len(),
            gone.len()
        );
        let lost = people
            .values()
            .flatten()
            .filter(|mark| !there.contains(*mark));
        assert_eq!(lost.count(), 0, "of those who were not erased");
    }
    let whole: String = collector.row("PRAGMA integrity_check");
    assert_eq!(whole, "ok");
}

#[tokio::test]
async fn every_table_is_known_to_hold_people_or_to_be_about_nobody() {
    let collector = Collector::start();
    // Whoever adds a table says here which it is; if it holds people, `store::erase` must empty it.
    let of_people = [
        "events",
        "people",
        "session_tabs",
        "sessions",
        "user_traits",
        "visits",
    ];
    let of_nobody = [
        "account_traits",
        "drafts",
        "identity_secrets",
        "identity_traffic",
        "projects",
        "publications",
        // Digests, of which the tokens and whom they were for cannot be made again.
        "revoked_tokens",
    ];
    let mut expect: Vec<&str> = of_people.into_iter().chain(of_nobody).collect();
    expect.sort_unstable();
    let tables: Vec<String> = collector.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         ORDER BY name",
    );
    assert_eq!(tables, expect);
}
