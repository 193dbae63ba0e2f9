//! Both manifests keep the schemas, and what no schema can say; and odd editions.

use jsonschema::Validator;
use serde_json::{Value, json};

use super::audiobook;
use crate::export::book::Book;
use crate::export::entry::{Content, Entry, Track};
use crate::export::sample::edition;
use crate::export::schema_tests::agrees;
use crate::model::{Edition, Frames, Role};

const READIUM: &str = include_str!("../../../tests/audiobook/readium.schema.json");
const W3C: &str = include_str!("../../../tests/audiobook/w3c.schema.json");

/// The head of a picture of 600 by 800 points.
const COVER: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x02\x58\0\0\x03\x20\x08\0\0\0\0";

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::draft202012::new(&schema).unwrap()
}

fn made(edition: &Edition) -> Vec<Entry> {
    let book = Book::new(edition);
    let tracks: Vec<Track> = (book.parts.iter())
        .map(|part| Track {
            bytes: part.chapter.frames.0 / 3,
            ..Track::default()
        })
        .collect();
    audiobook(&book, &tracks, COVER).unwrap()
}

fn text(entries: &[Entry], path: &str) -> String {
    let entry = entries.iter().find(|e| e.path == path).unwrap();
    match &entry.content {
        Content::Bytes(bytes) => String::from_utf8(bytes.clone()).unwrap(),
        _ => panic!("{path} is sound"),
    }
}

fn json_of(entries: &[Entry], path: &str) -> Value {
    serde_json::from_str(&text(entries, path)).unwrap()
}

/// `PT1.500S` in milliseconds.
fn ms(duration: &Value) -> u64 {
    let text = duration.as_str().unwrap();
    let text = text.strip_prefix("PT").unwrap().strip_suffix('S').unwrap();
    text.replace('.', "").parse().unwrap()
}

/// Holds for every audiobook.
fn is_sound(edition: &Edition) -> Vec<Entry> {
    let entries = made(edition);
    let readium = json_of(&entries, "manifest.json");
    let w3c = json_of(&entries, "publication.json");
    agrees(&readium, &validator(READIUM));
    agrees(&w3c, &validator(W3C));
    let heard = readium["readingOrder"].as_array().unwrap();
    let also = w3c["readingOrder"].as_array().unwrap();
    assert_eq!(heard.len(), also.len());
    let page = text(&entries, "index.html");
    let mut sum = 0;
    for (one, other) in heard.iter().zip(also) {
        assert_eq!(one["href"], other["url"]);
        let length = ms(&other["duration"]);
        assert_eq!(
            (one["duration"].as_f64().unwrap() * 1000.0).round() as u64,
            length
        );
        sum += length;
        let file = one["href"].as_str().unwrap();
        assert!(entries.iter().any(|e| e.path == file));
        assert!(page.contains(&format!("<a href=\"{file}\"")));
        let (_, id) = other["alternate"]["url"]
            .as_str()
            .unwrap()
            .split_once('#')
            .unwrap();
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1);
    }
    // W3C Audiobooks, 5.6.2: the whole is exactly the sum.
    assert_eq!(ms(&w3c["duration"]), sum);
    assert_eq!(
        (readium["metadata"]["duration"].as_f64().unwrap() * 1000.0).round() as u64,
        sum
    );
    let sound = entries
        .iter()
        .filter(|e| matches!(e.content, Content::Sound { .. }));
    assert_eq!(sound.count(), heard.len());
    entries
}

#[test]
fn the_sample_is_an_audiobook() {
    let mut edition = edition();
    edition.chapters[1].cues[2].role = Role::Subhead;
    let entries = is_sound(&edition);
    assert_eq!(entries, made(&edition));
    let paths: Vec<&str> = entries.iter().map(|e| e.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "manifest.json",
            "publication.json",
            "index.html",
            "cover.png",
            "p00.mp3",
            "p01.mp3",
            "p02.mp3"
        ]
    );
    let readium = json_of(&entries, "manifest.json");
    assert_eq!(
        readium["readingOrder"][1],
        json!({
            "href": "p01.mp3", "type": "audio/mpeg", "title": "\"一平米”菜园 <A&B>",
            "duration": 14.0, "language": "zh-CN", "bitrate": 64, "size": 112_000,
        })
    );
    assert_eq!(readium["toc"][1]["children"][0]["href"], "p01.mp3#t=4.000");
    assert_eq!(
        readium["metadata"]["belongsTo"],
        json!({ "newspaper": { "name": "梧桐里社区报", "position": 38, "issue": 38 } })
    );
    assert_eq!(readium["resources"][0]["width"], 600);
    let w3c = json_of(&entries, "publication.json");
    assert_eq!(w3c["duration"], "PT18.500S");
    assert_eq!(w3c["datePublished"], "2024-05-12");
    // One recording has no words.
    assert_eq!(w3c["accessModeSufficient"].as_array().unwrap().len(), 1);
    let page = text(&entries, "index.html");
    assert!(page.contains("<link rel=\"publication\" href=\"publication.json\">"));
    assert!(page.contains("&lt;<span lang=\"en\" xml:lang=\"en\">A&amp;B</span>&gt;</a>"));
}

