//! How sounds are brought to a length: silences and pauses first, then speed.

use crate::model::Frames;

/// So far towards the longest or shortest pauses a changed speed is chosen for: the
/// rest is for what the voices make of it.
const HEADROOM: f64 = 0.6;

/// What a programme is made of, by what can change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    /// What voices speak.
    pub speech: Frames,
    /// The pauses inside of the items, at their own length.
    pub pauses: Frames,
    /// What cannot change: recordings and stings.
    pub fixed: Frames,
    /// The silences between the sounds, counted in parts of one.
    pub gaps: u32,
}

/// How far they may change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The slowest and the fastest speed, as factors.
    pub speed: (f64, f64),
    /// The shortest and the longest pauses, as factors.
    pub pauses: (f64, f64),
    /// A part of a silence: the shortest, the usual, the longest.
    pub gap: (Frames, Frames, Frames),
}

/// How they change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// What speeds are multiplied with.
    pub speed: f64,
    /// What pauses are multiplied with.
    pub pauses: f64,
    /// All silences between the sounds together.
    pub gaps: Frames,
}

impl Limits {
    /// What pauses are multiplied with, from -1 (the shortest) over 0 to 1.
    fn pause_factor(&self, turn: f64) -> f64 {
        let (least, most) = self.pauses;
        match turn < 0.0 {
            true => 1.0 + turn * (1.0 - least),
            false => 1.0 + turn * (most - 1.0),
        }
    }

    /// A part of a silence, from -1 over 0 to 1, in frames.
    fn gap(&self, turn: f64) -> f64 {
        let (least, own, most) = self.gap;
        let (own, least, most) = (own.0 as f64, least.0 as f64, most.0 as f64);
        match turn < 0.0 {
            true => own + turn * (own - least),
            false => own + turn * (most - own),
        }
    }
}

impl Load {
    /// Its length in frames, by a model: speech becomes shorter as speed grows.
    pub fn length(&self, speed: f64, turn: f64, limits: &Limits) -> f64 {
        self.speech.0 as f64 / speed + self.rest(turn, limits)
    }

    fn rest(&self, turn: f64, limits: &Limits) -> f64 {
        self.fixed.0 as f64
            + self.pauses.0 as f64 * limits.pause_factor(turn)
            + f64::from(self.gaps) * limits.gap(turn)
    }
}

/// How a programme that is spoken at `speed` comes to `target`, or as near as the limits
/// allow. Its speech is as long as it is at that speed. Another speed is given only when
/// silences and pauses alone cannot do it.
pub fn settle(load: Load, speed: f64, target: Frames, limits: &Limits) -> Setting {
    let target = target.0 as f64;
    // As at speed 1, so that the model can be asked.
    let model = Load {
        speech: Frames((load.speech.0 as f64 * speed).round() as u64),
        ..load
    };
    let within = |speed: f64| {
        model.length(speed, -1.0, limits) <= target && target <= model.length(speed, 1.0, limits)
    };
    let speed = if within(speed) || load.speech == Frames(0) {
        speed
    } else {
        let side = match target < model.length(speed, 0.0, limits) {
            true => -HEADROOM,
            false => HEADROOM,
        };
        let left = target - model.rest(side, limits);
        let wanted = match left > 0.0 {
            true => model.speech.0 as f64 / left,
            false => limits.speed.1,
        };
        // Takes are kept by their speed: few speeds, few takes.
        ((wanted * 200.0).round() / 200.0).clamp(limits.speed.0, limits.speed.1)
    };
    let turn = turn(&model, speed, target, limits);
    let gaps = f64::from(load.gaps) * limits.gap(turn);
    Setting {
        speed,
        pauses: limits.pause_factor(turn),
        gaps: Frames(gaps.round() as u64),
    }
}

/// Where between the shortest and the longest pauses the length is the wanted one.
fn turn(model: &Load, speed: f64, target: f64, limits: &Limits) -> f64 {
    let own = model.length(speed, 0.0, limits);
    let end = if target < own { -1.0 } else { 1.0 };
    let reach = (model.length(speed, end, limits) - own).abs();
    match reach > 0.0 {
        true => end * ((target - own).abs() / reach).min(1.0),
        false => 0.0,
    }
}

