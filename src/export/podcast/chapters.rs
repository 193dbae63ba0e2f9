//! Chapters as JSON (podcast namespace, "JSON Chapters Format", version 1.2).

use serde::Serialize;

use crate::diag::Result;
use crate::export::{Book, Joined, json};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Chapters<'a> {
    version: &'static str,
    title: &'a str,
    podcast_name: &'a str,
    file_name: &'a str,
    chapters: Vec<Chapter<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Chapter<'a> {
    /// Seconds.
    start_time: f64,
    end_time: f64,
    title: &'a str,
}

/// The chapters of the whole edition's episode, one a part.
///
/// # Errors
/// What the serialiser says.
pub fn chapters_json(
    book: &Book<'_>,
    joined: &Joined,
    podcast: &str,
    file: &str,
) -> Result<Vec<u8>> {
    let seconds = |ms: u64| ms as f64 / 1000.0;
    let chapters = (joined.chapters())
        .filter_map(|(part, start, end)| {
            Some(Chapter {
                start_time: seconds(start),
                end_time: seconds(end),
                title: &book.parts.get(part)?.title,
            })
        })
        .collect();
    json(
        "the chapters",
        &Chapters {
            version: "1.2.0",
            title: &book.title,
            podcast_name: podcast,
            file_name: file,
            chapters,
        },
    )
}
