//! The server as browsers meet it: over a socket, byte by byte.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use common::Desk;

/// A running server; killed when dropped.
struct Server {
    child: Child,
    address: String,
}

struct Answer {
    status: u16,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

impl Server {
    fn start(desk: &Desk) -> Self {
        let mut child = desk
            .command(&["serve", "output", "--address", "127.0.0.1:0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .split_once("http://")
            .unwrap()
            .1
            .split('/')
            .next()
            .unwrap();
        Server {
            child,
            address: address.to_string(),
        }
    }

    /// Asks for a path just as it is written.
    fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let mut request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.address
        );
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        answer(&bytes)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answer(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let status = lines
        .next()
        .unwrap()
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    let headers: HashMap<String, String> = lines
        .map(|l| l.split_once(':').unwrap())
        .map(|(n, v)| (n.to_lowercase(), v.trim().to_string()))
        .collect();
    let mut body = bytes[end + 4..].to_vec();
    if headers
        .get("transfer-encoding")
        .is_some_and(|t| t == "chunked")
    {
        body = dechunked(&body);
    }
    Answer {
        status,
        headers,
        body,
    }
}

fn dechunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let end = bytes.windows(2).position(|w| w == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&bytes[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return whole;
        }
        whole.extend_from_slice(&bytes[end + 2..end + 2 + size]);
        bytes = &bytes[end + 4 + size..];
    }
}

/// A desk with one edition, and a file beside it that nobody should see.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.issue("i", "headline = \"菜场搬家\"", "菜场搬到了桥东。");
    build(&desk);
    desk.write("output/secret.txt", "geheim");
    desk.write("output/荷湾/secret.txt", "geheim");
    desk
}

fn build(desk: &Desk) {
    let run = desk.run(&[
        "build",
        "--listener=player,epub",
        "i",
        "-q",
        "-o",
        "output/荷湾",
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

const SLUG: &str = "/%E8%8D%B7%E6%B9%BE";

#[test]
fn editions_are_listed_and_played() {
    let desk = desk();
    let server = Server::start(&desk);
    let list = server.get("/", &[]);
    assert_eq!(list.status, 200);
    assert_eq!(list.header("content-type"), "text/html; charset=utf-8");
    assert!(
        list.text().contains("荷湾社区报") && list.text().contains("1篇文章"),
        "{}",
        list.text()
    );
    assert!(
        list.text()
            .contains(&format!("href=\"{SLUG}/listener/%E8%8D%B7%E6%B9%BE.epub\""))
    );
    let english = server.get("/", &[("Accept-Language", "en-US,en;q=0.9")]);
    assert!(english.text().contains("1 articles") || english.text().contains("lang=\"en\""));

    let to = server.get(&format!("{SLUG}/"), &[]);
    assert_eq!(to.status, 307);
    let page = server.get(to.header("location"), &[]);
    assert_eq!(page.status, 200);
    assert!(page.header("cache-control").contains("immutable"));
    assert_eq!(
        page.body,
        fs::read(desk.path("output/荷湾/listener/index.html")).unwrap()
    );
    let packed = server.get(to.header("location"), &[("Accept-Encoding", "gzip")]);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() < page.body.len());
    assert_eq!(server.get(SLUG, &[]).header("location"), format!("{SLUG}/"));
}

#[test]
fn sound_comes_in_parts_and_is_not_compressed() {
    let desk = desk();
    let server = Server::start(&desk);
    let path = format!("{SLUG}/listener/audio/01.mp3");
    let whole = fs::read(desk.path("output/荷湾/listener/audio/01.mp3")).unwrap();
    let all = server.get(&path, &[("Accept-Encoding", "gzip")]);
    assert_eq!((all.status, &all.body), (200, &whole));
    assert_eq!(all.header("content-type"), "audio/mpeg");
    assert_eq!(all.header("accept-ranges"), "bytes");
    assert_eq!(all.header("content-length"), whole.len().to_string());
    let part = server.get(&path, &[("Range", "bytes=192-383")]);
    assert_eq!((part.status, &part.body[..]), (206, &whole[192..384]));
    assert_eq!(
        part.header("content-range"),
        format!("bytes 192-383/{}", whole.len())
    );
    let end = server.get(&path, &[("Range", "bytes=-100")]);
    assert_eq!(end.body, whole[whole.len() - 100..]);
    let none = server.get(&path, &[("Range", "bytes=99999999-")]);
    assert_eq!(none.status, 416);
    let tag = all.header("etag").to_string();
    assert_eq!(server.get(&path, &[("If-None-Match", &tag)]).status, 304);
    let other = server.get(&path, &[("Range", "bytes=0-9"), ("If-Range", "\"other\"")]);
    assert_eq!(
        other.status, 200,
        "a part of another version would be a mixture"
    );
}

#[test]
fn nothing_but_what_the_index_names_is_given_out() {
    let desk = desk();
    let server = Server::start(&desk);
    for path in [
        "/secret.txt",
        "/../i/issue.toml",
        "/%2e%2e/i/issue.toml",
        "/..%2fi%2fissue.toml",
        "/%2fetc/passwd",
        "/.荷湾.lock",
        "/nothing/",
        &format!("{SLUG}/secret.txt"),
        &format!("{SLUG}/../../i/issue.toml"),
        &format!("{SLUG}/%2e%2e/%2e%2e/i/issue.toml"),
        &format!("{SLUG}/listener/../../secret.txt"),
        &format!("{SLUG}/listener"),
        &format!("{SLUG}/@{}/secret.txt", "0".repeat(16)),
        "/%00/",
        "/a%5c..%5cb/",
    ] {
        let got = server.get(path, &[]);
        assert!(
            matches!(got.status, 400 | 404 | 307 | 308),
            "{path}: {}",
            got.status
        );
        let body = String::from_utf8_lossy(&got.body).into_owned();
        assert!(
            !body.contains("geheim") && !body.contains("paper ="),
            "{path}: {body}"
        );
    }
}

#[test]
fn an_edition_that_is_replaced_goes_on_for_who_listens() {
    let desk = desk();
    let server = Server::start(&desk);
    let first = server
        .get(&format!("{SLUG}/"), &[])
        .header("location")
        .to_string();
    let page = server.get(&first, &[]);
    let sound = first.replace("index.html", "audio/01.mp3");
    let before = server.get(&sound, &[("Range", "bytes=0-999")]).body;

    desk.issue(
        "i",
        "headline = \"菜场不搬了\"",
        "菜场留在原来的地方，大家都很高兴。",
    );
    build(&desk);
    let second = server
        .get(&format!("{SLUG}/"), &[])
        .header("location")
        .to_string();
    assert_ne!(first, second);
    assert_eq!(server.get(&first, &[]).body, page.body);
    let whole = server.get(&sound, &[]);
    assert_eq!(whole.status, 200);
    assert_eq!(whole.body[..1000], before[..]);
    assert_ne!(
        whole.body,
        fs::read(desk.path("output/荷湾/listener/audio/01.mp3")).unwrap()
    );
    // A version that nobody listened to leads to the newest.
    let gone = server.get(&first.replace("/@", "/@0"), &[]);
    assert_eq!(
        (gone.status, gone.header("location")),
        (307, second.as_str())
    );
}

#[test]
fn the_server_ends_when_told_and_names_what_it_cannot_have() {
    let desk = desk();
    let mut server = Server::start(&desk);
    let taken = desk.run(&["serve", "output", "--address", &server.address]);
    assert_eq!(taken.code, Some(2));
    let said = format!("error: cannot listen at {}:", server.address);
    assert!(taken.stderr.starts_with(&said), "{}", taken.stderr);
    let nowhere = desk.run(&["serve", "nowhere"]);
    assert_eq!(
        nowhere.stderr,
        "error: there is no folder of editions here\n  --> nowhere\n  \
         help: build an edition first, or name the folder that holds them\n"
    );
    // Somebody who keeps a connection open does not keep the server.
    let _idle = TcpStream::connect(&server.address).unwrap();
    let pid = rustix::process::Pid::from_child(&server.child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let begun = Instant::now();
    let status = server.child.wait().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(15));
    assert_eq!(status.code(), Some(0));
}
