//! What is looked at in a real edition's podcast.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use roxmltree::Document;
use serde_json::Value;

use super::{ATOM, BASE, ITUNES, PODCAST, child, file_of, items, text};
use crate::common::tools::{npm, pip};
use crate::common::{Desk, root};

/// Seconds that a file plays.
fn plays(file: &Path) -> f64 {
    let output = Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-show_entries",
            "format=duration",
            "-of",
            "csv=p=0",
        ])
        .arg(file)
        .output()
        .unwrap();
    String::from_utf8(output.stdout)
        .unwrap()
        .trim()
        .parse()
        .unwrap()
}

pub fn every_address_in_the_feed_is_a_file(desk: &Desk) {
    for feed in [
        "output/feed.xml",
        "output/hewan-312/listener/podcast/feed.xml",
    ] {
        let xml = desk.read(feed);
        let document = Document::parse(&xml).unwrap();
        let mut seen = 0;
        for node in document.descendants() {
            let texts = node.text().filter(|_| node.is_element());
            for address in node.attributes().map(|a| a.value()).chain(texts) {
                if address.starts_with(BASE) && !address.ends_with('/') {
                    assert!(address.is_ascii(), "{address}");
                    assert!(file_of(desk, address).is_file(), "{address}");
                    seen += 1;
                }
            }
        }
        assert!(seen >= 20, "{feed}: {seen}");
        for item in items(&document) {
            let sound = child(item, "", "enclosure");
            assert_eq!(sound.attribute("type"), Some("audio/mpeg"));
            let file = file_of(desk, sound.attribute("url").unwrap());
            let length: u64 = sound.attribute("length").unwrap().parse().unwrap();
            assert_eq!(length, fs::metadata(&file).unwrap().len(), "{file:?}");
            let told: f64 = text(item, ITUNES, "duration").parse().unwrap();
            assert!((told - plays(&file)).abs() < 0.6, "{file:?}: {told}");
        }
    }
}

pub fn the_feed_keeps_the_rules(desk: &Desk) {
    let xml = desk.read("output/feed.xml");
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    let document = Document::parse(&xml).unwrap();
    let channel = child(document.root_element(), "", "channel");

    // RSS 2.0 and its profile: title, link, description, language, a link to itself,
    // an image of the same title and link.
    assert_eq!(text(channel, "", "title"), "荷湾社区报");
    assert_eq!(text(channel, "", "link"), BASE);
    assert!(!text(channel, "", "description").is_empty());
    assert_eq!(text(channel, "", "language"), "zh-CN");
    let own = child(channel, ATOM, "link");
    assert_eq!(own.attribute("rel"), Some("self"));
    assert_eq!(own.attribute("type"), Some("application/rss+xml"));
    assert_eq!(
        own.attribute("href"),
        Some("https://news.example.org/tingbao/feed.xml")
    );
    let image = child(channel, "", "image");
    assert_eq!(text(image, "", "title"), text(channel, "", "title"));
    assert_eq!(text(image, "", "link"), text(channel, "", "link"));

    // Apple: a cover, an owner, a category of the list, explicit, type.
    let picture = child(channel, ITUNES, "image").attribute("href").unwrap();
    assert_eq!(picture, text(image, "", "url"));
    let owner = child(channel, ITUNES, "owner");
    assert_eq!(text(owner, ITUNES, "email"), "desk@news.example.org");
    let category = child(channel, ITUNES, "category");
    assert_eq!(category.attribute("text"), Some("News"));
    let part = child(category, ITUNES, "category");
    assert_eq!(part.attribute("text"), Some("Daily News"));
    assert_eq!(text(channel, ITUNES, "explicit"), "false");
    assert_eq!(text(channel, ITUNES, "type"), "episodic");

    // The podcast namespace.
    let guid = text(channel, PODCAST, "guid");
    let dashes: Vec<usize> = guid.match_indices('-').map(|(i, _)| i).collect();
    assert!(
        guid.len() == 36 && dashes == [8, 13, 18, 23] && &guid[14..15] == "5",
        "{guid}"
    );
    assert_eq!(text(channel, PODCAST, "locked"), "yes");

    let items = items(&document);
    assert_eq!(items.len(), 4);
    let mut guids = HashSet::new();
    for item in &items {
        assert!(!text(*item, "", "title").is_empty());
        let guid = child(*item, "", "guid");
        assert_eq!(guid.attribute("isPermaLink"), Some("false"));
        assert!(guids.insert(guid.text().unwrap()));
        let date = text(*item, "", "pubDate");
        assert!(
            date.starts_with("Tue, 24 Nov 2026 0") && date.ends_with(" +0800"),
            "{date}"
        );
        let description = text(*item, "", "description");
        assert!(description.starts_with("<p>") && description.len() < 4000);
        assert_eq!(text(*item, ITUNES, "explicit"), "false");
        let cover = child(*item, ITUNES, "image").attribute("href").unwrap();
        for picture in [picture, cover] {
            let png = fs::read(file_of(desk, picture)).unwrap();
            // 1400 by 1400, 8 bits, RGB (PNG, 11.2.1: IHDR).
            assert_eq!(
                &png[16..26],
                b"\0\0\x05\x78\0\0\x05\x78\x08\x02",
                "{picture}"
            );
        }
    }
    assert!(text(items[0], "", "description").contains("<li>"));
}

