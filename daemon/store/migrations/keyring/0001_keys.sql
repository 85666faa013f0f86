-- Every key of the office but the root, wrapped under it; and what was destroyed.

CREATE TABLE key (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    purpose    TEXT NOT NULL,                -- 'database office', 'database book …', 'audit', …
    wrapped    BLOB,                         -- NULL once destroyed
    created_at INTEGER NOT NULL,
    destroyed_at INTEGER,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX key_by_purpose ON key (purpose);

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
