-- When and from where a 連携トークン was last used.
CREATE TABLE token_use (
    token_id INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    address  TEXT NOT NULL
) STRICT;
