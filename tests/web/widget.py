#!/usr/bin/env python3
"""The widget in a real browser: TAP on standard output.

    widget.py [--pictures DIR] [NAME ...]
"""
import gzip
import os
import socket
import subprocess
import sys
import threading
import traceback
import http.server

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Browser, until  # noqa: E402
from house import BIN, House, ROOT  # noqa: E402

PICTURES = None


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def site(house_edit=None, **more):
    return House(free_port(), house_edit,
                 options=["--site", ROOT + "/templates/site"], **more)


def visit_counts(h, n):
    return h.one("SELECT count(*) FROM event WHERE kind = 'visit'") == n


def test_small():
    "the widget is 15 KB at most as it goes over the wire"
    size = len(gzip.compress(open(ROOT + "/templates/web/fu.js", "rb").read(), 9))
    assert size <= 15 * 1024, size


def test_talk():
    "first visit: disclosure, question, cited answer, typed script stays text"
    with site() as h, Browser() as b:
        b.open(h.at + "/")
        until("the button", lambda: b.widget("!!r.querySelector('.o')"))
        # Nothing of the page moves, and nothing of it is stored.
        assert b.js("return performance.getEntriesByType('layout-shift')"
                    ".length") == 0
        b.press(".o")
        assert "automated assistant" in b.last("automated")
        b.say("Do you have an API?")
        assert "REST API" in b.last("REST API")
        assert b.js("return localStorage.length + document.cookie.length") == 0
        b.say("<img src=x onerror=window.bad=1><script>window.bad=1</script>")
        until("a reply", lambda: len(b.talk()) >= 5)
        assert b.js("return window.bad === undefined")
        assert not b.widget("r.querySelector('.l img, .l script')")
        csp = [m for m in b.console() if "Content Security" in m]
        assert not csp, csp


def test_consent():
    "asked once, yes and no alike; known again after a reload, and not without"
    with site() as h, Browser() as b:
        b.open(h.at + "/")
        b.press(".o")
        b.say("Do you have an API?")
        b.last("REST API")
        yes, no = b.widget("Array.prototype.map.call(r.querySelectorAll("
                           "'.c button'), function (x) { var b = x.getBounding"
                           "ClientRect(); return [b.width, b.height, "
                           "getComputedStyle(x).backgroundColor]; })")
        assert yes == no, (yes, no)
        b.press(".c div button:first-child")
        until("storage", lambda: b.js("return localStorage.length") == 1)
        assert h.q("SELECT channel, status FROM consent")[0] == ("cookie", "granted")
        b.open(h.at + "/pricing.html")
        b.press(".o")
        b.last("REST API")
        assert b.widget("r.querySelector('.c').hidden")
        b.touch_page()
        until("a visit", lambda: visit_counts(h, 1) or visit_counts(h, 2), 6)
        # No: forgotten, and not asked again.
        b.wait_js("fu.consent(false).then(arguments[0])")
        assert b.js("return JSON.parse(localStorage.fu).v === undefined")
        b.open(h.at + "/")
        b.press(".o")
        assert not [x for x in b.talk() if "REST" in x]


def test_visits():
    "two seconds and an input; pushState counts, a reload does not; banner's word"
    with site() as h, Browser() as b:
        b.open(h.at + "/")
        until("fu", lambda: b.js("return !!window.fu"))
        assert b.wait_js("fu.consent(true).then(arguments[0])") is True
        b.touch_page()
        until("a visit", lambda: visit_counts(h, 1), 6)
        b.click("#tour")
        b.touch_page()
        until("the tour's", lambda: visit_counts(h, 2), 6)
        b.open(h.at + "/")
        b.touch_page()
        b.wait_js("setTimeout(arguments[0], 2600)")
        assert visit_counts(h, 2)
        # Without an input none.
        b.open(h.at + "/contact.html")
        b.wait_js("setTimeout(arguments[0], 2600)")
        assert visit_counts(h, 2)
        urls = [r[0] for r in h.q("SELECT arg FROM event WHERE kind = 'visit' ORDER BY id")]
        assert [u.split("/")[-1] for u in urls] == ["", "tour"], urls
        # The raw hits are there all the same.
        assert h.one("SELECT count(*) FROM event WHERE kind = 'hit'") >= 2


