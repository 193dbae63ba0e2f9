//! The desk's sound card, through rodio.

use std::sync::{Arc, Mutex};

use super::deck::Deck;
use crate::diag::{Fault, Result};
#[cfg(all(feature = "listen", unix))]
use crate::store;

/// The help of every fault here.
const HELP: &str = "connect loudspeakers or headphones and try again; the chapters are WAV files \
                    that any player opens";

/// A sound card that plays until it is dropped.
#[cfg(feature = "listen")]
pub struct Device {
    _sink: rodio::MixerDeviceSink,
}

/// No sound card: this build has none.
#[cfg(not(feature = "listen"))]
pub struct Device {}

/// Plays the deck on the default sound card.
///
/// # Errors
/// When there is no sound card, or it cannot be opened.
#[cfg(feature = "listen")]
pub fn play(deck: Arc<Mutex<Deck>>) -> Result<Device> {
    let refuse = |e: rodio::DeviceSinkError| {
        use std::error::Error;
        let cause = e
            .source()
            .map_or(String::new(), |s| format!(" ({})", s.to_string().trim()));
        match e {
            rodio::DeviceSinkError::NoDevice => Fault::new("this computer has no sound device"),
            e => Fault::new(format!(
                "the sound device cannot be opened: {}{cause}",
                e.to_string().to_lowercase()
            )),
        }
        .help(HELP)
    };
    let open = || rodio::DeviceSinkBuilder::from_default_device()?.open_stream();
    let mut sink = hushed(open).map_err(refuse)?;
    sink.log_on_drop(false);
    sink.mixer().add(feed::Feed::of(deck));
    Ok(Device { _sink: sink })
}

/// Does something during which a library prints to standard error what only its
/// makers can read, as ALSA's does of a sound card that is missing.
#[cfg(all(feature = "listen", unix))]
fn hushed<T>(work: impl FnOnce() -> T) -> T {
    use rustix::stdio::{dup2_stderr, stderr};
    let nothing = store::nothing();
    let before = rustix::io::dup(stderr());
    let (Ok(nothing), Ok(before)) = (nothing, before) else {
        return work();
    };
    let silent = dup2_stderr(nothing).is_ok();
    let done = work();
    if silent {
        // What cannot be put back cannot be told either.
        let _ = dup2_stderr(before);
    }
    done
}

/// Elsewhere nothing is printed.
#[cfg(all(feature = "listen", not(unix)))]
fn hushed<T>(work: impl FnOnce() -> T) -> T {
    work()
}

/// Plays the deck on the default sound card: this build cannot.
///
/// # Errors
/// Always.
#[cfg(not(feature = "listen"))]
pub fn play(_deck: Arc<Mutex<Deck>>) -> Result<Device> {
    Err(Fault::new("this program was built without a player")
        .help(format!("build it with the feature `listen`; or {HELP}")))
}

#[cfg(feature = "listen")]
mod feed {
    use std::num::NonZero;
    use std::sync::{Arc, Mutex, PoisonError};
    use std::time::Duration;

    use super::Deck;
    use crate::audio::stretch::HOP;
    use crate::model::SampleRate;

    /// What the sound card takes its samples from, a block at a time.
    pub struct Feed {
        deck: Arc<Mutex<Deck>>,
        block: [f32; HOP],
        next: usize,
    }

    impl Feed {
        pub fn of(deck: Arc<Mutex<Deck>>) -> Self {
            Feed {
                deck,
                block: [0.0; HOP],
                next: HOP,
            }
        }
    }

    impl Iterator for Feed {
        type Item = rodio::Sample;

        fn next(&mut self) -> Option<rodio::Sample> {
            if self.next == HOP {
                self.next = 0;
                let mut deck = self.deck.lock().unwrap_or_else(PoisonError::into_inner);
                deck.fill(&mut self.block);
            }
            self.next += 1;
            Some(self.block[self.next - 1])
        }
    }

    impl rodio::Source for Feed {
        fn current_span_len(&self) -> Option<usize> {
            None
        }

        fn channels(&self) -> rodio::ChannelCount {
            NonZero::<u16>::MIN
        }

        fn sample_rate(&self) -> rodio::SampleRate {
            NonZero::new(SampleRate::MASTER.0).unwrap_or(NonZero::<u32>::MIN)
        }

        fn total_duration(&self) -> Option<Duration> {
            None
        }
    }
}
