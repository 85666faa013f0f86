"""The office that is measured: demo data and 200 staff accounts, made once for each size and kept
under build/bench, so that the next run is quick."""
import concurrent.futures
import hashlib
import json
import random
import shutil
import threading

from daemon import ROOT, Api, Daemon

PASSWORD = "bench-only pass phrase 2026"
STAFF = 200
CLIENTS_OF_STAFF = 20  # of every second account; the others see all clients


def in_parallel(daemon: Daemon, admin: Api, work, items) -> list:
    """Calls work(api, item) on a few connections that share the administrator's session."""
    mine = threading.local()

    def one(item):
        if not hasattr(mine, "api"):
            mine.api = daemon.api()
            mine.api.cookie, mine.api.csrf = admin.cookie, admin.csrf
        return work(mine.api, item)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, items))


def client_ids(admin: Api) -> list:
    ids, page = [], 0
    while True:
        page += 1
        answer = admin.call("GET", f"/clients?size=200&page={page}")
        ids += [client["id"] for client in answer["clients"]]
        if len(ids) >= answer["total"]:
            return ids


def make_staff(daemon: Daemon, admin: Api, client_ids: list) -> list:
    def one(api: Api, number: int) -> str:
        login = f"staff{number:03d}"
        sees_all = number % 2 == 0
        some = random.Random(number).sample(client_ids, min(CLIENTS_OF_STAFF, len(client_ids)))
        invited = api.call("POST", "/accounts", {
            "login_id": login, "name": f"担当 {number}", "roles": ["staff"],
            "all_clients": sees_all, "client_ids": [] if sees_all else some,
        })
        daemon.api().call("POST", "/setup/account", {
            "login_id": login, "code": invited["setup_code"], "password": PASSWORD,
        })
        return login

    return in_parallel(daemon, admin, one, range(1, STAFF + 1))


def facts_of(admin: Api, client_ids: list) -> dict:
    """What requests are made from: ids, and texts that people would type into the search box."""
    chance = random.Random(1)
    people = []
    for client_id in chance.sample(client_ids, min(100, len(client_ids))):
        page = admin.call("GET", f"/clients/{client_id}/employees?size=50")
        for person in page["employees"]:
            people.append({"client": client_id, "id": person["id"], "name": person["name"],
                           "kana": person["name_kana"], "number": person["number"]})
    return {"clients": client_ids, "people": people}


def prepared(clients: int, employees: int) -> tuple[Daemon, dict]:
    """A stopped daemon on an office of this size, and its facts."""
    schema = hashlib.sha256()
    for file in sorted((ROOT / "daemon/store/migrations").rglob("*.sql")):
        schema.update(file.read_bytes())
    folder = ROOT / "build" / "bench" / f"{clients}x{employees}-{schema.hexdigest()[:8]}"
    facts_file = folder / "facts.json"
    if facts_file.exists():
        return Daemon(folder), json.loads(facts_file.read_text())
    shutil.rmtree(folder, ignore_errors=True)
    daemon = Daemon(folder)
    daemon.cli("init", "--office", "計測事務所", "--json")
    size = ("--clients", str(clients), "--employees", str(employees))
    first = json.loads(daemon.cli("demo", *size, "--seed", "1", "--json"))["accounts"][0]
    daemon.start()
    try:
        admin = daemon.api()
        admin.sign_in(first["login_id"], first["password"])
        ids = client_ids(admin)
        staff = make_staff(daemon, admin, ids)
        facts = facts_of(admin, ids) | {"staff": staff, "admin": first}
    finally:
        daemon.stop()
    facts_file.write_text(json.dumps(facts, ensure_ascii=False))
    return daemon, facts


def sign_in_all(daemon: Daemon, facts: dict) -> list[Api]:
    def one(login: str) -> Api:
        api = daemon.api()
        api.sign_in(login, PASSWORD)
        api.connection.close()
        return api

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return list(pool.map(one, facts["staff"]))