def test_marked():
    "downloads, demo clicks and forms that are marked are reported"
    with site() as h, Browser() as b:
        b.open(h.at + "/")
        until("fu", lambda: b.js("return !!window.fu"))
        b.click("button[data-fu-event]")
        until("demo_click", lambda: h.q("SELECT 1 FROM event WHERE kind = 'demo_click'"))
        b.open(h.at + "/contact.html")
        until("fu", lambda: b.js("return !!window.fu"))
        b.click("[name=email]")
        b.keys("ann@x.example")
        b.click("form button")
        until("form", lambda: h.q("SELECT 1 FROM event WHERE kind = 'form'"))
        assert not h.q("SELECT 1 FROM prospect WHERE email IS NOT NULL")


def test_gpc():
    "Sec-GPC: nothing is stored, nobody is followed, and the chat still answers"
    with site() as h, Browser() as b:
        b.call("POST", "/goog/cdp/execute", {
            "cmd": "Page.addScriptToEvaluateOnNewDocument", "params": {
                "source": "Object.defineProperty(navigator,"
                          "'globalPrivacyControl',{get:()=>true})"}})
        b.open(h.at + "/")
        until("fu", lambda: b.js("return !!window.fu"))
        assert b.wait_js("fu.consent(true).then(arguments[0])") is False
        b.press(".o")
        b.say("Do you have an API?")
        b.last("REST API")
        assert b.widget("r.querySelector('.c').hidden")
        assert b.js("return localStorage.length") == 0


def test_keyboard():
    "by keyboard alone, named for a screen reader, on a phone too"
    with site() as h, Browser(width=390, height=780) as b:
        b.open(h.at + "/")
        until("fu", lambda: b.js("return !!window.fu"))
        for _ in range(30):
            b.keys("\ue004")
            if b.widget("r.activeElement && r.activeElement.className") == "o m":
                break
        assert b.widget("r.activeElement.className") == "o m"
        b.keys("\ue007")
        until("the panel", lambda: b.widget("!r.querySelector('.p').hidden"))
        assert b.widget("r.activeElement.tagName") == "TEXTAREA"
        b.keys("Do you have an API?", "\ue007")
        b.last("REST API")
        assert b.widget("r.querySelector('[role=log]').getAttribute('aria-live')") == "polite"
        unnamed = b.widget("Array.prototype.filter.call(r.querySelectorAll("
                           "'button,textarea,[role]'), function (x) { return !("
                           "x.textContent.trim() || x.getAttribute('aria-label') ||"
                           " x.getAttribute('aria-labelledby') || (x.id && "
                           "r.querySelector('label[for=' + x.id + ']')) || "
                           "x.hidden || x.closest('[hidden]')); }).length")
        assert unnamed == 0, unnamed
        small = b.widget("Array.prototype.filter.call(r.querySelectorAll("
                         "'button'), function (x) { var q = x.getBoundingClientRect();"
                         "return q.height > 0 && (q.height < 44 || q.width < 44); }).length")
        assert small == 0, small
        wide = b.js("return document.documentElement.scrollWidth")
        assert wide <= 390 or wide <= b.js("return innerWidth"), wide
        b.keys("\ue00c")
        until("closed", lambda: b.widget("r.querySelector('.p').hidden"))
        assert b.widget("r.activeElement.className") == "o m"


def test_lost():
    "a lost connection is told, what was written is kept, and it recovers"
    with site() as h, Browser() as b:
        b.open(h.at + "/")
        b.press(".o")
        b.say("Do you have an API?")
        b.last("REST API")
        h.stop()
        b.say("Which plans are there, and what do they cost?")
        until("the word", lambda: b.widget("!r.querySelector('.w').hidden"), 15)
        h.start(["--site", ROOT + "/templates/site"])
        b.last("connection is back", 20)
        until("the answer", lambda: h.one("SELECT count(*) FROM event WHERE kind = 'chat'") == 4, 20)
        until("no warning", lambda: b.widget("r.querySelector('.w').hidden"))


