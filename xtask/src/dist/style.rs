//! A style sheet as a reader loads it. Comments, the space between the tokens and the long names of
//! its properties stay in the sources.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The style sheet without comments, and without space that says nothing. Inside of quotes all
/// stays as it is, and so does a space before a colon or a bracket: it parts a selector.
pub(super) fn squeezed(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(first) = rest.chars().next() {
        if first == '"' || first == '\'' {
            let length = rest[1..].find(first).map_or(rest.len(), |at| at + 2);
            text.push_str(&rest[..length]);
            rest = &rest[length..];
        } else if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
        } else if first.is_whitespace() {
            rest = rest.trim_start();
            let parts = |c: char| matches!(c, '{' | '}' | ';' | ',' | ' ');
            if !text.ends_with(|c| parts(c) || c == ':') && !rest.starts_with(parts) {
                text.push(' ');
            }
        } else {
            if first == '}' && text.ends_with(';') {
                text.pop();
            }
            text.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    text
}

/// The style sheet with the shortest names for its custom properties, which nobody else calls.
pub(super) fn renamed(css: &str) -> String {
    let mut counts = BTreeMap::new();
    for (at, name) in properties(css) {
        let (count, _) = counts.entry(name).or_insert((0, at));
        *count += 1;
    }
    let mut names: Vec<(&str, (usize, usize))> = counts.into_iter().collect();
    // The most frequent first, and those in the order in which they come.
    names.sort_by_key(|&(_, (count, at))| (Reverse(count), at));
    let short: BTreeMap<&str, String> =
        names.iter().enumerate().map(|(index, (name, _))| (*name, letters(index))).collect();
    let mut text = String::with_capacity(css.len());
    let mut done = 0;
    for (at, name) in properties(css) {
        text.push_str(&css[done..at]);
        text.push_str(&short[name]);
        done = at + name.len();
    }
    text.push_str(&css[done..]);
    text
}

/// Each custom property of a style sheet, wherever it stands, without its two hyphens. Hyphens in
/// the middle of a class's name begin none.
fn properties(css: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    css.match_indices("--").filter(move |&(at, _)| !css[..at].ends_with(is_part)).filter_map(
        move |(at, hyphens)| {
            let start = at + hyphens.len();
            let length = css[start..].find(|c| !is_part(c)).unwrap_or(css.len() - start);
            (length > 0).then(|| (start, &css[start..start + length]))
        },
    )
}

/// a, b, … z, aa, ab, …
fn letters(index: usize) -> String {
    let last = char::from(b'a' + u8::try_from(index % 26).unwrap_or_default());
    let before = if index < 26 { String::new() } else { letters(index / 26 - 1) };
    before + &last.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_get_short_names_and_classes_keep_theirs() {
        let css =
            ".a--b{--wide:1px;--ink:red;color:var(--ink);width:calc(var(--wide) - var(--ink))}";
        let expected = ".a--b{--b:1px;--a:red;color:var(--a);width:calc(var(--b) - var(--a))}";
        assert_eq!(renamed(css), expected);
        assert_eq!(letters(25), "z");
        assert_eq!(letters(26), "aa");
        assert_eq!(letters(27), "ab");
        assert_eq!(letters(26 + 26 * 26), "aaa");
    }

    #[test]
    fn what_says_nothing_goes_and_what_parts_stays() {
        let cases = [
            (
                "/* a */ a  b {\n  color : red;\n  top: calc(1px + 2px);\n}\n",
                "a b{color :red;top:calc(1px + 2px)}",
            ),
            ("a :hover, a:hover > b { }", "a :hover,a:hover > b{}"),
            ("a::before { content: \"a  /* b */ ;\"; }", "a::before{content:\"a  /* b */ ;\"}"),
            (
                "@media (width < 9em) and (x: y) { a { b: c } }",
                "@media (width < 9em) and (x:y){a{b:c}}",
            ),
            ("a { b: c /* d */ e; }", "a{b:c e}"),
            ("a /* b", "a"),
        ];
        for (css, expected) in cases {
            assert_eq!(squeezed(css).trim(), expected);
            assert_eq!(squeezed(expected), expected, "squeezed once is squeezed");
        }
    }
}
