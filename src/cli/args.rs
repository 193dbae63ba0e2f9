//! The arguments.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueHint};

use super::forms::Forms;
use crate::model::Repair;

/// Turn an issue of a community newspaper, even the raw OCR text of its pages,
/// into an audio edition.
#[derive(Debug, Parser)]
#[command(
    name = "tingbao",
    version,
    propagate_version = true,
    after_help = "Examples:\n  \
        tingbao build page.txt                       speak a page into output/page/\n  \
        tingbao ingest page.txt -o issues/today      make a folder to edit first\n  \
        tingbao build issues/today                   speak that folder\n  \
        tingbao show issues/today --chunk 01-004     why is this read so?\n\n\
        Exit codes: 0 complete, 1 edition made with omissions, 2 nothing made."
)]
pub struct Cli {
    /// Tell more of what goes on inside (twice for still more); RUST_LOG works too
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the audio edition of pages or of an issue folder
    Build(BuildArgs),
    /// Read pages into an issue folder that can be edited
    Ingest(IngestArgs),
    /// Make the forms listeners hold from an edition again; nothing is spoken
    Export(ExportArgs),
    /// Set one sentence of an edition right: other words, pinyin, or a recording
    Fix(FixArgs),
    /// Play an edition on this computer's sound card
    Listen(ListenArgs),
    /// Hear one sentence by several voices, to choose among them
    Audition(AuditionArgs),
    /// Say a sentence at once, by the platform's own speech service
    Say(SayArgs),
    /// Show what would be said: chunks, spoken text, pinyin, pauses, voices
    Show(ShowArgs),
    /// Explain a reading: each span, the rule or dictionary that decided, pinyin
    Explain(ExplainArgs),
    /// List the voices, or install and repair them
    Voices(VoicesArgs),
    /// For work on the program itself
    #[command(hide = true, subcommand)]
    Dev(DevCommand),
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  tingbao completions bash > ~/.local/share/bash-completion/completions/tingbao"
    )]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// Arguments of `build`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao build page1.txt page2.txt --output output/2026-11-24\n  \
    tingbao build issues/2026-11-hewan --offline\n\n\
    Ctrl-C stops after the chunks under way; the next build goes on from there.")]
pub struct BuildArgs {
    /// One issue folder, or the pages in order: files of any kind that is read,
    /// folders of them, `-` for standard input
    #[arg(required = true, value_name = "PAGE or FOLDER", value_hint = ValueHint::AnyPath)]
    pub input: Vec<PathBuf>,
    /// Where the edition goes [default: output/NAME-OF-THE-INPUT]
    #[arg(short, long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
    /// What to do about characters that look misread: not look for them, only
    /// tell of them, or set right those that are sure
    #[arg(long, value_name = "HOW", value_enum, default_value_t)]
    pub repair: Repair,
    /// A cast of voices in place of the issue's own
    #[arg(long, value_name = "NAME")]
    pub cast: Option<String>,
    /// What listeners get: `all`, `none`, or some of epub, daisy, player, podcast,
    /// usb, audiobook with commas between
    #[arg(long, value_name = "FORMS", default_value = "all")]
    pub listener: Forms,
    /// Name the files of the USB set by ASCII letters and figures alone, for old
    /// players
    #[arg(long)]
    pub ascii_names: bool,
    /// How many chunks are spoken at once, about 400 MB each [default: one per core, at most 8]
    #[arg(long, value_name = "NUMBER", env = "TINGBAO_WORKERS")]
    pub workers: Option<NonZeroUsize>,
    /// Fetch nothing: voices must be installed
    #[arg(long)]
    pub offline: bool,
    /// No progress and no report, only problems
    #[arg(short, long)]
    pub quiet: bool,
    /// Progress and report as one JSON object a line
    #[arg(long, conflicts_with = "quiet")]
    pub json: bool,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao export output/2026-11-hewan\n  \
    tingbao export output/2026-11-hewan --listener=epub,usb\n\n\
    Nothing is spoken; what is not named is taken away. The files are in the\n\
    edition's folder `listener`.")]
pub struct ExportArgs {
    /// The edition
    #[arg(value_name = "EDITION", value_hint = ValueHint::DirPath)]
    pub edition: PathBuf,
    /// What listeners get: `all`, `none`, or some of epub, daisy, player, podcast,
    /// usb, audiobook with commas between
    #[arg(long, value_name = "FORMS", default_value = "all", num_args = 0..=1,
        require_equals = true, default_missing_value = "all")]
    pub listener: Forms,
    /// Name the files of the USB set by ASCII letters and figures alone, for old
    /// players
    #[arg(long)]
    pub ascii_names: bool,
    /// How many chapters are encoded at once [default: one per core, at most 8]
    #[arg(long, value_name = "NUMBER", env = "TINGBAO_WORKERS")]
    pub workers: Option<NonZeroUsize>,
    /// No progress and no report, only problems
    #[arg(short, long)]
    pub quiet: bool,
    /// What was made as one JSON object
    #[arg(long, conflicts_with = "quiet")]
    pub json: bool,
}