def test_elsewhere():
    "on another site than fu-web, with third-party cookies blocked"
    class Site(http.server.SimpleHTTPRequestHandler):
        def do_GET(self):
            body = ("<!doctype html><meta charset=utf-8><title>x</title>"
                    "<script async src='%s/fu.js'></script><p>Hello" % Site.fu).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Security-Policy", "default-src 'none'; "
                             "script-src %s; connect-src %s" % (Site.fu, Site.fu))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *unused):
            pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    at = "http://localhost:%d" % server.server_port
    try:
        with House(free_port(), lambda t: t + "web: { origins: [%s] }\n" % at) as h, \
                Browser(third_party=False) as b:
            Site.fu = h.at
            b.open(at + "/")
            until("fu", lambda: b.js("return !!window.fu"))
            assert b.wait_js("fu.consent(true).then(arguments[0])") is True
            b.press(".o")
            b.say("Do you have an API?")
            b.last("REST API")
            b.open(at + "/again")
            b.press(".o")
            b.last("REST API")
            assert h.one("SELECT count(*) FROM prospect") == 1
            bad = [m for m in b.console() if "favicon" not in m]
            assert not bad, bad
    finally:
        server.shutdown()
        server.server_close()


def test_words():
    "a rep's words from a terminal are there within a second"
    import time
    with site() as h, Browser() as b:
        b.open(h.at + "/")
        b.press(".o")
        b.say("I want to talk to a human please")
        b.last("take over")
        b.wait_js("setTimeout(arguments[0], 400)")
        h.run("fu-chat", "--as-rep", "1", "--by", "ada", "Ada here. How can I help?")
        start = time.monotonic()
        b.last("Ada here")
        assert time.monotonic() - start < 1, time.monotonic() - start
        b.say("What about contracts?")
        until("the turn", lambda: h.one("SELECT count(*) FROM event WHERE kind = 'chat'") == 4)
        b.wait_js("setTimeout(arguments[0], 300)")
        assert "What about contracts?" in b.talk()[-1], b.talk()


def rep_links(h):
    import re
    found = []
    for m in h.mails():
        text = m.get_body(("plain",)).get_content() if m.get_body(("plain",)) else ""
        found += re.findall(re.escape(h.at) + r"/rep/([a-z2-7]+)", text)
    return found


def test_rep():
    "hand-off fires once, its alert has a link; accept, answer live, release"
    with site() as h, Browser() as b, Browser() as rep:
        b.open(h.at + "/")
        b.press(".o")
        b.say("What does it cost, and can I see the contract? <b>bold</b>")
        b.say("I want to talk to a human please")
        b.last("take over")
        token = until("the alert", lambda: rep_links(h), 6)[0]
        link = h.at + "/rep/" + token
        rep.open(link)
        text = rep.js("return document.body.innerText")
        assert "asks for a person" in text and "<b>bold</b>" in text, text
        # Looking is not accepting.
        assert h.one("SELECT state FROM handoff") == "open"
        rep.click("button[value=accept]")
        until("accepted", lambda: h.one("SELECT state FROM handoff") == "accepted")
        assert h.one("SELECT accepted_by FROM handoff") == "ada"
        rep.click("textarea")
        rep.keys("Ada here: the contract is two pages.")
        rep.click("button[value=say]")
        b.last("two pages")
        b.say("Thank you, that is short")
        until("live", lambda: "that is short" in rep.js("return document.body.innerText"), 6)
        if PICTURES:
            os.makedirs(PICTURES, exist_ok=True)
            rep.picture(PICTURES + "/rep-desktop-light.png")
            rep.call("POST", "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": {
                "width": 390, "height": 780, "deviceScaleFactor": 1, "mobile": True}})
            rep.call("POST", "/goog/cdp/execute", {"cmd": "Emulation.setEmulatedMedia", "params": {
                "features": [{"name": "prefers-color-scheme", "value": "dark"}]}})
            rep.picture(PICTURES + "/rep-phone-dark.png")
        assert not rep.js("return document.referrer")
        rep.click("button[value=release]")
        until("released", lambda: h.one("SELECT state FROM handoff") == "released")
        assert h.one("SELECT count(*) FROM handoff") == 1
        # Another's link, and one that is bent, open nothing.
        rep.open(link[:-1] + ("a" if link[-1] != "a" else "b"))
        assert "Your own link" in rep.js("return document.body.innerText")
        log = open(h.dir + "/access.ndjson").read()
        assert token[:16] not in log


