//! Family names that are read otherwise than their character usually is: 单老师, 居民任建国,
//! 老曾. What stands beside them tells, by a few rules and `data/surnames.tsv`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::dictionary;
use super::explain::By;
use super::normalise::Normalised;
use super::syllables::Syl;
use super::tables::rows;
use super::traditional::simplified_text;
use super::words::{Item, Line};

const TABLE: &str = include_str!("../../data/surnames.tsv");

/// What anybody may be called.
const TITLES: &[&str] = &[
    "先生", "女士", "小姐", "阿姨", "叔叔", "伯伯", "阿婆", "阿公", "阿伯", "爷爷", "奶奶", "大爷",
    "大妈", "大姐", "大哥", "大叔", "大娘", "老伯", "老太", "老汉", "婆婆", "师傅", "老师", "医生",
    "大夫", "同学", "教授", "博士", "某", "某某", "护士", "律师", "警官", "教练", "导演",
];
/// What somebody with an office is called.
const OFFICES: &[&str] = &[
    "主任",
    "书记",
    "局长",
    "校长",
    "院长",
    "经理",
    "队长",
    "所长",
    "站长",
    "镇长",
    "区长",
    "处长",
    "科长",
    "会长",
    "馆长",
    "董事长",
    "总",
    "老板",
    "店长",
    "班长",
    "厂长",
    "园长",
];
/// Words for a person that a name follows.
const PERSONS: &[&str] = &[
    "居民",
    "记者",
    "通讯员",
    "实习生",
    "志愿者",
    "市民",
    "村民",
    "业主",
    "读者",
    "网友",
    "民警",
    "医生",
    "护士",
    "老师",
    "教师",
    "学生",
    "同学",
    "书记",
    "主任",
    "组长",
    "楼组长",
    "队长",
    "校长",
    "院长",
    "局长",
    "经理",
    "教授",
    "作家",
    "画家",
    "演员",
    "歌手",
    "球员",
    "选手",
    "教练",
    "导演",
    "主持人",
    "老人",
    "党员",
    "职工",
    "员工",
    "工人",
    "队员",
    "代表",
    "委员",
    "同事",
    "邻居",
    "妻子",
    "丈夫",
    "儿子",
    "女儿",
    "孙子",
    "孙女",
    "母亲",
    "父亲",
    "市长",
    "区长",
    "镇长",
    "村长",
    "站长",
    "所长",
    "院士",
    "博士",
    "律师",
    "会长",
    "馆长",
    "负责人",
    "社工",
    "保安",
];
/// What may follow a whole name.
const GOES_ON: &[&str] = &[
    "说",
    "表示",
    "告诉",
    "介绍",
    "反映",
    "认为",
    "回忆",
    "坦言",
    "笑",
    "提出",
    "讲",
    "道",
    "感慨",
    "直言",
    "强调",
    "指出",
    "和",
    "与",
    "的",
    "等",
    "向",
    "对",
    "在",
    "也",
    "今年",
    "带",
    "率",
    "获",
    "把",
    "将",
    "是",
    "先生",
    "女士",
    "摄",
    "文",
    "告诉记者",
    "笑着",
    "介绍说",
];
/// Characters that are in no given name, or hardly ever.
const NOT_GIVEN: &str =
    "的了在是不就都也还一二三四五六七八九十我你他她它们这那什么怎到过着把被给让和与或个";

/// What makes a name of a character.
struct Surname {
    syl: Syl,
    /// The letters of the table.
    signs: &'static str,
}

/// A word of the line, or nothing where a mark stands.
struct Token<'a> {
    text: Cow<'a, str>,
    /// Its first syllable.
    syl: usize,
}

