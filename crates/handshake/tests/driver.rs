//! The driver of `cargo run --example drive`: every kind of line, and what it promises to whoever
//! writes them.

#[path = "../examples/drive/driver.rs"]
mod driver;

use driver::Driver;
use serde_json::{Value, json};

/// What a line is answered.
#[track_caller]
fn told(driver: &mut Driver, line: &Value) -> Value {
    answered(driver, &line.to_string())
}

#[track_caller]
fn answered(driver: &mut Driver, line: &str) -> Value {
    let answer = driver.answer(line).expect("an answer");
    assert!(!answer.contains('\n'), "{answer}");
    serde_json::from_str(&answer).expect("JSON")
}

fn call(driver: &mut Driver, now: u64, side: &str, call: &Value) -> Value {
    told(driver, &json!({"now_us": now, "side": side, "call": call}))
}

fn arrives(driver: &mut Driver, now: u64, side: &str, segment: &Value) -> Value {
    told(driver, &json!({"now_us": now, "side": side, "segment": segment}))
}

fn advance(driver: &mut Driver, now: u64, side: &str) -> Value {
    told(driver, &json!({"now_us": now, "side": side, "advance": true}))
}

/// Carries all segments of an answer to a side, and gives the last answer.
fn carry(driver: &mut Driver, now: u64, side: &str, answer: &Value) -> Value {
    let sent = answer["sent"].as_array().expect("segments").clone();
    assert!(!sent.is_empty(), "{answer}");
    sent.iter().map(|segment| arrives(driver, now, side, segment)).last().expect("an answer")
}

/// Both ESTABLISHED, A at 100 and B at 300.
fn opened() -> Driver {
    let mut driver = Driver::default();
    call(&mut driver, 0, "B", &json!({"open": "passive"}));
    let syn = call(&mut driver, 0, "A", &json!({"open": "active"}));
    let syn_ack = carry(&mut driver, 1000, "B", &syn);
    let ack = carry(&mut driver, 2000, "A", &syn_ack);
    let last = carry(&mut driver, 3000, "B", &ack);
    assert_eq!((&ack["state"], &last["state"]), (&json!("ESTABLISHED"), &json!("ESTABLISHED")));
    driver
}

/// Figure 6 of RFC 9293, each field as it is promised.
#[test]
fn handshake_is_told_field_by_field() {
    let mut driver = Driver::default();
    let reset = told(&mut driver, &json!({"reset": {"iss": {"A": 100, "B": 300}, "window": 200}}));
    assert_eq!(reset["state"], "CLOSED");
    assert_eq!((&reset["tcb"], &reset["next_timeout_us"]), (&Value::Null, &Value::Null));

    let listen = call(&mut driver, 0, "B", &json!({"open": "passive"}));
    assert_eq!(listen["state"], "LISTEN");
    assert_eq!(listen["rules"], json!([{"id": "open-passive", "section": "3.10.1"}]));

    let syn = json!({"flags": "SYN", "seq": 100, "ack": 0, "win": 65535, "mss": 1460, "text": ""});
    let answer = arrives(&mut driver, 1000, "B", &syn);
    assert_eq!(answer["state"], "SYN-RECEIVED");
    assert_eq!(
        answer["sent"],
        json!([{
            "flags": "SYN,ACK", "seq": 300, "ack": 101, "win": 200, "mss": 1460, "text": ""
        }])
    );
    assert_eq!(answer["rules"], json!([{"id": "listen-syn", "section": "3.10.7.2"}]));
    assert_eq!((&answer["delivered"], &answer["error"]), (&json!(""), &Value::Null));
    // RFC 6298: one second before anything was measured, counted from when it was sent.
    assert_eq!(answer["next_timeout_us"], 1_001_000);
    assert_eq!(
        answer["tcb"],
        json!({
            "snd": {"una": 300, "nxt": 301, "wnd": 65535, "iss": 300},
            "rcv": {"nxt": 101, "wnd": 200, "irs": 100}
        })
    );
}

