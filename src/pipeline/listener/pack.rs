//! The files that exporters name → the disk, as folders and as archives.

use std::io::Write;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::tracks::Encoded;
use crate::diag::{Fault, Result, cannot_write};
use crate::export::{Content, Entry, Track};
use crate::store::Draft;

/// Archives longer than this need sizes of 64 bits.
const LARGE: u64 = u32::MAX as u64;

/// Writes an export's files below `folder` of the draft; their paths there, and whose
/// part's sound is in them.
///
/// # Errors
/// A full disk.
pub fn folder(
    folder: &str,
    entries: &[Entry],
    sounds: &[Encoded],
    draft: &Draft,
) -> Result<Vec<(String, Option<usize>)>> {
    let mut files = Vec::new();
    for entry in entries {
        let file = match folder {
            "" => entry.path.clone(),
            folder => format!("{folder}/{}", entry.path),
        };
        let mut out = draft.create(&file)?;
        copy(&entry.content, sounds, draft, &mut out)
            .and_then(|()| out.flush().map_err(|e| cannot_write(&e)))
            .map_err(|f| draft.blame(f, &file))?;
        files.push((file, entry.content.part()));
    }
    Ok(files)
}

/// Writes an export's files as one archive. Its times are all the beginning of time
/// as ZIP has it, so that equal content gives equal bytes; sounds and pictures are
/// stored, for they cannot be pressed any more, and so is the file `mimetype`, which readers look for
/// at a fixed place (OCF 3.3, 4.3).
///
/// # Errors
/// A full disk.
pub fn archive(file: &str, entries: &[Entry], sounds: &[Encoded], draft: &Draft) -> Result<()> {
    let tracks: Vec<Track> = sounds.iter().map(|s| s.track).collect();
    let fill = |out: &mut ZipWriter<_>| -> Result<()> {
        for entry in entries {
            let pressed =
                entry.path.ends_with(".png") || !matches!(entry.content, Content::Bytes(_));
            let stored = entry.path == "mimetype" || pressed;
            let options = SimpleFileOptions::default()
                .compression_method(match stored {
                    true => CompressionMethod::Stored,
                    false => CompressionMethod::Deflated,
                })
                .large_file(entry.content.bytes(&tracks) > LARGE)
                .last_modified_time(DateTime::default())
                .unix_permissions(0o644);
            out.start_file(entry.path.as_str(), options)
                .map_err(zipped)?;
            copy(&entry.content, sounds, draft, out)?;
        }
        Ok(())
    };
    let mut out = ZipWriter::new(draft.create(file)?);
    fill(&mut out)
        .and_then(|()| out.finish().map_err(zipped))
        .and_then(|mut out| out.flush().map_err(|e| cannot_write(&e)))
        .map_err(|f| draft.blame(f, file))
}

fn zipped(e: zip::result::ZipError) -> Fault {
    match e {
        zip::result::ZipError::Io(e) => cannot_write(&e),
        e => {
            Fault::new(format!("cannot write the archive: {e}")).help("please report this as a bug")
        }
    }
}

/// Copies sound from where it was encoded; bytes as they are.
fn copy(content: &Content, sounds: &[Encoded], draft: &Draft, out: &mut impl Write) -> Result<()> {
    let (head, parts) = match content {
        Content::Bytes(bytes) => (bytes, &[][..]),
        Content::Sound { parts, head } => (head, &parts[..]),
    };
    out.write_all(head).map_err(|e| cannot_write(&e))?;
    for part in parts {
        let sound = sounds.get(*part).ok_or_else(|| {
            Fault::new(format!("an export names a part {part} that there is not"))
                .help("please report this as a bug")
        })?;
        let mut from = draft.open(&sound.file)?;
        std::io::copy(&mut from, out).map_err(|e| cannot_write(&e))?;
    }
    Ok(())
}
