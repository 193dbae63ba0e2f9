//! A private Speech Dispatcher: configuration, socket, log and sound in one
//! folder of its own, so that neither the user's own service nor the sound card
//! is ever touched.
//!
//! The options are those of `speech-dispatcher(1)` 0.11; the sound goes to a
//! file by the plugins `file` and `null` of alsa-lib's PCM, named in a
//! configuration that `ALSA_CONFIG_PATH` puts in the place of the system's.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::{espeak, generic};
use crate::diag::{Fault, Result};
use crate::speech::platform::Setup;
use crate::store::{self, Scratch};

/// What the folders are called.
pub const KIND: &str = "tingbao-speech";
/// The service's program.
pub const PROGRAM: &str = "speech-dispatcher";
/// Where Debian, Ubuntu and others keep the settings of the modules.
const MODULE_SETTINGS: &str = "/etc/speech-dispatcher/modules";
/// The folder of the modules' programs, below one of the system's libraries.
const MODULES: &str = "speech-dispatcher-modules";
/// How often a state is looked at.
const TICK: Duration = Duration::from_millis(5);
/// How many ticks the service may take until it listens.
const START: u32 = 2000;
/// How many ticks it may take to end when asked to.
const END: u32 = 400;
/// So many lines of the service's log go into a message.
const LOG_LINES: usize = 4;

/// A running service; ended when dropped.
pub struct Dispatcher {
    daemon: Child,
    folder: PathBuf,
    /// What to do where something is missing.
    install: String,
}

impl Dispatcher {
    /// Writes the configuration into `folder`, starts the service and waits until
    /// it listens.
    ///
    /// # Errors
    /// When the program is not installed, ends at once, or does not listen within
    /// ten seconds; with the last lines of its log.
    pub fn start(folder: &Path, setup: &Setup) -> Result<Dispatcher> {
        configure(folder, setup)
            .map_err(|e| store::fault("prepare the platform's speech service", folder, &e))?;
        let mut command = Command::new(PROGRAM);
        command
            .args(["-s", "-c", "unix_socket", "-l", "3"])
            .arg("-C")
            .arg(folder)
            .arg("-S")
            .arg(socket(folder))
            .arg("-P")
            .arg(folder.join("pid"))
            .arg("-L")
            .arg(folder.join("log"))
            .env("ALSA_CONFIG_PATH", folder.join("asound.conf"))
            .env(generic::VARIABLE, sound(folder))
            .env_remove("SPEECHD_ADDRESS")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if let Some(data) = espeak_data(folder, setup) {
            command.env(espeak::VARIABLE, data);
        }
        log::info!("running {command:?}");
        let daemon = command.spawn().map_err(|e| not_started(setup, &e))?;
        let mut service = Dispatcher {
            daemon,
            folder: folder.to_path_buf(),
            install: setup.install.clone(),
        };
        for _ in 0..START {
            // The socket is there a little before it listens.
            if UnixStream::connect(socket(folder)).is_ok() {
                return Ok(service);
            }
            if let Ok(Some(status)) = service.daemon.try_wait() {
                let module = &setup.module;
                let what = format!("ended at once ({status}) with the module `{module}`");
                return Err(service.fault(&what));
            }
            sleep(TICK);
        }
        Err(service.fault("does not listen within ten seconds"))
    }

    /// A fault about the service, with the end of its log.
    pub fn fault(&self, what: &str) -> Fault {
        let log = last_words(&self.folder);
        Fault::new(format!("the platform's speech service {what}{log}")).help(self.install.clone())
    }

    /// A fault about the program that it runs, with what that said.
    pub fn refusal(&self, complaint: &str) -> Fault {
        Fault::new(format!("the program of the voice failed: {complaint}")).help(format!(
            "correct `[platform.writer]` in the voice's manifest; {}",
            self.install
        ))
    }

    /// Whether it still runs.
    pub fn alive(&mut self) -> bool {
        matches!(self.daemon.try_wait(), Ok(None))
    }
}

