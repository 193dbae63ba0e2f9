//! eSpeak NG's data without its variants.
//!
//! eSpeak NG's module offers every voice in every of some hundred variants
//! (`Chinese+Adam`), 13,362 voices in 1.51. The service reads that list byte by
//! byte when it starts, and twice more before it takes the first voice: 0.7 s for
//! names that nobody asked for. The module finds its data by `ESPEAK_DATA_PATH`
//! (`espeak_ng_InitializePath`): a folder of links that lacks `voices/!v` makes it
//! offer the 131 voices alone.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::store::ESPEAK_DATA;

/// The module's program.
pub const MODULE: &str = "sd_espeak-ng";
/// The variable that tells where the data lies.
pub const VARIABLE: &str = "ESPEAK_DATA_PATH";
/// The folder of the variants, in the folder `voices`.
const VARIANTS: &str = "!v";

/// Makes in `folder` a folder of links to all of `data` but the variants; gives
/// what [`VARIABLE`] must be.
///
/// # Errors
/// When the data cannot be listed or the folder not be made.
pub fn without_variants(data: &Path, folder: &Path) -> io::Result<PathBuf> {
    let own = folder.join(ESPEAK_DATA);
    fs::create_dir_all(own.join("voices"))?;
    links(data, &own, "voices")?;
    links(&data.join("voices"), &own.join("voices"), VARIANTS)?;
    Ok(folder.to_path_buf())
}

/// Links to everything in a folder but one.
fn links(from: &Path, to: &Path, but: &str) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_name() != but {
            symlink(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_linked_but_the_variants() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        for folder in ["lang/sit", "voices/!v", "voices/mb"] {
            fs::create_dir_all(data.join(folder)).unwrap();
        }
        fs::write(data.join("phontab"), "p").unwrap();
        fs::write(data.join("lang/sit/cmn"), "name Chinese").unwrap();
        let to = dir.path().join("own");
        fs::create_dir(&to).unwrap();
        assert_eq!(without_variants(&data, &to).unwrap(), to);
        let own = to.join(ESPEAK_DATA);
        assert_eq!(
            fs::read_to_string(own.join("lang/sit/cmn")).unwrap(),
            "name Chinese"
        );
        assert!(own.join("phontab").exists() && own.join("voices/mb").exists());
        assert!(!own.join("voices/!v").exists());
        assert!(without_variants(&dir.path().join("no"), &to).is_err());
    }
}
