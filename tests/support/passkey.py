"""パスキー: an authenticator in software, and the browser around it, for tests without a browser.
Every part that a thief or a broken device could get wrong can be given wrongly."""
from __future__ import annotations

import base64
import hashlib
import json
import os
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from office import PASSWORD, Office
from person import Answer, Person

ES256, EDDSA, RS256 = -7, -8, -257
PRESENT, VERIFIED, BACKED_UP, HAS_CREDENTIAL = 0x01, 0x04, 0x18, 0x40


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(data: str) -> bytes:
    return base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))


def cbor(value: Any) -> bytes:
    """As much of RFC 8949 as an authenticator writes."""
    def head(kind: int, number: int) -> bytes:
        if number < 24:
            return bytes([kind << 5 | number])
        for size, (end, form) in enumerate(((1 << 8, ">BB"), (1 << 16, ">BH"), (1 << 32, ">BI"))):
            if number < end:
                return struct.pack(form, kind << 5 | 24 + size, number)
        raise ValueError(number)
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    return head(5, len(value)) + b"".join(cbor(k) + cbor(v) for k, v in value.items())


@dataclass
class Passkey:
    """One credential. `origin` is the page's, as the browser would say it."""

    origin: str
    algorithm: int = ES256
    counter: int = 0
    counts: bool = True  # whether each use counts up
    flags: int = PRESENT | VERIFIED
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    user_handle: bytes = b""
    key: Any = None

    def __post_init__(self) -> None:
        if self.key is None:
            self.key = {
                ES256: lambda: ec.generate_private_key(ec.SECP256R1()),
                EDDSA: ed25519.Ed25519PrivateKey.generate,
                RS256: lambda: rsa.generate_private_key(65537, 2048),
            }[self.algorithm]()

    def cose(self) -> bytes:
        public = self.key.public_key()
        if self.algorithm == EDDSA:
            point = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
            return cbor({1: 1, 3: EDDSA, -1: 6, -2: point})
        numbers = public.public_numbers()
        if self.algorithm == RS256:
            return cbor({1: 3, 3: RS256, -1: numbers.n.to_bytes(256, "big"),
                         -2: numbers.e.to_bytes(3, "big")})
        return cbor({1: 2, 3: ES256, -1: 1, -2: numbers.x.to_bytes(32, "big"),
                     -3: numbers.y.to_bytes(32, "big")})

    def sign(self, data: bytes) -> bytes:
        if self.algorithm == EDDSA:
            return self.key.sign(data)
        if self.algorithm == RS256:
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))

    def client_data(self, kind: str, asked: str, other: dict[str, Any]) -> bytes:
        said = {"type": f"webauthn.{kind}", "challenge": asked, "origin": self.origin,
                "crossOrigin": False, **other}
        return json.dumps({k: v for k, v in said.items() if v is not None}).encode()

    def authenticator_data(self, rp_id: str, flags: int | None = None) -> bytes:
        given = self.flags if flags is None else flags
        return hashlib.sha256(rp_id.encode()).digest() + struct.pack(">BI", given, self.counter)

    def made(
        self, options: dict[str, Any], name: str = "試験", *, rp_id: str | None = None,
        self_attested: bool = False, **other: Any,
    ) -> dict[str, Any]:
        """The answer to CreationOptions."""
        self.user_handle = raw(options["user_handle"])
        client_data = self.client_data("create", options["challenge"], other)
        data = self.authenticator_data(rp_id or options["rp_id"], self.flags | HAS_CREDENTIAL)
        data += bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id
        data += self.cose()
        statement: dict[str, Any] = {}
        if self_attested:
            signed = self.sign(data + hashlib.sha256(client_data).digest())
            statement = {"alg": self.algorithm, "sig": signed}
        attestation = cbor({"fmt": "packed" if self_attested else "none", "attStmt": statement,
                            "authData": data})
        return {"name": name, "client_data": text(client_data), "attestation": text(attestation),
                "transports": ["internal", "no-such-thing"]}

    def given(
        self, options: dict[str, Any], *, rp_id: str | None = None, handle: bytes | None = None,
        **other: Any,
    ) -> dict[str, Any]:
        """The answer to RequestOptions."""
        if self.counts:
            self.counter += 1
        client_data = self.client_data("get", options["challenge"], other)
        data = self.authenticator_data(rp_id or options["rp_id"])
        signature = self.sign(data + hashlib.sha256(client_data).digest())
        return {"id": text(self.credential_id), "client_data": text(client_data),
                "authenticator_data": text(data), "signature": text(signature),
                "user_handle": text(self.user_handle if handle is None else handle)}


def register(person: Person, passkey: Passkey, name: str = "試験") -> list[str]:
    """One more passkey in an open session; recovery codes when it is the first factor."""
    options = person.post("/own/passkeys/options").must()
    return person.post("/own/passkeys", passkey.made(options, name)).must()["codes"]


def enrol(person: Person, passkey: Passkey) -> list[str]:
    """The first factor of somebody who must have one."""
    options = person.post("/session/enrol/passkey/options").must()
    answer = person.post("/session/enrol/passkey", passkey.made(options)).must()
    person.view = answer["session"]
    return answer["codes"]


def enter(person: Person, passkey: Passkey, **wrongly: Any) -> Any:
    """Signs in with it, and with nothing else."""
    options = person.post("/session/passkey/options").must()
    answer = person.post("/session/passkey", passkey.given(options, **wrongly))
    if answer.status == 200:
        person.view = answer.json
    return answer


def refused_at_the_door(answer: Answer) -> str:
    """The same answer for everything that is wrong: only the request's id differs."""
    answer.refused(401, "passkey_wrong")
    return json.dumps({key: value for key, value in answer.json.items() if key != "request_id"})


def by_password(office: Office, login_id: str) -> Person:
    return office.nobody().enter("/session", {"login_id": login_id, "password": PASSWORD})


def somebody(office: Office, admin: Person, **wanted: Any) -> tuple[Person, Passkey]:
    """A 担当者 with a passkey."""
    person, passkey = office.add_staff(admin), Passkey(office.url, **wanted)
    assert len(register(person, passkey)) == 10
    return person, passkey
