//! The cover: a square picture drawn from the edition itself, without a font.
//!
//! Two tones of one colour that the paper's name decides, so that a paper keeps its
//! colour and papers beside one another differ; the waves of its chapters, each as
//! long as it is heard; number and date of the issue in large figures.

mod canvas;
mod digits;

use sha2::{Digest, Sha256};

use self::canvas::{Canvas, Stroke};
use super::Book;
use crate::diag::{Fault, Result};

/// How many pixels a cover has each way: the least that podcast directories take
/// (Apple's show cover requirements: 1400 to 3000, RGB, no transparency).
pub const COVER_SIDE: usize = 1400;
/// The cover inside a sound file, which each file carries.
pub const TAG_COVER_SIDE: usize = 600;

/// The drawing's own measure, whatever the size of the picture.
const SIDE: f64 = 1000.0;
const MARGIN: f64 = 100.0;
const BARS: usize = 33;

/// An edition's covers: they are drawn once, and every form has copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covers {
    /// Of [`COVER_SIDE`], for books and feeds.
    pub large: Vec<u8>,
    /// Of [`TAG_COVER_SIDE`], for sound files.
    pub small: Vec<u8>,
}

impl Covers {
    /// The covers of an edition.
    ///
    /// # Errors
    /// As for [`cover`].
    pub fn of(book: &Book<'_>) -> Result<Self> {
        Ok(Covers {
            large: cover(book, COVER_SIDE)?,
            small: cover(book, TAG_COVER_SIDE)?,
        })
    }
}

/// The cover of an edition: a PNG of `side` pixels each way, 8 bits, RGB.
///
/// # Errors
/// None is known; what the encoder says is passed on.
pub fn cover(book: &Book<'_>, side: usize) -> Result<Vec<u8>> {
    let head = &book.edition.masthead.printed;
    let number = head.issue_number.as_deref().unwrap_or_default();
    let date = book.date().unwrap_or_default().replace('-', ".");
    let mut drawing = Drawing::new(side);
    let numbered = drawing.figures(number, 110.0, 190.0);
    let dated = drawing.figures(&date, 780.0, 100.0);
    // The wave stands between them, or in the middle.
    let middle = match (numbered, dated) {
        (true, true) => 550.0,
        (true, false) => 620.0,
        (false, true) => 430.0,
        (false, false) => 500.0,
    };
    drawing.wave(&heights(book), middle, 330.0);
    drawing.png(&head.paper)
}

/// The cover of the paper, the same for every issue of it: for what holds many
/// editions, such as a feed.
///
/// # Errors
/// As for [`cover`].
pub fn paper_cover(paper: &str, side: usize) -> Result<Vec<u8>> {
    let mut drawing = Drawing::new(side);
    let seed = Sha256::digest(paper.trim());
    let heights: Vec<f64> = (0..BARS)
        .map(|i| {
            let from_middle = (i as f64 - (BARS / 2) as f64).abs() / (BARS / 2) as f64;
            (1.0 - from_middle * from_middle) * noise(seed[i % 32])
        })
        .collect();
    drawing.wave(&heights, 500.0, 560.0);
    drawing.png(paper)
}

/// What is drawn.
struct Drawing {
    canvas: Canvas,
    scale: f64,
}

impl Drawing {
    fn new(side: usize) -> Self {
        Drawing {
            canvas: Canvas::new(side),
            scale: side as f64 / SIDE,
        }
    }

    /// Draws a row of figures in the middle from `top` down, `height` high or as high
    /// as there is room for; `false` when it has none.
    fn figures(&mut self, text: &str, top: f64, height: f64) -> bool {
        let (width, strokes) = digits::row(text);
        if strokes.is_empty() {
            return false;
        }
        let most = (SIDE - 2.0 * MARGIN) / (width + digits::PEN);
        let size = (height / (digits::HEIGHT + digits::PEN)).min(most);
        let left = (SIDE - width * size) / 2.0;
        for stroke in strokes {
            let placed = stroke.moved(size, (left, top + digits::PEN * size / 2.0));
            self.draw(placed, digits::PEN * size);
        }
        true
    }

    /// Draws upright bars around a middle line, the highest `height` high.
    fn wave(&mut self, heights: &[f64], middle: f64, height: f64) {
        let step = (SIDE - 2.0 * MARGIN) / heights.len() as f64;
        let pen = step * 0.58;
        let highest = heights.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        for (i, part) in heights.iter().enumerate() {
            let x = MARGIN + (i as f64 + 0.5) * step;
            let half = (height - pen) / 2.0 * (part / highest);
            self.draw(Stroke::Line((x, middle - half), (x, middle + half)), pen);
        }
    }

    fn draw(&mut self, stroke: Stroke, pen: f64) {
        let placed = stroke.moved(self.scale, (0.0, 0.0));
        self.canvas.draw(placed, pen * self.scale);
    }

    /// The picture in the colours of a paper.
    fn png(&self, paper: &str) -> Result<Vec<u8>> {
        let (ground, ink) = colours(paper);
        let pixels = self.canvas.pixels(ground, ink);
        let side = (self.scale * SIDE).round() as u32;
        let broken = |e: png::EncodingError| {
            Fault::new(format!("cannot make the cover: {e}")).help("please report this as a bug")
        };
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, side, side);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_source_srgb(png::SrgbRenderingIntent::RelativeColorimetric);
        // Rows that are like the one above become zeros.
        encoder.set_filter(png::Filter::Up);
        let mut writer = encoder.write_header().map_err(broken)?;
        writer.write_image_data(&pixels).map_err(broken)?;
        writer.finish().map_err(broken)?;
        Ok(file)
    }
}

