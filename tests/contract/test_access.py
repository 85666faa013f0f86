"""Every route × every role. The list of routes is the program's own, so that a new route is
covered the day it is born."""
from __future__ import annotations

from collections.abc import Iterator

import access
import pytest
from authenticator import enrol
from office import Office
from person import Answer, Person
from shapes import Route, operations, routes

VERBS = ["get", "post", "put", "patch", "delete"]  # what removes things comes last
IN_ORDER = sorted(routes(), key=lambda route: VERBS.index(route.verb))
CELLS = [(route, role) for route in IN_ORDER for role in access.RIGHTS]
UNKNOWN = 987654321


class Cast:
    """One office with a client, things in it, and one person for each role."""

    def __init__(self, office: Office):
        self.office = office
        self.admin = office.set_up()
        client = self.admin.new_client()["id"]
        other = self.admin.new_client()["id"]
        job = self.admin.wait_for_job(self.admin.post("/backups"))
        victim = office.add_staff(self.admin, [])
        self.ids = {
            "client_id": client,
            "establishment_id": self.admin.new_establishment(client)["id"],
            "employee_id": self.admin.new_employee(client)["id"],
            "account_id": victim.view["account_id"],
            "job_id": job["id"],
            "backup_id": self.admin.get("/backups").must()["restore_points"][0]["id"],
            "device_id": self.a_device(victim),
        }
        self.of_company = self.admin.post(f"/clients/{client}/accounts", {
            "login_id": "of-company", "name": "会社 花子", "roles": ["client_staff"],
        }).must(201)["account"]["id"]
        self.people = {
            "nobody": office.nobody(),
            "half_signed_in": self.half_signed_in(),
            "staff_unassigned": office.add_staff(self.admin, [other]),
            "staff_assigned": office.add_staff(self.admin, [client]),
            "plain_staff": self.of_office("staff", [client]),
            "viewer": self.of_office("viewer", [client]),
            "manager": self.of_office("manager"),
            "system_administrator": self.of_office("system_administrator"),
            "auditor": self.of_office("auditor"),
            "plain_administrator": self.of_office("administrator"),
            "own_client": self.of_office("client_administrator", [client]),
            "own_client_staff": self.of_office("client_staff", [client]),
            "other_client": self.of_office("client_administrator", [other]),
            "employee_person": self.of_office(
                "employee", [client], employee_id=self.ids["employee_id"]
            ),
            "administrator": self.admin,
            "console": office.console(),
        }

    def of_office(self, role: str, clients: list[int] | None = None, **more: object) -> Person:
        return self.office.add_staff(
            self.admin, clients or [], roles=[role], **more
        )

    def a_device(self, owner: Person) -> int:
        wanted = {"login_id": owner.view["login_id"], "device": "受付ノート"}
        return self.admin.post("/devices", wanted).must(201)["certificate"]["id"]

    def half_signed_in(self) -> Person:
        person = self.office.add_staff(self.admin)
        enrol(person)
        return self.office.sign_in(person.view["login_id"])

    def ask(self, route: Route, role: str, client_id: int | None = None) -> Answer:
        ids = {**dict.fromkeys(route.params, UNKNOWN), **self.ids}
        if "/{client_id}/accounts/" in route.path:
            ids["account_id"] = self.of_company
        if client_id is not None:
            ids["client_id"] = client_id
        path = route.path.removeprefix("/api/v1").format(**ids)
        person = self.people[role]
        if route.operation == "signOut" and role not in ("nobody", "console"):
            person = self.office.sign_in(person.view["login_id"])  # the others stay signed in
        if route.body == "upload":
            return person.upload(path, b"x", "a.csv")
        body = {} if route.body == "json" else None
        return person.ask(route.verb.upper(), path, body)

    def knows(self, route: Route, role: str) -> bool:
        """All that its path names is there for this role, and no earlier cell has removed it."""
        if "job_id" in route.params and "backup.view" not in access.RIGHTS[role]:
            return False  # the job is a backup
        return route.verb != "delete" and set(route.params) <= set(self.ids)


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    office = Office(tmp_path_factory.mktemp("access")).init().start()
    yield Cast(office)
    office.close()


def without_id(answer: Answer) -> tuple[int, str, dict[str, str]]:
    request_id = answer.headers["x-request-id"]
    headers = {name: text for name, text in answer.headers.items() if name != "x-request-id"}
    return answer.status, answer.text.replace(request_id, ""), headers


@pytest.mark.parametrize(
    "route, role", CELLS, ids=[f"{route.operation}-{role}" for route, role in CELLS]
)
def test_a_role_gets_what_it_may_have_and_nothing_else(
    cast: Cast, route: Route, role: str
) -> None:
    answer = cast.ask(route, role)
    refusal = access.expected(role, route.right, route.scope)
    if refusal:
        answer.refused(*refusal)
        return
    is_problem = answer.headers.get("content-type") == "application/problem+json"
    code = answer.code if is_problem else ""
    assert code not in ("sign_in_needed", "not_permitted", "csrf_token_wrong"), answer.text
    assert answer.status < 500, answer.text
    if cast.knows(route, role):
        assert answer.status != 404, answer.text
    if answer.status < 300:
        assert str(answer.status) in operations()[route.verb, route.path]["responses"]


# Asked by somebody who has the right, but not the client. An administrator has every client.
OF_CLIENTS = [
    route for route in IN_ORDER if route.scope == "client" and route.right in access.STAFF
]


@pytest.mark.parametrize("route", OF_CLIENTS, ids=[route.operation for route in OF_CLIENTS])
def test_another_client_answers_like_one_that_does_not_exist(cast: Cast, route: Route) -> None:
    theirs = cast.ask(route, "staff_unassigned")
    nowhere = cast.ask(route, "staff_unassigned", UNKNOWN)
    assert theirs.status == 404
    assert without_id(theirs) == without_id(nowhere)


def test_every_right_is_somebody_s() -> None:
    used = {route.right for route in routes()} - {"anyone"}
    known = set[str]().union(*access.RIGHTS.values())
    assert used <= known, "a right that tests/contract/access.py does not know"


def test_an_unknown_verb_on_a_known_path_says_so(cast: Cast) -> None:
    served = {(route.verb, route.path) for route in routes()}
    for route in IN_ORDER:
        for verb in set(VERBS) - {verb for verb, path in served if path == route.path}:
            path = route.path.removeprefix("/api/v1").format(**dict.fromkeys(route.params, 1))
            cast.admin.ask(verb.upper(), path).refused(405, "method_not_allowed")


def test_an_unknown_path_is_not_found_by_anybody(cast: Cast) -> None:
    for person in cast.people.values():
        person.get("/nowhere").refused(404, "not_found")
