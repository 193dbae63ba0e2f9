//! The network that reads what stands around a character: one bi-directional
//! LSTM over the characters of a text, then two dense layers.
//!
//! Architecture and weights are those of g2pM (Park and Lee, "g2pM: A Neural
//! Grapheme-to-Phoneme Conversion Package for Mandarin Chinese", Interspeech
//! 2020; Apache-2.0), the embeddings in eight bits. `tools/make_polyphones.py`
//! writes the file.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::super::syllables::Syl;

const FILE: &[u8] = include_bytes!("../../../data/context.bin");

/// Length of a character's embedding.
const EMBEDDING: usize = 64;
/// Units of each direction.
const UNITS: usize = 32;
/// Input, forget, cell and output gate of every unit.
const GATES: usize = 4 * UNITS;
/// What both directions know of a character.
const STATE: usize = 2 * UNITS;

/// Characters that stand for the beginning, the end and what is not known.
const BEGIN: char = '시';
const END: char = '끝';
const UNKNOWN: u16 = 1;

/// Weights of one direction.
struct Direction {
    /// From embedding to gates, a row an input.
    input: Vec<[f32; GATES]>,
    /// From the units before to gates, a row a unit.
    recurrent: Vec<[f32; GATES]>,
    bias: [f32; GATES],
}

/// What the input of a character adds to the gates, forwards and backwards.
type Inputs = Box<[[f32; GATES]; 2]>;

/// The network, made ready.
pub(super) struct Network {
    ids: HashMap<char, u16>,
    embeddings: &'static [u8],
    scales: Vec<f32>,
    directions: [Direction; 2],
    /// A few thousand characters make up a paper: each is multiplied out once.
    inputs: Vec<OnceLock<Inputs>>,
    /// A row a hidden unit.
    hidden: Vec<[f32; STATE]>,
    hidden_bias: [f32; UNITS],
    classes: Vec<Option<Syl>>,
    /// A row a class.
    output: Vec<[f32; UNITS]>,
    output_bias: Vec<f32>,
}

