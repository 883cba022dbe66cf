//! What the simulator asks of the heap.

mod support;

use allocation_counter::measure;
use handshake::{
    Budget, Call, Effects, Endpoint, Explorer, InitialNumbers, Input, Instant, Segment, SeqNum,
    Settings, Side, State, Timer,
};

const CALLERS: [(usize, Call); 4] =
    [(1, Call::PassiveOpen), (0, Call::ActiveOpen), (0, Call::Close), (1, Call::Close)];

fn sent(effects: &Effects) -> Option<&Segment> {
    effects.segments().next()
}

#[test]
fn segments_without_text_take_no_heap_memory() {
    let end = |iss| {
        let numbers = InitialNumbers { next: SeqNum(iss), step: 100 };
        Endpoint::new(Settings::default(), numbers)
    };
    let mut ends = [end(100), end(300)];
    // Effects that have had as many as there will be at once.
    let room = || end(500).handle(Instant::START, Input::Call(&Call::ActiveOpen));
    let (mut said, mut done) = (&mut room(), &mut room());
    let mut segments = 0;
    let info = measure(|| {
        for (caller, call) in CALLERS {
            let mut actor = caller;
            ends[actor].handle_into(Instant::START, Input::Call(&call), said);
            while let Some(segment) = sent(said) {
                segments += 1;
                actor = 1 - actor;
                ends[actor].handle_into(Instant::START, Input::Segment(segment), done);
                (said, done) = (done, said);
            }
        }
        ends[0].handle_into(Instant::START, Input::Expired(Timer::TimeWait), done);
    });
    assert_eq!(segments, 7, "the handshake and both goodbyes");
    assert!(ends.iter().all(|end| end.state() == State::Closed));
    assert_eq!(info.count_total, 0);
}

#[test]
fn a_visited_world_takes_at_most_24_bytes() {
    let budget =
        Budget { drops: 2, duplicates: 2, timeouts: 2, calls: 0, crashes: 0, forgeries: 0 };
    for run in ["v1~B.listen~A.open", "v1~A.open~B.open"] {
        let start = support::run(run);
        assert_eq!(start.last().end(Side::A).state(), State::SynSent);
        let mut explorer = Explorer::new(start, Vec::new(), budget);
        let info = measure(|| explorer.finish());
        let worlds = u64::try_from(explorer.unique()).expect("a count");
        let bytes = u64::try_from(info.bytes_current).expect("more than before");
        assert!(bytes <= 24 * worlds, "{run}: {bytes} bytes for {worlds} worlds");
    }
}
