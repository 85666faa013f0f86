"""従業員: records whose sections apply from a day, retirement, search and history."""
from __future__ import annotations

import uuid

import pytest
from person import Person, ledger


@pytest.fixture(scope="module")
def client_id(admin: Person) -> int:
    return admin.new_client()["id"]


def test_a_record_is_kept_and_tidied(admin: Person, client_id: int) -> None:
    made = admin.new_employee(
        client_id,
        basic={"telephone": "０９０－１２３４－５６７８"},
        name={"last_name": "髙﨑", "first_name": "邉", "last_kana": "ﾀｶｻｷ", "first_kana": "わたり"},
        pension={"state": "enrolled", "basic_number": "１２３４５６７８９０", "over_70": False,
                 "two_employers": False},
        relatives=[{"relation": "妻", "last_name": "髙﨑", "first_name": "花",
                    "living": "together", "disability": "none", "dependent": "tax_and_social"}],
    )
    record = made["ledger"]
    assert (record["name"]["last_name"], record["name"]["last_kana"]) == ("髙﨑", "タカサキ")
    assert record["name"]["first_kana"] == "ワタリ"
    assert record["name"]["valid_from"] == "2020-04-01"  # from the day of hiring
    assert record["basic"]["telephone"] == "090-1234-5678"
    assert record["pension"]["basic_number"] == "1234-567890"
    assert record["relatives"][0]["id"] == 1
    assert made["version"] == 1
    assert admin.get(f"/clients/{client_id}/employees/{made['id']}").must() == made


@pytest.mark.parametrize("section, field, value, code", [
    ("basic", "number", "", "required"),
    ("basic", "birth_date", "1985-02-30", "not_a_date"),
    ("basic", "birth_date", "1800-01-01", "out_of_range"),
    ("basic", "hired_on", "1984-01-01", "before_birth"),
    ("basic", "retired_on", "2019-01-01", "before_start"),
    ("basic", "note", "番号は 1234 5678 9018", "my_number_not_allowed"),
    ("basic", "sex", "unknown", "not_a_choice"),
    ("name", "last_name", "", "required"),
    ("name", "last_kana", "山田", "bad_kana"),
    ("name", "first_name", "花\u0007子", None),  # not even JSON of ours
])
def test_a_fault_names_its_field(
    admin: Person, client_id: int, section: str, field: str, value: str, code: str | None
) -> None:
    answer = admin.post(f"/clients/{client_id}/employees", ledger(**{section: {field: value}}))
    if code is None:
        answer.refused(400, "not_json")
    else:
        assert answer.refused(422, "invalid_fields").faults == {f"{section}.{field}": code}


def test_a_number_is_one_person_s_within_a_client(admin: Person, client_id: int) -> None:
    number = {"basic": {"number": uuid.uuid4().hex[:10]}}
    admin.new_employee(client_id, **number)
    answer = admin.post(f"/clients/{client_id}/employees", ledger(**number))
    assert answer.refused(409, "employee_number_taken").faults == {"basic.number": "taken"}
    admin.new_employee(admin.new_client()["id"], **number)


def test_a_change_needs_the_version_that_was_seen(admin: Person, client_id: int) -> None:
    made = admin.new_employee(client_id)
    path = f"/clients/{client_id}/employees/{made['id']}"
    mine = {**made["ledger"], "basic": {**made["ledger"]["basic"], "note": "先に保存"}}
    admin.put(path, mine).refused(428, "precondition_required")
    first = admin.put(path, mine, if_match=1).must()
    assert (first["version"], first["ledger"]["basic"]["note"]) == (2, "先に保存")
    late = admin.put(path, made["ledger"], if_match=1).refused(409, "version_conflict")
    assert late.json["context"]["current"] == first
    assert admin.get(path).must() == first


def test_the_same_creation_sent_twice_makes_one(admin: Person, client_id: int) -> None:
    key, body = uuid.uuid4().hex, ledger()
    path = f"/clients/{client_id}/employees"
    first = admin.post(path, body, key=key).must(201)
    assert admin.post(path, body, key=key).must(201) == first
    admin.post(path, ledger(), key=key).refused(422, "idempotency_key_reused")
    other = admin.new_client()["id"]
    admin.post(f"/clients/{other}/employees", body, key=key).refused(
        422, "idempotency_key_reused"
    )


def test_a_section_applies_from_its_day_and_keeps_what_was_before(
    admin: Person, client_id: int
) -> None:
    made = admin.new_employee(client_id, name={"last_name": "旧姓", "last_kana": "キュウセイ"})
    path = f"/clients/{client_id}/employees/{made['id']}"
    married = {**made["ledger"], "name": {
        **made["ledger"]["name"], "valid_from": "2023-06-01", "last_name": "新姓",
        "last_kana": "シンセイ",
    }}
    changed = admin.put(path, married, if_match=1).must()
    assert [v["last_name"] for v in changed["versions"]["names"]] == ["新姓", "旧姓"]
    assert changed["ledger"]["name"]["last_name"] == "新姓"
    before = admin.get(f"{path}?as_of=2023-05-31").must()
    assert before["ledger"]["name"]["last_name"] == "旧姓"
    assert before["as_of"] == "2023-05-31"
    admin.get(f"{path}?as_of=yesterday").refused(422, "invalid_fields")

    future = {**married, "name": {**married["name"], "valid_from": "2090-01-01",
                                  "last_name": "未来"}}
    planned = admin.put(path, future, if_match=2).must()
    assert planned["ledger"]["name"]["last_name"] == "新姓"  # today's, not the planned one
    rows = admin.post(f"/clients/{client_id}/employees/search", {"text": "シンセイ"}).must()
    assert [row["id"] for row in rows["employees"]] == [made["id"]]


