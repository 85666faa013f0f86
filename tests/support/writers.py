"""People who write all the time, and remember what they were promised. Whatever happens to the
daemon in between, `check` holds the office to its word: what was acknowledged is there, what was
under way is there whole or not at all, and nothing else is."""
from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
from office import Office
from person import Answer, Person, client_input, ledger

PAGE = 200
CARRIED_ON_WITHIN = 20.0


@dataclass
class Employee:
    id: int
    number: str
    version: int
    names: set[str]  # one; more while it is not known which change went through


@dataclass
class Client:
    id: int
    code: str
    version: int
    states: set[str]
    notes: set[str | None]
    employees: dict[str, Employee] = field(default_factory=dict)  # by number
    unsure: set[str] = field(default_factory=set)  # numbers of people who may be there


class Broken(Exception):
    """The connection went in the middle: nobody knows what became of the request."""


class Writer:
    """One person, whose clients nobody else touches."""

    def __init__(self, name: str, rng: random.Random):
        self.name, self.rng = name, rng
        self.clients: dict[str, Client] = {}  # by code
        self.unsure: set[str] = set()  # codes of clients that may be there
        self.numbers = 0
        self.acknowledged = 0
        self.refused: list[Answer] = []
        self.unreadable: list[Answer] = []

    def work(self, me: Person, stop: threading.Event) -> None:
        self.me = me
        while not stop.is_set():
            try:
                self.one_step()
            except Broken:
                return

    def one_step(self) -> None:
        open_clients = [c for c in self.clients.values() if c.states == {"active"}]
        chance = self.rng.random()
        if not open_clients or chance < 0.06:
            return self.add_client()
        client = self.rng.choice(open_clients)
        if chance < 0.09:
            self.end(client)
        elif chance < 0.2:
            self.note(client)
        elif chance < 0.6 or not client.employees:
            self.hire(client)
        else:
            self.rename(client, self.rng.choice(list(client.employees.values())))

    def ask(self, *words: object, **more: object) -> Answer | None:
        """None: not acknowledged, by a refusal of the disk's."""
        try:
            answer = self.me.ask(*words, **more)
        except (httpx.TransportError, OSError) as error:
            raise Broken from error
        if answer.status >= 500:
            self.refused.append(answer)
            return None
        assert answer.status in (200, 201), answer.text
        self.acknowledged += 1
        return answer

    def new_number(self) -> str:
        self.numbers += 1
        return f"{self.name}{self.numbers:05d}"

    def add_client(self) -> None:
        code = self.new_number()
        self.unsure.add(code)
        if answer := self.ask("POST", "/clients", client_input(code=code)):
            self.unsure.discard(code)
            made = answer.json
            self.clients[code] = Client(made["id"], code, made["version"], {"active"}, {None})

    def end(self, client: Client) -> None:
        client.states.add("ended")
        if answer := self.ask("POST", f"/clients/{client.id}/end", if_match=client.version):
            client.states = {"ended"}
            client.version = answer.json["version"]

    def note(self, client: Client) -> None:
        note = f"覚書{self.rng.randrange(10**9)}"
        client.notes.add(note)
        seen = self.get(f"/clients/{client.id}")
        wanted = {key: seen[key] for key in ("code", "name", "name_kana", "profile")}
        wanted["profile"]["note"] = note
        path = f"/clients/{client.id}"
        if answer := self.ask("PUT", path, wanted, if_match=seen["version"]):
            client.notes = {note}
            client.version = answer.json["version"]

    def hire(self, client: Client) -> None:
        number = self.new_number()
        client.unsure.add(number)
        body = ledger(basic={"number": number})
        if answer := self.ask("POST", f"/clients/{client.id}/employees", body):
            client.unsure.discard(number)
            made = answer.json
            name = made["ledger"]["name"]["last_name"]
            client.employees[number] = Employee(made["id"], number, made["version"], {name})

    def rename(self, client: Client, employee: Employee) -> None:
        name = f"髙橋{self.rng.randrange(10**9)}"
        path = f"/clients/{client.id}/employees/{employee.id}"
        seen = self.get(path)
        seen["ledger"]["name"]["last_name"] = name
        employee.names.add(name)
        if answer := self.ask("PUT", path, seen["ledger"], if_match=seen["version"]):
            employee.names = {name}
            employee.version = answer.json["version"]

    def get(self, path: str) -> dict:
        try:
            answer = self.me.get(path)
        except (httpx.TransportError, OSError) as error:
            raise Broken from error
        if answer.status >= 500:
            self.unreadable.append(answer)
            raise Broken
        return answer.must()

    # --- afterwards -------------------------------------------------------------------------------
    def check(self, me: Person, there: dict[str, dict], settled: bool) -> None:
        for code in self.unsure & there.keys():
            found = there[code]
            self.clients[code] = Client(found["id"], code, 0, {found["state"]}, {None})
        for code in self.unsure - there.keys():
            found = self.made_now(me, code)
            self.clients[code] = Client(found["id"], code, 0, {found["state"]}, {None})
        self.unsure.clear()
        for client in self.clients.values():
            self.check_client(me, client, settled)

    def made_now(self, me: Person, code: str) -> dict:
        """A client that is not there is free to be made, or is carried on within seconds: never
        taken and unseen for good."""
        until = time.monotonic() + CARRIED_ON_WITHIN
        while True:
            answer = me.post("/clients", client_input(code=code))
            if answer.status == 201:
                return answer.json
            answer.refused(409, "client_code_taken")
            found = me.post("/clients/search", {"text": code}).must()["clients"]
            if found:
                return found[0]
            assert time.monotonic() < until, f"half a client: {code}"
            time.sleep(0.2)

    def check_client(self, me: Person, client: Client, settled: bool) -> None:
        now = me.get(f"/clients/{client.id}").must()
        assert now["code"] == client.code
        assert now["state"] in client.states, (client.code, now["state"], client.states)
        assert now["profile"].get("note") in client.notes, (client.code, client.notes)
        client.version, client.states = now["version"], {now["state"]}
        if settled:
            client.notes = {now["profile"].get("note")}
        there = {person["number"]: person for person in everybody(me, client.id)}
        for number in client.unsure & there.keys():
            found = there[number]
            client.employees[number] = Employee(found["id"], number, 0, {found["name"].split()[0]})
        client.unsure.clear()
        assert there.keys() == client.employees.keys(), (
            f"of {client.code} lost {client.employees.keys() - there.keys()}, "
            f"came from nowhere {there.keys() - client.employees.keys()}"
        )
        for number, employee in client.employees.items():
            name = there[number]["name"].split()[0]
            assert name in employee.names, (number, name, employee.names)
            employee.names = {name}


