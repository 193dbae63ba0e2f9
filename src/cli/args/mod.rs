//! The arguments.

mod editions;
mod hotline;
mod rundown;
mod sounds;

use clap::{Parser, Subcommand};

pub use editions::{
    BuildArgs, CheckArgs, DeliverArgs, ExportArgs, FixArgs, IngestArgs, RadioLevel, ServeArgs,
    ShowArgs,
};
pub use hotline::{HotlineCommand, PublishArgs, TryArgs};
pub use rundown::RundownArgs;
pub use sounds::{
    AuditionArgs, DevCommand, ExplainArgs, ListenArgs, SayArgs, ScoreArgs, VoicesArgs,
    VoicesCommand,
};

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
    /// Make the sets for listeners, radio station or telephone exchange of an edition
    Export(ExportArgs),
    /// Put an edition's radio set into a station's folder
    Deliver(DeliverArgs),
    /// Look whether an edition and all that was made of it is whole and right
    Check(CheckArgs),
    /// Set one sentence of an edition right: other words, pinyin, or a recording
    Fix(FixArgs),
    /// Call an edition's telephone line in the terminal, or put it where the exchange is
    #[command(subcommand)]
    Hotline(HotlineCommand),
    /// Make a radio programme of a given length out of editions
    Rundown(RundownArgs),
    /// Let people on this computer, or in the house, listen with a browser
    Serve(ServeArgs),
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
