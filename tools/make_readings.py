#!/usr/bin/env python3
"""Makes data/chars.txt and data/phrases.tsv, the reading tables of src/text.

    python3 -m venv venv && venv/bin/pip install pypinyin==0.55.0
    venv/bin/python tools/make_readings.py

Source: the PyPI package pypinyin (MIT), its pinyin_dict and phrases_dict.
Written is only what the program cannot work out: one reading a character (the
first that pypinyin lists, unless data/corrections.tsv says otherwise), and the
phrases that the program would read otherwise from the characters and the
shorter phrases alone. So run this again after changing the single characters
of data/corrections.tsv. The same input gives the same bytes.
"""

import json
import pathlib
import unicodedata

import pypinyin

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
SOURCE = pathlib.Path(pypinyin.__file__).parent
TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
LONGEST = 8  # characters; longer phrases are proverbs that no paper splits well


def lines(name):
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


SYLLABLES = {s for line in lines("syllables.txt") for s in line.split()}


def numbered(pinyin):
    """`nǚ` as `nv3`; None for what is not one of our syllables."""
    tone, base = 5, ""
    for c in unicodedata.normalize("NFD", pinyin):
        if c in TONES:
            tone = TONES[c]
        elif c == "\u0308":
            base = base[:-1] + "v"
        else:
            base += c
    base = unicodedata.normalize("NFC", base)
    return f"{base}{tone}" if base in SYLLABLES else None


def corrections():
    """The hand-made defaults: character in any word, and whole words."""
    chars, words = {}, {}
    for line in lines("corrections.tsv"):
        word, reading = line.split("\t")[:2]
        if word.startswith("="):
            continue
        if len(word) == 1:
            chars[word] = reading
        else:
            words[word] = tuple(reading.split())
    return chars, words


def citation(phrase, reading):
    """Without the tone changes of 一 and 不, which the program applies itself."""
    base = {"一": ("yi", "yi1"), "不": ("bu", "bu4")}
    return tuple(
        base[c][1] if c in base and r[:-1] == base[c][0] else r for c, r in zip(phrase, reading)
    )


def read_with(phrase, chars, phrases):
    """How src/text/pinyin.rs reads a word: the longest phrases from the left,
    else characters."""
    if phrase in phrases:
        return phrases[phrase]
    out, at = [], 0
    while at < len(phrase):
        for size in range(min(LONGEST, len(phrase) - at), 1, -1):
            part = phrase[at : at + size]
            if size < len(phrase) and part in phrases:
                out += phrases[part]
                at += size
                break
        else:
            out.append(chars[phrase[at]])
            at += 1
    return tuple(out)


def main():
    fixed, words = corrections()
    chars = {}
    for code, readings in json.loads((SOURCE / "pinyin_dict.json").read_text("utf-8")).items():
        char = chr(int(code))
        valid = [r for r in map(numbered, readings.split(",")) if r]
        reading = fixed.get(char) or (valid[0] if valid else None)
        if reading:
            chars[char] = reading
    chars.update(fixed)

    by_reading = {}
    for char in sorted(chars):
        by_reading.setdefault(chars[char], []).append(char)
    with (DATA / "chars.txt").open("w", encoding="utf-8") as out:
        out.write("# Made by tools/make_readings.py from pypinyin (MIT); see README.md.\n")
        for reading in sorted(by_reading):
            out.write(f"{reading}\t{''.join(by_reading[reading])}\n")

    kept = dict(words)
    made = []
    source = json.loads((SOURCE / "phrases_dict.json").read_text("utf-8"))
    for phrase in sorted(source, key=lambda p: (len(p), p)):
        if not 2 <= len(phrase) <= LONGEST or phrase in words or any(c not in chars for c in phrase):
            continue
        reading = [numbered(r[0]) for r in source[phrase]]
        if len(reading) != len(phrase) or None in reading:
            continue
        reading = citation(phrase, reading)
        if reading != read_with(phrase, chars, kept):
            kept[phrase] = reading
            made.append(phrase)
    with (DATA / "phrases.tsv").open("w", encoding="utf-8") as out:
        out.write("# Made by tools/make_readings.py from pypinyin (MIT); see README.md.\n")
        for phrase in sorted(made):
            out.write(f"{phrase}\t{' '.join(kept[phrase])}\n")
    print(f"{len(chars)} characters, {len(made)} phrases")


if __name__ == "__main__":
    main()
