//! `chapters.cue`: a cue sheet, one file and one track a chapter.
//!
//! Commands as in the appendix of the CDRWIN user's guide, which every player
//! follows: `FILE … WAVE`, `TRACK nn AUDIO`, `INDEX 01 mm:ss:ff` with 75
//! frames a second. Every chapter is a file of its own and starts at its
//! beginning, so that no position is ever rounded to a 75th of a second. The
//! text is UTF-8 without a byte order mark.

use super::{edition_title, one_line};
use crate::model::Edition;

/// The file's name in the edition's folder.
pub const CUE_FILE: &str = "chapters.cue";

/// The cue sheet of an edition.
///
/// Tracks are counted from 1, the opening being the first. The format ends at
/// track 99; an edition that has more goes on counting, which players accept.
pub fn cue_sheet(edition: &Edition) -> Vec<u8> {
    let mut sheet = String::new();
    let mut line = |indent: &str, text: String| {
        sheet.push_str(indent);
        sheet.push_str(&text);
        sheet.push_str("\r\n");
    };
    let masthead = &edition.masthead;
    if let Some(date) = &masthead.printed.date {
        line("", format!("REM DATE {}", one_line(date)));
    }
    line("", format!("REM COMMENT {}", quoted(&edition.generator)));
    let paper = &masthead.printed.paper;
    if !paper.trim().is_empty() {
        line("", format!("PERFORMER {}", quoted(paper)));
    }
    line("", format!("TITLE {}", quoted(&edition_title(masthead))));
    for (i, chapter) in edition.chapters.iter().enumerate() {
        line("", format!("FILE {} WAVE", quoted(&chapter.file)));
        line("  ", format!("TRACK {:02} AUDIO", i + 1));
        line("    ", format!("TITLE {}", quoted(&chapter.title)));
        line("    ", "INDEX 01 00:00:00".to_string());
    }
    sheet.into_bytes()
}

/// The text in quotation marks. The format has no escape for them, so those
/// within become ”.
fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('"', "”"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;

    #[test]
    fn every_chapter_is_a_file_and_a_track() {
        let sheet = String::from_utf8(cue_sheet(&edition())).unwrap();
        let expected = [
            "REM DATE 2024-05-12",
            "REM COMMENT \"tingbao 0.1.0\"",
            "PERFORMER \"梧桐里社区报\"",
            "TITLE \"梧桐里社区报 生活版 第38期 2024-05-12\"",
            "FILE \"chapters/00-本期导读.wav\" WAVE",
            "  TRACK 01 AUDIO",
            "    TITLE \"本期导读\"",
            "    INDEX 01 00:00:00",
            "FILE \"chapters/01-“一平米”菜园 A&B.wav\" WAVE",
            "  TRACK 02 AUDIO",
            "    TITLE \"”一平米”菜园 <A&B>\"",
            "    INDEX 01 00:00:00",
            "FILE \"chapters/02-结束.wav\" WAVE",
            "  TRACK 03 AUDIO",
            "    TITLE \"结束\"",
            "    INDEX 01 00:00:00",
            "",
        ];
        assert_eq!(sheet.split("\r\n").collect::<Vec<_>>(), expected);
    }

    #[test]
    fn no_title_can_break_out_of_its_line() {
        let mut edition = edition();
        edition.chapters[0].title = "一\" WAVE\r\nFILE \"/etc/passwd\u{2028}x".into();
        edition.masthead.printed.paper = " \n".into();
        let sheet = String::from_utf8(cue_sheet(&edition)).unwrap();
        assert_eq!(
            sheet.matches("\r\n").count(),
            sheet.matches(char::is_control).count() / 2
        );
        assert!(sheet.contains("    TITLE \"一” WAVE FILE ”/etc/passwd x\"\r\n"));
        assert!(!sheet.contains("PERFORMER"));
    }
}
