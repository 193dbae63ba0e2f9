//! The package file.

use super::super::grammar::{Content, Rule, conform};
use super::super::xml::{Document, text};
use super::super::{File, Files, Report, clock, names};
use super::{clause, known, meta};

/// Open eBook Publication Structure 1.2, the package DTD.
const RULES: &[Rule] = &[
    (
        "package",
        Content::Order("metadata manifest spine tours? guide?"),
        "id unique-identifier! xml:lang",
    ),
    (
        "metadata",
        Content::Order("dc-metadata x-metadata?"),
        "id xml:lang",
    ),
    (
        "dc-metadata",
        Content::Some(
            "dc:Title dc:Creator dc:Subject dc:Description dc:Publisher dc:Contributor dc:Date \
             dc:Type dc:Format dc:Identifier dc:Source dc:Language dc:Relation dc:Coverage dc:Rights",
        ),
        "id xml:lang",
    ),
    ("dc:Title", Content::Text, "id xml:lang"),
    ("dc:Creator", Content::Text, "id xml:lang file-as role"),
    ("dc:Subject", Content::Text, "id xml:lang"),
    ("dc:Description", Content::Text, "id xml:lang"),
    ("dc:Publisher", Content::Text, "id xml:lang"),
    ("dc:Contributor", Content::Text, "id xml:lang file-as role"),
    ("dc:Date", Content::Text, "id xml:lang event"),
    ("dc:Type", Content::Text, "id xml:lang"),
    ("dc:Format", Content::Text, "id xml:lang"),
    ("dc:Identifier", Content::Text, "id xml:lang scheme"),
    ("dc:Source", Content::Text, "id xml:lang"),
    ("dc:Language", Content::Text, "id xml:lang"),
    ("dc:Relation", Content::Text, "id xml:lang"),
    ("dc:Coverage", Content::Text, "id xml:lang"),
    ("dc:Rights", Content::Text, "id xml:lang"),
    ("x-metadata", Content::Some("meta"), "id xml:lang"),
    ("meta", Content::Empty, "id xml:lang name! content! scheme"),
    ("manifest", Content::Some("item"), "id xml:lang"),
    (
        "item",
        Content::Empty,
        "xml:lang id! href! media-type! fallback",
    ),
    ("spine", Content::Some("itemref"), "id xml:lang"),
    ("itemref", Content::Empty, "id xml:lang idref!"),
    ("tours", Content::Some("tour"), "id xml:lang"),
    ("tour", Content::Some("site"), "id xml:lang title!"),
    ("site", Content::Empty, "id xml:lang title! href!"),
    ("guide", Content::Some("reference"), "id xml:lang"),
    (
        "reference",
        Content::Empty,
        "id xml:lang type! title! href!",
    ),
];

const NAMESPACE: &str = "http://openebook.org/namespaces/oeb-package/1.0/";
const PUBLIC_ID: &str = "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN";

/// What media types files have, by the ends of their names (3.3).
const MEDIA: &[(&str, &str)] = &[
    ("opf", "text/xml"),
    ("ncx", "application/x-dtbncx+xml"),
    ("xml", "application/x-dtbook+xml"),
    ("smil", "application/smil"),
    ("res", "application/x-dtbresource+xml"),
    ("mp3", "audio/mpeg"),
    ("wav", "audio/x-wav"),
    ("mp4", "audio/mpeg4-generic"),
    ("css", "text/css"),
    ("jpg", "image/jpeg"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
];

/// What x-metadata may be told; `?` behind those that may be told once at most.
const X_META: &[&str] = &[
    "sourceDate?",
    "sourceEdition?",
    "sourcePublisher?",
    "sourceRights?",
    "sourceTitle?",
    "multimediaType?",
    "multimediaContent?",
    "narrator",
    "producer",
    "producedDate?",
    "revision?",
    "revisionDate?",
    "revisionDescription",
    "totalTime?",
    "audioFormat",
];

/// The book's identifier: that of the `dc:Identifier` the package names.
pub fn uid(document: &Document) -> Option<String> {
    let id = document.root().attribute("unique-identifier")?;
    let node = (document.named("Identifier")).find(|n| n.attribute("id") == Some(id))?;
    Some(text(node).trim().to_string())
}

/// The SMIL files in the order of the spine.
pub fn spine<'b>(document: &'b Document) -> Vec<&'b str> {
    let items = |id: &str| {
        let item = document
            .named("item")
            .find(|n| n.attribute("id") == Some(id));
        item.and_then(|n| n.attribute("href"))
    };
    (document.named("itemref"))
        .filter_map(|n| items(n.attribute("idref")?))
        .collect()
}

