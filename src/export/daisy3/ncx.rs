//! `book.ncx`, the navigation control file (Z39.86-2005, 8).

use super::{PAGE_TEST, XML, meta, page_type, par, smil_file, sound_file};
use crate::export::clock::clock;
use crate::export::escape::escape;
use crate::export::talking_book::{Clip, Page, Section, TalkingBook, language};
use crate::model::Role;

const DOCTYPE: &str = "<!DOCTYPE ncx PUBLIC \"-//NISO//DTD ncx 2005-1//EN\" \
                       \"http://www.daisy.org/z3986/2005/ncx-2005-1.dtd\">\n";

/// The navigation control file: a point for every section, and inside it one for
/// every subheading; the pages of the paper beside them, counted through with them.
pub fn ncx(book: &TalkingBook, identity: &str, generator: &str) -> Vec<u8> {
    let mut file = format!(
        "{XML}{DOCTYPE}\
         <ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" xml:lang=\"{}\">\n  <head>\n",
        book.languages[0]
    );
    file.push_str(&meta("dtb:uid", identity));
    file.push_str(&meta("dtb:depth", &book.depth().to_string()));
    file.push_str(&meta("dtb:generator", generator));
    let pages = book.pages().count();
    let highest = book.pages().map(|page| page.number.value()).max();
    file.push_str(&meta("dtb:totalPageCount", &pages.to_string()));
    file.push_str(&meta(
        "dtb:maxPageNumber",
        &highest.unwrap_or(0).to_string(),
    ));
    if pages > 0 {
        file.push_str(&format!(
            "    <smilCustomTest {PAGE_TEST} bookStruct=\"PAGE_NUMBER\" />\n"
        ));
    }
    file.push_str(&format!(
        "  </head>\n  <docTitle>\n    <text>{}</text>\n{}  </docTitle>\n\
         \x20 <docAuthor>\n    <text>{}</text>\n  </docAuthor>\n  <navMap id=\"navmap\">\n",
        escape(&book.title),
        title_sound(book),
        escape(&book.creator)
    ));
    let mut order = 0;
    let mut targets = String::new();
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
        if let Some(page) = &section.page {
            order += 1;
            targets.push_str(&page_target(page, order, section));
        }
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
    file.push_str("  </navMap>\n");
    if !targets.is_empty() {
        file.push_str(&format!(
            "  <pageList id=\"pages\">\n{targets}  </pageList>\n"
        ));
    }
    file.push_str("</ncx>\n");
    file.into_bytes()
}

/// A page of the paper. It has no sound of its own: no voice says its name.
fn page_target(page: &Page, order: usize, section: &Section) -> String {
    format!(
        "    <pageTarget id=\"{0}\" type=\"{1}\" value=\"{2}\" playOrder=\"{order}\">\n\
         \x20     <navLabel>\n        <text>{3}</text>\n      </navLabel>\n\
         \x20     <content src=\"{4}#{5}\" />\n    </pageTarget>\n",
        page.id,
        page_type(page),
        page.number.value(),
        escape(&page.name),
        smil_file(section),
        par(&page.id)
    )
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
