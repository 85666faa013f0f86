"""Facts about the program that ships and the files beside it."""
from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from office import BINARY, ROOT, Office


def said(*command: object) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_sqlite_of_the_system_is_linked() -> None:
    assert not re.search(r"sqlite|sqlcipher", said("ldd", BINARY))


def test_exactly_one_sqlite_is_in_the_program() -> None:
    symbols = [line.split()[-2:] for line in said("nm", BINARY).splitlines()]
    opens = [kind for kind, name in symbols if name == "sqlite3_open_v2"]
    assert [kind.upper() for kind in opens] == ["T"]
    assert [name for kind, name in symbols if kind == "U" and name.startswith("sqlite3_")] == []


def test_the_program_is_hardened() -> None:
    assert "DYN (Position-Independent Executable file)" in said("readelf", "-hW", BINARY)
    segments = said("readelf", "-lW", BINARY)
    assert "GNU_RELRO" in segments
    assert re.search(r"GNU_STACK.* RW ", segments)
    assert "BIND_NOW" in said("readelf", "-dW", BINARY)


def test_no_file_of_an_office_has_a_plaintext_header(make_office: Callable[..., Office]) -> None:
    office = make_office().init()
    files = [path for path in office.folder.rglob("*") if path.is_file()]
    assert {"office.db", "log.db", "keyring.db"} <= {path.name for path in files}
    for path in files:
        assert b"SQLite format 3" not in path.read_bytes(), path


def test_what_an_office_keeps_is_for_its_owner_only(make_office: Callable[..., Office]) -> None:
    office = make_office().init()
    assert office.root_key.stat().st_mode & 0o777 == 0o400
    for path in [office.data, *office.data.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_the_settings_file_that_ships_has_every_key_with_its_default() -> None:
    assert (ROOT / "conf/kuramori.yaml").read_text() == said(BINARY, "config", "print")


def test_the_settings_file_that_ships_is_right(tmp_path: Path) -> None:
    said(BINARY, "config", "check", "--config", ROOT / "conf/kuramori.yaml")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("listen:\n  prot: 8443\n")
    done = subprocess.run(
        [BINARY, "config", "check", "--config", wrong], capture_output=True, text=True
    )
    assert done.returncode != 0
    assert f"{wrong}:2: unknown key listen.prot" in done.stderr


def test_the_unit_is_hardened_to_2_0_or_better() -> None:
    said(
        "systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager",
        ROOT / "systemd/kuramori.service",
    )


LOCKS = sorted(path.relative_to(ROOT).as_posix() for path in [
    *ROOT.glob("packaging/*/package-lock.json"), *ROOT.glob("*/package-lock.json"),
    *ROOT.glob("tests/*/package-lock.json"),
])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_npm_package_is_pinned_by_hash_and_names_no_registry(lock: str) -> None:
    packages = json.loads((ROOT / lock).read_text())["packages"]
    for name, package in packages.items():
        if name and not package.get("link"):
            assert package.get("integrity", "").startswith("sha512-"), name
            assert "resolved" not in package, name


@pytest.mark.parametrize("which", ["build", "test"])
def test_every_debian_package_is_listed_with_its_reason(which: str) -> None:
    for line in (ROOT / f"packaging/lib/packages-{which}.txt").read_text().splitlines():
        package, _, reason = line.partition("#")
        assert reason.strip(), f"why {package.strip()}?"
