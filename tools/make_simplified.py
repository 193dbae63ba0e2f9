#!/usr/bin/env python3
"""Makes data/simplified.txt, the simplified form of traditional characters.

    python3 -m venv venv && venv/bin/pip install opencc-python-reimplemented==0.1.7
    venv/bin/python tools/make_simplified.py

Source: OpenCC's TSCharacters (Apache-2.0), its first form for each. Left out are
characters that simplified print has too (those of GB 2312, such as 著, 乾 and
藉), but for 於 and 後, and those outside the Basic Multilingual Plane, so that a text
keeps its length in bytes. The same input gives the same bytes.
"""

import collections
import pathlib

import opencc

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
SOURCE = pathlib.Path(opencc.__file__).parent / "dictionary/TSCharacters.txt"


def in_simplified_print(c):
    try:
        c.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return c not in "於後"


def main():
    forms = collections.defaultdict(list)
    for line in SOURCE.read_text("utf-8").splitlines():
        traditional, simplified = line.split("\t")
        simplified = simplified.split(" ")[0]
        plain = all("\u3400" <= c <= "\u9fff" for c in traditional + simplified)
        if plain and traditional != simplified and not in_simplified_print(traditional):
            forms[simplified].append(traditional)
    rows = [f"{s}\t{''.join(sorted(forms[s]))}" for s in sorted(forms)]
    head = "# Made by tools/make_simplified.py from OpenCC (Apache-2.0); see README.md.\n"
    (DATA / "simplified.txt").write_text(head + "\n".join(rows) + "\n", "utf-8")
    print(sum(map(len, forms.values())), "characters")


if __name__ == "__main__":
    main()
