//! A desk to run the program at: a folder of its own, a home of its own.

#![allow(dead_code, reason = "each test file uses another part of it")]

pub mod tools;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A temporary folder in which the program runs as a user would run it.
pub struct Desk {
    dir: tempfile::TempDir,
}

/// What a run left on the terminal.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Desk {
    pub fn new() -> Self {
        Desk {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.dir.path().join(file)
    }

    pub fn write(&self, file: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// The program, ready to run in this folder. What listeners hold is only made where
    /// a test asks for it.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tingbao"));
        command
            .args(args)
            .current_dir(self.dir.path())
            .env("TINGBAO_HOME", self.path("home"))
            .env_remove("RUST_LOG")
            .env("TINGBAO_LISTENER", "none")
            .env_remove("TINGBAO_WORKERS");
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        Run::from(self.command(args).output().unwrap())
    }

    /// Builds an issue by the tone voice, made into these forms for listeners.
    pub fn tone(&self, issue: &str, forms: &str, out: &str) -> Run {
        let listener = format!("--listener={forms}");
        self.run(&["build", &listener, issue, "--cast", "tone", "-q", "-o", out])
    }

    /// The sample issue, copied so that a test may edit it.
    pub fn sample_issue(&self) -> &Self {
        copy(
            &root().join("issues/2026-11-hewan"),
            &self.path("issues/hewan"),
        );
        self
    }

    /// A small issue of one article with this front matter and body.
    pub fn issue(&self, folder: &str, front: &str, body: &str) -> &Self {
        self.write(
            &format!("{folder}/issue.toml"),
            "paper = \"荷湾社区报\"\ncast = \"tone\"\n",
        );
        self.write(
            &format!("{folder}/articles/01-a.md"),
            format!("+++\n{front}\n+++\n\n{body}\n"),
        )
    }

    pub fn edition(&self, folder: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(&format!("{folder}/edition.json"))).unwrap()
    }

    /// The files below `folder`, sorted.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let base = self.path(folder);
        let mut files = Vec::new();
        walk(&base, &base, &mut files);
        files.sort();
        files
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Run {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The project's own folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap().path();
        let to = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &to);
        } else {
            fs::copy(&entry, &to).unwrap();
        }
    }
}

fn walk(base: &Path, dir: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(base, &path, files);
        } else {
            files.push(
                path.strip_prefix(base)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_string(),
            );
        }
    }
}
