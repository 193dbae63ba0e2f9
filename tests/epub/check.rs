//! What no validator sees: whether the text comes in the order in which it is heard,
//! all of it, and whether the clips are the sound, from its first moment to its last.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use roxmltree::{Document, Node, ParsingOptions};

use super::tools::samples;

const EPUB: &str = "http://www.idpf.org/2007/ops";
/// What an encoder may add at the end of a sound, in milliseconds.
const PADDING: u64 = 120;

/// The files of a book.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A sentence of the overlays: its document, its element, begin and end in
/// milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    pub document: String,
    pub id: String,
    pub begin: u64,
    pub end: u64,
}

/// The files of a zip, and the names in their order with whether they are compressed.
pub fn unpack(book: &Path) -> (Files, Vec<(String, bool)>) {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(book).unwrap()).unwrap();
    let mut files = Files::new();
    let mut order = Vec::new();
    for i in 0..zip.len() {
        let mut file = zip.by_index(i).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let packed = file.compression() != zip::CompressionMethod::Stored;
        let name = file.name().unwrap().to_string();
        order.push((name.clone(), packed));
        files.insert(name, bytes);
    }
    (files, order)
}

fn parse<'t>(files: &'t Files, path: &str) -> Result<Document<'t>, String> {
    let bytes = files.get(path).ok_or(format!("{path} is not there"))?;
    let text = std::str::from_utf8(bytes).map_err(|e| format!("{path}: {e}"))?;
    let options = ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    Document::parse_with_options(text, options).map_err(|e| format!("{path}: {e}"))
}

/// A clock value `H:MM:SS.mmm` in milliseconds.
fn ms(clock: &str) -> Option<u64> {
    let (whole, part) = clock.split_once('.')?;
    let n: Option<Vec<u64>> = whole.split(':').map(|p| p.parse().ok()).collect();
    let n = n.filter(|n| n.len() == 3 && part.len() == 3)?;
    Some(((n[0] * 60 + n[1]) * 60 + n[2]) * 1000 + part.parse::<u64>().ok()?)
}

fn named<'a, 'i>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants()
        .filter(move |n| n.tag_name().name() == name)
}

/// The sentences in the order in which they are heard; what is wrong with the book.
pub fn heard(files: &Files) -> (Vec<Clip>, Vec<String>) {
    let mut clips = Vec::new();
    let mut faults = Vec::new();
    if let Err(fault) = walk(files, &mut clips, &mut faults) {
        faults.push(fault);
    }
    (clips, faults)
}

fn walk(files: &Files, clips: &mut Vec<Clip>, faults: &mut Vec<String>) -> Result<(), String> {
    let package = parse(files, "EPUB/package.opf")?;
    let items: BTreeMap<&str, Node<'_, '_>> = named(package.root(), "item")
        .filter_map(|n| Some((n.attribute("id")?, n)))
        .collect();
    let href = |id: &str| -> Result<String, String> {
        let item = items.get(id).ok_or(format!("no item {id}"))?;
        Ok(format!(
            "EPUB/{}",
            item.attribute("href").unwrap_or_default()
        ))
    };
    let length = |refines: Option<String>| {
        let mut metas = named(package.root(), "meta");
        let meta = metas.find(|n| {
            n.attribute("property") == Some("media:duration")
                && n.attribute("refines") == refines.as_deref()
        });
        meta.and_then(|n| ms(n.text()?))
    };
    let mut total = 0;
    for itemref in named(package.root(), "itemref") {
        let id = itemref.attribute("idref").unwrap_or_default();
        let document = href(id)?;
        let page = parse(files, &document)?;
        let Some(overlay) = items.get(id).and_then(|n| n.attribute("media-overlay")) else {
            if itemref.attribute("linear") != Some("no") {
                faults.push(format!("{document} is read and not heard"));
            }
            continue;
        };
        let smil = href(overlay)?;
        let from = clips.len();
        page_clips(files, &smil, &document, &page, clips, faults)?;
        let sum: u64 = clips[from..]
            .iter()
            .map(|c| c.end.saturating_sub(c.begin))
            .sum();
        if length(Some(format!("#{overlay}"))) != Some(sum) {
            faults.push(format!(
                "{smil}: its clips last {sum} ms, its duration says otherwise"
            ));
        }
        total += sum;
    }
    if length(None) != Some(total) {
        faults.push(format!(
            "all clips last {total} ms, the whole duration says otherwise"
        ));
    }
    Ok(())
}

