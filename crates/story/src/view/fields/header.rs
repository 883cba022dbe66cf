//! The header, cell by cell, with the bytes that go over the wire.

use capture::{Addresses, Ports, segment_bytes};
use core::net::Ipv4Addr;
use handshake::{Flags, Options, Packet, Segment, Side, StrangerId, Timestamps, Trace};

use super::{HeaderCell, Tint, header_words};
use crate::words::header::{self as words, FieldWords};
use crate::{Language, Numbering};

/// Where T, P and strangers live: addresses that documents use and nobody has (RFC 5737).
fn address(side: Side, stranger: Option<StrangerId>) -> Ipv4Addr {
    match (side, stranger) {
        (Side::A, None) => Ipv4Addr::new(192, 0, 2, 1),
        (Side::A, Some(_)) => Ipv4Addr::new(203, 0, 113, 3),
        (Side::B, _) => Ipv4Addr::new(198, 51, 100, 2),
    }
}

/// The ports of a packet. The name of a stranger is its port.
fn ports(trace: &Trace, packet: &Packet) -> Ports {
    let port = |side: Side| match (side, packet.stranger) {
        (Side::A, Some(id)) => id.0,
        (side, _) => trace.start().port[side],
    };
    Ports { source: port(packet.from), destination: port(packet.from.peer()) }
}

/// What fills a header in.
struct Filled<'a> {
    from: Side,
    segment: &'a Segment,
    ports: Ports,
    numbering: &'a Numbering,
}

/// All cells of a segment's header, in the order of the wire.
pub(super) fn cells(
    trace: &Trace,
    packet: &Packet,
    numbering: &Numbering,
    language: Language,
) -> Vec<HeaderCell> {
    let (from, segment) = (packet.from, &packet.segment);
    let addresses = Addresses::V4 {
        source: address(from, packet.stranger),
        destination: address(from.peer(), packet.stranger),
    };
    let ports = ports(trace, packet);
    let bytes = segment_bytes(segment, addresses, ports);
    let mut drawn = Drawn { bytes: &bytes, language, cells: Vec::new() };
    drawn.fixed(Some(&Filled { from, segment, ports, numbering }));
    drawn.options(&segment.options);
    drawn.cells
}

/// All cells of a header that nobody has filled in.
pub(super) fn blank(language: Language) -> Vec<HeaderCell> {
    let mut drawn = Drawn { bytes: &[], language, cells: Vec::new() };
    drawn.fixed(None);
    drawn.cells
}

/// What has been drawn so far.
struct Drawn<'a> {
    bytes: &'a [u8],
    language: Language,
    cells: Vec<HeaderCell>,
}

impl Drawn<'_> {
    /// The five words that every header has.
    fn fixed(&mut self, filled: Option<&Filled>) {
        let value = |write: fn(&Filled) -> String| filled.map(write);
        let from = filled.map(|filled| filled.from);
        self.cell(0, 16, words::SOURCE_PORT, value(|it| it.ports.source.to_string()));
        self.cell(16, 16, words::DESTINATION_PORT, value(|it| it.ports.destination.to_string()));
        self.cell(32, 32, words::SEQ, value(|it| it.numbering.write_seq(it.from, it.segment)));
        self.tint(from.map_or(Tint::Plain, Tint::Owner));
        match filled.map(|it| (it, it.segment.acknowledges())) {
            Some((it, Some(ack))) => {
                let peer = it.from.peer();
                self.cell(64, 32, words::ACK, Some(it.numbering.write(peer, ack)));
                self.tint(Tint::Owner(peer));
            }
            Some((_, None)) => self.cell(64, 32, words::ACK_UNUSED, None),
            None => self.cell(64, 32, words::ACK, None),
        }
        self.cell(96, 4, words::DATA_OFFSET, value(|it| header_words(it.segment).to_string()));
        self.cell(100, 4, words::RESERVED, value(|_| "0".to_owned()));
        let flags = Flags::IN_HEADER_ORDER.into_iter().zip(words::FLAGS);
        for (bit, ((flag, _), words)) in (104..).zip(flags) {
            self.cell(bit, 1, words, None);
            self.tint(Tint::Flag(filled.is_some_and(|it| it.segment.flags.contain(flag))));
        }
        self.cell(112, 16, words::WINDOW, None);
        self.cell(128, 16, words::CHECKSUM, None);
        self.cell(144, 16, words::URGENT_POINTER, None);
    }

    /// A cell of so many bits, counted from the header's first.
    fn cell(&mut self, from_bit: u16, bits: u8, words: FieldWords, value: Option<String>) {
        let own = self.bytes.iter().skip(usize::from(from_bit / 8)).take(usize::from(bits / 8));
        let hex = own.map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ");
        let [row, bit] = [from_bit / 32, from_bit % 32].map(|at| u8::try_from(at).unwrap_or(0));
        let language = self.language;
        self.cells.push(HeaderCell {
            row,
            bit,
            bits,
            name: words.short.to(language),
            note: note(words, bits, value.as_deref(), language),
            value,
            hex: Some(hex).filter(|hex| !hex.is_empty()),
            tint: Tint::Plain,
        });
    }

    /// Sets the newest cell off.
    fn tint(&mut self, tint: Tint) {
        if let Some(cell) = self.cells.last_mut() {
            cell.tint = tint;
        }
    }

    /// The options as they lie on the wire, behind those words.
    fn options(&mut self, options: &Options) {
        let mut bit = 160;
        let mut field = |bits: u8, words, value: Option<u32>| {
            self.cell(bit, bits, words, value.map(|value| value.to_string()));
            bit += u16::from(bits);
        };
        if let Some(mss) = options.mss {
            field(8, words::KIND_MSS, None);
            field(8, words::LENGTH, None);
            field(16, words::MSS, Some(u32::from(mss)));
        }
        if options.sack_permitted {
            field(8, words::NOP, None);
            field(8, words::NOP, None);
            field(8, words::KIND_SACK, None);
            field(8, words::LENGTH, None);
        }
        if let Some(Timestamps { value, echo }) = options.timestamps {
            field(8, words::NOP, None);
            field(8, words::NOP, None);
            field(8, words::KIND_TIMESTAMPS, None);
            field(8, words::LENGTH, None);
            field(32, words::TS_VALUE, Some(value));
            field(32, words::TS_ECHO, Some(echo));
        }
        if let Some(shift) = options.window_scale {
            field(8, words::NOP, None);
            field(8, words::KIND_SCALE, None);
            field(8, words::LENGTH, None);
            field(8, words::SHIFT, Some(u32::from(shift)));
        }
    }
}

/// A cell in one sentence: its name, its size, its value, what it is for.
fn note(words: FieldWords, bits: u8, value: Option<&str>, language: Language) -> String {
    let (name, meaning) = (words.name.to(language), words.meaning.to(language));
    let value = value.map(|value| format!(" = {value}")).unwrap_or_default();
    match (language.here(), bits) {
        (Language::Chinese, _) => format!("{name}{value}（{bits} 位）：{meaning}。"),
        (Language::English, 1) => format!("{name}{value} (1 bit): {meaning}."),
        (Language::English, _) => format!("{name}{value} ({bits} bits): {meaning}."),
    }
}
