//! Vorbis comments (Ogg Vorbis I, 5; "Ogg Vorbis comment field recommendations"), as Opus
//! (RFC 7845, 5.2) and FLAC (RFC 9639, 8.6) files carry them.

use data_encoding::BASE64;

use super::{head_of, marks};
use crate::export::clock::timestamp;
use crate::export::escape::plain_line;
use crate::export::{Book, Part};

/// The comment block of a part's own file. `cover` is a PNG; none where it is empty. An
/// article with subheads has a chapter mark at each of them. `more` are fields that only
/// the caller's kind of file has.
pub fn comments(
    book: &Book<'_>,
    at: usize,
    part: &Part<'_>,
    cover: &[u8],
    more: Vec<(String, String)>,
) -> Vec<u8> {
    let mut fields = vec![
        ("TITLE".into(), part.title.clone()),
        ("ARTIST".into(), book.paper().into()),
        ("ALBUM".into(), book.title.clone()),
        ("TRACKNUMBER".into(), (at + 1).to_string()),
        ("TRACKTOTAL".into(), book.parts.len().to_string()),
        ("GENRE".into(), "Speech".into()),
        ("LANGUAGE".into(), part.language.into()),
    ];
    fields.extend(book.date().map(|date| ("DATE".into(), date.to_string())));
    let publisher = head_of(book).publisher.clone();
    fields.extend(publisher.map(|p| ("ORGANIZATION".into(), p)));
    let rate = book.edition.sample_rate;
    for (i, (start, name)) in (0..).zip(marks(part, rate)) {
        fields.push((format!("CHAPTER{i:03}"), timestamp(start)));
        fields.push((format!("CHAPTER{i:03}NAME"), name));
    }
    fields.extend(more);
    if !cover.is_empty() {
        let picture = BASE64.encode(&picture(cover));
        fields.push(("METADATA_BLOCK_PICTURE".into(), picture));
    }
    block(&book.edition.generator, &fields)
}

/// The block: the maker, then the fields, each behind its length, little-endian (5.2.1).
fn block(vendor: &str, fields: &[(String, String)]) -> Vec<u8> {
    fn put(bytes: &mut Vec<u8>, text: &str) {
        bytes.extend((text.len() as u32).to_le_bytes());
        bytes.extend_from_slice(text.as_bytes());
    }
    let mut bytes = Vec::new();
    put(&mut bytes, vendor);
    bytes.extend((fields.len() as u32).to_le_bytes());
    for (name, text) in fields {
        put(&mut bytes, &format!("{name}={}", plain_line(text)));
    }
    bytes
}

/// The cover as FLAC describes pictures (RFC 9639, 8.8), which Vorbis comments took over:
/// a front cover (3), its kind, no description, sizes that readers find out themselves.
fn picture(png: &[u8]) -> Vec<u8> {
    let kind = b"image/png";
    let mut bytes = Vec::with_capacity(png.len() + 64);
    bytes.extend(3u32.to_be_bytes());
    bytes.extend((kind.len() as u32).to_be_bytes());
    bytes.extend_from_slice(kind);
    for n in [0, 0, 0, 0, 0, png.len()] {
        bytes.extend((n as u32).to_be_bytes());
    }
    bytes.extend_from_slice(png);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;

    #[test]
    fn the_block_says_what_the_part_is() {
        let edition = edition();
        let book = Book::new(&edition);
        let bytes = comments(&book, 1, &book.parts[1], b"\x89PNG", Vec::new());
        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let vendor = number(0);
        assert_eq!(&bytes[4..4 + vendor], edition.generator.as_bytes());
        let mut at = 4 + vendor;
        let count = number(at);
        at += 4;
        let mut fields = Vec::new();
        while at < bytes.len() {
            let length = number(at);
            fields.push(String::from_utf8(bytes[at + 4..at + 4 + length].to_vec()).unwrap());
            at += 4 + length;
        }
        assert_eq!(fields.len(), count);
        assert_eq!(
            &fields[..7],
            [
                "TITLE=\"一平米”菜园 <A&B>",
                "ARTIST=梧桐里社区报",
                "ALBUM=梧桐里社区报 生活版 第38期 2024-05-12",
                "TRACKNUMBER=2",
                "TRACKTOTAL=3",
                "GENRE=Speech",
                "LANGUAGE=zh-CN"
            ]
        );
        assert!(fields.contains(&"DATE=2024-05-12".into()));
        let picture = fields.last().unwrap();
        let picture = picture.strip_prefix("METADATA_BLOCK_PICTURE=").unwrap();
        let picture = BASE64.decode(picture.as_bytes()).unwrap();
        assert_eq!(picture.len(), 4 + 4 + 9 + 24 + 4);
        assert!(picture.ends_with(b"\0\0\0\x04\x89PNG"));
    }

    #[test]
    fn times_are_told_to_the_millisecond() {
        assert_eq!(timestamp(0), "00:00:00.000");
        assert_eq!(timestamp(3_723_045), "01:02:03.045");
    }
}
