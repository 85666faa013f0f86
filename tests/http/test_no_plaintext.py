"""Nobody's name lies in clear on the disk: not in data, backups, logs or temporary files, and in
none of the encodings that a Japanese office meets."""
from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from office import Office
from person import Person

NAMES = ["龗竜胆院", "璃瑠羅子", "リンドウイン", "ルリラコ", "竜胆院紙業", "秘密のメモ書き竜胆"]
NUMBER = "9517-534826"  # 基礎年金番号
ENCODINGS = ["utf-8", "utf-16-le", "utf-16-be", "cp932"]
BIG = 200 << 20


def needles() -> dict[bytes, str]:
    found = {}
    for text in [*NAMES, NUMBER, NUMBER.replace("-", "")]:
        for encoding in ENCODINGS:
            try:
                found[text.encode(encoding)] = f"{text} in {encoding}"
            except UnicodeEncodeError:
                continue  # 龗 is not in CP932
    return found


def files_of(folders: list[Path], since: float) -> Iterator[Path]:
    """Regular files of these folders; what is mounted below one of them is somebody else's (reading
    a mounted /proc waits for ever)."""
    for folder in folders:
        home = folder.stat().st_dev
        for path, below, names in os.walk(folder):
            below[:] = [name for name in below if is_on(home, Path(path) / name)]
            for name in names:
                file = Path(path) / name
                try:
                    facts = file.lstat()
                except OSError:
                    continue
                if file.is_file() and facts.st_mtime >= since and facts.st_size < BIG:
                    yield file


def is_on(device: int, folder: Path) -> bool:
    try:
        return folder.lstat().st_dev == device
    except OSError:
        return False


def leaks(folders: list[Path], since: float) -> list[str]:
    wanted = needles()
    out = []
    for file in files_of(folders, since):
        try:
            content = file.read_bytes()
        except OSError:
            continue
        out += [f"{file}: {what}" for needle, what in wanted.items() if needle in content]
    return out


def test_the_search_for_names_finds_each_that_is_planted(tmp_path: Path) -> None:
    planted = tmp_path / "planted"
    for needle, what in needles().items():
        planted.write_bytes(b"\0x" * 7 + needle)
        assert f"{planted}: {what}" in leaks([tmp_path], 0)
    planted.unlink()


def test_the_search_for_names_stays_on_the_file_system_of_its_folder() -> None:
    with tempfile.NamedTemporaryFile(dir="/dev/shm") as planted:
        assert Path(planted.name) in files_of([Path("/dev/shm")], 0)
        assert Path(planted.name) not in files_of([Path("/dev")], 0)


def make_people(admin: Person) -> int:
    client = admin.new_client(
        name=NAMES[4], name_kana=NAMES[2], profile={"note": NAMES[5], "contact_name": NAMES[0]}
    )["id"]
    admin.new_employee(
        client,
        basic={"note": NAMES[5]},
        name={"last_name": NAMES[0], "first_name": NAMES[1], "last_kana": NAMES[2],
              "first_kana": NAMES[3]},
        pension={"state": "enrolled", "basic_number": NUMBER, "over_70": False,
                 "two_employers": False},
        relatives=[{"relation": "夫", "last_name": NAMES[0], "first_name": NAMES[1],
                    "living": "together", "disability": "none", "dependent": "none"}],
    )
    return client


CSV = """社員番号,姓,名,姓（カナ）,名（カナ）,生年月日,戸籍上の性別,メモ
LEAK-1,璃瑠,羅子,リンドウイン,ルリラコ,1990-01-02,女性,秘密のメモ書き竜胆
LEAK-2,璃瑠羅子,羅子,リンドウイン,ルリラコ,1990-02-30,女性,秘密のメモ書き竜胆
"""


def import_and_export(admin: Person, client: int) -> None:
    """A file with one bad row: its error file, its mending, its commit; then out again."""
    path = f"/clients/{client}/imports"
    uploaded = admin.upload(path, CSV.encode("cp932"), "竜胆院紙業.csv").must(201)
    one = f"{path}/{uploaded['id']}"
    mapping = [{"index": c["index"], "field": c["field"]} for c in uploaded["columns"]]
    admin.wait_for_job(admin.post(f"{one}/check", {"mapping": mapping, "blank": "keep"}))
    rows = admin.get(f"{one}/rows?show=errors").must()["rows"]
    assert [row["faults"][0]["code"] for row in rows] == ["no_such_day"]
    assert "璃瑠羅子".encode("cp932") in admin.get(f"{one}/errors").content
    bad = rows[0]["faults"][0]["index"]
    admin.put(f"{one}/rows/{rows[0]['line']}", {"cells": [{"index": bad, "value": "1990-03-01"}]})
    admin.wait_for_job(admin.post(f"{one}/commit"))
    for encoding in ("utf8_bom", "cp932"):
        wanted = {"encoding": encoding, "attendance": "all", "layout": "kuramori",
                  "unmappable": "substitute"}
        job = admin.wait_for_job(admin.post(f"/clients/{client}/employee-exports", wanted))
        file = admin.get(f"/clients/{client}/employee-exports/{job['result']['export_id']}")
        assert file.status == 200 and len(file.content) > 100


def ask_and_err(office: Office, admin: Person, client: int) -> None:
    """Everything that might write a name into a log: searches, faults, wrong sign-ins."""
    admin.post("/search", {"text": NAMES[0]}).must()
    admin.post(f"/clients/{client}/employees/search", {"text": NAMES[2]}).must()
    admin.get(f"/clients/{client}/employees?department={NAMES[0]}").must()
    admin.post(f"/clients/{client}/employees", {NAMES[0]: NAMES[1]}).refused(
        422, "invalid_fields"
    )
    admin.get(f"/clients/{client}/{NAMES[0]}").refused(404, "not_found")
    admin.post("/accounts", {
        "login_id": "leak", "name": NAMES[0], "roles": ["staff"], "all_clients": False,
        "client_ids": [],
    }).must(201)
    office.nobody().post("/session", {"login_id": NAMES[0], "password": NAMES[1]}).refused(
        401, "sign_in_wrong"
    )


def test_no_name_lies_in_clear_after_a_day_of_work(
    make_office: Callable[..., Office], tmp_path: Path
) -> None:
    began = time.time() - 1
    office = make_office()
    own_tmp = tmp_path / "daemon-tmp"
    own_tmp.mkdir()
    office.init().start(environment={"TMPDIR": str(own_tmp)})
    admin = office.set_up()
    client = make_people(admin)
    ask_and_err(office, admin, client)
    import_and_export(admin, client)
    admin.upload(f"/clients/{client}/documents", b"%PDF-1.7 " + NAMES[5].encode(), "竜胆院紙業.pdf")
    admin.wait_for_job(admin.post("/backups"))
    point = admin.get("/backups").must()["restore_points"][0]["id"]
    admin.wait_for_job(admin.post(f"/backups/{point}/verify"))
    office.kill()  # nothing is tidied up
    office.start(environment={"TMPDIR": str(own_tmp)})
    admin = office.sign_in()
    assert len(admin.post("/search", {"text": NAMES[2]}).must()["employees"]) == 3

    looked_at = [office.folder, own_tmp]
    assert leaks(looked_at, 0) == []
    elsewhere = [Path(tempfile.gettempdir()), Path("/var/tmp"), Path("/dev/shm")]
    assert leaks(elsewhere, began) == []
    assert office.said().strip()  # there is a log, and it was looked at
    office.stop()
    assert leaks(looked_at, 0) == []
