//! The ladder that the example prints: four runs against texts that were compared with the RFC by
//! hand, and what the command says to a run that does not play.

#[path = "../examples/ladder.rs"]
#[expect(dead_code, reason = "`main` and printing are for the command line")]
mod ladder;

use handshake::{Choice, State, Timer, Trace};
use ladder::{answer, ladder};

#[track_caller]
fn check(run: &str, expected: &str) {
    let trace: Trace = run.parse().expect("a run that plays");
    let drawn = ladder(&trace);
    assert_eq!(drawn, expected, "\n{drawn}");
}

#[test]
fn confession() {
    check(
        "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3",
        include_str!("data/ladders/confession.txt"),
    );
}

#[test]
fn first_syn_lost() {
    check(
        "v1~B.listen~A.open~drop.1~A.rto~deliver.2~deliver.3~deliver.4",
        include_str!("data/ladders/first-syn-lost.txt"),
    );
}

/// Both sides repeat themselves. The SYN that comes again is out of the window and draws an ACK,
/// which is of no use in SYN-SENT; the SYN,ACK that comes again repairs the loss.
#[test]
fn syn_ack_lost() {
    check(
        "v1~B.listen~A.open~deliver.1~drop.2~A.rto~deliver.3~B.rto~deliver.4~deliver.5~deliver.6",
        include_str!("data/ladders/syn-ack-lost.txt"),
    );
}

#[test]
fn simultaneous_open() {
    check(
        "v1~A.open~B.open~deliver.1~deliver.2~deliver.3~deliver.4",
        include_str!("data/ladders/simultaneous-open.txt"),
    );
}

#[test]
fn what_the_network_did_is_shown() {
    let run = "v1~A.open~copy.1~delay.2.500ms~drop.1~deliver.2~deliver.3".parse().unwrap();
    let drawn = ladder(&run);
    let shown = |part: &str| drawn.lines().any(|line| line.contains(part));
    assert!(shown("copied as 2"), "{drawn}");
    assert!(shown("held back 500ms, due at 600"), "{drawn}");
    assert!(shown("1 ... <SEQ=100><CTL=SYN> --x"), "{drawn}");
    assert!(shown("2 ... <SEQ=100><CTL=SYN> -->"), "{drawn}");
    assert!(shown("A is told: connection refused"), "{drawn}");
}

/// The columns stand below each other: B's state begins at the same place on every line.
#[test]
fn columns_are_aligned() {
    for run in [
        "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3",
        "v1~iss.4294967295.7~A.open~A.rto~A.rto~A.rto~A.rto~A.rto~A.rto~A.rto~A.rto",
    ] {
        let trace: Trace = run.parse().unwrap();
        let drawn = ladder(&trace);
        let mut lines = drawn.lines().skip_while(|line| !line.is_empty()).skip(1);
        let head = lines.next().expect("the head of the columns");
        let columns = ["TCP peer A", "TCP peer B"].map(|name| head.find(name).unwrap());
        // What a step sends stands on lines of its own, without a time.
        for line in lines.filter(|line| !line[..columns[0]].trim().is_empty()) {
            for column in columns {
                let is_state = State::ALL.iter().any(|s| line[column..].starts_with(s.name()));
                assert!(is_state && line[..column].ends_with(' '), "{drawn}");
            }
        }
    }
}

fn answered(arguments: &[&str]) -> ladder::Answer {
    let arguments: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
    answer(&arguments)
}

#[test]
fn run_that_plays_is_printed_and_all_is_well() {
    let run = "v1~A.open";
    let answer = answered(&[run]);
    assert_eq!(answer.out, ladder(&run.parse().unwrap()));
    assert_eq!((answer.err.as_str(), answer.status), ("", 0));
}

#[test]
fn run_that_breaks_off_is_printed_as_far_as_it_plays() {
    let answer = answered(&["v1~A.open~deliver.9~A.rto"]);
    assert_eq!(answer.out, ladder(&"v1~A.open".parse().unwrap()));
    assert_eq!(
        answer.err,
        "ladder: word 3 (`deliver.9`, column 11): cannot happen here: no packet 9 is under way\n  \
         v1~A.open~deliver.9~A.rto\n  \
         \u{20}         ^^^^^^^^^\n",
    );
    assert_eq!(answer.status, 2);
}

#[test]
fn carets_stand_below_the_wrong_word() {
    for (run, word) in [
        ("hello", "hello"),
        ("v1~愛~A.open", "愛"),
        ("v1~A.open~x\ny", "x\u{fffd}y"),
        ("v1~\u{1b}[2J", "\u{fffd}[2J"),
    ] {
        let answer = answered(&[run]);
        let mut lines = answer.err.lines().skip(1);
        let (text, carets) = (lines.next().unwrap(), lines.next().unwrap());
        let below: String =
            text.chars().zip(carets.chars()).filter(|(_, c)| *c == '^').map(|(t, _)| t).collect();
        assert_eq!(below, word);
        assert_eq!(lines.next(), None);
        assert_eq!(answer.status, 2);
    }
}

/// A long run is shown around the wrong word only, so that no terminal breaks the line.
#[test]
fn long_run_is_shown_around_the_wrong_word() {
    let run = format!("v1{}~drp.1{}", "~A.open".repeat(40), "~B.open".repeat(40));
    let answer = answered(&[&run]);
    let lines: Vec<&str> = answer.err.lines().skip(1).collect();
    assert!(lines.iter().all(|line| line.chars().count() < 100), "{}", answer.err);
    let at = lines[0].find("drp.1").expect("the wrong word");
    assert_eq!(lines[1], format!("{}^^^^^", " ".repeat(at)));
}

#[test]
fn empty_run_lacks_its_version() {
    let answer = answered(&[""]);
    assert!(answer.err.ends_with("  \n  ^\n"), "{:?}", answer.err);
    assert_eq!(answer.status, 2);
}

#[test]
fn whoever_asks_for_help_gets_an_example_that_plays() {
    for (arguments, status) in
        [(&["--help"][..], 0), (&["-h"], 0), (&[], 2), (&["v1", "A.open"], 2)]
    {
        let answer = answered(arguments);
        let usage = if status == 0 { &answer.out } else { &answer.err };
        let example = usage.split_whitespace().find(|word| word.starts_with("v1~")).unwrap();
        assert!(example.parse::<Trace>().is_ok());
        assert_eq!(answer.out.is_empty(), status == 2);
        assert_eq!(answer.status, status);
    }
}

/// Whatever a run can say stands in the help, and whatever stands there can be said.
#[test]
fn help_names_every_word_of_a_run() {
    let help = answered(&["--help"]).out;
    let named: Vec<&str> = help.split_whitespace().collect();
    let calls = ["open", "listen", "receive", "close", "abort", "status", "accept", "crash"];
    for word in calls.into_iter().chain(Timer::ALL.map(Timer::word)) {
        let told = ["A", "B"].iter().any(|side| named.contains(&&*format!("{side}.{word}")));
        assert!(told, "{word}");
    }
    let parameters = [
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
    let others = ["deliver", "drop", "copy", "delay", "forge", "stranger"];
    for name in parameters.into_iter().chain(others) {
        let begin = format!("{name}.");
        let mut words = named.iter().filter(|word| word.starts_with(&begin)).peekable();
        assert!(words.peek().is_some(), "{name}");
        for word in words {
            let is_step = word.parse::<Choice>().is_ok();
            assert!(is_step || format!("v1~{word}").parse::<Trace>().is_ok(), "{word}");
        }
    }
}
