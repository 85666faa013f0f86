"""The machine is gone. The repository and a key bring everything back: the root key, or the printed
kit alone."""
from __future__ import annotations

import json
import re
import shutil
import subprocess
from hashlib import sha256

import pytest
from office import BINARY, Office
from person import Person


def fill(me: Person) -> None:
    for _ in range(4):
        client = me.new_client()["id"]
        me.new_establishment(client)
        for _ in range(3):
            me.new_employee(client)
        me.upload(f"/clients/{client}/documents", b"%PDF-1.7\n" + bytes(150_000), "書類.pdf")


def what_is_there(office: Office) -> dict[str, object]:
    """Everything that a person sees, history included."""
    me = office.start().sign_in()
    seen: dict[str, object] = {
        "accounts": [
            line["account"]["login_id"] for line in me.get("/accounts").must()["accounts"]
        ]
    }
    for client in me.post("/clients/search", {"size": 200}).must()["clients"]:
        path = f"/clients/{client['id']}"
        seen[path] = [
            me.get(path).must()["profile"],
            me.get(f"{path}/history").must(),
            me.get(f"{path}/establishments").must(),
            me.get(f"{path}/employees?size=200").must()["employees"],
            me.get(f"{path}/documents").must()["documents"],
        ]
    office.stop()
    return seen


def contents_are_whole(office: Office) -> bool:
    me = office.start().sign_in()
    whole = True
    for client in me.post("/clients/search", {"size": 200}).must()["clients"]:
        path = f"/clients/{client['id']}/documents"
        for document in me.get(path).must()["documents"]:
            content = me.get(f"{path}/{document['id']}/content").content
            whole = whole and sha256(content).hexdigest() == document["sha256"]
    office.stop()
    return whole


def heads(said: str) -> str:
    return re.search(r"監査チェーンの先頭: .*", said)[0]


def lose_the_machine(office: Office, *, keys: bool) -> None:
    shutil.rmtree(office.data)
    if keys:
        shutil.rmtree(office.root_key.parent)
        shutil.rmtree(office.certificate.parent)


@pytest.fixture
def saved(make_office) -> Office:
    office = make_office().init().start()
    fill(office.set_up())
    office.stop()
    office.cli("backup", "run")
    return office


def test_repository_and_root_key_bring_everything_back(saved, tmp_path):
    before = what_is_there(saved)
    saved.cli("backup", "run")
    head = heads(saved.cli("restore", "--to", tmp_path / "beside").stdout)
    lose_the_machine(saved, keys=False)
    assert heads(saved.cli("restore", "--in-place").stdout) == head
    assert what_is_there(saved) == before
    assert contents_are_whole(saved)
    # the restored office goes on: its next backup stands on the same chains
    saved.cli("backup", "run")
    saved.cli("backup", "verify")


def test_repository_and_the_printed_kit_are_enough(saved, tmp_path):
    page = saved.cli("key", "recovery-kit").stdout
    words = re.findall(r"\d+\. (\S+) \((\w+)\s*\)", page)
    assert len(words) == 24
    before = what_is_there(saved)
    saved.cli("backup", "run")
    lose_the_machine(saved, keys=True)
    for typed in (0, 1):  # hiragana, romaji
        written = "\n".join(word[typed] for word in words)
        done = with_kit(saved, written, "--to", tmp_path / f"copy{typed}")
        assert done.returncode == 0, done.stderr
    done = with_kit(saved, " ".join(word[1].upper() for word in words), "--in-place")
    assert done.returncode == 0, done.stderr
    assert oct(saved.root_key.stat().st_mode & 0o777) == "0o400"
    assert what_is_there(saved) == before
    assert contents_are_whole(saved)


def with_kit(office: Office, words: str, *more: object) -> subprocess.CompletedProcess[str]:
    command = [BINARY, "restore", *map(str, more), "--kit", "--config", office.config]
    return subprocess.run(command, input=words + "\n", capture_output=True, text=True, timeout=120)


