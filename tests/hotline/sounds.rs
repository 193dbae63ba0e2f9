//! The sounds as `sox` and `ffprobe` read them.

use std::fs;
use std::path::Path;
use std::process::Command;

use tingbao::audio::telephone;

use super::common::Desk;
use super::common::tools::done;
use super::{issue, line, make, model, text};

/// FFmpeg hears in G.722 what stands beside it without loss: the noise is 20 dB below.
/// Its decoder gives samples back 22 later (both filters of the two bands).
#[test]
fn g722_sounds_like_what_it_is_made_of() {
    const LATE: usize = 22;
    let desk = Desk::new();
    issue(&desk, "i", "荷湾社区报", 1);
    make(&desk, "i", "out");
    let run = desk.run(&["export", "out", "--hotline=g722", "-q"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let (file, decoded) = (
        |ending: &str| desk.path(&format!("out/hotline/sounds16/prompts/main.{ending}")),
        desk.path("main.wav"),
    );
    let bytes = fs::metadata(file("g722")).unwrap().len();
    assert_eq!(4 * bytes, fs::metadata(file("sln16")).unwrap().len());
    text(
        Command::new("ffmpeg")
            .args(["-v", "error", "-f", "g722", "-i"])
            .arg(file("g722"))
            .arg(&decoded),
    );
    let (heard, meant) = (sox(&[], &decoded), sox(&["-t", "wav"], &file("wav16")));
    let pairs = || heard[LATE..].iter().zip(&meant);
    let off = |(a, b): (&i16, &i16)| f64::from(*a) - f64::from(*b);
    let noise: f64 = pairs().map(|pair| off(pair).powi(2)).sum();
    let signal: f64 = pairs().map(|(_, b)| f64::from(*b).powi(2)).sum();
    assert!(signal > 100.0 * noise, "{signal} {noise}");
    // Such a file with a head is noise on the line.
    let wave = fs::read(file("wav16")).unwrap();
    fs::write(file("g722"), wave).unwrap();
    assert_eq!(desk.run(&["check", "out"]).code, Some(1));
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
/// our characters to what we say, and gives those of its own that we give within the bits
/// that do not count.
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
            // At a decision value the bits that do not count may be rounded or left away.
            let near = (-16..=16).map(|off| encode(sample.saturating_add(off)));
            assert!(
                near.into_iter().any(|c| c == *theirs),
                "{law} {sample}: {ours:#x}"
            );
        }
    }
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