/// How loud the picture is from left to right: a wave a chapter, as long as its
/// chapter.
fn heights(book: &Book<'_>) -> Vec<f64> {
    let lengths: Vec<u64> = (book.parts.iter()).map(|p| p.chapter.frames.0).collect();
    let total: u64 = lengths.iter().sum();
    let seed = Sha256::digest(book.identity.as_bytes());
    (0..BARS)
        .map(|i| {
            let at = (i as f64 + 0.5) / BARS as f64 * total as f64;
            let mut before = 0.0;
            let mut within = 0.5;
            for length in &lengths {
                let length = *length as f64;
                if length > 0.0 && at < before + length {
                    within = (at - before) / length;
                    break;
                }
                before += length;
            }
            // A parabola over the chapter, never quite down to nothing.
            (0.25 + 3.0 * within * (1.0 - within)) * noise(seed[i % 32])
        })
        .collect()
}

/// A factor that makes a wave look like speech and not like a vault.
fn noise(byte: u8) -> f64 {
    0.55 + 0.45 * f64::from(byte) / 255.0
}

/// A deep ground and a pale ink of one hue, which the name decides. Their contrast is
/// 10:1 or more for every hue (WCAG 2.2, 1.4.6 asks for 7:1).
fn colours(paper: &str) -> ([u8; 3], [u8; 3]) {
    let digest = Sha256::digest(paper.trim());
    let hue = f64::from(u16::from_be_bytes([digest[0], digest[1]])) / 65_536.0 * 6.0;
    (tone(hue, 0.50, 0.19), tone((hue + 0.4) % 6.0, 0.55, 0.93))
}

/// A colour of hue (0 to 6, red at 0), saturation and lightness (HSL).
fn tone(hue: f64, saturation: f64, lightness: f64) -> [u8; 3] {
    let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
    let channel = |shift: f64| {
        let k = (hue + shift) % 6.0;
        let part = (2.0 - (k - 3.0).abs()).clamp(0.0, 1.0);
        // `part` is 1 opposite the channel's own hue.
        ((lightness + chroma / 2.0 - chroma * part) * 255.0 + 0.5) as u8
    };
    [channel(0.0), channel(4.0), channel(2.0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;

    /// Relative luminance, WCAG 2.2.
    fn luminance(colour: [u8; 3]) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
    }

    #[test]
    fn tones_are_the_colours_they_are_called() {
        assert_eq!(tone(0.0, 1.0, 0.5), [255, 0, 0]);
        assert_eq!(tone(1.0, 1.0, 0.5), [255, 255, 0]);
        assert_eq!(tone(2.0, 1.0, 0.5), [0, 255, 0]);
        assert_eq!(tone(4.0, 1.0, 0.5), [0, 0, 255]);
        assert_eq!(tone(3.3, 0.0, 1.0), [255, 255, 255]);
    }

    #[test]
    fn every_paper_has_enough_contrast() {
        for step in 0..600 {
            let hue = f64::from(step) / 100.0;
            let (dark, pale) = (tone(hue, 0.50, 0.19), tone((hue + 0.4) % 6.0, 0.55, 0.93));
            let contrast = (luminance(pale) + 0.05) / (luminance(dark) + 0.05);
            assert!(contrast >= 7.0, "hue {hue}: {contrast}");
        }
        assert_ne!(colours("荷湾社区报"), colours("梧桐里社区报"));
    }

    #[test]
    fn a_cover_is_a_small_square_of_three_colours() {
        let mut edition = edition();
        for (number, date) in [
            (Some("38"), Some("2024-05-12")),
            (Some("12345678901234567890"), None),
            (None, Some("2024-05-12")),
            (None, None),
            (Some("第三期"), None),
        ] {
            edition.masthead.printed.issue_number = number.map(Into::into);
            edition.masthead.printed.date = date.map(Into::into);
            let book = Book::new(&edition);
            let file = cover(&book, COVER_SIDE).unwrap();
            assert!(file.len() < 200_000, "{} bytes", file.len());
            let mut reader = png::Decoder::new(std::io::Cursor::new(&file))
                .read_info()
                .unwrap();
            let info = reader.info();
            assert_eq!((info.width, info.height), (1400, 1400));
            assert_eq!(info.color_type, png::ColorType::Rgb);
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut pixels).unwrap();
            assert_eq!(file, cover(&book, COVER_SIDE).unwrap());
        }
    }

    #[test]
    fn chapters_without_sound_have_a_cover_too() {
        let mut edition = edition();
        edition
            .chapters
            .iter_mut()
            .for_each(|c| c.frames = crate::model::Frames(0));
        assert!(cover(&Book::new(&edition), 64).is_ok());
        edition.chapters.clear();
        assert!(cover(&Book::new(&edition), 64).is_ok());
        assert_ne!(paper_cover("a", 64).unwrap(), paper_cover("b", 64).unwrap());
    }
}
