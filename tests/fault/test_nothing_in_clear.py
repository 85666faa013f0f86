"""After everything, killed in the middle of everything: no name lies in clear anywhere."""
from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from office import Office
from person import Person

NAMES = {  # of nobody; each is looked for in every encoding that a program could have written
    "client": "鬼龍院架空商会",
    "note": "極秘覚書弐拾参",
    "last_name": "綾小路院坊城",
    "first_name": "翔太郎左衛門",
    "file": "雇用契約書控弐",
    "content": "内容証明零壱弐",
    "address": "架空県幻想市夢見町",
}
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc-jp")


def needles() -> dict[bytes, str]:
    return {name.encode(e): f"{what} in {e}" for what, name in NAMES.items() for e in ENCODINGS}


def found_in(folder: Path) -> list[str]:
    faults = []
    for file in folder.rglob("*"):
        if not file.is_file() or file.is_symlink():
            continue
        content = file.read_bytes()
        faults += [f"{what}: {file}" for needle, what in needles().items() if needle in content]
        name = os.fsencode(file.name)
        faults += [
            f"{what}: the name of {file}" for needle, what in needles().items() if needle in name
        ]
    return faults


@pytest.fixture
def office(make_office, tmp_path, monkeypatch) -> Office:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    return make_office().init()


def plant(office: Office) -> None:
    me = office.start().set_up(name=NAMES["last_name"])
    profile = {"note": NAMES["note"], "address": NAMES["address"]}
    client = me.new_client(name=NAMES["client"], profile=profile)["id"]
    for _ in range(3):
        me.new_employee(
            client, name={"last_name": NAMES["last_name"], "first_name": NAMES["first_name"]}
        )
    content = b"%PDF-1.7\n" + (NAMES["content"] * 50_000).encode()
    me.upload(f"/clients/{client}/documents", content, NAMES["file"] + ".pdf").must(201)
    import_with_faults(me, client)
    me.post("/clients/search", {"text": NAMES["client"][:3]}).must()
    me.post("/search", {"text": NAMES["last_name"][:2]}).must()
    me.post(f"/clients/{client}/employees", {"name": {"last_name": NAMES["last_name"]}})  # refused
    me.get(f"/clients/{client}?q=1")


def import_with_faults(me: Person, client: int) -> None:
    """Uploaded, checked, its bad rows fetched as a file, and then left lying."""
    rows = ["社員番号,姓,名,姓（カナ）,名（カナ）,生年月日,性別"]
    for number in range(40):
        birth = "1980-01-01" if number % 4 else "いつか"
        name = f"{NAMES['last_name']},{NAMES['first_name']}"
        rows.append(f"9{number:04d},{name},アヤノコウジ,ショウタロウ,{birth},男")
    path = f"/clients/{client}/imports"
    made = me.upload(path, "\r\n".join(rows).encode("cp932"), NAMES["file"] + ".csv").must(201)
    mapping = [{"index": c["index"], "field": c.get("field")} for c in made["columns"]]
    me.wait_for_job(me.post(f"{path}/{made['id']}/check", {"mapping": mapping, "blank": "keep"}))
    assert me.get(f"{path}/{made['id']}").must()["counts"]["error"] > 0
    assert NAMES["last_name"].encode("cp932") in me.get(f"{path}/{made['id']}/errors").content


def test_no_name_is_left_in_clear(office, tmp_path, rng):
    plant(office)
    me = office.sign_in()
    me.wait_for_job(me.post("/backups"))
    me.post("/backups").must(202)
    time.sleep(rng.uniform(0, 0.1))
    office.kill()  # with WALs open and a backup half made
    assert found_in(tmp_path) == []
    for _ in range(4):
        office.cli_killed_after(rng.uniform(0.05, 0.4), "backup", "verify")
        assert found_in(office.data / "tmp") == []
        office.cli_killed_after(rng.uniform(0.05, 0.4), "restore", "--in-place")
        if (office.data / "restoring").exists():
            office.cli("restore", "--in-place")
    office.cli("restore", "--to", tmp_path / "copy")
    office.start().sign_in()
    office.kill()
    assert found_in(tmp_path) == []


def test_the_search_itself_would_find_one(tmp_path):
    (tmp_path / "leak.bin").write_bytes(b"\1\2" + NAMES["note"].encode("cp932"))
    assert found_in(tmp_path) == [f"note in cp932: {tmp_path / 'leak.bin'}"]
