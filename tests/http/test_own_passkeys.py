"""パスキー as the second factor of an account: enrolled, given after the password, asked for again,
taken away; and how it lives beside the authenticator app and the recovery codes."""
from __future__ import annotations

from collections.abc import Callable

import pytest
from authenticator import code_of
from authenticator import enrol as enrol_app
from office import PASSWORD, Office
from passkey import (
    Passkey, by_password, enrol, enter, refused_at_the_door, register, somebody,
)
from person import Person

REQUIRED = {"second_factor.required_for": ["administrator", "staff"]}


@pytest.fixture
def strict(make_office: Callable[..., Office]) -> Office:
    return make_office(**REQUIRED).init().start()


def test_a_passkey_satisfies_an_office_that_asks_for_a_second_factor(strict: Office) -> None:
    person, passkey = strict.set_up("taro", "山田 太郎"), Passkey(strict.url)
    assert person.view["stage"] == "enrol"
    person.get("/own/passkeys").refused(403, "not_permitted")
    codes = enrol(person, passkey)
    assert len(set(codes)) == 10 and person.view["stage"] == "open"
    person.get("/clients").must()
    half = by_password(strict, "taro")
    assert half.view["stage"] == "second_factor" and half.view["passkey"] is True
    half.get("/clients").refused(403, "not_permitted")
    given = passkey.given(half.post("/session/own-passkey/options").must())
    before = half.view["csrf_token"]
    half.view = half.post("/session/second-factor/passkey", given).must()
    assert half.view["stage"] == "open" and half.view["csrf_token"] != before
    half.get("/clients").must()
    on_paper = by_password(strict, "taro")
    on_paper.view = on_paper.post("/session/second-factor", {"code": codes[0]}).must()
    assert on_paper.get("/own/second-factor").must() == {
        "totp": False, "recovery_codes": 9, "passkeys": 1
    }


def test_a_password_alone_adds_no_way_in_beside_a_passkey(strict: Office) -> None:
    person, passkey = strict.set_up("taro", "山田 太郎"), Passkey(strict.url)
    early = by_password(strict, "taro")  # waits for enrolment since before
    made = Passkey(strict.url).made(early.post("/session/enrol/passkey/options").must())
    early.post("/own/second-factor").must()
    enrol(person, passkey)
    early.get("/session").refused(401, "sign_in_needed")  # the account's other sessions end
    half = by_password(strict, "taro")
    half.post("/own/second-factor").refused(409, "second_factor_exists")
    half.post("/own/second-factor/confirm", {"code": "123456"}).refused(
        409, "second_factor_exists"
    )
    half.post("/session/enrol/passkey/options").refused(409, "second_factor_exists")
    half.post("/session/enrol/passkey", made).refused(409, "second_factor_exists")
    half.post("/own/passkeys/options").refused(403, "not_permitted")


def test_the_last_second_factor_of_who_must_have_one_stays(strict: Office) -> None:
    person, passkey = strict.set_up("taro", "山田 太郎"), Passkey(strict.url)
    enrol(person, passkey)
    only = person.get("/own/passkeys").must()["passkeys"][0]["id"]
    person.delete(f"/own/passkeys/{only}").refused(409, "second_factor_required")
    second = Passkey(strict.url)
    assert register(person, second, "鍵") == []  # the recovery codes are there already
    person.put(f"/own/passkeys/{only}", {"name": " 予備の鍵 "}).must()
    assert [row["name"] for row in person.get("/own/passkeys").must()["passkeys"]] == [
        "予備の鍵", "鍵"
    ]
    person.delete(f"/own/passkeys/{only}").must(204)
    refused_at_the_door(enter(strict.nobody(), passkey))
    enrol_app(person)
    person.delete("/own/second-factor").must(204)  # the other passkey is left
    state = person.get("/own/second-factor").must()
    assert state == {"totp": False, "recovery_codes": 10, "passkeys": 1}
    enrol_app(person)
    left = person.get("/own/passkeys").must()["passkeys"][0]["id"]
    person.delete(f"/own/passkeys/{left}").must(204)  # the app is left
    person.delete("/own/second-factor").refused(409, "second_factor_required")