def pages(me: Person, path: str, key: str) -> Iterator[dict]:
    page = 1
    while True:
        answer = me.post(path, {"page": page, "size": PAGE}).must()
        yield from answer[key]
        if page * PAGE >= answer["total"]:
            return
        page += 1


def everybody(me: Person, client_id: int) -> list[dict]:
    return list(pages(me, f"/clients/{client_id}/employees/search", "employees"))


class Writers:
    def __init__(self, office: Office, seed: int, count: int = 4):
        self.office = office
        self.writers = [Writer("ABCDEFGH"[i], random.Random(seed * 31 + i)) for i in range(count)]

    @contextlib.contextmanager
    def writing(self, me: Person) -> Iterator[None]:
        """They write until the block ends, or the daemon does."""
        stop, faults = threading.Event(), []

        def work(writer: Writer) -> None:
            with self.office.tls_client() as http:
                http.cookies.update(me.http.cookies)
                clone = Person(http)
                clone.view = me.view
                try:
                    writer.work(clone, stop)
                except BaseException as error:  # noqa: BLE001: told by the main thread
                    faults.append(error)

        threads = [threading.Thread(target=work, args=(writer,)) for writer in self.writers]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        if faults:
            raise faults[0]

    def check(self, me: Person, settled: bool = True) -> None:
        """`settled=False`: a change that the disk cut off in the middle may still be carried on."""
        there = {
            client["code"]: client for client in pages(me, "/clients/search", "clients")
            if client["code"][0] in {writer.name for writer in self.writers}
        }
        known = {code for writer in self.writers for code in writer.clients.keys() | writer.unsure}
        assert there.keys() <= known, f"came from nowhere: {there.keys() - known}"
        for writer in self.writers:
            writer.check(me, there, settled)

    @property
    def acknowledged(self) -> int:
        return sum(writer.acknowledged for writer in self.writers)

    @property
    def unreadable(self) -> list[Answer]:
        return [answer for writer in self.writers for answer in writer.unreadable]

    @property
    def refused(self) -> list[Answer]:
        return [answer for writer in self.writers for answer in writer.refused]
