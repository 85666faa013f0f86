"""The real daemon in a folder of its own, and a small HTTPS client for everything that is not
measured."""
import http.client
import json
import os
import pathlib
import signal
import ssl
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "release"
KURAMORI = BUILD / "kuramori"
BENCH_CLIENT = BUILD / "bench_client"
PORT = int(os.environ.get("KURAMORI_BENCH_PORT", "9443"))


class Api:
    """One keep-alive connection, as one person (or nobody)."""

    def __init__(self, certificate: pathlib.Path, port: int = PORT):
        context = ssl.create_default_context(cafile=str(certificate))
        self.connection = http.client.HTTPSConnection(
            "localhost", port, context=context, timeout=120
        )
        self.cookie = ""
        self.csrf = ""
        self.used_at = time.monotonic()

    def call(self, verb: str, path: str, body=None, headers=None):
        content, cookie = self.send(verb, path, body, headers)
        if cookie:
            self.cookie = cookie.split(";")[0]
        out = json.loads(content) if content else None
        if isinstance(out, dict) and "csrf_token" in out:
            self.csrf = out["csrf_token"]
        return out

    def fetch(self, path: str) -> bytes:
        return self.send("GET", path)[0]

    def send(self, verb: str, path: str, body=None, headers=None) -> tuple[bytes, str]:
        headers = dict(headers or {})
        if self.cookie:
            headers["Cookie"] = self.cookie
        if verb != "GET":
            headers["X-CSRF-Token"] = self.csrf
        if body is not None and not isinstance(body, (bytes, bytearray)):
            body = json.dumps(body, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json"
        if time.monotonic() - self.used_at > 20:  # the daemon closes idle connections
            self.connection.close()
        self.used_at = time.monotonic()
        self.connection.request(verb, "/api/v1" + path, body=body, headers=headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status not in (200, 201, 202, 204):
            raise RuntimeError(f"{verb} {path}: {answer.status} {content[:500]!r}")
        return content, answer.getheader("Set-Cookie") or ""

    def sign_in(self, login_id: str, password: str):
        return self.call("POST", "/session", {"login_id": login_id, "password": password})


class Daemon:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.process = None
        self.certificate = folder / "etc" / "ca.crt"
        self.config = folder / "kuramori.yaml"
        self.config.parent.mkdir(parents=True, exist_ok=True)
        (folder / "etc").mkdir(exist_ok=True)
        self.config.write_text(
            f"""data: {{folder: "{folder}/data", root_key_file: "{folder}/etc/root.key"}}
backup: {{repository: "{folder}/repository"}}
listen: {{address: "127.0.0.1", port: {PORT}}}
tls: {{certificate: "{folder}/etc/server.crt", key: "{folder}/etc/server.key"}}
admin: {{socket: "{folder}/run/admin.sock"}}
second_factor: {{required_for: []}}
change: {{two_person: false}}
ui: {{folder: "{ROOT}/web-ui/dist"}}
""",
            encoding="utf-8",
        )

    def cli(self, *words: str) -> str:
        done = subprocess.run(
            [KURAMORI, *words, "--config", self.config], capture_output=True, text=True
        )
        if done.returncode != 0:
            raise RuntimeError(f"kuramori {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self) -> float:
        """Seconds until /readyz says so."""
        log = open(self.folder / "daemon.log", "ab")
        began = time.monotonic()
        self.process = subprocess.Popen(
            [KURAMORI, "serve", "--config", self.config], stdout=log, stderr=log
        )
        context = ssl.create_default_context(cafile=str(self.certificate))
        while True:
            try:
                probe = http.client.HTTPSConnection("localhost", PORT, context=context, timeout=5)
                probe.request("GET", "/readyz")
                if probe.getresponse().status == 200:
                    return time.monotonic() - began
            except OSError:
                pass
            if self.process.poll() is not None:
                raise RuntimeError(f"the daemon ended; see {self.folder}/daemon.log")
            time.sleep(0.005)

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
            self.process = None

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process = None

    def api(self) -> Api:
        return Api(self.certificate)

    @property
    def pid(self) -> int:
        return self.process.pid

    def memory_mib(self, which: str = "VmRSS") -> float:
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith(which + ":"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("no such figure: " + which)

    def cpu_seconds(self) -> float:
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
