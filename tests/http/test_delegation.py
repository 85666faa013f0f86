"""Access that is lent: temporary support reads and nothing else, a token does no more than whoever
made it."""
from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from office import PASSWORD, Office
from person import Person

ASKED = {"ticket": "T-100", "helper": "山田 太郎（保守）", "purpose": "一覧が開かない", "hours": 2}


def helper_in(office: Office, opened: dict) -> Person:
    return office.nobody().enter(
        "/setup/account",
        {"login_id": opened["login_id"], "code": opened["setup_code"], "password": PASSWORD},
    )


@pytest.fixture
def two(make_office: Callable[..., Office]) -> tuple[Office, Person, Person]:
    """An office of two administrators, in which nobody approves the own request."""
    office = make_office(**{"change.two_person": True}).init().start()
    first = office.set_up()
    second = office.add_staff(first, roles=["administrator"])
    return office, first, second


def test_support_is_asked_by_one_and_approved_by_another(two) -> None:
    office, first, second = two
    grant = first.post("/support-grants", ASKED).must(201)
    assert (grant["state"], grant["requested_by"]) == (
        "waiting", f"account:{first.view['account_id']}"
    )
    first.post(f"/support-grants/{grant['id']}/approve").refused(409, "own_request")
    opened = second.post(f"/support-grants/{grant['id']}/approve").must()
    assert opened["grant"]["expires_at"] - opened["grant"]["decided_at"] == 2 * 3600
    second.post(f"/support-grants/{grant['id']}/approve").refused(409, "nothing_to_do")
    helper = helper_in(office, opened)
    helper.get("/status").must()
    helper.get("/backups").must()
    helper.get("/accounts").refused(403, "not_permitted")
    assert helper.get("/clients").status == 403


def test_support_of_a_client_needs_its_consent_reads_that_client_and_changes_nothing(
    office: Office, admin: Person
) -> None:
    one, other = admin.new_client()["id"], admin.new_client()["id"]
    person = admin.new_employee(one)["id"]
    wish = {**ASKED, "client_id": one}
    answer = admin.post("/support-grants", wish)
    assert answer.refused(422, "invalid_fields").faults == {"consent": "required"}
    grant = admin.post("/support-grants", {**wish, "consent": "佐藤様 11/24 電話"}).must(201)
    opened = admin.post(f"/support-grants/{grant['id']}/approve").must()  # an office of one person
    helper = helper_in(office, opened)
    assert helper.get(f"/clients/{one}").must()["id"] == one
    helper.get(f"/clients/{one}/employees/{person}").must()
    helper.get(f"/clients/{other}").refused(404, "not_found")
    helper.put(f"/clients/{one}", {}).refused(403, "not_permitted")
    helper.post(f"/clients/{one}/employees", {}).refused(403, "not_permitted")
    helper.post(f"/clients/{one}/employee-exports", {}).refused(403, "not_permitted")
    helper.get("/status").refused(403, "not_permitted")

    admin.post(f"/support-grants/{grant['id']}/revoke").must()
    helper.get(f"/clients/{one}").refused(401, "sign_in_needed")
    office.nobody().post(
        "/session", {"login_id": opened["login_id"], "password": PASSWORD}
    ).refused(401, "sign_in_wrong")


@pytest.mark.parametrize("hours", [0, 24, -1])
def test_support_lasts_less_than_a_day(admin: Person, hours: int) -> None:
    answer = admin.post("/support-grants", {**ASKED, "hours": hours})
    assert answer.refused(422, "invalid_fields").faults == {"hours": "support_hours"}


# --- tokens --------------------------------------------------------------------------------------
WISH = {
    "name": "給与ソフト", "rights": ["client.view", "employee.view"], "networks": ["127.0.0.0/8"],
    "all_clients": True, "client_ids": [], "days": 30,
}


