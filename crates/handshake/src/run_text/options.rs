//! Options as words joined by `-`: those that a side knows, and those of a forged segment.

use core::fmt;

use super::{RunProblem, number};
use crate::{Offers, Options, Scale, Timestamps};

/// The options that a side knows: `mss-ws7-sack-ts`, or `none`.
#[derive(PartialEq)]
pub(super) struct Known(pub(super) Offers);

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == NONE {
            return f.write_str("none");
        }
        let mut joint = "";
        if self.0.mss {
            f.write_str("mss")?;
            joint = "-";
        }
        if let Some(shift) = self.0.window_scale {
            write!(f, "{joint}ws{shift}")?;
            joint = "-";
        }
        if self.0.sack_permitted {
            write!(f, "{joint}sack")?;
            joint = "-";
        }
        if self.0.timestamps {
            write!(f, "{joint}ts")?;
        }
        Ok(())
    }
}

const NONE: Offers =
    Offers { mss: false, window_scale: None, sack_permitted: false, timestamps: false };

pub(super) fn read_known(word: &str) -> Result<Offers, RunProblem> {
    let mut offers = NONE;
    if word == "none" {
        return Ok(offers);
    }
    for name in word.split('-') {
        match name {
            "mss" => offers.mss = true,
            "sack" => offers.sack_permitted = true,
            "ts" => offers.timestamps = true,
            _ => offers.window_scale = Some(own_shift(name)?),
        }
    }
    Ok(offers)
}

/// The options of a forged segment: its MSS, 0 for none, and behind it what else there is.
pub(super) fn write_forged(f: &mut fmt::Formatter<'_>, options: &Options) -> fmt::Result {
    write!(f, "{}", options.mss.unwrap_or(0))?;
    if let Some(shift) = options.window_scale {
        write!(f, "-ws{shift}")?;
    }
    if options.sack_permitted {
        f.write_str("-sack")?;
    }
    match options.timestamps {
        Some(Timestamps { value, echo }) => write!(f, "-ts{value}_{echo}"),
        None => Ok(()),
    }
}

pub(super) fn read_forged(word: &str) -> Result<Options, RunProblem> {
    let (mss, others) = word.split_once('-').unwrap_or((word, ""));
    let mss = if mss.is_empty() { 0 } else { number(mss)? };
    let mut options = Options { mss: (mss > 0).then_some(mss), ..Options::default() };
    for name in others.split('-').filter(|name| !name.is_empty()) {
        if name == "sack" {
            options.sack_permitted = true;
        } else if let Some(times) = name.strip_prefix("ts") {
            let (value, echo) = times.split_once('_').ok_or(RunProblem::NotOptions)?;
            options.timestamps = Some(Timestamps { value: number(value)?, echo: number(echo)? });
        } else {
            options.window_scale = Some(shift(name)?);
        }
    }
    Ok(options)
}

/// A shift that a side may ask for (RFC 7323 section 2.3). A forged segment may say any.
fn own_shift(name: &str) -> Result<u8, RunProblem> {
    let shift = shift(name)?;
    if shift <= Scale::SHIFT_MAX { Ok(shift) } else { Err(RunProblem::NotANumber) }
}

/// `ws7`: a shift of 7 bits.
fn shift(name: &str) -> Result<u8, RunProblem> {
    number(name.strip_prefix("ws").ok_or(RunProblem::NotOptions)?)
}
