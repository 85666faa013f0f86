"""Accounts from a CSV file: all of them or none, every fault with its line; sheets as PDF."""
from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from office import PASSWORD, Office
from person import Answer, Person, client_input

HEADINGS = "ログインID,氏名,役割,担当顧問先コード,最終利用日"


def send(admin: Person, text: str, *, dry_run: bool, encoding: str = "utf-8") -> Answer:
    flag = str(dry_run).lower()
    return admin.upload(f"/account-imports?dry_run={flag}", text.encode(encoding), "people.csv")


def faults(answer: Answer) -> dict[int, dict[str, str]]:
    return {
        row["line"]: {fault["field"]: fault["message"] for fault in row["faults"]}
        for row in answer.must()["rows"] if row["faults"]
    }


def five_hundred(prefix: str, wrong: dict[int, str]) -> str:
    lines = [HEADINGS] + [
        f"{prefix}{number:03},一括 太郎{number},業務担当,すべて," for number in range(2, 502)
    ]
    for line, text in wrong.items():
        lines[line - 1] = text
    return "\r\n".join(lines) + "\r\n"


def test_three_bad_lines_of_five_hundred_keep_all_out_and_are_named(admin: Person) -> None:
    wrong = {
        12: "admin,既にある,業務担当,すべて,",
        257: "two words,空白,業務担当,すべて,",
        400: "bulk399x,役割なし,社長,すべて,2027-02-30",
    }
    before = len(admin.get("/accounts").must()["accounts"])
    for dry_run in (True, False):
        answer = send(admin, five_hundred("bulk", wrong), dry_run=dry_run)
        assert faults(answer) == {
            12: {"login_id": "taken"},
            257: {"login_id": "bad_login_id"},
            400: {"roles": "unknown_role_word", "ends_on": "no_such_day"},
        }
        assert (answer.must()["faulty"], answer.must()["imported"]) == (3, 0)
    assert len(admin.get("/accounts").must()["accounts"]) == before


def test_five_hundred_right_lines_are_five_hundred_accounts_with_codes(
    office: Office, admin: Person
) -> None:
    text = five_hundred("right", {})
    tried = send(admin, text, dry_run=True).must()
    assert (tried["faulty"], tried["imported"]) == (0, 0)
    done = send(admin, text, dry_run=False).must()
    assert (done["faulty"], done["imported"]) == (0, 500)
    assert len({row["setup_code"] for row in done["rows"]}) == 500
    row = done["rows"][17]
    office.nobody().enter(
        "/setup/account",
        {"login_id": row["login_id"], "code": row["setup_code"], "password": PASSWORD},
    )
    again = send(admin, text, dry_run=False)
    assert again.must()["imported"] == 0
    assert set(faults(again)[2].values()) == {"taken"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_file_is_read_as_spreadsheets_write_it(admin: Person, encoding: str) -> None:
    client = admin.new_client()
    login_id = f"enc-{encoding}"
    text = (
        '役割,ログインID,"氏名",最終利用日,担当顧問先コード,備考\n'
        f'"業務担当；出力担当",{login_id},"髙橋, 花子",2099/3/31,{client["code"]},社外\n'
    )
    done = send(admin, text, dry_run=False, encoding=encoding).must()
    assert done["imported"] == 1, done
    account = next(
        line["account"] for line in admin.get("/accounts").must()["accounts"]
        if line["account"]["login_id"] == login_id
    )
    assert (account["name"], account["ends_on"]) == ("髙橋, 花子", "2099-03-31")
    assert sorted(account["roles"]) == ["exporter", "staff"]
    assigned = admin.get(f"/accounts/{account['id']}/clients").must()
    assert assigned["client_ids"] == [client["id"]]


def test_what_a_line_cannot_have_is_said(admin: Person) -> None:
    answer = send(admin, "\n".join([
        HEADINGS,
        "same,一,業務担当,,",
        "SAME,二,業務担当,,",
        "c,三,業務担当,NO-SUCH,",
        "d,四,顧問先担当,,",
        "e,五,従業員,,",
        "f,六,業務担当,,2020-01-01",
        "g,,業務担当,,",
        "h,八,,,",
        "i,九,監査者;総括管理者,,",
    ]), dry_run=True)
    assert faults(answer) == {
        3: {"login_id": "login_id_twice"},
        4: {"client_ids": "unknown_client_code"},
        5: {"client_ids": "one_client"},
        6: {"roles": "employee_by_ledger"},
        7: {"ends_on": "in_the_past"},
        8: {"name": "required"},
        9: {"roles": "required"},
        10: {"roles": "roles_apart"},
    }


def test_a_file_that_is_none_is_refused_as_a_whole(admin: Person) -> None:
    missing = send(admin, "ログインID,役割\na,業務担当\n", dry_run=True)
    assert missing.refused(422, "account_file_headings").faults == {"name": "required"}
    send(admin, HEADINGS + "\n", dry_run=True).refused(422, "import_no_rows")
    many = HEADINGS + "\n" + "x,y,業務担当,,\n" * 5001
    send(admin, many, dry_run=True).refused(422, "account_file_too_long")
    admin.upload("/account-imports?dry_run=maybe", b"a", "a.csv").refused(422, "invalid_fields")


def test_heavy_roles_are_not_given_by_a_file_where_two_people_decide(tmp_path: Path) -> None:
    office = Office(tmp_path / "two", **{"change.two_person": True}).init().start()
    try:
        admin = office.set_up()
        answer = send(admin, f"{HEADINGS}\na,一,業務担当;出力担当,,\n", dry_run=False)
        assert faults(answer) == {2: {"roles": "guarded_by_two"}}
        assert answer.must()["imported"] == 0
    finally:
        office.close()


def test_the_template_is_a_file_that_is_taken(admin: Person) -> None:
    for code in ("C01", "C02"):
        admin.post("/clients", client_input(code=code))  # another test may have made it
    template = admin.get("/account-imports/template")
    assert template.content.startswith("\ufeff".encode())
    answer = admin.upload("/account-imports?dry_run=true", template.content, "t.csv").must()
    assert (len(answer["rows"]), answer["faulty"]) == (2, 0), answer


def pages(pdf: bytes, tmp_path: Path) -> list[str]:
    file = tmp_path / "sheets.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    return text.split("\f")[:-1]


def code_in(qr_of_page: int, tmp_path: Path) -> str:
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-f", str(qr_of_page), "-l", str(qr_of_page),
         tmp_path / "sheets.pdf", tmp_path / "page"], check=True,
    )
    picture = next(tmp_path.glob("page*.png"))
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True, check=True
    )
    return read.stdout.strip()


