-- 端末証明書: which devices may open the office's pages, and the server's own certificate.

-- The office's authority for devices. A newer one takes over; the older stays until it expires,
-- because certificates of its are still about.
CREATE TABLE device_authority (
    fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 64),
    certificate BLOB NOT NULL,       -- DER
    sealed_key  BLOB NOT NULL,       -- under the keyring's key of certificates
    created_at  INTEGER NOT NULL,
    created_by  TEXT NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE device_certificate (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    issuer        TEXT NOT NULL REFERENCES device_authority (fingerprint),
    serial        TEXT NOT NULL,
    account_id    INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    device        TEXT NOT NULL CHECK (length(device) BETWEEN 1 AND 60),
    issued_at     INTEGER NOT NULL,
    issued_by     TEXT NOT NULL,     -- "account:3"
    expires_at    INTEGER NOT NULL,
    revoked_at    INTEGER,
    revoked_by    TEXT,
    revoke_reason TEXT CHECK (revoke_reason IN ('lost', 'replaced', 'retired', 'mistake',
                                                'account_disabled')),
    last_used_at  INTEGER,
    UNIQUE (issuer, serial),
    CHECK ((revoked_at IS NULL) = (revoke_reason IS NULL)),
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
) STRICT;
CREATE INDEX device_certificate_by_account ON device_certificate (account_id);

-- Whatever stops an account, its certificates die in the same transaction, and stay dead when it
-- is opened again.
CREATE TRIGGER device_certificates_of_disabled_account
AFTER UPDATE OF state ON account WHEN NEW.state = 'disabled'
BEGIN
    UPDATE device_certificate
       SET revoked_at = NEW.updated_at, revoked_by = 'system:accounts',
           revoke_reason = 'account_disabled'
     WHERE account_id = NEW.id AND revoked_at IS NULL;
END;

-- Whether a class of accounts (利用者区分) needs one.
CREATE TABLE device_policy (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    administrator TEXT NOT NULL CHECK (administrator IN ('off', 'optional', 'required')),
    staff         TEXT NOT NULL CHECK (staff IN ('off', 'optional', 'required')),
    client        TEXT NOT NULL CHECK (client IN ('off', 'optional', 'required')),
    employee      TEXT NOT NULL CHECK (employee IN ('off', 'optional', 'required')),
    version       INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO device_policy (id, administrator, staff, client, employee)
VALUES (1, 'optional', 'optional', 'off', 'off');

-- The server's certificate once it is another than the one that `kuramori init` left in files.
CREATE TABLE server_certificate (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    chain        TEXT NOT NULL,      -- PEM
    sealed_key   BLOB NOT NULL,
    self_made    INTEGER NOT NULL CHECK (self_made IN (0, 1)),
    installed_at INTEGER NOT NULL,
    installed_by TEXT NOT NULL
) STRICT;

-- 証明書の署名要求 (CSR) whose answer is awaited. Its key has never been outside.
CREATE TABLE server_certificate_request (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    pem        TEXT NOT NULL,
    names      TEXT NOT NULL CHECK (json_valid(names)),
    sealed_key BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL
) STRICT;
