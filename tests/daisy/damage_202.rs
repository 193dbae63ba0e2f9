//! A right DAISY 2.02 book damaged in many ways: each is found and named.

use tingbao::check::{File, Files, Finding, daisy202};
use tingbao::export;

use super::editions::{book, changed, hard, plain, text};

fn right() -> Files {
    book(&plain(), export::daisy202)
}

/// Something in `file` says so.
fn found(findings: &[Finding], file: &str, message: &str) {
    let all: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(
        findings.iter().any(|f| f.file == file && f.message.contains(message)),
        "{file}: {message}\nfound:\n{}",
        all.join("\n")
    );
}

#[test]
fn every_book_is_right() {
    for (name, edition) in hard() {
        let findings = daisy202(&book(&edition, export::daisy202));
        let all: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(all.is_empty(), "{name}:\n{}", all.join("\n"));
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
        let line = ncc.lines().find(|l| l.contains(&format!("\"{name}\""))).unwrap();
        let findings = daisy202(&changed(&right(), "ncc.html", line, ""));
        found(&findings, "ncc.html", &format!("`{name}` is missing"));
    }
}

#[test]
fn damage_in_documents_is_found() {
    let files = right();
    let ncc = text(&files, "ncc.html");
    let value = |name: &str| {
        let after = ncc.split(&format!("name=\"{name}\" content=\"")).nth(1).unwrap();
        after.split('"').next().unwrap().to_string()
    };
    let told = |name: &str, content: &str| format!("name=\"{name}\" content=\"{content}\"");
    let set = |name: &str, content: &str| (told(name, &value(name)), told(name, content));
    for (name, content, message) in [
        ("dc:format", "DAISY 2.02", "`dc:format` must not be `DAISY 2.02`"),
        ("dc:date", "12.5.2024", "`dc:date` must not be"),
        ("dc:language", "中文", "`dc:language` must not be"),
        ("dc:creator", " ", "`dc:creator` must not be"),
        ("dc:identifier", "other", "not that of the NCC"),
        ("ncc:charset", "gb2312", "`ncc:charset` must not be"),
        ("ncc:tocItems", "6", "`ncc:tocItems` is `6`; it should be 5"),
        ("ncc:totalTime", "00:00:27", "`ncc:totalTime` is `00:00:27`, but it is 26000 ms"),
        ("ncc:totalTime", "26 s", "`ncc:totalTime` must not be"),
        ("ncc:files", "13", "`ncc:files` is `13`; it should be 14"),
        ("ncc:kByteSize", "7", "`ncc:kByteSize` is `7`"),
        ("ncc:depth", "1", "`ncc:depth` is `1`; it should be 2"),
        ("ncc:depth", "7", "`ncc:depth` must not be"),
        ("ncc:pageNormal", "3", "`ncc:pageNormal` is `3`; it should be 0"),
        ("ncc:maxPageNormal", "4", "`ncc:maxPageNormal` is `4`"),
        ("ncc:footnotes", "1", "`ncc:footnotes` is `1`"),
        ("ncc:prodNotes", "-1", "`ncc:prodNotes` must not be"),
        ("ncc:sidebars", "2", "`ncc:sidebars` is `2`"),
        ("ncc:setInfo", "2 of 1", "`ncc:setInfo` must not be"),
        ("ncc:multimediaType", "fullText", "`ncc:multimediaType` must not be"),
        ("ncc:sourceDate", "May", "`ncc:sourceDate` must not be"),
    ] {
        let (from, to) = set(name, content);
        let findings = daisy202(&changed(&files, "ncc.html", &from, &to));
        let file = if name == "dc:identifier" { "s0001.smil" } else { "ncc.html" };
        found(&findings, file, message);
    }
    let cases: &[(&str, &str, &str, &str)] = &[
        ("ncc.html", "ncc:generator", "ncc:maker", "`ncc:maker` is no metadata"),
        ("ncc.html", "ncc:sourceTitle", "dc:title", "`dc:title` is told more than once"),
        ("ncc.html", "<h1 class=\"title\"", "<h1", "must be `h1` with the class `title`"),
        ("ncc.html", "<h1 id=\"ncc0002\"", "<h1 class=\"title\" id=\"ncc0002\"", "only the first heading"),
        ("ncc.html", "id=\"ncc0002\"", "id=\"ncc0001\"", "the id `ncc0001` occurs more than once"),
        ("ncc.html", " id=\"ncc0002\"", "", "`h1` lacks the attribute `id`"),
        ("ncc.html", "<h2 id=\"ncc0003\"", "<h3 id=\"ncc0003\"", "not well-formed"),
        ("ncc.html", "s0002.smil#par-p01-s0001", "s0002.smil#par-p01-s0099", "leads to no element"),
        ("ncc.html", "s0002.smil#par-p01-s0001", "s0002.smil", "has no fragment"),
        ("ncc.html", "s0003.smil#par-p02-s0001", "s0009.smil#par-p02-s0001", "leads to no SMIL file"),
        ("ncc.html", "s0002.smil#par-p01-s0006", "s0001.smil#par-p00-s0001", "leads back"),
        ("ncc.html", ">来信<", "> <", "the element has no text"),
        ("ncc.html", "XHTML 1.0 Transitional", "HTML 4.01", "the document type should be"),
        ("ncc.html", "1999/xhtml\"", "1999/html\"", "the root element should be"),
        ("ncc.html", "<body>", "<body><p>x</p>", "`p` is not allowed"),
        ("ncc.html", "xml:lang=\"zh-CN\"", "xml:lang=\"zh_CN\"", "is no language tag"),
        ("ncc.html", "encoding=\"utf-8\"", "encoding=\"gb2312\"", "does not name the encoding"),
        ("s0002.smil", "clip-end=\"npt=2.000s\"", "clip-end=\"npt=2.5s\"", "before the clip before it ends"),
        ("s0002.smil", "clip-end=\"npt=14.000s\"", "clip-end=\"npt=14.500s\"", "is 14048 ms long"),
        ("s0002.smil", "clip-end=\"npt=2.000s\"", "clip-end=\"npt=0.000s\"", "not after its beginning"),
        ("s0002.smil", "clip-begin=\"npt=0.000s\"", "clip-begin=\"0.000s\"", "which is no time"),
        ("s0002.smil", "dur=\"14.000s\"", "dur=\"15.000s\"", "`dur` is 15000 ms"),
        ("s0002.smil", "dur=\"14.000s\"", "dur=\"0:00:14\"", "it must be seconds"),
        ("s0002.smil", "endsync=\"last\"", "endsync=\"first\"", "`endsync` is `first`"),
        ("s0002.smil", "00:00:14", "00:00:15", "`ncc:timeInThisSmil` is `00:00:15`"),
        ("s0002.smil", "00:00:04", "00:00:05", "`ncc:totalElapsedTime` is `00:00:05`"),
        ("s0002.smil", "t0002.html#p01-s0001", "t0002.html#p01-x", "has no element with the id"),
        ("s0002.smil", "t0002.html#p01-s0001", "t0099.html#p01-s0001", "is missing"),
        ("s0002.smil", "t0002.html#p01-s0001", "t0002.html", "has no fragment"),
        ("s0002.smil", "src=\"a0002.mp3\"", "src=\"a0099.mp3\"", "the sound `a0099.mp3` is missing"),
        ("s0002.smil", "id=\"txt-p01-s0002\"", "id=\"txt-p01-s0001\"", "occurs more than once"),
        ("s0002.smil", "id=\"par-p01-s0001\"", "id=\"1\"", "is no XML name"),
        ("s0002.smil", "<region id=\"txtView\" />", "", "`layout` lacks `region`"),
        ("s0002.smil", "Daisy 2.02", "Daisy 2", "`dc:format` must not be"),
        ("s0002.smil", "SMIL 1.0", "SMIL 2.0", "the document type should be"),
        ("t0002.html", "id=\"p01-s0002\"", "id=\"p01-s0001\"", "occurs more than once"),
        ("t0002.html", "#par-p01-s0004", "#par-p01-s0005", "the sound of another text"),
        ("t0002.html", "#par-p01-s0004", "#par-p01-s0044", "leads to no element"),
        ("t0002.html", "</body>", "<h6>x</h6></body>", "`h6` follows a heading of level 2"),
        ("t0002.html", "</body>", "<blink>x</blink></body>", "`blink` is not allowed"),
        ("t0002.html", "</p>", "", "not well-formed"),
        ("master.smil", "src=\"s0002.smil\"", "src=\"s0009.smil\"", "the SMIL file `s0009.smil` is missing"),
        ("master.smil", "src=\"s0002.smil\"", "src=\"s0001.smil\"", "`s0001.smil` is named twice"),
        ("master.smil", "src=\"s0002.smil\"", "src=\"s0001.smil\"", "`s0002.smil` is not named"),
    ];
    for (file, from, to, message) in cases {
        found(&daisy202(&changed(&files, file, from, to)), file, message);
    }
}

