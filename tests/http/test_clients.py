"""顧問先 and their 事業所."""
from __future__ import annotations

import uuid

import pytest
from office import Office
from person import Person, client_input


def as_input(client: dict) -> dict:
    return {key: client[key] for key in ("code", "name", "name_kana", "profile")}


def test_a_client_is_kept_as_it_was_typed_and_tidied(admin: Person) -> None:
    made = admin.new_client(
        name="株式会社髙﨑濵商店", name_kana="ﾀｶｻｷはましょうてん",
        profile={"corporate_number": "５８３５６７８２５６２４６", "postal_code": "1000001",
                 "telephone": "０３（１２３４）５６７８", "address": "東京都千代田区千代田１－１"},
    )
    assert made["name"] == "株式会社髙﨑濵商店"  # names keep their exact letters
    assert made["name_kana"] == "タカサキハマショウテン"
    assert made["profile"]["corporate_number"] == "5835678256246"
    assert made["profile"]["postal_code"] == "100-0001"
    assert (made["state"], made["version"], made["employees"]) == ("active", 1, 0)
    assert admin.get(f"/clients/{made['id']}").must() == made


@pytest.mark.parametrize("field, value, code", [
    ("code", "", "required"),
    ("name", " 　", "required"),
    ("name", "x" * 201, "too_long"),
    ("name", "株式会社\u202e商店", "control_characters"),
    ("name_kana", "漢字", "bad_kana"),
    ("name_kana", "", "required"),
    ("profile.corporate_number", "5835678256247", "bad_corporate_number"),
    ("profile.postal_code", "12", "bad_postal_code"),
    ("profile.contact_email", "nobody", "bad_email"),
    ("profile.fiscal_month", 13, "out_of_range"),
    ("profile.contract_from", "2025-02-29", "not_a_date"),
    ("profile.entity", "club", "not_a_choice"),
    ("profile.note", "個人番号 123456789018 です", "my_number_not_allowed"),
])
def test_a_fault_names_its_field(admin: Person, field: str, value: object, code: str) -> None:
    body = client_input()
    where = body["profile"] if field.startswith("profile.") else body
    where[field.removeprefix("profile.")] = value
    assert admin.post("/clients", body).refused(422, "invalid_fields").faults == {field: code}


def test_all_faults_are_named_at_once(admin: Person) -> None:
    body = client_input(code="", name="", name_kana="", profile={"postal_code": "12"})
    faults = admin.post("/clients", body).refused(422, "invalid_fields").faults
    assert faults == {"code": "required", "name": "required", "name_kana": "required",
                      "profile.postal_code": "bad_postal_code"}


def test_a_code_is_one_client_s(admin: Person) -> None:
    made = admin.new_client()
    taken = client_input(code=made["code"])
    assert admin.post("/clients", taken).refused(409, "client_code_taken").faults == {
        "code": "taken"
    }


def test_a_change_needs_the_version_that_was_seen(admin: Person) -> None:
    client = admin.new_client()
    path = f"/clients/{client['id']}"
    mine = {**as_input(client), "name": "先に保存した名前"}
    admin.put(path, mine).refused(428, "precondition_required")
    admin.put(path, mine, headers={"If-Match": "x"}).refused(400, "bad_if_match")
    first = admin.put(path, mine, if_match=1).must()
    assert (first["version"], first["name"]) == (2, "先に保存した名前")
    late = admin.put(path, {**as_input(client), "name": "後から"}, if_match=1)
    assert late.refused(409, "version_conflict").json["context"]["current"] == first
    assert admin.get(path).must() == first  # nothing lost


def test_the_same_creation_sent_twice_makes_one(admin: Person) -> None:
    key, body = uuid.uuid4().hex, client_input()
    first = admin.post("/clients", body, key=key).must(201)
    assert admin.post("/clients", body, key=key).must(201) == first
    admin.post("/clients", client_input(), key=key).refused(422, "idempotency_key_reused")
    admin.post("/clients", body, key=uuid.uuid4().hex).refused(409, "client_code_taken")


def test_a_key_is_good_for_one_address(admin: Person) -> None:
    key = uuid.uuid4().hex
    one, two = admin.new_client(), admin.new_client()
    body = {"name": "本社", "health_insurer": "kyokai", "specified": False, "labour_unified": True}
    admin.post(f"/clients/{one['id']}/establishments", body, key=key).must(201)
    admin.post(f"/clients/{two['id']}/establishments", body, key=key).refused(
        422, "idempotency_key_reused"
    )
    assert admin.get(f"/clients/{two['id']}/establishments").must() == {"establishments": []}


