//! What EPUBCheck does not see: that the text comes in the order in which it is heard,
//! and that no clip goes past the end of its sound; and every odd edition.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use roxmltree::Document;

use super::epub;
use super::overlay::{clips, overlay};
use super::page::page;
use crate::export::book::Book;
use crate::export::clock::length;
use crate::export::entry::{Content, Entry};
use crate::export::sample::edition;
use crate::model::{Chapter, ChapterKind, Edition, Frames, Role, SampleRate};

/// The files of an export that are text.
fn texts(entries: &[Entry]) -> BTreeMap<&str, &str> {
    (entries.iter())
        .filter_map(|entry| match &entry.content {
            Content::Bytes(bytes) if !entry.path.ends_with(".png") => {
                Some((entry.path.as_str(), std::str::from_utf8(bytes).unwrap()))
            }
            _ => None,
        })
        .collect()
}

/// A full clock value in milliseconds.
fn ms(clock: &str) -> u64 {
    let parts: Vec<&str> = clock.split([':', '.']).collect();
    let n: Vec<u64> = parts.iter().map(|p| p.parse().unwrap()).collect();
    ((n[0] * 60 + n[1]) * 60 + n[2]) * 1000 + n[3]
}

/// Holds for every EPUB of every edition.
fn is_sound(edition: &Edition) {
    let book = Book::new(edition);
    let entries = epub(&book, b"picture");
    assert_eq!(entries[0].path, "mimetype");
    let paths: BTreeSet<&str> = entries.iter().map(|e| e.path.as_str()).collect();
    assert_eq!(paths.len(), entries.len());
    let files = texts(&entries);
    for (path, text) in &files {
        if path.ends_with("ml") || path.ends_with("opf") || path.ends_with("smil") {
            let document = Document::parse_with_options(
                text,
                roxmltree::ParsingOptions {
                    allow_dtd: true,
                    ..Default::default()
                },
            );
            let document = document.unwrap_or_else(|e| panic!("{path}: {e}\n{text}"));
            let ids: Vec<&str> = (document.descendants())
                .filter_map(|n| n.attribute("id"))
                .collect();
            let once: BTreeSet<&&str> = ids.iter().collect();
            assert_eq!(once.len(), ids.len(), "{path}: an id stands twice");
        }
    }
    let package = Document::parse(files["EPUB/package.opf"]).unwrap();
    let metas = |refined: bool| {
        let metas = package.descendants().filter(move |n| {
            n.attribute("property") == Some("media:duration")
                && n.has_attribute("refines") == refined
        });
        metas.map(|n| ms(n.text().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(
        metas(true).iter().sum::<u64>(),
        metas(false).iter().sum::<u64>()
    );
    // Everything in the container is in the manifest and the other way round.
    let mut named: BTreeSet<String> = (package.descendants())
        .filter(|n| n.has_tag_name(("http://www.idpf.org/2007/opf", "item")))
        .map(|n| format!("EPUB/{}", n.attribute("href").unwrap()))
        .collect();
    named.extend(["mimetype", "META-INF/container.xml", "EPUB/package.opf"].map(String::from));
    assert_eq!(named, paths.iter().map(|p| p.to_string()).collect());
    for part in &book.parts {
        let Some(smil) = files.get(format!("EPUB/{}.smil", part.id).as_str()) else {
            assert!(part.passages.is_empty() || part.chapter.frames.0 < 24);
            continue;
        };
        in_order(smil, files[format!("EPUB/{}.xhtml", part.id).as_str()]);
        let smil = Document::parse(smil).unwrap();
        let audio = smil
            .descendants()
            .filter(|n| n.tag_name().name() == "audio");
        let mut at = 0;
        for audio in audio {
            assert_eq!(ms(audio.attribute("clipBegin").unwrap()), at, "a gap");
            let end = ms(audio.attribute("clipEnd").unwrap());
            assert!(end > at);
            at = end;
        }
        let rate = edition.sample_rate;
        assert_eq!(at, length(part.chapter.frames, rate));
        assert!(u128::from(at) * u128::from(rate.0) <= u128::from(part.chapter.frames.0) * 1000);
    }
}

/// The overlay names elements of the page in the page's order.
fn in_order(smil: &str, page: &str) {
    let smil = Document::parse(smil).unwrap();
    let mut at = 0;
    for text in smil.descendants().filter(|n| n.tag_name().name() == "text") {
        let id = text.attribute("src").unwrap().split_once('#').unwrap().1;
        let found = page.find(&format!(" id=\"{id}\"")).unwrap();
        assert!(found > at, "{id} comes too early");
        at = found;
    }
}

/// Role, block and text of the cues of a chapter.
type Cues<'a> = &'a [(Role, u32, &'a str)];

/// An edition of these chapters, each with cues of these roles, blocks and texts, a
/// second long.
fn of(chapters: &[(ChapterKind, &str, Cues<'_>)]) -> Edition {
    let mut edition = edition();
    let pattern = edition.chapters[1].clone();
    edition.chapters = (0..)
        .zip(chapters)
        .map(|(number, (kind, title, cues))| Chapter {
            number,
            kind: *kind,
            title: (*title).into(),
            frames: Frames(24_000 * cues.len() as u64),
            cues: (0..)
                .zip(*cues)
                .map(|(i, (role, block, text))| {
                    let mut cue = pattern.cues[0].clone();
                    (cue.role, cue.block, cue.text) = (*role, *block, (*text).into());
                    cue.start = Frames(24_000 * i);
                    cue.end = Frames(24_000 * (i + 1));
                    cue
                })
                .collect(),
            ..pattern.clone()
        })
        .collect();
    edition
}

#[test]
fn the_sample_is_an_epub() {
    let edition = edition();
    is_sound(&edition);
    let book = Book::new(&edition);
    let entries = epub(&book, b"picture");
    assert_eq!(entries[0], Entry::bytes("mimetype", "application/epub+zip"));
    assert_eq!(entries, epub(&book, b"picture"));
    let files = texts(&entries);
    let package = files["EPUB/package.opf"];
    for line in [
        "<dc:title id=\"title\">梧桐里社区报 生活版 第38期 2024-05-12</dc:title>",
        "<meta property=\"dcterms:modified\">2024-05-12T00:00:00Z</meta>",
        "<meta property=\"media:duration\" refines=\"#p01-smil\">0:00:14.000</meta>",
        "<meta property=\"media:duration\">0:00:18.500</meta>",
        "<meta property=\"media:narrator\">合成语音 zm_yunjian（kokoro）</meta>",
        "<meta property=\"media:narrator\">真人录音</meta>",
        "<meta refines=\"#paper\" property=\"group-position\">38</meta>",
        "<itemref idref=\"cover\" linear=\"no\"/>",
    ] {
        assert!(package.contains(line), "{line}\n{package}");
    }
    // One of its recordings has no words.
    assert!(!package.contains("\"schema:accessModeSufficient\">textual<"));
    assert!(!package.contains("pageBreakMarkers"));
    assert!(!files["EPUB/nav.xhtml"].contains("page-list"));
}

#[test]
fn an_overlay_says_what_is_heard_when() {
    let edition = of(&[(
        ChapterKind::Article,
        "题",
        &[
            (Role::ChapterNumber, 1, "第一篇。"),
            (Role::Headline, 2, "题"),
            (Role::Item, 3, "1. 甲，"),
            (Role::Item, 3, "乙。"),
            (Role::Item, 4, "2. 丙。"),
            (Role::Omission, 5, "此处有一句未能播出。"),
        ],
    )]);
    let book = Book::new(&edition);
    let smil = overlay(&book, &book.parts[0]).unwrap();
    let par = |id: &str, note: &str, from: u64| {
        format!(
            "<par id=\"{id}\"{note}><text src=\"p00.xhtml#{id}\"/><audio src=\"p00.mp3\" \
             clipBegin=\"0:00:0{from}.000\" clipEnd=\"0:00:0{}.000\"/></par>\n",
            from + 1
        )
    };
    assert_eq!(
        smil,
        [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <smil xmlns=\"http://www.w3.org/ns/SMIL\" \
             xmlns:epub=\"http://www.idpf.org/2007/ops\" version=\"3.0\">\n\
             <body epub:type=\"bodymatter\" epub:textref=\"p00.xhtml\">\n\
             <seq id=\"p00\" epub:type=\"chapter\" epub:textref=\"p00.xhtml#p00\">\n",
            &par("p00-s0001", "", 0),
            &par("p00-s0002", "", 1),
            "<seq id=\"p00-b03-list\" epub:type=\"list\" epub:textref=\"p00.xhtml#p00-b03-list\">\n\
             <seq id=\"p00-b03\" epub:textref=\"p00.xhtml#p00-b03\">\n",
            &par("p00-s0003", "", 2),
            &par("p00-s0004", "", 3),
            "</seq>\n",
            &par("p00-s0005", "", 4),
            "</seq>\n",
            &par("p00-s0006", " epub:type=\"footnote\"", 5),
            "</seq>\n</body>\n</smil>\n",
        ]
        .concat()
    );
}

#[test]
fn a_page_shows_what_is_heard() {
    let mut edition = of(&[(
        ChapterKind::Article,
        "题 & <AED>",
        &[
            (Role::ChapterNumber, 1, "第一篇。"),
            (Role::Headline, 2, "题 & <AED>"),
            (Role::Subhead, 3, "小题"),
            (Role::Body, 4, "甲，"),
            (Role::Omission, 4, "此处有一句未能播出。"),
            (Role::Item, 5, "丙"),
            (Role::Recording, 6, "一\n\n二"),
            (Role::Body, 7, "丁。"),
            (Role::Body, 7, "戊。"),
            (Role::Body, 7, "己。"),
        ],
    )]);
    edition.masthead.printed.page = Some("A\"5".into());
    edition.chapters[0].cues[3].language = Some("en".into());
    is_sound(&edition);
    let book = Book::new(&edition);
    let page = page(&book, 0);
    assert_eq!(
        page.split_once("<body").unwrap().1,
        " epub:type=\"bodymatter\">\n\
         <section id=\"p00\" epub:type=\"chapter\" role=\"doc-chapter\" \
         aria-labelledby=\"p00-b02\">\n\
         <span id=\"page-1\" epub:type=\"pagebreak\" role=\"doc-pagebreak\" \
         aria-label=\"第A&quot;5版\"></span>\n\
         <p id=\"p00-b01\" class=\"number\"><span id=\"p00-s0001\">第一篇。</span></p>\n\
         <h1 id=\"p00-b02\"><span id=\"p00-s0002\">题 &amp; \
         &lt;<span lang=\"en\" xml:lang=\"en\">AED</span>&gt;</span></h1>\n\
         <h2 id=\"p00-b03\"><span id=\"p00-s0003\">小题</span></h2>\n\
         <p id=\"p00-b04\" lang=\"en\" xml:lang=\"en\">\
         <span id=\"p00-s0004\"><span lang=\"zh\" xml:lang=\"zh\">甲</span>，</span>\
         <span id=\"p00-s0005\" class=\"note\" epub:type=\"footnote\" role=\"doc-footnote\" \
         lang=\"zh-CN\" xml:lang=\"zh-CN\">此处有一句未能播出。</span></p>\n\
         <ul id=\"p00-b05-list\" role=\"list\">\n\
         <li id=\"p00-b05\"><span id=\"p00-s0006\">丙</span></li>\n</ul>\n\
         <div id=\"p00-b06\" class=\"recording\"><div id=\"p00-s0007\">\n\
         <p>一</p>\n<p>二</p>\n</div>\n</div>\n\
         <p id=\"p00-b07\"><span id=\"p00-s0008\">丁。</span>\
         <span id=\"p00-s0009\">戊。</span><span id=\"p00-s0010\">己。</span></p>\n\
         </section>\n</body>\n</html>\n"
    );
    let entries = epub(&book, b"");
    let files = texts(&entries);
    let nav = files["EPUB/nav.xhtml"];
    assert!(nav.contains("<li><a href=\"p00.xhtml#page-1\">A&quot;5</a></li>"));
    assert!(nav.contains("<li><a href=\"p00.xhtml#p00-b03\">小题</a></li>"));
    assert!(nav.contains("<a epub:type=\"bodymatter\" href=\"p00.xhtml\">正文</a>"));
    let package = files["EPUB/package.opf"];
    assert!(package.contains("<dc:language>zh-CN</dc:language>\n<dc:language>en</dc:language>"));
    assert!(package.contains("pageNavigation") && package.contains("pageBreakSource"));
    assert!(package.contains("\"schema:accessModeSufficient\">textual<"));
}

#[test]
fn every_page_of_the_paper_begins_once() {
    let body: Cues<'_> = &[(Role::Headline, 1, "短讯"), (Role::Body, 2, "一句。")];
    let mut edition = of(&[(ChapterKind::Article, "短讯", body); 6]);
    let pages = [
        Some("1"),
        Some("1"),
        None,
        Some("A2"),
        Some("1"),
        Some("<3>"),
    ];
    for (chapter, page) in edition.chapters.iter_mut().zip(pages) {
        chapter.page = page.map(String::from);
    }
    is_sound(&edition);
    let entries = epub(&Book::new(&edition), b"");
    let files = texts(&entries);
    assert!(files["EPUB/nav.xhtml"].contains(
        "<nav epub:type=\"page-list\" role=\"doc-pagelist\" aria-label=\"版次\" hidden=\"hidden\">\n\
         <h2>版次</h2>\n<ol>\n<li><a href=\"p00.xhtml#page-1\">1</a></li>\n\
         <li><a href=\"p03.xhtml#page-2\">A2</a></li>\n\
         <li><a href=\"p05.xhtml#page-3\">&lt;3&gt;</a></li>\n</ol>\n</nav>\n"
    ));
    let breaks: Vec<usize> = (0..6)
        .map(|i| files[format!("EPUB/p{i:02}.xhtml").as_str()])
        .map(|page| page.matches("epub:type=\"pagebreak\"").count())
        .collect();
    assert_eq!(breaks, [1, 0, 0, 1, 0, 1]);
    assert!(files["EPUB/p03.xhtml"].contains("aria-label=\"第A2版\""));
    let package = files["EPUB/package.opf"];
    for told in ["pageBreakMarkers", "pageNavigation", "\"pageBreakSource\""] {
        assert_eq!(package.matches(told).count(), 1, "{told}");
    }
}

#[test]
fn odd_editions_are_epubs() {
    let hostile = "\"<&>'😀𠮷\u{200F}\u{202E}\u{FFFE}\u{7} ]]> --> ";
    let long = "很长".repeat(500);
    let mut edition = of(&[
        (
            ChapterKind::Opening,
            hostile,
            &[(Role::Announcement, 1, hostile)],
        ),
        (
            ChapterKind::Article,
            hostile,
            &[
                (Role::Headline, 1, &long),
                (Role::Byline, 2, " "),
                (Role::Body, 3, hostile),
            ],
        ),
        (ChapterKind::Article, " ", &[(Role::Recording, 1, "")]),
        (ChapterKind::Article, "空", &[]),
        (
            ChapterKind::Closing,
            "",
            &[(Role::Subhead, 1, ""), (Role::Sting, 2, "")],
        ),
    ]);
    let printed = &mut edition.masthead.printed;
    printed.paper = hostile.into();
    printed.page = Some(hostile.into());
    printed.publisher = Some(hostile.into());
    printed.sponsor = Some(hostile.into());
    printed.cn_code = Some(hostile.into());
    printed.issue_number = Some(hostile.into());
    printed.date = Some("2024-02-30".into());
    edition.voices[0].name = hostile.into();
    is_sound(&edition);
    let book = Book::new(&edition);
    let entries = epub(&book, b"");
    let package = texts(&entries)["EPUB/package.opf"];
    assert!(package.contains("modified\">2000-01-01T00:00:00Z<"));
    assert!(!package.contains("<dc:date>"));
    assert!(!package.contains("p03-sound"));

    edition.masthead.language = "en_GB".into();
    is_sound(&edition);
    edition.chapters.clear();
    is_sound(&edition);
}

#[test]
fn one_article_and_two_hundred() {
    let body: Cues<'_> = &[(Role::Headline, 1, "短讯"), (Role::Body, 2, "一句。")];
    is_sound(&of(&[(ChapterKind::Article, "短讯", body)]));
    let edition = of(&[(ChapterKind::Article, "短讯", body); 200]);
    is_sound(&edition);
    let book = Book::new(&edition);
    let entries = epub(&book, b"");
    assert!(
        texts(&entries)["EPUB/package.opf"]
            .contains("<meta property=\"media:duration\">0:06:40.000<")
    );
    assert_eq!(
        entries
            .iter()
            .filter(|e| e.path.ends_with("199.smil"))
            .count(),
        1
    );
}

#[test]
fn the_book_speaks_its_language() {
    let mut edition = edition();
    edition.masthead.language = "en".into();
    edition.masthead.printed.page = Some("3".into());
    is_sound(&edition);
    let entries = epub(&Book::new(&edition), b"");
    let files = texts(&entries);
    assert!(files["EPUB/package.opf"].contains("highlighted"));
    assert!(files["EPUB/nav.xhtml"].contains(">Contents<"));
    assert!(files["EPUB/p01.xhtml"].contains("aria-label=\"page 3\""));
    assert!(!files["EPUB/about.xhtml"].contains("<dt>Publisher</dt>"));
    assert!(files["EPUB/about.xhtml"].contains("<dt>Read by</dt>"));
    // What it says itself is English too where the paper is neither.
    edition.masthead.language = "fr".into();
    let entries = epub(&Book::new(&edition), b"");
    let files = texts(&entries);
    assert!(files["EPUB/about.xhtml"].contains(" lang=\"en\""));
    assert!(files["EPUB/nav.xhtml"].contains("<a href=\"p00.xhtml\" lang=\"fr\""));
    assert!(files["EPUB/package.opf"].contains("accessibilitySummary\" xml:lang=\"en\">"));
}

proptest! {
    #[test]
    fn clips_are_the_whole_sound(
        rate in prop_oneof![Just(24_000u32), Just(22_050), Just(44_100), 1u32..100_000],
        lengths in prop::collection::vec(prop_oneof![0u64..60, 0u64..200_000], 1..30),
        tail in 0u64..50_000,
        text in "\\PC{0,20}",
    ) {
        let mut edition = of(&[(ChapterKind::Article, "题", &[(Role::Body, 1, "一")])]);
        edition.sample_rate = SampleRate(rate);
        let chapter = &mut edition.chapters[0];
        let pattern = chapter.cues[0].clone();
        let mut at = 0;
        chapter.cues = (1..).zip(&lengths).map(|(i, length)| {
            let mut cue = pattern.clone();
            cue.block = i / 3;
            cue.text = text.clone();
            cue.start = Frames(at);
            at += length;
            cue.end = Frames(at);
            cue
        }).collect();
        // The index says that the last cue ends with the chapter; a damaged one may not.
        chapter.frames = Frames(at + tail);
        is_clipped(&edition);
        edition.chapters[0].frames = Frames(at.saturating_sub(tail));
        is_clipped(&edition);
    }
}

fn is_clipped(edition: &Edition) {
    let book = Book::new(edition);
    let part = &book.parts[0];
    let clips = clips(&book, part);
    assert!(clips.first().is_none_or(|c| c.begin == 0));
    assert!(clips.windows(2).all(|w| w[0].end == w[1].begin));
    assert!(clips.iter().all(|c| c.begin < c.end));
    let total = length(part.chapter.frames, edition.sample_rate);
    assert!(clips.last().is_none_or(|c| c.end == total));
}

#[test]
fn a_title_of_another_language_says_so() {
    let mut edition = of(&[(
        ChapterKind::Article,
        "Tai chi",
        &[(Role::Headline, 1, "Tai chi"), (Role::Body, 2, "At dawn.")],
    )]);
    for cue in &mut edition.chapters[0].cues {
        cue.language = Some("en".into());
    }
    let entries = epub(&Book::new(&edition), b"");
    let files = texts(&entries);
    let link = "<a href=\"p00.xhtml\" lang=\"en\" xml:lang=\"en\">Tai chi</a>";
    assert!(files["EPUB/nav.xhtml"].contains(link));
    assert!(files["EPUB/p00.xhtml"].contains("<h1 id=\"p00-b01\"><span id=\"p00-s0001\">Tai chi<"));
}
