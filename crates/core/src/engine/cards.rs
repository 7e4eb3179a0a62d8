//! Cards: what is to be seen of the guides on stage.

use crate::content::{Content, Form, Guide, Step, fill};
use crate::engine::Engine;
use crate::engine::input::Act;
use crate::engine::stage::{current_step, is_called};
use crate::engine::view::{ButtonView, CardView, Label};
use crate::id::ContentId;

impl Engine {
    /// The cards on screen.
    pub(super) fn cards(&self) -> Vec<CardView> {
        let mut cards = Vec::new();
        for piece in self.stage.pieces().iter().filter(|piece| !piece.hidden) {
            if let Some(card) = self.card(&piece.content) {
                cards.push(card);
            }
        }
        cards
    }

    fn card(&self, id: &ContentId) -> Option<CardView> {
        let content = self.content(id)?;
        let guide = content.guide()?;
        let run = self.known.run(id);
        let (index, step) = current_step(guide, run)?;
        let is_tour = guide.form == Form::Tour;
        let centred = self.stage.is_centred(id, step);
        Some(CardView {
            content: id.clone(),
            language: content.language.clone(),
            step: step.id.clone(),
            form: guide.form,
            place: (is_tour && guide.steps.len() > 1).then_some((index + 1, guide.steps.len())),
            target: step.target.clone().filter(|_| !centred),
            side: step.side,
            spotlight: step.spotlight.filter(|_| !centred),
            title: fill(&step.title, &self.known),
            body: step.body.as_ref().map(|body| body.filled(&self.known)),
            buttons: self.buttons(content, guide, index, step),
            can_go_back: is_tour && self.way_back(id).is_some(),
            open: self.ui.hint.as_ref() == Some(id),
            can_snooze: !is_called(guide, run, self.session()),
        })
    }

    fn buttons(
        &self,
        content: &Content,
        guide: &Guide,
        index: usize,
        step: &Step,
    ) -> Vec<ButtonView> {
        let id = &content.id;
        if guide.form == Form::Reminder {
            let list = content.next.clone().unwrap_or_default();
            return vec![ButtonView {
                label: Label::ShowMe,
                act: Act::Open(list),
                asked: None,
            }];
        }
        let by_target = step.advance_on_target && !self.stage.is_centred(id, step);
        let goes_on_alone = by_target || step.advance_when.is_some();
        if guide.form == Form::Tour && step.actions.is_empty() && !goes_on_alone {
            let is_last = index + 1 == guide.steps.len() && step.branches.is_empty();
            return vec![ButtonView {
                label: if is_last { Label::Done } else { Label::Next },
                act: Act::Next(id.clone()),
                asked: None,
            }];
        }
        let mut buttons = Vec::new();
        for (button, action) in step.actions.iter().enumerate() {
            buttons.push(self.button(id, None, button, action));
        }
        buttons
    }
}
