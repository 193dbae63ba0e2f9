//! How chunks lie in a file.

use super::{RIFF, Report, long};

/// One chunk.
pub struct Chunk<'a> {
    /// Its name.
    pub name: [u8; 4],
    /// Where its content begins.
    pub at: usize,
    /// Its content.
    pub content: &'a [u8],
}

/// The chunks in order; `None` when it is no such file.
pub fn chunks<'a>(name: &str, bytes: &'a [u8], report: &mut Report) -> Option<Vec<Chunk<'a>>> {
    let long_form = match (bytes.get(..4), bytes.get(8..12)) {
        (Some(b"RIFF"), Some(b"WAVE")) => false,
        (Some(b"RF64"), Some(b"WAVE")) => true,
        _ => {
            report.file(name, RIFF, "it begins as no RIFF or RF64 file with WAVE");
            return None;
        }
    };
    let told = match long_form {
        true => {
            if long(bytes, 4) != Some(u32::MAX) || bytes.get(12..16) != Some(b"ds64") {
                report.file(name, RIFF, "an RF64 file does not begin with `ds64`");
                return None;
            }
            wide(bytes, 20)?
        }
        false => u64::from(long(bytes, 4)?),
    };
    if told.checked_add(8) != Some(bytes.len() as u64) {
        let message = format!("it tells of {told} bytes and has {}", bytes.len() - 8);
        report.file(name, RIFF, message);
    }
    let mut list = Vec::new();
    let mut at = 12;
    while at < bytes.len() {
        let (Some(head), Some(told)) = (bytes.get(at..at + 4), long(bytes, at + 4)) else {
            report.file(name, RIFF, format!("byte {at} begins no chunk"));
            break;
        };
        let shown = String::from_utf8_lossy(head).into_owned();
        let length = match (long_form, head) {
            (true, b"data") if told == u32::MAX => usize::try_from(wide(bytes, 28)?).ok()?,
            _ => told as usize,
        };
        let from = at + 8;
        let content = from.checked_add(length).and_then(|to| bytes.get(from..to));
        let Some(content) = content else {
            let message = format!("the chunk `{shown}` of {length} bytes is cut short");
            report.file(name, RIFF, message);
            break;
        };
        if !head.iter().all(|b| (b' '..=b'~').contains(b)) {
            report.file(name, RIFF, format!("`{shown}` is no name of a chunk"));
        }
        if !length.is_multiple_of(2) && bytes.get(from + length) != Some(&0) {
            report.file(name, RIFF, format!("the chunk `{shown}` is not made even"));
        }
        let mut own = [0; 4];
        own.copy_from_slice(head);
        list.push(Chunk {
            name: own,
            at: from,
            content,
        });
        at = from + length.next_multiple_of(2);
    }
    Some(list)
}

/// How many frames `ds64` tells of.
pub fn told_frames(bytes: &[u8]) -> Option<u64> {
    (bytes.get(..4) == Some(b"RF64")).then(|| wide(bytes, 36))?
}

fn wide(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(long(bytes, at)?) | u64::from(long(bytes, at + 4)?) << 32)
}
