"""The first screen, and the state of the machine."""
from __future__ import annotations

from office import Office
from person import Person


def codes(home: dict) -> set[str]:
    return {task["code"] for task in home["tasks"]}


def test_home_says_what_there_is_to_do(fresh_office: Office) -> None:
    admin = fresh_office.set_up()
    home = admin.get("/home").must()
    assert {"no_clients", "no_backup_yet"} <= codes(home)
    assert (home["clients"], home["employees"], home["recent_clients"]) == (0, 0, [])

    one, two = admin.new_client(), admin.new_client()
    admin.new_employee(one["id"])
    admin.wait_for_job(admin.post("/backups"))
    home = admin.get("/home").must()
    assert not {"no_clients", "no_backup_yet"} & codes(home)
    assert (home["clients"], home["employees"]) == (2, 1)
    assert {row["id"] for row in home["recent_clients"]} == {one["id"], two["id"]}
    assert home["last_backup_at"] is not None


def test_staff_see_their_own_work_and_nothing_about_backups(office: Office, admin: Person) -> None:
    person = office.add_staff(admin, [admin.new_client()["id"]])
    home = person.get("/home").must()
    assert home["clients"] == 1
    assert not {code for code in codes(home) if code.startswith("backup")}
    person.get("/status").refused(403, "not_permitted")


def test_the_status_names_the_engine_and_is_for_those_who_run_the_machine(
    office: Office, admin: Person
) -> None:
    for person in (admin, office.console()):
        status = person.get("/status").must()
        assert status["ready"] is True
        assert tuple(map(int, status["sqlite_version"].split("."))) >= (3, 51, 3)
        assert status["cipher_version"].startswith("4.14")
        assert status["clients"] >= 1
        assert 0 < status["resident_bytes"] < 4 << 30
