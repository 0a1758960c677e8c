#!/usr/bin/env python3
"""Holds the conversations of dialogues/*.txt with fu-chat, and tells which
turns a sensible person would have found wrong.

    dialogues.py [-v] [--only TEXT] HOUSE FILE ...

HOUSE is what fu-init made; each dialogue has a copy of it.  A file:

    == title             a dialogue begins, on Tuesday 3 March 2026, 15:00 UTC
    at 2026-03-07 22:00  it is that time, in UTC
    later 3d             or that much later: m, h, d
    ann: words           what the visitor "ann" types; a minute passes
    ann returns [PAGE]   the visitor comes back to a page of the site
    rep ada to ann: words    a rep writes
    accept ann           a rep takes what was handed off
    release ann          a rep gives it back
    $ command            anything else, in the house

and below what is said, indented, what must be so of the reply:

    says RE, not RE      a regular expression that must, or must not, match
    doc A|B              one of its sources is one of these documents
    no doc               it rests on none
    asks X|Y, asks none  what it asked
    handoff X|Y, no handoff
    silent               nothing is said
    sh command           a command that must succeed

Besides, of each reply: the first of a visit says that it is automated, no
template shows, it is not longer than a person reads in a chat, and it is not
the reply of the turn before once more, unless so is the question.

The last line is "N of M turns right (S %), D dialogues".
"""
import argparse
import concurrent.futures
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

START = datetime.datetime(2026, 3, 3, 15, 0)
VISIT = datetime.timedelta(hours=12)
REPLY_MAX = 700		# disclosure, 400 characters, a question, a link
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def read(path):
    """The dialogues of a file: (title, [(line number, line, [demands])])."""
    found = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            if text.startswith("== "):
                found.append((text[3:], []))
            elif line[0].isspace():
                found[-1][1][-1][2].append(text)
            else:
                found[-1][1].append((number, text, []))
    return found


