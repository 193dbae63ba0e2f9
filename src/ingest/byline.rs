//! Who wrote it: `通讯员 钟某 记者 郭某`, `（本报记者 …）`, or names alone at the
//! end of an article.

use super::finish::kind_of;
use super::glyph::{Glyph, ends_sentence, is_closer, is_han, is_stop};
use super::piece::Piece;
use crate::model::ArticleKind;

/// What people do for a paper, the longer names first.
const ROLES: &[&str] = &[
    "特约通讯员",
    "特约记者",
    "见习记者",
    "实习记者",
    "首席记者",
    "本报通讯员",
    "本报记者",
    "本刊记者",
    "指导老师",
    "指导教师",
    "通讯员",
    "实习生",
    "记者",
    "小记者",
    "文/图",
    "图/文",
    "文／图",
    "文/",
    "图/",
    "文／",
    "图／",
    "摄影/",
    "撰文",
    "供稿",
    "撰稿",
    "摄影",
    "摄",
    "图文",
    "供图",
    "供文",
    "投稿",
    "作者",
    "文",
    "图",
    "采访/整理",
    "采访",
    "口述",
    "整理",
    "采写",
    "编辑",
    "责编",
];

/// Family names of one character: those of the censuses' first two hundred.
/// Names in a byline without a role must begin with one.
const FAMILIES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕\
    苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷\
    钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅\
    莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包\
    司柏宁柯阮桂闵解强柴华车冉房边辜吉饶瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸\
    冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应\
    台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺郦殳宓茅亢濮逄臾缪佴麦竹蓟暴仉干芮狄惠郗厉戎邰莘贡扈郏浦茹\
    宦庾暨禄阙蔚厍晁訾蒯逯桓";

/// Family names of two characters.
const LONG_FAMILIES: &[&str] = &[
    "欧阳", "皇甫", "司徒", "上官", "诸葛", "东方", "公良", "万俟", "闾丘", "濮阳", "宗政", "南荣",
    "令狐", "尉迟", "长孙", "慕容", "司马", "夏侯", "端木", "公孙", "轩辕", "钟离", "宇文", "澹台",
    "公冶", "太史", "申屠", "独孤", "南宫", "西门", "闻人", "东郭", "百里", "呼延", "拓跋", "赫连",
    "鲜于", "仲孙", "完颜", "耶律", "贺兰", "左丘", "梁丘", "公羊", "淳于", "单于", "乐正", "壤驷",
];

/// Whether the piece is nothing but a byline with at least one role.
pub(super) fn is_byline(piece: &Piece) -> bool {
    let words = words(piece.segments());
    let closed = |a: char, b: char| {
        let ends = (piece.glyphs.first(), piece.glyphs.last());
        matches!(ends, (Some(x), Some(y)) if x.c == a && y.c == b)
    };
    let bracketed = closed('(', ')') || closed('（', '）');
    has_roles(&words) || is_contributor(&words) || bracketed && are_names(&words)
}

/// `荷湾五村读者 宁某`: a reader who signs; `三（2）班 宁某`: a pupil.
fn is_contributor(words: &[String]) -> bool {
    let [who, name] = words else { return false };
    let kinds = [
        "读者",
        "居民",
        "志愿者",
        "村民",
        "学生",
        "同学",
        "工作人员",
        "社工",
        "民警",
        "医生",
        "护士",
        "教师",
        "老师",
        "律师",
        "干部",
        "书记",
        "主任",
        "站长",
        "楼组长",
        "网格员",
        "居民代表",
        "党员",
        "队员",
        "职工",
        "家长",
    ];
    let reads = kinds.iter().any(|k| who.ends_with(k)) && is_family_name(name);
    who.chars().count() <= 10 && (reads || (is_class(who) && is_name(name)))
}

/// A class of a school, its brackets lost: `八3班`, `高一2班`.
fn is_class(word: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = word.strip_suffix('班').unwrap_or_default();
    let rest = rest.trim_start_matches(['高', '初']).replace("年级", "");
    (1..=4).contains(&rest.chars().count()) && rest.chars().all(number)
}

