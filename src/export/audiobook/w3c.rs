//! `publication.json`: W3C Audiobooks, a profile of the Publication Manifest.

use serde_json::{Value, json};

use super::{COVER, Chapter, ENTRY_PAGE, dates, features, sufficient, summary, total};
use crate::diag::Result;
use crate::export::book::Book;
use crate::export::clock;
use crate::export::json;
use crate::export::narrators::narrators;
use crate::export::words::well_formed;

/// The manifest, with every property that is required or recommended (W3C
/// Audiobooks, 5.2); the day of publication is left out where the paper has none.
pub fn manifest(book: &Book<'_>, chapters: &[Chapter<'_, '_>]) -> Result<Vec<u8>> {
    let printed = &book.edition.masthead.printed;
    let language = well_formed(book.language());
    let (published, modified) = dates(book);
    let people = |name: &str| json!({ "type": "Organization", "name": name });
    let publisher = printed.publisher.as_deref().map(str::trim);
    let publisher = publisher.filter(|p| !p.is_empty());
    let paper = Some(printed.paper.trim()).filter(|p| !p.is_empty());
    let author = paper.or(publisher).unwrap_or(&book.title);
    let readers: Vec<Value> = (narrators(book).iter())
        .map(|name| json!({ "type": "Person", "name": name }))
        .collect();
    let mut manifest = json!({
        "@context": [
            "https://schema.org",
            "https://www.w3.org/ns/pub-context",
            { "language": language },
        ],
        "conformsTo": "https://www.w3.org/TR/audiobooks/",
        "type": "Audiobook",
        "id": book.identity,
        "url": ENTRY_PAGE,
        "name": book.title,
        "author": people(author),
        "readBy": readers,
        "inLanguage": language,
        "dateModified": modified,
        "duration": duration(total(chapters)),
        "abridged": false,
        "readingProgression": "ltr",
        "accessMode": ["auditory", "textual"],
        "accessModeSufficient": (sufficient(book).iter())
            .map(|way| json!({ "type": "ItemList", "itemListElement": way }))
            .collect::<Vec<_>>(),
        "accessibilityFeature": features(book),
        "accessibilityHazard": ["none"],
        "accessibilitySummary": summary(book),
        "readingOrder": chapters.iter().map(resource).collect::<Vec<_>>(),
        "resources": [
            { "type": "LinkedResource", "rel": "cover", "url": COVER,
              "encodingFormat": "image/png", "name": book.title },
            { "type": "LinkedResource", "rel": "contents", "url": ENTRY_PAGE,
              "encodingFormat": "text/html", "name": book.title },
        ],
    });
    if let Some(published) = published {
        manifest["datePublished"] = published.into();
    }
    if let Some(publisher) = publisher {
        manifest["publisher"] = people(publisher);
    }
    json("publication.json", &manifest)
}

/// The sound of a chapter, and its text as another form of it (W3C Audiobooks, 5.11).
fn resource(chapter: &Chapter<'_, '_>) -> Value {
    json!({
        "type": "LinkedResource",
        "url": chapter.file,
        "encodingFormat": "audio/mpeg",
        "name": {
            "value": chapter.part.title,
            "language": well_formed(chapter.part.title_language()),
        },
        "duration": duration(chapter.length),
        "alternate": {
            "type": "LinkedResource",
            "url": format!("{ENTRY_PAGE}#{}", chapter.part.id),
            "encodingFormat": "text/html",
        },
    })
}

/// A length as ISO 8601 has it, in seconds alone.
fn duration(ms: u64) -> String {
    format!("PT{}S", clock::seconds(ms))
}
