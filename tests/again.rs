//! Ingest, edit, build, ingest a changed page: the editor's words stay.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use common::Desk;

const LAMPS: &str =
    "小区里的新路灯\n\n　　昨天晚上，小区里的新路灯第一次亮了起来。\n\n　　大家都说很高兴。\n\n";
const CANTEEN: &str =
    "社区食堂开张了\n\n　　社区食堂昨天开张，菜价便宜。\n\n　　老人们可以吃到热饭。\n";

const LAMPS_MD: &str = "i/articles/01-小区里的新路灯.md";
const CANTEEN_MD: &str = "i/articles/02-社区食堂开张了.md";

/// A desk with an issue folder of two articles.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("p.txt", format!("{LAMPS}{CANTEEN}"));
    let run = desk.run(&["ingest", "p.txt", "-o", "i", "--repair", "off"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(
        desk.files("i"),
        [
            ".ingested.json",
            &LAMPS_MD[2..],
            &CANTEEN_MD[2..],
            "issue.toml",
            "pages/p.txt",
            "report.json",
            "review.html",
        ]
    );
    desk
}

fn edit(desk: &Desk, file: &str, from: &str, to: &str) {
    let text = desk.read(file);
    assert!(text.contains(from), "{text}");
    desk.write(file, text.replace(from, to));
}

/// Ingests again and gives the lines after the articles.
fn again(desk: &Desk, more: &[&str]) -> String {
    let mut args = vec!["ingest", "p.txt", "-o", "i", "--repair", "off"];
    args.extend(more);
    let run = desk.run(&args);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    let lines: Vec<&str> = run
        .stdout
        .lines()
        .filter(|l| !l.starts_with("  0"))
        .collect();
    lines.join("\n") + "\n"
}

#[test]
fn edits_survive_building_and_a_changed_page() {
    let desk = desk();
    edit(&desk, LAMPS_MD, "第一次亮了起来", "终于亮了");
    edit(
        &desk,
        "i/issue.toml",
        "[lexicon]",
        "[lexicon]\n\"路灯\" = \"lu4 deng1\"",
    );
    assert_eq!(
        again(&desk, &[]),
        "kept as edited: issue.toml\n\
         kept as edited: articles/01-小区里的新路灯.md\n\
         updated: report.json\nupdated: review.html\n\
         6 files in i; edit them, then run `tingbao build i`\n"
    );
    let run = desk.run(&["build", "i", "--cast", "tone", "-o", "out"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(desk.read("out/edition.json").contains("终于亮了"));

    // The page has one paragraph more here, another word there.
    let lamps = format!("{LAMPS}　　明天还要再装十盏。\n\n");
    desk.write(
        "p.txt",
        format!("{lamps}{}", CANTEEN.replace("便宜", "公道")),
    );
    assert_eq!(
        again(&desk, &[]),
        "kept as edited: issue.toml\n\
         merged with your edits: articles/01-小区里的新路灯.md\n\
         updated: articles/02-社区食堂开张了.md\n\
         updated: pages/p.txt\nupdated: report.json\nupdated: review.html\n\
         6 files in i; edit them, then run `tingbao build i`\n"
    );
    let merged = desk.read(LAMPS_MD);
    assert!(merged.contains("终于亮了") && merged.contains("再装十盏"));
    assert!(desk.read(CANTEEN_MD).contains("公道"));
    let report = desk.read("i/report.json");
    assert!(report.contains("the file was edited; what changed on the pages was put into it"));
}

#[test]
fn where_both_changed_the_editor_s_words_stay_and_are_doubted() {
    let desk = desk();
    edit(&desk, LAMPS_MD, "第一次亮了起来", "终于亮了");
    let mine = desk.read(LAMPS_MD);
    let page = LAMPS.replace("第一次亮了起来", "全都亮了起来");
    desk.write("p.txt", format!("{page}{CANTEEN}"));

    // First only to see: nothing is written.
    let before: Vec<_> = (desk.files("i").iter())
        .map(|f| desk.read(&format!("i/{f}")))
        .collect();
    let run = desk.run(&["ingest", "p.txt", "-o", "i", "--repair", "off", "--dry-run"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let after: Vec<_> = (desk.files("i").iter())
        .map(|f| desk.read(&format!("i/{f}")))
        .collect();
    assert_eq!(before, after);
    assert_eq!(
        run.stdout,
        "# kept as edited, the pages would change it so: articles/01-小区里的新路灯.md\n\
         --- articles/01-小区里的新路灯.md\n+++ articles/01-小区里的新路灯.md\n\
         @@ -4,6 +4,6 @@\n read = true\n +++\n \n\
         -昨天晚上，小区里的新路灯终于亮了。\n\
         +昨天晚上，小区里的新路灯全都亮了起来。\n \n 大家都说很高兴。\n\
         # updated: pages/p.txt\n--- pages/p.txt\n+++ pages/p.txt\n\
         @@ -1,6 +1,6 @@\n 小区里的新路灯\n \n\
         -　　昨天晚上，小区里的新路灯第一次亮了起来。\n\
         +　　昨天晚上，小区里的新路灯全都亮了起来。\n \n 　　大家都说很高兴。\n \n\
         # report.json is not shown\n# review.html is not shown\n"
    );
    assert!(
        run.stderr.ends_with("nothing was written into i\n"),
        "{}",
        run.stderr
    );

    let told = "doubt: the file was edited and is kept; what the pages say now is not in it\n  \
                --> i/articles/01-小区里的新路灯.md\n  \
                help: run the same command with --dry-run to see the difference, \
                with --force to take what the pages say\n\
                kept as edited: articles/01-小区里的新路灯.md\n";
    assert!(again(&desk, &[]).starts_with(told));
    assert_eq!(desk.read(LAMPS_MD), mine);
    assert!(again(&desk, &[]).starts_with(told), "until somebody looks");
    assert!(again(&desk, &["--force"]).starts_with("updated: articles/01"));
    assert!(desk.read(LAMPS_MD).contains("全都亮了起来"));
    assert!(again(&desk, &[]).starts_with("6 files in i"));
}

#[test]
fn files_follow_their_articles() {
    let desk = desk();
    edit(&desk, CANTEEN_MD, "便宜", "公道");
    // One article more comes first, and the lamps get another headline.
    let snow = "第一场雪\n\n　　今年的第一场雪落在菜市场旁边的小河上。\n\n";
    let lamps = LAMPS.replace("小区里的新路灯\n", "小区亮了\n");
    desk.write("p.txt", format!("{snow}{lamps}{CANTEEN}"));
    let told = again(&desk, &[]);
    for line in [
        "new: articles/01-第一场雪.md\n",
        "updated: articles/01-小区里的新路灯.md -> articles/02-小区亮了.md\n",
        "kept as edited: articles/02-社区食堂开张了.md -> articles/03-社区食堂开张了.md\n",
    ] {
        assert!(told.contains(line), "{told}");
    }
    assert_eq!(
        desk.files("i/articles"),
        ["01-第一场雪.md", "02-小区亮了.md", "03-社区食堂开张了.md"]
    );
    assert!(
        desk.read("i/articles/03-社区食堂开张了.md")
            .contains("公道")
    );

    // The canteen leaves the page: what was edited is not removed.
    desk.write("p.txt", format!("{snow}{lamps}"));
    let told = again(&desk, &[]);
    assert!(
        told.contains(
            "doubt: the file was edited and is kept, though the pages no longer give this article\n  \
             --> i/articles/03-社区食堂开张了.md\n  \
             help: remove the file if the edition is not to speak it\n"
        ),
        "{told}"
    );
    std::fs::remove_file(desk.path("i/articles/01-第一场雪.md")).unwrap();
    assert!(again(&desk, &[]).contains("stays removed: articles/01-第一场雪.md\n"));
    assert_eq!(desk.run(&["show", "i"]).code, Some(0));
}

#[test]
fn a_folder_that_ingest_never_wrote_is_refused() {
    let desk = Desk::new();
    desk.write("p.txt", LAMPS)
        .issue("i", "headline = \"我的\"", "我写的。");
    let run = desk.run(&["ingest", "p.txt", "-o", "i"]);
    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.stderr,
        "error: the folder was not written by ingest and has files in the way: issue.toml\n  \
         --> i/issue.toml\n  help: choose another folder with -o, or add --force to lose them\n"
    );
    assert_eq!(desk.files("i"), ["articles/01-a.md", "issue.toml"]);
}

#[test]
fn a_dry_run_into_a_new_folder_shows_all_of_it() {
    let desk = Desk::new();
    desk.write("p.txt", LAMPS);
    let run = desk.run(&["ingest", "p.txt", "-o", "i", "--dry-run"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.stdout
            .starts_with("# new: issue.toml\n--- /dev/null\n+++ issue.toml\n@@ -0,0 ")
    );
    assert_eq!(desk.files(""), ["p.txt"]);
    for wrong in [&["--dry-run"][..], &["-o", "i", "--dry-run", "--json"]] {
        let mut args = vec!["ingest", "p.txt"];
        args.extend(wrong);
        assert_eq!(desk.run(&args).code, Some(2), "{wrong:?}");
    }
}
