"""Forty-five days of follow-up, and what they said, as lines "what|wanted|came".

	simulation.py PEOPLE DIR [--check]

PEOPLE prospects of the five industries that the sample knowledge base speaks
to, in DIR, which fu-init makes with the sample cadences, messages and knowledge
base.  They come in over the first eight working days; some visit, some answer,
some opt out, some see a demo and move.  On each working day both lines of the
system run at two hours.  Senders have no cap and no pause between two mails:
a clock that is set stands still.

Then the outbox is read: no two mails to a person may share a document, nor a
sentence of over 8 words once greeting, signature, footer and notice are off;
and of the touches that the gates let go 90 % or more must have left.  With
--check the exit status is 1 where that is not so.  The programs are those in
PATH.
"""
import collections
import datetime
import email
import email.policy
import glob
import json
import os
import random
import re
import resource
import sqlite3
import subprocess
import sys
import time

SEED = 6
DAYS = 45
HOURS = ("14:40", "18:40")	# morning of New York, and of Seattle; Berlin sees the first
MONDAY = datetime.date(2026, 3, 2)
SENT, SKIPPED = 4, 7			# touch.state
TEXT_HOLDS = ("no_new_insight", "missing_value", "noise")

INDUSTRIES = {
	"Software": ["lead routing", "CRM integration", "trial users who go quiet",
	    "product-led sign-ups"],
	"Manufacturing": ["quote reminders", "dealers who stop answering",
	    "follow-up after trade fairs"],
	"Logistics": ["rates and tenders", "follow-up after quotes",
	    "shippers who went quiet"],
	"Healthcare": ["answers at night", "long buying committees",
	    "clinics that ask and wait"],
	"Financial Services": ["consent and records", "renewals",
	    "brokers who need reminders"],
}
TITLES = ["VP Sales", "Director of Revenue", "Head of Sales", "Sales Manager",
    "Chief Revenue Officer", "VP Operations", "Managing Director",
    "Director of Marketing"]
COUNTRIES = ["US/New York"] * 4 + ["US/Illinois"] * 3 + ["US/California"] * 2 + \
    ["US/Texas"] * 2 + ["IE/"] * 2 + ["GB/"] * 4 + ["DE/"] * 3
FIRST = "Ann Ben Cara Dan Eva Finn Gina Hugh Ida Jon Kay Leo Mia Ned Ona Pat".split()
LAST = "Adler Brook Croft Dale Ebert Frost Grove Holt Irwin Jonas Kern Lang".split()
TOWNS = "Ash Birch Cedar Dune Elm Fern Glen Hazel Iron Jade Kite Lake".split()
QUESTIONS = ["Can it read custom fields?", "How long does it take to start?",
    "Where is our data stored?", "Does it work with Salesforce?",
    "What does it cost for ten people?", "Who owns the texts?"]
OBJECTIONS = ["the price is too high", "we already have a tool for that",
    "our legal team will not like it", "not before the summer",
    "I have to ask my boss"]
FEATURES = ["routing by region", "replies in the CRM", "quiet hours",
    "answers at night", "the desk", "the log"]
REPLIES = ["Thanks, could you tell me how it works next to our CRM?",
    "Interesting. What would that cost for a team of ten?",
    "Please send me something that I can pass on."]


def wanted(what, want, came):
	print("%s|%s|%s" % (what, want, came))


class House:
	"""A directory of fu-init's, and what happens in it by the hour."""

	def __init__(self, home):
		self.home = home
		self.env = dict(os.environ, FU_DB=home + "/fu.db",
		    FU_CONFIG=home + "/fu.yaml", FU_STATE=home + "/state")
		self.env.pop("FU_NOW", None)
		self.run("fu-init -q %s >/dev/null" % home)
		with open(home + "/fu.yaml") as f:
			text = f.read()
		text = re.sub(r"gap: 90s", "gap: 0", text)
		text = re.sub(r"cap: \{ day: \d+ \}", "cap: { day: 10000 }", text)
		with open(home + "/fu.yaml", "w") as f:
			f.write(text)

	def run(self, command, text=None, ok=(0,)):
		done = subprocess.run(["sh", "-c", command], env=self.env,
		    input=text, text=True, capture_output=True)
		if done.returncode not in ok or done.stderr:
			sys.exit("simulation: %s: %s%s" % (self.env.get("FU_NOW"),
			    command, "\n" + done.stderr))

	def at(self, day, hour):
		self.env["FU_NOW"] = "%sT%s:00Z" % (day, hour)

	def take_in(self, records):
		if records:
			self.run("fu-ingest -q -f ndjson >/dev/null",
			    "".join(json.dumps(r) + "\n" for r in records))

	def both_lines(self):
		self.run("fu-score -q --changed | fu-cadence -q | "
		    "fu-handoff -q | fu-send -q >/dev/null")
		self.run("fu-due -q | fu-send -q >/dev/null")

	def ask(self, sql):
		db = sqlite3.connect("file:%s/fu.db?mode=ro" % self.home, uri=True)
		rows = db.execute(sql).fetchall()
		db.close()
		return rows