#[test]
fn odd_editions_are_audiobooks() {
    let hostile = "\"<&>'😀𠮷\u{200F}\u{202E}\u{7} </script>";
    let mut edition = edition();
    let head = &mut edition.masthead.printed;
    head.paper = hostile.into();
    head.publisher = Some(hostile.into());
    head.issue_number = Some("〇".into());
    head.date = Some("2024-13-01".into());
    for chapter in &mut edition.chapters {
        chapter.title = hostile.repeat(50);
    }
    // Too short to be heard.
    edition.chapters[2].frames = Frames(1);
    let entries = is_sound(&edition);
    assert_eq!(entries.len(), 6);
    assert!(!text(&entries, "index.html").contains("</script>"));
    let readium = json_of(&entries, "manifest.json");
    assert_eq!(readium["metadata"]["modified"], "2000-01-01T00:00:00Z");
    assert_eq!(readium["metadata"].get("published"), None);
    edition.masthead.printed.paper = " ".into();
    edition.masthead.printed.publisher = None;
    edition.masthead.language = "en_GB".into();
    let entries = is_sound(&edition);
    let readium = json_of(&entries, "manifest.json");
    assert_eq!(readium["metadata"].get("belongsTo"), None);

    let mut many = super::super::sample::edition();
    let article = many.chapters[1].clone();
    many.chapters = (0..200)
        .map(|number| {
            let mut chapter = article.clone();
            chapter.number = number;
            chapter
        })
        .collect();
    assert_eq!(is_sound(&many).len(), 204);
}

#[test]
fn damaged_manifests_are_refused() {
    let entries = made(&edition());
    for (file, schema, changes) in [
        (
            "manifest.json",
            READIUM,
            &[
                (
                    "/metadata/conformsTo",
                    json!("https://readium.org/webpub-manifest/profiles/epub"),
                ),
                ("/metadata/duration", json!(0)),
                ("/metadata/title", json!(" ")),
                ("/metadata/language", json!("zh_CN")),
                ("/metadata/modified", json!("yesterday")),
                ("/metadata/belongsTo/newspaper/position", json!("38")),
                ("/readingOrder", json!([])),
                ("/readingOrder/0/href", json!("p00.mp3#t=1")),
                ("/readingOrder/0/href", json!("/p00.mp3")),
                ("/readingOrder/0/href", json!("../p00.mp3")),
                ("/readingOrder/0/type", json!("text/html")),
                ("/readingOrder/0/duration", json!("7")),
                ("/resources/0/rel", json!("contents")),
                ("/resources/0/width", json!(0)),
            ][..],
        ),
        (
            "publication.json",
            W3C,
            &[
                ("/@context", json!("https://schema.org")),
                ("/conformsTo", json!("https://www.w3.org/TR/pub-manifest/")),
                ("/duration", json!("18.5")),
                ("/id", json!("")),
                ("/readingOrder", json!([])),
                ("/readingOrder/0/encodingFormat", json!("text/html")),
                ("/readingOrder/0/duration", json!("PT")),
                ("/readingOrder/0/url", json!("/p00.mp3")),
                ("/resources/0/rel", json!("contents")),
                ("/resources/1/rel", json!("cover")),
            ],
        ),
    ] {
        let whole = json_of(&entries, file);
        let validator = validator(schema);
        for (pointer, value) in changes {
            let mut damaged = whole.clone();
            *damaged.pointer_mut(pointer).unwrap() = value.clone();
            assert!(!validator.is_valid(&damaged), "{file}: {pointer} = {value}");
        }
        for key in ["@context", "readingOrder", "resources"] {
            let mut less = whole.clone();
            less.as_object_mut().unwrap().shift_remove(key);
            assert!(!validator.is_valid(&less), "{file} misses {key}");
        }
    }
}
