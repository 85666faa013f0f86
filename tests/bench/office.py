"""The office that is measured: clients, people and staff accounts, made once for each size and kept
under build/bench, so that the next run is quick."""
import concurrent.futures
import hashlib
import json
import pathlib
import random
import shutil
import threading

from daemon import ROOT, Api, Daemon

PASSWORD = "bench-only pass phrase 2026"
STAFF = 200
CLIENTS_OF_STAFF = 20  # of every second account; the others see all clients

FAMILIES = [
    ("佐藤", "サトウ"),
    ("鈴木", "スズキ"),
    ("高橋", "タカハシ"),
    ("田中", "タナカ"),
    ("伊藤", "イトウ"),
    ("渡辺", "ワタナベ"),
    ("山本", "ヤマモト"),
    ("中村", "ナカムラ"),
    ("小林", "コバヤシ"),
    ("加藤", "カトウ"),
    ("吉田", "ヨシダ"),
    ("山田", "ヤマダ"),
    ("佐々木", "ササキ"),
    ("山口", "ヤマグチ"),
    ("松本", "マツモト"),
]
GIVEN = [
    ("太郎", "タロウ"),
    ("花子", "ハナコ"),
    ("健一", "ケンイチ"),
    ("美咲", "ミサキ"),
    ("翔太", "ショウタ"),
    ("陽子", "ヨウコ"),
    ("大輔", "ダイスケ"),
    ("直美", "ナオミ"),
    ("拓也", "タクヤ"),
    ("恵", "メグミ"),
]


def ledger(chance: random.Random, number: int) -> dict:
    family, given = chance.choice(FAMILIES), chance.choice(GIVEN)
    pay = chance.randrange(160, 600) * 1000
    return {
        "basic": {
            "number": f"{number:05d}",
            "attendance": "active",
            "sex": "male",
            "birth_date": f"{chance.randrange(1960, 2004)}-04-01",
            "hired_on": "2018-04-01",
        },
        "name": {
            "valid_from": "2018-04-01",
            "last_name": family[0],
            "first_name": given[0],
            "last_kana": family[1],
            "first_kana": given[1],
        },
        "address": {
            "valid_from": "2018-04-01",
            "postal_code": "100-0001",
            "prefecture": "東京都",
            "city": "千代田区",
            "street": "千代田1-1",
            "registered_same": True,
        },
        "employment": {
            "valid_from": "2018-04-01",
            "department": chance.choice(["総務部", "営業部", "製造部"]),
            "type": "regular",
            "term": "open_ended",
            "short_time": False,
        },
        "remuneration": {
            "valid_from": "2023-09-01",
            "pay_type": "monthly",
            "cash": pay,
            "health_standard": pay,
            "pension_standard": pay,
        },
        "relatives": [],
    }


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


def make_clients(daemon: Daemon, admin: Api, clients: int, employees: int) -> list:
    def client(api: Api, number: int) -> int:
        return api.call(
            "POST",
            "/clients",
            {
                "code": f"{number:05d}",
                "name": f"{FAMILIES[number % 15][0]}商事{number}株式会社",
                "name_kana": f"{FAMILIES[number % 15][1]}ショウジ",
                "profile": {
                    "entity": "corporation",
                    "does_procedures": True,
                    "does_payroll": False,
                    "does_year_end": False,
                    "does_consulting": False,
                },
            },
        )["id"]

    def people(api: Api, client_id: int):
        chance = random.Random(client_id)
        for number in range(1, employees // clients + 1):
            api.call("POST", f"/clients/{client_id}/employees", ledger(chance, number))

    ids = in_parallel(daemon, admin, client, range(1, clients + 1))
    in_parallel(daemon, admin, people, ids)
    return ids


def make_staff(daemon: Daemon, admin: Api, client_ids: list) -> list:
    def one(api: Api, number: int) -> str:
        login = f"staff{number:03d}"
        sees_all = number % 2 == 0
        some = random.Random(number).sample(client_ids, min(CLIENTS_OF_STAFF, len(client_ids)))
        invited = api.call(
            "POST",
            "/accounts",
            {
                "login_id": login,
                "name": f"担当 {number}",
                "role": "staff",
                "all_clients": sees_all,
                "client_ids": [] if sees_all else some,
            },
        )
        daemon.api().call(
            "POST",
            "/setup/account",
            {
                "login_id": login,
                "code": invited["setup_code"],
                "password": PASSWORD,
            },
        )
        return login

    return in_parallel(daemon, admin, one, range(1, STAFF + 1))


def facts_of(admin: Api, client_ids: list) -> dict:
    """What requests are made from: ids, and texts that people would type into the search box."""
    chance = random.Random(1)
    people = []
    for client_id in chance.sample(client_ids, min(100, len(client_ids))):
        page = admin.call("GET", f"/clients/{client_id}/employees?size=50")
        for person in page["employees"]:
            people.append(
                {
                    "client": client_id,
                    "id": person["id"],
                    "name": person["name"],
                    "kana": person["name_kana"],
                    "number": person["number"],
                }
            )
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
    code = json.loads(daemon.cli("init", "--office", "計測事務所", "--json"))["code"]
    daemon.start()
    try:
        admin = daemon.api()
        admin.call(
            "POST",
            "/setup",
            {"code": code, "login_id": "admin", "name": "管理者", "password": PASSWORD},
        )
        ids = make_clients(daemon, admin, clients, employees)
        staff = make_staff(daemon, admin, ids)
        facts = facts_of(admin, ids) | {"staff": staff}
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
