"""アカウント管理台帳 and 棚卸 over HTTP. What depends on the day of the month has unit tests."""
from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from office import Office
from person import Person


def line_of(person: Person, account: Person) -> dict:
    lines = person.get("/account-ledger").must()["lines"]
    return next(line for line in lines if line["account_id"] == account.view["account_id"])


def test_the_ledger_says_in_words_what_a_person_may_do_and_who_gave_it(
    office: Office, admin: Person
) -> None:
    client = admin.new_client(name="台帳商事株式会社")
    staff = office.add_staff(admin, [client["id"]])
    line = line_of(admin, staff)
    assert [role["ja"] for role in line["roles"]] == ["出力担当", "業務担当"]
    assert {name for role in line["roles"] for name in role["granted_by"]} == {"管理 一郎"}
    assert {"台帳をまとめて出力する", "従業員の台帳を直す"} <= {right["ja"] for right in line["can"]}
    assert {right["en"] for right in line["can"] if right["guarded"]} == {"Export whole ledgers"}
    assert [one["name"] for one in line["clients"]] == ["台帳商事株式会社"]
    assert (line["all_clients"], line["specific_clients"], line["dormant"]) == (False, [], False)
    admin.put(f"/accounts/{line['account_id']}/roles", {"roles": ["viewer"]}).must()
    assert [role["role"] for role in line_of(admin, staff)["roles"]] == ["viewer"]


def test_the_ledger_as_csv_lists_each_right_in_japanese_and_defuses_formulas(
    office: Office, admin: Person
) -> None:
    office.add_staff(admin, name="=HYPERLINK(\"http://x\")")
    answer = admin.get("/account-ledger.csv")
    answer.must()
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf") and "\r\n" in text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(admin.get("/account-ledger").must()["lines"])
    formula = next(row for row in rows if "HYPERLINK" in row["氏名"])
    assert formula["氏名"].startswith("'=")
    assert "台帳をまとめて出力する" in formula["できること"].split("\n")
    assert formula["担当する顧問先"] == "すべての顧問先"


def test_the_ledger_is_for_those_who_see_accounts_and_its_extract_for_the_proved(
    office: Office, admin: Person
) -> None:
    auditor = office.add_staff(admin, [], roles=["auditor"])
    assert auditor.get("/account-ledger").status == 200
    assert auditor.get("/account-ledger.csv").status == 200
    assert auditor.get("/account-reviews").status == 200
    auditor.post("/account-reviews").refused(403, "not_permitted")
    staff = office.add_staff(admin)
    for path in ("/account-ledger", "/account-ledger.csv", "/account-reviews"):
        staff.get(path).refused(403, "not_permitted")


def test_whoever_sees_only_some_clients_reads_only_those_in_the_ledger(
    office: Office, admin: Person
) -> None:
    role = admin.post(
        "/roles", {"name": "台帳の閲覧", "account_class": "staff", "rights": ["account.view"]}
    ).must(201)
    mine, other = admin.new_client()["id"], admin.new_client()["id"]
    person = office.add_staff(admin, [mine], roles=[role["role"]])
    colleague = office.add_staff(admin, [mine, other])
    assert [one["id"] for one in line_of(person, colleague)["clients"]] == [mine]
    assert [one["id"] for one in line_of(admin, colleague)["clients"]] == [mine, other]


@pytest.fixture
def two(make_office: Callable[..., Office]) -> tuple[Person, Person, Person]:
    office = make_office().init().start()
    one = office.set_up()
    other = office.add_staff(one, [], roles=["administrator"])
    return one, other, office.add_staff(one)


def test_a_review_is_signed_line_by_line_and_closes_with_the_last(
    two: tuple[Person, Person, Person],
) -> None:
    one, other, staff = two
    assert one.get("/account-reviews").must() == {"reviews": []}  # the office's first month
    review = one.post("/account-reviews").must(201)
    one.post("/account-reviews").refused(409, "review_exists")
    base = f"/account-reviews/{review['summary']['id']}"
    assert (review["summary"]["lines"], review["summary"]["signed_lines"]) == (3, 0)

    def sign(who: Person, whom: Person, verdict: str = "keep", comment: str = ""):
        body = {"verdict": verdict, "comment": comment}
        return who.post(f"{base}/lines/{whom.view['account_id']}", body)

    task = {"code": "account_review_open", "urgent": False, "count": 3}
    assert task in one.get("/home").must()["tasks"]
    assert not [t for t in staff.get("/home").must()["tasks"] if "review" in t["code"]]
    sign(staff, other).refused(403, "not_permitted")
    sign(one, one).refused(409, "own_line")
    assert sign(one, staff, "change").refused(422, "invalid_fields").faults == {
        "comment": "required"
    }
    sign(one, staff, "wish").refused(422, "invalid_fields")
    answer = sign(one, staff, "change", "出力の権限を外す").must()
    assert answer["summary"]["to_change"] == 1
    sign(one, staff).refused(409, "line_signed")
    sign(other, staff).refused(409, "line_signed")
    one.post(f"{base}/lines/999999", {"verdict": "keep", "comment": ""}).refused(404, "not_found")
    one.get("/account-reviews/999999").refused(404, "not_found")
    sign(one, other).must()
    closed = sign(other, one, comment="業務のため").must()["summary"]
    assert (closed["signed_lines"], closed["closed_by"]) == (3, "担当 花子")
    assert closed["closed_at"] is not None
    lines = one.get(base).must()["lines"]
    mine = next(line for line in lines if line["account_id"] == one.view["account_id"])
    assert (mine["verdict"], mine["comment"], mine["mine"]) == ("keep", "業務のため", True)
    assert not [t for t in one.get("/home").must()["tasks"] if "review" in t["code"]]


def test_requests_that_wait_are_a_task_of_whoever_may_approve(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(**{"change.two_person": True}).init().start()
    one = office.set_up()
    staff = office.add_staff(one, roles=["staff"])
    body = {"roles": ["staff", "exporter"], "reason": "算定"}
    grant = one.put(f"/accounts/{staff.view['account_id']}/roles", body).must()["waiting"]
    task = {"code": "grants_waiting", "urgent": False, "count": 1}
    assert task in one.get("/home").must()["tasks"]
    assert task not in staff.get("/home").must()["tasks"]
    one.post(f"/grants/{grant['id']}/withdraw").must()
    assert task not in one.get("/home").must()["tasks"]
