use headstart_core::engine::{Reason, Verdict};
use headstart_core::run::CELEBRATION;
use headstart_core::{Act, Known};
use serde_json::json;

use super::{Page, checklist, tip};

#[test]
fn every_piece_of_content_is_explained() {
    let page = Page::with(&[checklist(), tip()]);
    assert_eq!(page.verdict("list"), Verdict::Shown);
    assert_eq!(page.verdict("tip"), Verdict::Hidden(Reason::Trigger));
}

#[test]
fn the_first_reason_is_told_in_the_order_in_which_it_is_decided() {
    let mut document = tip();
    document["audience"] = json!({"trait": {"name": "plan"}});
    let mut page = Page::with(&[document.clone()]);
    assert_eq!(page.verdict("tip"), Verdict::Hidden(Reason::Audience));
    let mut known = Known::default();
    known.traits.set("plan", "pro".into(), 1);
    page.boot(&[document], known);
    assert_eq!(page.verdict("tip"), Verdict::Hidden(Reason::Trigger));
    page.track("Created");
    assert_eq!(
        page.verdict("tip"),
        Verdict::Hidden(Reason::TargetMissing("#templates".into()))
    );
    page.appear("#templates");
    assert_eq!(page.verdict("tip"), Verdict::Shown);
    page.act(Act::Dismiss("tip".into()));
    assert_eq!(page.verdict("tip"), Verdict::Hidden(Reason::Dismissed));
}

#[test]
fn a_completed_checklist_says_so() {
    let mut page = Page::with(&[checklist()]);
    page.track("Created");
    page.track("Sent");
    assert_eq!(page.verdict("list"), Verdict::Shown);
    page.pass(CELEBRATION + 1);
    page.go("/elsewhere");
    assert_eq!(page.verdict("list"), Verdict::Hidden(Reason::Completed));
}

#[test]
fn a_page_that_was_not_looked_at_says_so() {
    let mut page = Page::new();
    page.boot(&[checklist()], Known::default());
    assert_eq!(page.verdict("list"), Verdict::Hidden(Reason::NotLookedAt));
}
