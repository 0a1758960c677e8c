#!/usr/bin/env python3
"""A history of sales whose truth is known, as records for fu-ingest.

    history.py N [SEED]

N people come one after the other over a year.  Who wins is drawn from a
logistic model over what they are (source, a column Seats, seniority) and do in
their first ten days (visits of pages, webinars, replies); nothing else tells.
Who won gets a welcome_pack and visits /account afterwards; half of those who
lost, too late, look at the prices every day.
"""
import json
import math
import random
import sys
from datetime import datetime, timedelta, timezone

n = int(sys.argv[1])
rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 7)
start = datetime(2025, 1, 6, 9, tzinfo=timezone.utc)

TITLES = ["Student", "Sales Manager", "VP Sales", "Engineer", "CEO"]
SOURCES = ["referral", "webinar", "ads", "list", "website"]
INDUSTRIES = ["Software", "Retail", "Logistics", "Mining"]
PAGES = {"pricing": 0.5, "careers": -0.9, "docs": 0.25, "blog": 0.0}


def put(**record):
    print(json.dumps(record))


for i in range(1, n + 1):
    email = f"p{i}@c{i}.example"
    came = start + timedelta(days=365 * i / n)
    title, source = rng.choice(TITLES), rng.choice(SOURCES)
    seats = rng.choice([2, 5, 12, 40, 150])
    person = {"email": email, "title": title, "source": source,
              "industry": rng.choice(INDUSTRIES), "Seats": str(seats),
              "Favourite Colour": rng.choice(["red", "green", "blue"])}
    if rng.random() < 0.6:
        person["budget"] = rng.choice([2000, 9000, 30000])
    put(**person)
    logit = -2.2 + {"referral": 1.3, "list": -0.9}.get(source, 0)
    logit += 0.9 * (seats >= 12) + 0.6 * (title in ("VP Sales", "CEO"))
    logit += 0.4 * (person.get("budget", 0) >= 9000)

    def event(kind, days, **more):
        at = came + timedelta(days=days)
        put(event=kind, email=email, at=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            **more)

    event("visit", 0, url="https://x.example/")
    for page, weight in PAGES.items():
        for _ in range(min(6, int(rng.expovariate(1 / 1.2)))):
            event("visit", rng.uniform(0.01, 10),
                  url=f"https://x.example/{page}/{rng.randrange(9)}")
            logit += weight / (1 if page != "careers" else 1.5)
    if rng.random() < 0.3:
        event("webinar", rng.uniform(0.5, 10))
        logit += 1.1
    if rng.random() < 0.25:
        event("reply", rng.uniform(0.5, 10), channel="email", text="Tell me.")
        logit += 0.8
    over = rng.uniform(20, 60)
    if rng.random() < 1 / (1 + math.exp(-logit)):
        event("won", over, value=1000)
        event("welcome_pack", over + 0.1)
        for k in range(3):
            event("visit", over + 1 + k, url="https://x.example/account")
    else:
        event("lost", over, reason="no answer")
        if rng.random() < 0.5:
            for k in range(5):
                event("visit", over + 1 + k, url="https://x.example/pricing")