def test_who_needs_no_second_factor_may_give_up_the_last(office: Office, admin: Person) -> None:
    person, _ = somebody(office, admin)
    [row] = person.get("/own/passkeys").must()["passkeys"]
    person.delete(f"/own/passkeys/{row['id']}").must(204)
    state = person.get("/own/second-factor").must()
    assert state == {"totp": False, "recovery_codes": 0, "passkeys": 0}
    assert by_password(office, person.view["login_id"]).view["stage"] == "open"


def test_a_passkey_proves_again_who_it_is(make_office: Callable[..., Office]) -> None:
    office = make_office().init().start()
    person, passkey = office.set_up(), Passkey(office.url)
    codes = register(person, passkey)
    person.password = ""  # nothing is proved behind the test's back
    before = person.view["csrf_token"]
    given = passkey.given(person.post("/session/own-passkey/options").must())
    person.view = person.post("/session/proof/passkey", given).must()
    assert person.view["csrf_token"] != before
    newest = person.get("/own/sign-ins").must()["sign_ins"][0]
    assert (newest["outcome"], newest["method"]) == ("stepped_up", "passkey")
    person.post("/session/proof/passkey", given).refused(409, "passkey_offer_over")
    second = passkey.given(person.post("/session/own-passkey/options").must())
    person.post("/session/second-factor/passkey", second).refused(409, "passkey_offer_over")
    person.post("/session/proof", {"password": PASSWORD, "code": None}).refused(403, "code_wrong")
    person.view = person.post("/session/proof", {"password": PASSWORD, "code": codes[0]}).must()


def test_wrong_passkeys_after_the_password_lock_too(strict: Office) -> None:
    person, passkey = strict.set_up("taro", "山田 太郎"), Passkey(strict.url)
    enrol(person, passkey)
    half = by_password(strict, "taro")
    for _ in range(5):
        asked = half.post("/session/own-passkey/options").must()
        wrong = passkey.given(asked, rp_id="evil.example")
        half.post("/session/second-factor/passkey", wrong).refused(403, "passkey_wrong")
    asked = half.post("/session/own-passkey/options").must()
    half.post("/session/second-factor/passkey", passkey.given(asked)).refused(401, "passkey_wrong")
    half.get("/session").refused(401, "sign_in_needed")


def test_an_administrator_and_the_console_take_passkeys_away(strict: Office) -> None:
    admin, key = strict.set_up("taro", "山田 太郎"), Passkey(strict.url)
    enrol(admin, key)
    invited = admin.post(
        "/accounts",
        {"login_id": "hanako", "name": "佐藤 花子", "roles": ["staff"], "all_clients": True,
         "client_ids": []},
    ).must(201)
    choice = {"login_id": "hanako", "code": invited["setup_code"], "password": PASSWORD}
    person, passkey = strict.nobody().enter("/setup/account", choice), Passkey(strict.url)
    enrol(person, passkey)
    account = invited["account"]["id"]
    lines = {line["account"]["id"]: line for line in admin.get("/accounts").must()["accounts"]}
    assert lines[account]["second_factor"] is True
    admin.delete(f"/accounts/{account}/second-factor").must()
    person.get("/session").refused(401, "sign_in_needed")
    refused_at_the_door(enter(strict.nobody(), passkey))
    assert by_password(strict, "hanako").view["stage"] == "enrol"
    strict.stop()
    strict.cli("user", "reset", "taro")
    strict.start()
    refused_at_the_door(enter(strict.nobody(), key))


def test_codes_and_passkeys_live_side_by_side(strict: Office) -> None:
    person, passkey = strict.set_up("taro", "山田 太郎"), Passkey(strict.url)
    secret, _ = enrol_app(person)
    assert register(person, passkey) == []
    half = by_password(strict, "taro")
    assert half.view["totp"] is True and half.view["passkey"] is True
    half.view = half.post("/session/second-factor", {"code": code_of(secret)}).must()
    assert half.view["stage"] == "open"
