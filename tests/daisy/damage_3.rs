//! A right DAISY 3 book damaged in many ways: each is found and named.

use tingbao::check::{File, Files, Finding, daisy3};
use tingbao::export;

use super::editions::{book, changed, hard, plain, text};

fn right() -> Files {
    book(&plain(), export::daisy3)
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
        let findings = daisy3(&book(&edition, export::daisy3));
        let all: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(all.is_empty(), "{name}:\n{}", all.join("\n"));
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
        let line = whole.lines().find(|l| l.contains(&format!("\"{name}\""))).unwrap();
        found(&daisy3(&changed(&files, file, line, "")), file, &format!("`{name}` is missing"));
    }
    let package = text(&files, "book.opf");
    for name in ["Title", "Publisher", "Date", "Format", "Language", "Identifier"] {
        let line = package.lines().find(|l| l.contains(&format!("<dc:{name}"))).unwrap();
        let findings = daisy3(&changed(&files, "book.opf", line, ""));
        found(&findings, "book.opf", &format!("`dc:{name}` is missing"));
    }
}

#[test]
fn damage_in_documents_is_found() {
    let files = right();
    let cases: &[(&str, &str, &str, &str)] = &[
        ("book.opf", "unique-identifier=\"uid\"", "unique-identifier=\"id\"", "names no `dc:Identifier`"),
        ("book.opf", ">ANSI/NISO Z39.86-2005<", ">DAISY 3<", "`dc:Format` must not be `DAISY 3`"),
        ("book.opf", "<dc:Date>2024-05-12", "<dc:Date>12.5.", "`dc:Date` must not be"),
        ("book.opf", "<dc:Language>zh-CN", "<dc:Language>中文", "`dc:Language` must not be"),
        ("book.opf", "audioFullText", "everything", "`dtb:multimediaType` must not be"),
        ("book.opf", "audio,text", "audio", "`dtb:multimediaContent` must not be"),
        ("book.opf", "0:00:26.000", "0:00:27.000", "`dtb:totalTime` is `0:00:27.000`, but it is 26000 ms"),
        ("book.opf", "dtb:narrator", "dtb:reader", "`dtb:reader` is no metadata"),
        ("book.opf", "content=\"MP3\"", "content=\"OGG\"", "`dtb:audioFormat` must not be"),
        ("book.opf", "href=\"s0002.smil\"", "href=\"s0009.smil\"", "the file `s0009.smil` is missing"),
        ("book.opf", "href=\"s0002.smil\"", "href=\"s0001.smil\"", "`s0001.smil` is listed twice"),
        ("book.opf", "audio/mpeg", "audio/mp3", "the media type of `a0001.mp3`"),
        ("book.opf", "id=\"ncx\"", "id=\"toc\"", "must have the id `ncx`"),
        ("book.opf", "idref=\"smil-2\"", "idref=\"smil-9\"", "is the id of no item"),
        ("book.opf", "idref=\"smil-2\"", "idref=\"smil-1\"", "`smil-1` is named twice"),
        ("book.opf", "idref=\"smil-2\"", "idref=\"audio-2\"", "`audio-2` is no SMIL file"),
        ("book.opf", "<itemref idref=\"smil-2\" />", "", "`smil-2` is not in the spine"),
        ("book.opf", "id=\"smil-2\"", "id=\"smil-1\"", "occurs more than once"),
        ("book.opf", "OEB 1.2", "OEB 1.0", "the document type should be"),
        ("book.opf", "oeb-package/1.0/\" unique", "oeb-package/2.0/\" unique", "the root element should be"),
        ("book.ncx", "urn:uuid:", "urn:uuid:0", "`dtb:uid` is"),
        ("book.ncx", "\"dtb:depth\" content=\"2\"", "\"dtb:depth\" content=\"3\"", "`dtb:depth` is `3`; it should be `2`"),
        ("book.ncx", "\"dtb:totalPageCount\" content=\"0\"", "\"dtb:totalPageCount\" content=\"9\"", "`dtb:totalPageCount` is"),
        ("book.ncx", "playOrder=\"2\"", "playOrder=\"9\"", "`playOrder` leaps from 1 to 3"),
        ("book.ncx", "playOrder=\"1\"", "playOrder=\"0\"", "which is no positive number"),
        ("book.ncx", "playOrder=\"2\"", "playOrder=\"1\"", "`playOrder` 1 is given to two places"),
        ("book.ncx", "#par-p01-s0001", "#par-p01-x", "leads to no element"),
        ("book.ncx", "s0002.smil#par-p01-s0001", "s0009.smil#par-p01-s0001", "leads to no SMIL file"),
        ("book.ncx", "#par-p01-s0001", "", "has no fragment"),
        ("book.ncx", "s0002.smil#par-p01-s0001", "s0001.smil#par-p00-s0001", "are given to one place"),
        ("book.ncx", "clipEnd=\"0:00:02.000\"", "clipEnd=\"0:01:02.000\"", "is 4048 ms long"),
        ("book.ncx", "clipEnd=\"0:00:02.000\"", "clipEnd=\"0:00:00.000\"", "not after its beginning"),
        ("book.ncx", "src=\"a0001.mp3\"", "src=\"a0009.mp3\"", "the sound `a0009.mp3` is missing"),
        ("book.ncx", "version=\"2005-1\" ", "", "`version` must be"),
        ("book.ncx", "<content ", "<context ", "the element `context` is not allowed"),
        ("s0002.smil", "urn:uuid:", "urn:uuid:0", "`dtb:uid` is"),
        ("s0002.smil", "0:00:04.000", "0:00:05.000", "`dtb:totalElapsedTime` is `0:00:05.000`"),
        ("s0002.smil", "dur=\"0:00:14.000\"", "dur=\"0:00:15.000\"", "`dur` is 15000 ms"),
        ("s0002.smil", "clipEnd=\"0:00:02.000\"", "clipEnd=\"0:00:03.000\"", "before the clip before it ends"),
        ("s0002.smil", "clipEnd=\"0:00:14.000\"", "clipEnd=\"0:00:15.000\"", "is 14048 ms long"),
        ("s0002.smil", "clipEnd=\"0:00:02.000\"", "clipEnd=\"soon\"", "which is no time"),
        ("s0002.smil", "src=\"a0002.mp3\"", "src=\"a0009.mp3\"", "the sound `a0009.mp3` is missing"),
        ("s0002.smil", "book.xml#p01-s0001", "book.xml#x", "has no element with the id"),
        ("s0002.smil", "book.xml#p01-s0001", "other.xml#p01-s0001", "`other.xml` is missing"),
        ("s0002.smil", "<par id=\"par-p01-s0001\"", "<par id=\"section\"", "occurs more than once"),
        ("s0002.smil", "<par id=\"par-p01-s0001\"", "<par customTest=\"page\" id=\"par-p01-s0001\"", "is no `customTest`"),
        ("s0002.smil", " id=\"section\"", "", "`seq` lacks the attribute `id`"),
        ("book.xml", "id=\"p01-s0002\"", "id=\"p01-s0001\"", "occurs more than once"),
        ("book.xml", "#par-p01-s0004", "#par-p01-s0005", "the sound of another text"),
        ("book.xml", "#par-p01-s0004", "#par-p01-s0044", "leads to no element"),
        ("book.xml", "version=\"2005-3\"", "version=\"2005-2\"", "not that of the document type"),
        ("book.xml", "<byline>", "<writer>", "not well-formed"),
        ("book.xml", "<doctitle>梧桐里社区报 生活版 第38期 2024-05-12</doctitle>", "", "must begin with `doctitle`"),
        ("book.xml", "xml:lang=\"zh-CN\"", "xml:lang=\"zh_CN\"", "is no language tag"),
        ("book.xml", "<level2>\n", "<level2><level2><p>x</p></level2>\n", "`level2` must not stand in `level2`"),
        ("book.xml", "<p><sent", "<h3>x</h3><p><sent", "`h3` must not stand in `level1`"),
    ];
    for (file, from, to, message) in cases {
        found(&daisy3(&changed(&files, file, from, to)), file, message);
    }
}

