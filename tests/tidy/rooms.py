"""Which room may include which: the lines of docs/architecture.md §2, lowest first. A room includes
rooms on lines above its own only; rooms on one line never include each other."""

LINES: list[list[str]] = [
    ["base", "domain"],
    ["crypto", "csv", "sheets"],
    ["net"],  # transport below http: TLS, framing, sockets, static files
    ["store"],
    ["keyring"],  # keeps its wrapped keys in a store file
    ["audit"],
    ["http"],
    ["roles", "passkeys"],
    ["auth", "clients", "jobs"],
    ["accounts", "admission", "devices"],
    ["delegation"],
    ["employees", "documents", "vault"],
    ["insurance", "tasks", "columns", "contents", "search"],
    ["headings", "checks"],  # over the catalogue in columns: products' headings, rules of a row
    ["filings", "yearend", "portal", "imports", "exports", "reviews", "enrolment"],
    ["backup", "retention", "ops", "schedule", "demo"],
    ["app", "cli"],
]

# What the lines alone do not say.
ALSO_MAY: dict[str, set[str]] = {
    "main.cpp": {"base", "cli"},
    "cli": {"app"},  # a command that starts the daemon or reads its settings
}

COROUTINE_ROOMS = {"net", "http", "app"}

FILES_MAX = 8
# Rooms over the bound, each with its reason.
MORE_FILES: dict[str, str] = {
    "base": "small unrelated tools, a header and a source each",
    "store": "engine, pool, rows, migrations and JSON share one set of private headers",
    "auth": "accounts, passwords, roles, sessions and sign-in are one trust boundary",
    "admission": "networks, hours and the domestic table are values below rules and gates",
    "http": "one pair a concern: call, caller, dispatch, respond, route",
    "passkeys": "one pair a concern: CBOR, ceremony, challenges, rows, and the whole",
    "net": "message, guard, TLS and server each compile Beast or Asio once",
    "backup": "the repository's format, its writer, its reader and the proof belong together",
    "crypto": "one pair a primitive",
    "domain": "one pair a value type",
    "cli": "one file a command",
    "clients": "the directory on disk, its copy in memory and each book's profile change together",
    "devices": "list, gate, desk, the server's own certificate and what expires, a pair each",
    "imports": "one file a step of an import: upload, dry run, rows, commit, undo",
    "demo": "a made-up record is put together part by part, one file each",
    "web-ui": "not a room",
}


def may_include(room: str) -> set[str]:
    allowed = set(ALSO_MAY.get(room, set()))
    for number, line in enumerate(LINES):
        if room in line:
            for lower in LINES[:number]:
                allowed.update(lower)
    return allowed