/// Whether the piece is nothing but one to three names; only its neighbours can
/// tell whether they wrote something.
pub(super) fn is_names(piece: &Piece) -> bool {
    are_names(&words(piece.segments()))
}

/// Words of two characters that headings space out as names are.
pub(super) const SPACED: &[&str] = &[
    "启事", "通知", "公告", "通告", "公示", "声明", "更正", "鸣谢", "目录", "导读", "简讯", "讣告",
];

/// Whether the piece is two characters with a space between, as papers set a name
/// of two; below a headline it may be any, a pen name too.
pub(super) fn is_spaced_name(piece: &Piece) -> bool {
    let line: String = piece.glyphs.iter().map(|g| g.c).collect();
    piece.glyphs.len() == 2
        && piece.gaps.len() == 1
        && !piece.gaps[0].line_end
        && piece.glyphs.iter().all(|g| is_han(g.c))
        && !SPACED.contains(&line.as_str())
}

/// Whether the run is one name that a family's name proves, though a line end may
/// part it: `吴晓 岚`.
pub(super) fn is_one_name(glyphs: &[Glyph]) -> bool {
    let word: String = glyphs.iter().map(|g| g.c).collect();
    (2..=3).contains(&glyphs.len()) && is_family_name(&word)
}

/// Where in a paragraph a byline behind its last sentence begins.
pub(super) fn tail(piece: &Piece) -> Option<usize> {
    let glyphs = &piece.glyphs;
    let from = glyphs.len().saturating_sub(48);
    // In brackets before or behind the stop, or behind a space.
    let last = glyphs.last()?.c;
    if matches!(last, ')' | '）') {
        let open = glyphs[from..]
            .iter()
            .rposition(|g| matches!(g.c, '(' | '（'))?
            + from;
        let inside = words(piece.part(open, glyphs.len()).segments());
        let after_stop = open > 0 && ends_sentence(&glyphs[..open]);
        return (after_stop && (has_roles(&inside) || are_names(&inside))).then_some(open);
    }
    let stop = glyphs[from..]
        .iter()
        .rposition(|g| is_stop(g.c) || is_closer(g.c))?
        + from;
    let start = stop + 1;
    if start >= glyphs.len() || !ends_sentence(&glyphs[..start]) {
        return None;
    }
    let rest = words(piece.part(start, glyphs.len()).segments());
    let apart = piece.gaps.iter().any(|g| g.at == start);
    (has_roles(&rest) || apart && are_names(&rest)).then_some(start)
}

/// The words of a line without brackets, bullets and separators.
fn words<'a>(segments: impl Iterator<Item = &'a [Glyph]>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let between = |g: &Glyph| {
        matches!(
            g.c,
            '(' | ')'
                | '（'
                | '）'
                | '、'
                | ','
                | '，'
                | ':'
                | '：'
                | '□'
                | '■'
                | '●'
                | '◆'
                | '|'
                | '丨'
        )
    };
    for segment in segments {
        for word in segment.split(between).filter(|w| !w.is_empty()) {
            let word: String = word.iter().map(|g| g.c).collect();
            // `江 晓`: a name of two characters is often spaced out.
            match words.last_mut() {
                Some(last) if word.chars().count() == 1 && last.chars().count() == 1 => {
                    last.push_str(&word)
                }
                // `文 /图`
                Some(last) if word.starts_with(['/', '／']) => last.push_str(&word),
                // `八（3）班`, which its brackets part.
                Some(last) if word == "班" => last.push_str(&word),
                _ => words.push(word),
            }
        }
    }
    words
}

/// Roles and names and nothing else. A name that stands behind a space may be
/// any; without one its family name has to prove it.
fn has_roles(words: &[String]) -> bool {
    let (mut roles, mut names) = (0, 0);
    let from = usize::from(words.first().is_some_and(|w| is_class(w)));
    for word in &words[from..] {
        let mut rest = word.as_str();
        while !rest.is_empty() {
            if let Some(behind) = strip_role(rest) {
                roles += 1;
                rest = behind;
                continue;
            }
            let (name, behind) = split_name(rest);
            let whole = name.len() == word.len();
            let proven = is_family_name(name) || (whole && roles > 0 && is_name(name));
            if !proven {
                return false;
            }
            names += 1;
            rest = behind;
        }
    }
    roles > 0 && names > 0
}