impl Drop for Dispatcher {
    fn drop(&mut self) {
        end(Pid::from_child(&self.daemon));
        for _ in 0..END {
            if !self.alive() {
                return;
            }
            sleep(TICK);
        }
        // It did not end by itself; it cannot refuse this.
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// Asks a process to end. One that is gone already is as wanted.
fn end(pid: Pid) {
    let _ = kill_process(pid, Signal::TERM);
}

/// Removes the folders that killed owners left, and ends their services.
pub fn clear_away() {
    for left in Scratch::abandoned(KIND) {
        let folder = left.folder();
        let pid = fs::read_to_string(folder.join("pid")).ok();
        let pid = pid.and_then(|text| Pid::from_raw(text.trim().parse().ok()?));
        // The number may belong to another process by now.
        if let Some(pid) = pid.filter(|pid| runs_for(*pid, folder)) {
            end(pid);
        }
        log::info!("removing {}, which a killed run left", folder.display());
    }
}

/// Whether the process was started for this folder, as far as the system tells.
fn runs_for(pid: Pid, folder: &Path) -> bool {
    let line = fs::read(format!("/proc/{}/cmdline", pid.as_raw_nonzero())).unwrap_or_default();
    let folder = folder.as_os_str().as_encoded_bytes();
    line.split(|b| *b == 0).any(|word| word == folder)
}

/// Where the service listens.
pub fn socket(folder: &Path) -> PathBuf {
    folder.join("socket")
}

/// What is played.
pub fn sound(folder: &Path) -> PathBuf {
    folder.join("sound.wav")
}

/// Writes what the service reads.
fn configure(folder: &Path, setup: &Setup) -> io::Result<()> {
    let Setup { module, binary, .. } = setup;
    fs::create_dir(folder.join("log"))?;
    let modules = folder.join("modules");
    if let Some(own) = &setup.generic {
        fs::create_dir(&modules)?;
        let settings = generic::settings(own);
        fs::write(modules.join(format!("{module}.conf")), settings)?;
    } else if Path::new(MODULE_SETTINGS).is_dir() {
        std::os::unix::fs::symlink(MODULE_SETTINGS, modules)?;
    }
    // A service without clients ends by itself: nothing stays when its owner and
    // the helper are killed.
    // The generic module knows the letters of its own language alone.
    let language = setup.generic.as_ref().map_or("zh", |g| g.language.as_str());
    let service = format!(
        "AudioOutputMethod \"alsa\"\nAddModule \"{module}\" \"{binary}\" \"{module}.conf\"\n\
         DefaultModule {module}\nDefaultLanguage \"{language}\"\nTimeout 5\n"
    );
    fs::write(folder.join("speechd.conf"), service)?;
    let alsa = format!(
        "pcm.nul {{ type null }}\n\
         pcm.!default {{ type file slave.pcm \"nul\" file \"{}\" format \"wav\" }}\n\
         ctl.!default {{ type null }}\n",
        sound(folder).display()
    );
    fs::write(folder.join("asound.conf"), alsa)
}

/// Where eSpeak NG's module finds its data, when it need not list variants. It
/// works without as well, and starts more slowly.
fn espeak_data(folder: &Path, setup: &Setup) -> Option<PathBuf> {
    if setup.binary != espeak::MODULE || setup.variants {
        return None;
    }
    let data = fs::canonicalize(store::espeak_data()?).ok()?;
    let own = espeak::without_variants(&data, folder);
    own.inspect_err(|e| log::info!("eSpeak NG is asked for all its variants: {e}"))
        .ok()
}

/// The last lines of the service's log, told behind a message.
fn last_words(folder: &Path) -> String {
    let text = fs::read(folder.join("log/speech-dispatcher.log")).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let said = |line: &str| {
        // `[Fri Nov 27 04:40:55 2026 : 676604] speechd: ` stands before every one.
        let line = line.split_once("] speechd:").map_or(line, |(_, said)| said);
        line.trim().to_string()
    };
    let lines: Vec<String> = text.lines().map(said).filter(|l| !l.is_empty()).collect();
    let last = lines.len().saturating_sub(LOG_LINES);
    if lines.is_empty() {
        return String::new();
    }
    format!("; its log ends: {}", lines[last..].join(" / "))
}

/// What of the service or of a module's program is not installed, with what to
/// do. Where modules lie in no folder known here, none is missed.
pub fn missing(setup: &Setup) -> Option<Fault> {
    let Setup { module, binary, .. } = setup;
    let install = || setup.install.clone();
    if store::find_program(PROGRAM).is_none() {
        return Some(Fault::new(format!("the program `{PROGRAM}`")).help(install()));
    }
    let libraries = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let around = libraries.map(|entry| entry.path());
    let around = around.chain(["/usr/lib", "/usr/lib64", "/usr/libexec"].map(PathBuf::from));
    let mut folders = around
        .map(|at| at.join(MODULES))
        .filter(|at| at.is_dir())
        .peekable();
    folders.peek()?;
    if folders.any(|at| at.join(binary).is_file()) {
        return None;
    }
    let what = format!("the program `{binary}` of the module `{module}`");
    Some(Fault::new(what).help(install()))
}

/// The fault of a service that cannot be run.
pub fn not_started(setup: &Setup, error: &io::Error) -> Fault {
    let fault = match error.kind() {
        ErrorKind::NotFound => Fault::new(format!(
            "the platform's voices are spoken by `{PROGRAM}`, which is not installed"
        )),
        _ => Fault::new(format!("cannot run `{PROGRAM}`: {error}")),
    };
    fault.help(setup.install.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_log_is_told_without_its_dates() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(last_words(dir.path()), "");
        fs::create_dir(dir.path().join("log")).unwrap();
        let line = |text: &str| format!("[Fri Nov 27 04:40:55 2026 : 676604] speechd: {text}\n");
        let log: String = ["a", "b", "c", "d", "e"].map(line).concat();
        fs::write(dir.path().join("log/speech-dispatcher.log"), log).unwrap();
        assert_eq!(last_words(dir.path()), "; its log ends: b / c / d / e");
    }
}
