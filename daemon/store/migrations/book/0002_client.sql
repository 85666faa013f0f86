-- Everything of one client company. The directory in office.db holds code, name and state.

CREATE TABLE profile ( -- 顧問先台帳, one row
    id                    INTEGER PRIMARY KEY CHECK (id = 1),
    entity                TEXT NOT NULL,
    corporate_number      TEXT,
    representative_title  TEXT,
    representative_name   TEXT,
    representative_kana   TEXT,
    postal_code           TEXT,
    address               TEXT,
    address_kana          TEXT,
    telephone             TEXT,
    fax                   TEXT,
    industry              TEXT,
    fiscal_month          INTEGER CHECK (fiscal_month BETWEEN 1 AND 12),
    contract_from         TEXT,
    contract_to           TEXT,
    does_procedures       INTEGER NOT NULL,
    does_payroll          INTEGER NOT NULL,
    does_year_end         INTEGER NOT NULL,
    does_consulting       INTEGER NOT NULL,
    closing_day           INTEGER CHECK (closing_day BETWEEN 1 AND 31),
    pay_day               INTEGER CHECK (pay_day BETWEEN 1 AND 31),
    pay_month_offset      INTEGER CHECK (pay_month_offset BETWEEN 0 AND 2),
    bonus_months          TEXT,
    contact_name          TEXT,
    contact_email         TEXT,
    note                  TEXT
) STRICT;

CREATE TABLE establishment ( -- 事業所
    id                       INTEGER PRIMARY KEY AUTOINCREMENT,
    version                  INTEGER NOT NULL,
    name                     TEXT NOT NULL,
    name_kana                TEXT,
    postal_code              TEXT,
    address                  TEXT,
    telephone                TEXT,
    symbol                   TEXT, -- 事業所整理記号
    number                   TEXT, -- 事業所番号
    health_insurer           TEXT NOT NULL,
    insurer_branch           TEXT, -- 協会けんぽの支部
    insurer_number           TEXT, -- 保険者番号
    insurer_name             TEXT,
    card_symbol              TEXT, -- 被保険者証の記号
    pension_office           TEXT, -- 管轄年金事務所
    applied_on               TEXT, -- 適用年月日
    specified                INTEGER NOT NULL, -- 特定適用事業所
    labour_number            TEXT, -- 労働保険番号
    labour_unified           INTEGER NOT NULL, -- 一元適用
    labour_industry          TEXT, -- 労災保険料率の業種
    labour_office            TEXT, -- 管轄労働基準監督署
    employment_office_number TEXT, -- 雇用保険適用事業所番号
    hello_work               TEXT, -- 管轄ハローワーク
    established_on           TEXT
) STRICT;
