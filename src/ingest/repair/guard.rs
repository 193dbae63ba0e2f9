//! What words alone never change: puns, and the names of persons.

use std::sync::LazyLock;

use crate::ingest::glyph::is_han;

/// Words before a person's name.
const TITLES: &[&str] = &[
    "记者",
    "通讯员",
    "书记",
    "主任",
    "委员",
    "教授",
    "经理",
    "院长",
    "校长",
    "所长",
    "局长",
    "处长",
    "科长",
    "队长",
    "会长",
    "站长",
    "馆长",
    "社长",
    "主席",
    "医生",
    "老师",
    "律师",
    "居民",
    "志愿者",
    "村民",
    "警官",
    "民警",
    "作者",
    "摄影",
    "编辑",
    "叫",
    "姓",
    "供稿",
    "撰文",
    "通讯",
    "先生",
    "女士",
    "阿姨",
    "师傅",
    "网格员",
    "队长",
    "队员",
    "业主",
    "店主",
    "老板",
    "老人",
    "馆员",
    "护士",
    "诗人",
];
/// The commonest family names, and what they are misread as at times.
const FAMILIES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡\
余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵\
万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒\
阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝骆路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简\
车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞\
敖巩明佘池查麻苑迟邝";
/// How many characters a name has, the family's counted.
const NAME: usize = 4;

/// What is misread in every print, in words in quotes too: `“诰血”`.
const MISREAD: &[char] = &[
    '诰', '讲', '干', '丁', '氏', '佘', '□', '未', '末', '己', '已', '巳', '曰', '入', '八', '土',
    '贝',
];

/// One character or two in quotes are meant to be noticed.
pub(super) fn is_pun(text: &[char], at: usize) -> bool {
    let quote = |i: Option<usize>| {
        i.and_then(|i| text.get(i))
            .is_some_and(|c| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」'))
    };
    let before = |n: usize| quote(at.checked_sub(n));
    let behind = |n: usize| quote(Some(at + n));
    let pair = before(1) && behind(2) || before(2) && behind(1);
    before(1) && behind(1) || pair && !MISREAD.contains(&text[at])
}

/// Characters that no text of today has but where it quotes the old ones.
const RARE: &[char] = &['□', '囗', '幵', '巳', '曰'];
/// Words that `曰` and `巳` stand behind.
const OLD: &[char] = &[
    '子', '字', '诗', '书', '名', '或', '对', '问', '答', '歌', '铭', '辰', '乙', '丁', '己', '辛',
    '癸',
];

/// Whether the character is one that stands alone in hardly any print.
pub(super) fn is_rare(text: &[char], at: usize) -> bool {
    let old = at.checked_sub(1).is_some_and(|i| OLD.contains(&text[i]));
    let speaks = text
        .get(at + 1)
        .is_some_and(|c| matches!(c, ':' | '：' | '，' | ',' | '“' | '"' | '时' | '年'));
    RARE.contains(&text[at]) && !old && !speaks
}

/// Whether `right` would be a figure of a number: `二十入` may be `二十八` and
/// `二十人`.
pub(super) fn is_counted(text: &[char], at: usize, right: char) -> bool {
    let numeral = |c: char| "一二三四五六七八九十百千".contains(c);
    numeral(right) && at.checked_sub(1).is_some_and(|i| numeral(text[i]))
}

/// Whether `right` would be a figure behind another one that counts nothing:
/// `九十入` before a comma is `九十人`.
pub(super) fn counts_nothing(text: &[char], at: usize, right: char) -> bool {
    let counted = |c: &char| is_numeral(*c) || MEASURES.contains(*c) || "余多来几摄℃".contains(*c);
    is_numeral(right)
        && at.checked_sub(1).is_some_and(|i| is_numeral(text[i]))
        && !text.get(at + 1).is_some_and(counted)
}

/// Whether `介` behind a figure would be another word than `个`, which it is.
pub(super) fn is_other_measure(text: &[char], at: usize, right: char) -> bool {
    let counted = at.checked_sub(1).is_some_and(|i| is_numeral(text[i]));
    text[at] == '介' && counted && right != '个'
}

/// Whether people are counted: `二十人`, and not `二十人号`.
fn are_people(text: &[char], at: usize) -> bool {
    let counted = |c: &char| is_numeral(*c) || (MEASURES.contains(*c) && *c != '次');
    text[at] == '人'
        && at.checked_sub(1).is_some_and(|i| is_numeral(text[i]))
        && !text.get(at + 1).is_some_and(counted)
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十百千".contains(c) || c.is_ascii_digit()
}

/// Words that the model of words does not know and community papers have.
static TERMS: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/terms.txt").lines();
    let words = lines.filter(|line| !line.starts_with('#'));
    words
        .flat_map(str::split_whitespace)
        .map(|word| word.chars().collect())
        .collect()
});
/// Words that the last ones of a notice follow: `特此公告`.
const CLOSES: [char; 2] = ['特', '此'];

