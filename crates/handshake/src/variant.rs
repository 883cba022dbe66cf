//! Variants: what if the protocol were another one? Each is an endpoint's setting.

use core::fmt;
use core::str::FromStr;

/// How an endpoint departs from RFC 9293 as it is followed here.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum Variant {
    /// Not at all. Where the RFC contradicts itself, its figures are followed.
    #[default]
    Rfc9293,
    /// The bare text of section 3.10.7.4, by which figure 7 takes two segments more, and two in
    /// TIME-WAIT may answer each other's ACKs for ever.
    Literal,
    /// A handshake of two messages: whoever is asked is ESTABLISHED at once, and nobody confirms.
    /// This is what a third message is good for: an old SYN alone makes a connection.
    TwoMessages,
    /// No TIME-WAIT: whoever closes first forgets at once.
    NoTimeWait,
    /// Every connection begins with the same number.
    FixedIss,
    /// RFC 793's trust, before RFC 5961: any RST in the window is believed, a SYN resets, and no
    /// acknowledgment is too old.
    NoChallengeAck,
    /// Linux's ways where they differ in sight: the SYN,ACK that crosses ours is acknowledged, and
    /// a repeated SYN in SYN-RECEIVED is answered with the SYN,ACK again, whose timer starts anew.
    Linux,
    /// SYN cookies: where a listener's queue of half-open connections is full, a SYN is answered
    /// with an ISS that says all that has to be remembered (RFC 4987 section 3.6).
    SynCookies,
}

impl Variant {
    /// All of them.
    pub const ALL: [Variant; 8] = [
        Variant::Rfc9293,
        Variant::Literal,
        Variant::TwoMessages,
        Variant::NoTimeWait,
        Variant::FixedIss,
        Variant::NoChallengeAck,
        Variant::Linux,
        Variant::SynCookies,
    ];

    /// Its name in the text of a run.
    pub fn name(self) -> &'static str {
        match self {
            Variant::Rfc9293 => "rfc9293",
            Variant::Literal => "literal",
            Variant::TwoMessages => "two-messages",
            Variant::NoTimeWait => "no-time-wait",
            Variant::FixedIss => "fixed-iss",
            Variant::NoChallengeAck => "no-challenge-ack",
            Variant::Linux => "linux",
            Variant::SynCookies => "syn-cookies",
        }
    }
}

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No variant has this name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownVariant;

impl FromStr for Variant {
    type Err = UnknownVariant;

    fn from_str(name: &str) -> Result<Variant, UnknownVariant> {
        Variant::ALL.into_iter().find(|variant| variant.name() == name).ok_or(UnknownVariant)
    }
}
