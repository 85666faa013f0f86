-- ログイン履歴 tells the device (the browser's own words, shortened) and the second step.

CREATE TABLE login_log_with_devices (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    login_id   TEXT NOT NULL,       -- as typed, escaped, cut to 64
    account_id INTEGER,             -- when it exists
    outcome    TEXT NOT NULL CHECK (outcome IN ('ok', 'wrong', 'locked', 'out', 'wrong_code',
                                                'stepped_up', 'ended')),
    address    TEXT NOT NULL,
    device     TEXT NOT NULL DEFAULT '',
    request_id TEXT NOT NULL
) STRICT;
INSERT INTO login_log_with_devices (id, at, login_id, account_id, outcome, address, request_id)
SELECT id, at, login_id, account_id, outcome, address, request_id FROM login_log;
DROP TABLE login_log;
ALTER TABLE login_log_with_devices RENAME TO login_log;
CREATE INDEX login_by_account ON login_log (account_id, at);
