//! ID3v2.3 tags (id3.org, "ID3 tag version 2.3.0") with chapter marks ("ID3v2
//! Chapter Frame Addendum").
//!
//! 2.3 and not 2.4: old players and Windows read only it. Text is UTF-16 with a byte
//! order mark, the only encoding of 2.3 that can hold Chinese.

mod vorbis;

use id3::frame::{Chapter, Comment, Lyrics, Picture, PictureType, TableOfContents};
use id3::{Encoder, Frame, Tag, TagLike, Version};

use super::clock::milliseconds;
use super::escape::plain_line;
use super::{Book, Joined, Part};
use crate::diag::{Fault, Result};
use crate::model::{Masthead, Role, SampleRate, main_language};
pub use vorbis::comments;

/// No byte offset is told: players take the times (addendum, 3.1).
const NO_OFFSET: u32 = u32::MAX;
/// The number of entries of a table is one byte (addendum, 3.2).
const TABLE: usize = 255;

/// The tag of a part's own file. `cover` is a PNG; none where it is empty. An article
/// with subheads has a chapter mark at each of them.
///
/// # Errors
/// No such part; what cannot be written as a tag.
pub fn part_tag(book: &Book<'_>, part: usize, cover: &[u8]) -> Result<Vec<u8>> {
    let Some(it) = book.parts.get(part) else {
        return Err(Fault::new(format!(
            "the edition has no part {part}, it has {}",
            book.parts.len()
        )));
    };
    let rate = book.edition.sample_rate;
    let length = milliseconds(it.chapter.frames, rate);
    let mut tag = common(book, it.language, length, cover);
    text(&mut tag, "TIT2", &it.title);
    text(
        &mut tag,
        "TRCK",
        &format!("{}/{}", part + 1, book.parts.len()),
    );
    let language = iso_639_2(it.language);
    let said = match book.in_chinese() {
        true => format!("{}，第{}段，共{}段", book.title, part + 1, book.parts.len()),
        false => format!("{}, part {} of {}", book.title, part + 1, book.parts.len()),
    };
    tag.add_frame(Comment {
        lang: language.clone(),
        description: String::new(),
        text: plain_line(&said),
    });
    tag.add_frame(Lyrics {
        lang: language,
        description: String::new(),
        text: lyrics(it),
    });
    let marks = marks(it, rate);
    if !marks.is_empty() {
        chapters(&mut tag, &marks, length);
    }
    encoded(&tag)
}

/// Where the marks of a part's own file are, in milliseconds, and what they are called:
/// its beginning and its subheads; none when it has no subheads.
fn marks(part: &Part<'_>, rate: SampleRate) -> Vec<(u64, String)> {
    let mut marks: Vec<(u64, String)> = vec![(0, part.title.clone())];
    for passage in part.passages.iter().filter(|p| p.role == Role::Subhead) {
        let Some(first) = passage.sentences.first() else {
            continue;
        };
        let words: String = passage.sentences.iter().map(|s| &*s.text).collect();
        marks.push((milliseconds(first.start, rate), words));
    }
    match marks.len() {
        1 => Vec::new(),
        _ => marks,
    }
}

/// What the head of the paper says.
fn head_of<'a>(book: &Book<'a>) -> &'a Masthead {
    &book.edition.masthead.printed
}

/// The tag of a file with the whole edition in it, a chapter mark for each part.
///
/// # Errors
/// What cannot be written as a tag.
pub fn edition_tag(book: &Book<'_>, joined: &Joined, cover: &[u8]) -> Result<Vec<u8>> {
    let mut tag = common(book, book.language(), joined.length(), cover);
    text(&mut tag, "TIT2", &book.title);
    text(&mut tag, "TRCK", "1/1");
    let articles = book.parts.iter().filter(|p| p.is_article()).count();
    let said = match book.in_chinese() {
        true => format!("{}，共{articles}篇文章", book.title),
        false => format!("{}, articles: {articles}", book.title),
    };
    tag.add_frame(Comment {
        lang: iso_639_2(book.language()),
        description: String::new(),
        text: plain_line(&said),
    });
    let marks: Vec<(u64, String)> = (joined.chapters())
        .filter_map(|(part, start, _)| Some((start, book.parts.get(part)?.title.clone())))
        .collect();
    chapters(&mut tag, &marks, joined.length());
    encoded(&tag)
}

/// The tag of a sound that has marks of its own kind (the cue points of RIFF): what it
/// is called, `length` milliseconds long, part `track` of the edition or the whole of it.
///
/// # Errors
/// What cannot be written as a tag.
pub fn titles_tag(
    book: &Book<'_>,
    title: &str,
    language: &str,
    length: u64,
    track: Option<usize>,
) -> Result<Vec<u8>> {
    let mut tag = common(book, language, length, &[]);
    text(&mut tag, "TIT2", title);
    if let Some(n) = track {
        text(&mut tag, "TRCK", &format!("{}/{}", n + 1, book.parts.len()));
    }
    encoded(&tag)
}

