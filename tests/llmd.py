#!/usr/bin/env python3
"""A loopback language model for tests: OpenAI's /v1/chat/completions.

Listens on 127.0.0.1, prints its port on one line, and ends by itself after
--idle seconds without a request.  It must never listen on anything else.

    llmd.py --dir DIR [--idle 60]

DIR/requests.ndjson  a line a request: path, authorization, and the body
DIR/say              what it says, as the text of its answer
DIR/obey             while it is there, it does what the last line of the
                     request that begins with "| Ignore" asks it to write
DIR/answer           while it is there, the whole of its answer: "500 sorry";
                     "hang" never answers, "huge" answers eight megabytes
"""
import argparse
import http.server
import json
import os
import re
import threading
import time


class Handler(http.server.BaseHTTPRequestHandler):
    def file(self, name):
        try:
            with open(os.path.join(self.server.folder, name)) as f:
                return f.read()
        except FileNotFoundError:
            return None

    def do_POST(self):
        own = self.server
        own.last = time.monotonic()
        body = json.loads(self.rfile.read(
            int(self.headers.get("Content-Length", 0))))
        with own.lock:
            with open(os.path.join(own.folder, "requests.ndjson"), "a") as f:
                f.write(json.dumps({"path": self.path, "body": body,
                    "authorization": self.headers.get("Authorization")}) + "\n")
        said = (self.file("say") or "").rstrip("\n")
        if self.file("obey") is not None:
            asked = re.findall(r'^\| Ignore.*?write: (.*)$',
                body["messages"][-1]["content"], re.M)
            # A mark in data stands in other brackets; it knows what is meant.
            said = re.sub(r"\((\d+)\)", r"[\1]", asked[-1]) if asked else said
        status, text = 200, json.dumps({"choices": [{"index": 0,
            "message": {"role": "assistant", "content": said},
            "finish_reason": "stop"}]})
        answer = self.file("answer")
        if answer == "hang\n":
            own.done.wait(30)
            return
        if answer == "huge\n":
            text = text[:-20] + "x" * (8 << 20) + text[-20:]
        elif answer is not None:
            status, text = answer.split(" ", 1)
        self.send_response(int(status))
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        try:
            self.wfile.write(text.encode())
        except OSError:
            pass

    def log_message(self, *args):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dir", required=True)
    parser.add_argument("--idle", type=float, default=60)
    args = parser.parse_args()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.folder, server.lock = args.dir, threading.Lock()
    server.done, server.last = threading.Event(), time.monotonic()
    os.makedirs(args.dir, exist_ok=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    while time.monotonic() - server.last < args.idle:
        time.sleep(0.2)
    server.done.set()


if __name__ == "__main__":
    main()
