//! Whether a line is fit for an exchange: its states hold together, and every sound is
//! there in just the format that its ending says.

use std::path::Path;

use crate::audio::telephone;
use crate::diag::{Fault, Place, Result};
use crate::export::HOTLINE_FILE;
use crate::hotline::problems;
use crate::model::{Codec, HOTLINE_FORMAT, Hotline, HotlineSet};
use crate::store;

/// The line in a file.
///
/// # Errors
/// A file that cannot be read, is damaged, or has another format.
pub fn hotline_of(path: &Path) -> Result<Hotline> {
    let at = || Place::file(path.display().to_string());
    let bytes = store::read("hotline", path)?;
    let damaged = |e: serde_json::Error| {
        Fault::new(format!("the hotline is damaged: {e}"))
            .at(at())
            .help("make it again with `tingbao export EDITION --hotline`")
    };
    #[derive(serde::Deserialize)]
    struct Head {
        format: u32,
    }
    let head: Head = serde_json::from_slice(&bytes).map_err(damaged)?;
    if head.format != HOTLINE_FORMAT {
        return Err(Fault::new(format!(
            "the hotline has format {}, this program knows {HOTLINE_FORMAT}",
            head.format
        ))
        .at(at())
        .help("make it again with `tingbao export EDITION --hotline`"));
    }
    serde_json::from_slice(&bytes).map_err(damaged)
}

/// What is wrong with the set in an edition's folder, `(file, message)`; nothing when an
/// exchange can play all of it.
pub fn findings(edition: &Path, set: HotlineSet) -> Vec<(String, String)> {
    let file = |inner: &str| format!("{}/{inner}", HotlineSet::FOLDER);
    let line = match hotline_of(&edition.join(file(HOTLINE_FILE))) {
        Ok(line) => line,
        Err(fault) => return vec![(file(HOTLINE_FILE), fault.message)],
    };
    let mut found: Vec<_> = (problems(&line).into_iter())
        .map(|problem| (file(HOTLINE_FILE), problem))
        .collect();
    for codec in set.codecs() {
        for (sound, frames) in line.sounds(codec == Codec::Ulaw) {
            let path = file(&format!("{}/{sound}.{}", codec.folder(), codec.ending()));
            let wrong = match store::map("sound", &edition.join(&path)) {
                Ok(bytes) => telephone::wrong(codec, &bytes, frames),
                // An empty file cannot be mapped.
                Err(_) if frames.0 == 0 => Some("the sound is empty".into()),
                Err(_) => Some("the sound is missing or empty".into()),
            };
            found.extend(wrong.map(|message| (path, message)));
        }
    }
    found
}
