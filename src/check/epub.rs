//! An EPUB with media overlays, as a reading system meets it: container, package,
//! documents and overlays, and what no validator looks at: whether the text comes in
//! the order in which it is heard, all of it, and whether the clips are the sound from
//! its first moment to its last.

mod pages;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use roxmltree::{Node, NodeId};

use super::clock::value;
use super::xml::{Document, text};
use super::{File, Files, Finding, Report};

const CONTAINER: &str = "META-INF/container.xml";
const OCF: &str = "EPUB 3.3, 4.2.6.3.1";
const PACKAGE: &str = "EPUB 3.3, 5";
const MANIFEST: &str = "EPUB 3.3, 5.6";
const METADATA: &str = "EPUB 3.3, 5.5.3";
const OVERLAY: &str = "EPUB 3.3, 9.2";
const ORDER: &str = "EPUB 3.3, 9.3.2.1";
const DURATION: &str = "EPUB 3.3, 9.3.5";
/// What an encoder may add at the end of a sound, in milliseconds.
const PADDING: u64 = 120;

/// What is wrong with the files of an EPUB.
pub fn epub(files: &Files) -> Vec<Finding> {
    let mut report = Report::default();
    match document(files, CONTAINER, OCF, &mut report) {
        None => {}
        Some(container) => {
            let path = (container.named("rootfile").next()).and_then(|n| n.attribute("full-path"));
            match path {
                None => report.file(CONTAINER, OCF, "no package is named"),
                Some(path) => package(files, path, &mut report),
            }
        }
    }
    report.sorted()
}

fn document<'a>(
    files: &'a Files,
    path: &'a str,
    clause: &'static str,
    report: &mut Report,
) -> Option<Document<'a>> {
    match files.0.get_key_value(path) {
        Some((name, File::Document(bytes))) => Document::parse(name, bytes, clause, report),
        Some(_) => {
            report.file(path, clause, "it is no document");
            None
        }
        None => {
            report.file(path, clause, "the file is missing");
            None
        }
    }
}

/// A path as a document in the same folder names it, without fragment.
fn beside(file: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    match file.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{href}"),
        None => href.into(),
    }
}

fn package(files: &Files, path: &str, report: &mut Report) {
    let Some(package) = document(files, path, PACKAGE, report) else {
        return;
    };
    for (name, wanted) in [
        ("identifier", "an identifier"),
        ("title", "a title"),
        ("language", "a language"),
    ] {
        let named = package.named(name).any(|n| !text(n).trim().is_empty());
        if !named {
            report.file(path, METADATA, format!("the package has no {wanted}"));
        }
    }
    let meta = |property: &str, refines: Option<&str>| {
        let mut metas = package.named("meta");
        metas
            .find(|n| {
                n.attribute("property") == Some(property) && n.attribute("refines") == refines
            })
            .map(|n| (n, text(n).trim().to_string()))
    };
    for wanted in [
        "dcterms:modified",
        "schema:accessMode",
        "schema:accessibilityFeature",
    ] {
        if meta(wanted, None).is_none() {
            report.file(path, METADATA, format!("the package has no `{wanted}`"));
        }
    }
    let mut items = BTreeMap::new();
    let mut named = BTreeSet::from([path.to_string(), CONTAINER.into(), "mimetype".into()]);
    for item in package.named("item") {
        let (id, href) = (item.attribute("id"), item.attribute("href"));
        let (Some(id), Some(href)) = (id, href) else {
            package.find(report, item, MANIFEST, "an item without id or href");
            continue;
        };
        let file = beside(path, href);
        if files.get(&file).is_none() {
            let message = format!("the manifest names `{file}`, which is missing");
            package.find(report, item, MANIFEST, message);
        }
        if !named.insert(file) {
            let message = format!("the manifest names `{href}` twice");
            package.find(report, item, MANIFEST, message);
        }
        items.insert(id, item);
    }
    for (file, _) in files.iter().filter(|(file, _)| !named.contains(*file)) {
        report.file(file, MANIFEST, "the file is not in the manifest");
    }
    if !(items.values()).any(|n| has(*n, "properties", "nav")) {
        report.file(path, MANIFEST, "no item is the navigation document");
    }
    let mut total = 0;
    let mut spine = Vec::new();
    for itemref in package.named("itemref") {
        let id = itemref.attribute("idref").unwrap_or_default();
        let Some(item) = items.get(id) else {
            let message = format!("the spine names `{id}`, which the manifest does not have");
            package.find(report, itemref, "EPUB 3.3, 5.7", message);
            continue;
        };
        let page = beside(path, item.attribute("href").unwrap_or_default());
        spine.push(page.clone());
        let Some(overlay) = item.attribute("media-overlay") else {
            continue;
        };
        let Some(smil) = items.get(overlay) else {
            let message = format!("`{id}` has the overlay `{overlay}`, which there is not");
            package.find(report, *item, MANIFEST, message);
            continue;
        };
        let smil = beside(path, smil.attribute("href").unwrap_or_default());
        let sum = heard(files, &smil, &page, report);
        total += sum;
        told(
            &package,
            meta("media:duration", Some(&format!("#{overlay}"))),
            sum,
            &smil,
            report,
        );
    }
    told(
        &package,
        meta("media:duration", None),
        total,
        "the whole",
        report,
    );
    pages::check(files, &package, &spine, report);
}

