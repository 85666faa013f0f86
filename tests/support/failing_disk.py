"""The shim of failing_disk.c, compiled for one test, and how the program is run on top of it."""
from __future__ import annotations

import os
import subprocess
from pathlib import Path

from office import BINARY, Office

SOURCE = Path(__file__).with_name("failing_disk.c")


class FailingDisk:
    """`fail("fsync", ".db-wal")`: from now on every fsync of such a file fails."""

    def __init__(self, folder: Path):
        self.library, self.orders = folder / "failing_disk.so", folder / "orders"
        self.orders.write_text("")
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-O1", "-o", self.library, SOURCE, "-ldl"], check=True
        )

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(self.library), "FAILING_DISK": str(self.orders),
            "ASAN_OPTIONS": "verify_asan_link_order=0",
        }

    def fail(self, call: str, file: str) -> None:
        self.orders.write_text(f"{call} {file}\n")

    def heal(self) -> None:
        self.orders.write_text("")

    def dies_at(self, step: int, office: Office, *words: object) -> bool:
        """Runs the command, killed just before its so-many-th step on the disk. False: it had
        fewer steps, and went through."""
        done = self._run(office, words, DIE_AT=str(step))
        if done.returncode == -9:
            return True
        assert done.returncode == 0, done.stderr
        return False

    def steps_of(self, office: Office, *words: object) -> int:
        """Runs the command to its end; how many steps it took."""
        count = self.orders.with_name("steps")
        done = self._run(office, words, COUNT_STEPS=str(count))
        assert done.returncode == 0, done.stderr
        return int(count.read_text())

    def _run(
        self, office: Office, words: tuple[object, ...], **more: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BINARY, *map(str, words), "--config", office.config],
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
            env={**os.environ, **self.environment, **more},
        )
