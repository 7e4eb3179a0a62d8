//! Cards: tips, hints, notes, the steps of tours, banners and modals.
//!
//! Each stands in an element of its own with all that belongs to it, in the order in which
//! `www/stand.js` raises it: what lies over its target, what dims the page, the card.

use headstart_core::Act;
use headstart_core::content::{Form, Side, Snooze, Spotlight};
use headstart_core::engine::view::{ButtonView, CardView, Label};
use headstart_core::language::DEFAULT;
use headstart_core::text::concat;
use headstart_core::time::{DAY, Span};
use yew::{Callback, Event, Html, html};

use super::button::{tool, written};
use super::icon::{BACK, CROSS, MORE, icon};
use super::pen::Pen;
use super::rich::rich;
use super::spotlight::{backdrop, spotlight};
use super::words::{Word, say, say_of};

/// Numbers that no other card has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys {
    /// The same for as long as it is up: a user may be about to press one of its buttons while the page
    /// puts another element in its target's place.
    pub card: u32,
    /// Another when its target is another: Firefox keeps a popover at its first anchor for a while, so
    /// another target takes another mark.
    pub mark: u32,
}

/// Draws a card.
pub(super) fn card(pen: &Pen<'_>, card: &CardView, keys: Keys) -> Html {
    let key = keys.card;
    let anchored = card.target.is_some() && card.form != Form::Inline;
    let dims = card.form == Form::Tour && card.target.is_none();
    html! {
        <div
            {key}
            class="stand"
            data-content={card.content.as_str().to_owned()}
            data-side={card.side.map(Side::name)}
            data-reveal={card.is_scrolled_to().then_some("")}
        >
            if anchored {
                <div
                    key={keys.mark}
                    class="mark"
                    popover="manual"
                    aria-hidden="true"
                    data-form={card.form.name()}
                />
            }
            if card.form == Form::Hint {
                { beacon(pen, card, key) }
            }
            if let Some(light) = card.spotlight.filter(|_| anchored) {
                { spotlight(light == Spotlight::Blocked) }
            }
            if dims {
                { backdrop() }
            }
            if card.form == Form::Modal {
                <dialog
                    class="card modal"
                    lang={language(card)}
                    data-form="modal"
                    aria-labelledby={title_id(key)}
                    aria-describedby={body_id(card, key)}
                    oncancel={cancelled(pen, card)}
                    onkeydown={pen.keys(Some(close(card)))}
                >
                    { inside(pen, card, key) }
                </dialog>
            } else {
                <div
                    class="card"
                    id={card_id(key)}
                    lang={language(card)}
                    data-form={card.form.name()}
                    data-centred={(card.form == Form::Tour && !anchored).then_some("")}
                    hidden={card.form == Form::Hint && !card.open}
                    popover={(card.form != Form::Inline).then_some("manual")}
                    role={if matches!(card.form, Form::Inline | Form::Banner) { "region" } else { "dialog" }}
                    aria-labelledby={title_id(key)}
                    aria-describedby={body_id(card, key)}
                    onkeydown={pen.keys(Some(escape(card)))}
                >
                    { inside(pen, card, key) }
                </div>
            }
        </div>
    }
}

fn card_id(key: u32) -> String {
    concat(&["hs-card-", &key.to_string()])
}

fn title_id(key: u32) -> String {
    concat(&["hs-title-", &key.to_string()])
}

fn body_id(card: &CardView, key: u32) -> Option<String> {
    card.body
        .as_ref()
        .map(|_| concat(&["hs-body-", &key.to_string()]))
}

fn language(card: &CardView) -> String {
    card.language.as_deref().unwrap_or(DEFAULT).to_owned()
}

fn close(card: &CardView) -> Act {
    Act::Dismiss(card.content.clone())
}

/// A hint goes back into its mark; everything else is closed.
fn escape(card: &CardView) -> Act {
    if card.form == Form::Hint {
        Act::OpenHint(card.content.clone())
    } else {
        close(card)
    }
}

/// Browsers close dialogs by more than the key, such as the back gesture of a phone.
fn cancelled(pen: &Pen<'_>, card: &CardView) -> Callback<Event> {
    let (emit, act) = (pen.act.clone(), close(card));
    Callback::from(move |_| emit.emit(act.clone()))
}

/// The mark of a hint, which opens it.
fn beacon(pen: &Pen<'_>, card: &CardView, key: u32) -> Html {
    html! {
        <button
            type="button"
            class="beacon"
            popover="manual"
            lang={language(card)}
            aria-label={card.title.clone()}
            aria-expanded={card.open.to_string()}
            aria-controls={card.open.then(|| card_id(key))}
            onkeydown={pen.keys(card.open.then(|| escape(card)))}
            onclick={pen.does(Act::OpenHint(card.content.clone()))}
        />
    }
}

fn inside(pen: &Pen<'_>, card: &CardView, key: u32) -> Html {
    html! {
        <>
            <div class="text">
                <h2 id={title_id(key)} tabindex="-1">{ &card.title }</h2>
                if let Some(body) = &card.body {
                    <div class="rich" id={body_id(card, key)}>{ rich(pen, body) }</div>
                }
            </div>
            { foot(pen, card) }
            <div class="corner">
                if card.can_snooze {
                    { more(pen, card) }
                }
                { tool(Word::Close, CROSS, pen.does(close(card))) }
            </div>
        </>
    }
}

fn foot(pen: &Pen<'_>, card: &CardView) -> Html {
    if card.buttons.is_empty() && card.place.is_none() && !card.can_go_back {
        return Html::default();
    }
    let buttons = card.buttons.iter().enumerate();
    let buttons: Vec<Html> = buttons
        .map(|(index, one)| {
            let own = !matches!(one.label, Label::Text(_));
            written(label(one).into(), own, index > 0, pen.does(one.act.clone()))
        })
        .collect();
    let place = match card.place {
        Some((place, total)) => Some(say_of(Word::Step, place, total)),
        None => (card.form == Form::Reminder).then(|| say(Word::Reminder)),
    };
    html! {
        <div class="foot">
            if let Some(place) = place {
                <span class="place">{ place }</span>
            }
            if card.can_go_back {
                { tool(Word::Back, BACK, pen.does(Act::Back(card.content.clone()))) }
            }
            { buttons }
        </div>
    }
}

fn label(button: &ButtonView) -> String {
    match &button.label {
        Label::Text(text) => text.clone(),
        Label::Next => say(Word::Next),
        Label::Done => say(Word::Finish),
        Label::ShowMe => say(Word::ShowMe),
    }
}

/// What else can be done with something that came uninvited: have it later, or have no more of it.
fn more(pen: &Pen<'_>, card: &CardView) -> Html {
    let later = |snooze| Act::Snooze(card.content.clone(), snooze);
    html! {
        <details class="more">
            <summary class="tool" aria-label={say(Word::More)}>{ icon(MORE, "") }</summary>
            <div class="menu">
                { item(pen, say(Word::Tomorrow), later(Snooze::For(Span::from_millis(DAY)))) }
                { item(pen, say(Word::NextTime), later(Snooze::NextSession)) }
                if card.form != Form::Modal {
                    { item(pen, say(Word::NoMore), Act::Hush(true)) }
                }
            </div>
        </details>
    }
}

fn item(pen: &Pen<'_>, label: String, act: Act) -> Html {
    html! { <button type="button" onclick={pen.does(act)}>{ label }</button> }
}