class People:
	"""Who they are, and what they do on which day: (day, hour) -> records."""

	def __init__(self, n, rng):
		self.rng = rng
		self.then = collections.defaultdict(list)
		kinds = ["warm"] * 8 + ["cold"] * 3 + ["post-demo"] * 3 + \
		    ["hot"] * 3 + ["enterprise"] * 3
		for i in range(n):
			self.person(i, kinds[i % len(kinds)])

	def put(self, day, record, hour=HOURS[0]):
		if record.get("event"):
			record["at"] = "%sT%s:00Z" % (day, hour)
		self.then[day, hour].append(record)

	def working(self, i):
		return MONDAY + datetime.timedelta(days=i // 5 * 7 + i % 5)

	def person(self, i, kind):
		rng = self.rng
		industry = list(INDUSTRIES)[i % 5]
		country, region = rng.choice(COUNTRIES).split("/")
		# Two of a company now and then.
		company = i if rng.random() < 0.9 else max(0, i - 1)
		mail = "p%d@c%d.example" % (i, company)
		entry = self.working(rng.randrange(8))
		known = entry
		if kind == "cold":
			known = datetime.date(2025, 12, 1) + \
			    datetime.timedelta(days=rng.randrange(2))
		elif kind == "hot":
			known = entry - datetime.timedelta(days=3)
		person = {"type": "prospect", "email": mail,
		    "first_name": rng.choice(FIRST), "last_name": rng.choice(LAST),
		    "title": rng.choice(TITLES), "industry": industry,
		    "company": "%s%s %s" % (TOWNS[company % 12],
			TOWNS[company // 12 % 12].lower(), industry),
		    "company_size": rng.choice([1200, 2500, 6000])
			if kind == "enterprise" else rng.choice([30, 60, 120, 240,
			450, 800]),
		    "country": country, "budget": rng.choice([24000, 36000, 60000]),
		    "source": "website", "basis": "li",
		    "subscriber": "corporate", "job_fit": True,
		    "collected": "direct", "collected_at": str(known)}
		if region:
			person["region"] = region
		if country == "DE":
			person["basis"] = "consent"
		if rng.random() < 0.8:
			person["interest"] = rng.choice(INDUSTRIES[industry])
		if kind in ("warm", "hot") or rng.random() < 0.3:
			person["timeline"] = rng.choice(["4 months", "5 months"])
		if kind == "enterprise":
			person["segment"] = "enterprise"
		self.put(known, person)
		if country == "DE":
			self.put(known, {"event": "consent", "email": mail,
			    "channel": "email", "status": "granted",
			    "method": "double_opt_in", "wording": "Write to me"})
		self.story(kind, mail, known, entry)

	def demo(self, mail, day):
		rng = self.rng
		self.put(day, {"event": "demo", "email": mail, "status": "held",
		    "features": rng.sample(FEATURES, rng.randrange(4)),
		    "questions": rng.sample(QUESTIONS, rng.randrange(2)),
		    "objections": rng.sample(OBJECTIONS, rng.randrange(2))})

	def story(self, kind, mail, known, entry):
		rng, day = self.rng, datetime.timedelta(days=1)
		if kind == "cold":
			for page in ("product", "pricing"):
				self.put(known, {"event": "visit", "email": mail,
				    "url": "https://www.example.com/" + page})
			self.put(entry, {"event": "visit", "email": mail,
			    "url": "https://www.example.com/product"})
		elif kind == "hot":
			self.put(known, {"event": "meeting", "email": mail,
			    "status": "held"})
			self.put(known, {"event": "form", "email": mail,
			    "question": rng.choice(QUESTIONS)})
			self.put(known, {"event": "form", "email": mail,
			    "question": rng.choice(QUESTIONS)}, HOURS[1])
		elif kind == "post-demo":
			self.demo(mail, entry)
		later = entry + day * rng.randrange(4, 25)
		luck = rng.random()
		if luck < 0.15:
			self.put(later, {"event": "visit", "email": mail,
			    "url": "https://www.example.com/blog"}, HOURS[1])
		elif luck < 0.20 and kind == "warm":
			self.demo(mail, later)
		elif luck < 0.24:
			self.put(later, {"event": "reply", "email": mail,
			    "channel": "email", "text": rng.choice(REPLIES)},
			    HOURS[1])
		elif luck < 0.26:
			self.put(later, {"event": "unsubscribe", "email": mail,
			    "channel": "email"}, HOURS[1])
		elif luck < 0.27:
			self.put(later, {"event": "auto_reply", "email": mail,
			    "reason": "ooo", "returns": str(later + 6 * day)},
			    HOURS[1])


def drive(house, people):
	for day, hour in sorted(k for k in people.then if k[0] < MONDAY):
		house.at(day, hour)
		house.take_in(people.then[day, hour])
		house.both_lines()
	for i in range(DAYS):
		day = MONDAY + datetime.timedelta(days=i)
		for hour in HOURS:
			house.at(day, hour)
			house.take_in(people.then[day, hour])
			if day.weekday() < 5:
				house.both_lines()


GREETING = re.compile(r"\b(?:Hi|Hello|Dear) [^,\n]*,")


def sentences(text):
	"""Of over 8 words, as compared: case and line breaks are no matter."""
	for block in re.split(r"\n\s*\n", text):
		if GREETING.fullmatch(block.strip()):
			continue
		block = re.sub(r"\s*\(https?://[^)\s]*\)", "", block)
		for s in re.split(r"(?<=[.!?])\s+", " ".join(block.split())):
			words = re.findall(r"\w[\w'’-]*", s.lower())
			if len(words) > 8:
				yield " ".join(words)


def letters(home):
	"""Message-ID -> (what it says itself, its links)."""
	found = {}
	for path in sorted(glob.glob(home + "/outbox/*/*")):
		with open(path, "rb") as f:
			mail = email.message_from_binary_file(f,
			    policy=email.policy.default)
		part = mail.get_body(("plain",))
		if part is None:
			continue
		# Footer and notice stand behind the rule that the composer draws.
		said = re.split(r"(?m)^---$", part.get_content())[0]
		links = re.findall(r"https?://[^)\s]+", said)
		# The subject of a thread stays as it began.
		if mail["In-Reply-To"] is None:
			said = "%s\n\n%s" % (mail["Subject"], said)
		found[str(mail["Message-ID"]).strip()] = (said, links)
	return found


def check(house):
	"""What two mails to one person share: documents, sentences, examples."""
	mails = letters(house.home)
	docs = dict(((p, t), d) for p, t, d in
	    house.ask("SELECT prospect, touch, doc FROM insight_shown"))
	had = collections.defaultdict(dict)
	shared, examples = collections.Counter(), []
	sent = house.ask("SELECT prospect, id, step, message_id FROM touch WHERE"
	    " state = %d AND channel = 'email' ORDER BY prospect, sent_us" % SENT)
	for person, touch, step, message in sent:
		if message not in mails:
			shared["lost"] += 1
			continue
		said, links = mails[message]
		things = [("document", docs[person, touch])] \
		    if (person, touch) in docs else []
		things += [("document", url) for url in set(links)
		    if not url.endswith("/book")]
		things += [("sentence", s) for s in set(sentences(said))]
		for thing in things:
			if thing in had[person]:
				shared[thing[0]] += 1
				examples.append((had[person][thing], step, thing[1]))
			had[person][thing] = step
	return len(sent), len(docs), shared, examples


def allowed(house):
	"""(cadence, step) -> touches that left, and those for which there was
	nothing to say or no way to say it."""
	left, held = collections.Counter(), collections.Counter()
	for cadence, step, state, reason in house.ask(
	    "SELECT t.cadence, t.step, t.state, (SELECT d.reason FROM decision d"
	    " WHERE d.prospect = t.prospect AND d.subject = t.id AND d.kind ="
	    " 'gate' AND d.reason IN ('%s') LIMIT 1) FROM touch t WHERE"
	    " t.channel = 'email'" % "', '".join(TEXT_HOLDS)):
		if state == SENT:
			left[cadence, step] += 1
		elif reason is not None:
			held[cadence, step, reason] += 1
	return left, held


def main():
	n, home = int(sys.argv[1]), os.path.abspath(sys.argv[2])
	begun = time.monotonic()
	house = House(home)
	drive(house, People(n, random.Random(SEED)))
	used = resource.getrusage(resource.RUSAGE_CHILDREN)
	mails, shown, shared, examples = check(house)
	left, held = allowed(house)
	sent, kept = sum(left.values()), sum(held.values())
	share = sent / max(1, sent + kept)
	wanted("%d people, %d days: mails that left" % (n, DAYS), "-",
	    "%d, with %d documents" % (mails, shown))
	for what in ("document", "sentence"):
		wanted("  a %s twice to one person" % what, "0", shared[what])
	wanted("  of what the gates allow, left", ">= 90 %",
	    "%.1f %%  (%d of %d)" % (100 * share, sent, sent + kept))
	for (cadence, step, reason), count in sorted(held.items()):
		wanted("    %s %s: %s" % (cadence, step, reason), "-",
		    "%d of %d" % (count, count + left[cadence, step]))
	wanted("  time", "< 300 s", "%.0f s of a core, %.0f s by the clock" %
	    (used.ru_utime + used.ru_stime, time.monotonic() - begun))
	for first, second, what in examples[:10]:
		print("simulation: %s and %s: %s" % (first, second, what),
		    file=sys.stderr)
	# Three mails a person are what makes the figures worth anything.
	if "--check" in sys.argv and (shared or mails < 3 * n or share < 0.9):
		sys.exit("simulation: with seed %d not as wanted" % SEED)


main()
