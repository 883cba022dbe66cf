//! What the kernel of each capture was told, as our settings have it.

use handshake::{Duration, KeepAlive, Offers, Settings, Side, Variant};

use crate::capture::Capture;

/// Where Linux held an acknowledgment back, and its own FIN carried it. In the others it sent all
/// at once.
const DELAYED_ACKS: &[&str] = &["04a"];

/// How long Linux tried, where it was told to give up after so many milliseconds or tries.
const USER_TIMEOUTS: &[(&str, u64)] =
    &[("22a", 7000), ("22b", 7000), ("22e+plain", 3400), ("22e+options", 3660), ("22f", 1000)];

/// Where `tcp_syncookies` says that a SYN is answered with a cookie however empty the queue is.
const COOKIES_ALWAYS: &[&str] = &["21a", "21b", "21c"];

/// Where a full queue led to a cookie, as it does unless `tcp_syncookies` is switched off.
const COOKIES_ON_DEMAND: &[&str] = &["20d", "21d"];

fn is_in(table: &[&str], capture: &Capture) -> bool {
    table.iter().any(|name| capture.is_called(name))
}

/// Does the listener answer with cookies only?
pub(crate) fn bakes_always(capture: &Capture) -> bool {
    is_in(COOKIES_ALWAYS, capture)
}

/// The settings of a host.
pub(crate) fn of(capture: &Capture, side: Side) -> Settings {
    let sets = |option: &str| capture.calls_of(side).any(|(call, _)| call.contains(option));
    let syn = capture.syns_of(side).next();
    // Whoever is not offered a scale answers without.
    let mut scales = capture.syns_of(side).filter_map(|syn| syn.options.window_scale);
    let small = sets("SO_RCVBUF=");
    let second = Duration::from_secs(1);
    let bakes = bakes_always(capture) || is_in(COOKIES_ON_DEMAND, capture);
    let timeout = USER_TIMEOUTS.iter().find(|(name, _)| capture.is_called(name));
    let offers = capture.offers(side);
    Settings {
        window: syn.as_ref().map_or(64240, |syn| syn.window.into()),
        mss: syn.as_ref().and_then(|syn| syn.options.mss).unwrap_or(1460),
        offers: Offers {
            mss: true,
            window_scale: scales.next().filter(|_| offers),
            sack_permitted: offers,
            timestamps: offers,
        },
        reads_at_once: !small,
        delays_acks: is_in(DELAYED_ACKS, capture),
        msl: Duration::from_secs(30),
        user_timeout: timeout
            .map_or(Duration::from_secs(300), |(_, millis)| Duration::from_millis(*millis)),
        keep_alive: sets("SO_KEEPALIVE=1").then_some(KeepAlive {
            idle: second,
            interval: second,
            probes: 3,
        }),
        variant: if bakes && side == Side::B { Variant::SynCookies } else { Variant::Linux },
        ..Settings::default()
    }
}
