"""書類: what is attached over HTTPS, comes back over HTTPS, and leaves no trace where it must not."""
from __future__ import annotations

import hashlib
import shutil
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from office import Office
from person import Answer, Person

MIB = 1 << 20
LARGEST = 100 * MIB
GROWTH_MAX = 32 * MIB
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
NAME = "雇用契約書 髙橋﨑　(写し).pdf"
SMALL_QUARANTINE = {"ASAN_OPTIONS": "quarantine_size_mb=1"}  # else freed memory counts as grown


@pytest.fixture(scope="module")
def client(admin: Person) -> dict[str, Any]:
    return admin.new_client()


def documents(client: dict[str, Any], document: dict[str, Any] | None = None) -> str:
    path = f"/clients/{client['id']}/documents"
    return path if document is None else f"{path}/{document['id']}"


def attach(
    person: Person, client: dict[str, Any], content: bytes = PDF, name: str = NAME, **headers: str
) -> Answer:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return person.upload(documents(client), content, name, headers=named)


def files_of(office: Office) -> list[Path]:
    """Contents and markers in the data folder."""
    found = [p for p in office.data.glob("books/*/blobs/*/*") if p.is_file()]
    return found + [p for p in office.data.glob("pending_blobs/*") if p.is_file()]


def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.02)


class RawUpload:
    """An upload whose every byte the test decides."""

    def __init__(self, office: Office, person: Person, client: dict[str, Any], framing: str):
        raw = socket.create_connection(("127.0.0.1", office.port))
        self.tls = office.tls.wrap_socket(raw, server_hostname="localhost")
        cookie = "; ".join(f"{key}={value}" for key, value in person.http.cookies.items())
        self.send(
            f"POST /api/v1{documents(client)} HTTP/1.1\r\nHost: localhost:{office.port}\r\n"
            f"Cookie: {cookie}\r\nX-CSRF-Token: {person.view['csrf_token']}\r\n"
            f"X-File-Name: a.pdf\r\n{framing}\r\n\r\n".encode()
        )

    def send(self, content: bytes) -> None:
        self.tls.sendall(content)

    def answer(self) -> bytes:
        """Everything until the end; the connection is over then."""
        received = b""
        try:
            while piece := self.tls.recv(1 << 16):
                received += piece
        except (ConnectionError, ssl.SSLError):
            pass
        self.hang_up()
        return received

    def hang_up(self) -> None:
        self.tls.close()


def test_a_file_comes_back_as_it_was(admin: Person, client: dict[str, Any]) -> None:
    made = attach(admin, client).must(201)
    assert made["name"] == NAME
    assert made["extension"] == "pdf"
    assert made["bytes"] == len(PDF)
    assert made["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert made["created_by"] == "管理 一郎"
    assert made in admin.get(documents(client)).must()["documents"]

    got = admin.get(f"{documents(client, made)}/content")
    assert got.content == PDF
    assert got.headers["content-length"] == str(len(PDF))
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment; ")
    assert f"filename*=UTF-8''{quote(NAME, safe='')}" in got.headers["content-disposition"]
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]
    assert got.headers["cache-control"] == "no-store"


def test_a_file_of_an_employee_is_listed_with_the_person(admin: Person) -> None:
    client = admin.new_client()
    person = admin.new_employee(client["id"])
    own = attach(admin, client, x_employee_id=str(person["id"])).must(201)
    other = attach(admin, client).must(201)
    assert own["employee_name"] == "山田　花子"
    listed = admin.get(documents(client)).must()
    assert [one["id"] for one in listed["documents"]] == [other["id"], own["id"]]
    assert listed["total_bytes"] == 2 * len(PDF)
    of_person = admin.get(f"{documents(client)}?employee_id={person['id']}").must()
    assert [one["id"] for one in of_person["documents"]] == [own["id"]]
    refused = attach(admin, client, x_employee_id=str(person["id"] + 1))
    assert refused.refused(422, "invalid_fields").faults == {"employee_id": "unknown"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ program", "file_type_refused"),
        ("a.pdf.exe", b"MZ program", "file_type_refused"),
        ("a.docm", b"PK\x03\x04", "file_type_refused"),
        ("a.svg", b"<svg/>", "file_type_refused"),
        ("a.html", b"<html>", "file_type_refused"),
        ("a.pdf", b"MZ program", "file_content_differs"),
        ("a.png", PDF, "file_content_differs"),
        ("a.pdf", b"", "file_empty"),
        ("", PDF, "file_name_missing"),
        ("a" * 252 + ".pdf", PDF, "file_name_too_long"),
        ("../../etc/a.pdf", PDF, "file_name_characters"),
        ("a\u202efdp.pdf", PDF, "file_name_characters"),
        ("a\0.pdf", PDF, "file_name_characters"),
        ("123456789018.pdf", PDF, "file_name_my_number"),
    ],
)
def test_what_may_not_be_attached_is_refused_and_leaves_nothing(
    office: Office, admin: Person, client: dict[str, Any], name: str, content: bytes, code: str
) -> None:
    before = files_of(office), admin.get(documents(client)).must()
    attach(admin, client, content, name).refused(422, code)
    assert (files_of(office), admin.get(documents(client)).must()) == before


