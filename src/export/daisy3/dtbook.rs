//! `book.xml`, the text (Z39.86-2005, 4; DTBook 2005-3): a `level1` for every
//! section, in it first the `pagenum` of a page that begins there, a `level2` for what stands under a subheading, a `sent` for every
//! sentence, with the `par` that says it in `smilref`.

use super::{XML, meta, page_type, par, smil_file};
use crate::export::escape::escape;
use crate::export::talking_book::{Block, BlockKind, Line, Phrase, Section, TalkingBook, language};
use crate::model::Role;

const DOCTYPE: &str = "<!DOCTYPE dtbook PUBLIC \"-//NISO//DTD dtbook 2005-3//EN\" \
                       \"http://www.daisy.org/z3986/2005/dtbook-2005-3.dtd\">\n";

/// The text of the whole book.
pub fn dtbook(book: &TalkingBook, identity: &str) -> Vec<u8> {
    let main = &book.languages[0];
    let mut file = format!(
        "{XML}{DOCTYPE}\
         <dtbook xmlns=\"http://www.daisy.org/z3986/2005/dtbook/\" version=\"2005-3\" xml:lang=\"{main}\">\n  <head>\n"
    );
    file.push_str(&meta("dtb:uid", identity));
    file.push_str(&meta("dc:Title", &book.title));
    file.push_str(&meta("dc:Creator", &book.creator));
    file.push_str(&meta("dc:Publisher", &book.publisher));
    file.push_str(&meta("dc:Date", &book.date));
    file.push_str(&meta("dc:Identifier", identity));
    for language in &book.languages {
        file.push_str(&meta("dc:Language", language));
    }
    file.push_str(&format!(
        "  </head>\n  <book>\n    <frontmatter>\n      <doctitle>{}</doctitle>\n\
         \x20     <docauthor>{}</docauthor>\n    </frontmatter>\n    <bodymatter>\n",
        escape(&book.title),
        escape(&book.creator)
    ));
    for section in &book.sections {
        level1(&mut file, section, main);
    }
    file.push_str("    </bodymatter>\n  </book>\n</dtbook>\n");
    file.into_bytes()
}

fn level1(file: &mut String, section: &Section, main: &str) {
    let class = if section.part.is_article() {
        "article"
    } else {
        "section"
    };
    file.push_str(&format!(
        "      <level1 id=\"{}\" class=\"{class}\">\n",
        section.part.id
    ));
    if let Some(page) = &section.page {
        file.push_str(&format!(
            "        <pagenum id=\"{}\" page=\"{}\" smilref=\"{}#{}\">{}</pagenum>\n",
            page.id,
            page_type(page),
            smil_file(section),
            par(&page.id),
            escape(&page.name)
        ));
    }
    let mut inner = false;
    for (i, block) in section.blocks.iter().enumerate() {
        // A level is more than its heading, so that one with nothing under it does
        // not make one.
        let bare = (section.blocks.get(i + 1)).is_none_or(|b| b.kind == BlockKind::Subheading);
        let element = match block.kind {
            BlockKind::Subheading => {
                if inner {
                    file.push_str("        </level2>\n");
                }
                inner = !bare;
                if inner {
                    file.push_str("        <level2>\n");
                }
                if inner { "h2" } else { "bridgehead" }
            }
            BlockKind::Heading if section.blocks.len() > i + 1 => "h1",
            BlockKind::Heading => "bridgehead",
            BlockKind::Text(Role::Byline) => "byline",
            BlockKind::Text(_) => "p",
        };
        let indent = if inner { "          " } else { "        " };
        file.push_str(&format!(
            "{indent}<{element}{}>{}</{element}>\n",
            block_class(block),
            text(block, section, main)
        ));
    }
    if inner {
        file.push_str("        </level2>\n");
    }
    file.push_str("      </level1>\n");
}

fn block_class(block: &Block) -> &'static str {
    match block.kind {
        BlockKind::Text(Role::Kicker) => " class=\"kicker\"",
        BlockKind::Text(Role::Deck) => " class=\"deck\"",
        BlockKind::Text(Role::Item) => " class=\"item\"",
        BlockKind::Text(Role::Omission) => " class=\"omission\"",
        BlockKind::Text(Role::Recording) => " class=\"recording\"",
        BlockKind::Text(Role::Sting) => " class=\"music\"",
        _ => "",
    }
}

/// The sentences of a block; each passage of a heading begins a line.
fn text(block: &Block, section: &Section, main: &str) -> String {
    let lines: Vec<String> = (block.lines.iter())
        .map(|line| {
            (line.phrases.iter())
                .map(|phrase| sentence(phrase, line, section, main))
                .collect()
        })
        .collect();
    lines.join("<br />")
}

fn sentence(phrase: &Phrase, line: &Line, section: &Section, main: &str) -> String {
    let sentence = phrase.sentence;
    let text = escape(&sentence.text).replace('\n', "<br />");
    let own = language(line.passage.language);
    let mut attributes = format!("id=\"{}\"", sentence.id);
    if phrase.clip.is_some() {
        let (file, par) = (smil_file(section), par(&sentence.id));
        attributes.push_str(&format!(" smilref=\"{file}#{par}\""));
    }
    if own != main {
        attributes.push_str(&format!(" xml:lang=\"{own}\""));
    }
    format!("<sent {attributes}>{text}</sent>")
}
