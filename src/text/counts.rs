//! Measure words: what a number goes with, and what takes 两 for 2.

use super::units::starts_with;

/// What may stand between a figure and its unit: 3.5万m².
pub(super) const MAGNITUDES: &str = "十百千万亿兆多余几来";

/// Words that count what stands before them, told by their first character.
const MEASURES: &str = "个名位户家幢栋座层间套处条只件辆台部册篇场次届项种类颗粒株棵根支枝把张片块面\
副双对组批群队班排列行架艘所口头匹岁年月日天周时分秒元角毛吨斤克千米里亩升瓦度成倍折代期楼室弄步\
句字页道门节集遍趟回番员人万亿百十多余几股桌席碗杯瓶罐箱袋包盒筐车船轮幅首盏扇顶床针例宗起笔桩站县\
市省镇村街巷院校小朵本点卷款份帧环局盘球枚票顷磅尺寸转圈拍格刻世旬季国州岛洲学乡区段章级厅卫码担\
石尊具桶壶滴串束丛堆捆摞叠营艇炮发枪刀剂餐顿剑胜负败板跳声两钱圆币铢丈帕牛焦伏\
盆碟勺锅坛瓣摊拨阵窝晚尾沓";

/// Longer ones, whose first character tells too little.
#[rustfmt::skip]
const MEASURE_WORDS: &[&str] = &[
    "公里", "公斤", "公顷", "公分", "公升", "公尺", "公亩", "公克", "公吨", "平方", "平米", "平房",
    "立方", "毫", "厘米", "微米", "微克", "微秒", "纳米", "英里", "英尺", "英寸", "英亩", "英镑",
    "海里", "光年", "马力", "像素", "字节", "比特", "安培", "安时", "赫兹", "兆", "吉", "卡路里",
    "摄氏度", "华氏度", "巴", "美元", "美金", "欧元", "港元", "港币", "日元", "日圆", "韩元", "澳元",
    "加元", "新元", "新台币", "台币", "泰铢", "卢布", "卢比", "法郎", "马克", "比索", "克朗", "开尔文",
    "大卡", "盎司", "加仑", "蒲式耳", "华里", "市斤", "市亩", "连胜", "连败", "助攻",
    "篮板", "进球", "金牌", "银牌", "铜牌",
];

/// Words that begin like a measure word and are none: the figure before them
/// is a name (731部队, 115师, 211工程).
const UNMEASURED: &[&str] = &[
    "部队",
    "步兵",
    "页面",
    "平台",
    "校区",
    "国道",
    "省道",
    "县道",
    "乡道",
    "区块",
    "级方程",
    "学院",
    "台风",
    "日本",
    "美国",
    "英国",
    "韩国",
    "条款",
    "公路",
    "加油",
    "开始",
    "开头",
    "安卓",
    "安全",
    "公司",
    "国际",
    "面世",
    "发布",
    "发售",
    "发行",
    "学年",
    "家族",
    "次列",
    "次航",
];

/// Measure words (by their beginning) that take 两 for 2.
const PAIRED: &[&str] = &[
    "个", "名", "位", "户", "家", "幢", "座", "间", "套", "处", "条", "只", "件", "辆", "台", "部",
    "册", "篇", "场", "次", "项", "种", "类", "颗", "粒", "株", "棵", "根", "支", "枝", "把", "张",
    "片", "块", "面", "副", "双", "对", "组", "批", "群", "队", "排", "列", "架", "艘", "所", "口",
    "头", "匹", "岁", "年", "天", "周", "秒", "元", "角", "毛", "吨", "斤", "克", "千", "米", "里",
    "亩", "升", "倍", "代", "步", "句", "字", "页", "道", "门", "节", "集", "遍", "趟", "回", "人",
    "万", "亿", "股", "桌", "席", "碗", "杯", "瓶", "罐", "箱", "袋", "包", "盒", "筐", "车", "船",
    "轮", "幅", "首", "盏", "扇", "顶", "床", "针", "例", "宗", "起", "笔", "届", "成", "点", "朵",
    "本", "份", "款", "小时", "分", "刻", "公", "平方", "立方", "毫", "厘", "星期", "美元", "欧元",
    "英", "港元", "日元", "层", "室", "海里", "光年", "度", "枚", "局", "盘", "球", "票", "环",
    "盆", "碟", "勺", "锅", "坛", "瓣", "摊", "拨", "阵", "窝", "晚", "尾", "沓", "餐", "顿", "尊",
    "具", "壶", "束", "捆", "摞", "丛", "厅", "卫", "块", "季", "卷", "国", "州", "胜", "栋", "磅",
    "圈", "剂", "艇", "串", "桶", "滴", "堆", "旬",
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
    "分之",
    "度空间",
    "部曲",
    "英尺寸",
    "点零",
    "室友",
    "季度",
    "轮车",
    "级",
];

/// How many characters of magnitude `text` starts with.
pub(super) fn magnitude(text: &[char]) -> usize {
    text.iter().take_while(|&&c| MAGNITUDES.contains(c)).count()
}

/// Whether `text` starts with a measure word or what a number goes with.
pub(super) fn measured(text: &[char]) -> bool {
    (text.first().is_some_and(|&c| MEASURES.contains(c))
        || MEASURE_WORDS.iter().any(|w| starts_with(text, w)))
        && !UNMEASURED.iter().any(|w| starts_with(text, w))
}

/// Whether a 2 before `text` is said 两.
pub(super) fn paired(text: &[char]) -> bool {
    let starts = |words: &[&str]| words.iter().any(|w| starts_with(text, w));
    starts(PAIRED) && !starts(UNPAIRED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs() {
        let paired = |t: &str| paired(&t.chars().collect::<Vec<_>>());
        assert!(paired("个月") && paired("年后") && paired("小时"));
        assert!(!paired("年级") && !paired("月") && !paired("号楼") && !paired("楼"));
    }

    #[test]
    fn what_begins_like_a_measure_word_may_be_none() {
        let measured = |t: &str| measured(&t.chars().collect::<Vec<_>>());
        assert!(measured("部手机") && measured("平方米") && measured("级地震"));
        assert!(!measured("部队") && !measured("工程") && !measured("的"));
    }
}