fn are_names(words: &[String]) -> bool {
    // `来信` and `启事` are headings, though 来 and 启 are in names.
    let headed = |w: &String| kind_of(w, "") != ArticleKind::News;
    !words.iter().any(headed)
        && (1..=3).contains(&words.len())
        && words.iter().all(|w| is_family_name(w))
}

/// What follows a role; one of a single character has to be all there is, as
/// such characters are in names too.
fn strip_role(run: &str) -> Option<&str> {
    ROLES.iter().find_map(|role| {
        let rest = run.strip_prefix(role)?;
        (rest.is_empty() || role.chars().count() > 1).then_some(rest)
    })
}

/// The name a run begins with, up to the next role, and the rest.
fn split_name(run: &str) -> (&str, &str) {
    let end = run
        .char_indices()
        .skip(2)
        .map(|(i, _)| i)
        .find(|i| strip_role(&run[*i..]).is_some())
        .unwrap_or(run.len());
    run.split_at(end)
}

fn is_name(word: &str) -> bool {
    let han = (2..=4).contains(&word.chars().count()) && word.chars().all(is_han);
    han || is_latin_name(word)
}

/// `Anna`, `Weller`.
fn is_latin_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && (1..=14).contains(&letters.clone().count())
        && letters.all(|c| c.is_ascii_lowercase())
}

fn is_family_name(word: &str) -> bool {
    if is_latin_name(word) {
        return false;
    }
    let long = || LONG_FAMILIES.iter().any(|f| word.starts_with(f));
    let short = |c| FAMILIES.contains(c) && word.chars().count() < 4;
    is_name(word) && (word.chars().next().is_some_and(short) || long())
}

#[cfg(test)]
mod tests {
    use super::super::piece::pieces;
    use super::*;

    #[test]
    fn roles_and_names_are_a_byline() {
        for line in [
            "通讯员 钟小丽 记者 郭大爽",
            "通讯员钟小丽记者郭大爽",
            "（本报记者 何小田）",
            "□记者 江 晓",
            "记者 何小田、江晓 摄",
            "李小明 文/图",
            "李小明 文 /图",
            "采访/整理 本刊记者 李小明",
            "文/图 李小明",
            "撰文：李小明",
            "八（3）班 小记者 阚小桐",
            "九（2）班 禹小帆",
            "记者 乐小遥 通讯员 Anna Weller",
        ] {
            assert!(is_byline(&pieces(line)[0]), "{line}");
        }
        for line in [
            "记者从社区获悉",
            "记者节快乐",
            "李小明 何小田",
            "社区开展通讯员培训",
            "文明单位",
            "图书馆开放时间",
            "记者",
            "周末班 报名",
            "Open Day",
        ] {
            assert!(!is_byline(&pieces(line)[0]), "{line}");
        }
    }

    #[test]
    fn a_byline_behind_the_last_sentence_is_found() {
        let cut = |text: &str| {
            tail(&pieces(text)[0]).map(|at| {
                text.chars()
                    .filter(|c| *c != ' ')
                    .skip(at)
                    .collect::<String>()
            })
        };
        assert_eq!(
            cut("贡献 力量。 宋小发 赵小杰").as_deref(),
            Some("宋小发赵小杰")
        );
        assert_eq!(
            cut("贡献力量。(通讯员 宋小发)").as_deref(),
            Some("(通讯员宋小发)")
        );
        assert_eq!(
            cut("他说：“很好。” 记者 何小田").as_deref(),
            Some("记者何小田")
        );
        assert_eq!(cut("贡献力量。(完)"), None);
        assert_eq!(cut("贡献力量。方便居民"), None, "no space, no role");
        assert_eq!(cut("贡献力量。"), None);
    }
}
