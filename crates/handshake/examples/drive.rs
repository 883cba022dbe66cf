//! Drives two endpoints from another program: JSON lines in, one JSON line out for each.
//!
//! `cargo run -q --release -p handshake --features serde --example drive`
//!
//! The endpoints are not connected: whoever drives them carries the segments, loses or forges them.
//! A line is a reset, or one input for one side at one moment:
//!
//! ```json
//! {"reset":{"iss":{"A":100,"B":300},"window":200}}
//! {"now_us":0,"side":"B","call":{"open":"passive"}}
//! {"now_us":1000,"side":"B","segment":{"flags":"SYN","seq":100,"win":65535,"text":""}}
//! {"now_us":5000,"side":"A","advance":true}
//! ```
//!
//! A line that is wrong is answered with `{"error":{"kind":"input","message":...,"column":...}}`;
//! the column is that of the wrong value, in octets from 1.
//!
//! Only `advance` lets timers expire, those due at `now_us` included, which is at most 2^53. A text
//! is one octet a character. A reset stands alone in its line, and may ask for options beyond MSS:
//! `"window_scale":7`, `"sack_permitted":true`, `"timestamps":true`; they stand in segments under
//! the same names, timestamps as `{"value":5,"echo":0}`.

#[path = "drive/driver.rs"]
mod driver;

use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut driver = driver::Driver::default();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        writeln!(out, "{}", driver.answer(&line?)?)?;
        out.flush()?;
    }
    Ok(())
}
