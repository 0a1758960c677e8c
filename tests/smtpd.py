#!/usr/bin/env python3
"""A loopback SMTP server for tests: STARTTLS, AUTH and faults on demand.

Listens on 127.0.0.1, prints its port on one line, and ends by itself after
--idle seconds without a connection, so that no test leaves it behind.  It must
never listen on anything but loopback.

    smtpd.py --dir DIR [--port N] [--starttls | --smtps] [--auth USER:PASS]
             [--no-utf8] [--greeting "554 no"|silent] [--script FILE] [--idle 60]

DIR/msg/NNNNNN.eml   each message that was accepted, as it came (dots unstuffed)
DIR/accepted.ndjson  {"n":1,"from":…,"to":[…],"connection":3,"tls":true,"user":…}
DIR/transcript.log   what was said, without what AUTH says
DIR/cert.pem         the certificate, made by openssl(1), for SSL_CERT_FILE

Faults: a line of the script (read anew for each command) is
    PHASE GLOB ACTION
where PHASE is mail, rcpt, data, body or dot, GLOB matches the address (the
recipient, or the sender for mail), and ACTION is a reply ("451 4.2.1 later"),
"drop", "drop N" (body: after N bytes; dot: before the reply, the message kept),
"sleep S", or "silent" (no reply ever).  The first line that matches counts.
These rules come after the script's:
"""
import argparse
import base64
import fnmatch
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time

DEFAULTS = """
mail bad-sender@* 550 5.1.8 sender refused
rcpt rcpt550@* 550 5.1.1 user unknown
rcpt rcpt551@* 550 5.7.1 blocked by policy
rcpt rcpt451@* 451 4.7.1 greylisted
rcpt rcptdrop@* drop
rcpt rcptsilent@* silent
rcpt rcpt421@* 421 4.3.2 going down
data data451@* 451 4.3.0 not now
data datadrop@* drop
body bodydrop@* drop 100
dot dotdrop@* drop
dot dot451@* 451 4.3.1 disk full
dot dot554@* 554 5.6.0 content refused
dot dotslow@* sleep 1
dot dotsilent@* silent
"""
__doc__ += DEFAULTS


class Gone(Exception):
    pass


class Server:
    def __init__(self, args):
        self.args = args
        self.lock = threading.Lock()
        self.count = 0
        self.connections = 0
        self.open = 0
        self.last = time.monotonic()
        os.makedirs(os.path.join(args.dir, "msg"), exist_ok=True)
        self.log = open(os.path.join(args.dir, "transcript.log"), "a",
                        buffering=1)
        self.context = None
        if args.starttls or args.smtps:
            self.context = self.make_context()

    def make_context(self):
        cert = os.path.join(self.args.dir, "cert.pem")
        key = os.path.join(self.args.dir, "key.pem")
        if not os.path.exists(cert):
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
                 "-keyout", key, "-out", cert, "-days", "3650", "-subj",
                 "/CN=localhost", "-addext",
                 "subjectAltName=DNS:localhost,IP:127.0.0.1"],
                check=True, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        return context

    def action(self, phase, address):
        text = ""
        if self.args.script and os.path.exists(self.args.script):
            with open(self.args.script) as script:
                text = script.read()
        for line in (text + DEFAULTS).splitlines():
            words = line.split(None, 2)
            if len(words) == 3 and not line.startswith("#") and \
                    words[0] == phase and \
                    fnmatch.fnmatch(address.lower(), words[1].lower()):
                return words[2]
        return None

    def say(self, number, arrow, text):
        with self.lock:
            self.log.write("%d %s %s\n" % (number, arrow, text))

    def accept(self, session, data):
        with self.lock:
            self.count += 1
            number = self.count
            path = os.path.join(self.args.dir, "msg", "%06d.eml" % number)
            with open(path, "wb") as out:
                out.write(data)
            line = {"n": number, "from": session.sender, "to": session.to,
                    "connection": session.number, "tls": session.tls,
                    "user": session.user}
            with open(os.path.join(self.args.dir, "accepted.ndjson"),
                      "a") as out:
                out.write(json.dumps(line) + "\n")
        return number

    def run(self):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.args.port))
        listener.listen(64)
        listener.settimeout(0.2)
        print(listener.getsockname()[1], flush=True)
        while self.open or time.monotonic() - self.last < self.args.idle:
            try:
                peer, _ = listener.accept()
            except socket.timeout:
                # A silent session must not keep the server for ever.
                if time.monotonic() - self.last > 10 * self.args.idle:
                    break
                continue
            self.last = time.monotonic()
            with self.lock:
                self.connections += 1
                self.open += 1
                number = self.connections
            threading.Thread(target=self.serve, args=(peer, number),
                             daemon=True).start()

    def serve(self, peer, number):
        peer.settimeout(self.args.idle)
        try:
            Session(self, peer, number).run()
        except (Gone, OSError, ssl.SSLError) as gone:
            self.say(number, "--", "closed %s" % gone)
        finally:
            peer.close()
            with self.lock:
                self.open -= 1
                self.last = time.monotonic()


