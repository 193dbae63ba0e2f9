//! Programs of others that tests ask, at pinned versions, fetched once into the folder
//! for what tests make.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use super::root;

/// One installation at a time; tests run side by side.
static INSTALLING: Mutex<()> = Mutex::new(());

/// Runs a program that must succeed.
pub fn done(command: &mut Command) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// The packages of `tests/<name>/package-lock.json`, installed beside copies of the
/// files there.
pub fn npm(name: &str) -> PathBuf {
    let from = root().join("tests").join(name);
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-packages"));
    once(
        &from.join("package-lock.json"),
        &to,
        || {
            fs::create_dir_all(&to).unwrap();
            for entry in fs::read_dir(&from).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
                }
            }
        },
        || {
            let mut npm = Command::new("npm");
            npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
            done(npm.current_dir(&to));
        },
    );
    to
}

/// The Python packages of `tests/<name>/requirements.txt`, for `PYTHONPATH`. Where it
/// has hashes, all must have them.
pub fn pip(name: &str) -> PathBuf {
    let list = root().join("tests").join(name).join("requirements.txt");
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-python"));
    once(
        &list,
        &to,
        || (),
        || {
            let mut pip = Command::new("python3");
            pip.args(["-m", "pip", "install", "-q", "--no-deps", "--upgrade"]);
            if fs::read_to_string(&list).unwrap().contains("--hash") {
                pip.arg("--require-hashes");
            }
            done(pip.arg("-r").arg(&list).arg("--target").arg(&to));
        },
    );
    to
}

/// Prepares a folder, and installs into it unless just this list was installed there
/// before. The list is copied last: an installation that broke off does not count.
fn once(list: &Path, to: &Path, prepare: impl FnOnce(), install: impl FnOnce()) {
    let _alone = INSTALLING.lock().unwrap_or_else(|e| e.into_inner());
    let wanted = fs::read(list).unwrap();
    let installed = to.join("installed");
    prepare();
    if fs::read(&installed).ok().as_ref() != Some(&wanted) {
        install();
        fs::write(&installed, wanted).unwrap();
    }
}
