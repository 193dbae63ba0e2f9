use super::*;
use crate::model::LexiconReading;

fn file(text: &str) -> Source {
    Source::decode("issues/a/issue.toml".into(), text.as_bytes()).unwrap()
}

fn ok(text: &str) -> (Masthead, Settings) {
    let noted = read(&file(text)).unwrap();
    assert!(noted.notes.is_empty(), "{:?}", noted.notes);
    noted.value
}

fn refused(text: &str) -> String {
    read(&file(text)).unwrap_err().to_string()
}

#[test]
fn everything_an_editor_may_write() {
    let (masthead, settings) = ok(
        "paper = \"浦岸社区报\"\nissue_number = 312\ndate = 2026-11-24\nsection = \"\"\n\
         alternate = [\"zm_yunxi\", \"zf_xiaoyi\"]\nspeed = 1\nyao = false\nsting = \"sound/ding.wav\"\n\
         [pauses]\nparagraph = 700\n[lexicon]\n\"崧珏\" = \"song1 jue2\"\nAED = \"A E D\"\n",
    );
    assert_eq!(masthead.paper, "浦岸社区报");
    assert_eq!(masthead.section, None);
    assert_eq!(masthead.issue_number.as_deref(), Some("312"));
    assert_eq!(masthead.date.as_deref(), Some("2026-11-24"));
    assert_eq!(settings.alternate, ["zm_yunxi", "zf_xiaoyi"]);
    assert_eq!(settings.speed, Some(Speed(1.0)));
    assert!(!settings.yao);
    assert_eq!(settings.pauses.paragraph, Millis(700));
    assert_eq!(settings.pauses.headline, Millis(900));
    assert_eq!(settings.language, "zh-CN");
    let words: Vec<_> = settings.lexicon.iter().map(|e| e.word.as_str()).collect();
    assert_eq!(words, ["崧珏", "AED"]);
    assert_eq!(
        settings.lexicon[0].place.to_string(),
        "issues/a/issue.toml:12:8"
    );
    assert_eq!(ok(""), (Masthead::default(), Settings::default()));
}

#[test]
fn an_unknown_key_names_the_nearest() {
    assert_eq!(
        refused("paper = \"浦岸社区报\"\npubliser = \"某社\"\n"),
        "error: unknown key `publiser`\n  --> issues/a/issue.toml:2:1\n  help: did you mean `publisher`?"
    );
    assert_eq!(
        refused("volume = 3"),
        "error: unknown key `volume`\n  --> issues/a/issue.toml:1:1\n  help: known keys are \
         `paper`, `section`, `issue_number`, `date`, `publisher`, `sponsor`, `cn_code`, \
         `page`, `language`, `cast`, `body_voice`, `headline_voice`, `alternate`, `speed`, `yao`, `sting`, \
         `pauses`, `lexicon`, `lexicons`, `podcast`"
    );
    assert_eq!(
        refused("[pauses]\nparagaph = 3\n"),
        "error: unknown key `paragaph` in `[pauses]`\n  --> issues/a/issue.toml:2:1\n  help: did you mean `paragraph`?"
    );
}

#[test]
fn a_key_in_the_wrong_table_is_sent_home() {
    assert_eq!(
        refused("[pauses]\nclause = 0\nspeed = 0.9\n"),
        "error: unknown key `speed` in `[pauses]`\n  --> issues/a/issue.toml:3:1\n  \
         help: move it to the top of the file, above the first `[…]` line"
    );
    assert_eq!(
        refused("paragraph = 700\n"),
        "error: unknown key `paragraph`\n  --> issues/a/issue.toml:1:1\n  help: it belongs below the line `[pauses]`"
    );
}

#[test]
fn a_wrong_type_names_what_was_found_and_what_is_wanted() {
    assert_eq!(
        refused("\npaper = 3\n"),
        "error: `paper` must be a string, but `3` is an integer\n  --> issues/a/issue.toml:2:9\n  help: write `paper = \"…\"`"
    );
    assert_eq!(
        refused("pauses = 3"),
        "error: `pauses` must be a table, but `3` is an integer\n  --> issues/a/issue.toml:1:10\n  help: write `[pauses]` on a line of its own"
    );
    assert_eq!(
        refused("[pauses]\nline = \"700\""),
        "error: `pauses.line` must be an integer, but `\"700\"` is a string\n  --> issues/a/issue.toml:2:8\n  \
         help: write whole milliseconds: 900 is nine tenths of a second"
    );
    assert_eq!(
        refused("alternate = \"zm_yunxi\""),
        "error: `alternate` must be an array of strings, but `\"zm_yunxi\"` is a string\n  --> issues/a/issue.toml:1:13\n  \
         help: write `alternate = [\"…\", \"…\"]`"
    );
    assert!(
        refused("speed = true")
            .starts_with("error: `speed` must be a number, but `true` is a boolean")
    );
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    assert_eq!(
        refused("papre = \"甲\"\nspeed = 3\n[pauses]\nline = -1\n"),
        "error: unknown key `papre`\n  --> issues/a/issue.toml:1:1\n  help: did you mean `paper`?\n  \
         help: line 2 too: `speed` is 3, outside 0.5 to 2.0; write a number from 0.5 (slow) to 2.0 (fast), such as `speed = 0.9`\n  \
         help: line 4 too: `pauses.line` is -1, outside 0 to 10000; write whole milliseconds: 900 is nine tenths of a second"
    );
}

