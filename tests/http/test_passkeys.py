"""パスキー at the door: everything about an answer that may be wrong is refused without saying what
it was; what init and the settings make of the office's name."""
from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from office import BINARY, PASSWORD, Office
from passkey import (
    EDDSA, ES256, PRESENT, RS256, VERIFIED, Passkey, by_password, enter, raw, refused_at_the_door,
    register, somebody, text,
)
from person import Answer, Person


def test_the_page_is_told_where_passkeys_work(office: Office) -> None:
    assert office.nobody().get("/session/passkey").must() == {"host": "localhost"}


@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
@pytest.mark.parametrize("self_attested", [False, True])
def test_a_passkey_stands_for_password_and_second_factor(
    office: Office, admin: Person, algorithm: int, self_attested: bool
) -> None:
    person, passkey = office.add_staff(admin), Passkey(office.url, algorithm)
    options = person.post("/own/passkeys/options").must()
    assert options["rp_id"] == "localhost"
    assert len(raw(options["challenge"])) == 32 and len(raw(options["user_handle"])) == 32
    made = passkey.made(options, "事務所のパソコン", self_attested=self_attested)
    person.post("/own/passkeys", made).must()
    view = person.get("/session").must()
    assert (view["second_factor"], view["passkey"], view["totp"]) == (True, True, False)
    other = office.nobody()
    enter(other, passkey).must()
    assert other.view["stage"] == "open" and other.view["login_id"] == person.view["login_id"]
    other.get("/clients").must()
    [row] = other.get("/own/passkeys").must()["passkeys"]
    assert row["name"] == "事務所のパソコン" and row["host"] == "localhost"
    assert row["last_used_at"] is not None
    newest = other.get("/own/sign-ins").must()["sign_ins"][0]
    assert (newest["outcome"], newest["method"]) == ("ok", "passkey")
    again = other.post("/own/passkeys/options").must()
    assert again["user_handle"] == options["user_handle"]
    assert [hint["transports"] for hint in again["exclude"]] == [["internal"]]


def test_what_is_wrong_about_an_answer_is_refused_and_not_said(
    make_office: Callable[..., Office]
) -> None:
    office = make_office(**{"lockout.failures": 100}).init().start()
    admin = office.set_up()
    _, passkey = somebody(office, admin)
    _, another = somebody(office, admin)
    door = office.nobody()
    unknown = enter(door, Passkey(office.url, user_handle=passkey.user_handle))
    wrong: list[dict[str, Any]] = [
        {"rp_id": "localhost.example.jp"}, {"origin": "https://kuramori.example.jp"},
        {"origin": "https://localhost:1"}, {"origin": office.url.replace("https", "http")},
        {"origin": f"{office.url}.example.jp"}, {"origin": None}, {"type": "webauthn.create"},
        {"type": None}, {"challenge": text(bytes(32))}, {"challenge": None}, {"challenge": ""},
        {"crossOrigin": True}, {"crossOrigin": "no"}, {"topOrigin": office.url},
        {"handle": another.user_handle}, {"handle": b""},
    ]
    answers = {json.dumps(one): refused_at_the_door(enter(door, passkey, **one)) for one in wrong
               if "handle" not in one}
    answers |= {str(one): refused_at_the_door(enter(door, passkey, **one)) for one in wrong
                if "handle" in one}
    assert set(answers.values()) == {refused_at_the_door(unknown)}
    enter(door, passkey, origin="https://localhost").must()  # port 443 may lead to the office's
    enter(door, passkey, tokenBinding={"status": "supported"}).must()  # browsers add keys


def test_presence_and_verification_are_demanded(make_office: Callable[..., Office]) -> None:
    office = make_office(**{"lockout.failures": 100}).init().start()
    person, passkey = office.set_up(), Passkey(office.url)
    options = person.post("/own/passkeys/options").must()
    for flags in (0, PRESENT, VERIFIED):
        passkey.flags = flags
        person.post("/own/passkeys", passkey.made(options)).refused(422, "passkey_unfit")
        options = person.post("/own/passkeys/options").must()
    passkey.flags = PRESENT | VERIFIED
    register(person, passkey)
    for flags in (0, PRESENT, VERIFIED):
        passkey.flags = flags
        refused_at_the_door(enter(office.nobody(), passkey))
    passkey.flags = PRESENT | VERIFIED
    enter(office.nobody(), passkey).must()


