"""A house to torture: made once by fu-init, copied for each round, and looked
at from outside when all is over.

The clock is set (--at), so the houses are rehearsals and everything goes to
the outbox.  What is compared is content; ids are drawn by who came first.
"""

import collections
import datetime
import email.parser
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

LEASE = 11  # minutes: one more than a claim lives
MONDAY = datetime.datetime(2026, 3, 2, 14, 30)

# As they are written: encoded words are compared, not read.
HEADERS = email.parser.BytesHeaderParser()

DRIP = """\
cadence: drip
about: Three mails and a call
priority: 20
on_reply: handoff
enter: score >= 20
spacing: "a test"
steps:
  - { day: 0, channel: email, message: warm-article,   insight: article }
  - { day: 3, channel: email, message: warm-story,     insight: case_study }
  - { day: 6, channel: email, message: warm-benchmark, insight: benchmark }
  - { day: 9, channel: task,  message: hot-call,       task: [call] }
"""

HEADER = ("Email,First Name,Last Name,Job Title,Company Name,Industry,"
          "Number of Employees,Country/Region,State/Region,Budget,Timeline,"
          "Source,Basis,Subscriber,Job Fit,Collected,Collected At,Interest")


class Fault(Exception):
    pass


def at(minutes=0):
    """The clock of a run, so many minutes after the Monday's morning."""
    t = MONDAY + datetime.timedelta(minutes=minutes)
    return t.strftime("%Y-%m-%dT%H:%M:%SZ")


def leads(path, first, n):
    """n people of as many companies; every third a manager."""
    with open(path, "w") as f:
        print(HEADER, file=f)
        for i in range(first, first + n):
            title, budget = (("Sales Manager", 6000) if i % 3 == 0
                             else ("VP Sales", 36000))
            print(f"p{i}@c{i}.example,P{i},Lead,{title},C{i},Software,90,"
                  f"United States,New York,{budget},4 months,webinar,li,"
                  "corporate,true,direct,2026-01-20,quotes", file=f)


def events(path, first, n):
    """What these people did before the Monday's morning.  A trigger is met
    by one event alone, so that no other needs to be seen with it."""
    with open(path, "w") as f:
        for i in range(first, first + n):
            e = {"email": f"p{i}@c{i}.example", "id": f"e{i}"}
            if i % 6 == 0:
                e |= {"event": "reply", "channel": "email",
                      "at": "2026-03-02T14:00:00Z",
                      "text": "Can I talk to a person about this?"}
            elif i % 6 == 1:
                e |= {"event": "unsubscribe", "channel": "email",
                      "at": "2026-03-02T14:01:00Z"}
            elif i % 6 == 2:
                e |= {"event": "form", "favourite": "routing",
                      "at": "2026-03-01T14:02:00Z"}
            else:
                e |= {"event": "visit", "at": "2026-03-01T14:03:00Z",
                      "url": "https://www.example.com/pricing"}
            print(json.dumps(e), file=f)


