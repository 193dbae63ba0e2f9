//! What the page itself says, in its two languages. `{a}` and `{b}` are filled in.

use serde_json::{Map, Value};

/// The language of the page's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
}

impl Tongue {
    /// As BCP 47 writes it.
    pub fn tag(self) -> &'static str {
        match self {
            Tongue::Chinese => "zh-CN",
            Tongue::English => "en",
        }
    }

    /// As the page's script calls it.
    pub fn short(self) -> &'static str {
        match self {
            Tongue::Chinese => "zh",
            Tongue::English => "en",
        }
    }

    /// The one that the page's words are not in.
    pub fn other(self) -> Self {
        match self {
            Tongue::Chinese => Tongue::English,
            Tongue::English => Tongue::Chinese,
        }
    }

    /// The words of a key; nothing for one that is not in the table.
    pub fn word(self, key: &str) -> &'static str {
        let row = WORDS.iter().find(|row| row.0 == key);
        row.map_or("", |row| match self {
            Tongue::Chinese => row.1,
            Tongue::English => row.2,
        })
    }

    /// The words of a key with its first gap filled.
    pub fn filled(self, key: &str, a: &str) -> String {
        self.word(key).replace("{a}", a)
    }

    /// A length of time as one says it, to the nearest second: 2分42秒. The page's
    /// script (`spoken` in `base.js`) says the same.
    pub fn duration(self, ms: u64) -> String {
        let all = (ms + 500) / 1000;
        let units = [
            ("hour", all / 3600),
            ("minute", all / 60 % 60),
            ("second", all % 60),
        ];
        let said: Vec<String> = (units.iter())
            .filter(|(_, count)| *count > 0)
            .map(|(unit, count)| {
                let plural = if *count == 1 { "" } else { "s" };
                self.filled(&format!("{unit}{plural}"), &count.to_string())
            })
            .collect();
        if said.is_empty() {
            return self.filled("seconds", "0");
        }
        said.join(self.word("between_units"))
    }
}

/// The whole table as the script reads it: `{"zh":{…},"en":{…}}`.
pub fn as_json() -> String {
    let mut both = Map::new();
    for tongue in [Tongue::Chinese, Tongue::English] {
        let words = WORDS.iter().map(|row| {
            let word = Value::from(tongue.word(row.0));
            (row.0.to_string(), word)
        });
        both.insert(tongue.short().into(), Value::Object(words.collect()));
    }
    // Nothing in a script element may look like its end.
    Value::Object(both).to_string().replace('<', "\\u003c")
}