def test_a_tampered_signature_is_refused(office: Office, admin: Person) -> None:
    _, passkey = somebody(office, admin)
    for field in ("signature", "authenticator_data", "client_data"):
        door = office.nobody()
        given = passkey.given(door.post("/session/passkey/options").must())
        spoiled = bytearray(raw(given[field]))
        spoiled[-1] ^= 1
        refused_at_the_door(door.post("/session/passkey", {**given, field: text(bytes(spoiled))}))
    for field in ("signature", "authenticator_data", "client_data", "id"):
        for rubbish in ("", "!", "A", "AAAA" * 10_000):
            door = office.nobody()
            given = passkey.given(door.post("/session/passkey/options").must())
            answer = door.post("/session/passkey", {**given, field: rubbish})
            assert answer.status == 401


def test_an_answer_is_taken_once_and_only_from_the_browser_that_was_asked(
    office: Office, admin: Person
) -> None:
    _, passkey = somebody(office, admin)
    door, thief = office.nobody(), office.nobody()
    options = door.post("/session/passkey/options").must()
    given = passkey.given(options)
    thief.post("/session/passkey", given).refused(409, "passkey_offer_over")
    thief.post("/session/passkey/options").must()
    refused_at_the_door(thief.post("/session/passkey", given))
    door.post("/session/passkey", given).must()
    door.http.cookies.clear()
    door.post("/session/passkey", given).refused(409, "passkey_offer_over")
    one = office.nobody()
    older = one.post("/session/passkey/options").must()
    one.post("/session/passkey/options").must()
    refused_at_the_door(one.post("/session/passkey", passkey.given(older)))


def test_a_counter_that_goes_back_is_refused_and_recorded(office: Office, admin: Person) -> None:
    person, passkey = somebody(office, admin, counter=5)
    enter(office.nobody(), passkey).must()
    copied = Passkey(
        office.url, counter=passkey.counter - 1, credential_id=passkey.credential_id,
        user_handle=passkey.user_handle, key=passkey.key,
    )
    refused_at_the_door(enter(office.nobody(), copied))  # the same number again
    copied.counts = False
    copied.counter = 0
    refused_at_the_door(enter(office.nobody(), copied))
    assert f'passkey_copied account="{person.view["account_id"]}"' in office.said()
    enter(office.nobody(), passkey).must()


def test_a_passkey_that_does_not_count_is_fine(office: Office, admin: Person) -> None:
    _, passkey = somebody(office, admin, counts=False)
    for _ in range(2):
        enter(office.nobody(), passkey).must()


def test_a_credential_belongs_to_one_account(office: Office, admin: Person) -> None:
    person, passkey = somebody(office, admin)
    other, _ = somebody(office, admin)
    options = other.post("/own/passkeys/options").must()
    other.post("/own/passkeys", Passkey(
        office.url, credential_id=passkey.credential_id
    ).made(options)).refused(409, "passkey_known")
    half = by_password(office, other.view["login_id"])
    assert half.view["stage"] == "second_factor"
    asked = half.post("/session/own-passkey/options").must()
    half.post("/session/second-factor/passkey", passkey.given(asked)).refused(403, "passkey_wrong")
    row = person.get("/own/passkeys").must()["passkeys"][0]["id"]
    other.delete(f"/own/passkeys/{row}").refused(404, "not_found")
    other.put(f"/own/passkeys/{row}", {"name": "mine"}).refused(404, "not_found")


def test_what_is_wrong_about_a_new_passkey_is_refused(office: Office, admin: Person) -> None:
    person = office.add_staff(admin)

    def answer(**wrongly: Any) -> Answer:
        options = person.post("/own/passkeys/options").must()
        return person.post("/own/passkeys", Passkey(office.url).made(options, **wrongly))

    for wrongly in ({"origin": "https://evil.example"}, {"rp_id": "evil.example"},
                    {"type": "webauthn.get"}, {"challenge": text(bytes(32))},
                    {"crossOrigin": True}):
        answer(**wrongly).refused(422, "passkey_unfit")
    answer(name=" ").refused(422, "invalid_fields")
    answer(name="長" * 51).refused(422, "invalid_fields")
    options = person.post("/own/passkeys/options").must()
    made = Passkey(office.url).made(options)
    for rubbish in ("", "oA", text(b"\xa3" + bytes(40)), text(b"\xbf\xff"), "AAAA" * 10_000):
        person.post("/own/passkeys", {**made, "attestation": rubbish}).refused(
            *((409, "passkey_offer_over") if rubbish else (422, "passkey_unfit"))
        )
    twin = Passkey(office.url)
    options = person.post("/own/passkeys/options").must()
    signed = twin.made(options, self_attested=True)
    spoiled = raw(signed["attestation"]).replace(twin.credential_id, bytes(32))
    person.post("/own/passkeys", {**signed, "attestation": text(spoiled)}).refused(
        422, "passkey_unfit"
    )
    assert person.get("/own/passkeys").must()["passkeys"] == []


