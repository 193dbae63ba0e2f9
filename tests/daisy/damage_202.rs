//! A right DAISY 2.02 book damaged in many ways: each is found and named.

use tingbao::check::{File, Files, daisy202};
use tingbao::export;

use super::damage::{cases, changed, found, nothing, text};
use super::editions::{book, hard, paged, plain};

fn right() -> Files {
    book(&plain(), export::daisy202)
}

#[test]
fn every_book_is_right() {
    for (name, edition) in hard() {
        let findings = daisy202(&book(&edition, export::daisy202));
        nothing(name, &findings);
    }
}

#[test]
fn every_mandatory_metadata_is_missed() {
    let ncc = text(&right(), "ncc.html");
    for name in [
        "dc:title",
        "dc:creator",
        "dc:publisher",
        "dc:date",
        "dc:format",
        "dc:identifier",
        "dc:language",
        "ncc:charset",
        "ncc:pageFront",
        "ncc:pageNormal",
        "ncc:pageSpecial",
        "ncc:tocItems",
        "ncc:totalTime",
    ] {
        let line = ncc
            .lines()
            .find(|l| l.contains(&format!("\"{name}\"")))
            .unwrap();
        let findings = daisy202(&changed(&right(), "ncc.html", line, ""));
        found(&findings, "ncc.html", &format!("`{name}` is missing"));
    }
}

#[test]
fn damage_in_documents_is_found() {
    let files = right();
    let ncc = text(&files, "ncc.html");
    let value = |name: &str| {
        let after = ncc
            .split(&format!("name=\"{name}\" content=\""))
            .nth(1)
            .unwrap();
        after.split('"').next().unwrap().to_string()
    };
    let told = |name: &str, content: &str| format!("name=\"{name}\" content=\"{content}\"");
    let set = |name: &str, content: &str| (told(name, &value(name)), told(name, content));
    for (name, content, message) in [
        (
            "dc:format",
            "DAISY 2.02",
            "`dc:format` must not be `DAISY 2.02`",
        ),
        ("dc:date", "12.5.2024", "`dc:date` must not be"),
        ("dc:language", "中文", "`dc:language` must not be"),
        ("dc:creator", " ", "`dc:creator` must not be"),
        ("dc:identifier", "other", "not that of the NCC"),
        ("ncc:charset", "gb2312", "`ncc:charset` must not be"),
        ("ncc:tocItems", "6", "`ncc:tocItems` is `6`; it should be 5"),
        (
            "ncc:totalTime",
            "00:00:27",
            "`ncc:totalTime` is `00:00:27`, but it is 26000 ms",
        ),
        ("ncc:totalTime", "26 s", "`ncc:totalTime` must not be"),
        ("ncc:files", "13", "`ncc:files` is `13`; it should be 14"),
        ("ncc:kByteSize", "7", "`ncc:kByteSize` is `7`"),
        ("ncc:depth", "1", "`ncc:depth` is `1`; it should be 2"),
        ("ncc:depth", "7", "`ncc:depth` must not be"),
        (
            "ncc:pageNormal",
            "3",
            "`ncc:pageNormal` is `3`; it should be 0",
        ),
        ("ncc:maxPageNormal", "4", "`ncc:maxPageNormal` is `4`"),
        ("ncc:footnotes", "1", "`ncc:footnotes` is `1`"),
        ("ncc:prodNotes", "-1", "`ncc:prodNotes` must not be"),
        ("ncc:sidebars", "2", "`ncc:sidebars` is `2`"),
        ("ncc:setInfo", "2 of 1", "`ncc:setInfo` must not be"),
        (
            "ncc:multimediaType",
            "fullText",
            "`ncc:multimediaType` must not be",
        ),
        ("ncc:sourceDate", "May", "`ncc:sourceDate` must not be"),
    ] {
        let (from, to) = set(name, content);
        let findings = daisy202(&changed(&files, "ncc.html", &from, &to));
        let file = if name == "dc:identifier" {
            "s0001.smil"
        } else {
            "ncc.html"
        };
        found(&findings, file, message);
    }
    for [file, from, to, message] in cases(include_str!("damage_202.tsv")) {
        let damaged = changed(&files, file, from, to);
        found(&daisy202(&damaged), file, message);
    }
}

