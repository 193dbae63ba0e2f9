//! What a user sees when something is wrong: the exact words on standard error
//! and the exit code.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use common::{Desk, Run};

/// Runs `args` and expects just this on standard error, nothing on standard
/// output, and exit code 2.
fn refused(desk: &Desk, args: &[&str], stderr: &str) {
    let run = desk.run(args);
    let wanted = Run {
        code: Some(2),
        stdout: String::new(),
        stderr: format!("{stderr}\n"),
    };
    assert_eq!(run, wanted, "tingbao {}", args.join(" "));
}

fn page(name: &str, bytes: &[u8]) -> Desk {
    let desk = Desk::new();
    desk.write(name, bytes);
    desk
}

const GOOD: &str = "headline = \"题目\"";

#[test]
fn no_such_file() {
    refused(
        &Desk::new(),
        &["build", "nothere.txt"],
        "error: cannot read the page: there is no such file or folder\n  \
         --> nothere.txt\n  \
         help: check the name; it is looked up from this folder",
    );
}

#[test]
fn an_empty_page() {
    for bytes in ["", "\u{feff}", " \r\n\t\n"] {
        refused(
            &page("p.txt", bytes.as_bytes()),
            &["build", "p.txt"],
            "error: the page is empty\n  --> p.txt\n  \
             help: give a file that holds the text of a page",
        );
    }
}

#[test]
fn a_page_without_chinese() {
    refused(
        &page("p.txt", b"All of this page is English.\n"),
        &["build", "p.txt"],
        "error: the page holds no Chinese at all\n  --> p.txt\n  \
         help: tingbao reads Chinese papers; look whether this is the right file",
    );
}

