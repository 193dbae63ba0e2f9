//! Arguments of `hotline`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

/// What can be done with the line of an edition.
#[derive(Debug, Subcommand)]
pub enum HotlineCommand {
    /// Call the line in the terminal: keys in, what is heard out
    Try(TryArgs),
    /// Put the line where the exchange reads it, in place of the one before
    Publish(PublishArgs),
}

/// Arguments of `hotline try`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao hotline try output/2026-11-hewan\n  \
    tingbao hotline try output/2026-11-hewan --keys 2,1,@20,4,h,1\n\n\
    Keys: 0 to 9, * and #; several may stand together. `t` does nothing until a time-out\n\
    or the end of the article, `@20` listens for 20 seconds, `h` hangs up; what follows\n\
    is the same caller calling again. At the prompt an empty line is as `t`.")]
pub struct TryArgs {
    /// The edition, or a folder with a hotline.json
    #[arg(value_name = "EDITION", value_hint = ValueHint::DirPath)]
    pub edition: PathBuf,
    /// Press these keys, with commas between, instead of asking
    #[arg(long, value_name = "KEYS", allow_hyphen_values = true)]
    pub keys: Option<String>,
    /// What is heard as one JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `hotline publish`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao hotline publish output/2026-11-hewan --to /srv/tingbao\n  \
    tingbao hotline publish --undo --to /srv/tingbao\n\n\
    FOLDER/current is the line that is heard, changed by one rename. Who is in the middle\n\
    of an article hears it to its end.")]
pub struct PublishArgs {
    /// The edition
    #[arg(value_name = "EDITION", value_hint = ValueHint::DirPath,
        required_unless_present = "undo", conflicts_with = "undo")]
    pub edition: Option<PathBuf>,
    /// The exchange's folder: empty, not there yet, or one of ours
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub to: PathBuf,
    /// So many lines are kept, at least 2: the current one, and the one before for callers
    /// who are still in it
    #[arg(long, value_name = "NUMBER", default_value = "7",
        value_parser = clap::value_parser!(u16).range(2..))]
    pub keep: u16,
    /// Back to the line before
    #[arg(long)]
    pub undo: bool,
    /// What was done as one JSON object
    #[arg(long)]
    pub json: bool,
}
