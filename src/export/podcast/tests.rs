//! Episodes as they stand in the feed, and the files beside it.

use roxmltree::Document;
use serde_json::Value;

use super::*;
use crate::export::Content;
use crate::export::sample::edition;
use crate::model::{Category, Edition, Email, Frames, Role, WebAddress};

fn settings() -> Podcast {
    Podcast {
        base: Some(WebAddress::parse("https://news.example.org/audio").unwrap()),
        email: Some(Email::parse("desk@news.example.org").unwrap()),
        category: Category::named("Daily News").unwrap(),
        ..Podcast::default()
    }
}

fn tracks(edition: &Edition) -> Vec<Track> {
    (edition.chapters.iter())
        .map(|c| Track {
            bytes: 192 * (c.frames.0 / 576 + 3),
            played: Frames((c.frames.0 / 576 + 3) * 576),
        })
        .collect()
}

fn made(edition: &Edition, settings: &Podcast) -> Broadcast {
    let published = Published {
        folder: "梧桐里 38/listener/podcast",
        page: Some("梧桐里 38/listener/index.html"),
    };
    let made = podcast(
        &Book::new(edition),
        &tracks(edition),
        &covers(edition),
        settings,
        published,
    )
    .unwrap();
    assert_eq!(made.notes, []);
    made.value.unwrap()
}

fn covers(edition: &Edition) -> Covers {
    Covers::of(&Book::new(edition)).unwrap()
}

fn bytes<'a>(broadcast: &'a Broadcast, path: &str) -> &'a [u8] {
    let entry = broadcast.entries.iter().find(|e| e.path == path);
    match &entry.unwrap().content {
        Content::Bytes(bytes) => bytes,
        _ => panic!("{path} is sound"),
    }
}

fn text<'a>(broadcast: &'a Broadcast, path: &str) -> &'a str {
    std::str::from_utf8(bytes(broadcast, path)).unwrap()
}

#[test]
fn an_edition_is_an_episode() {
    let edition = edition();
    let broadcast = made(&edition, &settings());
    assert_eq!(broadcast.episodes.len(), 1);
    let sizes: u64 = tracks(&edition).iter().map(|t| t.bytes).sum();
    let sound = &broadcast.entries[0];
    let Content::Sound { parts, head } = &sound.content else {
        panic!()
    };
    assert_eq!(
        (sound.path.as_str(), &parts[..]),
        ("edition.mp3", &[0, 1, 2][..])
    );
    let length = head.len() as u64 + sizes;
    let folder = "https://news.example.org/audio/%E6%A2%A7%E6%A1%90%E9%87%8C%2038/listener";
    let guid = &Book::new(&edition).identity;
    assert_eq!(
        broadcast.episodes[0].item,
        format!(
            "<item>
      <title>梧桐里社区报 生活版 第38期 2024-05-12</title>
      <guid isPermaLink=\"false\">{guid}</guid>
      <link>{folder}/index.html</link>
      <pubDate>Sun, 12 May 2024 06:00:00 +0800</pubDate>
      <description>&lt;p&gt;本期共1篇文章，全长 0:18。&lt;/p&gt;&lt;ul&gt;&lt;li&gt;0:03 &amp;quot;一平米”菜园 &amp;lt;A&amp;amp;B&amp;gt;&lt;/li&gt;&lt;/ul&gt;</description>
      <enclosure url=\"{folder}/podcast/edition.mp3\" length=\"{length}\" type=\"audio/mpeg\"/>
      <itunes:title>梧桐里社区报 生活版 第38期 2024-05-12</itunes:title>
      <itunes:duration>19</itunes:duration>
      <itunes:image href=\"{folder}/podcast/cover.png\"/>
      <itunes:explicit>false</itunes:explicit>
      <itunes:episodeType>full</itunes:episodeType>
      <itunes:episode>38</itunes:episode>
      <podcast:episode>38</podcast:episode>
      <podcast:transcript url=\"{folder}/podcast/edition.vtt\" type=\"text/vtt\" language=\"zh-CN\"/>
      <podcast:chapters url=\"{folder}/podcast/edition.chapters.json\" type=\"application/json+chapters\"/>
    </item>"
        )
    );
    assert_eq!(broadcast, made(&edition, &settings()));
}

#[test]
fn every_file_of_the_feed_is_made() {
    let edition = edition();
    let settings = Podcast {
        per_article: true,
        ..settings()
    };
    let broadcast = made(&edition, &settings);
    let folder =
        "https://news.example.org/audio/%E6%A2%A7%E6%A1%90%E9%87%8C%2038/listener/podcast/";
    let feed = text(&broadcast, "feed.xml");
    let document = Document::parse(feed).unwrap();
    let mut named = 0;
    for node in document.descendants() {
        for attribute in node.attributes() {
            if let Some(file) = attribute.value().strip_prefix(folder) {
                assert!(broadcast.entries.iter().any(|e| e.path == file), "{file}");
                named += 1;
            }
        }
    }
    assert!(named > 8);
    let guids: Vec<_> = broadcast.episodes.iter().map(|e| &*e.guid).collect();
    let identity = Book::new(&edition).identity;
    assert_eq!(guids, [identity.clone(), format!("{identity}#caiyuan")]);
    assert!(
        broadcast.episodes[1]
            .item
            .contains("<pubDate>Sun, 12 May 2024 05:59:59 +0800<")
    );
    assert!(
        broadcast.episodes[1]
            .item
            .contains("<itunes:episodeType>bonus<")
    );
    assert_eq!(broadcast.beside[0].path, "feed.png");
    let all = update_feed(None, &broadcast).unwrap();
    let all = String::from_utf8(all.value).unwrap();
    assert!(
        all.contains("<atom:link href=\"https://news.example.org/audio/feed.xml\" rel=\"self\"")
    );
    assert!(feed.contains(&format!(
        "<atom:link href=\"{folder}feed.xml\" rel=\"self\""
    )));
    // One podcast, wherever its feed is.
    let guid = format!("<podcast:guid>{}</podcast:guid>", broadcast.show.guid);
    assert!(all.contains(&guid) && feed.contains(&guid));
}

