#!/usr/bin/env python3
"""A loopback HTTP server for tests: keeps what it is sent, answers as told.

Listens on 127.0.0.1, prints its port on one line, and ends by itself after
--idle seconds without a request, so that no test leaves it behind.  It must
never listen on anything but loopback.

    httpd.py --dir DIR [--idle 60]

DIR/requests.ndjson  {"n":1,"at":12.345,"method":"POST","path":"/hook",
                     "headers":{lower case: value},"body":"..."}; at is seconds
                     of a clock that only goes forward
DIR/answers          a line a request, in order: STATUS RETRY-AFTER BODY, where
                     RETRY-AFTER may be "-" and BODY empty; STATUS "drop" closes
                     without an answer.  Without a line left it is 200 - ok.
"""
import argparse
import http.server
import json
import os
import threading
import time


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        size = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(size).decode("utf-8", "surrogateescape")
        status, wait, text = self.server.take({
            "at": round(time.monotonic(), 3), "method": self.command,
            "path": self.path, "body": body,
            "headers": {k.lower(): v for k, v in self.headers.items()}})
        if status == "drop":
            self.close_connection = True
            return
        data = text.encode()
        self.send_response(int(status))
        if wait != "-":
            self.send_header("Retry-After", wait)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.lock = threading.Lock()
        self.seen = 0
        self.last = time.monotonic()
        os.makedirs(folder, exist_ok=True)

    def take(self, request):
        """Keep a request; the answer that it gets."""
        with self.lock:
            self.last = time.monotonic()
            self.seen += 1
            request["n"] = self.seen
            with open(os.path.join(self.folder, "requests.ndjson"), "a") as f:
                f.write(json.dumps(request) + "\n")
            try:
                with open(os.path.join(self.folder, "answers")) as f:
                    lines = f.read().splitlines()
            except FileNotFoundError:
                lines = []
            line = lines[self.seen - 1] if self.seen <= len(lines) else "200 - ok"
            return (line.split(" ", 2) + ["-", ""])[:3]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dir", required=True)
    parser.add_argument("--idle", type=float, default=60)
    args = parser.parse_args()
    server = Server(args.dir)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    while time.monotonic() - server.last < args.idle:
        time.sleep(0.2)


if __name__ == "__main__":
    main()
