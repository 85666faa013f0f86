-- ログイン履歴 tells what proved the second step and which device certificate was shown (LOG-01).
ALTER TABLE login_log ADD COLUMN factor TEXT NOT NULL DEFAULT 'none';
ALTER TABLE login_log ADD COLUMN certificate TEXT NOT NULL DEFAULT ''; -- serial, hex; '': none

-- ロックアウト (LOG-02): its beginning, and its end by time or by somebody.
CREATE TABLE lockout_log (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    login_id   TEXT NOT NULL,       -- as typed, escaped, cut to 64
    account_id INTEGER,             -- when it exists
    event      TEXT NOT NULL CHECK (event IN ('locked', 'expired', 'released')),
    until      INTEGER,             -- of locked
    address    TEXT NOT NULL,       -- of the last failure; '' for the end of a lock
    actor      TEXT NOT NULL,       -- who released it; '' for the other two
    request_id TEXT NOT NULL
) STRICT;
CREATE INDEX lockout_by_time ON lockout_log (at);
CREATE INDEX lockout_by_account ON lockout_log (account_id, at);
CREATE INDEX login_by_time ON login_log (at);
ALTER TABLE login_failure ADD COLUMN account_id INTEGER;
