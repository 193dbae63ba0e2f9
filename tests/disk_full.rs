//! A disk that fills up while chapters are written: one clear message, the
//! edition before whole, nothing spoken lost.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![cfg(target_os = "linux")]

mod common;

use std::process::Command;

use common::{Desk, Run};

/// Runs a shell line with a disk of `size` mounted at `mnt`, in a mount
/// namespace of its own.
fn on_small_disk(desk: &Desk, size: &str, line: &str) -> Run {
    let program = env!("CARGO_BIN_EXE_tingbao");
    let script = format!(
        "mkdir -p mnt && mount -t tmpfs -o size={size} tmpfs mnt && tingbao() {{ {program} \"$@\"; }} && {line}"
    );
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .current_dir(desk.path("."))
        .env("TINGBAO_HOME", desk.path("home"))
        .output()
        .unwrap();
    Run::from(output)
}

#[test]
fn a_full_disk_leaves_the_edition_before_and_every_take() {
    let desk = Desk::new();
    desk.issue("small", "headline = \"短\"", "只有一句话。")
        .sample_issue();
    let run = on_small_disk(
        &desk,
        "2m",
        "tingbao build small -q -o mnt/out && cp mnt/out/edition.json before.json && \
         { tingbao build issues/hewan --cast tone -q -o mnt/out; code=$?; \
         cp mnt/out/edition.json after.json; ls -A mnt > left.txt; exit $code; }",
    );
    assert_eq!(run.code, Some(2), "{run:?}");
    let mut lines = run.stderr.lines();
    assert_eq!(
        lines.next(),
        Some("error: cannot write the file: no space left on the disk"),
        "{run:?}"
    );
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("  --> mnt/out/chapters/0")
    );
    assert_eq!(
        lines.next(),
        Some(
            "  help: make room on that disk and run the same command again; what is finished is kept"
        )
    );
    assert_eq!(desk.read("before.json"), desk.read("after.json"));
    assert_eq!(desk.read("left.txt"), ".out.lock\nout\n");
    let again = desk.run(&[
        "build",
        "issues/hewan",
        "--cast",
        "tone",
        "--json",
        "-o",
        "out",
    ]);
    let last: serde_json::Value =
        serde_json::from_str(again.stdout.lines().last().unwrap()).unwrap();
    assert!(
        last["spoken"].as_u64() < last["chunks"].as_u64(),
        "takes were kept: {last}"
    );
}
