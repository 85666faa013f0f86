"""From where and when people may come. Loopback addresses play other networks."""
from __future__ import annotations

import datetime
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from office import PASSWORD, Office
from person import Answer, Person

LAN, BRANCH, ELSEWHERE = "127.0.0.1", "127.0.2.1", "127.0.3.1"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path).init().start()
    yield office
    office.close()


def lists(person: Person) -> dict[str, dict[str, Any]]:
    return {one["account_class"]: one for one in person.get("/access/networks").must()["lists"]}


def allow(person: Person, of: str, *networks: str, **more: Any) -> Answer:
    entries = [{"network": network, "note": ""} for network in networks]
    body = {"account_class": of, "entries": entries, **more}
    return person.put("/access/networks", body, if_match=lists(person)[of]["version"])


def try_sign_in(office: Office, login_id: str, address: str, password: str = PASSWORD) -> Answer:
    body = {"login_id": login_id, "password": password}
    return office.nobody(address).post("/session", body)


def test_at_first_everybody_comes_from_private_networks(office: Office) -> None:
    admin = office.set_up()
    answer = admin.get("/access/networks").must()
    assert answer["own_address"] in ("127.0.0.1", "::1")
    assert [one["account_class"] for one in answer["lists"]] == [
        "administrator", "staff", "client", "employee",
    ]
    for one in answer["lists"]:
        assert one["is_default"] and one["version"] == 0
        assert "192.168.0.0/16" in [entry["network"] for entry in one["entries"]]
        assert [entry["network"] for entry in one["entries"] if entry["yours"]] in (
            ["127.0.0.0/8"], ["::1"],
        )
    assert answer["geo"] == {
        "on": False, "readable": False, "stale": False, "date": None, "entries": 0,
    }


def test_a_narrowed_list_refuses_running_sessions_at_their_next_request(office: Office) -> None:
    admin = office.set_up()
    login_id = office.add_staff(admin).view["login_id"]
    here, there = office.sign_in(login_id, address=LAN), office.sign_in(login_id, address=BRANCH)
    there.get("/clients").must()
    allow(admin, "staff", LAN, "::1").must()
    there.get("/clients").refused(403, "network_not_allowed")
    there.get("/session").refused(403, "network_not_allowed")
    here.get("/clients").must()
    allow(admin, "staff", LAN, "::1", "127.0.2.0/24").must()
    there.get("/clients").must()  # the session was open all the time


def test_from_no_list_nothing_is_answered_but_the_pages(office: Office) -> None:
    admin = office.set_up()
    for of in ("staff", "client", "employee"):
        allow(admin, of, LAN, "::1").must()
    allow(admin, "administrator", LAN, "::1").must()
    outside = office.nobody(ELSEWHERE)
    outside.get("/setup").refused(403, "network_not_allowed")
    outside.get("/session").refused(403, "network_not_allowed")
    try_sign_in(office, "admin", ELSEWHERE).refused(403, "network_not_allowed")
    for path in ("/healthz", "/readyz", "/kuramori-ca.crt"):
        root = str(outside.http.base_url).removesuffix("/api/v1/")
        assert outside.http.get(root + path).status_code == 200
    office.console().get("/access/networks").must()  # never gated


def test_the_right_password_from_the_wrong_network_looks_like_a_wrong_one(office: Office) -> None:
    admin = office.set_up()
    staff = office.add_staff(admin)
    login_id = staff.view["login_id"]
    allow(admin, "client", BRANCH).must()  # so that the sign-in is heard at all
    allow(admin, "staff", LAN, "::1").must()
    right = try_sign_in(office, login_id, BRANCH)
    wrong = try_sign_in(office, login_id, BRANCH, "wrong wrong wrong")
    unknown = try_sign_in(office, "nobody", BRANCH)

    def seen(answer: Answer) -> tuple[int, dict[str, Any], list[str]]:
        body = {key: value for key, value in answer.json.items() if key != "request_id"}
        return answer.status, body, sorted(answer.headers)

    assert seen(right) == seen(wrong) == seen(unknown)
    right.refused(401, "sign_in_wrong")
    history = staff.get("/own/sign-ins").must()["sign_ins"]
    assert [row["outcome"] for row in history[:2]] == ["wrong", "network"]
    assert history[1]["address"] == BRANCH


def test_nobody_locks_themselves_out_unless_they_insist_and_the_console_opens_again(
    office: Office,
) -> None:
    admin = office.set_up()
    allow(admin, "administrator", "10.0.0.0/8").refused(409, "would_lock_out")
    admin.get("/session").must()
    allow(admin, "staff", "10.0.0.0/8").must()  # others are no lock-out of oneself
    allow(admin, "administrator", "10.0.0.0/8", force=True).must()
    admin.get("/session").refused(403, "network_not_allowed")
    listed = json.loads(office.cli("access", "list", "--json").stdout)
    assert [entry["network"] for entry in listed["lists"][0]["entries"]] == ["10.0.0.0/8"]
    said = office.cli("access", "reset", "administrator").stdout
    assert "管理者" in said and "監査記録" in said
    admin.get("/session").must()
    office.stop()
    office.cli("access", "reset", "staff")  # on a stopped machine too
    assert "既定" in office.cli("access", "list").stdout
    assert office.cli("access", "reset", "boss", check=False).returncode == 2
    assert office.cli("access", "reset", check=False).returncode == 2


