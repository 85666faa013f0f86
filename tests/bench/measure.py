"""The measurements, each one a function that returns its rows."""
import os
import pathlib
import shutil
import subprocess
import threading
import time

import load
from daemon import KURAMORI, Daemon
from table import Row, milliseconds


def disk(folder: pathlib.Path) -> float:
    """fdatasync/s of this disk: one 4 KiB page overwritten in a file that is there already."""
    path = folder / "fdatasync.probe"
    with open(path, "wb") as file:
        file.write(b"\0" * (8 << 20))
        os.fsync(file.fileno())
        count, began = 0, time.monotonic()
        while time.monotonic() - began < 2:
            os.pwrite(file.fileno(), os.urandom(4096), count % 2000 * 4096)
            os.fdatasync(file.fileno())
            count += 1
    path.unlink()
    return count / 2


def forget_file_cache() -> str:
    try:
        os.sync()
        pathlib.Path("/proc/sys/vm/drop_caches").write_text("3")
        return "cold file cache"
    except OSError:
        return "warm file cache"


def start(daemon: Daemon, books: int) -> list[Row]:
    cache = forget_file_cache()
    cold = daemon.start()
    idle_since = time.monotonic()
    time.sleep(max(0, 10 - (time.monotonic() - idle_since)))
    idle = daemon.memory_mib()
    daemon.kill()
    after_kill = daemon.start()
    return [
        Row(
            f"start to ready, {books} books, {cache}", f"{cold:.2f} s", "<= 1.5 s", "", cold <= 1.5
        ),
        Row("start to ready after kill -9", f"{after_kill:.2f} s", "<= 5 s", "", after_kill <= 5),
        Row("memory, idle", f"{idle:.0f} MiB", "<= 64 MiB", "", idle <= 64),
    ]


def share(result: dict) -> str:
    """Who used the processors: of the daemon for one request, and of both in cores."""
    s, server, client = (
        result["seconds"],
        result["server_cpu_seconds"],
        result["client_cpu_seconds"],
    )
    each = server / max(1, result["all"]["count"]) * 1e6
    return (
        f"daemon {each:.0f} us a request; cores: daemon {server / s:.2f}, client {client / s:.2f}"
    )


def list_throughput(daemon: Daemon, people: list, seconds: float) -> list[Row]:
    result = load.run(daemon, [p.seat(load.lists(p)) for p in people], "closed", seconds)
    rows = [
        Row(
            "lists at saturation, 200 people",
            f"{result['rate']:.0f} req/s",
            ">= 10000 req/s",
            share(result),
            result["rate"] >= 10_000,
        )
    ]
    for label, figures in result["labels"].items():
        rows.append(Row(f"  {label}", milliseconds(figures)))
    result = load.run(daemon, [p.seat(load.lists(p, True)) for p in people], "closed", seconds)
    rows.append(
        Row("lists at saturation, over all books", f"{result['rate']:.0f} req/s", "", share(result))
    )
    return rows


def search_throughput(daemon: Daemon, people: list, facts: dict, seconds: float) -> list[Row]:
    result = load.run(daemon, [p.seat(load.searches(p, facts)) for p in people], "closed", seconds)
    rows = [
        Row(
            "search at saturation",
            f"{result['rate']:.0f} req/s",
            ">= 2000 req/s",
            share(result),
            result["rate"] >= 2_000,
        )
    ]
    for label, figures in result["labels"].items():
        rows.append(Row(f"  {label}", milliseconds(figures)))
    seats = [p.seat(load.searches(p, facts)) for p in people]
    result = load.run(daemon, seats, "open", seconds, rate=500)
    rows.append(
        Row(
            "search, open loop at 500 req/s",
            milliseconds(result["all"]),
            "p95 <= 50 ms",
            "",
            result["all"]["p95"] <= 50,
        )
    )
    return rows


def open_loop(daemon: Daemon, people: list, facts: dict, seconds: float) -> list[Row]:
    seats = [p.seat(load.mixed(p, facts)) for p in people]
    result = load.run(daemon, seats, "open", seconds, rate=1000)
    return [
        Row(
            "lists and search, open loop at 1000 req/s",
            milliseconds(result["all"]),
            "p99 <= 20 ms",
            share(result),
            result["all"]["p99"] <= 20,
        )
    ]


