//! Places in the sound: `cue ` and, in `LIST`/`adtl`, their names and lengths.

use super::chunk;
use crate::diag::Result;
use crate::model::Frames;

/// A stretch of the sound with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Its first frame.
    pub at: Frames,
    /// How long it is.
    pub length: Frames,
    /// What is there.
    pub label: String,
}

/// The contents of the two chunks; `None` when there is nothing to mark. Places that
/// 32 bits cannot tell (behind the first day at 48 kHz) are left out.
pub fn contents(markers: &[Marker]) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
    let told: Vec<(u32, u32, &str)> = markers
        .iter()
        .filter_map(|m| {
            let at = u32::try_from(m.at.0).ok()?;
            Some((at, u32::try_from(m.length.0).ok()?, m.label.as_str()))
        })
        .collect();
    if told.is_empty() {
        return Ok(None);
    }
    let mut cue = (told.len() as u32).to_le_bytes().to_vec();
    let mut adtl = b"adtl".to_vec();
    for (id, (at, _, _)) in (1u32..).zip(&told) {
        cue.extend_from_slice(&id.to_le_bytes());
        cue.extend_from_slice(&at.to_le_bytes());
        cue.extend_from_slice(b"data");
        // Beginnings of chunk and block: there is one chunk of samples, and no blocks.
        cue.extend_from_slice(&[0; 8]);
        cue.extend_from_slice(&at.to_le_bytes());
    }
    for (id, (_, _, label)) in (1u32..).zip(&told) {
        let mut labl = id.to_le_bytes().to_vec();
        labl.extend_from_slice(&chunk::text(label));
        chunk::put(b"labl", &labl, &mut adtl)?;
    }
    for (id, (_, length, _)) in (1u32..).zip(&told) {
        let mut ltxt = id.to_le_bytes().to_vec();
        ltxt.extend_from_slice(&length.to_le_bytes());
        ltxt.extend_from_slice(b"rgn ");
        // Country, language, dialect and code page: not said.
        ltxt.extend_from_slice(&[0; 8]);
        chunk::put(b"ltxt", &ltxt, &mut adtl)?;
    }
    Ok(Some((cue, adtl)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_name_and_a_length() {
        let marker = |at, length, label: &str| Marker {
            at: Frames(at),
            length: Frames(length),
            label: label.into(),
        };
        let (cue, adtl) = contents(&[
            marker(0, 5, "一"),
            marker(5, 1 << 32, "never"),
            marker(9, 2, "b"),
        ])
        .unwrap()
        .unwrap();
        assert_eq!(cue.len(), 4 + 2 * 24);
        assert_eq!(&cue[..4], [2, 0, 0, 0]);
        assert_eq!(&cue[28..36], [2, 0, 0, 0, 9, 0, 0, 0]);
        assert_eq!(&cue[36..40], b"data");
        assert_eq!(&cue[48..52], [9, 0, 0, 0]);
        assert_eq!(&adtl[..20], b"adtllabl\x08\0\0\0\x01\0\0\0\xE4\xB8\x80\0");
        assert_eq!(adtl.len(), 4 + 16 + 14 + 2 * 28);
        assert_eq!(contents(&[]).unwrap(), None);
    }
}