#[test]
fn days_that_are_not_in_the_calendar() {
    for good in ["2026-11-24", "2024-02-29", "2000-02-29"] {
        assert!(day(good).is_some(), "{good}");
    }
    for bad in [
        "2026-02-29",
        "1900-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-11-31",
        "2026-11-00",
        "26-11-24",
        "2026/11/24",
        "2026-11-24T08:00",
        "+026-11-24",
        "",
    ] {
        assert!(day(bad).is_none(), "{bad}");
    }
    assert_eq!(
        refused("date = \"2026-11-31\""),
        "error: `date` is `2026-11-31`, which is no day of the calendar\n  --> issues/a/issue.toml:1:8\n  \
         help: write year, month and day as `date = \"2026-11-24\"`"
    );
}

#[test]
fn speeds_and_pauses_have_limits() {
    for bad in ["0.49", "2.01", "nan", "inf", "-1", "1e400"] {
        let message = refused(&format!("speed = {bad}"));
        assert!(
            message.starts_with(&format!("error: `speed` is {bad}, outside 0.5 to 2.0")),
            "{message}"
        );
    }
    assert_eq!(
        ok("[pauses]\nchapter = 10000\nclause = 0").1.pauses.chapter,
        Millis(10_000)
    );
    assert!(
        refused("[pauses]\nchapter = 10001")
            .contains("`pauses.chapter` is 10001, outside 0 to 10000")
    );
}

#[test]
fn files_and_voices_cannot_leave_their_folder() {
    assert_eq!(
        refused("sting = \"../ding.wav\""),
        "error: `sting` is `../ding.wav`, which is not a file inside the issue folder\n  --> issues/a/issue.toml:1:9\n  \
         help: copy the file into the issue folder and write its path from there, with `/` and without `..`"
    );
    assert_eq!(
        refused("body_voice = \"../x\""),
        "error: `body_voice` names `../x`, which cannot be a name\n  --> issues/a/issue.toml:1:14\n  help: `tingbao voices` lists what there is"
    );
    assert!(refused("alternate = [\"zm_yunxi\", \"\"]").contains("`alternate` names ``"));
}

#[test]
fn a_lexicon_file_holds_words_and_readings() {
    let entries = lexicon::read(&file("# 地名\n[lexicon]\n\"莘庄\" = \"xin1 zhuang1\"\n")).unwrap();
    assert_eq!(
        (entries[0].word.as_str(), &entries[0].reading),
        ("莘庄", &LexiconReading::Pinyin("xin1 zhuang1".into()))
    );
    let refused = |text: &str| lexicon::read(&file(text)).unwrap_err().to_string();
    assert_eq!(
        refused("[lexicon]\n\"莘庄\" = \" \"\n"),
        "error: the lexicon gives `莘庄` no reading\n  --> issues/a/issue.toml:2:1\n  help: write `\"词语\" = \"ci2 yu3\"`"
    );
    assert_eq!(
        refused("[lexicon]\n\"\" = \"ci2\"\n"),
        "error: the lexicon gives a reading, `ci2`, to no word\n  --> issues/a/issue.toml:2:1\n  help: write `\"词语\" = \"ci2 yu3\"`"
    );
    assert_eq!(
        refused("[lexcon]\n"),
        "error: unknown key `lexcon`\n  --> issues/a/issue.toml:1:2\n  help: did you mean `lexicon`?"
    );
}

#[test]
fn an_issue_number_of_more_than_digits_is_a_doubt() {
    let notes = read(&file("issue_number = \"第312期\"")).unwrap().notes;
    assert_eq!(
        notes[0].to_string(),
        "doubt: the issue number `第312期` is more than digits\n  --> issues/a/issue.toml:1:16\n  \
         help: write the digits only: the edition says 第 and 期 itself"
    );
}

#[test]
fn a_podcast_is_read_and_written_and_its_mistakes_are_named() {
    let toml = "paper = \"浦岸社区报\"\n[podcast]\nbase = \"https://news.example.org/a\"\n\
                email = \"desk@example.org\"\ncategory = \"daily news\"\nper_article = true\n";
    let (_, settings) = ok(toml);
    let podcast = &settings.podcast;
    let base = podcast.base.as_ref().map(ToString::to_string);
    assert_eq!(base.as_deref(), Some("https://news.example.org/a/"));
    assert_eq!(podcast.category.name(), "Daily News");
    assert!(podcast.per_article && podcast.title.is_none());
    let written = crate::folder::podcast::written(podcast);
    assert_eq!(ok(&written).1.podcast, *podcast);
    for (wrong, said) in [
        (
            "base = \"news\"",
            "`podcast.base` is `news`, which has no `https://` before it",
        ),
        (
            "email = \"desk\"",
            "`podcast.email` is `desk`, which is no mail address",
        ),
        (
            "category = \"Dayly News\"",
            "help: did you mean `Daily News`?",
        ),
        ("per_article = 1", "`podcast.per_article`"),
        ("titel = \"x\"", "unknown key `titel` in `[podcast]`"),
    ] {
        let fault = refused(&format!("[podcast]\n{wrong}\n"));
        assert!(fault.contains(said), "{fault}");
        assert!(fault.contains("issues/a/issue.toml:2:"), "{fault}");
    }
}