#[test]
fn swapped_things_are_found() {
    let files = right();
    let clips = changed(
        &files,
        "s0002.smil",
        "clip-begin=\"npt=0.000s\" clip-end=\"npt=2.000s\"",
        "@",
    );
    let clips = changed(
        &clips,
        "s0002.smil",
        "clip-begin=\"npt=2.000s\" clip-end=\"npt=4.000s\"",
        "clip-begin=\"npt=0.000s\" clip-end=\"npt=2.000s\"",
    );
    let clips = changed(
        &clips,
        "s0002.smil",
        "@",
        "clip-begin=\"npt=2.000s\" clip-end=\"npt=4.000s\"",
    );
    found(&daisy202(&clips), "s0002.smil", "before the clip before it");

    let texts = changed(&files, "s0002.smil", "#p01-s0004", "@");
    let texts = changed(&texts, "s0002.smil", "#p01-s0005", "#p01-s0004");
    let texts = changed(&texts, "s0002.smil", "@", "#p01-s0005");
    found(
        &daisy202(&texts),
        "s0002.smil",
        "after one that stands behind it",
    );

    let order = changed(&files, "master.smil", "s0002.smil", "@");
    let order = changed(&order, "master.smil", "s0003.smil", "s0002.smil");
    let order = changed(&order, "master.smil", "@", "s0003.smil");
    found(&daisy202(&order), "master.smil", "another order");
}

#[test]
fn lost_and_strange_files_are_found() {
    let files = right();
    let without = |path: &str| {
        let mut files = files.clone();
        files.remove(path).unwrap();
        daisy202(&files)
    };
    found(&without("ncc.html"), "ncc.html", "there is no NCC document");
    found(&without("s0002.smil"), "ncc.html", "leads to no SMIL file");
    found(
        &without("t0002.html"),
        "s0002.smil",
        "`t0002.html` is missing",
    );
    found(
        &without("a0002.mp3"),
        "s0002.smil",
        "the sound `a0002.mp3` is missing",
    );
    for path in ["ncc.html", "s0002.smil", "t0002.html", "a0002.mp3"] {
        assert!(!without(path).is_empty());
    }
    let with = |path: &str, file: File| {
        let mut files = files.clone();
        files.insert(path, file);
        daisy202(&files)
    };
    let sound = File::Sound {
        bytes: 1000,
        duration: 1000,
    };
    found(
        &with("a0099.mp3", sound.clone()),
        "a0099.mp3",
        "no clip of this sound is heard",
    );
    found(
        &with("封面.jpg", File::Other { bytes: 1 }),
        "封面.jpg",
        "other characters",
    );
    found(&with("a/b.mp3", sound), "a/b.mp3", "other characters");
    found(
        &with("virus.exe", File::Other { bytes: 1 }),
        "virus.exe",
        "no part of a DAISY 2.02 book",
    );
    let other = text(&files, "t0002.html").into_bytes();
    found(
        &with("t0099.html", File::Document(other)),
        "t0099.html",
        "nothing of this text document",
    );
    let smil = text(&files, "s0002.smil").into_bytes();
    found(
        &with("s0099.smil", File::Document(smil)),
        "s0099.smil",
        "no heading of the NCC leads",
    );
    found(
        &with("s0002.smil", File::Document(vec![0xB0, 0xA1])),
        "s0002.smil",
        "not UTF-8",
    );
    let short = File::Sound {
        bytes: 1000,
        duration: 9000,
    };
    found(&with("a0002.mp3", short), "s0002.smil", "is 9000 ms long");
    let long = File::Sound {
        bytes: 1000,
        duration: 60_000,
    };
    found(
        &with("a0002.mp3", long),
        "a0002.mp3",
        "the last clip ends at",
    );
}

#[test]
fn damage_of_pages_is_found() {
    let files = book(&paged(), export::daisy202);
    for [file, from, to, message] in cases(include_str!("damage_202_pages.tsv")) {
        let damaged = changed(&files, file, from, to);
        found(&daisy202(&damaged), file, message);
    }
}