class Session:
    def __init__(self, server, peer, number):
        self.server, self.peer, self.number = server, peer, number
        self.args = server.args
        self.tls = False
        self.user = None
        self.buffer = b""
        self.reset()

    def reset(self):
        self.sender, self.to = None, []

    def start_tls(self):
        self.peer = self.server.context.wrap_socket(self.peer,
                                                    server_side=True)
        self.buffer = b""       # nothing from before the handshake counts
        self.tls = True

    def reply(self, text):
        self.server.say(self.number, "S:", text.replace("\r\n", " | "))
        self.peer.sendall(text.encode() + b"\r\n")

    def line(self, secret=False):
        while b"\n" not in self.buffer:
            block = self.peer.recv(65536)
            if not block:
                raise Gone("by the client")
            self.buffer += block
        line, self.buffer = self.buffer.split(b"\n", 1)
        text = line.rstrip(b"\r").decode("utf-8", "replace")
        shown = text
        if secret or text.upper().startswith("AUTH"):
            shown = "(auth)"
        self.server.say(self.number, "C:", shown)
        return text

    def drop(self):
        self.server.say(self.number, "--", "dropped")
        self.peer.close()
        raise Gone("by script")

    def fault(self, phase, address):
        """Do what the script says; False: nothing, go on as usual."""
        action = self.server.action(phase, address)
        if action is None:
            return False
        word = action.split()
        if word[0] == "drop":
            self.drop()
        if word[0] == "sleep":
            time.sleep(float(word[1]))
            return False
        if word[0] == "silent":
            while self.peer.recv(65536):
                pass
            raise Gone("after silence")
        self.reply(action)
        if action.startswith("421"):
            self.drop()
        return True

    def run(self):
        if self.args.smtps:
            self.start_tls()
        if self.args.greeting == "silent":
            while self.peer.recv(65536):
                pass
            return
        self.reply(self.args.greeting)
        if not self.args.greeting.startswith("220"):
            return
        while True:
            text = self.line()
            verb = text.split(" ")[0].upper()
            if verb == "QUIT":
                self.reply("221 2.0.0 bye")
                return
            getattr(self, "do_" + verb.lower(), self.unknown)(text)

    def unknown(self, text):
        self.reply("500 5.5.1 what?")

    def do_noop(self, text):
        self.reply("250 2.0.0 ok")

    def do_rset(self, text):
        self.reset()
        self.reply("250 2.0.0 ok")

    def do_ehlo(self, text):
        self.reset()
        say = ["localhost", "8BITMIME", "ENHANCEDSTATUSCODES", "SIZE 1000000"]
        if not self.args.no_utf8:
            say.append("SMTPUTF8")
        if self.args.starttls and not self.tls:
            say.append("STARTTLS")
        elif self.args.auth:
            say.append("AUTH PLAIN LOGIN" +
                       (" XOAUTH2" if self.args.xoauth2 else ""))
        self.reply("\r\n".join("250%s%s" % (
            "-" if i + 1 < len(say) else " ", s) for i, s in enumerate(say)))

    def do_helo(self, text):
        self.reset()
        self.reply("250 localhost")

    def do_starttls(self, text):
        if not self.args.starttls or self.tls:
            self.reply("502 5.5.1 no")
            return
        self.reply("220 2.0.0 go ahead")
        self.start_tls()
        self.user = None
        self.reset()

    def do_auth(self, text):
        words = text.split()
        if not self.args.auth or (self.args.starttls and not self.tls):
            self.reply("503 5.5.1 not here")
            return
        if words[1].upper() == "PLAIN":
            if len(words) > 2:
                token = words[2]
            else:
                self.reply("334 ")
                token = self.line(True)
            parts = base64.b64decode(token).decode().split("\0")
            given = ":".join(parts[1:])
        elif words[1].upper() == "XOAUTH2":
            if len(words) > 2:
                token = words[2]
            else:
                self.reply("334 ")
                token = self.line(True)
            parts = base64.b64decode(token).decode().split("\1")
            given = parts[0][len("user="):] + ":" + \
                parts[1][len("auth=Bearer "):]
            if given == self.args.xoauth2:
                self.user = given.split(":")[0]
                self.reply("235 2.7.0 welcome")
                return
        else:
            self.reply("334 VXNlcm5hbWU6")
            user = base64.b64decode(self.line(True)).decode()
            self.reply("334 UGFzc3dvcmQ6")
            given = user + ":" + base64.b64decode(self.line(True)).decode()
        if given == self.args.auth:
            self.user = given.split(":")[0]
            self.reply("235 2.7.0 welcome")
        else:
            self.reply("535 5.7.8 wrong user or password")

    @staticmethod
    def path(text):
        return text[text.index("<") + 1:text.index(">")]

    def do_mail(self, text):
        if self.args.auth and not self.user:
            self.reply("530 5.7.0 log in first")
            return
        address = self.path(text)
        if self.sender is not None:
            self.reply("503 5.5.1 nested MAIL")
        elif not self.fault("mail", address):
            self.sender = address
            self.reply("250 2.1.0 ok")

    def do_rcpt(self, text):
        address = self.path(text)
        if self.sender is None:
            self.reply("503 5.5.1 MAIL first")
        elif not self.fault("rcpt", address):
            self.to.append(address)
            self.reply("250 2.1.5 ok")

    def do_data(self, text):
        if not self.to:
            self.reply("503 5.5.1 RCPT first")
            return
        if self.fault("data", self.to[0]):
            self.reset()
            return
        self.reply("354 go on")
        data = self.body()
        action = self.server.action("dot", self.to[0])
        if action is None or action.split()[0] in ("drop", "sleep"):
            number = self.server.accept(self, data)
        if not self.fault("dot", self.to[0]):
            self.reply("250 2.0.0 Ok: queued as T%06d" % number)
        self.reset()

    def body(self):
        limit = None
        action = self.server.action("body", self.to[0])
        if action is not None and action.startswith("drop"):
            limit = int((action.split() + ["0"])[1])
        while not (self.buffer.startswith(b".\r\n") or
                   b"\r\n.\r\n" in self.buffer):
            if limit is not None and len(self.buffer) > limit:
                self.drop()
            block = self.peer.recv(65536)
            if not block:
                raise Gone("in the body")
            self.buffer += block
        if limit is not None and len(self.buffer) > limit:
            self.drop()
        if self.buffer.startswith(b".\r\n"):
            data, self.buffer = b"", self.buffer[3:]
        else:
            data, self.buffer = self.buffer.split(b"\r\n.\r\n", 1)
            data += b"\r\n"
        lines = data.split(b"\r\n")
        return b"\r\n".join(s[1:] if s.startswith(b".") else s for s in lines)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dir", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--starttls", action="store_true")
    parser.add_argument("--smtps", action="store_true")
    parser.add_argument("--auth")
    parser.add_argument("--xoauth2")
    parser.add_argument("--no-utf8", action="store_true")
    parser.add_argument("--greeting", default="220 localhost ESMTP test")
    parser.add_argument("--script")
    parser.add_argument("--idle", type=float, default=60)
    Server(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(main())
