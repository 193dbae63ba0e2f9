//! The folder at the exchange.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::common::{Desk, Run};
use super::{issue, make, model};

#[test]
fn a_line_is_published_swapped_and_brought_back() {
    let desk = Desk::new();
    for (folder, paper) in [("a", "甲报"), ("b", "乙报"), ("c", "丙报")] {
        issue(&desk, folder, paper, 1);
        make(&desk, folder, &format!("out-{folder}"));
    }
    let publish = |args: &[&str]| {
        let mut all = vec!["hotline", "publish", "--to", "srv", "--json"];
        all.extend(args);
        desk.run(&all)
    };
    let id = |folder: &str| model(&desk, &format!("out-{folder}/hotline")).id;
    let heard = || fs::read_link(desk.path("srv/current")).unwrap();
    let editions = || {
        fs::read_dir(desk.path("srv/editions"))
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|n| !n.starts_with('.'))
            .collect::<BTreeSet<_>>()
    };

    assert_eq!(publish(&["out-a"]).code, Some(0));
    let old = fs::File::open(desk.path("srv/current/sounds/articles/001-normal.ulaw")).unwrap();
    let run = publish(&["out-b"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(heard(), Path::new("editions").join(id("b")));
    assert_eq!(editions(), [id("a"), id("b")].into());
    // Who began in the old line stays in it: its contexts are still included, and name
    // its own sounds.
    let includes = desk.read("srv/extensions.conf");
    assert!(includes.contains("editions/*/asterisk/line.conf"));
    let plan = desk.read(&format!("srv/editions/{}/asterisk/line.conf", id("a")));
    assert!(plan.contains(&format!("editions/{}/sounds)", id("a"))));
    assert!(old.metadata().unwrap().len() > 0);
    // The same again is the same, and what was before it stays before it.
    assert_eq!(publish(&["out-b"]).code, Some(0));
    assert_eq!(publish(&["out-c", "--keep", "2"]).code, Some(0));
    assert_eq!(editions(), [id("b"), id("c")].into());
    // A link that somebody changed is no line of ours, and takes none away.
    let link = desk.path("srv/current");
    let ours = heard();
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink("/etc", &link).unwrap();
    let run = publish(&["out-a"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("which is no line of ours"), "{run:?}");
    assert_eq!(editions(), [id("b"), id("c")].into());
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(&ours, &link).unwrap();

    assert_eq!(publish(&["--undo"]).code, Some(0));
    assert_eq!(heard(), Path::new("editions").join(id("b")));
    let run = publish(&["--undo"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("there is no line before"),
        "{}",
        run.stderr
    );
    assert_eq!(heard(), Path::new("editions").join(id("b")));

    // What is damaged, or is no line at all, changes nothing.
    let sound = desk.path("out-c/hotline/sounds/prompts/main.ulaw");
    let whole = fs::read(&sound).unwrap();
    fs::write(&sound, &whole[1..]).unwrap();
    let run = publish(&["out-c"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("damaged: the file was altered"),
        "{}",
        run.stderr
    );
    fs::write(&sound, whole).unwrap();
    assert_eq!(
        desk.run(&["export", "out-c", "--hotline=none", "-q"]).code,
        Some(0)
    );
    let run = publish(&["out-c"]);
    assert!(
        run.stderr.contains("this edition has no hotline"),
        "{}",
        run.stderr
    );
    assert!(!desk.path("out-c/hotline").exists());
    assert_eq!(heard(), Path::new("editions").join(id("b")));

    // A folder of somebody else's.
    desk.write("photos/cat.jpg", "x");
    let run = desk.run(&["hotline", "publish", "out-a", "--to", "photos"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("is left alone"), "{}", run.stderr);
    assert_eq!(desk.files("photos"), ["cat.jpg"]);
    for (folder, why) in [
        ("srv \"one\"", "which a dialplan takes for its own"),
        ("srv;1", "which a dialplan takes for its own"),
        ("out-a/srv", "lies inside the edition"),
        ("out-a/hotline/sounds/new", "lies inside the edition"),
    ] {
        let run = desk.run(&["hotline", "publish", "out-a", "--to", folder]);
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains(why), "{folder}: {}", run.stderr);
        assert!(!desk.path(folder).exists(), "{folder}");
    }
    let run = desk.run(&["hotline", "publish", "out-a", "--to", "srv", "--keep", "1"]);
    assert!(run.stderr.contains("1 is not in 2"), "{}", run.stderr);
}

#[test]
fn a_line_without_an_article_holds_together() {
    let desk = Desk::new();
    desk.issue("i", "headline = \"一条\"\nread = false", "一句。");
    // It is built, and told to have nothing to read.
    assert_eq!(desk.run(&["build", "i", "-q", "-o", "out"]).code, Some(1));
    let run = desk.run(&["export", "out", "--hotline", "-q"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let line = model(&desk, "out/hotline");
    assert_eq!(line.articles.len(), 0);
    assert!(line.state(&line.rules.quiet).is_some());
    let run = desk.run(&["check", "out"]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_changes_nothing_at_the_exchange() {
    let desk = Desk::new();
    for folder in ["a", "b"] {
        issue(&desk, folder, folder, 1);
        make(&desk, folder, &format!("out-{folder}"));
    }
    let size: u64 = (desk.files("out-a/hotline").iter())
        .map(|f| {
            fs::metadata(desk.path(&format!("out-a/hotline/{f}")))
                .unwrap()
                .len()
                + 4_096
        })
        .sum();
    let program = env!("CARGO_BIN_EXE_tingbao");
    let script = format!(
        "mkdir mnt && mount -t tmpfs -o size={} tmpfs mnt && \
         {program} hotline publish out-a --to mnt/srv --json && readlink mnt/srv/current > before && \
         {{ {program} hotline publish out-b --to mnt/srv; code=$?; \
         readlink mnt/srv/current > after; ls mnt/srv/editions > left; exit $code; }}",
        size * 3 / 2
    );
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .current_dir(desk.path("."))
        .output()
        .unwrap();
    let run = Run::from(output);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("no space left on the disk"), "{run:?}");
    assert_eq!(desk.read("before"), desk.read("after"));
    assert_eq!(desk.read("left").lines().count(), 1);
}
