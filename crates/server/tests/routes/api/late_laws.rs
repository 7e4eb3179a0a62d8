//! Whatever people have done: it does not matter when and in what order the collector comes to hear of it.
//!
//! One thing is left out, because it would not hold: that somebody has taken a checklist up by doing one
//! of its tasks once it was on screen. Whoever turns out late to have done it before has taken it up
//! all the same; what was noted is not taken back.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::{Collector, DAY, MINUTE, NOW, SECOND, run, with};

/// Checklists whose tasks ask for events alone: that often, so close together, several, and in the end
/// for each other.
fn content() -> Value {
    let event = |name: &str| json!({ "event": { "name": name } });
    let task =
        |id: &str, done_when: Value| json!({ "id": id, "title": id, "done_when": done_when });
    let often = json!({ "event": { "name": "A", "at_least": 2, "within": "1h" } });
    let list = |id: &str, tasks: Value| json!({ "id": id, "kind": "checklist", "title": id, "activation": true, "tasks": tasks });
    json!([
        list(
            "first",
            json!([
                task("often", often),
                task("both", json!({ "all": [event("A"), event("B")] })),
                {
                "id": "by-hand", "title": "by-hand", "required": false,
                "action": { "label": "Do it", "callback": "do-it" }
            }
            ])
        ),
        list(
            "second",
            json!([
                task("either", json!({ "any": [event("B"), event("C")] })),
                task(
                    "first",
                    json!({ "content": { "id": "first", "is": "completed" } })
                )
            ])
        ),
    ])
}

/// What may happen, and how many steps of 20 minutes after the beginning.
#[derive(Clone, Debug)]
struct Deed {
    user: usize,
    /// By a browser of theirs, before they have signed in there.
    nameless: bool,
    step: i64,
    what: What,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Track(&'static str),
    SignIn,
    Own(&'static str, &'static str),
    Mark(&'static str, &'static str),
}

fn deed() -> impl Strategy<Value = Deed> {
    let content = || select(vec!["first", "second"]);
    let what = prop_oneof![
        6 => select(vec!["A", "A", "B", "C"]).prop_map(What::Track),
        1 => Just(What::SignIn),
        1 => content().prop_map(|id| What::Own(id, "started")),
        1 => Just(What::Own("first", "done/by-hand")),
        2 => (select(vec!["often", "both"]), select(vec!["done", "skipped", "open"]))
            .prop_map(|(task, mark)| What::Mark(task, mark)),
    ];
    (0..2_usize, prop::bool::weighted(0.3), 0..12_i64, what).prop_map(
        |(user, nameless, step, what)| Deed {
            user,
            nameless,
            step,
            what,
        },
    )
}

impl Deed {
    /// When. Marks have moments of their own: what is marked open in the very moment in which the last task
    /// is done comes before that or after, which no time can tell.
    fn at(&self, number: usize) -> i64 {
        let alone = if self.is_mark() { number + 1 } else { 0 };
        NOW + self.step * 20 * MINUTE + i64::try_from(alone).expect("a few") * SECOND
    }

    fn is_mark(&self) -> bool {
        matches!(self.what, What::Mark(..))
    }

    fn message(&self, number: usize) -> Value {
        let (user, browser) = (
            format!("user-{}", self.user),
            format!("browser-{}", self.user),
        );
        let (key, who) = if self.nameless {
            (&browser, json!({ "anonymousId": browser }))
        } else {
            (&user, json!({ "userId": user }))
        };
        let id = format!("m{number}");
        let message = match self.what {
            What::Track(event) => json!({ "type": "track", "messageId": id, "event": event }),
            What::SignIn => {
                return json!({
                    "type": "identify", "messageId": id, "userId": user, "anonymousId": browser,
                    "timestamp": self.at(number)
                });
            }
            What::Mark(task, mark) => json!({
                "type": "track", "messageId": format!("{key}/first/marked/{task}/{}", self.at(number)),
                "event": "Checklist Task Marked",
                "properties": {
                    "content_id": "first", "version": 1, "task_id": task, "mark": mark
                }
            }),
            What::Own(content, what) => {
                let task = what.strip_prefix("done/");
                let event = match task {
                    Some(_) => "Checklist Task Completed",
                    None => "Checklist Started",
                };
                json!({
                    "type": "track", "messageId": format!("{key}/{content}/{what}"),
                    "event": event,
                    "properties": { "content_id": content, "version": 1, "task_id": task }
                })
            }
        };
        with(with(message, who), json!({ "timestamp": self.at(number) }))
    }
}

/// Everybody takes everything up at the beginning, since only those who do are counted.
async fn begun() -> Collector {
    let collector = Collector::with_content(content()).await;
    for user in 0..2 {
        for content in ["first", "second"] {
            let deed = Deed {
                user,
                nameless: false,
                step: 0,
                what: What::Own(content, "started"),
            };
            collector.take(json!([deed.message(0)])).await;
        }
    }
    collector
}

/// The collector hears of each deed when it is done.
async fn at_once(deeds: &[(usize, Deed)]) -> Value {
    let collector = begun().await;
    for (number, deed) in deeds {
        collector.pass(deed.at(*number) - collector.now());
        collector.batch(json!([deed.message(*number)])).await;
    }
    numbers(&collector).await
}

/// The collector hears of all of it two weeks later, and of some of it twice.
async fn late(deeds: &[(usize, Deed)], most_together: usize) -> Value {
    let collector = begun().await;
    collector.pass(14 * DAY);
    for together in deeds.chunks(most_together) {
        let messages: Vec<Value> = together
            .iter()
            .map(|(number, deed)| deed.message(*number))
            .collect();
        collector.batch(json!(messages)).await;
    }
    let again: Vec<Value> = deeds
        .iter()
        .step_by(2)
        .map(|(number, deed)| deed.message(*number))
        .collect();
    collector.batch(json!(again)).await;
    numbers(&collector).await
}

async fn numbers(collector: &Collector) -> Value {
    let of = async |content: &str| {
        let path = format!("/api/v1/metrics/activation?content={content}");
        collector.admin_get(&path).await.json()
    };
    json!([of("first").await, of("second").await])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_heard_late_and_in_any_order_comes_to_the_same_numbers(
        deeds in prop::collection::vec(deed(), 4..16)
            .prop_map(|mut deeds| {
                deeds.sort_by_key(|deed| (deed.step, deed.is_mark()));
                deeds.into_iter().enumerate().collect::<Vec<_>>()
            })
            .prop_flat_map(|deeds| (Just(deeds.clone()), Just(deeds).prop_shuffle())),
        most_together in 1..5_usize,
    ) {
        let (in_order, in_any_order) = deeds;
        let expect = run(at_once(&in_order));
        prop_assert_eq!(expect, run(late(&in_any_order, most_together)));
    }
}