/// The clips of one document.
fn page_clips(
    files: &Files,
    smil: &str,
    document: &str,
    page: &Document<'_>,
    clips: &mut Vec<Clip>,
    faults: &mut Vec<String>,
) -> Result<(), String> {
    let overlay = parse(files, smil)?;
    let places: BTreeMap<&str, Node<'_, '_>> = (page.descendants())
        .filter_map(|n| Some((n.attribute("id")?, n)))
        .collect();
    let mut last: Option<(Node<'_, '_>, &str)> = None;
    let mut at = 0;
    let mut sounds = BTreeSet::new();
    let mut covered = BTreeSet::new();
    for par in named(overlay.root(), "par") {
        let part = |name: &str| par.children().find(|n| n.tag_name().name() == name);
        let (Some(text), Some(audio)) = (part("text"), part("audio")) else {
            faults.push(format!("{smil}: a sentence without text or sound"));
            continue;
        };
        let (file, id) = (text.attribute("src").unwrap_or_default())
            .split_once('#')
            .ok_or(format!("{smil}: a text that names no element"))?;
        if format!("EPUB/{file}") != document {
            faults.push(format!("{smil}: {file} is another document"));
        }
        let Some(place) = places.get(id) else {
            faults.push(format!("{smil}: {document} has no element {id}"));
            continue;
        };
        if let Some((before, name)) = last
            && place.range().start < before.range().end
        {
            faults.push(format!(
                "{smil}: {id} is heard after {name} and stands before it"
            ));
        }
        last = Some((*place, id));
        covered.insert(place.id().get());
        let clock = |name: &str| audio.attribute(name).and_then(ms);
        let (Some(begin), Some(end)) = (clock("clipBegin"), clock("clipEnd")) else {
            faults.push(format!("{smil}: {id} has no times"));
            continue;
        };
        if begin != at {
            faults.push(format!(
                "{smil}: {id} begins at {begin} ms, the one before ends at {at}"
            ));
        }
        if end <= begin {
            faults.push(format!("{smil}: {id} ends before it begins"));
        }
        at = end;
        sounds.insert(format!(
            "EPUB/{}",
            audio.attribute("src").unwrap_or_default()
        ));
        clips.push(Clip {
            document: document.into(),
            id: id.into(),
            begin,
            end,
        });
    }
    if sounds.len() != 1 {
        faults.push(format!("{smil}: {} sounds and not one", sounds.len()));
    }
    for sound in &sounds {
        let bytes = files.get(sound).ok_or(format!("{sound} is not there"))?;
        let length = samples(bytes) * 1000;
        if at * 24_000 > length {
            faults.push(format!(
                "{smil}: ends at {at} ms, {sound} at {}",
                length / 24_000
            ));
        }
        if (at + PADDING) * 24_000 < length {
            faults.push(format!("{sound}: goes on after {at} ms for nobody to see"));
        }
    }
    let body = named(page.root(), "body").next().ok_or("no body")?;
    for text in body.descendants().filter(|n| n.is_text()) {
        let words = text.text().unwrap_or_default().trim();
        let seen = text.ancestors().any(|a| covered.contains(&a.id().get()));
        if !words.is_empty() && !seen {
            faults.push(format!("{document}: `{words}` is shown and never heard"));
        }
    }
    let of_type = |node: &Node<'_, '_>| {
        node.attribute((EPUB, "type"))
            .unwrap_or_default()
            .to_string()
    };
    for note in places.values().filter(|n| of_type(n) == "footnote") {
        let id = note.attribute("id").unwrap_or_default();
        let marked = named(overlay.root(), "par")
            .any(|p| p.attribute("id") == Some(id) && of_type(&p) == "footnote");
        if !marked {
            faults.push(format!("{smil}: the note {id} cannot be skipped"));
        }
    }
    Ok(())
}
