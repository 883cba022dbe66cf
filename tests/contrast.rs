//! Contrast, computed from the style sheet: every text and every line that means something can be
//! seen in every theme (WCAG 2.2, 1.4.3 and 1.4.11).
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What is written with, and on what.
const TEXTS: &[(&str, &[&str])] = &[
    ("ink", &["paper", "leaf", "shade", "sky", "amber-wash", "rose-tint", "teal-tint"]),
    ("ink-2", &["paper", "leaf", "shade", "sky"]),
    ("ink-3", &["paper", "leaf"]),
    ("leaf", &["ink"]),
    ("on-solid", &["rose", "teal"]),
    ("on-amber", &["amber"]),
    ("rose-ink", &["paper", "leaf", "rose-tint"]),
    ("teal-ink", &["paper", "leaf", "teal-tint"]),
    ("amber-ink", &["paper", "leaf"]),
];

/// What is drawn, and on what.
const LINES: &[(&str, &[&str])] = &[
    ("line", &["paper", "leaf"]),
    ("ink-3", &["paper", "leaf", "sky"]),
    ("rule", &["paper", "leaf"]),
    ("rose", &["paper", "leaf", "rose-tint"]),
    ("teal", &["paper", "leaf", "teal-tint"]),
];

type Tokens = BTreeMap<String, String>;

/// The tokens of every block with this head.
fn block(css: &str, head: &str) -> Tokens {
    let bodies = css.split(head).skip(1).map(|after| after.split('}').next().unwrap_or_default());
    let declarations = bodies.flat_map(|body| body.split(';')).filter_map(|declaration| {
        let declaration = declaration.rsplit("*/").next()?.trim();
        let (name, value) = declaration.strip_prefix("--")?.split_once(':')?;
        Some((name.to_owned(), value.trim().to_owned()))
    });
    declarations.collect()
}

/// The tokens of every theme, as the reader and the reader's system may combine them.
fn themes() -> Vec<(String, Tokens)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/css/tokens.css");
    let css = fs::read_to_string(path).expect("the tokens");
    let day = block(&css, "\n:root {");
    let over = |below: &Tokens, above: &Tokens| -> Tokens {
        below.clone().into_iter().chain(above.clone()).collect()
    };
    let night = over(&day, &block(&css, ":root[data-theme=\"dark\"] {"));
    let projector = over(&day, &block(&css, ":root[data-theme=\"projector\"] {"));
    let more = block(&css, "  :root:root {");
    assert!(!more.is_empty() && night != day && projector != day);
    let plain = [("day", day), ("night", night), ("projector", projector)];
    let with_more =
        plain.iter().map(|(name, theme)| (format!("{name}, more contrast"), over(theme, &more)));
    let with_more: Vec<_> = with_more.collect();
    plain.into_iter().map(|(name, theme)| (name.to_owned(), theme)).chain(with_more).collect()
}

/// Relative luminance, as WCAG defines it.
fn luminance(theme: &Tokens, name: &str) -> f64 {
    let value = theme.get(name).unwrap_or_else(|| panic!("no --{name}"));
    if let Some(other) = value.strip_prefix("var(--") {
        return luminance(theme, other.trim_end_matches(')'));
    }
    let hex = value.strip_prefix('#').unwrap_or_else(|| panic!("--{name} is {value}"));
    let channel = |index: usize| {
        let byte = u8::from_str_radix(&hex[2 * index..2 * index + 2], 16).expect("two digits");
        let part = f64::from(byte) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
}

fn contrast(theme: &Tokens, one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(theme, one), luminance(theme, other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn assert_contrast(pairs: &[(&str, &[&str])], at_least: f64) {
    for (name, theme) in themes() {
        for (front, backs) in pairs {
            for back in *backs {
                let contrast = contrast(&theme, front, back);
                assert!(contrast >= at_least, "{name}: {front} on {back} is {contrast:.2}");
            }
        }
    }
}

#[test]
fn every_text_can_be_read_in_every_theme() {
    assert_contrast(TEXTS, 4.5);
}

#[test]
fn every_line_can_be_seen_in_every_theme() {
    assert_contrast(LINES, 3.0);
}

#[test]
fn whoever_asks_for_contrast_gets_more() {
    for (name, theme) in themes() {
        if name != "day" && name != "night" {
            for back in ["paper", "leaf"] {
                for voice in ["ink", "ink-2", "ink-3"] {
                    let contrast = contrast(&theme, voice, back);
                    assert!(contrast >= 7.0, "{name}: {voice} on {back} is {contrast:.2}");
                }
            }
        }
    }
}

#[test]
fn black_on_white_is_21_to_1() {
    let theme = [("a", "#000000"), ("b", "#ffffff")];
    let theme: Tokens = theme.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    assert!((contrast(&theme, "a", "b") - 21.0).abs() < 1e-9);
}
