#!/usr/bin/env python3
"""Makes data/repair.tsv: what speaks how much for a misread character.

    cargo bench --bench repair -- --features TEXT... > changes.txt
    python3 tools/make_repair.py changes.txt [OTHERS.txt...] > data/repair.tsv

Wants numpy and scikit-learn. The bench puts misreadings into a text and prints
every change that the program thinks of, with what speaks for it and whether it
is right. A network with one hidden layer is fitted to those of the first file;
how it does on the others is told on standard error.
"""

import re
import sys

import numpy as np
from sklearn.neural_network import MLPClassifier

HIDDEN = 8


def read(path):
    rows, right = [], []
    for line in open(path, encoding="utf-8"):
        if line.startswith("F "):
            head, _, features = line.partition("[")
            rows.append([float(x) for x in features.rstrip("]\n").split(",")])
            right.append(head.split()[1] == "1")
    return np.array(rows), np.array(right, float)


def told(values):
    return "\t".join(f"{v:.3f}" for v in values)


def main():
    source = open("src/ingest/repair/weigh.rs", encoding="utf-8").read()
    block = source[source.index("FEATURES: [&str") : source.index("];")]
    names = re.findall(r'^    "(\w+)"', block, re.M)
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
    for path in sys.argv[1:]:
        x, y = read(path)
        p = net.predict_proba(x)[:, 1]
        for least in (0.5, 0.9, 0.95, 0.98, 0.99):
            good = y[p >= least].sum()
            bad = (p >= least).sum() - good
            print(f"{path}: from {least}: {int(good)} right of {int(y.sum())}, {int(bad)} wrong", file=sys.stderr)


if __name__ == "__main__":
    main()
