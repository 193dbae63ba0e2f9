//! One run of a program: what it is given, what it answers, how long it may take.

use std::io::ErrorKind;
use std::process::Command;
use std::time::Duration;

use crate::diag::{Fault, Result};
use crate::process::{self, Answer};

/// A program of the system.
pub(super) struct Tool {
    /// Its name.
    pub program: &'static str,
    /// What it is for: "page images are recognised".
    pub does: &'static str,
    /// The Debian packages that hold it and what it needs.
    pub packages: &'static str,
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
        let answer = process::talk(&mut command, input, patience);
        let answer = answer.map_err(|e| self.not_started(&e))?.ok_or_else(|| {
            Fault::new(format!(
                "`{}` was stopped: it took longer than {} minutes or answered without end",
                self.program,
                patience.as_secs() / 60
            ))
            .help("look whether the file shows a page; try it with fewer dots an inch")
        })?;
        if answer.status.success() {
            return Ok(answer.stdout);
        }
        Err(self.failed(&answer))
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

    fn failed(&self, answer: &Answer) -> Fault {
        let stderr = &answer.stderr;
        if stderr.contains("chi_sim") {
            return Fault::new("Tesseract's model of Chinese is not installed")
                .help("install it (Debian: apt install tesseract-ocr-chi-sim)");
        }
        if stderr.contains("Incorrect password") {
            return Fault::new("the PDF is locked with a password")
                .help("save it without a password");
        }
        Fault::new(format!(
            "`{}` failed: {}",
            self.program,
            answer.complaint().unwrap_or("it gave no reason")
        ))
        .help("look whether the file is whole and opens in a viewer")
    }
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
