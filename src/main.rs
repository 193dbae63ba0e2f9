//! The program `tingbao`.

use std::process::ExitCode;

fn main() -> ExitCode {
    tingbao::cli::run(std::env::args_os())
}