/// Key, Chinese, English.
const WORDS: &[(&str, &str, &str)] = &[
    ("player", "播放器", "Player"),
    ("play", "播放", "Play"),
    ("pause", "暂停", "Pause"),
    ("back", "后退15秒", "Back 15 s"),
    ("forward", "前进15秒", "Forward 15 s"),
    ("previous", "上一篇", "Previous article"),
    ("next", "下一篇", "Next article"),
    ("slower", "慢一点", "Slower"),
    ("faster", "快一点", "Faster"),
    ("skip", "跳到正文", "Skip to the text"),
    ("articles", "文章列表", "Articles"),
    ("article", "第{a}篇", "Article {a}"),
    ("listen", "收听：{a}", "Listen: {a}"),
    ("place", "{a}，共{b}", "{a} of {b}"),
    ("normal", "正常速度", "normal speed"),
    ("speed", "{a}倍速度", "{a} times the speed"),
    (
        "first",
        "这是第一篇，已回到开头。",
        "This is the first one; back at its beginning.",
    ),
    ("last", "这是最后一篇。", "This is the last one."),
    (
        "end",
        "全部播完了。按“播放”从头再听。",
        "That was all. Press Play to hear it again.",
    ),
    (
        "resumed",
        "上次听到{a}的{b}处，按“播放”接着听。",
        "Last time: {a}, {b}. Press Play to go on.",
    ),
    (
        "trouble",
        "打不开声音文件 {a}。请看看U盘或网络是否接好，文件是否还在。",
        "The sound file {a} cannot be opened. Is the stick or the network connected, and the file still there?",
    ),
    (
        "settings",
        "设置：定时、字号、颜色、语言",
        "Settings: timer, type size, colours, language",
    ),
    ("rest", "定时停止", "Sleep timer"),
    ("rest_none", "不定时", "Off"),
    ("rest_end", "播完这篇", "End of article"),
    ("rest_minutes", "{a}分钟", "{a} minutes"),
    ("rest_article", "播完这篇就停", "stops after this article"),
    ("rest_left", "{a}分钟后停", "stops in {a} min"),
    ("rested", "定时已到，停了", "stopped by the sleep timer"),
    ("size", "字号", "Type size"),
    ("size_percent", "{a}%", "{a} %"),
    ("colours", "颜色", "Colours"),
    ("colours_auto", "跟随系统", "As the system"),
    ("colours_light", "白底黑字", "Black on white"),
    ("colours_dark", "深色底浅字", "Light on dark"),
    ("colours_contrast", "黑底黄字", "Yellow on black"),
    ("keys", "键盘快捷键", "Keyboard shortcuts"),
    ("keys_on", "用", "On"),
    ("keys_off", "不用", "Off"),
    (
        "keys_help",
        "键盘快捷键：反斜杠 \\ 播放或暂停；左方括号 [ 后退15秒；右方括号 ] 前进15秒；按住Shift再按方括号，换上一篇、下一篇。",
        "Keyboard shortcuts: backslash \\ plays or pauses; left bracket [ goes back 15 s; right bracket ] goes forward 15 s; Shift and a bracket change to the previous or next article.",
    ),
    ("language", "语言", "Language"),
    // For whoever cannot read the page's language.
    ("other", "Language", "语言"),
    (
        "text_help",
        "点正文里的任何一句，就从那一句听起。用键盘时，上下方向键选句子，回车键播放。",
        "Tap any sentence of the text to hear from there. With the keyboard, the up and down arrows choose a sentence and Enter plays it.",
    ),
    (
        "no_script",
        "这个浏览器没有运行脚本，所以每一篇下面各有自己的播放条。",
        "This browser runs no scripts, so each article has its own sound bar.",
    ),
    (
        "made",
        "由听报（Tingbao）制作。本页不联网，不收集任何信息。",
        "Made with Tingbao. This page uses no network and collects nothing.",
    ),
    ("hour", "{a}小时", "{a} hour"),
    ("hours", "{a}小时", "{a} hours"),
    ("minute", "{a}分", "{a} minute"),
    ("minutes", "{a}分", "{a} minutes"),
    ("second", "{a}秒", "{a} second"),
    ("seconds", "{a}秒", "{a} seconds"),
    ("between_units", "", " "),
];

#[cfg(test)]
mod tests {
    use super::*;
    use Tongue::{Chinese, English};

    #[test]
    fn lengths_are_said() {
        assert_eq!(Chinese.duration(162_400), "2分42秒");
        assert_eq!(Chinese.duration(120_000), "2分");
        assert_eq!(Chinese.duration(3_600_000), "1小时");
        assert_eq!(Chinese.duration(0), "0秒");
        assert_eq!(English.duration(61_000), "1 minute 1 second");
        assert_eq!(English.duration(7_322_000), "2 hours 2 minutes 2 seconds");
        assert_eq!(English.duration(59_500), "1 minute");
    }

    #[test]
    fn every_key_stands_once_and_in_both_languages() {
        for (i, row) in WORDS.iter().enumerate() {
            assert!(WORDS[..i].iter().all(|r| r.0 != row.0), "{}", row.0);
            for gap in ["{a}", "{b}"] {
                assert_eq!(row.1.contains(gap), row.2.contains(gap), "{}", row.0);
            }
        }
        let json: Value = serde_json::from_str(&as_json()).unwrap();
        assert_eq!(json["zh"]["play"], "播放");
        assert_eq!(json["en"]["play"], "Play");
    }
}