#[test]
fn a_binary_file() {
    let bytes: Vec<u8> = (0..3000u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    refused(
        &page("p.dat", &bytes),
        &["build", "p.dat"],
        "error: the file is not text but a binary file\n  --> p.dat\n  \
         help: give the text of the page: what an OCR program or a text editor saves as plain text",
    );
}

#[test]
fn invalid_utf_8() {
    let mut bytes = "第一行没有问题。\n第二行".as_bytes().to_vec();
    bytes.push(0xff);
    bytes.extend("坏了，这里还有很多好的汉字。\n".as_bytes());
    refused(
        &page("p.txt", &bytes),
        &["build", "p.txt"],
        "error: the file is UTF-8, but line 2 holds byte FF that UTF-8 does not know\n  \
         --> p.txt:2:4\n  \
         help: correct that line in an editor and save the file as UTF-8",
    );
}

#[test]
fn a_page_beyond_the_limit() {
    let desk = page(
        "p.txt",
        "这里说一些关于社区的事情。\n".repeat(900_000).as_bytes(),
    );
    refused(
        &desk,
        &["build", "p.txt"],
        "error: the file has 34.3 MiB, and a page may have 32 MiB at most\n  --> p.txt\n  \
         help: give the pages of one issue, each as a file of its own",
    );
}

#[test]
fn a_page_of_twenty_megabytes_is_read() {
    let desk = page(
        "p.txt",
        ("社区的大事\n\n".to_string() + &"这里说一些关于社区的事情。".repeat(512_000)).as_bytes(),
    );
    let run = desk.run(&["ingest", "p.txt", "-o", "issue"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

#[test]
fn an_unknown_key() {
    let desk = Desk::new();
    desk.issue("i", GOOD, "正文。")
        .write("i/issue.toml", "papre = \"荷湾社区报\"\n");
    refused(
        &desk,
        &["build", "i"],
        "error: unknown key `papre`\n  --> i/issue.toml:1:1\n  help: did you mean `paper`?",
    );
}

#[test]
fn a_wrong_type() {
    let desk = Desk::new();
    desk.issue("i", GOOD, "正文。")
        .write("i/issue.toml", "paper = 3\n");
    refused(
        &desk,
        &["build", "i"],
        "error: `paper` must be a string, but `3` is an integer\n  --> i/issue.toml:1:9\n  \
         help: write `paper = \"…\"`",
    );
}

#[test]
fn a_missing_headline() {
    let desk = Desk::new();
    desk.issue("i", "kind = \"news\"", "正文。");
    refused(
        &desk,
        &["build", "i"],
        "error: the article has no headline\n  --> i/articles/01-a.md\n  \
         help: write `headline = \"…\"` between the two `+++` lines",
    );
}

#[test]
fn an_article_without_a_body() {
    let desk = Desk::new();
    desk.issue("i", GOOD, "");
    refused(
        &desk,
        &["build", "i"],
        "error: the article `题目` has no body to read\n  --> i/articles/01-a.md\n  \
         help: write its text below the second `+++`, name a recording with `audio = \"…\"`, \
         or keep it silent with `read = false`",
    );
}

#[test]
fn impossible_pinyin() {
    let desk = Desk::new();
    desk.issue("i", GOOD, "正文。").write(
        "i/issue.toml",
        "paper = \"报\"\n\n[lexicon]\n\"崧珏\" = \"song1 jve9\"\n",
    );
    refused(
        &desk,
        &["build", "i"],
        "error: `jve9` in the reading of `崧珏` is not a pinyin syllable\n  --> i/issue.toml:4:8\n  \
         help: write syllables with a tone from 1 to 5 (5 is neutral), apart by spaces: song1 jue2",
    );
}

#[test]
fn lexicon_entries_that_cannot_be_followed() {
    for (file, text, stderr) in [
        (
            "i/issue.toml",
            "paper = \"报\"\n[lexicon]\n3M = { sya = \"三艾姆\" }\n",
            "error: unknown key `sya` in `lexicon.3M`\n  --> i/issue.toml:3:6\n  \
             help: did you mean `say`?",
        ),
        (
            "i/issue.toml",
            "paper = \"报\"\n[lexicon]\n\"崧珏\" = { read = \"digits\" }\n",
            "error: `崧珏` has no figures that could be read one by one or as a number\n  \
             --> i/issue.toml:3:8\n  help: give it `pinyin` or `say` instead",
        ),
        (
            "i/issue.toml",
            "paper = \"报\"\nlexicons = [\"/etc/lexicon.csv\"]\n",
            "error: `lexicons` names `/etc/lexicon.csv`, which cannot be a lexicon of this paper\n  \
             --> i/issue.toml:2:12\n  \
             help: write a path to a .toml, .csv or .pls file from the issue folder, with `/` and \
             at most two `..` before it, such as `lexicons = [\"../lexicon.csv\"]`",
        ),
        (
            "i/issue.toml",
            "paper = \"报\"\nlexicons = [\"../names.csv\"]\n",
            "error: cannot read the lexicon: there is no such file or folder\n  \
             --> i/../names.csv\n  \
             help: correct `lexicons` in issue.toml, which names it from the issue folder",
        ),
    ] {
        let desk = Desk::new();
        desk.issue("i", GOOD, "正文。").write(file, text);
        refused(&desk, &["build", "i"], stderr);
    }
}

#[test]
fn lexicon_files_that_cannot_be_followed() {
    for (file, text, stderr) in [
        (
            "names.csv",
            "word,pinyin\n崧珏,song1\n",
            "error: the reading of `崧珏` has 1 syllable and the word 2 characters\n  \
             --> i/../names.csv:2:1\n  help: give one syllable for every character",
        ),
        (
            "names.csv",
            "崧珏,song1 jue2\n",
            "error: unknown column `崧珏`\n  --> i/../names.csv:1:1\n  \
             help: known columns are `word`, `pinyin`, `say`, `read`",
        ),
        (
            "names.pls",
            "<lexicon alphabet=\"ipa\">\n <lexeme><grapheme>崧</grapheme>\n  <phoneme>sʊŋ</phoneme></lexeme>\n</lexicon>\n",
            "error: the phonemes are in the alphabet `ipa`, which is not understood\n  \
             --> i/../names.pls:3:3\n  \
             help: write pinyin and `alphabet=\"x-pinyin\"`, or an `<alias>` in Chinese characters",
        ),
    ] {
        let desk = Desk::new();
        let settings = format!("paper = \"报\"\nlexicons = [\"../{file}\"]\n");
        desk.issue("i", GOOD, "正文。")
            .write("i/issue.toml", settings)
            .write(file, text);
        refused(&desk, &["build", "i"], stderr);
    }
}

#[test]
fn braces_that_only_look_like_a_reading() {
    let desk = Desk::new();
    desk.issue("i", GOOD, "请{崧珏|song}来，{单|shan4}先生也来。");
    let run = desk.run(&["show", "i"]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.stdout.contains(
            "doubt: `{崧珏|song}` is read as it stands: what stands behind the bar is no pinyin\n  \
             --> i/articles/01-a.md:5:2\n  \
             help: write `{崧珏|song1 jue2}`, or `\\{` for a brace that is part of the text\n"
        ),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("单先生也来。\n"), "{}", run.stdout);
    assert!(run.stdout.contains("shan4 xian1sheng5"), "{}", run.stdout);
}

#[test]
fn an_unknown_voice_or_cast() {
    let desk = Desk::new();
    desk.issue("i", GOOD, "正文。")
        .write("i/issue.toml", "body_voice = \"zm_yunjin\"\n");
    refused(
        &desk,
        &["build", "i"],
        "error: no voice is called `zm_yunjin`\n  --> i/issue.toml\n  \
         help: did you mean `zm_yunjian`?",
    );
    desk.write("i/issue.toml", "");
    refused(
        &desk,
        &["build", "i", "--cast", "calmm"],
        "error: no cast is called `calmm`\n  help: did you mean `calm`?",
    );
}

#[test]
fn a_file_that_would_leave_the_folder() {
    let desk = Desk::new();
    for path in ["../x.wav", "/etc/passwd", "a/../../x.wav"] {
        desk.issue("i", &format!("{GOOD}\naudio = \"{path}\""), "正文。");
        refused(
            &desk,
            &["build", "i"],
            &format!(
                "error: `audio` is `{path}`, which is not a file inside the issue folder\n  \
                 --> i/articles/01-a.md:3:9\n  \
                 help: copy the file into the issue folder and write its path from there, \
                 with `/` and without `..`"
            ),
        );
    }
}

#[test]
fn a_recording_that_is_not_there_or_cannot_be_decoded() {
    let desk = Desk::new();
    desk.issue("i", &format!("{GOOD}\naudio = \"x.wav\""), "正文。");
    refused(
        &desk,
        &["build", "i"],
        "error: cannot read the recording: there is no such file or folder\n  --> i/x.wav\n  \
         help: check the name; it is looked up from this folder",
    );
    desk.write("i/x.wav", "this is no sound");
    refused(
        &desk,
        &["build", "i"],
        "error: the recording `i/x.wav` cannot be decoded: it is in no format that is read \
         (symphonia: unsupported feature: core (probe): no suitable format reader found)\n  \
         --> i/x.wav\n  \
         help: WAV, FLAC, MP3, Ogg (Opus or Vorbis), M4A (AAC-LC or ALAC) and AIFF files are read; others \
         can be converted, for example with `ffmpeg -i RECORDING recording.flac`",
    );
    assert!(!desk.path("output/i").exists());
}

#[test]
fn output_folders_that_will_not_do() {
    let desk = Desk::new();
    desk.issue("i", GOOD, "正文。")
        .write("photos/cat.jpg", "x")
        .write("file", "x");
    for (output, message) in [
        (
            "photos",
            "error: the output folder is not empty and holds no edition, so it is left alone\n  \
             --> photos\n  help: choose another folder with --output, or empty that one",
        ),
        (
            "file",
            "error: cannot use the output folder: a part of the path is a file, not a folder\n  \
             --> file\n  help: choose another folder with --output",
        ),
        (
            "..",
            "error: the output folder has no name of its own\n  --> ..\n  \
             help: give a folder such as `output/my-issue`",
        ),
        // A folder that nobody may write to, not even root.
        #[cfg(target_os = "linux")]
        (
            "/proc/edition",
            "error: cannot write into the output folder: there is no such file or folder\n  \
             --> /proc/edition\n  help: choose another folder with --output",
        ),
    ] {
        refused(&desk, &["build", "i", "-o", output], message);
    }
    assert_eq!(desk.files("photos"), ["cat.jpg"]);
}

#[test]
fn an_edited_file_is_not_overwritten() {
    let desk = Desk::new();
    desk.write(
        "p.txt",
        "小区里的新路灯\n\n昨天晚上，小区里的新路灯第一次亮了起来，大家都很高兴。\n",
    );
    assert_eq!(desk.run(&["ingest", "p.txt", "-o", "i"]).code, Some(0));
    let again = desk.run(&["ingest", "p.txt", "-o", "i"]);
    assert_eq!(
        again.code,
        Some(0),
        "an untouched folder is written again: {again:?}"
    );
    let article = format!("i/articles/{}", desk.files("i/articles")[0]);
    desk.write(&article, desk.read(&article) + "\n又写了一句。\n");
    let kept = desk.run(&["ingest", "p.txt", "-o", "i"]);
    assert_eq!(kept.code, Some(0), "{kept:?}");
    assert!(desk.read(&article).contains("又写了一句"));
    assert_eq!(
        desk.run(&["ingest", "p.txt", "-o", "i", "--force"]).code,
        Some(0)
    );
    assert!(!desk.read(&article).contains("又写了一句"));
}

#[test]
fn odd_file_names_work() {
    let text = "小区里的新路灯\n\n昨天晚上，小区里的新路灯第一次亮了起来，大家都很高兴。\n";
    let long = "长".repeat(83) + "ab.txt";
    assert_eq!(long.len(), 255);
    for (name, slug) in [
        ("有 空格 🎉.txt", "有-空格-🎉".to_string()),
        (&long, "长".repeat(33)),
        ("..txt", "issue".into()),
        ("-.-", "issue".into()),
    ] {
        let desk = page(name, text.as_bytes());
        let run = desk.run(&["build", "--cast", "tone", "-q", "--", name]);
        assert_eq!(run.code, Some(0), "{name}: {}", run.stderr);
        assert!(
            desk.path(&format!("output/{slug}/edition.json")).exists(),
            "{name}"
        );
    }
}

#[test]
fn no_such_chunk() {
    let desk = Desk::new();
    desk.issue("i", GOOD, "正文。");
    refused(
        &desk,
        &["show", "i", "--chunk", "09-001"],
        "error: no chunk is called `09-001`\n  help: run `tingbao show` without --chunk for the list",
    );
}