/// Deals frames out by parts: the sum is what is given, to the frame.
pub fn share(all: Frames, parts: &[u32]) -> Vec<Frames> {
    let sum: u64 = parts.iter().map(|p| u64::from(*p)).sum();
    let mut given = 0;
    let mut passed = 0;
    parts
        .iter()
        .map(|part| {
            passed += u64::from(*part);
            let upto = (u128::from(all.0) * u128::from(passed) / u128::from(sum.max(1))) as u64;
            let own = upto - given;
            given = upto;
            Frames(own)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: Limits = Limits {
        speed: (0.95, 1.08),
        pauses: (0.8, 1.35),
        gap: (Frames(5_000), Frames(10_000), Frames(24_000)),
    };

    fn load(speech: u64) -> Load {
        Load {
            speech: Frames(speech),
            pauses: Frames(speech / 5),
            fixed: Frames(48_000),
            gaps: 12,
        }
    }

    #[test]
    fn pauses_are_changed_before_speed() {
        let load = load(24_000 * 300);
        let own = load.length(1.0, 0.0, &LIMITS) as u64;
        let as_is = settle(load, 1.0, Frames(own), &LIMITS);
        assert_eq!((as_is.speed, as_is.pauses), (1.0, 1.0));
        assert_eq!(as_is.gaps, Frames(120_000));
        let longer = settle(load, 1.0, Frames(own + 24_000 * 10), &LIMITS);
        assert_eq!(longer.speed, 1.0);
        assert!(longer.pauses > 1.0 && longer.gaps > as_is.gaps);
        let much = settle(load, 1.0, Frames(own + 24_000 * 30), &LIMITS);
        assert!(much.speed < 1.0 && much.pauses > 1.2, "{much:?}");
        let less = settle(load, 1.0, Frames(own - 24_000 * 25), &LIMITS);
        assert!(less.speed > 1.0 && less.pauses < 0.95, "{less:?}");
        let none = settle(load, 1.0, Frames(0), &LIMITS);
        assert_eq!((none.speed, none.gaps), (1.08, Frames(60_000)));
    }

    proptest! {
        #[test]
        fn a_length_within_reach_is_met(
            speech in 24_000u64..24_000 * 3600,
            pauses in 0u64..24_000 * 600,
            fixed in 0u64..24_000 * 60,
            gaps in 1u32..80,
            at in 0.0f64..1.0,
            spoken in 0.95f64..1.08,
        ) {
            let model = Load { speech: Frames(speech), pauses: Frames(pauses), fixed: Frames(fixed), gaps };
            let shortest = model.length(1.08, -1.0, &LIMITS);
            let longest = model.length(0.95, 1.0, &LIMITS);
            // Speeds are whole steps: at the very ends the last step may be missed.
            let step = speech as f64 / 200.0 * 0.5;
            let target = shortest + step + (longest - shortest - 2.0 * step).max(0.0) * at;
            let load = Load { speech: Frames((speech as f64 / spoken) as u64), ..model };
            let setting = settle(load, spoken, Frames(target as u64), &LIMITS);
            prop_assert!((0.95..=1.08).contains(&setting.speed));
            prop_assert!((0.8..=1.35).contains(&setting.pauses));
            let got = speech as f64 / setting.speed + pauses as f64 * setting.pauses
                + fixed as f64 + setting.gaps.0 as f64;
            prop_assert!((got - target).abs() < step.max(100.0), "{got} for {target}");
        }

        #[test]
        fn nothing_is_lost_in_sharing(all in any::<u32>(), parts in prop::collection::vec(0u32..5, 1..40)) {
            let shares = share(Frames(u64::from(all)), &parts);
            prop_assert_eq!(shares.len(), parts.len());
            let sum: u64 = parts.iter().map(|p| u64::from(*p)).sum();
            let dealt: u64 = shares.iter().map(|f| f.0).sum();
            prop_assert_eq!(dealt, if sum == 0 { 0 } else { u64::from(all) });
            for (share, part) in shares.iter().zip(&parts).filter(|(_, p)| **p > 0) {
                let fair = u64::from(all) * u64::from(*part) / sum;
                prop_assert!(share.0.abs_diff(fair) <= 1);
            }
        }
    }
}
