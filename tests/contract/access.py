"""Who may do what: written down here by hand, so that a change of the program's own table is seen.
A right that stands in no line below is nobody's, and its routes fail the test until it does."""
from __future__ import annotations

STAFF = {
    "signing_in", "signed_in", "client.view", "client.edit", "employee.view", "employee.edit",
    "document.view", "document.edit", "import.run", "export.run", "job.view",
}
ADMINISTRATOR = STAFF | {
    "account.manage", "client.create", "backup.view", "backup.run", "status.view", "device.manage",
}
CONSOLE = {  # never records of people
    "backup.view", "backup.run", "job.view", "status.view", "device.manage",
}

RIGHTS = {
    "nobody": set[str](),
    "half_signed_in": {"signing_in"},  # gave the password, not the second factor
    "staff_unassigned": STAFF,
    "staff_assigned": STAFF,
    "administrator": ADMINISTRATOR,
    "console": CONSOLE,
}
SEES_THE_CLIENT = {"staff_assigned", "administrator"}


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
