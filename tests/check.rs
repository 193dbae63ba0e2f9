//! Editions damaged in every way that `tingbao check` should see: each is found, and
//! what is wrong is named. Where a file of the exports is changed, the index is told of
//! its new bytes, so that more than a hash must tell.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;

use common::{Desk, Run};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// An edition of one short article in every form.
struct Whole {
    desk: Desk,
}

impl Whole {
    fn new() -> Self {
        let desk = Desk::new();
        desk.issue(
            "i",
            "headline = \"菜场搬家\"\npage = \"A05\"",
            "菜场搬到了桥东。\n\n下周一开门。",
        );
        desk.write(
            "i/issue.toml",
            "paper = \"荷湾社区报\"\ndate = \"2026-11-24\"\ncast = \"tone\"\n\
             [podcast]\nbase = \"https://audio.example.org/\"\nemail = \"desk@example.org\"\n",
        );
        let run = desk.run(&["build", "--listener=all", "i", "-q", "-o", "whole"]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        Whole { desk }
    }

    /// A copy to damage.
    fn copy(&self) -> Copy<'_> {
        let to = self.desk.path("out");
        if to.exists() {
            fs::remove_dir_all(&to).unwrap();
        }
        for file in self.desk.files("whole") {
            self.desk.write(
                &format!("out/{file}"),
                fs::read(self.desk.path("whole").join(&file)).unwrap(),
            );
        }
        Copy { desk: &self.desk }
    }
}

struct Copy<'a> {
    desk: &'a Desk,
}

impl Copy<'_> {
    fn path(&self, file: &str) -> PathBuf {
        self.desk.path("out").join(file)
    }

    /// Changes the index.
    fn index(&self, change: impl FnOnce(&mut Value)) -> &Self {
        let mut index = self.desk.edition("out");
        change(&mut index);
        let mut bytes = serde_json::to_vec_pretty(&index).unwrap();
        bytes.push(b'\n');
        self.desk.write("out/edition.json", bytes);
        self
    }

    /// Writes a file and tells the index.
    fn put(&self, file: &str, bytes: &[u8]) -> &Self {
        self.desk.write(&format!("out/{file}"), bytes);
        self.index(|index| {
            let files = index["exports"]["files"].as_array_mut().unwrap();
            let entry = files.iter_mut().find(|f| f["file"] == file).unwrap();
            entry["bytes"] = json!(bytes.len());
            let hash = Sha256::digest(bytes);
            let hex: String = hash.iter().map(|b| format!("{b:02x}")).collect();
            entry["sha256"] = json!(hex);
        })
    }

    /// Puts other words in the place of some.
    fn replace(&self, file: &str, from: &str, to: &str) -> &Self {
        let text = fs::read_to_string(self.path(file)).unwrap();
        assert!(text.contains(from), "{file} has no {from}:\n{text}");
        self.put(file, text.replacen(from, to, 1).as_bytes())
    }

    /// Changes the files of an archive.
    fn pack(&self, file: &str, change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> &Self {
        let bytes = fs::read(self.path(file)).unwrap();
        let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut files = Vec::new();
        for i in 0..zip.len() {
            let mut entry = zip.by_index(i).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            files.push((entry.name().unwrap().to_string(), content));
        }
        change(&mut files);
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, content) in files {
            out.start_file(name, options).unwrap();
            out.write_all(&content).unwrap();
        }
        self.put(file, &out.finish().unwrap().into_inner())
    }

    /// Puts other words in the place of some inside an archive.
    fn inside(&self, file: &str, name: &str, from: &str, to: &str) -> &Self {
        self.pack(file, |files| {
            let entry = files.iter_mut().find(|(n, _)| n == name).unwrap();
            let text = String::from_utf8(entry.1.clone()).unwrap();
            assert!(text.contains(from), "{name} has no {from}:\n{text}");
            entry.1 = text.replacen(from, to, 1).into_bytes();
        })
    }

    fn check(&self) -> Run {
        self.desk.run(&["check", "out"])
    }

    /// The check finds it, in this file and by these words.
    fn finds(&self, file: &str, words: &str) {
        let run = self.check();
        assert_eq!(run.code, Some(1), "{words}: {}{}", run.stdout, run.stderr);
        let named = run
            .stdout
            .lines()
            .any(|l| l.starts_with(file) && l.contains(words));
        assert!(named, "`{file}: {words}` is not in\n{}", run.stdout);
    }
}

/// The words between two others.
fn between(text: &str, before: &str, after: &str) -> String {
    let rest = text.split_once(before).unwrap().1;
    rest.split_once(after).unwrap().0.to_string()
}