def editors(daemon: Daemon, people: list, facts: dict, clients: list) -> list:
    """One connection for each entry of `clients`, each changing a person of its own there."""
    writers = [p for p in people if p.sees_all]
    api = daemon.api()
    taken: dict[int, int] = {}
    seats = []
    for number, client in enumerate(clients):
        person = writers[number % len(writers)]
        api.cookie, api.csrf = person.cookie, person.csrf
        rows = api.call("GET", f"/clients/{client}/employees?size=100")["employees"]
        place = taken.get(client, 0)
        taken[client] = place + 1
        seats.append(person.seat([load.edits(api, client, rows[place]["id"])]))
    api.connection.close()
    return seats


def audited_writes(daemon: Daemon, people: list, facts: dict, seconds: float) -> list[Row]:
    rows = []
    one_book = [facts["clients"][0]] * 8
    many_books = facts["clients"][:64]
    for what, clients, bar in (("one book", one_book, 0.4), ("64 books", many_books, 1.0)):
        seats = editors(daemon, people, facts, clients)
        before = disk(daemon.folder)
        result = load.run(daemon, seats, "closed", seconds)
        syncs = (before + disk(daemon.folder)) / 2
        ratio = result["rate"] / syncs
        fine = ratio >= bar and (what != "one book" or result["all"]["p99"] <= 30)
        rows.append(
            Row(
                f"audited writes, {what}, {len(clients)} writers",
                f"{result['rate']:.0f}/s  " + milliseconds(result["all"]),
                f">= {bar} x fdatasync" + (", p99 <= 30 ms" if what == "one book" else ""),
                f"{ratio:.2f} x {syncs:.0f}/s; {share(result)}",
                fine,
            )
        )
    return rows


def backup_while_writing(daemon: Daemon, people: list, facts: dict, seconds: float) -> list[Row]:
    """Writers at a steady pace; then the same while backups run one after another."""
    clients = facts["clients"][:32]
    quiet = load.run(daemon, editors(daemon, people, facts, clients), "open", seconds, rate=50)
    over = threading.Event()
    count = [0]

    def backups():
        while not over.is_set():
            daemon.cli("backup", "run")
            count[0] += 1

    thread = threading.Thread(target=backups)
    thread.start()
    busy = load.run(daemon, editors(daemon, people, facts, clients), "open", seconds, rate=50)
    over.set()
    thread.join()
    extra = busy["all"]["p99"] - quiet["all"]["p99"]
    return [
        Row(
            "writers' p99 while a backup runs",
            f"{extra:+.1f} ms ({quiet['all']['p99']:.1f} -> {busy['all']['p99']:.1f})",
            "<= +5 ms",
            f"{count[0]} backups",
            extra <= 5,
        )
    ]


def size_mib(folder: pathlib.Path) -> float:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / (1 << 20)


def drill(daemon: Daemon) -> list[Row]:
    daemon.cli("backup", "run")
    used, began = daemon.cpu_seconds(), time.monotonic()
    daemon.cli("backup", "verify")
    took, used = time.monotonic() - began, daemon.cpu_seconds() - used
    size = size_mib(daemon.folder / "data")
    rate = size / max(used, 0.001)
    return [
        Row(
            "drill: a restore point is restored and proven",
            f"{took:.1f} s, {size / took:.0f} MB/s",
            ">= 50 MB/s a core",
            f"{rate:.0f} MB/s a core",
            rate >= 50,
        )
    ]


def restore(daemon: Daemon) -> list[Row]:
    """With the daemon stopped, from the newest restore point into an empty folder."""
    target = daemon.folder / "restored"
    shutil.rmtree(target, ignore_errors=True)
    began = time.monotonic()
    daemon.cli("restore", "--to", str(target))
    took = time.monotonic() - began
    size = size_mib(target)
    shutil.rmtree(target)
    per_gb = took * 1024 / size
    return [
        Row(
            f"restore of {size:.0f} MB",
            f"{took:.1f} s, {size / took:.0f} MB/s",
            "<= 15 s for 1 GB",
            f"{per_gb:.1f} s for 1 GB",
            per_gb <= 15,
        )
    ]


def memory_under_load(daemon: Daemon) -> list[Row]:
    peak = daemon.memory_mib("VmHWM")
    return [Row("memory under load, most", f"{peak:.0f} MiB", "<= 512 MiB", "", peak <= 512)]
