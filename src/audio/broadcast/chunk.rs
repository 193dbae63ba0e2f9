//! Chunks: a name of four characters, a length, the content, padded to an even length.

use crate::diag::{Fault, Result};

/// Adds a chunk. Its length does not count the byte that makes it even.
///
/// # Errors
/// A content that a length of 32 bits cannot tell.
pub fn put(name: &[u8; 4], content: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let length = u32::try_from(content.len()).map_err(|_| {
        Fault::new(format!(
            "the chunk `{}` would have {} bytes, more than its length can tell",
            String::from_utf8_lossy(name),
            content.len()
        ))
        .help("please report this as a bug")
    })?;
    out.extend_from_slice(name);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(content);
    if !content.len().is_multiple_of(2) {
        out.push(0);
    }
    Ok(())
}

/// Text of any length with a zero behind, as `LIST` chunks hold it.
pub fn text(text: &str) -> Vec<u8> {
    let mut bytes: Vec<u8> = text.bytes().filter(|b| *b != 0).collect();
    bytes.push(0);
    bytes
}
