//! Where the system keeps its model of Chinese words.

use std::fs::File;
use std::path::{Path, PathBuf};

use memmap2::Mmap;

use crate::diag::{Fault, Place, Result};

/// The model that `TINGBAO_LM` names, or the one of Debian's package
/// `libime-data-language-model`: `libime/zh_CN.lm` under `/usr/lib`, or under
/// the folder of the machine's architecture there.
pub fn word_model() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("TINGBAO_LM").filter(|p| !p.is_empty()) {
        return Some(PathBuf::from(path));
    }
    let inside = "libime/zh_CN.lm";
    let libraries = std::fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten();
    let mut places: Vec<PathBuf> = libraries.map(|entry| entry.path().join(inside)).collect();
    places.push(PathBuf::from("/usr/lib").join(inside));
    places.push(PathBuf::from("/usr/share").join(inside));
    places.sort();
    places.into_iter().find(|path| path.is_file())
}

/// The bytes of a large file that is only looked into here and there: mapped,
/// so that opening it costs nothing.
///
/// # Errors
/// A file that cannot be opened or mapped.
pub fn map(what: &str, path: &Path) -> Result<Mmap> {
    let fault = |e: std::io::Error| {
        Fault::new(format!("cannot read the {what}: {e}"))
            .at(Place::file(path.display().to_string()))
            .help("look whether the file is there and may be read")
    };
    let file = File::open(path).map_err(fault)?;
    #[allow(unsafe_code, reason = "a mapping is sound while nobody cuts the file")]
    // SAFETY: the map is only read. What maps a package's or a user's model
    // relies, as every program that maps files does, on nobody writing into
    // that very file meanwhile: package managers put a new file in its place.
    unsafe { Mmap::map(&file) }.map_err(fault)
}
