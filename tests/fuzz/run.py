#!/usr/bin/env python3
"""Runs every fuzz target for a while from its fixtures; an input that fails is kept in build/fuzz.

    tests/fuzz/run.py [SECONDS] [TARGET…]      prints `ok name` or `not ok name`, exits 1 on a fault
"""
from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT = HERE.parents[1] / "build/fuzz/tests/fuzz"


def run(target: str, seconds: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="kuramori-fuzz-") as corpus:
        done = subprocess.run(
            [BUILT / f"fuzz_{target}", f"-max_total_time={seconds}", "-timeout=10",
             "-rss_limit_mb=1024", "-max_len=65536", "-print_final_stats=1",
             f"-artifact_prefix={BUILT}/{target}-", corpus, HERE / "fixtures" / target],
            capture_output=True, text=True, errors="replace", env={**os.environ, "TMPDIR": corpus},
        )
    if done.returncode != 0:
        print("\n".join(done.stderr.splitlines()[-60:]), file=sys.stderr)
    return done.returncode == 0


def main() -> int:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    targets = sys.argv[2:] or sorted(folder.name for folder in (HERE / "fixtures").iterdir())
    faults = 0
    for target in targets:
        fine = run(target, seconds)
        faults += not fine
        print(f"{'ok' if fine else 'not ok'} {target}", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