/// Data both ways, and the close of figure 12 with its 2 MSL.
#[test]
fn whole_life_is_driven_from_open_to_closed() {
    let mut driver = opened();
    let text = call(&mut driver, 10_000, "A", &json!({"send": "h\u{e9}\u{0}"}));
    assert_eq!(text["sent"][0]["text"], "h\u{e9}\u{0}");
    let heard = carry(&mut driver, 11_000, "B", &text);
    assert_eq!(heard["delivered"], "h\u{e9}\u{0}");
    assert_eq!((&heard["sent"][0]["ack"], &heard["sent"][0]["win"]), (&json!(104), &json!(65535)));
    assert_eq!(heard["sent"].as_array().map(Vec::len), Some(1), "one ACK, no window update");
    carry(&mut driver, 12_000, "A", &heard);

    let fin = call(&mut driver, 20_000, "A", &json!("close"));
    assert_eq!(
        (&fin["state"], &fin["sent"][0]["flags"]),
        (&json!("FIN-WAIT-1"), &json!("FIN,ACK"))
    );
    let ack = carry(&mut driver, 21_000, "B", &fin);
    assert_eq!(ack["state"], "CLOSE-WAIT");
    assert_eq!(carry(&mut driver, 22_000, "A", &ack)["state"], "FIN-WAIT-2");
    let fin = call(&mut driver, 30_000, "B", &json!("close"));
    assert_eq!(fin["state"], "LAST-ACK");
    let ack = carry(&mut driver, 31_000, "A", &fin);
    assert_eq!(ack["state"], "TIME-WAIT");
    assert_eq!(carry(&mut driver, 32_000, "B", &ack)["state"], "CLOSED");

    // 2 MSL of two minutes each, from the moment at which TIME-WAIT began.
    let over = 31_000 + 240_000_000_u64;
    assert_eq!(ack["next_timeout_us"], over);
    assert_eq!(advance(&mut driver, over - 1, "A")["state"], "TIME-WAIT");
    let closed = advance(&mut driver, over, "A");
    assert_eq!((&closed["state"], &closed["next_timeout_us"]), (&json!("CLOSED"), &Value::Null));
    assert_eq!(closed["rules"], json!([{"id": "time-wait-over", "section": "3.10.8"}]));
}

/// Only `advance` lets a timer expire; every one that is due expires at its own moment, doubled
/// each time (RFC 6298 section 5.5), until the SYN is given up (section 3.8.3, R2 of 3 minutes).
#[test]
fn timers_expire_by_advance_alone() {
    let mut driver = Driver::default();
    let syn = call(&mut driver, 0, "A", &json!({"open": "active"}));
    assert_eq!(syn["next_timeout_us"], 1_000_000);
    let late = call(&mut driver, 50_000_000, "A", &json!("status"));
    assert_eq!((&late["sent"], &late["next_timeout_us"]), (&json!([]), &json!(1_000_000)));
    let twice = advance(&mut driver, 3_000_000, "A");
    assert_eq!(twice["sent"], json!([syn["sent"][0], syn["sent"][0]]));
    assert_eq!(twice["next_timeout_us"], 7_000_000);
    let over = advance(&mut driver, 3_600_000_000, "A");
    assert_eq!((&over["state"], &over["tcb"]), (&json!("CLOSED"), &Value::Null));
    assert_eq!(over["signals"], json!(["connection aborted due to user timeout"]));
}

/// Where time ends, nothing could be put off any more.
#[test]
fn time_stays_where_timers_can_expire_later() {
    let mut driver = Driver::default();
    let latest: u64 = 1 << 53;
    for beyond in [latest + 1, u64::MAX] {
        let error = call(&mut driver, beyond, "A", &json!({"open": "active"}))["error"].clone();
        assert_eq!(error["kind"], "input", "{beyond}");
        assert_eq!(advance(&mut driver, beyond, "A")["error"]["message"], error["message"]);
    }
    let opened = call(&mut driver, latest, "A", &json!({"open": "active"}));
    assert_eq!(opened["next_timeout_us"], latest + 1_000_000);
    assert_eq!(advance(&mut driver, latest, "A")["sent"], json!([]));
}

/// A passive side that gives up in SYN-RECEIVED listens again.
#[test]
fn listener_that_gives_up_listens_again() {
    let mut driver = Driver::default();
    call(&mut driver, 0, "B", &json!({"open": "passive"}));
    arrives(&mut driver, 0, "B", &json!({"flags": "SYN", "seq": 100, "win": 1000}));
    let over = advance(&mut driver, 3_600_000_000, "B");
    assert_eq!((&over["state"], &over["next_timeout_us"]), (&json!("LISTEN"), &Value::Null));
}

/// `"iss"` sets the number of that incarnation, on either side.
#[test]
fn open_may_say_its_initial_number() {
    let mut driver = Driver::default();
    let syn = call(&mut driver, 0, "A", &json!({"open": "active", "iss": 400}));
    assert_eq!((&syn["sent"][0]["seq"], &syn["tcb"]["snd"]["iss"]), (&json!(400), &json!(400)));
    call(&mut driver, 0, "B", &json!({"open": "passive", "iss": 700}));
    assert_eq!(carry(&mut driver, 0, "B", &syn)["sent"][0]["seq"], 700);
}