#[test]
fn text_and_chapters_are_timed_by_the_joined_sound() {
    let edition = edition();
    let broadcast = made(&edition, &settings());
    let vtt = text(&broadcast, "edition.vtt");
    assert!(vtt.starts_with(
        "WEBVTT\n\nNOTE 梧桐里社区报 生活版 第38期 2024-05-12\n\nNOTE language: zh-CN\n\n\
         NOTE 本期导读\n\np00-s0001\n00:00:00.000 --> 00:00:03.000\n梧桐里社区报，共一篇。\n\n\
         NOTE \"一平米”菜园 &lt;A&amp;B&gt;\n\np01-s0001\n00:00:03.072 --> 00:00:04.572\n第一篇\n\n"
    ));
    let json: Value = serde_json::from_str(text(&broadcast, "edition.chapters.json")).unwrap();
    assert_eq!(json["version"], "1.2.0");
    let chapters = json["chapters"].as_array().unwrap();
    assert_eq!(chapters.len(), 3);
    assert_eq!(chapters[0]["startTime"], 0.0);
    assert_eq!(chapters[1]["startTime"], 3.072);
    assert!(
        chapters
            .windows(2)
            .all(|c| c[0]["endTime"] == c[1]["startTime"])
    );
}

#[test]
fn without_an_address_there_is_no_podcast() {
    let edition = edition();
    let published = Published {
        folder: "a",
        page: None,
    };
    let book = Book::new(&edition);
    let none = podcast(
        &book,
        &tracks(&edition),
        &covers(&edition),
        &Podcast::default(),
        published,
    )
    .unwrap();
    assert_eq!(none.value, None);
    assert!(none.notes[0].message.contains("no base address"));
    for feed in ["../feed.xml", "feed", ".xml", "a b.xml", "荷.xml"] {
        let settings = Podcast {
            feed: Some(feed.into()),
            ..settings()
        };
        assert!(
            podcast(
                &book,
                &tracks(&edition),
                &covers(&edition),
                &settings,
                published
            )
            .is_err(),
            "{feed}"
        );
    }
}

#[test]
fn what_the_desk_forgot_is_told() {
    let mut edition = edition();
    edition.masthead.printed.date = None;
    let settings = Podcast {
        email: None,
        ..settings()
    };
    let published = Published {
        folder: "a",
        page: None,
    };
    let book = Book::new(&edition);
    let made = podcast(
        &book,
        &tracks(&edition),
        &covers(&edition),
        &settings,
        published,
    )
    .unwrap();
    assert_eq!(made.notes.len(), 2);
    let broadcast = made.value.unwrap();
    assert!(!text(&broadcast, "feed.xml").contains("pubDate"));
    assert!(!text(&broadcast, "feed.xml").contains("itunes:owner"));
    edition.masthead.printed.paper = " ".into();
    let book = Book::new(&edition);
    assert!(
        podcast(
            &book,
            &tracks(&edition),
            &covers(&edition),
            &settings,
            published
        )
        .is_err()
    );
}

#[test]
fn hostile_names_keep_the_feed_valid_and_findable() {
    let mut edition = edition();
    edition.masthead.printed.paper = "“<i>报</i>” & \u{202E}𠮷😀 ]]>".into();
    edition.masthead.printed.issue_number = Some("第三".into());
    edition.masthead.language = "en".into();
    edition.chapters[1].title = "很长".repeat(500);
    edition.chapters[1].article = Some("01-a/b c#?".into());
    let settings = Podcast {
        per_article: true,
        ..settings()
    };
    let broadcast = made(&edition, &settings);
    let first = update_feed(None, &broadcast).unwrap().value;
    assert_eq!(update_feed(Some(&first), &broadcast).unwrap().value, first);
    let feed = String::from_utf8(first).unwrap();
    let document = Document::parse(&feed).unwrap();
    let title = document
        .descendants()
        .find(|n| n.has_tag_name("title"))
        .unwrap();
    assert_eq!(title.text(), Some("“〈i〉报〈/i〉” & 𠮷😀 ]]〉"));
    assert!(!feed.contains("itunes:episode>"));
    assert!(feed.contains("Articles: 1. Length: 0:18."));
    assert!(broadcast.episodes[1].guid.ends_with("#a-b%20c%23%3F"));
}

#[test]
fn long_lists_are_cut_and_twins_told_apart() {
    let mut edition = edition();
    let article = edition.chapters[1].clone();
    edition.chapters.extend(vec![article; 199]);
    for (i, chapter) in edition.chapters.iter_mut().enumerate() {
        chapter.number = i as u32;
        chapter.cues[0].role = Role::Body;
    }
    let settings = Podcast {
        per_article: true,
        ..settings()
    };
    let broadcast = made(&edition, &settings);
    assert_eq!(broadcast.episodes.len(), 201);
    let mut guids: Vec<_> = broadcast.episodes.iter().map(|e| &e.guid).collect();
    guids.sort();
    guids.dedup();
    assert_eq!(guids.len(), 201);
    let item = &broadcast.episodes[0].item;
    let description = item.lines().find(|l| l.contains("<description>")).unwrap();
    assert!(description.len() < 4000 && description.contains("……还有"));
    let all = update_feed(None, &broadcast).unwrap();
    assert_eq!(update_feed(Some(&all.value), &broadcast).unwrap(), all);
}
