use serde_json::{Value, json};

use crate::support::{Collector, DAY, HOUR, MINUTE, NOW, SECOND, checklist, own, with};

/// A report of a tab, by default of a session that is long over.
struct Report {
    user: &'static str,
    session: &'static str,
    tab: &'static str,
    began: i64,
    length: i64,
    engaged: i64,
    task: Option<&'static str>,
}

/// Three minutes at step 2.
const REPORT: Report = Report {
    user: "user-1",
    session: "s",
    tab: "tab-1",
    began: NOW - DAY,
    length: 4 * MINUTE,
    engaged: 3 * MINUTE,
    task: Some("company-name"),
};

impl Report {
    fn message(&self, at: i64) -> Value {
        let properties = json!({
            "session_id": self.session, "tab_id": self.tab, "started_at": self.began,
            "length_ms": self.length, "engaged_ms": self.engaged,
        });
        let task = self.task.map_or(
            json!({}),
            |task| json!({ "content_id": "getting-started", "task_id": task }),
        );
        let id = format!("{}/{}/{at}", self.session, self.tab);
        own(
            &id,
            self.user,
            "Session Updated",
            at,
            with(properties, task),
        )
    }

    async fn send(&self, collector: &Collector) {
        self.send_at(collector, self.began + self.length).await;
    }

    async fn send_at(&self, collector: &Collector, at: i64) {
        collector.take(json!([self.message(at)])).await;
    }
}

async fn ends(collector: &Collector) -> Value {
    let answer = collector.admin_get("/api/v1/metrics/sessions").await;
    answer.json()["ends"].clone()
}

/// Tasks, sessions that ended there, people, and those of them who never came back.
async fn counts(collector: &Collector) -> Vec<(String, u64, u64, u64)> {
    let ends = ends(collector).await;
    let count = |end: &Value, name: &str| end[name].as_u64().expect("a number");
    ends.as_array()
        .expect("a list")
        .iter()
        .map(|end| {
            (
                end["task_id"].as_str().unwrap_or("none").to_owned(),
                count(end, "sessions"),
                count(end, "people"),
                count(end, "never_came_back"),
            )
        })
        .collect()
}

fn at(task: &str, sessions: u64, people: u64, never_came_back: u64) -> (String, u64, u64, u64) {
    (task.to_owned(), sessions, people, never_came_back)
}

#[tokio::test]
async fn at_which_step_people_leave_after_how_long_and_for_good_is_told() {
    let collector = Collector::with_content(json!([checklist()])).await;
    let leaves = |user, session, engaged| Report {
        user,
        session,
        engaged,
        length: engaged + MINUTE,
        ..REPORT
    };
    leaves("gone-1", "s1", 2 * MINUTE).send(&collector).await;
    leaves("gone-2", "s2", 3 * MINUTE).send(&collector).await;
    leaves("back", "s3", 4 * MINUTE).send(&collector).await;
    for report in [
        Report {
            began: NOW - 5 * HOUR,
            task: Some("connect-bank"),
            ..leaves("back", "s4", 20 * SECOND)
        },
        Report {
            task: None,
            ..leaves("done", "s5", 10 * MINUTE)
        },
        Report {
            task: Some("removed-since"),
            ..leaves("early", "s6", MINUTE)
        },
        Report {
            began: NOW - 10 * MINUTE,
            ..leaves("still-there", "s7", 3 * MINUTE)
        },
    ] {
        report.send(&collector).await;
    }
    insta::assert_json_snapshot!(ends(&collector).await);
}

#[tokio::test]
async fn a_session_has_ended_when_it_was_not_used_for_30_minutes() {
    let collector = Collector::start();
    let report = Report {
        began: NOW - 4 * MINUTE,
        ..REPORT
    };
    report.send(&collector).await;
    collector.pass(30 * MINUTE);
    assert_eq!(counts(&collector).await, []);
    collector.pass(1);
    assert_eq!(counts(&collector).await, [at("company-name", 1, 1, 1)]);
    // It was not over after all: the tab was offline, and says so now.
    let longer = Report {
        length: 34 * MINUTE,
        ..report
    };
    longer.send(&collector).await;
    assert_eq!(counts(&collector).await, []);
}

#[tokio::test]
async fn of_a_tab_the_task_of_its_latest_report_counts() {
    let first = Report {
        task: Some("create-invoice"),
        engaged: MINUTE,
        ..REPORT
    };
    // Nothing but the task has changed: somebody else did the one before.
    let same_totals = Report {
        task: Some("create-invoice"),
        ..REPORT
    };
    let none = Report {
        engaged: 4 * MINUTE,
        task: None,
        ..REPORT
    };
    let reports = [
        first.message(NOW - DAY + MINUTE),
        same_totals.message(NOW - DAY + 3 * MINUTE),
        REPORT.message(NOW - DAY + 4 * MINUTE),
    ];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let collector = Collector::start();
        for place in order {
            collector.take(json!([reports[place]])).await;
        }
        assert_eq!(counts(&collector).await, [at("company-name", 1, 1, 1)]);
        none.send(&collector).await;
        assert_eq!(counts(&collector).await, [at("none", 1, 1, 1)]);
    }
}

