"""Jobs: progress, the stream of events, who may see them, and what a crash leaves."""
from __future__ import annotations

import json

from office import Office
from person import Person


def events(person: Person, job_id: int) -> list[dict]:
    answer = person.get(f"/jobs/{job_id}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    return [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]


def test_a_job_is_watched_until_it_is_over(admin: Person) -> None:
    job_id = admin.post("/backups").must(202)["job_id"]
    states = [job["state"] for job in events(admin, job_id)]
    assert states[-1] == "done"
    assert set(states) <= {"waiting", "running", "done"}
    job = admin.get(f"/jobs/{job_id}").must()
    assert (job["kind"], job["actor"]) == ("backup", f"account:{admin.view['account_id']}")
    assert job["created_at"] <= job["started_at"] <= job["finished_at"]
    assert job_id in [row["id"] for row in admin.get("/jobs").must()["jobs"]]
    admin.post(f"/jobs/{job_id}/cancel").refused(409, "job_is_over")


def test_the_office_s_jobs_are_not_for_staff(admin: Person, staff: Person) -> None:
    job = admin.wait_for_job(admin.post("/backups"))
    for answer in (
        staff.get(f"/jobs/{job['id']}"),
        staff.post(f"/jobs/{job['id']}/cancel"),
        staff.get(f"/jobs/{job['id']}/events"),
        staff.get("/jobs/999999"),
    ):
        answer.refused(404, "not_found")
    assert job["id"] not in [row["id"] for row in staff.get("/jobs").must()["jobs"]]


def test_a_job_that_a_crash_cut_off_says_so(fresh_office: Office) -> None:
    admin = fresh_office.set_up()
    for _ in range(20):  # something to save, so that it lasts
        admin.new_client()
    job_id = admin.post("/backups").must(202)["job_id"]
    fresh_office.kill()
    fresh_office.start()
    job = fresh_office.sign_in().get(f"/jobs/{job_id}").must()
    assert job["state"] in ("failed", "done")  # done, if it was quicker than the kill
    if job["state"] == "failed":
        assert job["error"] == "interrupted"
    again = fresh_office.sign_in()
    again.wait_for_job(again.post("/backups"))
