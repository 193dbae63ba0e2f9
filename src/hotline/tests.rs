//! Calls to lines of many sizes.

use proptest::prelude::*;

use super::sample::{edition, line};
use super::*;
use crate::model::{Frames, Hotline, Key, Millis, Pace, Role};

/// A call with these keys; `.` does nothing, `~` listens for four seconds, `!` hangs up.
fn call<'a>(line: &'a Hotline, memory: &Memory, keys: &str) -> (Call<'a>, Vec<Heard>) {
    let (mut call, mut heard) = Call::begin(line, memory.clone()).unwrap();
    for sign in keys.chars() {
        heard = call.press(press(sign)).unwrap();
    }
    (call, heard)
}

fn press(sign: char) -> Press {
    match sign {
        '.' => Press::Nothing,
        '~' => Press::Listen(Millis(4_000)),
        '!' => Press::HangUp,
        sign => Press::Key(Key::of(sign).unwrap()),
    }
}

fn says(heard: &[Heard]) -> String {
    heard
        .iter()
        .map(|h| match h {
            Heard::Prompt { text, .. } => text.clone(),
            Heard::Article {
                number, pace, from, ..
            } => {
                format!("[{number} {} {}]", pace.name(), from.0 / 8_000)
            }
            Heard::Paused => "[paused]".into(),
            Heard::Over => "[over]".into(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn lines_of_every_size_hold_together() {
    for articles in [0, 1, 2, 3, 4, 9, 10, 11, 12, 99, 100, 101, 200, 999] {
        assert_eq!(problems(&line(articles)), [""; 0], "{articles}");
    }
    let fault = flow(&edition(1_000), "", "").unwrap_err();
    assert!(fault.message.contains("at most 999 articles"), "{fault}");
}

#[test]
fn every_article_is_read_after_its_number() {
    for articles in [3, 14, 200] {
        let line = line(articles);
        for number in 1..=articles {
            // The number as it is printed; a hash where it could go on.
            let hash = if line.may_go_on(number) { "#" } else { "" };
            let keys = format!("2{number}{hash}");
            assert!(keys.len() <= MOST_KEYS, "{keys}");
            let (call, _) = call(&line, &Memory::default(), &keys);
            assert_eq!(call.reading().map(|r| r.0), Some(number), "{keys}");
            if hash == "#" {
                // Without it a moment is waited.
                let (call, _) = self::call(&line, &Memory::default(), &format!("2{number}."));
                assert_eq!(call.reading().map(|r| r.0), Some(number));
            }
        }
    }
}

#[test]
fn problems_are_seen() {
    let mut broken = line(4);
    broken.states.retain(|s| s.id != "after-2");
    assert_eq!(problems(&broken), ["there is no state `after-2`"]);
    let mut broken = line(4);
    broken.articles[0].takes[1].starts.pop();
    assert!(problems(&broken)[0].contains("5 sentences"));
    let mut broken = line(4);
    broken.prompts.retain(|p| p.id != "main");
    assert!(problems(&broken)[0].contains("`main` says `main`"));
    let mut broken = line(40);
    for state in &mut broken.states {
        if let crate::model::Does::Ask { numbers, .. } = &mut state.does {
            *numbers = false;
        }
    }
    assert!(
        problems(&broken)
            .iter()
            .any(|p| p.starts_with("article 40 "))
    );
}

#[test]
fn the_greeting_and_the_menu_come_first() {
    let line = line(3);
    let (_, heard) = call(&line, &Memory::default(), "");
    assert_eq!(
        says(&heard),
        "欢迎收听《梧桐里社区报》。 本期共有几篇文章。 听全部，请按1。选文章，请按2。说明，请按0。"
    );
    let (_, heard) = call(&line, &Memory::default(), "2");
    assert_eq!(
        says(&heard),
        "第1篇。 菜园的第1个故事 第2篇。 菜园的第2个故事 第3篇。 菜园的第3个故事 \
         听哪一篇，请按它的篇号。回主菜单，请按星号键。"
    );
}

#[test]
fn headlines_come_in_threes_and_go_round() {
    let line = line(7);
    for (keys, first) in [("2", 1), ("2#", 4), ("2##", 7), ("2###", 1)] {
        let (_, heard) = call(&line, &Memory::default(), keys);
        assert!(
            says(&heard).starts_with(&format!("第{first}篇。")),
            "{keys}"
        );
    }
    let (call, heard) = call(&line, &Memory::default(), "2#0");
    assert!(says(&heard).contains("随时可以按篇号"));
    assert_eq!(call.state(), "choose-2");
}

#[test]
fn the_keys_steer_an_article() {
    let line = line(3);
    let to = |keys: &str| says(&call(&line, &Memory::default(), keys).1);
    assert_eq!(to("22"), "[2 normal 0]");
    assert_eq!(to("226"), "[2 normal 15]");
    assert_eq!(to("226~4"), "[2 normal 4]");
    assert_eq!(to("2264"), "[2 normal 0]");
    assert_eq!(to("22~~~2"), "[2 normal 10]");
    assert_eq!(to("225"), "[paused]");
    assert_eq!(to("22~~55"), "[2 normal 8]");
    assert_eq!(to("22~~~7"), "[2 slow 12]");
    assert_eq!(to("22~~~77"), "已经最慢了。 [2 slow 12]");
    assert_eq!(to("22~~~9"), "[2 fast 8]");
    assert_eq!(to("22~~~97"), "[2 normal 10]");
    assert_eq!(to("228"), "[3 normal 0]");
    assert_eq!(to("221"), "[1 normal 0]");
    assert_eq!(to("211"), "[1 normal 0]");
    assert!(to("22*").starts_with("第1篇。"));
    assert!(to("22~0").ends_with("[2 normal 4]"));
    assert_eq!(to("22~3"), "这个键没有用处。按键说明，请按0。 [2 normal 4]");
    assert_eq!(
        to("22."),
        "听下一篇，请按8。再听一遍，请按2。回目录，请按星号键。"
    );
    // A hash behind a number that needed none.
    assert_eq!(to("22#"), "");
    assert_eq!(to("22~~#~4"), "[2 normal 0]");
    // Over the end, forward is the end; a pace lasts for the next article.
    assert!(to("226666").starts_with("听下一篇"));
    assert_eq!(to("2278"), "[3 slow 0]");
    // All of them one behind the other, then the end and the menu.
    assert_eq!(to("1."), "[2 normal 0]");
    assert!(to("1...").starts_with("本期播送完毕，感谢收听。 听全部"));
    assert!(to("238").starts_with("这是最后一篇。 第1篇。"));
}

#[test]
fn a_sentence_asked_for_at_its_very_beginning_is_the_one_before() {
    let line = line(1);
    let (mut call, _) = call(&line, &Memory::default(), "21");
    call.press(Press::Listen(Millis(10_500))).unwrap();
    let heard = call.press(press('2')).unwrap();
    assert_eq!(says(&heard), "[1 normal 0]");
    call.press(Press::Listen(Millis(10_800))).unwrap();
    assert_eq!(says(&call.press(press('2')).unwrap()), "[1 normal 10]");
}

#[test]
fn silence_and_wrong_keys_are_answered_kindly() {
    let line = line(3);
    let to = |keys: &str| says(&call(&line, &Memory::default(), keys).1);
    assert!(to(".").starts_with("没有听到按键。 听全部"));
    assert!(to("...").starts_with("好一会儿没有听到按键") && to("...").ends_with("[over]"));
    assert!(to("7").starts_with("没有这个选择，请再按一次。 听全部"));
    // Any key shows that somebody is there.
    assert!(to("..7..").starts_with("没有听到按键。"));
    assert!(to("29").starts_with("没有这个选择"));
    let many = self::line(14);
    assert!(says(&call(&many, &Memory::default(), "219").1).starts_with("没有这个选择"));
}

#[test]
fn who_calls_again_goes_on_where_they_left() {
    let line = line(3);
    let (first, _) = call(&line, &Memory::default(), "229~~~!");
    let memory = first.memory().clone();
    assert_eq!(
        memory.place.as_ref().map(|p| (p.article, p.pace)),
        Some((2, Pace::Fast))
    );
    let (_, heard) = call(&line, &memory, "");
    assert!(says(&heard).ends_with(
        "上次您听到： 第2篇。 菜园的第2个故事 接着听，请按1。从头开始，请按2。以后不要记住，请按3。"
    ));
    // From the beginning of the sentence.
    assert_eq!(says(&call(&line, &memory, "1").1), "[2 fast 8]");
    // Who hangs up at the question, or begins anew and reads nothing, is asked again.
    assert_eq!(call(&line, &memory, "!").0.memory(), &memory);
    assert_eq!(call(&line, &memory, "2!").0.memory(), &memory);
    // What was heard to its end has no place.
    assert_eq!(call(&line, &memory, "1.!").0.memory().place, None);
    // Who declines is never remembered again.
    let (declined, heard) = call(&line, &memory, "3");
    assert!(says(&heard).starts_with("好的，以后不再记住"));
    let memory = declined.memory().clone();
    let (after, _) = call(&line, &memory, "1~!");
    assert_eq!(after.memory().place, None);
    assert!(after.memory().declined);
}

#[test]
fn prompts_are_cut_where_the_edition_has_them() {
    let flow = flow(&edition(2), "t", "g").unwrap();
    let source = |id: &str| {
        let at = flow.line.prompts.iter().position(|p| p.id == id).unwrap();
        flow.sources[at].clone()
    };
    let rate = 24_000;
    assert_eq!(
        source("greeting"),
        Source::Chapter(0, Frames(0)..Frames(15 * rate))
    );
    assert_eq!(
        source("title-2"),
        Source::Chapter(2, Frames(0)..Frames(15 * rate))
    );
    assert_eq!(
        source("finished"),
        Source::Chapter(3, Frames(0)..Frames(5 * rate))
    );
    assert_eq!(source("main"), Source::Spoken);
    let mut bare = edition(2);
    for chapter in &mut bare.chapters {
        chapter
            .cues
            .retain(|c| !matches!(c.role, Role::Announcement | Role::ChapterNumber));
    }
    let flow = super::flow(&bare, "t", "g").unwrap();
    assert!(flow.sources.iter().all(|s| *s == Source::Spoken));
    let title = flow.line.prompt("title-1").unwrap();
    assert_eq!(title.text, "第1篇，菜园的第1个故事。");
}

#[test]
fn the_file_is_read_back() {
    let line = line(12);
    let text = serde_json::to_string(&line).unwrap();
    assert_eq!(serde_json::from_str::<Hotline>(&text).unwrap(), line);
    assert!(serde_json::from_str::<Key>("\"a\"").is_err());
}

proptest! {
    /// Whatever is pressed, something is heard or waited for, and a caller who does
    /// nothing from then on is told good-bye.
    #[test]
    fn no_call_is_ever_stuck(
        articles in 1u32..30,
        keys in prop::collection::vec(0usize..14, 0..40),
    ) {
        let line = line(articles);
        let (mut call, _) = Call::begin(&line, Memory::default()).unwrap();
        for key in keys {
            let press = match key {
                12 => Press::Nothing,
                13 => Press::Listen(Millis(7_000)),
                key => Press::Key(Key::ALL[key]),
            };
            call.press(press).unwrap();
        }
        for _ in 0..articles + 10 {
            call.press(Press::Nothing).unwrap();
        }
        prop_assert!(call.is_over());
    }
}
