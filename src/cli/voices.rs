//! `tingbao voices`.
use super::Exit;
use super::args::VoicesArgs;
use crate::diag::Result;
pub fn voices(_a: VoicesArgs) -> Result<Exit> {
    Ok(Exit::Complete)
}
