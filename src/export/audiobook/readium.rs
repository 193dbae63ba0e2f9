//! `manifest.json`: Readium Web Publication Manifest, Audiobook Profile.

use serde_json::{Value, json};

use super::{COVER, Chapter, ENTRY_PAGE, dates, features, number, sufficient, summary, total};
use crate::diag::Result;
use crate::export::book::Book;
use crate::export::clock;
use crate::export::json;
use crate::export::narrators::narrators;
use crate::export::words::well_formed;

/// The manifest.
pub fn manifest(book: &Book<'_>, chapters: &[Chapter<'_, '_>], cover: &[u8]) -> Result<Vec<u8>> {
    let bitrate = bitrate(chapters);
    let order: Vec<Value> = (chapters.iter())
        .map(|chapter| {
            let mut link = json!({
                "href": chapter.file,
                "type": "audio/mpeg",
                "title": chapter.part.title,
                "duration": seconds(chapter.length),
                "language": well_formed(chapter.part.language),
            });
            if bitrate > 0 {
                link["bitrate"] = bitrate.into();
            }
            if chapter.bytes > 0 {
                link["size"] = chapter.bytes.into();
            }
            link
        })
        .collect();
    let mut picture = json!({ "rel": "cover", "href": COVER, "type": "image/png" });
    if let Some((width, height)) = png_size(cover) {
        picture["width"] = width.into();
        picture["height"] = height.into();
    }
    let text = if book.in_chinese() {
        "文字稿"
    } else {
        "Transcript"
    };
    json(
        "manifest.json",
        &json!({
            "@context": "https://readium.org/webpub-manifest/context.jsonld",
            "metadata": metadata(book, chapters),
            "links": [],
            "readingOrder": order,
            "resources": [
                picture,
                { "rel": "contents", "href": ENTRY_PAGE, "type": "text/html", "title": text },
            ],
            "toc": chapters.iter().map(contents).collect::<Vec<_>>(),
        }),
    )
}

/// What it is, Readium's default context and the profile's section 1.
fn metadata(book: &Book<'_>, chapters: &[Chapter<'_, '_>]) -> Value {
    let printed = &book.edition.masthead.printed;
    let (published, modified) = dates(book);
    let mut metadata = json!({
        "@type": "http://schema.org/Audiobook",
        "conformsTo": "https://readium.org/webpub-manifest/profiles/audiobook",
        "identifier": book.identity,
        "title": book.title,
        "language": well_formed(book.language()),
        "narrator": narrators(book),
        "modified": modified,
        "duration": seconds(total(chapters)),
        "readingProgression": "ltr",
        "accessibility": {
            "accessMode": ["auditory", "textual"],
            "accessModeSufficient": sufficient(book),
            "feature": features(book),
            "hazard": ["none"],
            "summary": summary(book),
        },
    });
    if let Some(published) = published {
        metadata["published"] = published.into();
    }
    let publisher = printed.publisher.as_deref().map(str::trim);
    if let Some(publisher) = publisher.filter(|p| !p.is_empty()) {
        metadata["publisher"] = publisher.into();
    }
    let paper = printed.paper.trim();
    if !paper.is_empty() {
        let mut newspaper = json!({ "name": paper });
        if let Some(number) = number(book) {
            // `position` is what programs know that do not know `issue` yet.
            newspaper["position"] = number.into();
            newspaper["issue"] = number.into();
        }
        metadata["belongsTo"] = json!({ "newspaper": newspaper });
    }
    metadata
}

/// A chapter with its subheads below it, each at its second (Media Fragments 1.0,
/// 4.2.1).
fn contents(chapter: &Chapter<'_, '_>) -> Value {
    let mut link = json!({
        "href": chapter.file,
        "type": "audio/mpeg",
        "title": chapter.part.title,
    });
    if !chapter.subheads.is_empty() {
        link["children"] = (chapter.subheads.iter())
            .map(|(title, at)| {
                json!({
                    "href": format!("{}#t={}", chapter.file, clock::seconds(*at)),
                    "type": "audio/mpeg",
                    "title": title,
                })
            })
            .collect();
    }
    link
}

/// The nearest whole number of kilobits a second, of all sound together: the last
/// frame of each file is filled up.
fn bitrate(chapters: &[Chapter<'_, '_>]) -> u64 {
    let bits = 8 * chapters.iter().map(|c| c.bytes).sum::<u64>();
    let ms = total(chapters).max(1);
    (bits + ms / 2) / ms
}

/// Seconds as a number of JSON.
fn seconds(ms: u64) -> f64 {
    ms as f64 / 1000.0
}

/// Width and height of a PNG picture: its first chunk (PNG, 11.2.2 IHDR).
fn png_size(png: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| -> Option<u32> {
        let bytes = png.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes)).filter(|n| *n > 0)
    };
    let starts = png.starts_with(b"\x89PNG\r\n\x1A\n");
    starts.then(|| Some((number(16)?, number(20)?)))?
}
