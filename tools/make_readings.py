#!/usr/bin/env python3
"""Makes data/chars.txt and data/phrases.tsv, the reading tables of src/text.

    python3 -m venv venv && venv/bin/pip install pypinyin==0.55.0
    npm pack @pinyin-pro/data@1.3.1 && tar xzf pinyin-pro-data-1.3.1.tgz
    venv/bin/python tools/make_readings.py package/json/complete.json

Sources: the PyPI package pypinyin (MIT), its pinyin_dict and phrases_dict; the
npm package @pinyin-pro/data (ISC), its complete.json, for words that pypinyin
does not list; data/neutral.txt and data/corrections.tsv, which win. Written is
only what the program cannot work out: one reading a character, and the words
that the program would read otherwise from the characters and the shorter
words alone. So run this again after changing neutral.txt or the single
characters of corrections.tsv, and tools/make_polyphones.py after it. The same
input gives the same bytes.
"""

import json
import pathlib
import sys
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
    """The readings written by hand: characters, and whole words."""
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


def sources(complete):
    """Words with a valid syllable a character: pypinyin's, else pinyin-pro's;
    the last one neutral where neutral.txt says so."""
    neutral = {w for line in lines("neutral.txt") for w in line.split()}
    words = {w: entry[0].split() for w, entry in json.loads(pathlib.Path(complete).read_text("utf-8")).items()}
    own = json.loads((SOURCE / "phrases_dict.json").read_text("utf-8"))
    words.update({w: [r[0] for r in readings] for w, readings in own.items()})
    for word in sorted(words, key=lambda w: (len(w), w)):
        reading = [numbered(r) for r in words[word]]
        if 2 <= len(word) <= LONGEST and len(reading) == len(word) and None not in reading:
            if word in neutral:
                reading[-1] = reading[-1][:-1] + "5"
            yield word, reading


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
    for phrase, reading in sources(sys.argv[1]):
        if phrase in words or any(c not in chars for c in phrase):
            continue
        reading = citation(phrase, reading)
        if reading != read_with(phrase, chars, kept):
            kept[phrase] = reading
            made.append(phrase)
    with (DATA / "phrases.tsv").open("w", encoding="utf-8") as out:
        out.write("# Made by tools/make_readings.py from pypinyin (MIT) and pinyin-pro (ISC); see README.md.\n")
        for phrase in sorted(made):
            out.write(f"{phrase}\t{' '.join(kept[phrase])}\n")
    print(f"{len(chars)} characters, {len(made)} phrases")


if __name__ == "__main__":
    main()