def test_a_retry_with_the_same_key_makes_one_document(admin: Person) -> None:
    client = admin.new_client()
    first = attach(admin, client, idempotency_key="a-retry-of-mine").must(201)
    assert attach(admin, client, idempotency_key="a-retry-of-mine").must(201) == first
    other = attach(admin, client, PDF + b"x", idempotency_key="a-retry-of-mine")
    other.refused(422, "idempotency_key_reused")
    assert len(admin.get(documents(client)).must()["documents"]) == 1


def test_rename_and_delete_need_the_version_that_was_seen(
    office: Office, admin: Person, client: dict[str, Any]
) -> None:
    made = attach(admin, client).must(201)
    path = documents(client, made)
    after = admin.put(path, {"name": "契約書.pdf", "note": "4月"}, if_match=1).must()
    assert (after["version"], after["name"], after["note"]) == (2, "契約書.pdf", "4月")
    late = admin.put(path, {"name": "late.pdf"}, if_match=1).refused(409, "version_conflict")
    assert late.json["context"]["current"] == after
    admin.delete(path, if_match=1).refused(409, "version_conflict")
    admin.delete(path).refused(428, "precondition_required")
    renamed = admin.put(path, {"name": "契約書.zip"}, if_match=2)
    assert renamed.refused(422, "file_extension_stays").faults == {"name": "file_extension_stays"}

    files = files_of(office)
    admin.delete(path, if_match=2).must(204)
    assert len(files_of(office)) == len(files) - 1
    admin.get(f"{path}/content").refused(404, "not_found")
    admin.delete(path, if_match=2).refused(404, "not_found")


def test_another_clients_document_answers_like_an_unknown_one(
    office: Office, admin: Person, client: dict[str, Any]
) -> None:
    others = admin.new_client()
    made = attach(admin, others).must(201)
    staff = office.add_staff(admin, clients=[client["id"]])
    unknown = {"id": 987_654}

    def shape(answer: Answer) -> tuple[int, dict[str, Any], dict[str, str]]:
        body = {**answer.json, "request_id": "", "instance": ""}
        headers = {k: v for k, v in answer.headers.items() if k not in ("x-request-id", "date")}
        return answer.status, body, headers

    def answers(to: dict[str, Any], document: dict[str, Any]) -> list[Any]:
        path = documents(to, document)
        return [
            shape(staff.get(documents(to))),
            shape(staff.get(f"{path}/content")),
            shape(staff.put(path, {"name": "a.pdf"}, if_match=1)),
            shape(staff.delete(path, if_match=1)),
            shape(attach(staff, to)),
        ]

    hidden = answers(others, made)
    assert hidden == answers(unknown, made)
    assert {status for status, _, _ in hidden} == {404}
    # and within a client that may be seen: the other's id is simply not there
    assert shape(staff.get(f"{documents(client, unknown)}/content")) == hidden[1]
    assert admin.get(f"{documents(others, made)}/content").content == PDF


def test_neither_name_nor_content_stands_in_clear_anywhere(admin: Person, office: Office) -> None:
    client = admin.new_client()
    name, words = "秘密の診断書.pdf", "診断名はうつ病"
    attach(admin, client, b"%PDF-1.7 " + words.encode() * 1000, name).must(201)
    for text in ("秘密の診断書", words):
        for encoding in ("utf-8", "utf-16-le", "cp932"):
            needle = text.encode(encoding)
            for file in office.folder.rglob("*"):
                if file.is_file():
                    assert needle not in file.read_bytes(), f"{text} as {encoding} in {file}"


@pytest.mark.parametrize("framing", ["Content-Length: 5000000", "Transfer-Encoding: chunked"])
def test_an_upload_that_breaks_off_leaves_nothing(
    office: Office, admin: Person, client: dict[str, Any], framing: str
) -> None:
    before = sorted(files_of(office))
    upload = RawUpload(office, admin, client, framing)
    body = PDF * 100
    upload.send(f"{len(body):x}\r\n".encode() + body if "chunked" in framing else body)
    until(lambda: len(files_of(office)) == len(before) + 2)  # the content aside, and its marker
    upload.hang_up()
    until(lambda: sorted(files_of(office)) == before)


