//! Sections 3.5, 3.5.1 and 3.6: figures 6 to 13, number for number, from a copy of the figures.

use std::collections::BTreeMap;

use handshake::{
    Call, Effects, Endpoint, Flags, Input, Instant, PerSide, Segment, SeqNum, Settings, Side,
    State, Timer, Variant,
};
use serde_json::Value;

use crate::support::{closed_with, led, syn};
use crate::vectors::{figures, list, number, segment, side, text};

#[test]
fn figure_6_basic_three_way_handshake() {
    replay("6");
}

#[test]
fn figure_7_simultaneous_open() {
    replay("7");
}

/// By the bare text of section 3.10.7.4: both SYN,ACKs lie before the window and are answered with
/// ACKs, two segments more, and those ACKs complete the open. The RFC's figure says otherwise.
#[test]
fn figure_7_by_the_letter_of_section_3_10_7_4() {
    replay("7-literal");
}

#[test]
fn figure_8_recovery_from_old_duplicate_syn() {
    replay("8");
}

/// The other order, which the text below figure 8 only mentions.
#[test]
fn figure_8_where_the_new_syn_overtakes_the_reset() {
    replay("8-syn-first");
}

#[test]
fn figure_9_half_open_connection_discovered_by_opening() {
    replay("9");
}

#[test]
fn figure_10_half_open_connection_discovered_by_data() {
    replay("10");
}

#[test]
fn figure_11_old_duplicate_syn_between_two_listeners() {
    replay("11");
}

#[test]
fn figure_12_normal_close() {
    replay("12");
}

/// The acknowledgment rides on the FIN: figure 5, note 2.
#[test]
fn figure_12_in_three_segments() {
    replay("12-three-segments");
}

#[test]
fn figure_13_simultaneous_close() {
    replay("13");
}

/// No run of the file is left out.
#[test]
fn every_run_is_replayed() {
    let figures = figures();
    let runs = list(&figures["figures"]).iter().flat_map(|figure| list(&figure["runs"]));
    let ids: Vec<&str> = runs.map(|run| text(&run["id"])).collect();
    let handshakes = ["6", "7", "7-literal", "8", "8-syn-first", "9", "10", "11"];
    let goodbyes = ["12", "12-three-segments", "13"];
    assert_eq!(ids, [&handshakes[..], &goodbyes].concat());
}

/// Plays a figure's script and compares what leaves and both states after each step.
fn replay(run_id: &str) {
    let figures = figures();
    let (figure, run) = find(&figures, run_id);
    let mut table = Table::new(figure, variant_of(run));
    table.compare_printed_states("1");
    let steps = list(&run["steps"]);
    for (index, step) in steps.iter().enumerate() {
        table.play(step);
        let line = text(&step["line"]);
        let line_is_over = steps.get(index + 1).is_none_or(|next| text(&next["line"]) != line);
        if line_is_over && figure["id"] == run["id"] {
            table.compare_printed_states(line);
        }
    }
}

/// How both sides read the RFC in a run, where it says so.
fn variant_of(run: &Value) -> Variant {
    let name = run.get("variant").map_or(Variant::Rfc9293.name(), text);
    name.parse().expect("a variant")
}

fn find<'a>(figures: &'a Value, run_id: &str) -> (&'a Value, &'a Value) {
    list(&figures["figures"])
        .iter()
        .flat_map(|figure| list(&figure["runs"]).iter().map(move |run| (figure, run)))
        .find(|(_, run)| run["id"] == run_id)
        .expect("the figure is in the file")
}

/// Two endpoints, and a network in which the script has every segment by its name.
struct Table<'a> {
    figure: &'a Value,
    ends: PerSide<Endpoint>,
    now: Instant,
}

