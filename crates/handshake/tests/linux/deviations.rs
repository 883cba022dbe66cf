//! Where our endpoints and Linux differ, and why.

/// What is allowed to differ: in which capture, or in both of a scenario, what, and why.
pub(crate) const DEVIATIONS: &[(&str, &str, &str)] = &[
    ("06a+options", "B>R. 1/1 with echo 3734956850, ours with no option", STAMPED_RESET),
    ("06a", "B>R. 1/1, ours B>R 1", ABORT),
    ("06b", "B from state 3: CLOSED, ours FIN-WAIT-1", UNREAD),
    ("06b", "only Linux: B>R. 1/11", UNREAD),
    ("06b", "only ours: B>F. 1/11", UNREAD),
    ("06d+options", "B>R. 1/1 with echo 3959416309, ours with no option", STAMPED_RESET),
    ("06d", "B>R. 1/1, ours B>R 1", ABORT),
    ("06e+options", "A>R. 1/1 with echo 1292679188, ours with no option", STAMPED_RESET),
    ("06e", "A>R. 1/1, ours A>R 1", ABORT),
    ("06g+options", "B>R. 1/2 with echo 1971428962, ours with no option", STAMPED_RESET),
    ("06g", "B>R. 1/2, ours B>R 1", ABORT),
    ("06i", "B CLOSED at 0.22 s, ours at 0.10 s", FORGOTTEN),
    (
        "07c",
        "A from state 1: ESTABLISHED TIME-WAIT, \
         ours SYN-SENT SYN-RECEIVED ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT",
        SEEN_LATE,
    ),
    ("09b+plain", "A>S 0 at 2.03 s, ours at 3.00 s", LINEAR),
    ("09b+options", "A>S 0 at 2.04 s, ours at 3.02 s", LINEAR),
    ("09b+plain", "A>S 0 at 3.05 s, ours at 6.03 s", LINEAR),
    ("09b+options", "A>S 0 at 3.07 s, ours at 6.04 s", LINEAR),
    ("09b+plain", "A>S 0 at 4.07 s, ours at 11.05 s", LINEAR),
    ("09b+options", "A>S 0 at 4.09 s, ours at 11.07 s", LINEAR),
    ("11e", "B ESTABLISHED at 0.24 s, ours at 0.03 s", DEFERRED),
    ("12a+plain", "A>F. 1/1 at 0.33 s, ours at 1.11 s", LEAST_RTO),
    ("12a+options", "A>F. 1/1 at 0.34 s, ours at 1.11 s", LEAST_RTO),
    ("13a", "B>F. 1/2 at 0.45 s, ours at 1.23 s", LEAST_RTO),
    ("13b", "B>F. 1/2 at 0.46 s, ours at 1.23 s", LEAST_RTO),
    ("14b+plain", "A>S 0 at 0.24 s, ours at 1.21 s", SYN_SOON),
    ("14b+options", "A>S 0 at 0.26 s, ours at 1.23 s", SYN_SOON),
    ("14c+options", "B>R. 1/1 with echo 3862697581, ours with no option", STAMPED_RESET),
    ("14c", "B>R. 1/1, ours B>R 1", ABORT),
    ("15d", "only Linux: B>R. raw0/3001", OTHER_SYN),
    ("16a", "only Linux: B>. 1/1", EDGE),
    ("16c", "only ours: A>. 2/2", TIME_WAIT_RESET),
    ("16d", "A from state 6: no more, ours CLOSED", RFC_1337),
    ("16d", "only ours: A>. 2/2", TIME_WAIT_RESET),
    ("16j+options", "only Linux: B>. 1/1", UNSTAMPED),
    ("16j+options", "only Linux: B>. 1/1, again", UNSTAMPED),
    ("16j+plain", "only ours: B>. 1/1", CHALLENGES),
    ("16j+plain", "only ours: B>. 1/1, again", CHALLENGES),
    ("17a", "A>S 0 at 0.04 s, ours at 1.00 s", SYN_SOON),
    ("18c", "A>S 0 at 0.02 s, ours at 1.00 s", SYN_SOON),
    ("18d+options", "A>S 0 at 0.05 s, ours at 1.00 s", SYN_SOON),
    ("18d+plain", "A>S 0 at 0.06 s, ours at 1.00 s", SYN_SOON),
    ("18d", "only Linux: B>R. raw0/1", OTHER_SYN),
    ("19b+plain", "A>S 0 at 0.38 s, ours at 1.35 s", SYN_SOON),
    ("19d+options", "A from state 6: SYN-SENT ESTABLISHED, ours no more", REDIAL),
    ("19d+options", "only Linux: A>. 1/1", REDIAL),
    ("19d+options", "only Linux: A>S 0", REDIAL),
    ("19d+options", "only ours: A>. -65537/-5561003", REDIAL),
    ("20a+plain", "A:41079>S 0 at 2.12 s, ours at 3.09 s", LINEAR),
    ("20a+options", "A:41079>S 0 at 2.12 s, ours at 3.10 s", LINEAR),
    ("20b+options", "A:41081>. 1/1(6) at 0.92 s, ours at 1.69 s", LEAST_RTO),
    ("20b+options", "A:41081>. 1/1(6) at 1.15 s, ours at 2.92 s", LOSS_PROBE),
    ("20b+options", "A:41081>. 1/1(6) at 1.60 s, ours at 5.15 s", LOSS_PROBE),
    ("20d+options", "A:41082>. 1/1(6) at 1.72 s, ours at 2.50 s", LEAST_RTO),
    ("20d+plain", "A:41082>. 1/1(6) at 1.73 s, ours at 2.50 s", LEAST_RTO),
    ("20d+options", "A:41082>. 1/1(6) at 1.95 s, ours at 3.72 s", LOSS_PROBE),
    ("20d+plain", "A:41082>. 1/1(6) at 2.20 s, ours at 3.73 s", LEAST_RTO),
    ("20d+options", "A:41082>. 1/1(6) at 2.41 s, ours at 5.95 s", LOSS_PROBE),
    ("20d+options", "B:41082>. 1/7 with echo 3822299152, ours with no option", COOKIE_OPTIONS),
    (
        "20d+options",
        "B:41082>S. 0/1 with MSS 1460, scale 10, SACK-permitted, echo 3822296740, \
         ours with MSS 1460",
        COOKIE_OPTIONS,
    ),
    ("21a+options", "B>. 1/6 with echo 2879081781, ours with no option", COOKIE_OPTIONS),
    ("21a+options", "B>. 1/7 with echo 2879081884, ours with no option", COOKIE_OPTIONS),
    ("21a+options", "B>F. 1/7 with echo 2879081884, ours with no option", COOKIE_OPTIONS),
    (
        "21a+options",
        "B>S. 0/1 with MSS 1460, scale 10, SACK-permitted, echo 2879081668, ours with MSS 1460",
        COOKIE_OPTIONS,
    ),
    ("21c+options", "B>. 1/6 with echo 334424277, ours with no option", COOKIE_OPTIONS),
    (
        "21c+options",
        "B>S. 0/1 with MSS 1460, scale 10, SACK-permitted, echo 334422947, ours with MSS 1460",
        COOKIE_OPTIONS,
    ),
    ("22d", "A from state 5: CLOSED, ours TIME-WAIT", FIN_WAIT_2),
    ("22d", "only Linux: A>R 2", FIN_WAIT_2),
    ("22d", "only ours: A>. 2/2", FIN_WAIT_2),
    ("22e", "A>. 1/1(5) at 0.34 s, ours at 1.11 s", LEAST_RTO),
    ("22e+options", "A>. 1/1(5) at 0.57 s, ours at 2.34 s", LOSS_PROBE),
    ("22e+plain", "A>. 1/1(5) at 0.81 s, ours at 2.34 s", LEAST_RTO),
    ("22e+options", "A>. 1/1(5) at 1.02 s, ours at 4.57 s", LOSS_PROBE),
    ("22e+plain", "A>. 1/1(5) at 1.74 s, ours at 4.81 s", LEAST_RTO),
    ("22e+options", "A>. 1/1(5) at 1.95 s, ours at 9.02 s", LOSS_PROBE),
    ("22f+plain", "A CLOSED at 1.35 s, ours at 1.11 s", LOOKS_LATE),
    ("22f+options", "A CLOSED at 1.60 s, ours at 1.11 s", LOOKS_LATE),
    ("22f+plain", "A>. 1/1(5) at 0.33 s, ours at 1.11 s", LEAST_RTO),
    ("22f+options", "A>. 1/1(5) at 0.34 s, ours at 1.11 s", LEAST_RTO),
    ("22f+options", "A>. 1/1(5) at 0.57 s, ours at 2.34 s", LOSS_PROBE),
    ("22f+plain", "A>. 1/1(5) at 0.80 s, ours at 2.33 s", LEAST_RTO),
    ("22f+options", "A>. 1/1(5) at 1.04 s, ours at 4.57 s", LOSS_PROBE),
    ("23a+options", "A>R. 1/1 with echo 4261205755, ours with no option", STAMPED_RESET),
    ("23a", "A>R. 1/1, ours A>R 1", ABORT),
    ("23d", "A>. 1/1 at 1.14 s, ours at 2.14 s", PROBED),
    ("24d", "B:41102 from state 1: no more, ours SYN-RECEIVED", SYN_FIN),
    ("24d", "only ours: B:41102>S. raw0/1", SYN_FIN),
    ("25c", "A>SEW 0, ours A>S 0", ECN),
    ("25c", "B>SE. 0/1, ours B>S. 0/1", ECN),
    ("25g+plain", "B>. 1/2191 with window 0, ours with 730", HALF_BUFFER),
    ("25g+plain", "B>. 1/2921 with window 0, ours with 730", HALF_BUFFER),
    ("25g+plain", "B>. 1/3651 with window 0, ours with 730", HALF_BUFFER),
    ("25g+plain", "only Linux: A>. 1/1(730)", HALF_WINDOW),
    ("25g+plain", "only Linux: A>. 1460/1", PROBE),
    ("25g+plain", "only Linux: A>. 1460/1, again", PROBE),
    ("25g+plain", "only Linux: A>. 1461/1(730)", PROBE),
    ("25g+plain", "only Linux: A>. 731/1(730)", HALF_WINDOW),
    ("25g+plain", "only Linux: A>F. 3651/1(350)", FIN_ALONE),
    ("25g+plain", "only ours: A>. 1/1(1460)", HALF_WINDOW),
    ("25g+plain", "only ours: A>. 1461/1(1)", PROBE),
    ("25g+plain", "only ours: A>. 1462/1(729)", PROBE),
    ("25g+plain", "only ours: A>. 3651/1(350)", FIN_ALONE),
    ("25g+plain", "only ours: A>F. 4001/1", FIN_ALONE),
    ("25g+plain", "only ours: B>. 1/1461", CHALLENGES),
    ("25p", "A>. 6/1 with echo 2911733272, ours with echo 2911733888", EARLY_ECHO),
    ("25p", "only Linux: B>. 1/11", UNSTAMPED),
    ("25p", "only Linux: B>. 1/11, again", UNSTAMPED),
    ("25p", "only ours: A>. 6/1", CHALLENGES),
    ("25r", "A from state 5: CLOSED, ours no more", DEAF),
    ("25r", "only Linux: A>R 2", DEAF),
    ("25r", "only ours: A>. 2/6", DEAF),
];

