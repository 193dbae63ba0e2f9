//! SMIL documents of both generations of talking books: what is heard with which
//! text, in which order.

use std::collections::HashMap;

use roxmltree::Node;

use super::names::link;
use super::xml::Document;
use super::{File, Files, Report};

/// Rounding apart, how far a time may be from another, in milliseconds.
const TOLERANCE: u64 = 1;
/// How much of a sound may be heard in no clip before somebody would miss it, in
/// milliseconds; an MP3 is some frames longer than what was encoded.
const UNHEARD: u64 = 250;

/// How a generation writes what both have.
pub struct Dialect {
    /// The attribute of a clip's beginning.
    pub begin: &'static str,
    /// The attribute of a clip's end.
    pub end: &'static str,
    /// Reads the values of both, in milliseconds.
    pub clock: fn(&str) -> Option<u64>,
    /// The clause on synchronisation.
    pub clause: &'static str,
}

/// A SMIL document as read.
pub struct Smil<'a, 'b> {
    /// The document.
    pub document: &'b Document<'a>,
    /// Its `par` elements in order.
    pub pars: Vec<Par<'a, 'b>>,
    /// For every id in its body the `par` it stands in, or the first that stands in it.
    ids: HashMap<&'b str, Place>,
    /// The length of all its clips, in milliseconds.
    pub duration: u64,
}

/// What an id stands for.
#[derive(Clone, Copy)]
enum Place {
    /// This `par`, or something in it.
    In(usize),
    /// Something that begins with this `par`.
    Around(usize),
}

/// A text and what is heard with it.
pub struct Par<'a, 'b> {
    /// The element.
    pub node: Node<'b, 'a>,
    /// The file and the id of its text.
    pub text: Option<(&'b str, &'b str)>,
    /// Its clips in order.
    pub clips: Vec<Clip<'a, 'b>>,
}

/// A stretch of sound.
pub struct Clip<'a, 'b> {
    /// The `audio` element.
    pub node: Node<'b, 'a>,
    /// The sound file.
    pub file: &'b str,
    /// Where it begins, in milliseconds.
    pub begin: u64,
    /// Where it ends, in milliseconds.
    pub end: u64,
}

impl<'a, 'b> Smil<'a, 'b> {
    /// Reads a document and reports what of it cannot be read.
    pub fn read(document: &'b Document<'a>, dialect: &Dialect, report: &mut Report) -> Self {
        let mut smil = Smil {
            document,
            pars: Vec::new(),
            ids: HashMap::new(),
            duration: 0,
        };
        for node in document.named("par") {
            smil.read_par(node, dialect, report);
        }
        if smil.pars.is_empty() {
            report.file(
                document.file,
                dialect.clause,
                "there is no `par`: nothing is heard",
            );
        }
        let numbers: HashMap<_, _> = (smil.pars.iter().enumerate())
            .map(|(number, par)| (par.node.id(), number))
            .collect();
        let number = |node: Node| numbers.get(&node.id()).copied();
        for node in document.elements() {
            let Some(id) = node.attribute("id") else {
                continue;
            };
            let own = node.ancestors().find_map(number).map(Place::In);
            let inner = || node.descendants().find_map(number).map(Place::Around);
            if let Some(place) = own.or_else(inner) {
                smil.ids.insert(id, place);
            }
        }
        smil
    }

    fn read_par(&mut self, node: Node<'b, 'a>, dialect: &Dialect, report: &mut Report) {
        let mut par = Par {
            node,
            text: None,
            clips: Vec::new(),
        };
        for inner in node.descendants() {
            match inner.tag_name().name() {
                "text" => {
                    let src = inner.attribute("src").unwrap_or_default();
                    match link(src) {
                        (file, Some(id)) => par.text = Some((file, id)),
                        _ => self.document.find(
                            report,
                            inner,
                            dialect.clause,
                            format!("the text `{src}` has no fragment"),
                        ),
                    }
                }
                "audio" => par.clips.extend(self.read_clip(inner, dialect, report)),
                _ => {}
            }
        }
        if par.clips.is_empty() {
            self.document.find(
                report,
                node,
                dialect.clause,
                "nothing is heard with this text",
            );
        }
        self.duration += par.clips.iter().map(|c| c.end - c.begin).sum::<u64>();
        self.pars.push(par);
    }

    fn read_clip(
        &self,
        node: Node<'b, 'a>,
        dialect: &Dialect,
        report: &mut Report,
    ) -> Option<Clip<'a, 'b>> {
        let mut time = |name: &str| {
            let written = node.attribute(name).unwrap_or_default();
            let value = (dialect.clock)(written);
            if value.is_none() {
                let message = format!("`{name}` is `{written}`, which is no time");
                self.document.find(report, node, dialect.clause, message);
            }
            value
        };
        let (begin, end) = (time(dialect.begin), time(dialect.end));
        let (begin, end) = (begin?, end?);
        if end <= begin {
            let message =
                format!("the clip ends at {end} ms, not after its beginning at {begin} ms");
            self.document.find(report, node, dialect.clause, message);
            return None;
        }
        Some(Clip {
            node,
            file: node.attribute("src").unwrap_or_default(),
            begin,
            end,
        })
    }

