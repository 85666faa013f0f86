-- 一時サポート and 連携トークン: access that somebody lends, for a time and to a purpose.

CREATE TABLE support_grant (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket       TEXT NOT NULL CHECK (length(ticket) BETWEEN 1 AND 60),
    helper       TEXT NOT NULL CHECK (length(helper) BETWEEN 1 AND 60), -- the named person
    purpose      TEXT NOT NULL CHECK (length(purpose) BETWEEN 1 AND 200),
    hours        INTEGER NOT NULL CHECK (hours BETWEEN 1 AND 23),
    client_id    INTEGER REFERENCES client (id), -- NULL: the machine's state only
    consent      TEXT, -- who of the client agreed, when and how
    state        TEXT NOT NULL
                 CHECK (state IN ('waiting', 'open', 'refused', 'expired', 'revoked')),
    requested_at INTEGER NOT NULL,
    requested_by TEXT NOT NULL,    -- "account:1", "console:uid0"
    decided_at   INTEGER,
    decided_by   INTEGER,
    account_id   INTEGER,          -- made when it is approved; disabled when it ends
    expires_at   INTEGER,
    ended_at     INTEGER,
    CHECK (client_id IS NULL OR consent IS NOT NULL)
) STRICT;

CREATE TABLE token (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    hash       BLOB NOT NULL UNIQUE CHECK (length(hash) = 32), -- SHA-256 of 256 random bits
    rights     TEXT NOT NULL CHECK (json_valid(rights)),
    networks   TEXT NOT NULL CHECK (json_valid(networks)),
    all_clients INTEGER NOT NULL CHECK (all_clients IN (0, 1)),
    clients    TEXT NOT NULL CHECK (json_valid(clients)),
    owner      INTEGER NOT NULL,   -- the account that made it: it can do no more than its owner
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