pub fn chapters_and_text_cover_the_sound(desk: &Desk) {
    let folder = desk.path("output/hewan-312/listener/podcast");
    let length = plays(&folder.join("edition.mp3"));
    let chapters: Value =
        serde_json::from_slice(&fs::read(folder.join("edition.chapters.json")).unwrap()).unwrap();
    assert_eq!(chapters["version"], "1.2.0");
    let chapters = chapters["chapters"].as_array().unwrap();
    let edition = desk.edition("output/hewan-312");
    let titles = |list: &[Value]| list.iter().map(|c| c["title"].clone()).collect::<Vec<_>>();
    assert_eq!(
        titles(chapters),
        titles(edition["chapters"].as_array().unwrap())
    );
    let mut at = 0.0;
    for chapter in chapters {
        assert_eq!(chapter["startTime"].as_f64().unwrap(), at);
        at = chapter["endTime"].as_f64().unwrap();
    }
    assert!((at - length).abs() < 0.002, "{at} of {length}");

    // The marks in the sound file itself are the same.
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-show_chapters", "-of", "json"])
        .arg(folder.join("edition.mp3"))
        .output()
        .unwrap();
    let marks: Value = serde_json::from_slice(&output.stdout).unwrap();
    let marks = marks["chapters"].as_array().unwrap();
    assert_eq!(marks.len(), chapters.len());
    for (mark, chapter) in marks.iter().zip(chapters) {
        assert_eq!(mark["tags"]["title"], chapter["title"]);
        let start = chapter["startTime"].as_f64().unwrap();
        assert_eq!(mark["start"].as_f64().unwrap(), (start * 1000.0).round());
    }
}

