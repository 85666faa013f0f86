"""Measurements of what comes and goes as files: imports, uploads, backups, restores, the build."""
import csv
import io
import os
import shutil
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path

import load
from daemon import ROOT, Api, Daemon
from table import Row

IMPORT_ROWS = 15_000
UPLOAD_BYTES = 100 << 20


def wait_for_job(api: Api, job: int) -> tuple[float, dict]:
    """Seconds since this call until the job is over, and the job."""
    began = time.monotonic()
    while True:
        state = api.call("GET", f"/jobs/{job}")
        if state["state"] in ("done", "failed", "cancelled"):
            if state["state"] != "done":
                raise RuntimeError(f"job {job}: {state}")
            return time.monotonic() - began, state
        time.sleep(0.02)


def many_rows(api: Api, client: int) -> tuple[bytes, int]:
    """The client's own people as our CSV, again and again under new numbers."""
    wanted = {"encoding": "utf8_bom", "attendance": "all", "layout": "kuramori"}
    wanted["unmappable"] = "report"
    job = api.call("POST", f"/clients/{client}/employee-exports", wanted)["job_id"]
    export = wait_for_job(api, job)[1]["result"]["export_id"]
    text = api.fetch(f"/clients/{client}/employee-exports/{export}").decode("utf-8-sig")
    headings, *people = csv.reader(io.StringIO(text))
    number = headings.index("社員番号")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    for i in range(IMPORT_ROWS):
        row = list(people[i % len(people)])
        row[number] = f"B{i:06d}"
        writer.writerow(row)
    return out.getvalue().encode("utf-8"), len(headings)


def imports(daemon: Daemon, people: list, facts: dict, seconds: float) -> list[Row]:
    """15,000 people into one client, while others list and search; then taken back."""
    api = daemon.api()
    api.sign_in(facts["admin"]["login_id"], facts["admin"]["password"])
    client = facts["clients"][-1]
    content, columns = many_rows(api, client)
    name = {"X-File-Name": "people.csv"}
    made = api.call("POST", f"/clients/{client}/imports", content, name)
    at = f"/clients/{client}/imports/{made['id']}"
    mapping = [{"index": c["index"], "field": c.get("field")} for c in made["columns"]]
    seats = [p.seat(load.mixed(p, facts)) for p in people]
    others = {}

    def meanwhile():
        others.update(load.run(daemon, seats, "open", 8, rate=100, warm_up=0.5))

    thread = threading.Thread(target=meanwhile)
    thread.start()
    time.sleep(1)
    check = {"mapping": mapping, "blank": "keep"}
    dry, job = wait_for_job(api, api.call("POST", f"{at}/check", check)["job_id"])
    if (job.get("result") or {}).get("error"):
        raise RuntimeError(f"the dry run found faults: {job['result']}")
    commit, _ = wait_for_job(api, api.call("POST", f"{at}/commit")["job_id"])
    thread.join()
    undo, _ = wait_for_job(api, api.call("POST", f"{at}/undo")["job_id"])
    api.connection.close()
    what = f"import {IMPORT_ROWS} people x {columns} columns"
    p99 = others["all"]["p99"]
    return [
        Row(f"{what}, dry run", f"{dry:.1f} s", "<= 3 s", "", dry <= 3),
        Row(f"{what}, commit", f"{commit:.1f} s", "<= 5 s", f"undo {undo:.1f} s", commit <= 5),
        Row("  others meanwhile, 100 req/s", f"p99 {p99:.1f} ms", "<= 100 ms", "", p99 <= 100),
    ]


def upload(daemon: Daemon, facts: dict) -> list[Row]:
    api = daemon.api()
    api.sign_in(facts["admin"]["login_id"], facts["admin"]["password"])
    content = b"%PDF-1.7\n" + os.urandom(UPLOAD_BYTES - 9)
    before, most, over = daemon.memory_mib(), [0.0], threading.Event()

    def watch():
        while not over.wait(0.02):
            most[0] = max(most[0], daemon.memory_mib())

    thread = threading.Thread(target=watch)
    thread.start()
    began = time.monotonic()
    at = f"/clients/{facts['clients'][0]}/documents"
    document = api.call("POST", at, content, {"X-File-Name": urllib.parse.quote("計測.pdf")})
    took = time.monotonic() - began
    over.set()
    thread.join()
    api.call("DELETE", f"{at}/{document['id']}", None, {"If-Match": f'"{document["version"]}"'})
    api.connection.close()
    rate, grown = len(content) / took / 1e6, max(0.0, most[0] - before)
    return [
        Row("upload of 100 MB", f"{rate:.0f} MB/s", ">= 150 MB/s", "", rate >= 150),
        Row("  memory that it takes", f"{grown:.0f} MiB", "<= 32 MiB", "", grown <= 32),
    ]


def backup_while_writing(daemon: Daemon, make_seats, seconds: float) -> list[Row]:
    """Writers at a steady pace; then the same while backups run one after another."""
    quiet = load.run(daemon, make_seats(), "open", seconds, rate=50)
    over = threading.Event()
    count = [0]

    def backups():
        while not over.is_set():
            daemon.cli("backup", "run")
            count[0] += 1

    thread = threading.Thread(target=backups)
    thread.start()
    busy = load.run(daemon, make_seats(), "open", seconds, rate=50)
    over.set()
    thread.join()
    before, after = quiet["all"]["p99"], busy["all"]["p99"]
    figures = f"{after - before:+.1f} ms ({before:.1f} -> {after:.1f})"
    return [Row("writers' p99 while a backup runs", figures, "<= +5 ms", f"{count[0]} backups",
                after - before <= 5)]


def size_mib(folder: Path) -> float:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / (1 << 20)


def drill(daemon: Daemon) -> list[Row]:
    daemon.cli("backup", "run")
    used, began = daemon.cpu_seconds(), time.monotonic()
    daemon.cli("backup", "verify")
    took, used = time.monotonic() - began, daemon.cpu_seconds() - used
    size = size_mib(daemon.folder / "data")
    rate = size / max(used, 0.001)
    what = "drill: the newest restore point is proven"
    return [Row(what, f"{took:.1f} s, {size / took:.0f} MB/s", ">= 50 MB/s a core",
                f"{rate:.0f} MB/s a core", rate >= 50)]


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
    return [Row(f"restore of {size:.0f} MB, proven", f"{took:.1f} s, {size / took:.0f} MB/s",
                "<= 15 s for 1 GB", f"{per_gb:.1f} s for 1 GB", per_gb <= 15)]


def build() -> list[Row]:
    """From nothing, without ccache; then with one room's source touched."""
    folder = ROOT / "build" / "bench" / "clean-build"
    shutil.rmtree(folder, ignore_errors=True)
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": ROOT}
    environment = dict(os.environ, CCACHE_DISABLE="1")

    def timed(*words) -> float:
        began = time.monotonic()
        subprocess.run(words, env=environment, **quiet)
        return time.monotonic() - began

    clean = timed("cmake", "--preset", "release", "-B", folder)
    clean += timed("cmake", "--build", folder, "--target", "kuramori")
    (ROOT / "daemon/employees/employees.cpp").touch()
    edit = timed("cmake", "--build", folder, "--target", "kuramori")
    shutil.rmtree(folder)
    return [
        Row("clean release build", f"{clean:.0f} s", "<= 300 s", "", clean <= 300),
        Row("build after an edit in one room", f"{edit:.1f} s", "<= 15 s", "", edit <= 15),
    ]
