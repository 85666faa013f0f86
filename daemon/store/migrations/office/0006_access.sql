-- 認証ポリシー, 接続元 and 利用時間: what an administrator has set. What is not here is the default.

-- Rules of one class of accounts, as JSON. Never weaker than kuramori.yaml: what that asks for is
-- taken where it is stricter.
CREATE TABLE sign_in_policy (
    account_class TEXT PRIMARY KEY
        CHECK (account_class IN ('administrator', 'staff', 'client', 'employee')),
    rules         TEXT NOT NULL CHECK (json_valid(rules)),
    version       INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- From where a class may come: [{"network": "192.0.2.0/24", "note": "本社"}]. Read and written as a
-- whole. NULL: private networks; the row stays for its version.
CREATE TABLE access_list (
    account_class TEXT PRIMARY KEY
        CHECK (account_class IN ('administrator', 'staff', 'client', 'employee')),
    entries       TEXT CHECK (json_valid(entries)),
    version       INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The same for the accounts of one 顧問先, in place of their class's. NULL: it has none of its own.
CREATE TABLE client_access_list (
    client_id  INTEGER PRIMARY KEY REFERENCES client (id) ON DELETE CASCADE,
    entries    TEXT CHECK (json_valid(entries)),
    version    INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- When a class may use it: [{"days": ["mon", "tue"], "from": "07:00", "to": "22:00"}].
CREATE TABLE access_hours (
    account_class TEXT PRIMARY KEY
        CHECK (account_class IN ('administrator', 'staff', 'client', 'employee')),
    mode          TEXT NOT NULL CHECK (mode IN ('off', 'refuse', 'flag')),
    windows       TEXT NOT NULL CHECK (json_valid(windows)),
    version       INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who may come outside of the hours, from when to when, and why.
CREATE TABLE access_exception (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    begins     INTEGER NOT NULL,
    ends       INTEGER NOT NULL CHECK (ends > begins),
    reason     TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
    actor      TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX access_exception_by_end ON access_exception (ends);
