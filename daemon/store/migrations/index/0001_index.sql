-- Projection of all books for cross-client screens. Never backed up: rebuilt from the books.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
