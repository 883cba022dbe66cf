//! Running other programs: asked for a line, out of sight with a time-out, or in full view.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use duct::Expression;

/// The program's path, if PATH has it.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(&file)).find(|p| is_program(p))
}

#[cfg(unix)]
pub(crate) fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
pub(crate) fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// What the program prints, if it can be run and ends well.
pub(crate) fn ask(program: impl AsRef<OsStr>, args: &[&str]) -> Option<String> {
    let program = program.as_ref().to_os_string();
    let answer = duct::cmd(program, args).stdin_null().stderr_null().read().ok()?;
    Some(answer.trim().to_owned())
}

/// Runs it out of sight. What it printed goes to `log`, whose end is in the error.
pub(crate) fn quietly(command: &Expression, log: &Path, limit: Option<Duration>) -> Result<()> {
    // A file and not a pipe: a grandchild that outlives a time-out would hold the pipe open.
    let file = File::create(log).with_context(|| format!("writing {}", log.display()))?;
    let command = command.stdin_null().stderr_to_stdout().stdout_file(file).unchecked();
    let handle = command.start()?;
    let ended = match limit {
        None => Some(handle.wait()?),
        Some(limit) => handle.wait_timeout(limit)?,
    };
    let Some(output) = ended else {
        handle.kill()?;
        drop(fs::remove_file(log));
        let seconds = limit.unwrap_or_default().as_secs();
        bail!("gave no answer in {seconds} seconds");
    };
    let told = last_lines(&fs::read(log).unwrap_or_default(), 12);
    drop(fs::remove_file(log));
    if output.status.success() { Ok(()) } else { bail!("{told}") }
}

fn last_lines(text: &[u8], count: usize) -> String {
    let text = plain(&String::from_utf8_lossy(text));
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// Runs it in full view and hands each line, without its colours, to `seen`.
/// Whether it ended well is the answer.
pub(crate) fn watched(command: &Expression, mut seen: impl FnMut(&str)) -> Result<bool> {
    let reader = command.stderr_to_stdout().unchecked().reader()?;
    let mut lines = BufReader::new(&reader);
    let mut out = std::io::stdout().lock();
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        out.write_all(&line)?;
        out.flush()?;
        seen(plain(&String::from_utf8_lossy(&line)).trim_end());
        line.clear();
    }
    Ok(reader.try_wait()?.is_some_and(|output| output.status.success()))
}

/// The text without ANSI colour sequences.
fn plain(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        kept.push_str(before);
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        rest = rest.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest);
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_away_and_text_is_kept() {
        assert_eq!(plain("\u{1b}[1m\u{1b}[32mok\u{1b}[0m 小T \u{1b}[0;31mno"), "ok 小T no");
        assert_eq!(plain("\u{1b}["), "");
    }

    #[test]
    fn the_end_of_a_log_skips_empty_lines() {
        assert_eq!(last_lines(b"a\n\nb\n  \nc\n", 2), "b\nc");
        assert_eq!(last_lines(b"", 2), "");
    }

    #[cfg(unix)]
    #[test]
    fn what_takes_too_long_is_ended_and_what_fails_says_why() {
        let log = env::temp_dir().join(format!("xtask-quietly-{}", std::process::id()));
        let slow = duct::cmd!("sleep", "30");
        let error = quietly(&slow, &log, Some(Duration::from_millis(50))).unwrap_err();
        assert!(error.to_string().contains("no answer"), "{error}");
        let wrong = duct::cmd!("sh", "-c", "echo said; echo why >&2; exit 3");
        assert_eq!(quietly(&wrong, &log, None).unwrap_err().to_string(), "said\nwhy");
        drop(fs::remove_file(&log));
    }
}
