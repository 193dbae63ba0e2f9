//! Where programs lie.

use std::path::{Path, PathBuf};

use crate::diag::{Fault, Result};

/// This program's own file, to run it as a helper of itself.
///
/// # Errors
/// When the system does not tell.
pub fn own_program() -> Result<PathBuf> {
    std::env::current_exe()
        .map_err(|e| Fault::new(format!("cannot tell where this program lies: {e}")))
}

/// The file that would be run by this name: the name itself when it is a path,
/// else the first of that name in the folders of `PATH`.
pub fn find_program(name: &str) -> Option<PathBuf> {
    if Path::new(name).components().count() > 1 {
        return Some(PathBuf::from(name)).filter(|p| p.is_file());
    }
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    (std::env::split_paths(&path).map(|folder| folder.join(&file))).find(|p| p.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_by_name_and_by_path() {
        let own = own_program().unwrap();
        assert_eq!(find_program(own.to_str().unwrap()), Some(own));
        assert_eq!(find_program("no-such-program-of-tingbao"), None);
        assert_eq!(find_program("./no/such/program"), None);
        #[cfg(unix)]
        assert!(find_program("sh").is_some());
    }
}
