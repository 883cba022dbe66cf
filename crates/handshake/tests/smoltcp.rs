//! Our endpoint opens, talks to and closes against a second implementation, smoltcp's socket, over
//! a wire that loses, doubles and reorders: both end in the right states, and no octet is lost or
//! doubled. Half of the lives are led with window scale and timestamps (RFC 7323).

use std::cell::Cell;
use std::collections::VecDeque;

use handshake::{
    Call, Effect, Endpoint, Flags, InitialNumbers, Input, Instant, Offers, Options, Segment,
    SeqNum, Settings, State, Timestamps,
};
use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{ChecksumCapabilities, Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::socket::tcp;
use smoltcp::time::Instant as WallInstant;
use smoltcp::wire::{
    HardwareAddress, IpAddress, IpCidr, IpProtocol, Ipv4Address, Ipv4Packet, Ipv4Repr, TcpControl,
    TcpPacket, TcpRepr, TcpSeqNumber, TcpTimestampRepr,
};

const OURS: Ipv4Address = Ipv4Address::new(192, 0, 2, 1);
const THEIRS: Ipv4Address = Ipv4Address::new(192, 0, 2, 2);
const OUR_PORT: u16 = 51314;
const THEIR_PORT: u16 = 520;
/// The shift of the windows that we announce, where we offer one.
const OUR_SHIFT: u8 = 7;
/// Room for 2^18 octets, which no shift below 3 can announce: 65,535 * 4 are four too few.
const THEIR_LARGE_ROOM: usize = 1 << 18;
const THEIR_SHIFT: u8 = 3;

thread_local! {
    /// The milliseconds of the run, for smoltcp's timestamps: it asks a function that knows no run.
    static NOW_MS: Cell<u32> = const { Cell::new(0) };
}

/// A source of choices that can be repeated (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn comes_up(&mut self, per_cent: u64) -> bool {
        self.below(100) < per_cent
    }
}

/// smoltcp's end of the wire.
#[derive(Default)]
struct Queues {
    arriving: VecDeque<Vec<u8>>,
    leaving: Vec<Vec<u8>>,
}

struct Arriving(Vec<u8>);
struct Leaving<'a>(&'a mut Vec<Vec<u8>>);

impl RxToken for Arriving {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, read: F) -> R {
        read(&self.0)
    }
}

impl TxToken for Leaving<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, write: F) -> R {
        let mut packet = vec![0; len];
        let result = write(&mut packet);
        self.0.push(packet);
        result
    }
}

impl Device for Queues {
    type RxToken<'a> = Arriving;
    type TxToken<'a> = Leaving<'a>;

    fn receive(&mut self, _: WallInstant) -> Option<(Arriving, Leaving<'_>)> {
        let packet = self.arriving.pop_front()?;
        Some((Arriving(packet), Leaving(&mut self.leaving)))
    }

    fn transmit(&mut self, _: WallInstant) -> Option<Leaving<'_>> {
        Some(Leaving(&mut self.leaving))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ip;
        capabilities.max_transmission_unit = 1500;
        capabilities
    }
}

/// Our segment as the packet that smoltcp reads.
fn packet_of(segment: &Segment) -> Vec<u8> {
    let control = |flag| segment.flags.contain(flag);
    let tcp = TcpRepr {
        src_port: OUR_PORT,
        dst_port: THEIR_PORT,
        control: match () {
            () if control(Flags::SYN) => TcpControl::Syn,
            () if control(Flags::FIN) => TcpControl::Fin,
            () if control(Flags::RST) => TcpControl::Rst,
            () => TcpControl::None,
        },
        seq_number: TcpSeqNumber(segment.seq.0.cast_signed()),
        ack_number: segment.acknowledges().map(|ack| TcpSeqNumber(ack.0.cast_signed())),
        window_len: segment.window,
        window_scale: segment.options.window_scale,
        max_seg_size: segment.options.mss,
        sack_permitted: segment.options.sack_permitted,
        sack_ranges: [None; 3],
        timestamp: segment
            .options
            .timestamps
            .map(|Timestamps { value, echo }| TcpTimestampRepr::new(value, echo)),
        payload: &segment.text,
    };
    let ip = Ipv4Repr {
        src_addr: OURS,
        dst_addr: THEIRS,
        next_header: IpProtocol::Tcp,
        payload_len: tcp.buffer_len(),
        hop_limit: 64,
    };
    let checksums = ChecksumCapabilities::default();
    let mut bytes = vec![0; ip.buffer_len() + tcp.buffer_len()];
    ip.emit(&mut Ipv4Packet::new_unchecked(&mut bytes), &checksums);
    let mut packet = TcpPacket::new_unchecked(&mut bytes[ip.buffer_len()..]);
    tcp.emit(&mut packet, &OURS.into(), &THEIRS.into(), &checksums);
    bytes
}

