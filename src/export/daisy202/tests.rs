//! The bytes of small books.

use super::*;
use crate::export::Content;
use crate::export::sample::edition;
use crate::model::{Edition, Frames, Role};

fn track(bytes: u64) -> Track {
    Track {
        bytes,
        ..Track::default()
    }
}

fn made(edition: &Edition) -> Vec<Entry> {
    let book = Book::new(edition);
    let tracks = vec![track(100_000); book.parts.len()];
    daisy202(&book, &tracks)
}

fn document(entries: &[Entry], path: &str) -> String {
    let entry = entries.iter().find(|e| e.path == path).unwrap();
    match &entry.content {
        Content::Bytes(bytes) => String::from_utf8(bytes.clone()).unwrap(),
        _ => panic!("{path} is a sound"),
    }
}

/// The bytes of all documents.
fn bytes_of(entries: &[Entry]) -> u64 {
    entries.iter().map(|e| e.content.bytes(&[])).sum()
}

fn paths(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|e| e.path.as_str()).collect()
}

#[test]
fn a_book_has_its_files_in_one_folder() {
    assert_eq!(
        paths(&made(&edition())),
        [
            "ncc.html",
            "master.smil",
            "s0001.smil",
            "t0001.html",
            "a0001.mp3",
            "s0002.smil",
            "t0002.html",
            "a0002.mp3",
            "s0003.smil",
            "t0003.html",
            "a0003.mp3"
        ]
    );
}

#[test]
fn the_ncc_leads_to_articles_and_subheadings() {
    let ncc = document(&made(&edition()), "ncc.html");
    let body = ncc.split("<body>\n").nth(1).unwrap();
    assert_eq!(
        body,
        "    <h1 class=\"title\" id=\"ncc0001\"><a href=\"s0001.smil#par-p00-s0001\">梧桐里社区报 生活版 第38期 2024-05-12</a></h1>\n\
         \x20   <h1 id=\"ncc0002\"><a href=\"s0002.smil#par-p01-s0001\">&quot;一平米”菜园 &lt;A&amp;B&gt;</a></h1>\n\
         \x20   <h1 id=\"ncc0003\"><a href=\"s0003.smil#par-p02-s0001\">结束</a></h1>\n\
         \x20   <h2 id=\"ncc0004\"><a href=\"s0003.smil#par-p02-s0004\">小标题</a></h2>\n\
         \x20 </body>\n</html>\n"
    );
}

#[test]
fn the_ncc_counts_what_there_is() {
    let entries = made(&edition());
    let ncc = document(&entries, "ncc.html");
    // 72,000 + 336,000 + 36,000 frames at 24 kHz are 18.5 s.
    for told in [
        "name=\"ncc:totalTime\" content=\"00:00:19\"",
        "name=\"ncc:tocItems\" content=\"4\"",
        "name=\"ncc:depth\" content=\"2\"",
        "name=\"ncc:files\" content=\"11\"",
        "name=\"ncc:narrator\" content=\"合成语音 zm_yunjian\"",
        "name=\"ncc:narrator\" content=\"真人录音\"",
    ] {
        assert!(ncc.contains(told), "{told}\n{ncc}");
    }
    let bytes: u64 = bytes_of(&entries) + 3 * 100_000;
    let told = format!(
        "name=\"ncc:kByteSize\" content=\"{}\"",
        bytes.div_ceil(1024)
    );
    assert!(ncc.contains(&told), "{told}\n{ncc}");
}

#[test]
fn the_size_counts_the_digits_of_itself() {
    let edition = edition();
    let book = Book::new(&edition);
    // Around the size at which it gets one digit more.
    for bytes in 330_000..330_200 {
        let entries = daisy202(&book, &[track(bytes); 3]);
        let whole: u64 = bytes_of(&entries) + 3 * bytes;
        let told = format!("\"ncc:kByteSize\" content=\"{}\"", whole.div_ceil(1024));
        assert!(document(&entries, "ncc.html").contains(&told), "{bytes}");
    }
}

#[test]
fn a_section_has_a_par_for_every_sentence() {
    let smil = document(&made(&edition()), "s0003.smil");
    assert!(smil.contains("<meta name=\"ncc:totalElapsedTime\" content=\"00:00:17\" />"));
    assert!(smil.contains("<meta name=\"ncc:timeInThisSmil\" content=\"00:00:02\" />"));
    assert!(smil.contains(
        "    <seq dur=\"1.500s\">\n\
         \x20     <par endsync=\"last\" id=\"par-p02-s0001\">\n\
         \x20       <text src=\"t0003.html#p02-s0001\" id=\"txt-p02-s0001\" />\n\
         \x20       <seq>\n\
         \x20         <audio src=\"a0003.mp3\" clip-begin=\"npt=0.000s\" clip-end=\"npt=0.200s\" id=\"aud-p02-s0001\" />\n\
         \x20       </seq>\n\
         \x20     </par>\n"
    ));
    assert_eq!(smil.matches("<par ").count(), 6);
    assert!(smil.contains("clip-begin=\"npt=1.000s\" clip-end=\"npt=1.500s\""));
}

