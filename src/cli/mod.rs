//! The program as its users meet it: arguments, progress, reports, exit codes.
//! Together with `store` the only place that looks at the environment.

mod args;
mod audition;
mod build;
mod casts;
mod check;
mod deliver;
mod dev;
mod explain;
mod export;
mod fix;
mod forms;
mod hotline;
mod ingest;
mod keys;
mod listen;
mod print;
mod progress;
mod report;
mod rundown;
mod say;
mod serve;
mod show;
mod voices;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::diag::Result;
use args::{Cli, Command};
use print::out;

/// What the program's exit code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is done.
    Complete = 0,
    /// The edition is made, with omissions.
    Omissions = 1,
    /// What was asked for was not done.
    Failed = 2,
}

/// Runs the program.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(e) => {
            let failed = e.use_stderr();
            // With neither stdout nor stderr there is nobody to tell.
            let _ = e.print();
            let exit = if failed { Exit::Failed } else { Exit::Complete };
            return ExitCode::from(exit as u8);
        }
    };
    start_log(cli.verbose);
    let exit = match obey(cli.command) {
        Ok(exit) => exit,
        Err(fault) => {
            eprintln!("{fault}");
            Exit::Failed
        }
    };
    ExitCode::from(exit as u8)
}

fn obey(command: Command) -> Result<Exit> {
    match command {
        Command::Build(args) => build::build(args),
        Command::Ingest(args) => ingest::ingest(args),
        Command::Export(args) => export::export(args),
        Command::Deliver(args) => deliver::deliver(&args),
        Command::Check(args) => check::check(&args),
        Command::Fix(args) => fix::fix(args),
        Command::Hotline(command) => hotline::hotline(command),
        Command::Listen(args) => listen::listen(&args),
        Command::Audition(args) => audition::audition(args),
        Command::Say(args) => say::say(&args),
        Command::Rundown(args) => rundown::rundown(args),
        Command::Serve(args) => serve::serve(&args),
        Command::Show(args) => show::show(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Voices(args) => voices::voices(args),
        Command::Dev(command) => dev::dev(command),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "tingbao", &mut script);
            out(&String::from_utf8_lossy(&script))?;
            Ok(Exit::Complete)
        }
    }
}

/// Messages of the program's inner work: none, or as far as `-v`, `-vv` or
/// `RUST_LOG` ask for them.
fn start_log(verbose: u8) {
    let level = match verbose {
        0 => log::LevelFilter::Warn,
        1 => log::LevelFilter::Info,
        2 => log::LevelFilter::Debug,
        _ => log::LevelFilter::Trace,
    };
    let mut log = env_logger::Builder::new();
    // Other crates have much to say that helps nobody here.
    log.filter_level(log::LevelFilter::Off)
        .filter_module("tingbao", level);
    log.parse_default_env();
    // A second logger in one process, as in tests, is no harm.
    let _ = log.try_init();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Cli::command().debug_assert();
    }
}
