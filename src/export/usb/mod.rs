//! The talking-newspaper stick: MP3 files whose names are their order, a playlist and
//! a label to print.
//!
//! Players for blind people, car radios and the small radios of the park read a
//! stick each in its own way: by name, by the order in which the files were written
//! (FAT keeps it), or by the tags. All three are the order of the paper here: names
//! begin with numbers of one width, the entries come in order, and the tags count.

mod label;
mod names;

use self::label::Label;
pub use self::names::file_names;
use super::clock::milliseconds;
use super::{Book, Entry, Track, one_line, part_tag};
use crate::diag::Result;

/// The playlist's name: before all sounds in any order by name.
const PLAYLIST: &str = "00.m3u8";
/// The same for players that know no other; only beside names of ASCII.
const OLD_PLAYLIST: &str = "00.m3u";

/// What an editor may choose for a stick.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UsbOptions {
    /// File names of ASCII letters and figures only, for players that show others as
    /// boxes or do not find such files at all.
    pub ascii: bool,
}

/// The files of a stick in the order in which they should be written to it. `cover` is
/// the small picture that every sound file carries.
///
/// # Errors
/// A tag that cannot be made.
pub fn usb(
    book: &Book<'_>,
    tracks: &[Track],
    cover: &[u8],
    options: UsbOptions,
) -> Result<Vec<Entry>> {
    let names = file_names(book, options.ascii, "mp3");
    let sounds = names.iter().enumerate().take(tracks.len());
    let mut entries = Vec::with_capacity(names.len() + 3);
    for (part, name) in sounds.clone() {
        entries.push(Entry::tagged(
            name,
            vec![part],
            part_tag(book, part, cover)?,
        ));
    }
    entries.push(Entry::bytes(PLAYLIST, playlist(book, &names)));
    if options.ascii {
        let list: String = sounds.map(|(_, name)| format!("{name}\r\n")).collect();
        entries.push(Entry::bytes(OLD_PLAYLIST, list));
    }
    let (text, page) = match book.in_chinese() && !options.ascii {
        true => ("标签.txt", "标签.html"),
        false => ("LABEL.TXT", "LABEL.HTM"),
    };
    let label = Label::new(book);
    entries.push(Entry::bytes(text, label.text()));
    entries.push(Entry::bytes(page, label.page()));
    Ok(entries)
}

/// The extended playlist: UTF-8 without a byte order mark, as `.m3u8` means, and line
/// ends of two characters, which every player takes.
fn playlist(book: &Book<'_>, names: &[String]) -> Vec<u8> {
    let mut list = format!("#EXTM3U\r\n#PLAYLIST:{}\r\n", one_line(&book.title));
    for (part, name) in book.parts.iter().zip(names) {
        let ms = milliseconds(part.chapter.frames, book.edition.sample_rate);
        // Never 0: players take that for an endless stream.
        let seconds = ((ms + 500) / 1000).max(1);
        list.push_str(&format!("#EXTINF:{seconds},{}\r\n{name}\r\n", part.title));
    }
    list.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;
    use crate::export::{Content, TAG_COVER_SIDE, cover};

    fn paths(entries: &[Entry]) -> Vec<&str> {
        entries.iter().map(|e| e.path.as_str()).collect()
    }

    fn text<'a>(entries: &'a [Entry], path: &str) -> &'a str {
        let entry = entries.iter().find(|e| e.path == path).unwrap();
        match &entry.content {
            Content::Bytes(bytes) => std::str::from_utf8(bytes).unwrap(),
            _ => panic!("{path} is sound"),
        }
    }

    #[test]
    fn a_stick_has_its_sounds_in_order() {
        let edition = edition();
        let book = Book::new(&edition);
        let tracks = [Track::default(); 3];
        let cover = cover(&book, TAG_COVER_SIDE).unwrap();
        let made = usb(&book, &tracks, &cover, UsbOptions::default()).unwrap();
        assert_eq!(
            paths(&made),
            [
                "01_报头.mp3",
                "02_”一平米”菜园 A&B.mp3",
                "03_结束.mp3",
                "00.m3u8",
                "标签.txt",
                "标签.html"
            ]
        );
        for (i, entry) in made.iter().take(3).enumerate() {
            let Content::Sound { parts, head } = &entry.content else {
                panic!()
            };
            assert_eq!(*parts, [i]);
            assert!(head.starts_with(b"ID3\x03"));
        }
        assert_eq!(
            text(&made, "00.m3u8"),
            "#EXTM3U\r\n#PLAYLIST:梧桐里社区报 生活版 第38期 2024-05-12\r\n\
             #EXTINF:3,本期导读\r\n01_报头.mp3\r\n\
             #EXTINF:14,\"一平米”菜园 <A&B>\r\n02_”一平米”菜园 A&B.mp3\r\n\
             #EXTINF:2,结束\r\n03_结束.mp3\r\n"
        );
        assert_eq!(
            made,
            usb(&book, &tracks, &cover, UsbOptions::default()).unwrap()
        );
    }

    #[test]
    fn old_players_get_names_of_ascii() {
        let edition = edition();
        let book = Book::new(&edition);
        let options = UsbOptions { ascii: true };
        let made = usb(&book, &[Track::default(); 3], b"picture", options).unwrap();
        assert!(made.iter().all(|e| e.path.is_ascii()));
        assert_eq!(
            text(&made, "00.m3u"),
            "01_opening.mp3\r\n02_caiyuan.mp3\r\n03_closing.mp3\r\n"
        );
        assert!(text(&made, "LABEL.TXT").starts_with('\u{FEFF}'));
    }
}
