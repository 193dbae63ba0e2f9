//! Who made a book, what its headings are, and that its clips cover the sound.

use super::*;
use crate::export::sample::edition;
use crate::model::{Edition, Frames};
use proptest::prelude::*;

fn with<T>(edition: &Edition, look: impl FnOnce(&TalkingBook) -> T) -> T {
    look(&TalkingBook::new(&Book::new(edition)))
}

#[test]
fn the_makers_are_who_the_paper_says() {
    let mut edition = edition();
    with(&edition, |book| {
        assert_eq!(book.creator, "梧桐里社区报");
        assert_eq!(book.publisher, "梧桐里社区报");
        assert_eq!(book.source_edition.as_deref(), Some("生活版 第38期"));
        assert_eq!(book.source_title.as_deref(), Some("梧桐里社区报"));
        assert_eq!(book.narrators, ["合成语音 zm_yunjian", "真人录音"]);
    });
    edition.masthead.printed.sponsor = Some("街道".into());
    with(&edition, |book| assert_eq!(book.publisher, "街道"));
    edition.masthead.printed.paper = String::new();
    edition.masthead.printed.date = Some("五月".into());
    with(&edition, |book| {
        assert_eq!(book.creator, "街道");
        assert_eq!(book.date, NO_DATE);
        assert_eq!(book.source_title, None);
    });
    edition.masthead.language = "en".into();
    with(&edition, |book| {
        assert_eq!(book.source_edition.as_deref(), Some("生活版 No. 38"));
        assert_eq!(book.narrators[1], "human recording");
    });
}

#[test]
fn the_heading_is_the_headline_with_its_number() {
    let mut edition = edition();
    with(&edition, |book| {
        let heading = book.sections[1].heading().unwrap();
        assert_eq!(heading.text(), "第一篇 “一平米”菜园 <A&B>");
        assert_eq!(book.sections[0].heading().unwrap().lines.len(), 1);
        assert_eq!(book.sections[2].heading().unwrap().text(), "引题");
        assert_eq!(book.depth(), 2);
    });
    // Music before it is not a part of it, and not where it leads.
    edition.chapters[1].cues[0].role = Role::Sting;
    with(&edition, |book| {
        let section = &book.sections[1];
        assert_eq!(section.heading().unwrap().text(), "“一平米”菜园 <A&B>");
        assert_eq!(section.first().unwrap().id, "p01-s0002");
        assert_eq!(section.blocks[0].kind, BlockKind::Text(Role::Sting));
    });
}

#[test]
fn days_and_languages_are_told_from_other_text() {
    assert!(day("2024-05-12").is_some());
    for text in [
        "2024-5-12",
        "2024-13-01",
        "2024-00-01",
        "2024-01-32",
        "２０２４-01-01",
        "",
    ] {
        assert!(day(text).is_none(), "{text}");
    }
    assert_eq!(language("zh-Hant-TW"), "zh-Hant-TW");
    for tag in ["", "中文", "zh_CN", "1a", "toolongalanguage"] {
        assert_eq!(language(tag), "und", "{tag}");
    }
}

proptest! {
    /// Whatever the lengths: the clips cover the sound from its beginning, each
    /// begins where the one before ends, and none is empty.
    #[test]
    fn clips_cover_the_sound(lengths in prop::collection::vec(0u64..100_000, 4)) {
        let mut edition = edition();
        let chapter = &mut edition.chapters[1];
        let mut at = Frames(0);
        for (cue, length) in chapter.cues.iter_mut().zip(lengths) {
            cue.start = at;
            at = Frames(at.0 + length);
            cue.end = at;
        }
        chapter.frames = at;
        let whole = milliseconds(at, edition.sample_rate);
        with(&edition, |book| {
            let section = book.sections.iter().find(|s| s.sound == 1);
            let mut last = 0;
            for (_, clip) in section.into_iter().flat_map(Section::clips) {
                prop_assert_eq!(clip.begin, last);
                prop_assert!(clip.end > clip.begin);
                last = clip.end;
            }
            prop_assert_eq!(last, whole);
            prop_assert_eq!(section.map_or(0, Section::duration), whole);
            Ok(())
        })?;
    }
}
