-- Contents of files, encrypted under books/<book-id>/blobs/ (docs/formats/blob.md). Whoever keeps
-- one references its row; deleting the row, and its key with it, makes the file unreadable.
CREATE TABLE blob (
    id            TEXT PRIMARY KEY CHECK (length(id) = 32),
    wrapped_key   BLOB NOT NULL CHECK (length(wrapped_key) = 60),
    bytes         INTEGER NOT NULL CHECK (bytes >= 0),
    sha256        TEXT NOT NULL CHECK (length(sha256) = 64),
    stored_bytes  INTEGER NOT NULL CHECK (stored_bytes > bytes),
    stored_sha256 TEXT NOT NULL CHECK (length(stored_sha256) = 64)
) STRICT, WITHOUT ROWID;

CREATE TABLE document ( -- 書類: attached to the client, or to one employee
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    version     INTEGER NOT NULL,
    employee_id INTEGER REFERENCES employee (id),
    blob_id     TEXT NOT NULL UNIQUE REFERENCES blob (id),
    name        TEXT NOT NULL, -- as the person named it, with its extension
    extension   TEXT NOT NULL,
    note        TEXT,
    created_at  INTEGER NOT NULL,
    created_by  TEXT NOT NULL  -- "account:3"
) STRICT;
CREATE INDEX document_by_employee ON document (employee_id);
