//! The three plates under the picture: the segment, the states, the ladder.

use maud::{Markup, html};
use story::view::{Fields, fields, newest_packet};
use story::words::ui;
use story::{Language, Text};

use super::ladder::ladder;
use super::segment::segment;
use super::state_diagram::state_diagram;
use crate::session::{Room, Session, Tab};

pub(super) fn plates(session: &Session) -> Markup {
    let language = session.language;
    let has = |tab: Tab| session.room != Room::Narrow || session.tab == tab;
    html! {
        section class="plates" {
            @if has(Tab::Fields) {
                (fields_plate(session))
            }
            @if has(Tab::States) {
                figure class="plate plate--states" data-key="states" data-turn {
                    (caption(
                        [ui::FIGURE_2, ui::THE_STATES],
                        ui::OUTSIDE.to(language),
                        &legend(language),
                        language,
                    ))
                    (state_diagram(session))
                }
            }
            @if has(Tab::Ladder) {
                figure class="plate plate--ladder" data-key="ladder" data-turn {
                    (caption(
                        [ui::FIGURE_3, ui::THE_LADDER],
                        "",
                        &html! { (ui::TO_SCALE.to(language)) },
                        language,
                    ))
                    (ladder(session))
                }
            }
        }
    }
}

/// The message that lies open: the one that is picked out, else the newest.
pub(super) fn fields_shown(session: &Session) -> Option<Fields> {
    let position = session.position();
    let packet = session.selected.or_else(|| newest_packet(&session.trace, position))?;
    fields(&session.trace, position, packet, session.language, session.numbers)
}

fn fields_plate(session: &Session) -> Markup {
    let language = session.language;
    let open = fields_shown(session);
    let packet = open.as_ref().map(|fields| fields.packet.0);
    let route = html! {
        @if let Some(fields) = &open {
            @let [from, to] = &fields.ends;
            span class="cap-route" {
                (fields.numeral)
                " "
                (ui::route(from, to, fields.header_octets, language))
            }
        }
    };
    html! {
        figure class="plate plate--fields" data-key="fields" data-packet=[packet] data-turn {
            (caption([ui::FIGURE_1, ui::ENVELOPE], "", &route, language))
            (segment(open.as_ref(), session))
        }
    }
}

fn caption([number, title]: [Text; 2], remark: &str, side: &Markup, language: Language) -> Markup {
    html! {
        figcaption class="cap" {
            span class="cap-no" { (number.to(language)) }
            span class="cap-t" { (title.to(language)) }
            span class="cap-n" { (remark) }
            span class="cap-s" { (side) }
        }
    }
}

/// What the lines of the state diagram mean.
fn legend(language: Language) -> Markup {
    html! {
        svg class="legend" viewBox="0 0 34 10" aria-hidden="true" {
            path class="lg-t" d="M0 3.5H34" {}
            path class="lg-p" d="M0 7H34" {}
        }
        (ui::WALKED.to(language))
        svg class="legend" viewBox="0 0 34 10" aria-hidden="true" {
            path class="lg-n" d="M1 5H34" {}
        }
        (ui::AHEAD.to(language))
    }
}
