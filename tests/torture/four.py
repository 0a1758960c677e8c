"""Four of each program at the same time on one database, compared with one
run of each.

python3 four.py load|due|all DIRECTORY
"""

import json
import os
import subprocess

from house import (House, Fault, LEASE, at, events, leads, main, same,
                   same_mail, same_touches)

FOUR = 4
REST = ["fu-score", "fu-cadence -q", "fu-handoff", "fu-send -q"]
CHANGED = ["fu-score --changed"] + REST[1:]
DUE = ["fu-due -q", "fu-send -q"]


def together(house, clock, *lines):
    """FOUR of each line, all started before any is waited for; every program
    of them ends with 0.  Return what the last of each wrote."""
    running = []
    for n in range(FOUR * len(lines)):
        before, procs = subprocess.DEVNULL, []
        for words in house.line(clock, *lines[n % len(lines)]):
            err = open(os.path.join(house.path, f"err.{n}.{words[0]}"), "w+")
            p = subprocess.Popen(words, cwd=house.path, stdin=before,
                                 stdout=subprocess.PIPE, stderr=err)
            if before is not subprocess.DEVNULL:
                before.close()
            before = p.stdout
            procs.append((words, p, err))
        out = open(os.path.join(house.path, f"out.{n}"), "w+b")
        cat = subprocess.Popen(["cat"], stdin=before, stdout=out)
        before.close()
        running.append((procs, cat, out))
    wrote = []
    for procs, cat, out in running:
        cat.wait()
        for words, p, err in procs:
            status = p.wait()
            err.seek(0)
            said = err.read()
            err.close()
            if status != 0:
                raise Fault(f"{' '.join(words)}: exit status {status}\n"
                            f"{said}")
        out.seek(0)
        wrote.append([json.loads(r) for r in out.read().splitlines()])
        out.close()
    return wrote


def ends(house, clock):
    uncertain, other = house.uncertain(clock)
    if uncertain or other:
        raise Fault(f"uncertain, though nobody was killed: {uncertain}")
    return {"people": house.people(), "events": house.events(),
            "suppressions": house.ledger(), "scores": house.scores(),
            "enrolments": house.enrolments(), "handoffs": house.handoffs(),
            "touches": house.touches(), "mail": house.mail()}


def compare(want, got, house):
    for what in want:
        if what == "touches":
            same_touches(want[what], got[what], set())
        elif what == "mail":
            same_mail(want[what], got[what])
        else:
            same(what, want[what], got[what])
    house.sound()


def one_by_one(house, clock, *lines):
    for stages in lines:
        house.run(house.line(clock, *stages))


def no_claim_twice(wrote):
    claims = {}
    for n, records in enumerate(wrote):
        for r in records:
            if r.get("claim") is None:
                continue
            key = r["type"], r.get("touch") or r["claim"]
            if key in claims:
                raise Fault(f"claimed by run {claims[key]} and by run {n}: "
                            f"{r}")
            claims[key] = n
    return len(claims)


def load(where, rng):
    """The same files by four fu-ingest at once: nobody twice."""
    clean = House.make(os.path.join(where, "clean"))
    leads(os.path.join(clean.path, "leads.csv"), 1, 2000)
    events(os.path.join(clean.path, "events.ndjson"), 1, 1000)
    stages = ["fu-ingest -q leads.csv events.ndjson"]
    alone = clean.copy(os.path.join(where, "alone"))
    one_by_one(alone, at(0), stages)
    house = clean.copy(os.path.join(where, "four"))
    wrote = together(house, at(0), stages)
    for key, action, n in (("prospect", "created", 2000),
                           ("event", "recorded", 1000)):
        done = [r for records in wrote for r in records
                if r["type"] == key and r["action"] == action]
        if len(done) != n:
            raise Fault(f"{len(done)} times {action}, not {n}")
    compare(ends(alone, at(1)), ends(house, at(1)), house)


def due(where, rng):
    """Four fu-due claim apart; what four fu-send send is sent once."""
    clean = House.make(os.path.join(where, "clean"))
    leads(os.path.join(clean.path, "leads.csv"), 1, 400)
    one_by_one(clean, at(0), ["fu-ingest -q leads.csv"] + REST[:2])
    claimed = clean.copy(os.path.join(where, "claimed"))
    n = no_claim_twice(together(claimed, at(1), ["fu-due -q"]))
    if n != 400:
        raise Fault(f"{n} claims of 400")
    alone = clean.copy(os.path.join(where, "alone"))
    one_by_one(alone, at(1), DUE)
    house = clean.copy(os.path.join(where, "four"))
    sent = together(house, at(1), DUE)
    n = sum(r["result"]["status"] == "sent" for rs in sent for r in rs)
    if n != 400:
        raise Fault(f"{n} sent of 400")
    compare(ends(alone, at(2)), ends(house, at(2)), house)


def everything(where, rng):
    """Four of each of the lines at once, on new people, events and what is
    due; again until nothing is left."""
    clean = House.make(os.path.join(where, "clean"))
    leads(os.path.join(clean.path, "known.csv"), 1, 96)
    leads(os.path.join(clean.path, "new.csv"), 201, 150)
    events(os.path.join(clean.path, "events.ndjson"), 1, 96)
    one_by_one(clean, at(-60), ["fu-ingest -q known.csv"] + REST)
    first = ["fu-ingest -q new.csv events.ndjson known.csv"] + REST
    alone = clean.copy(os.path.join(where, "alone"))
    house = clean.copy(os.path.join(where, "four"))
    # What is said depends on whether the mail or the opt-out was first, so
    # the news is in before anything leaves.
    one_by_one(alone, at(0), first, CHANGED)
    together(house, at(0), first, CHANGED, ["fu-score -a"])
    for i in range(1, 4):
        one_by_one(alone, at(i * LEASE), CHANGED, DUE, first)
        together(house, at(i * LEASE), CHANGED, DUE, first)
    for h in alone, house:
        one_by_one(h, at(5 * LEASE), ["fu-score -a"] + REST[1:2], DUE)
    compare(ends(alone, at(6 * LEASE)), ends(house, at(6 * LEASE)), house)


if __name__ == "__main__":
    main({"load": load, "due": due, "all": everything})
