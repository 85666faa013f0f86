"""取込と出力: a real file in and out of a running office."""
from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from office import Office
from person import Answer, Person

HEADINGS = ["社員番号", "姓", "名", "姓（カナ）", "名（カナ）", "生年月日", "戸籍上の性別", "入社日",
            "部署"]
FAMILIES = [("髙橋", "タカハシ"), ("﨑山", "サキヤマ"), ("山田", "ヤマダ"), ("佐藤", "サトウ")]


def row(number: int) -> list[str]:
    family, kana = FAMILIES[number % len(FAMILIES)]
    return [f"{number:04d}", family, f"太{number}", kana, "タロウ", "1990/4/1", "男性", "令和2年4月1日",
            "営業部"]


def file_of(
    rows: list[list[str]], encoding: str = "cp932", headings: list[str] = HEADINGS
) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([headings, *rows])
    return out.getvalue().encode(encoding)


def read(content: bytes, encoding: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))


class Wizard:
    """One import, as the browser drives it."""

    def __init__(self, person: Person, base: str):
        self.person, self.base, self.id = person, base, 0

    def upload(self, content: bytes, name: str = "従業員.csv") -> dict[str, Any]:
        made = self.person.upload(self.base, content, name).must(201)
        self.id = made["id"]
        return made

    @property
    def path(self) -> str:
        return f"{self.base}/{self.id}"

    def get(self) -> dict[str, Any]:
        return self.person.get(self.path).must()

    def check(self, **wanted: Any) -> dict[str, Any]:
        mapping = [{"index": c["index"], "field": c.get("field")} for c in self.get()["columns"]]
        body = {"mapping": mapping, "blank": "keep", **wanted}
        self.person.wait_for_job(self.person.post(f"{self.path}/check", body))
        return self.get()["counts"]

    def rows(self, show: str = "all", **more: Any) -> dict[str, Any]:
        return self.person.get(f"{self.path}/rows", params={"show": show, **more}).must()

    def fix(self, line: int, **cells: str) -> dict[str, Any]:
        places = {column["heading"]: column["index"] for column in self.get()["columns"]}
        body = {"cells": [{"index": places[k], "value": v} for k, v in cells.items()]}
        return self.person.put(f"{self.path}/rows/{line}", body).must()

    def commit(self, state: str = "done") -> dict[str, Any]:
        return self.person.wait_for_job(self.person.post(f"{self.path}/commit"), state)

    def undo(self) -> dict[str, Any]:
        return self.person.wait_for_job(self.person.post(f"{self.path}/undo"))


@pytest.fixture
def client(admin: Person) -> dict[str, Any]:
    return admin.new_client()


@pytest.fixture
def wizard(admin: Person, client: dict[str, Any]) -> Wizard:
    return Wizard(admin, f"/clients/{client['id']}/imports")


def people(person: Person, client: dict[str, Any], **search: Any) -> dict[str, Any]:
    return person.post(f"/clients/{client['id']}/employees/search", search).must()


