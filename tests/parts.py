"""The parts of packaging/check: how each is run and how its answer is counted."""
from __future__ import annotations

import fnmatch
import os
import re
import signal
import subprocess
import xml.etree.ElementTree as xml
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build/check"
LOG_LINES_SHOWN = 60
LONGEST = 25 * 60  # seconds for one command; the slowest takes eight minutes on two cores


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    skips: list[tuple[str, str]] = field(default_factory=list)  # name, reason
    faults: list[str] = field(default_factory=list)  # what a person needs to see

    def __iadd__(self, other: Tally) -> Tally:
        self.passed += other.passed
        self.failed += other.failed
        self.skips += other.skips
        return self

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {len(self.skips)} skipped"

    def fault(self, text: str) -> Tally:
        self.failed += 1
        self.faults.append(text)
        return self

    def refuse_skips_beyond(self, patterns: list[str]) -> None:
        for name, reason in list(self.skips):
            if not any(fnmatch.fnmatch(name, pattern) for pattern in patterns):
                self.skips.remove((name, reason))
                self.fault(f"{name} was skipped ({reason}), which tests/skips.txt does not allow")


def allowed_skips() -> dict[str, list[str]]:
    allowed: dict[str, list[str]] = {}
    for line in (ROOT / "tests/skips.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            part, pattern, _reason = line.split(maxsplit=2)  # a line without a reason is an error
            allowed.setdefault(part, []).append(pattern)
    return allowed


# --- running things ------------------------------------------------------------------------------
def ran(name: str, *command: object, env: dict[str, str] | None = None, cwd: Path = ROOT):
    """Runs it with its output in build/check/NAME.log; returns (exit code, output). What hangs is
    ended with all that it started, and has failed."""
    log = OUT / f"{name}.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            list(map(str, command)), cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            env={**os.environ, **(env or {})}, start_new_session=True,
        )
        try:
            code = process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            code = process.wait()
            out.write(f"\nended after {LONGEST // 60} minutes without an end of its own\n")
    return code, log.read_text(errors="replace")


def end_of(output: str, lines: int = LOG_LINES_SHOWN) -> str:
    return "\n".join(output.splitlines()[-lines:])


def one(name: str, *command: object, **more: object) -> Tally:
    """A check that is one test: exit code 0 passes."""
    code, output = ran(name, *command, **more)
    return Tally(passed=1) if code == 0 else Tally().fault(end_of(output))


def several(name: str, commands: dict[str, list[object]]) -> Tally:
    total = Tally()
    for what, command in commands.items():
        tally = one(f"{name}-{what.replace('/', '-')}", *command)
        total += tally
        total.faults += tally.faults
    return total


def junit(name: str, *command: object, env: dict[str, str] | None = None) -> Tally:
    """Whatever writes JUnit's XML to build/check/NAME.xml."""
    report = OUT / f"{name}.xml"
    report.unlink(missing_ok=True)
    code, output = ran(name, *command, env=env)
    if not report.exists():
        return Tally().fault(end_of(output))
    tally = Tally()
    for case in xml.parse(report).getroot().iter("testcase"):
        title = f"{case.get('classname')} {case.get('name')}"
        bad = [child for child in case if child.tag in ("failure", "error")]
        skipped = case.find("skipped")
        if bad:
            tally.fault(f"{title}\n{end_of(bad[0].text or bad[0].get('message') or '')}")
        elif skipped is not None:
            tally.skips.append((title, skipped.get("message") or "no reason given"))
        else:
            tally.passed += 1
    if code != 0 and not tally.failed:  # fell over beside the tests: a fixture, a collection
        tally.fault(end_of(output))
    return tally


def pytest(name: str, *words: object, binary: str = "release") -> Tally:
    return junit(
        name, "/usr/bin/python3", "-m", "pytest", "-q", f"--junitxml={OUT / name}.xml",
        "-o", "faulthandler_timeout=300",  # one test that hangs says where
        *words, env={"KURAMORI": str(ROOT / f"build/{binary}/kuramori")},
    )


def lines_of(name: str, *command: object, env: dict[str, str] | None = None) -> Tally:
    """Whatever prints `ok NAME`, `not ok NAME` or `skip NAME: REASON`, one a line."""
    code, output = ran(name, *command, env=env)
    tally = Tally()
    for line in output.splitlines():
        if line.startswith("ok "):
            tally.passed += 1
        elif line.startswith("not ok "):
            tally.fault(line)
        elif line.startswith("skip "):
            title, _, reason = line.removeprefix("skip ").partition(": ")
            tally.skips.append((title, reason or "no reason given"))
    if code != 0 or not tally.passed:
        tally.faults.append(end_of(output))
        tally.failed = max(1, tally.failed)
    return tally