/// Checks the package file by itself and its manifest against the files.
pub fn check(document: &Document, files: &Files, report: &mut Report) {
    document.expect("package", NAMESPACE, &[PUBLIC_ID], clause::PACKAGE, report);
    conform(document, RULES, clause::PACKAGE, report);
    document.ids(clause::PACKAGE, report);
    document.languages(clause::PACKAGE, report);
    if uid(document).is_none_or(|uid| uid.is_empty()) {
        let message = "`unique-identifier` names no `dc:Identifier` with a value";
        document.find(report, document.root(), clause::IDENTITY, message);
    }
    dublin(document, report);
    x_metadata(document, files, report);
    manifest(document, files, report);
    spine_of_manifest(document, report);
}

fn dublin(document: &Document, report: &mut Report) {
    for name in [
        "Title",
        "Identifier",
        "Publisher",
        "Date",
        "Format",
        "Language",
    ] {
        if document.named(name).next().is_none() {
            report.file(
                document.file,
                clause::DUBLIN,
                format!("`dc:{name}` is missing"),
            );
        }
    }
    let dc = document.named("dc-metadata").next();
    for node in dc
        .iter()
        .flat_map(|dc| dc.children().filter(|n| n.is_element()))
    {
        let value = text(node);
        let value = value.trim();
        let name = node.tag_name().name();
        let good = match name {
            "Format" => value == "ANSI/NISO Z39.86-2005",
            "Date" => names::is_date(value),
            "Language" => names::is_language(value),
            _ => !value.is_empty(),
        };
        if !good {
            let message = format!("`dc:{name}` must not be `{value}`");
            document.find(report, node, clause::DUBLIN, message);
        }
    }
}

fn x_metadata(document: &Document, files: &Files, report: &mut Report) {
    let allowed: Vec<&str> = X_META.iter().map(|n| n.trim_end_matches('?')).collect();
    known(document, &allowed, clause::X_META, report);
    meta(document, "dtb:multimediaType", None, clause::X_META, report);
    meta(
        document,
        "dtb:multimediaContent",
        None,
        clause::X_META,
        report,
    );
    meta(document, "dtb:totalTime", None, clause::X_META, report);
    let metas = document.metas();
    for name in X_META.iter().filter_map(|n| n.strip_suffix('?')) {
        let found = metas
            .iter()
            .filter(|m| m.name.strip_prefix("dtb:") == Some(name));
        for more in found.skip(1) {
            let message = format!("`{}` is told more than once", more.name);
            document.find(report, more.node, clause::X_META, message);
        }
    }
    let have = |end: &[&str]| {
        files
            .iter()
            .any(|(path, _)| end.contains(&&*names::extension(path)))
    };
    for meta in &metas {
        let content = meta.content;
        let good = match meta.name {
            "dtb:multimediaType" => match content {
                "audioFullText" | "audioPartText" | "textPartAudio" => {
                    have(&["mp3", "wav", "mp4"]) && have(&["xml"])
                }
                "audioOnly" | "audioNCX" => have(&["mp3", "wav", "mp4"]) && !have(&["xml"]),
                "textNCX" => !have(&["mp3", "wav", "mp4"]),
                _ => false,
            },
            "dtb:multimediaContent" => {
                let told: Vec<&str> = content.split(',').map(str::trim).collect();
                told.iter()
                    .all(|t| matches!(*t, "audio" | "text" | "image"))
                    && told.contains(&"audio") == have(&["mp3", "wav", "mp4"])
                    && told.contains(&"text") == have(&["xml"])
                    && told.contains(&"image") == have(&["jpg", "png", "svg"])
            }
            "dtb:totalTime" => clock::value(content).is_some(),
            "dtb:audioFormat" => matches!(content, "MP4-AAC" | "MP3" | "WAV"),
            "dtb:sourceDate" | "dtb:producedDate" | "dtb:revisionDate" => names::is_date(content),
            "dtb:revision" => content.parse::<u32>().is_ok(),
            _ => !content.trim().is_empty(),
        };
        if !good {
            let message = format!("`{}` must not be `{content}` in this book", meta.name);
            document.find(report, meta.node, clause::X_META, message);
        }
    }
}

