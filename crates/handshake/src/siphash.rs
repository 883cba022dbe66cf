//! SipHash-2-4, a keyed hash for short messages (Aumasson and Bernstein, 2012).
//!
//! Whoever does not know the key can neither compute it nor guess the key from what it gave.

/// The hash of a message under a key of 128 bits, as two words in little-endian order.
pub(crate) fn siphash_2_4(key: [u64; 2], message: &[u8]) -> u64 {
    let mut state = State([
        key[0] ^ 0x736f_6d65_7073_6575,
        key[1] ^ 0x646f_7261_6e64_6f6d,
        key[0] ^ 0x6c79_6765_6e65_7261,
        key[1] ^ 0x7465_6462_7974_6573,
    ]);
    let mut chunks = message.chunks_exact(8);
    for chunk in &mut chunks {
        state.absorb(little_endian(chunk));
    }
    // The last word has the octets that are left, and the length above them.
    let length = (message.len() as u64) << 56;
    state.absorb(little_endian(chunks.remainder()) | length);
    state.0[2] ^= 0xff;
    (0..4).for_each(|_| state.round());
    state.0.into_iter().fold(0, |sum, word| sum ^ word)
}

fn little_endian(octets: &[u8]) -> u64 {
    octets.iter().rev().fold(0, |word, &octet| word << 8 | u64::from(octet))
}

struct State([u64; 4]);

impl State {
    /// Takes one word in, with two rounds.
    fn absorb(&mut self, word: u64) {
        self.0[3] ^= word;
        self.round();
        self.round();
        self.0[0] ^= word;
    }

    fn round(&mut self) {
        let [v0, v1, v2, v3] = &mut self.0;
        half_round(v0, v1, 13);
        half_round(v2, v3, 16);
        *v0 = v0.rotate_left(32);
        half_round(v2, v1, 17);
        half_round(v0, v3, 21);
        *v2 = v2.rotate_left(32);
    }
}

/// A sum, a turn, and an exclusive or.
fn half_round(sum: &mut u64, turned: &mut u64, by: u32) {
    *sum = sum.wrapping_add(*turned);
    *turned = turned.rotate_left(by) ^ *sum;
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// The octets 00, 01, 02 … make the key, and the message as well.
    const KEY: [u64; 2] = [0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908];

    fn counting(octets: u8) -> Vec<u8> {
        (0..octets).collect()
    }

    /// Appendix A of the paper, step by step: a message of fifteen octets.
    #[test]
    fn example_of_the_paper() {
        assert_eq!(siphash_2_4(KEY, &counting(15)), 0xa129_ca61_49be_45e5);
    }

    /// The first vectors of the reference implementation, which is in C.
    #[test]
    fn vectors_of_the_reference_implementation() {
        let vectors = [
            0x726f_db47_dd0e_0e31,
            0x74f8_39c5_93dc_67fd,
            0x0d6c_8009_d9a9_4f5a,
            0x8567_6696_d7fb_7e2d,
            0xcf27_94e0_2771_87b7,
            0x1876_5564_cd99_a68d,
            0xcbc9_466e_58fe_e3ce,
            0xab02_00f5_8b01_d137,
            0x93f5_f579_9a93_2462,
        ];
        for (octets, hash) in (0..).zip(vectors) {
            assert_eq!(siphash_2_4(KEY, &counting(octets)), hash, "{octets} octets");
        }
    }
}
