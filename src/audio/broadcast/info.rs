//! `LIST`/`INFO`: titles as they are printed.

use super::chunk;
use crate::diag::Result;

/// One text of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// What it is: `INAM` the title, `IART` who made it, `ICRD` the day …
    pub name: [u8; 4],
    /// The text.
    pub text: String,
}

impl Info {
    /// A text by its name.
    pub fn new(name: &[u8; 4], text: impl Into<String>) -> Self {
        Info {
            name: *name,
            text: text.into(),
        }
    }
}

/// The list's content; texts in UTF-8, empty ones left out.
pub fn content(list: &[Info]) -> Result<Vec<u8>> {
    let mut out = b"INFO".to_vec();
    for info in list.iter().filter(|i| !i.text.is_empty()) {
        chunk::put(&info.name, &chunk::text(&info.text), &mut out)?;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_even() {
        let list = [
            Info::new(b"INAM", "一"),
            Info::new(b"IART", ""),
            Info::new(b"ISFT", "ab"),
        ];
        let content = content(&list).unwrap();
        assert_eq!(
            content,
            b"INFOINAM\x04\0\0\0\xE4\xB8\x80\0ISFT\x03\0\0\0ab\0\0"
        );
    }
}
