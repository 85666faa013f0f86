"""kill -9 of the daemon at any moment, under a stream of writes."""
from __future__ import annotations

import time

from writers import Writers

READY_WITHIN = 5.0  # design: ready within 5 s after kill -9


def killed_at_some_time(office, rng) -> None:
    time.sleep(rng.uniform(0.05, 0.5))
    office.kill()


def test_every_acknowledged_write_outlives_it(make_office, seed, rng, rounds):
    office = make_office().init().start()
    me = office.set_up()
    writers = Writers(office, seed)
    for _ in rounds(20):
        with writers.writing(me):
            killed_at_some_time(office, rng)
        if rng.random() < 0.4:  # and once more, while it recovers
            office.launch()
            time.sleep(rng.uniform(0, 0.3))
            office.kill()
        began = time.monotonic()
        office.start()
        assert time.monotonic() - began < READY_WITHIN
        me = office.sign_in()
        writers.check(me)
    print(f"{writers.acknowledged} writes were acknowledged")
    assert writers.acknowledged > 100
    point = me.wait_for_job(me.post("/backups"))["result"]["id"]
    proved = me.wait_for_job(me.post(f"/backups/{point}/verify"))  # figures, chains, integrity
    assert proved["result"]["state"] == "verified"
    said = office.said()
    assert "store_failed" not in said and "outbox_stuck" not in said, said


def test_files_outlive_it_whole_or_are_gone(make_office, seed, rng, rounds):
    """An upload is two files' work, too: the content and the row that names it."""
    office = make_office().init().start()
    me = office.set_up()
    client = me.new_client()["id"]
    kept: dict[int, bytes] = {}
    for _ in rounds(8):
        content = b"%PDF-1.7\n" + rng.randbytes(rng.randrange(1, 3_000_000))
        began = time.monotonic()
        made = me.upload(f"/clients/{client}/documents", content, "書類.pdf").must(201)
        took = time.monotonic() - began
        kept[made["id"]] = content
        office.folder.joinpath("next").write_bytes(content)
        killer = office.kill_after(rng.uniform(0, took * 1.3))
        try:
            me.upload(f"/clients/{client}/documents", content, "途中.pdf")
        except Exception as error:  # noqa: BLE001: the daemon died in the middle
            print(f"cut off: {type(error).__name__}")
        killer.join()
        office.start()
        me = office.sign_in()
        there = {d["id"]: d for d in me.get(f"/clients/{client}/documents").must()["documents"]}
        assert kept.keys() <= there.keys()
        for number in there:
            downloaded = me.get(f"/clients/{client}/documents/{number}/content")
            assert downloaded.status == 200
            kept.setdefault(number, content)  # acknowledged or not: it is whole
            assert downloaded.content == kept[number]
        blobs = [file for file in office.data.glob("books/*/blobs/*/*") if file.is_file()]
        assert len(blobs) == len(there), "a content without its row was left behind"
        assert not list((office.data / "pending_blobs").glob("*"))


def test_no_moment_of_init_leaves_an_office_that_cannot_be_made(make_office, shim, rng, rounds):
    steps = shim.steps_of(make_office("first").prepare(), "init", "--office", "試験")
    for number in rounds(10):
        office = make_office(f"office{number}").prepare()
        assert shim.dies_at(rng.randint(1, steps), office, "init", "--office", office.name)
        office.init()
        office.start().set_up().new_client()
        office.stop()
