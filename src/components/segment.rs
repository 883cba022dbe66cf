//! Plate 1: the segment laid open. Flags as lamps, numbers with their sums, the header's bits.

use std::borrow::Cow;

use maud::{Markup, html};
use story::Language;
use story::view::{Fields, Form, HeaderCell, Lamp, Part, Row, RowKind, Tint};
use story::words::ui;

use super::phrases::phrases;
use super::side_class;
use super::walk::tabindex;
use crate::session::{Drawing, Session};

/// A segment laid open; before the first one the form that it will fill in.
pub(super) fn segment(fields: Option<&Fields>, session: &Session) -> Markup {
    let language = session.language;
    let form = form(fields, language);
    let acknowledges = form.lamps.iter().any(|lamp| lamp.name == "ACK" && lamp.lit);
    html! {
        ul class="lamps" lang="en"
            aria-label=(ui::LAMPS.to(language)) {
            @for each in &form.lamps {
                (lamp(each, language))
            }
        }
        @if let Some(fields) = fields {
            p class="lampnote" { (ui::lamp_note(acknowledges, language)) }
            dl class={ "fields " (side_class(fields.from)) } {
                @for each in &fields.rows {
                    (row(each))
                }
            }
        } @else {
            p class="plate-empty" { span { (phrases(ui::NO_LETTER.to(language), language)) } }
        }
        (header(&form.cells, session))
    }
}

/// The header that is shown.
pub(super) fn form(fields: Option<&Fields>, language: Language) -> Cow<'_, Form> {
    match fields {
        Some(fields) => Cow::Borrowed(&fields.form),
        None => Cow::Owned(Form::blank(language)),
    }
}

fn lamp(lamp: &Lamp, language: Language) -> Markup {
    let (class, digit, state) =
        if lamp.lit { ("lamp lamp--on", "1", ui::LAMP_ON) } else { ("lamp", "0", ui::LAMP_OFF) };
    html! {
        li class=(class) {
            svg viewBox="0 0 36 40" aria-hidden="true" {
                @if lamp.lit {
                    path class="lamp-rays" d=(RAYS) {}
                }
                path class="lamp-glass" d=(GLASS) {}
                path class="lamp-cap" d="M13.8 28h8.4M14.4 31h7.2M16.2 34h3.6" {}
                text x="18" y="20.6" text-anchor="middle" { (digit) }
            }
            b { (lamp.name) }
            span class="visually-hidden" lang=(language.tag()) { (state.to(language)) }
        }
    }
}

const RAYS: &str = "M18 1.5V5M8.2 5.2l2.2 2.7M27.8 5.2l-2.2 2.7M3.6 13.6l3.3 1M32.4 13.6l-3.3 1";
const GLASS: &str = "M18 8.2c-5 0-8.3 3.7-8.3 8.2 0 4 2.6 5.6 3.9 8.6h8.8c1.3-3 3.9-4.6 3.9-8.6 \
                     0-4.5-3.3-8.2-8.3-8.2z";

fn row(row: &Row) -> Markup {
    let name = row.kind.name();
    html! {
        div class={ "field field--" (name) @if row.value.len() > 8 { " field--long" } } {
            dt lang="en" { (name) }
            dd {
                b { (row.value) }
                span {
                    @if row.kind == RowKind::Ack && !row.parts.is_empty() { "= " }
                    @for (index, each) in row.parts.iter().enumerate() {
                        @if index > 0 && each.owner.is_some() { "+ " }
                        (part(each))
                    }
                }
            }
        }
    }
}

fn part(part: &Part) -> Markup {
    let number = html! {
        @if let Some(number) = &part.number { i { (number) } }
    };
    html! {
        @match part.owner {
            Some(side) => { u class=(side_class(side)) { (number) " " (part.text) } },
            None => { (part.text) " " (number) },
        }
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

/// The header as 32 bits a row. Each field can be touched and walked to, and is then explained.
fn header(cells: &[HeaderCell], session: &Session) -> Markup {
    let rows = cells.iter().map(|cell| i32::from(cell.row)).max().unwrap_or(0) + 1;
    let count = u32::try_from(cells.len()).unwrap_or(0);
    let here = session.part_walked_to(Drawing::Header, |part| part < count).unwrap_or(0);
    let note = match session.touched {
        Some((Drawing::Header, part)) => cells.get(part as usize),
        _ => None,
    };
    html! {
        div class="hd-wrap" {
            svg class="hd" viewBox={ "0 0 408 " (TOP + ROW * rows + 2) } role="group"
                aria-label=(ui::FIELDS.to(session.language)) data-drawing=(Drawing::Header.id()) {
                (ruler(rows))
                @for (part, each) in (0..).zip(cells) {
                    (cell(each, part, here))
                }
                rect class="hd-frame" x=(LEFT) y=(TOP) width=(bit_x(32) - LEFT)
                    height=(ROW * rows) {}
            }
            @if let Some(note) = note {
                p class={ "hd-note" @if note.row >= 3 { " hd-note--above" } } aria-hidden="true" {
                    (phrases(&note.note, session.language))
                }
            }
        }
    }
}

/// Where the cells are, to whom walks from one to another.
pub(super) fn places(cells: &[HeaderCell]) -> Vec<(i32, i32)> {
    let middle = |cell: &HeaderCell| i32::midpoint(bit_x(cell.bit), bit_x(cell.bit + cell.bits));
    cells.iter().map(|cell| (middle(cell), 60 * i32::from(cell.row))).collect()
}

/// The scale over the drawing, and the numbers of the bits beside its rows.
fn ruler(rows: i32) -> Markup {
    let length = |bit: u8| match (bit % 8, bit % 4) {
        (0, _) => 7,
        (_, 0) => 5,
        _ => 3,
    };
    html! {
        g aria-hidden="true" {
            path class="hd-tick" d={ @for bit in 0..=32 { "M" (bit_x(bit)) " 19v-" (length(bit)) } } {}
            @for bit in [0, 4, 8, 16, 24, 31] {
                text class="hd-bit" x=(bit_x(bit) + 6) y="9" text-anchor="middle" { (bit) }
            }
            @for row in 0..rows {
                @let y = TOP + ROW * row + 16;
                text class="hd-edge" x="19" y=(y) text-anchor="end" { (row * 32) }
                text class="hd-edge" x="388" y=(y) { (row * 32 + 31) }
            }
        }
    }
}

fn cell(cell: &HeaderCell, part: u32, here: u32) -> Markup {
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
    html! {
        // Under a pointer its note says in words what it is, so it needs no title.
        g class={ "hd-field " (class) @if let Some(owner) = owner { " " (owner) } } role="img"
            aria-label=(cell.note) data-walk=(part) data-touch=(part)
            tabindex=(tabindex(part, here)) {
            rect x=(left) y=(top) width=(right - left) height=(ROW) {}
            text class=[(!is_flag).then_some("hd-name")] x=(x) y=(top + 16)
                text-anchor=[centred.then_some("middle")] {
                (name)
                @if let Some(value) = &cell.value {
                    " "
                    tspan class="hd-val" { (value) }
                }
            }
            @if let Some(hex) = &cell.hex {
                text class="hd-hex" x=(right - 7) y=(top + 16) text-anchor="end" { (hex) }
            }
        }
    }
}
