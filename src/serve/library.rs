//! The editions of a folder, and the files that are held open for listeners.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::diag::{Fault, Place, Result};
use crate::export::{CUE_FILE, INDEX_FILE, M3U8_FILE, PLAYER_FILE, read_edition, vtt_file};
use crate::model::Edition;
use crate::store::{self, OpenFile};

/// The player of an edition.
const PLAYER: &str = "listener/";
/// Where the sounds it plays lie.
const SOUNDS: &str = "listener/audio/";
/// Files beside the editions that are given out: the podcast's.
const SHARED: [&str; 2] = ["feed.xml", "feed.png"];
/// So many files are held open at most, for versions that nobody has asked for the
/// longest are let go: systems allow about a thousand.
const MOST_OPEN: usize = 500;

/// A folder of editions.
pub struct Library {
    root: PathBuf,
    /// Versions in the order of their last use.
    held: Mutex<Vec<Arc<Held>>>,
}

/// One version of an edition.
pub struct Held {
    /// The name of its folder.
    pub slug: String,
    /// What its index's bytes hash to.
    pub version: String,
    /// Its index.
    pub edition: Edition,
    folder: PathBuf,
    /// What may be given out, with its length where the index tells it.
    files: BTreeMap<String, Option<u64>>,
    open: Mutex<BTreeMap<String, Arc<OpenFile>>>,
}

impl Library {
    /// The editions in `root`.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn open(root: &Path) -> Result<Self> {
        if !store::is_folder(root) {
            return Err(Fault::new("there is no folder of editions here")
                .at(Place::file(root.display().to_string()))
                .help("build an edition first, or name the folder that holds them"));
        }
        Ok(Library {
            root: root.to_path_buf(),
            held: Mutex::new(Vec::new()),
        })
    }

    /// All editions, newest issue first.
    pub fn editions(&self) -> Result<Vec<Arc<Held>>> {
        let mut editions: Vec<Arc<Held>> = (store::folders_in(&self.root)?.iter())
            .filter_map(|slug| self.newest(slug))
            .collect();
        let day = |held: &Held| held.edition.masthead.printed.date.clone();
        editions.sort_by(|a, b| (day(b), &b.slug).cmp(&(day(a), &a.slug)));
        Ok(editions)
    }

    /// A file beside the editions.
    pub fn shared(&self, name: &str) -> Option<Arc<OpenFile>> {
        let known = SHARED.contains(&name);
        known.then(|| OpenFile::open(&self.root.join(name)).ok().map(Arc::new))?
    }

    /// The newest version of an edition.
    pub fn newest(&self, slug: &str) -> Option<Arc<Held>> {
        let mut parts = Path::new(slug).components();
        let plain = matches!(parts.next(), Some(Component::Normal(_))) && parts.next().is_none();
        if !plain || slug.starts_with('.') || slug.contains(['/', '\\']) {
            return None;
        }
        let folder = self.root.join(slug);
        let bytes = store::read("edition", &folder.join(INDEX_FILE)).ok()?;
        let version = store::sha256(&bytes)[..16].to_string();
        if let Some(held) = self.used(slug, &version) {
            return Some(held);
        }
        let edition = read_edition(&bytes).ok()?;
        let held = Arc::new(Held::new(slug, version, edition, folder));
        self.all().push(Arc::clone(&held));
        Some(held)
    }

    /// A version that is held, or the newest when it is that one.
    pub fn version(&self, slug: &str, version: &str) -> Option<Arc<Held>> {
        let held = match self.used(slug, version) {
            Some(held) => held,
            None => self.newest(slug).filter(|h| h.version == version)?,
        };
        self.let_go();
        Some(held)
    }

    fn all(&self) -> MutexGuard<'_, Vec<Arc<Held>>> {
        self.held.lock().unwrap_or_else(|e| e.into_inner())
    }

    /// A held version, now the one used last.
    fn used(&self, slug: &str, version: &str) -> Option<Arc<Held>> {
        let mut all = self.all();
        let at = (all.iter()).position(|h| h.slug == slug && h.version == version)?;
        let held = all.remove(at);
        all.push(Arc::clone(&held));
        Some(held)
    }

    /// Lets the versions go that were not used for the longest, while too many files
    /// are open.
    fn let_go(&self) {
        let mut all = self.all();
        let mut open: usize = all.iter().map(|h| h.files_open().len()).sum();
        while open > MOST_OPEN && all.len() > 1 {
            open -= all.remove(0).files_open().len();
        }
    }
}

impl Held {
    fn new(slug: &str, version: String, edition: Edition, folder: PathBuf) -> Self {
        let mut files = BTreeMap::new();
        for name in [INDEX_FILE, CUE_FILE, M3U8_FILE] {
            files.insert(name.to_string(), None);
        }
        for chapter in &edition.chapters {
            files.insert(chapter.file.clone(), None);
            files.insert(vtt_file(chapter), None);
        }
        for file in edition.exports.iter().flat_map(|e| &e.files) {
            files.insert(file.file.clone(), Some(file.bytes));
        }
        Held {
            slug: slug.to_string(),
            version,
            edition,
            folder,
            files,
            open: Mutex::new(BTreeMap::new()),
        }
    }

    /// Where a listener begins: the player, or else the playlist.
    pub fn entrance(&self) -> String {
        let player = format!("{PLAYER}{PLAYER_FILE}");
        match self.files.contains_key(&player) {
            true => player,
            false => M3U8_FILE.to_string(),
        }
    }

    /// The names of what it has below `listener/` that ends so.
    pub fn ending(&self, ending: &str) -> impl Iterator<Item = &str> {
        let files = self.files.keys().map(String::as_str);
        files.filter(move |f| {
            f.starts_with(PLAYER) && f.ends_with(ending) && f.matches('/').count() == 1
        })
    }

    /// One of its files, when the index names it. With the player every sound is
    /// opened, so that the edition goes on when it is replaced.
    pub fn open(&self, path: &str) -> Option<Arc<OpenFile>> {
        if path == self.entrance() {
            let sounds: BTreeSet<&String> = (self.files.keys())
                .filter(|f| f.starts_with(SOUNDS))
                .collect();
            for sound in sounds {
                self.one(sound);
            }
        }
        self.one(path)
    }

    fn one(&self, path: &str) -> Option<Arc<OpenFile>> {
        let length = *self.files.get(path)?;
        let mut open = self.files_open();
        if let Some(file) = open.get(path) {
            return Some(Arc::clone(file));
        }
        let file = Arc::new(OpenFile::open(&self.folder.join(path)).ok()?);
        // Between index and file the edition may have been replaced.
        if length.is_some_and(|l| l != file.length()) {
            return None;
        }
        open.insert(path.to_string(), Arc::clone(&file));
        Some(file)
    }

    fn files_open(&self) -> MutexGuard<'_, BTreeMap<String, Arc<OpenFile>>> {
        self.open.lock().unwrap_or_else(|e| e.into_inner())
    }
}
