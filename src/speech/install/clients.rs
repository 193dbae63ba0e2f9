//! The registries' own clients, started as a user would start them: they know
//! the machine's proxies, mirrors and certificates, and we need not.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::diag::{Fault, Result};
use crate::speech::manifest::{Package, Registry};

/// How the clients are called here: each list of ways is tried in order until
/// one answers.
#[derive(Debug, Clone)]
pub struct Clients {
    /// Ways to call pip.
    pub pip: Vec<Vec<String>>,
    /// Ways to call npm.
    pub npm: Vec<Vec<String>>,
}

impl Default for Clients {
    fn default() -> Self {
        let ways = |lines: &[&str]| {
            let words = |l: &&str| l.split(' ').map(String::from).collect();
            lines.iter().map(words).collect()
        };
        Clients {
            pip: ways(&["python3 -m pip", "pip3", "pip", "py -m pip"]),
            npm: ways(&["npm", "npm.cmd"]),
        }
    }
}

impl Clients {
    /// Fetches a package's archive into `folder`, under the name the client
    /// gives it. Nothing of it is run or installed.
    ///
    /// # Errors
    /// When the client is not there, or fails; with what it said last.
    pub fn fetch(&self, package: &Package, folder: &Path) -> Result<()> {
        let (ways, client) = match package.registry {
            Registry::Pypi => (&self.pip, "pip"),
            Registry::Npm => (&self.npm, "npm"),
        };
        let mut command = start(ways).ok_or_else(|| missing(package, client))?;
        match package.registry {
            Registry::Pypi => command
                .args(["download", "--quiet", "--no-deps", "--no-input"])
                // Wheels only: a source package would be run to be read.
                .args(["--disable-pip-version-check", "--only-binary=:all:"])
                .arg("--dest")
                .arg(folder)
                .arg(format!("{}=={}", package.name, package.version)),
            Registry::Npm => command
                .args(["pack", "--silent", "--ignore-scripts"])
                .arg("--pack-destination")
                .arg(folder)
                .arg(format!("{}@{}", package.name, package.version)),
        };
        log::info!("running {command:?}");
        let output = (command.stdin(Stdio::null()).output())
            .map_err(|e| failed(package, client, &e.to_string()))?;
        if output.status.success() {
            return Ok(());
        }
        Err(failed(
            package,
            client,
            &last_words(&String::from_utf8_lossy(&output.stderr)),
        ))
    }
}

/// The first way that answers when asked for its version.
fn start(ways: &[Vec<String>]) -> Option<Command> {
    ways.iter().find_map(|way| {
        let (program, arguments) = way.split_first()?;
        let mut asked = Command::new(program);
        asked.args(arguments).arg("--version");
        asked.stdin(Stdio::null()).stdout(Stdio::null());
        match asked.stderr(Stdio::null()).status() {
            Ok(status) if status.success() => {
                let mut command = Command::new(program);
                command.args(arguments);
                Some(command)
            }
            Err(e) if e.kind() != ErrorKind::NotFound => {
                log::warn!("cannot run {program}: {e}");
                None
            }
            _ => None,
        }
    })
}

fn missing(package: &Package, client: &str) -> Fault {
    let (debian, home) = match package.registry {
        Registry::Pypi => ("python3-pip", "https://pip.pypa.io"),
        Registry::Npm => ("npm", "https://nodejs.org"),
    };
    Fault::new(format!(
        "cannot fetch `{}`: the command `{client}` is not there",
        package.name
    ))
    .help(format!(
        "install it (Debian and Ubuntu: `apt install {debian}`; elsewhere see {home}), \
         or bring the files on a stick: `tingbao voices install --from FOLDER`"
    ))
}

fn failed(package: &Package, client: &str, why: &str) -> Fault {
    Fault::new(format!(
        "{client} could not fetch `{}` {}: {why}",
        package.name, package.version
    ))
    .help(
        "check the network and run the same command again, \
         or bring the files on a stick: `tingbao voices install --from FOLDER`",
    )
}

/// The last line that says something; clients put the reason there, behind
/// words such as `ERROR:`.
fn last_words(stderr: &str) -> String {
    let lines = || stderr.lines().map(str::trim).filter(|l| !l.is_empty());
    let line = (lines().rfind(|l| l.to_lowercase().contains("error")))
        .or_else(|| lines().next_back())
        .unwrap_or("it gave no reason");
    let line = line.strip_prefix("ERROR:").unwrap_or(line);
    line.strip_prefix("npm error").unwrap_or(line).trim().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_found_among_a_clients_words() {
        let pip = "WARNING: retrying\nERROR: No matching distribution found for x==1\n\n";
        assert_eq!(last_words(pip), "No matching distribution found for x==1");
        assert_eq!(last_words("npm error 404 Not found\n"), "404 Not found");
        assert_eq!(last_words("killed\n"), "killed");
        assert_eq!(last_words(""), "it gave no reason");
    }
}
