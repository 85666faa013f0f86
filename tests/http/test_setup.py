"""The first administrator: a code that works once, from the console to one browser."""
from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from office import PASSWORD, Office

FIRST = {"login_id": "admin", "name": "管理 一郎", "password": PASSWORD}


def test_the_code_that_init_printed_makes_the_first_administrator_once(
    fresh_office: Office,
) -> None:
    office = fresh_office
    assert office.setup_url == f"https://localhost:{office.port}/setup"
    nobody = office.nobody()
    rules = {"length": 10, "kinds": 3, "long_enough": 15}
    assert nobody.get("/setup").must() == {
        "needed": True, "office_name": office.name, "password_rules": rules
    }

    wrong = {**FIRST, "code": "AAAA-AAAA-AAAA-AAAA"}
    nobody.post("/setup", wrong).refused(403, "setup_code_wrong")
    admin = office.set_up()
    assert (admin.view["account_class"], admin.view["all_clients"]) == ("administrator", True)
    assert admin.view["office_name"] == office.name
    assert "previous_sign_in" not in admin.view or admin.view["previous_sign_in"] is None

    assert nobody.get("/setup").must() == {
        "needed": False, "office_name": "", "password_rules": rules
    }
    again = {**FIRST, "code": office.setup_code, "login_id": "second"}
    nobody.post("/setup", again).refused(409, "setup_is_over")
    office.restart()
    nobody.post("/setup", again).refused(409, "setup_is_over")


def test_of_many_who_hold_the_code_one_becomes_administrator(fresh_office: Office) -> None:
    office = fresh_office

    def attempt(number: int) -> int:
        body = {**FIRST, "code": office.setup_code, "login_id": f"admin{number}"}
        return office.nobody().post("/setup", body).status

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(attempt, range(8)))
    assert statuses == [201] + [409] * 7


def test_the_code_is_typed_as_people_type(fresh_office: Office) -> None:
    typed = fresh_office.setup_code.lower().replace("-", " ")
    fresh_office.nobody().post("/setup", {**FIRST, "code": f" {typed} "}).must(201)


@pytest.mark.parametrize("password, code", [
    ("short", "password_too_short"),
    ("umi7-Yama", "password_too_short"),  # 9 characters
    ("umi7yama4k", "password_too_plain"),  # 10, small letters and digits
    ("Baseball2024!", "password_common"),
    ("admin-Umi-77", "password_too_obvious"),  # the sign-in ID
    ("試験社労士事務所の秘密の言葉です", "password_too_obvious"),
    ("a" * 20, "password_too_obvious"),
    ("123456789012345", "password_too_obvious"),
    ("umi7-Yama " * 12 + "123456789", "password_too_long"),  # 129
])
def test_a_weak_password_is_refused_with_its_reason(
    fresh_office: Office, password: str, code: str
) -> None:
    body = {**FIRST, "code": fresh_office.setup_code, "password": password}
    answer = fresh_office.nobody().post("/setup", body).refused(422, "invalid_fields")
    assert answer.faults["password"] == code


@pytest.mark.parametrize("password", [
    "umi7-yama4",  # 10 characters of three kinds
    "umi to yama to kawa",
    "umi7-Yama " * 12 + "12345678",  # 128
])
def test_a_good_password_is_taken_whole(fresh_office: Office, password: str) -> None:
    body = {**FIRST, "code": fresh_office.setup_code, "password": password}
    fresh_office.nobody().post("/setup", body).must(201)
    wrong = {"login_id": "admin", "password": password[:-1]}
    fresh_office.nobody().post("/session", wrong).refused(401, "sign_in_wrong")
    fresh_office.sign_in("admin", password)


def test_the_office_may_ask_for_more(make_office: Callable[..., Office]) -> None:
    office = make_office(**{"password.length_min": 24}).init().start()
    body = {**FIRST, "code": office.setup_code}
    answer = office.nobody().post("/setup", body).refused(422, "invalid_fields")
    assert answer.faults["password"] == "password_too_short"


def test_init_does_not_touch_an_office_that_is_there(make_office: Callable[..., Office]) -> None:
    office = make_office().init()
    again = office.cli("init", "--office", "別の事務所", check=False)
    assert again.returncode == 0  # nobody has set it up yet: a new code, the old one is dead
    office.start()
    office.nobody().post(
        "/setup", {**FIRST, "code": office.setup_code}
    ).refused(403, "setup_code_wrong")
    office.stop()

    office = make_office("second").init().start()
    office.set_up()
    office.stop()
    refused = office.cli("init", "--office", "別の事務所", check=False)
    assert refused.returncode == 2
    assert "もう事務所があります" in refused.stderr
    office.start().sign_in()


def test_a_second_daemon_on_the_same_folder_is_refused(fresh_office: Office) -> None:
    second = fresh_office.cli("serve", check=False)
    assert second.returncode == 2
    assert "別の蔵守が使っています" in second.stderr
    fresh_office.set_up()
