"""The server's own certificate: new connections are shown a new one at once, without a restart."""
from __future__ import annotations

import datetime
import ssl
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from device import Connection
from office import Office, faketime
from person import Person

DAY = datetime.timedelta(days=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path, **{"listen.hosts": ["kura.example"]}).init().start()
    yield made
    made.close()


@pytest.fixture
def admin(office: Office) -> Person:
    return office.set_up()


class Elsewhere:
    """An authority that is not the office's."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Elsewhere")])
        self.certificate = self.sign(self.name, self.key.public_key(), ca=True)

    def sign(
        self, subject: x509.Name, key: object, names: x509.SubjectAlternativeName | None = None,
        ca: bool = False,
    ) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        builder = (
            x509.CertificateBuilder().subject_name(subject).issuer_name(self.name)
            .public_key(key).serial_number(x509.random_serial_number())
            .not_valid_before(now - DAY).not_valid_after(now + 90 * DAY)
            .add_extension(x509.BasicConstraints(ca, None), critical=True)
        )
        if names:
            builder = builder.add_extension(names, critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def pem(self, *certificates: x509.Certificate) -> str:
        return "".join(one.public_bytes(Encoding.PEM).decode() for one in certificates)

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cadata=self.pem(self.certificate))


def shown(office: Office) -> str:
    """The SHA-256 of what a new connection gets to see."""
    der = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(("localhost", office.port)))
    digest = hashes.Hash(hashes.SHA256())
    digest.update(der)
    return digest.finalize().hex()


def test_renewing_is_seen_by_new_connections_while_open_ones_go_on(
    office: Office, admin: Person
) -> None:
    before = admin.get("/server-certificate").must()
    assert before["self_made"] and before["fingerprint"] == shown(office)
    line = Connection(office, office.tls)
    assert line.get("/healthz")[0] == 200
    after = admin.post("/server-certificate/renew").must()
    assert after["fingerprint"] == shown(office) != before["fingerprint"]
    assert line.get("/healthz")[0] == 200
    assert Connection(office, office.tls).get("/healthz")[0] == 200  # the same root
    office.restart()
    assert after["fingerprint"] == shown(office)


def test_the_answer_to_a_request_goes_into_service(office: Office, admin: Person) -> None:
    wanted = ["kura.example", "localhost"]
    waiting = admin.post("/server-certificate/request", {"names": wanted}).must()["request"]
    csr = x509.load_pem_x509_csr(waiting["pem"].encode())
    assert csr.is_signature_valid
    names = csr.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == wanted
    elsewhere = Elsewhere()
    signed = elsewhere.sign(csr.subject, csr.public_key(), names)
    chain = elsewhere.pem(elsewhere.certificate, signed)  # in the wrong order
    after = admin.put("/server-certificate", {"chain": chain}).must()
    assert (after["self_made"], after["request"], after["names_missing"]) == (False, None, [])
    assert Connection(office, elsewhere.trust).get("/healthz")[0] == 200
    with pytest.raises(ssl.SSLError):
        Connection(office, office.tls)  # no longer the office's own
    console = office.console()
    assert console.post("/server-certificate/renew").must()["self_made"]
    assert Connection(office, office.tls).get("/healthz")[0] == 200


def test_key_and_chain_or_one_file_are_taken_and_what_is_wrong_changes_nothing(
    office: Office, admin: Person
) -> None:
    elsewhere = Elsewhere()
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    own = elsewhere.sign(subject, key.public_key(), names)
    before = shown(office)
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    ).decode()
    put = admin.put("/server-certificate", {"chain": elsewhere.pem(own), "key": other})
    assert (put.status, put.faults) == (422, {"key": "key_mismatch"})
    assert shown(office) == before
    packed = pkcs12.serialize_key_and_certificates(
        b"x", key, own, [elsewhere.certificate], BestAvailableEncryption(b"pass")
    )
    body = {"pkcs12": urlsafe_b64encode(packed).decode().rstrip("=")}
    put = admin.put("/server-certificate", {**body, "passphrase": "wrong"})
    assert put.faults == {"passphrase": "passphrase_wrong"}
    after = admin.put("/server-certificate", {**body, "passphrase": "pass"}).must()
    assert after["names_missing"] == ["kura.example"]  # a warning, no refusal
    assert Connection(office, elsewhere.trust).get("/healthz")[0] == 200
    assert b"PRIVATE KEY" not in (office.data / "office.db").read_bytes()


def test_what_expires_stands_on_the_first_screen_and_in_the_log(tmp_path: Path) -> None:
    office = Office(tmp_path, **{"password.days_administrator": 0}).init().start()
    office.set_up()
    office.stop()
    (office.root_key.parent / "ca.key").unlink()  # so that nothing renews itself
    office.start(environment=faketime("+790d"))
    try:
        tasks = office.sign_in().get("/home").must()["tasks"]
        told = [task for task in tasks if task["code"] == "server_certificate_expires"]
        assert [(task["count"], task["urgent"]) for task in told] == [(30, False)]
        until = 100
        while "certificate_expires" not in office.said() and (until := until - 1):
            office.console().get("/status").must()
        assert 'kind="server_certificate"' in office.said()
    finally:
        office.close()
