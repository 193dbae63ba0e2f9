//! `book.ncx`, the navigation control file (Z39.86-2005, 8).

use super::{XML, meta, par, smil_file, sound_file};
use crate::export::clock::clock;
use crate::export::escape::escape;
use crate::export::talking_book::{Clip, Section, TalkingBook, language};
use crate::model::Role;

const DOCTYPE: &str = "<!DOCTYPE ncx PUBLIC \"-//NISO//DTD ncx 2005-1//EN\" \
                       \"http://www.daisy.org/z3986/2005/ncx-2005-1.dtd\">\n";

/// The navigation control file: a point for every section, and inside it one for
/// every subheading.
pub fn ncx(book: &TalkingBook, identity: &str, generator: &str) -> Vec<u8> {
    let mut file = format!(
        "{XML}{DOCTYPE}\
         <ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" xml:lang=\"{}\">\n  <head>\n",
        book.languages[0]
    );
    file.push_str(&meta("dtb:uid", identity));
    file.push_str(&meta("dtb:depth", &book.depth().to_string()));
    file.push_str(&meta("dtb:generator", generator));
    file.push_str(&meta("dtb:totalPageCount", "0"));
    file.push_str(&meta("dtb:maxPageNumber", "0"));
    file.push_str(&format!(
        "  </head>\n  <docTitle>\n    <text>{}</text>\n{}  </docTitle>\n\
         \x20 <docAuthor>\n    <text>{}</text>\n  </docAuthor>\n  <navMap id=\"navmap\">\n",
        escape(&book.title),
        title_sound(book),
        escape(&book.creator)
    ));
    let mut order = 0;
    for section in &book.sections {
        let Some(first) = section.first() else {
            continue;
        };
        let class = if section.part.is_article() {
            "article"
        } else {
            "section"
        };
        let point = Point {
            target: &first.id,
            text: &section.part.title,
            language: language(section.part.language),
            sound: label_sound(section),
        };
        order += 1;
        file.push_str(&point.opening("    ", class, order, section));
        for inner in section.subheadings() {
            let clips: Vec<(_, Clip)> = inner.clips().collect();
            let (Some((sentence, first)), Some((_, last))) = (clips.first(), clips.last()) else {
                continue;
            };
            let point = Point {
                target: &sentence.id,
                text: &inner.text(),
                language: language(inner.lines[0].passage.language),
                sound: Some(Clip {
                    begin: first.begin,
                    end: last.end,
                }),
            };
            order += 1;
            file.push_str(&point.opening("      ", "subhead", order, section));
            file.push_str("      </navPoint>\n");
        }
        file.push_str("    </navPoint>\n");
    }
    file.push_str("  </navMap>\n</ncx>\n");
    file.into_bytes()
}

/// What a navigation point says and where it leads.
struct Point<'a> {
    target: &'a str,
    text: &'a str,
    language: &'a str,
    sound: Option<Clip>,
}

impl Point<'_> {
    /// The element up to its inner points.
    fn opening(&self, indent: &str, class: &str, order: usize, section: &Section) -> String {
        let sound = (self.sound).map_or(String::new(), |clip| {
            format!("{indent}    {}\n", audio(clip, section))
        });
        format!(
            "{indent}<navPoint class=\"{class}\" id=\"nav-{order}\" playOrder=\"{order}\">\n\
             {indent}  <navLabel xml:lang=\"{}\">\n\
             {indent}    <text>{}</text>\n\
             {sound}\
             {indent}  </navLabel>\n\
             {indent}  <content src=\"{}#{}\" />\n",
            self.language,
            escape(self.text),
            smil_file(section),
            par(self.target)
        )
    }
}

fn audio(clip: Clip, section: &Section) -> String {
    format!(
        "<audio src=\"{}\" clipBegin=\"{}\" clipEnd=\"{}\" />",
        sound_file(section),
        clock(clip.begin),
        clock(clip.end)
    )
}

/// How the book's title sounds: the opening begins with it.
fn title_sound(book: &TalkingBook) -> String {
    let opening = book.sections.first().filter(|s| s.is_opening());
    let clip = opening.and_then(|section| Some(audio(label_sound(section)?, section)));
    clip.map_or(String::new(), |audio| format!("    {audio}\n"))
}

/// The clip in which a section's title is said: its headline; the first thing said
/// where it has none.
fn label_sound(section: &Section) -> Option<Clip> {
    let heading = section.heading()?;
    let headline = (heading.lines.iter()).find(|l| l.passage.role == Role::Headline);
    let spoken = |clips: Vec<Clip>| {
        Some(Clip {
            begin: clips.first()?.begin,
            end: clips.last()?.end,
        })
    };
    match headline {
        Some(line) => spoken(line.phrases.iter().filter_map(|p| p.clip).collect()),
        None => spoken(heading.clips().take(1).map(|(_, clip)| clip).collect()),
    }
}
