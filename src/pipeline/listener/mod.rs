//! The listener's set: everything that somebody who listens may hold, made from an
//! edition's index and masters. Sound is encoded once, the forms carry copies.

mod feed;
mod pack;
mod tracks;

use std::cell::OnceCell;
use std::num::NonZeroUsize;
use std::path::Path;

use super::{Event, publish};
use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::export::{
    Book, Covers, Entry, INDEX_FILE, PLAYER_FILE, Published, Track, UsbOptions, audiobook, daisy3,
    daisy202, edition_json, epub, player, podcast, usb,
};
use crate::model::{Edition, ExportedFile, Exports, Format};
use crate::store::{self, Draft, Lock};

pub use feed::Feed;

/// Its folder in the edition's.
const FOLDER: &str = "listener";
/// Where the sound of the chapters lies.
const AUDIO: &str = "listener/audio";

/// How a set is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which forms.
    pub forms: Vec<Format>,
    /// Whether files are named by ASCII letters and figures alone, for old players.
    pub ascii_names: bool,
    /// How many chapters are encoded at once.
    pub workers: NonZeroUsize,
}

/// Makes a finished edition's listener's set again; nothing is spoken. Forms that are
/// there and not named are made again too, for they stand beside the others; where none
/// is named, all are taken away.
///
/// # Errors
/// No edition there, a master that is damaged, a full disk: the edition is then as it
/// was.
pub fn export(output: &Path, wanted: &Wanted, tell: &mut dyn FnMut(Event)) -> Result<Edition> {
    let mut edition = publish::edition(output)?;
    for chapter in &edition.chapters {
        let path = output.join(&chapter.file);
        if store::sha256_file("chapter", &path)? != chapter.sha256 {
            return Err(Fault::new(
                "the chapter's sound is not what the index says: it was altered or cut short",
            )
            .at(Place::file(path.display().to_string()))
            .help("build the edition again with `tingbao build`"));
        }
    }
    let lock = Lock::take(output)?;
    let draft = Draft::begin(output, &lock)?;
    let mut kept = store::tree(output)?;
    let old = edition.exports.take().unwrap_or_default();
    let mut wanted = wanted.clone();
    if !wanted.forms.is_empty() {
        wanted.forms.extend(&old.listener);
        wanted.forms.sort();
        wanted.forms.dedup();
    }
    kept.retain(|file| file != INDEX_FILE && old.files.iter().all(|o| o.file != *file));
    for chapter in &edition.chapters {
        draft.take_over(&chapter.file)?;
    }
    kept.retain(|file| edition.chapters.iter().all(|c| c.file != *file));
    let feed = make(&mut edition, &wanted, output, &draft, tell)?;
    draft.write(INDEX_FILE, &edition_json(&edition)?)?;
    draft.publish(&kept)?;
    feed.map_or(Ok(()), Feed::write)?;
    Ok(edition)
}

/// Makes the set in the draft of an edition whose masters are there, and tells the
/// index of it. Gives the feed that is to be written once the edition is in its place.
///
/// # Errors
/// A full disk, a feed that is damaged.
pub fn make(
    edition: &mut Edition,
    wanted: &Wanted,
    output: &Path,
    draft: &Draft,
    tell: &mut dyn FnMut(Event),
) -> Result<Option<Feed>> {
    edition.exports = None;
    if wanted.forms.is_empty() {
        return Ok(None);
    }
    let sounds = tracks::encode(edition, draft, wanted.workers.get())?;
    let mut set = Set {
        book: Book::new(edition),
        tracks: sounds.iter().map(|s| s.track).collect(),
        name: (output.file_name()).map_or("edition".into(), |n| n.to_string_lossy().into_owned()),
        wanted,
        covers: OnceCell::new(),
        feed: None,
        notes: Vec::new(),
    };
    let mut files: Vec<(String, Option<usize>)> = Vec::new();
    for form in &wanted.forms {
        for Export { place, entries } in set.exports(*form, output)? {
            let place = match place {
                At::Folder(folder) => {
                    files.extend(pack::folder(&folder, &entries, &sounds, draft)?);
                    folder
                }
                At::Archive(file) => {
                    pack::archive(&file, &entries, &sounds, draft)?;
                    files.push((file.clone(), None));
                    file
                }
            };
            tell(Event::Exported { form: *form, place });
        }
    }
    for (part, sound) in sounds.iter().enumerate() {
        match wanted.forms.contains(&Format::Player) {
            true => files.push((sound.file.clone(), Some(part))),
            false => draft.drop_file(&sound.file)?,
        }
    }
    files.sort();
    let files = files.into_iter().map(|(file, part)| {
        let (bytes, sha256) = draft.measure(&file)?;
        Ok(ExportedFile {
            file,
            bytes,
            sha256,
            sound: part.map(|part| sounds[part].sound),
        })
    });
    let exports = Exports {
        listener: wanted.forms.clone(),
        ascii_names: wanted.ascii_names,
        files: files.collect::<Result<_>>()?,
    };
    let Set { notes, feed, .. } = set;
    edition.exports = Some(exports);
    // An edition that is exported again has been told already.
    for note in notes {
        if !edition.diagnostics.contains(&note) {
            edition.diagnostics.push(note);
        }
    }
    Ok(feed)
}