/// Whether the character is printed in a word that is known to be meant.
pub(super) fn is_meant(text: &[char], at: usize) -> bool {
    let closes = (1..=2).any(|n| {
        at.checked_sub(n + 1)
            .is_some_and(|from| text[from..from + 2] == CLOSES)
    });
    closes
        || is_paired(text, at)
        || is_box(text, at)
        || counts(text, at)
        || are_people(text, at)
        || TERMS.iter().any(|term| {
            (0..term.len()).any(|n| {
                term[n] == text[at]
                    && at
                        .checked_sub(n)
                        .is_some_and(|from| text[from..].starts_with(term))
            })
        })
}

/// How far `又` stands behind its `既`, in characters.
const PAIR: usize = 14;

/// `既占地方又不安全`: a `既` that something answers.
fn is_paired(text: &[char], at: usize) -> bool {
    let end = text.len().min(at + PAIR);
    text[at] == '既'
        && text[at + 1..end]
            .iter()
            .any(|c| matches!(c, '又' | '也' | '是'))
}

/// Whether a □ is a box to tick: one of several near by, or with no word before it.
fn is_box(text: &[char], at: usize) -> bool {
    let alone = at.checked_sub(1).is_none_or(|i| !is_han(text[i]));
    let near = &text[at.saturating_sub(BOXES)..text.len().min(at + BOXES)];
    text[at] == '□' && (alone || near.iter().filter(|c| **c == '□').count() > 1)
}

/// How far boxes to tick stand from one another, in characters.
const BOXES: usize = 10;

/// Whether a printed numeral stands before what it counts: `八棵树`.
fn counts(text: &[char], at: usize) -> bool {
    "一二三四五六七八九十".contains(text[at])
        && text.get(at + 1).is_some_and(|c| MEASURES.contains(*c))
}

/// What is counted with.
const MEASURES: &str = "个名位家户棵部辆台条间幢栋层座张把只件项次场届期年岁月日天分点时元角块斤吨米里亩度种类组支\
队批套本册页篇段句字首";

/// Whether the character may be one of a person's name: it stands behind a
/// title, at once or behind the name's first characters.
pub(super) fn is_named(text: &[char], at: usize) -> bool {
    is_listed(text, at) || follows_title(text, at) || is_addressed(text, at)
}

/// How persons are called behind their family's name.
const CALLED: &[&str] = &[
    "大妈", "大爷", "大伯", "伯伯", "阿姨", "阿婆", "阿公", "老伯", "师傅", "老师", "医生", "奶奶",
    "爷爷", "先生", "女士", "叔叔", "主任", "书记", "警官", "老太",
];

/// `佘大妈`: a family's name before how its bearer is called.
fn is_addressed(text: &[char], at: usize) -> bool {
    let called: String = text.iter().skip(at + 1).take(2).collect();
    is_family(text[at]) && CALLED.contains(&called.as_str())
}

/// Whether it stands in two to four characters between marks that begin with a
/// family's name: one of a list of persons.
fn is_listed(text: &[char], at: usize) -> bool {
    let start = text[..at].iter().rposition(|c| !is_han(*c));
    let start = start.map_or(0, |i| i + 1);
    let end = text[at..].iter().position(|c| !is_han(*c));
    let end = end.map_or(text.len(), |i| at + i);
    (2..=NAME).contains(&(end - start)) && is_family(text[start])
}