/// Gives family names their reading, where no editor and no hand-made reading has
/// spoken.
pub(super) fn settle(normalised: &Normalised, line: &mut Line) {
    let table = table();
    if !line.chars.iter().any(|c| table.contains_key(c)) {
        return;
    }
    let tokens: Vec<Option<Token<'_>>> = (line.items.iter())
        .map(|item| match item {
            Item::Word { spoken, syls } => Some(Token {
                text: simplified_text(&normalised.spoken[spoken.clone()]),
                syl: syls.start,
            }),
            Item::Mark(_) => None,
        })
        .collect();
    for at in 0..tokens.len() {
        let Some(token) = &tokens[at] else { continue };
        let Some(surname) = token.text.chars().next().and_then(|c| table.get(&c)) else {
            continue;
        };
        let told = match line.by[token.syl].by {
            By::Corrected | By::Lexicon => continue,
            by => matches!(by, By::Word | By::Phrase),
        };
        if is_name(surname, &tokens, at, told) {
            line.syls[token.syl] = surname.syl;
            line.by[token.syl] = By::Name.into();
        }
    }
}

fn table() -> &'static HashMap<char, Surname> {
    static TABLE_READ: OnceLock<HashMap<char, Surname>> = OnceLock::new();
    TABLE_READ.get_or_init(|| {
        (rows(TABLE))
            .filter_map(|(c, rest)| {
                let (reading, signs) = rest.split_once('\t')?;
                let syl = Syl::parse(reading)?;
                Some((c.chars().next()?, Surname { syl, signs }))
            })
            .collect()
    })
}

/// Whether the word there is, or begins with, this family name; `told` is whether a
/// dictionary has its reading.
fn is_name(surname: &Surname, tokens: &[Option<Token<'_>>], at: usize, told: bool) -> bool {
    let text = |n: Option<usize>| {
        let token = n.and_then(|n| tokens.get(n)).and_then(Option::as_ref);
        token.map_or("", |t| &*t.text)
    };
    let has = |sign: char| surname.signs.contains(sign);
    let (before, own) = (text(at.checked_sub(1)), text(Some(at)));
    let behind: String = own.chars().skip(1).collect();
    if !behind.is_empty() && dictionary().has_word(own) {
        // Words keep their readings; names in the dictionary are names.
        return has('d') && !told && is_tagged_as_name(own);
    }
    let title = match behind.as_str() {
        "" => text(Some(at + 1)),
        behind => behind,
    };
    if (has('t') && TITLES.contains(&title) || has('o') && OFFICES.contains(&title))
        && !(own.starts_with('应') && asked(tokens, at))
    {
        return true;
    }
    if has('g') && PERSONS.contains(&before) && is_given(tokens, at, &behind) {
        return true;
    }
    has('l') && behind.is_empty() && matches!(before, "老" | "小") && {
        let first = text(at.checked_sub(2));
        first.is_empty() || PERSONS.contains(&first)
    }
}

/// 应…要求: what somebody asks for is met, and nobody is called 应.
fn asked(tokens: &[Option<Token<'_>>], at: usize) -> bool {
    const WISHES: [&str; 7] = ["要求", "邀请", "请求", "之邀", "之约", "邀", "委托"];
    let mut next = tokens.iter().skip(at + 1).take(5).flatten();
    next.any(|t| WISHES.contains(&&*t.text))
}

/// Whether the dictionary has the word as the name of somebody of China: three
/// characters, for those of two are often something else too, and foreign names are
/// written by sound.
fn is_tagged_as_name(word: &str) -> bool {
    let tags = dictionary().tag(word, false);
    let is_name = |tag: &jieba_rs::Tag<'_>| tag.word == word && tag.tag == "nr";
    word.chars().count() == 3 && tags.first().is_some_and(is_name)
}

/// Whether a given name of two characters follows, and behind it what goes on or ends;
/// `begun` is what of it belongs to the word of the family name.
fn is_given(tokens: &[Option<Token<'_>>], at: usize, begun: &str) -> bool {
    let mut given = begun.to_string();
    let mut next = at + 1;
    while given.chars().count() < 2 {
        let Some(Some(token)) = tokens.get(next) else {
            return false;
        };
        given.push_str(&token.text);
        next += 1;
    }
    let goes_on = match tokens.get(next) {
        Some(Some(token)) => GOES_ON.contains(&&*token.text),
        _ => true,
    };
    given.chars().count() == 2 && goes_on && !given.chars().any(|c| NOT_GIVEN.contains(c))
}
