//! The three plates under the picture: the segment, the states, the ladder.

use story::view::{fields, newest_packet};
use story::words::{self, ui};
use story::{Language, Text};
use yew::{Html, function_component, html};

use super::ladder::Ladder;
use super::player::PlayerProps;
use super::room::{Room, use_room};
use super::segment::segment;
use super::state_diagram::StateDiagram;
use crate::session::Tab;

#[function_component]
pub(crate) fn Plates(player: &PlayerProps) -> Html {
    let language = player.session.language;
    let states = [ui::FIGURE_2, ui::THE_STATES];
    let ladder = [ui::FIGURE_3, ui::THE_LADDER];
    let to_scale = Html::from(ui::TO_SCALE.to(language));
    let room = use_room();
    let has = |tab: Tab| room != Room::Narrow || player.session.tab == tab;
    html! {
        <section class="plates">
            if has(Tab::Fields) {
                { fields_plate(player) }
            }
            if has(Tab::States) {
                <figure class="plate plate--states">
                    { caption(states, Some(ui::OUTSIDE), legend(language), language) }
                    <StateDiagram ..player.clone() />
                </figure>
            }
            if has(Tab::Ladder) {
                <figure class="plate plate--ladder">
                    { caption(ladder, None, to_scale, language) }
                    <Ladder ..player.clone() />
                </figure>
            }
        </section>
    }
}

fn fields_plate(PlayerProps { session, .. }: &PlayerProps) -> Html {
    let language = session.language;
    let position = session.position();
    let open = session
        .selected
        .or_else(|| newest_packet(&session.trace, position))
        .and_then(|packet| fields(&session.trace, position, packet, language, session.numbers));
    let route = open.as_ref().map(|fields| {
        let (from, to) = (words::name(fields.from), words::name(fields.from.peer()));
        let octets = fields.header_octets;
        let route = ui::route(from.to(language), to.to(language), octets, language);
        html! {
            <span class="cap-route">{ &fields.numeral }{ " " }{ route }</span>
        }
    });
    let packet = open.as_ref().map(|fields| fields.packet.0.to_string());
    html! {
        <figure class="plate plate--fields" data-packet={packet}>
            { caption([ui::FIGURE_1, ui::ENVELOPE], None, route.unwrap_or_default(), language) }
            { match open {
                Some(fields) => segment(&fields, language),
                None => html! { <p class="plate-empty">{ ui::NO_LETTER.to(language) }</p> },
            } }
        </figure>
    }
}

fn caption(
    [number, title]: [Text; 2],
    remark: Option<Text>,
    side: Html,
    language: Language,
) -> Html {
    html! {
        <figcaption class="cap">
            <span class="cap-no">{ number.to(language) }</span>
            <span class="cap-t">{ title.to(language) }</span>
            <span class="cap-n">{ remark.map(|remark| remark.to(language)) }</span>
            <span class="cap-s">{ side }</span>
        </figcaption>
    }
}

/// What the lines of the state diagram mean.
fn legend(language: Language) -> Html {
    html! {
        <>
            <svg class="legend" viewBox="0 0 34 10" aria-hidden="true">
                <path class="lg-t" d="M0 3.5H34" />
                <path class="lg-p" d="M0 7H34" />
            </svg>
            { ui::WALKED.to(language) }
            <svg class="legend" viewBox="0 0 34 10" aria-hidden="true">
                <path class="lg-n" d="M1 5H34" />
            </svg>
            { ui::AHEAD.to(language) }
        </>
    }
}
