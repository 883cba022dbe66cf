//! The page's files in memory, and what is answered to a request for one. Requests never reach
//! the file system, so none can leave the folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use anyhow::{Context, Result};

use crate::bench::{compress, files};

/// What the page may do. It needs nothing inline, no `eval` and nobody else's server.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; \
    manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'self'";

/// Nearly as small as can be, and a tenth of the time.
const QUALITY: i32 = 9;

pub(super) struct Site {
    /// By their paths in the site, with "/" between the parts and none before them.
    files: BTreeMap<String, File>,
}

struct File {
    body: Vec<u8>,
    /// Made for the first who asks; `None` if it is not smaller.
    brotli: OnceLock<Option<Vec<u8>>>,
}

/// What is asked.
pub(super) struct Query<'a> {
    pub(super) method: &'a str,
    pub(super) url: &'a str,
    pub(super) accept_encoding: &'a str,
}

pub(super) struct Answer<'a> {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, Cow<'static, str>)>,
    pub(super) body: Cow<'a, [u8]>,
}

/// The page of a wrong address, as hosts of static files look for it.
const LOST: &str = "404.html";

impl Site {
    pub(super) fn read(dist: &Path) -> Result<Self> {
        let mut site = Self { files: BTreeMap::new() };
        for path in files(dist)? {
            let body = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            let parts: Vec<_> =
                path.strip_prefix(dist)?.iter().map(|part| part.to_string_lossy()).collect();
            site.files.insert(parts.join("/"), File { body, brotli: OnceLock::new() });
        }
        Ok(site)
    }

    pub(super) fn answer(&self, query: &Query) -> Answer<'_> {
        if !matches!(query.method, "GET" | "HEAD") {
            let mut answer = plain(405, "only GET and HEAD are answered here\n");
            answer.headers.push(("Allow", "GET, HEAD".into()));
            return answer;
        }
        let asked = file_name(query.url).and_then(|name| self.files.get_key_value(&name));
        let lost = || self.files.get_key_value(LOST).map(|found| (404, found));
        let Some((status, (name, file))) = asked.map(|found| (200, found)).or_else(lost) else {
            return plain(404, "there is no such file\n");
        };
        let kind = content_type(name);
        let brotli = if takes_brotli(query.accept_encoding) { file.brotli(kind) } else { None };
        let mut headers = headers(kind);
        headers.push(("Cache-Control", cache_control(name).into()));
        if is_compressible(kind) {
            headers.push(("Vary", "Accept-Encoding".into()));
        }
        if brotli.is_some() {
            headers.push(("Content-Encoding", "br".into()));
        }
        Answer { status, headers, body: Cow::Borrowed(brotli.unwrap_or(&file.body)) }
    }
}

impl File {
    fn brotli(&self, kind: &str) -> Option<&[u8]> {
        let made = self.brotli.get_or_init(|| {
            let small = is_compressible(kind).then(|| compress(&self.body, QUALITY).ok());
            small.flatten().filter(|small| small.len() < self.body.len())
        });
        made.as_deref()
    }
}

