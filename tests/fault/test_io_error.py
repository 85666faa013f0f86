"""The disk answers EIO: to a flush, to a write. A shim below the C library plays the disk."""
from __future__ import annotations

import pytest
from failing_disk import FailingDisk
from office import Office
from person import Person, ledger


@pytest.fixture
def disk(shim: FailingDisk) -> FailingDisk:
    return shim


@pytest.fixture
def office(make_office, disk: FailingDisk) -> Office:
    return make_office().init().start(environment=disk.environment)


def people(me: Person, client: int) -> list[str]:
    listed = me.get(f"/clients/{client}/employees?size=200").must()
    return [person["number"] for person in listed["employees"]]


@pytest.mark.parametrize("call", ["fsync", "write"])
def test_what_did_not_reach_the_disk_is_not_acknowledged(office, disk, call):
    me = office.set_up()
    client = me.new_client()["id"]
    kept = [me.new_employee(client)["ledger"]["basic"]["number"] for _ in range(3)]
    disk.fail(call, "book.db-wal")
    for _ in range(3):
        me.post(f"/clients/{client}/employees", ledger()).refused(503, "store_failed")
        assert people(me, client) == kept  # reading goes on, and shows no ghosts
    disk.heal()
    kept.append(me.new_employee(client)["ledger"]["basic"]["number"])
    assert people(me, client) == kept
    office.kill()
    me = office.start().sign_in()
    assert people(me, client) == kept
    point = me.wait_for_job(me.post("/backups"))["result"]["id"]
    me.wait_for_job(me.post(f"/backups/{point}/verify"))


def test_a_flush_that_failed_before_a_crash_is_not_built_on(office, disk):
    """The kernel forgets pages whose flush failed: after kill -9 they look whole in the cache."""
    me = office.set_up()
    client = me.new_client()["id"]
    number = me.new_employee(client)["ledger"]["basic"]["number"]
    disk.fail("fsync", "book.db-wal")
    me.post(f"/clients/{client}/employees", ledger()).refused(503, "store_failed")
    office.kill()
    disk.heal()
    me = office.start(environment=disk.environment).sign_in()
    added = me.new_employee(client)["ledger"]["basic"]["number"]
    assert {number, added} <= set(people(me, client))
    wal = next(office.data.glob("books/*/1/book.db-wal"))
    assert wal.stat().st_size < 100_000, "the old WAL was taken into the file before the new write"


def test_a_checkpoint_that_fails_costs_nobody_anything(office, disk):
    me = office.set_up()
    client = me.new_client()["id"]
    disk.fail("fsync", "book.db ")
    kept = [me.new_employee(client)["ledger"]["basic"]["number"] for _ in range(200)]
    assert people(me, client)[:200] == kept[:200]
    disk.heal()
    office.kill()
    assert people(office.start().sign_in(), client) == kept


@pytest.mark.parametrize("call", ["fsync", "write"])
def test_a_backup_whose_disk_fails_is_no_point(office, disk, call):
    me = office.set_up()
    me.new_client()
    first = me.wait_for_job(me.post("/backups"))["result"]["id"]
    for file in ("/segments/", "/points/", "/keys/"):
        me.new_client()
        disk.fail(call, file)
        me.wait_for_job(me.post("/backups"), state="failed")
        disk.heal()
        assert [p["id"] for p in me.get("/backups").must()["restore_points"]] == [first]
    second = me.wait_for_job(me.post("/backups"))["result"]["id"]
    for point in (first, second):
        me.wait_for_job(me.post(f"/backups/{point}/verify"))
    assert not [file for file in office.repository.rglob("*.tmp")]


@pytest.mark.parametrize("call", ["fsync", "write"])
def test_a_file_whose_disk_fails_is_not_accepted(office, disk, call):
    me = office.set_up()
    client = me.new_client()["id"]
    disk.fail(call, "/blobs/")
    content = b"%PDF-1.7\n" + bytes(400_000)
    me.upload(f"/clients/{client}/documents", content, "書類.pdf").refused(503, "store_failed")
    disk.heal()
    assert me.get(f"/clients/{client}/documents").must()["documents"] == []
    assert not [file for file in office.data.glob("books/*/blobs/*/*")]
    me.upload(f"/clients/{client}/documents", content, "書類.pdf").must(201)

