//! The tip: a short hint at an element of the page.

use headstart_core::Act;
use headstart_core::engine::view::TipView;
use yew::{Html, NodeRef, html};

use super::button::{button, tool};
use super::icon::CROSS;
use super::pen::Pen;

/// Draws a tip, and the mark that the browser lays over its target.
///
/// It takes no focus when it comes up: the live region tells of it, and it follows its target in
/// the order of the Tab key.
pub(super) fn tip(pen: &Pen<'_>, tip: &TipView, mark: &NodeRef, node: &NodeRef) -> Html {
    let dismiss = Act::Dismiss(tip.content.clone());
    let press = Act::Press {
        content: tip.content.clone(),
        task: None,
    };
    let body = tip.body.as_ref().map(|_| "hs-tip-body");
    html! {
        <>
            <div ref={mark} class="mark" popover="manual" aria-hidden="true" />
            <div
                ref={node}
                class="tip card"
                popover="manual"
                role="dialog"
                aria-labelledby="hs-tip-title"
                aria-describedby={body}
                onfocusin={pen.entered}
                onkeydown={pen.keys(Some(dismiss.clone()))}
            >
                <h2 id="hs-tip-title">{ &tip.title }</h2>
                if let Some(text) = &tip.body {
                    <p id={body}>{ text }</p>
                }
                if let Some(label) = &tip.action {
                    { button(label.clone().into(), false, pen.does(press)) }
                }
                { tool(pen.words.close, CROSS, pen.does(dismiss)) }
            </div>
        </>
    }
}
