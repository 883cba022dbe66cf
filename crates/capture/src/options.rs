//! The options behind the header (RFC 9293 section 3.2).

use alloc::vec::Vec;

use handshake::{Options, Timestamps};

/// No-operation: it fills up the words on which the options lie.
const NOP: u8 = 1;

/// The options as they stand behind the header, each on words of its own as RFC 7323 appendix A
/// lays them out: with no-operations before what is shorter. Always a multiple of four octets.
pub fn option_bytes(options: &Options) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mss) = options.mss {
        bytes.extend([2, 4]);
        bytes.extend(mss.to_be_bytes());
    }
    if options.sack_permitted {
        bytes.extend([NOP, NOP, 4, 2]);
    }
    if let Some(Timestamps { value, echo }) = options.timestamps {
        bytes.extend([NOP, NOP, 8, 10]);
        bytes.extend(value.to_be_bytes());
        bytes.extend(echo.to_be_bytes());
    }
    if let Some(shift) = options.window_scale {
        bytes.extend([NOP, 3, 3, shift]);
    }
    bytes
}
