//! Showing: the engine's view comes on screen.

use std::mem;
use std::rc::Rc;

use headstart_core::content::{Form, Side};
use headstart_core::engine::view::CardView;
use headstart_core::{ContentId, Input, View};
use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::Callback;

use crate::runtime::Runtime;
use crate::ui::{Beside, Screen};

/// A note in the page, which stands beside an element of the host's.
pub(super) struct Note {
    content: ContentId,
    screen: Screen,
}

impl Runtime {
    /// Shows the view as it is now; the screens know whether that is news.
    pub(super) fn show(self: &Rc<Self>) {
        let mut view = self.engine.borrow().view();
        let mut notes = Vec::new();
        let mut targets = Vec::new();
        for card in mem::take(&mut view.cards) {
            if card.form == Form::Inline {
                notes.push(card);
            } else {
                targets.push(self.target_of(&card));
                view.cards.push(card);
            }
        }
        self.shows
            .set(view.checklist.is_some() || !view.cards.is_empty() || !notes.is_empty());
        if self.is_off_page() {
            self.clear_screen();
        }
        let any = view.checklist.is_some() || !view.cards.is_empty();
        if (any || self.screen.borrow().is_some())
            && let Some(screen) = self.screen()
            && self.could(screen.appear()).is_some()
        {
            self.dress(&screen);
            screen.show(view, targets);
        }
        if !notes.is_empty() || !self.notes.borrow().is_empty() {
            self.show_notes(notes);
        }
    }

    /// Makes the screen, if there is something to show.
    pub(super) fn make_room(self: &Rc<Self>) {
        let view = self.engine.borrow().view();
        if view.checklist.is_some() || view.cards.iter().any(|card| card.form != Form::Inline) {
            drop(self.screen());
        }
    }

    fn dress(&self, screen: &Screen) {
        screen.dress(&self.engine.borrow().settings().theme);
    }

    fn target_of(&self, card: &CardView) -> Option<Element> {
        self.elements.element(card.target.as_ref()?)
    }

    /// Each note has a widget of its own, so that it is in the page where it belongs, and still out of
    /// reach of the page's styles.
    fn show_notes(self: &Rc<Self>, cards: Vec<CardView>) {
        let mut before = self.notes.take();
        let mut notes = Vec::new();
        for card in cards {
            let Some(element) = self.target_of(&card) else {
                continue;
            };
            let place = Beside {
                element: &element,
                before: card.side == Some(Side::Top),
            };
            let old = before.iter().position(|note| note.content == card.content);
            let old = old.map(|index| before.swap_remove(index));
            // What was found may be gone by now, and what replaces it not looked for yet.
            let waits = !element.is_connected();
            let note = match old {
                Some(note) if waits || note.screen.is_beside(&place) => Some(note),
                None if waits => None,
                other => {
                    if let Some(note) = other {
                        note.screen.unmount();
                    }
                    let screen = self.mount(Some(&place));
                    // Such as the page's outermost element. That is no harm to others.
                    let screen = screen.and_then(|screen| {
                        if screen.appear().is_ok() {
                            return Some(screen);
                        }
                        screen.unmount();
                        self.console.warn(&[
                            "there is no place beside an element that a note is for; choose another",
                        ]);
                        None
                    });
                    screen.map(|screen| Note {
                        content: card.content.clone(),
                        screen,
                    })
                }
            };
            if let Some(note) = note {
                let view = View {
                    cards: vec![card],
                    ..View::default()
                };
                self.dress(&note.screen);
                note.screen.show(view, vec![Some(element)]);
                notes.push(note);
            }
        }
        for note in before {
            note.screen.unmount();
        }
        self.notes.replace(notes);
    }

    /// The screen; it is made when there is first something to show.
    fn screen(self: &Rc<Self>) -> Option<Rc<Screen>> {
        let mounted = self.screen.borrow().clone();
        if mounted.is_some() {
            return mounted;
        }
        let screen = Rc::new(self.mount(None)?);
        self.screen.replace(Some(Rc::clone(&screen)));
        Some(screen)
    }

    fn mount(self: &Rc<Self>, beside: Option<&Beside<'_>>) -> Option<Screen> {
        if self.broken_screen.get() {
            return None;
        }
        let weak = Rc::downgrade(self);
        let act = Callback::from(move |act| {
            if let Some(this) = weak.upgrade() {
                this.dispatch(Input::Acted(act));
            }
        });
        self.could(Screen::mount(
            self.native.document(),
            act,
            self.open_root,
            beside,
        ))
    }

    /// What the browser could do; if it could not, nothing is shown from now on.
    fn could<T>(&self, done: Result<T, JsValue>) -> Option<T> {
        done.map_err(|error| {
            self.broken_screen.set(true);
            self.console
                .host_error("the page, as the widget was put on it,", &error);
        })
        .ok()
    }

    /// Puts the widget on the page again if the host has removed it, as those do that replace the
    /// whole body for each page.
    pub(super) fn stay_on_page(self: &Rc<Self>) {
        if self.is_off_page() {
            self.work();
        }
    }

    /// Whether the host has removed the widget from the page, with the dialog it was in perhaps.
    fn is_off_page(&self) -> bool {
        let screen = self.screen.borrow();
        screen.as_ref().is_some_and(|screen| screen.is_gone())
    }

    pub(super) fn clear_screen(&self) {
        for note in self.notes.take() {
            note.screen.unmount();
        }
        let screen = self.screen.take();
        if let Some(screen) = screen.and_then(|screen| Rc::try_unwrap(screen).ok()) {
            screen.unmount();
        }
    }
}
