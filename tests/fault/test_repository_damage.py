"""A byte turned over, a file cut, exchanged, replayed or lost, anywhere in the repository: verify
finds it, restore refuses it, and the next backup is whole again."""
from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from office import Office

KINDS = ("segments", "points", "blobs")


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    office = Office(tmp_path_factory.mktemp("office")).init().start()
    me = office.set_up()
    for _ in range(2):
        client = me.new_client()["id"]
        me.new_employee(client)
        me.upload(f"/clients/{client}/documents", b"%PDF-1.7\n" + bytes(150_000), "書類.pdf")
    me.wait_for_job(me.post("/backups"))
    me.new_employee(client)
    me.wait_for_job(me.post("/backups"))
    office.stop()
    shutil.copytree(office.repository, office.folder / "whole")
    yield office
    office.close()


@pytest.fixture(autouse=True)
def whole_again(office: Office):
    yield
    shutil.rmtree(office.repository)
    shutil.copytree(office.folder / "whole", office.repository)


def files(office: Office, part: str) -> list[Path]:
    return sorted(file for file in (office.repository / part).rglob("*") if file.is_file())


def points(office: Office) -> list[int]:
    return [int(file.stem) for file in files(office, "points")]


def found(office: Office, point: int) -> str | None:
    done = office.cli("backup", "verify", point, "--json", check=False)
    if done.returncode == 0:
        assert json.loads(done.stdout)["state"] == "verified"
        return None
    assert done.returncode == 1, done.stderr
    return done.stderr


def some_point_is_found_damaged(office: Office) -> bool:
    return any(found(office, point) for point in points(office))


def test_an_untouched_repository_proves_itself(office):
    assert [found(office, point) for point in points(office)] == [None, None]


@pytest.mark.parametrize("kind", KINDS)
def test_a_byte_turned_over_in_any_file_is_found(office, kind, rng):
    for file in files(office, kind):
        content = bytearray(file.read_bytes())
        # the beginning and the end, where formats keep what they trust, and anywhere between
        for at in {0, 9, len(content) - 1, rng.randrange(len(content))}:
            damaged = bytearray(content)
            damaged[at] ^= 1 << rng.randrange(8)
            file.write_bytes(damaged)
            assert some_point_is_found_damaged(office), f"{file.name} at {at} of {len(content)}"
        file.write_bytes(content)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("harm", ["cut", "longer", "empty", "gone", "a link"])
def test_a_file_with_another_length_or_none_is_found(office, kind, harm):
    file = files(office, kind)[-1]
    content = file.read_bytes()
    file.unlink()
    if harm == "cut":
        file.write_bytes(content[:-1])
    elif harm == "longer":
        file.write_bytes(content + b"\0")
    elif harm == "empty":
        file.touch()
    elif harm == "a link":
        elsewhere = office.folder / "elsewhere"
        elsewhere.write_bytes(content[::-1])
        file.symlink_to(elsewhere)
    if kind == "points" and harm == "gone":
        assert int(file.stem) not in points(office)  # no point, no claim
    else:
        assert some_point_is_found_damaged(office)


def test_segments_and_blobs_in_each_others_place_are_found(office):
    for kind in ("segments", "blobs"):
        one, other = files(office, kind)[:2]
        kept = one.read_bytes(), other.read_bytes()
        one.write_bytes(kept[1]), other.write_bytes(kept[0])
        assert some_point_is_found_damaged(office)
        one.write_bytes(kept[0]), other.write_bytes(kept[1])


def test_an_older_moment_of_a_database_is_not_taken_for_a_newer_one(office):
    logs = [file for file in files(office, "segments") if file.name.startswith("2-")]
    assert len(logs) == 2
    logs[1].write_bytes(logs[0].read_bytes())  # of our own hand, MAC and all
    assert found(office, points(office)[-1])


def test_an_older_manifest_is_not_taken_for_a_newer_one(office):
    older, newer = files(office, "points")
    newer.write_bytes(older.read_bytes())
    assert found(office, points(office)[-1])
    later = newer.with_name(f"{int(newer.stem) + 1:012}.manifest")
    later.write_bytes(older.read_bytes())
    assert found(office, int(later.stem))
    said = office.cli("restore", "--to", office.folder / "copy")
    assert "一つ前を使います" in said.stderr
    shutil.rmtree(office.folder / "copy")


def test_a_damaged_key_store_copy_is_passed_over_two_are_the_end(office, rng):
    copies = files(office, "keys")
    assert len(copies) == 2
    for number, file in enumerate(reversed(copies)):
        content = bytearray(file.read_bytes())
        content[rng.randrange(len(content))] ^= 0x10
        file.write_bytes(content)
        copy = office.folder / f"keys{number}"
        done = office.cli("restore", "--to", copy, check=False)
        assert done.returncode == (0 if number == 0 else 2), done.stderr
        shutil.rmtree(copy, ignore_errors=True)
    assert "このルート鍵では" in done.stderr


def test_a_damaged_point_is_not_restored_and_the_data_stay(office):
    before = {file.name: file.read_bytes() for file in office.data.glob("*.db")}
    segment = files(office, "segments")[-1]
    segment.write_bytes(segment.read_bytes()[:-40])
    failed = office.cli("restore", "--in-place", check=False)
    assert failed.returncode == 2 and "壊れています" in failed.stderr
    assert {file.name: file.read_bytes() for file in office.data.glob("*.db")} == before
    assert not (office.data / "restoring").exists()


def test_the_next_backup_after_damage_was_found_is_whole(office):
    """Unchanged databases and files are taken over from the point before; damaged ones are not."""
    for kind in ("segments", "blobs"):
        for file in files(office, kind):
            content = bytearray(file.read_bytes())
            content[len(content) // 2] ^= 4
            file.write_bytes(content)
    assert all(found(office, point) for point in points(office))
    office.cli("backup", "run")
    assert found(office, points(office)[-1]) is None


def test_a_lost_mark_is_made_anew_a_foreign_one_is_refused(office, make_office):
    mark = office.repository / "office"
    mark.unlink()
    office.cli("backup", "run")
    assert mark.exists()
    other = make_office("other", **{"backup.repository": office.repository}).init()
    before = {file: file.read_bytes() for file in office.repository.rglob("*") if file.is_file()}
    refused = other.cli("backup", "run", check=False)
    assert refused.returncode == 1 and "別の事務所" in refused.stderr
    for words in (("restore", "--to", other.folder / "copy"), ("restore", "--in-place")):
        assert other.cli(*words, check=False).returncode == 2
    other.start().set_up().new_client()  # its keys are due for a copy
    other.stop()
    after = {file: file.read_bytes() for file in office.repository.rglob("*") if file.is_file()}
    assert after == before


def test_paths_that_a_manifest_does_not_name_are_left_alone(office):
    """What a person puts beside the repository's own folders is not ours to sweep."""
    note = office.repository / "読んでください.txt"
    note.write_text("月曜に交換")
    office.cli("backup", "run")
    assert note.read_text() == "月曜に交換"
