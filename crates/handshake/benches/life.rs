//! One whole life of a connection: as two bare endpoints, the same recorded as a trace, the same
//! looked back at, and with two sockets of another implementation, smoltcp. Below: what one step
//! costs.
//!
//! A life is open, 16 octets there, 16 back, close on both sides, TIME-WAIT over: 11 segments.

use std::collections::VecDeque;

use divan::{Bencher, black_box};
use handshake::{
    Call, Choice, Duration, Effect, Effects, Endpoint, InitialNumbers, Input, Instant, PacketId,
    Segment, SeqNum, Settings, Side, Start, State, Timer, Trace,
};
use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{ChecksumCapabilities, Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::socket::tcp;
use smoltcp::time::Instant as WallInstant;
use smoltcp::wire::{HardwareAddress, IpAddress, IpCidr, Ipv4Address};

const TEXT: [u8; 16] = *b"I know you know.";
const SEGMENTS: usize = 11;

fn main() {
    divan::main();
}

mod life {
    use super::{
        Bencher, Ipv4Address, Pair, Peer, SEGMENTS, Start, Trace, black_box, choices_of_a_life,
        sockets_live,
    };

    #[divan::bench(sample_size = 100)]
    fn bare_endpoints(bencher: Bencher<'_, '_>) {
        let mut pair = Pair::new();
        bencher.bench_local(|| assert_eq!(pair.live(), SEGMENTS));
    }

    #[divan::bench(sample_size = 100)]
    fn trace(bencher: Bencher<'_, '_>) {
        let choices = choices_of_a_life();
        bencher.bench_local(|| {
            let mut trace = Trace::new(Start::default());
            for choice in &choices {
                trace.extend(choice).expect("possible");
            }
            assert_eq!(trace.last().network().named() as usize, SEGMENTS);
        });
    }

    /// The same, and then somebody looks back at where it began, so that every world and every
    /// step is made.
    #[divan::bench(sample_size = 100)]
    fn trace_looked_back_at(bencher: Bencher<'_, '_>) {
        let choices = choices_of_a_life();
        bencher.bench_local(|| {
            let mut trace = Trace::new(Start::default());
            for choice in &choices {
                trace.extend(choice).expect("possible");
            }
            assert_eq!(black_box(trace.world_at(0)).network().named(), 0);
            assert_eq!(trace.steps().len(), choices.len());
        });
    }

    #[divan::bench(sample_size = 100)]
    fn smoltcp_sockets(bencher: Bencher<'_, '_>) {
        let mut a = Peer::new(Ipv4Address::new(192, 0, 2, 1));
        let mut b = Peer::new(Ipv4Address::new(192, 0, 2, 2));
        let mut now_ms = 0;
        bencher.bench_local(|| assert_eq!(sockets_live(&mut a, &mut b, &mut now_ms), SEGMENTS));
    }
}

mod world {
    use super::{Bencher, Choice, PacketId, Trace, black_box};

    #[divan::bench(sample_size = 100)]
    fn clone(bencher: Bencher<'_, '_>) {
        let trace = text_under_way();
        bencher.bench_local(|| black_box(trace.last()).clone());
    }

    /// The last message of the handshake arrives.
    #[divan::bench(sample_size = 100)]
    fn after_a_segment_without_text(bencher: Bencher<'_, '_>) {
        let trace: Trace = "v1~B.listen~A.open~deliver.1~deliver.2".parse().expect("a run");
        let choice = Choice::Deliver(PacketId(3));
        bencher.bench_local(|| black_box(trace.last()).after(black_box(&choice)));
    }

    fn text_under_way() -> Trace {
        let run = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3~A.send.hello";
        run.parse().expect("a run")
    }
}

/// Two endpoints that hand their segments straight to each other. Like smoltcp's sockets they live
/// one life after the other, and what memory they were given they use again.
struct Pair {
    now: Instant,
    ends: [Endpoint; 2],
    heard: [usize; 2],
    segments: usize,
    /// What one end says while the other hears it, and does something in its turn.
    effects: [Effects; 2],
}

impl Pair {
    fn new() -> Pair {
        let end = |iss| {
            let numbers = InitialNumbers { next: SeqNum(iss), step: 100 };
            Endpoint::new(Settings::default(), numbers)
        };
        Pair {
            now: Instant::START,
            ends: [end(100), end(300)],
            heard: [0; 2],
            segments: 0,
            effects: [Effects::default(), Effects::default()],
        }
    }

    /// Lives one life and returns how many segments it took.
    fn live(&mut self) -> usize {
        (self.heard, self.segments) = ([0; 2], 0);
        self.act(1, &Call::PassiveOpen);
        self.act(0, &Call::ActiveOpen);
        self.act(0, &Call::Send((&TEXT).into()));
        self.act(1, &Call::Send((&TEXT).into()));
        assert_eq!(self.heard, [TEXT.len(); 2]);
        self.act(0, &Call::Close);
        self.act(1, &Call::Close);
        self.now = self.now + Settings::default().msl.doubled();
        let expired = Input::Expired(Timer::TimeWait);
        self.ends[0].handle_into(self.now, expired, &mut self.effects[0]);
        assert!(self.ends.iter().all(|end| end.state() == State::Closed));
        self.segments
    }

    /// A user calls, and what is sent goes back and forth until there is silence.
    fn act(&mut self, caller: usize, call: &Call) {
        let Pair { now, ends, heard, segments, effects: [first, second] } = self;
        let (mut said, mut done) = (first, second);
        let mut actor = caller;
        ends[actor].handle_into(*now, Input::Call(call), said);
        loop {
            let (segment, octets) = outcome(said);
            heard[actor] += octets;
            let Some(segment) = segment else { return };
            *now = *now + Duration::from_millis(100);
            *segments += 1;
            actor = 1 - actor;
            ends[actor].handle_into(*now, Input::Segment(segment), done);
            (said, done) = (done, said);
        }
    }
}

/// The segment that was sent, if one was, and how many octets the user was given.
fn outcome(effects: &Effects) -> (Option<&Segment>, usize) {
    let (mut sent, mut octets) = (None, 0);
    for effect in effects.iter() {
        match effect {
            Effect::Transmitted(segment) => {
                assert!(sent.replace(segment).is_none(), "one segment at a time");
            }
            Effect::Delivered(text) => octets += text.len(),
            _ => {}
        }
    }
    (sent, octets)
}

/// The same life as choices.
fn choices_of_a_life() -> Vec<Choice> {
    let deliver = |ids: std::ops::RangeInclusive<u32>| ids.map(|id| Choice::Deliver(PacketId(id)));
    let call = |side, call| Choice::Call(side, call);
    let mut choices = vec![call(Side::B, Call::PassiveOpen), call(Side::A, Call::ActiveOpen)];
    choices.extend(deliver(1..=3));
    choices.push(call(Side::A, Call::Send((&TEXT).into())));
    choices.extend(deliver(4..=5));
    choices.push(call(Side::B, Call::Send((&TEXT).into())));
    choices.extend(deliver(6..=7));
    choices.push(call(Side::A, Call::Close));
    choices.extend(deliver(8..=9));
    choices.push(call(Side::B, Call::Close));
    choices.extend(deliver(10..=11));
    choices.push(Choice::Expire(Side::A, Timer::TimeWait));
    choices
}

/// A wire's end. Buffers are used again: none is made once a first life was lived.
#[derive(Default)]
struct Wire {
    arriving: VecDeque<Vec<u8>>,
    leaving: VecDeque<Vec<u8>>,
    read: Vec<Vec<u8>>,
    spare: Vec<Vec<u8>>,
}

struct Arriving<'a>(Vec<u8>, &'a mut Vec<Vec<u8>>);
struct Leaving<'a>(&'a mut VecDeque<Vec<u8>>, &'a mut Vec<Vec<u8>>);

