"""Search over all books: by kana, name or number prefix, with one's own writes seen at once."""
from __future__ import annotations

import pytest
from person import Person


@pytest.fixture(scope="module")
def people(admin: Person) -> dict[str, int]:
    client = admin.new_client(name="捜索用株式会社", name_kana="ソウサクヨウ")["id"]
    made = {}
    for number, last, first, last_kana, first_kana in (
        ("S-0001", "髙﨑", "蔵之介", "タカサキ", "クラノスケ"),
        ("S-0002", "高崎", "倉子", "タカサキ", "クラコ"),
        ("S-0103", "Ｌｅｅ", "Ａｎｎ", "リー", "アン"),
    ):
        person = admin.new_employee(
            client, basic={"number": number},
            name={"last_name": last, "first_name": first, "last_kana": last_kana,
                  "first_kana": first_kana},
        )
        made[number] = person["id"]
    return made


def numbers(admin: Person, text: str, **more: object) -> list[str]:
    found = admin.post("/search", {"text": text, **more}).must()
    return [row["number"] for row in found["employees"] if row["number"].startswith("S-")]


@pytest.mark.parametrize("text, expected", [
    ("タカサキ", ["S-0002", "S-0001"]),
    ("たかさき", ["S-0002", "S-0001"]),
    ("ﾀｶｻｷ", ["S-0002", "S-0001"]),
    ("タカサキクラノ", ["S-0001"]),
    ("たかさき　くらの", ["S-0001"]),
    ("高崎", ["S-0002", "S-0001"]),  # the usual letters find the others
    ("髙﨑", ["S-0002", "S-0001"]),
    ("髙﨑蔵", ["S-0001"]),
    ("lee", ["S-0103"]),
    ("Ｌｅ", ["S-0103"]),
    ("S-000", ["S-0002", "S-0001"]),
    ("Ｓ－０１", ["S-0103"]),
    ("崎", []),  # a prefix, not a piece
    ("", []),
    ("%", []),
    ("_", []),
    ("' OR 1=1 --", []),
])
def test_a_prefix_of_kana_name_or_number_finds(
    admin: Person, people: dict[str, int], text: str, expected: list[str]
) -> None:
    assert numbers(admin, text) == expected


def test_a_client_is_found_by_name_kana_and_code(admin: Person) -> None:
    client = admin.new_client(code="KR-77", name="蔵前酒造", name_kana="クラマエシュゾウ")
    for text in ("蔵前", "くらまえ", "kr-7"):
        found = admin.post("/search", {"text": text}).must()["clients"]
        assert client["id"] in [row["id"] for row in found], text


def test_a_change_is_found_at_once_and_the_old_name_no_more(admin: Person) -> None:
    client = admin.new_client()["id"]
    for turn in range(5):
        last = f"即時{turn}"
        made = admin.new_employee(client, name={"last_name": last, "last_kana": "ソクジ"})
        found = admin.post("/search", {"text": last}).must()["employees"]
        assert [row["employee_id"] for row in found] == [made["id"]]
        ledger = {**made["ledger"], "name": {**made["ledger"]["name"], "last_name": f"改名{turn}"}}
        admin.put(f"/clients/{client}/employees/{made['id']}", ledger, if_match=1).must()
        assert admin.post("/search", {"text": last}).must()["employees"] == []
        found = admin.post("/search", {"text": f"改名{turn}"}).must()["employees"]
        assert [row["employee_id"] for row in found] == [made["id"]]


def test_the_number_of_hits_is_bounded(admin: Person, people: dict[str, int]) -> None:
    found = admin.post("/search", {"text": "S-", "limit": 1}).must()
    assert len(found["employees"]) == 1
