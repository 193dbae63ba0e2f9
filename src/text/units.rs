//! Signs of units and currencies, each a row.

/// Signs of units and what is said; the longest that fits is taken. A raised
/// or plain 2 or 3 behind a length, and `/` with another unit, need no row.
#[rustfmt::skip]
const UNITS: &[(&str, &str)] = &[
    // Lengths and areas.
    ("km", "公里"), ("KM", "公里"), ("Km", "公里"), ("㎞", "公里"), ("m", "米"), ("dm", "分米"),
    ("cm", "厘米"), ("CM", "厘米"), ("㎝", "厘米"), ("mm", "毫米"), ("MM", "毫米"), ("㎜", "毫米"),
    ("μm", "微米"), ("um", "微米"), ("nm", "纳米"), ("㎚", "纳米"), ("pm", "皮米"), ("hm", "百米"),
    ("ft", "英尺"), ("inch", "英寸"), ("in", "英寸"), ("mi", "英里"), ("yd", "码"), ("nmi", "海里"),
    ("㎢", "平方公里"), ("㎠", "平方厘米"), ("㎟", "平方毫米"), ("㎡", "平方米"), ("hm²", "公顷"),
    ("sqm", "平方米"), ("sqkm", "平方公里"), ("ha", "公顷"), ("㏊", "公顷"),
    ("㎤", "立方厘米"), ("㎥", "立方米"), ("㎣", "立方毫米"), ("cc", "毫升"),
    // Masses, volumes, amounts.
    ("kg", "公斤"), ("Kg", "公斤"), ("KG", "公斤"), ("㎏", "公斤"), ("g", "克"), ("mg", "毫克"),
    ("㎎", "毫克"), ("μg", "微克"), ("ug", "微克"), ("ng", "纳克"), ("t", "吨"), ("kt", "千吨"),
    ("lb", "磅"), ("lbs", "磅"), ("oz", "盎司"),
    ("ml", "毫升"), ("mL", "毫升"), ("ML", "毫升"), ("㎖", "毫升"), ("L", "升"), ("l", "升"),
    ("dL", "分升"), ("dl", "分升"), ("cL", "厘升"), ("μL", "微升"), ("μl", "微升"), ("kL", "千升"),
    ("mol", "摩尔"), ("mmol", "毫摩尔"), ("μmol", "微摩尔"), ("nmol", "纳摩尔"), ("kmol", "千摩尔"),
    // Temperatures and angles.
    ("℃", "摄氏度"), ("°C", "摄氏度"), ("°c", "摄氏度"), ("℉", "华氏度"), ("°F", "华氏度"),
    ("°", "度"), ("º", "度"), ("′", "分"), ("″", "秒"), ("rad", "弧度"),
    // Pressures, forces, energies, electricity.
    ("Pa", "帕"), ("hPa", "百帕"), ("kPa", "千帕"), ("MPa", "兆帕"), ("GPa", "吉帕"),
    ("mmHg", "毫米汞柱"), ("atm", "个大气压"), ("mbar", "毫巴"), ("bar", "巴"), ("psi", "磅每平方英寸"),
    ("kN", "千牛"), ("MN", "兆牛"), ("N·m", "牛米"), ("Nm", "牛米"),
    ("kJ", "千焦"), ("MJ", "兆焦"), ("GJ", "吉焦"), ("cal", "卡"), ("kcal", "千卡"), ("Kcal", "千卡"),
    ("eV", "电子伏特"), ("keV", "千电子伏特"), ("MeV", "兆电子伏特"), ("GeV", "吉电子伏特"),
    ("kWh", "千瓦时"), ("kwh", "千瓦时"), ("KWH", "千瓦时"), ("kW·h", "千瓦时"), ("MWh", "兆瓦时"),
    ("GWh", "吉瓦时"), ("Wh", "瓦时"), ("mAh", "毫安时"), ("Ah", "安时"),
    ("W", "瓦"), ("kW", "千瓦"), ("KW", "千瓦"), ("kw", "千瓦"), ("MW", "兆瓦"), ("GW", "吉瓦"),
    ("mW", "毫瓦"), ("V", "伏"), ("kV", "千伏"), ("KV", "千伏"), ("mV", "毫伏"), ("kVA", "千伏安"),
    ("mA", "毫安"), ("μA", "微安"), ("kA", "千安"), ("Ω", "欧姆"), ("kΩ", "千欧"), ("MΩ", "兆欧"),
    ("μF", "微法"), ("pF", "皮法"), ("hp", "马力"), ("HP", "马力"),
    ("Hz", "赫兹"), ("hz", "赫兹"), ("HZ", "赫兹"), ("kHz", "千赫"), ("KHz", "千赫"),
    ("MHz", "兆赫"), ("Mhz", "兆赫"), ("GHz", "吉赫"), ("Ghz", "吉赫"), ("THz", "太赫"),
    ("dB", "分贝"), ("db", "分贝"), ("lx", "勒克斯"), ("lm", "流明"), ("cd", "坎德拉"),
    ("Bq", "贝克勒尔"), ("Sv", "希沃特"), ("mSv", "毫希沃特"), ("μSv", "微希沃特"),
    // Data.
    ("Mbps", "兆每秒"), ("Gbps", "吉每秒"), ("kbps", "千比特每秒"), ("ppm", "百万分率"), ("M", "M"),
    ("KB", "KB"), ("kB", "KB"), ("MB", "MB"), ("GB", "GB"), ("TB", "TB"), ("PB", "PB"), ("Gb", "Gb"),
    ("G", "G"), ("T", "T"), ("K", "K"), ("dpi", "dpi"),
    ("bit", "比特"), ("fps", "帧每秒"), ("rpm", "转每分"), ("bpm", "次每分"),
    // Times.
    ("h", "小时"), ("hr", "小时"), ("hrs", "小时"), ("min", "分钟"), ("mins", "分钟"), ("s", "秒"),
    ("sec", "秒"), ("ms", "毫秒"), ("μs", "微秒"), ("ns", "纳秒"),
    ("km/h", "公里每小时"), ("kmh", "公里每小时"), ("kph", "公里每小时"), ("mph", "英里每小时"),
    ("m/s²", "米每二次方秒"), ("m/s2", "米每二次方秒"), ("m/s^2", "米每二次方秒"),
];

