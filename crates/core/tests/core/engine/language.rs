//! Content in another language: what was on screen goes on where it was.

use headstart_core::time::{DAY, HOUR};
use headstart_core::{Act, Known};
use serde_json::{Value as Json, json};

use super::{Page, checklist, plus, tour, tracked};

fn german(mut document: Json) -> Json {
    document["language"] = json!("de");
    document["title"] = json!("Auf Deutsch");
    for list in ["tasks", "steps"] {
        for item in document[list].as_array_mut().into_iter().flatten() {
            item["title"] = json!("Schritt");
        }
    }
    document
}

#[test]
fn a_tour_stays_at_its_step_and_nothing_is_reported_anew() {
    let mut page = Page::with(&[tour()]);
    for selector in ["#one", "#two", "#three"] {
        page.appear(selector);
    }
    page.act(Act::Next("tour".into()));
    let effects = page.boot(&[german(tour())], Known::default());
    let card = page.card("tour").expect("it is still up");
    assert_eq!(
        (card.step.as_str(), card.title.as_str()),
        ("two", "Schritt")
    );
    assert_eq!(card.language.as_deref(), Some("de"));
    assert!(card.can_go_back);
    assert_eq!(tracked(&effects), Vec::<String>::new());
}

#[test]
fn a_checklist_stays_open_with_its_task_unfolded() {
    let mut page = Page::with(&[checklist()]);
    page.act(Act::Open("list".into()));
    page.act(Act::Toggle("create".into()));
    assert_eq!(page.view().checklist.expect("it is there").language, None);
    page.boot(&[german(checklist())], Known::default());
    let list = page.view().checklist.expect("it is still there");
    assert!(list.open);
    assert_eq!(list.title, "Auf Deutsch");
    assert_eq!(list.language.as_deref(), Some("de"));
    let unfolded = list.tasks.iter().find(|task| task.expanded);
    assert_eq!(unfolded.map(|task| task.id.as_str()), Some("create"));
}

#[test]
fn a_reminder_is_in_the_language_of_its_checklist() {
    let mut document = german(checklist());
    document["tasks"][0] = plus(document["tasks"][0].clone(), "due", json!("2d"));
    let mut page = Page::with(&[document]);
    page.pass(2 * DAY - HOUR);
    page.next_session();
    page.wait(HOUR);
    let card = page.card("list.due.create").expect("it is up");
    assert_eq!(card.language.as_deref(), Some("de"));
}
