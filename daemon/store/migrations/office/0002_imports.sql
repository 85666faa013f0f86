-- 取込: CSV files of clients, as book/0005_imports.sql has them for employees. Contents are in here:
-- blobs belong to books.

CREATE TABLE import (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    state        TEXT NOT NULL CHECK (state IN ('uploaded', 'checked', 'committed', 'undone')),
    file_name    TEXT NOT NULL,
    bytes        INTEGER NOT NULL,
    encoding     TEXT NOT NULL,
    line_break   TEXT NOT NULL,
    rows         INTEGER NOT NULL,
    columns      TEXT NOT NULL CHECK (json_valid(columns)), -- headings, samples, fields
    profile      TEXT NOT NULL,
    blank        TEXT NOT NULL,
    valid_from   TEXT,
    counts       TEXT,    -- of the last dry run
    created_at   INTEGER NOT NULL,
    created_by   TEXT NOT NULL, -- "account:3"
    committed_at INTEGER
) STRICT;

CREATE TABLE import_content (
    import_id INTEGER PRIMARY KEY REFERENCES import (id) ON DELETE CASCADE,
    bytes     BLOB NOT NULL
) STRICT;

CREATE TABLE import_row (
    import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    line      INTEGER NOT NULL, -- as a spreadsheet counts
    action    TEXT NOT NULL CHECK (action IN ('add', 'update', 'same', 'error')),
    record_id INTEGER,
    version   INTEGER,          -- of the record, as the dry run saw it
    title     TEXT NOT NULL,
    key       TEXT NOT NULL,
    faults    TEXT,
    warnings  TEXT,
    PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;

-- Cells that somebody put right on the screen.
CREATE TABLE import_fix (
    import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    line      INTEGER NOT NULL,
    cells     TEXT NOT NULL CHECK (json_valid(cells)),
    PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;

-- What the last import changed, as it was before: kept until the next one is committed.
CREATE TABLE import_undo (
    import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    record_id INTEGER NOT NULL,
    before    TEXT,             -- NULL: the import made it
    version   INTEGER NOT NULL, -- as the import left it
    PRIMARY KEY (import_id, record_id)
) STRICT, WITHOUT ROWID;

-- 出力: files that somebody asked for, kept for a day.
CREATE TABLE export (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    actor      TEXT NOT NULL,
    file_name  TEXT NOT NULL,
    bytes      INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE export_content (
    export_id INTEGER PRIMARY KEY REFERENCES export (id) ON DELETE CASCADE,
    bytes     BLOB NOT NULL
) STRICT;

-- 列の対応: what the columns of files with these headings were mapped to last time.
CREATE TABLE import_mapping (
    kind     TEXT NOT NULL CHECK (kind IN ('employees', 'clients')),
    headings BLOB NOT NULL CHECK (length(headings) = 32), -- their hash
    fields   TEXT NOT NULL CHECK (json_valid(fields)),
    PRIMARY KEY (kind, headings)
) STRICT, WITHOUT ROWID;

-- Books of clients that are gone from the directory, until their files and keys are gone too.
CREATE TABLE book_removal (
    book_id TEXT PRIMARY KEY CHECK (length(book_id) = 32)
) STRICT, WITHOUT ROWID;
