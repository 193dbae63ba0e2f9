//! From packages, or from a folder, to installed files.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::archive;
use super::clients::Clients;
use super::events::InstallEvent;
use crate::diag::{Fault, Place, Result};
use crate::speech::files::{self, State, hex};
use crate::speech::kokoro::patch::patch;
use crate::speech::manifest::{File, Manifest, Model, Package};
use crate::store;

/// Where packages lie until all is installed; what a killed run left there is
/// used again when it is whole.
const FETCHED: &str = ".fetched";

/// Gathers files of one model and the voices that need it.
pub(super) struct Gatherer<'a> {
    pub model: &'a Model,
    pub voices: &'a [&'a Manifest],
    /// Where the files are installed.
    pub folder: &'a Path,
    pub clients: &'a Clients,
}

/// A file inside a package.
struct Member<'a> {
    package: &'a Package,
    path: &'a str,
    bytes: u64,
    sha256: &'a str,
}

impl<'a> Gatherer<'a> {
    /// Fetches the packages that hold `lacking` and installs it.
    pub fn take_from_packages(
        &self,
        lacking: &[&File],
        say: &mut dyn FnMut(InstallEvent),
    ) -> Result<()> {
        let members: Vec<Member> = lacking.iter().flat_map(|f| self.members(f)).collect();
        let packages: Vec<&Package> = (self.model.package.iter())
            .filter(|p| members.iter().any(|m| m.package.name == p.name))
            .collect();
        say(InstallEvent::Needed {
            packages: packages.len(),
            bytes: packages.iter().map(|p| p.bytes).sum(),
            licence: self.model.licence.clone(),
            source: self.model.source.clone(),
            folder: self.folder.display().to_string(),
        });
        let fetched = self.folder.join(FETCHED);
        for package in packages {
            let wanted = || members.iter().filter(|m| m.package.name == package.name);
            let archive = fetched.join(&package.archive);
            if archive.exists() && wanted().all(|m| take(&archive, m).is_ok()) {
                say(InstallEvent::Reusing {
                    package: package.name.clone(),
                });
                continue;
            }
            say(InstallEvent::Fetching {
                package: package.name.clone(),
                version: package.version.clone(),
                registry: package.registry,
                bytes: package.bytes,
            });
            self.fetch(package, &archive)?;
            for member in wanted() {
                take(&archive, member).map_err(|why| {
                    // A bad package must not be found again by the next run.
                    let _ = fs::remove_file(&archive);
                    unexpected(package, &why)
                })?;
            }
        }
        for file in lacking {
            let bytes = self.find(&fetched, file, &mut |_| {})?.ok_or_else(|| {
                Fault::new(format!("no package holds `{}`", file.file))
                    .help("please report this as a bug")
            })?;
            store::write(&self.folder.join(&file.file), &bytes)?;
        }
        fs::remove_dir_all(&fetched)
            .map_err(|e| store::fault("remove the fetched packages", &fetched, &e))
    }

    /// Fetches one archive; it appears under its name when it is complete.
    fn fetch(&self, package: &Package, archive: &Path) -> Result<()> {
        let folder = self.folder.join(FETCHED);
        store::make_folder(&folder)?;
        let disk = |e| store::fault("keep the fetched packages", &folder, &e);
        let aside = tempfile::tempdir_in(&folder).map_err(disk)?;
        self.clients.fetch(package, aside.path())?;
        let got = aside.path().join(&package.archive);
        if !got.exists() {
            return Err(unexpected(package, "another file came"));
        }
        fs::rename(&got, archive).map_err(disk)
    }

    /// Installs `lacking` from what lies in `from`.
    pub fn take_from_folder(
        &self,
        from: &Path,
        lacking: &[&File],
        say: &mut dyn FnMut(InstallEvent),
    ) -> Result<()> {
        if !store::is_folder(from) {
            return Err(Fault::new("the folder to install from is not there")
                .at(Place::file(from.display().to_string()))
                .help("name the folder that holds the files of the voice"));
        }
        for file in lacking {
            let bytes = self.find(from, file, say)?.ok_or_else(|| {
                let packages: Vec<&str> = (self.members(file).iter())
                    .map(|m| m.package.archive.as_str())
                    .collect();
                let name = match **file == self.model.installed {
                    true => &self.model.published.file,
                    false => &file.file,
                };
                Fault::new(format!("the folder holds no `{name}`"))
                    .at(Place::file(from.display().to_string()))
                    .help(format!("put it there, or {}", packages.join(", ")))
            })?;
            store::write(&self.folder.join(&file.file), &bytes)?;
        }
        Ok(())
    }

