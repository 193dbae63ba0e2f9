//! A feed as it is read before it is updated: where in its text everything stands.

use std::ops::Range;

use roxmltree::{Document, Node};

use super::damaged;
use crate::diag::Result;

const ITUNES: &str = "http://www.itunes.com/dtds/podcast-1.0.dtd";
const PODCAST: &str = "https://podcastindex.org/namespace/1.0";
const ATOM: &str = "http://www.w3.org/2005/Atom";
/// The prefixes that the elements of ours have.
pub const PREFIXES: [(&str, &str); 3] = [("itunes", ITUNES), ("podcast", PODCAST), ("atom", ATOM)];
/// The elements of the channel that are ours, by namespace.
const OURS: [(&str, &[&str]); 3] = [
    (
        "",
        &[
            "title",
            "link",
            "description",
            "language",
            "pubDate",
            "lastBuildDate",
            "generator",
            "docs",
            "image",
        ],
    ),
    (
        ITUNES,
        &["image", "author", "owner", "category", "type", "explicit"],
    ),
    (PODCAST, &["guid", "medium", "locked"]),
];

/// Where everything is in a feed.
pub struct Feed<'a> {
    /// What the podcast is called.
    pub title: Option<&'a str>,
    /// The podcast's own name for good.
    pub guid: Option<&'a str>,
    /// Just behind the start tag of the channel.
    pub begin: usize,
    /// Where an episode goes when there is none yet.
    pub end: usize,
    /// The elements of the channel that are ours, with the white space before them.
    pub ours: Vec<Range<usize>>,
    /// The episodes, as they stand.
    pub items: Vec<Item<'a>>,
    /// Prefixes that have to be declared, as an edit.
    pub declared: Option<(Range<usize>, String)>,
}

/// An episode.
pub struct Item<'a> {
    /// From the first to the last byte of its element.
    pub range: Range<usize>,
    /// Its name for good.
    pub guid: Option<&'a str>,
    /// Its `pubDate`, as it stands.
    pub date: Option<&'a str>,
    /// What it is called; may be empty.
    pub title: &'a str,
}

impl<'a> Feed<'a> {
    /// Reads a feed; `file` is its name, for messages.
    ///
    /// # Errors
    /// What is no RSS 2.0 feed of one channel, and what has one guid twice.
    pub fn read(document: &'a Document<'_>, file: &str) -> Result<Self> {
        let source = document.input_text();
        let wrong = |why: String, node: Node<'_, '_>| {
            let at = document.text_pos_at(node.range().start);
            damaged(why, file, at.row, at.col.saturating_sub(1))
        };
        let root = document.root_element();
        if !root.has_tag_name("rss") || root.attribute("version") != Some("2.0") {
            return Err(wrong("it is no RSS 2.0".into(), root));
        }
        let mut channels = root.children().filter(|n| n.has_tag_name("channel"));
        let (Some(channel), None) = (channels.next(), channels.next()) else {
            return Err(wrong("it has not one channel".into(), root));
        };
        let Some(first) = channel.first_child() else {
            return Err(wrong("its channel is empty".into(), channel));
        };
        let mut feed = Feed {
            title: None,
            guid: None,
            begin: first.range().start,
            end: (source[..channel.range().end].rfind("</")).unwrap_or(channel.range().end),
            ours: Vec::new(),
            items: Vec::new(),
            declared: declared(root, channel)
                .map_err(|(prefix, uri)| {
                    let why = format!("its prefix `{prefix}` does not mean `{uri}`");
                    wrong(why, root)
                })?
                .map(|text| {
                    let at = root.range().start + "<rss".len();
                    (at..at, text)
                }),
        };
        for node in channel.children().filter(Node::is_element) {
            if node.has_tag_name("item") {
                let item = Item::read(node);
                let twin = |other: &Item<'_>| item.guid.is_some() && other.guid == item.guid;
                if feed.items.iter().any(twin) {
                    let guid = item.guid.unwrap_or_default();
                    return Err(wrong(
                        format!("two of its episodes have the guid `{guid}`"),
                        node,
                    ));
                }
                feed.items.push(item);
                continue;
            }
            match (node.tag_name().namespace(), node.tag_name().name()) {
                (None, "title") => feed.title = Some(content(node)),
                (Some(PODCAST), "guid") if !content(node).is_empty() => {
                    feed.guid = Some(content(node));
                }
                _ => {}
            }
            if is_ours(node) {
                feed.ours.push(with_space(source, node.range()));
            }
        }
        Ok(feed)
    }
}

impl<'a> Item<'a> {
    fn read(node: Node<'a, '_>) -> Self {
        let child = |name| node.children().find(|n| n.has_tag_name(name)).map(content);
        Item {
            range: node.range(),
            guid: child("guid").filter(|guid| !guid.is_empty()),
            date: child("pubDate"),
            title: child("title").unwrap_or_default(),
        }
    }
}

fn content<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or_default().trim()
}

/// Whether an element of the channel is one that `Show::elements` writes.
fn is_ours(node: Node<'_, '_>) -> bool {
    let space = node.tag_name().namespace().unwrap_or_default();
    let name = node.tag_name().name();
    if space == ATOM {
        return name == "link" && node.attribute("rel") == Some("self");
    }
    (OURS.iter()).any(|(uri, names)| *uri == space && names.contains(&name))
}

/// The attributes that declare what is missing of our prefixes, if anything is.
///
/// # Errors
/// A prefix that means something else.
fn declared(
    root: Node<'_, '_>,
    channel: Node<'_, '_>,
) -> Result<Option<String>, (&'static str, &'static str)> {
    let mut missing = String::new();
    for (prefix, uri) in PREFIXES {
        match channel.lookup_namespace_uri(Some(prefix)) {
            Some(known) if known == uri => {}
            None if root.lookup_namespace_uri(Some(prefix)).is_none() => {
                missing.push_str(&format!(" xmlns:{prefix}=\"{uri}\""));
            }
            _ => return Err((prefix, uri)),
        }
    }
    Ok(Some(missing).filter(|m| !m.is_empty()))
}

/// A range with the white space before it.
pub fn with_space(source: &str, range: Range<usize>) -> Range<usize> {
    source[..range.start].trim_end().len()..range.end
}