def test_what_a_crash_cut_off_is_gone_after_the_next_start(
    make_office: Callable[..., Office],
) -> None:
    office = make_office().init().start()
    admin = office.set_up()
    client = admin.new_client()
    kept = attach(admin, client).must(201)
    upload = RawUpload(office, admin, client, "Content-Length: 5000000")
    upload.send(PDF * 100)
    until(lambda: len(files_of(office)) == 3)
    office.kill()
    upload.hang_up()
    assert len(files_of(office)) == 3
    office.start()
    assert len(files_of(office)) == 1
    admin = office.sign_in()
    assert admin.get(documents(client)).must()["documents"] == [kept]
    assert admin.get(f"{documents(client, kept)}/content").content == PDF


def test_a_tampered_file_is_never_given_out_whole(office: Office, admin: Person) -> None:
    client = admin.new_client()
    before = set(files_of(office))
    made = attach(admin, client, PDF * 20).must(201)  # some chunks
    (file,) = set(files_of(office)) - before
    sound = file.read_bytes()
    file.write_bytes(sound[:-1])
    path = f"{documents(client, made)}/content"
    admin.get(path).refused(503, "document_damaged")
    damaged = bytearray(sound)
    damaged[-100_000] ^= 1
    file.write_bytes(damaged)
    with pytest.raises(Exception, match="peer closed|incomplete|closed"):
        admin.get(path)
    assert "documents blob_damaged" in office.said()
    file.write_bytes(sound)
    assert admin.get(path).content == PDF * 20


def largest() -> Iterator[bytes]:
    piece = b"%PDF-1.7" + bytes(MIB - 8)
    for _ in range(LARGEST // MIB):
        yield piece


class Memory(threading.Thread):
    """The most that the daemon occupied while this ran."""

    def __init__(self, office: Office):
        super().__init__(daemon=True)
        assert office.process
        self.status = Path(f"/proc/{office.process.pid}/status")
        self.over = threading.Event()
        self.before = self.most = self.now()

    def now(self) -> int:
        (line,) = [x for x in self.status.read_text().splitlines() if x.startswith("VmRSS:")]
        return int(line.split()[1]) * 1024

    def run(self) -> None:
        while not self.over.wait(0.01):
            self.most = max(self.most, self.now())

    def __enter__(self) -> Memory:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.join()


def test_the_largest_file_goes_in_and_out_in_constant_memory(
    make_office: Callable[..., Office],
) -> None:
    office = make_office().init().start(environment=SMALL_QUARANTINE)
    admin = office.set_up()
    client = admin.new_client()
    attach(admin, client).must(201)  # everything that is loaded once is loaded
    whole = hashlib.sha256()
    for piece in largest():
        whole.update(piece)
    headers = {"X-File-Name": "large.pdf", "Content-Length": str(LARGEST)}
    got = hashlib.sha256()
    with Memory(office) as memory:
        made = admin.ask("POST", documents(client), headers=headers, content=largest()).must(201)
        address = f"{documents(client, made)}/content"
        with admin.http.stream("GET", address) as answer:
            assert answer.headers["content-length"] == str(LARGEST)
            for piece in answer.iter_raw():
                got.update(piece)
    assert (made["bytes"], made["sha256"]) == (LARGEST, whole.hexdigest())
    assert got.digest() == whole.digest()
    assert memory.most - memory.before <= GROWTH_MAX


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    office: Office, admin: Person, client: dict[str, Any]
) -> None:
    upload = RawUpload(office, admin, client, f"Content-Length: {LARGEST + 1}")
    assert upload.answer().startswith(b"HTTP/1.1 413 ")


def test_a_file_that_grows_over_the_limit_is_refused_on_its_way(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(**{"limits.upload_megabytes": 1}).init().start()
    admin = office.set_up()
    client = admin.new_client()
    upload = RawUpload(office, admin, client, "Transfer-Encoding: chunked")
    for _ in range(3):
        upload.send(f"{MIB:x}\r\n".encode() + PDF.ljust(MIB) + b"\r\n")
    answer = upload.answer()
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'"too_large"' in answer
    assert files_of(office) == []


def test_a_refusal_reaches_a_browser_that_is_still_sending(
    office: Office, admin: Person, client: dict[str, Any]
) -> None:
    for _ in range(5):
        attach(admin, client, bytes(8 * MIB), "a.exe").refused(422, "file_type_refused")


def test_attached_files_come_back_from_a_backup(make_office: Callable[..., Office]) -> None:
    office = make_office().init().start()
    admin = office.set_up()
    client = admin.new_client()
    made = attach(admin, client, PDF * 50).must(201)
    office.cli("backup", "run")
    admin.delete(documents(client, made), if_match=1).must(204)
    office.kill()
    shutil.rmtree(office.data)
    office.data.mkdir(mode=0o700)
    office.cli("restore", "--in-place")
    office.start()
    admin = office.sign_in()
    assert admin.get(documents(client)).must()["documents"] == [made]
    assert admin.get(f"{documents(client, made)}/content").content == PDF * 50
    point = admin.get("/backups").must()["restore_points"][0]["id"]
    admin.wait_for_job(admin.post(f"/backups/{point}/verify"))