#[test]
fn swapped_things_are_found() {
    let files = right();
    let clips = changed(&files, "s0002.smil", "clip-begin=\"npt=0.000s\" clip-end=\"npt=2.000s\"", "@");
    let clips = changed(&clips, "s0002.smil", "clip-begin=\"npt=2.000s\" clip-end=\"npt=4.000s\"", "clip-begin=\"npt=0.000s\" clip-end=\"npt=2.000s\"");
    let clips = changed(&clips, "s0002.smil", "@", "clip-begin=\"npt=2.000s\" clip-end=\"npt=4.000s\"");
    found(&daisy202(&clips), "s0002.smil", "before the clip before it");

    let texts = changed(&files, "s0002.smil", "#p01-s0004", "@");
    let texts = changed(&texts, "s0002.smil", "#p01-s0005", "#p01-s0004");
    let texts = changed(&texts, "s0002.smil", "@", "#p01-s0005");
    found(&daisy202(&texts), "s0002.smil", "after one that stands behind it");

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
    found(&without("t0002.html"), "s0002.smil", "`t0002.html` is missing");
    found(&without("a0002.mp3"), "s0002.smil", "the sound `a0002.mp3` is missing");
    for path in ["ncc.html", "s0002.smil", "t0002.html", "a0002.mp3"] {
        assert!(!without(path).is_empty());
    }
    let with = |path: &str, file: File| {
        let mut files = files.clone();
        files.insert(path, file);
        daisy202(&files)
    };
    let sound = File::Sound { bytes: 1000, duration: 1000 };
    found(&with("a0099.mp3", sound.clone()), "a0099.mp3", "no clip of this sound is heard");
    found(&with("封面.jpg", File::Other { bytes: 1 }), "封面.jpg", "other characters");
    found(&with("a/b.mp3", sound), "a/b.mp3", "other characters");
    found(&with("virus.exe", File::Other { bytes: 1 }), "virus.exe", "no part of a DAISY 2.02 book");
    let other = text(&files, "t0002.html").into_bytes();
    found(&with("t0099.html", File::Document(other)), "t0099.html", "nothing of this text document");
    let smil = text(&files, "s0002.smil").into_bytes();
    found(&with("s0099.smil", File::Document(smil)), "s0099.smil", "no heading of the NCC leads");
    found(&with("s0002.smil", File::Document(vec![0xB0, 0xA1])), "s0002.smil", "not UTF-8");
    let short = File::Sound { bytes: 1000, duration: 9000 };
    found(&with("a0002.mp3", short), "s0002.smil", "is 9000 ms long");
    let long = File::Sound { bytes: 1000, duration: 60_000 };
    found(&with("a0002.mp3", long), "a0002.mp3", "the last clip ends at");
}
