"""The measurements, each one a function that returns its rows."""
import os
import time
from pathlib import Path

import load
from daemon import Daemon
from table import Row, milliseconds


def disk(folder: Path) -> float:
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
        Path("/proc/sys/vm/drop_caches").write_text("3")
        return "cold file cache"
    except OSError:
        return "warm file cache"


def start(daemon: Daemon, books: int) -> list[Row]:
    cache = forget_file_cache()
    cold = daemon.start()
    time.sleep(10)
    idle = daemon.memory_mib()
    daemon.kill()
    killed = daemon.start()
    what = f"start to ready, {books} books"
    return [
        Row(f"{what}, {cache}", f"{cold:.2f} s", "<= 1.5 s", "", cold <= 1.5),
        Row(f"{what}, after kill -9", f"{killed:.2f} s", "<= 5 s", "", killed <= 5),
        Row("memory, idle", f"{idle:.0f} MiB", "<= 64 MiB", "", idle <= 64),
    ]


def share(result: dict) -> str:
    """Who used the processors: of the daemon for one request, and of both in cores."""
    s, server, client = (result[k] for k in ("seconds", "server_cpu_seconds", "client_cpu_seconds"))
    each = server / max(1, result["all"]["count"]) * 1e6
    return f"daemon {each:.0f} us each; cores: daemon {server / s:.2f}, client {client / s:.2f}"


def by_label(result: dict) -> list[Row]:
    return [Row(f"  {label}", milliseconds(f)) for label, f in result["labels"].items()]


def throughput(what: str, bar: int, result: dict) -> Row:
    rate = result["rate"]
    holds = rate >= bar if bar else None
    return Row(what, f"{rate:.0f} req/s", f">= {bar} req/s" if bar else "", share(result), holds)


def within(figures: dict, which: str, bar: float) -> bool:
    return figures["count"] > 0 and figures[which] <= bar


def list_throughput(daemon: Daemon, people: list, seconds: float) -> list[Row]:
    result = load.run(daemon, [p.seat(load.lists(p)) for p in people], "closed", seconds)
    rows = [throughput("lists at saturation, 200 people", 10_000, result), *by_label(result)]
    result = load.run(daemon, [p.seat(load.lists(p, True)) for p in people], "closed", seconds)
    return [*rows, throughput("lists at saturation, over all books", 0, result)]


def search_throughput(daemon: Daemon, people: list, facts: dict, seconds: float) -> list[Row]:
    seats = [p.seat(load.searches(p, facts)) for p in people]
    result = load.run(daemon, seats, "closed", seconds)
    rows = [throughput("search at saturation", 2_000, result), *by_label(result)]
    figures = load.run(daemon, seats, "open", seconds, rate=500)["all"]
    rows.append(Row("search, open loop at 500 req/s", milliseconds(figures), "p95 <= 50 ms", "",
                    within(figures, "p95", 50)))
    return rows


def open_loop(daemon: Daemon, people: list, facts: dict, seconds: float) -> list[Row]:
    seats = [p.seat(load.mixed(p, facts)) for p in people]
    result = load.run(daemon, seats, "open", seconds, rate=1000)
    figures = result["all"]
    return [Row("lists and search, open loop at 1000 req/s", milliseconds(figures), "p99 <= 20 ms",
                share(result), within(figures, "p99", 20))]


def editors(daemon: Daemon, people: list, clients: list) -> list:
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
    for what, clients, bar in (
        ("one book", [facts["clients"][0]] * 8, 0.4),
        ("64 books", facts["clients"][:64], 1.0),
    ):
        seats = editors(daemon, people, clients)
        before = disk(daemon.folder)
        result = load.run(daemon, seats, "closed", seconds)
        syncs = (before + disk(daemon.folder)) / 2
        figures, ratio = result["all"], result["rate"] / syncs
        beside = f"{ratio:.2f} x {syncs:.0f}/s"
        rows.append(Row(f"audited writes, {what}", f"{result['rate']:.0f}/s",
                        f">= {bar} x fdatasync/s", f"{beside}; {share(result)}", ratio >= bar))
        bounded = what == "one book"
        rows.append(Row(f"  {len(clients)} writers", milliseconds(figures),
                        "p99 <= 30 ms" if bounded else "", "",
                        within(figures, "p99", 30) if bounded else None))
    return rows


def memory_under_load(daemon: Daemon) -> list[Row]:
    peak = daemon.memory_mib("VmHWM")
    return [Row("memory under load, most", f"{peak:.0f} MiB", "<= 512 MiB", "", peak <= 512)]