/// `dtb:totalTime` must be the length of all SMIL files of the spine.
pub fn total_time(document: &Document, truth: u64, report: &mut Report) {
    for meta in document
        .metas()
        .iter()
        .filter(|m| m.name == "dtb:totalTime")
    {
        super::smil::time(document, meta, truth, clause::X_META, report);
    }
}

/// The manifest lists every file once, with the media type it has, and no other.
fn manifest(document: &Document, files: &Files, report: &mut Report) {
    let mut listed: Vec<&str> = Vec::new();
    for item in document.named("item") {
        let mut say = |message: String| document.find(report, item, clause::MANIFEST, message);
        let href = item.attribute("href").unwrap_or_default();
        let media = item.attribute("media-type").unwrap_or_default();
        let end = names::extension(href);
        match files.get(href) {
            _ if href.contains('#') => say(format!("`{href}` has a fragment")),
            None => say(format!("the file `{href}` is missing")),
            Some(File::Document(_) | File::Sound { .. } | File::Other { .. }) => {}
        }
        match MEDIA.iter().find(|row| row.0 == end) {
            Some((_, right)) if *right != media => {
                say(format!(
                    "the media type of `{href}` is `{right}`, not `{media}`"
                ));
            }
            None => say(format!("`{href}` is of no kind that a book may have")),
            Some(_) => {}
        }
        for (end_of, id) in [("ncx", "ncx"), ("res", "resource")] {
            if end == end_of && item.attribute("id") != Some(id) {
                say(format!("the item of `{href}` must have the id `{id}`"));
            }
        }
        if listed.contains(&href) {
            say(format!("`{href}` is listed twice"));
        }
        listed.push(href);
    }
    for (path, _) in files.iter().filter(|(path, _)| !listed.contains(path)) {
        report.file(path, clause::MANIFEST, "the file is not in the manifest");
    }
}

/// The spine names every SMIL file of the manifest once, and no other.
fn spine_of_manifest(document: &Document, report: &mut Report) {
    let mut named = Vec::new();
    for node in document.named("itemref") {
        let mut say = |message: String| document.find(report, node, clause::SPINE, message);
        let idref = node.attribute("idref").unwrap_or_default();
        let item = document
            .named("item")
            .find(|n| n.attribute("id") == Some(idref));
        match item {
            None => say(format!("`{idref}` is the id of no item of the manifest")),
            Some(item) if item.attribute("media-type") != Some("application/smil") => {
                say(format!("`{idref}` is no SMIL file"));
            }
            Some(_) if named.contains(&idref) => say(format!("`{idref}` is named twice")),
            Some(_) => {}
        }
        named.push(idref);
    }
    for item in document.named("item") {
        let id = item.attribute("id").unwrap_or_default();
        if item.attribute("media-type") == Some("application/smil") && !named.contains(&id) {
            document.find(
                report,
                item,
                clause::SPINE,
                format!("`{id}` is not in the spine"),
            );
        }
    }
}
