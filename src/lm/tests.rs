use super::*;

/// Scores (log10) that KenLM's own reader gives, word by word.
const KNOWN: &[(&str, &[f32])] = &[
    ("今天 天气 很 好", &[-3.97095, -2.63694, -0.82142, -0.46066]),
    (
        "我们 的 社区 服务",
        &[-3.62141, -1.58354, -3.15599, -1.64993],
    ),
    ("改 诰", &[-3.92486, -6.30346]),
    ("崧珏 改造", &[-6.26379, -4.27073]),
    (
        "推进 基层 治理 体系 和 治理 能力 现代化",
        &[
            -4.45372, -4.92988, -4.83616, -2.59128, -1.67794, -4.16392, -2.56798, -5.30042,
        ],
    ),
    ("建 于 上 世纪", &[-4.10755, -1.26161, -2.69465, -0.69582]),
    ("建于 上世纪", &[-4.73213, -6.30187]),
    ("小区 环境", &[-4.54993, -2.29142]),
    ("中国 人民 解放军", &[-3.62382, -2.14612, -0.24199]),
    ("完 善", &[-4.1226, -4.911]),
    ("进一步 完善", &[-4.18942, -2.13066]),
    ("诰 血", &[-5.99643, -4.26026]),
    ("造血 功能", &[-5.24215, -1.05874]),
];

/// The bytes of the model that the tests need.
pub(crate) fn file() -> Vec<u8> {
    let path = crate::lm::tests::places()
        .into_iter()
        .find(|path| path.is_file())
        .expect("the model of words is installed: apt install libime-data-language-model");
    std::fs::read(path).unwrap()
}

fn places() -> Vec<std::path::PathBuf> {
    let inside = "libime/zh_CN.lm";
    let folders = std::fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten();
    folders.map(|entry| entry.path().join(inside)).collect()
}

#[test]
fn scores_are_those_of_kenlm() {
    let model = WordModel::new(file()).unwrap();
    for (sentence, scores) in KNOWN {
        let mut context = Context::NONE;
        for (word, wanted) in sentence.split(' ').zip(*scores) {
            let word = model.word(word).unwrap_or(Word::UNKNOWN);
            let (score, next) = model.score(context, word);
            assert!(
                (score - wanted).abs() < 1e-4,
                "{sentence}: {score} instead of {wanted}"
            );
            context = next;
        }
    }
    assert_eq!(model.word("崧珏"), None);
}

#[test]
fn what_is_no_model_is_told_from_what_is_unsupported_and_what_is_cut() {
    let told = |bytes: Vec<u8>| WordModel::new(bytes).err().map(|f| f.to_string());
    let whole = file();
    let starts = |told: Option<String>, with: &str| {
        let told = told.expect("refused");
        assert!(told.contains(with), "{told}");
    };
    starts(told(Vec::new()), "this file is no binary language model");
    starts(
        told(b"PK".to_vec()),
        "this file is no binary language model",
    );
    let mut other = whole.clone();
    other[SANITY + 8] = 2;
    starts(told(other), "unsupported kind: type 2, order 3");
    starts(told(whole[..whole.len() / 2].to_vec()), "cut short");
    starts(told(whole[..140].to_vec()), "cut short");
}

#[test]
fn frequencies_tell_common_words_from_rare_ones() {
    let model = WordModel::frequencies();
    let common = |word: &str| Some(model.score(Context::NONE, model.word(word)?).0);
    assert!(common("我们") > common("改造"));
    assert!(common("改造") > common("造血"));
    assert_eq!(common("改诰"), None);
    assert!(!model.knows_neighbours());
    // A word cut in two is told by its halves.
    let gain = |a: &str, b: &str| {
        let chars = |s: &str| s.chars().collect::<Vec<char>>();
        gain(&model, &chars(a), &chars(b))
    };
    assert!(gain("社区治", "理能力") > 1.0);
    assert!(gain("社区治理", "他说") < 0.5);
}
