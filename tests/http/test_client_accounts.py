"""People of client companies: made by the office or the company's own administrator, who sees no
others."""
from __future__ import annotations

import itertools

import pytest
from office import PASSWORD, Office
from person import Answer, Person

_numbers = itertools.count(1)


def wish(**wanted: object) -> dict:
    return {"login_id": f"co{next(_numbers)}", "name": "会社 花子", "roles": ["client_staff"], **wanted}


@pytest.fixture
def company(admin: Person) -> int:
    return admin.new_client()["id"]


def people(person: Person, client: int) -> list[str]:
    listed = person.get(f"/clients/{client}/accounts").must()["accounts"]
    return [line["account"]["login_id"] for line in listed]


def company_administrator(
    office: Office, admin: Person, client: int, role: str = "client_administrator"
) -> Person:
    body = wish(roles=[role])
    made = admin.post(f"/clients/{client}/accounts", body).must(201)
    return office.nobody().enter("/setup/account", {
        "login_id": body["login_id"], "code": made["setup_code"], "password": PASSWORD,
    })


def test_a_company_s_administrator_manages_the_people_of_that_company_only(
    office: Office, admin: Person, company: int
) -> None:
    boss = company_administrator(office, admin, company)
    assert boss.view["account_class"] == "client"
    path = f"/clients/{company}/accounts"
    made = boss.post(path, wish()).must(201)
    office.add_staff(admin, [company])  # of the office: not theirs to see
    assert people(boss, company) == people(admin, company)
    assert made["account"]["login_id"] in people(boss, company)
    assert len(people(boss, company)) == 2
    again = boss.post(f"{path}/{made['account']['id']}/invite").must()
    assert again["setup_code"] != made["setup_code"]
    assert boss.post(f"{path}/{made['account']['id']}/disable").must()["state"] == "disabled"

    other = admin.new_client()["id"]
    boss.get(f"/clients/{other}/accounts").refused(404, "not_found")
    boss.get("/accounts").refused(403, "not_permitted")
    theirs = admin.post(f"/clients/{other}/accounts", wish()).must(201)["account"]["id"]
    for word in ("invite", "disable"):
        boss.post(f"{path}/{theirs}/{word}").refused(404, "not_found")
        boss.post(f"{path}/{admin.view['account_id']}/{word}").refused(404, "not_found")
    boss.post(f"{path}/{boss.view['account_id']}/disable").refused(409, "own_account")


def test_no_role_of_the_office_is_given_here(admin: Person, company: int) -> None:
    path = f"/clients/{company}/accounts"
    for roles, fault in ((["staff"], "role_of_office"), (["president"], "unknown_role")):
        refused = admin.post(path, wish(roles=roles)).refused(422, "invalid_fields")
        assert refused.faults == {"roles": fault}


def test_nobody_of_a_company_gives_more_than_they_have(
    office: Office, admin: Person, company: int
) -> None:
    narrow = admin.post("/roles", {
        "name": f"窓口{next(_numbers)}", "account_class": "client",
        "rights": ["client.view", "account.client"],
    }).must(201)["role"]
    clerk = company_administrator(office, admin, company, narrow)
    path = f"/clients/{company}/accounts"
    refused = clerk.post(path, wish()).refused(422, "invalid_fields")
    assert refused.faults == {"roles": "more_than_own"}
    clerk.post(path, wish(roles=[narrow])).must(201)
    stronger = admin.post(path, wish()).must(201)["account"]["id"]
    for word in ("invite", "disable"):
        clerk.post(f"{path}/{stronger}/{word}").refused(403, "more_than_own")


def test_an_employee_s_account_is_of_somebody_in_that_company_s_ledger(
    admin: Person, company: int
) -> None:
    path = f"/clients/{company}/accounts"
    employee = admin.new_employee(company)["id"]

    def add(**wanted: object) -> Answer:
        return admin.post(path, wish(roles=["employee"], **wanted))

    assert add().refused(422, "invalid_fields").faults == {"employee_id": "required"}
    unknown = add(employee_id=987654).refused(422, "invalid_fields")
    assert unknown.faults == {"employee_id": "unknown"}
    assert add(employee_id=employee).must(201)["account"]["employee_id"] == employee
    twice = add(employee_id=employee).refused(422, "invalid_fields")
    assert twice.faults == {"employee_id": "has_account"}


def test_sheets_of_a_company_are_for_its_people_only(
    office: Office, admin: Person, company: int
) -> None:
    boss = company_administrator(office, admin, company)
    path = f"/clients/{company}"
    mine = boss.post(f"{path}/accounts", wish()).must(201)["account"]["id"]
    answer = boss.post(f"{path}/account-sheets", {"account_ids": [mine]})
    assert answer.content.startswith(b"%PDF")
    boss.post(f"{path}/account-sheets", {"account_ids": [admin.view["account_id"]]}).refused(
        404, "not_found"
    )