/// smoltcp's packet as our segment.
fn segment_of(bytes: &[u8]) -> Segment {
    let ip = Ipv4Packet::new_checked(bytes).expect("an IPv4 packet");
    let packet = TcpPacket::new_checked(ip.payload()).expect("a TCP segment");
    let checksums = ChecksumCapabilities::default();
    let tcp = TcpRepr::parse(&packet, &THEIRS.into(), &OURS.into(), &checksums)
        .expect("a segment with a good checksum");
    let control = match tcp.control {
        TcpControl::Syn => Flags::SYN,
        TcpControl::Fin => Flags::FIN,
        TcpControl::Rst => Flags::RST,
        TcpControl::None | TcpControl::Psh => Flags::NONE,
    };
    let ack = if tcp.ack_number.is_some() { Flags::ACK } else { Flags::NONE };
    let number = |number: TcpSeqNumber| SeqNum(number.0.cast_unsigned());
    Segment {
        seq: number(tcp.seq_number),
        ack: tcp.ack_number.map_or(SeqNum(0), number),
        flags: control | ack,
        window: tcp.window_len,
        options: Options {
            mss: tcp.max_seg_size,
            window_scale: tcp.window_scale,
            sack_permitted: tcp.sack_permitted,
            timestamps: tcp
                .timestamp
                .map(|TcpTimestampRepr { tsval, tsecr }| Timestamps { value: tsval, echo: tsecr }),
        },
        text: tcp.payload.into(),
    }
}

/// Both implementations, the wire between them, and what either has said and heard.
struct Talk {
    dice: Dice,
    now_ms: u64,
    ours: Endpoint,
    theirs: Interface,
    sockets: SocketSet<'static>,
    handle: SocketHandle,
    queues: Queues,
    /// In the air: to them, or to us.
    in_flight: Vec<(bool, Vec<u8>)>,
    heard_by_us: Vec<u8>,
    heard_by_them: Vec<u8>,
    /// From here on the wire is good, so that every run ends.
    faults_until_ms: u64,
}

impl Talk {
    fn new(seed: u64, options: bool) -> Talk {
        let mut queues = Queues::default();
        let mut config = Config::new(HardwareAddress::Ip);
        config.random_seed = seed;
        let mut theirs = Interface::new(config, &mut queues, WallInstant::from_millis(0));
        theirs.update_ip_addrs(|addresses| {
            addresses.push(IpCidr::new(IpAddress::Ipv4(THEIRS), 24)).expect("room for an address");
        });
        let room = if options { THEIR_LARGE_ROOM } else { 8192 };
        let buffer = |octets| tcp::SocketBuffer::new(vec![0; octets]);
        let mut socket = tcp::Socket::new(buffer(room), buffer(8192));
        socket.set_nagle_enabled(false);
        NOW_MS.set(0);
        if options {
            socket.set_tsval_generator(Some(|| NOW_MS.get()));
        }
        let mut sockets = SocketSet::new(Vec::new());
        let handle = sockets.add(socket);
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let iss = SeqNum(u32::try_from(dice.below(1 << 32)).expect("32 bits"));
        Talk {
            ours: Endpoint::new(our_settings(options), InitialNumbers { next: iss, step: 100 }),
            dice,
            now_ms: 0,
            theirs,
            sockets,
            handle,
            queues,
            in_flight: Vec::new(),
            heard_by_us: Vec::new(),
            heard_by_them: Vec::new(),
            faults_until_ms: 20_000,
        }
    }