const ABORT: &str = "an ABORT sends a bare RST (section 3.10.5), in Linux a RST,ACK";
const CHALLENGES: &str = "Linux answers only one such segment in 500 ms, we ten in 5 s";
const COOKIE_OPTIONS: &str =
    "Linux hides what was agreed in the timestamp of a cookie; ours agrees to nothing but MSS";
const DEAF: &str =
    "Linux answers text after shutdown(SHUT_RDWR) with a RST; CLOSE lets the peer speak";
const DEFERRED: &str = "with TCP_DEFER_ACCEPT the third ACK is ignored until text comes";
const EARLY_ECHO: &str =
    "RFC 7323 section 4.3 notes a timestamp before the ACK is judged, Linux notes no bad one";
const ECN: &str = "ECN is not modelled";
const EDGE: &str = "to Linux a RST at RCV.NXT+RCV.WND is in the window still, in table 6 it is not";
const FIN_ALONE: &str = "our FIN never rides on text";
const FIN_WAIT_2: &str = "tcp_fin_timeout ends FIN-WAIT-2; the RFC waits for ever";
const FORGOTTEN: &str =
    "who was only answered is forgotten when the listener closes, by Linux when it is heard again";
const HALF_BUFFER: &str =
    "once a small buffer was full Linux offers half of it, since it holds more than text; we all";
