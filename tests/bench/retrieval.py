"""How well and how fast passages are found, as lines "what|wanted|came".

	retrieval.py quality DATA WORK       beside plain FTS5, on DATA/retrieval
	retrieval.py small DATA WORK         subsets of 5 to 400 documents
	retrieval.py unknown DATA WORK KB    questions that are not answered
	retrieval.py speed DATA WORK N       N passages, beside plain FTS5
	retrieval.py asked DATA WORK KB      questions written from titles alone

Plain FTS5 is bm25() over title and text, porter, all terms joined by OR.  WORK
is a directory made by fu-init; fu-index and fu-search are those in PATH.
"""
import json
import math
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time

DATA, WORK = sys.argv[2], sys.argv[3]
CRANFIELD = os.path.join(DATA, "retrieval", "cranfield")


def put(what, wanted, came):
	print("%s|%s|%s" % (what, wanted, came))


def lines(path):
	with open(path, encoding="utf-8") as f:
		return [json.loads(line) for line in f]


def cranfield():
	docs = [(d["id"], d["title"], d["text"])
	    for d in lines(os.path.join(CRANFIELD, "docs.ndjson"))]
	queries = [(q["id"], q["text"])
	    for q in lines(os.path.join(CRANFIELD, "queries.ndjson"))]
	rel = {}
	with open(os.path.join(CRANFIELD, "qrels.tsv")) as f:
		for line in f:
			query, doc, grade = line.split()
			if int(grade) > 0:
				rel.setdefault(query, set()).add(doc)
	return docs, queries, rel


