-- パスキー (WebAuthn).

-- By which authenticators know a person: 32 random bytes. Kept when the passkeys go, so that a new
-- one takes the old one's place on the device.
CREATE TABLE passkey_user (
    account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    handle     BLOB NOT NULL UNIQUE CHECK (length(handle) = 32)
) STRICT;

CREATE TABLE passkey (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id    INTEGER NOT NULL REFERENCES passkey_user (account_id) ON DELETE CASCADE,
    credential_id BLOB NOT NULL UNIQUE CHECK (length(credential_id) BETWEEN 16 AND 1023),
    host          TEXT NOT NULL,      -- relying party id: it is of use under this name only
    algorithm     INTEGER NOT NULL CHECK (algorithm IN (-7, -8, -257)), -- COSE
    public_key    BLOB NOT NULL,      -- as libfido2 keeps one of the algorithm
    counter       INTEGER NOT NULL,   -- of signatures; only grows, or stays 0
    name          TEXT NOT NULL,
    transports    TEXT NOT NULL,      -- 'internal,hybrid': hints for the browser
    aaguid        BLOB NOT NULL CHECK (length(aaguid) = 16), -- kind of authenticator
    backed_up     INTEGER NOT NULL CHECK (backed_up IN (0, 1)),
    created_at    INTEGER NOT NULL,
    last_used_at  INTEGER
) STRICT;
CREATE INDEX passkey_by_account ON passkey (account_id);