/// What every file of an edition says.
fn common(book: &Book<'_>, language: &str, length: u64, cover: &[u8]) -> Tag {
    let mut tag = Tag::new();
    text(&mut tag, "TPE1", book.paper());
    text(&mut tag, "TPE2", book.paper());
    text(&mut tag, "TALB", &book.title);
    // A name that every player knows as number 101 of the extended genres.
    text(&mut tag, "TCON", "Speech");
    text(&mut tag, "TLAN", &iso_639_2(language));
    text(&mut tag, "TLEN", &length.to_string());
    text(&mut tag, "TENC", &book.edition.generator);
    if let Some(publisher) = &head_of(book).publisher {
        text(&mut tag, "TPUB", publisher);
    }
    if let Some((year, month, day)) = book.date().and_then(ymd) {
        text(&mut tag, "TYER", year);
        text(&mut tag, "TDAT", &format!("{day}{month}"));
    }
    if !cover.is_empty() {
        tag.add_frame(Picture {
            mime_type: "image/png".into(),
            picture_type: PictureType::CoverFront,
            description: String::new(),
            data: cover.to_vec(),
        });
    }
    tag
}

/// Adds a chapter a mark, each up to the next, and their table.
fn chapters(tag: &mut Tag, marks: &[(u64, String)], end: u64) {
    let names: Vec<String> = (0..marks.len()).map(|i| format!("ch{i}")).collect();
    let tables = names.chunks(TABLE);
    // A table too long for one byte is one of tables.
    let nested = tables.len() > 1;
    let top = match nested {
        true => (0..tables.len()).map(|i| format!("toc{i}")).collect(),
        false => names.clone(),
    };
    tag.add_frame(table("toc", true, top));
    if nested {
        for (i, names) in tables.enumerate() {
            tag.add_frame(table(&format!("toc{i}"), false, names.to_vec()));
        }
    }
    let ends = marks.iter().skip(1).map(|m| m.0).chain([end]);
    for ((name, (start, title)), end) in names.into_iter().zip(marks).zip(ends) {
        tag.add_frame(Chapter {
            element_id: name,
            start_time: clamped(*start),
            end_time: clamped(end.max(*start)),
            start_offset: NO_OFFSET,
            end_offset: NO_OFFSET,
            frames: vec![Frame::text("TIT2", plain_line(title))],
        });
    }
}

fn table(name: &str, top_level: bool, elements: Vec<String>) -> TableOfContents {
    TableOfContents {
        element_id: name.into(),
        top_level,
        ordered: true,
        elements,
        frames: Vec::new(),
    }
}

/// Milliseconds as the format holds them: up to 49 days.
fn clamped(ms: u64) -> u32 {
    u32::try_from(ms).unwrap_or(u32::MAX)
}

fn text(tag: &mut Tag, id: &str, text: &str) {
    tag.add_frame(Frame::text(id, plain_line(text)));
}

/// The text of a part, a paragraph a line.
fn lyrics(part: &Part<'_>) -> String {
    let mut lines = String::new();
    for passage in &part.passages {
        let words: String = passage.sentences.iter().map(|s| &*s.text).collect();
        for line in words.lines() {
            lines.push_str(&plain_line(line));
            lines.push('\n');
        }
    }
    lines.truncate(lines.trim_end().len());
    lines
}

fn encoded(tag: &Tag) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    (Encoder::new().version(Version::Id3v23))
        .encode(tag, &mut bytes)
        .map_err(|e| {
            Fault::new(format!("cannot write an ID3 tag: {e}")).help("please report this as a bug")
        })?;
    Ok(bytes)
}

/// Year, month and day of `YYYY-MM-DD`.
fn ymd(date: &str) -> Option<(&str, &str, &str)> {
    let mut parts = date.split('-');
    let ymd = (parts.next()?, parts.next()?, parts.next()?);
    let right = |part: &str, digits: usize| {
        part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())
    };
    (right(ymd.0, 4) && right(ymd.1, 2) && right(ymd.2, 2) && parts.next().is_none()).then_some(ymd)
}

/// A language by the three letters that TLAN, COMM and USLT ask for. Of the two codes
/// that ISO 639-2 has for some languages it is the terminological one (`zho`, not
/// `chi`), which is that of ISO 639-3 and of BCP 47 too; `und` where none is known.
fn iso_639_2(tag: &str) -> String {
    const CODES: &[(&str, &str)] = &[
        ("ar", "ara"),
        ("bo", "bod"),
        ("cmn", "zho"),
        ("cs", "ces"),
        ("da", "dan"),
        ("de", "deu"),
        ("el", "ell"),
        ("en", "eng"),
        ("es", "spa"),
        ("fa", "fas"),
        ("fi", "fin"),
        ("fr", "fra"),
        ("he", "heb"),
        ("hi", "hin"),
        ("hu", "hun"),
        ("id", "ind"),
        ("it", "ita"),
        ("ja", "jpn"),
        ("kk", "kaz"),
        ("km", "khm"),
        ("ko", "kor"),
        ("ky", "kir"),
        ("lo", "lao"),
        ("mn", "mon"),
        ("ms", "msa"),
        ("my", "mya"),
        ("ne", "nep"),
        ("nl", "nld"),
        ("no", "nor"),
        ("pl", "pol"),
        ("pt", "por"),
        ("ro", "ron"),
        ("ru", "rus"),
        ("sv", "swe"),
        ("th", "tha"),
        ("tl", "tgl"),
        ("tr", "tur"),
        ("ug", "uig"),
        ("uk", "ukr"),
        ("ur", "urd"),
        ("vi", "vie"),
        ("za", "zha"),
        ("zh", "zho"),
    ];
    let main = main_language(tag);
    let known = CODES.iter().find(|(short, _)| *short == main);
    match known {
        Some((_, code)) => (*code).into(),
        None if main.len() == 3 && main.bytes().all(|b| b.is_ascii_lowercase()) => main,
        None => "und".into(),
    }
}

#[cfg(test)]
mod tests;
