//! A style sheet as a reader loads it. Comments and the space between the tokens stay in the sources.

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

#[cfg(test)]
mod tests {
    use super::*;

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
