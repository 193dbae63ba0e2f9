//! A podcast's feed and the files that it names.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::xml::{Document, text};
use super::{File, Files, Finding, Report};

const RSS: &str = "RSS 2.0";
const ITEM: &str = "RSS 2.0, elements of item";
const ENCLOSURE: &str = "RSS 2.0, enclosure";

/// What is wrong with the feed `name` among the files of its folder. Files are found by
/// the last part of their addresses.
pub fn feed(files: &Files, name: &str) -> Vec<Finding> {
    let mut report = Report::default();
    match files.get(name) {
        Some(File::Document(bytes)) => {
            if let Some(feed) = Document::parse(name, bytes, RSS, &mut report) {
                channel(&feed, files, &mut report);
            }
        }
        _ => report.file(name, RSS, "the feed is missing"),
    }
    report.sorted()
}

/// What is wrong with the feed of all editions as far as it tells of those in `own`, an
/// edition's own feed. `name` is what findings call it.
pub fn listed(all: &[u8], own: &[u8], name: &str) -> Vec<Finding> {
    let mut report = Report::default();
    let mut unread = Report::default();
    if let (Some(all), Some(own)) = (
        Document::parse(name, all, RSS, &mut report),
        // What is wrong with it is told by itself.
        Document::parse(name, own, RSS, &mut unread),
    ) {
        let there: Vec<Node> = items(&all);
        for item in items(&own) {
            let guid = said(item, "guid");
            let same: Vec<&Node> = (there.iter())
                .filter(|i| said(**i, "guid") == guid)
                .collect();
            let [found] = same[..] else {
                let message = format!("the episode `{guid}` is {} times in it", same.len());
                report.file(name, ITEM, message);
                continue;
            };
            for attribute in ["url", "length", "type"] {
                let of = |item: Node| {
                    let enclosure = child(item, "enclosure");
                    enclosure.and_then(|e| e.attribute(attribute).map(String::from))
                };
                if of(*found) != of(item) {
                    let message = format!(
                        "the {attribute} of the episode `{guid}` is `{}`, not `{}`",
                        of(*found).unwrap_or_default(),
                        of(item).unwrap_or_default()
                    );
                    all.find(&mut report, *found, ENCLOSURE, message);
                }
            }
        }
    }
    report.sorted()
}

fn items<'a, 'i>(feed: &'a Document<'i>) -> Vec<Node<'a, 'i>> {
    let channel = child(feed.root(), "channel");
    channel
        .into_iter()
        .flat_map(|c| c.children())
        .filter(|n| n.tag_name().name() == "item")
        .collect()
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children()
        .find(|n| n.is_element() && n.tag_name().name() == name)
}

fn said(node: Node, name: &str) -> String {
    child(node, name).map_or_else(String::new, |n| text(n).trim().to_string())
}

fn channel(feed: &Document, files: &Files, report: &mut Report) {
    let Some(channel) = child(feed.root(), "channel") else {
        report.file(feed.file, RSS, "the feed has no channel");
        return;
    };
    for wanted in [
        "title",
        "link",
        "description",
        "language",
        "image",
        "explicit",
        "category",
    ] {
        if child(channel, wanted).is_none() {
            feed.find(
                report,
                channel,
                RSS,
                format!("the channel has no `{wanted}`"),
            );
        }
    }
    let items = items(feed);
    if items.is_empty() {
        feed.find(report, channel, RSS, "the feed has no episode");
    }
    let mut guids = BTreeSet::new();
    for item in items {
        let guid = said(item, "guid");
        if guid.is_empty() {
            feed.find(report, item, ITEM, "an episode has no `guid`");
        } else if !guids.insert(guid.clone()) {
            feed.find(
                report,
                item,
                ITEM,
                format!("two episodes have the guid `{guid}`"),
            );
        }
        for wanted in ["title", "description", "duration", "pubDate"] {
            if said(item, wanted).is_empty() {
                feed.find(
                    report,
                    item,
                    ITEM,
                    format!("the episode `{guid}` has no `{wanted}`"),
                );
            }
        }
        enclosure(feed, item, files, report);
        for linked in item
            .children()
            .filter(|n| matches!(n.tag_name().name(), "transcript" | "chapters"))
        {
            let url = linked.attribute("url").unwrap_or_default();
            if here(files, url).is_none() {
                let message = format!("`{url}` is missing");
                feed.find(report, linked, "Podcast Namespace", message);
            }
        }
    }
}

/// The file of an address, by its last part.
fn here<'a>(files: &'a Files, url: &str) -> Option<&'a File> {
    files.get(url.rsplit('/').next()?)
}

fn enclosure(feed: &Document, item: Node, files: &Files, report: &mut Report) {
    let Some(enclosure) = child(item, "enclosure") else {
        feed.find(report, item, ENCLOSURE, "an episode without sound");
        return;
    };
    let url = enclosure.attribute("url").unwrap_or_default();
    if enclosure.attribute("type") != Some("audio/mpeg") {
        feed.find(
            report,
            enclosure,
            ENCLOSURE,
            format!("`{url}` is not of type audio/mpeg"),
        );
    }
    let Some(file) = here(files, url) else {
        feed.find(report, enclosure, ENCLOSURE, format!("`{url}` is missing"));
        return;
    };
    let length = enclosure.attribute("length").unwrap_or_default();
    if length != file.bytes().to_string() {
        let message = format!(
            "`{url}` is said to have {length} bytes, it has {}",
            file.bytes()
        );
        feed.find(report, enclosure, ENCLOSURE, message);
    }
    let told = said(item, "duration").parse::<u64>().unwrap_or_default();
    if let File::Sound { duration, .. } = file
        && (told * 1000).abs_diff(*duration) > 1000
    {
        let message = format!("`{url}` is said to last {told} s, it lasts {duration} ms");
        feed.find(report, enclosure, ENCLOSURE, message);
    }
}
