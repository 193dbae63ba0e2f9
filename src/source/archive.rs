//! Files that are ZIP packages, opened with bounds: a small file may unpack to
//! more than a machine holds.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::diag::{Fault, Place, Result};

/// The largest part of a package that is read, in bytes.
const LARGEST_PART: u64 = 32 << 20;
/// What is read of one package in all, in bytes.
const MOST: u64 = 128 << 20;

/// An opened package.
pub(super) struct Archive<'a> {
    file: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens a package; its parts are read when asked for.
    ///
    /// # Errors
    /// What is no ZIP file, or a damaged one.
    pub fn open(file: &'a str, bytes: &'a [u8]) -> Result<Archive<'a>> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(file, &e))?;
        Ok(Archive {
            file,
            zip,
            left: MOST,
        })
    }

    /// Whether it has a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The text of a part; `None` when it is not there.
    ///
    /// # Errors
    /// A damaged or encrypted part, and one that is larger than any text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>> {
        let file = self.file;
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(e) => return Err(damaged(file, &e)),
        };
        let most = LARGEST_PART.min(self.left);
        let mut bytes = Vec::new();
        // What the package says of a part's size may be wrong.
        part.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| damaged(file, &e))?;
        if bytes.len() as u64 > most {
            return Err(Fault::new(format!(
                "the part `{name}` unpacks to more than {} MiB",
                most >> 20
            ))
            .at(Place::file(file))
            .help("no text is so large; look whether the file is what it seems"));
        }
        self.left -= bytes.len() as u64;
        // With a byte order mark UTF-16 is told too, as XML demands (XML 1.0, 4.3.3).
        Ok(Some(encoding_rs::UTF_8.decode(&bytes).0.into_owned()))
    }

    /// The same, for a part that must be there.
    ///
    /// # Errors
    /// Those of [`Archive::text`], and a part that is not there.
    pub fn needed(&mut self, name: &str) -> Result<String> {
        self.text(name)?.ok_or_else(|| {
            Fault::new(format!("the package is not complete: it has no `{name}`"))
                .at(Place::file(self.file))
                .help("save or fetch the file again")
        })
    }
}

fn damaged(file: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::new(format!("the package cannot be unpacked: {error}"))
        .at(Place::file(file))
        .help("save or fetch the file again; one with a password must be saved without it")
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A package of these parts.
    pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bytes = package(&[("a.xml", &" ".repeat(40 << 20)), ("b.xml", "字")]);
        assert!(bytes.len() < 1 << 20);
        let mut archive = Archive::open("a.docx", &bytes).unwrap();
        assert_eq!(
            archive.text("a.xml").unwrap_err().to_string(),
            "error: the part `a.xml` unpacks to more than 32 MiB\n  --> a.docx\n  \
             help: no text is so large; look whether the file is what it seems"
        );
        assert_eq!(archive.text("b.xml").unwrap().as_deref(), Some("字"));
        assert_eq!(
            archive.needed("c.xml").unwrap_err().to_string(),
            "error: the package is not complete: it has no `c.xml`\n  --> a.docx\n  \
             help: save or fetch the file again"
        );
    }

    #[test]
    fn a_cut_package_is_told() {
        let bytes = package(&[("a.xml", "字")]);
        let fault = Archive::open("a.docx", &bytes[..20]).err().unwrap();
        assert!(
            fault
                .message
                .starts_with("the package cannot be unpacked: ")
        );
    }
}
