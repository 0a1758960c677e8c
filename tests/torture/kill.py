"""SIGKILL at random instants, carried on, compared with an undisturbed run.

python3 kill.py ingest|due|line DIRECTORY; KILLS (200) says how often.
"""

import os
import shutil
import sys
import time

from house import (House, Fault, LEASE, at, events, leads, main, same,
                   same_mail, same_touches)

KILLS = int(os.environ.get("KILLS", "200"))
ROUND = 5          # kills of one house at most, before a fresh one
SPAN = 0.060       # seconds in which the kill falls, at least


def tortured(where, rng, clean, stages, finish, compare):
    """Kill a random member of the pipeline at a random instant and begin
    again, ROUND times a house, then finish and compare."""
    start = time.monotonic()
    calm = clean.copy(os.path.join(where, "calm"))
    calm.run(calm.line(at(0), *stages))
    # The kills fall within the time that it takes when nobody disturbs.
    span = max(SPAN, 1.1 * (time.monotonic() - start))
    want = finish(calm, ROUND + 1)
    kills = rounds = 0
    while kills < KILLS:
        rounds += 1
        if rounds > 10 * KILLS:
            raise Fault("the kills come too late: hardly one is met")
        house = clean.copy(os.path.join(where, f"round{rounds}"))
        log, killed = [], 0
        for k in range(ROUND):
            delay = rng.uniform(0, span)
            members = rng.sample(range(len(stages)), len(stages))
            _, killed = house.run(house.line(at(k * LEASE), *stages),
                                  kill=(delay, members))
            if killed is None:
                break       # it came through: nothing is left to disturb
            log.append(f"{stages[killed].split()[0]} {delay * 1000:.0f} ms")
        kills += len(log)
        try:
            compare(want, finish(house, ROUND + 1), house)
            house.sound()
        except Fault as e:
            raise Fault(f"round {rounds}, killed: {', '.join(log)}\n{e}")
        shutil.rmtree(house.path)
    print(f"{kills} kills in {rounds} rounds, within {span * 1000:.0f} ms",
          flush=True)


def ingest(where, rng):
    clean = House.make(os.path.join(where, "clean"))
    leads(os.path.join(clean.path, "leads.csv"), 1, 1500)
    events(os.path.join(clean.path, "events.ndjson"), 1, 600)
    stage = "fu-ingest -q leads.csv events.ndjson"

    def finish(house, n):
        house.run(house.line(at(n * LEASE), stage))
        again = house.records(stage, clock=at(n * LEASE))
        news = {r["action"] for r in again} - {"unchanged", "duplicate"}
        if news:
            raise Fault(f"loaded once more it is {news}")
        return {"people": house.people(), "events": house.events(),
                "suppressions": house.ledger()}

    def compare(want, got, house):
        for what in want:
            same(what, want[what], got[what])

    tortured(where, rng, clean, [stage], finish, compare)


def carry_on(house, n, *lines):
    """Run them until claims of the killed have come back and gone out."""
    for i in range(3):
        for stages in lines:
            house.run(house.line(at((n + i) * LEASE), *stages))
    return at((n + 3) * LEASE)


def ends(house, clock):
    uncertain, other = house.uncertain(clock)
    return {"people": house.people(), "scores": house.scores(),
            "enrolments": house.enrolments(), "events": house.events(),
            "suppressions": house.ledger(), "handoffs": house.handoffs(),
            "touches": house.touches(), "mail": house.mail(),
            "uncertain": uncertain, "other": other}


def compare_ends(want, got, house):
    if want["uncertain"] or want["other"]:
        raise Fault("an undisturbed run left something uncertain")
    for what in ("people", "events", "suppressions", "scores", "enrolments",
                 "handoffs"):
        same(what, want[what], got[what])
    same_touches(want["touches"], got["touches"], got["uncertain"])
    same_mail(want["mail"], got["mail"], len(got["uncertain"]) + got["other"])


def due(where, rng):
    clean = House.make(os.path.join(where, "clean"))
    leads(os.path.join(clean.path, "leads.csv"), 1, 150)
    clean.run(clean.line(at(0), "fu-ingest -q leads.csv", "fu-score",
                         "fu-cadence -q"))
    stages = ["fu-due -q", "fu-send -q"]

    def finish(house, n):
        clock = carry_on(house, n, stages)
        return ends(house, clock)

    tortured(where, rng, clean, stages, finish, compare_ends)


def line(where, rng):
    clean = House.make(os.path.join(where, "clean"))
    leads(os.path.join(clean.path, "known.csv"), 1, 48)
    leads(os.path.join(clean.path, "new.csv"), 101, 80)
    events(os.path.join(clean.path, "events.ndjson"), 1, 48)
    clean.run(clean.line(at(-60), "fu-ingest -q known.csv", "fu-score",
                         "fu-cadence -q", "fu-handoff", "fu-send -q"))
    rest = ["fu-score", "fu-cadence -q", "fu-handoff", "fu-send -q"]
    stages = ["fu-ingest -q new.csv events.ndjson known.csv"] + rest

    def finish(house, n):
        house.run(house.line(at(n * LEASE), *stages))
        clock = carry_on(house, n, ["fu-score --changed"] + rest[1:],
                         ["fu-due -q", "fu-send -q"])
        house.run(house.line(clock, "fu-score -a", "fu-cadence -q"))
        left = house.records("fu-score --changed -n", clock=clock)
        if left:
            raise Fault(f"still new after all: {left[:2]}")
        return ends(house, clock)

    tortured(where, rng, clean, stages, finish, compare_ends)


if __name__ == "__main__":
    main({"ingest": ingest, "due": due, "line": line})
