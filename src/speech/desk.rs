//! The manifests that a desk keeps of its own: voices it added, and what it
//! measured of any voice.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, value};

use super::catalogue::{Catalogue, DESK_FOLDER, built_in_text};
use super::manifest::{Manifest, SyllableSeconds};
use crate::diag::{Fault, Result};
use crate::model::{Db, SampleRate};
use crate::store;

/// What is measured of a voice.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    /// The rate of its samples.
    pub sample_rate: SampleRate,
    /// The gain that brings it to the cast's loudness.
    pub level_db: Db,
    /// How long its syllables are at speed 1.
    pub syllable: SyllableSeconds,
    /// Syllables a second at its default speed, pauses left out.
    pub pace: f64,
    /// The longest chunk it speaks whole, in syllables.
    pub longest: usize,
}

/// Where the desk keeps the manifest of this voice.
pub fn place(data_dir: &Path, voice: &str) -> PathBuf {
    data_dir.join(DESK_FOLDER).join(voice).join("voice.toml")
}

/// Keeps a manifest of a voice: new, or in place of the one of that name.
///
/// # Errors
/// When it is not a right manifest, its name is not one for a folder, or the disk
/// refuses.
pub fn keep(data_dir: &Path, text: &str, path: &str) -> Result<(Manifest, PathBuf)> {
    let manifest = Manifest::parse(text, path)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if manifest.name.is_empty() || !manifest.name.chars().all(plain) {
        let name = &manifest.name;
        return Err(
            Fault::new(format!("`{name}` cannot be the name of a voice"))
                .help("use letters, figures, `-` and `_`"),
        );
    }
    let place = place(data_dir, &manifest.name);
    store::write(&place, text.as_bytes())?;
    Ok((manifest, place))
}

/// The manifest of a voice as text: the desk's own, else the built-in one.
///
/// # Errors
/// When there is no such voice.
pub fn text(catalogue: &Catalogue, data_dir: &Path, voice: &str) -> Result<String> {
    let name = &catalogue.voice(voice)?.name;
    let place = place(data_dir, name);
    if store::exists(&place) {
        return store::utf8("manifest", &place, store::read("manifest", &place)?);
    }
    built_in_text(name).ok_or_else(|| {
        Fault::new(format!("the manifest of `{name}` has vanished"))
            .help("run the same command again")
    })
}

/// The manifest with these figures in place of its own; comments and order stay.
///
/// # Errors
/// When it is not TOML.
pub fn with_measures(text: &str, measures: &Measures) -> Result<String> {
    let mut manifest: DocumentMut =
        (text.parse()).map_err(|e| Fault::new(format!("the manifest is not TOML: {e}")))?;
    let rounded = |x: f64, places: i32| (x * 10f64.powi(places)).round() / 10f64.powi(places);
    let mut set = |keys: &[&str], new: Item| {
        let mut item = manifest.as_item_mut();
        for key in keys {
            item = &mut item[key];
        }
        *item = new;
    };
    set(&["sample_rate"], value(i64::from(measures.sample_rate.0)));
    set(&["level_db"], value(rounded(measures.level_db.0, 1)));
    set(
        &["syllable", "min"],
        value(rounded(measures.syllable.min, 3)),
    );
    set(
        &["syllable", "max"],
        value(rounded(measures.syllable.max, 3)),
    );
    set(&["pace"], value(rounded(measures.pace, 2)));
    set(&["longest"], value(measures.longest as i64));
    Ok(manifest.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures() -> Measures {
        Measures {
            sample_rate: SampleRate(16_000),
            level_db: Db(-2.96),
            syllable: SyllableSeconds {
                min: 0.12,
                max: 0.4,
            },
            pace: 4.5,
            longest: 80,
        }
    }

    #[test]
    fn measures_are_written_into_the_desks_own_manifest_and_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let catalogue = Catalogue::built_in().unwrap();
        let text = text(catalogue, dir.path(), "espeak").unwrap();
        let text = with_measures(&text, &measures()).unwrap();
        keep(dir.path(), &text, "voice.toml").unwrap();
        let desk = Catalogue::of_desk(dir.path()).unwrap();
        assert_eq!(desk.voices.len(), catalogue.voices.len());
        let voice = desk.voice("espeak").unwrap();
        assert_eq!(voice.level_db, Db(-3.0));
        assert_eq!((voice.pace, voice.longest), (Some(4.5), Some(80)));
        assert_eq!(voice.syllable, measures().syllable);
        assert_eq!(voice.command, catalogue.voice("espeak").unwrap().command);
    }

    #[test]
    fn names_that_leave_the_folder_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let text = built_in_text("tone").unwrap();
        let text = text.replace("name = \"tone\"", "name = \"../tone\"");
        let fault = keep(dir.path(), &text, "voice.toml").unwrap_err();
        assert_eq!(fault.message, "`../tone` cannot be the name of a voice");
    }
}
