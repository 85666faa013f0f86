"""What the tests over HTTP and of the contract share. The program under test is $KURAMORI, else the
debug build.

    def test_somebody_is_added(admin):          # session-wide office, never counted on to be empty
        client = admin.new_client(name="髙橋商店")
        answer = admin.get(f"/clients/{client['id']}")
        assert answer.must(200)["name"] == "髙橋商店"

    def test_a_crash(fresh_office): ...          # an office of its own, started, nobody set up
"""
from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from office import BINARY, Office
from person import Person


@pytest.fixture(scope="session", autouse=True)
def program() -> Path:
    if not BINARY.exists():
        pytest.exit(f"there is no program to test: {BINARY} (set KURAMORI)", returncode=2)
    return BINARY


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The session's office: running, its first administrator set up."""
    shared = Office(tmp_path_factory.mktemp("office")).init().start()
    shared.set_up()
    yield shared
    shared.close()


@pytest.fixture(scope="session")
def admin(office: Office) -> Person:
    return office.sign_in()


@pytest.fixture(scope="session")
def staff(office: Office, admin: Person) -> Person:
    """A 担当者 of all clients."""
    return office.add_staff(admin)


@pytest.fixture
def make_office(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """make_office("name", **{"lockout.failures": 3}): an office of this test, not initialised."""
    made: list[Office] = []

    def make(folder: str = "office", **settings: object) -> Office:
        made.append(Office(tmp_path / folder, **settings))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def fresh_office(make_office: Callable[..., Office]) -> Office:
    return make_office().init().start()
