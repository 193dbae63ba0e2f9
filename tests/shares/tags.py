"""The ID3 tags of sound files as mutagen reads them, as JSON: tags.py FILE…"""

import json
import sys

from mutagen.id3 import ID3


def frame(it):
    if it.FrameID == "APIC":
        return {"mime": it.mime, "type": int(it.type), "png": it.data[:8].hex()}
    if it.FrameID == "USLT":
        return {"lang": it.lang, "text": it.text}
    if it.FrameID == "COMM":
        return {"lang": it.lang, "text": it.text[0]}
    if it.FrameID == "CHAP":
        return {
            "id": it.element_id,
            "start": it.start_time,
            "end": it.end_time,
            "offsets": [it.start_offset, it.end_offset],
            "title": it.sub_frames["TIT2"].text[0],
        }
    if it.FrameID == "CTOC":
        return {
            "id": it.element_id,
            "flags": int(it.flags),
            "children": it.child_element_ids,
        }
    return {"text": it.text[0], "encoding": int(it.encoding)}


def tag(path):
    it = ID3(path, translate=False, load_v1=False)
    frames = {}
    for one in it.values():
        frames.setdefault(one.FrameID, []).append(frame(one))
    return {"version": list(it.version), "frames": frames, "unknown": len(it.unknown_frames)}


print(json.dumps([tag(path) for path in sys.argv[1:]]))
