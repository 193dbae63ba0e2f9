//! The front end as a whole: every printed character is accounted for.

use proptest::prelude::*;

use super::*;
use crate::diag::{Place, Severity};
use crate::model::{GivenReading, LexiconReading};

fn front() -> FrontEnd {
    FrontEnd::new(&[]).unwrap()
}

fn entry(word: &str, pinyin: &str) -> LexiconEntry {
    LexiconEntry {
        word: word.into(),
        reading: LexiconReading::Pinyin(pinyin.into()),
        place: Place::new("issue.toml", 3, 0),
    }
}

fn read(text: &str) -> Reading {
    front().read(&SourceText::made(text)).value
}

/// Text as a page has it, and as no page should.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里]{1,9}",
        3 => "[0-9]{1,13}",
        2 => "[，。！？；：、“”‘’（）《》…—]",
        2 => "[-+.,:/%‰~℃°$¥￥#*×=@&]",
        2 => "[a-zA-Z]{1,9}",
        2 => "(年|月|日|号|元|个|米|%|km|m²|第|约|电话|拨打|亿|万|点|比|至)",
        1 => "[ \u{3000}\n０-９Ａ-Ｚａ-ｚ①-⑳Ⅰ-Ⅻ½²№〇々]",
        1 => "\\PC{1,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The map goes through both texts from the start to the end without gap or
/// overlap.
fn covered(reading: &Reading) -> Result<(), TestCaseError> {
    let (mut display, mut spoken) = (0, 0);
    for span in &reading.map {
        prop_assert_eq!(span.display.start, display);
        prop_assert_eq!(span.spoken.start, spoken);
        prop_assert!(span.display.end > display && span.spoken.end >= spoken);
        prop_assert!(reading.display.is_char_boundary(span.display.end));
        prop_assert!(reading.spoken.is_char_boundary(span.spoken.end));
        (display, spoken) = (span.display.end, span.spoken.end);
    }
    prop_assert_eq!(display, reading.display.len());
    prop_assert_eq!(spoken, reading.spoken.len());
    Ok(())
}

proptest! {
    #[test]
    fn no_figure_survives_and_every_character_is_mapped(text in any_text()) {
        let noted = front().read(&SourceText::made(text.clone()));
        let reading = noted.value;
        prop_assert_eq!(&reading.display, &text);
        let figure = reading.spoken.chars().find(|c| c.is_numeric() && !is_han(*c));
        prop_assert_eq!(figure, None, "{} → {}", text, reading.spoken);
        covered(&reading)?;
        for token in &reading.tokens {
            if let crate::model::Token::Word(word) = token {
                prop_assert!(!word.syllables.is_empty());
                prop_assert!(word.syllables.iter().all(|s| (1..=5).contains(&s.tone)));
            }
        }
        // What is not said is said to be not said.
        for span in reading.map.iter().filter(|s| s.spoken.is_empty()) {
            let lost = &text[span.display.clone()];
            let letters = lost.chars().any(char::is_alphanumeric);
            let reported = noted.notes.iter().any(|n| n.message.contains(lost));
            prop_assert!(!letters || reported, "{:?} is dropped", lost);
            prop_assert!(!lost.contains(|c: char| c.is_ascii_digit()), "{:?} is dropped", lost);
        }
    }

    #[test]
    fn chunks_give_back_the_block_and_none_is_too_long(text in any_text()) {
        let front = front();
        let whole = SourceText::made(text.clone());
        let chunks = cut::cut(&front, &whole);
        if chunks.is_empty() {
            prop_assert_eq!(front.count(&whole, &(0..text.len())), 0);
            return Ok(());
        }
        let mut end = 0;
        for (range, _) in &chunks {
            prop_assert_eq!(range.start, end);
            end = range.end;
            let syllables = front.count(&whole, range);
            prop_assert!(syllables <= cut::MOST, "{}: {:?}", syllables, &text[range.clone()]);
            let reading = front.read(&SourceText::made(&text[range.clone()])).value;
            prop_assert!(reading.syllables() <= cut::MOST);
        }
        prop_assert_eq!(end, text.len());
    }
}

/// Entries of every kind, of words that `any_text` makes by the way.
fn lexicon() -> FrontEnd {
    let given = [
        ("的", LexiconReading::Pinyin("di4".into())),
        ("中国", LexiconReading::Pinyin("zhong4 guo2".into())),
        ("月", LexiconReading::Say("月月".into())),
        ("12", LexiconReading::Digits),
        ("3月", LexiconReading::Value),
        ("km", LexiconReading::Say("公里".into())),
        ("%", LexiconReading::Skip),
    ];
    let entries = given.map(|(word, reading)| LexiconEntry {
        word: word.into(),
        reading,
        place: Place::file("issue.toml"),
    });
    FrontEnd::new(&entries).unwrap()
}

fn within(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    inner.start >= outer.start && inner.end <= outer.end
}

