"""The strict guard, on the wire: nothing that two programs could read in two ways is carried out or
answered twice. Each input is sent whole, with a second request behind it that must not be seen."""
from __future__ import annotations

import pytest
from office import Office
from raw import Wire, exchange, replies

HOST = b"Host: localhost\r\n"
CANARY = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
JSON = b"Content-Type: application/json\r\n"
POST = b"POST /api/v1/session HTTP/1.1\r\n" + HOST + JSON
CHUNKED = b"Transfer-Encoding: chunked\r\n"
WHOLE = b"2\r\n{}\r\n0\r\n\r\n"
LONG = b"a" * 3000

REFUSED = {
    # the request line
    "no version": (b"GET /\r\n" + HOST + b"\r\n", 400),
    "version 2.0": (b"GET / HTTP/2.0\r\n" + HOST + b"\r\n", 505),
    "version 1.2": (b"GET / HTTP/1.2\r\n" + HOST + b"\r\n", 505),
    "lower-case version": (b"GET / http/1.1\r\n" + HOST + b"\r\n", 505),
    "two blanks": (b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "blank in the target": (b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "leading empty line": (b"\r\nGET / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "unknown method": (b"BREW / HTTP/1.1\r\n" + HOST + b"\r\n", 501),
    "lower-case method": (b"get / HTTP/1.1\r\n" + HOST + b"\r\n", 501),
    "TRACE": (b"TRACE / HTTP/1.1\r\n" + HOST + b"\r\n", 501),
    "CONNECT": (b"CONNECT localhost:443 HTTP/1.1\r\n" + HOST + b"\r\n", 501),
    "OPTIONS": (b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", 501),
    "method with a mark": (b"G(T / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "absolute target": (b"GET https://localhost/ HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "fragment": (b"GET /#a HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "raw UTF-8 target": (b"GET /\xe8\x94\xb5 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "climbing path": (b"GET /../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "encoded climbing": (b"GET /%2e%2e/etc HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "encoded slash": (b"GET /a%2fb HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "encoded NUL": (b"GET /a%00 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "long target": (b"GET /" + LONG + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    # Host
    "no Host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "two Hosts": (b"GET / HTTP/1.1\r\n" + HOST * 2 + b"\r\n", 400),
    "foreign Host": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
    "empty Host": (b"GET / HTTP/1.1\r\nHost:\r\n\r\n", 421),
    "Host list": (b"GET / HTTP/1.1\r\nHost: localhost, evil.example\r\n\r\n", 421),
    # fields
    "obs-fold": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: 1\r\n 2\r\n\r\n", 400),
    "obs-fold before TE": (POST + b"X-A:\r\n " + CHUNKED + b"\r\n" + WHOLE, 400),
    "blank before the colon": (b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400),
    "no colon": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A\r\n\r\n", 400),
    "empty name": (b"GET / HTTP/1.1\r\n" + HOST + b": a\r\n\r\n", 400),
    "bare LF": (b"GET / HTTP/1.1\n" + HOST + b"\r\n", 400),
    "bare LF in fields": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: 1\nX-B: 2\r\n\r\n", 400),
    "bare CR in fields": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: 1\rX-B: 2\r\n\r\n", 400),
    "NUL in a value": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: 1\x002\r\n\r\n", 400),
    "NUL in a name": (b"GET / HTTP/1.1\r\n" + HOST + b"X\x00A: 1\r\n\r\n", 400),
    "escape in a value": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: \x1b[2J\r\n\r\n", 400),
    "Upgrade": (b"GET / HTTP/1.1\r\n" + HOST + b"Upgrade: h2c\r\n\r\n", 400),
    "65 fields": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: 1\r\n" * 64 + b"\r\n", 431),
    "head over 8 KiB": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: " + b"a" * 9000 + b"\r\n\r\n", 431),
    # framing
    "CL and TE": (POST + b"Content-Length: 6\r\n" + CHUNKED + b"\r\n" + WHOLE, 400),
    "TE and CL": (POST + CHUNKED + b"Content-Length: 6\r\n\r\n" + WHOLE, 400),
    "two CL": (POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400),
    "two different CL": (POST + b"Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}", 400),
    "CL list": (POST + b"Content-Length: 2, 2\r\n\r\n{}", 400),
    "signed CL": (POST + b"Content-Length: +2\r\n\r\n{}", 400),
    "negative CL": (POST + b"Content-Length: -2\r\n\r\n{}", 400),
    "hexadecimal CL": (POST + b"Content-Length: 0x2\r\n\r\n{}", 400),
    "blank in CL": (POST + b"Content-Length: 1 2\r\n\r\n{}", 400),
    "empty CL": (POST + b"Content-Length:\r\n\r\n{}", 400),
    "endless CL": (POST + b"Content-Length: 18446744073709551618\r\n\r\n{}", 400),
    "TE gzip": (POST + b"Transfer-Encoding: gzip\r\n\r\n{}", 400),
    "TE gzip, chunked": (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + WHOLE, 400),
    "TE chunked, chunked": (POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n" + WHOLE, 400),
    "two TE": (POST + CHUNKED * 2 + b"\r\n" + WHOLE, 400),
    "TE identity": (POST + b"Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}", 400),
    "TE xchunked": (POST + b"Transfer-Encoding: xchunked\r\n\r\n" + WHOLE, 400),
    "TE with a tab": (POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n" + WHOLE, 400),
    "TE on HTTP/1.0": (b"POST /api/v1/session HTTP/1.0\r\n" + HOST + JSON + CHUNKED + b"\r\n"
                       + WHOLE, 400),
    "Trailer": (POST + CHUNKED + b"Trailer: Host\r\n\r\n" + WHOLE, 400),
    "Expect something": (POST + b"Content-Length: 2\r\nExpect: 200-ok\r\n\r\n{}", 417),
    "gzip body": (POST + b"Content-Length: 2\r\nContent-Encoding: gzip\r\n\r\n{}", 415),
    "body over the limit": (POST + b"Content-Length: 1048577\r\n\r\n{}", 413),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_ambiguous_request_is_refused_once_and_ends_the_connection(
    office: Office, name: str
) -> None:
    data, status = REFUSED[name]
    assert exchange(office, data + CANARY) == [status]


BAD_CHUNKS = {
    "size of letters": b"zz\r\n{}\r\n0\r\n\r\n",
    "negative size": b"-2\r\n{}\r\n0\r\n\r\n",
    "size that wraps": b"10000000000000002\r\n{}\r\n0\r\n\r\n",
    "blank before size": b" 2\r\n{}\r\n0\r\n\r\n",
    "0x size": b"0x2\r\n{}\r\n0\r\n\r\n",
    "bare LF after size": b"2\n{}\r\n0\r\n\r\n",
    "data longer than size": b"2\r\n{}}\r\n0\r\n\r\n",
    "no CRLF after data": b"2\r\n{}0\r\n\r\n",
    "endless extension": b"2;" + b"a" * 100_000 + b"\r\n{}\r\n0\r\n\r\n",
    "endless trailer": b"2\r\n{}\r\n0\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
}


@pytest.mark.parametrize("name", BAD_CHUNKS)
def test_a_damaged_chunk_is_never_followed_by_a_second_answer(office: Office, name: str) -> None:
    statuses = exchange(office, POST + CHUNKED + b"\r\n" + BAD_CHUNKS[name] + CANARY)
    assert len(statuses) <= 1 and not set(statuses) & {200, 422}, statuses


def test_a_chunked_body_over_the_limit_is_refused(office: Office) -> None:
    piece = b"10000\r\n" + b" " * 65536 + b"\r\n"
    assert exchange(office, POST + CHUNKED + b"\r\n" + piece * 17 + b"0\r\n\r\n") == [413]


def test_a_body_where_none_belongs_is_refused(office: Office) -> None:
    get = b"GET /healthz HTTP/1.1\r\n" + HOST
    assert exchange(office, get + b"Content-Length: 2\r\n\r\n{}" + CANARY) == [413]
    assert exchange(office, get + CHUNKED + b"\r\n" + WHOLE + CANARY) == [413]


def test_requests_in_a_row_are_answered_in_their_order(office: Office) -> None:
    row = b"".join(
        b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"\r\n"
        for path in (b"/healthz", b"/api/v1/session", b"/readyz")
    )
    assert exchange(office, row + CANARY) == [200, 401, 200, 200]


def test_a_request_in_single_bytes_is_one_request(office: Office) -> None:
    with Wire(office) as wire:
        for byte in CANARY:
            wire.say(bytes([byte]))
        assert [reply.status for reply in replies(wire.hear())] == [200]


def test_a_body_with_chunks_is_read(office: Office) -> None:
    body = b'{"login_id":"nobody","password":"wrong"}'
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (body[:7], body[7:])) + b"0\r\n\r\n"
    assert exchange(office, POST + CHUNKED + b"\r\n" + chunks + CANARY) == [401, 200]


def test_the_body_is_asked_for_with_100_continue_only_when_it_is_wanted(office: Office) -> None:
    expects = b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    with Wire(office) as wire:
        assert wire.say(POST + expects).hear_one().status == 100
        wire.say(b"{}")
        assert wire.hear_one().status == 422
    with Wire(office) as wire:  # nobody is signed in: refused before a byte of the body
        wire.say(b"POST /api/v1/clients HTTP/1.1\r\n" + HOST + JSON + expects)
        assert wire.hear_one().status == 401


def test_http_1_0_is_answered_and_closed(office: Office) -> None:
    assert exchange(office, b"GET /healthz HTTP/1.0\r\n" + HOST + b"\r\n" + CANARY) == [200]


def test_head_has_the_headers_of_get_and_no_body(office: Office) -> None:
    heads = []
    for verb, body in ((b"GET", b"ok\n"), (b"HEAD", b"")):
        with Wire(office) as wire:
            data = verb + b" /healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
            head, _, got = wire.say(data).hear().partition(b"\r\n\r\n")
            assert got == body
            heads.append([line for line in head.split(b"\r\n") if b"X-Request-Id" not in line])
    assert heads[0] == heads[1]
    assert b"Content-Length: 3" in heads[1]
