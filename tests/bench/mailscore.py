"""What fu-reply made of labelled mail, as lines "what|wanted|came".

	mailscore.py reports LABELS RECORDS      delivery reports
	mailscore.py quotes LABELS RECORDS       quoted replies
	mailscore.py texts EXPECT RECORDS        of mailwrap.py
	mailscore.py absences EXPECT RECORDS     of mailabsent.py
	mailscore.py people LABELS RECORDS       mails by people

RECORDS are fu-reply's, each with a member "file" that a shell loop put there,
or known by its id.  -v prints every miss to standard error.
"""
import collections
import json
import re
import sys

verbose = "-v" in sys.argv
args = [a for a in sys.argv[1:] if a != "-v"]


def rows(path):
	with open(path, encoding="utf-8") as f:
		return [json.loads(line) for line in f]


def by(records, key):
	found = collections.defaultdict(list)
	for r in records:
		found[r.get(key)].append(r)
	return found


def miss(*what):
	if verbose:
		print(*what, file=sys.stderr)


def put(what, wanted, came):
	print("%s|%s|%s" % (what, wanted, came))


def share(n, of):
	return "%.1f %%  (%d of %d)" % (100.0 * n / max(of, 1), n, of)


def reports(labels, records):
	got = by(records, "file")
	n = known = dead = found = alive = wrong = 0
	for want in labels:
		have = [r for r in got[want["file"]] if r["event"] == "bounce"]
		if want["expect"] != "bounce":
			if have:
				miss("no report:", want["file"])
			continue
		n += 1
		known += bool(have)
		if not have:
			miss("not known:", want["file"])
		w = sum(x["hard"] for x in want["recipients"])
		h = sum(r.get("hard", False) for r in have)
		dead += w
		alive += len(want["recipients"]) - w
		found += min(w, h)
		wrong += max(0, h - w)
		if w != h:
			miss("hard %d for %d:" % (h, w), want["file"])
	put("delivery reports known", ">= 98 %", share(known, n))
	put("  hard recipients found", ">= 95 %", share(found, dead))
	put("  wrongly hard, of all recipients", "<= 2 %",
	    share(wrong, dead + alive))


def people(labels, records):
	got = by(records, "file")
	bad = 0
	for want in labels:
		have = [r["event"] for r in got[want["file"]]]
		if have != ["reply"]:
			bad += 1
			miss("not a reply:", want["file"], have)
	put("mails by people taken for a machine's", "0",
	    "%d of %d" % (bad, len(labels)))


def quotes(labels, records):
	got = by(records, "file")
	good = 0
	for want in labels:
		text = "".join(r.get("text", "") for r in got[want["file"]])
		ok = text == want["text"] if "text" in want else \
		    text == want["first"]
		good += ok
		if not ok:
			miss("quote:", want["file"], repr(text[-200:]))
	put("quoted replies cut as labelled", ">= 13 of 15",
	    "%d of %d" % (good, len(labels)))


def words(text):
	return collections.Counter(re.findall(r"\w+", text))


def texts(expect, records):
	got = by(records, "message_id")
	exact = lost = total = auto = opted = 0
	for want in expect:
		have = got[want["id"]]
		text = have[0].get("text", "") if have else ""
		exact += text == want["text"]
		w = words(want["text"])
		total += sum(w.values())
		lost += sum((w - words(text)).values())
		event = have[0]["event"] if have else None
		auto += event in ("auto_reply", "bounce", "complaint")
		# by mail, who refuses mail opts out: TC-03
		out = event in ("unsubscribe", "objection", "erasure_request") \
		    and not {"opt_out", "erasure", "consent:email:refused"} & \
		    set(want["signals"])
		opted += out
		if text != want["text"] or event in ("auto_reply", "bounce"):
			miss("text:", want["how"], repr(want["text"]), repr(text))
		if out:
			miss(event + ":", repr(text))
	put("texts that come back exactly", ">= 97 %",
	    share(exact, len(expect)))
	put("  words of theirs lost", "<= 0.5 %", share(lost, total))
	put("  taken for a machine's", "0", "%d" % auto)
	put("  taken for an opt-out that is none", "0", "%d" % opted)


def absences(expect, records):
	got = by(records, "message_id")
	known = dated = right = 0
	for want in expect:
		have = got[want["id"]]
		r = have[0] if have else {}
		is_away = r.get("event") == "auto_reply" and \
		    r.get("reason") == want["reason"]
		known += is_away
		if not is_away:
			miss("absence:", want["id"], r.get("event"),
			    r.get("reason"), want["text"][:100])
		if "returns" not in want:
			continue
		dated += 1
		ok = (r.get("returns") or "")[:10] == want["returns"]
		right += ok
		if not ok:
			miss("date:", want["id"], "want", want["returns"], "came",
			    r.get("returns"), repr(want["text"][:160]))
	put("absences known", ">= 95 %", share(known, len(expect)))
	put("  days of return", ">= 90 %", share(right, dated))


{"reports": reports, "quotes": quotes, "texts": texts, "absences": absences,
 "people": people}[args[0]](rows(args[1]), rows(args[2]))
