//! `/api/v1/content/rollback`.

use serde_json::{Value, json};

use crate::support::{Answer, Collector, checklist, with};

const PATH: &str = "/api/v1/content/rollback";
const ID: &str = "getting-started";

/// So many versions, called `One`, `Two` and so on.
async fn published(titles: &[&str]) -> Collector {
    let collector = Collector::start();
    for title in titles {
        let german = json!({ "de": { "title": format!("{title} auf Deutsch") } });
        let document = json!({ "title": title, "translations": german });
        collector
            .publish(json!([with(checklist(), document)]))
            .await;
    }
    collector
}

async fn roll_back(collector: &Collector, body: Value) -> Answer {
    collector.admin_post(PATH, &body.to_string()).await
}

async fn seen(collector: &Collector, language: &str) -> (Value, Value) {
    let who = json!({ "anonymousId": "browser-1", "language": language });
    let boot = collector.boot(who).await;
    let content = &boot["content"][0];
    (content["title"].clone(), content["version"].clone())
}

#[tokio::test]
async fn an_older_version_comes_back_as_the_next_one() {
    let collector = published(&["One", "Two", "Three"]).await;
    let answer = roll_back(&collector, json!({ "id": ID, "version": 1 })).await;
    assert_eq!(
        answer.json(),
        json!({ "id": ID, "version": 4, "restored": 1, "changed": true, "draft_differs": true })
    );
    assert_eq!(seen(&collector, "en").await, (json!("One"), json!(4)));
    assert_eq!(
        collector.rows::<String>("SELECT document ->> 'title' FROM publications ORDER BY version"),
        ["One", "Two", "Three", "One"]
    );
}

#[tokio::test]
async fn its_translations_come_back_with_it() {
    let collector = published(&["One", "Two"]).await;
    roll_back(&collector, json!({ "id": ID })).await;
    let german = (json!("One auf Deutsch"), json!(3));
    assert_eq!(seen(&collector, "de").await, german);
}

#[tokio::test]
async fn all_else_that_the_database_has_of_it_comes_back_too() {
    let collector = published(&["One", "Two"]).await;
    let others: Vec<String> = collector.rows(
        "SELECT name FROM pragma_table_info('publications')
         WHERE name NOT IN ('project', 'id', 'version', 'document', 'published_at')",
    );
    assert!(others.contains(&"translations".to_owned()));
    for column in &others {
        // JSON, all of them, and of the first version only.
        let sql = format!("UPDATE publications SET {column} = iif(version = 1, '{{}}', NULL)");
        collector.open().execute(&sql, []).expect("it is written");
    }
    let answer = roll_back(&collector, json!({ "id": ID })).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    for column in &others {
        let sql = format!("SELECT {column} FROM publications WHERE version = 3");
        assert_eq!(
            collector.row::<Option<String>>(&sql),
            Some("{}".to_owned()),
            "{column}"
        );
    }
}

#[tokio::test]
async fn without_a_version_each_time_goes_one_further_back() {
    let collector = published(&["One", "Two", "Three"]).await;
    for (version, restored) in [(4, 2), (5, 1)] {
        let answer = roll_back(&collector, json!({ "id": ID })).await.json();
        assert_eq!(
            (&answer["version"], &answer["restored"]),
            (&json!(version), &json!(restored))
        );
    }
    let answer = roll_back(&collector, json!({ "id": ID })).await;
    assert_eq!(
        answer.error(),
        (404, "not_found".to_owned(), "version".to_owned())
    );
    assert_eq!(
        answer.json()["error"]["message"],
        "`getting-started` has no version before the one that users have; name one of 1 to 5"
    );
}

#[tokio::test]
async fn what_users_have_already_is_no_new_version() {
    let collector = published(&["One", "Two"]).await;
    let back = json!({ "id": ID, "version": 1 });
    roll_back(&collector, back.clone()).await;
    assert_eq!(
        roll_back(&collector, back).await.json(),
        json!({ "id": ID, "version": 3, "restored": 1, "changed": false, "draft_differs": true })
    );
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM publications"), 3);
}

#[tokio::test]
async fn the_draft_stays_as_it_is() {
    let collector = published(&["One", "Two"]).await;
    roll_back(&collector, json!({ "id": ID })).await;
    let list = collector.admin_get("/api/v1/content").await.json();
    let item = &list["content"][0];
    assert_eq!(item["draft"]["title"], "Two");
    assert_eq!(item["changed"], true);
    assert_eq!(item["published_version"], 3);
}

#[tokio::test]
async fn it_holds_after_a_restart() {
    let collector = published(&["One", "Two"]).await;
    roll_back(&collector, json!({ "id": ID })).await;
    let collector = collector.restart();
    assert_eq!(seen(&collector, "en").await, (json!("One"), json!(3)));
}

#[tokio::test]
async fn what_is_not_there_is_refused_with_the_remedy() {
    let collector = published(&["One"]).await;
    for (body, path, told) in [
        (
            json!({ "id": "nothing" }),
            "id",
            "no content `nothing` was ever published, so there is nothing to go back to; compare the id with that in your files, or publish it with `headstart content publish nothing`",
        ),
        (
            json!({ "id": ID }),
            "version",
            "`getting-started` has no version before the one that users have; there is only one: push and publish a correction instead",
        ),
        (
            json!({ "id": ID, "version": 7 }),
            "version",
            "there is no version 7 of `getting-started`; there is only one: push and publish a correction instead",
        ),
    ] {
        let answer = roll_back(&collector, body).await;
        assert_eq!(
            answer.error(),
            (404, "not_found".to_owned(), path.to_owned())
        );
        assert_eq!(answer.json()["error"]["message"], told);
    }
    assert_eq!(roll_back(&collector, json!({})).await.status, 400, "no id");
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM publications"), 1);
}
