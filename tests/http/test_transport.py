"""TLS, deadlines, limits of connections, and the end of the daemon."""
from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable

import httpx
import pytest
from cryptography import x509
from office import Office
from raw import Wire, exchange, replies

GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"


def test_the_certificate_is_signed_by_the_office_and_is_for_this_machine(office: Office) -> None:
    with Wire(office) as wire:
        der = wire.socket.getpeercert(binary_form=True)
        assert wire.socket.version() == "TLSv1.3"
    names = x509.load_der_x509_certificate(der).extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    ).value
    assert "localhost" in names.get_values_for_type(x509.DNSName)
    with pytest.raises(ssl.SSLCertVerificationError):  # no public authority knows it
        Wire(office, ssl.create_default_context())


def test_tls_1_2_is_served_with_forward_secrecy(office: Office) -> None:
    context = office.tls
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with Wire(office, context) as wire:
        assert wire.socket.version() == "TLSv1.2"
        assert wire.socket.cipher()[0].startswith("ECDHE-")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_tls_1_1_is_refused(office: Office) -> None:
    context = office.tls
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises((ssl.SSLError, ConnectionResetError)):
        Wire(office, context)


def test_a_cipher_without_forward_secrecy_is_refused(office: Office) -> None:
    context = office.tls
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AES128-GCM-SHA256")
    with pytest.raises((ssl.SSLError, ConnectionResetError)):
        Wire(office, context)


def test_plain_http_on_the_tls_port_gets_nothing(office: Office) -> None:
    with socket.create_connection(("127.0.0.1", office.port), timeout=20) as plain:
        plain.sendall(GET + b"\r\n")
        try:
            assert b"HTTP/" not in plain.recv(65536)
        except ConnectionResetError:
            pass


def test_a_slow_head_and_a_slow_handshake_are_cut_after_ten_seconds(office: Office) -> None:
    """Both at once, and somebody else is served meanwhile. This one test waits for real."""
    with Wire(office) as slow, socket.create_connection(("127.0.0.1", office.port)) as mute:
        mute.settimeout(20)
        began = time.monotonic()
        slow.say(GET)
        dripping = threading.Event()

        def drip() -> None:  # a byte a second does not keep the connection
            while not dripping.wait(1):
                try:
                    slow.say(b"X")
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        assert exchange(office, GET + b"Connection: close\r\n\r\n") == [200]
        try:
            assert slow.hear() == b""
            assert 8 < time.monotonic() - began < 15
            try:
                assert mute.recv(1) == b""
            except ConnectionResetError:
                pass
            assert 8 < time.monotonic() - began < 15
        finally:
            dripping.set()
            thread.join()


def test_one_address_has_a_bounded_number_of_connections(
    make_office: Callable[..., Office]
) -> None:
    office = make_office(**{"limits.connections_per_address": 5}).init().start()
    wires = [Wire(office) for _ in range(5)]
    with pytest.raises((ssl.SSLError, OSError)):
        with Wire(office) as sixth:
            assert replies(sixth.say(GET + b"Connection: close\r\n\r\n").hear())
            raise AssertionError("the sixth connection was served")
    assert wires[0].say(GET + b"Connection: close\r\n\r\n").hear().startswith(b"HTTP/1.1 200")
    for wire in wires:
        wire.socket.close()
    until = time.monotonic() + 10
    while time.monotonic() < until:  # the daemon needs a moment to notice
        try:
            assert exchange(office, GET + b"Connection: close\r\n\r\n") == [200]
            return
        except (ssl.SSLError, OSError):
            time.sleep(0.05)
    raise AssertionError("closed connections are counted for ever")


def test_every_answer_of_the_api_has_the_security_headers(office: Office) -> None:
    for path in ("session", "nowhere"):
        headers = office.nobody().get(f"/{path}").headers
        assert headers["strict-transport-security"] == "max-age=63072000"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert headers["content-security-policy"] == (
            "default-src 'none'; frame-ancestors 'none'; sandbox"
        )
        assert len(headers["x-request-id"]) == 32
        assert "access-control-allow-origin" not in headers


def test_a_refused_upload_gets_its_answer(office: Office) -> None:
    """The body is not read, and still the answer must arrive: no reset in its way."""
    head = (
        b"POST /api/v1/clients/1/documents HTTP/1.1\r\nHost: localhost\r\nX-File-Name: a.pdf\r\n"
        b"Content-Type: application/octet-stream\r\nContent-Length: 8388608\r\n\r\n"
    )
    for _ in range(3):
        with Wire(office) as wire:
            wire.say(head)
            try:
                for _ in range(128):
                    wire.say(b"\0" * 65536)
            except OSError:
                pass  # the server has stopped listening: its answer is there all the same
            assert [reply.status for reply in replies(wire.hear())] == [401]


def test_healthz_and_readyz_need_nobody(office: Office) -> None:
    for path, body in (("/healthz", "ok\n"), ("/readyz", "ready\n")):
        answer = httpx.get(office.url + path, verify=office.tls)
        assert (answer.status_code, answer.text) == (200, body)


def test_sigterm_lets_a_running_request_end(fresh_office: Office) -> None:
    office = fresh_office
    body = b'{"login_id":"nobody","password":"' + b"x" * 200 + b'"}'
    head = (
        b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body)
    )
    with Wire(office) as busy, Wire(office) as idle:
        busy.say(head + body[:10])
        assert office.process
        office.process.terminate()
        until = time.monotonic() + 10
        while time.monotonic() < until:  # new connections are refused as soon as it drains
            try:
                socket.create_connection(("127.0.0.1", office.port), timeout=1).close()
                time.sleep(0.01)
            except OSError:
                break
        assert idle.hear() == b""  # nothing was under way here
        busy.say(body[10:])
        reply = replies(busy.hear())[0]
        assert reply.status == 401
        assert reply.headers["connection"] == "close"
    assert office.process.wait(30) == 0
    office.process = None
    assert not office.socket.exists()


def test_the_console_socket_is_for_its_owner(office: Office) -> None:
    assert office.socket.stat().st_mode & 0o077 == 0
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(office.socket))
    connection.request("GET", "/api/v1/status")
    answer = connection.getresponse()
    assert answer.status == 200
    answer.read()
    connection.close()
