//! What no history may bring about: that the user is nagged.

use std::collections::BTreeMap;

use headstart_core::engine::{Explanation, Limits, Verdict};
use headstart_core::session::Signal;
use headstart_core::time::{DAY, HOUR, MINUTE, Span};
use headstart_core::{Act, Body, ContentId, Effect, Engine, Input, Known, Value};
use proptest::prelude::*;

use super::{EPOCH, IDS, any_history, boot, calm_history, play};
use crate::engine::{Page, messages};

/// The interruptions that came by themselves: when, and in which session.
fn interruptions(effects: &[Vec<Effect>]) -> Vec<(i64, String)> {
    let sent = effects.iter().flat_map(|effects| messages(effects));
    let starts = sent.filter_map(|message| match message.body {
        Body::Track { event, properties }
            if event.ends_with(" Shown") || event == "Tour Started" =>
        {
            let by_itself = properties.get("interrupts") == Some(&Value::Bool(true));
            let session = properties.get("session_id").and_then(Value::as_text);
            let session = session.unwrap_or_default().to_owned();
            by_itself.then_some((message.at, session))
        }
        _ => None,
    });
    starts.collect()
}

fn any_limits() -> impl Strategy<Value = Limits> {
    let few = || prop::option::of(0_u32..3);
    let quiet =
        prop::option::of((0_i64..40).prop_map(|minutes| Span::from_millis(minutes * MINUTE)));
    (few(), few(), quiet).prop_map(|(per_session, per_day, quiet)| Limits {
        per_session,
        per_day,
        quiet,
    })
}

/// What a history brings about in a project with these limits. What is up is closed before each input, so
/// that there is room for more.
fn play_within(limits: Limits, history: &[(Input, i64, i64)]) -> Vec<Vec<Effect>> {
    let limited = |input: Input| match input {
        Input::Booted(mut boot) => {
            boot.settings.limits = limits;
            Input::Booted(boot)
        }
        other => other,
    };
    let mut page = Page::new();
    page.now.wall = EPOCH;
    let mut all = vec![
        page.apply(limited(Input::Booted(boot(Known::default())))),
        page.signal(Signal::Visible(true)),
    ];
    for (input, pass, _) in history {
        page.pass(*pass);
        if let Some(up) = page.up() {
            all.push(page.act(Act::Dismiss(up.as_str().into())));
        }
        all.push(page.apply(limited(input.clone())));
    }
    all
}

fn on_screen(engine: &Engine) -> Vec<ContentId> {
    let view = engine.view();
    let list = view.checklist.into_iter().map(|list| list.content);
    list.chain(view.cards.into_iter().map(|card| card.content))
        .collect()
}

/// What somebody last asked of a piece: to put it off, to call it back.
type Asked = (Option<(i64, i64)>, Option<i64>);

