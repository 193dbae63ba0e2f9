#!/usr/bin/env python3
"""Makes data/context.bin, data/polyphones.tsv and data/agreed.bin, the model that
chooses between the readings of a character from what stands around it.

    python3 -m venv venv
    venv/bin/pip install numpy scipy jieba==0.42.1 g2pM==0.1.2.5 pypinyin==0.55.0
    npm pack @pinyin-pro/data@1.3.1 && tar xzf pinyin-pro-data-1.3.1.tgz
    venv/bin/python tools/make_polyphones.py CASES.tsv package/json/complete.json [--folds 5]

CASES (sentence, index of a character, its pinyin) is the development part of
CPP, of g2pM (Apache-2.0); none of its text is kept beyond the neighbours of a
character. Its test part is not used.

Two parts, joined in one log-linear choice (see src/text/polyphones.rs):

* context.bin: the weights of g2pM (Apache-2.0), a bi-directional LSTM over
  characters; embeddings in eight bits with a scale a row, the rest as it is.
* polyphones.tsv: how much the network counts, how much the dictionaries count,
  and what words and neighbours speak for a reading; fitted by penalised maximum
  likelihood to CASES, to data/readings.txt (written for this project) and, with
  little weight, to words that the dictionaries agree on; small weights left out.
* agreed.bin: hashes of the words that both dictionaries read alike.

With --folds the accuracy on held-out fifths of CASES, and on the sentences of
tests/cases/polyphones.tsv, which are not learned from, is printed and nothing
is written.
"""

import argparse
import collections
import json
import pathlib
import pickle
import random
import re
import struct
import unicodedata

import jieba
import jieba.posseg
import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

import g2pM
import pypinyin

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
BOS, EOS, UNKNOWN = "시", "끝", "<UNK>"
PRIOR = 3.0  # variance of the weights
SMALL = 0.03  # weights below this are left out
LOWEST = -6.0  # below the likeliest; a network so sure of itself is not believed
SETTLED = "一不血"  # tone changes; and what dictionaries know better
EXAMPLES = 30  # words a character learns from
EXAMPLE = 0.03  # what such a word counts, a sentence counting 1
LISTED = 0.006  # what a word of one dictionary counts
CARRIERS = [("我们", ""), ("这是", "的"), ("大家", "了"), ("他说，", "。"), ("在", "上"), ("", "，"), ("", "")]