impl<'a> Table<'a> {
    fn new(figure: &'a Value, variant: Variant) -> Table<'a> {
        let ends = PerSide::from_fn(|side| initial(figure, variant, side));
        Table { figure, ends, now: Instant::START }
    }

    /// Makes one step of the script.
    fn play(&mut self, step: &Value) {
        let effects = match text(&step["do"]) {
            "open_active" => self.handle(side(&step["at"]), Input::Call(&Call::ActiveOpen)),
            "deliver" => {
                let arriving = self.segment(text(&step["seg"]));
                self.handle(side(&step["to"]), Input::Segment(&arriving))
            }
            "send" => {
                let octets = vec![b'.'; number(&step["octets"]) as usize].into();
                self.handle(side(&step["at"]), Input::Call(&Call::Send(octets)))
            }
            "close" => self.handle(side(&step["at"]), Input::Call(&Call::Close)),
            "retransmit" => self.expire(side(&step["at"]), Timer::Retransmission),
            "timeout_2msl" => self.expire(side(&step["at"]), Timer::TimeWait),
            other => panic!("the script asks for `{other}`"),
        };
        let sent: Vec<String> = effects.segments().map(Segment::to_string).collect();
        let expected: Vec<String> =
            list(&step["out"]).iter().map(|name| self.segment(text(name)).to_string()).collect();
        assert_eq!(sent, expected, "{step}");
        assert_eq!(self.ends.a.state().name(), step["a"], "{step}");
        assert_eq!(self.ends.b.state().name(), step["b"], "{step}");
    }

    fn expire(&mut self, side: Side, timer: Timer) -> Effects {
        self.now = self.ends[side].timer(timer).expect("a running timer").max(self.now);
        self.handle(side, Input::Expired(timer))
    }

    fn handle(&mut self, side: Side, input: Input<'_>) -> Effects {
        self.ends[side].handle(self.now, input)
    }

    /// The states that the figure prints on a line; it may print none.
    fn compare_printed_states(&self, ordinal: &str) {
        let lines = list(&self.figure["lines"]);
        let Some(line) = lines.iter().find(|line| line["n"] == ordinal) else { return };
        for (side, printed) in [(Side::A, &line["a_state"]), (Side::B, &line["b_state"])] {
            if !printed.is_null() {
                assert_eq!(self.ends[side].state().name(), *printed, "line {ordinal}, {side}");
            }
        }
    }

    fn segment(&self, name: &str) -> Segment {
        segment(&self.figure["segments"][name], |value| resolve(self.figure, value))
    }
}

/// A number of a figure: as it stands, or a symbol such as `Z+1`.
fn resolve(figure: &Value, value: &Value) -> u32 {
    let Some(expression) = value.as_str() else { return number(value) };
    let (symbol, more) = expression.split_once('+').unwrap_or((expression, "0"));
    let symbols: BTreeMap<&str, u32> = figure["symbols"]
        .as_object()
        .expect("symbols by name")
        .iter()
        .map(|(name, value)| (name.as_str(), number(value)))
        .collect();
    symbols[symbol] + more.parse::<u32>().expect("a number after the plus sign")
}

/// An endpoint as the figure finds it.
fn initial(figure: &Value, variant: Variant, side: Side) -> Endpoint {
    let name = side.to_string();
    let begins = &figure["initial"][&name];
    let window = number(&figure["rcv_wnd"]);
    let settings = Settings { window, variant, ..Settings::default() };
    let numbers: Vec<u32> =
        list(&figure["isn"][&name]).iter().map(|value| resolve(figure, value)).collect();
    let endpoint = match text(&begins["state"]) {
        "CLOSED" => closed_with(settings, numbers[0]),
        "LISTEN" => led(closed_with(settings, numbers[0]), &[Input::Call(&Call::PassiveOpen)]),
        "ESTABLISHED" => open(settings, begins),
        other => panic!("no figure begins in {other}"),
    };
    assert_eq!(endpoint.state().name(), begins["state"]);
    if let [first, second] = numbers[..] {
        assert_eq!(second - first, handshake::Start::ISS_STEP, "the step between ISNs");
    }
    endpoint
}

/// ESTABLISHED, opened as the figure says, with the numbers that it gives.
fn open(settings: Settings, begins: &Value) -> Endpoint {
    let (iss, irs) = (number(&begins["iss"]), number(&begins["irs"]));
    let third = Segment {
        seq: SeqNum(number(&begins["rcv_nxt"])),
        ack: SeqNum(number(&begins["snd_nxt"])),
        flags: Flags::ACK,
        window: u16::try_from(settings.window).expect("a window"),
        ..Segment::default()
    };
    let second = Segment { seq: SeqNum(irs), flags: Flags::SYN | Flags::ACK, ..third.clone() };
    let active = [Input::Call(&Call::ActiveOpen), Input::Segment(&second)];
    let passive =
        [Input::Call(&Call::PassiveOpen), Input::Segment(&syn(irs)), Input::Segment(&third)];
    let inputs = if begins["origin"] == "active" { &active[..] } else { &passive[..] };
    let endpoint = led(closed_with(settings, iss), inputs);
    let tcb = endpoint.tcb().expect("a connection");
    assert_eq!(tcb.state, State::Established);
    assert_eq!(tcb.snd.una, SeqNum(number(&begins["snd_una"])));
    assert_eq!(tcb.snd.nxt, SeqNum(number(&begins["snd_nxt"])));
    assert_eq!(tcb.rcv.nxt, SeqNum(number(&begins["rcv_nxt"])));
    endpoint
}
