//! Small sets of every format.

use super::*;

fn scores(text: &str, be_lenient: bool) -> Scores {
    let front = FrontEnd::new(&[]).unwrap();
    score(&front, "set.tsv", text, be_lenient).unwrap()
}

fn tally(scores: &Scores, name: &str) -> (usize, usize) {
    let (_, tally) = scores.tallies.iter().find(|(n, _)| n == name).unwrap();
    (tally.right, tally.of)
}

#[test]
fn normalisation_is_counted_by_suite_and_category() {
    let set = "suite\tcategory\tinput\texpected\r\n\
               a\tdate\t11月17日\t十一月十七号\r\n\
               a\tcode\t4210\t四千二百一十\n\
               b\tdate\t3月5日\t三月六日\n";
    let strict = scores(set, false);
    assert_eq!(tally(&strict, "a date"), (1, 1));
    assert_eq!(tally(&strict, "b"), (0, 1));
    assert_eq!(tally(&strict, "all").1, 3);
    let miss = strict.misses.last().unwrap();
    assert_eq!((miss.line, miss.got.as_str()), (4, "三月五日"));
    assert_eq!(tally(&scores(set, true), "a code"), (1, 1));
}

#[test]
fn polyphones_are_found_by_their_place_in_the_sentence() {
    let set = "sentence\tindex\tpinyin\n\
               1990年，在银行\t8\thang2\n\
               有5元钱\t2\tyuan2\n\
               绿色\t0\tlu:4\n\
               你好\t0\tni3\n\
               一个\t0\tyi1\n\
               不对\t0\tbu4\n\
               银行\t1\txing2\n";
    let scores = scores(set, false);
    assert_eq!(tally(&scores, "all"), (6, 7), "{:?}", scores.misses);
    assert_eq!(scores.misses[0].got, "hang2");
}

#[test]
fn sentences_are_counted_with_tone_changes_undone_and_as_said() {
    let set = "1\t你好，一个人不去。\tni2 hao3 yi2 ge4 ren2 bu2 qu4\n\
               2\t他在这儿\tta1 zai4 zher4\n\
               3\t银行\tyin2 xing2\n\
               4\t女儿有一千\tnv3 er2 you3 yi2 qian1\n";
    let scores = scores(set, false);
    assert_eq!(
        tally(&scores, "characters"),
        (17, 18),
        "{:?}",
        scores.misses
    );
    assert_eq!(tally(&scores, "sentences"), (3, 4));
    assert_eq!(tally(&scores, "一"), (1, 2));
    assert_eq!(tally(&scores, "不"), (1, 1));
    assert_eq!(tally(&scores, "third tones"), (1, 1));
    assert_eq!(scores.misses[0].expected, "yin2 xing2");
}

#[test]
fn a_file_of_no_known_format_names_the_line() {
    let front = FrontEnd::new(&[]).unwrap();
    let fault = |text| {
        score(&front, "set.tsv", text, false)
            .unwrap_err()
            .to_string()
    };
    assert!(fault("你好\n").starts_with("error: the file is no set of cases\n  --> set.tsv:1:1"));
    assert!(fault("").contains("--> set.tsv\n"));
    assert!(
        fault("a\tb\tc\td\na\tb\n")
            .starts_with("error: the line has 2 columns, not 4\n  --> set.tsv:2:1")
    );
    assert!(fault("你好\t7\tni3\n").contains("`7` is no character of the sentence"));
}
