//! The set for a telephone exchange: its sounds as others read them, its states as
//! exchanges have them, a call in the terminal, and its folder at the exchange.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use common::tools::{done, pip};
use common::{Desk, Run, root};
use serde_json::Value;
use tingbao::audio::telephone;
use tingbao::model::Hotline;

/// More than nine, so that a figure may begin a longer number.
const ARTICLES: u32 = 12;

/// An edition with a line, made once; tests do not change it.
fn line() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let desk = Desk::new();
        issue(&desk, "i", "荷湾社区报", ARTICLES);
        make(&desk, "i", "out");
        desk
    })
}

fn issue(desk: &Desk, folder: &str, paper: &str, articles: u32) {
    for n in 1..=articles {
        desk.issue(
            folder,
            &format!("headline = \"菜场{n}号摊\""),
            "菜场搬到了桥东。\n\n下周一开门。",
        );
        let from = desk.path(&format!("{folder}/articles/01-a.md"));
        fs::rename(from, desk.path(&format!("{folder}/articles/{n:02}-x.md"))).unwrap();
    }
    desk.write(
        &format!("{folder}/issue.toml"),
        format!("paper = \"{paper}\"\ndate = \"2026-11-24\"\ncast = \"tone\"\n"),
    );
}

fn make(desk: &Desk, issue: &str, out: &str) {
    let run = desk.run(&["build", issue, "-q", "-o", out]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let run = desk.run(&["export", out, "--hotline", "-q"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

fn model(desk: &Desk, folder: &str) -> Hotline {
    serde_json::from_str(&desk.read(&format!("{folder}/hotline.json"))).unwrap()
}

fn text(command: &mut Command) -> String {
    String::from_utf8(done(command).stdout).unwrap()
}

#[test]
fn the_edition_has_the_set_and_nothing_is_wrong_with_it() {
    let desk = line();
    let index = desk.edition("out");
    assert_eq!(index["exports"]["hotline"]["wide"], true);
    let run = desk.run(&["check", "out"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(0), ""),
        "{}",
        run.stdout
    );
    // Again it is the same, and nothing is spoken.
    let before = desk.read("out/edition.json");
    let run = desk.run(&["export", "out", "--hotline", "--json"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!run.stdout.contains("\"spoken\""), "{}", run.stdout);
    assert_eq!(desk.read("out/edition.json"), before);
}

/// What `sox` and `ffprobe` say of every sound file, and how long they find it.
#[test]
fn sounds_are_what_exchanges_play() {
    let desk = line();
    let line = model(desk, "out/hotline");
    for (sound, frames) in line.sounds(true) {
        let narrow = |ending: &str| desk.path(&format!("out/hotline/sounds/{sound}.{ending}"));
        let wide = |ending: &str| desk.path(&format!("out/hotline/sounds16/{sound}.{ending}"));
        assert!(frames.0 > 800, "{sound} is no sound");
        let ulaw = fs::read(narrow("ulaw")).unwrap();
        assert_eq!(ulaw.len() as u64, frames.0, "{sound}");
        if sound.starts_with("pieces/") {
            continue;
        }
        assert_eq!(fs::metadata(narrow("alaw")).unwrap().len(), frames.0);
        assert_eq!(fs::metadata(wide("sln16")).unwrap().len(), 4 * frames.0);
        for (file, rate, samples) in [
            (narrow("wav"), 8_000, frames.0),
            (wide("wav16"), 16_000, 2 * frames.0),
        ] {
            let length = fs::metadata(&file).unwrap().len();
            assert_eq!(length, 44 + 2 * samples, "{}", file.display());
            let head = text(
                Command::new("ffprobe")
                    .args([
                        "-v",
                        "error",
                        "-show_entries",
                        "stream=codec_name,sample_rate,channels,bits_per_sample,duration_ts",
                        "-of",
                        "csv=p=0",
                    ])
                    .arg(&file),
            );
            assert_eq!(head.trim(), format!("pcm_s16le,{rate},1,16,{samples}"));
        }
    }
    let wav = desk.path("out/hotline/sounds/prompts/main.wav");
    let about = text(Command::new("soxi").arg(&wav));
    for words in [
        "Channels       : 1",
        "Sample Rate    : 8000",
        "Precision      : 16-bit",
    ] {
        assert!(about.contains(words), "{about}");
    }
    // The two laws sound like the linear file: their noise is 30 dB below.
    for (ending, encoding) in [("ulaw", "u-law"), ("alaw", "a-law")] {
        let raw = desk.path(&format!("out/hotline/sounds/prompts/main.{ending}"));
        let decoded = sox(
            &[
                "-t", "raw", "-r", "8000", "-c", "1", "-b", "8", "-e", encoding,
            ],
            &raw,
        );
        let linear = sox(&[], &wav);
        let power = |s: &mut dyn Iterator<Item = f64>| s.map(|s| s * s).sum::<f64>();
        let noise = power(
            &mut decoded
                .iter()
                .zip(&linear)
                .map(|(a, b)| f64::from(*a) - f64::from(*b)),
        );
        let signal = power(&mut linear.iter().map(|s| f64::from(*s)));
        assert_eq!(decoded.len(), linear.len());
        assert!(signal > 1000.0 * noise, "{ending}: {signal} {noise}");
    }
}

/// The samples of a file as `sox` decodes it.
fn sox(format: &[&str], file: &Path) -> Vec<i16> {
    let mut command = Command::new("sox");
    command.arg("-D").args(format).arg(file);
    command.args(["-t", "raw", "-e", "signed", "-b", "16", "-"]);
    let bytes = done(&mut command).stdout;
    bytes
        .chunks_exact(2)
        .map(|b| i16::from_le_bytes([b[0], b[1]]))
        .collect()
}

/// Every one of the 65,536 samples against `sox`, which has its own tables: it decodes
/// our characters to what we say, and no character of its own is nearer.
#[test]
fn both_laws_agree_with_another_program() {
    let desk = Desk::new();
    let all: Vec<i16> = (i16::MIN..=i16::MAX).collect();
    let linear: Vec<u8> = all.iter().flat_map(|s| s.to_le_bytes()).collect();
    desk.write("all.raw", linear);
    type Law = (&'static str, fn(i16) -> u8, fn(u8) -> i16);
    let laws: [Law; 2] = [
        ("u-law", telephone::ulaw, telephone::from_ulaw),
        ("a-law", telephone::alaw, telephone::from_alaw),
    ];
    for (law, encode, decode) in laws {
        let ours: Vec<u8> = all.iter().map(|s| encode(*s)).collect();
        desk.write("ours.raw", &ours);
        let format = ["-t", "raw", "-r", "8000", "-c", "1", "-b", "8", "-e", law];
        let heard = sox(&format, &desk.path("ours.raw"));
        let theirs = done(
            Command::new("sox")
                .args(["-D", "-t", "raw", "-r", "8000", "-c", "1", "-b", "16"])
                .args(["-e", "signed"])
                .arg(desk.path("all.raw"))
                .args(["-t", "raw", "-b", "8", "-e", law, "-"]),
        )
        .stdout;
        assert_eq!(theirs.len(), all.len());
        for ((sample, ours), (heard, theirs)) in
            all.iter().zip(&ours).zip(heard.iter().zip(&theirs))
        {
            assert_eq!(decode(*ours), *heard, "{law} {ours:#x}");
            let off = |character: u8| (i32::from(*sample) - i32::from(decode(character))).abs();
            // At a decision value both are as near, but for the bits that do not count.
            assert!(off(*ours) <= off(*theirs) + 16, "{law} {sample}");
        }
    }
}

#[test]
fn the_dialplan_has_no_finding() {
    let packages = pip("hotline");
    let plan = line().path("out/hotline/asterisk/extensions.conf");
    let lint = |plan: &Path| {
        let main = "import os, sys; from asterisklint.main import main; \
                    sys.exit(main(['dialplan-check', sys.argv[1]], os.environ))";
        let mut python = Command::new("python3");
        python
            .args(["-c", main])
            .arg(plan)
            .env("PYTHONPATH", &packages);
        Run::from(python.output().unwrap())
    };
    let said = lint(&plan);
    assert_eq!(
        (said.code, said.stdout.as_str(), said.stderr.as_str()),
        (Some(0), "", "")
    );
    // It would tell: a context that is not there, and an application that is not.
    let broken = line().read("out/hotline/asterisk/extensions.conf");
    let broken = broken.replacen("WaitExten(8)", "WaitExtern(8)", 1);
    let desk = Desk::new();
    desk.write("broken.conf", broken);
    assert_ne!(lint(&desk.path("broken.conf")).code, Some(0));
}

/// Every way of the dialplan leads to a context that is there, and every sound is one.
#[test]
fn the_dialplan_leads_nowhere_but_into_itself() {
    let desk = line();
    let plan = desk.read("out/hotline/asterisk/extensions.conf");
    let contexts: BTreeSet<&str> = (plan.lines())
        .filter_map(|l| l.strip_prefix('[')?.strip_suffix(']'))
        .collect();
    let mut ways = 0;
    for rest in plan.split("tingbao-").skip(1) {
        let name: String = (rest.chars())
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        let after = rest[name.len()..].chars().next();
        // `tingbao-optout/…` is a name in the database; `${TB_STATE}` a variable.
        if after != Some('/') && after != Some('$') {
            assert!(
                contexts.contains(format!("tingbao-{name}").as_str()),
                "{name}"
            );
            ways += 1;
        }
    }
    assert!(ways > 100, "{ways}");
    for rest in plan.split("${TB}/prompts/").skip(1) {
        let name: String = (rest.chars())
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        let is_variable = rest[name.len()..].starts_with("${");
        let file = desk.path(&format!("out/hotline/sounds/prompts/{name}.ulaw"));
        assert!(is_variable || file.exists(), "{name}");
    }
    let longest = plan.lines().map(str::len).max().unwrap();
    assert!(
        longest < 8_191,
        "Asterisk reads lines of 8,191 bytes: {longest}"
    );
}

fn tried(keys: &str) -> Vec<Value> {
    let run = line().run(&["hotline", "try", "out", "--json", "--keys", keys]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    run.stdout
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

#[test]
fn every_article_is_reached_in_four_keys() {
    for number in 1..=ARTICLES {
        let digits: Vec<String> = number.to_string().chars().map(String::from).collect();
        let mut keys = vec!["2".to_string()];
        keys.extend(digits);
        if number == 1 {
            keys.push("#".into());
        }
        assert!(keys.len() <= 4);
        let heard = tried(&keys.join(","));
        let last = heard.last().unwrap();
        assert_eq!(last["reading"]["article"], number, "{last}");
    }
}

#[test]
fn a_call_is_walked_in_the_terminal() {
    let heard = tried("2,#,5,@1,7,h,1,t");
    let states: Vec<&str> = heard.iter().map(|h| h["state"].as_str().unwrap()).collect();
    assert_eq!(states[..4], ["main", "choose-1", "choose-2", "one-5"]);
    let paces: Vec<&str> = (heard.iter())
        .filter_map(|h| h["reading"]["pace"].as_str())
        .collect();
    assert!(paces.contains(&"slow"), "{paces:?}");
    // Hung up, called again, gone on, heard to the end.
    assert_eq!(states[states.len() - 3..], ["kept", "one-5", "after-5"]);
    let run = line().run(&["hotline", "try", "out", "--keys", "2,x"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("a telephone has no key `x`"),
        "{}",
        run.stderr
    );
    let run = line().run(&["hotline", "try", "i"]);
    assert!(
        run.stderr.contains("there is no hotline here"),
        "{}",
        run.stderr
    );
    // Three silences end the call.
    let last = tried("t,t,t").pop().unwrap();
    assert_eq!(last["over"], true);
}

#[test]
fn freeswitch_finds_every_state_menu_phrase_and_sound() {
    let folder = line().path("out/hotline");
    let read = |file: &str| {
        let text = fs::read_to_string(folder.join("freeswitch").join(file)).unwrap();
        text.replace("$${tingbao_dir}", folder.to_str().unwrap())
    };
    let (plan, menus, phrases) = (read("dialplan.xml"), read("ivr.xml"), read("phrases.xml"));
    let plan = roxmltree::Document::parse(&plan).unwrap();
    let menus = roxmltree::Document::parse(&menus).unwrap();
    let phrases = roxmltree::Document::parse(&phrases).unwrap();
    let names = |doc: &roxmltree::Document, tag: &str| -> BTreeSet<String> {
        let found = doc.descendants().filter(|n| n.has_tag_name(tag));
        found
            .map(|n| n.attribute("name").unwrap().to_string())
            .collect()
    };
    let states = names(&plan, "extension");
    let known_menus = names(&menus, "menu");
    let macros = names(&phrases, "macro");
    let line = model(line(), "out/hotline");
    assert_eq!(states.len(), line.states.len() + 1);
    for action in plan.descendants().filter(|n| n.has_tag_name("action")) {
        let data = action.attribute("data").unwrap();
        match action.attribute("application").unwrap() {
            "transfer" => assert!(states.contains(data.split(' ').next().unwrap()), "{data}"),
            "ivr" => assert!(known_menus.contains(data), "{data}"),
            "playback" => assert!(macros.contains(data.strip_prefix("phrase:").unwrap())),
            "lua" => assert!(
                Path::new(data.split(' ').next().unwrap()).exists(),
                "{data}"
            ),
            _ => {}
        }
    }
    for entry in menus.descendants().filter(|n| n.has_tag_name("entry")) {
        let to = entry.attribute("param").unwrap().split(' ').nth(1).unwrap();
        assert!(states.contains(to), "{to}");
    }
    for menu in menus.descendants().filter(|n| n.has_tag_name("menu")) {
        let greet = menu.attribute("greet-long").unwrap();
        assert!(macros.contains(greet.strip_prefix("phrase:").unwrap()));
    }
    for action in phrases.descendants().filter(|n| n.has_tag_name("action")) {
        let file = action.attribute("data").unwrap();
        assert!(Path::new(file).exists(), "{file}");
    }
}

/// The script under a caller of ours.
#[test]
fn the_script_of_freeswitch_reads_and_remembers() {
    let folder = line().path("out/hotline");
    let call = |number: &str, keys: &str, state: &str| {
        text(
            Command::new("lua5.4")
                .arg(root().join("tests/hotline/session.lua"))
                .args([folder.to_str().unwrap(), number, keys, state]),
        )
    };
    let id = model(line(), "out/hotline").id;
    // Number 5 at once, number 12 by two figures, number 1 after a moment.
    assert!(call("1", "5", "choose-1").contains("articles/005-normal 0"));
    assert!(call("1", "12", "choose-1").contains("articles/012-normal 0"));
    assert!(call("1", "1t", "choose-1").contains("articles/001-normal 0"));
    assert!(call("1", "7#", "choose-1").contains("articles/007-normal"));
    let steered = call("138", "+644573", "one-2");
    assert!(steered.contains("seek:+15000 200000\n  seek:-15000 80000\n  seek:-15000 0\n  pause"));
    assert!(steered.contains("articles/002-slow"), "{steered}");
    assert!(steered.contains("prompts/reading-wrong"), "{steered}");
    assert!(
        steered.contains(&format!("tingbao/138 = {id}:one-2:2:slow:")),
        "{steered}"
    );
    assert!(call("1", "8*", "one-2").contains("[one-3]"));
    // Heard to its end, a place is no longer kept; without a number none ever is.
    assert!(!call("138", "t", "one-2").contains("tingbao/"));
    assert!(!call("", "+", "one-2").contains("tingbao/"));
    assert!(call("1", "ttt", "choose-1").ends_with("-> quiet\n"));
    assert!(call("138", "", "forget").contains("tingbao-optout/138 = 1"));
}

#[test]
fn voicexml_is_whole_and_leads_nowhere_but_into_itself() {
    let folder = line().path("out/hotline/voicexml");
    let document = fs::read_to_string(folder.join("line.vxml")).unwrap();
    let document = roxmltree::Document::parse(&document).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("version"), Some("2.1"));
    assert_eq!(
        root.tag_name().namespace(),
        Some("http://www.w3.org/2001/vxml")
    );
    let ids: Vec<&str> = root
        .descendants()
        .filter_map(|n| n.attribute("id"))
        .collect();
    let forms: BTreeSet<&str> = (root.children())
        .filter(|n| n.tag_name().name() == "form")
        .filter_map(|n| n.attribute("id"))
        .collect();
    assert!(forms.len() > 100 && ids.len() > forms.len());
    for node in root.descendants() {
        if let Some(to) = node.attribute("next") {
            assert!(forms.contains(to.strip_prefix('#').unwrap()), "{to}");
        }
        if let Some(src) = node.attribute("src") {
            assert!(folder.join(src).exists(), "{src}");
        }
    }
    let line = model(line(), "out/hotline");
    for state in &line.states {
        assert!(forms.contains(state.id.as_str()), "{}", state.id);
    }
}

#[test]
fn twilio_is_answered_by_the_function() {
    let mut node = Command::new("node");
    node.arg(root().join("tests/hotline/twilio.cjs"))
        .arg(line().path("out/hotline"));
    let said = text(&mut node);
    assert!(said.ends_with(" pieces\n"), "{said}");
}

#[test]
fn a_line_is_published_swapped_and_brought_back() {
    let desk = Desk::new();
    for (folder, paper) in [("a", "甲报"), ("b", "乙报"), ("c", "丙报")] {
        issue(&desk, folder, paper, 1);
        make(&desk, folder, &format!("out-{folder}"));
    }
    let publish = |args: &[&str]| {
        let mut all = vec!["hotline", "publish", "--to", "srv", "--json"];
        all.extend(args);
        desk.run(&all)
    };
    let id = |folder: &str| model(&desk, &format!("out-{folder}/hotline")).id;
    let heard = || fs::read_link(desk.path("srv/current")).unwrap();
    let editions = || {
        fs::read_dir(desk.path("srv/editions"))
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|n| !n.starts_with('.'))
            .collect::<BTreeSet<_>>()
    };

    assert_eq!(publish(&["out-a"]).code, Some(0));
    let old = fs::File::open(desk.path("srv/current/sounds/articles/001-normal.ulaw")).unwrap();
    let run = publish(&["out-b"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(heard(), Path::new("editions").join(id("b")));
    assert_eq!(editions(), [id("a"), id("b")].into());
    // Who began in the old line stays in it: its contexts are still included, and name
    // its own sounds.
    let includes = desk.read("srv/extensions.conf");
    assert!(includes.contains("editions/*/asterisk/line.conf"));
    let plan = desk.read(&format!("srv/editions/{}/asterisk/line.conf", id("a")));
    assert!(plan.contains(&format!("editions/{}/sounds)", id("a"))));
    assert!(old.metadata().unwrap().len() > 0);
    // The same again is the same, and what was before it stays before it.
    assert_eq!(publish(&["out-b"]).code, Some(0));
    assert_eq!(publish(&["out-c", "--keep", "2"]).code, Some(0));
    assert_eq!(editions(), [id("b"), id("c")].into());
    assert_eq!(publish(&["--undo"]).code, Some(0));
    assert_eq!(heard(), Path::new("editions").join(id("b")));
    let run = publish(&["--undo"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("there is no line before"),
        "{}",
        run.stderr
    );
    assert_eq!(heard(), Path::new("editions").join(id("b")));

    // What is damaged, or is no line at all, changes nothing.
    let sound = desk.path("out-c/hotline/sounds/prompts/main.ulaw");
    let whole = fs::read(&sound).unwrap();
    fs::write(&sound, &whole[1..]).unwrap();
    let run = publish(&["out-c"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("damaged: the file was altered"),
        "{}",
        run.stderr
    );
    fs::write(&sound, whole).unwrap();
    assert_eq!(
        desk.run(&["export", "out-c", "--hotline=none", "-q"]).code,
        Some(0)
    );
    let run = publish(&["out-c"]);
    assert!(
        run.stderr.contains("this edition has no hotline"),
        "{}",
        run.stderr
    );
    assert!(!desk.path("out-c/hotline").exists());
    assert_eq!(heard(), Path::new("editions").join(id("b")));

    // A folder of somebody else's.
    desk.write("photos/cat.jpg", "x");
    let run = desk.run(&["hotline", "publish", "out-a", "--to", "photos"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("is left alone"), "{}", run.stderr);
    assert_eq!(desk.files("photos"), ["cat.jpg"]);
}

/// A RIFF head in a raw file, or a WAVE file of another rate, is told even where the
/// index says that it should be so.
#[test]
fn sounds_that_no_exchange_plays_are_found() {
    let desk = Desk::new();
    issue(&desk, "a", "甲报", 1);
    make(&desk, "a", "out");
    let at = |file: &str| format!("out/hotline/sounds/prompts/{file}");
    let wav = fs::read(desk.path(&at("main.wav"))).unwrap();
    let mut wide = wav.clone();
    wide[24..28].copy_from_slice(&16_000u32.to_le_bytes());
    desk.write(&at("main.wav"), &wide);
    let mut riff = fs::read(desk.path(&at("main.ulaw"))).unwrap();
    riff[..44].copy_from_slice(&wav[..44]);
    desk.write(&at("main.ulaw"), &riff);
    let run = desk.run(&["check", "out"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stdout.contains("which a line plays as noise"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("it is no WAVE file with a head of 44 bytes"),
        "{}",
        run.stdout
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_changes_nothing_at_the_exchange() {
    let desk = Desk::new();
    for folder in ["a", "b"] {
        issue(&desk, folder, folder, 1);
        make(&desk, folder, &format!("out-{folder}"));
    }
    let size: u64 = (desk.files("out-a/hotline").iter())
        .map(|f| {
            fs::metadata(desk.path(&format!("out-a/hotline/{f}")))
                .unwrap()
                .len()
                + 4_096
        })
        .sum();
    let program = env!("CARGO_BIN_EXE_tingbao");
    let script = format!(
        "mkdir mnt && mount -t tmpfs -o size={} tmpfs mnt && \
         {program} hotline publish out-a --to mnt/srv --json && readlink mnt/srv/current > before && \
         {{ {program} hotline publish out-b --to mnt/srv; code=$?; \
         readlink mnt/srv/current > after; ls mnt/srv/editions > left; exit $code; }}",
        size * 3 / 2
    );
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .current_dir(desk.path("."))
        .output()
        .unwrap();
    let run = Run::from(output);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("no space left on the disk"), "{run:?}");
    assert_eq!(desk.read("before"), desk.read("after"));
    assert_eq!(desk.read("left").lines().count(), 1);
}