/// MUST-15: 536 where the SYN has no MSS.
#[test]
fn missing_mss_counts_as_536() {
    let mut driver = Driver::default();
    call(&mut driver, 0, "A", &json!({"open": "active"}));
    let syn_ack = json!({"flags": "SYN,ACK", "seq": 300, "ack": 101, "win": 65535});
    arrives(&mut driver, 0, "A", &syn_ack);
    let text = call(&mut driver, 0, "A", &json!({"send": "x".repeat(600)}));
    let octets = |index: usize| text["sent"][index]["text"].as_str().map(str::len);
    assert_eq!((octets(0), octets(1), octets(2)), (Some(536), Some(64), None));
    assert_eq!(text["sent"][0].get("mss"), None, "MSS stands on SYNs alone");
}

/// Text and FIN before their turn are held; CLOSE sends what is unsent first.
#[test]
fn what_comes_too_early_is_held_and_close_waits_for_text() {
    let mut driver = opened();
    let early = json!({"flags": "FIN,ACK", "seq": 103, "ack": 301, "win": 1, "text": "c"});
    let held = arrives(&mut driver, 5000, "B", &early);
    assert_eq!((&held["delivered"], &held["sent"][0]["ack"]), (&json!(""), &json!(101)));
    let first = json!({"flags": "ACK", "seq": 101, "ack": 301, "win": 1, "text": "ab"});
    let all = arrives(&mut driver, 6000, "B", &first);
    assert_eq!((&all["delivered"], &all["state"]), (&json!("abc"), &json!("CLOSE-WAIT")));
    assert_eq!(all["sent"][0]["ack"], 105);

    // The window is 1 by now: one octet goes, the other and the FIN wait for room.
    let text = call(&mut driver, 7000, "B", &json!({"send": "xy"}));
    assert_eq!(text["sent"].as_array().map(Vec::len), Some(1));
    let closing = call(&mut driver, 7000, "B", &json!("close"));
    assert_eq!((&closing["sent"], &closing["state"]), (&json!([]), &json!("CLOSE-WAIT")));
    let room = json!({"flags": "ACK", "seq": 105, "ack": 302, "win": 9});
    let rest = arrives(&mut driver, 8000, "B", &room);
    let flags: Vec<&Value> =
        rest["sent"].as_array().expect("two").iter().map(|sent| &sent["flags"]).collect();
    assert_eq!(flags, ["ACK", "FIN,ACK"]);
    assert_eq!(rest["state"], "LAST-ACK");
}

/// The other calls, and errors of calls.
#[test]
fn every_call_is_answered() {
    let mut driver = Driver::default();
    let error = call(&mut driver, 0, "A", &json!({"send": "hi"}))["error"].clone();
    assert_eq!(error, json!({"kind": "call", "message": "connection does not exist"}));
    for word in ["receive", "close", "abort", "status"] {
        assert_eq!(call(&mut driver, 0, "A", &json!(word))["error"]["kind"], "call", "{word}");
    }
    let mut driver = opened();
    for word in ["status", "receive"] {
        assert_eq!(call(&mut driver, 0, "A", &json!(word))["error"], Value::Null, "{word}");
    }
    // `ack` is 0 without the flag ACK.
    let aborted = call(&mut driver, 0, "A", &json!("abort"));
    let reset = json!([{"flags": "RST", "seq": 101, "ack": 0, "win": 0, "text": ""}]);
    assert_eq!((&aborted["sent"], &aborted["state"]), (&reset, &json!("CLOSED")));
}

/// Off unless asked for; then they stand on both SYNs and count (RFC 7323).
#[test]
fn options_are_off_unless_a_reset_asks_for_them() {
    let offers = json!({
        "flags": "SYN", "seq": 100, "win": 1000, "mss": 1460, "window_scale": 3,
        "sack_permitted": true, "timestamps": {"value": 5}
    });
    let mut driver = Driver::default();
    call(&mut driver, 0, "B", &json!({"open": "passive"}));
    let plain = arrives(&mut driver, 7000, "B", &offers)["sent"][0].clone();
    let keys = ["window_scale", "sack_permitted", "timestamps"];
    assert!(keys.iter().all(|key| plain.get(key).is_none()), "{plain}");

    let reset = json!({"window_scale": 7, "sack_permitted": true, "timestamps": true});
    told(&mut driver, &json!({"reset": reset}));
    call(&mut driver, 0, "B", &json!({"open": "passive"}));
    let full = arrives(&mut driver, 7000, "B", &offers)["sent"][0].clone();
    assert_eq!((&full["window_scale"], &full["sack_permitted"]), (&json!(7), &json!(true)));
    assert_eq!(full["timestamps"], json!({"value": 7, "echo": 5}));
    let third = json!({
        "flags": "ACK", "seq": 101, "ack": 301, "win": 1000,
        "timestamps": {"value": 9, "echo": 7}
    });
    assert_eq!(arrives(&mut driver, 9000, "B", &third)["tcb"]["snd"]["wnd"], 8000);
}

