//! Words to the user.

use std::io::{self, ErrorKind, Write};

use crate::diag::{Fault, Result};

/// Prints to standard output. A reader that went away (`| head`) is no error.
///
/// # Errors
/// Any other trouble with standard output, such as a full disk behind it.
pub fn out(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => {
            Err(Fault::new(format!("cannot write to standard output: {e}")))
        }
        _ => Ok(()),
    }
}

/// One JSON object as a line.
///
/// # Errors
/// As [`out`].
pub fn json(value: &impl serde::Serialize) -> Result<()> {
    let line = serde_json::to_string(value)
        .map_err(|e| Fault::new(format!("cannot write the report as JSON: {e}")))?;
    out(&(line + "\n"))
}

/// A length as a clock shows it, `1:02:03` or `4:05`.
pub fn clock(seconds: f64) -> String {
    let s = seconds.max(0.0).round() as u64;
    match (s / 3600, s / 60 % 60, s % 60) {
        (0, m, s) => format!("{m}:{s:02}"),
        (h, m, s) => format!("{h}:{m:02}:{s:02}"),
    }
}

/// A size as people say it.
pub fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_as_on_a_clock() {
        for (seconds, text) in [
            (0.0, "0:00"),
            (59.6, "1:00"),
            (65.0, "1:05"),
            (3723.0, "1:02:03"),
        ] {
            assert_eq!(clock(seconds), text);
        }
    }
}