/// Reads the file from front to back.
struct Reader(&'static [u8]);

impl Reader {
    fn bytes(&mut self, n: usize) -> Option<&'static [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    fn count(&mut self) -> Option<usize> {
        let bytes = self.bytes(4)?.first_chunk()?;
        usize::try_from(u32::from_le_bytes(*bytes)).ok()
    }

    fn floats(&mut self, n: usize) -> Option<Vec<f32>> {
        let (fours, _) = self.bytes(4 * n)?.as_chunks::<4>();
        Some(fours.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    fn row<const N: usize>(&mut self) -> Option<[f32; N]> {
        self.floats(N)?.try_into().ok()
    }

    fn rows<const N: usize>(&mut self, n: usize) -> Option<Vec<[f32; N]>> {
        (0..n).map(|_| self.row()).collect()
    }

    fn direction(&mut self) -> Option<Direction> {
        Some(Direction {
            input: self.rows(EMBEDDING)?,
            recurrent: self.rows(UNITS)?,
            bias: self.row()?,
        })
    }
}

impl Network {
    /// Reads the built-in file; `None` when it is not whole, which the tests
    /// rule out.
    pub fn load() -> Option<Network> {
        let mut file = Reader(FILE);
        let n = file.count()?;
        let mut ids = HashMap::with_capacity(n);
        for id in 0..n {
            let code = u32::try_from(file.count()?).ok()?;
            if let Some(c) = char::from_u32(code).filter(|c| *c != '\0') {
                ids.insert(c, u16::try_from(id).ok()?);
            }
        }
        let embeddings = file.bytes(n * EMBEDDING)?;
        let scales = file.floats(n)?;
        let directions = [file.direction()?, file.direction()?];
        let hidden = file.rows(UNITS)?;
        let hidden_bias = file.row()?;
        let m = file.count()?;
        let names = file.bytes(8 * m)?.chunks(8);
        let classes = names.map(|name| {
            let name = std::str::from_utf8(name).ok()?;
            Syl::parse(name.trim_end_matches('\0'))
        });
        Some(Network {
            ids,
            embeddings,
            scales,
            directions,
            inputs: (0..n).map(|_| OnceLock::new()).collect(),
            hidden,
            hidden_bias,
            classes: classes.collect(),
            output: file.rows(m)?,
            output_bias: file.floats(m)?,
        })
    }

    /// The number under which the network knows a reading.
    pub fn class(&self, syl: Syl) -> Option<usize> {
        self.classes.iter().position(|c| *c == Some(syl))
    }

    /// What the network makes of every character of `text`, before a reading
    /// is asked for.
    pub fn hear(&self, text: &[char]) -> Vec<[f32; STATE]> {
        let id = |c: &char| self.ids.get(c).copied().unwrap_or(UNKNOWN);
        let ids: Vec<u16> = [BEGIN].iter().chain(text).chain([&END]).map(id).collect();
        let mut states = vec![[0.0; STATE]; text.len()];
        for (d, direction) in self.directions.iter().enumerate() {
            let mut units = [0.0; UNITS];
            let mut cells = [0.0; UNITS];
            for n in 0..=text.len() {
                let at = if d == 0 { n } else { ids.len() - 1 - n };
                let input = &self.input(ids[at])[d];
                direction.step(input, &mut units, &mut cells);
                if (1..=text.len()).contains(&at) {
                    states[at - 1][d * UNITS..][..UNITS].copy_from_slice(&units);
                }
            }
        }
        states
    }

    /// The hidden layer over one state of [`Network::hear`].
    pub fn hidden(&self, state: &[f32; STATE]) -> [f32; UNITS] {
        let mut out = self.hidden_bias;
        for (out, row) in out.iter_mut().zip(&self.hidden) {
            *out = (*out + dot(row, state)).max(0.0);
        }
        out
    }

    /// How much a hidden layer speaks for a class: a logit.
    pub fn logit(&self, hidden: &[f32; UNITS], class: usize) -> f32 {
        self.output_bias[class] + dot(&self.output[class], hidden)
    }

    fn input(&self, id: u16) -> &Inputs {
        let id = usize::from(id);
        self.inputs[id].get_or_init(|| {
            let own = &self.embeddings[id * EMBEDDING..][..EMBEDDING];
            let mut gates = Box::new([self.directions[0].bias, self.directions[1].bias]);
            for (gates, direction) in gates.iter_mut().zip(&self.directions) {
                for (byte, row) in own.iter().zip(&direction.input) {
                    add(gates, row, f32::from(byte.cast_signed()) * self.scales[id]);
                }
            }
            gates
        })
    }
}

impl Direction {
    /// One character further.
    fn step(&self, input: &[f32; GATES], units: &mut [f32; UNITS], cells: &mut [f32; UNITS]) {
        let mut gates = *input;
        for (unit, row) in units.iter().zip(&self.recurrent) {
            add(&mut gates, row, *unit);
        }
        for n in 0..UNITS {
            let [input, forget] = [0, 1].map(|g| sigmoid(gates[g * UNITS + n]));
            let cell = tanh(gates[2 * UNITS + n]);
            cells[n] = forget * cells[n] + input * cell;
            units[n] = sigmoid(gates[3 * UNITS + n]) * tanh(cells[n]);
        }
    }
}

fn add(to: &mut [f32; GATES], row: &[f32; GATES], times: f32) {
    for (to, from) in to.iter_mut().zip(row) {
        *to += from * times;
    }
}

fn dot<const N: usize>(a: &[f32; N], b: &[f32; N]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// The hyperbolic tangent by a continued fraction (Lambert's, to the seventh
/// power), right to 4·10⁻⁴ where it matters: the compiler makes vectors of it,
/// of the library's it does not.
fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.97, 4.97);
    let s = x * x;
    let above = x * (135_135.0 + s * (17_325.0 + s * (378.0 + s)));
    let below = 135_135.0 + s * (62_370.0 + s * (3_150.0 + s * 28.0));
    above / below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_whole_and_names_syllables() {
        let network = Network::load().unwrap();
        assert!(network.classes.iter().all(Option::is_some));
        assert_eq!(network.classes.len(), network.output.len());
    }

    #[test]
    fn the_tangent_is_close() {
        for n in -800..=800 {
            let x = n as f32 / 100.0;
            assert!((tanh(x) - x.tanh()).abs() < 4e-4, "{x}");
        }
    }

    /// Figures of the original, with its own package.
    #[test]
    fn it_says_what_the_original_says() {
        let network = Network::load().unwrap();
        let text: Vec<char> = "他在银行工作".chars().collect();
        let states = network.hear(&text);
        let hidden = network.hidden(&states[3]);
        let logit =
            |s: &str| network.logit(&hidden, network.class(Syl::parse(s).unwrap()).unwrap());
        let gap = logit("hang2") - logit("xing2");
        assert!((gap - HANG_OVER_XING).abs() < 0.3, "{gap}");
    }

    const HANG_OVER_XING: f32 = 1.998;
}