/// A variant by its name: two messages are enough.
#[test]
fn reset_may_choose_a_variant() {
    let mut driver = Driver::default();
    told(&mut driver, &json!({"reset": {"variant": "two-messages"}}));
    call(&mut driver, 0, "B", &json!({"open": "passive"}));
    let answer = arrives(&mut driver, 0, "B", &json!({"flags": "SYN", "seq": 100, "win": 1}));
    assert_eq!(answer["state"], "ESTABLISHED");
}

/// A bad line is answered with what is wrong and where; then the driver goes on as it was.
#[test]
fn bad_line_says_what_is_wrong_and_changes_nothing() {
    let mut driver = opened();
    for (line, message) in [
        ("", "EOF"),
        ("{", "EOF"),
        ("hello", "expected value"),
        ("{}", "expected `reset`, or `now_us` and `side`"),
        (r#"{"now_us":0,"side":"A"}"#, "expected one of"),
        (r#"{"now_us":0,"side":"A","advance":false}"#, "expected one of"),
        (r#"{"now_us":0,"side":"A","advance":true,"call":"close"}"#, "expected one of"),
        (r#"{"now_us":0,"side":"C","advance":true}"#, "unknown variant `C`"),
        (r#"{"now_us":-1,"side":"A","advance":true}"#, "invalid value"),
        (r#"{"now_us":0,"side":"A","call":"shout"}"#, "unknown call `shout`"),
        (r#"{"now_us":0,"side":"A","call":{"send":"愛"}}"#, "U+00FF"),
        (r#"{"now_us":0,"side":"A","segment":{"flags":"SIN","seq":0}}"#, "unknown flag `SIN`"),
        (r#"{"now_us":0,"side":"A","segment":{"flags":"SYN"}}"#, "missing field `seq`"),
        (r#"{"reset":{"variant":"tahoe"}}"#, "unknown variant `tahoe`"),
        (r#"{"reset":{"speed":1}}"#, "unknown field `speed`"),
        (r#"{"reset":{"window_scale":15}}"#, "at most 14"),
        (r#"{"reset":{},"side":"B"}"#, "expected nothing beside `reset`"),
        (r#"{"reset":null,"now_us":0,"side":"A","advance":true}"#, "invalid type: null"),
        (r#"{"now_us":0,"side":"A","call":{"open":"active","foo":3}}"#, "did not match"),
        (r#"{"now_us":0,"side":"A","call":{"send":"hi","iss":3}}"#, "did not match"),
    ] {
        let answer = answered(&mut driver, line);
        let error = &answer["error"];
        assert_eq!(error["kind"], "input", "{line}");
        assert!(error["message"].as_str().is_some_and(|it| it.contains(message)), "{answer}");
        assert!(error["column"].is_u64(), "{answer}");
    }
    let column =
        answered(&mut driver, r#"{"now_us":0,"side":"A","advance":tru}"#)["error"]["column"]
            .clone();
    assert_eq!(column, 37, "where `tru` ends");
    assert_eq!(call(&mut driver, 0, "A", &json!("status"))["state"], "ESTABLISHED");
}

/// The column of a wrong value is where it begins, counted in octets from 1, wherever else its key
/// or the like stands in the line.
#[test]
fn column_is_that_of_the_wrong_value() {
    let mut driver = Driver::default();
    // The value begins behind the bar.
    for marked in [
        r#"{"reset":{"variant":|"tahoe"}}"#,
        r#"{"reset" : { "iss":{"A":1,"B":2}, "window_scale" : |15 }}"#,
        r#"{"reset":{},"side":|"B"}"#,
        r#"{"now_us":|9007199254740993,"side":"A","advance":true}"#,
        r#"{"now_us":0,"side":"A","call":|"shout"}"#,
        r#"{"call":{"send":|"\u611b \"send\":"},"now_us":0,"side":"A"}"#,
        r#"{"segment":{"text":"flags\":","seq":0,"flags":|"SIN"},"now_us":0,"side":"A"}"#,
        r#"{"now_us":0,"side":"A","segment":{"flags":"SYN","seq":0,"text":|"愛"}}"#,
        r#"{"now_us":0,"side":"A","advance":|false}"#,
        r#"{"now_us":0,"side":"A","advance":|true,"call":"close"}"#,
        r#" |{"now_us":0,"side":"A"}"#,
    ] {
        let error = answered(&mut driver, &marked.replace('|', ""))["error"].clone();
        assert_eq!(error["column"], marked.find('|').expect("a bar") + 1, "{marked}: {error}");
    }
}
