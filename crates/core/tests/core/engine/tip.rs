use headstart_core::engine::{Reason, Verdict};
use headstart_core::session::{IDLE, Signal};
use headstart_core::time::{HOUR, MINUTE};
use headstart_core::{Act, Effect, Input};
use serde_json::json;

use super::{Page, tip, tracked};

fn page_with_target() -> Page {
    let mut page = Page::with(&[tip()]);
    page.appear("#templates");
    page
}

#[test]
fn a_tip_waits_for_its_trigger() {
    let mut page = page_with_target();
    assert_eq!(page.view().interruption(), None);
    let effects = page.track("Created");
    assert_eq!(
        page.view().interruption().expect("the tip is up").title,
        "That was easy"
    );
    assert_eq!(tracked(&effects), ["Created", "Tip Shown"]);
}

#[test]
fn a_tip_needs_its_target_and_comes_and_goes_with_it() {
    let mut page = Page::with(&[tip()]);
    page.track("Created");
    assert_eq!(page.view().interruption(), None);
    page.appear("#templates");
    assert!(page.view().interruption().is_some());
    page.vanish("#templates");
    assert_eq!(page.view().interruption(), None);
    page.effects.clear();
    page.appear("#templates");
    assert!(page.view().interruption().is_some());
    assert_eq!(
        tracked(&page.effects),
        Vec::<String>::new(),
        "shown is reported once"
    );
}

#[test]
fn a_tip_that_is_up_stays_though_its_trigger_was_a_passing_one() {
    let mut page = page_with_target();
    page.track("Created");
    page.pass(11 * MINUTE);
    page.go("/elsewhere");
    assert!(page.view().interruption().is_some());
}

#[test]
fn a_trigger_that_passed_before_the_target_came_brings_nothing_up() {
    let mut page = Page::with(&[tip()]);
    page.track("Created");
    page.pass(11 * MINUTE);
    page.appear("#templates");
    assert_eq!(page.view().interruption(), None);
    assert_eq!(page.verdict("tip"), Verdict::Hidden(Reason::Trigger));
}

#[test]
fn closing_a_tip_is_for_good() {
    let mut page = page_with_target();
    page.track("Created");
    let effects = page.act(Act::Dismiss("tip".into()));
    assert_eq!(tracked(&effects), ["Tip Dismissed"]);
    page.track("Created");
    assert_eq!(page.view().interruption(), None);
}

#[test]
fn following_a_tip_by_its_button_or_its_target_closes_it() {
    let mut page = page_with_target();
    page.track("Created");
    let press = Act::Press {
        content: "tip".into(),
        task: None,
        button: 0,
    };
    let effects = page.act(press);
    assert_eq!(effects[0], Effect::Navigate("/templates".into()));
    assert_eq!(page.view().interruption(), None);

    let mut page = page_with_target();
    page.track("Created");
    let effects = page.apply(Input::Clicked("#templates".into()));
    assert_eq!(tracked(&effects), ["Tip Completed"]);
    assert_eq!(page.view().interruption(), None);
}

#[test]
fn a_click_on_the_target_before_the_tip_is_up_closes_nothing() {
    let mut page = page_with_target();
    assert_eq!(
        tracked(&page.apply(Input::Clicked("#templates".into()))),
        Vec::<String>::new()
    );
    page.track("Created");
    assert!(page.view().interruption().is_some());
}

#[test]
fn once_is_one_session_and_until_dismissed_is_every_session() {
    for (frequency, again) in [("once", false), ("until_dismissed", true)] {
        let mut document = tip();
        document["frequency"] = json!(frequency);
        document["trigger"] = json!({"event": {"name": "Created"}});
        let mut page = Page::with(&[document]);
        page.appear("#templates");
        page.track("Created");
        assert!(page.view().interruption().is_some());
        page.signal(Signal::Visible(false));
        page.pass(IDLE + HOUR);
        page.signal(Signal::Visible(true));
        assert_eq!(page.view().interruption().is_some(), again, "{frequency}");
    }
}

#[test]
fn only_one_tip_is_up_at_a_time_and_the_next_follows() {
    let mut other = tip();
    other["id"] = json!("other");
    other["priority"] = json!(1);
    let mut page = Page::with(&[tip(), other]);
    page.appear("#templates");
    page.track("Created");
    assert_eq!(
        page.view()
            .interruption()
            .expect("one is up")
            .content
            .as_str(),
        "other"
    );
    assert_eq!(
        page.verdict("tip"),
        Verdict::Hidden(Reason::LowerPriority("other".into()))
    );
    page.act(Act::Dismiss("other".into()));
    assert_eq!(
        page.view()
            .interruption()
            .expect("the next is up")
            .content
            .as_str(),
        "tip"
    );
}
