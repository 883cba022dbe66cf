//! How a run starts, as words: what differs from [`Start::default`](crate::Start), for each side
//! or for both at once.

use core::fmt;
use core::ops::RangeInclusive;
use core::str::FromStr;

use super::options::{Known, read_known};
use super::{RunProblem, duration, number};
use crate::{Backlog, KeepAlive, Overflow, PerSide, SeqNum, Settings, Side, Start, Variant};

/// The largest window that can be announced is 65,535 shifted left by 14 (RFC 7323 section 2.2).
const WINDOWS: RangeInclusive<u32> = 0..=(65_535 << 14);

/// The names of all parameters, in the order in which they are written.
pub(super) const NAMES: [&str; 14] = [
    "iss",
    "delay",
    "port",
    "variant",
    "window",
    "mss",
    "options",
    "msl",
    "usertimeout",
    "keepalive",
    "acks",
    "reads",
    "quiet",
    "backlog",
];

/// Writes the parameters that are not the usual ones.
pub(super) fn write(f: &mut fmt::Formatter<'_>, start: &Start) -> fmt::Result {
    let usual = Start::default();
    if start.iss != usual.iss {
        write!(f, "~iss.{}.{}", start.iss.a, start.iss.b)?;
    }
    if start.delay != usual.delay {
        write!(f, "~delay.{}.{}", start.delay.a, start.delay.b)?;
    }
    if start.port != usual.port {
        write!(f, "~port.{}.{}", start.port.a, start.port.b)?;
    }
    let settings = &start.settings;
    write_setting(f, "variant", settings, |own| own.variant)?;
    write_setting(f, "window", settings, |own| own.window)?;
    write_setting(f, "mss", settings, |own| own.mss)?;
    write_setting(f, "options", settings, |own| Known(own.offers))?;
    write_setting(f, "msl", settings, |own| own.msl)?;
    write_setting(f, "usertimeout", settings, |own| own.user_timeout)?;
    write_setting(f, "keepalive", settings, |own| Probes(own.keep_alive))?;
    write_setting(f, "acks", settings, |own| Acks { delayed: own.delays_acks })?;
    write_setting(f, "reads", settings, |own| Switch(own.reads_at_once))?;
    write_setting(f, "quiet", settings, |own| Switch(own.quiet_time))?;
    match start.backlog {
        Some(backlog) => write_backlog(f, backlog),
        None => Ok(()),
    }
}

/// Writes one setting of both sides, once where both have the same.
fn write_setting<T: PartialEq + fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    settings: &PerSide<Settings>,
    setting: impl Fn(&Settings) -> T,
) -> fmt::Result {
    let [a, b] = Side::BOTH.map(|side| setting(&settings[side]));
    let usual = setting(&Settings::default());
    if a == b {
        return if a == usual { Ok(()) } else { write!(f, "~{name}.{a}") };
    }
    write!(f, "~{name}.{a}.{b}")
}

/// Reads one parameter; `None` where the word is none.
pub(super) fn read(start: &mut Start, word: &str) -> Option<Result<(), RunProblem>> {
    let (name, values) = word.split_once('.')?;
    let settings = &mut start.settings;
    Some(match name {
        "iss" => pair(values, |text| number(text).map(SeqNum)).map(|iss| start.iss = iss),
        "port" => pair(values, number).map(|port| start.port = port),
        // `delay.1.500ms` is a choice and `delay.1s.500ms` a parameter: a packet has no unit.
        "delay" if values.split('.').next().is_some_and(|first| first.ends_with('s')) => {
            pair(values, duration).map(|delay| start.delay = delay)
        }
        "variant" => {
            let variant = |name: &str| name.parse().map_err(|_| RunProblem::UnknownVariant);
            set(settings, pair(values, variant), |own, it: Variant| own.variant = it)
        }
        "window" => {
            let window = |text: &str| number_in(text, &WINDOWS);
            set(settings, pair(values, window), |own, it| own.window = it)
        }
        "mss" => {
            let mss = |text: &str| number_in(text, &(1..=u16::MAX));
            set(settings, pair(values, mss), |own, it| own.mss = it)
        }
        "options" => set(settings, pair(values, read_known), |own, it| own.offers = it),
        "msl" => set(settings, pair(values, duration), |own, it| own.msl = it),
        "usertimeout" => set(settings, pair(values, duration), |own, it| own.user_timeout = it),
        "keepalive" => set(settings, keep_alives(values), |own, it| own.keep_alive = it),
        "acks" => set(settings, pair(values, acks), |own, it| own.delays_acks = it),
        "reads" => set(settings, pair(values, switch), |own, it| own.reads_at_once = it),
        "quiet" => set(settings, pair(values, switch), |own, it| own.quiet_time = it),
        "backlog" => read_backlog(values).map(|backlog| start.backlog = Some(backlog)),
        _ => return None,
    })
}

