//! The set of the sample edition.

use super::*;
use crate::export::Content;
use crate::export::sample::edition;

fn spelled() -> Spelled {
    let words = |list: [&str; 3]| list.map(String::from).to_vec();
    Spelled {
        paper: "Wutongli Shequ Bao".into(),
        section: "Shenghuo Ban".into(),
        occasion: String::new(),
        titles: words(["Benqi Daodu", "\"Yi Pingmi\" Caiyuan <A&B>", "Jieshu"]),
        last_words: words(["daodu", "luyin", "xiexie shouting"]),
    }
}

fn text(entries: &[Entry], path: &str) -> String {
    let entry = entries.iter().find(|e| e.path == path).unwrap();
    match &entry.content {
        Content::Bytes(bytes) => String::from_utf8(bytes.clone()).unwrap(),
        _ => panic!("{path} is sound"),
    }
}

#[test]
fn a_cut_says_what_it_is() {
    let edition = edition();
    let book = Book::new(&edition);
    let radio = Radio::new(&book, &spelled(), RadioSet::default()).unwrap();
    let cut = &radio.cuts[1];
    assert_eq!(
        cut.stem,
        "wutonglishequb-sb-20240512-01-yi-pingmi-caiyuan-a-b"
    );
    assert_eq!(cut.id.as_str(), "wutonglishequb-sb-20240512-01");
    let cart = &cut.about.cart;
    assert_eq!(cart.title.as_str(), "01 \"Yi Pingmi\" Caiyuan <A&B>");
    assert_eq!(cart.artist.as_str(), "Wutongli Shequ Bao 2024-05-12");
    assert_eq!(cart.start.as_ref().unwrap().as_str(), "2024-05-12");
    assert_eq!(cart.kill.as_ref().unwrap().as_str(), "2024-05-18");
    let bext = &cut.about.bext;
    assert_eq!(bext.reference, cut.id);
    assert_eq!(bext.time_reference, radio.cuts[0].frames.0);
    assert!(bext.history.iter().all(|line| line.starts_with("A=PCM,F=")));
    // Twice the masters' frames, sentence by sentence, to the end.
    assert_eq!(cut.frames.0, 2 * book.parts[1].chapter.frames.0);
    let last = cut.about.markers.last().unwrap();
    assert_eq!(last.at + last.length, cut.frames);
    assert!(
        cut.about
            .markers
            .windows(2)
            .all(|w| w[0].at + w[0].length == w[1].at)
    );
    let sum: Frames = radio.cuts.iter().map(|c| c.frames).sum();
    assert_eq!(radio.whole.frames, sum);
    let all = &radio.whole.about.markers;
    assert_eq!(
        all.len(),
        book.parts
            .iter()
            .map(|p| p.sentences().count())
            .sum::<usize>()
    );
    assert!(all.windows(2).all(|w| w[0].at < w[1].at));
    assert!(
        all.iter()
            .any(|m| m.label == "01 \"一平米”菜园 <A&B>" && m.length == cut.frames)
    );
}

#[test]
fn without_a_day_nothing_expires() {
    let mut edition = edition();
    edition.masthead.printed.date = None;
    let book = Book::new(&edition);
    let radio = Radio::new(&book, &spelled(), RadioSet::default()).unwrap();
    assert_eq!(radio.days, None);
    assert_eq!(radio.cuts[0].about.cart.kill, None);
    assert!(!text(&radio.entries(), "rivendell-import.sh").contains("datetimes"));
}

#[test]
fn the_playlist_tells_all_of_a_file() {
    let edition = edition();
    let book = Book::new(&edition);
    let radio = Radio::new(&book, &spelled(), RadioSet::default()).unwrap();
    let entries = radio.entries();
    assert_eq!(entries.last().unwrap().path, PLAYLIST_FILE);
    let list = text(&entries, PLAYLIST_FILE);
    let line = list.lines().filter(|l| !l.starts_with('#')).nth(1).unwrap();
    assert_eq!(
        line,
        "annotate:title=\"\\\"一平米”菜园 <A&B>\",artist=\"梧桐里社区报\",\
         album=\"梧桐里社区报 生活版 第38期 2024-05-12\",duration=\"14.000000\",\
         liq_cue_in=\"0.\",liq_cue_out=\"14.000000\",liq_fade_in=\"0.\",liq_fade_out=\"0.\",\
         tingbao_cut=\"wutonglishequb-sb-20240512-01\":\
         bwf/wutonglishequb-sb-20240512-01-yi-pingmi-caiyuan-a-b.wav"
    );
    assert!(text(&entries, "source.liq").contains("\ntingbao_file = \"playlist.m3u\"\n"));
    assert_eq!(radio.entries(), entries);
}

#[test]
fn rivendell_is_told_line_by_line() {
    let edition = edition();
    let book = Book::new(&edition);
    let radio = Radio::new(&book, &spelled(), RadioSet::default()).unwrap();
    let entries = radio.entries();
    let xml = text(&entries, &format!("bwf/{}.xml", radio.cuts[1].stem));
    let document = roxmltree::Document::parse(&xml).unwrap();
    let of = |name: &str| {
        let found = document.descendants().find(|n| n.has_tag_name(name));
        found.and_then(|n| n.text()).unwrap_or_default().to_string()
    };
    assert_eq!(of("title"), "\"一平米”菜园 <A&B>");
    assert_eq!(of("endDatetime"), "2024-05-18T23:59:59");
    assert_eq!(of("endPoint"), "14000");
    assert!(xml.lines().all(|l| l.starts_with('<') && l.ends_with('>')));
    let sh = text(&entries, "rivendell-import.sh");
    assert_eq!(sh.matches("rdimport --verbose").count(), 3);
    assert!(sh.contains("--set-datetimes=20240512-000000,20240518-235959"));
}
