//! The listener's set: everything that somebody who listens may hold, made from an
//! edition's index and masters. Sound is encoded once, the forms carry copies.

mod feed;
mod pack;
mod tracks;

use std::cell::OnceCell;
use std::num::NonZeroUsize;
use std::path::Path;

use super::Event;
use crate::diag::{Diagnostic, Result};
use crate::export::{
    Book, Broadcast, Covers, Entry, PLAYER_FILE, Published, Track, UsbOptions, audiobook, comments,
    daisy3, daisy202, epub, file_names, player, podcast, usb,
};
use crate::model::{Chapter, Edition, ExportedSound, Format, ListenerSet};
use crate::store::Draft;
use tracks::{Codec, Lossy};

pub use feed::Feed;

/// Its folder in the edition's.
const FOLDER: &str = ListenerSet::FOLDER;
/// Where the sound of the chapters lies in the draft until all forms have their copies.
const ENCODED: &str = ".encoded";
/// Forms that share no sound with others.
const BY_THEMSELVES: [Format; 2] = [Format::Opus, Format::Flac];

/// What is made.
pub struct Made {
    /// Every file, and what its sound measures where it is one chapter's.
    pub files: Vec<(String, Option<ExportedSound>)>,
    /// The feed, to be written once the edition is in its place.
    pub feed: Option<Feed>,
    /// What was met on the way.
    pub notes: Vec<Diagnostic>,
}