class Dialogue:
    def __init__(self, house):
        self.house = house
        self.now = START
        self.last = {}		# visitor: when they were here, what was said

    def run(self, argv, text=None):
        env = dict(os.environ, FU_NOW=self.now.strftime("%Y-%m-%dT%H:%M:%SZ"))
        return subprocess.run(argv, input=text, cwd=self.house, env=env,
                              capture_output=True, text=True, timeout=60)

    def turn(self, record):
        done = self.run(["fu-chat", "-q"], json.dumps(record) + "\n")
        try:
            return json.loads(done.stdout.splitlines()[0])
        except (IndexError, ValueError):
            return {"reply": None, "error": done.stderr.strip()
                    or "exit status %d" % done.returncode}

    def line(self, text):
        """What happens in a line: the reply's record, or None."""
        word, _, rest = text.partition(" ")
        if word == "at":
            self.now = datetime.datetime.strptime(rest, "%Y-%m-%d %H:%M")
            return None
        if word == "later":
            self.now += datetime.timedelta(**{UNITS[rest[-1]]: int(rest[:-1])})
            return None
        self.now += datetime.timedelta(minutes=1)
        rep = re.match(r"rep (\w+) to (\w+): (.*)", text)
        comes = re.match(r"(\w+) returns *(\S*)", text)
        says = re.match(r"(\w+): (.*)", text)
        if rep:
            by, to, words = rep.groups()
            self.must(["fu-chat", "--as-rep", to, "--by", by, words], text)
        elif word in ("accept", "release"):
            self.must(["fu-handoff", "--" + word, rest, "--by", "ada"], text)
        elif word == "$":
            self.must(["bash", "-o", "pipefail", "-c", rest], text)
        elif comes:
            return self.turn({"visitor": comes[1], "event": "return", "url":
                              comes[2] or "https://www.example.com/"})
        elif says:
            return self.turn({"visitor": says[1], "text": says[2]})
        else:
            sys.exit("what is this? " + text)
        return None

    def must(self, argv, text):
        done = self.run(argv)
        if done.returncode:
            raise RuntimeError("%s: %s" % (text, done.stderr.strip()))

    def faults(self, text, got, demands):
        """What is wrong with a reply, a line each."""
        who, _, words = re.sub("[ :]+", " ", text).partition(" ")
        if got.get("error"):
            return ["error: " + got["error"]]
        reply = got.get("reply")
        silent = "silent" in demands
        if silent != (reply is None):
            return ["silent: " + ("said something" if silent else
                                  "said nothing (%s)" % got.get("silent"))]
        wrong = [] if silent else self.of_any(who, words, reply)
        self.last[who] = (self.now, words.strip("? "), reply)
        return wrong + [d for d in demands if not self.holds(d, got)]

    def of_any(self, who, words, reply):
        wrong = []
        before = self.last.get(who)
        if before is None or self.now - before[0] > VISIT:
            if "automated" not in reply:
                wrong.append("any: a visit begins, and nothing says automated")
        elif reply == before[2] and words.strip("? ") != before[1]:
            wrong.append("any: the reply of the turn before once more")
        if "{{" in reply or "}}" in reply:
            wrong.append("any: a template shows")
        if len(re.sub(r"https?://\S+", "", reply)) > REPLY_MAX:
            wrong.append("any: longer than %d characters" % REPLY_MAX)
        return wrong

    def holds(self, demand, got):
        word, _, rest = demand.partition(" ")
        reply = got.get("reply") or ""
        if word == "says":
            return re.search(rest, reply, re.I | re.S)
        if word == "not":
            return not re.search(rest, reply, re.I | re.S)
        docs = [s["doc"] for s in got.get("sources") or []]
        if word == "doc":
            return any(d in rest.split("|") for d in docs)
        if word == "asks":
            return (got.get("asked") or "none") in rest.split("|")
        if word == "handoff":
            return (got.get("handoff") or "none") in rest.split("|")
        if word == "sh":
            return self.run(["bash", "-o", "pipefail", "-c",
                             rest]).returncode == 0
        if demand == "no doc":
            return not docs
        if demand == "no handoff":
            return not got.get("handoff")
        if demand == "silent":
            return True
        sys.exit("what is this? " + demand)


def hold(args, path, title, lines):
    """A dialogue: how many turns, how many of them right, what is to be told."""
    turns = right = 0
    told = []
    house = tempfile.mkdtemp()
    shutil.copytree(args.house, house, dirs_exist_ok=True)
    talk = Dialogue(house)
    for number, text, demands in lines:
        try:
            got = talk.line(text)
        except RuntimeError as failed:
            told.append("%s:%d: %s\n  ! cannot %s" % (
                os.path.basename(path), number, title, failed))
            continue
        if got is None:
            continue
        turns += 1
        wrong = talk.faults(text, got, demands)
        right += not wrong
        if wrong or args.verbose:
            told.append("%s:%d: %s\n  > %s\n  < %s\n    docs %s, asked %s, "
                        "handoff %s" % (
                            os.path.basename(path), number, title, text,
                            got.get("reply"), [s["doc"] for s in
                                               got.get("sources") or []],
                            got.get("asked"), got.get("handoff")))
        told += ["  ! " + fault for fault in wrong]
    shutil.rmtree(house)
    return turns, right, told


def main():
    parser = argparse.ArgumentParser(description="hold dialogues with fu-chat")
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("house")
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    talks = [(path, title, lines) for path in args.files
             for title, lines in read(path) if args.only in title]
    turns = right = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for t, r, told in pool.map(lambda talk: hold(args, *talk), talks):
            turns, right = turns + t, right + r
            if told:
                print("\n".join(told))
    print("%d of %d turns right (%.1f %%), %d dialogues" % (
        right, turns, 100.0 * right / max(turns, 1), len(talks)))


if __name__ == "__main__":
    main()
