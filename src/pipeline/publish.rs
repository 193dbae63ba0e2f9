//! The files of an edition besides its sound, and whether an edition that is
//! there already is the one wanted.

use std::path::Path;

use super::plan::Plan;
use crate::diag::{Fault, Place, Result};
use crate::export::{
    CUE_FILE, INDEX_FILE, M3U8_FILE, READINGS_FILE, REPORT_FILE, REVIEW_FILE, cue_sheet,
    edition_json, m3u8, read_edition, readings_json, vtt, vtt_file,
};
use crate::folder::FolderFile;
use crate::model::{Edition, Sets};
use crate::store::{self, Draft};

/// Every file that is made from the index alone, by its path in the edition.
///
/// # Errors
/// None is known.
pub fn texts(edition: &Edition) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = vec![
        (CUE_FILE.to_string(), cue_sheet(edition)),
        (M3U8_FILE.to_string(), m3u8(edition)),
        (INDEX_FILE.to_string(), edition_json(edition)?),
    ];
    files.extend(
        edition
            .chapters
            .iter()
            .map(|c| (vtt_file(c), vtt(edition, c))),
    );
    Ok(files)
}

/// Writes them and the reports into the draft.
///
/// # Errors
/// When the disk refuses.
pub fn write_index(edition: &Edition, reports: &[FolderFile], draft: &Draft) -> Result<()> {
    texts(edition)?
        .iter()
        .try_for_each(|(file, bytes)| draft.write(file, bytes))?;
    reports
        .iter()
        .try_for_each(|report| draft.write(&report.path, &report.bytes))
}

/// The index of an edition that was built.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn edition(output: &Path) -> Result<Edition> {
    let path = output.join(INDEX_FILE);
    if !store::exists(&path) {
        return Err(
            Fault::new("there is no edition here").at(Place::file(output.display().to_string()))
        );
    }
    read_edition(&store::read("edition", &path)?)
        .map_err(|f| f.at(Place::file(path.display().to_string())))
}

/// The files in `output` that the edition there does not have: somebody put them
/// there.
///
/// # Errors
/// When the folder cannot be listed.
pub fn guests(output: &Path) -> Result<Vec<String>> {
    let Ok(edition) = edition(output) else {
        // What is damaged cannot tell what belongs to it.
        return Ok(Vec::new());
    };
    let texts = texts(&edition)?.into_iter().map(|(path, _)| path);
    let sounds = edition.chapters.iter().map(|c| c.file.clone());
    let others = [READINGS_FILE, REPORT_FILE, REVIEW_FILE].map(String::from);
    let exports = edition.exports.iter().flat_map(|e| &e.files);
    let exports = exports.map(|f| f.file.clone());
    let own: Vec<String> = (texts.chain(sounds).chain(others).chain(exports)).collect();
    strangers(output, &own)
}

/// Refuses a folder inside an edition's own: the next edition takes its place.
///
/// # Errors
/// When `to` is one.
pub fn outside(edition: &Path, to: &Path) -> Result<()> {
    match store::lies_in(to, edition) {
        false => Ok(()),
        true => Err(Fault::new(
            "the folder lies inside the edition, which is replaced as a whole when it is built again",
        )
        .at(Place::file(to.display().to_string()))
        .help("choose a folder outside of it with --to")),
    }
}

/// The files in a folder that are not among its `own`.
///
/// # Errors
/// When the folder cannot be listed.
pub fn strangers(folder: &Path, own: &[String]) -> Result<Vec<String>> {
    let mut files = store::tree(folder)?;
    files.retain(|f| !own.contains(f));
    Ok(files)
}

/// The edition in `output` when it is whole, made from just this plan, and into just
/// these sets. A file that is missing, cut short or altered makes it another.
///
/// # Errors
/// Never for what stands in `output`; only when an index cannot be written.
pub fn unchanged(output: &Path, plan: &Plan, wanted: &Sets) -> Result<Option<Edition>> {
    let read = |file: &str| store::read("edition", &output.join(file)).ok();
    let Ok(edition) = edition(output) else {
        return Ok(None);
    };
    if edition.key != plan.key {
        return Ok(None);
    }
    let exports = edition.exports.clone().unwrap_or_default();
    if exports.sets != *wanted {
        return Ok(None);
    }
    let readings = readings_json(&plan.readings())?;
    if edition.readings_sha256.as_ref() != Some(&store::sha256(&readings)) {
        return Ok(None);
    }
    let mut exported = exports.files.iter();
    let whole = texts(&edition)?
        .iter()
        .all(|(file, bytes)| read(file).as_ref() == Some(bytes))
        && (edition.chapters.iter())
            .all(|c| read(&c.file).is_some_and(|bytes| store::sha256(&bytes) == c.sha256))
        && read(READINGS_FILE).as_ref() == Some(&readings)
        && exported.all(|f| {
            store::sha256_file("edition", &output.join(&f.file)).is_ok_and(|hash| hash == f.sha256)
        })
        && (plan.reports.iter()).all(|r| read(&r.path).as_ref() == Some(&r.bytes));
    Ok(whole.then_some(edition))
}