def test_scanner():
    "a browser without hands that opens every link of a mail is no return and no click"
    import base64
    import hashlib
    import hmac
    with site(leads="Email,Source,Country\nann@x.example,webinar,US\n") as h, Browser() as b:
        key = bytes.fromhex(open(h.dir + "/fu.key").read().split()[0])

        def b32(x):
            return base64.b32encode(x).decode().lower().rstrip("=")
        body = bytes([2, 0, 1])
        token = b32(body + hmac.new(key, b"link\0" + body, hashlib.sha256).digest()[:12])
        to = h.at + "/pricing.html"
        mac = b32(hmac.new(key, ("click:%s:%s" % (token, to)).encode(), hashlib.sha256).digest()[:10])
        link = "%s/c/%s.%s?to=%s" % (h.at, token, mac, to)
        for _ in range(3):
            b.open(link)
            b.wait_js("setTimeout(arguments[0], 2300)")
        assert b.url() == to, b.url()
        assert h.one("SELECT count(*) FROM event WHERE kind = 'link_opened'") == 3
        assert not h.q("SELECT 1 FROM event WHERE kind IN ('click', 'visit')")
        assert not h.q("SELECT 1 FROM handoff")
        b.open("about:blank")
        b.open(link)
        b.touch_page()
        until("a click", lambda: h.one("SELECT count(*) FROM event WHERE kind = 'click'") == 1, 6)
        assert h.one("SELECT prospect FROM event WHERE kind = 'click'") == 1


def test_confirm():
    "an address that is typed is confirmed by the mail's link, in that browser alone"
    import re
    port = free_port()
    with House(port, lambda t: re.sub(r"  site: \S+", "  site: http://127.0.0.1:%d/" % port, t),
               options=["--site", ROOT + "/templates/site"]) as h, Browser() as b:
        b.open(h.at + "/")
        b.press(".o")
        b.say("Please write to me: ann@x.example")
        until("a reply", lambda: len(b.talk()) >= 3)
        b.press(".c div button:first-child")

        def link():
            for m in h.mails():
                body = m.get_body(("plain",))
                found = body and re.search(re.escape(h.at) + r"/confirm/\S+", body.get_content())
                if found:
                    return found.group(0)
        at = until("the mail", link, 8)
        with Browser() as other:
            other.open(at)
            until("no", lambda: [x for x in other.talk() if "could not be used" in x], 8)
            assert not h.q("SELECT 1 FROM prospect WHERE email IS NOT NULL")
        b.open(at)
        b.last("address is confirmed", 8)
        assert "fuc=" not in b.url()
        until("joined", lambda: h.q("SELECT 1 FROM prospect WHERE email = 'ann@x.example'"))


def test_pictures():
    "the widget looks as it should: light and dark, desktop and phone"
    if PICTURES is None:
        return
    os.makedirs(PICTURES, exist_ok=True)
    for dark in (False, True):
        for name, w, hgt in (("desktop", 1200, 800), ("phone", 390, 780)):
            with site() as h, Browser(w, hgt, dark) as b:
                b.call("POST", "/goog/cdp/execute", {
                    "cmd": "Emulation.setDeviceMetricsOverride", "params": {
                        "width": w, "height": hgt, "deviceScaleFactor": 1,
                        "mobile": name == "phone"}})
                b.open(h.at + "/")
                until("fu", lambda: b.js("return !!window.fu"))
                tail = "%s-%s.png" % (name, "dark" if dark else "light")
                b.picture(PICTURES + "/closed-" + tail)
                b.press(".o")
                b.say("Do you have an API?")
                b.last("REST API")
                b.picture(PICTURES + "/open-" + tail)


def main(argv):
    global PICTURES
    if argv[:1] == ["--pictures"]:
        PICTURES = argv[1]
        argv = argv[2:]
    tests = [(k, v) for k, v in globals().items() if k.startswith("test_") and
             (not argv or k[5:] in argv)]
    print("1..%d" % len(tests))
    failed = 0
    for i, (name, test) in enumerate(tests, 1):
        try:
            test()
            print("ok %d - %s" % (i, test.__doc__), flush=True)
        except Exception:
            failed += 1
            print("not ok %d - %s" % (i, test.__doc__))
            print("# " + "\n# ".join(traceback.format_exc().split("\n")[-9:]), flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