SYLLABLES = {
    s
    for line in (DATA / "syllables.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for s in line.split()
}


def numbered(pinyin):
    """`nǚ` as `nv3`."""
    tone, base = 5, ""
    for c in unicodedata.normalize("NFD", pinyin):
        if c in TONES:
            tone = TONES[c]
        elif c == "\u0308":
            base = base[:-1] + "v"
        else:
            base += c
    return base + str(tone)


def dictionaries(complete):
    """The phrases the program has; the words (pypinyin's, else pinyin-pro's) with
    a syllable a character; those that both have alike, with how common they
    are, and those that only one lists."""
    rows = (DATA / "phrases.tsv").read_text("utf-8").splitlines()
    phrases = {w: r.split() for w, r in (row.split("\t") for row in rows if row[0] != "#")}
    source = pathlib.Path(pypinyin.__file__).parent / "phrases_dict.json"
    own = {w: [numbered(r[0]) for r in p] for w, p in json.loads(source.read_text("utf-8")).items()}
    words, common, listed = {}, {}, {}
    for w, (reading, frequency) in json.loads(pathlib.Path(complete).read_text("utf-8")).items():
        reading = [numbered(s) for s in reading.split()]
        if len(w) == len(reading) > 1:
            words[w] = reading
            if w not in own or own[w] == reading:
                (common if w in own else listed)[w] = frequency
    words.update({w: r for w, r in own.items() if len(w) == len(r) > 1})
    return phrases, words, common, listed


def cases_of(path):
    for line in pathlib.Path(path).read_text("utf-8").splitlines()[1:]:
        sentence, index, reading = line.split("\t")
        reading = reading.replace("u:", "v")
        if reading[:-1] in SYLLABLES and sentence[int(index)] not in SETTLED:
            yield sentence, int(index), reading


def written_sentences():
    """data/readings.txt as cases."""
    for line in (DATA / "readings.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            sentence = re.sub(r"\{(.)\|\w+\}", r"\1", line)
            for n, mark in enumerate(re.finditer(r"\{(.)\|(\w+)\}", line)):
                before = re.sub(r"\{(.)\|\w+\}", r"\1", line[: mark.start()])
                yield sentence, len(before), mark[2]


def examples(candidates, words, how_common):
    """The commonest words of a list with each character, bare and in a carrier."""
    choose = random.Random(1)
    by_char = collections.defaultdict(list)
    for w in sorted(how_common):
        if len(w) <= 4:
            for j, c in enumerate(w):
                if words[w][j] in candidates.get(c, ()):
                    by_char[c].append((how_common[w], w, j))
    for c in sorted(by_char):
        for _, w, j in sorted(by_char[c], reverse=True)[:EXAMPLES]:
            before, behind = choose.choice(CARRIERS)
            yield w, j, words[w][j]
            yield before + w + behind, len(before) + j, words[w][j]


class Network:
    """g2pM's, with eight-bit embeddings."""

    def __init__(self):
        folder = pathlib.Path(g2pM.__file__).parent
        load = lambda name: pickle.loads((folder / name).read_bytes())
        w = load("np_ckpt.pkl")
        self.ids = load("char2idx.pkl")
        self.classes = {c.replace("u:", "v"): i for c, i in load("class2idx.pkl").items()}
        self.readings = {
            c: [r.replace("u:", "v") for r in rs] for c, rs in load("digest_cedict.pkl").items() if len(c) == 1
        }
        table = w["embedding.weight"]
        self.scale = np.abs(table).max(1) / 127 + 1e-12
        self.table = np.round(table / self.scale[:, None]).astype(np.int8)
        self.directions = [
            (
                w[f"lstm.weight_ih_l0{d}"],
                w[f"lstm.weight_hh_l0{d}"],
                w[f"lstm.bias_ih_l0{d}"] + w[f"lstm.bias_hh_l0{d}"],
            )
            for d in ("", "_reverse")
        ]
        self.hidden = w["logit_layer.0.weight"], w["logit_layer.0.bias"]
        self.out = w["logit_layer.2.weight"], w["logit_layer.2.bias"]

    def run(self, x, direction):
        ih, hh, bias = self.directions[direction]
        sigmoid = lambda v: 1 / (1 + np.exp(-v))
        h = c = np.zeros((x.shape[0], hh.shape[1]))
        gates, out = x @ ih.T + bias, []
        for t in range(x.shape[1]):
            i, f, g, o = np.split(gates[:, t] + h @ hh.T, 4, 1)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
            out.append(h)
        return np.stack(out, 1)

    def logits(self, cases):
        result = np.zeros((len(cases), len(self.out[1])))
        by_length = collections.defaultdict(list)
        for n, (sentence, _, _) in enumerate(cases):
            by_length[len(sentence)].append(n)
        unknown = self.ids[UNKNOWN]
        for own in by_length.values():
            ids = [[self.ids[BOS]] + [self.ids.get(c, unknown) for c in cases[n][0]] + [self.ids[EOS]] for n in own]
            x = self.table[ids] * self.scale[ids][..., None]
            state = np.concatenate([self.run(x, 0), self.run(x[:, ::-1], 1)[:, ::-1]], 2)
            state = state[np.arange(len(own)), [cases[n][1] + 1 for n in own]]
            hidden = np.maximum(state @ self.hidden[0].T + self.hidden[1], 0)
            result[own] = hidden @ self.out[0].T + self.out[1]
        return result

    def write(self, wanted):
        chars = [""] * len(self.ids)
        for c, i in self.ids.items():
            chars[i] = c
        f32 = lambda a: np.ascontiguousarray(a, dtype="<f4").tobytes()
        out = [struct.pack("<I", len(chars))]
        out += [struct.pack("<I", ord(c) if len(c) == 1 else 0) for c in chars]
        out += [self.table.tobytes(), f32(self.scale)]
        # Transposed, so that a state is added to row after row.
        out += [f32(a) for ih, hh, bias in self.directions for a in (ih.T, hh.T, bias)]
        out += [f32(self.hidden[0]), f32(self.hidden[1])]
        known = sorted(c for c in wanted if c in self.classes)
        rows = [self.classes[c] for c in known]
        out += [struct.pack("<I", len(known))] + [c.encode().ljust(8, b"\0") for c in known]
        out += [f32(self.out[0][rows]), f32(self.out[1][rows])]
        (DATA / "context.bin").write_bytes(b"".join(out))


def is_han(c):
    return "\u3400" <= c <= "\u9fff" or c == "〇"


def kind(c):
    """Han as it is, everything else by its kind."""
    if is_han(c):
        return c
    return "0" if c.isdigit() else "A" if c.isascii() and c.isalpha() else "#"


TAGS = jieba.posseg.POSTokenizer().word_tag_tab


def part_of_speech(word):
    """One letter: of a doubled word z, else the dictionary's; `?` where it has
    none, `#` where there is no word."""
    half = len(word) // 2
    doubled = len(word) in (2, 4) and (word[:half] == word[half:] or (half == 2 and word[0] == word[1] and word[2] == word[3]))
    if word == "#" or doubled or (len(word) == 4 and word[0] == word[2] == "一"):
        return word if word == "#" else "z"
    return (TAGS.get(word) or "?")[0]


def look(sentence, i, phrases, words, common):
    """What is seen of the character at `i`: features, what the dictionary has
    for its word, whether both agree on it, what a phrase around it has, and the
    length of its word."""
    cut, at = list(jieba.cut(sentence)), 0
    for n, word in enumerate(cut):
        if i < at + len(word):
            break
        at += len(word)
    j = i - at
    beside = lambda k: cut[k] if 0 <= k < len(cut) and all(map(is_han, cut[k])) else "#"
    before, behind = beside(n - 1), beside(n + 1)
    near = lambda o: kind(sentence[i + o]) if 0 <= i + o < len(sentence) else "#"
    own = words[word][j] if word in words else None
    around = None
    if own is None:
        for size in range(6, 1, -1):
            for start in range(max(0, i - size + 1), min(i, len(sentence) - size) + 1):
                part = sentence[start : start + size]
                phrase = phrases.get(part) or (words[part] if part in common else None)
                if phrase:
                    around = phrase[i - start]
                    break
            if around:
                break
    features = [f"w{word}{j}"] if len(word) > 1 else []
    features += [
        f"p{near(-1)}",
        f"n{near(1)}",
        f"q{near(-2)}{near(-1)}",
        f"m{near(1)}{near(2)}",
        f"b{near(-1)}{near(1)}",
        f"l{min(len(word), 4)}{min(j, 3)}",
    ]
    if len(word) == 1:
        length = lambda w: 0 if w == "#" else min(len(w), 3)
        features += [f"x{before}", f"y{behind}", f"z{length(before)}{length(behind)}"]
        s, t = part_of_speech(before), part_of_speech(behind)
        features += [f"s{s}", f"t{t}", f"u{s}{t}"]
    return features, own, word in common, around, min(len(word), 4)


class Problem:
    """The cases as rows of a sparse matrix, a row a candidate: the labelled ones,
    the written ones, the examples, and those only asked."""

    def __init__(self, cases, asked, network, phrases, words, common, listed):
        self.candidates = collections.defaultdict(set)
        written = list(written_sentences())
        for sentence, i, reading in cases + written:
            self.candidates[sentence[i]].add(reading)
        for c, own in self.candidates.items():
            own.update(r for r in network.readings.get(c, ()) if r in network.classes and r[:-1] in SYLLABLES)
        shown = list(examples(self.candidates, words, common))
        told = list(examples(self.candidates, words, listed))
        asked = [a for a in asked if a[2] in self.candidates.get(a[0][a[1]], ())]
        parts = {"case": cases, "written": written, "example": shown, "listed": told, "asked": asked}
        self.kind = np.repeat(list(parts), [len(part) for part in parts.values()])
        weights = {"example": EXAMPLE, "listed": LISTED, "asked": 0.0}
        self.weight = np.array([weights.get(kind, 1.0) for kind in self.kind])
        cases = sum(parts.values(), [])
        logits = network.logits(cases)
        self.names, rows, columns, values, right, starts = {}, [], [], [], [], []
        row = 0
        for k, (sentence, i, reading) in enumerate(cases):
            c = sentence[i]
            features, own, agreed, around, length = look(sentence, i, phrases, words, common)
            score = {r: logits[k, network.classes[r]] for r in self.candidates[c] if r in network.classes}
            top = max(score.values(), default=0)
            starts.append(row)
            for r in sorted(self.candidates[c]):
                add = [(("net",), max(score.get(r, -1e9) - top, LOWEST) / 3), ((c, "", r), 1.0)]
                if own == r:
                    which = "agreed" if agreed else "own"
                    add += [((which, length), 2.0), ((c, which), 1.0), ((c, which, r), 0.7)]
                if around == r:
                    add += [(("around", min(length, 2)), 2.0), ((c, "around"), 1.0)]
                if self.kind[k] not in ("example", "listed"):
                    add += [((c, f, r), 1.0 if f[0] == "w" else 0.6) for f in features]
                for name, value in add:
                    if self.kind[k] == "asked" and name not in self.names:
                        continue
                    rows.append(row)
                    columns.append(self.names.setdefault(name, len(self.names)))
                    values.append(value)
                right.append(r == reading)
                row += 1
        self.x = sparse.csr_matrix((values, (rows, columns)), shape=(row, len(self.names)))
        self.right, self.starts = np.array(right), np.array(starts + [row])

    def fit(self, mask):
        weight = self.weight * mask
        mask = weight > 0
        case = np.repeat(np.arange(len(mask)), np.diff(self.starts))
        x, right = self.x[mask[case]], self.right[mask[case]]
        used, own = np.unique(case[mask[case]], return_inverse=True)
        first = np.searchsorted(own, np.arange(own[-1] + 1))
        each = weight[used]

        def loss(w):
            z = x @ w
            e = np.exp(z - np.maximum.reduceat(z, first)[own])
            p = e / np.add.reduceat(e, first)[own]
            likelihood = (each * np.log(p[right] + 1e-30)).sum()
            return 0.5 / PRIOR * (w @ w) - likelihood, x.T @ ((p - right) * each[own]) + w / PRIOR

        start = np.zeros(self.x.shape[1])
        w = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
        return np.where(np.abs(w) < SMALL, 0, w)

    def correct(self, w, mask):
        z = self.x @ w
        best = lambda k: self.right[self.starts[k] + np.argmax(z[self.starts[k] : self.starts[k + 1]])]
        return sum(best(k) for k in np.where(mask)[0])

    def write(self, w):
        value = lambda *name: w[self.names[name]] if name in self.names else 0.0
        lines = [f"*\tnet\t{value('net') / 3:.4f}"]
        for which in ("own", "agreed"):
            lines += [f"*\t{which}{n}\t{2 * value(which, n):.3f}" for n in (2, 3, 4)]
        lines += [f"*\taround{n}\t{2 * value('around', n):.3f}" for n in (1, 2)]
        table = collections.defaultdict(dict)
        for name, n in self.names.items():
            if len(name) == 3 and name[1] not in ("", "own", "agreed") and w[n]:
                table[name[0], name[1]][name[2]] = w[n] * (1 if name[1][0] == "w" else 0.6)
        for c in sorted(self.candidates):
            own = sorted(self.candidates[c])
            row = lambda f: " ".join(f"{r}:{f(r):.3f}" for r in own)
            lines.append(f"{c}\t\t" + row(lambda r: value(c, "", r)))
            for which in ("own", "agreed"):
                lines.append(f"{c}\t{which}\t" + row(lambda r: value(c, which) + 0.7 * value(c, which, r)))
            lines.append(f"{c}\taround\t" + row(lambda r: value(c, "around")))
            for f in sorted(f for (d, f) in table if d == c):
                given = table[c, f]
                lines.append(f"{c}\t{f}\t" + " ".join(f"{r}:{given[r]:.3f}" for r in sorted(given)))
        head = "# Made by tools/make_polyphones.py; see README.md.\n"
        (DATA / "polyphones.tsv").write_text(head + "\n".join(lines) + "\n", "utf-8")
        return len(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cases")
    parser.add_argument("complete")
    parser.add_argument("--folds", type=int)
    args = parser.parse_args()
    jieba.setLogLevel(60)
    cases, network = list(cases_of(args.cases)), Network()
    phrases, words, common, listed = dictionaries(args.complete)
    asked = list(cases_of(DATA.parent / "tests/cases/polyphones.tsv"))
    problem = Problem(cases, asked, network, phrases, words, common, listed)
    is_case = problem.kind == "case"
    if args.folds:
        fold = np.random.RandomState(1).randint(0, args.folds, len(is_case))
        right, w = 0, None
        for n in range(args.folds):
            w = problem.fit(~is_case | (fold != n))
            right += problem.correct(w, is_case & (fold == n))
        print(f"held out: {right} of {len(cases)} right, {100 * right / len(cases):.2f} %")
        mask = problem.kind == "asked"
        right = problem.correct(w, mask)
        print(f"asked: {right} of {mask.sum()} right, {100 * right / mask.sum():.2f} %")
        return
    w = problem.fit(np.ones(len(is_case), bool))
    lines = problem.write(w)
    network.write({r for own in problem.candidates.values() for r in own})
    hashes = sorted({fnv(word) for word in common if any(c in problem.candidates for c in word)})
    (DATA / "agreed.bin").write_bytes(b"".join(struct.pack("<I", h) for h in hashes))
    print(f"{len(problem.candidates)} characters, {lines} lines, {len(hashes)} agreed words")


def fnv(word):
    """FNV-1a over the UTF-8 bytes, 32 bits."""
    h = 0x811C9DC5
    for byte in word.encode():
        h = (h ^ byte) * 0x01000193 & 0xFFFFFFFF
    return h


if __name__ == "__main__":
    main()
