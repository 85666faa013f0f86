-- The office: accounts, client directory, settings, and the office's own audit chain.

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- アカウント. Ids are never used again (AUTOINCREMENT): the audit chain names people by id.
CREATE TABLE account (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    login_id      TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(login_id) BETWEEN 1 AND 64),
    name          TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    role          TEXT NOT NULL CHECK (role IN ('administrator', 'staff')),
    all_clients   INTEGER NOT NULL CHECK (all_clients IN (0, 1)),
    state         TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    password_hash TEXT,
    setup_hash    BLOB,
    setup_expires INTEGER,
    version       INTEGER NOT NULL DEFAULT 1,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    last_sign_in_at      INTEGER,
    last_sign_in_address TEXT,
    CHECK (state <> 'active' OR password_hash IS NOT NULL)
) STRICT;

-- 顧問先 directory: what must be known without opening the client's own book.
CREATE TABLE client (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    code       TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 20),
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_kana  TEXT NOT NULL,
    name_key   TEXT NOT NULL,               -- folded for prefix search (domain/text search_key)
    kana_key   TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('creating', 'active', 'ended')),
    colour     INTEGER NOT NULL CHECK (colour BETWEEN 0 AND 11), -- of the stripe, stable
    book_id    TEXT NOT NULL UNIQUE CHECK (length(book_id) = 32),
    epoch      INTEGER NOT NULL DEFAULT 1,
    version    INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX client_by_name ON client (name_key);
CREATE INDEX client_by_kana ON client (kana_key);

-- 担当: which staff may see which client (accounts with all_clients see every one).
CREATE TABLE assignment (
    account_id INTEGER NOT NULL REFERENCES account (id),
    client_id  INTEGER NOT NULL REFERENCES client (id),
    PRIMARY KEY (account_id, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignment_by_client ON assignment (client_id);

-- A change of a client that must reach its book as well; replayed at start until it has.
CREATE TABLE client_outbox (
    client_id INTEGER PRIMARY KEY REFERENCES client (id),
    profile   TEXT NOT NULL, -- JSON
    actor     TEXT NOT NULL,
    action    TEXT NOT NULL
) STRICT;

-- 監査チェーン (audit/). `body` may be erased when the law says so; its hash stays in the chain.
CREATE TABLE audit (
    seq       INTEGER PRIMARY KEY,
    version   INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    actor     TEXT NOT NULL,
    action    TEXT NOT NULL,
    object    TEXT NOT NULL,
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
    prev      BLOB NOT NULL CHECK (length(prev) = 32),
    hash      BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_by_object ON audit (object, seq);
CREATE TABLE audit_body (
    seq  INTEGER PRIMARY KEY REFERENCES audit (seq),
    body TEXT NOT NULL -- JSON: what changed, from what to what
) STRICT;
