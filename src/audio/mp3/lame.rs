//! The encoder: LAME, by the crate `mp3lame-encoder`.

use std::io::Write;

use mp3lame_encoder::{Bitrate, Builder, Encoder, FlushGap, Mode, MonoPcm, Quality};

use super::{DELAY, FRAME_BYTES, FRAMES_EACH};
use crate::diag::{Fault, Result, cannot_write};
use crate::model::SampleRate;

/// Samples handed to the encoder at once.
const BLOCK: usize = 16 * 1024;

/// LAME takes everything down by 0.45 dB at this bit rate, against clipping in decoders
/// (`abr_switch_map` of its presets.c). The loudness and the peaks are set already, so
/// that is undone beforehand.
const LAME_SCALE: f32 = 0.95;

/// Where the sound ends above, in hertz: the codec's noise up to half the sampling rate
/// is no speech, and makes peaks between the samples that meters disagree about.
const LOWPASS: i32 = 10_500;

/// Whole frames that the delay is made up to, and that are then left away.
const SKIPPED: u64 = DELAY.div_ceil(FRAMES_EACH);

/// An MP3 file that is written piece by piece.
pub struct Mp3<W: Write> {
    encoder: Encoder,
    out: W,
    block: Vec<f32>,
    bytes: Vec<u8>,
    /// Bytes of the frames that are still to be left away.
    skip: usize,
    written: u64,
}

impl<W: Write> Mp3<W> {
    /// Begins a file at the masters' rate, one channel.
    ///
    /// # Errors
    /// When LAME cannot be set up: there is no memory.
    pub fn new(out: W) -> Result<Self> {
        let cannot = |why: &dyn std::fmt::Display| {
            Fault::new(format!("cannot begin an MP3 file: {why}"))
                .help("please report this as a bug")
        };
        let mut builder = Builder::new().ok_or_else(|| cannot(&"no memory"))?;
        let set = (builder.set_sample_rate(SampleRate::MASTER.0))
            .and_then(|()| builder.set_num_channels(1))
            .and_then(|()| builder.set_mode(Mode::Mono))
            .and_then(|()| builder.set_brate(Bitrate::Kbps64))
            .and_then(|()| builder.set_quality(Quality::VeryNice))
            .and_then(|()| builder.set_to_write_vbr_tag(false));
        set.map_err(|e| cannot(&e))?;
        settings(&mut builder);
        let encoder = builder.build().map_err(|e| cannot(&e))?;
        let mut mp3 = Mp3 {
            encoder,
            out,
            block: Vec::new(),
            bytes: Vec::new(),
            skip: (SKIPPED * FRAME_BYTES) as usize,
            written: 0,
        };
        mp3.add(&[0.0; (SKIPPED * FRAMES_EACH - DELAY) as usize])?;
        Ok(mp3)
    }

    /// Adds samples, full scale ±1.
    ///
    /// # Errors
    /// What the disk says.
    pub fn add(&mut self, samples: &[f32]) -> Result<()> {
        for block in samples.chunks(BLOCK) {
            self.room(block.len());
            self.block.clear();
            self.block.extend(block.iter().map(|s| s / LAME_SCALE));
            (self
                .encoder
                .encode_to_vec(MonoPcm(&self.block), &mut self.bytes))
            .map_err(|e| broken(&e))?;
            self.write()?;
        }
        Ok(())
    }

    /// Ends the file; how many bytes it has.
    ///
    /// # Errors
    /// What the disk says.
    pub fn finish(mut self) -> Result<u64> {
        self.room(0);
        (self.encoder.flush_to_vec::<FlushGap>(&mut self.bytes)).map_err(|e| broken(&e))?;
        self.write()?;
        self.out.flush().map_err(|e| cannot_write(&e))?;
        Ok(self.written)
    }

    /// Room for what LAME makes of so many samples: 1.25 times as many bytes and
    /// 7200 more (lame.h, `lame_encode_buffer`).
    fn room(&mut self, samples: usize) {
        self.bytes.reserve(samples + samples / 4 + 7200);
    }

    fn write(&mut self) -> Result<()> {
        let left = self.skip.min(self.bytes.len());
        self.skip -= left;
        let rest = &self.bytes[left..];
        self.out.write_all(rest).map_err(|e| cannot_write(&e))?;
        self.written += rest.len() as u64;
        self.bytes.clear();
        Ok(())
    }
}

/// Lets every frame stand by itself, since without the first frames those behind them
/// would lack what they borrowed there; and takes away what lies above [`LOWPASS`].
#[allow(unsafe_code, reason = "the crate has no safe call for these settings")]
fn settings(builder: &mut Builder) {
    // SAFETY: the pointer is the builder's own and alive for these calls, which only set
    // numbers (lame.h, `lame_set_disable_reservoir`, `lame_set_lowpassfreq`).
    unsafe {
        mp3lame_sys::lame_set_disable_reservoir(builder.as_ptr(), 1);
        mp3lame_sys::lame_set_lowpassfreq(builder.as_ptr(), LOWPASS);
    }
}

fn broken(e: &dyn std::fmt::Display) -> Fault {
    Fault::new(format!("LAME cannot encode the sound: {e}")).help("please report this as a bug")
}
