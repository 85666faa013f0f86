"""Rows of the report: what | measured | bar | beside a peer of this machine | holds."""
import unicodedata
from dataclasses import dataclass


@dataclass
class Row:
    what: str
    measured: str
    bar: str = ""
    ratio: str = ""  # to a peer measured in the same run
    holds: bool | None = None  # None: no bar of its own


def milliseconds(figures: dict) -> str:
    return "p50 {p50:.1f}  p95 {p95:.1f}  p99 {p99:.1f}  max {max:.0f} ms".format(**figures)


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def show(rows: list[Row]) -> None:
    marks = {True: "holds", False: "MISSED", None: ""}
    lines = [("what", "measured", "bar", "ratio", "")]
    lines += [(r.what, r.measured, r.bar, r.ratio, marks[r.holds]) for r in rows]
    widths = [max(width(line[i]) for line in lines) for i in range(5)]
    for number, line in enumerate(lines):
        cells = (cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(line))
        print("  ".join(cells).rstrip())
        if number == 0:
            print("-" * (sum(widths) + 8))
