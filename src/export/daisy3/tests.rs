//! The bytes of small books.

use super::*;
use crate::export::Content;
use crate::export::sample::edition;
use crate::model::{Edition, Role};

fn track(bytes: u64) -> Track {
    Track {
        bytes,
        ..Track::default()
    }
}

fn made(edition: &Edition) -> Vec<Entry> {
    let book = Book::new(edition);
    let tracks = vec![track(100_000); book.parts.len()];
    daisy3(&book, &tracks)
}

fn document(entries: &[Entry], path: &str) -> String {
    let entry = entries.iter().find(|e| e.path == path).unwrap();
    match &entry.content {
        Content::Bytes(bytes) => String::from_utf8(bytes.clone()).unwrap(),
        _ => panic!("{path} is a sound"),
    }
}

#[test]
fn the_package_lists_every_file() {
    let entries = made(&edition());
    let package = document(&entries, "book.opf");
    for entry in &entries {
        let href = format!("href=\"{}\"", entry.path);
        assert_eq!(package.matches(&href).count(), 1, "{href}");
    }
    assert_eq!(package.matches("<item ").count(), entries.len());
    assert!(package.contains(
        "  <spine>\n    <itemref idref=\"smil-1\" />\n    <itemref idref=\"smil-2\" />\n    <itemref idref=\"smil-3\" />\n  </spine>\n"
    ));
    assert!(package.contains("<meta name=\"dtb:totalTime\" content=\"0:00:18.500\" />"));
}

#[test]
fn one_identifier_is_in_all_documents() {
    let edition = edition();
    let identity = Book::new(&edition).identity;
    let entries = made(&edition);
    let package = document(&entries, "book.opf");
    assert!(package.contains(&format!("<dc:Identifier id=\"uid\">{identity}<")));
    let uid = format!("<meta name=\"dtb:uid\" content=\"{identity}\" />");
    for path in [
        "book.ncx",
        "book.xml",
        "s0001.smil",
        "s0002.smil",
        "s0003.smil",
    ] {
        assert!(document(&entries, path).contains(&uid), "{path}");
    }
}

#[test]
fn the_navigation_names_articles_and_subheadings_by_their_sound() {
    let ncx = document(&made(&edition()), "book.ncx");
    assert!(ncx.contains(
        "    <navPoint class=\"article\" id=\"nav-2\" playOrder=\"2\">\n\
         \x20     <navLabel xml:lang=\"zh-CN\">\n\
         \x20       <text>&quot;一平米”菜园 &lt;A&amp;B&gt;</text>\n\
         \x20       <audio src=\"a0002.mp3\" clipBegin=\"0:00:01.500\" clipEnd=\"0:00:04.000\" />\n\
         \x20     </navLabel>\n\
         \x20     <content src=\"s0002.smil#par-p01-s0001\" />\n\
         \x20   </navPoint>\n"
    ));
    assert!(ncx.contains(
        "      <navPoint class=\"subhead\" id=\"nav-4\" playOrder=\"4\">\n\
         \x20       <navLabel xml:lang=\"zh-CN\">\n\
         \x20         <text>小标题</text>\n\
         \x20         <audio src=\"a0003.mp3\" clipBegin=\"0:00:00.600\" clipEnd=\"0:00:00.800\" />\n"
    ));
    assert!(ncx.contains("<meta name=\"dtb:depth\" content=\"2\" />"));
}

#[test]
fn the_text_has_a_level_for_every_section_and_subheading() {
    let text = document(&made(&edition()), "book.xml");
    let closing = text.split("<level1 id=\"p02\"").nth(1).unwrap();
    assert_eq!(
        closing,
        " class=\"section\">\n\
         \x20       <h1><sent id=\"p02-s0001\" smilref=\"s0003.smil#par-p02-s0001\">引题</sent></h1>\n\
         \x20       <p class=\"deck\"><sent id=\"p02-s0002\" smilref=\"s0003.smil#par-p02-s0002\">副题</sent></p>\n\
         \x20       <byline><sent id=\"p02-s0003\" smilref=\"s0003.smil#par-p02-s0003\">作者</sent></byline>\n\
         \x20       <level2>\n\
         \x20         <h2><sent id=\"p02-s0004\" smilref=\"s0003.smil#par-p02-s0004\">小标题</sent></h2>\n\
         \x20         <p class=\"item\"><sent id=\"p02-s0005\" smilref=\"s0003.smil#par-p02-s0005\">第一，</sent></p>\n\
         \x20         <p class=\"omission\"><sent id=\"p02-s0006\" smilref=\"s0003.smil#par-p02-s0006\">此处有一句未能播出。</sent></p>\n\
         \x20       </level2>\n\
         \x20     </level1>\n\
         \x20   </bodymatter>\n  </book>\n</dtbook>\n"
    );
}