#[test]
fn swapped_things_are_found() {
    let files = right();
    let clips = changed(&files, "s0002.smil", "clipBegin=\"0:00:00.000\" clipEnd=\"0:00:02.000\"", "@");
    let clips = changed(&clips, "s0002.smil", "clipBegin=\"0:00:02.000\" clipEnd=\"0:00:04.000\"", "clipBegin=\"0:00:00.000\" clipEnd=\"0:00:02.000\"");
    let clips = changed(&clips, "s0002.smil", "@", "clipBegin=\"0:00:02.000\" clipEnd=\"0:00:04.000\"");
    found(&daisy3(&clips), "s0002.smil", "before the clip before it");

    let texts = changed(&files, "s0002.smil", "#p01-s0004", "@");
    let texts = changed(&texts, "s0002.smil", "#p01-s0005", "#p01-s0004");
    let texts = changed(&texts, "s0002.smil", "@", "#p01-s0005");
    found(&daisy3(&texts), "s0002.smil", "after one that stands behind it");

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
    found(&without("book.ncx"), "*.ncx", "there are 0 navigation control files");
    found(&without("book.xml"), "s0002.smil", "`book.xml` is missing");
    found(&without("s0002.smil"), "book.opf", "the file `s0002.smil` is missing");
    found(&without("a0002.mp3"), "s0002.smil", "the sound `a0002.mp3` is missing");
    let mut more = files.clone();
    more.insert("a0099.mp3", File::Sound { bytes: 1, duration: 1000 });
    more.insert("封面.jpg", File::Other { bytes: 1 });
    found(&daisy3(&more), "a0099.mp3", "the file is not in the manifest");
    found(&daisy3(&more), "a0099.mp3", "no clip of this sound is heard");
    found(&daisy3(&more), "封面.jpg", "other characters");
}
