-- With what a person signed in or tried to: passkeys came later than passwords.
ALTER TABLE login_log
    ADD COLUMN method TEXT NOT NULL DEFAULT 'password' CHECK (method IN ('password', 'passkey'));
