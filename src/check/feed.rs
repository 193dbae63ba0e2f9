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
    let items: Vec<Node> = (channel.children())
        .filter(|n| n.tag_name().name() == "item")
        .collect();
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