    fn socket(&mut self) -> &mut tcp::Socket<'static> {
        self.sockets.get_mut(self.handle)
    }

    fn us(&mut self, input: Input<'_>) {
        let effects = self.ours.handle(Instant(self.now_ms * 1000), input);
        for effect in effects.iter() {
            match effect {
                Effect::Transmitted(segment) => self.in_flight.push((true, packet_of(segment))),
                Effect::Delivered(text) => self.heard_by_us.extend_from_slice(text),
                _ => {}
            }
        }
    }

    fn call(&mut self, call: &Call) {
        self.us(Input::Call(call));
    }

    /// Time passes: packets move, timers expire, either side reads.
    fn tick(&mut self) {
        self.now_ms += 5;
        NOW_MS.set(u32::try_from(self.now_ms).expect("a short run"));
        while let Some((_, timer)) =
            self.ours.next_timeout().filter(|(due_at, _)| due_at.0 <= self.now_ms * 1000)
        {
            self.us(Input::Expired(timer));
        }
        self.move_packets();
        let now = WallInstant::from_millis(i64::try_from(self.now_ms).expect("a short run"));
        self.theirs.poll(now, &mut self.queues, &mut self.sockets);
        self.in_flight.extend(self.queues.leaving.drain(..).map(|packet| (false, packet)));
        let socket = self.sockets.get_mut::<tcp::Socket>(self.handle);
        let mut read = [0; 4096];
        while socket.can_recv() {
            let octets = socket.recv_slice(&mut read).expect("text to read");
            self.heard_by_them.extend_from_slice(&read[..octets]);
        }
    }

    /// Some packets of those in the air arrive, in any order; some are lost or doubled.
    fn move_packets(&mut self) {
        for _ in 0..self.in_flight.len() {
            if self.in_flight.is_empty() || self.dice.comes_up(30) {
                return;
            }
            let count = u64::try_from(self.in_flight.len()).expect("few");
            let faulty = self.now_ms < self.faults_until_ms;
            let pick = if faulty { self.dice.below(count) } else { 0 };
            let (to_them, packet) = self.in_flight.remove(usize::try_from(pick).expect("few"));
            if faulty && self.dice.comes_up(10) {
                continue;
            }
            if faulty && self.dice.comes_up(5) {
                self.in_flight.push((to_them, packet.clone()));
            }
            if to_them {
                self.queues.arriving.push_back(packet);
            } else {
                self.us(Input::Segment(&segment_of(&packet)));
            }
        }
    }

    /// Lets time pass until something is so; five simulated minutes are more than anything takes.
    fn until(&mut self, what: &str, so: impl Fn(&mut Talk) -> bool) {
        let end = self.now_ms + 600_000;
        while !so(self) {
            assert!(
                self.now_ms < end,
                "{what}: {:?}, {}",
                self.ours,
                self.sockets.get::<tcp::Socket>(self.handle).state()
            );
            self.tick();
        }
    }
}

/// Text of a length that the dice decide, different at each place.
fn some_text(dice: &mut Dice, salt: u8) -> Vec<u8> {
    let octets = dice.below(4000);
    (0..octets).map(|index| (index % 251) as u8 ^ salt).collect()
}

/// With options, or with MSS alone.
fn our_settings(options: bool) -> Settings {
    if !options {
        return Settings::default();
    }
    let offers = Offers { window_scale: Some(OUR_SHIFT), timestamps: true, ..Offers::default() };
    Settings { window: 1_000_000, offers, ..Settings::default() }
}

/// What was offered on both sides is agreed on.
fn check_agreement(ours: &Endpoint, options: bool) {
    let agreed = ours.tcb().expect("a connection").agreed;
    let shifts = agreed.scale.map(|scale| (scale.snd, scale.rcv));
    if options {
        assert_eq!(shifts, Some((THEIR_SHIFT, OUR_SHIFT)));
    }
    assert_eq!(agreed.timestamps.is_some(), options);
}

fn one_life(seed: u64) {
    let options = (seed / 2).is_multiple_of(2);
    let mut talk = Talk::new(seed, options);
    if seed.is_multiple_of(2) {
        talk.socket().listen(THEIR_PORT).expect("a free socket");
        talk.call(&Call::ActiveOpen);
    } else {
        talk.call(&Call::PassiveOpen);
        let Talk { sockets, theirs, handle, .. } = &mut talk;
        let socket = sockets.get_mut::<tcp::Socket>(*handle);
        socket.connect(theirs.context(), (OURS, OUR_PORT), THEIR_PORT).expect("a free socket");
    }
    talk.until("opening", |talk| {
        talk.ours.state() == State::Established && talk.socket().state() == tcp::State::Established
    });
    check_agreement(&talk.ours, options);

    let from_us = some_text(&mut talk.dice, 0x55);
    let from_them = some_text(&mut talk.dice, 0xaa);
    for part in from_us.chunks(700) {
        talk.call(&Call::Send(part.into()));
    }
    assert_eq!(talk.socket().send_slice(&from_them), Ok(from_them.len()));
    let (ours, theirs) = (from_us.len(), from_them.len());
    if seed.is_multiple_of(3) {
        // Close while the text is still on its way.
        talk.call(&Call::Close);
        talk.socket().close();
    }
    talk.until("talking", |talk| {
        talk.heard_by_them.len() >= ours && talk.heard_by_us.len() >= theirs
    });
    match seed % 4 {
        0 => talk.call(&Call::Close),
        _ => talk.socket().close(),
    }
    talk.until("half a goodbye", |talk| {
        !matches!(talk.ours.state(), State::Established)
            && talk.socket().state() != tcp::State::Established
    });
    talk.call(&Call::Close);
    talk.socket().close();
    talk.until("goodbye", |talk| {
        talk.ours.state() == State::Closed && talk.socket().state() == tcp::State::Closed
    });
    assert_eq!(talk.heard_by_them, from_us, "seed {seed}");
    assert_eq!(talk.heard_by_us, from_them, "seed {seed}");
}

#[test]
fn a_thousand_lives_with_another_implementation() {
    for seed in 1..=1000 {
        one_life(seed);
    }
}