proptest! {
    #[test]
    fn nothing_is_lost_with_a_lexicon_and_readings_in_the_text(
        parts in prop::collection::vec((any_text(), "[的一是崧珏行]{1,3}"), 0..4),
    ) {
        let mut text = SourceText::made("");
        for (plain, word) in parts {
            text.text.push_str(&plain);
            let at = text.text.len()..text.text.len() + word.len();
            let pinyin = vec!["song1"; word.chars().count()].join(" ");
            text.text.push_str(&word);
            text.readings.push(GivenReading { at, pinyin });
        }
        let front = lexicon();
        let noted = front.read(&text);
        let reading = noted.value;
        let figure = reading.spoken.chars().find(|c| c.is_numeric() && !is_han(*c));
        prop_assert_eq!(figure, None, "{} → {}", text.text, reading.spoken);
        covered(&reading)?;
        let given: Vec<_> = (reading.map.iter())
            .filter(|s| s.rule == Rule::Given)
            .map(|s| s.display.clone())
            .collect();
        let wanted: Vec<_> = text.readings.iter().map(|r| r.at.clone()).collect();
        prop_assert_eq!(given, wanted);
        // The explanation says the same and covers the same.
        let explained = front.explain(&text);
        prop_assert_eq!(&explained.spoken, &reading.spoken);
        let (mut display, mut spoken, mut syllables) = (0, 0, 0);
        for span in &explained.spans {
            prop_assert_eq!(span.display.start, display);
            prop_assert_eq!(span.spoken.start, spoken);
            (display, spoken) = (span.display.end, span.spoken.end);
            syllables += span.syllables.len();
            let inside = |d: &Decision| within(&d.display, &span.display);
            prop_assert!(span.syllables.iter().all(inside));
        }
        prop_assert_eq!((display, spoken), (text.text.len(), reading.spoken.len()));
        prop_assert_eq!(syllables, reading.syllables());
        // No cut goes through a given reading.
        for (range, _) in cut::cut(&front, &text) {
            let apart = |r: &Range<usize>| r.start >= range.end || r.end <= range.start;
            let whole = |r: &GivenReading| apart(&r.at) || within(&r.at, &range);
            prop_assert!(text.readings.iter().all(whole));
        }
    }
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..'\u{A000}').contains(&c)
        || ('\u{F900}'..'\u{FB00}').contains(&c)
        || c > '\u{20000}'
}

#[test]
fn traditional_print_is_read_as_simplified() {
    for (traditional, simplified) in [
        ("8點30分", "8点30分"),
        ("電話：57681234", "电话：57681234"),
        ("3萬餘戶", "3万余户"),
        ("總第8545期", "总第8545期"),
        ("以3:12惜敗", "以3:12惜败"),
    ] {
        let keys = |text: &str| -> String {
            let spoken = read(text).spoken;
            spoken.chars().map(traditional::simplified).collect()
        };
        assert_eq!(keys(traditional), keys(simplified));
    }
    for (traditional, simplified) in [
        ("銀行行長長得很高", "银行行长长得很高"),
        ("還沒還書，為居民服務", "还没还书，为居民服务"),
        ("調查結果說得對", "调查结果说得对"),
    ] {
        assert_eq!(read(traditional).pinyin(), read(simplified).pinyin());
    }
}

#[test]
fn the_lexicon_wins_over_everything() {
    let given = [entry("单明远", "shan4 ming2 yuan3"), entry("AI", "ei1 ai4")];
    let front = FrontEnd::new(&given).unwrap();
    let reading = front.read(&SourceText::made("单明远谈AI。")).value;
    assert_eq!(reading.pinyin(), "shan4ming2yuan3 tan2 ei1ai4。");
    assert_eq!(reading.map[0].rule, Rule::Lexicon);
}

/// What `text` sounds like with these entries.
fn with_lexicon(given: &[(&str, LexiconReading)], text: &str) -> (String, String) {
    let entries: Vec<LexiconEntry> = given
        .iter()
        .map(|(word, reading)| LexiconEntry {
            reading: reading.clone(),
            ..entry(word, "")
        })
        .collect();
    let front = FrontEnd::new(&entries).unwrap();
    let reading = front.read(&SourceText::made(text)).value;
    let pinyin = reading.pinyin().replace(' ', "");
    (reading.spoken, pinyin)
}

