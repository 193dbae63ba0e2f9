"""What wavinfo reads of a Broadcast Wave File, as JSON."""

import json
import sys

from wavinfo import WavInfoReader

wave = WavInfoReader(sys.argv[1], info_encoding="utf-8")
bext = wave.bext
print(json.dumps({
    "rate": wave.fmt.sample_rate,
    "bits": wave.fmt.bits_per_sample,
    "channels": wave.fmt.channel_count,
    "frames": wave.data.frame_count,
    "description": bext.description,
    "originator": bext.originator,
    "reference": bext.originator_ref,
    "date": bext.originator_date,
    "time": bext.originator_time,
    "time_reference": bext.time_reference,
    "version": bext.version,
    "loudness": [
        bext.loudness_value,
        bext.loudness_range,
        bext.max_true_peak,
        bext.max_momentary_loudness,
        bext.max_shortterm_loudness,
    ],
    "history": bext.coding_history,
    "title": wave.info.title,
    "artist": wave.info.artist,
    "product": wave.info.product,
    "markers": [
        [cue.sample_offset, wave.cues.range(cue.name), wave.cues.label_and_note(cue.name)[0]]
        for cue in wave.cues.cues
    ],
}))
