//! The set in a station's folder.

use std::fs;
use std::process::Command;

use crate::common::{Desk, Run};
use crate::{OUT, desk, issue, made};

fn deliver(desk: &Desk) -> Run {
    desk.run(&["deliver", OUT, "--to", "station", "--json"])
}

/// Every file of a playlist, with what is in it.
fn playable(desk: &Desk) -> Vec<Vec<u8>> {
    let list = desk.read("station/playlist.m3u");
    (list.lines().filter(|l| !l.starts_with('#')))
        .map(|l| fs::read(l.rsplit_once("\":").unwrap().1).unwrap())
        .collect()
}

#[test]
fn a_corrected_issue_takes_the_place_of_the_first() {
    let desk = desk(&["--radio"]);
    let run = deliver(&desk);
    assert_eq!(run.code, Some(0), "{run:?}");
    let first = desk.files("station");
    assert!(first.iter().any(|f| f.contains("01-huatan")), "{first:?}");
    let run = deliver(&desk);
    assert!(run.stdout.contains("\"written\":0"), "{run:?}");
    assert_eq!(desk.files("station"), first);

    // The set is made again with the edition.
    issue(&desk, "路口新装红绿灯");
    let run = desk.run(&["build", "issues/bao", "-q", "-o", OUT]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let run = deliver(&desk);
    assert_eq!(run.code, Some(0), "{run:?}");
    let second = desk.files("station");
    assert!(second.iter().any(|f| f.contains("01-lukou")), "{second:?}");
    assert!(
        !second.iter().any(|f| f.contains("01-huatan")),
        "{second:?}"
    );
    assert_eq!(second.len(), first.len());
    assert_eq!(playable(&desk).len(), 5);
    // The same cuts, by whatever name their files have.
    let list = desk.read("station/playlist.m3u");
    let cut = "tingbao_cut=\"hewanshequbao-s-20261124-01\"";
    assert_eq!(list.matches(cut).count(), 1, "{list}");
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let desk = desk(&["--radio"]);
    desk.write("station/jingle.mp3", "x");
    let run = deliver(&desk);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("holds no delivery of ours"), "{run:?}");
    assert_eq!(desk.files("station"), ["jingle.mp3"]);
    let inside = format!("{OUT}/station");
    let run = desk.run(&["deliver", OUT, "--to", &inside]);
    assert!(run.stderr.contains("lies inside the edition"), "{run:?}");
    assert!(!desk.path(&inside).exists());
    desk.write(
        "other/.tingbao-radio.json",
        "{\"format\":1,\"edition\":\"\",\"files\":{\"../x\":\"\"}}",
    );
    desk.write("x", "mine");
    let run = desk.run(&["deliver", OUT, "--to", "other"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("lies elsewhere"), "{run:?}");
    assert_eq!(desk.read("x"), "mine");
}

#[test]
fn what_is_not_there_or_not_whole_is_not_delivered() {
    let desk = desk(&["--radio"]);
    let flac = desk.files(&format!("{OUT}/radio/library")).remove(0);
    desk.write(&format!("{OUT}/radio/library/{flac}"), "damaged");
    let run = deliver(&desk);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("altered or cut short"), "{run:?}");
    assert!(!desk.path("station").exists());
    desk.run(&["export", OUT, "-q", "--radio=none"]);
    let run = deliver(&desk);
    assert!(run.stderr.contains("export EDITION --radio"), "{run:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_programme_playable() {
    let desk = desk(&["--radio"]);
    let set = desk.files(&format!("{OUT}/radio"));
    let size: u64 = (set.iter())
        .map(|f| {
            fs::metadata(desk.path(&format!("{OUT}/radio/{f}")))
                .unwrap()
                .len()
        })
        .sum();
    fs::rename(desk.path(OUT), desk.path("first")).unwrap();
    issue(&desk, "路口新装红绿灯");
    desk.write(
        "issues/bao/articles/04-d.md",
        "+++\nheadline = \"又一篇\"\n+++\n\n多出来的一篇。\n",
    );
    made(&desk, &["--radio", "--bits", "24"]);
    // Room for one set and a little more.
    let kilobytes = size * 5 / 4 / 1024;
    let program = env!("CARGO_BIN_EXE_tingbao");
    let script = format!(
        "mkdir -p mnt && mount -t tmpfs -o size={kilobytes}k tmpfs mnt && \
         {program} deliver first --to mnt/station -q && \
         (cd mnt/station && find . -type f | sort | xargs sha256sum) > before.txt && \
         {{ {program} deliver {OUT} --to mnt/station -q; code=$?; \
         (cd mnt/station && find . -type f | sort | xargs sha256sum) > after.txt; exit $code; }}"
    );
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .current_dir(desk.path("."))
        .env("TINGBAO_HOME", desk.path("home"))
        .output()
        .unwrap();
    let run = Run::from(output);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("no space left on the disk"), "{run:?}");
    assert_eq!(desk.read("before.txt"), desk.read("after.txt"));
}
