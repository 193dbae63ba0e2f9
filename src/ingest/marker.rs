//! Marks that begin the items of a list.

use super::glyph::Glyph;

/// A mark before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    /// How many characters it takes.
    pub length: usize,
    /// Its number when it is written in figures.
    pub number: Option<u32>,
    /// Written in Chinese numerals: as good as a heading's, and kept in the text.
    pub chinese: bool,
}

/// The marker a line begins with: `1.` `2、` `（3）` `④` `●` `一、` `（二）` `第三条`.
pub(super) fn find(line: &[Glyph]) -> Option<Marker> {
    let c = |i: usize| line.get(i).map(|g| g.c);
    let first = c(0)?;
    if let '①'..='⑳' = first {
        let number = Some(first as u32 - '①' as u32 + 1);
        return Some(Marker {
            length: 1,
            number,
            chinese: false,
        });
    }
    if matches!(first, '●' | '■' | '◆' | '★' | '▲' | '○' | '◇' | '•') {
        return Some(Marker {
            length: 1,
            number: None,
            chinese: false,
        });
    }
    let open = usize::from(matches!(first, '(' | '（'));
    let ordinal = usize::from(first == '第');
    let start = open + ordinal;
    let digits = (start..start + 2)
        .take_while(|i| c(*i).is_some_and(|c| c.is_ascii_digit()))
        .count();
    let han = (start..start + 3)
        .take_while(|i| c(*i).is_some_and(|c| "一二三四五六七八九十".contains(c)))
        .count();
    let end = start + digits.max(han);
    if end == start {
        return None;
    }
    let closes = match c(end)? {
        ')' | '）' => open == 1 || digits > 0,
        '、' | '．' => open + ordinal == 0,
        // Not the point of `3.5万`, nor the `1.` of `1.2 公里`.
        '.' => open + ordinal == 0 && digits > 0 && !c(end + 1).is_some_and(|c| c.is_ascii_digit()),
        '条' | '章' | '步' => ordinal == 1,
        _ => false,
    };
    // `三、四月间` and `2、3号楼` are no first items.
    let listed = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    if !closes || (c(end) == Some('、') && c(end + 1).is_some_and(listed)) {
        return None;
    }
    let number = (digits > 0 && ordinal == 0).then(|| {
        (start..end)
            .filter_map(|i| c(i)?.to_digit(10))
            .fold(0, |n, d| n * 10 + d)
    });
    Some(Marker {
        length: end + 1,
        number,
        chinese: number.is_none(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::piece::pieces;
    use super::*;

    fn mark(line: &str) -> Option<(usize, Option<u32>)> {
        find(&pieces(line)[0].glyphs).map(|m| (m.length, m.number))
    }

    #[test]
    fn marks_are_told_from_numbers() {
        assert_eq!(mark("1.身份证"), Some((2, Some(1))));
        assert_eq!(mark("12、户口簿"), Some((3, Some(12))));
        assert_eq!(mark("（3）照片"), Some((3, Some(3))));
        assert_eq!(mark("②照片"), Some((1, Some(2))));
        assert_eq!(mark("●照片"), Some((1, None)));
        assert_eq!(mark("一、时间"), Some((2, None)));
        assert_eq!(mark("（十二）时间"), Some((4, None)));
        assert_eq!(mark("第三条 时间"), Some((3, None)));
        for line in [
            "3.5万人",
            "三、四月间",
            "2、3号楼",
            "11月20日",
            "一是时间",
            "(021)65120000",
            "第一中学",
            "3·15",
        ] {
            assert_eq!(mark(line), None, "{line}");
        }
    }
}
