"""The session's cookie, and what a page of another origin cannot do with it."""
from __future__ import annotations

import pytest
from office import PASSWORD, Office
from person import Person, client_input

SIGN_IN = {"login_id": "admin", "password": PASSWORD}


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(office: Office) -> None:
    answer = office.nobody().post("/session", SIGN_IN)
    cookie = answer.headers["set-cookie"]
    value, *rules = [part.strip() for part in cookie.split(";")]
    assert value.startswith("__Host-kuramori=") and len(value.split("=")[1]) >= 43
    assert set(rules) == {"Path=/", "Secure", "HttpOnly", "SameSite=Strict"}


def test_a_new_sign_in_has_a_new_session_and_ends_the_one_before(office: Office) -> None:
    person = office.sign_in()
    before = person.http.cookies["__Host-kuramori"]
    person.enter("/session", SIGN_IN)
    assert person.http.cookies["__Host-kuramori"] != before
    old = office.nobody()
    old.get("/session", headers={"Cookie": f"__Host-kuramori={before}"}).refused(
        401, "sign_in_needed"
    )


def test_signing_out_ends_the_session_and_clears_the_browser(office: Office) -> None:
    person = office.sign_in()
    token = person.http.cookies["__Host-kuramori"]
    answer = person.delete("/session")
    answer.must(204)
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    office.nobody().get("/session", headers={"Cookie": f"__Host-kuramori={token}"}).refused(
        401, "sign_in_needed"
    )


@pytest.mark.parametrize("token", [None, "", "x", "0" * 43])
def test_a_change_without_the_session_s_own_token_is_refused(
    admin: Person, token: str | None
) -> None:
    for change in (
        admin.post("/clients", client_input(), headers={"X-CSRF-Token": token}),
        admin.delete("/session", headers={"X-CSRF-Token": token}),
    ):
        change.refused(403, "csrf_token_wrong")
    admin.get("/session", headers={"X-CSRF-Token": None}).must()  # reading needs none


def test_the_token_of_another_session_is_refused(office: Office, admin: Person) -> None:
    other = office.sign_in().view["csrf_token"]
    admin.post("/clients", client_input(), headers={"X-CSRF-Token": other}).refused(
        403, "csrf_token_wrong"
    )


@pytest.mark.parametrize("header, value", [
    ("Origin", "https://evil.example"),
    ("Origin", "null"),
    ("Origin", "http://localhost"),
    ("Sec-Fetch-Site", "cross-site"),
    ("Sec-Fetch-Site", "same-site"),
    ("Sec-Fetch-Site", "none"),
])
def test_a_change_from_another_origin_is_refused(
    office: Office, admin: Person, header: str, value: str
) -> None:
    admin.post("/clients", client_input(), headers={header: value}).refused(
        403, "cross_site_request"
    )
    office.nobody().post("/session", SIGN_IN, headers={header: value}).refused(
        403, "cross_site_request"
    )  # signing somebody in is a change, too


def test_a_change_from_our_own_page_is_taken(office: Office, admin: Person) -> None:
    ours = {"Origin": office.url, "Sec-Fetch-Site": "same-origin"}
    admin.post("/clients", client_input(), headers=ours).must(201)


@pytest.mark.parametrize("kind", [
    "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None,
])
def test_what_a_form_can_send_is_not_json(admin: Person, kind: str | None) -> None:
    admin.post(
        "/clients", headers={"Content-Type": kind}, content=b'{"code":"A"}'
    ).refused(415, "not_json_body")


def test_a_restart_ends_all_sessions(fresh_office: Office) -> None:
    person = fresh_office.set_up()
    person.get("/session").must()
    fresh_office.restart()
    person.get("/session").refused(401, "sign_in_needed")


@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b'"text"', b'{"code":"A","code":"B"}', b'{"code":"\\u0000"}', b"\xff",
    b'{"code":' + b"[" * 40 + b"]" * 40 + b"}",
])
def test_what_is_not_strict_json_of_the_right_kind_is_refused(
    admin: Person, body: bytes
) -> None:
    answer = admin.post(
        "/clients", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status in (400, 422)
    assert answer.code in ("not_json", "invalid_fields")


def test_unknown_fields_are_refused_not_ignored(admin: Person) -> None:
    body = {**client_input(), "id": 1, "created_at": 0}
    answer = admin.post("/clients", body).refused(422, "invalid_fields")
    assert answer.faults == {"id": "unknown_field", "created_at": "unknown_field"}