impl RxToken for Arriving<'_> {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, read: F) -> R {
        let result = read(&self.0);
        self.1.push(self.0);
        result
    }
}

impl TxToken for Leaving<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, write: F) -> R {
        let mut packet = self.1.pop().unwrap_or_default();
        packet.resize(len, 0);
        let result = write(&mut packet);
        self.0.push_back(packet);
        result
    }
}

impl Device for Wire {
    type RxToken<'a> = Arriving<'a>;
    type TxToken<'a> = Leaving<'a>;

    fn receive(&mut self, _: WallInstant) -> Option<(Arriving<'_>, Leaving<'_>)> {
        let packet = self.arriving.pop_front()?;
        let leaving = Leaving(&mut self.leaving, &mut self.spare);
        Some((Arriving(packet, &mut self.read), leaving))
    }

    fn transmit(&mut self, _: WallInstant) -> Option<Leaving<'_>> {
        Some(Leaving(&mut self.leaving, &mut self.spare))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ip;
        capabilities.max_transmission_unit = 1500;
        capabilities.checksum = ChecksumCapabilities::ignored();
        capabilities
    }
}

/// smoltcp's interface with one socket, and its end of the wire.
struct Peer {
    address: Ipv4Address,
    interface: Interface,
    sockets: SocketSet<'static>,
    handle: SocketHandle,
    wire: Wire,
}

