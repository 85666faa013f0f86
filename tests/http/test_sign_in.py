"""Signing in: one answer for all that is wrong, and a lockout that a restart does not lift."""
from __future__ import annotations

from collections.abc import Callable

import pytest
from office import PASSWORD, Office
from person import Answer, Person


def attempt(who: Person, login_id: str, password: str) -> Answer:
    return who.post("/session", {"login_id": login_id, "password": password})


def same_bytes(answer: Answer) -> tuple[int, str, dict[str, str]]:
    """All of an answer but what is different by nature: the request's id."""
    request_id = answer.headers["x-request-id"]
    headers = {k: v for k, v in answer.headers.items() if k != "x-request-id"}
    return answer.status, answer.text.replace(request_id, "ID"), headers


def test_sign_in_shows_who_and_when_before(office: Office, admin: Person) -> None:
    person = office.add_staff(admin)
    login_id = person.view["login_id"]
    again = office.sign_in(login_id)
    assert again.view["previous_sign_in"]["address"] == "127.0.0.1"
    assert again.view["account_class"] == "staff"
    assert "account.manage" not in again.view["rights"]
    assert "employee.edit" in again.view["rights"]
    assert again.get("/session").must()["login_id"] == login_id


def test_wrong_password_unknown_disabled_and_locked_get_the_same_answer(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(**{"lockout.failures": 3}).init().start()
    admin = office.set_up()
    victim, gone = office.add_staff(admin), office.add_staff(admin)
    admin.post(f"/accounts/{gone.view['account_id']}/disable").must()
    invited = admin.post("/accounts", {
        "login_id": "invited", "name": "招待 中", "roles": ["staff"], "all_clients": True,
        "client_ids": [],
    }).must(201)

    nobody = office.nobody()
    wrong = attempt(nobody, victim.view["login_id"], "wrong")
    wrong.refused(401, "sign_in_wrong")
    for login_id, password in (
        ("nobody-of-that-name", "wrong"),
        (gone.view["login_id"], PASSWORD),
        ("invited", invited["setup_code"]),
        ("", ""),
        ("x" * 500, "wrong"),
    ):
        assert same_bytes(attempt(nobody, login_id, password)) == same_bytes(wrong), login_id
    attempt(nobody, victim.view["login_id"], "wrong")
    attempt(nobody, victim.view["login_id"], "wrong")
    locked = attempt(nobody, victim.view["login_id"], PASSWORD)
    assert same_bytes(locked) == same_bytes(wrong)


def test_the_fifth_failure_locks_and_neither_the_password_nor_a_restart_unlocks(
    fresh_office: Office,
) -> None:
    office = fresh_office
    admin = office.set_up()
    victim, other = (office.add_staff(admin).view["login_id"] for _ in range(2))
    for _ in range(4):
        attempt(office.nobody(), victim, "wrong").refused(401, "sign_in_wrong")
    office.kill()  # counted before it was answered
    office.start()
    attempt(office.nobody(), victim, "wrong").refused(401, "sign_in_wrong")
    attempt(office.nobody(), victim, PASSWORD).refused(401, "sign_in_wrong")
    office.restart()
    attempt(office.nobody(), victim, PASSWORD).refused(401, "sign_in_wrong")
    attempt(office.nobody(), other, PASSWORD).must()  # others are not touched


def test_a_right_password_forgets_the_failures_before_it(office: Office, admin: Person) -> None:
    login_id = office.add_staff(admin).view["login_id"]
    for _ in range(3):
        for _ in range(4):
            attempt(office.nobody(), login_id, "wrong")
        attempt(office.nobody(), login_id, PASSWORD).must()


def test_changing_the_password_counts_wrong_ones_too(fresh_office: Office) -> None:
    person = fresh_office.set_up()
    new = "another long pass phrase"
    for _ in range(5):
        person.post(
            "/session/password", {"current": "wrong", "password": new}
        ).refused(403, "password_wrong")
    person.post(
        "/session/password", {"current": PASSWORD, "password": new}
    ).refused(403, "password_wrong")
    attempt(fresh_office.nobody(), "admin", PASSWORD).refused(401, "sign_in_wrong")


def test_a_changed_password_ends_the_other_sessions(office: Office, admin: Person) -> None:
    first = office.add_staff(admin)
    second = office.sign_in(first.view["login_id"])
    new = "another long pass phrase"
    first.post("/session/password", {"current": PASSWORD, "password": new}).must(204)
    second.get("/session").refused(401, "sign_in_needed")
    first.get("/session").must()
    attempt(office.nobody(), first.view["login_id"], PASSWORD).refused(401, "sign_in_wrong")
    office.sign_in(first.view["login_id"], new)


@pytest.mark.parametrize("long", ["pass phrase " + "あ" * 60, "wxyz 12 " * 16])
def test_every_character_of_a_long_password_counts(
    office: Office, admin: Person, long: str
) -> None:
    person = office.add_staff(admin)
    person.post("/session/password", {"current": PASSWORD, "password": long}).must(204)
    login_id = person.view["login_id"]
    attempt(office.nobody(), login_id, long[:-1]).refused(401, "sign_in_wrong")
    office.sign_in(login_id, long)
