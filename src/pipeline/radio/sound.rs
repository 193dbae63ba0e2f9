//! A chapter's sound → its Broadcast Wave File, levelled, resampled, measured as it
//! lies on the disk; all of them one after the other; and as FLAC.

use super::Programme;
use crate::audio::broadcast::{Format, ProgrammeMeter, Stated, Writer, state};
use crate::audio::dither::{Quantiser, full_scale, nearest};
use crate::audio::flac::Flac;
use crate::audio::level::{METERS, Setting, Source, Target, settle, shape};
use crate::audio::loudness::{CAST, Loudness, gain_to};
use crate::audio::resample::Converter;
use crate::audio::targets::TOLERANCE;
use crate::check;
use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::export::{Cut, Radio};
use crate::model::{Bits, Channels, Db, Dbtp, Lufs, Measures, RadioSet};
use crate::pipeline::masters;
use crate::store::{self, Draft};

/// Nearer to the target than this, in LU, no further try makes it.
const NEAR: f64 = 0.05;
/// So often a sound is made at most.
const TRIES: usize = 3;
/// What both channels of dual mono have more together than one of them, in LU.
const BOTH: f64 = 3.0103;

/// Where the sounds are made.
pub struct Studio<'a> {
    /// What is to be made.
    pub radio: &'a Radio<'a>,
    /// Of what.
    pub programme: &'a Programme<'a>,
    /// Where.
    pub draft: &'a Draft,
}

impl Studio<'_> {
    /// Makes a part's file and states its loudness in it.
    ///
    /// # Errors
    /// A master that cannot be read, a full disk.
    pub fn part(&self, n: usize) -> Result<Measures> {
        let book = self.radio.book;
        let (Some(part), Some(cut)) = (book.parts.get(n), self.radio.cuts.get(n)) else {
            return Err(Fault::new(format!("there is no part {n}")));
        };
        let chapter = part.chapter;
        let rate = book.edition.sample_rate;
        let master = |sink: &mut dyn FnMut(&[f32]) -> Result<()>| (self.programme.sounds)(n, sink);
        let own = masters::loudness(chapter);
        let target = self.target();
        let mut aim = target;
        aim.peak.0 -= METERS;
        let mut tries = 1;
        loop {
            let setting = self.setting(&master, own, aim)?;
            let levelled = |sink: &mut dyn FnMut(&[f32]) -> Result<()>| {
                let mut converter = Converter::new(rate, Radio::rate())?;
                let mut out = Vec::new();
                shape(&master, rate, setting, &mut |samples| {
                    out.clear();
                    converter.feed(samples, &mut out)?;
                    sink(&out)
                })?;
                out.clear();
                converter.finish(&mut out)?;
                sink(&out)
            };
            let stated = self.write(cut, self.rounding(false), &levelled)?;
            let measures = self.measure(cut, self.meter()?)?;
            let missing = missing(&measures, self.radio.set);
            let over = over(&measures, target);
            if tries == TRIES || (missing.abs() < NEAR && over <= 0.0) {
                self.state(cut, stated, &measures)?;
                return Ok(measures);
            }
            aim.loudness.0 += missing;
            aim.peak.0 -= if over > 0.0 { over + 0.1 } else { 0.0 };
            tries += 1;
        }
    }

    /// Makes the whole programme of the parts that are made, and measured `parts`. It is
    /// the same samples, as long as they are together as loud as they should be; a gain
    /// brings them there otherwise.
    ///
    /// # Errors
    /// A full disk.
    pub fn whole(&self, parts: &[Measures]) -> Result<Measures> {
        let cut = &self.radio.whole;
        let all = |sink: &mut dyn FnMut(&[f32]) -> Result<()>| {
            (self.radio.cuts.iter()).try_for_each(|cut| self.read(cut, sink))
        };
        let stated = self.write(cut, self.rounding(true), &all)?;
        let meter = ProgrammeMeter::without_peak(Radio::rate(), self.radio.set.channels)?;
        let mut measures = self.measure(cut, meter)?;
        // The highest of the same samples, which end in silence everywhere.
        let peaks = parts.iter().filter_map(|part| part.true_peak);
        measures.true_peak = peaks.reduce(|a, b| if b.0 > a.0 { b } else { a });
        let missing = missing(&measures, self.radio.set);
        if missing.abs() < TOLERANCE / 2.0 {
            self.state(cut, stated, &measures)?;
            return Ok(measures);
        }
        let setting = Setting {
            gain: Db(missing),
            ceiling: Dbtp(self.target().peak.0 - METERS),
        };
        let louder =
            |sink: &mut dyn FnMut(&[f32]) -> Result<()>| shape(&all, Radio::rate(), setting, sink);
        let stated = self.write(cut, self.rounding(false), &louder)?;
        let measures = self.measure(cut, self.meter()?)?;
        self.state(cut, stated, &measures)?;
        Ok(measures)
    }

    /// Makes a part's FLAC file of its Broadcast Wave File.
    ///
    /// # Errors
    /// A full disk.
    pub fn library(&self, n: usize, comments: &[u8]) -> Result<()> {
        let Some(cut) = self.radio.cuts.get(n) else {
            return Ok(());
        };
        let file = self.programme.place(&cut.flac());
        let out = self.draft.create(&file)?;
        let blame = |f| self.draft.blame(f, &file);
        let mut flac = Flac::new(out, Radio::rate(), comments).map_err(blame)?;
        let mut quantiser = Rounding::of(Bits::Sixteen, self.radio.set.bits == Bits::Sixteen);
        let mut numbers = Vec::new();
        self.read(cut, &mut |samples| {
            numbers.clear();
            quantiser.add(samples, &mut numbers);
            flac.add(&numbers).map_err(blame)
        })?;
        flac.finish().map_err(blame)
    }

    /// What the file is to measure, in one of its channels.
    fn target(&self) -> Target {
        let mut target = Target::of(self.radio.set.level);
        if self.radio.set.channels == Channels::Dual {
            target.loudness.0 -= BOTH;
        }
        target
    }

    /// How a master is brought to the aim. What is too short to have a loudness is
    /// raised as the cast is.
    fn setting(&self, master: &Source<'_>, own: Loudness, aim: Target) -> Result<Setting> {
        let rate = self.radio.book.edition.sample_rate;
        match own.integrated {
            Some(_) => settle(master, rate, own, aim.loudness, aim.peak),
            None => Ok(Setting {
                gain: gain_to(CAST, aim.loudness),
                ceiling: aim.peak,
            }),
        }
    }

    /// How samples become whole numbers; `exact` are those that come from such a file.
    fn rounding(&self, exact: bool) -> Rounding {
        Rounding::of(self.radio.set.bits, exact)
    }

    fn meter(&self) -> Result<ProgrammeMeter> {
        ProgrammeMeter::new(Radio::rate(), self.radio.set.channels)
    }

    /// Writes a cut's file.
    fn write(&self, cut: &Cut, mut rounding: Rounding, source: &Source<'_>) -> Result<Stated> {
        let format = Format {
            rate: Radio::rate(),
            bits: self.radio.set.bits,
            channels: self.radio.set.channels,
        };
        let file = self.wave(cut);
        let blame = |f| self.draft.blame(f, &file);
        let mut writer =
            Writer::new(self.draft.create(&file)?, format, &cut.about).map_err(blame)?;
        let mut numbers = Vec::new();
        source(&mut |samples| {
            numbers.clear();
            rounding.add(samples, &mut numbers);
            writer.add(&numbers).map_err(blame)
        })?;
        let stated = writer.finish().map_err(blame)?;
        if stated.frames != cut.frames {
            return Err(blame(
                Fault::new(format!(
                    "the file has {} frames, its chapter makes {}",
                    stated.frames.0, cut.frames.0
                ))
                .help("please report this as a bug"),
            ));
        }
        Ok(stated)
    }

    /// What a file measures as it lies there.
    fn measure(&self, cut: &Cut, mut meter: ProgrammeMeter) -> Result<Measures> {
        self.read(cut, &mut |samples| meter.add(samples))?;
        meter.finish()
    }

    /// Reads a file that is written, as a station would.
    fn read(&self, cut: &Cut, sink: &mut dyn FnMut(&[f32]) -> Result<()>) -> Result<()> {
        let file = self.wave(cut);
        let bytes = store::map("sound", &self.draft.path(&file))?;
        let (wave, findings) = check::broadcast(&file, &bytes);
        match (wave, findings.first()) {
            (Some(wave), None) => wave.samples(sink).map(drop),
            (_, finding) => {
                let why = finding.map_or_else(String::new, ToString::to_string);
                let fault = Fault::new(format!("the file cannot be read again: {why}"))
                    .help("please report this as a bug");
                Err(self.draft.blame(fault, &file))
            }
        }
    }

    /// The path of a cut's file in the draft.
    fn wave(&self, cut: &Cut) -> String {
        self.programme.place(&cut.wave())
    }

    fn state(&self, cut: &Cut, stated: Stated, measures: &Measures) -> Result<()> {
        let file = self.wave(cut);
        let mut out = self.draft.change(&file)?;
        state(&mut out, stated, measures).map_err(|f| self.draft.blame(f, &file))
    }
}

