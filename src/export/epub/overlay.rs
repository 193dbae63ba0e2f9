//! Media overlays (EPUB 3.3, 9): which sentence is heard when.

use super::page::{divisions, groups, list, note};
use crate::export::book::{Book, Part, Sentence};
use crate::export::clock::{clock, length, milliseconds};

/// When a sentence is heard, in milliseconds of its part's sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip<'a> {
    /// The sentence's name.
    pub sentence: &'a str,
    /// Where it begins: where the one before ends.
    pub begin: u64,
    /// Where it ends, after `begin`, not after the sound.
    pub end: u64,
}

/// The sentences of a part that last at least a millisecond (a clip must not end
/// where it begins, EPUB 3.3, 9.2.2.8), in order. Together they are the whole of
/// the sound, without gap or overlap.
pub fn clips<'a>(book: &Book<'_>, part: &'a Part<'_>) -> Vec<Clip<'a>> {
    let rate = book.edition.sample_rate;
    let total = length(part.chapter.frames, rate);
    let mut clips: Vec<Clip<'a>> = Vec::new();
    let mut begin = 0;
    for sentence in part.sentences() {
        let end = milliseconds(sentence.end, rate).min(total);
        if end > begin {
            clips.push(Clip {
                sentence: &sentence.id,
                begin,
                end,
            });
            begin = end;
        }
    }
    if let Some(last) = clips.last_mut() {
        last.end = total;
    }
    clips
}

/// How long a part is heard, in milliseconds: the sum of its clips.
pub fn heard(book: &Book<'_>, part: &Part<'_>) -> u64 {
    clips(book, part).last().map_or(0, |clip| clip.end)
}

/// The overlay of a part; `None` when nothing of it is heard.
pub fn overlay(book: &Book<'_>, part: &Part<'_>) -> Option<String> {
    let clips = clips(book, part);
    if clips.is_empty() {
        return None;
    }
    let id = &part.id;
    let (division, kind) = divisions(part.chapter.kind);
    let mut smil = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <smil xmlns=\"http://www.w3.org/ns/SMIL\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\" version=\"3.0\">\n\
         <body epub:type=\"{division}\" epub:textref=\"{id}.xhtml\">\n\
         <seq id=\"{id}\" epub:type=\"{kind}\" epub:textref=\"{id}.xhtml#{id}\">\n"
    );
    let mut clips = clips.into_iter().peekable();
    for group in groups(&part.passages) {
        let mut inner = String::new();
        for passage in group {
            let mut pars = String::new();
            for sentence in &passage.sentences {
                if let Some(clip) = clips.next_if(|clip| clip.sentence == sentence.id) {
                    pars.push_str(&par(id, sentence, &clip));
                }
            }
            match passage.sentences.len() {
                _ if pars.is_empty() => {}
                1 => inner.push_str(&pars),
                _ => inner.push_str(&format!(
                    "<seq id=\"{0}\" epub:textref=\"{id}.xhtml#{0}\">\n{pars}</seq>\n",
                    passage.id
                )),
            }
        }
        match list(group) {
            // A listener may leave a list (EPUB 3.3, 9.4.2 Escapability).
            Some(list) if !inner.is_empty() => smil.push_str(&format!(
                "<seq id=\"{list}\" epub:type=\"list\" epub:textref=\"{id}.xhtml#{list}\">\n\
                 {inner}</seq>\n"
            )),
            _ => smil.push_str(&inner),
        }
    }
    smil.push_str("</seq>\n</body>\n</smil>\n");
    Some(smil)
}

fn par(id: &str, sentence: &Sentence<'_>, clip: &Clip<'_>) -> String {
    format!(
        "<par id=\"{0}\"{1}><text src=\"{id}.xhtml#{0}\"/>\
         <audio src=\"{id}.mp3\" clipBegin=\"{2}\" clipEnd=\"{3}\"/></par>\n",
        sentence.id,
        note(sentence),
        clock(clip.begin),
        clock(clip.end)
    )
}
