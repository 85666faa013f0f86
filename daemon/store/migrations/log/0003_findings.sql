-- 要確認の記録: what was let in or refused, and somebody should look at. The rules of the daily
-- audit read it.
CREATE TABLE finding (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    class      TEXT NOT NULL,      -- access_hours, many_names (docs/log.md)
    account_id INTEGER,            -- of whom, when it is somebody
    address    TEXT NOT NULL,
    detail     TEXT NOT NULL CHECK (json_valid(detail)),
    request_id TEXT NOT NULL
) STRICT;
CREATE INDEX finding_by_time ON finding (at);
CREATE INDEX finding_by_class ON finding (class, at);

-- ログイン履歴 tells what else the right password was refused for. The daemon alone writes the
-- outcome, from a list of its own: a new one needs no new table.
CREATE TABLE login_log_of_all_outcomes (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    login_id   TEXT NOT NULL,       -- as typed, escaped, cut to 64
    account_id INTEGER,             -- when it exists
    outcome    TEXT NOT NULL,
    address    TEXT NOT NULL,
    device     TEXT NOT NULL DEFAULT '',
    request_id TEXT NOT NULL
) STRICT;
INSERT INTO login_log_of_all_outcomes
SELECT id, at, login_id, account_id, outcome, address, device, request_id FROM login_log;
DROP TABLE login_log;
ALTER TABLE login_log_of_all_outcomes RENAME TO login_log;
CREATE INDEX login_by_account ON login_log (account_id, at);
