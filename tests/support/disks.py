"""A disk of a test's own: an image behind a loop device that can be filled, freed, cut off and
mounted again. Needs root and loop devices; a test without one is skipped with the reason."""
from __future__ import annotations

import fcntl
import os
import struct
import subprocess
import time
from pathlib import Path

FS_IOC_SHUTDOWN = 0x8004587D  # _IOR('X', 125, __u32); ext4, xfs, f2fs
WITHOUT_FLUSHING_THE_LOG = 2  # as when the power goes: what was not synced never arrives
MEGABYTE = 1 << 20


def run(*words: object) -> None:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode != 0:
        raise OSError(f"{' '.join(map(str, words))}: {done.stderr.strip()}")


class Disk:
    def __init__(self, folder: Path, megabytes: int):
        folder.mkdir(parents=True, exist_ok=True)
        self.image, self.path = folder / "disk.img", folder / "disk"
        self.path.mkdir(exist_ok=True)
        with self.image.open("wb") as image:
            image.truncate(megabytes * MEGABYTE)
        # no blocks kept back for root, who runs the tests: full is full
        run("mkfs.ext4", "-q", "-F", "-m", "0", self.image)
        self.mount()

    def mount(self) -> None:
        run("mount", "-o", "loop", self.image, self.path)

    def unmount(self) -> None:
        for _ in range(50):  # the kernel lets go of a killed process's files a little later
            try:
                return run("umount", self.path)
            except OSError:
                time.sleep(0.1)
        run("umount", "-l", self.path)

    def cut_power(self) -> None:
        """From here on nothing reaches the disk; every call on it fails."""
        folder = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, FS_IOC_SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING_THE_LOG))
        finally:
            os.close(folder)

    def power_back(self) -> None:
        self.unmount()
        self.mount()

    @property
    def free(self) -> int:
        facts = os.statvfs(self.path)
        return facts.f_bavail * facts.f_frsize

    def fill(self, leave: int = 0) -> None:
        """Somebody else's file takes all the room but `leave` bytes."""
        with (self.path / "filler").open("ab", buffering=0) as filler:
            for piece in (MEGABYTE, 64 << 10, 4096):
                while self.free - leave >= piece:
                    try:
                        filler.write(b"\0" * piece)
                    except OSError:
                        break

    def make_room(self) -> None:
        (self.path / "filler").unlink(missing_ok=True)


def why_not(folder: Path) -> str | None:
    """The reason for which this machine cannot give a test its own disk."""
    if os.geteuid() != 0:
        return "needs root to mount a loop device"
    try:
        disk = Disk(folder, 8)
    except OSError as error:
        return f"no loop mounts here: {error}"
    disk.unmount()
    return None
