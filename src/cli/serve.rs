//! `tingbao serve`.

use super::Exit;
use super::args::ServeArgs;
use crate::diag::Result;
use crate::serve::{self, Options};

pub fn serve(args: &ServeArgs) -> Result<Exit> {
    let options = Options {
        root: args.folder.clone(),
        address: args.address,
    };
    serve::serve(&options, |address| {
        eprintln!("listen at http://{address}/ (Ctrl-C stops)");
    })?;
    Ok(Exit::Complete)
}
