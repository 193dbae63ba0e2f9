//! The encoder: LAME, by the crate `mp3lame-encoder`.

use std::io::{Seek, SeekFrom, Write};

use mp3lame_encoder::{Bitrate, Builder, Encoder, FlushGap, Mode, MonoPcm, Quality};

use super::Written;
use crate::diag::{Fault, Result, cannot_write};
use crate::model::SampleRate;

/// Samples handed to the encoder at once.
const BLOCK: usize = 16 * 1024;

/// LAME takes everything down by 0.45 dB at this bit rate, against clipping in decoders
/// (`abr_switch_map` of its presets.c). The loudness and the peaks are set already, so
/// that is undone beforehand.
const LAME_SCALE: f32 = 0.95;

/// An MP3 file that is written piece by piece.
pub struct Mp3<W: Write + Seek> {
    encoder: Encoder,
    out: W,
    block: Vec<f32>,
    bytes: Vec<u8>,
    written: u64,
}

impl<W: Write + Seek> Mp3<W> {
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
            .and_then(|()| builder.set_to_write_vbr_tag(true));
        set.map_err(|e| cannot(&e))?;
        let encoder = builder.build().map_err(|e| cannot(&e))?;
        Ok(Mp3 {
            encoder,
            out,
            block: Vec::new(),
            bytes: Vec::new(),
            written: 0,
        })
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

    /// Ends the file and puts LAME's tag into its first frame.
    ///
    /// # Errors
    /// What the disk says.
    pub fn finish(mut self) -> Result<Written> {
        self.room(0);
        (self.encoder.flush_to_vec::<FlushGap>(&mut self.bytes)).map_err(|e| broken(&e))?;
        self.write()?;
        self.bytes.reserve(self.encoder.lame_tag_size());
        let info = (self.encoder.lame_tag_encode_to_vec(&mut self.bytes))
            .ok_or_else(|| broken(&"it gives no tag"))?;
        let place = |e| cannot_write(&e);
        self.out.seek(SeekFrom::Start(0)).map_err(place)?;
        self.out.write_all(&self.bytes).map_err(place)?;
        self.out.seek(SeekFrom::End(0)).map_err(place)?;
        self.out.flush().map_err(place)?;
        Ok(Written {
            bytes: self.written,
            info: info.get() as u64,
        })
    }

    /// Room for what LAME makes of so many samples: 1.25 times as many bytes and
    /// 7200 more (lame.h, `lame_encode_buffer`).
    fn room(&mut self, samples: usize) {
        self.bytes.reserve(samples + samples / 4 + 7200);
    }

    fn write(&mut self) -> Result<()> {
        self.out
            .write_all(&self.bytes)
            .map_err(|e| cannot_write(&e))?;
        self.written += self.bytes.len() as u64;
        self.bytes.clear();
        Ok(())
    }
}

fn broken(e: &dyn std::fmt::Display) -> Fault {
    Fault::new(format!("LAME cannot encode the sound: {e}")).help("please report this as a bug")
}
