//! The page as text; how it behaves is tested in a browser (`tests/listener/browser.rs`).

use proptest::prelude::*;

use super::*;
use crate::export::sample::edition;
use crate::model::{Edition, Role};

fn html(edition: &Edition) -> String {
    page(&Book::new(edition))
}

/// What stands in the elements of a name, and the page without them.
fn taken(page: &str, tag: &str) -> (Vec<String>, String) {
    let start = format!("<{tag}>");
    let mut pieces = page.split(&start);
    let mut rest = pieces.next().unwrap().to_string();
    let mut inside = Vec::new();
    for piece in pieces {
        let (text, after) = piece.split_once(&format!("</{tag}>")).unwrap();
        inside.push(text.to_string());
        rest.push_str(after);
    }
    (inside, rest)
}

/// The page without its style and scripts.
fn markup(page: &str) -> String {
    taken(&taken(page, "style").1, "script").1
}

/// Every element is closed in its order; the names of those met.
fn elements(markup: &str) -> Vec<String> {
    const VOID: [&str; 5] = ["meta", "link", "input", "br", "path"];
    let mut open: Vec<&str> = Vec::new();
    let mut met = Vec::new();
    for tag in markup.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap();
        let name = tag.split(|c: char| c.is_whitespace()).next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !name.starts_with('!') {
            met.push(name.to_string());
            if !VOID.contains(&name) {
                open.push(name);
            }
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    met
}

#[test]
fn an_article_is_title_sound_and_sentences() {
    let page = html(&edition());
    let expected = "<li class=\"article\" id=\"p01\">\n\
        <h3><span class=\"number\">1</span> <span class=\"name\" dir=\"auto\">&quot;一平米”菜园 &lt;A&amp;B&gt;</span> \
        <span class=\"length\" data-ms=\"14000\" lang=\"zh-CN\">14秒</span></h3>\n\
        <audio controls preload=\"none\" src=\"audio/01.mp3\" lang=\"zh-CN\" \
        aria-label=\"收听：&quot;一平米”菜园 &lt;A&amp;B&gt;\"></audio>\n\
        <div class=\"text\">\n\
        <p class=\"ordinal\" dir=\"auto\"><span data-ms=\"0\">第一篇</span></p>\n\
        <p class=\"headline\" dir=\"auto\"><span data-ms=\"1500\">“一平米”菜园 &lt;A&amp;B&gt;</span></p>\n\
        <p dir=\"auto\"><span data-ms=\"4000\">居民在楼下种菜，--&gt; 收成不错。 第二行。</span></p>\n\
        <p dir=\"auto\"><span data-ms=\"9250\">（录音）</span></p>\n\
        </div>\n</li>\n";
    assert!(page.contains(expected), "{}", markup(&page));
    assert!(page.contains("<h4 dir=\"auto\"><span data-ms=\"600\">小标题</span></h4>\n<ul>\n<li dir=\"auto\"><span data-ms=\"800\">第一，</span></li>\n</ul>\n"));
}

#[test]
fn another_language_is_told_where_it_begins() {
    let mut edition = edition();
    edition.chapters[1].cues[3].language = Some("en".into());
    let page = html(&edition);
    // The article's language is that of its longest passage.
    edition.chapters[1].cues[2].language = Some("en".into());
    let english = html(&edition);
    assert!(page.contains("<p dir=\"auto\" lang=\"en\"><span data-ms=\"9250\">(recording)"));
    assert!(page.contains("<li class=\"article\" id=\"p01\">"));
    assert!(english.contains("<li class=\"article\" id=\"p01\" lang=\"en\">"));
    assert!(english.contains("<span class=\"name\" dir=\"auto\" lang=\"zh-CN\">"));
    assert!(english.contains("<p class=\"headline\" dir=\"auto\" lang=\"zh-CN\">"));
    assert!(english.contains("<p dir=\"auto\"><span data-ms=\"4000\">"));
}

#[test]
fn an_english_edition_has_an_english_page() {
    let mut edition = edition();
    edition.masthead.language = "en-GB".into();
    let page = html(&edition);
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    assert!(page.contains("<h1 lang=\"en-GB\""));
    assert!(page.contains("<span id=\"play-word\">Play</span>"));
    assert!(page.contains("value=\"en\" checked>"));
    assert!(html(&super::super::sample::edition()).contains("value=\"zh\" checked>"));
}

#[test]
fn a_recording_has_its_paragraphs() {
    let mut edition = edition();
    edition.chapters[1].cues[3].text = "一<b>\n\n二".into();
    assert!(html(&edition).contains("<span data-ms=\"9250\">一&lt;b&gt;<br>二</span>"));
}

/// What the policy names is what stands in the page, byte for byte.
#[test]
fn the_policy_names_style_and_scripts() {
    let page = html(&edition());
    let (style, rest) = taken(&page, "style");
    let (scripts, rest) = taken(&rest, "script");
    let [early, script] = &scripts[..] else {
        panic!("{} scripts", scripts.len())
    };
    assert!(page.contains(&format!("style-src {};", source(&style[0]))));
    let both = format!("script-src {} {};", source(early), source(script));
    assert!(page.contains(&both));
    assert!(!rest.contains("<style") && !rest.contains("<script"));
    assert!(!rest.contains(" style=\"") && !rest.contains(" on"));
}

#[test]
fn nothing_is_fetched_but_the_sound() {
    let page = html(&edition());
    for what in [" src=\"", " href=\""] {
        for link in markup(&page).split(what).skip(1) {
            let link = link.split('"').next().unwrap();
            let own = link.starts_with("audio/") || link.starts_with('#') || link == "data:,";
            assert!(own, "{link}");
        }
    }
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("@import"));
    assert!(!page.contains("url("));
}