/// Until when each piece is put off, with when it was, and when it was last called back.
fn put_off(page: &Page) -> BTreeMap<&'static str, (i64, Asked)> {
    let session = page.engine.clock().record();
    let began = session.map_or(i64::MIN, |session| session.started_at);
    let until = |id: &&'static str| {
        let run = page.engine.known().run(&(*id).into());
        let until = run.snoozed_until(page.now.wall, began)?;
        Some((*id, (until, (run.snoozed, run.recalled_at))))
    };
    IDS.iter().filter_map(until).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn never_are_two_interrupting_pieces_or_two_banners_up_at_once(history in any_history()) {
        let mut page = Page::new();
        page.apply(Input::Booted(boot(Known::default())));
        for (input, pass, clock_set) in history {
            page.pass(pass);
            page.now.wall += clock_set;
            page.apply(input);
            let cards = page.view().cards;
            prop_assert!(cards.iter().filter(|card| card.form.interrupts()).count() <= 1);
            prop_assert!(cards.iter().filter(|card| card.form.name() == "banner").count() <= 1);
        }
    }

    #[test]
    fn never_is_the_user_interrupted_more_often_than_the_project_allows(
        history in calm_history(), limits in any_limits(),
    ) {
        let starts = interruptions(&play_within(limits, &history));
        let most = |limit: Option<u32>| limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap());
        for (at, session) in &starts {
            let in_session = starts.iter().filter(|(_, other)| other == session);
            prop_assert!(in_session.count() <= most(limits.per_session), "{starts:?}");
            let in_a_day = starts.iter().filter(|(other, _)| (*at..at + DAY).contains(other));
            prop_assert!(in_a_day.count() <= most(limits.per_day), "{starts:?}");
        }
        let quiet = limits.quiet.map_or(0, Span::millis);
        for pair in starts.windows(2) {
            prop_assert!(pair[1].0 - pair[0].0 >= quiet, "{starts:?}");
        }
    }

    #[test]
    fn raising_the_priority_of_something_never_hides_it(history in any_history(), by in 1_i32..9) {
        let (_, page) = play(&history);
        let after_boot = |raised: Option<&str>| {
            let mut engine = page.engine.clone();
            let mut boot = boot(Known::default());
            for content in &mut boot.content {
                if Some(content.id.as_str()) == raised {
                    content.priority += by;
                }
            }
            engine.apply(Input::Booted(boot), page.now);
            on_screen(&engine)
        };
        for id in after_boot(None) {
            let shown = after_boot(Some(id.as_str()));
            prop_assert!(shown.contains(&id), "{id} is not among {shown:?}");
        }
    }

    #[test]
    fn time_alone_ends_what_was_put_off_and_never_begins_it(history in any_history()) {
        let (_, mut page) = play(&history);
        let mut before = put_off(&page);
        for _ in 0..8 {
            page.pass(HOUR);
            let after = put_off(&page);
            for (id, state) in &after {
                prop_assert_eq!(before.get(id), Some(state));
            }
            before = after;
        }
        prop_assert!(before.values().all(|(until, _)| *until == i64::MAX));
    }

    #[test]
    fn what_is_put_off_comes_back_in_time_or_when_it_is_called_and_for_nothing_else(
        history in calm_history(),
    ) {
        let mut page = Page::new();
        page.apply(Input::Booted(boot(Known::default())));
        for (input, pass, _) in history {
            let session = page.engine.clock().record().cloned();
            let before = put_off(&page);
            page.pass(pass);
            page.apply(input);
            let after = put_off(&page);
            let another = page.engine.clock().record().map(|record| &record.id)
                != session.as_ref().map(|record| &record.id);
            for (id, (until, asked)) in before {
                let run = page.engine.known().run(&id.into());
                let is_over = page.now.wall >= until || (until == i64::MAX && another);
                if (run.snoozed, run.recalled_at) == asked && !is_over {
                    prop_assert!(after.contains_key(id), "{id}");
                    prop_assert!(!on_screen(&page.engine).contains(&id.into()), "{id}");
                }
            }
        }
    }

    #[test]
    fn what_is_explained_as_shown_is_on_screen_and_the_other_way_round(history in calm_history()) {
        let mut page = Page::new();
        page.apply(Input::Booted(boot(Known::default())));
        for (input, pass, _) in history {
            page.pass(pass);
            page.apply(input);
            let shown = on_screen(&page.engine);
            for Explanation { content, verdict, .. } in page.engine.explain(page.now) {
                prop_assert_eq!(shown.contains(&content), verdict == Verdict::Shown, "{}", content);
            }
        }
    }

    #[test]
    fn one_input_brings_about_a_bounded_number_of_effects(history in any_history()) {
        let (effects, _) = play(&history);
        for effects in effects {
            prop_assert!(effects.len() < 200, "{} effects", effects.len());
        }
    }

    #[test]
    fn once_settled_it_stays_so_until_something_happens(history in any_history()) {
        let (_, page) = play(&history);
        let mut engine = page.engine.clone();
        engine.apply(Input::Learnt(Known::default()), page.now);
        let (view, known) = (engine.view(), engine.known().clone());
        engine.apply(Input::Learnt(Known::default()), page.now);
        prop_assert_eq!(engine.view(), view);
        prop_assert_eq!(engine.known(), &known);
    }
}
