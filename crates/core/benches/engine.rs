//! What one input costs the engine, with a hundred pieces of content.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use headstart_core::engine::Start;
use headstart_core::facts::ElementFact;
use headstart_core::session::Signal;
use headstart_core::time::Now;
use headstart_core::{Act, Boot, Content, Engine, Input, Location, Map, Properties};
use serde_json::json;

const CONTENTS: u32 = 100;
const INPUTS: u32 = 10_000;

/// A fixed pseudo-random sequence, the same in every run (Marsaglia's xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(self.0 % u64::from(bound)).expect("it is below a u32")
    }
}

fn contents() -> Vec<Content> {
    let document = |n: u32| {
        let audience = json!({"any": [{"trait": {"name": "plan", "is": {"equals": "trial"}}},
                                      {"sessions": {"at_least": 2}}]});
        if n.is_multiple_of(2) {
            json!({"id": format!("list-{n}"), "version": 1, "kind": "checklist", "title": "Start",
                "audience": audience, "priority": n,
                "tasks": (0..5).map(|task| json!({"id": format!("task-{task}"), "title": "Do",
                    "done_when": {"all": [
                        {"event": {"name": format!("Event {}", (n + task) % 20), "at_least": task + 1,
                                   "where": {"amount": {"at_least": task}}}},
                        {"page": {"path": format!("/page-{}/**", task)}}]}})).collect::<Vec<_>>()})
        } else {
            json!({"id": format!("tip-{n}"), "version": 1, "kind": "tip", "title": "Look",
                "audience": audience, "target": format!("#target-{}", n % 10),
                "trigger": {"event": {"name": format!("Event {}", n % 20), "within": "10m"}}})
        }
    };
    (0..CONTENTS)
        .map(|n| serde_json::from_value(document(n)).expect("the document is sound"))
        .collect()
}

fn inputs() -> Vec<Input> {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut input = || match random.below(8) {
        0 | 1 => {
            let amount = f64::from(random.below(10));
            let properties: Properties = Map::from_iter([("amount".to_owned(), amount.into())]);
            Input::Tracked {
                event: format!("Event {}", random.below(20)),
                properties,
                at: 0,
            }
        }
        2 => {
            let path = format!("/page-{}/a", random.below(5));
            Input::PageChanged(Location {
                path,
                ..Location::default()
            })
        }
        3 => Input::Element {
            selector: format!("#target-{}", random.below(10)).into(),
            fact: ElementFact {
                present: true,
                visible: random.below(2) == 0,
                value: None,
                ..ElementFact::default()
            },
        },
        4 => Input::Clicked(format!("#target-{}", random.below(10)).into()),
        5 => Input::Acted(Act::Open(format!("list-{}", random.below(CONTENTS)).into())),
        6 => Input::Signal {
            signal: Signal::Active,
            stored: None,
        },
        _ => Input::Signal {
            signal: Signal::Tick,
            stored: None,
        },
    };
    (0..INPUTS).map(|_| input()).collect()
}

fn apply(c: &mut Criterion) {
    let inputs = inputs();
    let mut booted = Engine::new(Start::default());
    let now = Now {
        wall: 1_000_000_000,
        monotonic: 0,
    };
    booted.apply(
        Input::Signal {
            signal: Signal::Visible(true),
            stored: None,
        },
        now,
    );
    booted.apply(
        Input::Booted(Boot {
            content: contents(),
            ..Boot::default()
        }),
        now,
    );
    let mut group = c.benchmark_group("engine");
    group.throughput(Throughput::Elements(u64::from(INPUTS)));
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(10));
    group.bench_function(
        "apply: 100 pieces of content, 10,000 random inputs",
        |bench| {
            bench.iter_batched(
                || (booted.clone(), inputs.clone()),
                |(mut engine, inputs)| {
                    let mut now = now;
                    for input in inputs {
                        now.wall += 250;
                        now.monotonic += 250;
                        black_box(engine.apply(input, now));
                    }
                    engine
                },
                BatchSize::PerIteration,
            );
        },
    );
    group.finish();
}

criterion_group!(benches, apply);
criterion_main!(benches);
