"""The life of accounts: deleted for good, changed, ended by their last day."""
from __future__ import annotations

from office import PASSWORD, Office
from person import Person


def invite(admin: Person, login_id: str, **wanted: object) -> dict:
    body = {"login_id": login_id, "name": "招待 花子", "roles": ["staff"], "all_clients": True,
            "client_ids": [], **wanted}
    return admin.post("/accounts", body).must(201)["account"]


def test_an_account_is_deleted_once_it_is_disabled_and_its_id_is_nobody_s_again(
    office: Office, admin: Person
) -> None:
    person = office.add_staff(admin, login_id="leaving")
    path = f"/accounts/{person.view['account_id']}"
    admin.delete(path).refused(409, "account_not_disabled")
    admin.post(f"{path}/disable").must()
    admin.delete(path).must(204)
    admin.delete(path).refused(404, "not_found")
    person.get("/session").refused(401, "sign_in_needed")
    listed = admin.get("/accounts").must()["accounts"]
    assert person.view["account_id"] not in [line["account"]["id"] for line in listed]
    for again in ("leaving", "LEAVING"):
        refused = admin.post("/accounts", {
            "login_id": again, "name": "別人", "roles": ["staff"], "all_clients": True,
            "client_ids": [],
        }).refused(409, "login_id_retired")
        assert refused.faults == {"login_id": "retired"}
    office.nobody().post("/session", {"login_id": "leaving", "password": PASSWORD}).refused(
        401, "sign_in_wrong"
    )


def test_nobody_deletes_themselves(admin: Person) -> None:
    admin.delete(f"/accounts/{admin.view['account_id']}").refused(409, "own_account")


def test_a_disabled_account_comes_back_with_a_new_code(office: Office, admin: Person) -> None:
    person = office.add_staff(admin)
    path = f"/accounts/{person.view['account_id']}"
    admin.post(f"{path}/disable").must()
    code = admin.post(f"{path}/invite").must()["setup_code"]
    choice = {"login_id": person.view["login_id"], "code": code, "password": "wrong donkey staple"}
    assert office.nobody().enter("/setup/account", choice).view["account_id"] == (
        person.view["account_id"]
    )


def test_name_and_last_day_are_changed_by_whoever_saw_the_newest_version(admin: Person) -> None:
    account = invite(admin, "renamed")
    path = f"/accounts/{account['id']}"
    wanted = {"name": "山本 花子", "ends_on": "2099-03-31"}
    admin.put(path, wanted).refused(428, "precondition_required")
    changed = admin.put(path, wanted, if_match=account["version"]).must()
    assert (changed["name"], changed["ends_on"]) == ("山本 花子", "2099-03-31")
    admin.put(path, wanted, if_match=account["version"]).refused(409, "version_conflict")
    without = admin.put(path, {"name": "山本 花子"}, if_match=changed["version"]).must()
    assert without.get("ends_on") is None
    bad = admin.put(path, {"name": "", "ends_on": None}, if_match=without["version"])
    assert bad.refused(422, "invalid_fields").faults == {"name": "required"}


def test_the_only_administrator_has_no_last_day(admin: Person, office: Office) -> None:
    own = next(
        line["account"] for line in admin.get("/accounts").must()["accounts"]
        if line["account"]["id"] == admin.view["account_id"]
    )
    admin.put(
        f"/accounts/{own['id']}", {"name": own["name"], "ends_on": "2099-03-31"},
        if_match=own["version"],
    ).refused(409, "last_administrator")
