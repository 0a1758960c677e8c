#!/usr/bin/env python3
"""A loopback HTTP server for tests: keeps each request byte by byte, answers
what it is told.

Listens on 127.0.0.1, prints its port on one line, and ends by itself after
--idle seconds without a request, so that no test leaves it behind.  It must
never listen on anything but loopback.

    wired.py --dir DIR [--idle 60]

DIR/N.request   the N-th request, from 1, as it came: head, empty line, body
DIR/N.answer    what it is answered, read when it comes; else DIR/answer

An answer is "STATUS" on its first line, "Header: value" lines, an empty line
and the body, as a test writes it with LF; Content-Length is added.  The word
"drop" alone closes the connection without an answer.
"""
import argparse
import os
import socket


def answer_of(directory, n):
    for name in (f"{n}.answer", "answer"):
        path = os.path.join(directory, name)
        if os.path.exists(path):
            with open(path, "rb") as file:
                return file.read()
    return b"200\n\n"


def read_request(peer):
    data = b""
    while b"\r\n\r\n" not in data:
        block = peer.recv(65536)
        if not block:
            return data
        data += block
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        block = peer.recv(65536)
        if not block:
            break
        body += block
    return head + b"\r\n\r\n" + body


def reply(peer, answer):
    if answer.strip() == b"drop":
        return
    head, _, body = answer.partition(b"\n\n")
    body = body.rstrip(b"\n")
    lines = head.strip().split(b"\n")
    lines[0] = b"HTTP/1.1 " + lines[0] + b" Said"
    lines += [b"Content-Length: %d" % len(body), b"Connection: close"]
    peer.sendall(b"\r\n".join(lines) + b"\r\n\r\n" + body)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dir", required=True)
    parser.add_argument("--idle", type=float, default=60)
    args = parser.parse_args()
    os.makedirs(args.dir, exist_ok=True)
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(args.idle)
    print(server.getsockname()[1], flush=True)
    n = 0
    while True:
        try:
            peer, _ = server.accept()
        except socket.timeout:
            return
        with peer:
            peer.settimeout(10)
            request = read_request(peer)
            if not request:
                continue
            n += 1
            with open(os.path.join(args.dir, f"{n}.request"), "wb") as file:
                file.write(request)
            reply(peer, answer_of(args.dir, n))


if __name__ == "__main__":
    main()
