#!/usr/bin/env python3
"""Fill a database that fu-init has made with a history of follow-up whose
rates are known: what the tests of fu-stats count by other means, and what the
bench reads at scale.

    history.py DB PEOPLE EVENTS [SEED]

EVENTS is how many events a person has on average, its own among them.  Every
second person of a step gets variant b, whose answers come 1.5 times as often
as those of a.  The clock is 2026-03-02 15:00 UTC."""
import random
import sqlite3
import sys

NOW = 1772463600 * 10**6
DAY = 86400 * 10**6
HOUR = DAY // 24
CADENCES = {
    "hot": (82, [(0, "chat", "hot-open"), (2, "email", "hot-recap"), (8, "email", "hot-story"), (14, "task", "hot-call")]),
    "warm": (55, [(0, "email", "warm-hello"), (4, "chat", "warm-open"), (9, "email", "warm-case"), (15, "email", "warm-end")]),
    "cold": (28, [(0, "chat", "cold-open"), (3, "email", "cold-news"), (10, "sms", "cold-text")]),
}
RATE = {"email": 0.06, "chat": 0.15, "sms": 0.04}
DOMAINS = ["gmail.com", "outlook.com", "yahoo.co.uk", "web.de", "acme.example", "orion.example"]
ZONES = ["America/New_York", "Europe/Berlin", "Asia/Tokyo", None]
SIGNALS = [None, '["interested"]', '["pricing","meeting"]', '["not_now"]', '["opt_out"]', '["objection:price"]', '["asks_if_bot"]']