def test_an_ended_client_is_read_only_until_it_is_resumed(admin: Person) -> None:
    client = admin.new_client()
    path = f"/clients/{client['id']}"
    admin.post(f"{path}/end").refused(428, "precondition_required")
    ended = admin.post(f"{path}/end", if_match=1).must()
    assert (ended["state"], ended["version"]) == ("ended", 2)
    stale = admin.post(f"{path}/resume", if_match=1).refused(409, "version_conflict")
    assert stale.json["context"]["current"] == ended
    admin.put(path, as_input(client), if_match=2).refused(409, "client_ended")
    admin.post(f"{path}/establishments", {
        "name": "本社", "health_insurer": "kyokai", "specified": False, "labour_unified": True,
    }).refused(409, "client_ended")
    admin.get(path).must()
    assert admin.post(f"{path}/resume", if_match=2).must()["state"] == "active"


def test_the_list_is_paged_sorted_and_searched_by_prefix(office: Office, admin: Person) -> None:
    tag = uuid.uuid4().hex[:6]
    for number in range(5):
        admin.new_client(code=f"{tag}{number}", name=f"頁{tag}{number}", name_kana="ページ")
    codes = [f"{tag}{number}" for number in range(5)]

    def search(**wanted: object) -> list[str]:
        found = admin.post("/clients/search", {"text": tag, **wanted}).must()
        assert found["total"] == 5
        return [row["code"] for row in found["clients"]]

    assert search() == codes
    assert search(sort="-code") == codes[::-1]
    assert search(size=2, page=3) == codes[4:]
    by_name = admin.post("/clients/search", {"text": f"頁{tag}3"}).must()["clients"]
    assert [row["code"] for row in by_name] == [codes[3]]
    assert admin.get("/clients?size=1&state=active").must()["size"] == 1
    admin.get("/clients?size=0").refused(422, "invalid_fields")
    admin.get("/clients?state=lost").refused(422, "invalid_fields")


def test_the_history_says_who_changed_what(admin: Person) -> None:
    client = admin.new_client(name="旧社名")
    path = f"/clients/{client['id']}"
    admin.put(path, {**as_input(client), "name": "新社名"}, if_match=1).must()
    newest, *_, oldest = admin.get(f"{path}/history").must()["items"]
    assert newest["action"] == "client.update" and oldest["action"] == "client.create"
    assert {"field": "name", "from": "旧社名", "to": "新社名"} in newest["changes"]
    assert newest["actor"] == admin.view["name"]


def test_establishments_have_versions_and_the_numbers_of_their_offices(admin: Person) -> None:
    client = admin.new_client()
    path = f"/clients/{client['id']}/establishments"
    made = admin.new_establishment(client["id"], name="大阪支店", symbol="２７－イロ－ハ１")
    assert made["details"]["symbol"] == "27-イロ-ハ1"
    one = f"{path}/{made['id']}"
    changed = admin.put(one, {**made["details"], "name": "京都支店"}, if_match=1).must()
    stale = admin.put(one, made["details"], if_match=1).refused(409, "version_conflict")
    assert stale.json["context"]["current"] == changed
    stale = admin.delete(one, if_match=1).refused(409, "version_conflict")
    assert stale.json["context"]["current"] == changed
    assert admin.get(path).must() == {"establishments": [changed]}
    bad = admin.put(one, {**made["details"], "labour_number": "1"}, if_match=2)
    assert bad.refused(422, "invalid_fields").faults == {"labour_number": "bad_labour_number"}
    admin.delete(one, if_match=2).must(204)
    admin.put(one, made["details"], if_match=2).refused(404, "not_found")


def test_an_establishment_with_people_stays(admin: Person) -> None:
    client = admin.new_client()
    office = admin.new_establishment(client["id"])
    admin.new_employee(client["id"], employment={
        "establishment_id": office["id"], "type": "regular", "term": "open_ended",
        "short_time": False,
    })
    admin.delete(f"/clients/{client['id']}/establishments/{office['id']}", if_match=1).refused(
        409, "establishment_in_use"
    )
