"""kuramori user …: people from the console of a stopped server."""
from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import BINARY, PASSWORD, Office


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("console")).init().start()
    admin = office.set_up()
    admin.new_client(code="C77")
    office.stop()
    yield office
    office.close()


def states(office: Office) -> dict[str, str]:
    said = json.loads(office.cli("user", "list", "--json").stdout)
    return {account["login_id"]: account["state"] for account in said["accounts"]}


def test_somebody_is_added_disabled_and_listed(stopped: Office) -> None:
    said = json.loads(stopped.cli(
        "user", "add", "jiro", "--name", "鈴木 次郎", "--role", "staff", "--client", "C77",
        "--ends-on", "2099-03-31", "--json",
    ).stdout)
    assert states(stopped) == {"admin": "active", "jiro": "invited"}
    stopped.start()
    jiro = stopped.nobody().enter(
        "/setup/account", {"login_id": "jiro", "code": said["code"], "password": PASSWORD}
    )
    assert jiro.get("/clients").must()["total"] == 1
    running = stopped.cli("user", "disable", "jiro", check=False)
    assert running.returncode == 2
    assert "systemctl stop kuramori" in running.stderr
    stopped.stop()
    listed = stopped.cli("user", "list").stdout
    assert "jiro\t利用中\tstaff" in listed
    assert "鈴木" not in listed
    assert "停止しました" in stopped.cli("user", "disable", "JIRO").stdout
    assert states(stopped)["jiro"] == "disabled"
    assert "ロックを解除" in stopped.cli("user", "unlock", "admin").stdout


@pytest.mark.parametrize("words, said", [
    (["add"], "氏名"),
    (["add", "two words", "--name", "x"], "半角の英数字"),
    (["add", "admin", "--name", "x"], "すでに使われています"),
    (["add", "x", "--name", "x", "--role", "president"], "ない役割"),
    (["add", "x", "--name", "x", "--client", "NO"], "顧問先コード NO"),
    (["disable", "nobody"], "nobody の利用者はいません"),
    (["disable", "admin"], "最後の管理者"),
    (["import", "no-such.csv"], "ファイルがありません"),
    (["sheets"], "--out"),
    (["destroy", "admin"], "add、disable"),
    (["list", "--what"], "分からない指定"),
])
def test_what_cannot_be_done_is_explained(stopped: Office, words: list[str], said: str) -> None:
    done = stopped.cli("user", *words, check=False)
    assert done.returncode == 2
    assert said in done.stderr, done.stderr


def test_a_file_is_tried_and_then_taken_as_a_whole(stopped: Office, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    heading = "ログインID,氏名,役割,担当顧問先コード\n"
    file.write_text(heading + "c1,一,業務担当,C77\nc 2,二,業務担当,C77\n")
    wrong = stopped.cli("user", "import", file, check=False)
    assert wrong.returncode == 1
    assert wrong.stdout.startswith("3行目 login_id: ")
    file.write_text(heading + "c1,一,業務担当,C77\nc2,二,業務担当,C77\n")
    before = states(stopped)
    tried = stopped.cli("user", "import", file, "--dry-run")
    assert "登録0人（確認だけ）" in tried.stderr
    assert states(stopped) == before
    assert "登録2人" in stopped.cli("user", "import", file).stderr
    assert states(stopped) == {**before, "c1": "invited", "c2": "invited"}


def test_sheets_are_a_file_of_whoever_asks(stopped: Office, tmp_path: Path) -> None:
    stopped.cli("user", "add", "waits", "--name", "𠮷田 三郎", "--role", "client_staff",
                "--client", "C77")
    out = tmp_path / "sheets.pdf"
    assert "1人分" in stopped.cli("user", "sheets", "--out", out, "--client", "C77").stdout
    assert out.stat().st_mode & 0o777 == 0o600
    text = subprocess.run(
        ["pdftotext", out, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "waits" in text
    assert "𠮷田 三郎" in text
    again = stopped.cli("user", "sheets", "--out", out, check=False)
    assert again.returncode == 2
    assert "ファイルを作れません" in again.stderr
    none = tmp_path / "none.pdf"
    assert stopped.cli("user", "sheets", "--out", none, "admin", check=False).returncode == 2
    assert not none.exists()


def test_help_says_that_the_server_has_to_stand_still() -> None:
    said = subprocess.run([BINARY, "help"], capture_output=True, text=True, check=True).stdout
    for word in ("user list", "user add", "user reset", "user import", "user sheets", "停止中"):
        assert word in said
