//! The figures of dates and numbers as strokes: no font is needed, and none has to
//! be licensed.

use super::canvas::{Point, Stroke};

/// How high a figure is between the middles of its outermost strokes; it is 5 wide.
pub const HEIGHT: f64 = 9.0;
/// The width of the pen.
pub const PEN: f64 = 1.3;
/// From one character to the next.
const GAP: f64 = 2.1;

const RIGHT: Point = (1.0, 0.0);
const LEFT: Point = (-1.0, 0.0);
const UP: Point = (0.0, -1.0);
/// Down and to the left, where 3 and 5 end.
const TAIL: Point = (-0.8, 0.6);

/// The strokes of a character and how wide it is; nothing for what is neither a
/// figure nor a point nor a dash.
fn glyph(c: char) -> Option<(f64, Vec<Stroke>)> {
    let line = |a: Point, b: Point| Stroke::Line(a, b);
    let arc = |centre: Point, radius: f64, from: Point, to: Point| Stroke::Arc {
        centre,
        radius,
        from,
        to,
    };
    let strokes = match c {
        '0' => vec![
            arc((2.5, 2.5), 2.5, LEFT, RIGHT),
            line((5.0, 2.5), (5.0, 6.5)),
            arc((2.5, 6.5), 2.5, RIGHT, LEFT),
            line((0.0, 6.5), (0.0, 2.5)),
        ],
        '1' => {
            let stem = line((2.9, 0.0), (2.9, 9.0));
            return Some((3.6, vec![stem, line((2.9, 0.0), (0.6, 2.0))]));
        }
        // The neck of the 2 touches its round where the slope of both is the same.
        '2' => vec![
            arc((2.5, 2.5), 2.5, LEFT, (0.742_27, 0.670_10)),
            line((4.355_67, 4.175_26), (0.0, 9.0)),
            line((0.0, 9.0), (5.0, 9.0)),
        ],
        '3' => vec![
            line((0.3, 0.0), (4.7, 0.0)),
            line((4.7, 0.0), (2.3, 3.6)),
            arc((2.3, 6.3), 2.7, UP, TAIL),
        ],
        '4' => vec![
            line((3.7, 9.0), (3.7, 0.0)),
            line((3.7, 0.0), (0.0, 6.5)),
            line((0.0, 6.5), (5.2, 6.5)),
        ],
        '5' => vec![
            line((4.6, 0.0), (0.9, 0.0)),
            line((0.9, 0.0), (0.62, 3.96)),
            arc((2.3, 6.2), 2.8, (-0.6, -0.8), TAIL),
        ],
        '6' => vec![
            line((3.9, 0.0), (0.433_3, 5.093_3)),
            arc((2.5, 6.5), 2.5, UP, UP),
        ],
        '7' => vec![line((0.0, 0.0), (5.0, 0.0)), line((5.0, 0.0), (1.5, 9.0))],
        '8' => vec![
            arc((2.5, 2.15), 2.15, UP, UP),
            arc((2.5, 6.65), 2.35, UP, UP),
        ],
        '9' => vec![
            line((1.1, 9.0), (4.566_7, 3.906_7)),
            arc((2.5, 2.5), 2.5, UP, UP),
        ],
        '.' => return Some((0.4, vec![line((0.2, 9.0), (0.2, 9.0))])),
        '-' => return Some((2.2, vec![line((0.0, 5.0), (2.2, 5.0))])),
        _ => return None,
    };
    Some((5.0, strokes))
}

/// The strokes of a row of figures from the left edge at 0 on, and its width. What
/// has no shape is left out.
pub fn row(text: &str) -> (f64, Vec<Stroke>) {
    let mut at = 0.0;
    let mut strokes = Vec::new();
    for (width, glyph) in text.chars().filter_map(glyph) {
        strokes.extend(glyph.into_iter().map(|s| s.moved(1.0, (at, 0.0))));
        at += width + GAP;
    }
    ((at - GAP).max(0.0), strokes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_a_shape_of_its_own() {
        let shapes: Vec<String> = ('0'..='9').map(|c| format!("{:?}", glyph(c))).collect();
        for (i, shape) in shapes.iter().enumerate() {
            assert!(!shapes[..i].contains(shape) && shape != "None");
        }
        assert!(glyph('期').is_none());
    }

    #[test]
    fn a_row_is_as_wide_as_its_figures() {
        assert_eq!(row("").0, 0.0);
        assert_eq!(row("8").0, 5.0);
        assert_eq!(row("第88期").0, 12.1);
    }

    #[test]
    fn strokes_stay_within_their_figure() {
        for c in '0'..='9' {
            for stroke in glyph(c).unwrap().1 {
                if let Stroke::Line(a, b) = stroke {
                    for p in [a, b] {
                        assert!(
                            (0.0..=5.2).contains(&p.0) && (0.0..=9.0).contains(&p.1),
                            "{c}"
                        );
                    }
                }
            }
        }
    }
}
