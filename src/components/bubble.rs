//! A text message: what the heart says, under it what the header says and how it stands with it.

use handshake::Side;
use maud::{Markup, html};
use story::view::{Bubble, Mark};

use super::phrases::phrases;
use super::side_class;
use crate::session::{Action, Lens, Session};

/// A message in a list of messages, standing where `place` says. To TCP it says what its header
/// says, and nothing else.
pub(super) fn bubble(bubble: &Bubble, place: &str, session: &Session) -> Markup {
    let language = session.language;
    let mark = match bubble.mark {
        Mark::Sent => "bubble--sent",
        Mark::Awaiting => "bubble--awaiting",
        Mark::Acknowledged => "bubble--acknowledged",
        Mark::InFlight => "bubble--flying",
        Mark::Arrived => "bubble--arrived",
        Mark::TurnedAway | Mark::Lost => "bubble--lost",
    };
    let is_picked = session.selected == Some(bubble.packet);
    html! {
        // A finger may touch the whole message; keys and voices have the button in it.
        li data-key=(bubble.packet)
            class={
                "bubble " (mark) " " (place) " " (side_class(bubble.from))
                @if bubble.stranger.is_some() { " bubble--strange" }
                @if is_picked { " bubble--picked" }
            }
            data-packet=(bubble.packet) data-do=(Action::Select(Some(bubble.packet))) {
            // Neither T's nor to T.
            @if let Some(stranger) = &bubble.stranger {
                p class="bubble-who" {
                    @if bubble.from == Side::B { "→ " }
                    (stranger)
                }
            }
            @match session.lens {
                Lens::Love => p class="bubble-text" { (phrases(&bubble.text, language)) },
                Lens::Tcp => p class="bubble-text bubble-text--tcp" lang="en" {
                    // The header's words, and how much text comes behind it.
                    (bubble.header)
                    @if bubble.octets > 0 { " len " (bubble.octets) }
                },
            }
            button class="bubble-head" type="button" aria-pressed=(is_picked) {
                i class="visually-hidden" { (bubble.name) }
                // The number and the header stay together, on as many lines as they need.
                span lang="en" aria-hidden="true" {
                    b class="num" { (bubble.numeral) }
                    @if session.lens == Lens::Love { " " (bubble.header) }
                }
                em aria-hidden="true" { (bubble.mark.words().to(language)) }
            }
        }
    }
}
