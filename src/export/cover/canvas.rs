//! A square canvas on which strokes of ink are drawn with smooth edges.
//!
//! Only additions, products and square roots are used, which every machine rounds
//! alike: the same picture gives the same bytes everywhere.

/// A point or a direction; x to the right, y down.
pub type Point = (f64, f64);

/// How much ink lies on each pixel of a square.
pub struct Canvas {
    side: usize,
    ink: Vec<u8>,
}

/// What a pen of round tip draws.
#[derive(Debug, Clone, Copy)]
pub enum Stroke {
    /// A straight line; a dot when both ends are one point.
    Line(Point, Point),
    /// A part of a circle, clockwise from one direction to the other (unit
    /// vectors).
    Arc {
        /// The centre of the circle.
        centre: Point,
        /// Its radius.
        radius: f64,
        /// The direction from the centre in which it begins.
        from: Point,
        /// The direction in which it ends; the whole circle when the same.
        to: Point,
    },
}

impl Canvas {
    /// An empty canvas of so many pixels each way.
    pub fn new(side: usize) -> Self {
        Canvas {
            side,
            ink: vec![0; side * side],
        }
    }

    /// Draws a stroke with a pen of this width; all in pixels. What lies outside
    /// is cut off.
    pub fn draw(&mut self, stroke: Stroke, pen: f64) {
        let reach = pen / 2.0 + 1.0;
        let ((left, top), (right, bottom)) = stroke.bounds();
        let columns = self.inside(left - reach)..self.inside(right + reach + 1.0);
        for y in self.inside(top - reach)..self.inside(bottom + reach + 1.0) {
            for x in columns.clone() {
                let distance = stroke.distance((x as f64 + 0.5, y as f64 + 0.5));
                let cover = (pen / 2.0 - distance + 0.5).clamp(0.0, 1.0);
                let pixel = &mut self.ink[y * self.side + x];
                *pixel = (*pixel).max((cover * 255.0) as u8);
            }
        }
    }

    fn inside(&self, at: f64) -> usize {
        at.clamp(0.0, self.side as f64) as usize
    }

    /// The pixels in rows, red, green and blue: paper where no ink is.
    pub fn pixels(&self, paper: [u8; 3], ink: [u8; 3]) -> Vec<u8> {
        let mut pixels = Vec::with_capacity(self.ink.len() * 3);
        for &cover in &self.ink {
            for (paper, ink) in paper.iter().zip(ink) {
                let cover = u32::from(cover);
                let mixed = u32::from(*paper) * (255 - cover) + u32::from(ink) * cover;
                pixels.push(((mixed + 127) / 255) as u8);
            }
        }
        pixels
    }
}

impl Stroke {
    /// The corners of a rectangle around its middle line.
    fn bounds(self) -> (Point, Point) {
        match self {
            Stroke::Line(a, b) => ((a.0.min(b.0), a.1.min(b.1)), (a.0.max(b.0), a.1.max(b.1))),
            Stroke::Arc { centre, radius, .. } => (
                (centre.0 - radius, centre.1 - radius),
                (centre.0 + radius, centre.1 + radius),
            ),
        }
    }

    /// How far a point is from its middle line.
    fn distance(self, p: Point) -> f64 {
        match self {
            Stroke::Line(a, b) => {
                let along = (b.0 - a.0, b.1 - a.1);
                let length = along.0 * along.0 + along.1 * along.1;
                let reached = (p.0 - a.0) * along.0 + (p.1 - a.1) * along.1;
                let t = if length > 0.0 {
                    (reached / length).clamp(0.0, 1.0)
                } else {
                    0.0
                };
                between(p, (a.0 + t * along.0, a.1 + t * along.1))
            }
            Stroke::Arc {
                centre,
                radius,
                from,
                to,
            } => {
                let towards = (p.0 - centre.0, p.1 - centre.1);
                if from == to || within(towards, from, to) {
                    return (between(p, centre) - radius).abs();
                }
                let end = |d: Point| between(p, (centre.0 + radius * d.0, centre.1 + radius * d.1));
                end(from).min(end(to))
            }
        }
    }

    /// The stroke at another size and place.
    pub fn moved(self, scale: f64, to: Point) -> Stroke {
        let place = |p: Point| (to.0 + p.0 * scale, to.1 + p.1 * scale);
        match self {
            Stroke::Line(a, b) => Stroke::Line(place(a), place(b)),
            Stroke::Arc {
                centre,
                radius,
                from,
                to,
            } => Stroke::Arc {
                centre: place(centre),
                radius: radius * scale,
                from,
                to,
            },
        }
    }
}

fn between(a: Point, b: Point) -> f64 {
    let (x, y) = (a.0 - b.0, a.1 - b.1);
    (x * x + y * y).sqrt()
}

/// Whether a direction lies clockwise between two others.
fn within(p: Point, from: Point, to: Point) -> bool {
    let cross = |a: Point, b: Point| a.0 * b.1 - a.1 * b.0;
    if cross(from, to) >= 0.0 {
        cross(from, p) >= 0.0 && cross(p, to) >= 0.0
    } else {
        !(cross(to, p) > 0.0 && cross(p, from) > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dark(canvas: &Canvas, x: usize, y: usize) -> bool {
        canvas.ink[y * canvas.side + x] > 127
    }

    #[test]
    fn a_line_is_as_wide_as_its_pen() {
        let mut canvas = Canvas::new(40);
        canvas.draw(Stroke::Line((10.0, 20.0), (30.0, 20.0)), 6.0);
        assert!(dark(&canvas, 20, 17) && dark(&canvas, 20, 22));
        assert!(!dark(&canvas, 20, 16) && !dark(&canvas, 20, 23));
        assert!(dark(&canvas, 8, 20) && !dark(&canvas, 5, 20));
    }

    #[test]
    fn an_arc_goes_clockwise() {
        let mut canvas = Canvas::new(40);
        let arc = Stroke::Arc {
            centre: (20.0, 20.0),
            radius: 10.0,
            from: (0.0, -1.0),
            to: (-1.0, 0.0),
        };
        canvas.draw(arc, 4.0);
        assert!(dark(&canvas, 30, 20) && dark(&canvas, 20, 30) && dark(&canvas, 20, 9));
        assert!(!dark(&canvas, 12, 12));
    }

    #[test]
    fn what_lies_outside_is_cut_off() {
        let mut canvas = Canvas::new(4);
        canvas.draw(Stroke::Line((-50.0, -50.0), (90.0, 90.0)), 2.0);
        assert!(dark(&canvas, 0, 0) && dark(&canvas, 3, 3));
        assert_eq!(canvas.pixels([0; 3], [255; 3]).len(), 48);
    }
}
