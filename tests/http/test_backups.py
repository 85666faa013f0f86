"""Backups, over HTTP and from the console: taken while people work, proved, and brought back."""
from __future__ import annotations

import re
import shutil
from collections.abc import Callable

from office import Office
from person import Person


def work(admin: Person) -> dict:
    client = admin.new_client(name="復元商事", name_kana="フクゲンショウジ")
    person = admin.new_employee(client["id"])
    return {"client": client, "person": person}


def check(office: Office, made: dict) -> None:
    """All of it is there, and people can go on."""
    admin = office.sign_in()
    path = f"/clients/{made['client']['id']}"
    assert admin.get(path).must()["name"] == "復元商事"
    person = admin.get(f"{path}/employees/{made['person']['id']}").must()
    assert person["ledger"] == made["person"]["ledger"]
    found = admin.post("/search", {"text": "フクゲン"}).must()
    assert [row["id"] for row in found["clients"]] == [made["client"]["id"]]
    admin.new_employee(made["client"]["id"])


def test_a_backup_is_taken_listed_and_proved_over_http(admin: Person) -> None:
    work(admin)
    admin.wait_for_job(admin.post("/backups"))
    overview = admin.get("/backups").must()
    point = overview["restore_points"][0]
    assert (point["kind"], point["state"]) == ("manual", "complete")
    assert point["files"] >= 3 and point["rows"] > 0
    assert overview["last_at"] == point["finished_at"]
    assert overview["same_device"] is True
    admin.wait_for_job(admin.post(f"/backups/{point['id']}/verify"))
    overview = admin.get("/backups").must()
    assert overview["restore_points"][0]["state"] == "verified"
    assert overview["last_proven_at"] == overview["restore_points"][0]["verified_at"]
    admin.post("/backups/12345/verify").refused(404, "not_found")


def test_the_console_does_the_same_through_its_socket_and_without_the_daemon(
    fresh_office: Office,
) -> None:
    office = fresh_office
    work(office.set_up())
    office.cli("backup", "run")
    assert "未確認" in office.cli("backup", "list").stdout
    office.cli("backup", "verify")
    assert "確認済み" in office.cli("backup", "list").stdout
    office.stop()
    office.cli("backup", "run")
    office.cli("backup", "verify")
    assert office.cli("backup", "list").stdout.count("確認済み") == 2


def test_a_wiped_machine_comes_back_from_repository_and_root_key(fresh_office: Office) -> None:
    office = fresh_office
    made = work(office.set_up())
    office.cli("backup", "run")
    office.kill()
    shutil.rmtree(office.data)
    said = office.cli("restore", "--in-place").stdout
    assert re.search(r"監査チェーンの先頭: \d+ 番 [0-9a-f]{64}", said)
    office.start()
    check(office, made)
    office.stop()
    office.cli("backup", "run")
    office.cli("backup", "verify")


def test_a_wiped_machine_comes_back_from_repository_and_recovery_kit(
    make_office: Callable[..., Office],
) -> None:
    office = make_office().init()
    page = office.cli("key", "recovery-kit").stdout
    words = re.findall(r"^ ?\d+\. (\S+) \(|   ?(?: ?\d+)\. (\S+) \(", page, re.MULTILINE)
    typed = " ".join(first or second for first, second in words)
    assert len(typed.split()) == 24, page
    office.start()
    made = work(office.set_up())
    office.cli("backup", "run")
    office.kill()
    shutil.rmtree(office.data)
    office.root_key.unlink()
    wrong = " ".join(reversed(typed.split()))
    refused = office.cli("restore", "--in-place", "--kit", text_in=wrong + "\n\n", check=False)
    assert refused.returncode == 2
    office.cli("restore", "--in-place", "--kit", text_in=typed + "\n\n")
    assert office.root_key.stat().st_mode & 0o777 == 0o400
    office.start()
    check(office, made)


def test_a_restore_beside_leaves_the_running_office_alone(fresh_office: Office) -> None:
    office = fresh_office
    made = work(office.set_up())
    office.cli("backup", "run")
    copy = office.folder / "copy"
    office.cli("restore", "--to", copy)
    assert (copy / "office.db").exists() and (copy / "keyring.db").exists()
    refused = office.cli("restore", "--to", copy, check=False)
    assert "空ではありません" in refused.stderr
    refused = office.cli("restore", "--in-place", check=False)
    assert refused.returncode == 2 and "サーバーが動いています" in refused.stderr
    check(office, made)


def test_a_changed_byte_anywhere_in_the_repository_is_found(fresh_office: Office) -> None:
    office = fresh_office
    admin = office.set_up()
    work(admin)
    admin.wait_for_job(admin.post("/backups"))
    point = admin.get("/backups").must()["restore_points"][0]["id"]
    segments = sorted((office.repository / "segments").iterdir())
    assert segments
    for segment in segments:
        whole = segment.read_bytes()
        for at in (0, 140, len(whole) // 2, len(whole) - 1):
            segment.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
            job = admin.wait_for_job(admin.post(f"/backups/{point}/verify"), state="failed")
            assert job["error"].startswith("backup_"), job
            segment.write_bytes(whole)
    assert admin.get("/backups").must()["restore_points"][0]["state"] == "damaged"
    admin.wait_for_job(admin.post(f"/backups/{point}/verify"))
    assert admin.get("/backups").must()["restore_points"][0]["state"] == "verified"


def test_only_so_many_generations_are_kept(make_office: Callable[..., Office]) -> None:
    office = make_office(**{"backup.generations": 2}).init().start()
    admin = office.set_up()
    for _ in range(4):
        admin.new_client()
        admin.wait_for_job(admin.post("/backups"))
    points = admin.get("/backups").must()["restore_points"]
    assert len(points) == 2
    admin.wait_for_job(admin.post(f"/backups/{points[-1]['id']}/verify"))