/// What may be said behind a `/` only, since alone it is a letter.
const PER: &[(&str, &str)] = &[
    ("d", "天"),
    ("a", "年"),
    ("y", "年"),
    ("日", "日"),
    ("天", "天"),
    ("人", "人"),
    ("次", "次"),
    ("户", "户"),
];

/// Lengths that have areas and volumes.
const LENGTHS: &[&str] = &[
    "km", "m", "dm", "cm", "mm", "nm", "μm", "ft", "in", "mi", "KM", "CM",
];

/// Signs of money before the amount.
#[rustfmt::skip]
const CURRENCIES: &[(&str, &str)] = &[
    ("HK$", "港元"), ("US$", "美元"), ("NT$", "新台币"), ("A$", "澳元"), ("AU$", "澳元"),
    ("C$", "加元"), ("CA$", "加元"), ("S$", "新加坡元"), ("NZ$", "新西兰元"), ("MOP$", "澳门元"),
    ("R$", "雷亚尔"), ("JP¥", "日元"), ("CN¥", "元"), ("RMB", "元"), ("CNY", "元"), ("USD", "美元"),
    ("EUR", "欧元"), ("GBP", "英镑"), ("JPY", "日元"), ("HKD", "港元"), ("KRW", "韩元"),
    ("TWD", "新台币"), ("AUD", "澳元"), ("CAD", "加元"), ("SGD", "新加坡元"), ("MOP", "澳门元"),
    ("CHF", "瑞士法郎"), ("INR", "卢比"), ("RUB", "卢布"), ("THB", "泰铢"), ("NZD", "新西兰元"),
    ("¥", "元"), ("￥", "元"), ("$", "美元"), ("€", "欧元"), ("£", "英镑"), ("₩", "韩元"),
    ("₹", "卢比"), ("₽", "卢布"), ("฿", "泰铢"), ("₫", "越南盾"), ("₱", "比索"), ("₿", "比特币"),
];

/// Signs of money that may stand behind the amount, beside the codes above.
const BEHIND: &[(&str, &str)] = &[("¢", "美分"), ("円", "日元")];