/// How samples become whole numbers.
enum Rounding {
    /// Dithered where that is needed.
    Dithered(Quantiser),
    /// They are whole already.
    Exact(f64),
}

impl Rounding {
    fn of(bits: Bits, exact: bool) -> Self {
        match exact {
            true => Rounding::Exact(full_scale(bits)),
            false => Rounding::Dithered(Quantiser::new(bits)),
        }
    }

    fn add(&mut self, samples: &[f32], out: &mut Vec<i32>) {
        match self {
            Rounding::Dithered(quantiser) => quantiser.add(samples, out),
            Rounding::Exact(scale) => {
                out.extend(
                    samples
                        .iter()
                        .map(|s| nearest(f64::from(*s) * *scale) as i32),
                );
            }
        }
    }
}

/// How much a file is softer than it should be, in LU.
fn missing(measures: &Measures, set: RadioSet) -> f64 {
    let wanted = Target::of(set.level).loudness;
    measures.integrated.map_or(0.0, |is| gain_to(is, wanted).0)
}

/// How far its highest peak, as other meters may see it, is above what is allowed.
fn over(measures: &Measures, target: Target) -> f64 {
    measures
        .true_peak
        .map_or(0.0, |peak| peak.0 + METERS - target.peak.0)
}

/// What is to be told of a file whose level is not what it should be.
pub fn doubt(file: &str, set: RadioSet, measures: &Measures) -> Option<Diagnostic> {
    let Lufs(wanted) = Target::of(set.level).loudness;
    let off = missing(measures, set);
    (off.abs() > TOLERANCE).then(|| {
        let message = format!(
            "the loudness of the radio file is {:.1} LUFS, not {wanted:.1}",
            wanted - off
        );
        Diagnostic::note(Some(Place::file(file)), message)
            .help("its sound is mostly silence, or has peaks that leave no room: listen to it")
    })
}
