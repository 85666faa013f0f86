"""二段階認証: what a password alone opens, codes that work once, codes on paper, a lost phone;
and beside it one's own sessions, their history, and who has to wait."""
from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from authenticator import code_of, enrol
from office import PASSWORD, Office
from person import Person

REQUIRED = {"second_factor.required_for": ["administrator", "staff"]}


@pytest.fixture
def strict(make_office: Callable[..., Office]) -> Office:
    return make_office(**REQUIRED).init().start()


def signed_in(office: Office, login_id: str = "taro") -> Person:
    return office.nobody().enter("/session", {"login_id": login_id, "password": PASSWORD})


def test_the_first_administrator_enrols_before_anything_else(strict: Office) -> None:
    person = strict.set_up("taro", "山田 太郎")
    assert person.view["stage"] == "enrol"
    assert person.view["rights"] == ["signing_in"]
    person.get("/clients").refused(403, "not_permitted")
    person.get("/home").refused(403, "not_permitted")
    offer = person.post("/own/second-factor").must()
    assert offer["uri"].startswith("otpauth://totp/")
    assert len({len(row) for row in offer["qr"]}) == 1
    person.post("/own/second-factor/confirm", {"code": "000000"}).refused(422, "invalid_fields")
    _, codes = enrol(person)
    assert len(set(codes)) == 10
    assert person.view["stage"] == "open"
    person.get("/clients").must()


def test_a_password_alone_opens_nothing_and_a_code_works_once(strict: Office) -> None:
    secret, _ = enrol(strict.set_up("taro", "山田 太郎"))
    person = signed_in(strict)
    assert person.view["stage"] == "second_factor"
    person.get("/clients").refused(403, "not_permitted")
    person.post("/own/second-factor").refused(409, "second_factor_exists")
    person.post("/session/second-factor", {"code": "123"}).refused(403, "code_wrong")
    code = code_of(secret)
    before = person.view["csrf_token"]
    person.view = person.post("/session/second-factor", {"code": code}).must()
    assert person.view["stage"] == "open"
    assert person.view["csrf_token"] != before
    person.get("/clients").must()
    newest = person.get("/own/sign-ins").must()["sign_ins"][0]
    assert (newest["outcome"], newest["method"], newest["factor"]) == ("ok", "password", "totp")
    assert (person.view["factor"], newest["certificate"]) == ("totp", "")
    other = signed_in(strict)
    other.post("/session/second-factor", {"code": code}).refused(403, "code_wrong")
    strict.kill()
    strict.start()
    other = signed_in(strict)
    other.post("/session/second-factor", {"code": code}).refused(403, "code_wrong")


def test_a_recovery_code_opens_once(strict: Office) -> None:
    _, codes = enrol(strict.set_up("taro", "山田 太郎"))
    for number, typed in enumerate((codes[3].lower().replace("-", " "), codes[4])):
        person = signed_in(strict)
        person.view = person.post("/session/second-factor", {"code": typed}).must()
        assert person.get("/own/second-factor").must() == {
            "totp": True, "recovery_codes": 9 - number, "passkeys": 0
        }
        assert person.get("/own/sign-ins").must()["sign_ins"][0]["factor"] == "recovery_code"
    person = signed_in(strict)
    person.post("/session/second-factor", {"code": codes[3]}).refused(403, "code_wrong")


def test_wrong_codes_lock_the_account_though_the_password_is_right(strict: Office) -> None:
    secret, _ = enrol(strict.set_up("taro", "山田 太郎"))
    person = signed_in(strict)
    for _ in range(5):
        person.post("/session/second-factor", {"code": "000000"}).refused(403, "code_wrong")
    person.post("/session/second-factor", {"code": code_of(secret)}).refused(401, "sign_in_wrong")
    strict.nobody().post("/session", {"login_id": "taro", "password": PASSWORD}).refused(
        401, "sign_in_wrong"
    )


def test_an_administrator_helps_whoever_lost_the_phone(strict: Office) -> None:
    admin = strict.set_up("taro", "山田 太郎")
    enrol(admin)
    invited = admin.post(
        "/accounts",
        {"login_id": "hanako", "name": "佐藤 花子", "roles": ["staff"], "all_clients": True,
         "client_ids": []},
    ).must(201)
    choice = {"login_id": "hanako", "code": invited["setup_code"], "password": PASSWORD}
    person = strict.nobody().enter("/setup/account", choice)
    enrol(person)
    account = invited["account"]["id"]
    lines = {line["account"]["id"]: line for line in admin.get("/accounts").must()["accounts"]}
    assert lines[account]["second_factor"] is True
    admin.delete(f"/accounts/{account}/second-factor").must()
    person.get("/session").refused(401, "sign_in_needed")
    assert signed_in(strict, "hanako").view["stage"] == "enrol"
    own = admin.view["account_id"]
    admin.delete(f"/accounts/{own}/second-factor").refused(409, "own_account")
    admin.delete("/own/second-factor").refused(409, "second_factor_required")


