#!/usr/bin/env python3
"""Makes data/repair.tsv: what speaks how much for a misread character.

    cargo bench --bench repair -- --features TEXT... > changes.txt
    python3 tools/make_repair.py changes.txt [OTHERS.txt...] > data/repair.tsv
    cargo bench --bench repair -- --features --often TEXT... > often.txt
    python3 tools/make_repair.py --often often.txt [OTHERS.txt...] > data/often.tsv

Wants numpy and scikit-learn. The bench puts misreadings into a text and prints
every change that the program thinks of, with what speaks for it and whether it
is right. A network with one hidden layer is fitted to those of the first file;
how it does on the others is told on standard error. With `--often` only pairs
of data/often.txt count, and a sum of what speaks for a change is fitted.
"""

import re
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

HIDDEN = 8


def pairs():
    found = {("□", "口")}
    for line in open("data/often.txt", encoding="utf-8"):
        left, _, others = line.strip().partition("\t")
        found |= {p for c in others for p in ((left, c), (c, left))}
    return found


def read(path, only=None):
    rows, right = [], []
    for line in open(path, encoding="utf-8"):
        if line.startswith("F "):
            head, _, features = line.partition("[")
            if only and tuple(head.split()[3:5]) not in only:
                continue
            rows.append([float(x) for x in features.rstrip("]\n").split(",")])
            right.append(head.split()[1] == "1")
    return np.array(rows), np.array(right, float)


def told(values):
    return "\t".join(f"{v:.3f}" for v in values)


def main():
    source = open("src/ingest/repair/weigh.rs", encoding="utf-8").read()
    block = source[source.index("FEATURES: [&str") : source.index("];")]
    names = re.findall(r'^    "(\w+)"', block, re.M)
    paths = [p for p in sys.argv[1:] if p != "--often"]
    if len(paths) < len(sys.argv) - 1:
        return often(names, paths)
    net = MLPClassifier((HIDDEN,), alpha=0.02, max_iter=1500, tol=1e-5, random_state=1)
    net.fit(*read(sys.argv[1]))
    (first, last), (hidden, out) = net.coefs_, net.intercepts_
    print("# What speaks for a change of a character; made by tools/make_repair.py. A line is a")
    print("# unit of the hidden layer: its bias, a weight for each feature; the last one gives the")
    print("# natural log of odds from the units.")
    print("# bias\t" + "\t".join(names))
    for unit in range(HIDDEN):
        print(told([hidden[unit], *first[:, unit]]))
    print(told([out[0], *last[:, 0]]))
    how_good(net, paths)


def often(names, paths):
    net = LogisticRegression(C=1.0, max_iter=5000)
    net.fit(*read(paths[0], pairs()))
    print("# What speaks for a change to what is taken for the other in every print; made by")
    print("# tools/make_repair.py --often: the bias and a weight for each feature give the natural")
    print("# log of odds.")
    print("# bias\t" + "\t".join(names))
    print(told([net.intercept_[0], *net.coef_[0]]))
    how_good(net, paths, pairs())


def how_good(net, paths, only=None):
    for path in paths:
        x, y = read(path, only)
        p = net.predict_proba(x)[:, 1]
        for least in (0.5, 0.9, 0.95, 0.98, 0.99):
            good = y[p >= least].sum()
            bad = (p >= least).sum() - good
            print(f"{path}: from {least}: {int(good)} right of {int(y.sum())}, {int(bad)} wrong", file=sys.stderr)


if __name__ == "__main__":
    main()
