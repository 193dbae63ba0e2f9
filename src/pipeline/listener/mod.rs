//! The listener's set: everything that somebody who listens may hold, made from an
//! edition's index and masters. Sound is encoded once, the forms carry copies.

mod pack;
#[cfg(feature = "mp3")]
mod tracks;

use std::num::NonZeroUsize;
use std::path::Path;

use super::{Event, publish};
use crate::diag::{Fault, Place, Result};
use crate::export::{
    Book, COVER_SIDE, Entry, INDEX_FILE, Track, UsbOptions, audiobook, cover, daisy3, daisy202,
    epub, player, usb,
};
use crate::model::{Edition, ExportedFile, Exports, Format};
use crate::store::{self, Draft, Lock};

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

/// Makes a finished edition's listener's set again; nothing is spoken.
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
    let old = edition.exports.take().map_or_else(Vec::new, |e| e.files);
    kept.retain(|file| file != INDEX_FILE && old.iter().all(|o| o.file != *file));
    for chapter in &edition.chapters {
        draft.take_over(&chapter.file)?;
    }
    kept.retain(|file| edition.chapters.iter().all(|c| c.file != *file));
    edition.exports = make(&edition, wanted, output, &draft, tell)?;
    draft.write(INDEX_FILE, &crate::export::edition_json(&edition)?)?;
    draft.publish(&kept)?;
    Ok(edition)
}

/// Makes the set in the draft of an edition whose masters are there; what was made.
///
/// # Errors
/// A full disk.
pub fn make(
    edition: &Edition,
    wanted: &Wanted,
    output: &Path,
    draft: &Draft,
    tell: &mut dyn FnMut(Event),
) -> Result<Option<Exports>> {
    if wanted.forms.is_empty() {
        return Ok(None);
    }
    let sounds = tracks::encode(edition, draft, wanted.workers.get())?;
    let tracks: Vec<Track> = sounds.iter().map(|s| s.track).collect();
    let book = Book::new(edition);
    let name = output
        .file_name()
        .map_or_else(|| "edition".into(), |n| n.to_string_lossy());
    let mut files: Vec<(String, Option<usize>)> = Vec::new();
    for form in &wanted.forms {
        for export in exports(*form, &book, &tracks, &name, wanted.ascii_names)? {
            let place = match export.place {
                At::Folder(folder) => {
                    files.extend(pack::folder(&folder, &export.entries, &sounds, draft)?);
                    folder
                }
                At::Archive(file) => {
                    pack::archive(&file, &export.entries, &sounds, draft)?;
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
    Ok(Some(Exports {
        listener: wanted.forms.clone(),
        ascii_names: wanted.ascii_names,
        files: files.collect::<Result<_>>()?,
    }))
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

/// What a form consists of. `name` is the edition's folder's, for files that are
/// passed on by themselves.
fn exports(
    form: Format,
    book: &Book<'_>,
    tracks: &[Track],
    name: &str,
    ascii: bool,
) -> Result<Vec<Export>> {
    let folder = |inner: &str, entries| Export {
        place: At::Folder(format!("{FOLDER}{inner}")),
        entries,
    };
    let archive = |ending: &str, entries| Export {
        place: At::Archive(format!("{FOLDER}/{name}.{ending}")),
        entries,
    };
    Ok(match form {
        Format::Epub => vec![archive("epub", epub(book, &cover(book, COVER_SIDE)?))],
        Format::Daisy => vec![
            folder("/daisy202", daisy202(book, tracks)),
            folder("/daisy3", daisy3(book, tracks)),
        ],
        Format::Player => vec![folder("", player(book, tracks))],
        Format::Podcast => Vec::new(),
        Format::Usb => vec![folder("/usb", usb(book, tracks, UsbOptions { ascii })?)],
        Format::Audiobook => {
            let entries = audiobook(book, tracks, &cover(book, COVER_SIDE)?)?;
            vec![archive("audiobook", entries)]
        }
    })
}
