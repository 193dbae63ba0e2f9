"""Walks through a DAISY 2.02 book with a reader that is not ours.

Prints JSON: the title, the headings in order, and for every section of every
SMIL file its text and its clips."""

import json
import sys
import typing

import chardet.universaldetector
from loguru import logger


class Declared:
    """The reader guesses how bytes are meant and does not look at what the XML
    declaration says; here it is told."""

    result = {"encoding": "utf-8"}

    def feed(self, data):
        pass

    def close(self):
        pass


logger.remove()
chardet.universaldetector.UniversalDetector = Declared
# Of Python 3.12 the reader wants no more than this.
if not hasattr(typing, "override"):
    typing.override = lambda method: method

from daisy_dtb import DaisyBook, FolderDtbSource

book = DaisyBook(FolderDtbSource(sys.argv[1]))
# One entry a heading: those of one section share their SMIL file.
smils = {smil.reference.resource: smil for smil in book.smils}
sentences = []
for smil in smils.values():
    for section in smil.sections:
        clips = [[clip.src, clip.begin, clip.end] for clip in section.clips]
        sentences.append({"text": section.text.content, "clips": clips})
json.dump(
    {
        "title": book.title,
        "headings": [entry.text for entry in book.toc_entries],
        "sentences": sentences,
    },
    sys.stdout,
)
