//! Arguments of the commands that make, show and give out editions.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::check::Validator;
use crate::cli::forms::{Forms, Hotline};
use crate::model::{Bits, Level, RadioSet, Repair};

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
    /// What listeners get: `usual` (epub, daisy, player, podcast, usb, audiobook),
    /// `all` (opus and flac too), `none`, or some of them with commas between
    /// [default: usual, and what the edition had before]
    #[arg(long, value_name = "FORMS", env = "TINGBAO_LISTENER")]
    pub listener: Option<Forms>,
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
    tingbao export output/2026-11-hewan --listener=epub,usb\n  \
    tingbao export output/2026-11-hewan --radio --days 14\n  \
    tingbao export output/2026-11-hewan --hotline\n\n\
    Chapters are not spoken again, but for the slower takes of the hotline, which are\n\
    kept. Forms that are there stay; `--listener=none` takes all away. The files are in\n\
    the edition's folders `listener`, `radio` and `hotline`.")]
pub struct ExportArgs {
    /// The edition
    #[arg(value_name = "EDITION", value_hint = ValueHint::DirPath)]
    pub edition: PathBuf,
    /// What listeners get: `usual` (epub, daisy, player, podcast, usb, audiobook),
    /// `all` (opus and flac too), `none`, or some of them with commas between [default: usual,
    /// where no other set is asked for]
    #[arg(long, value_name = "FORMS", num_args = 0..=1,
        require_equals = true, default_missing_value = "usual")]
    pub listener: Option<Forms>,
    /// What a radio station gets, how loud: r128, gyt282, td1008, podcast, a number of
    /// LUFS, or `none`
    #[arg(long, value_name = "LEVEL", num_args = 0..=1,
        require_equals = true, default_missing_value = "r128")]
    pub radio: Option<RadioLevel>,
    /// What a telephone exchange gets
    #[arg(long, value_name = "WHAT", num_args = 0..=1, value_enum,
        require_equals = true, default_missing_value = "all")]
    pub hotline: Option<Hotline>,
    /// How exact the samples of the radio set are, in bits
    #[arg(long, value_enum, default_value_t, requires = "radio")]
    pub bits: Bits,
    /// Two equal channels in the radio set, for players that know stereo only
    #[arg(long, requires = "radio")]
    pub dual_mono: bool,
    /// So many days from the issue's own on the radio set may be broadcast; 0 for ever
    #[arg(long, value_name = "NUMBER", default_value_t = RadioSet::default().days,
        requires = "radio")]
    pub days: u16,
    /// Name the files of the USB set by ASCII letters and figures alone, for old
    /// players [default: as before]
    #[arg(long, value_name = "true or false", num_args = 0..=1, require_equals = true,
        default_missing_value = "true")]
    pub ascii_names: Option<bool>,
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

/// The level of the radio set; `None` where it is to be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RadioLevel(pub Option<Level>);

impl std::str::FromStr for RadioLevel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "none" => Ok(RadioLevel(None)),
            level => level.parse().map(|level| RadioLevel(Some(level))),
        }
    }
}

/// Arguments of `deliver`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao deliver output/2026-11-hewan --to /srv/radio/hewan\n  \
    tingbao deliver output/2026-11-hewan --to /mnt/station --as /srv/radio/hewan\n\n\
    Delivered is the radio set of an edition (`tingbao export EDITION --radio`), or the\n\
    folder of a rundown. New files come first,\n\
    the playlist after them, and what it does not name any more goes last: at every\n\
    moment the folder holds a programme that can be played.")]
pub struct DeliverArgs {
    /// The edition, or the folder of a rundown
    #[arg(value_name = "EDITION", value_hint = ValueHint::DirPath)]
    pub edition: PathBuf,
    /// The station's folder: an empty one, or one that was delivered to before
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub to: PathBuf,
    /// Where the station's machine sees that folder, when it is not this one
    #[arg(long = "as", value_name = "FOLDER")]
    pub seen_as: Option<String>,
    /// No report, only problems
    #[arg(short, long)]
    pub quiet: bool,
    /// What was done as one JSON object
    #[arg(long, conflicts_with = "quiet")]
    pub json: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao check output/2026-11-hewan\n  \
    tingbao check output/2026-11-hewan --with epubcheck,ace\n\n\
    Exit code 0 when nothing is wrong, 1 when something is.")]
pub struct CheckArgs {
    /// The edition
    #[arg(value_name = "EDITION", value_hint = ValueHint::DirPath)]
    pub edition: PathBuf,
    /// Ask these programs about the EPUB as well, where they are installed
    #[arg(long, value_name = "PROGRAMS", value_delimiter = ',', value_enum)]
    pub with: Vec<Validator>,
    /// One JSON object a finding and line
    #[arg(long)]
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

/// Arguments of `serve`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao serve                                this computer alone, http://127.0.0.1:8080/\n  \
    tingbao serve --address 0.0.0.0:8080         everybody in the house\n\n\
    Editions that are built or replaced meanwhile appear by themselves; who listens\n\
    to one that is replaced hears it to its end.")]
pub struct ServeArgs {
    /// The folder of editions
    #[arg(value_name = "FOLDER", default_value = "output", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// Where to listen: an address of this computer and a port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub address: SocketAddr,
}
