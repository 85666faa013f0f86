-- 役割: several for one person. The built-in ones are conf/roles.yaml; these are the office's own.

CREATE TABLE role (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 50),
    class      TEXT NOT NULL CHECK (class IN ('administrator', 'staff', 'client')),
    rights     TEXT NOT NULL CHECK (json_valid(rights)), -- ["client.view", …]
    version    INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE account_role (
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    role       TEXT NOT NULL,    -- "staff", or "own:3" for row 3 of role
    granted_at INTEGER NOT NULL,
    granted_by TEXT NOT NULL,    -- "account:1"; with two persons "account:1 account:2"
    PRIMARY KEY (account_id, role)
) STRICT, WITHOUT ROWID;

-- What the two roles of old could do, under the names of today.
INSERT INTO account_role (account_id, role, granted_at, granted_by)
SELECT account.id, now.role, account.created_at, 'migration'
  FROM account
  JOIN (SELECT 'administrator' AS before, 'administrator' AS role
        UNION ALL SELECT 'administrator', 'system_administrator'
        UNION ALL SELECT 'administrator', 'manager'
        UNION ALL SELECT 'administrator', 'exporter'
        UNION ALL SELECT 'staff', 'staff'
        UNION ALL SELECT 'staff', 'exporter') AS now ON now.before = account.role;

ALTER TABLE account ADD COLUMN class TEXT NOT NULL DEFAULT 'staff'
    CHECK (class IN ('administrator', 'staff', 'client', 'employee'));
UPDATE account SET class = role;
ALTER TABLE account DROP COLUMN role;

-- Whose record an employee's account is, and the last day of one that ends by itself.
ALTER TABLE account ADD COLUMN employee_id INTEGER;
ALTER TABLE account ADD COLUMN ends_on TEXT;
ALTER TABLE account ADD COLUMN all_specific INTEGER NOT NULL DEFAULT 0
    CHECK (all_specific IN (0, 1));
ALTER TABLE assignment ADD COLUMN specific INTEGER NOT NULL DEFAULT 0 CHECK (specific IN (0, 1));
CREATE UNIQUE INDEX account_by_employee ON account (employee_id, id) WHERE employee_id IS NOT NULL;

-- 権限付与の申請: rights that need a second administrator (ACC-02).
CREATE TABLE grant_request (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id   INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    roles        TEXT NOT NULL CHECK (json_valid(roles)), -- all that the account is to have
    reason       TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn')),
    requested_at INTEGER NOT NULL,
    requested_by INTEGER NOT NULL,
    decided_at   INTEGER,
    decided_by   INTEGER,
    comment      TEXT
) STRICT;
CREATE UNIQUE INDEX grant_request_waiting ON grant_request (account_id) WHERE state = 'waiting';

-- 利用者の墓標: an account that was deleted. Its id stays (the audit chain names people by it), its
-- sign-in ID is known only as a keyed hash, so that nobody gets it again.
CREATE TABLE account_tombstone (
    account_id INTEGER PRIMARY KEY,
    login_hash BLOB NOT NULL UNIQUE CHECK (length(login_hash) = 32),
    deleted_at INTEGER NOT NULL,
    deleted_by TEXT NOT NULL
) STRICT;

-- 棚卸: one a month, every account's line signed by somebody; never changed afterwards.
CREATE TABLE account_review (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    month     TEXT NOT NULL UNIQUE, -- "2026-12"
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    closed_by INTEGER
) STRICT;
CREATE TABLE account_review_line (
    review_id  INTEGER NOT NULL REFERENCES account_review (id),
    account_id INTEGER NOT NULL,    -- may be deleted later: the line holds no name
    facts      TEXT NOT NULL CHECK (json_valid(facts)), -- roles, clients, last sign-in as they were
    verdict    TEXT CHECK (verdict IN ('keep', 'change', 'disable')),
    comment    TEXT,
    signed_at  INTEGER,
    signed_by  INTEGER,
    PRIMARY KEY (review_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER account_review_line_signed BEFORE UPDATE ON account_review_line
WHEN OLD.signed_at IS NOT NULL
BEGIN
    SELECT raise(ABORT, 'a signed line of a review never changes');
END;
