"""Certificates of devices over real TLS: who comes in with which, how fast a revocation holds."""
from __future__ import annotations

import os
import pty
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from device import Connection, Device, pem_of
from office import BINARY, PASSWORD, Office
from person import Person

OFF = {"administrator": "off", "staff": "off", "client": "off", "employee": "off"}
SIGN_IN = {"login_id": "admin", "password": PASSWORD}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path).init().start()
    yield made
    made.close()


@pytest.fixture
def admin(office: Office) -> Person:
    return office.set_up()


def need(who: Person, **classes: str) -> None:
    policy = who.get("/devices/policy").must()
    version = policy.pop("version")
    who.put("/devices/policy", {**policy, **classes}, if_match=version).must()


def signed_in(device: Device, login_id: str) -> Person:
    return device.browser().enter("/session", {"login_id": login_id, "password": PASSWORD})


def cookie_of(person: Person) -> str:
    return "; ".join(f"{name}={value}" for name, value in person.http.cookies.items())


def test_required_lets_in_with_the_certificate_only(office: Office, admin: Person) -> None:
    staff = office.add_staff(admin)
    login_id = staff.view["login_id"]
    device = Device(office, admin, login_id)
    need(admin, staff="required")
    staff.get("/home").refused(403, "device_certificate_needed")  # the running session, at once
    wanted = {"login_id": login_id, "password": PASSWORD}
    office.nobody().post("/session", wanted).refused(403, "device_certificate_needed")
    person = signed_in(device, login_id)
    person.get("/home").must()
    own = person.get("/own/devices").must()
    assert (own["need"], own["this_one"]) == ("required", device.row["id"])
    assert own["certificates"][0]["last_used_at"]
    newest = person.get("/own/sign-ins").must()["sign_ins"][0]
    assert (newest["outcome"], newest["certificate"]) == ("ok", device.row["serial"])
    admin.get("/home").must()  # of another class


def test_a_certificate_is_good_for_its_own_person_only(office: Office, admin: Person) -> None:
    one, other = office.add_staff(admin), office.add_staff(admin)
    device = Device(office, admin, one.view["login_id"])
    browser = device.browser()
    wanted = {"login_id": other.view["login_id"], "password": PASSWORD}
    browser.post("/session", wanted).refused(403, "device_certificate_foreign")
    browser.post("/session", {**wanted, "login_id": one.view["login_id"]}).must()


def test_sign_in_without_a_certificate_says_the_same_for_right_and_wrong(
    office: Office, admin: Person
) -> None:
    staff = office.add_staff(admin)
    need(admin, staff="required")

    def said(**wanted: str) -> tuple[int, dict[str, object]]:
        answer = office.nobody().post("/session", {**SIGN_IN, **wanted})
        return answer.status, {**answer.json, "request_id": ""}

    right = said(login_id=staff.view["login_id"])
    assert right[0] == 403
    assert right == said(login_id=staff.view["login_id"], password="wrong wrong wrong")
    assert right == said(login_id="nobody-at-all")
    assert right == said(password="wrong wrong wrong")  # an administrator, who needs none


