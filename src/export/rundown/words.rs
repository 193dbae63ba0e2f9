//! What a printed rundown says, in Chinese for papers in Chinese and in English for all
//! others.

use crate::export::clock;
use crate::model::{Frames, Rundown, RundownKind, SampleRate, Trouble, Why};

/// The words of one language.
pub struct Words {
    chinese: bool,
}

impl Words {
    /// Those of this language.
    pub fn new(chinese: bool) -> Self {
        Words { chinese }
    }

    /// The Chinese words or the English ones.
    pub fn say(&self, chinese: &'static str, english: &'static str) -> &'static str {
        match self.chinese {
            true => chinese,
            false => english,
        }
    }

    /// What kind of item it is.
    pub fn kind(&self, kind: RundownKind) -> &'static str {
        match kind {
            RundownKind::Opening => self.say("开场", "Opening"),
            RundownKind::Sting => self.say("片花", "Sting"),
            RundownKind::Article => self.say("文章", "Article"),
            RundownKind::SignOff => self.say("结束语", "Sign-off"),
        }
    }

    /// Whether it fits, in one sentence.
    pub fn verdict(&self, rundown: &Rundown) -> String {
        let rate = rundown.sample_rate;
        match rundown.trouble {
            None => {
                let off = rundown.frames.0.abs_diff(rundown.slot.0);
                match (off, self.chinese) {
                    (0, true) => "节目与时段等长。".to_string(),
                    (0, false) => "The programme is as long as its slot.".to_string(),
                    (off, true) => format!(
                        "节目与时段相差{}秒，在允许范围内。",
                        tenths(Frames(off), rate)
                    ),
                    (off, false) => format!(
                        "The programme is {} s from its slot, within the tolerance.",
                        tenths(Frames(off), rate)
                    ),
                }
            }
            Some(Trouble::TooLong { over }) => match self.chinese {
                true => format!(
                    "超时{}秒：必须播出的内容以最快的语速也超过时段。请减少 --must，或放宽时段。",
                    tenths(over, rate)
                ),
                false => format!(
                    "Too long by {} s: what must be there is longer than the slot even at the fastest pace. Ask for less by --must, or for a longer slot.",
                    tenths(over, rate)
                ),
            },
            Some(Trouble::TooShort { under }) => match self.chinese {
                true => format!(
                    "不足{}秒：能放进时段的文章以最慢的语速也填不满。请在节目之后接音乐，或加一份旧报。",
                    tenths(under, rate)
                ),
                false => format!(
                    "Too short by {} s: no set of the articles fills the slot even at the slowest pace. Let music follow, or add an older edition.",
                    tenths(under, rate)
                ),
            },
        }
    }

    /// Why an article is left out.
    pub fn why(&self, why: Why, rate: SampleRate) -> String {
        match (why, self.chinese) {
            (Why::TooLong { over }, true) => format!("单独播出也超过时段{}", minutes(over, rate)),
            (Why::TooLong { over }, false) => {
                format!(
                    "alone it is longer than the slot by {}",
                    minutes(over, rate)
                )
            }
            (Why::NoRoom { over }, true) => format!("时间不够，还差{}", minutes(over, rate)),
            (Why::NoRoom { over }, false) => {
                format!("no room, it lacks {}", minutes(over, rate))
            }
            (Why::OthersFit, true) => "加上它，其他文章就得念得更快".to_string(),
            (Why::OthersFit, false) => {
                "with it the others would have to be read faster".to_string()
            }
        }
    }
}

/// A length as people read it on a clock: `0:07`, `12:30`, `1:02:03`, to the nearest
/// second.
pub fn minutes(frames: Frames, rate: SampleRate) -> String {
    let s = (clock::milliseconds(frames, rate) + 500) / 1000;
    match s / 3600 {
        0 => format!("{}:{:02}", s / 60, s % 60),
        h => format!("{h}:{:02}:{:02}", s / 60 % 60, s % 60),
    }
}

/// Seconds with one decimal, never less than there are.
fn tenths(frames: Frames, rate: SampleRate) -> String {
    let tenths = clock::milliseconds(frames, rate).div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}
