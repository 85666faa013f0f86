"""Bytes on a TLS connection, for what no well-behaved client would send."""
from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass

from office import Office

WAITS = 20.0  # longer than every deadline that is waited for


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """One connection. `say` sends, `hear` returns everything until the server closes."""

    def __init__(self, office: Office, context: ssl.SSLContext | None = None):
        plain = socket.create_connection(("127.0.0.1", office.port), timeout=WAITS)
        self.socket = (context or office.tls).wrap_socket(plain, server_hostname="localhost")

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def say(self, data: bytes) -> Wire:
        self.socket.sendall(data)
        return self

    def hear(self) -> bytes:
        heard = b""
        try:
            while piece := self.socket.recv(65536):
                heard += piece
        except (ssl.SSLEOFError, ConnectionResetError):
            pass
        return heard

    def hear_one(self) -> Reply:
        """One answer of a connection that stays open."""
        heard = b""
        while b"\r\n\r\n" not in heard:
            heard += self._more()
        head, _, body = heard.partition(b"\r\n\r\n")
        size = int(headers_of(head).get("content-length", "0"))
        while len(body) < size:
            body += self._more()
        return replies(head + b"\r\n\r\n" + body)[0]

    def _more(self) -> bytes:
        piece = self.socket.recv(65536)
        assert piece, "the connection was closed before the answer was whole"
        return piece


def headers_of(head: bytes) -> dict[str, str]:
    fields = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
    return {name.lower(): value.strip() for name, _, value in fields}


def replies(heard: bytes) -> list[Reply]:
    """The answers in what was heard, each by its Content-Length."""
    found = []
    while heard:
        head, _, rest = heard.partition(b"\r\n\r\n")
        headers = headers_of(head)
        status = int(head.split(b" ", 2)[1])
        size = int(headers.get("content-length", "0")) if status != 100 else 0
        found.append(Reply(status, headers, rest[:size]))
        heard = rest[size:]
    return found


def exchange(office: Office, data: bytes) -> list[int]:
    """The statuses that this input gets, until the server closes."""
    with Wire(office) as wire:
        return [reply.status for reply in replies(wire.say(data).hear())]
