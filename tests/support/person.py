"""Somebody at a browser (or the console): an HTTP client that knows the contract's habits."""
from __future__ import annotations

import itertools
import time
from typing import Any
from urllib.parse import quote

import httpx

JOB_ENDS_WITHIN = 120.0
OVER = ("done", "failed", "cancelled")
_numbers = itertools.count(1)  # codes and numbers that no other test has used


class Answer:
    """A response; `must(status)` gives its body or fails the test with what came instead."""

    def __init__(self, response: httpx.Response):
        self.raw = response
        self.status = response.status_code
        self.headers = response.headers
        self.content = response.content
        self.text = response.text

    @property
    def json(self) -> Any:
        return self.raw.json()

    @property
    def code(self) -> str:
        """The problem's stable code."""
        assert self.headers["content-type"] == "application/problem+json", self.text
        return self.json["code"]

    @property
    def faults(self) -> dict[str, str]:
        return {fault["field"]: fault["message"] for fault in self.json["fields"]}

    def must(self, status: int = 200) -> Any:
        request = self.raw.request
        assert self.status == status, (
            f"{request.method} {request.url.path} answered {self.status}, not {status}: {self.text}"
        )
        is_json = self.headers.get("content-type", "").startswith("application/json")
        return self.json if is_json else None

    def refused(self, status: int, code: str) -> Answer:
        assert (self.status, self.code) == (status, code), self.text
        return self


class Person:
    def __init__(self, http: httpx.Client):
        self.http = http
        self.view: dict[str, Any] = {}  # SessionView once signed in
        self.password = ""

    # --- requests ---------------------------------------------------------------------------------
    def ask(
        self, method: str, path: str, body: Any = None, *, if_match: int | None = None,
        key: str | None = None, headers: dict[str, str | None] | None = None, **more: Any,
    ) -> Answer:
        """`path` is below /api/v1. A header given as None is left out."""
        all_headers: dict[str, str | None] = {"X-CSRF-Token": self.view.get("csrf_token")}
        if if_match is not None:
            all_headers["If-Match"] = f'"{if_match}"'
        if key is not None:
            all_headers["Idempotency-Key"] = key
        all_headers.update(headers or {})
        if body is not None:
            more["json"] = body
        kept = {name: value for name, value in all_headers.items() if value is not None}
        answer = Answer(self.http.request(method, path, headers=kept, **more))
        if answer.status != 403 or answer.code != "proof_needed" or not self.password:
            return answer
        self.prove()
        kept["X-CSRF-Token"] = self.view["csrf_token"]
        return Answer(self.http.request(method, path, headers=kept, **more))

    def prove(self, code: str | None = None) -> None:
        """The password again, as some routes ask five minutes after the last time."""
        self.view = self.post("/session/proof", {"password": self.password, "code": code}).must()

    def get(self, path: str, **more: Any) -> Answer:
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Answer:
        return self.ask("POST", path, body, **more)

    def put(self, path: str, body: Any = None, **more: Any) -> Answer:
        return self.ask("PUT", path, body, **more)

    def delete(self, path: str, **more: Any) -> Answer:
        return self.ask("DELETE", path, **more)

    def upload(
        self, path: str, content: bytes, file_name: str, *, headers: dict[str, str] | None = None
    ) -> Answer:
        """The file is the body; its name travels percent-encoded in X-File-Name."""
        named = {
            "X-File-Name": quote(file_name, safe=""), "Content-Type": "application/octet-stream",
            **(headers or {}),
        }
        return self.ask("POST", path, headers=named, content=content)

    def enter(self, path: str, body: dict[str, Any]) -> Person:
        """Sign-in or one of the two set-ups: afterwards this person is signed in."""
        answer = self.post(path, body)
        assert answer.status in (200, 201), answer.text
        self.view, self.password = answer.json, body.get("password", self.password)
        return self

    # --- what tests need again and again ----------------------------------------------------------
    def wait_for_job(self, accepted: Answer | int, state: str = "done") -> dict[str, Any]:
        job_id = accepted if isinstance(accepted, int) else accepted.must(202)["job_id"]
        until = time.monotonic() + JOB_ENDS_WITHIN
        while time.monotonic() < until:
            job = self.get(f"/jobs/{job_id}").must()
            if job["state"] in OVER:
                assert job["state"] == state, job
                return job
            time.sleep(0.02)
        raise AssertionError(f"job {job_id} is not over within {JOB_ENDS_WITHIN} s")

    def new_client(self, **wanted: Any) -> dict[str, Any]:
        return self.post("/clients", client_input(**wanted)).must(201)

    def new_establishment(self, client_id: int, **wanted: Any) -> dict[str, Any]:
        body = {"name": "本社", "health_insurer": "kyokai", "specified": False,
                "labour_unified": True, **wanted}
        return self.post(f"/clients/{client_id}/establishments", body).must(201)

    def new_employee(self, client_id: int, **sections: Any) -> dict[str, Any]:
        return self.post(f"/clients/{client_id}/employees", ledger(**sections)).must(201)


def client_input(**wanted: Any) -> dict[str, Any]:
    """A valid ClientInput; `profile` adds to the profile, other words replace."""
    number = next(_numbers)
    profile = {
        "entity": "corporation", "does_procedures": True, "does_payroll": False,
        "does_year_end": False, "does_consulting": False, **wanted.pop("profile", {}),
    }
    return {
        "code": f"T{number:05d}", "name": f"試験商事{number}株式会社",
        "name_kana": "シケンショウジ", "profile": profile, **wanted,
    }


def ledger(**sections: Any) -> dict[str, Any]:
    """A valid Ledger; each word adds to the section of its name."""
    number = next(_numbers)
    out: dict[str, Any] = {
        "basic": {"number": f"{number:06d}", "attendance": "active", "birth_date": "1985-04-01",
                  "sex": "female", "hired_on": "2020-04-01"},
        "name": {"last_name": "山田", "first_name": "花子", "last_kana": "ヤマダ",
                 "first_kana": "ハナコ"},
        "relatives": [],
    }
    for section, fields in sections.items():
        known = out.get(section)
        out[section] = {**known, **fields} if isinstance(known, dict) else fields
    return out