def test_a_person_retires_and_comes_back(admin: Person, client_id: int) -> None:
    made = admin.new_employee(client_id)
    path = f"/clients/{client_id}/employees/{made['id']}"
    admin.post(f"{path}/retire", {"retired_on": "2024-03-31"}).refused(
        428, "precondition_required"
    )
    admin.post(f"{path}/retire", {"retired_on": "2019-01-01"}, if_match=1).refused(
        422, "invalid_fields"
    )
    gone = admin.post(
        f"{path}/retire", {"retired_on": "2024-03-31", "reason": "自己都合"}, if_match=1
    ).must()
    assert gone["ledger"]["basic"]["attendance"] == "retired"
    admin.post(f"{path}/retire", {"retired_on": "2024-03-31"}, if_match=2).refused(
        409, "already_retired"
    )
    back = admin.post(f"{path}/reinstate", if_match=2).must()
    basic = back["ledger"]["basic"]
    assert (basic["attendance"], basic.get("retired_on")) == ("active", None)
    admin.post(f"{path}/reinstate", if_match=3).refused(409, "not_retired")


def test_retiring_somebody_does_not_bring_an_old_section_back(
    admin: Person, client_id: int
) -> None:
    """?as_of= is for reading; a change starts from what is in force today."""
    made = admin.new_employee(client_id, name={"last_name": "旧姓", "last_kana": "キュウセイ"})
    path = f"/clients/{client_id}/employees/{made['id']}"
    married = {**made["ledger"], "name": {**made["ledger"]["name"], "valid_from": "2023-06-01",
                                          "last_name": "新姓"}}
    admin.put(path, married, if_match=1).must()
    gone = admin.post(
        f"{path}/retire?as_of=2020-05-01", {"retired_on": "2024-03-31"}, if_match=2
    ).must()
    newest = admin.get(f"{path}/history").must()["items"][0]
    assert "name.last_name" not in {change["field"] for change in newest["changes"]}
    assert gone["ledger"]["name"]["last_name"] == "新姓"


def test_the_list_is_searched_filtered_sorted_and_paged(admin: Person) -> None:
    client = admin.new_client()["id"]
    people = [("000101", "阿部", "アベ", "総務部"), ("000102", "馬場", "ババ", "営業部"),
              ("000203", "千葉", "チバ", "営業部")]
    for number, last, kana, department in people:
        admin.new_employee(
            client, basic={"number": number}, name={"last_name": last, "last_kana": kana},
            employment={"department": department, "type": "regular", "term": "open_ended",
                        "short_time": False},
        )

    def search(**wanted: object) -> list[str]:
        found = admin.post(f"/clients/{client}/employees/search", wanted).must()
        return [row["number"] for row in found["employees"]]

    everybody = ["000101", "000102", "000203"]
    assert search() == everybody
    assert search(text="0001") == everybody[:2]
    assert search(text="ばば") == ["000102"]  # hiragana, half-width: the same sound
    assert search(text="ﾁﾊﾞ") == ["000203"]
    assert search(text="阿") == ["000101"]
    assert search(department="営業部", sort="-number") == ["000203", "000102"]
    assert search(sort="-kana", size=2) == ["000102", "000203"]  # ババ before チバ, backwards
    assert search(size=2, page=2) == ["000203"]
    assert search(attendance="retired") == []
    listed = admin.get(f"/clients/{client}/employees?attendance=present&sort=kana").must()
    assert (listed["total"], set(listed["departments"])) == (3, {"営業部", "総務部"})
    assert admin.get(f"/clients/{client}").must()["employees"] == 3


def test_the_history_says_who_changed_what(admin: Person, staff: Person, client_id: int) -> None:
    made = admin.new_employee(client_id)
    path = f"/clients/{client_id}/employees/{made['id']}"
    changed = {**made["ledger"], "basic": {**made["ledger"]["basic"], "note": "確認済み"}}
    staff.put(path, changed, if_match=1).must()
    newest, oldest = admin.get(f"{path}/history").must()["items"]
    assert (newest["action"], newest["actor"]) == ("employee.update", staff.view["name"])
    assert newest["changes"] == [{"field": "basic.note", "from": None, "to": "確認済み"}]
    assert (oldest["action"], oldest["actor"]) == ("employee.create", admin.view["name"])
    assert newest["seq"] > oldest["seq"]


def test_a_stranger_s_establishment_is_refused(admin: Person, client_id: int) -> None:
    work = {"establishment_id": 4711, "type": "regular", "term": "open_ended", "short_time": False}
    answer = admin.post(f"/clients/{client_id}/employees", ledger(employment=work))
    assert answer.refused(422, "invalid_fields").faults == {
        "employment.establishment_id": "unknown"
    }


def test_somebody_who_is_not_there_is_not_found(admin: Person, client_id: int) -> None:
    path = f"/clients/{client_id}/employees/999999"
    admin.get(path).refused(404, "not_found")
    admin.get(f"{path}/history").refused(404, "not_found")
    admin.put(path, ledger(), if_match=1).refused(404, "not_found")
    for odd in ("0", "01", "-1", "1.0", "x", "9" * 30):
        admin.get(f"/clients/{client_id}/employees/{odd}").refused(404, "not_found")
