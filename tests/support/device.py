"""A device with a certificate of the office: what an administrator hands over, put to use."""
from __future__ import annotations

import socket
import ssl
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from office import Office
from person import Person


class Device:
    def __init__(self, office: Office, admin: Person, login_id: str, name: str = "受付ノート"):
        self.office = office
        issued = admin.post("/devices", {"login_id": login_id, "device": name}).must(201)
        self.row: dict[str, Any] = issued["certificate"]
        self.passphrase: str = issued["passphrase"]
        self.download_id: int = issued["download_id"]
        self.file: bytes = admin.get(f"/devices/downloads/{self.download_id}").content
        self.pem = pem_of(self.file, self.passphrase, office.folder, self.row["id"])

    @property
    def tls(self) -> ssl.SSLContext:
        context = self.office.tls
        context.load_cert_chain(self.pem)
        return context

    def browser(self) -> Person:
        """Nobody is signed in yet."""
        person = Person(
            httpx.Client(verify=self.tls, base_url=f"{self.office.url}/api/v1", timeout=30)
        )
        self.office._people.append(person)
        return person

    def revoke(self, admin: Person, reason: str = "lost") -> None:
        admin.post(f"/devices/{self.row['id']}/revoke", {"reason": reason}).must()


def pem_of(file: bytes, passphrase: str, folder: Path, name: object) -> Path:
    key, certificate, others = pkcs12.load_key_and_certificates(file, passphrase.encode())
    assert key and certificate and not others
    path = folder / f"device-{name}.pem"
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    return path


class Connection:
    """One TLS connection, by hand: what it resumed from, and what each request on it gets."""

    def __init__(
        self, office: Office, context: ssl.SSLContext, session: ssl.SSLSession | None = None
    ):
        self.port = office.port
        raw = socket.create_connection(("127.0.0.1", office.port), timeout=10)
        try:
            self.tls = context.wrap_socket(raw, server_hostname="localhost", session=session)
        except ssl.SSLError:
            raw.close()
            raise

    def __del__(self) -> None:
        if hasattr(self, "tls"):
            self.tls.close()

    @property
    def resumed(self) -> bool:
        return bool(self.tls.session_reused)

    @property
    def session(self) -> ssl.SSLSession | None:
        return self.tls.session  # complete once something was read (TLS 1.3)

    def get(self, path: str, cookie: str = "") -> tuple[int, str]:
        request = f"GET {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: {cookie}\r\n\r\n"
        self.tls.sendall(request.encode())
        seen = b""
        while b"\r\n\r\n" not in seen:
            seen += self.tls.recv(65536)
        head, _, body = seen.partition(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1]) for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        )
        while len(body) < length:
            body += self.tls.recv(65536)
        return int(head.split()[1]), body.decode()
