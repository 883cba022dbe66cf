//! Who says a rule, and where that can be read.

use handshake::{Rule, Source};

use crate::{Language, text};

/// Who says what a rule says, i.e. `RFC 9293 §3.10.7.2`; where that is no RFC, who does it so.
pub(crate) fn cited(rule: Rule, language: Language) -> String {
    let whose = match rule.source() {
        Source::Rfc(rfc) => return format!("RFC {rfc} §{}", rule.section()),
        Source::Linux => text!("Linux 的做法", "How Linux does it"),
        Source::Sockets => text!("套接字的规矩", "How sockets do it"),
        Source::WhatIf => text!("假如 TCP 是这样", "If TCP were like this"),
    };
    whose.to(language).to_owned()
}

/// Where it can be read. What nobody does is read where the RFC has it otherwise.
pub(crate) fn url(rule: Rule) -> String {
    let rfc = match rule.source() {
        Source::Rfc(rfc) => rfc,
        Source::WhatIf => 9293,
        Source::Linux => {
            return format!("https://github.com/torvalds/linux/blob/master/{}", linux(rule));
        }
        Source::Sockets => {
            return format!(
                "https://pubs.opengroup.org/onlinepubs/9799919799/functions/{}.html",
                socket(rule)
            );
        }
    };
    format!("https://www.rfc-editor.org/rfc/rfc{rfc}#section-{}", rule.section())
}

/// The file of Linux in which a listener is asked, or else the one in which a connection is.
fn linux(rule: Rule) -> &'static str {
    match rule {
        Rule::SynReceivedRepeats | Rule::AckDropped | Rule::AckRefused => {
            "net/ipv4/tcp_minisocks.c"
        }
        _ => "net/ipv4/tcp_input.c",
    }
}

/// The function of POSIX that it belongs to.
fn socket(rule: Rule) -> &'static str {
    match rule {
        Rule::ListenerStays | Rule::CloseListener => "listen",
        _ => "accept",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rfc_is_named_for_what_none_says() {
        for &rule in Rule::ALL {
            for language in Language::ALL {
                let is_rfcs = matches!(rule.source(), Source::Rfc(_));
                assert_eq!(cited(rule, language).starts_with("RFC "), is_rfcs, "{rule}");
            }
        }
        assert!(url(Rule::Accept).ends_with("/accept.html"));
        assert!(url(Rule::SynReceivedRepeats).contains("linux"));
    }

    #[test]
    fn a_section_can_be_read_where_it_stands() {
        let listen = "https://www.rfc-editor.org/rfc/rfc9293#section-3.10.7.2";
        assert_eq!(url(Rule::ListenSyn), listen);
        assert_eq!(cited(Rule::ListenSyn, Language::English), "RFC 9293 §3.10.7.2");
        assert_eq!(cited(Rule::TimestampOld, Language::Chinese), "RFC 7323 §5.3");
        // What is left out of the handshake in two messages stands there.
        assert_eq!(url(Rule::TwoMessagesSyn), listen);
    }
}