    /// The bytes of an installed file made of what lies in `from`, verified:
    /// the file itself, or what it is made of. `None` when nothing is there.
    ///
    /// # Errors
    /// When something is there that is not whole.
    fn find(
        &self,
        from: &Path,
        file: &File,
        say: &mut dyn FnMut(InstallEvent),
    ) -> Result<Option<Vec<u8>>> {
        if let Some(bytes) = whole(&from.join(&file.file), file, say)? {
            return Ok(Some(bytes));
        }
        let is_model = *file == self.model.installed;
        if is_model
            && let Some(published) = whole(
                &from.join(&self.model.published.file),
                &self.model.published,
                say,
            )?
        {
            return self.fit(&published).map(Some);
        }
        let members = self.members(file);
        if members.is_empty() {
            return Ok(None);
        }
        let mut joined = Vec::new();
        for member in members {
            let archive = from.join(&member.package.archive);
            if !archive.exists() {
                return Ok(None);
            }
            say(taking(&archive));
            let bytes = take(&archive, &member).map_err(|why| not_whole(&archive, &why))?;
            joined.extend(bytes);
        }
        if is_model {
            return self.fit(&joined).map(Some);
        }
        Ok(Some(joined))
    }

    /// The published model as the runtime wants it.
    fn fit(&self, published: &[u8]) -> Result<Vec<u8>> {
        let file = &self.model.installed;
        let wrong = |why: String| {
            Fault::new(format!(
                "cannot make `{}` of the published model: {why}",
                file.file
            ))
            .help("please report this as a bug")
        };
        let bytes = patch(published).map_err(wrong)?;
        match files::wrong(file, bytes.len() as u64, || hex(&Sha256::digest(&bytes))) {
            None => Ok(bytes),
            Some(why) => Err(wrong(why)),
        }
    }

    /// The members of packages that a file is made of, in order.
    fn members(&self, file: &File) -> Vec<Member<'a>> {
        if *file == self.model.installed {
            let parts = self.model.part.iter();
            return parts
                .filter_map(|part| {
                    Some(Member {
                        package: self.model.package(&part.package)?,
                        path: &part.member,
                        bytes: part.bytes,
                        sha256: &part.sha256,
                    })
                })
                .collect();
        }
        let styles = self.voices.iter().filter_map(|v| v.style.as_ref());
        styles
            .filter(|style| style.installed == *file)
            .filter_map(|style| {
                Some(Member {
                    package: self.model.package(&style.package)?,
                    path: &style.member,
                    bytes: style.installed.bytes,
                    sha256: &style.installed.sha256,
                })
            })
            .take(1)
            .collect()
    }
}

/// The verified bytes of a member, or a sentence about what is wrong.
fn take(archive: &Path, member: &Member) -> Result<Vec<u8>, String> {
    let bytes = archive::member(archive, member.package.registry, member.path, member.bytes)?;
    let expected = File {
        file: member.path.into(),
        bytes: member.bytes,
        sha256: member.sha256.into(),
    };
    match files::wrong(&expected, bytes.len() as u64, || {
        hex(&Sha256::digest(&bytes))
    }) {
        None => Ok(bytes),
        Some(why) => Err(format!(
            "`{}` in it is not the one expected: {why}",
            member.path
        )),
    }
}

/// The bytes of a file that is there by name; `None` when it is not.
///
/// # Errors
/// When it is there and is not the one expected.
fn whole(path: &Path, file: &File, say: &mut dyn FnMut(InstallEvent)) -> Result<Option<Vec<u8>>> {
    match files::inspect(path, file)? {
        State::Missing => Ok(None),
        State::Damaged(why) => Err(not_whole(path, &why)),
        State::Whole => {
            say(taking(path));
            store::read("voice", path).map(Some)
        }
    }
}

fn taking(path: &Path) -> InstallEvent {
    InstallEvent::Taking {
        file: path.display().to_string(),
    }
}

fn not_whole(path: &Path, why: &str) -> Fault {
    Fault::new(format!("the file is not the one expected: {why}"))
        .at(Place::file(path.display().to_string()))
        .help("copy it again from where it was fetched, and run the same command again")
}

fn unexpected(package: &Package, why: &str) -> Fault {
    Fault::new(format!(
        "`{}` {} from {} is not what was expected: {why}",
        package.name, package.version, package.registry
    ))
    .help("run the same command again; if it stays so, please report it")
}
