"""What the 200 people ask for, and the load generator that asks."""
import json
import pathlib
import random
import subprocess
import tempfile

from daemon import BENCH_CLIENT, PORT, Api, Daemon

CLIENTS_AT_ONCE = 2  # that one person has open


class Person:
    """A signed-in account: its session, and the clients it may work on."""

    def __init__(self, number: int, api: Api, facts: dict):
        self.number = number
        self.cookie, self.csrf = api.cookie, api.csrf
        seen = api.call("GET", "/clients?size=200")
        api.connection.close()
        self.sees_all = number % 2 == 1  # office.py: every second account sees all clients
        self.pages = max(1, (seen["total"] + 49) // 50)
        chance = random.Random(number)
        own = facts["clients"] if self.sees_all else [c["id"] for c in seen["clients"]]
        self.current = chance.sample(own, min(CLIENTS_AT_ONCE, len(own)))
        self.all_clients = own

    def seat(self, requests: list) -> dict:
        return {
            "from": f"127.0.{1 + self.number // 250}.{1 + self.number % 250}",
            "cookie": self.cookie,
            "csrf": self.csrf,
            "requests": requests,
        }


def get(label: str, path: str) -> dict:
    return {"label": label, "verb": "GET", "path": "/api/v1" + path}


def lists(person: Person, everywhere: bool = False) -> list:
    """Turn by turn a page of the clients and the people of one of them: the two open ones, or any
    of all (every book of the office is opened and closed again)."""
    chance = random.Random(person.number + 1000)
    out = []
    for _ in range(200):
        out.append(get("clients", f"/clients?page={chance.randint(1, person.pages)}&size=50"))
        client = chance.choice(person.all_clients if everywhere else person.current)
        out.append(get("employees", f"/clients/{client}/employees?page=1&size=50"))
    return out


def searches(person: Person, facts: dict) -> list:
    """A third each by kana, name and number, as far as a person types before they look."""
    chance = random.Random(person.number + 2000)
    typed = [("kana", 2, 4), ("name", 1, 3), ("number", 3, 5)]
    out = []
    for turn in range(300):
        field, shortest, longest = typed[turn % 3]
        text = chance.choice(facts["people"])[field][: chance.randint(shortest, longest)]
        body = json.dumps({"text": text.strip()}, ensure_ascii=False)
        label = f"search by {field}"
        out.append({"label": label, "verb": "POST", "path": "/api/v1/search", "body": body})
    return out


def mixed(person: Person, facts: dict) -> list:
    out = lists(person)
    out[4::5] = searches(person, facts)[: len(out[4::5])]
    return out


def edits(api: Api, client: int, person_id: int) -> dict:
    """An audited change of one record, again and again."""
    record = api.call("GET", f"/clients/{client}/employees/{person_id}")
    record["ledger"]["basic"]["note"] = "計測 {version}"
    return {
        "label": "edit",
        "verb": "PUT",
        "path": f"/api/v1/clients/{client}/employees/{person_id}",
        "body": json.dumps(record["ledger"], ensure_ascii=False),
        "version": record["version"],
    }


def run(
    daemon: Daemon, seats: list, mode: str, seconds: float, rate: float = 0, warm_up: float = 2
) -> dict:
    plan = {
        "ca": str(daemon.certificate),
        "port": PORT,
        "mode": mode,
        "rate": rate,
        "seconds": seconds,
        "warm_up": warm_up,
        "server_process": str(daemon.pid),
        "connections": seats,
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(plan, file, ensure_ascii=False)
        file.flush()
        done = subprocess.run([BENCH_CLIENT, file.name], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    out = json.loads(done.stdout)
    if out["failures"]:
        raise RuntimeError(f"requests failed: {out['failures']} {done.stderr[:300]}")
    return out
