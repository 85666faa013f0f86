"""A full disk: what cannot be kept is refused and said so, everything else goes on."""
from __future__ import annotations

import time

from disks import MEGABYTE, Disk
from office import Office
from person import Person, client_input, ledger
from writers import Writers


def on(disk: Disk, make_office, **settings: object) -> Office:
    return make_office(**{"data.folder": disk.path / "data", **settings}).init()


def refuses_writes(me: Person, client: int) -> None:
    seen = me.get(f"/clients/{client}").must()
    wanted = {key: seen[key] for key in ("code", "name", "name_kana", "profile")}
    for answer in (
        me.post(f"/clients/{client}/employees", ledger()),
        me.post("/clients", client_input()),
        me.put(f"/clients/{client}", wanted, if_match=seen["version"]),
        me.upload(f"/clients/{client}/documents", b"%PDF-1.7\n" + bytes(300_000), "書類.pdf"),
    ):
        answer.refused(503, "disk_full")


def test_writes_are_refused_reads_go_on_and_room_is_enough_to_go_on(make_disk, make_office, seed):
    disk = make_disk("data", 48)
    office = on(disk, make_office).start()
    me = office.set_up()
    writers = Writers(office, seed, count=2)
    with writers.writing(me):
        time.sleep(0.7)
    never_opened = me.new_client()["id"]
    me.new_employee(never_opened)
    office.restart()
    me = office.sign_in()
    opened = me.new_client()["id"]
    disk.fill()
    refuses_writes(me, opened)
    for client in (opened, never_opened):  # also one whose book must be opened for it
        me.get(f"/clients/{client}").must()
        me.get(f"/clients/{client}/employees").must()
    me.post("/search", {"text": "山"}).must()
    me.get("/home").must()
    disk.make_room()
    me.new_employee(opened)
    me.new_client()
    writers.check(me)
    office.kill()
    writers.check(office.start().sign_in())


def test_nothing_acknowledged_is_lost_while_the_disk_runs_full(
    make_disk, make_office, seed, rng, rounds
):
    disk = make_disk("data", 48)
    office = on(disk, make_office).start()
    me = office.set_up()
    writers = Writers(office, seed)
    for _ in rounds(4):
        with writers.writing(me):
            time.sleep(rng.uniform(0.1, 0.3))
            disk.fill(leave=rng.randrange(0, 3 * MEGABYTE))  # they use up the rest themselves
            time.sleep(rng.uniform(0.2, 0.8))
            if rng.random() < 0.5:
                office.kill()
        disk.make_room()
        killed = not office.process
        if killed:
            office.start()
        me = office.sign_in()
        writers.check(me, settled=killed)
    assert writers.unreadable == []
    codes = {answer.code for answer in writers.refused}
    assert codes <= {"disk_full"}, codes


def test_a_full_repository_fails_the_backup_and_nothing_else(make_disk, make_office):
    disk = make_disk("repository", 12)
    office = make_office(**{"backup.repository": disk.path / "repository"}).init().start()
    me = office.set_up()
    client = me.new_client()["id"]
    me.new_employee(client)
    first = me.wait_for_job(me.post("/backups"))["result"]["id"]
    me.upload(f"/clients/{client}/documents", b"%PDF-1.7\n" + bytes(2 * MEGABYTE), "書類.pdf")
    disk.fill(leave=MEGABYTE)
    for _ in range(3):
        failed = me.wait_for_job(me.post("/backups"), state="failed")
        assert failed["error"] == "disk_full"
        me.new_employee(client)  # people do not notice
    assert [point["id"] for point in me.get("/backups").must()["restore_points"]] == [first]
    assert me.get("/backups").must()["last_fault"] == "disk_full"
    me.wait_for_job(me.post(f"/backups/{first}/verify"))
    disk.make_room()
    second = me.wait_for_job(me.post("/backups"))["result"]["id"]
    me.wait_for_job(me.post(f"/backups/{second}/verify"))
    assert not list(disk.path.rglob("*.tmp"))


def test_a_full_data_disk_does_not_condemn_a_backup(make_disk, make_office):
    """Verifying needs room for a scratch copy; without it there is no verdict."""
    disk = make_disk("data", 48)
    office = on(disk, make_office).start()
    me = office.set_up()
    client = me.new_client()["id"]
    me.new_employee(client)
    point = me.wait_for_job(me.post("/backups"))["result"]["id"]
    disk.fill()
    answer = me.post(f"/backups/{point}/verify")
    if answer.status == 202:
        job = me.wait_for_job(answer, state="failed")
        assert job["error"] == "disk_full"
    else:
        answer.refused(503, "disk_full")
    assert me.get("/backups").must()["restore_points"][0]["state"] == "complete"
    disk.make_room()
    me.wait_for_job(me.post(f"/backups/{point}/verify"))


def test_a_restore_that_does_not_fit_leaves_the_old_data(make_disk, make_office):
    disk = make_disk("data", 32)
    office = on(disk, make_office).start()
    me = office.set_up()
    client = me.new_client()["id"]
    me.upload(f"/clients/{client}/documents", b"%PDF-1.7\n" + bytes(6 * MEGABYTE), "書類.pdf")
    me.wait_for_job(me.post("/backups"))
    me.new_employee(client)
    office.stop()
    disk.fill(leave=4 * MEGABYTE)
    failed = office.cli("restore", "--in-place", check=False)
    assert failed.returncode == 2 and "空きがありません" in failed.stderr, failed.stderr
    disk.make_room()
    me = office.start().sign_in()
    assert len(me.get(f"/clients/{client}/employees").must()["employees"]) == 1
    office.stop()
    office.cli("restore", "--in-place")
    me = office.start().sign_in()
    assert me.get(f"/clients/{client}/employees").must()["employees"] == []