#[test]
fn the_lexicon_wins_over_segmentation_figures_and_longer_phrases() {
    use LexiconReading::{Digits, Pinyin, Say, Skip, Value};
    let pinyin = |p: &str| Pinyin(p.to_string());
    for (word, reading, text, spoken, heard) in [
        // Across the words that the dictionary finds: 研究 | 生命.
        (
            "究生",
            pinyin("jiu1 sheng5"),
            "研究生命",
            "研究生命",
            "yan2jiu1sheng5ming4",
        ),
        // One character inside longer words.
        ("行", pinyin("xing4"), "银行", "银行", "yin2xing4"),
        // Inside a longer phrase of the tables.
        (
            "重",
            pinyin("zhong4"),
            "重重困难",
            "重重困难",
            "zhong4zhong4kun4nan2",
        ),
        // With figures and letters; what stands around is still understood.
        (
            "3M",
            Say("三艾姆".into()),
            "买3M口罩5个",
            "买三艾姆口罩五个",
            "",
        ),
        ("4210", Value, "共4210", "共四千二百一十", ""),
        ("1200", Digits, "约1200人", "约一二零零人", ""),
        ("5号", pinyin("wu3 hao4"), "3月5号楼", "三月五号楼", ""),
        ("月", Say("个月".into()), "11月17日", "十一个月十七日", ""),
        ("kW", Say("千瓦".into()), "30kW", "三十千瓦", ""),
        (
            "（图）",
            Skip,
            "他笑了（图）。",
            "他笑了。",
            "ta1xiao4le5。",
        ),
    ] {
        let (said, syllables) = with_lexicon(&[(word, reading)], text);
        assert_eq!(said, spoken, "{word} in {text}");
        if !heard.is_empty() {
            assert_eq!(syllables, heard, "{word} in {text}");
        }
    }
}

#[test]
fn a_lexicon_does_not_cut_the_words_around_its_own() {
    // 长 begins an entry that does not stand here.
    let given = [("长宁", LexiconReading::Pinyin("chang2 ning2".into()))];
    let (_, heard) = with_lexicon(&given, "楼组长在长宁");
    assert_eq!(heard, "lou2zu2zhang3zai4chang2ning2");
}

#[test]
fn a_reading_given_in_the_text_counts_once_and_a_wrong_one_is_doubted() {
    let mut text = SourceText::at("行不行", Place::new("a.md", 2, 0));
    let given = |at, pinyin: &str| GivenReading {
        at,
        pinyin: pinyin.into(),
    };
    text.readings.push(given(6..9, "hang4"));
    let front = front();
    let noted = front.read(&text);
    assert!(noted.notes.is_empty());
    assert!(
        noted.value.pinyin().ends_with("hang4"),
        "{}",
        noted.value.pinyin()
    );
    assert!(noted.value.pinyin().starts_with("xing2"));
    text.readings[0] = given(6..9, "hang4 hang4");
    let noted = front.read(&text);
    assert_eq!(
        noted.notes[0].to_string(),
        "doubt: the reading of `行` has 2 syllables and the word 1 character; it is read as if \
         nothing were given\n  --> a.md:2:3\n  help: give one syllable for every character"
    );
}

#[test]
fn what_cannot_be_said_is_reported_where_it_stands() {
    let text = SourceText::at("你好😀，カタカナ！", Place::new("p.txt", 4, 2));
    let notes = front().read(&text).notes;
    let told: Vec<_> = notes
        .iter()
        .map(|n| (n.severity, n.place.clone().unwrap().col, n.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Severity::Note, 4, "`😀` is not spoken"),
            (Severity::Omission, 6, "no reading is known for `カタカナ`"),
        ]
    );
}

#[test]
fn a_latin_word_that_is_spelled_is_noted() {
    let notes = front().read(&SourceText::made("用iPhone和CPU")).notes;
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].message, "`iPhone` is spelled letter by letter");
}

#[test]
fn readings() {
    for (text, pinyin) in [
        (
            "他长大了，在银行上班。",
            "ta1 zhang3da4 le5， zai4 yin2hang2 shang4ban1。",
        ),
        (
            "音乐会上大家都很快乐",
            "yin1yue4hui4 shang4 da4jia1 dou1 hen3 kuai4le4",
        ),
        ("重新装修", "chong2xin1 zhuang1xiu1"),
        ("“我们”了解情况", "“ wo3men5” liao2jie3 qing2kuang4"),
        ("着力解决", "zhuo2li4 jie3jue2"),
        ("孩子们跑着去", "hai2zi5 men5 pao3 zhe5 qu4"),
        ("你好吗？", "ni2 hao3 ma5？"),
        ("量血压", "liang2xue4ya1"),
        ("以服务居民为导向", "yi3 fu2wu4 ju1min2 wei2 dao3xiang4"),
        ("党组织为居民搭台", "dang2 zu3zhi1 wei4 ju1min2 da1tai2"),
        ("B超", "bi4 chao1"),
        ("CT", "xi1ti4"),
    ] {
        let got = read(text).pinyin();
        assert_eq!(
            got.replace(' ', ""),
            pinyin.replace(' ', ""),
            "{text}: {got}"
        );
    }
}

#[test]
fn a_space_between_phrases_is_a_pause_and_one_beside_a_title_is_not() {
    for (text, spoken) in [
        ("通讯员 钟丽 记者 郭爽", "通讯员钟丽，记者郭爽"),
        ("荣 获", "荣获"),
        ("共绘“同心圆” 做好“大文章”", "共绘“同心圆”，做好“大文章”"),
        ("总第 8545 期", "总第八五四五期"),
    ] {
        assert_eq!(read(text).spoken, spoken);
    }
}