def test_failures_lock_the_account_and_a_lock_holds_for_passkeys(
    office: Office, admin: Person
) -> None:
    person, passkey = somebody(office, admin)
    for _ in range(5):
        refused_at_the_door(enter(office.nobody(), passkey, rp_id="evil.example"))
    refused_at_the_door(enter(office.nobody(), passkey))
    office.nobody().post(
        "/session", {"login_id": person.view["login_id"], "password": PASSWORD}
    ).refused(401, "sign_in_wrong")
    outcomes = [
        (row["outcome"], row["method"])
        for row in person.get("/own/sign-ins").must()["sign_ins"][:3]
    ]
    assert outcomes == [("locked", "password"), ("locked", "passkey"), ("wrong", "passkey")]
    admin.post(f"/accounts/{person.view['account_id']}/unlock").must()
    enter(office.nobody(), passkey).must()


def test_a_disabled_account_gets_the_same_answer(office: Office, admin: Person) -> None:
    person, passkey = somebody(office, admin)
    admin.post(f"/accounts/{person.view['account_id']}/disable").must()
    unknown = refused_at_the_door(enter(office.nobody(), Passkey(office.url)))
    assert refused_at_the_door(enter(office.nobody(), passkey)) == unknown


def test_passkeys_survive_a_restart_and_their_challenges_do_not(
    make_office: Callable[..., Office]
) -> None:
    office = make_office().init().start()
    person, passkey = office.set_up(), Passkey(office.url)
    register(person, passkey)
    door = office.nobody()
    asked = door.post("/session/passkey/options").must()
    office.restart()
    door.post("/session/passkey", passkey.given(asked)).refused(409, "passkey_offer_over")
    enter(door, passkey).must()


def test_the_name_of_the_office_is_what_init_was_given(
    make_office: Callable[..., Office]
) -> None:
    office = make_office().prepare()
    said = office.cli("init", "--office", office.name, "--host", "192.168.1.5",
                      "--host", "Kuramori.Example.jp", "--json")
    assert json.loads(said.stdout)["url"].startswith("https://kuramori.example.jp:")
    office.start()
    assert office.nobody().get("/session/passkey").must() == {"host": "kuramori.example.jp"}
    served = office.nobody().get("/session/passkey", headers={"Host": "kuramori.example.jp"})
    assert served.status == 200  # though no setting names it
    for host, want in (("a.example.jp", "a.example.jp"), ("192.168.1.5", "")):
        office.stop()
        office.write_config(**{"passkeys.host": host})
        office.start()
        assert office.nobody().get("/session/passkey").must() == {"host": want}
    office.nobody().post("/session/passkey/options").refused(409, "passkey_host_unknown")


def test_init_refuses_what_is_no_name(make_office: Callable[..., Office]) -> None:
    office = make_office().prepare()
    for host in ("https://example.jp", "-a.jp", "a..jp", "事務所", "a_b", "a" * 64):
        done: subprocess.CompletedProcess[str] = office.cli(
            "init", "--office", office.name, "--host", host, check=False
        )
        assert done.returncode == 2 and "--host" in done.stderr, host


def test_init_asks_for_the_name_at_a_terminal(make_office: Callable[..., Office]) -> None:
    office = make_office().prepare()
    here, there = pty.openpty()
    asking = subprocess.Popen(
        [BINARY, "init", "--office", office.name, "--config", office.config],
        stdin=there, stdout=there, stderr=there,
    )
    os.write(here, b"Kuramori.example.jp\n")
    assert asking.wait(60) == 0
    for end in (here, there):
        os.close(end)
    office.start()
    assert office.nobody().get("/session/passkey").must() == {"host": "kuramori.example.jp"}
