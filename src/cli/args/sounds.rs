//! Arguments of the commands that are about voices, readings and sound.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

/// Arguments of `listen`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao listen output/2026-11-hewan\n  \
    tingbao listen output/2026-11-hewan --chapter 2\n  \
    tingbao listen output/2026-11-hewan --chunk 02-004\n\n\
    Keys: space pause; left and right 15 seconds; n and p the next and previous\n\
    chapter; r the sentence again; - and + slower and faster; q stop.")]
pub struct ListenArgs {
    /// The edition
    #[arg(value_name = "EDITION", value_hint = ValueHint::DirPath)]
    pub edition: PathBuf,
    /// Begin with this chapter
    #[arg(long, value_name = "NUMBER", conflicts_with = "chunk")]
    pub chapter: Option<u32>,
    /// Play only this sentence, such as 02-004
    #[arg(long, value_name = "ID")]
    pub chunk: Option<String>,
}

/// Arguments of `audition`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao audition \"今天多云，气温8到15度。\" --out audition.wav\n  \
    tingbao audition \"记者从街道获悉。\" --voice zm_yunjian --voice espeak\n\n\
    Without --out it is played on this computer's sound card.")]
pub struct AuditionArgs {
    /// The sentence
    #[arg(value_name = "SENTENCE", allow_hyphen_values = true)]
    pub text: String,
    /// A voice, once for each [default: the two of the default cast]
    #[arg(long = "voice", value_name = "NAME")]
    pub voices: Vec<String>,
    /// The sentence's language, BCP 47 [default: Mandarin]
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// One speed for all [default: each voice's own]
    #[arg(long, value_name = "FACTOR")]
    pub speed: Option<f32>,
    /// Write a WAV file instead of playing
    #[arg(short, long, value_name = "FILE.wav", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Read it with the lexicons of this issue folder
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub issue: Option<PathBuf>,
    /// Fetch nothing: voices must be installed
    #[arg(long)]
    pub offline: bool,
    /// What is heard when, as one JSON object
    #[arg(long, requires = "out")]
    pub json: bool,
}

/// Arguments of `say`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao say \"听报准备好了。\"\n  \
    tingbao say \"Good morning\" --language en")]
pub struct SayArgs {
    /// The sentence
    #[arg(value_name = "SENTENCE", allow_hyphen_values = true)]
    pub text: String,
    /// The language of the voice, BCP 47
    #[arg(long, value_name = "TAG", default_value = "zh")]
    pub language: String,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao explain \"他长大了，在银行上班\"\n  \
    tingbao explain \"{崧珏|song1 jue2}来了\"        a reading given once, in the text\n  \
    tingbao explain \"单明远\" --issue issues/2026-11-hewan\n  \
    tingbao explain --issue issues/2026-11-hewan --chunk 01-004\n  \
    tingbao explain - --json < text.txt           one JSON object a line of text\n\n\
    A line a span: printed → spoken, what decided, pinyin as it is said; then\n\
    the tones that changed, the other readings that a character has, and how\n\
    sure the choice is where readings were weighed.")]
pub struct ExplainArgs {
    /// The text; `-` for standard input
    #[arg(
        required_unless_present = "chunk",
        value_name = "TEXT",
        allow_hyphen_values = true
    )]
    pub text: Option<String>,
    /// Read it with the lexicons of this issue folder (or page)
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::AnyPath)]
    pub issue: Option<PathBuf>,
    /// A chunk of the issue in place of a text
    #[arg(long, value_name = "ID", requires = "issue", conflicts_with = "text")]
    pub chunk: Option<String>,
    /// One JSON object a line of text: text, spoken, pinyin, spans, notes
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `voices`.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  \
    tingbao voices\n  \
    tingbao voices install\n  \
    tingbao voices install zm_yunjian --from /media/usb\n  \
    tingbao voices manifest piper > mine.toml     a manifest to begin with\n  \
    tingbao voices add mine.toml && tingbao voices measure mine\n  \
    tingbao voices --casts                        who reads what"
)]
pub struct VoicesArgs {
    /// What to do with them; nothing: list them
    #[command(subcommand)]
    pub command: Option<VoicesCommand>,
    /// One JSON object a voice and line
    #[arg(long)]
    pub json: bool,
    /// List the voices of the platform's own speech service instead
    #[arg(long)]
    pub platform: bool,
    /// List the casts instead: who reads what, and what is wrong with one
    #[arg(long, conflicts_with = "platform")]
    pub casts: bool,
    /// Those of another language than Chinese, such as `fr`, or `all`
    #[arg(
        long,
        value_name = "LANGUAGE",
        requires = "platform",
        default_value = "zh"
    )]
    pub language: String,
}

/// What can be done with voices.
#[derive(Debug, Subcommand)]
pub enum VoicesCommand {
    /// Install voices, or repair what is damaged
    Install {
        /// Which voices [default: those of the default cast]
        #[arg(value_name = "NAME")]
        names: Vec<String>,
        /// Take the files from this folder, without a network
        #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
        from: Option<PathBuf>,
    },
    /// Add a voice of your own by its manifest, or change one of that name
    Add {
        /// The manifest; `tingbao voices manifest NAME` prints one to begin with
        #[arg(value_name = "voice.toml", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Print a voice's manifest
    Manifest {
        /// Which voice
        name: String,
    },
    /// Measure a voice's level, pace and longest chunk, and keep them in its manifest
    Measure {
        /// Which voice
        name: String,
        /// What it reads, a paragraph a line; for languages other than Chinese and English
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        text: Option<PathBuf>,
    },
}

/// What helps those who work on the program itself.
#[derive(Debug, Subcommand)]
pub enum DevCommand {
    /// Score the front end against labelled sets
    Score(ScoreArgs),
    /// Keep a private speech service for the platform engine, which starts this
    Capture {
        /// The folder to keep it in
        folder: PathBuf,
    },
}

/// Arguments of `dev score`.
#[derive(Debug, Args)]
#[command(
    after_help = "Formats, tab-separated, told by the header or the number of columns:\n  \
    suite, category, input, expected   normalisation\n  \
    sentence, index, pinyin            polyphones; the index counts characters from 0\n  \
    id, sentence, pinyin syllables     whole sentences\n\n\
    Example:\n  tingbao dev score cases.tsv --lenient --misses"
)]
pub struct ScoreArgs {
    /// The sets
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Take a whole number read as a value or digit by digit, a decimal without
    /// its last zeros, and a.m. and p.m. in either language
    #[arg(long)]
    pub lenient: bool,
    /// List what was wrong: the input, what came out, what was expected
    #[arg(long)]
    pub misses: bool,
}
