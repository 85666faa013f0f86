-- Projection of all books for cross-client screens. Never backed up: rebuilt from the books.

CREATE TABLE seen ( -- how far each book's audit chain has been read
    client_id INTEGER PRIMARY KEY,
    book_id   TEXT NOT NULL,
    seq       INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
    client_id   INTEGER NOT NULL,
    employee_id INTEGER NOT NULL,
    number      TEXT NOT NULL,
    name        TEXT NOT NULL,
    name_kana   TEXT NOT NULL,
    name_key    TEXT NOT NULL,
    kana_key    TEXT NOT NULL,
    attendance  TEXT NOT NULL,
    PRIMARY KEY (client_id, employee_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_name ON person (name_key);
CREATE INDEX person_by_kana ON person (kana_key);
CREATE INDEX person_by_number ON person (number);

CREATE TABLE head_count ( -- 在籍中・休職中
    client_id INTEGER PRIMARY KEY,
    present   INTEGER NOT NULL
) STRICT;