/// Makes the set in the draft of an edition whose masters are there.
///
/// # Errors
/// A full disk, a feed that is damaged.
pub fn make(
    edition: &Edition,
    wanted: &ListenerSet,
    workers: NonZeroUsize,
    output: &Path,
    draft: &Draft,
    tell: &mut dyn FnMut(Event),
) -> Result<Made> {
    let book = Book::new(edition);
    let encode =
        |codec, files: Vec<String>| tracks::encode(edition, &codec, &files, draft, workers);
    // Most forms have the same MP3 files in it.
    let sounds = match wanted.forms.iter().all(|f| BY_THEMSELVES.contains(f)) {
        true => Vec::new(),
        false => {
            let name = |c: &Chapter| format!("{ENCODED}/{:02}.mp3", c.number);
            encode(
                Codec::Lossy(Lossy::Mp3),
                edition.chapters.iter().map(name).collect(),
            )?
        }
    };
    let mut set = Set::new(
        book,
        sounds.iter().map(|s| s.track).collect(),
        name_of(output),
        wanted,
    );
    let mut files: Vec<(String, Option<usize>)> = Vec::new();
    let mut own = Vec::new();
    for form in &wanted.forms {
        if BY_THEMSELVES.contains(form) {
            let (codec, ending) = match form {
                Format::Flac => (Codec::Flac(set.comments()?), "flac"),
                _ => (Codec::Lossy(Lossy::Opus(set.comments()?)), "opus"),
            };
            let place = format!("{FOLDER}/{ending}");
            let names = file_names(&set.book, wanted.ascii_names, ending);
            let files = names.iter().map(|name| format!("{place}/{name}"));
            let made = encode(codec, files.collect())?;
            own.extend(made.into_iter().map(|e| (e.file, e.sound)));
            tell(Event::Exported { form: *form, place });
        }
        let exports = match form {
            Format::Podcast => set.podcast(output)?,
            form => set.exports(*form)?,
        };
        for Export { place, entries } in exports {
            let place = match place {
                At::Folder(folder) => {
                    files.extend(pack::folder(&folder, &entries, &sounds, draft)?);
                    match form {
                        Format::Player => format!("{folder}/{PLAYER_FILE}"),
                        _ => folder,
                    }
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
    draft.drop_folder(ENCODED)?;
    let files = files
        .into_iter()
        .map(|(file, part)| (file, part.and_then(|part| sounds[part].sound)));
    Ok(Made {
        files: files.chain(own).collect(),
        feed: set.feed,
        notes: set.notes,
    })
}

/// The name of an edition's folder, after which files are named that are passed on by
/// themselves.
pub fn name_of(output: &Path) -> String {
    let name = output.file_name();
    name.map_or("edition".into(), |n| n.to_string_lossy().into_owned())
}

/// What the forms of an edition that are folders and share their sound consist of.
pub struct Described<'a>(Set<'a>);

/// The forms that are folders.
const FOLDERS: [Format; 4] = [Format::Daisy, Format::Player, Format::Podcast, Format::Usb];

impl<'a> Described<'a> {
    /// As [`make`] makes them in a folder of this name.
    pub fn new(edition: &'a Edition, wanted: &'a ListenerSet, name: String) -> Self {
        Described(Set::new(Book::new(edition), Vec::new(), name, wanted))
    }

    /// Their files by their paths in the edition, when each part's sound is as `tracks`
    /// say. Writes nothing.
    ///
    /// # Errors
    /// A tag that cannot be made.
    pub fn files(&mut self, tracks: Vec<Track>) -> Result<Vec<(String, Entry)>> {
        let set = &mut self.0;
        set.tracks = tracks;
        let mut files = Vec::new();
        let wanted = set.wanted.forms.iter().filter(|f| FOLDERS.contains(f));
        for form in wanted {
            for Export { place, entries } in set.exports(*form)? {
                if let At::Folder(folder) = place {
                    let path = |e: Entry| (format!("{folder}/{}", e.path), e);
                    files.extend(entries.into_iter().map(path));
                }
            }
        }
        Ok(files)
    }
}

/// Whether the podcast's feed would take this edition, of which only the head is known
/// yet: what is wrong with it should not come out when everything is spoken.
///
/// # Errors
/// A feed that is damaged, or another podcast's.
pub fn foresee(edition: &Edition, wanted: &ListenerSet, output: &Path) -> Result<()> {
    if !wanted.forms.contains(&Format::Podcast) {
        return Ok(());
    }
    let mut set = Set::new(Book::new(edition), Vec::new(), name_of(output), wanted);
    set.podcast(output).map(drop)
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
    wanted: &'a ListenerSet,
    covers: OnceCell<Covers>,
    /// The feed of all editions, once the podcast is made.
    feed: Option<Feed>,
    notes: Vec<Diagnostic>,
}

impl<'a> Set<'a> {
    fn new(book: Book<'a>, tracks: Vec<Track>, name: String, wanted: &'a ListenerSet) -> Self {
        Set {
            book,
            tracks,
            name,
            wanted,
            covers: OnceCell::new(),
            feed: None,
            notes: Vec::new(),
        }
    }

    /// What a form consists of.
    fn exports(&mut self, form: Format) -> Result<Vec<Export>> {
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
            Format::Player => {
                let entries = player(book, tracks, &self.covers()?.small)?;
                vec![Export::folder("", entries)]
            }
            Format::Podcast => (self.broadcast()?.map(Set::podcast_folder))
                .into_iter()
                .collect(),
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
            // A sound by itself.
            Format::Opus | Format::Flac => Vec::new(),
        })
    }

    /// What each part's file says of itself.
    fn comments(&self) -> Result<Vec<Vec<u8>>> {
        let cover = &self.covers()?.small;
        let parts = self.book.parts.iter().enumerate();
        Ok(parts
            .map(|(at, part)| comments(&self.book, at, part, cover, Vec::new()))
            .collect())
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
        let Some(broadcast) = self.broadcast()? else {
            return Ok(Vec::new());
        };
        self.feed = Some(Feed::with(&broadcast, output, &mut self.notes)?);
        Ok(vec![Set::podcast_folder(broadcast)])
    }

    /// The edition as episodes, when the paper is a podcast.
    fn broadcast(&mut self) -> Result<Option<Broadcast>> {
        let settings = self.book.edition.podcast.clone().unwrap_or_default();
        let page = format!("{}/{FOLDER}/{PLAYER_FILE}", self.name);
        let published = Published {
            folder: &format!("{}/{FOLDER}/podcast", self.name),
            page: (self.wanted.forms.contains(&Format::Player)).then_some(page.as_str()),
        };
        let covers = self.covers()?;
        let made = podcast(&self.book, &self.tracks, covers, &settings, published)?;
        Ok(made.drain_into(&mut self.notes))
    }

    fn podcast_folder(broadcast: Broadcast) -> Export {
        Export::folder("/podcast", broadcast.entries)
    }
}
