#!/usr/bin/env python3
"""Runs the parts of packaging/check on what it has built, and counts.

    tests/run.py [PART…]          all parts, or these; last line: "N passed, N failed, …"
    tests/run.py --list           names the parts
    tests/run.py --needs [PART…]  names what must be built for them
"""
from __future__ import annotations

import sys
import time

import parts


def chosen(words: list[str]) -> list[parts.Part]:
    known = {part.name: part for part in parts.ALL}
    unknown = [word for word in words if word not in known]
    if unknown:
        sys.exit(f"there is no part {unknown[0]}; parts: {' '.join(known)}")
    return [known[word] for word in words] if words else parts.ALL


def main() -> int:
    words = sys.argv[1:]
    if words[:1] == ["--list"]:
        for part in parts.ALL:
            print(f"{part.name:<12} {part.what}")
        return 0
    if words[:1] == ["--needs"]:
        print("\n".join(sorted({need for part in chosen(words[1:]) for need in part.needs})))
        return 0

    parts.OUT.mkdir(parents=True, exist_ok=True)
    allowed = parts.allowed_skips()
    total = parts.Tally()
    for part in chosen(words):
        print(f"{part.name:<12} ", end="", flush=True)
        began = time.monotonic()
        try:
            tally = part.run()
        except OSError as error:  # a tool that is not there
            tally = parts.Tally().fault(str(error))
        tally.refuse_skips_beyond(allowed.get(part.name, []))
        print(f"{tally}  ({time.monotonic() - began:.0f} s)", flush=True)
        for text in tally.faults:
            print("    " + text.rstrip().replace("\n", "\n    "))
        for name, reason in tally.skips:
            print(f"    skipped {name}: {reason}")
        total += tally
    print(total)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
