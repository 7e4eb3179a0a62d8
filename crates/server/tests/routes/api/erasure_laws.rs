//! Whatever people have done and in whatever order: once one of them is erased, nothing that is told
//! shows that they were ever there.

use axum::http::Method;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::{Collector, MINUTE, SECOND, checklist, run, with};

/// Something that one of a few people does.
#[derive(Clone, Debug)]
struct Deed {
    who: usize,
    /// Before they have signed in.
    nameless: bool,
    what: What,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Boot,
    SignIn,
    Track(&'static str),
    Start,
    Report(Option<&'static str>),
    Pass,
}

fn deed() -> impl Strategy<Value = Deed> {
    let what = prop_oneof![
        Just(What::Boot),
        Just(What::SignIn),
        select(vec!["Invoice Created", "Bank Connected"]).prop_map(What::Track),
        Just(What::Start),
        prop::option::of(select(vec!["create-invoice", "connect-bank"])).prop_map(What::Report),
        Just(What::Pass),
    ];
    (0..3_usize, any::<bool>(), what).prop_map(|(who, nameless, what)| Deed {
        who,
        nameless,
        what,
    })
}

/// Does all of it, but for what somebody does who was never there.
async fn live(deeds: &[Deed], never_there: Option<usize>) -> Collector {
    let collector = Collector::with_content(json!([checklist()])).await;
    for (number, deed) in deeds.iter().enumerate() {
        if matches!(deed.what, What::Pass) {
            collector.pass(40 * MINUTE);
            continue;
        }
        if never_there != Some(deed.who) {
            act(&collector, deed, number).await;
        }
    }
    // All sessions are over, so that where they ended is told.
    collector.pass(40 * MINUTE);
    collector
}

async fn act(collector: &Collector, deed: &Deed, number: usize) {
    let (user, browser) = (
        format!("user-{}", deed.who),
        format!("browser-{}", deed.who),
    );
    let who = if deed.nameless {
        json!({ "anonymousId": browser })
    } else {
        json!({ "userId": user })
    };
    let track = |event: &str, properties: Value| {
        let message = json!({
            "type": "track", "messageId": format!("{user}/{number}"), "event": event,
            "properties": properties
        });
        with(message, who.clone())
    };
    let message = match deed.what {
        What::Boot => {
            collector.boot(who).await;
            return;
        }
        What::Pass => return,
        What::SignIn => json!({
            "type": "identify", "userId": user, "anonymousId": browser,
            "traits": { "company_name": user }
        }),
        What::Track(event) => track(event, json!({})),
        What::Start => track(
            "Checklist Started",
            json!({ "content_id": "getting-started", "version": 1 }),
        ),
        What::Report(task) => {
            let ago = i64::try_from(number).expect("few") * SECOND;
            let began = collector.now() - MINUTE;
            track(
                "Session Updated",
                json!({
                    "session_id": format!("{browser}.{began}"), "tab_id": browser,
                    "started_at": began, "length_ms": ago, "engaged_ms": ago / 2,
                    "content_id": task.map(|_| "getting-started"), "task_id": task
                }),
            )
        }
    };
    collector.take(json!([message])).await;
}

/// All that is told, of everybody and of the others.
async fn told(collector: &Collector) -> Value {
    let mut told = vec![
        collector
            .admin_get("/api/v1/metrics/activation")
            .await
            .json(),
        collector.admin_get("/api/v1/metrics/sessions").await.json(),
    ];
    for who in [1, 2] {
        for id in [
            json!({ "userId": format!("user-{who}") }),
            json!({ "anonymousId": format!("browser-{who}") }),
        ] {
            let refresh = with(id, json!({ "refresh": true }));
            told.push(collector.boot(refresh).await);
        }
    }
    json!(told)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn who_was_erased_was_never_there(deeds in prop::collection::vec(deed(), 1..24)) {
        run(async {
            let with_them = live(&deeds, None).await;
            let without_them = live(&deeds, Some(0)).await;
            for path in ["user-0", "browser-0?anonymous=true"] {
                // One of them, both (who never signed in), or none.
                with_them.admin(Method::DELETE, &format!("/api/v1/people/{path}"), "").await;
            }
            prop_assert_eq!(told(&with_them).await, told(&without_them).await);
            prop_assert!(!with_them.database_has(b"user-0"));
            prop_assert!(!with_them.database_has(b"browser-0"));
            Ok(())
        })?;
    }
}