impl Peer {
    const PORT: u16 = 520;

    fn new(address: Ipv4Address) -> Peer {
        let mut wire = Wire::default();
        let config = Config::new(HardwareAddress::Ip);
        let mut interface = Interface::new(config, &mut wire, WallInstant::from_millis(0));
        interface.update_ip_addrs(|addresses| {
            addresses.push(IpCidr::new(IpAddress::Ipv4(address), 24)).expect("room for one");
        });
        let buffer = || tcp::SocketBuffer::new(vec![0; 4096]);
        let mut socket = tcp::Socket::new(buffer(), buffer());
        socket.set_nagle_enabled(false);
        socket.set_ack_delay(None);
        let mut sockets = SocketSet::new(Vec::new());
        let handle = sockets.add(socket);
        Peer { address, interface, sockets, handle, wire }
    }

    fn socket(&mut self) -> &mut tcp::Socket<'static> {
        self.sockets.get_mut(self.handle)
    }

    fn connect(&mut self, to: Ipv4Address) {
        let socket = self.sockets.get_mut::<tcp::Socket>(self.handle);
        socket.connect(self.interface.context(), (to, Peer::PORT), 51314).expect("a free socket");
    }

    fn poll(&mut self, now_ms: i64) {
        let now = WallInstant::from_millis(now_ms);
        self.interface.poll(now, &mut self.wire, &mut self.sockets);
    }

    /// Hands over what leaves, and says how many packets that were.
    fn carry(&mut self, to: &mut Peer) -> usize {
        let count = self.wire.leaving.len();
        to.wire.arriving.append(&mut self.wire.leaving);
        self.wire.spare.append(&mut to.wire.read);
        count
    }

    fn hear(&mut self) -> usize {
        let mut read = [0; 64];
        self.socket().recv_slice(&mut read).expect("text to read")
    }
}

/// Packets go back and forth until there is silence; the caller speaks first.
fn talk(caller: &mut Peer, other: &mut Peer, now_ms: &mut i64) -> usize {
    let mut segments = 0;
    let (mut from, mut to) = (caller, other);
    loop {
        from.poll(*now_ms);
        let sent = from.carry(to);
        if sent == 0 {
            return segments;
        }
        segments += sent;
        *now_ms += 100;
        (from, to) = (to, from);
    }
}

/// Lives one life with sockets and returns how many segments it took.
fn sockets_live(a: &mut Peer, b: &mut Peer, now_ms: &mut i64) -> usize {
    b.socket().listen(Peer::PORT).expect("a free socket");
    a.connect(b.address);
    let mut segments = talk(a, b, now_ms);
    assert_eq!(a.socket().send_slice(&TEXT), Ok(TEXT.len()));
    segments += talk(a, b, now_ms);
    assert_eq!(b.hear(), TEXT.len());
    assert_eq!(b.socket().send_slice(&TEXT), Ok(TEXT.len()));
    segments += talk(b, a, now_ms);
    assert_eq!(a.hear(), TEXT.len());
    a.socket().close();
    segments += talk(a, b, now_ms);
    b.socket().close();
    segments += talk(b, a, now_ms);
    *now_ms += 60_000;
    a.poll(*now_ms);
    assert_eq!(a.socket().state(), tcp::State::Closed);
    assert_eq!(b.socket().state(), tcp::State::Closed);
    segments
}
