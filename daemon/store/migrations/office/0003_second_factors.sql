-- 二段階認証 and the age of passwords.

ALTER TABLE account ADD COLUMN password_set_at INTEGER;               -- NULL: before this was kept
ALTER TABLE account
    ADD COLUMN password_long INTEGER NOT NULL DEFAULT 0 CHECK (password_long IN (0, 1));

ALTER TABLE account ADD COLUMN last_sign_in_device TEXT;

-- The last passwords of an account, so that they do not come back.
CREATE TABLE password_past (
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    set_at     INTEGER NOT NULL,
    hash       TEXT NOT NULL
) STRICT;
CREATE INDEX password_past_by_account ON password_past (account_id, set_at);

-- 認証アプリ (TOTP). `used_step` only grows: no code is taken twice, restarts included.
CREATE TABLE totp (
    account_id   INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    secret       BLOB NOT NULL CHECK (length(secret) = 20),
    confirmed_at INTEGER,             -- NULL: shown, and not proved yet
    used_step    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- 予備コード: each opens once.
CREATE TABLE recovery_code (
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (account_id, hash)
) STRICT, WITHOUT ROWID;
