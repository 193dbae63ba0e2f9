//! Markers and their names, and the texts of `LIST`/`INFO`.

use std::collections::BTreeMap;

use super::riff::Chunk;
use super::{Report, long};

const CUES: &str = "RIFF, cue points and associated data lists";
const INFO: &str = "RIFF, INFO list";

/// The places marked, in frames, with their names.
pub fn markers(
    name: &str,
    chunks: &[Chunk<'_>],
    frames: u64,
    report: &mut Report,
) -> Vec<(u32, String)> {
    let mut cues = chunks.iter().filter(|c| c.name == *b"cue ");
    let Some(cue) = cues.next() else {
        return Vec::new();
    };
    if cues.next().is_some() {
        report.file(name, CUES, "there are several chunks `cue `");
    }
    let points = cue.content.get(4..).unwrap_or_default();
    let told = long(cue.content, 0).unwrap_or_default() as usize;
    if points.len() != told.saturating_mul(24) {
        let message = format!(
            "{told} markers are told of, {} bytes are there",
            points.len()
        );
        report.file(name, CUES, message);
    }
    let mut places: BTreeMap<u32, u32> = BTreeMap::new();
    let mut last = 0;
    for point in points.chunks_exact(24) {
        let (Some(id), Some(place)) = (long(point, 0), long(point, 20)) else {
            continue;
        };
        if &point[8..12] != b"data" || point[12..20].iter().any(|b| *b != 0) {
            report.file(
                name,
                CUES,
                format!("marker {id} does not point into the samples"),
            );
        }
        if u64::from(place) >= frames.max(1) || place < last {
            let message = format!("marker {id} at {place} is out of order or behind the end");
            report.file(name, CUES, message);
        }
        if places.insert(id, place).is_some() {
            report.file(name, CUES, format!("marker {id} is there twice"));
        }
        last = place;
    }
    let mut labels: BTreeMap<u32, String> = BTreeMap::new();
    for (inner, content) in lists(name, chunks, b"adtl", report) {
        let Some(id) = long(content, 0) else {
            report.file(name, CUES, "a name of a marker is cut short");
            continue;
        };
        if !places.contains_key(&id) {
            report.file(name, CUES, format!("there is no marker {id} to be named"));
        }
        match &inner {
            b"labl" => match text(&content[4..]) {
                Some(label) => drop(labels.insert(id, label)),
                None => report.file(name, CUES, format!("the name of marker {id} is no text")),
            },
            b"ltxt" => {
                let length = long(content, 4).unwrap_or_default();
                let end = places.get(&id).map(|at| u64::from(*at) + u64::from(length));
                if content.len() < 20 || end.is_some_and(|end| end > frames) {
                    report.file(name, CUES, format!("marker {id} reaches behind the end"));
                }
            }
            _ => {}
        }
    }
    (places.iter())
        .map(|(id, place)| {
            if !labels.contains_key(id) {
                report.file(name, CUES, format!("marker {id} has no name"));
            }
            (*place, labels.get(id).cloned().unwrap_or_default())
        })
        .collect()
}

/// Whether the texts are texts.
pub fn texts(name: &str, chunks: &[Chunk<'_>], report: &mut Report) {
    for (inner, content) in lists(name, chunks, b"INFO", report) {
        if text(content).is_none() {
            let shown = String::from_utf8_lossy(&inner).into_owned();
            report.file(
                name,
                INFO,
                format!("`{shown}` is no text that ends with a zero"),
            );
        }
    }
}

/// The parts of all lists of a kind.
fn lists<'a>(
    name: &str,
    chunks: &[Chunk<'a>],
    kind: &[u8; 4],
    report: &mut Report,
) -> Vec<([u8; 4], &'a [u8])> {
    let mut parts = Vec::new();
    for list in chunks.iter().filter(|c| c.name == *b"LIST") {
        let Some(mut rest) = list.content.strip_prefix(kind) else {
            continue;
        };
        while !rest.is_empty() {
            let length = long(rest, 4).unwrap_or(u32::MAX) as usize;
            let content = (8usize.checked_add(length)).and_then(|to| rest.get(8..to));
            let Some(content) = content else {
                report.file(name, CUES, "a part of a list is cut short");
                break;
            };
            parts.push(([rest[0], rest[1], rest[2], rest[3]], content));
            let Some(after) = rest.get(8 + length.next_multiple_of(2)..) else {
                report.file(name, CUES, "a part of a list is not made even");
                break;
            };
            rest = after;
        }
    }
    parts
}

/// UTF-8 with one zero behind it.
fn text(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes.strip_suffix(&[0])?).ok()?;
    (!text.is_empty() && !text.contains('\0')).then(|| text.to_string())
}
