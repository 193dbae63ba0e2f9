//! What is written is read again, by the same crate and by looking at the bytes.

use id3::frame::Content;
use proptest::prelude::*;

use super::*;
use crate::export::sample::edition;
use crate::export::{Book, Track};
use crate::model::{Edition, Frames};

fn read(bytes: &[u8]) -> Tag {
    Tag::read_from2(std::io::Cursor::new(bytes)).unwrap()
}

fn tracks(edition: &Edition) -> Vec<Track> {
    (edition.chapters.iter())
        .map(|c| Track {
            bytes: 192 * (c.frames.0 / 576 + 3),
            played: Frames((c.frames.0 / 576 + 2) * 576),
        })
        .collect()
}

#[test]
fn a_part_says_what_it_is() {
    let edition = edition();
    let book = Book::new(&edition);
    let bytes = part_tag(&book, 1, b"\x89PNG").unwrap();
    assert_eq!(&bytes[..6], b"ID3\x03\0\0");
    let size = bytes[6..10].iter().fold(0, |n, b| n << 7 | *b as usize);
    assert_eq!(size + 10, bytes.len());
    let tag = read(&bytes);
    let text = |id: &str| {
        tag.get(id)
            .and_then(|f| f.content().text().map(String::from))
    };
    let is = |id: &str, value: &str| assert_eq!(text(id).as_deref(), Some(value), "{id}");
    is("TIT2", "\"一平米”菜园 <A&B>");
    is("TPE1", "梧桐里社区报");
    is("TALB", "梧桐里社区报 生活版 第38期 2024-05-12");
    is("TRCK", "2/3");
    is("TYER", "2024");
    is("TDAT", "1205");
    is("TCON", "Speech");
    is("TLAN", "zho");
    is("TLEN", "14000");
    // A front cover without a description.
    let picture = b"image/png\0\x03\xFF\xFE\0\0\x89PNG";
    assert!(bytes.windows(picture.len()).any(|w| w == picture));
    assert_eq!(
        tag.comments().next().unwrap().text,
        "梧桐里社区报 生活版 第38期 2024-05-12，第2段，共3段"
    );
    let lyrics = tag.lyrics().next().unwrap();
    assert_eq!(lyrics.lang, "zho");
    assert_eq!(
        lyrics.text,
        "第一篇\n“一平米”菜园 <A&B>\n居民在楼下种菜，--> 收成不错。 第二行。\n（录音）"
    );
    assert_eq!(tag.chapters().count(), 0);
    assert_eq!(bytes, part_tag(&book, 1, b"\x89PNG").unwrap());
    assert!(part_tag(&book, 3, &[]).is_err());
    // UTF-16 with a byte order mark.
    assert!(bytes.windows(5).any(|w| w == b"\x01\xFF\xFE\xA7\x68"));
}

#[test]
fn subheads_are_marked() {
    let edition = edition();
    let tag = read(&part_tag(&Book::new(&edition), 2, &[]).unwrap());
    let marks: Vec<_> = (tag.chapters())
        .map(|c| (c.start_time, c.end_time, c.frames[0].content().text()))
        .collect();
    assert_eq!(marks, [(0, 600, Some("结束")), (600, 1500, Some("小标题"))]);
}

#[test]
fn the_edition_has_a_mark_for_each_part() {
    let edition = edition();
    let book = Book::new(&edition);
    let joined = Joined::all(&book, &tracks(&edition));
    let bytes = edition_tag(&book, &joined, &[]).unwrap();
    let tag = read(&bytes);
    let marks: Vec<_> = tag.chapters().cloned().collect();
    assert_eq!(marks.len(), 3);
    assert_eq!(marks[0].start_time, 0);
    assert!(marks.windows(2).all(|w| w[0].end_time == w[1].start_time));
    assert_eq!(u64::from(marks[2].end_time), joined.length());
    assert!(
        marks
            .iter()
            .all(|m| (m.start_offset, m.end_offset) == (NO_OFFSET, NO_OFFSET))
    );
    let table = tag.tables_of_contents().next().unwrap();
    assert!(table.top_level && table.ordered);
    assert_eq!(table.elements, ["ch0", "ch1", "ch2"]);
}

#[test]
fn a_long_table_is_one_of_tables() {
    let mut edition = edition();
    let article = edition.chapters[1].clone();
    edition.chapters.extend(vec![article; 300]);
    let book = Book::new(&edition);
    let joined = Joined::all(&book, &tracks(&edition));
    let tag = read(&edition_tag(&book, &joined, &[]).unwrap());
    let tables: Vec<_> = tag.tables_of_contents().collect();
    assert_eq!(tables.len(), 3);
    assert_eq!(tables.iter().filter(|t| t.top_level).count(), 1);
    assert_eq!(tables[0].elements, ["toc0", "toc1"]);
    assert_eq!(tables[1].elements.len() + tables[2].elements.len(), 303);
    assert_eq!(tag.chapters().count(), 303);
}

#[test]
fn languages_have_three_letters() {
    for (tag, code) in [
        ("zh-CN", "zho"),
        ("cmn", "zho"),
        ("EN_gb", "eng"),
        ("yue", "yue"),
        ("", "und"),
        ("x", "und"),
        ("日本", "und"),
    ] {
        assert_eq!(iso_639_2(tag), code, "{tag}");
    }
    assert_eq!(ymd("2024-05-12"), Some(("2024", "05", "12")));
    for wrong in ["", "2024", "2024-5-12", "2024-05-12-1", "２024-05-12"] {
        assert_eq!(ymd(wrong), None, "{wrong}");
    }
}

proptest! {
    #[test]
    fn any_title_is_read_again(title in any::<String>()) {
        let mut edition = edition();
        edition.chapters[1].title = title;
        edition.chapters[1].cues[0].role = Role::Subhead;
        edition.masthead.printed.paper = "“”\u{202E}𠮷\0😀".into();
        let book = Book::new(&edition);
        let tag = read(&part_tag(&book, 1, &[]).unwrap());
        let title = plain_line(&book.parts[1].title);
        prop_assert_eq!(tag.title().unwrap_or_default(), title.trim_end_matches('\0'));
        prop_assert_eq!(tag.artist(), Some("“”𠮷😀"));
        let whole = tag.frames().all(|f| !matches!(f.content(), Content::Unknown(_)));
        prop_assert!(whole);
    }
}