    /// The position of the `par` that an id stands for.
    pub fn par(&self, id: &str) -> Option<usize> {
        match self.ids.get(id)? {
            Place::In(par) | Place::Around(par) => Some(*par),
        }
    }
}

/// Reports clips of sounds that are not there, that go past their end, or that go
/// back; and sound that is in no clip. `smils` are in the order of the book.
pub fn clips(smils: &[&Smil], files: &Files, clause: &'static str, report: &mut Report) {
    let mut heard: HashMap<&str, (u64, u64)> = HashMap::new();
    for smil in smils {
        for clip in smil.pars.iter().flat_map(|p| &p.clips) {
            let mut say = |message: String| smil.document.find(report, clip.node, clause, message);
            let Some(File::Sound { duration, .. }) = files.get(clip.file) else {
                say(format!("the sound `{}` is missing", clip.file));
                continue;
            };
            if clip.end > duration + TOLERANCE {
                say(format!(
                    "the clip ends at {} ms, but `{}` is {duration} ms long",
                    clip.end, clip.file
                ));
            }
            let last = heard.entry(clip.file).or_default();
            let (begun, before) = *last;
            // A title may be heard again with the heading that repeats it.
            let again = (clip.begin, clip.end) == (begun, before);
            if clip.begin < before && !again {
                say(format!(
                    "the clip begins at {} ms, before the clip before it ends at {before} ms",
                    clip.begin
                ));
            } else if clip.begin > before + UNHEARD {
                say(format!(
                    "nothing of `{}` is heard from {before} ms to {} ms",
                    clip.file, clip.begin
                ));
            }
            *last = (clip.begin, clip.end);
        }
    }
    for (path, file) in files.iter() {
        let File::Sound { duration, .. } = file else {
            continue;
        };
        match heard.get(path) {
            None => report.file(path, clause, "no clip of this sound is heard"),
            Some((_, end)) if *end + UNHEARD < *duration => {
                let message = format!("the last clip ends at {end} ms, the sound at {duration} ms");
                report.file(path, clause, message);
            }
            Some(_) => {}
        }
    }
}

/// Texts by file and id.
pub type Texts<'a, 'b> = HashMap<&'b str, HashMap<&'b str, Node<'b, 'a>>>;

/// Reports texts that are not there, and texts heard in another order than they
/// stand in. `smils` are in the order of the book.
pub fn texts(smils: &[&Smil], texts: &Texts, clause: &'static str, report: &mut Report) {
    let mut last: HashMap<&str, usize> = HashMap::new();
    for smil in smils {
        for par in &smil.pars {
            let mut say = |message: String| smil.document.find(report, par.node, clause, message);
            let Some((file, id)) = par.text else {
                continue;
            };
            match texts.get(file).map(|ids| ids.get(id)) {
                None => say(format!("the text document `{file}` is missing")),
                Some(None) => say(format!("`{file}` has no element with the id `{id}`")),
                Some(Some(node)) => {
                    let place = node.id().get_usize();
                    let before = last.entry(file).or_insert(0);
                    if place <= *before {
                        say(format!(
                            "the text `{id}` is heard after one that stands behind it"
                        ));
                    }
                    *before = place;
                }
            }
        }
    }
}

/// The SMIL file that a link leads to, with the link's file and id; what is wrong with
/// the link is said.
pub fn led<'s, 'h, S>(
    href: &'h str,
    smils: &HashMap<&str, &'s S>,
    say: &mut impl FnMut(String),
) -> Option<(&'s S, &'h str, &'h str)> {
    let (file, Some(id)) = link(href) else {
        say(format!("the link `{href}` has no fragment"));
        return None;
    };
    let Some(smil) = smils.get(file) else {
        say(format!(
            "the link `{href}` leads to no SMIL file of the book"
        ));
        return None;
    };
    Some((smil, file, id))
}

/// Reports links from a text to its sound that lead nowhere, or to the sound of
/// another text. `links` are an element, the id its text is known by, and the link.
pub fn links<'a, 'b>(
    document: &'b Document<'a>,
    links: impl Iterator<Item = (Node<'b, 'a>, Option<&'b str>, &'b str)>,
    smils: &HashMap<&str, &Smil>,
    clause: &'static str,
    report: &mut Report,
) {
    for (node, own, href) in links {
        let mut say = |message: String| document.find(report, node, clause, message);
        let Some((smil, file, id)) = led(href, smils, &mut say) else {
            continue;
        };
        let Some(place) = smil.ids.get(id) else {
            say(format!("the link `{href}` leads to no element of `{file}`"));
            continue;
        };
        let Place::In(par) = place else {
            continue;
        };
        let text = smil.pars[*par].text;
        if own.is_some() && text != own.map(|own| (document.file, own)) {
            say(format!(
                "the link `{href}` leads to the sound of another text"
            ));
        }
    }
}

/// Whether two times are the same but for rounding.
pub fn same(one: u64, other: u64) -> bool {
    one.abs_diff(other) <= TOLERANCE
}