def program(office: Office, secret: str, address: str = "127.0.0.1") -> Person:
    transport = httpx.HTTPTransport(verify=office.tls, local_address=address)
    return office.close_with(Person(httpx.Client(
        transport=transport, base_url=f"{office.url}/api/v1", timeout=30,
        headers={"Authorization": f"Bearer {secret}"},
    )))


def test_a_token_reads_what_it_may_and_nothing_else(office: Office, admin: Person) -> None:
    one, other = admin.new_client()["id"], admin.new_client()["id"]
    made = admin.post("/tokens", {**WISH, "all_clients": False, "client_ids": [one]}).must(201)
    assert made["secret"].startswith("kura_") and len(made["secret"]) >= 5 + 43
    payroll = program(office, made["secret"])
    payroll.get(f"/clients/{one}").must()
    payroll.get(f"/clients/{other}").refused(404, "not_found")
    payroll.put(f"/clients/{one}", {}).refused(403, "not_permitted")
    payroll.post(f"/clients/{one}/employee-exports", {}).refused(403, "not_permitted")
    payroll.get("/session").refused(403, "not_permitted")
    payroll.get("/accounts").refused(403, "not_permitted")
    payroll.post("/tokens", WISH).refused(403, "not_permitted")


def test_a_token_works_from_its_own_addresses_only(office: Office, admin: Person) -> None:
    made = admin.post("/tokens", {**WISH, "networks": ["127.0.0.2"]}).must(201)
    program(office, made["secret"], "127.0.0.2").get("/clients").must()
    program(office, made["secret"], "127.0.0.3").get("/clients").refused(401, "sign_in_needed")


def test_a_revoked_token_is_dead_at_its_next_request(office: Office, admin: Person) -> None:
    made = admin.post("/tokens", WISH).must(201)
    payroll = program(office, made["secret"])
    payroll.get("/clients").must()
    admin.post(f"/tokens/{made['token']['id']}/revoke").must()
    payroll.get("/clients").refused(401, "sign_in_needed")
    admin.post(f"/tokens/{made['token']['id']}/revoke").refused(409, "nothing_to_do")


def test_a_token_dies_with_whoever_made_it(office: Office, admin: Person) -> None:
    other = office.add_staff(admin, roles=["administrator", "manager"])
    made = other.post("/tokens", WISH).must(201)
    payroll = program(office, made["secret"])
    payroll.get("/clients").must()
    account = other.view["account_id"]
    admin.put(f"/accounts/{account}/roles", {"roles": ["administrator"]}).must()
    assert payroll.get("/clients").status == 200  # that is still the owner's right
    client = admin.new_client()["id"]
    payroll.get(f"/clients/{client}/employees").refused(403, "not_permitted")
    admin.post(f"/accounts/{account}/disable").must()
    payroll.get("/clients").refused(401, "sign_in_needed")


@pytest.mark.parametrize(("change", "field", "fault"), [
    ({"rights": ["export.run"]}, "rights", "right_not_for_token"),
    ({"rights": ["account.manage"]}, "rights", "right_not_for_token"),
    ({"rights": ["no.such"]}, "rights", "right_not_for_token"),
    ({"rights": []}, "rights", "required"),
    ({"networks": []}, "networks", "required"),
    ({"networks": ["here"]}, "networks", "not_a_network"),
    ({"days": 0}, "days", "token_days"),
    ({"days": 367}, "days", "token_days"),
    ({"name": " "}, "name", "required"),
])
def test_a_token_that_makes_no_sense_is_refused(
    admin: Person, change: dict, field: str, fault: str
) -> None:
    answer = admin.post("/tokens", {**WISH, **change}).refused(422, "invalid_fields")
    assert answer.faults == {field: fault}


def test_no_token_lies_in_clear_in_the_data(office: Office, admin: Person) -> None:
    made = admin.post("/tokens", WISH).must(201)
    program(office, made["secret"]).get("/clients").must()
    listed = admin.get("/tokens").must()["tokens"]
    assert made["secret"] not in str(listed)
    assert made["secret"] not in office.said()