/// The sound of the joined file is where the transcript says: between a sentence's time
/// and its first loud sample is as much silence as in the master, to 30 ms.
pub fn sentences_are_heard_when_they_are_shown(desk: &Desk) {
    let folder = desk.path("output/hewan-312/listener/podcast");
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(folder.join("edition.mp3"))
        .args(["-ar", "24000", "-ac", "1", "-f", "s16le", "-"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.is_empty(), "{said}");
    let heard: Vec<i16> = (output.stdout.chunks_exact(2))
        .map(|b| i16::from_le_bytes([b[0], b[1]]))
        .collect();
    let vtt = fs::read_to_string(folder.join("edition.vtt")).unwrap();
    let seconds = |time: &str| {
        (time.split(':')).fold(0.0, |sum, part| sum * 60.0 + part.parse::<f64>().unwrap())
    };
    let mut times = (vtt.lines())
        .filter_map(|line| line.split_once(" --> "))
        .map(|(start, end)| (seconds(start), seconds(end)));
    let loud = |samples: &[i16], from: usize| -> usize {
        let found = samples[from..].iter().position(|s| s.unsigned_abs() > 500);
        found.unwrap()
    };
    let mut before = 0.0;
    for chapter in desk.edition("output/hewan-312")["chapters"]
        .as_array()
        .unwrap()
    {
        let file = chapter["file"].as_str().unwrap();
        let mut wav = hound::WavReader::open(desk.path("output/hewan-312").join(file)).unwrap();
        let master: Vec<i16> = wav.samples().map(Result::unwrap).collect();
        for cue in chapter["cues"].as_array().unwrap() {
            let (start, end) = times.next().unwrap();
            assert!(start >= before && end > start && end * 24_000.0 <= heard.len() as f64);
            before = end;
            let wanted = loud(&master, cue["start"].as_u64().unwrap() as usize) as f64;
            let found = loud(&heard, (start * 24_000.0) as usize) as f64;
            assert!(
                (found - wanted).abs() < 0.030 * 24_000.0,
                "{wanted} {found}: {cue}"
            );
        }
    }
    assert_eq!(times.next(), None);
}

pub fn readers_of_podcasts_read_it(desk: &Desk) {
    let feed = desk.path("output/feed.xml");
    let transcript = desk.path("output/hewan-312/listener/podcast/edition.vtt");
    let output = Command::new("node")
        .arg(npm("podcast").join("read.mjs"))
        .args([&feed, &transcript])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    let xml = desk.read("output/feed.xml");
    let document = Document::parse(&xml).unwrap();
    let items = items(&document);
    let party = &read["partytime"];
    assert_eq!(party["title"], "荷湾社区报");
    assert_eq!(party["locked"], true);
    assert_eq!(party["medium"], "podcast");
    assert_eq!(party["explicit"], false);
    assert_eq!(party["guid"], read["guid"]);
    for (i, item) in items.iter().enumerate() {
        let (strict, party) = (&read["feedsmith"][i], &party["items"][i]);
        for guid in [&strict["guid"], &party["guid"]] {
            assert_eq!(guid, text(*item, "", "guid"));
        }
        assert_eq!(strict["title"], text(*item, "", "title"));
        let sound = child(*item, "", "enclosure");
        let length: u64 = sound.attribute("length").unwrap().parse().unwrap();
        assert_eq!(strict["enclosure"]["length"], length);
        assert_eq!(party["enclosure"]["url"], sound.attribute("url").unwrap());
        assert!(party["date"].as_str().unwrap().starts_with("2026-11-23T2"));
        assert_eq!(party["transcripts"][0]["type"], "text/vtt");
        let has_chapters = i == 0;
        assert_eq!(party["chapters"]["url"].is_string(), has_chapters);
        assert_eq!(
            strict["chapters"]["type"] == "application/json+chapters",
            has_chapters
        );
    }
    assert_eq!(read["transcripts"][0]["errors"], serde_json::json!([]));
    assert!(read["transcripts"][0]["cues"].as_array().unwrap().len() > 20);

    let output = Command::new("python3")
        .env("PYTHONPATH", pip("podcast"))
        .arg(root().join("tests/podcast/read.py"))
        .args(["https://news.example.org/tingbao/feed.xml"])
        .arg(&feed)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    let episodes = read["episodes"].as_array().unwrap();
    assert_eq!(episodes.len(), items.len());
    for (episode, item) in episodes.iter().zip(items) {
        assert_eq!(episode["guid"], text(item, "", "guid"));
        assert_eq!(episode["enclosures"][0]["mime_type"], "audio/mpeg");
        assert!(episode["published"].as_u64().unwrap() > 1_700_000_000);
    }
}
