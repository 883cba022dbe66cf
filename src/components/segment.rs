//! Plate 1: the segment laid open. Flags as lamps, numbers with their sums, the header's bits.

use story::view::{Fields, HeaderCell, Lamp, Part, Row, RowKind, Tint, nearest};
use story::{Language, words::ui};
use web_sys::{FocusEvent, PointerEvent};
use yew::{Callback, Html, Properties, classes, function_component, hook, html, use_state_eq};

use super::phrases::phrases;
use super::side_class;
use super::walk::{Walk, use_walk};

pub(crate) fn segment(fields: &Fields, language: Language) -> Html {
    let acknowledges = fields.lamps.iter().any(|lamp| lamp.name == "ACK" && lamp.lit);
    html! {
        <>
            <ul class="lamps lamps--new" lang="en" key={fields.packet.0} aria-label={ui::LAMPS.to(language)}>
                { for fields.lamps.iter().map(|each| lamp(each, language)) }
            </ul>
            <p class="lampnote">{ ui::lamp_note(acknowledges, language) }</p>
            <dl class={classes!("fields", side_class(fields.from))}>
                { for fields.rows.iter().map(row) }
            </dl>
            <Header fields={fields.clone()} {language} />
        </>
    }
}

fn lamp(lamp: &Lamp, language: Language) -> Html {
    let (digit, state) = if lamp.lit { ("1", ui::LAMP_ON) } else { ("0", ui::LAMP_OFF) };
    html! {
        <li class={classes!("lamp", lamp.lit.then_some("lamp--on"))}>
            <svg viewBox="0 0 36 40" aria-hidden="true">
                if lamp.lit {
                    <path class="lamp-rays" d="M18 1.5V5M8.2 5.2l2.2 2.7M27.8 5.2l-2.2 2.7M3.6 13.6l3.3 1M32.4 13.6l-3.3 1" />
                }
                <path class="lamp-glass" d="M18 8.2c-5 0-8.3 3.7-8.3 8.2 0 4 2.6 5.6 3.9 8.6h8.8c1.3-3 3.9-4.6 3.9-8.6 0-4.5-3.3-8.2-8.3-8.2z" />
                <path class="lamp-cap" d="M13.8 28h8.4M14.4 31h7.2M16.2 34h3.6" />
                <text x="18" y="20.6" text-anchor="middle">{ digit }</text>
            </svg>
            <b>{ lamp.name }</b>
            <span class="visually-hidden" lang={language.tag()}>{ state.to(language) }</span>
        </li>
    }
}

fn row(row: &Row) -> Html {
    let name = row.kind.name();
    let long = (row.value.len() > 8).then_some("field--long");
    let sum = row.kind == RowKind::Ack && !row.parts.is_empty();
    let parts = row.parts.iter().enumerate().map(|(index, each)| {
        let plus = index > 0 && each.owner.is_some();
        html! {
            <>
                if plus { { "+ " } }
                { part(each) }
            </>
        }
    });
    html! {
        <div class={classes!("field", format!("field--{name}"), long)}>
            <dt lang="en">{ name }</dt>
            <dd>
                <b>{ &row.value }</b>
                <span>
                    if sum { { "= " } }
                    { for parts }
                </span>
            </dd>
        </div>
    }
}

fn part(part: &Part) -> Html {
    let number = part.number.as_ref().map(|number| {
        html! {
            <i>{ number }</i>
        }
    });
    match part.owner {
        Some(side) => html! {
            <u class={side_class(side)}>{ number }{ " " }{ &part.text }</u>
        },
        None => html! {
            <>{ &part.text }{ " " }{ number }</>
        },
    }
}

/// The header drawing's left edge, top, and the size of a bit in tenths of a pixel.
const LEFT: i32 = 25;
const TOP: i32 = 20;
const BIT_TENTHS: i32 = 112;
const ROW: i32 = 25;

/// The x of a bit's left edge.
fn bit_x(bit: u8) -> i32 {
    LEFT + i32::from(bit) * BIT_TENTHS / 10
}

#[derive(Properties, PartialEq)]
struct HeaderProps {
    fields: Fields,
    language: Language,
}

