//! Answers: files, whole and in parts, and pages.

use std::ops::Range;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    IF_RANGE, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use http_range_header::parse_range_header;

use super::list;
use crate::store::OpenFile;

/// Files up to this length are read as a whole: pages and their like.
const WHOLE: u64 = 4 << 20;
/// Bytes read from the disk at once.
const BLOCK: u64 = 1 << 18;

/// How long an answer stays true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Its address names its version.
    Forever,
    /// Another edition may take its place.
    Changing,
}

/// A file, or the part of it that was asked for (RFC 9110, 14): one range; of several
/// the whole file is the answer, as the standard allows.
pub fn file(file: Arc<OpenFile>, path: &str, freshness: Freshness, asked: &HeaderMap) -> Response {
    let length = file.length();
    let tag = tag(&file);
    let cache = match freshness {
        Freshness::Forever => "public, max-age=31536000, immutable",
        Freshness::Changing => "no-cache",
    };
    let said = |name: HeaderName| asked.get(name).and_then(|v| v.to_str().ok());
    let headers = [
        (CONTENT_TYPE, kind(path).to_string()),
        (CACHE_CONTROL, cache.to_string()),
        (ETAG, tag.clone()),
        (ACCEPT_RANGES, "bytes".to_string()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_string()),
    ];
    if said(IF_NONE_MATCH).is_some_and(|tags| tags == "*" || tags.split(',').any(|t| same(t, &tag)))
    {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    // A range of another version than the listener has would be a mixture.
    let wanted = said(RANGE).filter(|_| said(IF_RANGE).is_none_or(|t| t.trim() == tag));
    let part = match wanted.map(|range| part(range, length)) {
        None | Some(Part::Whole) => None,
        Some(Part::Of(range)) => Some(range),
        Some(Part::Nothing) => {
            let all = [(CONTENT_RANGE, format!("bytes */{length}"))];
            return (StatusCode::RANGE_NOT_SATISFIABLE, headers, all).into_response();
        }
    };
    let (status, range) = match part {
        Some(range) => (StatusCode::PARTIAL_CONTENT, range),
        None => (StatusCode::OK, 0..length),
    };
    let mut answer = (
        status,
        headers,
        [(CONTENT_LENGTH, (range.end - range.start).to_string())],
    )
        .into_response();
    if status == StatusCode::PARTIAL_CONTENT {
        let which = format!("bytes {}-{}/{length}", range.start, range.end - 1);
        if let Ok(which) = which.parse() {
            answer.headers_mut().insert(CONTENT_RANGE, which);
        }
    }
    *answer.body_mut() = match length <= WHOLE {
        // What is short is sent at once, and can be compressed on the way.
        true => match whole(&file, &range) {
            Ok(bytes) => Body::from(bytes),
            Err(_) => return broken(),
        },
        false => body(file, range),
    };
    answer
}

fn whole(file: &OpenFile, range: &Range<u64>) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![0; (range.end - range.start) as usize];
    let mut at = 0;
    while at < bytes.len() {
        match file.read_at(range.start + at as u64, &mut bytes[at..])? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            n => at += n,
        }
    }
    Ok(bytes)
}

/// What is told apart about a range.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// Several ranges, or what is no range: it is overlooked.
    Whole,
    /// This one.
    Of(Range<u64>),
    /// It lies behind the end.
    Nothing,
}

fn part(asked: &str, length: u64) -> Part {
    let Ok(ranges) = parse_range_header(asked) else {
        return Part::Whole;
    };
    match ranges.validate(length) {
        Ok(ranges) => match ranges.as_slice() {
            [one] => Part::Of(*one.start()..one.end() + 1),
            _ => Part::Whole,
        },
        Err(_) => Part::Nothing,
    }
}

/// The file's bytes, read as they are sent.
fn body(file: Arc<OpenFile>, range: Range<u64>) -> Body {
    let blocks = stream::unfold((file, range), |(file, range)| async move {
        if range.is_empty() {
            return None;
        }
        let reader = Arc::clone(&file);
        let most = BLOCK.min(range.end - range.start) as usize;
        let at = range.start;
        let read = tokio::task::spawn_blocking(move || {
            let mut block = vec![0; most];
            let n = reader.read_at(at, &mut block)?;
            block.truncate(n);
            match n {
                0 => Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof)),
                _ => Ok(Bytes::from(block)),
            }
        });
        let block = read.await.map_err(std::io::Error::other).and_then(|b| b);
        let next = match &block {
            Ok(bytes) => at + bytes.len() as u64..range.end,
            // After an error nothing more is sent.
            Err(_) => range.end..range.end,
        };
        Some((block, (file, next)))
    });
    Body::from_stream(blocks)
}

/// A strong tag (RFC 9110, 8.8.3): a replaced file is another file, with another time.
fn tag(file: &OpenFile) -> String {
    format!("\"{:x}-{:x}\"", file.length(), file.changed())
}

fn same(asked: &str, tag: &str) -> bool {
    let asked = asked.trim();
    asked.strip_prefix("W/").unwrap_or(asked) == tag
}

/// The type of a file, by its ending.
fn kind(path: &str) -> &'static str {
    let ending = path
        .rsplit_once('.')
        .map_or("", |(_, e)| e)
        .to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "txt" | "cue" => "text/plain; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "json" => "application/json",
        "xml" if path == "feed.xml" || path.ends_with("/feed.xml") => {
            "application/rss+xml; charset=utf-8"
        }
        "xml" => "application/xml; charset=utf-8",
        "xhtml" => "application/xhtml+xml; charset=utf-8",
        "smil" => "application/smil+xml; charset=utf-8",
        "opf" => "application/oebps-package+xml; charset=utf-8",
        "ncx" => "application/x-dtbncx+xml; charset=utf-8",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "opus" | "ogg" => "audio/ogg",
        "flac" => "audio/flac",
        "m3u8" | "m3u" => "audio/x-mpegurl; charset=utf-8",
        "epub" => "application/epub+zip",
        "audiobook" => "application/audiobook+zip",
        "lpf" => "application/lpf+zip",
        "zip" => "application/zip",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    }
}

/// A page made here.
pub fn page(status: StatusCode, html: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, html).into_response()
}

/// There is no such page.
pub fn missing() -> Response {
    page(StatusCode::NOT_FOUND, list::missing())
}

/// Something went wrong here.
pub fn broken() -> Response {
    page(StatusCode::INTERNAL_SERVER_ERROR, list::broken())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        assert_eq!(part("bytes=0-499", 1000), Part::Of(0..500));
        assert_eq!(part("bytes=500-", 1000), Part::Of(500..1000));
        assert_eq!(part("bytes=-200", 1000), Part::Of(800..1000));
        assert_eq!(part("bytes=900-5000", 1000), Part::Of(900..1000));
        assert_eq!(part("bytes=1000-", 1000), Part::Nothing);
        assert_eq!(part("bytes=0-1,5-6", 1000), Part::Whole);
        assert_eq!(part("lines=0-1", 1000), Part::Whole);
        assert_eq!(part("bytes=5-2", 1000), Part::Whole, "it is no range");
    }

    #[test]
    fn types_are_told_by_endings() {
        assert_eq!(kind("feed.xml"), "application/rss+xml; charset=utf-8");
        assert_eq!(kind("listener/a.epub"), "application/epub+zip");
        assert_eq!(kind("listener/audio/00.MP3"), "audio/mpeg");
        assert_eq!(kind("x"), "application/octet-stream");
    }
}
