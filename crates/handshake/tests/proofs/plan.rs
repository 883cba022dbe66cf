//! Plans: which of the choices in a budget make sense in a case.

use handshake::{Budget, Call, Choice, Side, State, Timer, World};

/// More than so many packets are under way at once only if somebody has said something new: else
/// answers to what is sent again and again would pile up without end.
const CROWD: usize = 4;

/// Timers as they are meant. A segment is sent again at any moment, but not while the same one is
/// under way. Nobody gives up. And 2 MSL are over only when the network has forgotten all.
pub(crate) fn patient(world: &World, _: Budget, choice: &Choice) -> bool {
    match choice {
        Choice::Expire(_, Timer::Retransmission) => is_missing(world, choice),
        Choice::Expire(_, Timer::TimeWait) => world.network().in_flight().is_empty(),
        Choice::Expire(_, Timer::User) => false,
        _ => true,
    }
}

/// The same, but 2 MSL may be over at any moment.
pub(crate) fn hasty(world: &World, left: Budget, choice: &Choice) -> bool {
    matches!(choice, Choice::Expire(_, Timer::TimeWait)) || patient(world, left, choice)
}

/// Is what would be sent again not under way any more, and the network not crowded?
fn is_missing(world: &World, choice: &Choice) -> bool {
    let in_flight = world.network().in_flight();
    let Ok((_, step)) = world.after(choice) else { return false };
    in_flight.len() < CROWD
        && step.effects.segments().all(|segment| {
            !in_flight
                .iter()
                .any(|packet| Some(packet.from) == step.actor && packet.segment == *segment)
        })
}

/// A opens, once more or for the first time; nobody else calls.
pub(crate) fn a_opens(world: &World, left: Budget, choice: &Choice) -> bool {
    calls_only(choice, |side, call| side == Side::A && *call == Call::ActiveOpen)
        && patient(world, left, choice)
}

/// Both may close, in any state.
pub(crate) fn both_close(world: &World, left: Budget, choice: &Choice) -> bool {
    calls_only(choice, |_, call| *call == Call::Close) && patient(world, left, choice)
}

/// Both may close, and 2 MSL may be over at any moment.
pub(crate) fn both_close_hastily(world: &World, left: Budget, choice: &Choice) -> bool {
    calls_only(choice, |_, call| *call == Call::Close) && hasty(world, left, choice)
}

/// Both may read what has come, A first.
pub(crate) fn both_read_once(world: &World, left: Budget, choice: &Choice) -> bool {
    let turn = if left.calls == 2 { Side::A } else { Side::B };
    let reads = match choice {
        Choice::Call(side, call) => *side == turn && *call == Call::Receive,
        _ => true,
    };
    reads && patient(world, left, choice)
}

/// Only A closes.
pub(crate) fn a_closes(world: &World, left: Budget, choice: &Choice) -> bool {
    calls_only(choice, |side, call| side == Side::A && *call == Call::Close)
        && patient(world, left, choice)
}

/// A aborts.
pub(crate) fn a_aborts(world: &World, left: Budget, choice: &Choice) -> bool {
    calls_only(choice, |side, call| side == Side::A && *call == Call::Abort)
        && patient(world, left, choice)
}

/// A loses power, B says something.
pub(crate) fn a_crashes_b_sends(world: &World, left: Budget, choice: &Choice) -> bool {
    *choice != Choice::Crash(Side::B)
        && calls_only(choice, |side, call| side == Side::B && matches!(call, Call::Send(_)))
        && patient(world, left, choice)
}

/// A loses power and opens again; B listens again as soon as it can.
pub(crate) fn a_crashes_and_returns(world: &World, left: Budget, choice: &Choice) -> bool {
    let returns = |side, call: &Call| match side {
        Side::A => *call == Call::ActiveOpen,
        Side::B => *call == Call::PassiveOpen,
    };
    *choice != Choice::Crash(Side::B) && calls_only(choice, returns) && patient(world, left, choice)
}

/// Whatever was sent again as often as the budget allows is given up, and not before.
pub(crate) fn gives_up_at_last(world: &World, left: Budget, choice: &Choice) -> bool {
    match choice {
        Choice::Expire(_, Timer::User) => left.timeouts == 1,
        Choice::Expire(_, Timer::Retransmission) => {
            left.timeouts > 1 && patient(world, left, choice)
        }
        _ => true,
    }
}

/// Is this a call that is allowed, or none at all?
fn calls_only(choice: &Choice, allowed: fn(Side, &Call) -> bool) -> bool {
    match choice {
        Choice::Call(side, call) => allowed(*side, call),
        _ => true,
    }
}

/// Only the network loses power and words: A crashes, nobody speaks.
pub(crate) fn a_crashes(_: &World, _: Budget, choice: &Choice) -> bool {
    *choice != Choice::Crash(Side::B)
}

/// Both may close, and nothing is sent again.
pub(crate) fn both_close_once(world: &World, left: Budget, choice: &Choice) -> bool {
    !matches!(choice, Choice::Expire(_, Timer::Retransmission)) && both_close(world, left, choice)
}

/// Two connections, one after the other: both close, B listens again and A opens again. Nothing is
/// sent again, and 2 MSL are what they are meant to be.
pub(crate) fn two_lives(world: &World, left: Budget, choice: &Choice) -> bool {
    two_lives_hastily(world, left, choice) && patient(world, left, choice)
}

/// The same, but 2 MSL may be over at any moment.
pub(crate) fn two_lives_hastily(_: &World, _: Budget, choice: &Choice) -> bool {
    let lives = |side, call: &Call| match side {
        Side::A => matches!(call, Call::ActiveOpen | Call::Close),
        Side::B => matches!(call, Call::PassiveOpen | Call::Close),
    };
    let expires = matches!(choice, Choice::Expire(_, timer) if *timer != Timer::TimeWait);
    !expires && calls_only(choice, lives)
}

/// The same as [`two_lives`], but whoever waits in TIME-WAIT hears no RST (RFC 1337): only those
/// may be lost.
pub(crate) fn two_lives_deaf_to_resets(world: &World, left: Budget, choice: &Choice) -> bool {
    let unheard = |id| {
        world.network().packet(id).is_some_and(|packet| {
            packet.segment.is_reset() && world.end(packet.from.peer()).state() == State::TimeWait
        })
    };
    match choice {
        Choice::Deliver(id) => !unheard(*id),
        Choice::Drop(id) => unheard(*id),
        _ => two_lives(world, left, choice),
    }
}
