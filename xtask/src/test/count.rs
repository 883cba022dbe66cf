//! Counts tests from what the test programs print.

/// How many tests the line says have passed.
pub(super) fn count_in(line: &str) -> u32 {
    rusts(line).or_else(|| nodes(line)).unwrap_or(0)
}

/// "test result: ok. 12 passed; 0 failed; …", of cargo's tests and of wasm-bindgen's runner.
fn rusts(line: &str) -> Option<u32> {
    let (_, rest) = line.split_once("test result: ")?;
    let (before, _) = rest.split_once(" passed")?;
    before.rsplit(' ').next()?.parse().ok()
}

/// "ℹ pass 12", or in the other format "# pass 12".
fn nodes(line: &str) -> Option<u32> {
    let rest = line.strip_prefix("ℹ pass ").or_else(|| line.strip_prefix("# pass "))?;
    rest.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_programs_own_words_are_counted() {
        let rust = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(count_in(rust), 12);
        assert_eq!(count_in("test result: FAILED. 3 passed; 1 failed; 0 ignored"), 3);
        assert_eq!(count_in("ℹ pass 7"), 7);
        assert_eq!(count_in("# pass 7"), 7);
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in ["", "running 12 tests", "test a ... ok", "ℹ fail 7", "ℹ pass x", "12 passed"]
        {
            assert_eq!(count_in(line), 0, "{line}");
        }
    }
}