#[test]
fn a_text_leads_back_to_its_sound() {
    let text = document(&made(&edition()), "t0002.html");
    let body = text.split("<body>\n").nth(1).unwrap();
    assert_eq!(
        body,
        "    <h1><span class=\"sentence\" id=\"p01-s0001\"><a href=\"s0002.smil#par-p01-s0001\">第一篇</a></span><br />\
         <span class=\"sentence\" id=\"p01-s0002\"><a href=\"s0002.smil#par-p01-s0002\">“一平米”菜园 &lt;A&amp;B&gt;</a></span></h1>\n\
         \x20   <p><span class=\"sentence\" id=\"p01-s0003\"><a href=\"s0002.smil#par-p01-s0003\">居民在楼下种菜，--&gt; 收成不错。 第二行。</a></span></p>\n\
         \x20   <p class=\"recording\"><span class=\"sentence\" id=\"p01-s0004\"><a href=\"s0002.smil#par-p01-s0004\">（录音）</a></span></p>\n\
         \x20 </body>\n</html>\n"
    );
}

#[test]
fn a_passage_in_another_language_says_so() {
    let mut edition = edition();
    edition.chapters[1].cues[1].language = Some("en".into());
    let entries = made(&edition);
    assert!(document(&entries, "t0002.html").contains(
        "<br /><span lang=\"en\" xml:lang=\"en\"><span class=\"sentence\" id=\"p01-s0002\">"
    ));
    let ncc = document(&entries, "ncc.html");
    assert!(ncc.contains("<meta name=\"dc:language\" content=\"en\" />"));
}

#[test]
fn what_is_not_heard_has_no_par_and_a_silent_part_no_file() {
    let mut edition = edition();
    // Of the kicker a fifth of a millisecond is left, which no clip can be.
    edition.chapters[2].cues[0].end = Frames(5);
    edition.chapters[2].cues[1].start = Frames(5);
    edition.chapters[0].cues.clear();
    let entries = made(&edition);
    assert_eq!(paths(&entries).len(), 8);
    let text = document(&entries, "t0002.html");
    assert!(text.contains("<h1>引题</h1>"), "{text}");
    let smil = document(&entries, "s0002.smil");
    assert!(smil.contains("<audio src=\"a0002.mp3\""));
    assert_eq!(smil.matches("<par ").count(), 5);
    // The sound is still found by the part's own position.
    assert_eq!(entries[4], Entry::sound("a0001.mp3", 1));
    // Without an opening the first article has the title's place and its own.
    let ncc = document(&entries, "ncc.html");
    assert_eq!(ncc.matches("s0001.smil#par-p01-s0001").count(), 2);
}

#[test]
fn a_page_of_the_paper_stands_before_its_first_article() {
    let mut edition = edition();
    edition.chapters[1].page = Some("A<5".into());
    let entries = made(&edition);
    let ncc = document(&entries, "ncc.html");
    assert!(ncc.contains(
        "    <span class=\"page-special\" id=\"ncc0002\"><a href=\"s0002.smil#par-page-1\">A&lt;5</a></span>\n\
         \x20   <h1 id=\"ncc0003\"><a href=\"s0002.smil#par-p01-s0001\">"
    ));
    for told in [
        "name=\"ncc:tocItems\" content=\"5\"",
        "name=\"ncc:pageNormal\" content=\"0\"",
        "name=\"ncc:pageSpecial\" content=\"1\"",
        "name=\"ncc:maxPageNormal\" content=\"0\"",
        "name=\"ncc:totalTime\" content=\"00:00:19\"",
    ] {
        assert!(ncc.contains(told), "{told}\n{ncc}");
    }
    let smil = document(&entries, "s0002.smil");
    assert!(smil.contains(
        "    <seq dur=\"14.000s\">\n\
         \x20     <par endsync=\"last\" id=\"par-page-1\" system-required=\"pagenumber-on\">\n\
         \x20       <text src=\"t0002.html#page-1\" id=\"txt-page-1\" />\n\
         \x20       <seq>\n\
         \x20         <audio src=\"a0002.mp3\" clip-begin=\"npt=0.000s\" clip-end=\"npt=0.100s\" id=\"aud-page-1\" />\n\
         \x20       </seq>\n\
         \x20     </par>\n\
         \x20     <par endsync=\"last\" id=\"par-p01-s0001\">\n"
    ));
    assert!(smil.contains("clip-begin=\"npt=0.100s\" clip-end=\"npt=1.500s\""));
    let text = document(&entries, "t0002.html");
    assert!(text.contains(
        "  <body>\n    <span class=\"page-special\" id=\"page-1\"><a href=\"s0002.smil#par-page-1\">A&lt;5</a></span>\n    <h1>"
    ));
    edition.chapters[1].page = Some("05".into());
    let ncc = document(&made(&edition), "ncc.html");
    assert!(ncc.contains("<span class=\"page-normal\" id=\"ncc0002\">"));
    assert!(ncc.contains("name=\"ncc:maxPageNormal\" content=\"5\""));
    // Without an opening the title leads to the page, which comes first.
    edition.chapters.remove(0);
    let ncc = document(&made(&edition), "ncc.html");
    assert_eq!(ncc.matches("s0001.smil#par-page-1").count(), 2);
}

#[test]
fn the_same_book_has_the_same_bytes() {
    assert_eq!(made(&edition()), made(&edition()));
    let mut other = edition();
    other.chapters[1].cues[2].role = Role::Item;
    assert_ne!(made(&edition()), made(&other));
}

#[test]
fn seconds_are_rounded() {
    assert_eq!(seconds(0), "00:00:00");
    assert_eq!(seconds(499), "00:00:00");
    assert_eq!(seconds(500), "00:00:01");
    assert_eq!(seconds(3_599_500), "01:00:00");
    assert_eq!(seconds(360_000_000), "100:00:00");
}
