"""The power goes: whatever was not synced never reaches the disk. kill -9 cannot show this, the
kernel writes on behind the dead."""
from __future__ import annotations

import json
import time

from writers import Writers


def test_every_acknowledged_write_outlives_it(make_disk, make_office, seed, rng, rounds):
    disk = make_disk("data", 96)
    office = make_office(**{"data.folder": disk.path / "data"}).init()
    office.start()
    me = office.set_up()
    writers = Writers(office, seed)
    for _ in rounds(6):
        with writers.writing(me):
            time.sleep(rng.uniform(0.1, 0.5))
            disk.cut_power()
            time.sleep(0.05)  # whoever is still told "done" now would be told a lie
            office.kill()
        disk.power_back()
        me = office.start().sign_in()
        writers.check(me)
    print(f"{writers.acknowledged} writes were acknowledged")
    point = me.wait_for_job(me.post("/backups"))["result"]["id"]
    me.wait_for_job(me.post(f"/backups/{point}/verify"))


def test_a_file_that_was_accepted_outlives_it(make_disk, make_office, rng, rounds):
    disk = make_disk("data", 96)
    office = make_office(**{"data.folder": disk.path / "data"}).init()
    me = office.start().set_up()
    client = me.new_client()["id"]
    kept: dict[int, bytes] = {}
    for _ in rounds(4):
        for _ in range(rng.randrange(1, 4)):
            content = b"%PDF-1.7\n" + rng.randbytes(rng.randrange(1, 500_000))
            made = me.upload(f"/clients/{client}/documents", content, "書類.pdf").must(201)
            kept[made["id"]] = content
        disk.cut_power()
        office.kill()
        disk.power_back()
        me = office.start().sign_in()
        for number, content in kept.items():
            there = me.get(f"/clients/{client}/documents/{number}/content")
            assert there.status == 200 and there.content == content


def test_a_backup_that_was_reported_outlives_it(make_disk, make_office, rng, rounds):
    disk = make_disk("repository", 64)
    office = make_office(**{"backup.repository": disk.path / "repository"}).init()
    me = office.start().set_up()
    client = me.new_client()["id"]
    me.upload(f"/clients/{client}/documents", b"%PDF-1.7\n" + bytes(500_000), "書類.pdf")
    promised: list[int] = []
    for _ in rounds(3):
        me.new_employee(client)
        promised.append(me.wait_for_job(me.post("/backups"))["result"]["id"])
        me.new_employee(client)
        cut_off = me.post("/backups").must(202)["job_id"]  # the next one is cut off in the middle
        time.sleep(rng.uniform(0, 0.1))
        disk.cut_power()
        job = me.get(f"/jobs/{cut_off}").must()
        if job["state"] == "done":
            promised.append(job["result"]["id"])
        office.kill()
        disk.power_back()
        me = office.start().sign_in()
        listed = {point["id"] for point in me.get("/backups").must()["restore_points"]}
        assert set(promised) <= listed
    for point in listed:
        me.wait_for_job(me.post(f"/backups/{point}/verify"))


def test_a_restore_that_was_reported_outlives_it(make_disk, make_office):
    disk = make_disk("data", 64)
    office = make_office(**{"data.folder": disk.path / "data"}).init()
    me = office.start().set_up()
    client = me.new_client()["id"]
    employee = me.new_employee(client)["id"]
    me.upload(f"/clients/{client}/documents", b"%PDF-1.7\n" + bytes(500_000), "書類.pdf")
    me.wait_for_job(me.post("/backups"))
    office.stop()
    office.cli("restore", "--in-place")
    disk.cut_power()
    disk.power_back()
    me = office.start().sign_in()
    me.get(f"/clients/{client}/employees/{employee}").must()
    document = me.get(f"/clients/{client}/documents").must()["documents"][0]["id"]
    assert me.get(f"/clients/{client}/documents/{document}/content").status == 200


def test_an_office_that_init_reported_outlives_it(make_disk, make_office):
    disk = make_disk("data", 32)
    keys = make_disk("keys", 8)
    office = make_office(
        **{
            "data.folder": disk.path / "data",
            "data.root_key_file": keys.path / "keys/root.key",
            "tls.certificate": keys.path / "tls/server.crt",
            "tls.key": keys.path / "tls/server.key",
        }
    )
    office.root_key = keys.path / "keys/root.key"
    office.certificate = keys.path / "tls/server.crt"
    office.init()
    for cut in (disk, keys):
        cut.cut_power()
    for cut in (disk, keys):
        cut.power_back()
    office.start().set_up().new_client()
    assert json.loads(office.cli("backup", "list", "--json").stdout)["restore_points"] == []