class House:
    """A directory with a database, a configuration and an outbox."""

    def __init__(self, path):
        self.path = path
        self.db = os.path.join(path, "fu.db")

    @classmethod
    def make(cls, path):
        subprocess.run(["fu-init", "-q", path], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        house = cls(path)
        shutil.rmtree(os.path.join(path, "cadences"))
        os.mkdir(os.path.join(path, "cadences"))
        with open(os.path.join(path, "cadences", "drip.yaml"), "w") as f:
            f.write(DRIP)
        # Senders without a pause: the clock stands still during a run.
        name = os.path.join(path, "fu.yaml")
        with open(name) as f:
            text = f.read()
        for day in (40, 50):
            text = text.replace(f"cap: {{ day: {day} }}",
                                "cap: { day: 100000 }")
        with open(name, "w") as f:
            f.write(text.replace("gap: 90s", "gap: 0"))
        return house

    def copy(self, path):
        """The same at this instant; what nobody writes is shared."""
        os.mkdir(path)
        for name in os.listdir(self.path):
            ours = os.path.join(self.path, name)
            if name == "outbox":
                shutil.copytree(ours, os.path.join(path, name))
            elif name.startswith("fu.db"):
                shutil.copy(ours, path)
            else:
                os.symlink(ours, os.path.join(path, name))
        return House(path)

    def line(self, clock, *stages):
        """A pipeline's commands at a clock; a stage is words."""
        return [s.split() + ["--at", clock] for s in stages]

    def run(self, commands, kill=None, status=(0,)):
        """Run a pipeline to its end; kill: (seconds, members) or None: after
        so long the first of these that still runs is killed.  Return what
        the last wrote, and who was killed or None."""
        procs, err = [], []
        before = subprocess.DEVNULL
        for i, words in enumerate(commands):
            p = subprocess.Popen(words, cwd=self.path, stdin=before,
                                 stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE)
            if before is not subprocess.DEVNULL:
                before.close()
            before = p.stdout
            procs.append(p)
        readers = []
        for p in procs:
            said = []
            err.append(said)
            r = threading.Thread(target=lambda p=p, said=said:
                                 said.append(p.stderr.read()))
            r.start()
            readers.append(r)
        out = []
        reader = threading.Thread(target=lambda: out.append(
            procs[-1].stdout.read()))
        reader.start()
        killed = None
        if kill is not None:
            time.sleep(kill[0])
            for i in kill[1]:
                if procs[i].poll() is not None:
                    continue
                procs[i].send_signal(signal.SIGKILL)
                if procs[i].wait() == -signal.SIGKILL:
                    killed = i
                    break
        for p in procs:
            p.wait()
        reader.join()
        for r in readers:
            r.join()
        for i, p in enumerate(procs):
            # Behind the killed one a line may end in its middle: a reject.
            well = status if killed is None or i < killed else (*status, 65)
            if i != killed and p.returncode not in well:
                raise Fault("%s: exit status %d%s\n%s" % (
                    " ".join(commands[i]), p.returncode,
                    "" if killed is None else
                    f" after {commands[killed][0]} was killed",
                    b"".join(err[i]).decode(errors="replace")))
            p.stderr.close()
        procs[-1].stdout.close()
        return out[0], killed

    def records(self, *stages, clock, status=(0,)):
        out, _ = self.run(self.line(clock, *stages), status=status)
        return [json.loads(line) for line in out.splitlines()]

    # -- what is there ---------------------------------------------------

    def ask(self, sql):
        db = sqlite3.connect(self.db)
        try:
            return sorted(db.execute(sql).fetchall(), key=repr)
        finally:
            db.close()

    def people(self):
        return self.ask(
            "SELECT email, phone, first_name, last_name, title, company,"
            " budget, timeline, interest, source, basis FROM prospect")

    def events(self):
        return self.ask(
            "SELECT p.email, e.kind, e.at_us, e.dedup, e.text FROM event e"
            " LEFT JOIN prospect p ON p.id = e.prospect"
            " WHERE e.kind NOT IN ('sent', 'scored')")

    def ledger(self):
        return self.ask("SELECT s.subject, s.channel, s.reason"
                        " FROM suppression s")

    def scores(self):
        return self.ask("SELECT email, score, band FROM prospect"
                        " JOIN standing ON prospect = id")

    def enrolments(self):
        return self.ask(
            "SELECT p.email, e.cadence, e.active, e.reason FROM enrolment e"
            " JOIN prospect p ON p.id = e.prospect")

    def handoffs(self):
        return self.ask(
            "SELECT p.email, h.state, h.trigger, h.triggers FROM handoff h"
            " JOIN prospect p ON p.id = h.prospect")

    def touches(self):
        """{(email, step): state}, of those that were to leave."""
        rows = self.ask(
            "SELECT p.email, t.step, t.state FROM touch t"
            " JOIN prospect p ON p.id = t.prospect")
        state = {}
        for who, step, s in rows:
            if (who, step) in state:
                raise Fault(f"{who} has {step} twice")
            state[who, step] = s
        return state

    def uncertain(self, clock):
        """What fu-send lists: touches as (email, step), and how many of
        other things."""
        got, other = set(), 0
        for r in self.records("fu-send --uncertain", clock=clock,
                              status=(0, 1)):
            if r.get("touch") is not None and r.get("step"):
                got.add((r["email"], r["step"]))
            else:
                other += 1
        return got, other

    def mail(self):
        """How often each (to, subject) is in the outbox."""
        box = os.path.join(self.path, "outbox", "new")
        got = []
        for name in os.listdir(box) if os.path.isdir(box) else []:
            with open(os.path.join(box, name), "rb") as f:
                m = HEADERS.parse(f)
            got.append((m["To"], m["Subject"]))
        return collections.Counter(got)

    def sound(self):
        if self.ask("PRAGMA integrity_check") != [("ok",)]:
            raise Fault(f"{self.db} is damaged")
        torn = self.ask("SELECT prospect, enrolment, step, occurrence FROM "
                        "touch GROUP BY 1, 2, 3, 4 HAVING count(*) > 1")
        if torn:
            raise Fault(f"touches twice: {torn}")
        twice = self.ask("SELECT touch FROM attempt WHERE touch IS NOT NULL "
                         "AND coalesce(outcome, 'sent') IN ('sent', "
                         "'uncertain') GROUP BY 1 HAVING count(*) > 1")
        if twice:
            raise Fault(f"touches attempted twice: {twice}")


SENT, UNCERTAIN = 4, 6  # enum fu_touch_state


def same(what, want, got):
    if want == got:
        return
    want, got = collections.Counter(want), collections.Counter(got)
    lines = [f"  missing: {r}" for r in list((want - got).elements())[:8]]
    lines += [f"  more:    {r}" for r in list((got - want).elements())[:8]]
    raise Fault(f"{what} differ from an undisturbed run's\n" +
                "\n".join(lines))


def same_mail(want, got, may_miss=0):
    """No message twice, none that was not to be; of those to be at most
    may_miss are not there."""
    twice = [m for m, n in (got - want).items() if want[m]]
    if twice:
        raise Fault(f"sent twice: {twice[:5]}")
    if got - want:
        raise Fault(f"never to be sent: {list(got - want)[:5]}")
    missing = list((want - got).elements())
    if len(missing) > may_miss:
        raise Fault(f"{len(missing)} messages are missing, {may_miss} are "
                    f"uncertain: {missing[:5]}")


def same_touches(want, got, uncertain):
    """All that was sent was sent, or is listed as uncertain."""
    for key, state in want.items():
        there = got.get(key)
        if state == there:
            continue
        if state == SENT and there == UNCERTAIN and key in uncertain:
            continue
        raise Fault(f"{key}: state {there}, undisturbed {state}")
    extra = set(got) - set(want)
    if extra:
        raise Fault(f"touches that are too many: {sorted(extra)[:5]}")
    listed = {k for k, s in got.items() if s == UNCERTAIN}
    if listed != uncertain:
        raise Fault(f"uncertain in the store and not in the list: "
                    f"{sorted(listed ^ uncertain)[:5]}")


def main(tests):
    """house.py's users: NAME of the test, in a directory of its own."""
    name, where = sys.argv[1], sys.argv[2]
    seed = int(os.environ.get("FU_TEST_SEED") or random.SystemRandom()
               .randrange(1 << 30))
    print(f"seed {seed} (FU_TEST_SEED={seed} repeats it)", flush=True)
    try:
        tests[name](where, random.Random(seed))
    except Fault as e:
        sys.exit(f"{name}: {e}\nFU_TEST_SEED={seed}")
