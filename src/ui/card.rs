//! Cards: tips, hints, notes, the steps of tours, banners and modals.
//!
//! Each stands in an element of its own with all that belongs to it, in the order in which
//! `www/stand.js` raises it: what lies over its target, what dims the page, the card.

use headstart_core::Act;
use headstart_core::content::{Form, Side, Snooze, Spotlight};
use headstart_core::engine::view::CardView;
use headstart_core::language::DEFAULT;
use headstart_core::text::{concat, digits};
use headstart_core::time::{DAY, Span};

use super::button::{tool, written};
use super::draw::{Drawing, Fill, truth};
use super::icon::{BACK, CROSS, MORE, icon};
use super::pen::Pen;
use super::rich::rich;
use super::spotlight::{backdrop, spotlight};
use super::template::draw;
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
pub(super) fn card(pen: &Pen<'_>, card: &CardView, keys: Keys) -> Drawing {
    let key = keys.card;
    let anchored = card.target.is_some() && card.form != Form::Inline;
    let dims = card.form == Form::Tour && card.target.is_none();
    let lit = card.spotlight.filter(|_| anchored);
    draw!(
        pen,
        "<div key={key} class=stand data-content={content} data-side={side} data-reveal={reveal}>
            {mark}
            {beacon}
            {spotlight}
            {backdrop}
            {card}
        </div>",
        key = key,
        content = card.content.as_str(),
        side = card.side.map(Side::name),
        reveal = card.is_scrolled_to(),
        mark = anchored.then(|| mark(pen, card, keys)),
        beacon = (card.form == Form::Hint).then(|| beacon(pen, card, key)),
        spotlight = lit.map(|light| spotlight(pen, light == Spotlight::Blocked)),
        backdrop = dims.then(|| backdrop(pen)),
        card = if card.form == Form::Modal {
            modal(pen, card, key)
        } else {
            plain(pen, card, key)
        },
    )
}

fn mark(pen: &Pen<'_>, card: &CardView, keys: Keys) -> Drawing {
    draw!(
        pen,
        "<div key={key} class=mark popover=manual aria-hidden=true data-form={form} />",
        key = keys.mark,
        form = card.form.name(),
    )
}

/// Browsers close dialogs by more than the key, such as the back gesture of a phone.
fn modal(pen: &Pen<'_>, card: &CardView, key: u32) -> Drawing {
    draw!(
        pen,
        r#"<dialog class="card modal" lang={lang} data-form=modal aria-labelledby={title}
            aria-describedby={body} oncancel={cancel} onkeydown={escape}
        >
            {inside}
        </dialog>"#,
        lang = language(card),
        title = title_id(key),
        body = body_id(card, key),
        cancel = close(card),
        escape = close(card),
        inside = inside(pen, card, key),
    )
}

fn plain(pen: &Pen<'_>, card: &CardView, key: u32) -> Drawing {
    let form = card.form;
    draw!(
        pen,
        "<div class=card id={id} lang={lang} data-form={form} data-centred={centred} hidden={hidden}
            popover={popover} role={role} aria-labelledby={title} aria-describedby={body}
            onkeydown={escape}
        >
            {inside}
        </div>",
        id = card_id(key),
        lang = language(card),
        form = form.name(),
        centred = form == Form::Tour && card.target.is_none(),
        hidden = form == Form::Hint && !card.open,
        popover = (form != Form::Inline).then_some("manual"),
        role = if matches!(form, Form::Inline | Form::Banner) {
            "region"
        } else {
            "dialog"
        },
        title = title_id(key),
        body = body_id(card, key),
        escape = escape(card),
        inside = inside(pen, card, key),
    )
}

fn card_id(key: u32) -> String {
    concat(&["hs-card-", &digits(key)])
}

fn title_id(key: u32) -> String {
    concat(&["hs-title-", &digits(key)])
}

fn body_id(card: &CardView, key: u32) -> Option<String> {
    card.body
        .as_ref()
        .map(|_| concat(&["hs-body-", &digits(key)]))
}

fn language(card: &CardView) -> &str {
    card.language.as_deref().unwrap_or(DEFAULT)
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

/// The mark of a hint, which opens it.
fn beacon(pen: &Pen<'_>, card: &CardView, key: u32) -> Drawing {
    draw!(
        pen,
        "<button type=button class=beacon popover=manual lang={lang} aria-label={title}
            aria-expanded={expanded} aria-controls={controls} onkeydown={escape} onclick={open}
        />",
        lang = language(card),
        title = card.title.as_str(),
        expanded = truth(card.open),
        controls = card.open.then(|| card_id(key)),
        escape = card.open.then(|| escape(card)),
        open = Act::OpenHint(card.content.clone()),
    )
}

fn inside(pen: &Pen<'_>, card: &CardView, key: u32) -> Drawing {
    let body = |text| {
        draw!(
            pen,
            "<div class=rich id={id}>{text}</div>",
            id = body_id(card, key),
            text = rich(pen, text),
        )
    };
    draw!(
        pen,
        "<div class=text><h2 id={id} tabindex=-1>{title}</h2>{body}</div>
        {foot}
        <div class=corner>{more}{close}</div>",
        id = title_id(key),
        title = card.title.as_str(),
        body = card.body.as_ref().map(body),
        foot = foot(pen, card),
        more = card.can_snooze.then(|| more(pen, card)),
        close = tool(pen, Word::Close, CROSS, close(card)),
    )
}

fn foot(pen: &Pen<'_>, card: &CardView) -> Option<Drawing> {
    if card.buttons.is_empty() && card.place.is_none() && !card.can_go_back {
        return None;
    }
    let mut buttons = pen.draw("");
    for (index, one) in card.buttons.iter().enumerate() {
        buttons = written(pen, one, index > 0, None).fill(buttons);
    }
    let place = match card.place {
        Some((place, total)) => Some(say_of(Word::Step, place, total)),
        None => (card.form == Form::Reminder).then(|| say(Word::Reminder)),
    };
    let back = || tool(pen, Word::Back, BACK, Act::Back(card.content.clone()));
    Some(draw!(
        pen,
        "<div class=foot>{place}{back}{buttons}</div>",
        place = place.map(|place| draw!(pen, "<span class=place>{place}</span>", place = place)),
        back = card.can_go_back.then(back),
        buttons = buttons,
    ))
}

/// What else can be done with something that came uninvited: have it later, or have no more of it.
fn more(pen: &Pen<'_>, card: &CardView) -> Drawing {
    let later = |snooze| Act::Snooze(card.content.clone(), snooze);
    let tomorrow = later(Snooze::For(Span::from_millis(DAY)));
    let hush = || item(pen, Word::NoMore, Act::Hush(true));
    draw!(
        pen,
        "<details class=more>
            <summary class=tool aria-label={label}>{icon}</summary>
            <div class=menu>{tomorrow}{next}{hush}</div>
        </details>",
        label = Word::More,
        icon = icon(pen, MORE, ""),
        tomorrow = item(pen, Word::Tomorrow, tomorrow),
        next = item(pen, Word::NextTime, later(Snooze::NextSession)),
        hush = (card.form != Form::Modal).then(hush),
    )
}

fn item(pen: &Pen<'_>, label: Word, act: Act) -> Drawing {
    draw!(
        pen,
        "<button type=button onclick={act}>{label}</button>",
        act = act,
        label = label,
    )
}