fn has(node: Node, attribute: &str, word: &str) -> bool {
    (node.attribute(attribute)).is_some_and(|v| v.split_whitespace().any(|w| w == word))
}

/// Whether a duration in the package is the sum of the clips.
fn told(
    package: &Document,
    meta: Option<(Node, String)>,
    sum: u64,
    whose: &str,
    report: &mut Report,
) {
    match meta {
        None => report.file(
            package.file,
            DURATION,
            format!("the duration of {whose} is missing"),
        ),
        Some((node, told)) if value(&told) != Some(sum) => {
            let message =
                format!("the duration of {whose} is `{told}`, its clips last {sum} ms together");
            package.find(report, node, DURATION, message);
        }
        Some(_) => {}
    }
}

/// Walks through one overlay beside its page; how long its clips last together.
fn heard(files: &Files, smil: &str, page: &str, report: &mut Report) -> u64 {
    let Some(overlay) = document(files, smil, OVERLAY, report) else {
        return 0;
    };
    let Some(text_page) = document(files, page, PACKAGE, report) else {
        return 0;
    };
    let places = text_page.ids(PACKAGE, report);
    let mut walk = Walk::default();
    for par in overlay.named("par") {
        let part = |name: &str| par.children().find(|n| n.tag_name().name() == name);
        let (Some(shown), Some(audio)) = (part("text"), part("audio")) else {
            overlay.find(report, par, OVERLAY, "a sentence without text or sound");
            continue;
        };
        let src = shown.attribute("src").unwrap_or_default();
        let id = src.split_once('#').map_or("", |(_, id)| id);
        let place = match places.get(id) {
            Some(place) if beside(smil, src) == page => *place,
            _ => {
                let message = format!("`{src}` names no element of `{page}`");
                overlay.find(report, shown, OVERLAY, message);
                continue;
            }
        };
        if walk.last.is_some_and(|end| place.range().start < end) {
            let message = format!("`{id}` is heard after text that stands behind it");
            overlay.find(report, shown, ORDER, message);
        }
        walk.last = Some(place.range().end);
        walk.covered.insert(place.id());
        let clock = |name: &str| audio.attribute(name).and_then(value);
        let (Some(begin), Some(end)) = (clock("clipBegin"), clock("clipEnd")) else {
            let message = format!("the clip of `{id}` has no times");
            overlay.find(report, audio, OVERLAY, message);
            continue;
        };
        if begin != walk.at || end <= begin {
            let message = format!(
                "the clip of `{id}` goes from {begin} to {end} ms, the one before ends at {} ms",
                walk.at
            );
            overlay.find(report, audio, OVERLAY, message);
        }
        walk.at = end;
        walk.sum += end.saturating_sub(begin);
        let sound = beside(smil, audio.attribute("src").unwrap_or_default());
        match files.get(&sound) {
            Some(File::Sound { duration, .. }) if end <= *duration => {
                walk.lengths.insert(sound, *duration);
            }
            Some(File::Sound { duration, .. }) => {
                let message =
                    format!("the clip of `{id}` ends at {end} ms, `{sound}` at {duration} ms");
                overlay.find(report, audio, OVERLAY, message);
            }
            _ => {
                let message = format!("`{sound}` is missing or no sound");
                overlay.find(report, audio, OVERLAY, message);
            }
        }
    }
    for (sound, length) in &walk.lengths {
        if walk.at + PADDING < *length {
            let message = format!(
                "the sound goes on to {length} ms, its text ends at {} ms",
                walk.at
            );
            report.file(sound, OVERLAY, message);
        }
    }
    walk.unheard(&text_page, report);
    walk.sum
}

/// The class of a heading without sound.
const UNSPOKEN: &str = "unspoken";

/// How far the clips of a page have come.
#[derive(Default)]
struct Walk {
    /// Where the text heard last ends, in bytes of its page.
    last: Option<usize>,
    covered: HashSet<NodeId>,
    at: u64,
    sum: u64,
    lengths: BTreeMap<String, u64>,
}

impl Walk {
    /// Tells of text on the page that no clip speaks.
    fn unheard(&self, page: &Document, report: &mut Report) {
        for body in page.named("body") {
            for node in body.descendants().filter(Node::is_text) {
                let words = node.text().unwrap_or_default().trim();
                // A headline that no voice could say says so itself.
                let heard = node.ancestors().any(|a| {
                    self.covered.contains(&a.id()) || a.attribute("class") == Some(UNSPOKEN)
                });
                if !words.is_empty() && !heard {
                    let message = format!("`{words}` is shown and never heard");
                    page.find(report, node, OVERLAY, message);
                }
            }
        }
    }
}