def main():
    path, people, events = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    rng = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    db = sqlite3.connect(path)
    db.execute("PRAGMA synchronous=OFF")
    rows = {"prospect": [], "standing": [], "event": [], "enrolment": [], "touch": [], "handoff": []}
    sql = {
        "prospect": "INSERT INTO prospect (id, email, tz, country, industry, source, owner, batch, fields, known_us) VALUES (?,?,?,?,?,?,?,1,0,?)",
        "standing": "INSERT INTO standing (prospect) VALUES (?)",
        "event": "INSERT INTO event (prospect, id, kind, at_us, received_us, dedup, who, arg, text, signals, touch, body) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        "enrolment": "INSERT INTO enrolment (prospect, id, cadence, version, active, entered_us, anchor_us, holdout, score) VALUES (?,?,?,'v',?,?,?,?,?)",
        "touch": "INSERT INTO touch (prospect, id, enrolment, cadence, line, step, occurrence, day, channel, message, state, due_us, expires_us, held_class, held_reason, sender, sent_us, handled_us, address, variant, status) VALUES (?,?,?,?,'days',?,0,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        "handoff": "INSERT INTO handoff (prospect, id, state, trigger, triggers, package, fired_us, evidence_us, respond_by_us, first_response_us) VALUES (?,?,?,?,'[]','{}',?,?,?,?)",
    }
    ids = {"row": 0, "event": 0}

    def number(what):
        ids[what] += 1
        return ids[what]

    def flush():
        for name, list_ in rows.items():
            db.executemany(sql[name], list_)
            list_.clear()

    def event(p, kind, at, who=0, arg=None, text=None, signals=None, touch=None, body=None):
        if at <= NOW:
            n = number("event")
            rows["event"].append((p, n, kind, at, at, n * 2654435761 % 2**61, who, arg, text, signals, touch, body))

    def answer(p, touch, channel, at):
        signals = rng.choice(SIGNALS)
        named = touch if channel != "chat" and rng.random() < 0.6 else None
        if channel == "chat":
            event(p, "chat", at, 1, text="And what of it?", signals=signals,
                  body='{"event":"chat","question":"Do you speak with SAP?"}' if rng.random() < 0.5 else '{"event":"chat","question":"Is it on the moon?"}')
            event(p, "chat", at + 1, 2, text="I do not know.", body='{"said":["unknown"]}' if rng.random() < 0.3 else '{"said":["answer"]}')
        else:
            event(p, "reply", at, 1, arg=channel, text="Thank you.", signals=signals, touch=named)

    def one_touch(p, e, cadence, step, day, channel, at, domain, holdout):
        t = number("row")
        variant = None
        if step in ("warm-case", "hot-recap"):
            variant = "b" if p % 2 else "a"
        sent = handled = held = cls = status = None
        address = "p%d@%s" % (p, domain) if channel == "email" else None
        if holdout:
            state, handled, status = 7, at, "holdout"
        elif at > NOW:
            state = 0
        else:
            u = rng.random()
            if u < 0.05:
                state, handled, status = 7, at, rng.choice(["stale", "quiet_hours", "no_visit"])
            elif u < 0.08:
                state, held, cls = 0, rng.choice(["no_consent", "missing_value"]), "hold"
            elif u < 0.10 and channel == "email":
                state, handled, status = 5, at, "550 5.1.1 no such user"
                event(p, "bounce", at, arg="5.1.1", touch=t)
            else:
                state, sent, handled = 4, at, at
        rows["touch"].append((p, t, e, cadence, step, day, channel, step, state, at, at + 7 * DAY, cls, held, "ada" if p % 3 else "ben", sent, handled, address, variant, status))
        if sent is None or channel == "task":
            return
        if channel == "email" and rng.random() < 0.03:
            event(p, "bounce", at + HOUR, arg=rng.choice(["5.1.1", "4.2.2"]), touch=t)
            return
        if channel == "email" and rng.random() < 0.04:
            event(p, "auto_reply", at + HOUR, arg="ooo", touch=t)
        rate = RATE[channel] * (1.5 if variant == "b" else 1)
        if rng.random() < rate:
            answer(p, t, channel, at + int(rng.random() * 40 * DAY))
        if rng.random() < 0.01:
            event(p, rng.choice(["unsubscribe", "complaint", "stop"]), at + 2 * HOUR, touch=t)

    for p in range(1, people + 1):
        domain = DOMAINS[p % len(DOMAINS)]
        rows["prospect"].append((p, "p%d@%s" % (p, domain), ZONES[p % 4], rng.choice(["US", "DE", "JP"]), rng.choice(["Software", "Retail", None]), rng.choice(["webinar", "website"]), None, NOW - 200 * DAY))
        rows["standing"].append((p,))
        before = ids["event"]
        start = NOW - int(rng.random() * 150 * DAY)
        if rng.random() < 0.9:
            cadence = rng.choice(list(CADENCES))
            score, steps = CADENCES[cadence]
            holdout = int(cadence == "warm" and rng.random() < 0.2)
            e = number("row")
            rows["enrolment"].append((p, e, cadence, 1, start, start, holdout, score + rng.randrange(-8, 9) if rng.random() < 0.97 else None))
            for day, channel, step in steps:
                one_touch(p, e, cadence, step, day, channel, start + day * DAY + HOUR, domain, holdout)
            if rng.random() < 0.12:
                event(p, rng.choice(["meeting", "demo"]), start + int(rng.random() * 50 * DAY), arg=rng.choice(["booked", "held", None, "cancelled", "no_show"]))
            if rng.random() < 0.10:
                at = start + int(rng.random() * 20 * DAY)
                event(p, "stage", at, arg="qualified")
                if rng.random() < 0.5:
                    event(p, "stage", at + 3 * DAY, arg="proposal")
            if rng.random() < 0.05:
                event(p, "won", start + int(rng.random() * 60 * DAY), arg=str(rng.randrange(1, 50) * 1000))
            elif rng.random() < 0.05:
                event(p, "lost", start + int(rng.random() * 60 * DAY), arg="price")
        if rng.random() < 0.08 and start < NOW:
            fired = start + int(rng.random() * (NOW - start))
            wait = int(rng.expovariate(1 / (10 * HOUR)))
            answered = rng.random() < 0.8 and fired + wait <= NOW
            rows["handoff"].append((p, number("row"), "accepted" if answered else "open", rng.choice(["reply", "score_threshold", "return_visits"]), fired, fired, fired + DAY, fired + wait if answered else None))
        while ids["event"] - before < events - 0.5 and rng.random() < 0.97:
            event(p, "visit", NOW - int(rng.random() * 200 * DAY), arg="https://www.example.com/pricing", body='{"event":"visit","url":"https://www.example.com/pricing"}')
        if p % 20000 == 0:
            flush()
    flush()
    for name, n in (("prospect", people), ("event", ids["event"]), ("row", ids["row"])):
        db.execute("UPDATE counter SET next = ? WHERE name = ?", (n + 1, name))
    db.commit()
    db.close()


main()