# --- the parts -----------------------------------------------------------------------------------
def tracked(*patterns: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def shell() -> Tally:
    scripts = [".ci/run", "packaging/quickstart", "packaging/check"]
    return several("shell", {name: ["shellcheck", "-x", name] for name in scripts})


def format_() -> Tally:
    sources = tracked("daemon/*.[ch]pp", "tests/*.[ch]pp")
    return one("format", "clang-format-19", "--dry-run", "-Werror", *sources)


def tidy() -> Tally:
    tally = pytest("tidy", "tests/tidy/tidy_test.py")
    rules = one("tidy-rules", "/usr/bin/python3", "tests/tidy/tidy.py")
    tally += rules
    tally.faults += rules.faults
    return tally


def unit(binary: str = "release") -> Tally:
    return junit(
        "unit", ROOT / f"build/{binary}/unit_tests", "--reporters=junit", f"--out={OUT}/unit.xml"
    )


def sanitized() -> Tally:
    total = Tally()
    for tally in (unit("debug"), pytest("asan", "tests/contract", "tests/http", binary="debug")):
        total += tally
        total.faults += tally.faults
    return total


def ui_tests() -> Tally:
    return junit(
        "ui", "npx", "--prefix", "web-ui", "vitest", "run", "--root", "web-ui",
        "--reporter=junit", f"--outputFile={OUT}/ui.xml",
    )


def api() -> Tally:
    """The UI's types are what api/openapi.yaml says today."""
    fresh = OUT / "schema.d.ts"
    made = ["npx", "--prefix", "web-ui", "openapi-typescript", "api/openapi.yaml", "-o", fresh]
    code, output = ran("api", *made)
    if code != 0:
        return Tally().fault(end_of(output))
    return one("api-diff", "diff", "-u", "web-ui/src/api/schema.d.ts", fresh)


def changed_sources() -> list[str]:
    """C++ files that differ from the branch that this goes to; on it, those of the last commit."""
    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else ""

    head = git("rev-parse", "HEAD")
    bases = (git("merge-base", "HEAD", name) for name in ("origin/main", "main"))
    base = next((found for found in bases if found and found != head), None) or "HEAD^"
    names = git("diff", "--name-only", "--diff-filter=d", base, "--", "daemon/*.cpp").splitlines()
    return [name for name in names if (ROOT / name).exists()]


def lint() -> Tally:
    sources = changed_sources()
    if not sources:
        return Tally(passed=1)
    code, output = ran(
        "lint", "xargs", "-a", written("lint-files", sources), "-d", "\\n", "-n", "1", "-P", "2",
        "clang-tidy-19", "-p", "build/release", "--quiet", "--extra-arg=-Wno-ignored-gch",
    )
    faults = re.findall(r"^.*(?:warning|error):.*$", output, re.MULTILINE)
    if code == 0:
        return Tally(passed=len(sources))
    return Tally().fault("\n".join(dict.fromkeys(faults)) or end_of(output))


def written(name: str, lines: list[str]) -> Path:
    path = OUT / name
    path.write_text("\n".join(lines) + "\n")
    return path


def browser() -> Tally:
    return lines_of(
        "browser", "node", "tests/browser/run.mjs",
        env={"KURAMORI": str(ROOT / "build/release/kuramori"), "UI": str(ROOT / "web-ui/dist")},
    )


def fuzz() -> Tally:
    return lines_of("fuzz", "/usr/bin/python3", "tests/fuzz/run.py", 10)


@dataclass(frozen=True)
class Part:
    name: str
    what: str
    needs: tuple[str, ...]  # debug, release, fuzz, ui
    run: Callable[[], Tally]


ALL = [
    Part("shell", "shellcheck on the scripts", (), shell),
    Part("format", "clang-format", (), format_),
    Part("tidy", "house rules, and their self-test", ("release",), tidy),
    Part("api", "the UI's types equal api/openapi.yaml", (), api),
    Part("ui", "vitest", (), ui_tests),
    Part("packaging", "facts about the program that ships", ("release",),
         lambda: pytest("packaging", "tests/packaging")),
    Part("unit", "doctest", ("release",), unit),
    Part("contract", "routes, contract and roles", ("release",),
         lambda: pytest("contract", "tests/contract")),
    Part("http", "the real daemon over HTTPS", ("release",),
         lambda: pytest("http", "tests/http")),
    Part("browser", "journeys in Chromium", ("release", "ui"), browser),
    Part("fault", "kill -9, full disks, power cuts, broken repositories (root)", ("release",),
         lambda: pytest("fault", "tests/fault")),
    Part("sanitized", "unit, contract and http under ASan and UBSan", ("debug",), sanitized),
    Part("fuzz", "ten seconds for each reader of foreign bytes", ("fuzz",), fuzz),
    Part("lint", "clang-tidy on changed sources", ("release",), lint),
]