/// What is said for the unit at the start of `text` and how long its sign is,
/// in characters; compound units too (`mg/L`).
pub(super) fn unit(text: &[char]) -> Option<(usize, String)> {
    let (mut len, said) = one(text)?;
    let mut said = said.to_string();
    while text.get(len) == Some(&'/')
        && let Some((more, per)) = one(&text[len + 1..]).or_else(|| {
            let (len, said) = longest(PER, &text[len + 1..])?;
            Some((len, said.to_string()))
        })
    {
        len += 1 + more;
        said.push('每');
        said.push_str(&per);
    }
    // `5min` is a unit, `5mint` a word.
    let runs_on = |i: usize| text.get(i).is_some_and(|c| c.is_ascii_alphanumeric());
    (!(runs_on(len) && runs_on(len - 1) && !another(&text[len - 1..]))).then_some((len, said))
}

/// Whether the unit that ends here is followed by a figure of its own and
/// another unit: `1h30min`.
fn another(text: &[char]) -> bool {
    let figures = text[1..].iter().take_while(|c| c.is_ascii_digit()).count();
    text[0].is_ascii_alphabetic() && figures > 0 && longest(UNITS, &text[1 + figures..]).is_some()
}

/// A unit with no `/` in it, squared or cubed perhaps.
fn one(text: &[char]) -> Option<(usize, String)> {
    let (len, said) = longest(UNITS, text)?;
    let power = match text.get(len..) {
        Some(['²' | '2', ..]) => Some((1, "平方")),
        Some(['³' | '3', ..]) => Some((1, "立方")),
        Some(['^', '2', ..]) => Some((2, "平方")),
        Some(['^', '3', ..]) => Some((2, "立方")),
        _ => None,
    };
    let length = LENGTHS
        .iter()
        .any(|l| text[..len].iter().copied().eq(l.chars()));
    if length
        && let Some((more, power)) = power
        && !text
            .get(len + more)
            .is_some_and(char::is_ascii_alphanumeric)
    {
        return Some((len + more, format!("{power}{said}")));
    }
    Some((len, said.to_string()))
}

/// The first characters of all signs of units.
pub(super) fn unit_starters() -> Vec<char> {
    UNITS.iter().filter_map(|(u, _)| u.chars().next()).collect()
}

/// What is said for the currency sign at the start of `text`, and its length.
pub(super) fn currency(text: &[char]) -> Option<(usize, &'static str)> {
    longest(CURRENCIES, text).or_else(|| longest(BEHIND, text))
}

/// The first characters of all signs of money.
pub(super) fn currency_starters() -> Vec<char> {
    CURRENCIES
        .iter()
        .filter_map(|(c, _)| c.chars().next())
        .collect()
}

/// A sign of money that may stand behind an amount, and its length.
pub(super) fn currency_code(text: &[char]) -> Option<(usize, &'static str)> {
    let (len, said) = currency(text)?;
    let runs_on = text.get(len).is_some_and(char::is_ascii_alphanumeric);
    let prefix = text[len - 1] == '$' && len > 1;
    (!runs_on && !prefix).then_some((len, said))
}

/// The first characters of those.
pub(super) fn code_starters() -> Vec<char> {
    let behind = BEHIND.iter().filter_map(|(c, _)| c.chars().next());
    currency_starters().into_iter().chain(behind).collect()
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
        assert_eq!(unit_of("km2，"), Some((3, "平方公里".into())));
        assert_eq!(unit_of("km/h"), Some((4, "公里每小时".into())));
        assert_eq!(unit_of("mg/L。"), Some((4, "毫克每升".into())));
        assert_eq!(unit_of("h30min"), Some((1, "小时".into())));
        assert_eq!(unit_of("mini"), None);
        assert_eq!(unit_of("万"), None);
    }

    #[test]
    fn a_code_of_money_stands_behind_too() {
        let code = |t: &str| currency_code(&t.chars().collect::<Vec<_>>()).map(|(_, s)| s);
        assert_eq!(code("USD。"), Some("美元"));
        assert_eq!(code("USDT"), None);
        assert_eq!(code("US$5"), None);
    }
}
