-- Log classes that carry no domain change of their own.

-- ログイン・ロックアウト
CREATE TABLE login_log (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    login_id   TEXT NOT NULL,       -- as typed, escaped, cut to 64
    account_id INTEGER,             -- when it exists
    outcome    TEXT NOT NULL CHECK (outcome IN ('ok', 'wrong', 'locked', 'out')),
    address    TEXT NOT NULL,
    request_id TEXT NOT NULL
) STRICT;
CREATE INDEX login_by_account ON login_log (account_id, at);

-- Consecutive failures of one sign-in name, counted whether it exists or not; survives a restart.
CREATE TABLE login_failure (
    login_id     TEXT PRIMARY KEY COLLATE NOCASE,
    failures     INTEGER NOT NULL,
    locked_until INTEGER
) STRICT, WITHOUT ROWID;

-- アクセス
CREATE TABLE access_log (
    id           INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    account_id   INTEGER,
    address      TEXT NOT NULL,
    operation    TEXT NOT NULL,     -- operationId, never the query
    client_id    INTEGER,
    object       TEXT,
    status       INTEGER NOT NULL,
    bytes        INTEGER NOT NULL,
    microseconds INTEGER NOT NULL,
    request_id   TEXT NOT NULL
) STRICT;
CREATE INDEX access_by_time ON access_log (at);
CREATE INDEX access_by_client ON access_log (client_id, at);

-- ジョブ: imports, exports, backups, verifications, with progress and result.
CREATE TABLE job (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,
    client_id   INTEGER,
    actor       TEXT NOT NULL,
    state       TEXT NOT NULL
        CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    step        TEXT NOT NULL,      -- code of what is being done now
    done        INTEGER NOT NULL,
    total       INTEGER NOT NULL,   -- 0: not known yet
    created_at  INTEGER NOT NULL,
    started_at  INTEGER,
    finished_at INTEGER,
    result      TEXT,               -- JSON
    error       TEXT                -- code
) STRICT;
CREATE INDEX job_by_time ON job (created_at);

-- Idempotency-Key of creating requests, kept for a day: the same key gets the same answer.
CREATE TABLE idempotency (
    account_id INTEGER NOT NULL,
    key        TEXT NOT NULL,
    operation  TEXT NOT NULL,
    body_hash  BLOB NOT NULL,
    answer     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (account_id, key)
) STRICT, WITHOUT ROWID;

-- 復元ポイント, with what verification found.
CREATE TABLE restore_point (
    id             INTEGER PRIMARY KEY,
    kind           TEXT NOT NULL,
    started_at     INTEGER NOT NULL,
    finished_at    INTEGER NOT NULL,
    bytes          INTEGER NOT NULL,
    files          INTEGER NOT NULL,
    blobs          INTEGER NOT NULL,
    rows           INTEGER NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('complete', 'verified', 'damaged')),
    verified_at    INTEGER,
    verify_seconds INTEGER,
    fault          TEXT
) STRICT;

-- One row that is written again and again: the watchdog's proof that a write reaches the disk.
CREATE TABLE write_probe (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;
