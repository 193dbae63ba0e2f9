//! WebVTT: the printed text of a chapter, timed, one file a chapter.
//!
//! As W3C's "WebVTT: The Web Video Text Tracks Format" has it: a cue's text
//! has `& < >` escaped and no blank line in it. A text stays until the next
//! begins, through the pause after it.

use super::clock::{milliseconds, timestamp};
use crate::model::{Chapter, Edition};

/// Where a chapter's text lies in the edition's folder: beside its sound,
/// `chapters/NN-title.vtt`.
pub fn vtt_file(chapter: &Chapter) -> String {
    let stem = chapter.file.strip_suffix(".wav").unwrap_or(&chapter.file);
    format!("{stem}.vtt")
}

/// The timed text of one chapter of the edition. Cues without printed text (a
/// recording) and cues shorter than a millisecond are left out; the others
/// keep their times.
pub fn vtt(edition: &Edition, chapter: &Chapter) -> Vec<u8> {
    let mut file = String::from("WEBVTT\n\n");
    // The format has no field for these; a comment is where they do no harm.
    file.push_str(&note(&chapter.title));
    file.push_str(&note(&format!("language: {}", edition.masthead.language)));
    for it in &chapter.cues {
        let start = milliseconds(it.start, edition.sample_rate);
        let end = milliseconds(it.end, edition.sample_rate);
        file.extend(cue(&it.chunk, start, end, &it.text));
    }
    file.into_bytes()
}

/// One cue; `None` where there is nothing to show, or for less than a millisecond.
/// Times are milliseconds.
pub(super) fn cue(id: &str, start: u64, end: u64, text: &str) -> Option<String> {
    let text = cue_text(text);
    if text.is_empty() || end <= start {
        return None;
    }
    let id = cue_text(id).replace('\n', " ");
    Some(format!(
        "{id}\n{} --> {}\n{text}\n\n",
        timestamp(start),
        timestamp(end)
    ))
}

/// A comment of one line.
pub(super) fn note(text: &str) -> String {
    format!("NOTE {}\n\n", cue_text(text).replace('\n', " "))
}

/// Escaped text without blank lines: a blank line would end the cue. `>` is
/// escaped too, so that no `-->` can stand in it.
fn cue_text(text: &str) -> String {
    let lines: Vec<String> = text
        .split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
        .map(|line| {
            let line: String = line.chars().filter(|c| !c.is_control()).collect();
            line.trim()
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
        })
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;
    use crate::model::{Frames, SampleRate};
    use proptest::prelude::*;

    #[test]
    fn cues_have_their_times_and_escaped_text() {
        let edition = edition();
        let chapter = &edition.chapters[1];
        assert_eq!(vtt_file(chapter), "chapters/01-“一平米”菜园 A&B.vtt");
        let text = String::from_utf8(vtt(&edition, chapter)).unwrap();
        assert_eq!(
            text,
            "WEBVTT\n\n\
             NOTE \"一平米”菜园 &lt;A&amp;B&gt;\n\n\
             NOTE language: zh-CN\n\n\
             01-001\n00:00:00.000 --> 00:00:01.500\n第一篇\n\n\
             01-002\n00:00:01.500 --> 00:00:04.000\n“一平米”菜园 &lt;A&amp;B&gt;\n\n\
             01-003\n00:00:04.000 --> 00:00:09.250\n居民在楼下种菜，--&gt; 收成不错。\n第二行。\n\n"
        );
    }

    #[test]
    fn long_positions_have_hours() {
        assert_eq!(
            timestamp(milliseconds(Frames(24_000 * 3661 + 1), SampleRate(24_000))),
            "01:01:01.000"
        );
        assert_eq!(timestamp(360_000_999), "100:00:00.999");
        assert_eq!(milliseconds(Frames(12), SampleRate(24_000)), 1);
        assert_eq!(milliseconds(Frames(11), SampleRate(24_000)), 0);
    }

    proptest! {
        #[test]
        fn no_text_can_break_a_cue(text in prop_oneof![any::<String>(), "[->&<\n\r \u{85}\u{2028}a]{0,40}"]) {
            let escaped = cue_text(&text);
            prop_assert!(!escaped.contains("-->") && !escaped.contains("\n\n"));
            prop_assert!(!escaped.contains(['<', '>', '\r']));
            // Nothing but white space and control characters is lost.
            let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>();
            let back = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            prop_assert_eq!(bare(&back), bare(&text));
        }
    }
}
