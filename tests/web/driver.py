"""A browser for tests: headless Chromium by plain WebDriver over HTTP.

Standard library only.  Everything is on loopback; what is started here is
ended here, by its process id.
"""
import base64
import contextlib
import json
import os
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
SHADOW = "shadow-6066-11e4-a52e-4f735466cecf"


class Failed(AssertionError):
    pass


def until(what, look, seconds=10):
    """Wait for an event by looking for it."""
    end = time.monotonic() + seconds
    while True:
        got = look()
        if got:
            return got
        if time.monotonic() > end:
            raise Failed("%s did not come in %s s" % (what, seconds))
        time.sleep(0.03)


class Browser:
    def __init__(self, width=1200, height=900, dark=False, third_party=True):
        self.dir = tempfile.TemporaryDirectory(prefix="fu-browser.")
        self.log = open(os.path.join(self.dir.name, "log"), "wb")
        self.process = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE,
            stderr=self.log)
        self.port = None
        for line in self.process.stdout:
            if b"successfully on port" in line:
                self.port = int(line.split(b"on port")[1].split(b".")[0])
                break
        args = ["--headless=new", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--disable-background-networking",
                "--no-first-run", "--window-size=%d,%d" % (width, height),
                "--user-data-dir=" + os.path.join(self.dir.name, "profile")]
        if dark:
            args.append("--blink-settings=preferredColorScheme=0")
        prefs = {} if third_party else {
            "profile.cookie_controls_mode": 1,
            "profile.block_third_party_cookies": True}
        try:
            self.begin(args, prefs)
        except BaseException:
            self.end()
            raise
        self.width, self.height = width, height

    def begin(self, args, prefs):
        made = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:loggingPrefs": {"browser": "ALL"},
            "goog:chromeOptions": {"args": args, "prefs": prefs,
                                   "binary": "/usr/bin/chromium"}}}}, "")
        self.session = "/session/" + made["sessionId"]

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        with contextlib.suppress(Exception):
            self.call("DELETE", "")
        self.end()

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()
        with contextlib.suppress(OSError):
            self.dir.cleanup()

    def call(self, method, path, body=None, session=None):
        url = "http://127.0.0.1:%d%s%s" % (
            self.port, self.session if session is None else session, path)
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            url, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as e:
            raise Failed(json.load(e)["value"]["message"].split("\n")[0])

    def open(self, url):
        self.call("POST", "/url", {"url": url})

    def url(self):
        return self.call("GET", "/url")

    def js(self, script, *args):
        return self.call("POST", "/execute/sync",
                         {"script": script, "args": list(args)})

    def wait_js(self, script, *args):
        return self.call("POST", "/execute/async",
                         {"script": script, "args": list(args)})

    def find(self, css):
        return self.call("POST", "/element",
                         {"using": "css selector", "value": css})[ELEMENT]

    def click(self, css):
        self.call("POST", "/element/%s/click" % self.find(css), {})

    def keys(self, *keys):
        """Real keys, as a keyboard sends them."""
        actions = []
        for key in keys:
            for c in ([key] if key[0] >= "\ue000" else key):
                actions += [{"type": "keyDown", "value": c},
                            {"type": "keyUp", "value": c}]
        self.call("POST", "/actions", {"actions": [
            {"type": "key", "id": "k", "actions": actions}]})

    def touch_page(self):
        """One input event of a person's."""
        self.call("POST", "/actions", {"actions": [
            {"type": "pointer", "id": "p", "parameters":
             {"pointerType": "mouse"}, "actions": [
                 {"type": "pointerMove", "x": 5, "y": 5, "duration": 0},
                 {"type": "pointerDown", "button": 0},
                 {"type": "pointerUp", "button": 0}]}]})

    # ---- the widget, whose elements are in a shadow tree ----

    def widget(self, expression):
        return self.js("var h = document.getElementById('fu-chat');"
                       "if (!h) return null; var r = h.shadowRoot;"
                       "return (%s);" % expression)

    def press(self, css):
        """A real click in the middle of it."""
        box = until(css, lambda: self.js(
            "var h = document.getElementById('fu-chat');"
            "var e = h && h.shadowRoot.querySelector(arguments[0]);"
            "if (!e || e.closest('[hidden]')) return null;"
            "var b = e.getBoundingClientRect();"
            "return [Math.round(b.x + b.width / 2),"
            " Math.round(b.y + b.height / 2)];", css))
        self.call("POST", "/actions", {"actions": [
            {"type": "pointer", "id": "p", "parameters":
             {"pointerType": "mouse"}, "actions": [
                 {"type": "pointerMove", "x": box[0], "y": box[1],
                  "duration": 0},
                 {"type": "pointerDown", "button": 0},
                 {"type": "pointerUp", "button": 0}]}]})

    def say(self, text):
        self.press("textarea")
        self.keys(text, "\ue007")

    def talk(self):
        return self.widget("Array.prototype.map.call(r.querySelectorAll("
                           "'.l li:not(.t)'), function (x) { return "
                           "x.textContent; })") or []

    def last(self, text, seconds=10):
        """Wait until the conversation's last lines say that."""
        return until("%r in %r" % (text, self.talk()), lambda: [
            x for x in self.talk() if text in x], seconds)[-1]

    def console(self):
        return [x["message"] for x in self.call(
            "POST", "/se/log", {"type": "browser"})]

    def offline(self, on):
        self.call("POST", "/chromium/network_conditions", {
            "network_conditions": {"offline": on, "latency": 0,
                                   "throughput": -1}}) if on else \
            self.call("DELETE", "/chromium/network_conditions")

    def picture(self, path):
        with open(path, "wb") as f:
            f.write(base64.b64decode(self.call("GET", "/screenshot")))
