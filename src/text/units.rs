//! Units, currencies and measure words, each a row.

/// Signs of units and what is said; the longest that fits is taken.
const UNITS: &[(&str, &str)] = &[
    ("mmHg", "毫米汞柱"),
    ("kWh", "千瓦时"),
    ("kW·h", "千瓦时"),
    ("mAh", "毫安时"),
    ("kcal", "千卡"),
    ("cal", "卡"),
    ("km²", "平方公里"),
    ("km2", "平方公里"),
    ("㎢", "平方公里"),
    ("hm²", "公顷"),
    ("cm²", "平方厘米"),
    ("cm2", "平方厘米"),
    ("㎠", "平方厘米"),
    ("mm²", "平方毫米"),
    ("mm2", "平方毫米"),
    ("dm²", "平方分米"),
    ("m²", "平方米"),
    ("m2", "平方米"),
    ("㎡", "平方米"),
    ("km³", "立方公里"),
    ("cm³", "立方厘米"),
    ("cm3", "立方厘米"),
    ("㎤", "立方厘米"),
    ("m³", "立方米"),
    ("m3", "立方米"),
    ("㎥", "立方米"),
    ("km", "公里"),
    ("KM", "公里"),
    ("㎞", "公里"),
    ("dm", "分米"),
    ("cm", "厘米"),
    ("CM", "厘米"),
    ("㎝", "厘米"),
    ("mm", "毫米"),
    ("MM", "毫米"),
    ("㎜", "毫米"),
    ("μm", "微米"),
    ("µm", "微米"),
    ("nm", "纳米"),
    ("m", "米"),
    ("kg", "公斤"),
    ("Kg", "公斤"),
    ("KG", "公斤"),
    ("㎏", "公斤"),
    ("mg", "毫克"),
    ("㎎", "毫克"),
    ("μg", "微克"),
    ("µg", "微克"),
    ("g", "克"),
    ("t", "吨"),
    ("ml", "毫升"),
    ("mL", "毫升"),
    ("ML", "毫升"),
    ("L", "升"),
    ("ha", "公顷"),
    ("℃", "摄氏度"),
    ("°C", "摄氏度"),
    ("℉", "华氏度"),
    ("°F", "华氏度"),
    ("°", "度"),
    ("′", "分"),
    ("″", "秒"),
    ("kPa", "千帕"),
    ("hPa", "百帕"),
    ("MPa", "兆帕"),
    ("Pa", "帕"),
    ("kHz", "千赫"),
    ("MHz", "兆赫"),
    ("GHz", "吉赫"),
    ("Hz", "赫兹"),
    ("kW", "千瓦"),
    ("KW", "千瓦"),
    ("MW", "兆瓦"),
    ("W", "瓦"),
    ("kV", "千伏"),
    ("V", "伏"),
    ("mA", "毫安"),
    ("kJ", "千焦"),
    ("dB", "分贝"),
    ("Mbps", "兆每秒"),
    ("mol", "摩尔"),
    ("ppm", "百万分率"),
    ("M", "兆"),
    ("h", "小时"),
    ("min", "分钟"),
    ("ms", "毫秒"),
];

/// Signs of money before the amount.
const CURRENCIES: &[(&str, &str)] = &[
    ("HK$", "港元"),
    ("US$", "美元"),
    ("RMB", "元"),
    ("CNY", "元"),
    ("USD", "美元"),
    ("¥", "元"),
    ("￥", "元"),
    ("$", "美元"),
    ("€", "欧元"),
    ("£", "英镑"),
];

/// What may stand between a figure and its unit: 3.5万m².
const MAGNITUDES: &str = "十百千万亿多余几";

/// Words that count what stands before them, told by their first character.
const MEASURES: &str = "个名位户家幢栋座层间套处条只件辆台部册篇场次届项种类颗粒株棵根支枝把张片块面\
副双对组批群队班排列行架艘所口头匹岁年月日天周时分秒元角毛吨斤公克千米里亩升瓦度成倍折代期楼室弄步\
句字页道门节集遍趟回番员人万亿百十多余几股桌席碗杯瓶罐箱袋包盒筐车船轮幅首盏扇顶床针例宗起笔桩站县\
市省镇村街巷院校平立毫厘美欧英港日小余朵本点卷款份帧";

