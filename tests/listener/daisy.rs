//! DAISY talking books that the program makes, judged by DTDs, by a reader that is not
//! ours, and by our own checker, which is judged by damage.

#[path = "../daisy/damage.rs"]
mod damage;
#[path = "../daisy/damage_202.rs"]
mod damage_202;
#[path = "../daisy/damage_3.rs"]
mod damage_3;
#[path = "../daisy/editions.rs"]
mod editions;
#[path = "../daisy/outside.rs"]
mod outside;

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::Desk;
use serde_json::Value;
use tingbao::check::{self, File, Files};
use tingbao::export;

/// The sample issue as the program publishes it.
fn built() -> Desk {
    let desk = Desk::new();
    desk.sample_issue();
    let run = desk.tone("issues/hewan", "daisy", "out");
    assert_eq!(run.code, Some(0), "{run:?}");
    desk
}

/// The folder of the book in which this file lies.
fn book(desk: &Desk, file: &str) -> PathBuf {
    let files = desk.files("out");
    let found: Vec<&String> = files
        .iter()
        .filter(|f| f.rsplit('/').next() == Some(file))
        .collect();
    assert_eq!(found.len(), 1, "one {file} among {files:?}");
    desk.path("out")
        .join(found[0])
        .parent()
        .unwrap()
        .to_path_buf()
}

/// The files of a folder, sounds decoded for their length.
fn files(folder: &Path) -> Files {
    let mut files = Files::default();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let file = match name.ends_with(".mp3") {
            true => File::Sound {
                bytes: path.metadata().unwrap().len(),
                duration: outside::milliseconds(&path),
            },
            false => File::Document(fs::read(&path).unwrap()),
        };
        files.insert(name, file);
    }
    files
}

#[test]
fn what_the_program_publishes_is_right() {
    let desk = built();
    let (two, three) = (book(&desk, "ncc.html"), book(&desk, "book.opf"));
    damage::nothing("DAISY 2.02", &check::daisy202(&files(&two)));
    damage::nothing("DAISY 3", &check::daisy3(&files(&three)));
    outside::valid(&two);
    outside::valid(&three);
}

#[test]
fn pages_are_heard_as_silence_and_take_nothing_from_the_words() {
    let desk = Desk::new();
    desk.issue("i", "headline = \"第1条\"\npage = \"1\"", "一句。");
    for (n, page) in [(2, "1"), (3, "A02")] {
        desk.write(
            &format!("i/articles/0{n}-a.md"),
            format!("+++\nheadline = \"第{n}条\"\npage = \"{page}\"\n+++\n\n一句。\n"),
        );
    }
    let mut args = vec!["build", "--listener=daisy", "i", "--cast"];
    args.extend(["tone", "-q", "-o", "out"]);
    let run = desk.run(&args);
    assert_eq!(run.code, Some(0), "{run:?}");
    let edition = desk.edition("out");
    let (two, three) = (book(&desk, "ncc.html"), book(&desk, "book.opf"));
    damage::nothing("DAISY 2.02", &check::daisy202(&files(&two)));
    damage::nothing("DAISY 3", &check::daisy3(&files(&three)));
    outside::valid(&two);
    outside::valid(&three);
    let read = outside::read(&two);
    let mut pages = Vec::new();
    for heard in read["sentences"].as_array().unwrap() {
        let clip = &heard["clips"][0];
        let text = heard["text"].as_str().unwrap().trim();
        if clip[1].as_f64() == Some(0.0) && clip[2].as_f64() == Some(0.1) {
            pages.push(text.to_string());
            let chapter: usize = clip[0].as_str().unwrap()[1..5].parse().unwrap();
            let file = edition["chapters"][chapter - 1]["file"].as_str().unwrap();
            let mut wav = hound::WavReader::open(desk.path("out").join(file)).unwrap();
            let silence = wav.samples::<i16>().take(2400).all(|s| s.unwrap() == 0);
            assert!(silence, "{file} begins with sound");
        }
    }
    assert_eq!(pages, ["1", "A02"]);
}

#[test]
fn the_same_edition_gives_the_same_books() {
    let (one, other) = (built(), built());
    for file in ["ncc.html", "book.opf"] {
        let (one, other) = (book(&one, file), book(&other, file));
        assert_eq!(files(&one), files(&other));
    }
}

#[test]
fn a_reader_hears_every_sentence_when_it_is_said() {
    let desk = built();
    let edition = desk.edition("out");
    let read = outside::read(&book(&desk, "ncc.html"));
    let rate = edition["sample_rate"].as_f64().unwrap();
    let heard = read["sentences"].as_array().unwrap();
    let cues: Vec<(usize, &Value)> = (edition["chapters"].as_array().unwrap().iter().enumerate())
        .flat_map(|(i, c)| {
            c["cues"]
                .as_array()
                .unwrap()
                .iter()
                .map(move |cue| (i, cue))
        })
        .collect();
    assert_eq!(heard.len(), cues.len());
    for (heard, (chapter, cue)) in heard.iter().zip(cues) {
        let bare = |v: &Value| v.as_str().unwrap().split_whitespace().collect::<String>();
        assert_eq!(bare(&heard["text"]), bare(&cue["text"]));
        let clips = heard["clips"].as_array().unwrap();
        assert_eq!(clips.len(), 1, "{heard}");
        assert_eq!(clips[0][0], format!("a{:04}.mp3", chapter + 1));
        for (at, key) in [(1, "start"), (2, "end")] {
            let told = clips[0][at].as_f64().unwrap();
            let truth = cue[key].as_f64().unwrap() / rate;
            assert!((told - truth).abs() < 0.001, "{heard}: {truth}");
        }
    }
    let titles: Vec<&str> = (edition["chapters"].as_array().unwrap().iter().skip(1))
        .map(|c| c["title"].as_str().unwrap())
        .collect();
    let headings: Vec<&str> = (read["headings"].as_array().unwrap().iter())
        .map(|h| h.as_str().unwrap())
        .collect();
    assert_eq!(headings[0], read["title"].as_str().unwrap());
    assert!(titles.iter().all(|t| headings.contains(t)), "{headings:?}");
}

#[test]
fn hard_editions_are_valid_to_the_dtds() {
    let folder = tempfile::tempdir().unwrap();
    for (name, edition) in editions::hard() {
        for (kind, make) in [
            ("2", export::daisy202 as editions::Make),
            ("3", export::daisy3),
        ] {
            let to = folder.path().join(format!("{name} {kind}"));
            fs::create_dir_all(&to).unwrap();
            for (path, file) in editions::book(&edition, make).iter() {
                if let File::Document(bytes) = file {
                    fs::write(to.join(path), bytes).unwrap();
                }
            }
            outside::valid(&to);
        }
    }
}
