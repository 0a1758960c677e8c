#!/usr/bin/env python3
"""A loopback embedder for tests: OpenAI's /v1/embeddings.

Listens on 127.0.0.1, prints its port on one line, and ends by itself after
--idle seconds without a request.  A text's vector has a number for each group
of words in GROUPS, so that "car" and "automobile" mean the same to it.

    embedd.py --dir DIR [--rank 16] [--idle 60]

DIR/requests.ndjson  a line a request: authorization, model, number of texts
DIR/fail             while it is there, the answer is its text: "500 sorry"
"""
import argparse
import http.server
import json
import os
import re
import threading
import time

GROUPS = [{"car", "automobile", "vehicle"}, {"wine", "beverage", "drink"},
    {"house", "home", "building"}, {"price", "cost", "euros"}]


def vector(text, rank):
    words = set(re.findall(r"[a-z]+", text.lower()))
    return [1.0] + [3.0 if words & group else 0.0 for group in GROUPS] + \
        [0.0] * (rank - 1 - len(GROUPS))


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        own = self.server
        own.last = time.monotonic()
        body = json.loads(self.rfile.read(
            int(self.headers.get("Content-Length", 0))))
        with open(os.path.join(own.folder, "requests.ndjson"), "a") as f:
            f.write(json.dumps({"path": self.path,
                "authorization": self.headers.get("Authorization"),
                "model": body.get("model"), "n": len(body["input"])}) + "\n")
        status, text = 200, json.dumps({"data": [
            {"index": i, "embedding": vector(t, own.rank)}
            for i, t in reversed(list(enumerate(body["input"])))]})
        try:
            with open(os.path.join(own.folder, "fail")) as f:
                status, text = f.read().split(" ", 1)
        except FileNotFoundError:
            pass
        self.send_response(int(status))
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dir", required=True)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--idle", type=float, default=60)
    args = parser.parse_args()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.folder, server.rank = args.dir, args.rank
    server.last = time.monotonic()
    os.makedirs(args.dir, exist_ok=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    while time.monotonic() - server.last < args.idle:
        time.sleep(0.2)


if __name__ == "__main__":
    main()