def test_a_thousand_networks_are_taken_and_one_more_is_not(office: Office) -> None:
    admin = office.set_up()
    many = [f"100.{64 + i // 250}.{i % 250}.0/24" for i in range(999)] + ["127.0.2.1"]
    answer = allow(admin, "client", *many).must()
    assert len(answer["entries"]) == 1000
    refused = allow(admin, "client", *many, "192.0.2.1").refused(422, "invalid_fields")
    assert refused.faults == {"entries": "too_many_networks"}
    assert len(lists(admin)["client"]["entries"]) == 1000


def test_faults_name_their_line_and_what_was_probably_meant(office: Office) -> None:
    admin = office.set_up()
    answer = allow(
        admin, "staff", "192.168.1.5/24", "10.0.0.0/8", "everywhere", "10.0.0.0/8", "10.0.0.0/08"
    ).refused(422, "invalid_fields")
    assert answer.faults == {
        "entries.0.network": "network_host_bits", "entries.2.network": "not_a_network",
        "entries.3.network": "network_twice", "entries.4.network": "not_a_network",
    }
    assert answer.json["context"]["instead"] == [{"line": 0, "network": "192.168.1.0/24"}]


def test_two_administrators_do_not_overwrite_each_other(office: Office) -> None:
    admin = office.set_up()
    body = {"account_class": "staff", "entries": [{"network": "10.0.0.0/8", "note": "本社"}]}
    admin.put("/access/networks", body).refused(428, "precondition_required")
    assert admin.put("/access/networks", body, if_match=0).must()["version"] == 1
    admin.put("/access/networks", body, if_match=0).refused(409, "changed_meanwhile")
    default = {"account_class": "staff", "entries": None}
    back = admin.put("/access/networks", default, if_match=1).must()
    assert (back["is_default"], back["version"]) == (True, 2)


def test_a_company_has_a_list_of_its_own(office: Office) -> None:
    admin = office.set_up()
    client = admin.new_client()["id"]
    path = f"/clients/{client}/networks"
    assert admin.get(path).must() == {"version": 0, "is_default": True, "entries": []}
    body = {"entries": [{"network": "203.0.113.7", "note": "本社の固定アドレス"}]}
    assert admin.put(path, body, if_match=0).must()["entries"][0]["note"] == "本社の固定アドレス"
    assert admin.get("/access/networks").must()["client_ids"] == [client]
    admin.put(path, {"entries": None}, if_match=1).must()
    assert admin.get("/access/networks").must()["client_ids"] == []


def hours(person: Person, of: str, mode: str, windows: list[dict[str, Any]], **more: Any) -> Answer:
    known = {one["account_class"]: one for one in person.get("/access/hours").must()["hours"]}
    body = {"account_class": of, "mode": mode, "windows": windows, **more}
    return person.put("/access/hours", body, if_match=known[of]["version"])


def tomorrow() -> list[dict[str, Any]]:
    """A window that is not open now, nor in the next hours of a slow test."""
    here = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9)))
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    return [{"days": [names[(here.weekday() + 3) % 7]], "from": "07:00", "to": "22:00"}]


def test_outside_of_the_hours_a_session_gets_no_further_and_nobody_signs_in(
    office: Office,
) -> None:
    admin = office.set_up()
    staff = office.add_staff(admin)
    login_id = staff.view["login_id"]
    hours(admin, "staff", "refuse", tomorrow()).must()
    staff.get("/clients").refused(403, "outside_hours")
    try_sign_in(office, login_id, LAN).refused(401, "sign_in_wrong")
    now = int(time.time())
    exception = admin.post("/access/exceptions", {
        "account_id": staff.view["account_id"], "begins": now - 60, "ends": now + 3600,
        "reason": "賞与の計算",
    }).must(201)
    assert (exception["account_name"], exception["allowed_by"]) == ("担当 花子", "管理 一郎")
    staff.get("/clients").must()
    assert staff.get("/own/sign-ins").must()["sign_ins"][0]["outcome"] == "hours"
    admin.delete(f"/access/exceptions/{exception['id']}").must(204)
    staff.get("/clients").refused(403, "outside_hours")
    hours(admin, "staff", "flag", tomorrow()).must()
    staff.get("/clients").must()
    hours(admin, "staff", "off", []).must()


def test_hours_do_not_lock_out_whoever_sets_them(office: Office) -> None:
    admin = office.set_up()
    hours(admin, "administrator", "refuse", tomorrow()).refused(409, "would_lock_out")
    hours(admin, "administrator", "refuse", []).refused(422, "invalid_fields")
    hours(admin, "administrator", "refuse", tomorrow(), force=True).must()
    admin.get("/session").refused(403, "outside_hours")
    office.cli("access", "reset", "administrator")
    admin.get("/session").must()


def test_the_internet_is_let_in_by_the_table_only(tmp_path: Path) -> None:
    table = tmp_path / "jp.cidr"
    table.write_text("# date: 2020-01-01\n1.0.16.0/20\n")
    office = Office(tmp_path / "office", **{"access.geo_table": table}).init().start()
    try:
        geo = office.set_up().get("/access/networks").must()["geo"]
        assert geo == {
            "on": True, "readable": True, "stale": True, "date": "2020-01-01", "entries": 1,
        }
        assert "geo_table_stale" in office.said()
    finally:
        office.close()