fn plain(status: u16, text: &'static str) -> Answer<'static> {
    let mut headers = headers("text/plain; charset=utf-8");
    headers.push(("Cache-Control", "no-cache".into()));
    Answer { status, headers, body: Cow::Borrowed(text.as_bytes()) }
}

fn headers(kind: &'static str) -> Vec<(&'static str, Cow<'static, str>)> {
    let mut headers = vec![
        ("Content-Type", Cow::Borrowed(kind)),
        ("Content-Security-Policy", POLICY.into()),
        ("X-Content-Type-Options", "nosniff".into()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".into()),
    ];
    // In a sandboxed frame the page has no origin, and its own files are foreign to it.
    let own = ["text/javascript", "text/css", "text/plain", "application/wasm", "image/svg"];
    if own.iter().any(|each| kind.starts_with(each)) {
        headers.push(("Access-Control-Allow-Origin", "*".into()));
    }
    headers
}

/// The file that a request asks for: without query, "%41" read as "A", "…/" as "…/index.html".
fn file_name(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let mut name = percent_decoded(path)?;
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    Some(name)
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            // `from_str_radix` alone would also read "+1".
            let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
            bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| hex)?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

fn content_type(name: &str) -> &'static str {
    let (_, extension) = name.rsplit_once('.').unwrap_or_default();
    match extension {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn is_compressible(kind: &str) -> bool {
    kind.starts_with("text/")
        || kind.ends_with("json")
        || matches!(kind, "application/wasm" | "image/svg+xml")
}

/// A name with a fingerprint never means other contents; any other may from now on.
fn cache_control(name: &str) -> &'static str {
    if has_fingerprint(name) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Is it `…-0123456789abcdef.js` or the like?
fn has_fingerprint(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let print = stem.rsplit_once('-').map_or("", |(_, print)| print);
    print.len() == 16 && print.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn takes_brotli(accept_encoding: &str) -> bool {
    accept_encoding.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let refused = |part: &str| {
            let weight = part.strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok());
            weight.is_some_and(|weight| weight <= 0.0)
        };
        parts.next() == Some("br") && !parts.any(refused)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let file = |text: &str| File { body: text.into(), brotli: OnceLock::new() };
        let long = "the same again and again. ".repeat(40);
        Site {
            files: BTreeMap::from([
                ("index.html".into(), file("home")),
                ("app-0123456789abcdef.js".into(), file(&long)),
                ("app-0123456789abcdef.wasm".into(), file("x")),
                ("zh/小T.svg".into(), file("<svg/>")),
                ("en/words.txt".into(), file("SYN")),
                ("icon.png".into(), file(&long)),
            ]),
        }
    }

    fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
        answer.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_ref())
    }

    fn get<'a>(site: &'a Site, url: &str) -> Answer<'a> {
        site.answer(&Query { method: "GET", url, accept_encoding: "gzip, br" })
    }

    #[test]
    fn paths_lead_to_files_and_nowhere_else() {
        let site = site();
        for url in ["/", "/index.html", "/?run=v1", "/#x", "/%69ndex.html"] {
            assert_eq!(&*get(&site, url).body, b"home", "{url}");
        }
        assert_eq!(get(&site, "/zh/%E5%B0%8FT.svg").status, 200);
        for url in [
            "",
            "index.html",
            "//index.html",
            "/zh",
            "/zh/",
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "/zh/../index.html",
            "/./index.html",
            "/C:\\index.html",
            "/%",
            "/%4",
            "/%+1",
            "/%ff",
            "/index.html%00",
            "http://else.where/index.html",
        ] {
            assert_eq!(get(&site, url).status, 404, "{url}");
        }
    }

    #[test]
    fn a_wrong_address_has_a_page_of_its_own_where_there_is_one() {
        let mut site = site();
        assert_eq!(&*get(&site, "/none/").body, b"there is no such file\n");
        let lost = File { body: "lost".into(), brotli: OnceLock::new() };
        site.files.insert(LOST.into(), lost);
        for url in ["/none/", "/%ff", "/zh/none.svg"] {
            let answer = get(&site, url);
            assert_eq!((answer.status, &*answer.body), (404, &b"lost"[..]), "{url}");
            assert_eq!(header(&answer, "Content-Type"), Some("text/html; charset=utf-8"));
        }
    }

    #[test]
    fn every_answer_has_the_policy_and_its_type() {
        let site = site();
        for url in ["/", "/app-0123456789abcdef.js", "/none"] {
            let answer = get(&site, url);
            assert_eq!(header(&answer, "Content-Security-Policy"), Some(POLICY));
            assert_eq!(header(&answer, "X-Content-Type-Options"), Some("nosniff"));
        }
        let wasm = get(&site, "/app-0123456789abcdef.wasm");
        assert_eq!(header(&wasm, "Content-Type"), Some("application/wasm"));
        for url in ["/app-0123456789abcdef.wasm", "/zh/小T.svg", "/en/words.txt"] {
            let answer = get(&site, url);
            assert_eq!(header(&answer, "Access-Control-Allow-Origin"), Some("*"), "{url}");
        }
        assert_eq!(header(&get(&site, "/"), "Access-Control-Allow-Origin"), None);
        assert!(!POLICY.contains("unsafe-inline") && !POLICY.contains("  "));
    }

    #[test]
    fn only_what_shrinks_is_compressed_and_only_for_those_who_take_it() {
        let site = site();
        let script = get(&site, "/app-0123456789abcdef.js");
        assert_eq!(header(&script, "Content-Encoding"), Some("br"));
        let mut text = Vec::new();
        brotli::BrotliDecompress(&mut &*script.body, &mut text).unwrap();
        assert!(text.starts_with(b"the same again"));
        for (url, accept_encoding) in
            [("/app-0123456789abcdef.js", "gzip"), ("/icon.png", "br"), ("/", "br")]
        {
            let answer = site.answer(&Query { method: "GET", url, accept_encoding });
            assert_eq!(header(&answer, "Content-Encoding"), None, "{url}");
        }
        assert!(takes_brotli("gzip, br;q=0.5"));
        assert!(!takes_brotli("gzip, br;q=0"));
        assert!(!takes_brotli("brown"));
    }

    #[test]
    fn only_names_with_a_fingerprint_are_kept_for_good() {
        assert!(cache_control("a/boot-0123456789abcdef.js").contains("immutable"));
        assert!(cache_control("app-0123456789abcdef.wasm").contains("immutable"));
        for name in ["index.html", "embed.js", "boot-0123.js", "boot-0123456789abcdeX.js"] {
            assert_eq!(cache_control(name), "no-cache", "{name}");
        }
    }

    #[test]
    fn other_methods_are_refused() {
        let site = site();
        let post = site.answer(&Query { method: "POST", url: "/", accept_encoding: "" });
        assert_eq!((post.status, header(&post, "Allow")), (405, Some("GET, HEAD")));
        let head = site.answer(&Query { method: "HEAD", url: "/", accept_encoding: "" });
        assert_eq!(head.status, 200);
    }
}
