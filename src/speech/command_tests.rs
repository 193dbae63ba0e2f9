//! Against small programs of the tests' own: a shell writes what is asked for.

use std::time::Instant;

use super::*;
use crate::speech::Manifest;
use crate::speech::sample::reading;

/// An engine with one voice `v` whose program is a shell script; `$1` is the
/// output, `$2` the speed.
fn engine(script: &str, timeout: u32) -> Commands {
    let text = format!(
        r#"
name = "v"
engine = "command"
language = "zh-CN"
description = "试"
licence = "CC0-1.0"
source = "a test"
sample_rate = 22050
level_db = 0.0
speed = {{ default = 1.0, min = 0.5, max = 2.0 }}
syllable = {{ min = 0.1, max = 0.4 }}
[command]
program = "sh"
args = ["-c", '''{script}''', "sh", "{{output}}", "{{speed}}"]
feed = "pinyin"
timeout = {timeout}
install = "install a shell"
"#
    );
    let mut catalogue = Catalogue::built_in().unwrap().clone();
    catalogue.voices = vec![Manifest::parse(&text, "voice.toml").unwrap()];
    Commands::new(Arc::new(catalogue))
}

fn say(engine: &Commands) -> Result<Pcm, SayError> {
    engine.say(&reading("ni3 hao3 。"), "v", Speed(0.9))
}

fn fault(engine: &Commands) -> Fault {
    match say(engine) {
        Err(SayError::Fault(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

/// A WAV of `frames` frames as a shell prints it.
fn wav(rate: u32, channels: u16, bits: u16, frames: u32) -> String {
    let block = channels * bits / 8;
    let data = frames * u32::from(block);
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + data).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    bytes.extend(channels.to_le_bytes());
    bytes.extend(rate.to_le_bytes());
    bytes.extend((rate * u32::from(block)).to_le_bytes());
    bytes.extend(block.to_le_bytes());
    bytes.extend(bits.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend(data.to_le_bytes());
    bytes.extend((0..data).map(|i| (i * 37 % 251) as u8));
    let octal: String = bytes.iter().map(|b| format!("\\{b:03o}")).collect();
    format!("printf \"{octal}\" > \"$1\"")
}

#[test]
fn what_the_program_leaves_is_taken_at_its_own_rate() {
    let pcm = say(&engine(&wav(11_025, 2, 8, 500), 5)).unwrap();
    assert_eq!((pcm.rate.0, pcm.samples.len()), (11_025, 500));
}

#[test]
fn the_text_is_on_standard_input_when_no_argument_takes_it() {
    let script = format!("cat > /dev/null; {}", wav(8000, 1, 16, 100));
    assert!(say(&engine(&script, 5)).is_ok());
    let script = format!("grep -qx 'ni3 hao3.' && {}", wav(8000, 1, 16, 100));
    assert!(say(&engine(&script, 5)).is_ok());
}

#[test]
fn a_command_that_never_spoke_is_a_fault_that_says_why() {
    assert_eq!(
        fault(&engine("echo no such model >&2; exit 3", 5)).to_string(),
        "error: the voice `v` cannot speak: `sh` failed (exit status: 3): no such model\n  \
         help: try the command by hand (`--verbose` shows it) and correct the voice's manifest; \
         install a shell"
    );
    assert_eq!(
        fault(&engine("true", 5)).message,
        "the voice `v` cannot speak: `sh` left no sound file: it gave no reason"
    );
    let garbage = fault(&engine("echo garbage > \"$1\"", 5)).message;
    assert!(
        garbage.starts_with("the voice `v` cannot speak: `sh` left no sound: "),
        "{garbage}"
    );
    let begun = Instant::now();
    assert_eq!(
        fault(&engine("sleep 600", 1)).message,
        "the voice `v` cannot speak: `sh` did not end within 1 seconds"
    );
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_chunk_is_blamed_once_the_command_has_spoken() {
    let dir = tempfile::tempdir().unwrap();
    let mark = dir.path().join("spoke").display().to_string();
    let script = format!(
        "if test -e {mark}; then exit 1; fi; touch {mark}; {}",
        wav(8000, 1, 16, 100)
    );
    let engine = engine(&script, 5);
    assert!(say(&engine).is_ok());
    assert!(matches!(say(&engine), Err(SayError::Unsayable(_))));
}

#[test]
fn a_program_that_is_not_there_is_named_with_what_to_do() {
    let mut engine = engine("true", 5);
    let catalogue = Arc::get_mut(&mut engine.catalogue).unwrap();
    let speech = catalogue.voices[0].command.as_mut().unwrap();
    speech.program = "tingbao-no-such-program".into();
    assert_eq!(
        fault(&engine).to_string(),
        "error: the voice is spoken by the program `tingbao-no-such-program`, which is not \
         installed\n  help: install a shell"
    );
}

#[test]
fn impossible_command_lines_are_refused() {
    let speech = |args: &[&str]| CommandSpeech {
        program: "p".into(),
        args: args.iter().map(|a| a.to_string()).collect(),
        feed: Feed::Text,
        output: wav_ending(),
        voice: String::new(),
        rate: 175.0,
        timeout: 30,
        version: Vec::new(),
        install: String::new(),
    };
    assert!(speech(&["-o{output}", "-s{rate}"]).validate().is_ok());
    assert!(speech(&["-s{rate}"]).validate().is_err());
    let unknown = speech(&["{output}", "{pitch}"]).validate().unwrap_err();
    assert!(unknown.starts_with("`{pitch}` holds an unknown placeholder"));
}

fn wav_ending() -> String {
    super::wav()
}
