-- 従業員. The row holds what lists sort and search by; the ledger itself is in sections, each a
-- described struct as JSON, dated ones (氏名・住所・雇用・報酬) once for every 適用日.

CREATE TABLE employee (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    version          INTEGER NOT NULL,
    number           TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 20), -- 社員番号
    attendance       TEXT NOT NULL CHECK (attendance IN ('active', 'on_leave', 'retired')),
    birth_date       TEXT NOT NULL,
    hired_on         TEXT,
    name             TEXT NOT NULL,      -- as of today, for lists
    name_kana        TEXT NOT NULL,
    department       TEXT,
    employment_type  TEXT,
    establishment_id INTEGER,
    health_standard  INTEGER,            -- 標準報酬月額(健保)
    name_key         TEXT NOT NULL,
    kana_key         TEXT NOT NULL,
    updated_at       INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX employee_by_number ON employee (number);
CREATE INDEX employee_by_kana ON employee (kana_key, number);
CREATE INDEX employee_by_name ON employee (name_key);
-- What lists filter by: they are counted, and the departments named, from this index alone.
CREATE INDEX employee_by_place ON employee (department, employment_type, attendance);

CREATE TABLE section (
    employee_id INTEGER NOT NULL REFERENCES employee (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,
    valid_from  TEXT NOT NULL, -- 適用日; '' for sections without history
    body        TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (employee_id, kind, valid_from)
) STRICT, WITHOUT ROWID;