/// Sets what was read on both sides.
fn set<T: Copy>(
    settings: &mut PerSide<Settings>,
    values: Result<PerSide<T>, RunProblem>,
    setting: impl Fn(&mut Settings, T),
) -> Result<(), RunProblem> {
    let values = values?;
    for side in Side::BOTH {
        setting(&mut settings[side], values[side]);
    }
    Ok(())
}

/// One value for both sides, or two with a dot between them.
fn pair<T: Clone>(
    values: &str,
    read: impl Fn(&str) -> Result<T, RunProblem>,
) -> Result<PerSide<T>, RunProblem> {
    match values.split_once('.') {
        Some((a, b)) => Ok(PerSide { a: read(a)?, b: read(b)? }),
        None => read(values).map(PerSide::both),
    }
}

fn number_in<T: FromStr + PartialOrd>(
    text: &str,
    range: &RangeInclusive<T>,
) -> Result<T, RunProblem> {
    number(text).and_then(
        |it| {
            if range.contains(&it) { Ok(it) } else { Err(RunProblem::NotANumber) }
        },
    )
}

/// `on` or `off`.
#[derive(PartialEq)]
struct Switch(bool);

impl fmt::Display for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 { "on" } else { "off" })
    }
}

fn switch(word: &str) -> Result<bool, RunProblem> {
    match word {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(RunProblem::NotASwitch),
    }
}

/// `delayed` or `prompt`.
#[derive(PartialEq)]
struct Acks {
    delayed: bool,
}

impl fmt::Display for Acks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.delayed { "delayed" } else { "prompt" })
    }
}

fn acks(word: &str) -> Result<bool, RunProblem> {
    match word {
        "delayed" => Ok(true),
        "prompt" => Ok(false),
        _ => Err(RunProblem::NotAPace),
    }
}

/// Idle time, interval and number of probes, or `off`.
#[derive(PartialEq)]
struct Probes(Option<KeepAlive>);

impl fmt::Display for Probes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(KeepAlive { idle, interval, probes }) => write!(f, "{idle}.{interval}.{probes}"),
            None => f.write_str("off"),
        }
    }
}

/// Keep-alive has dots of its own, so that one side's is read as far as it goes.
fn keep_alives(values: &str) -> Result<PerSide<Option<KeepAlive>>, RunProblem> {
    let mut words = values.split('.').peekable();
    let a = keep_alive(&mut words)?;
    let b = if words.peek().is_some() { keep_alive(&mut words)? } else { a };
    match words.next() {
        None => Ok(PerSide { a, b }),
        Some(_) => Err(RunProblem::UnknownWord),
    }
}

fn keep_alive<'a>(
    words: &mut impl Iterator<Item = &'a str>,
) -> Result<Option<KeepAlive>, RunProblem> {
    let mut next = || words.next().unwrap_or_default();
    let first = next();
    if first == "off" {
        return Ok(None);
    }
    let (idle, interval) = (duration(first)?, duration(next())?);
    Ok(Some(KeepAlive { idle, interval, probes: number(next())? }))
}

/// Two limits, and the word for a listener that answers one too many with a RST.
fn write_backlog(f: &mut fmt::Formatter<'_>, backlog: Backlog) -> fmt::Result {
    let Backlog { half_open, accept, overflow } = backlog;
    let resets = if overflow == Overflow::Reset { ".reset" } else { "" };
    write!(f, "~backlog.{half_open}.{accept}{resets}")
}

fn read_backlog(values: &str) -> Result<Backlog, RunProblem> {
    let (half_open, rest) = values.split_once('.').ok_or(RunProblem::NotANumber)?;
    let (accept, overflow) = match rest.split_once('.') {
        Some((accept, "reset")) => (accept, Overflow::Reset),
        Some(_) => return Err(RunProblem::UnknownWord),
        None => (rest, Overflow::Drop),
    };
    let limit = |text| number_in(text, &(0..=Backlog::MOST));
    Ok(Backlog { half_open: limit(half_open)?, accept: limit(accept)?, overflow })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn every_parameter_has_a_name_in_the_list() {
        for name in NAMES {
            // A delay without a unit is a packet's.
            assert!(read(&mut Start::default(), &format!("{name}.x-s")).is_some(), "{name}");
        }
        assert!(read(&mut Start::default(), "speed.x-s").is_none());
    }
}
