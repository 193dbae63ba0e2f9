//! The sets of files that an edition is made into: with the edition, and again when it
//! is finished.

use std::num::NonZeroUsize;
use std::path::Path;

use super::listener::{self, Feed};
use super::workers::each;
use super::{Host, hotline, masters, publish, radio};
use crate::diag::Result;
use crate::export::{INDEX_FILE, edition_json};
use crate::model::{
    Edition, ExportedFile, ExportedSound, Exports, HotlineSet, ListenerSet, RadioSet, Sets,
};
use crate::store::{self, Draft, Lock};

/// What is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which sets.
    pub sets: Sets,
    /// Whether forms for listeners that the edition had before are made again too.
    pub keep_forms: bool,
    /// How many chapters are worked on at once.
    pub workers: NonZeroUsize,
}

impl Wanted {
    /// With what listeners, a station and an exchange were given of the edition that
    /// stands in `output`: a corrected one is made into the same sets.
    pub fn and_kept(&self, output: &Path) -> Wanted {
        let old = publish::edition(output).ok().and_then(|e| e.exports);
        let old = old.unwrap_or_default().sets;
        let mut listener = self.sets.listener.clone();
        if let (Some(set), Some(old), true) = (&mut listener, old.listener, self.keep_forms) {
            let more = old.forms.into_iter().filter(|f| !set.forms.contains(f));
            let more: Vec<_> = more.collect();
            set.forms.extend(more);
            set.ascii_names |= old.ascii_names;
        }
        Wanted {
            sets: Sets {
                listener,
                radio: self.sets.radio.or(old.radio),
                hotline: self.sets.hotline.or(old.hotline),
            },
            keep_forms: self.keep_forms,
            workers: self.workers,
        }
    }
}

/// What happens to a set of a finished edition.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum SetChange<T> {
    /// It stays as it is, or stays away.
    #[default]
    Keep,
    /// It is taken away.
    Remove,
    /// It is made, again if it was there.
    Make(T),
}

/// What happens to the sets of a finished edition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// The listener's.
    pub listener: SetChange<ListenerSet>,
    /// Whether its stick has names of ASCII; as before when not said.
    pub ascii_names: Option<bool>,
    /// The radio station's.
    pub radio: SetChange<RadioSet>,
    /// The telephone exchange's.
    pub hotline: SetChange<HotlineSet>,
}

impl<T: Clone> SetChange<T> {
    /// The set that is made.
    fn made(&self) -> Option<T> {
        match self {
            SetChange::Make(set) => Some(set.clone()),
            SetChange::Keep | SetChange::Remove => None,
        }
    }

    /// The set that is there afterwards.
    fn after(&self, old: &Option<T>) -> Option<T> {
        match self {
            SetChange::Keep => old.clone(),
            SetChange::Remove | SetChange::Make(_) => self.made(),
        }
    }
}

/// Changes the sets of a finished edition. Forms of a set that are there and not named
/// are made again with it, for they stand beside the others.
///
/// # Errors
/// No edition there, a master that is damaged, a full disk: the edition is then as it
/// was.
pub fn export(
    output: &Path,
    changes: &Changes,
    workers: NonZeroUsize,
    host: &mut Host,
) -> Result<Edition> {
    let mut edition = publish::edition(output)?;
    masters::all_whole(output, &edition, workers)?;
    let lock = Lock::take(output)?;
    let draft = Draft::begin(output, &lock)?;
    let old = edition.exports.take().unwrap_or_default();
    let (made, after) = merge(changes, &old.sets);
    let stays = |file: &ExportedFile| after.have(file.set()) && !made.have(file.set());
    let mut kept = store::tree(output)?;
    kept.retain(|file| {
        *file != INDEX_FILE
            && edition.chapters.iter().all(|c| c.file != *file)
            && old.files.iter().all(|o| o.file != *file || stays(o))
    });
    for chapter in &edition.chapters {
        draft.take_over(&chapter.file)?;
    }
    let wanted = Wanted {
        keep_forms: false,
        sets: made.clone(),
        workers,
    };
    let feed = make(&mut edition, &wanted, output, &draft, host)?;
    let mut files = edition.exports.take().unwrap_or_default().files;
    files.extend(old.files.into_iter().filter(stays));
    edition.exports = exports(after, files);
    draft.write(INDEX_FILE, &edition_json(&edition)?)?;
    host.go_on()?;
    draft.publish(&kept)?;
    feed.map_or(Ok(()), Feed::write)?;
    Ok(edition)
}

/// The sets that are made, and those that are there afterwards.
fn merge(changes: &Changes, old: &Sets) -> (Sets, Sets) {
    let mut changes = changes.clone();
    if let (SetChange::Make(set), Some(old)) = (&mut changes.listener, &old.listener) {
        set.forms.extend(&old.forms);
        set.forms.sort();
        set.forms.dedup();
        set.ascii_names = changes.ascii_names.unwrap_or(old.ascii_names);
    }
    let made = Sets {
        listener: changes.listener.made(),
        radio: changes.radio.made(),
        hotline: changes.hotline.made(),
    };
    let after = Sets {
        listener: changes.listener.after(&old.listener),
        radio: changes.radio.after(&old.radio),
        hotline: changes.hotline.after(&old.hotline),
    };
    (made, after)
}

/// Makes sets in the draft of an edition whose masters are there, and tells the index
/// of them. Gives the feed that is to be written once the edition is in its place.
///
/// # Errors
/// A full disk, a feed that is damaged.
pub fn make(
    edition: &mut Edition,
    wanted: &Wanted,
    output: &Path,
    draft: &Draft,
    host: &mut Host,
) -> Result<Option<Feed>> {
    edition.exports = None;
    let Wanted { sets, workers, .. } = wanted;
    let mut files = Vec::new();
    let mut feed = None;
    let mut notes = Vec::new();
    if let Some(set) = &sets.listener {
        let made = listener::make(edition, set, *workers, output, draft, host.tell)?;
        files.extend(made.files);
        notes.extend(made.notes);
        feed = made.feed;
    }
    if let Some(set) = &sets.radio {
        let made = radio::of_edition(edition, set, *workers, draft, host.tell)?;
        files.extend(made.files);
        notes.extend(made.notes);
    }
    // An edition that is exported again has been told already.
    for note in notes {
        if !edition.diagnostics.contains(&note) {
            edition.diagnostics.push(note);
        }
    }
    if let Some(set) = sets.hotline {
        files.extend(hotline::make(edition, set, *workers, output, draft, host)?);
    }
    edition.exports = exports(sets.clone(), measured(files, *workers, draft)?);
    Ok(feed)
}

/// Files of a draft with their lengths and hashes.
///
/// # Errors
/// The first that cannot be read.
pub fn measured(
    files: Vec<(String, Option<ExportedSound>)>,
    workers: NonZeroUsize,
    draft: &Draft,
) -> Result<Vec<ExportedFile>> {
    let lengths = (files.iter())
        .map(|(file, _)| store::length(&draft.path(file)))
        .collect::<Vec<_>>();
    let hashes = each(&lengths, workers, |n| draft.measure(&files[n].0))?;
    let told = files.into_iter().zip(hashes);
    Ok(told
        .map(|((file, sound), (bytes, sha256))| ExportedFile {
            file,
            bytes,
            sha256,
            sound,
        })
        .collect())
}

/// What the index says of sets and their files.
fn exports(sets: Sets, mut files: Vec<ExportedFile>) -> Option<Exports> {
    files.sort_by(|a, b| a.file.cmp(&b.file));
    (sets != Sets::default()).then_some(Exports { sets, files })
}
