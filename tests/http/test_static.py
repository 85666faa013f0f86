"""The UI's files: types, compression, caching, and what a page may do."""
from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from office import Office

SCRIPT = b"console.log('kura')\n" * 50


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("pages")
    ui = folder / "dist"
    (ui / "assets").mkdir(parents=True)
    (ui / "index.html").write_text("<!doctype html><title>蔵守</title>")
    (ui / "assets/app-1a2b.js").write_bytes(SCRIPT)
    (ui / "assets/app-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    (ui / "assets/app-1a2b.js.br").write_bytes(b"brotli stands here")
    (folder / "secret.txt").write_text("outside")
    (ui / "link.txt").symlink_to(Path("/etc/passwd"))
    office = Office(folder / "office", **{"ui.folder": ui}).init().start()
    with httpx.Client(base_url=office.url, verify=office.tls) as client:
        yield client
    office.close()


def raw(pages: httpx.Client, path: str, **headers: str) -> httpx.Response:
    """Without httpx undoing the compression: what is on the wire counts."""
    request = pages.build_request("GET", path, headers=headers)
    answer = pages.send(request, stream=True)
    answer.wire = b"".join(answer.iter_raw())  # type: ignore[attr-defined]
    return answer


def test_a_page_may_load_its_own_scripts_and_nothing_else(pages: httpx.Client) -> None:
    answer = pages.get("/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert rules["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in policy and "*" not in policy
    assert answer.headers["cache-control"] == "no-cache"


def test_every_address_of_the_ui_is_the_one_page(pages: httpx.Client) -> None:
    for path in ("/", "/setup", "/clients/12/employees/7"):
        assert "蔵守" in pages.get(path).text
    assert pages.get("/missing.js").status_code == 404


def test_files_with_a_hash_in_their_name_are_kept_for_ever(pages: httpx.Client) -> None:
    answer = pages.get("/assets/app-1a2b.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    again = pages.get("/assets/app-1a2b.js", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_best_encoding_that_the_browser_takes_is_sent(pages: httpx.Client) -> None:
    path = "/assets/app-1a2b.js"
    best = raw(pages, path, **{"Accept-Encoding": "gzip, deflate, br"})
    assert (best.headers["content-encoding"], best.wire) == ("br", b"brotli stands here")
    second = raw(pages, path, **{"Accept-Encoding": "gzip"})
    assert second.headers["content-encoding"] == "gzip"
    assert gzip.decompress(second.wire) == SCRIPT
    plain = raw(pages, path, **{"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.wire == SCRIPT
    assert {"Accept-Encoding"} == {answer.headers["vary"] for answer in (best, second, plain)}


def test_an_encoding_that_is_refused_is_not_sent(pages: httpx.Client) -> None:
    answer = raw(pages, "/assets/app-1a2b.js", **{"Accept-Encoding": "br;q=0, gzip;q=0"})
    assert "content-encoding" not in answer.headers
    assert answer.wire == SCRIPT


def test_nothing_outside_the_folder_is_served(pages: httpx.Client) -> None:
    assert pages.get("/link.txt").status_code == 404
    for path in ("/secret.txt", "/..%2fsecret.txt", "/assets/..%5c..%5csecret.txt"):
        assert pages.get(path).status_code in (400, 404)


def test_a_page_is_only_read(pages: httpx.Client) -> None:
    assert pages.post("/").status_code == 405
    assert pages.delete("/assets/app-1a2b.js").status_code == 405


def test_the_office_s_own_authority_can_be_fetched_for_trusting_it(pages: httpx.Client) -> None:
    answer = pages.get("/kuramori-ca.crt")
    assert answer.headers["content-type"] == "application/x-x509-ca-cert"
    assert answer.text.startswith("-----BEGIN CERTIFICATE-----")
    assert "PRIVATE" not in answer.text