def test_the_console_lets_the_only_administrator_back_in(strict: Office) -> None:
    enrol(strict.set_up("taro", "山田 太郎"))
    in_use = strict.cli("user", "reset", "taro", check=False)
    assert in_use.returncode == 2 and "systemctl stop kuramori" in in_use.stderr
    strict.stop()
    unknown = strict.cli("user", "reset", "nobody", check=False)
    assert unknown.returncode == 2 and "nobody" in unknown.stderr
    code = json.loads(strict.cli("user", "reset", "taro", "--json").stdout)["code"]
    strict.start()
    again = {"login_id": "taro", "code": code, "password": "wrong donkey staple"}
    strict.nobody().post("/session", {"login_id": "taro", "password": PASSWORD}).refused(
        401, "sign_in_wrong"
    )
    person = strict.nobody().enter("/setup/account", again)
    assert person.view["stage"] == "enrol"
    enrol(person)
    person.get("/clients").must()


def test_a_second_factor_that_nobody_asks_for_can_be_given_up(
    office: Office, admin: Person
) -> None:
    person = office.add_staff(admin)
    secret, _ = enrol(person)
    assert person.get("/session").must()["second_factor"] is True
    person.prove(code_of(secret))
    person.delete("/own/second-factor").must(204)
    assert person.get("/session").must()["second_factor"] is False
    assert signed_in(office, person.view["login_id"]).view["stage"] == "open"


def test_sessions_are_listed_ended_and_remembered(office: Office, admin: Person) -> None:
    here = office.add_staff(admin)
    login_id = here.view["login_id"]
    there = signed_in(office, login_id)
    sessions = here.get("/own/sessions").must()["sessions"]
    assert [session["current"] for session in sessions] == [False, True]
    other = sessions[0]["id"]
    admin.delete(f"/own/sessions/{other}").refused(404, "not_found")
    here.delete(f"/own/sessions/{other}").must(204)
    there.get("/session").refused(401, "sign_in_needed")
    office.nobody().post("/session", {"login_id": login_id, "password": "wrong"})
    history = here.get("/own/sign-ins").must()
    assert [row["outcome"] for row in history["sign_ins"]] == ["wrong", "ended", "ok", "ok"]
    assert history["total"] == 4
    assert {row["address"] for row in history["sign_ins"]} == {"127.0.0.1"}


def test_a_locked_account_is_unlocked_by_an_administrator(office: Office, admin: Person) -> None:
    person = office.add_staff(admin)
    login_id, account = person.view["login_id"], person.view["account_id"]
    for _ in range(5):
        office.nobody().post("/session", {"login_id": login_id, "password": "wrong"})
    lines = {line["account"]["id"]: line for line in admin.get("/accounts").must()["accounts"]}
    assert lines[account]["locked"] is True
    admin.post(f"/accounts/{account}/unlock").must()
    signed_in(office, login_id)
    lockouts = admin.get("/lockouts").must()["lockouts"]
    rows = [row for row in lockouts if row["account_id"] == account]
    assert [row["event"] for row in rows] == ["released", "locked"]
    assert rows[0]["actor"] == f"account:{admin.view['account_id']}"
    assert (rows[1]["address"], rows[1]["until"] - rows[1]["at"]) == ("127.0.0.1", 1800)
    person.get("/lockouts").refused(403, "not_permitted")


def test_an_address_that_fails_too_often_has_to_wait(make_office: Callable[..., Office]) -> None:
    office = make_office(**{"throttle.failures": 20}).init().start()
    for number in range(20):
        guess = {"login_id": f"guess{number}", "password": "wrong"}
        office.nobody().post("/session", guess).refused(401, "sign_in_wrong")
    answer = office.nobody().post("/session", {"login_id": "taro", "password": "wrong"})
    answer.refused(429, "too_many_attempts")
    assert 0 < answer.json["context"]["seconds"] <= 600
    assert "address_throttled" in office.said()


def test_a_used_password_does_not_come_back(office: Office, admin: Person) -> None:
    person = office.add_staff(admin)
    words = [PASSWORD, "wrong donkey staple", "third time lucky!"]
    for old, new in zip(words, words[1:]):
        person.post("/session/password", {"current": old, "password": new}).must(204)
    again = person.post(
        "/session/password", {"current": words[-1], "password": PASSWORD}
    )
    assert again.refused(422, "invalid_fields").faults == {"password": "password_used"}
