//! One run of a program: what it is given, what it answers, how long it may take.

use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::diag::{Fault, Result};

/// The largest answer that is taken, in bytes: a page drawn at the largest size.
const MOST: u64 = 512 << 20;
/// How much of a program's complaints is kept, in bytes.
const COMPLAINTS: u64 = 64 << 10;

/// A program of the system.
pub(super) struct Tool {
    /// Its name.
    pub program: &'static str,
    /// What it is for: "page images are recognised".
    pub does: &'static str,
    /// The Debian packages that hold it and what it needs.
    pub packages: &'static str,
}

/// What a program left.
struct Answer {
    stdout: Vec<u8>,
    stderr: String,
    success: bool,
}

impl Tool {
    /// Runs the program with `input` on its standard input and gives what it
    /// writes to its standard output.
    ///
    /// # Errors
    /// When it is not there, fails, answers endlessly, or takes longer than
    /// `patience`.
    pub fn run(&self, args: &[&str], input: &[u8], patience: Duration) -> Result<Vec<u8>> {
        let mut command = Command::new(self.program);
        command.args(args).env("OMP_THREAD_LIMIT", "1");
        // Messages are looked into, so they must be those that are known.
        command.env("LC_ALL", "C");
        log::info!("running {command:?}");
        let child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| self.not_started(&e))?;
        let answer = talk(child, input, patience).ok_or_else(|| {
            Fault::new(format!(
                "`{}` was stopped: it took longer than {} minutes or answered without end",
                self.program,
                patience.as_secs() / 60
            ))
            .help("look whether the file shows a page; try it with fewer dots an inch")
        })?;
        if answer.success {
            return Ok(answer.stdout);
        }
        Err(self.failed(&answer.stderr))
    }

    fn not_started(&self, error: &std::io::Error) -> Fault {
        let (program, does) = (self.program, self.does);
        match error.kind() {
            ErrorKind::NotFound => Fault::new(format!(
                "{does} by the program `{program}`, which is not installed"
            ))
            .help(format!(
                "install it (Debian: apt install {})",
                self.packages
            )),
            _ => Fault::new(format!("cannot run `{program}`: {error}")).help(format!(
                "install it anew (Debian: apt install {})",
                self.packages
            )),
        }
    }

    fn failed(&self, stderr: &str) -> Fault {
        let stderr = stderr.trim();
        if stderr.contains("chi_sim") {
            return Fault::new("Tesseract's model of Chinese is not installed")
                .help("install it (Debian: apt install tesseract-ocr-chi-sim)");
        }
        if stderr.contains("Incorrect password") {
            return Fault::new("the PDF is locked with a password")
                .help("save it without a password");
        }
        let said = stderr.lines().map(str::trim).rfind(|l| !l.is_empty());
        Fault::new(format!(
            "`{}` failed: {}",
            self.program,
            said.unwrap_or("it gave no reason")
        ))
        .help("look whether the file is whole and opens in a viewer")
    }
}

/// Gives the child its input and takes its answer; `None` when it was stopped.
fn talk(mut child: Child, input: &[u8], patience: Duration) -> Option<Answer> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(move || {
            // A program that has read enough closes its end: no failure.
            let _ = stdin.map(|mut pipe| pipe.write_all(input));
        });
        let complaints = scope.spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.map(|mut pipe| {
                let _ = pipe.by_ref().take(COMPLAINTS).read_to_end(&mut text);
                // The rest is read too, or the program would wait for it.
                std::io::copy(&mut pipe, &mut std::io::sink())
            });
            String::from_utf8_lossy(&text).into_owned()
        });
        let (done, answered) = mpsc::channel();
        scope.spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.map(|pipe| pipe.take(MOST + 1).read_to_end(&mut bytes));
            let whole = matches!(read, Some(Ok(n)) if n as u64 <= MOST);
            // Nobody listens any more when the patience was over.
            let _ = done.send(whole.then_some(bytes));
        });
        let stdout = answered.recv_timeout(patience).ok().flatten();
        if stdout.is_none() {
            // It may have ended by itself in this moment.
            let _ = child.kill();
        }
        let status = child.wait();
        let stderr = complaints.join().unwrap_or_default();
        Some(Answer {
            stdout: stdout?,
            stderr,
            success: status.is_ok_and(|s| s.success()),
        })
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const CAT: Tool = Tool {
        program: "cat",
        does: "nothing is done",
        packages: "coreutils",
    };

    #[test]
    fn much_goes_through_a_program() {
        let input = vec![7; 3 << 20];
        assert_eq!(
            CAT.run(&[], &input, Duration::from_secs(60)).unwrap(),
            input
        );
    }

    #[test]
    fn what_goes_wrong_is_told() {
        let minute = Duration::from_secs(60);
        assert_eq!(
            CAT.run(&["/no/such/file"], b"", minute)
                .unwrap_err()
                .to_string(),
            "error: `cat` failed: cat: /no/such/file: No such file or directory\n  \
             help: look whether the file is whole and opens in a viewer"
        );
        let none = Tool {
            program: "tingbao-no-such-program",
            ..CAT
        };
        assert_eq!(
            none.run(&[], b"", minute).unwrap_err().to_string(),
            "error: nothing is done by the program `tingbao-no-such-program`, which is not \
             installed\n  help: install it (Debian: apt install coreutils)"
        );
        let sleep = Tool {
            program: "sleep",
            ..CAT
        };
        let fault = sleep
            .run(&["60"], b"", Duration::from_millis(50))
            .unwrap_err();
        assert!(
            fault.message.starts_with("`sleep` was stopped: "),
            "{fault}"
        );
        let yes = Tool {
            program: "yes",
            ..CAT
        };
        assert!(yes.run(&[], b"", minute).is_err());
    }
}