fn follows_title(text: &[char], at: usize) -> bool {
    TITLES.iter().any(|title| {
        let title: Vec<char> = title.chars().collect();
        (0..NAME).any(|behind| {
            at.checked_sub(behind).is_some_and(|start| {
                start >= title.len()
                    && text[start - title.len()..start] == title[..]
                    && (behind == 0 || is_family(text[start]))
            })
        })
    })
}

/// Whether a family's name stands one or two characters before.
pub(super) fn follows_family(text: &[char], at: usize) -> bool {
    (1..=2).any(|back| at.checked_sub(back).is_some_and(|i| is_family(text[i])))
}

fn is_family(c: char) -> bool {
    FAMILIES.contains(c)
}

/// Characters that write the sounds of foreign names.
const SOUNDS: &str = "阿埃艾安奥巴拜班邦包保贝本比彼别宾波伯勃布查茨达戴丹德登迪蒂丁东杜顿多厄恩尔法凡菲费\
弗福夫盖冈戈格古瓜哈海汉豪赫亨胡霍基吉加贾杰金卡凯坎康考科克肯库夸拉莱赖兰朗劳勒雷里利林琳隆卢鲁伦罗洛马玛\
迈曼梅门蒙米密明莫穆姆拿纳娜内尼涅宁纽农努诺欧帕潘庞培佩彭皮平珀普奇恰乔切琴丘热荣瑞若萨塞赛桑瑟森沙山尚舍\
申圣施史士舒斯丝松苏索塔泰坦汤特滕廷图托瓦万旺威韦维魏温文翁沃乌武希西锡夏肖谢辛休雅亚扬耶叶伊易因英尤于约泽\
扎詹珍朱兹佐";

/// How many of the characters around, three to each side, write the sounds of
/// foreign names.
pub(super) fn sounds_around(text: &[char], at: usize) -> usize {
    let from = at.saturating_sub(3);
    let to = text.len().min(at + 4);
    (from..to)
        .filter(|i| *i != at && SOUNDS.contains(text[*i]))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_to_tick_and_numerals_are_meant() {
        let meant = |t: &str, c: char| {
            let text: Vec<char> = t.chars().collect();
            is_meant(&text, text.iter().position(|x| *x == c).unwrap())
        };
        assert!(meant("请选择：□是□否", '□'));
        assert!(meant("性别□男□女", '□'));
        assert!(!meant("走到家门□去", '□'));
        assert!(meant("物业负责八棵树", '八'));
        assert!(!meant("戴表的八少了", '八'));
        assert!(meant("来了二十人，坐满了", '人') && !meant("三月二十人日", '人'));
        let text: Vec<char> = "约有九十入，佘大妈说".chars().collect();
        assert!(counts_nothing(&text, 4, '八') && !counts_nothing(&text, 4, '人'));
        assert!(is_named(&text, 6) && !is_named(&text, 4));
    }

    #[test]
    fn names_and_puns_are_known() {
        let text: Vec<char> = "记者王小明说“治”同道合".chars().collect();
        let named = |i| is_named(&text, i);
        assert!(named(2) && named(3) && named(4));
        assert!(!named(6));
        assert!(is_pun(&text, 7) && !is_pun(&text, 9));
        assert!(follows_family(&text, 3) && !follows_family(&text, 9));
    }

    #[test]
    fn words_of_today_and_closing_words_are_meant() {
        let meant = |text: &str, at| is_meant(&text.chars().collect::<Vec<_>>(), at);
        assert!(meant("围绕主责主业", 3) && meant("特此公告", 2) && meant("特此公告", 3));
        assert!(!meant("负责人", 1) && !meant("特此公告", 1));
    }

    #[test]
    fn old_words_have_rare_characters() {
        let rare = |text: &str, at| is_rare(&text.chars().collect::<Vec<_>>(), at);
        assert!(rare("近曰在家", 1) && rare("家门囗的", 2) && !rare("近曰，记者", 1));
        assert!(!rare("子曰学而", 1) && !rare("乙巳年春", 1));
    }
}