def house(name, docs):
	"""A knowledge base of these documents; its options."""
	home = os.path.join(WORK, name)
	shutil.rmtree(home, ignore_errors=True)
	kb = os.path.join(home, "docs")
	subprocess.run(["fu-init", "-q", home], check=True,
	    stdout=subprocess.DEVNULL)
	options = ["-d", home + "/fu.db", "-c", home + "/fu.yaml"]
	# The sample that fu-init takes in goes.
	subprocess.run(["fu-index", "-q", "--remove", "*"] + options, check=True)
	for i, (doc, title, text) in enumerate(docs):
		sub = os.path.join(kb, "%03d" % (i // 1000))
		os.makedirs(sub, exist_ok=True)
		with open(os.path.join(sub, doc + ".md"), "w") as f:
			f.write("---\nlanguage: en\n---\n# %s\n\n%s\n" %
			    (" ".join(title.split()) or "Untitled",
			    text.replace("#", " ")))
	return options, kb


def index(options, kb):
	"""Seconds, and of one core."""
	before = os.times()
	start = time.monotonic()
	subprocess.run(["fu-index", "-q"] + options + [kb], check=True)
	after = os.times()
	return (time.monotonic() - start, after.children_user +
	    after.children_system - before.children_user -
	    before.children_system)


def ask(options, texts, *more):
	"""Of each query the hits."""
	run = subprocess.run(["fu-search", "-q"] + options + list(more),
	    input="".join(json.dumps({"query": " ".join(t.split())}) + "\n"
	    for t in texts), stdout=subprocess.PIPE, encoding="utf-8")
	return [json.loads(line)["hits"] for line in run.stdout.splitlines()]


def rank(hits):
	return [os.path.basename(h["doc"])[:-3] for h in hits]


class Plain:
	def __init__(self, docs):
		self.docs = docs
		self.db = sqlite3.connect(":memory:")
		self.db.execute("CREATE VIRTUAL TABLE f USING fts5 (title, body,"
		    " tokenize = 'porter unicode61')")
		self.db.executemany("INSERT INTO f (rowid, title, body)"
		    " VALUES (?, ?, ?)", ((i, d[1], d[2])
		    for i, d in enumerate(docs)))

	def ask(self, text):
		words = dict.fromkeys(re.findall(r"\w+", text.lower()))
		return [self.docs[row[0]][0] for row in self.db.execute(
		    "SELECT rowid FROM f WHERE f MATCH ? ORDER BY bm25(f), rowid"
		    " LIMIT 10", (" OR ".join('"%s"' % w for w in words),))]


def measure(ranks, wanted):
	ndcg, mrr, recall = [], [], []
	for got, rel in zip(ranks, wanted):
		best = sum(1 / math.log2(i + 2)
		    for i in range(min(10, len(rel))))
		ndcg.append(sum(1 / math.log2(i + 2)
		    for i, d in enumerate(got) if d in rel) / best)
		mrr.append(next((1 / (i + 1)
		    for i, d in enumerate(got) if d in rel), 0))
		recall.append(len(set(got[:5]) & rel) / len(rel))
	n = len(ndcg)
	return sum(ndcg) / n, sum(mrr) / n, sum(recall) / n


def judged(docs, queries, rel):
	ids = {d[0] for d in docs}
	kept = [(text, rel[q] & ids) for q, text in queries
	    if rel.get(q, set()) & ids]
	return [t for t, _ in kept], [r for _, r in kept]


def quality():
	docs, queries, rel = cranfield()
	texts, wanted = judged(docs, queries, rel)
	options, kb = house("cranfield", docs)
	index(options, kb)
	plain = Plain(docs)
	base = measure([plain.ask(t) for t in texts], wanted)
	show = "%.3f, %.3f, %.3f"
	put("Cranfield, plain FTS5: nDCG@10, MRR@10, recall@5", "-", show % base)
	for name, more in (("words alone", ["--by", "words"]),
	    ("meaning alone", ["--by", "meaning"]), ("both", [])):
		m = measure([rank(h) for h in ask(options, texts, "-k", "10",
		    *more)], wanted)
		put("  fu-search, " + name, "-", show % m)
	put("  both to plain FTS5, nDCG@10", ">= 1.12x", "%.3fx" %
	    (m[0] / base[0]))


def small():
	docs, queries, rel = cranfield()
	known = sorted({d for r in rel.values() for d in r})
	by_id = {d[0]: d for d in docs}
	for size in (5, 20, 60, 100, 200, 400):
		ratios = []
		for seed in range(5):
			picked = random.Random(seed).sample(known, size)
			some = [by_id[d] for d in picked if d in by_id]
			texts, wanted = judged(some, queries, rel)
			options, kb = house("small", some)
			index(options, kb)
			words, both = (measure([rank(h) for h in ask(options,
			    texts, "-k", "10", *more)], wanted)[0]
			    for more in (["--by", "words"], []))
			ratios.append(both / words)
		put("%d documents: both to words alone, mean and least of five" %
		    size, ">= 1" if size <= 60 else "-", "%.3fx, %.3fx" %
		    (sum(ratios) / len(ratios), min(ratios)))


def answered(hits):
	return sum(1 for h in hits if h and h[0]["answerable"] >= 0.5) / len(hits)


def unknown(kb):
	docs, queries, _ = cranfield()
	options, made = house("cranfield", docs)
	index(options, made)
	inbound = [r["text"] for r in
	    lines(os.path.join(DATA, "inbound", "open.ndjson"))]
	put("Cranfield's queries over Cranfield: answered", "-", "%.1f %%" %
	    (100 * answered(ask(options, [t for _, t in queries]))))
	for what, texts in (("questions", [t for t in inbound if "?" in t]),
	    ("texts", inbound)):
		put("%d %s of prospects over Cranfield: answered" %
		    (len(texts), what), "<= 5 %", "%.1f %%" %
		    (100 * answered(ask(options, texts))))
	options, _ = house("kb", [])
	index(options, kb)
	put("Cranfield's queries over the sample knowledge base: answered",
	    "<= 5 %", "%.1f %%" %
	    (100 * answered(ask(options, [t for _, t in queries]))))


def asked(kb):
	"""Whoever wrote them had seen the titles of the documents, no more; the
	hard ones were to keep away from the titles' words, the fresh ones were
	written when all else stood."""
	options, _ = house("asked", [])
	index(options, kb)
	here = os.path.dirname(os.path.abspath(__file__))
	for name, wanted in (("questions", ">= 85 %"), ("questions-hard", "-"),
	    ("questions-fresh", ">= 85 %")):
		rows = lines(os.path.join(here, name + ".ndjson"))
		hits = ask(options, [r["query"] for r in rows])
		right = [bool(h) and h[0]["doc"] in r["docs"]
		    for r, h in zip(rows, hits)]
		sure = [bool(h) and h[0]["answerable"] >= 0.5 for h in hits]
		put("%d %s: the right document first" % (len(rows), name), wanted,
		    "%.1f %%" % (100 * sum(right) / len(rows)))
		put("  and taken for an answer; a wrong one taken for one",
		    wanted + ", -", "%.1f %%, %.1f %%" %
		    (100 * sum(a and b for a, b in zip(right, sure)) / len(rows),
		    100 * sum(b and not a for a, b in zip(right, sure)) /
		    len(rows)))


def many(n):
	"""Documents of sentences of two others and of rare words."""
	rng = random.Random(7)
	pool = [[s.strip() for s in (d[1] + ". " + d[2]).split(" . ")
	    if len(s.split()) > 5] for d in cranfield()[0]]
	pool = [s for s in pool if s]
	for i in range(n):
		a, b = rng.choice(pool), rng.choice(pool)
		text = rng.sample(a, min(len(a), 4)) + \
		    rng.sample(b, min(len(b), 3))
		text.append("part w%d of w%d" %
		    (rng.randrange(n), rng.randrange(40000)))
		yield ("%06d" % i, rng.choice(a)[:60], ". ".join(text) + ".")


def fastest(times, call):
	best = None
	for _ in range(times):
		start = time.monotonic()
		call()
		took = time.monotonic() - start
		best = took if best is None else min(best, took)
	return best


def speed(n):
	docs = list(many(n))
	texts = [t for _, t in cranfield()[1]][:60]
	options, kb = house("many", docs)
	total, cpu = index(options, kb)
	count = sqlite3.connect(options[1]).execute(
	    "SELECT count(*) FROM passage").fetchone()[0]
	again, _ = index(options, kb)
	plain = Plain(docs)
	# Without learning: everything is removed, the basis stays in its place.
	subprocess.run(["fu-index", "-q", "--remove", "*"] + options, check=True)
	db = sqlite3.connect(options[1])
	db.execute("UPDATE basis SET newest = 1000000000000")
	db.commit()
	db.close()
	bare, bare_cpu = index(options, kb)
	put("%d passages, fu-index but for learning: a second of one core" %
	    count, ">= 10000", "%.0f  (%.0f by the clock)" %
	    (count / bare_cpu, count / bare))
	put("  with what is learned of them", "-", "%.1f s  (%.1f s of a core)" %
	    (total, cpu))
	put("  again, nothing new", "-", "%.1f s" % again)
	fts = fastest(3, lambda: [plain.ask(t) for t in texts]) / len(texts)
	none = fastest(3, lambda: ask(options, []))
	ours = (fastest(3, lambda: ask(options, texts)) - none) / len(texts)
	put("  a query, to plain FTS5 with OR", "<= 0.33x",
	    "%.2fx  (%.2f ms : %.2f ms)" % (ours / fts, 1e3 * ours, 1e3 * fts))
	cold = fastest(5, lambda: subprocess.run(["fu-search", "-q"] + options +
	    [texts[0]], stdout=subprocess.DEVNULL))
	put("  fu-search QUERY, from nothing", "< 50 ms" if n <= 20000 else "-",
	    "%.0f ms" % (1e3 * cold))


if sys.argv[1] == "asked":
	sys.exit(asked(sys.argv[4]))
if not os.path.isdir(CRANFIELD):
	sys.exit(print("retrieval.py: there is no %s: skipped" % CRANFIELD,
	    file=sys.stderr))
if sys.argv[1] == "quality":
	quality()
elif sys.argv[1] == "small":
	small()
elif sys.argv[1] == "unknown":
	unknown(sys.argv[4])
else:
	speed(int(sys.argv[4]))
