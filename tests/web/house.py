"""A house with fu-web in it, for tests in a browser."""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time

from driver import until

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
BIN = os.path.abspath(os.environ.get("FU_BIN", ROOT + "/build/bin"))


class House:
    def __init__(self, port, edit=None, leads=None, options=()):
        self.dir = tempfile.mkdtemp(prefix="fu-web.")
        self.port = port
        self.env = {k: v for k, v in os.environ.items()
                    if not k.startswith("FU_")}
        self.env.update(PATH=BIN + ":" + os.environ["PATH"], TZ="UTC",
                        LC_ALL="C.UTF-8", FU_TEMPLATES=ROOT + "/templates",
                        FU_STATE=self.dir + "/state")
        self.at = "http://127.0.0.1:%d" % port
        self.run("fu-init", "-q", ".")
        text = open(self.dir + "/fu.yaml").read()
        text = re.sub(r"  web: \S+", "  web: " + self.at, text)
        text = text.replace("gap: 90s", "gap: 0")
        if edit:
            text = edit(text)
        open(self.dir + "/fu.yaml", "w").write(text)
        self.run("fu-index", "-q")
        if leads:
            self.run("fu-ingest", "-q", input=leads)
        self.log = open(self.dir + "/access.ndjson", "wb")
        self.err = open(self.dir + "/err", "wb")
        self.server = None
        self.start(options)

    def start(self, options=()):
        before = os.path.getsize(self.dir + "/err")
        self.server = subprocess.Popen(
            ["fu-web", "-l", "127.0.0.1:%d" % self.port, *options],
            cwd=self.dir, env=self.env, stdout=self.log, stderr=self.err)
        until("fu-web", lambda: b"listens on" in
              open(self.dir + "/err", "rb").read()[before:], 20)

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait()
            self.server = None

    def __enter__(self):
        return self

    def __exit__(self, kind, *unused):
        self.stop()
        self.log.close()
        self.err.close()
        if kind:
            print("# " + open(self.dir + "/err").read().replace("\n", "\n# "))
        shutil.rmtree(self.dir, ignore_errors=True)

    def run(self, *argv, input=None, status=(0,)):
        done = subprocess.run(argv, cwd=self.dir, env=self.env, text=True,
                              input=input, capture_output=True)
        assert done.returncode in status, (argv, done.stderr)
        return done.stdout

    def pipe(self, line, input=None):
        return self.run("sh", "-c", line, input=input)

    def q(self, sql):
        for _ in range(50):
            try:
                db = sqlite3.connect(self.dir + "/fu.db", timeout=10)
                try:
                    return db.execute(sql).fetchall()
                finally:
                    db.close()
            except sqlite3.OperationalError:
                time.sleep(0.05)
        raise AssertionError(sql)

    def one(self, sql):
        return self.q(sql)[0][0]

    def mails(self):
        import email
        import email.policy
        out = []
        for name in sorted(os.listdir(self.dir + "/outbox/new")) if \
                os.path.isdir(self.dir + "/outbox/new") else []:
            with open(self.dir + "/outbox/new/" + name, "rb") as f:
                out.append(email.message_from_binary_file(
                    f, policy=email.policy.default))
        return out

    def requests(self):
        self.log.flush()
        return [json.loads(x) for x in open(self.dir + "/access.ndjson")]