/// Measure words (by their beginning) that take 两 for 2.
const PAIRED: &[&str] = &[
    "个", "名", "位", "户", "家", "幢", "座", "间", "套", "处", "条", "只", "件", "辆", "台", "部",
    "册", "篇", "场", "次", "项", "种", "类", "颗", "粒", "株", "棵", "根", "支", "枝", "把", "张",
    "片", "块", "面", "副", "双", "对", "组", "批", "群", "队", "排", "列", "架", "艘", "所", "口",
    "头", "匹", "岁", "年", "天", "周", "秒", "元", "角", "毛", "吨", "斤", "克", "千", "米", "里",
    "亩", "升", "倍", "代", "步", "句", "字", "页", "道", "门", "节", "集", "遍", "趟", "回", "人",
    "万", "亿", "股", "桌", "席", "碗", "杯", "瓶", "罐", "箱", "袋", "包", "盒", "筐", "车", "船",
    "轮", "幅", "首", "盏", "扇", "顶", "床", "针", "例", "宗", "起", "笔", "届", "成", "点", "朵",
    "本", "份", "款", "小时", "分钟", "刻钟", "公", "平方", "立方", "毫", "厘", "星期", "美元",
    "欧元", "英镑", "港元", "日元", "层",
];

/// Those that begin the same and keep 二: 二年级, 二次元.
const UNPAIRED: &[&str] = &[
    "年级",
    "次元",
    "千瓦时",
    "人民",
    "代表",
    "公主",
    "本科",
    "面体",
];

/// What is said for the unit at the start of `text` and how long its sign is,
/// in characters; compound units too (`mg/L`).
pub(super) fn unit(text: &[char]) -> Option<(usize, String)> {
    let (mut len, said) = longest(UNITS, text)?;
    let mut said = said.to_string();
    if text.get(len) == Some(&'/')
        && let Some((more, per)) = longest(UNITS, &text[len + 1..])
    {
        len += 1 + more;
        said.push('每');
        said.push_str(per);
    }
    // `5min` is a unit, `5mint` a word.
    let runs_on = |i: usize| text.get(i).is_some_and(|c| c.is_ascii_alphanumeric());
    (!(runs_on(len) && runs_on(len - 1))).then_some((len, said))
}

/// The first characters of all signs of units.
pub(super) fn unit_starters() -> Vec<char> {
    UNITS.iter().filter_map(|(u, _)| u.chars().next()).collect()
}

/// What is said for the currency sign at the start of `text`, and its length.
pub(super) fn currency(text: &[char]) -> Option<(usize, &'static str)> {
    longest(CURRENCIES, text)
}

/// How many characters of magnitude `text` starts with.
pub(super) fn magnitude(text: &[char]) -> usize {
    text.iter().take_while(|&&c| MAGNITUDES.contains(c)).count()
}

/// Whether `text` starts with a measure word or what a number goes with.
pub(super) fn measured(text: &[char]) -> bool {
    text.first().is_some_and(|&c| MEASURES.contains(c))
}

/// Whether a 2 before `text` is said 两.
pub(super) fn paired(text: &[char]) -> bool {
    let starts = |words: &[&str]| words.iter().any(|w| starts_with(text, w));
    starts(PAIRED) && !starts(UNPAIRED)
}

/// Whether `text` starts with `word`.
pub(super) fn starts_with(text: &[char], word: &str) -> bool {
    let mut at = text.iter();
    word.chars().all(|c| at.next() == Some(&c))
}

fn longest(table: &'static [(&str, &str)], text: &[char]) -> Option<(usize, &'static str)> {
    table
        .iter()
        .filter(|(sign, _)| starts_with(text, sign))
        .map(|(sign, said)| (sign.chars().count(), *said))
        .max_by_key(|(len, _)| *len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit_of(text: &str) -> Option<(usize, String)> {
        unit(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn the_longest_sign_is_taken_and_a_word_is_none() {
        assert_eq!(unit_of("m²的"), Some((2, "平方米".into())));
        assert_eq!(unit_of("km/h"), Some((4, "公里每小时".into())));
        assert_eq!(unit_of("mg/L。"), Some((4, "毫克每升".into())));
        assert_eq!(unit_of("mini"), None);
        assert_eq!(unit_of("万"), None);
    }

    #[test]
    fn pairs() {
        let paired = |t: &str| paired(&t.chars().collect::<Vec<_>>());
        assert!(paired("个月") && paired("年后") && paired("小时"));
        assert!(!paired("年级") && !paired("月") && !paired("号楼") && !paired("楼"));
    }
}
