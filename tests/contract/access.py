"""Who may do what: written down here by hand, so that a change of the program's own table or of
conf/roles.yaml is seen. A right that stands in no line below is nobody's, and its routes fail the
test until it does."""
from __future__ import annotations

ANY = {"signing_in", "signed_in"}
VIEWER = ANY | {"client.view", "employee.view", "document.view"}
STAFF = VIEWER | {"client.edit", "employee.edit", "document.edit", "import.run", "job.view"}
EXPORTER = STAFF | {"export.run"}
MANAGER = STAFF | {"client.create", "account.view", "account.client", "assignment.manage"}
SYSTEM = ANY | {"backup.view", "backup.run", "job.view", "status.view", "device.manage"}
SYSTEM |= {"support.view", "support.request"}
AUDITOR = ANY | {"account.view", "job.view", "status.view", "backup.view", "support.view"}
ADMINISTRATOR = ANY | {
    "client.view", "client.edit", "client.create", "account.view", "account.manage",
    "account.client", "assignment.manage", "role.manage", "grant.approve", "review.sign",
    "job.view", "status.view", "backup.view", "policy.manage", "access.rescue", "device.manage",
    "support.view", "support.request", "support.approve", "token.manage",
}
FIRST = ADMINISTRATOR | SYSTEM | MANAGER | EXPORTER  # an office of one person
CLIENT_STAFF = VIEWER | {"employee.edit", "document.edit"}
CLIENT_ADMINISTRATOR = CLIENT_STAFF | {"account.client"}
CONSOLE = {  # never records of people
    "backup.view", "backup.run", "job.view", "status.view", "access.rescue", "device.manage",
}

RIGHTS = {
    "nobody": set[str](),
    "half_signed_in": {"signing_in"},  # gave the password, not the second factor
    "staff_unassigned": EXPORTER,
    "staff_assigned": EXPORTER,
    "plain_staff": STAFF,
    "viewer": VIEWER,
    "manager": MANAGER,
    "system_administrator": SYSTEM,
    "auditor": AUDITOR,
    "plain_administrator": ADMINISTRATOR,
    "own_client": CLIENT_ADMINISTRATOR,
    "own_client_staff": CLIENT_STAFF,
    "other_client": CLIENT_ADMINISTRATOR,
    "employee_person": ANY,
    "administrator": FIRST,
    "console": CONSOLE,
}
SEES_THE_CLIENT = {
    "staff_assigned", "plain_staff", "viewer", "manager", "plain_administrator", "own_client",
    "own_client_staff", "employee_person", "administrator",
}


def expected(role: str, right: str, scope: str) -> tuple[int, str] | None:
    """The refusal that this role gets; None: the handler is reached."""
    if right == "anyone":
        return None
    if role == "nobody":
        return 401, "sign_in_needed"
    if right not in RIGHTS[role]:
        return 403, "not_permitted"
    if scope == "client" and role not in SEES_THE_CLIENT:
        return 404, "not_found"
    return None