#[test]
fn a_heading_with_nothing_under_it_makes_no_level() {
    let mut edition = edition();
    edition.chapters[2].cues.truncate(4);
    let text = document(&made(&edition), "book.xml");
    assert!(
        text.contains("        <bridgehead><sent id=\"p02-s0004\""),
        "{text}"
    );
    assert!(!text.contains("level2"));
    edition.chapters[2].cues.truncate(1);
    let text = document(&made(&edition), "book.xml");
    assert!(
        text.contains("        <bridgehead><sent id=\"p02-s0001\""),
        "{text}"
    );
}

#[test]
fn a_section_says_when_its_sentences_are_heard() {
    let smil = document(&made(&edition()), "s0002.smil");
    assert!(smil.contains("<meta name=\"dtb:totalElapsedTime\" content=\"0:00:03.000\" />"));
    assert!(smil.contains(
        "    <seq id=\"section\" dur=\"0:00:14.000\" fill=\"remove\">\n\
         \x20     <par id=\"par-p01-s0001\">\n\
         \x20       <text id=\"txt-p01-s0001\" src=\"book.xml#p01-s0001\" />\n\
         \x20       <audio id=\"aud-p01-s0001\" src=\"a0002.mp3\" clipBegin=\"0:00:00.000\" clipEnd=\"0:00:01.500\" />\n\
         \x20     </par>\n"
    ));
    assert_eq!(smil.matches("<par ").count(), 4);
}

#[test]
fn a_recordings_paragraphs_are_lines() {
    let mut edition = edition();
    edition.chapters[1].cues[3].text = "一段\n\n二段".into();
    let text = document(&made(&edition), "book.xml");
    assert!(text.contains(">一段<br />二段</sent>"), "{text}");
}

#[test]
fn pages_of_the_paper_are_listed_and_can_be_skipped() {
    let mut edition = edition();
    let mut second = edition.chapters[1].clone();
    (second.number, second.page) = (2, Some("A<5".into()));
    edition.chapters[1].page = Some("4".into());
    edition.chapters[2].number = 3;
    edition.chapters.insert(2, second);
    let entries = made(&edition);
    let ncx = document(&entries, "book.ncx");
    for told in [
        "<meta name=\"dtb:totalPageCount\" content=\"2\" />",
        "<meta name=\"dtb:maxPageNumber\" content=\"4\" />",
        "    <smilCustomTest id=\"pagenum\" defaultState=\"true\" override=\"visible\" bookStruct=\"PAGE_NUMBER\" />\n",
        "<navPoint class=\"article\" id=\"nav-3\" playOrder=\"3\">",
        "  </navMap>\n  <pageList id=\"pages\">\n\
         \x20   <pageTarget id=\"page-1\" type=\"normal\" value=\"4\" playOrder=\"2\">\n\
         \x20     <navLabel>\n        <text>4</text>\n      </navLabel>\n\
         \x20     <content src=\"s0002.smil#par-page-1\" />\n    </pageTarget>\n\
         \x20   <pageTarget id=\"page-2\" type=\"special\" value=\"1\" playOrder=\"4\">\n\
         \x20     <navLabel>\n        <text>A&lt;5</text>\n      </navLabel>\n",
    ] {
        assert!(ncx.contains(told), "{told}\n{ncx}");
    }
    let text = document(&entries, "book.xml");
    assert!(text.contains(
        "        <pagenum id=\"page-2\" page=\"special\" smilref=\"s0003.smil#par-page-2\">A&lt;5</pagenum>\n        <h1>"
    ));
    let smil = document(&entries, "s0002.smil");
    assert!(smil.contains(
        "    <customAttributes>\n      <customTest id=\"pagenum\" defaultState=\"true\" override=\"visible\" />\n    </customAttributes>\n  </head>\n"
    ));
    assert!(smil.contains(
        "      <par id=\"par-page-1\" customTest=\"pagenum\">\n\
         \x20       <text id=\"txt-page-1\" src=\"book.xml#page-1\" />\n\
         \x20       <audio id=\"aud-page-1\" src=\"a0002.mp3\" clipBegin=\"0:00:00.000\" clipEnd=\"0:00:00.100\" />\n"
    ));
    assert!(!document(&entries, "s0004.smil").contains("customTest"));
    let package = document(&entries, "book.opf");
    assert!(package.contains(
        "<item id=\"resource\" href=\"book.res\" media-type=\"application/x-dtbresource+xml\" />"
    ));
    assert!(document(&entries, "book.res").contains("<text>版次</text>"));
}

#[test]
fn the_same_book_has_the_same_bytes() {
    assert_eq!(made(&edition()), made(&edition()));
    let mut other = edition();
    other.chapters[1].cues[2].role = Role::Item;
    assert_ne!(made(&edition()), made(&other));
}
