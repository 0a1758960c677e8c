#!/usr/bin/env python3
"""A plain logistic regression, to measure fu-fit against: every column of a
CSV one-hot, or standardised where it is a number, L2-penalised, fitted by
gradients one row at a time.  Nothing of it is shared with fu-fit.

    logit.py learn OUTCOME TRAIN.csv TEST.csv [WITHOUT ...]
        prints the area under the curve on TEST
    logit.py auc
        the same of lines "score outcome" on standard input
"""
import csv
import fnmatch
import math
import sys

EPOCHS, RATE, PENALTY, RARE = 25, 0.1, 1.0, 10


def auc(pairs):
    """The area under the curve of (score, outcome), ties counting half."""
    pairs = sorted(pairs)
    area = below = won = 0
    i = 0
    while i < len(pairs):
        k = i
        while k < len(pairs) and pairs[k][0] == pairs[i][0]:
            k += 1
        ones = sum(y for _, y in pairs[i:k])
        area += ones * (below + (k - i - ones) / 2)
        below += k - i - ones
        won += ones
        i = k
    return area / (won * below)


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


class Columns:
    """What a row is, as (feature, value) pairs."""

    def __init__(self, rows, names):
        self.index, self.numeric, count = {}, {}, {}
        for name in names:
            values = [r[name] for r in rows if r[name] != ""]
            numbers = [number(v) for v in values]
            if values and None not in numbers and len(set(numbers)) > 2:
                if len(set(numbers)) > 0.99 * len(rows):
                    continue        # a serial number
                mean = sum(numbers) / len(numbers)
                var = sum((x - mean) ** 2 for x in numbers) / len(numbers)
                self.numeric[name] = (mean, math.sqrt(var) or 1)
                self.index[name] = len(self.index)
                self.index[name, ""] = len(self.index)
                continue
            for r in rows:
                count[name, r[name]] = count.get((name, r[name]), 0) + 1
        for key, n in count.items():
            if n >= RARE:
                self.index[key] = len(self.index)
        self.names = names

    def of(self, row):
        out = []
        for name in self.names:
            if name in self.numeric and number(row[name]) is not None:
                mean, spread = self.numeric[name]
                z = (number(row[name]) - mean) / spread
                out.append((self.index[name], max(-4, min(4, z))))
            elif (name, row[name]) in self.index:
                out.append((self.index[name, row[name]], 1.0))
        return out


def learn(rows, outcome, size):
    weight, begin, n = [0.0] * size, 0.0, len(rows)
    for epoch in range(EPOCHS):
        rate = RATE / (1 + epoch)
        for x, y in zip(rows, outcome):
            logit = begin + sum(weight[k] * v for k, v in x)
            g = 1 / (1 + math.exp(-max(-30, min(30, logit)))) - y
            begin -= rate * g
            for k, v in x:
                weight[k] -= rate * (g * v + PENALTY * weight[k] / n)
    return begin, weight


def main():
    if sys.argv[1] == "auc":
        pairs = [line.split() for line in sys.stdin]
        print(f"{auc([(float(s), float(y) > 0) for s, y in pairs]):.4f}")
        return
    column, train, test = sys.argv[2:5]
    without = [*sys.argv[5:], column]
    rows = list(csv.DictReader(open(train, newline="")))
    tests = list(csv.DictReader(open(test, newline="")))
    names = [c for c in rows[0]
             if not any(fnmatch.fnmatchcase(c, w) for w in without)]
    columns = Columns(rows, names)
    begin, weight = learn([columns.of(r) for r in rows],
                          [float(r[column]) for r in rows],
                          len(columns.index))
    print(f"{auc([(begin + sum(weight[k] * v for k, v in columns.of(r)), float(r[column]) > 0) for r in tests]):.4f}")


main()
