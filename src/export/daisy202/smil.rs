//! The synchronisation of a section and the order of all (DAISY 2.02, sections on
//! the SMIL document and the master SMIL document), in SMIL 1.0.

use super::{XML, meta, par, seconds, smil_file, sound_file, text_file, title};
use crate::export::clock;
use crate::export::escape::escape;
use crate::export::talking_book::{Clip, Section, TalkingBook};
use crate::model::Edition;

/// The document type (SMIL 1.0, 2.2).
const SMIL: &str = "<!DOCTYPE smil PUBLIC \"-//W3C//DTD SMIL 1.0//EN\" \
                    \"http://www.w3.org/TR/REC-smil/SMIL10.dtd\">\n";
/// Where the text is shown; no player looks at it, but it must be there.
const LAYOUT: &str = "    <layout>\n      <region id=\"txtView\" />\n    </layout>\n";

/// The SMIL file of a section: for the page that begins with it, and for every sentence,
/// one `par` of its text and its clip.
pub fn section(
    section: &Section,
    book: &TalkingBook,
    edition: &Edition,
    identity: &str,
) -> Vec<u8> {
    let mut file = format!("{XML}{SMIL}<smil>\n  <head>\n");
    file.push_str(&meta("dc:format", "Daisy 2.02"));
    file.push_str(&meta("dc:identifier", identity));
    file.push_str(&meta("dc:title", &book.title));
    file.push_str(&meta("ncc:generator", &edition.generator));
    file.push_str(&meta("ncc:timeInThisSmil", &seconds(section.duration())));
    file.push_str(&meta("ncc:totalElapsedTime", &seconds(section.before)));
    file.push_str(&meta("title", title(section, book)));
    file.push_str(LAYOUT);
    file.push_str(&format!(
        "  </head>\n  <body>\n    <seq dur=\"{}s\">\n",
        clock::seconds(section.duration())
    ));
    let (text, sound) = (text_file(section), sound_file(section));
    let mut heard = |id: &str, skippable: &str, clip: Clip| {
        file.push_str(&format!(
            "      <par endsync=\"last\" id=\"{}\"{skippable}>\n\
             \x20       <text src=\"{text}#{id}\" id=\"txt-{id}\" />\n\
             \x20       <seq>\n\
             \x20         <audio src=\"{sound}\" clip-begin=\"npt={}s\" clip-end=\"npt={}s\" id=\"aud-{id}\" />\n\
             \x20       </seq>\n\
             \x20     </par>\n",
            par(id),
            clock::seconds(clip.begin),
            clock::seconds(clip.end),
        ));
    };
    if let Some(page) = &section.page {
        heard(&page.id, " system-required=\"pagenumber-on\"", page.clip);
    }
    for (sentence, clip) in section.clips() {
        heard(&sentence.id, "", clip);
    }
    file.push_str("    </seq>\n  </body>\n</smil>\n");
    file.into_bytes()
}

/// The master SMIL file: the sections in order.
pub fn master(book: &TalkingBook, edition: &Edition, identity: &str) -> Vec<u8> {
    let mut file = format!("{XML}{SMIL}<smil>\n  <head>\n");
    file.push_str(&meta("dc:format", "Daisy 2.02"));
    file.push_str(&meta("dc:identifier", identity));
    file.push_str(&meta("dc:title", &book.title));
    file.push_str(&meta("ncc:generator", &edition.generator));
    file.push_str(&meta("ncc:timeInThisSmil", &seconds(book.duration())));
    file.push_str(&meta("title", &book.title));
    file.push_str(LAYOUT);
    file.push_str("  </head>\n  <body>\n");
    for section in &book.sections {
        file.push_str(&format!(
            "    <ref title=\"{}\" src=\"{}\" id=\"ref{:04}\" />\n",
            escape(title(section, book)),
            smil_file(section),
            section.number
        ));
    }
    file.push_str("  </body>\n</smil>\n");
    file.into_bytes()
}