def test_a_wrong_kit_and_a_wrong_word_are_told_apart(saved, make_office):
    page = saved.cli("key", "recovery-kit").stdout
    words = [word for word, _ in re.findall(r"\d+\. (\S+) \((\w+)\s*\)", page)]
    newer = saved.cli("key", "recovery-kit", "--replace").stdout
    newer_words = [word for word, _ in re.findall(r"\d+\. (\S+) \((\w+)\s*\)", newer)]
    saved.cli("backup", "run")
    misspelt = with_kit(saved, "\n".join([*words[:6], "ばなな", *words[7:]]), "--in-place")
    assert misspelt.returncode == 2 and "7番目の語" in misspelt.stderr
    swapped = with_kit(saved, "\n".join([words[1], words[0], *words[2:]]), "--in-place")
    assert swapped.returncode == 2 and "24語が合いません" in swapped.stderr
    old = with_kit(saved, "\n".join(words), "--in-place")
    assert old.returncode == 2 and "古いキット" in old.stderr
    assert with_kit(saved, "\n".join(newer_words), "--in-place").returncode == 0


def test_a_machine_that_has_made_a_key_of_its_own_meanwhile(saved):
    """Reinstalled, `init` by mistake, then the kit: the key that fits takes its place."""
    page = saved.cli("key", "recovery-kit").stdout
    words = [word for word, _ in re.findall(r"\d+\. (\S+) \((\w+)\s*\)", page)]
    saved.cli("backup", "run")
    before = what_is_there(saved)
    saved.cli("backup", "run")
    lose_the_machine(saved, keys=True)
    saved.init()  # a new office, by mistake
    copies = {file.name: file.read_bytes() for file in (saved.repository / "keys").iterdir()}
    refused = saved.cli("backup", "run", check=False)
    assert refused.returncode == 1 and "別の事務所" in refused.stderr, refused.stderr
    me = saved.start().set_up("someone")
    me.new_client()
    failed = me.wait_for_job(me.post("/backups"), state="failed")
    assert failed["error"] == "backup_repository_foreign"
    saved.stop()
    now = {file.name: file.read_bytes() for file in (saved.repository / "keys").iterdir()}
    assert now == copies, "the other office's keys are not ours to drop"
    done = with_kit(saved, "\n".join(words), "--in-place")
    assert done.returncode == 0, done.stderr
    assert len(list(saved.root_key.parent.glob("root.key.before-restore-*"))) == 1
    assert what_is_there(saved) == before


def test_any_point_can_be_chosen_and_what_stood_there_is_kept(make_office):
    office = make_office().init().start()
    me = office.set_up()
    client = me.new_client()["id"]
    points = []
    for _ in range(3):
        me.new_employee(client)
        points.append(me.wait_for_job(me.post("/backups"))["result"]["id"])
    office.stop()
    for number, point in enumerate(points, 1):
        office.cli("restore", "--in-place", "--point", point)
        me = office.start().sign_in()
        assert len(me.get(f"/clients/{client}/employees").must()["employees"]) == number
        office.stop()
    assert len(list(office.data.glob("before-restore-*"))) == 3
    listed = json.loads(office.cli("backup", "list", "--json").stdout)["restore_points"]
    assert {point["id"] for point in listed} >= set(points)


def test_a_book_that_is_lost_stays_in_every_new_point(make_office):
    office = make_office(**{"backup.generations": 2}).init().start()
    me = office.set_up()
    clients = [me.new_client()["id"] for _ in range(2)]
    people = [me.new_employee(client)["id"] for client in clients]
    me.upload(f"/clients/{clients[0]}/documents", b"%PDF-1.7\n" + bytes(9000), "書類.pdf")
    me.wait_for_job(me.post("/backups"))
    office.stop()
    books = sorted((office.data / "books").iterdir(), key=lambda book: book.stat().st_mtime_ns)
    lost = next(book for book in books if (book / "blobs").exists())
    shutil.rmtree(lost)
    me = office.start().sign_in()
    for _ in range(4):  # more often than generations are kept
        me.new_employee(clients[1])
        job = me.wait_for_job(me.post("/backups"), state="failed")
        assert job["error"] == "backup_incomplete"
        assert job["result"] == [{"field": f"client:{clients[0]}", "message": "book_not_saved"}]
    points = me.get("/backups").must()["restore_points"]
    assert len(points) == 2
    me.wait_for_job(me.post(f"/backups/{points[0]['id']}/verify"))
    office.stop()
    office.cli("restore", "--in-place")
    me = office.start().sign_in()
    me.get(f"/clients/{clients[0]}/employees/{people[0]}").must()
    document = me.get(f"/clients/{clients[0]}/documents").must()["documents"][0]["id"]
    assert me.get(f"/clients/{clients[0]}/documents/{document}/content").status == 200
    me.wait_for_job(me.post("/backups"))
