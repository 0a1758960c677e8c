#!/usr/bin/env bats
# The shipped knowledge base: each document has something of its own to say,
# and whoever is written to finds something that is for them.
load scene

setup() {
	scene
	house h
	cd h || return
}

# documents RULE: what of the shipped documents breaks it, a line each.
documents() {
	python3 - "$1" <<-'E'
	import glob, itertools, re, sys
	rule = sys.argv[1]
	def words(text):
	    return re.findall(r"[a-z0-9']+", text.lower())
	docs = {}
	for name in sorted(glob.glob("kb/*.md")):
	    front, body = open(name, encoding="utf-8").read().split("---\n", 2)[1:]
	    summary = re.search(r'^summary: "(.*)"$', front, re.M)
	    docs[name] = (summary.group(1) if summary else "", body)
	def sentences(text):
	    for block in re.split(r"\n\s*\n|\n(?=#)", text):
	        yield from re.split(r"(?<=[.!?])\s+", " ".join(block.split()))
	if rule == "summary":
	    for name, (summary, body) in docs.items():
	        n = len(list(sentences(summary)))
	        if not re.match(r"[A-Z0-9]", summary) or summary[-1] not in ".!?" \
	            or n > 3 or len(words(summary)) > 60 or re.match(
	            r"(This|That|These|It|They|However|But|And|So)\b", summary):
	            print(name + ": " + summary)
	if rule == "sentence":
	    seen = {}
	    for name, (summary, body) in docs.items():
	        for s in {" ".join(words(s)) for s in
	            [*sentences(summary), *sentences(body)]}:
	            if len(s.split()) > 8 and seen.setdefault(s, name) != name:
	                print(f"{name}, {seen[s]}: {s}")
	if rule == "shingles":
	    five = {}
	    for name, parts in docs.items():
	        for part, text in zip(("summary", "body"), parts):
	            w = words(text)
	            five[name, part] = {tuple(w[i:i + 5])
	                for i in range(len(w) - 4)}
	    for (a, x), (b, y) in itertools.combinations(five.items(), 2):
	        if a[0] != b[0] and 2 * len(x & y) >= min(len(x), len(y)):
	            print(a, b)
	E
}

@test "a summary is one to three whole sentences that stand alone, 60 words at most" {
	documents summary >broken
	[ ! -s broken ] || fail "$(cat broken)"
}

@test "no two documents share a sentence of over 8 words" {
	documents sentence >broken
	[ ! -s broken ] || fail "$(cat broken)"
}

@test "no two documents have half of their five-word shingles in common" {
	documents shingles >broken
	[ ! -s broken ] || fail "$(cat broken)"
}

@test "each industry has two stories, a benchmark and an insight; every size a story" {
	for industry in software logistics manufacturing healthcare \
	    "financial services"; do
		files=$(grep -l "^industry: $industry\$" kb/*)
		echo "$industry: $(sed -n 's/^kind: //p' $files | sort | uniq -c |
		    xargs)"
		# From 1 on to no end, without a gap.
		sed -n 's/^company_size: //p' $files | sort -n | paste -sd' ' |
		    awk -F'[- +]' '$1 == 1 && $3 <= $2 + 1 && /[+]$/ { n = 1 }
		    END { exit !n }' || echo "$industry: a size without a story"
	done >got
	for industry in software logistics manufacturing healthcare \
	    "financial services"; do
		echo "$industry: 1 benchmark 2 case_study 1 industry_insight"
	done >want
	same want got
}

@test "every objection has two answers" {
	for objection in price timing trust feature authority status_quo; do
		n=$(grep -l "^kind: answer" kb/* | xargs grep -l \
		    "^objection:.*\<$objection\>" | wc -l)
		[ "$n" -ge 2 ] || fail "$objection: $n"
	done
}
