"""tests/tidy catches what it promises to: each rule against a breach and a lawful twin."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
import cpp  # noqa: E402
import tidy  # noqa: E402

LONG_BODY = "    step();\n" * 70


def faults(folder: Path, files: dict[str, str]) -> list[str]:
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / "daemon/base").mkdir(parents=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [message for _, _, message in tidy.faults_in(folder)]


LOG_ROW = "| `store opened` | a | b |\n"

# (name, path, source, part of the message)
BREACHES = [
    ("a lower room includes a higher one", "daemon/store/a.cpp", '#include "http/call.hpp"\n',
     "store may not include http"),
    ("rooms on one line", "daemon/auth/a.cpp", '#include "jobs/jobs.hpp"\n',
     "auth may not include"),
    ("base and domain", "daemon/domain/a.cpp", '#include "base/log.hpp"\n', "domain may not"),
    ("an unknown room", "daemon/attic/a.cpp", "int x;\n", "stands on no line"),
    ("a long file", "daemon/base/a.cpp", "int x;\n" * 401, "over 400 lines"),
    ("a wide line", "daemon/base/a.cpp", "// " + "x" * 98 + "\n", "over 100 columns"),
    ("a long function", "daemon/base/a.cpp", "void f()\n{\n" + LONG_BODY + "}\n", "72 lines"),
    ("a long member function", "daemon/base/a.hpp",
     "struct A {\n    int f() const noexcept\n    {\n" + LONG_BODY + "    }\n};\n", "72 lines"),
    ("a long constructor", "daemon/base/a.cpp",
     "A::A(int x) : a_{x}, b_{2}\n{\n" + LONG_BODY + "}\n", "72 lines"),
    ("a long try body", "daemon/base/a.cpp",
     "int f()\ntry {\n" + LONG_BODY + "} catch (X const&) {}\n",
     "lines, 70 allowed"),
    ("a long template", "daemon/base/a.hpp",
     "template <class T = int> auto f(T x) -> std::vector<T>\n{\n" + LONG_BODY + "}\n", "72 lines"),
    ("a long lambda at namespace level", "daemon/base/a.cpp",
     "auto const f = [](int x) {\n" + LONG_BODY + "};\n", "lines, 70 allowed"),
    ("a long test case", "tests/unit/a_test.cpp", 'TEST_CASE("x")\n{\n' + LONG_BODY + "}\n",
     "72 lines"),
    ("a coroutine in a room", "daemon/clients/a.cpp", "void f() { co_await g(); }\n",
     "coroutines and"),
    ("asio in a room", "daemon/clients/a.cpp", "asio::io_context io;\n", "coroutines and asio"),
    ("asio's header in a room", "daemon/clients/a.cpp", "#include <boost/asio/post.hpp>\n",
     "asio and"),
    ("sqlite outside store", "daemon/clients/a.cpp", "int x = sqlite3_changes(db);\n",
     "belongs to store"),
    ("script outside store", "daemon/clients/a.cpp", 'void f(D& d) { d.script("x"); }\n',
     "script()"),
    ("an export function", "daemon/store/a.cpp", "void f() { sqlite3_serialize(x); }\n",
     "plaintext"),
    ("ATTACH", "daemon/clients/a.cpp", "auto f(D& d) { d.exec(\"ATTACH 'x' AS y\"); }\n",
     "plaintext"),
    ("assembled SQL", "daemon/clients/a.cpp", "void f(D& d) { d.exec(text + name); }\n",
     "as a literal"),
    ("assembled SQL in a query", "daemon/clients/a.cpp",
     "void f(D& d) { d.all<std::pair<int, int>>(\n        sql(name)); }\n", "as a literal"),
    ("a shell", "daemon/base/a.cpp", 'int f() { return std::system("ls"); }\n',
     "system() runs a shell"),
    ("a pipe to a shell", "daemon/base/a.cpp", 'auto f() { return popen("ls", "r"); }\n',
     "popen()"),
    ("its own clock", "daemon/base/a.cpp", "auto x = std::chrono::system_clock::now();\n",
     "asks for the"),
    ("the C clock", "daemon/base/a.cpp", "auto x = std::time(nullptr);\n", "asks for the"),
    ("memcmp on secrets", "daemon/auth/a.cpp", "bool f() { return memcmp(a, b, 32) == 0; }\n",
     "leaks by"),
    ("its own randomness", "daemon/base/a.cpp", "std::random_device device;\n", "base/random"),
    ("an unlisted event", "daemon/base/a.cpp", 'void f() { log::info("store", "lost"); }\n',
     "`store lost`"),
    ("an unspelt event", "daemon/base/a.cpp", 'void f() { base::log::error("store", what); }\n',
     "spelt out"),
    ("work left undone", "docs/a.md", "TO" + "DO: write\n", "left undone"),
    ("a machine's path", "docs/a.md", "see /wo" + "rk/main/x\n", "one machine"),
    ("a home folder", "docs/a.md", "see /ho" + "me/taro/x\n", "one machine"),
    ("a registry's host", "docs/a.md", "regis" + "try.npmjs.org\n", "registry"),
    ("a lock file with hosts", "web-ui/package-lock.json", '      "resolved": "x"\n', "registry"),
    ("a long script", "packaging/x.py", "x = 1\n" * 401, "over 400 lines"),
]


@pytest.mark.parametrize(
    "path, text, part", [b[1:] for b in BREACHES], ids=[b[0] for b in BREACHES]
)
def test_a_breach_is_caught(tmp_path: Path, path: str, text: str, part: str) -> None:
    found = faults(tmp_path, {path: text})
    assert any(part in message for message in found), found


LAWFUL = [
    ("an upper room includes lower ones", "daemon/employees/a.cpp",
     '#include "clients/clients.hpp"\n#include "store/pool.hpp"\n#include "employees/x.hpp"\n'),
    ("keyring uses store", "daemon/keyring/a.cpp", '#include "store/pool.hpp"\n'),
    ("main", "daemon/main.cpp", '#include "cli/cli.hpp"\n'),
    ("70 lines", "daemon/base/a.cpp", "void f()\n{\n" + "    step();\n" * 68 + "}\n"),
    ("a long table", "daemon/base/a.cpp",
     "constexpr Row table[] = {\n" + '    {"a", f(1), {2}},\n' * 90 + "};\n"),
    ("a long class of short functions", "daemon/base/a.hpp",
     "class A : public B<int> {\npublic:\n" + "    int f() { return x_; }\n" * 90
     + "    int x_{1};\n};\n"),
    ("words in comments and literals", "daemon/base/a.cpp",
     '// sqlite3_open, co_await, asio::, system("x")\nauto x = "co_await sqlite3_open";\n'
     'auto y = R"(system("x") { { {)";\n'),
    ("literal SQL", "daemon/clients/a.cpp",
     'void f(D& d) {\n    d.exec("DELETE");\n    d.all<A>(\n        R"(SELECT\n)", x);\n'
     "    static constexpr Sql named = \"x\";\n    d.one<A>(named, 1);\n}\n"),
    ("boost::system", "daemon/base/a.cpp", "boost::system::error_code x(boost::system::f());\n"),
    ("steady clock", "daemon/base/a.cpp", "auto x = std::chrono::steady_clock::now();\n"),
    ("a listed event", "daemon/base/a.cpp",
     'void f() { base::log::info(\n "store", "opened"); }\n'),
]


@pytest.mark.parametrize("path, text", [c[1:] for c in LAWFUL], ids=[c[0] for c in LAWFUL])
def test_lawful_code_passes(tmp_path: Path, path: str, text: str) -> None:
    event = 'void f() { log::info("store", "opened"); }\n'
    assert faults(tmp_path, {path: text, "docs/log.md": LOG_ROW, "daemon/base/z.cpp": event}) == []


def test_a_listed_event_that_nothing_logs_is_caught(tmp_path: Path) -> None:
    assert faults(tmp_path, {"docs/log.md": LOG_ROW}) == ["nothing logs `store opened`"]


def test_a_ninth_file_needs_a_reason(tmp_path: Path) -> None:
    files = {f"daemon/jobs/f{n}.cpp": "int x;\n" for n in range(9)}
    assert any("9 files" in message for message in faults(tmp_path, files))


AWAIT_BREACHES = [
    "co_await f([x] { return x; });",
    "co_await f([&] { return 1; });",
    "co_await f([this](int y) mutable -> int { return y; });",
    "co_await f(\n    one,\n    [x] {\n        return x;\n    }\n);",
    "co_await f(Agg{1, 2});",
    "co_await f({.a = 1});",
    "auto p = P{co_await a(), co_await b()};",
    "P p{co_await a(),\n    co_await b()};",
    "s = cond ? co_await a() : std::string();",
    "auto s = cond\n    ? co_await a()\n    : co_await b();",
    "if (co_await f({1})) stop();",
    "co_return co_await f(Agg{1});",
    "while (co_await f([x] { return x; })) { step(); }",
    "co_await co_spawn(ex, [x]() -> awaitable<void> { co_await y(); }, use);",
]


@pytest.mark.parametrize("statement", AWAIT_BREACHES)
def test_a_form_that_gcc_12_breaks_is_caught(statement: str) -> None:
    found = cpp.awaits_beside(cpp.mask("task f()\n{\n    int y = 0;\n" + statement + "\n}\n"))
    assert found, statement


AWAIT_LAWFUL = [
    "auto job = [x] { return x; };\n    co_await f(job);",
    "auto job = [x](int y) -> awaitable<void> { co_await g(y); };\n    co_await f(std::move(job));",
    "Agg agg{1, 2};\n    co_await f(agg);\n    Agg more{3};",
    "auto [error, got] = co_await s.read(buffer, as_result);",
    "auto const& [error, got] = co_await s.read(items[0], list[n[1]]);",
    "if (auto s = co_await a(); s) { Agg x{1}; } else { y = z ? 1 : 2; }",
    "while (true) {\n    co_await g();\n    Agg x{1};\n    auto j = [x] { return x; };\n}",
    "try { co_await g(); } catch (X const&) { Agg x{1}; }",
    "co_await f([] { return 1; });",
    "switch (x) {\ncase 1: co_await g(); break;\ncase 2: { Agg y{1}; }\n}",
    "[[maybe_unused]] auto const n = co_await g();",
    'co_await f("a ? {b} : [c]");',
    "for (auto const& x : list) { co_await g(x); }\n    int z = a ? 1 : 2;",
]


@pytest.mark.parametrize("statement", AWAIT_LAWFUL)
def test_a_form_that_gcc_12_compiles_passes(statement: str) -> None:
    code = "asio::awaitable<void> S<T>::f(int a) const\n{\n    " + statement + "\n}\n"
    assert cpp.awaits_beside(cpp.mask(code)) == []


def test_the_breach_is_reported_on_the_line_of_its_co_await() -> None:
    code = "task f()\n{\n    g();\n    auto s = c\n        ? co_await a()\n        : b();\n}\n"
    assert cpp.awaits_beside(cpp.mask(code)) == [(5, "?:")]