def test_a_revocation_holds_on_the_connection_that_is_open(office: Office, admin: Person) -> None:
    staff = office.add_staff(admin)
    device = Device(office, admin, staff.view["login_id"])
    person = signed_in(device, staff.view["login_id"])
    line = Connection(office, device.tls)
    assert line.get("/api/v1/home", cookie_of(person))[0] == 200
    device.revoke(admin)
    status, body = line.get("/api/v1/home", cookie_of(person))
    assert status == 403 and "device_certificate_revoked" in body
    person.get("/home").refused(403, "device_certificate_revoked")
    browser = device.browser()
    wanted = {"login_id": staff.view["login_id"], "password": PASSWORD}
    browser.post("/session", wanted).refused(403, "device_certificate_revoked")
    browser.post("/session", {**wanted, "password": "wrong wrong wrong"}).refused(
        403, "device_certificate_revoked"
    )


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_resumed_session_carries_the_certificate_and_no_old_verdict(
    office: Office, admin: Person, version: ssl.TLSVersion
) -> None:
    staff = office.add_staff(admin)
    device = Device(office, admin, staff.view["login_id"])
    need(admin, staff="required")
    cookie = cookie_of(signed_in(device, staff.view["login_id"]))
    context = device.tls
    context.maximum_version = version
    first = Connection(office, context)
    assert first.get("/api/v1/home", cookie)[0] == 200
    again = Connection(office, context, first.session)
    assert again.resumed
    assert again.get("/api/v1/home", cookie)[0] == 200  # known without a new handshake
    device.revoke(admin)
    third = Connection(office, context, again.session)
    assert third.resumed
    status, body = third.get("/api/v1/home", cookie)
    assert status == 403 and "device_certificate_revoked" in body


def test_a_session_from_before_anything_was_asked_is_not_resumed(
    office: Office, admin: Person
) -> None:
    context = office.tls
    before = Connection(office, context)
    assert before.get("/healthz")[0] == 200
    assert Connection(office, context, before.session).resumed
    Device(office, admin, "admin")  # makes the authority: from now on browsers are asked
    assert not Connection(office, context, before.session).resumed


def test_a_certificate_of_somebody_else_s_authority_is_none(
    office: Office, admin: Person, tmp_path: Path
) -> None:
    Device(office, admin, "admin")
    theirs = Office(tmp_path / "theirs").init().start()
    try:
        stranger = Device(theirs, theirs.set_up(), "admin")
    finally:
        theirs.close()
    context = office.tls
    context.load_cert_chain(stranger.pem)
    line = Connection(office, context)
    assert line.get("/api/v1/home", cookie_of(admin))[0] == 200  # optional: as without one
    with pytest.raises(AssertionError):  # nobody may lock themselves out with it
        need(admin, administrator="required")


def test_who_is_disabled_loses_the_certificates(office: Office, admin: Person) -> None:
    staff = office.add_staff(admin)
    device = Device(office, admin, staff.view["login_id"])
    person = signed_in(device, staff.view["login_id"])
    admin.post(f"/accounts/{staff.view['account_id']}/disable").must()
    person.get("/home").refused(401, "sign_in_needed")
    rows = admin.get("/devices").must()["certificates"]
    assert [row["revoke_reason"] for row in rows] == ["account_disabled"]
    admin.post("/devices", {"login_id": staff.view["login_id"], "device": "x"}).refused(
        409, "account_disabled"
    )


def test_nobody_locks_themselves_out_but_the_console_may(office: Office, admin: Person) -> None:
    policy = {**OFF, "administrator": "required"}
    admin.put("/devices/policy", policy, if_match=1).refused(409, "device_policy_locks_out")
    device = Device(office, admin, "admin")
    holder = signed_in(device, "admin")
    holder.put("/devices/policy", policy, if_match=1).must()
    admin.get("/home").refused(403, "device_certificate_needed")
    revoke = f"/devices/{device.row['id']}/revoke"
    holder.post(revoke, {"reason": "lost"}).refused(409, "device_certificate_in_use")
    console = office.console()
    console.post(revoke, {"reason": "lost"}).must()
    holder.get("/home").refused(403, "device_certificate_revoked")
    assert "administrator off" in office.cli("ca", "policy", "administrator", "off").stdout
    admin.get("/home").must()


def test_the_file_comes_once_and_opens_in_openssl(
    office: Office, admin: Person, tmp_path: Path
) -> None:
    device = Device(office, admin, "admin")
    admin.get(f"/devices/downloads/{device.download_id}").refused(404, "not_found")
    file = tmp_path / "device.p12"
    file.write_bytes(device.file)
    command = ["openssl", "pkcs12", "-in", str(file), "-info", "-nodes", "-passin", "env:PASS"]
    good = subprocess.run(
        command, capture_output=True, env={**os.environ, "PASS": device.passphrase}
    )
    assert good.returncode == 0, good.stderr
    assert b"PBES2, PBKDF2, AES-256-CBC" in good.stderr
    assert b"MAC: sha256" in good.stderr
    assert good.stdout.count(b"BEGIN CERTIFICATE") == 1
    bad = subprocess.run(command, capture_output=True, env={**os.environ, "PASS": "wrong"})
    assert bad.returncode != 0