def test_a_sheet_has_all_that_somebody_needs_and_its_code_works(
    office: Office, admin: Person, tmp_path: Path
) -> None:
    wanted = []
    for login_id, name in (("sheet-one", "𠮷田 髙志"), ("sheet-two", "山﨑 花子")):
        invited = admin.post("/accounts", {
            "login_id": login_id, "name": name, "roles": ["staff"], "all_clients": True,
            "client_ids": [],
        }).must(201)
        wanted.append((invited["account"]["id"], login_id, name, invited["setup_code"]))
    order = {"account_ids": [account_id for account_id, *_ in wanted]}
    answer = admin.post("/account-sheets", order)
    assert answer.headers["content-type"] == "application/pdf"
    assert "no-store" in answer.headers["cache-control"]
    read = pages(answer.content, tmp_path)
    assert len(read) == 2
    for page, (_, login_id, name, old_code) in zip(read, wanted, strict=True):
        for words in (office.name, f"{name}", login_id, "設定コード", "/setup", "期限", "管理 一郎"):
            assert words in page, (words, page)
        assert old_code not in page
    code = re.search(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b", read[1])
    assert code, read[1]
    assert code_in(2, tmp_path) == f"{office.url}/setup#{code[0]}"
    choice = {"login_id": "sheet-two", "password": PASSWORD}
    nobody = office.nobody()
    nobody.post("/setup/account", {**choice, "code": wanted[1][3]}).refused(403, "setup_code_wrong")
    nobody.enter("/setup/account", {**choice, "code": code[0]})
    admin.post("/account-sheets", order).refused(409, "account_not_invited")


def test_fonts_are_in_the_sheet(admin: Person, tmp_path: Path) -> None:
    account = admin.post("/accounts", {
        "login_id": "fonts", "name": "花子", "roles": ["staff"], "all_clients": True,
        "client_ids": [],
    }).must(201)["account"]["id"]
    pages(admin.post("/account-sheets", {"account_ids": [account]}).content, tmp_path)
    listed = subprocess.run(
        ["pdffonts", tmp_path / "sheets.pdf"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert listed
    for font in listed:
        embedded, subset = font.split()[-5:-3]
        assert (embedded, subset) == ("yes", "yes"), font


def test_an_order_of_sheets_names_accounts_once(admin: Person) -> None:
    for ids, fault in (([], "required"), ([1, 1], "duplicate")):
        answer = admin.post("/account-sheets", {"account_ids": ids})
        assert answer.refused(422, "invalid_fields").faults == {"account_ids": fault}
    admin.post("/account-sheets", {"account_ids": [987654]}).refused(404, "not_found")
