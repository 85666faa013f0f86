"""Guessing passwords: one name, many names, and what the answers give away."""
from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from office import PASSWORD, Office
from person import Answer, Person

KINDS = ("known", "unknown", "disabled", "locked")
ROUNDS = 12  # a median of twelve stands still on a busy machine


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path).init()
    yield office
    office.close()


def attempt(person: Person, login_id: str, password: str = "not the right one") -> Answer:
    return person.post("/session", {"login_id": login_id, "password": password})


def seen(answer: Answer) -> tuple[int, dict[str, Any], dict[str, str]]:
    """All that an attacker sees, without what differs from answer to answer."""
    body = {key: value for key, value in answer.json.items() if key != "request_id"}
    passing = ("x-request-id", "date")
    headers = {name: text for name, text in answer.headers.items() if name not in passing}
    return answer.status, body, headers


def test_a_stolen_list_is_stopped_after_twenty_alarms_once_and_locks_nobody(
    office: Office,
) -> None:
    office.write_config(**{"throttle.failures": 20, "throttle.delay_seconds": 1})
    admin = office.start().set_up()
    valid = [office.add_staff(admin).view["login_id"] for _ in range(3)]
    attacker = office.nobody("127.0.9.9")
    names = valid + [f"stolen{i}@example.jp" for i in range(47)]
    answers = [attempt(attacker, name) for name in names]
    assert [answer.status for answer in answers] == [401] * 20 + [429] * 30
    assert all(answer.code == "too_many_attempts" for answer in answers[20:])
    assert 0 < answers[-1].json["context"]["seconds"] <= 600
    assert office.said().count("many_names_tried") == 1
    assert office.said().count("address_throttled") == 1
    for name in valid:  # from their own places, at once
        time.sleep(1)  # a second after the failure of their name
        office.sign_in(name, address="127.0.9.8")
    attempt(attacker, valid[0], PASSWORD).refused(429, "too_many_attempts")


def test_a_name_waits_after_a_failure_whether_it_exists_or_not(office: Office) -> None:
    office.write_config(**{"throttle.delay_seconds": 30})
    admin = office.start().set_up()
    login_id = office.add_staff(admin).view["login_id"]
    known, unknown = ([attempt(office.nobody(), name) for _ in range(2)]
                      for name in (login_id, "nobody"))
    for first, second in (known, unknown):
        first.refused(401, "sign_in_wrong")
        second.refused(429, "tried_too_soon")
    attempt(office.nobody(), login_id.upper(), PASSWORD).refused(429, "tried_too_soon")
    attempt(office.nobody(), "admin", PASSWORD).must()  # others do not wait


def cast(office: Office) -> dict[str, str]:
    """A name of each kind; `locked` has had its five failures."""
    admin = office.start().set_up()
    people = {kind: office.add_staff(admin) for kind in KINDS if kind != "unknown"}
    admin.post(f"/accounts/{people['disabled'].view['account_id']}/disable").must()
    names = {kind: person.view["login_id"] for kind, person in people.items()}
    for _ in range(5):
        attempt(office.nobody(), names["locked"])
    return {**names, "unknown": "nobody"}


def test_unknown_disabled_locked_and_wrong_are_one_answer(office: Office) -> None:
    names = cast(office)
    answers = {kind: attempt(office.nobody(), names[kind]) for kind in KINDS}
    answers["locked, right"] = attempt(office.nobody(), names["locked"], PASSWORD)
    answers["disabled, right"] = attempt(office.nobody(), names["disabled"], PASSWORD)
    first = seen(answers["known"])
    assert first[0] == 401
    for kind, answer in answers.items():
        assert seen(answer) == first, kind


def test_the_time_of_an_answer_tells_nothing(office: Office) -> None:
    """The four kinds take turns in one run, so that whatever slows the machine slows all of them.
    Without the hash for nobody the ratio would be fifty and more."""
    names = cast(office)
    attacker = office.nobody()
    took: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for round_ in range(ROUNDS):
        for kind in KINDS[round_ % 4:] + KINDS[:round_ % 4]:
            started = time.perf_counter()
            attempt(attacker, names[kind]).refused(401, "sign_in_wrong")
            took[kind].append(time.perf_counter() - started)
        if round_ % 3 == 2:  # or the known name would get locked, too
            attempt(office.nobody(), names["known"], PASSWORD).must()
    medians = {kind: statistics.median(times) for kind, times in took.items()}
    assert max(medians.values()) / min(medians.values()) < 2, medians


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_lockout_outlives_the_daemon_however_it_ends(office: Office, end: str) -> None:
    names = cast(office)
    getattr(office, end)()
    office.start()
    attempt(office.nobody(), names["locked"], PASSWORD).refused(401, "sign_in_wrong")
    attempt(office.nobody(), names["known"], PASSWORD).must()
