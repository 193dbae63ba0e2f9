//! What the book tells about how it can be read (EPUB Accessibility 1.1, 2.2;
//! schema.org accessibility properties).

use super::about::own_language;
use super::page::printed_pages;
use crate::export::book::Book;
use crate::export::escape::escape;
use crate::model::Role;

/// What of an edition decides how it can be read.
struct Traits {
    /// It has human recordings.
    recordings: bool,
    /// And some without their words.
    wordless: bool,
    /// It tells where the pages of the paper begin.
    pages: bool,
}

/// The metadata, one `meta` a line. The cover, the only picture, tells nothing that
/// the text does not, and makes no way of reading its own.
pub fn metadata(book: &Book<'_>) -> String {
    let traits = traits(book);
    let mut lines = String::new();
    let mut meta = |property: &str, value: &str| {
        lines.push_str(&format!(
            "<meta property=\"schema:{property}\">{}</meta>\n",
            escape(value)
        ));
    };
    meta("accessMode", "auditory");
    meta("accessMode", "textual");
    meta("accessModeSufficient", "auditory");
    meta("accessModeSufficient", "auditory,textual");
    if !traits.wordless {
        meta("accessModeSufficient", "textual");
    }
    for feature in [
        "ARIA",
        "alternativeText",
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "synchronizedAudioText",
        "tableOfContents",
        "unlocked",
    ] {
        meta("accessibilityFeature", feature);
    }
    if traits.pages {
        meta("accessibilityFeature", "pageBreakMarkers");
        meta("accessibilityFeature", "pageNavigation");
    }
    // Of what somebody recorded nothing is known about noise behind the words.
    if !traits.recordings {
        meta("accessibilityFeature", "highContrastAudio/noBackground");
    }
    meta("accessibilityHazard", "none");
    lines.push_str(&format!(
        "<meta property=\"schema:accessibilitySummary\"{}>{}</meta>\n",
        match own_language(book) == book.language() {
            true => String::new(),
            false => format!(" xml:lang=\"{}\"", own_language(book)),
        },
        escape(&summary(book, &traits))
    ));
    lines
}

fn traits(book: &Book<'_>) -> Traits {
    let mut recordings = (book.parts.iter())
        .flat_map(|part| part.sentences())
        .filter(|s| s.cue.role == Role::Recording)
        .peekable();
    Traits {
        recordings: recordings.peek().is_some(),
        wordless: recordings.any(|s| s.cue.text.trim().is_empty()),
        pages: printed_pages(book).next().is_some(),
    }
}

/// The same for people, in the book's language.
fn summary(book: &Book<'_>, traits: &Traits) -> String {
    let said: [(bool, &str, &str); 6] = [
        (
            true,
            "全文配有合成语音，文字与声音逐句同步，读到哪一句，哪一句就突出显示。",
            "The whole text is read aloud by a synthetic voice; text and sound are synchronised \
             sentence by sentence, and the sentence being read is highlighted.",
        ),
        (
            traits.recordings,
            "其中有真人录音，录音与文字按整段同步。",
            "Some of it is a human recording, synchronised as a whole.",
        ),
        (
            traits.wordless,
            "有的录音没有文字稿。",
            "Some recordings have no transcript.",
        ),
        (
            true,
            "可以按目录、文章和小标题跳转，字号、字体、行距和颜色都可以调整。",
            "It can be navigated by table of contents, article and heading; size, typeface, \
             spacing and colours of the text can be changed.",
        ),
        (
            traits.pages,
            "标有报纸的版次。",
            "The pages of the printed newspaper are marked.",
        ),
        (
            true,
            "除封面外没有图片，封面配有替代文字；没有闪烁或突然的声响。",
            "There is no picture but the cover, which has a text alternative; nothing flashes, \
             and no sound is sudden.",
        ),
    ];
    let chinese = book.in_chinese();
    let said: Vec<&str> = (said.into_iter())
        .filter(|(holds, ..)| *holds)
        .map(|(_, zh, en)| if chinese { zh } else { en })
        .collect();
    said.join(if chinese { "" } else { " " })
}