def test_five_hundred_rows_with_three_bad_ones(
    admin: Person, client: dict[str, Any], wizard: Wizard
) -> None:
    rows = [row(number) for number in range(1, 501)]
    rows[9][5] = "2024/02/30"
    rows[249][3] = "高橋"
    rows[499][0] = "0001"
    made = wizard.upload(file_of(rows))
    assert (made["encoding"], made["line_break"], made["rows"]) == ("cp932", "crlf", 500)
    assert all(column["field"] for column in made["columns"])

    assert wizard.check() == {"add": 497, "update": 0, "same": 0, "error": 3}
    bad = wizard.rows("errors")
    assert [(r["line"], r["faults"][0]["heading"], r["faults"][0]["code"], r["faults"][0]["value"])
            for r in bad["rows"]] == [
        (11, "生年月日", "no_such_day", "2024/02/30"),
        (251, "姓（カナ）", "bad_kana", "高橋"),
        (501, "社員番号", "duplicate_in_file", "2"),
    ]
    assert {e["heading"]: e["count"] for e in bad["errors_by_column"]} == {
        "生年月日": 1, "姓（カナ）": 1, "社員番号": 1,
    }
    admin.post(f"{wizard.path}/commit").refused(409, "import_has_errors")
    assert people(admin, client)["total"] == 0

    answer = admin.get(f"{wizard.path}/errors")
    assert "filename*=UTF-8''" in answer.headers["content-disposition"]
    file = read(answer.content, "cp932")
    assert file[0] == [*HEADINGS, "エラー"]
    assert len(file) == 4
    assert file[1][-1] == "生年月日：存在しない日付です（2024/02/30）"

    assert wizard.fix(11, 生年月日="H2.4.1")["action"] == "add"
    assert wizard.fix(251, **{"姓（カナ）": "タカハシ"})["faults"] == []
    assert wizard.fix(501, 社員番号="0500")["key"] == "0500"
    assert wizard.get()["counts"] == {"add": 500, "update": 0, "same": 0, "error": 0}

    assert wizard.commit()["result"] == {"add": 500, "update": 0, "same": 0, "error": 0}
    assert people(admin, client)["total"] == 500
    found = people(admin, client, text="ﾀｶﾊｼ", size=200)
    assert found["total"] > 100 and all("タカハシ" in e["name_kana"] for e in found["employees"])

    assert wizard.undo()["result"] == {"removed": 500, "restored": 0}
    assert people(admin, client)["total"] == 0
    assert wizard.get()["state"] == "undone"
    assert wizard.check()["add"] == 500
    wizard.commit()
    assert people(admin, client)["total"] == 500


def test_add_and_update_in_one_file_and_a_history_of_it(
    admin: Person, client: dict[str, Any], wizard: Wizard
) -> None:
    wizard.upload(file_of([row(1)], "utf-8"))
    wizard.check()
    wizard.commit()
    moved = [*row(1)[:-1], "総務部"]
    content = file_of([moved, row(2)], "utf-8").replace(b"\r\n", b"\n")
    made = wizard.upload(b"\xef\xbb\xbf" + content)
    assert (made["encoding"], made["line_break"]) == ("utf8_bom", "lf")
    assert wizard.check(valid_from="2026-04-01") == {"add": 1, "update": 1, "same": 0, "error": 0}
    change = wizard.rows("update")["rows"][0]["changes"]
    assert {"field": "employment.department", "label": "部署",
            "from": "営業部", "to": "総務部"} in change
    wizard.commit()
    employee = people(admin, client)["employees"][0]
    history = admin.get(f"/clients/{client['id']}/employees/{employee['id']}/history").must()
    assert [item["action"] for item in history["items"]] == ["employee.import", "employee.import"]


def test_the_last_import_only_is_undone_and_only_untouched(
    admin: Person, client: dict[str, Any], wizard: Wizard
) -> None:
    first = wizard.upload(file_of([row(1)]))["id"]
    wizard.check()
    wizard.commit()
    wizard.upload(file_of([row(2)]))
    wizard.check()
    wizard.commit()
    admin.post(f"{wizard.base}/{first}/undo").refused(409, "import_not_last")
    employee = people(admin, client, text="0002")["employees"][0]
    path = f"/clients/{client['id']}/employees/{employee['id']}"
    stored = admin.get(path).must()
    stored["ledger"]["basic"]["note"] = "変更"
    admin.put(path, stored["ledger"], if_match=stored["version"]).must()
    refused = admin.post(f"{wizard.path}/undo").refused(409, "import_changed_since")
    assert refused.json["context"]["changed"] == [{"id": employee["id"], "title": employee["name"]}]


@pytest.mark.parametrize("content, name, status, code", [
    (b"", "a.csv", 422, "file_empty"),
    (b"PK\x03\x04 a workbook", "a.csv", 422, "import_spreadsheet"),
    ("社員番号,姓".encode("utf-16"), "a.csv", 422, "import_utf16"),
    (file_of([]), "a.csv", 422, "import_no_rows"),
    (file_of([row(1)]), "a.xlsx", 422, "import_not_csv"),
    (file_of([[*row(1)[:-1], "1234-5678-9018"]]), "a.csv", 422, "import_my_number"),
    (b"a," * 2000 + b"\n1\n", "a.csv", 422, "import_too_many_columns"),
])
def test_what_is_refused_at_the_door(
    wizard: Wizard, content: bytes, name: str, status: int, code: str
) -> None:
    wizard.person.upload(wizard.base, content, name).refused(status, code)
    assert wizard.person.get(wizard.base).must()["imports"] == []


