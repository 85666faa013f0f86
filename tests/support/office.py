"""One office for a test: a folder, the real program on it, and the people who use it. Everything
goes through the public command line and the two doors, HTTPS and the console's unix socket."""
from __future__ import annotations

import itertools
import json
import os
import signal
import socket
import ssl
import subprocess
import threading
import time
from pathlib import Path

import httpx
from person import Person

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("KURAMORI", ROOT / "build/debug/kuramori")).absolute()
PASSWORD = "correct horse battery"  # fine by the rules: 15 characters and more
STARTS_WITHIN, STOPS_WITHIN = 20.0, 30.0  # generous: sanitizers on a busy machine
# Read by the sanitizers' build only.
SUPPRESSIONS = Path(__file__).with_name("lsan.txt")
os.environ["LSAN_OPTIONS"] = f"suppressions={SUPPRESSIONS}:print_suppressions=0"
DAY = {  # settings that every test office has; a test may give others
    "listen.address": "127.0.0.1",
    "threads.io": 1,
    "limits.connections_per_address": 200,
    "throttle.failures": 100_000,  # all of a test's people come from one address
    "throttle.delay_seconds": 0,
    "second_factor.required_for": [],
    "change.two_person": False,  # one person does for most tests
}


def faketime(ahead: str) -> dict[str, str]:
    """The environment of a daemon whose clock is ahead, "+790d" say. A sanitizer's runtime, where
    the program has one, has to be loaded before libfaketime."""
    linked = subprocess.run(["ldd", BINARY], capture_output=True, text=True).stdout.splitlines()
    sanitizer = [line.split()[2] for line in linked if "libasan" in line]
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    return {"LD_PRELOAD": " ".join([*sanitizer, str(library)]), "FAKETIME": ahead}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Office:
    def __init__(self, folder: Path, name: str = "試験社労士事務所", **settings: object):
        self.folder, self.name = folder, name
        folder.mkdir(parents=True, exist_ok=True)
        self.config = folder / "kuramori.yaml"
        self.data, self.repository = folder / "data", folder / "repository"
        self.root_key = folder / "keys/root.key"
        self.certificate = folder / "tls/server.crt"
        self.socket = folder / "admin.sock"
        self.log = folder / "daemon.log"
        self.settings = {
            "data.folder": self.data,
            "data.root_key_file": self.root_key,
            "backup.repository": self.repository,
            "tls.certificate": self.certificate,
            "tls.key": folder / "tls/server.key",
            "admin.socket": self.socket,
            "ui.folder": folder / "ui",
            **DAY,
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.setup_code = ""
        self.setup_url = ""
        self._people: list[Person] = []
        self._numbers = itertools.count(1)

    # --- the command line -------------------------------------------------------------------------
    def write_config(self, **settings: object) -> None:
        self.settings.update(settings)
        sections: dict[str, dict[str, object]] = {}
        for key, value in self.settings.items():
            section, name = key.split(".")
            plain = str(value) if isinstance(value, Path) else value
            sections.setdefault(section, {})[name] = plain
        lines = []
        for section, keys in sections.items():
            lines.append(f"{section}:")
            lines += [f"  {key}: {json.dumps(value)}" for key, value in keys.items()]
        self.config.write_text("\n".join(lines) + "\n")

    def cli(
        self, *words: object, check: bool = True, text_in: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """`kuramori WORD… --config FILE`; fails the test with what the program said."""
        command = [BINARY, *map(str, words), "--config", self.config]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, input=text_in)
        if check and done.returncode != 0:
            raise AssertionError(f"kuramori {words} ended {done.returncode}:\n{done.stderr}")
        return done

    def cli_killed_after(self, seconds: float, *words: object) -> None:
        """Starts it, and kill -9 if it still runs then."""
        command = [BINARY, *map(str, words), "--config", self.config]
        running = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()

    def prepare(self) -> Office:
        for path in (self.root_key, self.certificate):
            path.parent.mkdir(parents=True, exist_ok=True)
        self.write_config(**{"listen.port": free_port()})
        return self

    def init(self) -> Office:
        self.prepare()
        said = json.loads(self.cli("init", "--office", self.name, "--json").stdout)
        self.setup_code, self.setup_url = said["code"], said["url"]
        return self

    # --- the daemon -------------------------------------------------------------------------------
    def start(self, *, environment: dict[str, str] | None = None) -> Office:
        return self.launch(environment=environment).wait_until_ready()

    def launch(self, *, environment: dict[str, str] | None = None) -> Office:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--config", self.config],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                env={**os.environ, **(environment or {})},
            )
        return self

    def wait_until_ready(self) -> Office:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            if self.process.poll() is not None:
                code, self.process = self.process.returncode, None
                raise AssertionError(f"the daemon ended {code}:\n{self.said()}")
            try:
                if httpx.get(f"{self.url}/readyz", verify=self.tls).status_code == 200:
                    return self
            except httpx.TransportError:
                pass
            time.sleep(0.01)
        raise AssertionError(f"not ready within {STARTS_WITHIN} s:\n{self.said()}")

    def stop(self) -> None:
        """SIGTERM, and it must end well: drained, nothing leaked, nothing undefined."""
        if not self.process:
            return
        process, self.process = self.process, None
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"SIGTERM did not end it:\n{self.said()}") from None
        assert code == 0, f"the daemon ended {code}:\n{self.said()}"

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def kill_after(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self.kill)
        timer.start()
        return timer

    def restart(self) -> Office:
        self.stop()
        return self.start()

    def said(self) -> str:
        """What the daemon has logged."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def close(self) -> None:
        for person in self._people:
            person.http.close()
        self.stop()

    # --- its doors --------------------------------------------------------------------------------
    @property
    def port(self) -> int:
        return int(self.settings["listen.port"])

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def ca_file(self) -> Path:
        return self.certificate.parent / "ca.crt"

    @property
    def tls(self) -> ssl.SSLContext:
        """Trusts the office's own root and nothing else."""
        return ssl.create_default_context(cafile=str(self.ca_file))

    def tls_client(self, address: str | None = None) -> httpx.Client:
        """`address` plays another network: any of 127.0.0.0/8, from where the request comes."""
        if address is None:
            return httpx.Client(verify=self.tls, base_url=f"{self.url}/api/v1", timeout=30)
        transport = httpx.HTTPTransport(verify=self.tls, local_address=address)
        base_url = f"https://127.0.0.1:{self.port}/api/v1"
        return httpx.Client(transport=transport, base_url=base_url, timeout=30)

    def nobody(self, address: str | None = None) -> Person:
        """A browser in which nobody has signed in."""
        person = Person(self.tls_client(address))
        self._people.append(person)
        return person

    def close_with(self, person: Person) -> Person:
        """Somebody whose connection ends with the office."""
        self._people.append(person)
        return person

    def console(self) -> Person:
        """What the command line sees: the unix socket."""
        transport = httpx.HTTPTransport(uds=str(self.socket))
        person = Person(
            httpx.Client(transport=transport, base_url="http://localhost/api/v1", timeout=30)
        )
        self._people.append(person)
        return person

    # --- its people -------------------------------------------------------------------------------
    def set_up(self, login_id: str = "admin", name: str = "管理 一郎") -> Person:
        """The first administrator, with the code that init printed."""
        return self.nobody().enter(
            "/setup",
            {"code": self.setup_code, "login_id": login_id, "name": name, "password": PASSWORD},
        )

    def sign_in(
        self, login_id: str = "admin", password: str = PASSWORD, address: str | None = None
    ) -> Person:
        return self.nobody(address).enter("/session", {"login_id": login_id, "password": password})

    def add_staff(
        self, admin: Person, clients: list[int] | None = None, **wanted: object
    ) -> Person:
        """A second person (担当者, unless `roles` says else), invited and signed in;
        `clients=None`: all of them."""
        body = {
            "login_id": f"staff{next(self._numbers)}", "name": "担当 花子",
            "roles": ["staff", "exporter"],
            "all_clients": clients is None, "client_ids": clients or [], **wanted,
        }
        invited = admin.post("/accounts", body).must(201)
        return self.nobody().enter(
            "/setup/account",
            {"login_id": body["login_id"], "code": invited["setup_code"], "password": PASSWORD},
        )