def test_another_administrator_cannot_fetch_the_file(office: Office, admin: Person) -> None:
    other = office.add_staff(admin, roles=["administrator"])
    issued = admin.post("/devices", {"login_id": "admin", "device": "x"}).must(201)
    path = f"/devices/downloads/{issued['download_id']}"
    other.get(path).refused(404, "not_found")
    assert admin.get(path).status == 200


def test_what_is_secret_is_in_no_file_and_no_log(office: Office, admin: Person) -> None:
    device = Device(office, admin, "admin")
    office.stop()
    files = [file for file in office.data.rglob("*") if file.is_file()]
    for file in [*files, office.log]:
        content = file.read_bytes()
        assert device.passphrase.encode() not in content, file
        assert b"PRIVATE KEY" not in content, file


def test_staff_may_neither_see_nor_issue(office: Office, admin: Person) -> None:
    staff = office.add_staff(admin)
    staff.get("/devices").refused(403, "not_permitted")
    staff.post("/devices", {"login_id": "admin", "device": "x"}).refused(403, "not_permitted")
    staff.get("/server-certificate").refused(403, "not_permitted")


def issue_at_a_terminal(office: Office, file: Path, login_id: str = "admin") -> str:
    """`kuramori ca issue` prints the passphrase to a terminal, and to nothing else."""
    ours, theirs = pty.openpty()
    command = [BINARY, "ca", "issue", "--user", login_id, "--device", "受付", "--out", file,
               "--config", office.config]
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, timeout=60)
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 65536):
            said += piece
    except OSError:  # the other end is closed: all is read
        pass
    os.close(ours)
    assert done.returncode == 0, done.stderr.decode()
    line = next(line for line in said.decode().splitlines() if "合言葉  " in line)
    return line.split()[-1]


@pytest.mark.parametrize("running", [True, False])
def test_the_console_issues_and_revokes(office: Office, admin: Person, running: bool) -> None:
    if not running:
        office.stop()
    refused = office.cli("ca", "issue", "--user", "admin", "--device", "x", "--out",
                         office.folder / "a.p12", check=False)
    assert refused.returncode == 2 and "端末にだけ" in refused.stderr
    assert not (office.folder / "a.p12").exists()
    office.cli("ca", "init")
    assert office.cli("ca", "init", check=False).returncode == 2  # there is one
    file = office.folder / "b.p12"
    passphrase = issue_at_a_terminal(office, file)
    assert file.stat().st_mode & 0o777 == 0o600
    pem = pem_of(file.read_bytes(), passphrase, office.folder, "console")
    if not running:
        office.start()
        admin = office.sign_in()
    context = office.tls
    context.load_cert_chain(pem)
    cookie = cookie_of(admin)
    line = Connection(office, context)
    assert line.get("/api/v1/own/devices", cookie)[0] == 200
    serial = office.cli("ca", "list").stdout.split()[0]
    office.cli("ca", "revoke", serial, "--reason", "replaced")
    status, body = line.get("/api/v1/home", cookie)
    assert status == 403 and "device_certificate_revoked" in body
    assert "失効" in office.cli("ca", "list").stdout


def test_the_console_says_what_is_wrong(office: Office, admin: Person) -> None:
    wrong = office.cli("ca", "revoke", "abcdef", check=False)
    assert wrong.returncode == 2 and "ca list" in wrong.stderr
    wrong = office.cli("ca", "policy", "administrator", "maybe", check=False)
    assert wrong.returncode == 2 and "required" in wrong.stderr
