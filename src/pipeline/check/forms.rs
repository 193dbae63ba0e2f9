//! The listener's forms against their specifications.

use std::io::Read;
use std::path::Path;

use super::{DOCUMENTS, Findings};
use crate::check::{self, File, Files, Finding};
use crate::diag::{Fault, Result};
use crate::export::PLAYER_FILE;
use crate::model::{ExportedFile, Format};
use crate::store;

/// What is wrong with a form by its specification, with what stands before its files'
/// names.
pub fn findings_of(
    output: &Path,
    form: Format,
    all: &[ExportedFile],
    findings: &mut Findings,
) -> Result<Vec<(String, Vec<Finding>)>> {
    let mut folder = |inner: &str| -> Result<Files> {
        let mut files = Files::default();
        for file in all {
            let Some(name) = file.file.strip_prefix(inner) else {
                continue;
            };
            let path = output.join(&file.file);
            if let Ok(bytes) = store::map("file", &path) {
                files.insert(name, described(&file.file, name, &bytes, findings));
            }
        }
        Ok(files)
    };
    Ok(match form {
        // A sound is heard where all are.
        Format::Opus | Format::Flac => Vec::new(),
        Format::Daisy => vec![
            (
                "listener/daisy202/".into(),
                check::daisy202(&folder("listener/daisy202/")?),
            ),
            (
                "listener/daisy3/".into(),
                check::daisy3(&folder("listener/daisy3/")?),
            ),
        ],
        Format::Player => vec![(
            "listener/".into(),
            check::player(&folder("listener/")?, PLAYER_FILE),
        )],
        Format::Usb => vec![(
            "listener/usb/".into(),
            check::usb(&folder("listener/usb/")?),
        )],
        Format::Podcast => {
            let files = folder("listener/podcast/")?;
            let feeds: Vec<String> = (files.iter().map(|(name, _)| name))
                .filter(|name| name.ends_with(".xml"))
                .map(String::from)
                .collect();
            let found = feeds.iter().flat_map(|feed| check::feed(&files, feed));
            vec![("listener/podcast/".into(), found.collect())]
        }
        Format::Epub | Format::Audiobook => {
            let ending = match form {
                Format::Epub => ".epub",
                _ => ".audiobook",
            };
            let mut all_found = Vec::new();
            for book in all.iter().filter(|f| f.file.ends_with(ending)) {
                let Some(files) = unpacked(output, &book.file, findings)? else {
                    continue;
                };
                let found = match form {
                    Format::Epub => check::epub(&files),
                    _ => check::audiobook(&files),
                };
                all_found.push((format!("{}/", book.file), found));
            }
            all_found
        }
    })
}

/// A file as a check needs to know it.
fn described(path: &str, name: &str, bytes: &[u8], findings: &mut Findings) -> File {
    let length = bytes.len() as u64;
    let ending = name.rsplit_once('.').map_or("", |(_, e)| e);
    if ending == "mp3" {
        match check::mp3::length(bytes) {
            Ok(sound) => {
                return File::Sound {
                    bytes: length,
                    duration: sound.milliseconds(),
                };
            }
            Err(why) => findings.by(path, "ISO/IEC 13818-3", why),
        }
    }
    match DOCUMENTS.contains(&ending) {
        true => File::Document(bytes.to_vec()),
        false => File::Other { bytes: length },
    }
}

/// The files of an archive; of an EPUB, whether its first one is what it must be.
fn unpacked(output: &Path, file: &str, findings: &mut Findings) -> Result<Option<Files>> {
    const OCF: &str = "EPUB 3.3, 4.2.4";
    let Ok(bytes) = store::map("book", &output.join(file)) else {
        return Ok(None);
    };
    let broken = |e: zip::result::ZipError| Fault::new(format!("the archive is damaged: {e}"));
    let mut unpack = || -> Result<Files> {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes[..])).map_err(broken)?;
        let mut files = Files::default();
        for i in 0..zip.len() {
            let mut entry = zip.by_index(i).map_err(broken)?;
            let name = entry.name().map_err(broken)?.to_string();
            if i == 0 && file.ends_with(".epub") {
                let stored = entry.compression() == zip::CompressionMethod::Stored;
                if name != "mimetype" || !stored {
                    findings.by(file, OCF, "its first file is not `mimetype`, uncompressed");
                }
            }
            let mut content = Vec::new();
            (entry.read_to_end(&mut content))
                .map_err(|e| Fault::new(format!("`{name}` in the archive is damaged: {e}")))?;
            let inside = format!("{file}/{name}");
            files.insert(&*name, described(&inside, &name, &content, findings));
        }
        Ok(files)
    };
    match unpack() {
        Ok(files) => Ok(Some(files)),
        Err(fault) => {
            findings.by(file, OCF, fault.message);
            Ok(None)
        }
    }
}
