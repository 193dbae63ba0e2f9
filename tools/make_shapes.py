#!/usr/bin/env python3
"""Makes data/shapes.txt: which common characters look alike in print.

    python3 tools/make_shapes.py FONT.ttc[:INDEX] ... > data/shapes.txt

Wants numpy, scipy and Pillow. Each character of GB 2312's two levels is drawn with every font, cut to its ink, scaled to one size and
blurred; two characters are as alike as the images' correlation, or a little
less than that of their left, right, upper or lower parts; the mean over the
fonts counts. A line of the result, for the first level alone: a character, a tab, and those
that look like it, the likest first, each followed by a digit, 9 for the likest.
"""

import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import gaussian_filter

SIZE = 40
KEPT = 40
LEAST = 0.58
STEP = 0.035
ALL = slice(None)
# A component taken for the whole: which parts, and what their likeness counts.
COMPONENTS = [
    (ALL, slice(9, None)),
    (ALL, slice(7, None)),
    (ALL, slice(None, 11)),
    (ALL, slice(None, 14)),
    (slice(9, None), ALL),
    (slice(None, 14), ALL),
]
COMPONENT = 0.95
# Rows and columns of the part that is compared, and what its likeness counts.
PARTS = [
    ((ALL, ALL), 1.0),
    ((ALL, slice(8, None)), 0.9),
    ((ALL, slice(None, 9)), 0.85),
    ((slice(8, None), ALL), 0.9),
    ((slice(None, 10), ALL), 0.85),
]
# A component taken for the whole: which parts, and what their likeness counts.
COMPONENTS = [
    (ALL, slice(8, None)),
    (ALL, slice(6, None)),
    (ALL, slice(None, 9)),
    (ALL, slice(None, 12)),
    (slice(7, None), ALL),
    (slice(None, 11), ALL),
]
COMPONENT = 0.95
# Rows and columns of the part that is compared, and what its likeness counts.
PARTS = [
    ((ALL, ALL), 1.0),
    ((ALL, slice(9, None)), 0.9),
    ((ALL, slice(None, 11)), 0.85),
    ((slice(12, None), ALL), 0.9),
    ((slice(None, 16), ALL), 0.85),
]


def characters(rows):
    """GB 2312's levels, the first by sound, the second by radical."""
    for row in rows:
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes([row, cell]).decode("gb2312")
            except UnicodeDecodeError:
                pass


def drawn(font, character):
    image = Image.new("L", (SIZE * 2, SIZE * 2), 0)
    ImageDraw.Draw(image).text((SIZE // 2, SIZE // 4), character, font=font, fill=255)
    return image.crop((SIZE // 2, SIZE // 4, SIZE // 2 + SIZE, SIZE // 4 + int(SIZE * 1.5)))


def cropped(images):
    """What the characters leave blank all round is cut off."""
    inked = np.argwhere(images.max(axis=0) > 0.5)
    (top, left), (bottom, right) = inked.min(0), inked.max(0) + 1
    return images[:, top:bottom, left:right]


def stretched(image, rows, columns):
    """A part of a character, cut to its ink and drawn as large as a whole one."""
    part = image[rows, columns]
    inked = np.argwhere(part > 0.2)
    if len(inked) == 0:
        return image
    (top, left), (bottom, right) = inked.min(0), inked.max(0) + 1
    part = Image.fromarray((part[top:bottom, left:right] * 255).astype(np.uint8))
    height, width = image.shape
    full = np.zeros_like(image)
    inner = part.resize((width - 2, height - 2), Image.BILINEAR)
    full[1:-1, 1:-1] = np.asarray(inner, dtype=np.float32) / 255
    return full


def vectors(images, rows, columns):
    part = images[:, rows, columns].reshape(len(images), -1)
    part = part - part.mean(axis=1, keepdims=True)
    return part / (np.linalg.norm(part, axis=1, keepdims=True) + 1e-9)


def main():
    common = list(characters(range(0xB0, 0xD8)))
    known = common + list(characters(range(0xD8, 0xF8)))
    alike = np.zeros((len(known), len(known)), dtype=np.float32)
    for name in sys.argv[1:]:
        path, _, index = name.partition(":")
        font = ImageFont.truetype(path, SIZE, index=int(index or 0))
        images = [np.asarray(drawn(font, c), dtype=np.float32) / 255 for c in known]
        images = cropped(np.stack([gaussian_filter(i, 1.1)[::2, ::2] for i in images]))
        best = None
        for cut, weight in PARTS:
            v = vectors(images, *cut)
            likeness = weight * (v @ v.T)
            best = likeness if best is None else np.maximum(best, likeness)
        whole = vectors(images, ALL, ALL)
        for box in COMPONENTS:
            part = np.stack([stretched(i, *box) for i in images])
            likeness = COMPONENT * (vectors(part, ALL, ALL) @ whole.T)
            best = np.maximum(best, np.maximum(likeness, likeness.T))
        alike += best
    alike /= len(sys.argv) - 1
    np.fill_diagonal(alike, -1)
    print("# Characters that look alike in print, drawn and compared by tools/make_shapes.py;")
    print("# behind each how alike it is, from 0 to 9.")
    for i, character in enumerate(common):
        best = np.argsort(-alike[i])[:KEPT]
        near = [(known[j], alike[i][j]) for j in best if alike[i][j] >= LEAST]
        if near:
            print(character + "\t" + "".join(c + str(min(9, int((s - LEAST) / STEP))) for c, s in near))


if __name__ == "__main__":
    main()
