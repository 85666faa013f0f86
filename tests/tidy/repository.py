"""The rules on every tracked text file, on the rooms as folders, and on docs/log.md."""
from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import rooms

Fault = tuple[str, int, str]

# Spelt in pieces: this file is a tracked file too.
_MARKERS = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
_MACHINE = re.compile(
    r"(?<![\w./])/(?:work" + r"/[a-z.]|home" + r"/(?!\*|\$|user\b)[a-z]|Users" + r"/[a-z])"
)
_REGISTRY = re.compile(
    r"\b(?:regis" + r"try\.(?:npmjs|yarnpkg|npmmirror)|deb\.deb" + r"ian|(?:snapshot|security)\.deb"
    + r"ian|artifactregi" + r"stry|pypi\.o" + r"rg|files\.pythonho" + r"sted)\b"
)
_RESOLVED = re.compile(r'^\s*"resolved":\s*"')
_BINARY = {".png", ".ico", ".jpg", ".woff2", ".db", ".xlsx", ".pdf", ".gz", ".br", ".p12"}
_LENGTH = {".py", ".sh", ".sql", ".ts", ".tsx", ".mjs", ".js", ".css", ""}
_COLUMNS = {".py", ".sql"}
_GENERATED = {"web-ui/src/api/schema.d.ts"}


def tracked(root: Path) -> list[Path]:
    """What git would commit: tracked files and new ones that no ignore rule names."""
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, check=True,
    ).stdout.decode()
    return [root / name for name in listed.split("\0") if name and (root / name).is_file()]


def texts(root: Path, files: list[Path]) -> Iterator[Fault]:
    for path in files:
        name = path.relative_to(root).as_posix()
        if path.suffix in _BINARY or path.is_symlink():
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            if "fixtures" not in path.parts and "vectors" not in path.parts:
                yield name, 1, "not UTF-8 text (test data in another encoding belongs in fixtures/)"
            continue
        for number, line in enumerate(lines, 1):
            if _MARKERS.search(line):
                yield name, number, "work left undone belongs in an issue, not in the source"
            if _MACHINE.search(line):
                yield name, number, "a path of one machine"
            locked = path.name == "package-lock.json" and _RESOLVED.match(line)
            if locked or _REGISTRY.search(line):
                yield name, number, "a registry's host"
            if path.suffix in _COLUMNS and len(line) > 100:
                yield name, number, "over 100 columns"
        if path.suffix in _LENGTH and len(lines) > 400 and name not in _GENERATED | {"LICENSE"}:
            yield name, len(lines), "over 400 lines: split it"


def room_sizes(root: Path) -> Iterator[Fault]:
    for folder in sorted((root / "daemon").iterdir()):
        count = len([p for p in folder.rglob("*.[ch]pp")]) if folder.is_dir() else 0
        if count > rooms.FILES_MAX and folder.name not in rooms.MORE_FILES:
            yield (f"daemon/{folder.name}", 1,
                   f"{count} files: over {rooms.FILES_MAX}, and no reason in tests/tidy/rooms.py")


def listed_events(root: Path) -> dict[str, int]:
    """Events of docs/log.md: a table row begins with | `room event` |."""
    found: dict[str, int] = {}
    path = root / "docs/log.md"
    if path.exists():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if row := re.match(r"\|\s*`(\w+ \w+)`\s*\|", line):
                found[row[1]] = number
    return found
