//! The podcast of a real edition: every address in the feed is a file of the edition, the
//! rules of RSS, Apple and the podcast namespace are kept, readers of podcasts read it,
//! and a second edition takes nothing away.

#[path = "../podcast/checks.rs"]
mod checks;

use std::path::PathBuf;

use crate::common::{Desk, Run};
use roxmltree::{Document, Node};

const BASE: &str = "https://news.example.org/tingbao/";
const ITUNES: &str = "http://www.itunes.com/dtds/podcast-1.0.dtd";
const PODCAST: &str = "https://podcastindex.org/namespace/1.0";
const ATOM: &str = "http://www.w3.org/2005/Atom";

const TABLE: &str = "
[podcast]
base = \"https://news.example.org/tingbao\"
email = \"desk@news.example.org\"
category = \"Daily News\"
per_article = true
";

/// A desk with the sample issue as a podcast, not built yet.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.sample_issue();
    let toml = desk.read("issues/hewan/issue.toml");
    desk.write("issues/hewan/issue.toml", format!("{toml}{TABLE}"));
    desk
}

fn build(desk: &Desk, slug: &str) -> Run {
    let output = format!("output/{slug}");
    desk.tone("issues/hewan", "all", &output)
}

fn built() -> Desk {
    let desk = desk();
    let run = build(&desk, "hewan-312");
    assert_eq!(run.code, Some(0), "{run:?}");
    desk
}

/// The issue as the one of another number and day.
fn renumber(desk: &Desk, number: &str, date: &str) {
    let toml = desk.read("issues/hewan/issue.toml");
    let toml: String = (toml.lines())
        .map(|line| match line.split(" =").next() {
            Some("issue_number") => format!("issue_number = \"{number}\"\n"),
            Some("date") => format!("date = \"{date}\"\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    desk.write("issues/hewan/issue.toml", toml);
}

/// The file that an address below the base names.
fn file_of(desk: &Desk, address: &str) -> PathBuf {
    let path = address.strip_prefix(BASE).unwrap();
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let hex = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    desk.path("output").join(String::from_utf8(bytes).unwrap())
}

fn child<'a, 'd>(node: Node<'a, 'd>, space: &str, name: &str) -> Node<'a, 'd> {
    let is = |n: &Node<'_, '_>| {
        n.tag_name().name() == name && n.tag_name().namespace().unwrap_or_default() == space
    };
    let mut found = node.children().filter(is);
    let first = found.next();
    assert!(found.next().is_none(), "two of {name}");
    first.unwrap_or_else(|| panic!("no {name}"))
}

fn text<'a>(node: Node<'a, '_>, space: &str, name: &str) -> &'a str {
    child(node, space, name).text().unwrap_or_default()
}

fn items<'a, 'd>(document: &'a Document<'d>) -> Vec<Node<'a, 'd>> {
    let items = document.descendants().filter(|n| n.has_tag_name("item"));
    items.collect()
}

/// One edition is built for all of these, which only look at it.
#[test]
fn a_real_edition_is_a_podcast() {
    let desk = built();
    checks::every_address_in_the_feed_is_a_file(&desk);
    checks::the_feed_keeps_the_rules(&desk);
    checks::chapters_and_text_cover_the_sound(&desk);
    checks::sentences_are_heard_when_they_are_shown(&desk);
    checks::readers_of_podcasts_read_it(&desk);
}

#[test]
fn a_second_edition_takes_nothing_away() {
    let desk = built();
    let first = desk.read("output/feed.xml");
    renumber(&desk, "313", "2026-12-01");
    let run = build(&desk, "hewan-313");
    assert_eq!(run.code, Some(0), "{run:?}");
    let both = desk.read("output/feed.xml");
    let (old, new) = (
        Document::parse(&first).unwrap(),
        Document::parse(&both).unwrap(),
    );
    let (old, new) = (items(&old), items(&new));
    assert_eq!((old.len(), new.len()), (4, 8));
    assert!(text(new[0], "", "title").contains("第313期"));
    for (old, new) in old.iter().zip(&new[4..]) {
        assert_eq!(&first[old.range()], &both[new.range()]);
    }

    // Exporting again changes nothing; a corrected edition takes its own place.
    let run = desk.run(&["export", "output/hewan-312", "--listener=podcast"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(desk.read("output/feed.xml"), both);

    // What the desk adds by hand stays.
    let by_hand = both.replacen(
        "    </item>\n",
        "      <note xmlns=\"urn:desk\">heard by <![CDATA[<老周>]]></note>\n    </item>\n",
        1,
    );
    desk.write("output/feed.xml", &by_hand);
    let run = desk.run(&["export", "output/hewan-312", "--listener=podcast"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(desk.read("output/feed.xml"), by_hand);
}

#[test]
fn a_damaged_feed_is_left_as_it_is() {
    let desk = built();
    let whole = desk.read("output/feed.xml");
    let other = whole.replace("<title>荷湾社区报</title>", "<title>别的报</title>");
    for damaged in [&whole[..whole.len() / 2], "", "<html/>", &other] {
        desk.write("output/feed.xml", damaged);
        let run = desk.run(&["export", "output/hewan-312", "--listener=podcast"]);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(
            run.stderr.contains("error: the feed ") && run.stderr.contains("help: "),
            "{run:?}"
        );
        assert_eq!(desk.read("output/feed.xml"), damaged);
    }
}

#[test]
fn without_an_address_there_is_no_podcast() {
    let desk = Desk::new();
    desk.sample_issue();
    let run = build(&desk, "hewan");
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!desk.path("output/feed.xml").exists());
    let files = desk.files("output/hewan/listener");
    assert!(
        !files.iter().any(|f| f.starts_with("podcast/")),
        "{files:?}"
    );
}

#[test]
fn an_address_that_is_none_is_told_before_anything_is_spoken() {
    let desk = Desk::new();
    desk.sample_issue();
    let toml = desk.read("issues/hewan/issue.toml");
    let table = "\n[podcast]\nbase = \"news.example.org\"\n";
    desk.write("issues/hewan/issue.toml", format!("{toml}{table}"));
    let run = build(&desk, "hewan");
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("`news.example.org`"), "{run:?}");
    assert!(!desk.path("output/hewan").exists());
}
