//! A right DAISY 3 book damaged in many ways: each is found and named.

use tingbao::check::{File, Files, daisy3};
use tingbao::export;

use super::damage::{cases, changed, found, nothing, text};
use super::editions::{book, hard, paged, plain};

fn right() -> Files {
    book(&plain(), export::daisy3)
}

#[test]
fn every_book_is_right() {
    for (name, edition) in hard() {
        let findings = daisy3(&book(&edition, export::daisy3));
        nothing(name, &findings);
    }
}

#[test]
fn required_metadata_are_missed() {
    let files = right();
    for (file, name) in [
        ("book.opf", "dtb:multimediaType"),
        ("book.opf", "dtb:multimediaContent"),
        ("book.opf", "dtb:totalTime"),
        ("book.ncx", "dtb:uid"),
        ("book.ncx", "dtb:depth"),
        ("book.ncx", "dtb:totalPageCount"),
        ("book.ncx", "dtb:maxPageNumber"),
        ("book.xml", "dtb:uid"),
        ("book.xml", "dc:Title"),
        ("s0002.smil", "dtb:uid"),
        ("s0002.smil", "dtb:totalElapsedTime"),
    ] {
        let whole = text(&files, file);
        let line = whole
            .lines()
            .find(|l| l.contains(&format!("\"{name}\"")))
            .unwrap();
        found(
            &daisy3(&changed(&files, file, line, "")),
            file,
            &format!("`{name}` is missing"),
        );
    }
    let package = text(&files, "book.opf");
    for name in [
        "Title",
        "Publisher",
        "Date",
        "Format",
        "Language",
        "Identifier",
    ] {
        let line = package
            .lines()
            .find(|l| l.contains(&format!("<dc:{name}")))
            .unwrap();
        let findings = daisy3(&changed(&files, "book.opf", line, ""));
        found(&findings, "book.opf", &format!("`dc:{name}` is missing"));
    }
}

#[test]
fn damage_in_documents_is_found() {
    let files = right();
    for [file, from, to, message] in cases(include_str!("damage_3.tsv")) {
        let damaged = changed(&files, file, from, to);
        found(&daisy3(&damaged), file, message);
    }
}

#[test]
fn swapped_things_are_found() {
    let files = right();
    let clips = changed(
        &files,
        "s0002.smil",
        "clipBegin=\"0:00:00.000\" clipEnd=\"0:00:02.000\"",
        "@",
    );
    let clips = changed(
        &clips,
        "s0002.smil",
        "clipBegin=\"0:00:02.000\" clipEnd=\"0:00:04.000\"",
        "clipBegin=\"0:00:00.000\" clipEnd=\"0:00:02.000\"",
    );
    let clips = changed(
        &clips,
        "s0002.smil",
        "@",
        "clipBegin=\"0:00:02.000\" clipEnd=\"0:00:04.000\"",
    );
    found(&daisy3(&clips), "s0002.smil", "before the clip before it");

    let texts = changed(&files, "s0002.smil", "#p01-s0004", "@");
    let texts = changed(&texts, "s0002.smil", "#p01-s0005", "#p01-s0004");
    let texts = changed(&texts, "s0002.smil", "@", "#p01-s0005");
    found(
        &daisy3(&texts),
        "s0002.smil",
        "after one that stands behind it",
    );

    let spine = changed(&files, "book.opf", "idref=\"smil-2\"", "@");
    let spine = changed(&spine, "book.opf", "idref=\"smil-3\"", "idref=\"smil-2\"");
    let spine = changed(&spine, "book.opf", "@", "idref=\"smil-3\"");
    found(&daisy3(&spine), "book.ncx", "is heard before");
}

#[test]
fn lost_and_strange_files_are_found() {
    let files = right();
    let without = |path: &str| {
        let mut files = files.clone();
        files.remove(path).unwrap();
        daisy3(&files)
    };
    found(&without("book.opf"), "*.opf", "there are 0 package files");
    found(
        &without("book.ncx"),
        "*.ncx",
        "there are 0 navigation control files",
    );
    found(&without("book.xml"), "s0002.smil", "`book.xml` is missing");
    found(
        &without("s0002.smil"),
        "book.opf",
        "the file `s0002.smil` is missing",
    );
    found(
        &without("a0002.mp3"),
        "s0002.smil",
        "the sound `a0002.mp3` is missing",
    );
    let mut more = files.clone();
    more.insert(
        "a0099.mp3",
        File::Sound {
            bytes: 1,
            duration: 1000,
        },
    );
    more.insert("封面.jpg", File::Other { bytes: 1 });
    found(
        &daisy3(&more),
        "a0099.mp3",
        "the file is not in the manifest",
    );
    found(
        &daisy3(&more),
        "a0099.mp3",
        "no clip of this sound is heard",
    );
    found(&daisy3(&more), "封面.jpg", "other characters");
}

#[test]
fn damage_of_pages_is_found() {
    let files = book(&paged(), export::daisy3);
    for [file, from, to, message] in cases(include_str!("damage_3_pages.tsv")) {
        let damaged = changed(&files, file, from, to);
        found(&daisy3(&damaged), file, message);
    }
}
