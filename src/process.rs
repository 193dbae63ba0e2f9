//! Running a program of the system: input in, answer out, never longer than the
//! caller's patience, nothing of it left behind.

use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The largest answer that is taken, in bytes: a page drawn at the largest size.
const MOST: u64 = 512 << 20;
/// How much of a program's complaints is kept, in bytes.
const COMPLAINTS: u64 = 64 << 10;

/// What a program left.
#[derive(Debug)]
pub struct Answer {
    /// What it wrote to its standard output.
    pub stdout: Vec<u8>,
    /// The beginning of what it wrote to its standard error.
    pub stderr: String,
    /// How it ended.
    pub status: ExitStatus,
}

impl Answer {
    /// The last line of its complaints that says something.
    pub fn complaint(&self) -> Option<&str> {
        (self.stderr.lines().map(str::trim)).rfind(|l| !l.is_empty())
    }
}

/// Runs the command with `input` on its standard input; `None` when it was
/// stopped because it took longer than `patience` or answered without end.
///
/// # Errors
/// When the system cannot start it.
pub fn talk(command: &mut Command, input: &[u8], patience: Duration) -> io::Result<Option<Answer>> {
    log::info!("running {command:?}");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // A group of its own, so that what it started itself can be stopped too.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child = command.spawn()?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    Ok(thread::scope(|scope| {
        scope.spawn(move || {
            // A program that has read enough closes its end: no failure.
            let _ = stdin.map(|mut pipe| pipe.write_all(input));
        });
        let complaints = scope.spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.map(|mut pipe| {
                let _ = pipe.by_ref().take(COMPLAINTS).read_to_end(&mut text);
                // The rest is read too, or the program would wait for it.
                io::copy(&mut pipe, &mut io::sink())
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
            stop(&mut child);
        }
        let status = child.wait();
        let stderr = complaints.join().unwrap_or_default();
        Some(Answer {
            stdout: stdout?,
            stderr,
            status: status.ok()?,
        })
    }))
}

/// Stops a child and what it started. It may have ended by itself in this moment.
fn stop(child: &mut Child) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    }
    let _ = child.kill();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn much_goes_through_a_program_and_its_last_words_are_heard() {
        let input = vec![7; 3 << 20];
        let minute = Duration::from_secs(60);
        let answer = talk(
            &mut shell("cat; echo no >&2; echo >&2; exit 3"),
            &input,
            minute,
        );
        let answer = answer.unwrap().unwrap();
        assert_eq!(answer.stdout, input);
        assert_eq!(answer.complaint(), Some("no"));
        assert_eq!(answer.status.code(), Some(3));
    }

    #[test]
    fn what_a_program_started_is_stopped_with_it() {
        // The inner shell keeps both pipes open.
        let mut hang = shell("sh -c 'sleep 600' & sleep 600");
        let answer = talk(&mut hang, b"", Duration::from_millis(50)).unwrap();
        assert!(answer.is_none());
    }
}
