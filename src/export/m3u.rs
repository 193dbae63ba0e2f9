//! `chapters.m3u8`: an extended playlist in UTF-8.
//!
//! Paths stand as they are, relative to the playlist: players of local files
//! do not agree on percent-encoding, and chapter names hold no character that
//! needs it. Durations are whole seconds, as the format's first readers, and
//! many small devices still, expect; the exact ones are in `edition.json`.

use super::{edition_title, one_line};
use crate::model::Edition;

/// The file's name in the edition's folder.
pub const M3U8_FILE: &str = "chapters.m3u8";

/// The playlist of an edition.
pub fn m3u8(edition: &Edition) -> Vec<u8> {
    let mut list = String::from("#EXTM3U\n#EXTENC:UTF-8\n");
    let title = edition_title(&edition.masthead);
    if !title.is_empty() {
        list.push_str(&format!("#PLAYLIST:{title}\n"));
    }
    let rate = u64::from(edition.sample_rate.0).max(1);
    for chapter in &edition.chapters {
        // Never 0: players take that for an endless stream.
        let seconds = ((chapter.frames.0 + rate / 2) / rate).max(1);
        list.push_str(&format!(
            "#EXTINF:{seconds},{}\n{}\n",
            one_line(&chapter.title),
            one_line(&chapter.file)
        ));
    }
    list.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;
    use crate::model::Frames;

    #[test]
    fn every_chapter_is_an_entry() {
        let list = String::from_utf8(m3u8(&edition())).unwrap();
        assert_eq!(
            list,
            "#EXTM3U\n#EXTENC:UTF-8\n\
             #PLAYLIST:梧桐里社区报 生活版 第38期 2024-05-12\n\
             #EXTINF:3,本期导读\nchapters/00-本期导读.wav\n\
             #EXTINF:14,\"一平米”菜园 <A&B>\nchapters/01-“一平米”菜园 A&B.wav\n\
             #EXTINF:2,结束\nchapters/02-结束.wav\n"
        );
    }

    #[test]
    fn no_title_can_break_out_of_its_line() {
        let mut edition = edition();
        edition.chapters[0].title = "一\r\n#EXTINF:9,二\u{85}三".into();
        edition.chapters[2].frames = Frames(1);
        let list = String::from_utf8(m3u8(&edition)).unwrap();
        assert_eq!(list.lines().count(), 3 + 2 * 3);
        assert!(list.contains("#EXTINF:3,一 #EXTINF:9,二 三\n"));
        assert!(list.contains("#EXTINF:1,结束\n"));
    }
}