const HALF_WINDOW: &str = "Linux sends no more at once than half the largest window it was offered";
const LEAST_RTO: &str = "the least RTO is 1 s in RFC 6298 section 2.4, and 200 ms in Linux";
const LINEAR: &str =
    "the first four SYNs of Linux go out 1 s apart, RFC 6298 section 5.5 doubles RTO";
const LOOKS_LATE: &str = "Linux looks at its user timeout only when it would send again";
const LOSS_PROBE: &str = "with SACK Linux sends a tail loss probe first, and RTO, of 200 ms at least, doubles from there";
const OTHER_SYN: &str =
    "another SYN in SYN-RECEIVED leads to LISTEN in silence, in Linux it is refused";
const PROBE: &str =
    "Linux probes a closed window with an old number, section 3.8.6.1 with an octet";
const PROBED: &str = "to us the peer's keep-alive probe is a sign of life, to Linux it is not";
const REDIAL: &str =
    "an OPEN in TIME-WAIT is an error (section 3.10.1); with timestamps Linux dials";
const RFC_1337: &str = "tcp_rfc1337=1: no RST ends TIME-WAIT. RFC 9293 has no such setting";
const SEEN_LATE: &str = "no state that lasts no time over loopback was seen";
const STAMPED_RESET: &str =
    "Linux stamps the RST of an ABORT; RFC 7323 section 3.2 leaves that open, and ours is bare";
const SYN_FIN: &str =
    "section 3.10.7.2 takes the SYN and lets the FIN wait, Linux drops the two together";
const SYN_SOON: &str = "after an unacceptable ACK, Linux soon sends its SYN again";
const TIME_WAIT_RESET: &str = "Linux challenges no RST in TIME-WAIT, RFC 5961 does in every state";
const UNREAD: &str =
    "close() while text is unread is a RST in Linux; our CLOSE says goodbye all the same";
const UNSTAMPED: &str =
    "Linux takes a segment that has no timestamp; RFC 7323 section 3.2 has it dropped";

/// Captures that are not replayed, and why.
pub(crate) const NOT_REPLAYED: &[(&str, &str)] =
    &[("22g", ICMP), ("24b", FAST_OPEN), ("24c", FAST_OPEN)];

const ICMP: &str = "ICMP is not modelled: nothing but segments is under way in a world, and no \
    packet is reported back to its sender. Linux gives up on both reports; section 3.9.2.2 would \
    on the first, a closed port (SHLD-26), and must not on the second, a host out of reach \
    (MUST-56)";
const FAST_OPEN: &str = "TCP Fast Open is not modelled";
