//! `tingbao say`.

use super::Exit;
use super::args::SayArgs;
use crate::diag::Result;
use crate::speech::platform;

pub fn say(args: &SayArgs) -> Result<Exit> {
    platform::say(&args.text, &args.language)?;
    Ok(Exit::Complete)
}
