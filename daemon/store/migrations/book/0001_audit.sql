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
