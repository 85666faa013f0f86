#!/usr/bin/env python3
"""House rules that no linter knows. Run by ctest and packaging/check.

    tests/tidy/tidy.py [ROOT]     prints path:line: rule, then a count; exits 1 on a fault
"""
from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import repository  # noqa: E402
import rules  # noqa: E402


def faults_in(root: Path) -> list[tuple[str, int, str]]:
    faults: list[tuple[str, int, str]] = []
    files = repository.tracked(root)
    listed = repository.listed_events(root)
    logged: set[str] = set()
    for path in files:
        if path.suffix not in (".cpp", ".hpp"):
            continue
        source = rules.Source(root, path)
        name = source.path.as_posix()
        for rule in rules.ON_SOURCES:
            faults += [(name, line, message) for line, message in rule(source)]
        if source.in_daemon:
            for line, event in rules.logged_events(source):
                logged.add(event or "")
                if event is None:
                    faults.append((name, line, "a log event is spelt out: room, event"))
                elif event not in listed:
                    faults.append((name, line, f"log event `{event}` is not in docs/log.md"))
    for event, line in listed.items():
        if event not in logged:
            faults.append(("docs/log.md", line, f"nothing logs `{event}`"))
    faults += repository.texts(root, files)
    faults += repository.room_sizes(root)
    return sorted(set(faults))


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    faults = faults_in(root)
    for name, line, message in faults:
        print(f"{name}:{line}: {message}")
    print(f"tidy: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