/// The header as 32 bits a row. Each field can be touched and walked to, and is then explained.
#[function_component]
fn Header(HeaderProps { fields, language }: &HeaderProps) -> Html {
    let cells = &fields.cells;
    let rows = cells.iter().map(|cell| i32::from(cell.row)).max().unwrap_or(0) + 1;
    let height = TOP + ROW * rows + 2;
    let touched = use_state_eq(|| None);
    let note = touched.and_then(|index: usize| cells.get(index));
    let walk = use_cell_walk(cells);
    let each = |(index, each): (usize, &HeaderCell)| {
        let touched = touched.clone();
        let touch = Callback::from(move |()| touched.set(Some(index)));
        cell(each, index, &walk, &touch)
    };
    let leave = {
        let touched = touched.clone();
        move |_: PointerEvent| touched.set(None)
    };
    let blur = {
        let touched = touched.clone();
        move |_: FocusEvent| touched.set(None)
    };
    html! {
        <div class="hd-wrap">
            <svg
                class="hd"
                viewBox={format!("0 0 408 {height}")}
                role="group"
                aria-label={ui::FIELDS.to(*language)}
                ref={walk.root.clone()}
                onkeydown={walk.onkeydown.clone()}
                onfocusin={walk.onfocusin.clone()}
                onfocusout={blur}
                onpointerleave={leave}
            >
                { ruler(rows) }
                { for cells.iter().enumerate().map(each) }
                <rect
                    class="hd-frame"
                    x={LEFT.to_string()}
                    y={TOP.to_string()}
                    width={(bit_x(32) - LEFT).to_string()}
                    height={(ROW * rows).to_string()}
                />
            </svg>
            if let Some(note) = note {
                <p class={classes!("hd-note", (note.row >= 3).then_some("hd-note--above"))} aria-hidden="true">
                    { phrases(&note.note, *language) }
                </p>
            }
        </div>
    }
}

#[hook]
fn use_cell_walk(cells: &[HeaderCell]) -> Walk {
    let middle = |cell: &HeaderCell| i32::midpoint(bit_x(cell.bit), bit_x(cell.bit + cell.bits));
    let places: Vec<(i32, i32)> =
        cells.iter().map(|cell| (middle(cell), 60 * i32::from(cell.row))).collect();
    let count = u32::try_from(places.len()).unwrap_or(0);
    let way = move |from: u32, heading| {
        let to = nearest(&places, usize::try_from(from).ok()?, heading)?;
        u32::try_from(to).ok()
    };
    use_walk(0, move |part| part < count, way)
}

/// The scale over the drawing, and the numbers of the bits beside its rows.
fn ruler(rows: i32) -> Html {
    let ticks = (0..=32u8).map(|bit| {
        let length = if bit % 8 == 0 {
            7
        } else if bit % 4 == 0 {
            5
        } else {
            3
        };
        html! {
            <path class="hd-tick" d={format!("M{} 19v-{length}", bit_x(bit))} />
        }
    });
    let bits = [0u8, 4, 8, 16, 24, 31].into_iter().map(|bit| {
        html! {
            <text class="hd-bit" x={(bit_x(bit) + 6).to_string()} y="9" text-anchor="middle">{ bit }</text>
        }
    });
    let edges = (0..rows).map(|row| {
        let y = (TOP + ROW * row + 16).to_string();
        html! {
            <>
                <text class="hd-edge" x="19" y={y.clone()} text-anchor="end">{ row * 32 }</text>
                <text class="hd-edge" x="388" {y}>{ row * 32 + 31 }</text>
            </>
        }
    });
    html! {
        <g aria-hidden="true">{ for ticks }{ for bits }{ for edges }</g>
    }
}

fn cell(cell: &HeaderCell, index: usize, walk: &Walk, touch: &Callback<()>) -> Html {
    let part = u32::try_from(index).unwrap_or(0);
    let (left, right) = (bit_x(cell.bit), bit_x(cell.bit + cell.bits));
    let top = TOP + ROW * i32::from(cell.row);
    let (class, owner) = match cell.tint {
        Tint::Plain => ("hd-cell", None),
        Tint::Owner(side) => ("hd-cell hd-seq", Some(side_class(side))),
        Tint::Flag(true) => ("hd-flag hd-flag--on", None),
        Tint::Flag(false) => ("hd-flag", None),
    };
    let is_flag = matches!(cell.tint, Tint::Flag(_));
    let name = if is_flag { &cell.name[..1] } else { cell.name };
    // Where a cell is too small for its name at the left, the name stands in its middle.
    let centred = cell.bits < 8;
    let x = if centred { i32::midpoint(left, right) } else { left + 7 };
    let y = (top + 16).to_string();
    html! {
        <g
            class={classes!("hd-field", class, owner)}
            role="img"
            aria-label={cell.note.clone()}
            data-walk={part.to_string()}
            tabindex={walk.tabindex(part)}
            onpointerenter={touch.reform(|_: PointerEvent| ())}
            onfocus={touch.reform(|_: FocusEvent| ())}
        >
            <title>{ &cell.note }</title>
            <rect
                x={left.to_string()}
                y={top.to_string()}
                width={(right - left).to_string()}
                height={ROW.to_string()}
            />
            <text
                class={(!is_flag).then_some("hd-name")}
                x={x.to_string()}
                y={y.clone()}
                text-anchor={centred.then_some("middle")}
            >
                { name }
                if let Some(value) = &cell.value {
                    { " " }<tspan class="hd-val">{ value }</tspan>
                }
            </text>
            if let Some(hex) = &cell.hex {
                <text class="hd-hex" x={(right - 7).to_string()} {y} text-anchor="end">{ hex }</text>
            }
        </g>
    }
}