/// Where an export goes.
enum At {
    /// Its files lie below this folder of the edition.
    Folder(String),
    /// It is one archive.
    Archive(String),
}

/// One export ready to be written.
struct Export {
    place: At,
    entries: Vec<Entry>,
}

impl Export {
    fn folder(inner: &str, entries: Vec<Entry>) -> Self {
        Export {
            place: At::Folder(format!("{FOLDER}{inner}")),
            entries,
        }
    }
}

/// What the forms are made of.
struct Set<'a> {
    book: Book<'a>,
    tracks: Vec<Track>,
    /// The name of the edition's folder, for files that are passed on by themselves.
    name: String,
    wanted: &'a Wanted,
    covers: OnceCell<Covers>,
    /// The feed of all editions, once the podcast is made.
    feed: Option<Feed>,
    notes: Vec<Diagnostic>,
}

impl Set<'_> {
    /// What a form consists of.
    fn exports(&mut self, form: Format, output: &Path) -> Result<Vec<Export>> {
        let (book, tracks) = (&self.book, &self.tracks[..]);
        let archive = |ending: &str, entries| Export {
            place: At::Archive(format!("{FOLDER}/{}.{ending}", self.name)),
            entries,
        };
        Ok(match form {
            Format::Epub => vec![archive("epub", epub(book, &self.covers()?.large))],
            Format::Daisy => vec![
                Export::folder("/daisy202", daisy202(book, tracks)),
                Export::folder("/daisy3", daisy3(book, tracks)),
            ],
            Format::Player => vec![Export::folder("", player(book))],
            Format::Podcast => self.podcast(output)?,
            Format::Usb => {
                let options = UsbOptions {
                    ascii: self.wanted.ascii_names,
                };
                let entries = usb(book, tracks, &self.covers()?.small, options)?;
                vec![Export::folder("/usb", entries)]
            }
            Format::Audiobook => {
                let entries = audiobook(book, tracks, &self.covers()?.large)?;
                vec![archive("audiobook", entries)]
            }
        })
    }

    /// The edition's covers, drawn when a form first wants them.
    fn covers(&self) -> Result<&Covers> {
        if let Some(covers) = self.covers.get() {
            return Ok(covers);
        }
        let drawn = Covers::of(&self.book)?;
        Ok(self.covers.get_or_init(|| drawn))
    }

    /// The edition as episodes, and the feed with them, when the paper is a podcast.
    fn podcast(&mut self, output: &Path) -> Result<Vec<Export>> {
        let settings = self.book.edition.podcast.clone().unwrap_or_default();
        let page = format!("{}/{FOLDER}/{PLAYER_FILE}", self.name);
        let published = Published {
            folder: &format!("{}/{FOLDER}/podcast", self.name),
            page: (self.wanted.forms.contains(&Format::Player)).then_some(page.as_str()),
        };
        let covers = self.covers()?;
        let made = podcast(&self.book, &self.tracks, covers, &settings, published)?;
        let Some(broadcast) = made.drain_into(&mut self.notes) else {
            return Ok(Vec::new());
        };
        self.feed = Some(Feed::with(&broadcast, output, &mut self.notes)?);
        Ok(vec![Export::folder("/podcast", broadcast.entries)])
    }
}