def test_a_my_number_is_told_by_its_place_alone(wizard: Wizard) -> None:
    content = file_of([row(1), [*row(2)[:-1], "123456789018"]])
    refused = wizard.person.upload(wizard.base, content, "a.csv").refused(422, "import_my_number")
    assert refused.json["context"]["places"] == [{"line": 3, "heading": "部署"}]
    assert "123456789018" not in refused.text


def test_damaged_bytes_are_a_fault_of_their_cell(wizard: Wizard) -> None:
    content = file_of([row(1), row(2)]).replace("太2".encode("cp932"), b"\x91\xff2")
    wizard.upload(content)
    assert wizard.check()["error"] == 1
    assert wizard.rows("errors")["rows"][0]["faults"][0]["code"] == "bad_bytes"


def test_a_mapping_is_remembered_in_the_whole_office(admin: Person, wizard: Wizard) -> None:
    headings = [f"独自{n}" for n in range(len(HEADINGS))]
    fields = [column["field"] for column in wizard.upload(file_of([row(1)]))["columns"]]
    made = wizard.upload(file_of([row(1)], headings=headings))
    assert made["profile"] == "unknown" and not any(c.get("field") for c in made["columns"])
    mapping = [{"index": n, "field": field} for n, field in enumerate(fields)]
    answer = admin.post(f"{wizard.path}/check", {"mapping": mapping[1:3], "blank": "keep"})
    assert answer.refused(422, "invalid_fields").faults == {"mapping": "key_missing"}
    assert wizard.check(mapping=mapping)["add"] == 1
    other = Wizard(admin, f"/clients/{admin.new_client()['id']}/imports")
    again = other.upload(file_of([row(1)], headings=headings))
    assert [column["field"] for column in again["columns"]] == fields


def test_who_may_import_what(
    office: Office, admin: Person, client: dict[str, Any], wizard: Wizard
) -> None:
    wizard.upload(file_of([row(1)]))
    mine = office.add_staff(admin, [client["id"]])
    assert mine.get(wizard.path).must()["id"] == wizard.id
    mine.get("/client-imports").refused(403, "not_permitted")
    other = office.add_staff(admin, [admin.new_client()["id"]])
    other.get(wizard.path).refused(404, "not_found")
    other.get(wizard.base).refused(404, "not_found")
    foreign = admin.new_client()["id"]
    admin.get(f"/clients/{foreign}/imports/{wizard.id}").refused(404, "not_found")


def test_an_ended_client_takes_no_imports(
    admin: Person, client: dict[str, Any], wizard: Wizard
) -> None:
    wizard.upload(file_of([row(1)]))
    wizard.check()
    admin.post(f"/clients/{client['id']}/end", if_match=client["version"]).must()
    admin.post(f"{wizard.path}/commit").refused(409, "client_ended")
    admin.upload(wizard.base, file_of([row(1)]), "a.csv").refused(409, "client_ended")


def test_a_failed_commit_leaves_nothing_and_tells_why(admin: Person, wizard: Wizard) -> None:
    first = Wizard(admin, wizard.base)
    first.upload(file_of([row(1), row(2)]))
    first.check()
    wizard.upload(file_of([row(1)]))
    wizard.check()
    wizard.commit()
    assert first.commit("failed")["error"] == "import_outdated"
    assert (first.get()["state"], first.get()["error"]) == ("failed", "import_outdated")
    assert first.check() == {"add": 1, "update": 0, "same": 1, "error": 0}


EVERYBODY = {
    "encoding": "utf8_bom", "attendance": "all", "layout": "kuramori", "unmappable": "report",
}


def exported(
    person: Person, path: str, body: dict[str, Any]
) -> tuple[dict[str, Any], Answer | None]:
    result = person.wait_for_job(person.post(path, body))["result"]
    if result.get("export_id") is None:
        return result, None
    return result, person.get(f"{path}/{result['export_id']}")