#[test]
fn every_gap_is_filled_and_every_id_stands_once() {
    let page = html(&edition());
    assert!(!markup(&page).contains("{{") && !markup(&page).contains("{a}"));
    let plain = markup(&page);
    let mut ids: Vec<&str> = (plain.split(" id=\"").skip(1))
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    for word in plain.split(" data-word=\"").skip(1) {
        let key = word.split('"').next().unwrap();
        assert_ne!(Tongue::Chinese.word(key), "", "{key}");
    }
    for parts in SCRIPT {
        for word in parts.split("word('").skip(1) {
            let key = word.split('\'').next().unwrap();
            assert_ne!(Tongue::English.word(key), "", "{key}");
        }
    }
}

#[test]
fn one_article_and_two_hundred() {
    let mut edition = edition();
    let article = edition.chapters[1].clone();
    edition.chapters = vec![article.clone()];
    elements(&markup(&html(&edition)));
    edition.chapters = (1..=200)
        .map(|number| {
            let mut chapter = article.clone();
            chapter.number = number;
            chapter
        })
        .collect();
    let page = html(&edition);
    let met = elements(&markup(&page));
    assert_eq!(met.iter().filter(|name| *name == "audio").count(), 200);
    assert!(page.contains("id=\"p200\"") && page.contains("src=\"audio/200.mp3\""));
}

#[test]
fn an_export_is_its_page_and_the_same_again() {
    let edition = edition();
    let book = Book::new(&edition);
    let tracks = vec![Track::default(); book.parts.len()];
    let entries = player(&book, &tracks, &[]).unwrap();
    assert_eq!(entries.len(), 1 + book.parts.len());
    assert_eq!(entries[2].path, "audio/01.mp3");
    assert_eq!(entries[0].path, PLAYER_FILE);
    assert_eq!(entries, player(&book, &tracks, &[]).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No title, text or paper's name makes an element, an attribute or a gap.
    #[test]
    fn no_text_can_break_the_page(
        text in prop_oneof![any::<String>(), "[<>&\"'{}/ a!-]{0,40}", Just("</script>{{list}}\u{202E}😀𠮷".to_string())],
        language in prop_oneof![Just("zh-CN".to_string()), "[a-z\"<>&' -]{0,8}"],
    ) {
        let plain = elements(&markup(&html(&edition())));
        let mut edition = edition();
        edition.masthead.printed.paper.clone_from(&text);
        edition.generator.clone_from(&text);
        edition.chapters[1].title.clone_from(&text);
        for cue in &mut edition.chapters[1].cues {
            if cue.role != Role::Recording {
                cue.text.clone_from(&text);
            }
        }
        edition.chapters[1].cues[2].language = Some(language);
        let page = html(&edition);
        prop_assert_eq!(elements(&markup(&page)), plain);
    }
}
