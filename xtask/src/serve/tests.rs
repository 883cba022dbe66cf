//! The server over a real socket.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::*;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("index.html"), "home".repeat(20_000)).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn exchange(server: &Server, request: &str) -> String {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).unwrap();
    write!(stream, "{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_page_is_served_with_its_length_and_head_has_no_body() {
    let folder = Folder::new("served");
    let server = Server::start(&folder.0, 0).unwrap();
    let got = exchange(&server, "GET /");
    assert!(got.starts_with("HTTP/1.1 200"), "{got}");
    assert!(got.contains("content-length: 80000"));
    assert!(got.ends_with("homehome"));
    let head = exchange(&server, "HEAD /");
    assert!(head.contains("content-length: 80000"), "{head}");
    assert!(head.ends_with("\r\n\r\n"));
    assert!(exchange(&server, "GET /../../etc/passwd").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_taken_port_is_passed_over() {
    let folder = Folder::new("taken");
    let first = Server::start(&folder.0, 0).unwrap();
    let second = Server::start(&folder.0, first.port).unwrap();
    assert!(second.port > first.port);
}

#[test]
fn what_was_built_again_is_shown() {
    let folder = Folder::new("again");
    let server = Server::start(&folder.0, 0).unwrap();
    fs::write(folder.0.join("index.html"), "new").unwrap();
    server.show(&folder.0).unwrap();
    assert!(exchange(&server, "GET /").ends_with("new"));
}

#[test]
fn connections_that_ask_nothing_keep_nobody_waiting() {
    let folder = Folder::new("idle");
    let server = Server::start(&folder.0, 0).unwrap();
    let connect = || TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).unwrap();
    // Browsers open some ahead of need.
    let idle: Vec<TcpStream> = (0..20).map(|_| connect()).collect();
    assert!(exchange(&server, "GET /").starts_with("HTTP/1.1 200"));
    drop(idle);
}
