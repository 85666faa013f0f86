"""Roles and rights over HTTP: heavy rights are given by two, what is taken away is gone at once."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from office import Office
from person import Person

ASK = {"roles": ["staff", "exporter"], "reason": "算定基礎届の確認"}


@dataclass
class Pair:
    """An office of two administrators, with somebody who works there."""

    office: Office
    one: Person
    two: Person
    staff: Person

    def roles_of(self, person: Person) -> str:
        return f"/accounts/{person.view['account_id']}/roles"

    def ask(self) -> dict[str, Any]:
        return self.one.put(self.roles_of(self.staff), ASK).must()["waiting"]


@pytest.fixture
def pair(make_office: Callable[..., Office]) -> Iterator[Pair]:
    office = make_office(**{"change.two_person": True}).init().start()
    one = office.set_up()
    two = office.add_staff(one, [], roles=["administrator"], name="管理 二郎")
    yield Pair(office, one, two, office.add_staff(one, roles=["staff"]))


def wish(name: str, rights: list[str], account_class: str = "staff") -> dict[str, Any]:
    return {"name": name, "account_class": account_class, "rights": rights}


def own_role(admin: Person, name: str, rights: list[str], of: str = "staff") -> dict[str, Any]:
    made = admin.post("/roles", wish(name, rights, of)).must(201)
    return {**made, "path": f"/roles/{made['role'].removeprefix('own:')}"}


# --- two people ----------------------------------------------------------------------------------
def test_a_heavy_right_waits_until_a_second_administrator_has_approved_it(pair: Pair) -> None:
    one, two, staff = pair.one, pair.two, pair.staff
    client = one.new_client()["id"]
    staff.post(f"/clients/{client}/employee-exports", {}).refused(403, "not_permitted")
    grant = pair.ask()
    assert (grant["state"], grant["requested_by"]) == ("waiting", one.view["account_id"])
    approve = f"/grants/{grant['id']}/approve"
    one.post(approve, {"comment": ""}).refused(409, "own_request")
    staff.post(approve, {"comment": ""}).refused(403, "not_permitted")
    assert "export.run" not in staff.get("/session").must()["rights"]
    assert [g["id"] for g in two.get("/grants").must()["grants"]] == [grant["id"]]

    done = two.post(approve, {"comment": "確認しました"}).must()
    assert (done["state"], done["decided_by"]) == ("approved", two.view["account_id"])
    staff.get("/session").refused(401, "sign_in_needed")  # with the right comes a fresh sign-in
    again = pair.office.sign_in(staff.view["login_id"])
    assert "export.run" in again.view["rights"]
    wanted = {"encoding": "utf8_bom", "layout": "kuramori", "unmappable": "refuse",
              "attendance": "all"}
    assert again.post(f"/clients/{client}/employee-exports", wanted).status != 403
    two.post(approve, {"comment": ""}).refused(409, "nothing_to_do")


def test_the_receiver_never_approves_what_they_get(pair: Pair) -> None:
    wanted = {"roles": ["administrator", "exporter"], "reason": "月次の出力"}
    grant = pair.one.put(pair.roles_of(pair.two), wanted).must()["waiting"]
    pair.two.post(f"/grants/{grant['id']}/approve", {"comment": ""}).refused(409, "own_account")
    assert pair.two.get("/session").must()["roles"] == pair.two.view["roles"]


def test_nobody_gives_a_heavy_right_to_themselves(pair: Pair) -> None:
    own = [role["role"] for role in pair.one.view["roles"]]
    answer = pair.one.put(pair.roles_of(pair.one), {"roles": [*own, "exporter"], "reason": "急ぎ"})
    grant = answer.must()["waiting"]
    pair.one.post(f"/grants/{grant['id']}/approve", {"comment": ""}).refused(409, "own_request")
    assert "export.run" not in pair.one.get("/session").must()["rights"]


def test_a_request_needs_a_reason_and_one_waits_at_a_time(pair: Pair) -> None:
    path = pair.roles_of(pair.staff)
    for reason in (None, "", "　"):
        body = {"roles": ASK["roles"], **({"reason": reason} if reason is not None else {})}
        assert pair.one.put(path, body).refused(422, "invalid_fields").faults == {
            "reason": "required"
        }
    grant = pair.ask()
    pair.one.put(path, ASK).refused(409, "grant_waiting")
    pair.two.post(f"/grants/{grant['id']}/withdraw").refused(403, "not_own_request")
    assert pair.one.post(f"/grants/{grant['id']}/withdraw").must()["state"] == "withdrawn"
    second = pair.ask()
    refused = pair.two.post(f"/grants/{second['id']}/refuse", {"comment": "担当外です"}).must()
    assert (refused["state"], refused["comment"]) == ("refused", "担当外です")
    assert pair.staff.get("/session").must()["rights"] == pair.staff.view["rights"]


def test_a_new_person_has_the_light_roles_at_once_and_the_heavy_ones_later(pair: Pair) -> None:
    body = {"login_id": "new", "name": "新人 花子", "all_clients": True, "client_ids": [], **ASK}
    long = pair.one.post("/accounts", {**body, "reason": "長" * 201})
    assert long.refused(422, "invalid_fields").faults == {"reason": "too_long"}
    only = pair.one.post("/accounts", {**body, "roles": ["exporter"]})
    assert only.refused(422, "invalid_fields").faults == {"roles": "guarded_only"}
    made = pair.one.post("/accounts", body).must(201)  # neither of the two had left the ID taken
    assert made["account"]["roles"] == ["staff"]
    assert made["waiting"]["roles"] == ["staff", "exporter"]


def test_what_is_taken_away_or_light_needs_no_second_person(pair: Pair) -> None:
    path = pair.roles_of(pair.staff)
    changed = pair.one.put(path, {"roles": ["viewer"]}).must()
    assert (changed["account"]["roles"], changed["waiting"]) == (["viewer"], None)
    assert pair.one.put(path, {"roles": ["staff"]}).must()["waiting"] is None
    assert "client.edit" in pair.staff.get("/session").must()["rights"]  # no new sign-in for that


def test_an_office_of_one_person_switches_the_second_person_off(
    office: Office, admin: Person
) -> None:
    assert admin.get("/roles").must()["two_person"] is False
    person = office.add_staff(admin, roles=["staff"])
    path = f"/accounts/{person.view['account_id']}/roles"
    answer = admin.put(path, {"roles": ["staff", "exporter"]}).must()
    assert (set(answer["account"]["roles"]), answer["waiting"]) == ({"exporter", "staff"}, None)
    person.get("/session").refused(401, "sign_in_needed")
    assert "export.run" in office.sign_in(person.view["login_id"]).view["rights"]


# --- what does not go together -------------------------------------------------------------------
@pytest.mark.parametrize(
    "roles, fault",
    [
        (["auditor", "administrator"], "roles_apart"),
        (["auditor", "system_administrator"], "roles_apart"),
        (["auditor", "vault_handler"], "roles_apart"),
        (["vault_manager", "vault_handler"], "roles_apart"),
        (["staff", "client_staff"], "roles_of_two_classes"),
        (["client_staff"], "roles_of_two_classes"),  # the person is one of the office
        (["employee"], "roles_of_two_classes"),
        (["staff", "wizard"], "unknown_role"),
        (["own:99999"], "unknown_role"),
        ([], "required"),
    ],
)
def test_roles_that_do_not_go_together_are_refused(
    office: Office, admin: Person, roles: list[str], fault: str
) -> None:
    person = office.add_staff(admin, roles=["staff"])
    answer = admin.put(f"/accounts/{person.view['account_id']}/roles", {"roles": roles})
    assert answer.refused(422, "invalid_fields").faults == {"roles": fault}
    assert [r["role"] for r in person.get("/session").must()["roles"]] == ["staff"]


def test_a_client_s_person_does_not_become_one_of_the_office(office: Office, admin: Person) -> None:
    client = admin.new_client()["id"]
    person = office.add_staff(admin, [client], roles=["client_staff"])
    path = f"/accounts/{person.view['account_id']}/roles"
    for roles in (["staff"], ["client_staff", "staff"], ["employee"]):
        answer = admin.put(path, {"roles": roles}).refused(422, "invalid_fields")
        assert answer.faults == {"roles": "roles_of_two_classes"}
    assert admin.put(path, {"roles": ["client_administrator"]}).status == 200


def test_separated_duties_stay_apart_in_roles_of_the_office_s_own(
    office: Office, admin: Person
) -> None:
    manages = own_role(admin, "人事の補助", ["account.manage"], "administrator")
    light = own_role(admin, "記録の補助", ["job.view"], "administrator")
    auditor = office.add_staff(admin, [], roles=["auditor"])
    path = f"/accounts/{auditor.view['account_id']}/roles"
    answer = admin.put(path, {"roles": ["auditor", manages["role"]]})
    assert answer.refused(422, "invalid_fields").faults == {"roles": "roles_apart"}
    admin.put(path, {"roles": ["auditor", light["role"]]}).must()
    heavier = wish("記録の補助", ["job.view", "backup.run"], "administrator")
    answer = admin.put(light["path"], heavier, if_match=light["version"])
    assert answer.refused(422, "invalid_fields").faults == {"roles": "roles_apart"}
    assert "backup.run" not in auditor.get("/session").must()["rights"]


# --- inside open sessions ------------------------------------------------------------------------
def test_a_right_that_a_role_loses_is_gone_at_the_next_request(
    office: Office, admin: Person
) -> None:
    role = own_role(admin, "窓口", ["client.view", "client.edit", "employee.view"])
    person = office.add_staff(admin, roles=[role["role"]])
    client = admin.new_client()["id"]
    person.get(f"/clients/{client}/employees").must()
    less = wish("窓口", ["client.view"])
    changed = admin.put(role["path"], less, if_match=role["version"]).must()
    person.get(f"/clients/{client}/employees").refused(403, "not_permitted")
    session = person.get("/session").must()  # the same session
    assert set(session["rights"]) == {"signing_in", "signed_in", "client.view"}
    admin.put(role["path"], less, if_match=role["version"]).refused(409, "version_conflict")
    more = wish("窓口", ["client.view", "employee.view"])
    admin.put(role["path"], more, if_match=changed["version"]).must()
    person.get(f"/clients/{client}/employees").must()


def test_a_role_taken_from_a_person_is_gone_at_the_next_request(
    office: Office, admin: Person
) -> None:
    person = office.add_staff(admin)
    assert "export.run" in person.view["rights"]
    client = admin.new_client()["id"]
    admin.put(f"/accounts/{person.view['account_id']}/roles", {"roles": ["staff"]}).must()
    person.post(f"/clients/{client}/employee-exports", {}).refused(403, "not_permitted")
    session = person.get("/session").must()
    assert "export.run" not in session["rights"]
    assert [role["role"] for role in session["roles"]] == ["staff"]


# --- roles of the office's own -------------------------------------------------------------------
def test_a_role_in_use_is_neither_removed_nor_made_heavier(office: Office, admin: Person) -> None:
    role = own_role(admin, "繁忙期の応援", ["client.view"])
    person = office.add_staff(admin, roles=[role["role"]])
    heavier = wish("繁忙期の応援", ["client.view", "vault.reveal"])
    admin.put(role["path"], heavier, if_match=role["version"]).refused(409, "role_in_use_guarded")
    admin.delete(role["path"]).refused(409, "role_in_use")
    admin.put(f"/accounts/{person.view['account_id']}/roles", {"roles": ["viewer"]}).must()
    assert admin.delete(role["path"]).status == 204
    admin.delete(role["path"]).refused(404, "not_found")


def test_a_role_that_is_not_there_answers_404(office: Office, admin: Person) -> None:
    body = wish("どこにもない", ["client.view"])
    admin.put("/roles/987654", body, if_match=1).refused(404, "not_found")
    admin.delete("/roles/987654").refused(404, "not_found")
    admin.put("/accounts/987654/roles", {"roles": ["staff"]}).refused(404, "not_found")
    for verb in ("approve", "refuse"):
        admin.post(f"/grants/987654/{verb}", {"comment": ""}).refused(404, "not_found")
    admin.post("/grants/987654/withdraw").refused(404, "not_found")


def test_the_last_administrator_keeps_the_right_to_manage_accounts(
    make_office: Callable[..., Office],
) -> None:
    office = make_office().init().start()
    first = office.set_up()
    own = f"/accounts/{first.view['account_id']}/roles"
    first.put(own, {"roles": ["staff"]}).refused(409, "last_administrator")
    chief = own_role(first, "所長", ["account.manage", "account.view", "role.manage"],
                     "administrator")
    first.put(own, {"roles": [chief["role"]]}).must()
    less = wish("所長", ["account.view", "role.manage"], "administrator")
    first.put(chief["path"], less, if_match=chief["version"]).refused(409, "last_administrator")
    office.add_staff(first, [], roles=["administrator"])
    first.put(chief["path"], less, if_match=chief["version"]).must()
    first.put(own, {"roles": ["staff"]}).refused(403, "not_permitted")  # that was theirs, too


def test_the_matrix_is_for_those_who_see_accounts(office: Office, admin: Person) -> None:
    matrix = admin.get("/roles").must()
    assert {role["role"] for role in matrix["roles"] if role["version"] == 0} >= {
        "administrator", "staff", "exporter", "auditor", "client_staff", "employee",
    }
    assert {f["right"] for f in matrix["rights"] if f["guarded"]} == {
        "export.run", "vault.submit", "vault.status", "vault.use", "vault.reveal", "vault.approve",
    }
    auditor = office.add_staff(admin, [], roles=["auditor"])
    assert auditor.get("/roles").status == 200
    auditor.post("/roles", wish("監査の役割", ["client.view"])).refused(403, "not_permitted")
    office.add_staff(admin, roles=["staff"]).get("/roles").refused(403, "not_permitted")
