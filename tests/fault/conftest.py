"""Fault injection. Every test prints its seed; to see a failure again:

    KURAMORI_FAULT_SEED=123 pytest tests/fault/test_kill_daemon.py

KURAMORI_FAULT_ROUNDS=500 makes a soak of the tests that go round."""
from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from disks import Disk, why_not
from failing_disk import FailingDisk


@pytest.fixture
def seed() -> int:
    chosen = int(os.environ.get("KURAMORI_FAULT_SEED") or random.SystemRandom().randrange(10**6))
    print(f"KURAMORI_FAULT_SEED={chosen}")
    return chosen


@pytest.fixture
def rng(seed: int) -> random.Random:
    return random.Random(seed)


@pytest.fixture
def rounds() -> Callable[[int], range]:
    wanted = os.environ.get("KURAMORI_FAULT_ROUNDS")
    return lambda usual: range(int(wanted) if wanted else usual)


@pytest.fixture(scope="session")
def no_disks(tmp_path_factory: pytest.TempPathFactory) -> str | None:
    return why_not(tmp_path_factory.mktemp("probe"))


@pytest.fixture
def make_disk(no_disks: str | None, tmp_path: Path) -> Iterator[Callable[..., Disk]]:
    if no_disks:
        pytest.skip(no_disks)
    made: list[Disk] = []

    def make(name: str, megabytes: int) -> Disk:
        made.append(Disk(tmp_path / name, megabytes))
        return made[-1]

    yield make
    for disk in made:
        disk.unmount()


@pytest.fixture
def shim(tmp_path: Path) -> FailingDisk:
    return FailingDisk(tmp_path)
