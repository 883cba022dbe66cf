//! What the simulator asks of the heap.

use allocation_counter::measure;
use handshake::{
    Budget, Call, Effects, Endpoint, Explorer, InitialNumbers, Input, Instant, Segment, SeqNum,
    Settings, Side, State, Timer, Trace,
};

const CALLERS: [(usize, Call); 4] =
    [(1, Call::PassiveOpen), (0, Call::ActiveOpen), (0, Call::Close), (1, Call::Close)];

/// Gives an endpoint an input and returns the segment that it sends.
fn handle(end: &mut Endpoint, input: &Input, effects: &mut Effects) -> Option<Segment> {
    end.handle_into(Instant::START, input, effects);
    effects.segments().next().cloned()
}

#[test]
fn segments_without_text_take_no_heap_memory() {
    let end = |iss| {
        let numbers = InitialNumbers { next: SeqNum(iss), step: 100 };
        Endpoint::new(Settings::default(), numbers)
    };
    let mut ends = [end(100), end(300)];
    // Effects that have had as many as there will be at once.
    let mut effects = end(500).handle(Instant::START, &Input::Call(Call::ActiveOpen));
    let mut segments = 0;
    let info = measure(|| {
        for (caller, call) in CALLERS {
            let mut actor = caller;
            let mut next = handle(&mut ends[actor], &Input::Call(call), &mut effects);
            while let Some(segment) = next {
                segments += 1;
                actor = 1 - actor;
                next = handle(&mut ends[actor], &Input::Segment(segment), &mut effects);
            }
        }
        handle(&mut ends[0], &Input::Expired(Timer::TimeWait), &mut effects);
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
        let start: Trace = run.parse().expect("a run that plays");
        assert_eq!(start.last().end(Side::A).state(), State::SynSent);
        let mut explorer = Explorer::new(start, Vec::new(), budget);
        let info = measure(|| explorer.finish());
        let worlds = u64::try_from(explorer.unique()).expect("a count");
        let bytes = u64::try_from(info.bytes_current).expect("more than before");
        assert!(bytes <= 24 * worlds, "{run}: {bytes} bytes for {worlds} worlds");
    }
}