/// Arguments of `ingest`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao ingest page1.txt page2.txt -o issues/2026-11-24\n  \
    tingbao ingest page.txt -o issues/today --dry-run   what would change there\n  \
    tingbao ingest page.txt --json               what was read; writes nothing\n  \
    tingbao ingest scans/ -o issues/2026-11-24   every page in a folder\n\n\
    Read are plain text, Markdown, HTML, hOCR, ALTO, EPUB and DOCX; PDF and page\n\
    images (PNG, JPEG, TIFF …) too where tesseract and pdftoppm are installed.\n\
    The folder holds issue.toml, articles/NN-name.md, the raw pages, and\n\
    review.html, which shows the pages beside what was read from them.\n\n\
    Run it again when a page has changed: files that nobody edited follow the\n\
    page, changes of other lines than the editor's are merged, and where both\n\
    changed the same lines the editor's words stay and a doubt tells so.")]
pub struct IngestArgs {
    /// The pages in order: files of any kind that is read, folders of them, `-`
    /// for standard input
    #[arg(required = true, value_name = "PAGE", value_hint = ValueHint::FilePath)]
    pub pages: Vec<PathBuf>,
    /// What to do about characters that look misread: not look for them, only
    /// tell of them, or set right those that are sure
    #[arg(long, value_name = "HOW", value_enum, default_value_t)]
    pub repair: Repair,
    /// The issue folder to write; with --json none is needed
    #[arg(short, long, value_name = "FOLDER", value_hint = ValueHint::DirPath,
        required_unless_present = "json")]
    pub output: Option<PathBuf>,
    /// Write everything as the pages have it, over edited files too
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Write nothing; print what would be written, removed and kept back as a
    /// unified diff, and the report to standard error
    #[arg(long, requires = "output", conflicts_with = "json")]
    pub dry_run: bool,
    /// What was read as one JSON object; the report goes to standard error
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao show issues/2026-11-hewan\n  \
    tingbao show issues/2026-11-hewan --chunk 01-004\n  \
    tingbao show page.txt --json")]
pub struct ShowArgs {
    /// One issue folder, or the pages in order: files of any kind that is read,
    /// folders of them, `-` for standard input
    #[arg(required = true, value_name = "PAGE or FOLDER", value_hint = ValueHint::AnyPath)]
    pub input: Vec<PathBuf>,
    /// Only this chunk, and why each part of it is read so
    #[arg(long, value_name = "ID")]
    pub chunk: Option<String>,
    /// What to do about characters that look misread: not look for them, only
    /// tell of them, or set right those that are sure
    #[arg(long, value_name = "HOW", value_enum, default_value_t)]
    pub repair: Repair,
    /// A cast of voices in place of the issue's own
    #[arg(long, value_name = "NAME")]
    pub cast: Option<String>,
    /// One JSON object a chunk and line
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `fix`.
#[derive(Debug, Args)]
#[command(
    group(clap::ArgGroup::new("to").required(true).args(["text", "pinyin", "recording", "undo"])),
    after_help = "Examples:\n  \
    tingbao fix output/2026-11-hewan --chunk 02-004 --text \"每天供应十二种菜。\"\n  \
    tingbao fix output/2026-11-hewan --chunk 02-004 --pinyin \"mei3 tian1 gong1 ying4 …\"\n  \
    tingbao fix output/2026-11-hewan --chunk 02-004 --recording mine.m4a\n  \
    tingbao fix output/2026-11-hewan --chunk 02-004 --undo\n\n\
    `tingbao show FOLDER` lists the chunks with their pinyin; the index and the\n\
    subtitles name them too. Only that sentence is spoken; the change is kept in\n\
    fixes.toml of the issue folder, and later builds follow it."
)]
pub struct FixArgs {
    /// The edition, or the issue folder it was made from
    #[arg(value_name = "EDITION", value_hint = ValueHint::DirPath)]
    pub edition: PathBuf,
    /// Which sentence, such as 02-004
    #[arg(long, value_name = "ID")]
    pub chunk: String,
    /// Say these words in its place
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    pub text: Option<String>,
    /// Say it in these syllables, one for each: as `show` prints them
    #[arg(long, value_name = "PINYIN")]
    pub pinyin: Option<String>,
    /// Play this recording in its place (WAV, FLAC, MP3, Ogg, M4A)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub recording: Option<PathBuf>,
    /// Take its fix back
    #[arg(long)]
    pub undo: bool,
    /// The issue folder [default: where the edition says its articles are]
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub issue: Option<PathBuf>,
    /// Where the edition of an issue folder is [default: output/NAME-OF-THE-FOLDER]
    #[arg(short, long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
    /// The cast the edition was built with, when not the issue's own
    #[arg(long, value_name = "NAME")]
    pub cast: Option<String>,
    /// Fetch nothing: voices must be installed
    #[arg(long)]
    pub offline: bool,
    /// What was done as one JSON object
    #[arg(long)]
    pub json: bool,
}

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
    tingbao voices add mine.toml && tingbao voices measure mine"
)]
pub struct VoicesArgs {
    /// What to do with them; nothing: list them
    #[command(subcommand)]
    pub command: Option<VoicesCommand>,
    /// One JSON object a voice and line
    #[arg(long)]
    pub json: bool,
    /// List the Chinese voices of the platform's own speech service instead
    #[arg(long)]
    pub platform: bool,
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