#[tokio::test]
async fn of_a_session_the_task_of_the_tab_used_last_counts() {
    let used_first = Report {
        tab: "tab-1",
        length: 10 * MINUTE,
        engaged: 9 * MINUTE,
        task: Some("create-invoice"),
        ..REPORT
    };
    let used_last = Report {
        tab: "tab-2",
        length: 12 * MINUTE,
        engaged: MINUTE,
        task: Some("connect-bank"),
        ..REPORT
    };
    // It lies open, and knows how long the session is now.
    let lies_open = Report {
        length: 12 * MINUTE,
        ..used_first
    };
    let reports = [
        used_first.message(NOW - DAY + 10 * MINUTE),
        used_last.message(NOW - DAY + 12 * MINUTE),
        lies_open.message(NOW - DAY + 13 * MINUTE),
    ];
    for order in [[0, 1, 2], [2, 1, 0], [2, 0, 1]] {
        let collector = Collector::start();
        for place in order {
            collector.take(json!([reports[place]])).await;
        }
        assert_eq!(counts(&collector).await, [at("connect-bank", 1, 1, 1)]);
        assert_eq!(
            ends(&collector).await[0]["engaged"]["median_ms"],
            10 * MINUTE
        );
    }
}

#[tokio::test]
async fn who_comes_back_in_whatever_way_has_come_back() {
    let collector = Collector::start();
    REPORT.send(&collector).await;
    let gone = [at("company-name", 1, 1, 1)];
    let back = [at("company-name", 1, 1, 0)];
    assert_eq!(counts(&collector).await, gone);
    // The same sitting, though the widget was no longer there.
    collector.pass(-DAY + 20 * MINUTE);
    collector.boot(json!({ "userId": "user-1" })).await;
    collector.pass(DAY);
    assert_eq!(counts(&collector).await, gone);
    collector.boot(json!({ "userId": "user-2" })).await;
    assert_eq!(counts(&collector).await, gone, "somebody else");
    collector.boot(json!({ "userId": "user-1" })).await;
    assert_eq!(counts(&collector).await, back, "known from a boot alone");

    let collector = Collector::start();
    REPORT.send(&collector).await;
    let still_there = Report {
        session: "later",
        began: NOW - 5 * MINUTE,
        ..REPORT
    };
    still_there.send(&collector).await;
    assert_eq!(counts(&collector).await, back, "they are there now");
}

#[tokio::test]
async fn of_sessions_side_by_side_the_one_that_ended_last_is_the_last() {
    let collector = Collector::start();
    let on_the_phone = Report {
        session: "phone",
        length: 3 * HOUR,
        task: Some("connect-bank"),
        ..REPORT
    };
    let at_the_desk = Report {
        session: "desk",
        began: NOW - DAY + HOUR,
        ..REPORT
    };
    on_the_phone.send(&collector).await;
    at_the_desk.send(&collector).await;
    assert_eq!(
        counts(&collector).await,
        [at("company-name", 1, 1, 0), at("connect-bank", 1, 1, 1)]
    );
}

#[tokio::test]
async fn a_session_that_is_reported_14_days_late_corrects_who_came_back() {
    let collector = Collector::start();
    REPORT.send(&collector).await;
    collector.pass(14 * DAY);
    let later = Report {
        session: "later",
        began: NOW - DAY + 5 * HOUR,
        task: Some("connect-bank"),
        ..REPORT
    };
    later.send(&collector).await;
    assert_eq!(
        counts(&collector).await,
        [at("company-name", 1, 1, 0), at("connect-bank", 1, 1, 1)]
    );
    let earlier = Report {
        session: "earlier",
        began: NOW - 2 * DAY,
        ..REPORT
    };
    earlier.send(&collector).await;
    assert_eq!(
        counts(&collector).await,
        [at("company-name", 2, 1, 0), at("connect-bank", 1, 1, 1)]
    );
}

#[tokio::test]
async fn a_session_of_which_no_task_is_told_ended_at_none() {
    let long = "x".repeat(257);
    for told in [
        json!({}),
        json!({ "task_id": "create-invoice" }),
        json!({ "content_id": "getting-started" }),
        json!({ "content_id": "getting-started", "task_id": long }),
        json!({ "content_id": 7, "task_id": "create-invoice" }),
        json!({ "content_id": "", "task_id": "create-invoice" }),
    ] {
        let collector = Collector::start();
        let report = Report {
            task: None,
            ..REPORT
        };
        let mut message = report.message(NOW - DAY);
        message["properties"] = with(message["properties"].clone(), told);
        collector.take(json!([message])).await;
        assert_eq!(counts(&collector).await, [at("none", 1, 1, 1)]);
    }
    // Begun and never updated.
    let collector = Collector::start();
    let began = json!({ "session_id": "s", "started_at": NOW - DAY });
    collector
        .take(json!([own(
            "m",
            "user-1",
            "Session Started",
            NOW - DAY,
            began
        )]))
        .await;
    assert_eq!(counts(&collector).await, [at("none", 1, 1, 1)]);
}
