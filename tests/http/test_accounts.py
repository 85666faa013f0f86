"""Accounts and who may see which client: what an administrator changes holds at once."""
from __future__ import annotations

from office import PASSWORD, Office
from person import Person

NOTHING = {
    "all_clients": False, "client_ids": [], "all_specific": False, "specific_client_ids": [],
}


def invite(admin: Person, login_id: str, **wanted: object) -> dict:
    body = {"login_id": login_id, "name": "招待 花子", "roles": ["staff"], "all_clients": True,
            "client_ids": [], **wanted}
    return admin.post("/accounts", body).must(201)


def test_an_invited_person_chooses_a_password_with_a_code_that_works_once(
    office: Office, admin: Person
) -> None:
    invited = invite(admin, "hanako")
    assert invited["account"]["state"] == "invited"
    choice = {"login_id": "hanako", "code": invited["setup_code"], "password": PASSWORD}
    nobody = office.nobody()
    nobody.post("/setup/account", {**choice, "code": "AAAA-AAAA-AAAA-AAAA"}).refused(
        403, "setup_code_wrong"
    )
    nobody.post("/setup/account", {**choice, "login_id": "taro"}).refused(403, "setup_code_wrong")
    assert office.nobody().enter("/setup/account", choice).view["account_class"] == "staff"
    nobody.post("/setup/account", choice).refused(403, "setup_code_wrong")


def test_a_login_id_is_one_person_s(admin: Person) -> None:
    invite(admin, "only-one")
    again = {"login_id": "only-one", "name": "別人", "roles": ["staff"], "all_clients": True,
             "client_ids": []}
    assert admin.post("/accounts", again).refused(409, "login_id_taken").faults == {
        "login_id": "taken"
    }
    for bad in ("", "with blank", "日本語", "a" * 65, "a/b"):
        answer = admin.post("/accounts", {**again, "login_id": bad})
        assert "login_id" in answer.refused(422, "invalid_fields").faults, bad


def test_an_invitation_anew_kills_the_code_the_password_and_the_sessions_before(
    office: Office, admin: Person
) -> None:
    person = office.add_staff(admin)
    login_id, account_id = person.view["login_id"], person.view["account_id"]
    first = admin.post(f"/accounts/{account_id}/invite").must()["setup_code"]
    second = admin.post(f"/accounts/{account_id}/invite").must()["setup_code"]
    person.get("/session").refused(401, "sign_in_needed")
    office.nobody().post("/session", {"login_id": login_id, "password": PASSWORD}).refused(
        401, "sign_in_wrong"
    )
    choice = {"login_id": login_id, "code": first, "password": "wrong donkey staple"}
    office.nobody().post("/setup/account", choice).refused(403, "setup_code_wrong")
    office.nobody().enter("/setup/account", {**choice, "code": second})


def test_a_disabled_account_is_out_the_same_second(office: Office, admin: Person) -> None:
    person = office.add_staff(admin)
    account_id = person.view["account_id"]
    assert admin.post(f"/accounts/{account_id}/disable").must()["state"] == "disabled"
    person.get("/session").refused(401, "sign_in_needed")
    listed = [line["account"] for line in admin.get("/accounts").must()["accounts"]]
    assert {"disabled"} == {a["state"] for a in listed if a["id"] == account_id}


def test_nobody_locks_themselves_or_the_last_administrator_out(office: Office) -> None:
    admin = office.sign_in()
    own = admin.view["account_id"]
    admin.post(f"/accounts/{own}/disable").refused(409, "own_account")
    admin.post(f"/accounts/{own}/invite").refused(409, "own_account")
    admin.post("/accounts/999999/disable").refused(404, "not_found")


def test_an_assignment_counts_in_sessions_that_are_open(office: Office, admin: Person) -> None:
    one, two = admin.new_client(), admin.new_client()
    person = office.add_staff(admin, [one["id"]])
    account = f"/accounts/{person.view['account_id']}/clients"
    person.get(f"/clients/{one['id']}").must()
    person.get(f"/clients/{two['id']}").refused(404, "not_found")
    assert admin.put(account, {**NOTHING, "client_ids": [two["id"]]}).must() == {
        **NOTHING, "client_ids": [two["id"]],
    }
    person.get(f"/clients/{one['id']}").refused(404, "not_found")
    person.get(f"/clients/{two['id']}").must()
    admin.put(account, {**NOTHING, "all_clients": True}).must()
    person.get(f"/clients/{one['id']}").must()
    assert admin.get(account).must()["all_clients"] is True


def test_lists_and_searches_show_only_the_assigned_clients(office: Office, admin: Person) -> None:
    mine = admin.new_client(name="甲乙丙商店", name_kana="コウオツヘイショウテン")
    other = admin.new_client(name="甲乙丙工業", name_kana="コウオツヘイコウギョウ")
    for client in (mine, other):
        admin.new_employee(client["id"], name={"last_name": "甲乙丙", "last_kana": "コウオツヘイ"})
    person = office.add_staff(admin, [mine["id"]])

    listed = person.get("/clients").must()
    assert ([row["id"] for row in listed["clients"]], listed["total"]) == ([mine["id"]], 1)
    found = person.post("/clients/search", {"text": "甲乙丙"}).must()
    assert ([row["id"] for row in found["clients"]], found["total"]) == ([mine["id"]], 1)
    found = person.post("/search", {"text": "コウオツヘイ"}).must()
    assert [row["id"] for row in found["clients"]] == [mine["id"]]
    assert {row["client_id"] for row in found["employees"]} == {mine["id"]}
    home = person.get("/home").must()
    assert [row["id"] for row in home["recent_clients"]] == [mine["id"]]
    assert home["clients"] == 1


def test_staff_manage_no_accounts(staff: Person) -> None:
    staff.get("/accounts").refused(403, "not_permitted")
    staff.post("/accounts", {}).refused(403, "not_permitted")
