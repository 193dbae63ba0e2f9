//! The engine's end of a helper process: starts it, asks, waits with a limit,
//! and leaves nothing behind.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::dispatcher;
use super::wire::Answer;
use crate::diag::{Fault, Result};
use crate::model::{Pcm, SampleRate};
use crate::speech::platform::{Say, Setup};
use crate::store::{self, Scratch};

/// Longer than the helper itself waits for anything.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long the helper may take to put things away when its input ends.
const FAREWELL: Duration = Duration::from_secs(4);
/// The longest path of the folder of a service, in bytes.
const LONGEST_PATH: usize = 90;
/// The longest answer that is taken: an hour of sound at 48 kHz.
const MOST_FRAMES: usize = 3600 * 48_000;

/// Why something was not said.
pub enum Trouble {
    /// The service goes on; what it was given is to blame.
    Refused(Fault),
    /// The service is gone or hangs.
    Gone(Fault),
}

/// A helper process and the service it keeps.
pub struct Teller {
    /// What it was set up with.
    pub setup: Setup,
    helper: Child,
    /// `None` once it was told that nothing more will come.
    input: Option<ChildStdin>,
    answers: Receiver<(Answer, Vec<u8>)>,
    folder: PathBuf,
}

impl Teller {
    /// Starts a helper and waits until its service runs.
    ///
    /// # Errors
    /// When the service does not run.
    pub fn start(setup: &Setup) -> Result<Teller> {
        let folder = Scratch::path(dispatcher::KIND);
        fits(&folder)?;
        let program = store::own_program()?;
        let mut address = std::ffi::OsString::from("unix_socket:");
        address.push(dispatcher::socket(&folder));
        let mut helper = Command::new(program)
            .args(["dev", "capture"])
            .arg(&folder)
            .env("SPEECHD_ADDRESS", address)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // A group of its own: Ctrl-C reaches only us, and we end all of it.
            .process_group(0)
            .spawn()
            .map_err(|e| Fault::new(format!("cannot start the helper of the voice: {e}")))?;
        let (sender, answers) = mpsc::channel();
        let output = helper.stdout.take();
        thread::spawn(move || {
            let mut output = BufReader::new(output?);
            // It ends with the helper, or when nobody listens any more.
            while let Some(answer) = listen(&mut output) {
                sender.send(answer).ok()?;
            }
            Some(())
        });
        let mut teller = Teller {
            setup: setup.clone(),
            input: helper.stdin.take(),
            helper,
            answers,
            folder,
        };
        match teller.ask(setup) {
            Ok((Answer::Ready, _)) => Ok(teller),
            Ok((Answer::Failed { why, help, .. }, _)) => Err(fault(why, help)),
            Ok((Answer::Said { .. }, _)) => Err(teller.silent("answers what nobody asked")),
            Err(fault) => Err(fault),
        }
    }

    /// Has something said.
    ///
    /// # Errors
    /// Which of the two was to blame; after [`Trouble::Gone`] this teller is of no
    /// more use.
    pub fn say(&mut self, say: &Say) -> Result<Pcm, Trouble> {
        match self.ask(say).map_err(Trouble::Gone)? {
            (Answer::Said { rate, .. }, bytes) => Ok(Pcm {
                rate: SampleRate(rate),
                samples: (bytes.as_chunks::<2>().0.iter())
                    .map(|b| f32::from(i16::from_le_bytes(*b)) / 32768.0)
                    .collect(),
            }),
            (Answer::Failed { why, help, alive }, _) if alive => {
                Err(Trouble::Refused(fault(why, help)))
            }
            (Answer::Failed { why, help, .. }, _) => Err(Trouble::Gone(fault(why, help))),
            (Answer::Ready, _) => Err(Trouble::Gone(self.silent("answers what nobody asked"))),
        }
    }

    /// The fault of a helper that does not do what it should.
    fn silent(&self, what: &str) -> Fault {
        let who = "the helper of the platform's speech service";
        Fault::new(format!("{who} {what}")).help(self.setup.install.clone())
    }

    /// One line there and one answer back.
    fn ask(&mut self, question: &impl serde::Serialize) -> Result<(Answer, Vec<u8>)> {
        let line = serde_json::to_string(question)
            .map_err(|e| Fault::new(format!("cannot write down what to say: {e}")))?;
        let told = self.input.as_mut().map(|input| {
            input.write_all(line.as_bytes())?;
            input.write_all(b"\n")?;
            input.flush()
        });
        if !matches!(told, Some(Ok(()))) {
            return Err(self.silent("ended in the middle of its work"));
        }
        match self.answers.recv_timeout(PATIENCE) {
            Ok(answer) => Ok(answer),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                Err(self.silent("ended in the middle of its work"))
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {
                Err(self.silent("does not answer within thirty seconds"))
            }
        }
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        drop(self.input.take());
        // The reading thread ends with the helper and closes the channel; answers
        // that still come are of no use.
        while self.answers.recv_timeout(FAREWELL).is_ok() {}
        if !matches!(self.helper.try_wait(), Ok(Some(_))) {
            // It hangs or is about to end; the group holds its service too.
            let _ = kill_process_group(Pid::from_child(&self.helper), Signal::KILL);
        }
        let _ = self.helper.wait();
        remove(&self.folder);
    }
}

/// Whether a service can live in this folder: its socket's address has some 100 bytes,
/// and its settings know no spaces.
fn fits(folder: &Path) -> Result<()> {
    let path = folder.display().to_string();
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\\');
    if path.len() <= LONGEST_PATH && !path.contains(odd) {
        return Ok(());
    }
    Err(Fault::new(format!(
        "the platform's speech service cannot work in `{path}`: the path has a space, or more than \
         {LONGEST_PATH} bytes"
    ))
    .help("name another folder for temporary files in TMPDIR, such as /tmp"))
}

/// Removes what a helper that was killed could not remove itself.
fn remove(folder: &Path) {
    if let Err(e) = store::remove_folder(folder) {
        log::warn!("{e}");
    }
}

/// The next answer with the samples behind it; `None` at the end.
fn listen(output: &mut impl BufRead) -> Option<(Answer, Vec<u8>)> {
    let mut line = String::new();
    output.read_line(&mut line).ok().filter(|n| *n > 0)?;
    let answer: Answer = serde_json::from_str(&line).ok()?;
    let mut bytes = Vec::new();
    if let Answer::Said { frames, .. } = answer {
        let length = 2 * frames.min(MOST_FRAMES);
        output.take(length as u64).read_to_end(&mut bytes).ok()?;
        (bytes.len() == length).then_some(())?;
    }
    Some((answer, bytes))
}

fn fault(why: String, help: Option<String>) -> Fault {
    let fault = Fault::new(why);
    match help {
        Some(help) => fault.help(help),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_with_its_samples_or_not_at_all() {
        let whole =
            b"{\"answer\":\"said\",\"rate\":8000,\"frames\":2}\nabcd{\"answer\":\"ready\"}\n";
        let mut input = &whole[..];
        let said = Answer::Said {
            rate: 8000,
            frames: 2,
        };
        assert_eq!(listen(&mut input), Some((said, b"abcd".to_vec())));
        assert_eq!(listen(&mut input), Some((Answer::Ready, Vec::new())));
        assert_eq!(listen(&mut input), None);
        assert_eq!(listen(&mut &whole[..43]), None);
        assert_eq!(listen(&mut &b"Segmentation fault\n"[..]), None);
    }
}