const EPUB: &str = "listener/whole.epub";
const BOOK: &str = "listener/whole.audiobook";

#[test]
fn a_whole_edition_has_no_finding() {
    let whole = Whole::new();
    let run = whole.desk.run(&["check", "whole"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(0), ""),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.starts_with("nothing is wrong with 3 chapters"),
        "{}",
        run.stdout
    );
    let run = whole.desk.run(&["check", "nothing"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.starts_with("error: there is no edition here"),
        "{}",
        run.stderr
    );
}

#[test]
fn damaged_masters_and_indexes_are_found() {
    let whole = Whole::new();
    let master = whole.desk.edition("whole")["chapters"][1]["file"]
        .as_str()
        .unwrap()
        .to_string();

    let copy = whole.copy();
    let mut bytes = fs::read(copy.path(&master)).unwrap();
    bytes[20_000] ^= 64;
    fs::write(copy.path(&master), &bytes).unwrap();
    copy.finds(&master, "another SHA-256");

    let copy = whole.copy();
    fs::write(copy.path(&master), &bytes[..bytes.len() / 2]).unwrap();
    copy.finds(&master, "the chapter's sound cannot be read");

    let copy = whole.copy();
    fs::remove_file(copy.path(&master)).unwrap();
    copy.finds(&master, "the chapter's sound is missing");

    type Change = fn(&mut Value);
    let changes: [(Change, &str); 6] = [
        (
            |i| i["chapters"][1]["cues"][1]["start"] = json!(1),
            "the one before ends at",
        ),
        (|i| i["frames"] = json!(1), "its chapters"),
        (
            |i| {
                i["chapters"][1]["cues"].as_array_mut().unwrap().pop();
            },
            "the cues end at",
        ),
        (
            |i| i["chapters"][1]["loudness_lufs"] = json!(-3.0),
            "by the index -3.00",
        ),
        (
            |i| i["chapters"][1]["true_peak_dbtp"] = json!(0.5),
            "by the index 0.50",
        ),
        (
            |i| i["chapters"][1]["cues"][3]["block"] = json!(1),
            "a block before",
        ),
    ];
    for (change, words) in changes {
        let copy = whole.copy();
        copy.index(change).finds("", words);
    }

    let copy = whole.copy();
    fs::write(copy.path("chapters.m3u8"), "#EXTM3U\n").unwrap();
    copy.finds("chapters.m3u8", "not what the index makes of it");

    let copy = whole.copy();
    fs::remove_file(copy.path(&master.replace(".wav", ".vtt"))).unwrap();
    copy.finds("chapters/01", "the file is missing");

    let copy = whole.copy();
    fs::remove_file(copy.path("listener/audio/01.mp3")).unwrap();
    copy.finds("listener/audio/01.mp3", "the file is missing");

    let copy = whole.copy();
    let page = fs::read(copy.path("listener/index.html")).unwrap();
    fs::write(copy.path("listener/index.html"), [&page[..], b" "].concat()).unwrap();
    copy.finds("listener/index.html", "another SHA-256");
}

#[test]
fn damaged_sound_and_shares_are_found() {
    let whole = Whole::new();
    let other = fs::read(whole.desk.path("whole/listener/audio/00.mp3")).unwrap();
    whole
        .copy()
        .put("listener/audio/01.mp3", &other)
        .finds("listener/audio/01.mp3", "it lasts");
    let sound = fs::read(whole.desk.path("whole/listener/audio/01.mp3")).unwrap();
    (whole
        .copy()
        .put("listener/audio/01.mp3", &sound[..sound.len() - 50]))
    .finds("listener/audio/01.mp3", "is cut short");
    let loud: fn(&mut Value) = |i| {
        for file in i["exports"]["files"].as_array_mut().unwrap() {
            if !file["sound"].is_null() {
                file["sound"]["loudness_lufs"] = json!(-12.0);
            }
        }
    };
    whole
        .copy()
        .index(loud)
        .finds("listener/", "by the index -12.00");

    let page = "listener/index.html";
    (whole
        .copy()
        .replace(page, "src=\"audio/01.mp3\"", "src=\"audio/10.mp3\""))
    .finds(page, "`audio/10.mp3` is missing");
    (whole.copy().replace(
        page,
        "src=\"audio/01.mp3\"",
        "src=\"https://example.org/01.mp3\"",
    ))
    .finds(page, "leads out of the page");
    (whole.copy().replace(page, "</html>", "")).finds(page, "cut short");

    let list = "listener/usb/00.m3u8";
    let text = whole.desk.read(&format!("whole/{list}"));
    let last = text.lines().last().unwrap().to_string();
    whole
        .copy()
        .replace(list, &last, "")
        .finds(list, "is not in the playlist");
    whole
        .copy()
        .replace(list, &last, "99.mp3")
        .finds(list, "`99.mp3` is missing");

    let feed = "listener/podcast/feed.xml";
    let text = whole.desk.read(&format!("whole/{feed}"));
    let length = between(&text, "length=\"", "\"");
    let put = |from: &str, to: &str, words: &str| {
        whole.copy().replace(feed, from, to).finds(feed, words);
    };
    put(
        &format!("length=\"{length}\""),
        "length=\"1\"",
        "is said to have 1 bytes",
    );
    put("edition.vtt", "nothing.vtt", "`https://audio.example.org/");
    put("</rss>", "", "not well-formed");
    put("<itunes:duration>", "<itunes:duration>9", "is said to last");
}

/// What no specification has a word about is found by making it again.
#[test]
fn forms_that_say_other_than_the_index_are_found() {
    let whole = Whole::new();
    let other = "not what the index makes of it";
    let player = "listener/index.html";
    let page = whole.desk.read(&format!("whole/{player}"));
    let ms = between(&page, "data-ms=\"", "\"");
    let put = |file: &str, from: &str, to: &str| {
        whole.copy().replace(file, from, to).finds(file, other);
    };
    put(player, &format!("data-ms=\"{ms}\""), "data-ms=\"999999\"");
    put(player, "<html lang=\"zh-CN\"", "<html");
    put("listener/podcast/edition.vtt", "00:00:", "00:59:");
    put(
        "listener/podcast/edition.chapters.json",
        "\"startTime\": 0",
        "\"startTime\": 9",
    );
    put("listener/usb/标签.txt", "荷湾", "河湾");

    let copy = whole.copy();
    copy.desk.write("out/listener/usb/zz.mp3", "hi");
    copy.finds(
        "listener/usb/zz.mp3",
        "the index does not tell of this file",
    );

    // Sounds of other chapters, here and in all forms.
    let sound = |n: u32| fs::read(copy.path(&format!("listener/audio/{n:02}.mp3"))).unwrap();
    let (first, second) = (sound(1), sound(2));
    (whole.copy())
        .put("listener/audio/01.mp3", &second)
        .finds("listener/audio/01.mp3", "its sound is not");
    (whole.copy())
        .put("listener/daisy202/a0003.mp3", &first)
        .finds("listener/daisy202/a0003.mp3", "its sound is not");
}

#[test]
fn damaged_books_are_found() {
    let whole = Whole::new();
    let smil = "EPUB/p01.smil";
    let book = whole.desk.path("whole").join(EPUB);
    let mut zip = ZipArchive::new(fs::File::open(book).unwrap()).unwrap();
    let mut text = |name: &str| {
        let mut text = String::new();
        zip.by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    let overlay = text(smil);
    let package = text("EPUB/package.opf");
    let ends: Vec<&str> = overlay.split("clipEnd=\"").skip(1).collect();
    let end = |n: usize| ends[n].split('"').next().unwrap().to_string();
    let last = end(ends.len() - 1);
    let put = |name: &str, from: &str, to: &str, words: &str| {
        let copy = whole.copy();
        copy.inside(EPUB, name, from, to);
        copy.finds(&format!("{EPUB}/{name}"), words);
    };
    put(
        smil,
        &format!("clipEnd=\"{last}\""),
        "clipEnd=\"1:00:00.000\"",
        "ends at 3600000 ms",
    );
    put(
        smil,
        &format!("clipEnd=\"{}\"", end(1)),
        "clipEnd=\"0:00:00.001\"",
        "the one before ends at",
    );
    let ids: Vec<String> = (overlay.split("p01.xhtml#").skip(1))
        .map(|rest| rest.split('"').next().unwrap().to_string())
        .filter(|id| id.contains("-s"))
        .collect();
    put(
        smil,
        &format!("#{}\"", ids[1]),
        "#nowhere\"",
        "names no element",
    );
    let swapped = overlay
        .replace(&format!("#{}\"", ids[1]), "#first\"")
        .replace(&format!("#{}\"", ids[2]), &format!("#{}\"", ids[1]))
        .replace("#first\"", &format!("#{}\"", ids[2]));
    put(
        smil,
        &overlay,
        &swapped,
        "is heard after text that stands behind it",
    );
    put(
        "EPUB/p01.xhtml",
        "</body>",
        "<p>无声</p></body>",
        "`无声` is shown and never heard",
    );
    put("EPUB/p01.xhtml", "</body>", "", "not well-formed");
    put(
        "EPUB/p01.xhtml",
        "aria-label=\"第A05版\"",
        "",
        "a page begins here that has no name",
    );
    put(
        "EPUB/p01.xhtml",
        "<span id=\"page-1\"",
        "<span",
        "the mark of a page has no `id`",
    );
    put(
        "EPUB/nav.xhtml",
        "</nav>\n</body>",
        "</nav><nav epub:type=\"page-list\"><ol/></nav>\n</body>",
        "there is more than one page list",
    );
    // What of the pages does not agree is told of the package.
    let pages = |name: &str, from: &str, to: &str, words: &str| {
        let copy = whole.copy();
        copy.inside(EPUB, name, from, to);
        copy.finds(&format!("{EPUB}/EPUB/package.opf"), words);
    };
    pages(
        "EPUB/nav.xhtml",
        "#page-1",
        "#page-2",
        "the page list leads to 1 places, not in order to the 1 marks",
    );
    pages(
        "EPUB/nav.xhtml",
        "<li><a href=\"p01.xhtml#page-1\">A05</a></li>\n",
        "",
        "the page list leads to 0 places",
    );
    pages(
        "EPUB/package.opf",
        "pageBreakMarkers",
        "printPageNumbers",
        "pages are marked, but `pageBreakMarkers` is not told",
    );
    pages(
        "EPUB/package.opf",
        "pageBreakSource",
        "pageSource",
        "`pageBreakSource` does not say of what",
    );
    pages(
        "EPUB/p01.xhtml",
        "epub:type=\"pagebreak\" role=\"doc-pagebreak\"",
        "",
        "`pageNavigation` is told, but no page is marked",
    );
    let total = between(&package, "<meta property=\"media:duration\">", "<");
    put(
        "EPUB/package.opf",
        &format!(">{total}<"),
        ">0:00:01.000<",
        "the duration of the whole",
    );
    put(
        "EPUB/package.opf",
        "dcterms:modified",
        "dcterms:changed",
        "no `dcterms:modified`",
    );
    put(
        "EPUB/package.opf",
        "p01.mp3",
        "p77.mp3",
        "`EPUB/p77.mp3`, which is missing",
    );

    let copy = whole.copy();
    copy.pack(EPUB, |files| {
        files.push(("EPUB/extra.txt".into(), b"x".to_vec()))
    });
    copy.finds(&format!("{EPUB}/EPUB/extra.txt"), "not in the manifest");
    let copy = whole.copy();
    copy.pack(EPUB, |files| files.swap(0, 1));
    copy.finds(EPUB, "its first file is not `mimetype`");
    let copy = whole.copy();
    copy.put(EPUB, b"PK no zip")
        .finds(EPUB, "the archive is damaged");

    let put = |name: &str, from: &str, to: &str, words: &str| {
        let copy = whole.copy();
        copy.inside(BOOK, name, from, to);
        copy.finds(&format!("{BOOK}/{name}"), words);
    };
    put(
        "manifest.json",
        "profiles/audiobook",
        "profiles/epub",
        "does not conform",
    );
    put(
        "manifest.json",
        "p01.mp3",
        "p99.mp3",
        "`p99.mp3` is missing",
    );
    put("publication.json", "{", "", "it is no JSON");
}

#[test]
fn damaged_talking_books_are_found() {
    let whole = Whole::new();
    let put = |file: &str, from: &str, to: &str| {
        let copy = whole.copy();
        copy.replace(file, from, to).finds("listener/daisy", "");
    };
    put(
        "listener/daisy202/ncc.html",
        "ncc:totalTime\" content=\"",
        "ncc:totalTime\" content=\"9",
    );
    put("listener/daisy202/ncc.html", "s0001.smil#", "s0001.smil#no");
    put(
        "listener/daisy202/ncc.html",
        "class=\"title\"",
        "class=\"other\"",
    );
    put(
        "listener/daisy202/s0002.smil",
        "clip-end=\"npt=",
        "clip-end=\"npt=999",
    );
    put(
        "listener/daisy3/book.ncx",
        "playOrder=\"2\"",
        "playOrder=\"7\"",
    );
    put("listener/daisy3/book.ncx", "urn:uuid:", "urn:uuid:x");
    put("listener/daisy3/s0002.smil", "clipEnd=\"", "clipEnd=\"9");
}
