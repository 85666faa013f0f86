-- Projection of all books for cross-client screens. Never backed up: rebuilt from the books.

CREATE TABLE seen ( -- how far each book's audit chain has been read
    client_id INTEGER PRIMARY KEY,
    book_id   TEXT NOT NULL,
    epoch     INTEGER NOT NULL,
    seq       INTEGER NOT NULL
) STRICT;

-- One row when the last stop left every book projected. Gone while the daemon runs, so that a crash
-- leaves none.
CREATE TABLE settled (
    id INTEGER PRIMARY KEY CHECK (id = 1)
) STRICT;

CREATE TABLE person (
    client_id   INTEGER NOT NULL,
    employee_id INTEGER NOT NULL,
    retired     INTEGER NOT NULL,
    number      TEXT NOT NULL,
    name        TEXT NOT NULL,
    name_kana   TEXT NOT NULL,
    name_key    TEXT NOT NULL,
    kana_key    TEXT NOT NULL,
    attendance  TEXT NOT NULL,
    PRIMARY KEY (client_id, employee_id)
) STRICT, WITHOUT ROWID;
-- Each carries the primary key behind its own columns: a search sees whose a hit is in the index.
CREATE INDEX person_by_name ON person (retired, name_key);
CREATE INDEX person_by_kana ON person (retired, kana_key);
CREATE INDEX person_by_number ON person (retired, number);

CREATE TABLE head_count (
    client_id INTEGER PRIMARY KEY,
    present   INTEGER NOT NULL, -- 在籍中・休職中
    people    INTEGER NOT NULL  -- and the retired
) STRICT;
