//! Names of well-known papers, as a misread head of a page may be set right.

/// Papers whose names are widely known; enough to set a misread one right.
const KNOWN: &[&str] = &[
    "新民晚报",
    "解放日报",
    "文汇报",
    "人民日报",
    "光明日报",
    "经济日报",
    "工人日报",
    "中国青年报",
    "新闻晨报",
    "青年报",
    "劳动报",
    "上海法治报",
    "北京日报",
    "北京晚报",
    "北京青年报",
    "新京报",
    "天津日报",
    "今晚报",
    "羊城晚报",
    "广州日报",
    "南方日报",
    "南方都市报",
    "深圳特区报",
    "深圳晚报",
    "扬子晚报",
    "新华日报",
    "现代快报",
    "钱江晚报",
    "浙江日报",
    "都市快报",
    "杭州日报",
    "齐鲁晚报",
    "大众日报",
    "楚天都市报",
    "长江日报",
    "成都商报",
    "华西都市报",
    "重庆晚报",
    "重庆日报",
    "辽沈晚报",
    "新文化报",
    "大河报",
    "三湘都市报",
    "海峡都市报",
    "厦门晚报",
    "春城晚报",
    "新安晚报",
    "江淮晨报",
    "半岛都市报",
    "燕赵都市报",
];

/// Traditional characters in the heads of papers, which are often calligraphy.
const TRADITIONAL: &[(char, char)] = &[
    ('報', '报'),
    ('聞', '闻'),
    ('華', '华'),
    ('東', '东'),
    ('廣', '广'),
    ('揚', '扬'),
    ('錢', '钱'),
    ('勞', '劳'),
    ('動', '动'),
    ('匯', '汇'),
    ('彙', '汇'),
    ('濟', '济'),
    ('經', '经'),
    ('區', '区'),
    ('長', '长'),
    ('慶', '庆'),
    ('遼', '辽'),
    ('瀋', '沈'),
    ('齊', '齐'),
    ('魯', '鲁'),
    ('門', '门'),
    ('廈', '厦'),
    ('國', '国'),
    ('眾', '众'),
    ('現', '现'),
    ('時', '时'),
    ('島', '岛'),
    ('趙', '赵'),
    ('開', '开'),
    ('發', '发'),
    ('衆', '众'),
    ('錦', '锦'),
];

/// What OCR reads for a character of such a name, and what it is.
const MISREAD: &[(char, char)] = &[
    ('氏', '民'),
    ('曰', '日'),
    ('目', '日'),
    ('白', '日'),
    ('挽', '晚'),
    ('脱', '晚'),
    ('极', '报'),
    ('板', '报'),
    ('抿', '报'),
    ('扳', '报'),
    ('拫', '报'),
    ('恨', '报'),
    ('亲', '新'),
    ('斩', '新'),
    ('薪', '新'),
    ('闸', '闻'),
    ('间', '闻'),
    ('问', '闻'),
    ('牢', '劳'),
    ('肓', '育'),
    ('入', '人'),
    ('八', '人'),
    ('干', '工'),
    ('土', '工'),
    ('丈', '文'),
    ('半', '羊'),
];

/// Whether `read` is what `right` is taken for in such a name.
pub(super) fn is_misread(read: char, right: char) -> bool {
    MISREAD.contains(&(simplify(read), right))
}

/// What the head of a page says its paper is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Paper {
    /// A known name as printed, perhaps in traditional characters.
    Known(&'static str),
    /// A known name with one character misread.
    Misread(&'static str),
    /// A name we do not know but that ends as papers' names do.
    Unknown,
}

/// Recognises the name of a paper.
pub(super) fn recognise(name: &str) -> Option<Paper> {
    let simple: Vec<char> = name.chars().map(simplify).collect();
    if !(2..=12).contains(&simple.len()) {
        return None;
    }
    let apart = |known: &str| -> Option<Vec<(char, char)>> {
        (known.chars().count() == simple.len()).then(|| {
            let pairs = simple.iter().copied().zip(known.chars());
            pairs.filter(|(a, b)| a != b).collect()
        })
    };
    let mut misread = None;
    for known in KNOWN {
        match apart(known).as_deref() {
            Some([]) => return Some(Paper::Known(known)),
            // Names of three characters are too near one another, and a city's
            // other paper is one character away too: only what looks alike counts.
            Some([pair]) if simple.len() > 3 && MISREAD.contains(pair) => misread = Some(*known),
            _ => {}
        }
    }
    let simple: String = simple.iter().collect();
    let ends = ["报", "周刊", "月刊", "简报", "通讯", "之声", "之窗", "快讯"];
    match misread {
        Some(known) => Some(Paper::Misread(known)),
        None if ends.iter().any(|e| simple.ends_with(e))
            && simple.chars().all(super::glyph::is_han) =>
        {
            Some(Paper::Unknown)
        }
        None => None,
    }
}

fn simplify(c: char) -> char {
    TRADITIONAL
        .iter()
        .find(|(t, _)| *t == c)
        .map_or(c, |(_, s)| *s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_name_is_set_right_only_where_it_is_certain() {
        assert_eq!(recognise("新民晚报"), Some(Paper::Known("新民晚报")));
        assert_eq!(recognise("新民晚報"), Some(Paper::Known("新民晚报")));
        assert_eq!(recognise("新氏晚報"), Some(Paper::Misread("新民晚报")));
        assert_eq!(recognise("南京晚报"), Some(Paper::Unknown), "not Peking's");
        assert_eq!(recognise("荷湾社区报"), Some(Paper::Unknown));
        assert_eq!(
            recognise("荷灣之聲"),
            None,
            "no table knows every character"
        );
        assert_eq!(recognise("社区版"), None);
        assert_eq!(recognise("居民登门送来感谢信和一面锦旗表彰"), None);
    }
}