@pytest.mark.parametrize("layout", ["kuramori", "smarthr", "freee", "officestation"])
@pytest.mark.parametrize("encoding", ["utf8_bom", "cp932"])
def test_what_is_exported_comes_back_as_the_same(
    admin: Person, client: dict[str, Any], wizard: Wizard, layout: str, encoding: str
) -> None:
    wizard.upload(file_of([row(1), [*row(2)[:-1], "=cmd"]]))
    wizard.check()
    wizard.commit()
    body = {**EVERYBODY, "encoding": encoding, "layout": layout}
    result, answer = exported(admin, f"/clients/{client['id']}/employee-exports", body)
    assert result["rows"] == 2 and result["unmappable"] == []
    assert answer and len(answer.content) == result["bytes"]
    text = answer.content.decode("cp932" if encoding == "cp932" else "utf-8-sig")
    assert "'=cmd" in text and text.endswith("\r\n")
    made = wizard.upload(answer.content)
    assert made["profile"] == layout
    assert wizard.check() == {"add": 0, "update": 0, "same": 2, "error": 0}


def test_an_export_reports_what_cp932_cannot_hold(
    admin: Person, client: dict[str, Any], wizard: Wizard
) -> None:
    wizard.upload(file_of([["1", "𠮷田", *row(1)[2:]]], "utf-8"))
    wizard.check()
    wizard.commit()
    path = f"/clients/{client['id']}/employee-exports"
    body = {**EVERYBODY, "encoding": "cp932"}
    result, answer = exported(admin, path, body)
    assert answer is None
    assert result["unmappable"] == [{"line": 2, "heading": "姓", "characters": "𠮷"}]
    result, answer = exported(admin, path, {**body, "unmappable": "substitute"})
    assert answer and "吉田" in answer.content.decode("cp932")
    assert len(result["unmappable"]) == 1


def test_an_export_is_for_who_asked(office: Office, admin: Person, client: dict[str, Any]) -> None:
    path = f"/clients/{client['id']}/employee-exports"
    result, answer = exported(admin, path, EVERYBODY)
    assert answer and answer.status == 200 and result["rows"] == 0
    staff = office.add_staff(admin)
    staff.get(f"{path}/{result['export_id']}").refused(404, "not_found")
    body = {"encoding": "utf8_bom", "unmappable": "report"}
    result, answer = exported(staff, "/client-exports", body)
    assert answer and client["code"] in answer.content.decode("utf-8-sig")
    admin.get(f"/client-exports/{result['export_id']}").refused(404, "not_found")


def test_clients_are_imported_and_taken_back(admin: Person) -> None:
    wizard = Wizard(admin, "/client-imports")
    headings = ["管理コード", "会社名", "会社名（フリガナ）", "決算月"]
    rows = [[f"IMP{n:03d}", f"髙橋商店{n}", "タカハシショウテン", "3月"] for n in range(5)]
    wizard.upload(file_of(rows, headings=headings), "顧問先.csv")
    assert wizard.check() == {"add": 5, "update": 0, "same": 0, "error": 0}
    wizard.commit()
    found = admin.post("/clients/search", {"text": "IMP"}).must()
    assert [c["code"] for c in found["clients"]] == [r[0] for r in rows]
    one = admin.get(f"/clients/{found['clients'][0]['id']}").must()
    assert (one["state"], one["profile"]["fiscal_month"]) == ("active", 3)
    assert wizard.undo()["result"] == {"removed": 5, "restored": 0}
    assert admin.post("/clients/search", {"text": "IMP"}).must()["total"] == 0
    admin.get(f"/clients/{one['id']}").refused(404, "not_found")
    assert wizard.check()["add"] == 5
    wizard.commit()
    admin.new_employee(admin.post("/clients/search", {"text": "IMP000"}).must()["clients"][0]["id"])
    admin.post(f"{wizard.path}/undo").refused(409, "import_changed_since")


def test_the_fields_are_told(admin: Person) -> None:
    fields = admin.get("/import-fields", params={"kind": "employees"}).must()["fields"]
    by_path = {field["field"]: field for field in fields}
    assert by_path["basic.number"]["key"] and by_path["basic.number"]["required"]
    assert by_path["relatives.9.last_name"]["label"] == "家族10 姓"
    assert "正社員" in by_path["employment.type"]["choices"]
    admin.get("/import-fields", params={"kind": "x"}).refused(422, "invalid_fields")
