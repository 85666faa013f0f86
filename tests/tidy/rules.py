"""The rules on C++ sources. Each takes a Source and yields (line, message)."""
from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import cpp
import rooms

FILE_LINES_MAX, FUNCTION_LINES_MAX, COLUMNS_MAX = 400, 70, 100
Fault = tuple[int, str]


class Source:
    def __init__(self, root: Path, path: Path):
        self.path = path.relative_to(root)
        self.text = path.read_text(encoding="utf-8")
        self.code = cpp.mask(self.text)  # no comments, no preprocessor, literals empty
        self.literals = cpp.mask(self.text, keep_strings=True)
        self.lines = cpp.Lines(self.text)
        parts = self.path.parts
        self.in_daemon = parts[0] == "daemon"
        self.room = parts[1] if self.in_daemon else ""

    def find(self, pattern: str, text: str | None = None) -> Iterator[tuple[int, re.Match[str]]]:
        for found in re.finditer(pattern, self.code if text is None else text):
            yield self.lines.of(found.start()), found


def sizes(source: Source) -> Iterator[Fault]:
    lines = source.text.splitlines()
    if len(lines) > FILE_LINES_MAX:
        yield len(lines), f"over {FILE_LINES_MAX} lines: split the room"
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS_MAX:
            yield number, f"over {COLUMNS_MAX} columns"
    for function in cpp.functions(source.code):
        if function.lines > FUNCTION_LINES_MAX:
            allowed = f"{FUNCTION_LINES_MAX} allowed"
            yield function.first, f"function of {function.lines} lines, {allowed}"


def includes(source: Source) -> Iterator[Fault]:
    if not source.in_daemon:
        return
    known = {room for line in rooms.LINES for room in line}
    if source.room not in known and source.room not in rooms.ALSO_MAY:
        yield 1, f"room {source.room} stands on no line of tests/tidy/rooms.py"
        return
    allowed = rooms.may_include(source.room) | {source.room}
    for number, line in enumerate(source.text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*["<]([a-z_]+)/', line)
        if found and found[1] in known and found[1] not in allowed:
            yield number, f"{source.room} may not include {found[1]}"


def coroutines(source: Source) -> Iterator[Fault]:
    if source.in_daemon and source.room not in rooms.COROUTINE_ROOMS:
        for line, _ in source.find(r"\bco_(await|return|yield)\b|\basio::"):
            yield line, "coroutines and asio stay in net/, http/ and app/"
        for number, line in enumerate(source.text.splitlines(), 1):
            if re.match(r"\s*#\s*include\s*<boost/(asio|beast)", line):
                yield number, "asio and beast headers stay in net/, http/ and app/"
    for number, what in cpp.awaits_beside(source.code):
        yield number, f"{what} in an expression with co_await (GCC 12): name it first"


def engine(source: Source) -> Iterator[Fault]:
    tests_of_store = source.path.name.startswith("store_")
    if source.room != "store" and not tests_of_store:
        for line, found in source.find(r"\bsqlite3_\w*"):
            yield line, f"{found[0]} belongs to store/"
        for line, _ in source.find(r"(\.|->)\s*script\s*\("):
            yield line, "script() belongs to store/"
    for line, found in source.find(r"\bsqlite3_(serialize|deserialize)\b|\bsqlcipher_export\b"):
        yield line, f"{found[0]} can write plaintext"
    for line, _ in source.find(r"(?i)\bATTACH\s+(DATABASE\s+)?['?:]", source.literals):
        if not tests_of_store:
            yield line, "ATTACH can write plaintext"


# Reader, Write and Connection take a literal, or a Sql that was made from one.
_SQL_CALL = r"(?:\.|->)\s*(?:exec|one|all|each)\b\s*(?:<[^;(){}]*>)?\s*\(\s*(?=(.))"


def literal_sql(source: Source) -> Iterator[Fault]:
    if source.room == "store":
        return  # where Sql itself is defined and passed on
    named = set(re.findall(r"constexpr\s+(?:static\s+)?(?:store::)?Sql\s+(\w+)", source.code))
    named |= set(re.findall(r"(?:store::)?Sql\s+(?:const&?\s+)?(\w+)\s*[,)]", source.code))
    for line, found in source.find(_SQL_CALL):
        if found[1] in '")':
            continue
        word = re.match(r"\w+", source.code[found.end() :])
        raw = word and word[0] == "R" and source.code[found.end() + 1] == '"'
        if not raw and not (word and word[0] in named):
            yield line, "SQL is written as a literal in the call"


_ASKS_TIME = r"\bsystem_clock::now\b|(?<![\w.>])(?:std::)?time\s*\(\s*(?:nullptr|0|NULL)"


def dangerous(source: Source) -> Iterator[Fault]:
    for line, found in source.find(r"(?<![\w.>])(?:std::)?(system|popen)\s*\("):
        yield line, f"{found[1]}() runs a shell"
    if source.in_daemon and source.path.as_posix() != "daemon/base/clock.hpp":
        for line, _ in source.find(_ASKS_TIME):
            yield line, "only base/clock asks for the time"
    if source.room in ("crypto", "auth", "keyring"):
        for line, found in source.find(r"\b(memcmp|strcmp|strncmp)\s*\("):
            yield line, f"{found[1]} leaks by time: compare secrets with CRYPTO_memcmp"
    if source.in_daemon and source.room != "demo":
        for line, _ in source.find(r"\bs?rand\s*\(|\bstd::(random_device|mt19937\w*)"):
            yield line, "randomness comes from base/random"


LOG_CALL = r"\blog::(?:info|warning|error)\s*\(\s*(?:\"(\w+)\"\s*,\s*\"(\w+)\")?"


def logged_events(source: Source) -> Iterator[tuple[int, str | None]]:
    """(line, "room event"), or None where the event is not spelt out."""
    if source.path.as_posix().startswith("daemon/base/log."):
        return
    for line, found in source.find(LOG_CALL, source.literals):
        yield line, f"{found[1]} {found[2]}" if found[1] else None


ON_SOURCES = [sizes, includes, coroutines, engine, literal_sql, dangerous]
