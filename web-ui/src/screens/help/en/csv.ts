import type { HelpPage } from '../pages'

export const csv: HelpPage[] = [
  {
    id: 'imports', group: 'csv', title: 'Importing CSV', keywords: 'CSV import encoding Shift_JIS mapping undo blank effective',
    body: `
Adds and updates employees or clients from a CSV file. Start from a client’s employees, or from the list of clients.

## 1. Choose a file
1. Drop a CSV file, or choose one.
2. Encoding (Shift_JIS, UTF-8), line breaks and the product it came from are recognised and shown.

- The first line must hold headings.
- Files from SmartHR, freee HR, Office Station and Kuramori can be taken as they are.
- Otherwise choose “Save a CSV of headings” and fill it in with Excel.

## 2. Map the columns
Check which field takes each column. Every choice can be changed, and is remembered for the next file with the same headings.

- **Empty cells**: “keep” leaves the present value, “clear” removes it.
- **When changes take effect**: changes of name, address, employment and pay either correct the present version or start a new one from a day.

## 3. Look at the check
All rows are checked, and nothing is written. Choose a count (add, update, errors) to see those rows.

- Rows to update show each change, old and new.
- Correct an error in place and press [[Enter]]: it is checked again at once.
- To correct many, save the bad rows as CSV with their reasons, correct your original file and choose “Read the corrected file”.

How to correct what: [Why a row is an error](import-errors).

## 4. Import
All rows are written at once. If anything fails, not a single row is. While errors are left, nothing can be imported.

It goes on when you close the screen. “Earlier imports” opens every import where you left it.

## Add or update?
1. A person with the same employee number is updated (clients: the code).
2. Otherwise one with the same name and date of birth is updated.
3. Otherwise a new one is added.

One file may hold both.

## Taking an import back
“Take the import back” undoes the last one: people it added are removed, people it updated get their former values. If someone was changed since, it stops and names them.
`,
  },
  {
    id: 'import-errors', group: 'csv', title: 'Why a row is an error', keywords: 'error date kana postal code duplicate import garbled',
    body: `
The check names row, column and reason. These are the usual ones.

## Dates
- The day does not exist: 31 June, 昭和65年. Look at the original document.
- It cannot be read: words such as 未定. Leave the cell empty.
- Excel shows five digits (45748): format the cells as dates and save again.

## Names and kana
- “Enter full-width katakana”: kanji or letters are in it. Hiragana and half-width kana are converted for you.
- Family and given name in one column are split at the blank. If there is none, put one between them.

## Numbers
- Wrong number of digits: Excel drops leading zeros when it saves. Use the original file, or format the cells as text.
- The check digit does not fit: a digit was copied wrongly. Look at the original document.
- Digits that can be read as a My Number: do not import that column.

## Choices
“Choose one of the options”: the cell holds a word that is not one of the fixed ones. Enter the cell to see them.

## Duplicates
- The same employee number in another row: correct or delete one of them.
- Two people with the same name and date of birth: add the column of employee numbers.

## Required fields
Rows that add someone need a name, a date of birth and so on. Rows that only update may leave them empty.

## Garbled characters
See on the mapping page whether the samples can be read. If not, export the CSV again as UTF-8 or Shift_JIS.
`,
  },
  {
    id: 'exports', group: 'csv', title: 'Exporting CSV', keywords: 'CSV export encoding Excel substitute formula',
    body: `
“Export CSV” above a list saves employees or clients.

## Encoding
- **UTF-8 (with BOM)** opens in Excel as it is and holds every character. The usual choice.
- **Shift_JIS (CP932)** is for older software.

If Shift_JIS cannot hold a character (𠮷), you see its row, column and character before anything is written. Choose UTF-8, or the usual form or “〓” in its place. Nothing is dropped or turned into “?” silently, and the ledger stays as it is.

## Headings
To import into another product, choose its headings. “Kuramori” writes all fields.

## Formulas
Values that Excel would take for formulas (beginning with “=”, “+”, “-”, “@”) are made harmless.

## Records
Who exported, when, and how many rows is recorded. The file leaves the server after 24 hours; until then the [jobs](jobs) page saves it again. The copy on your computer is not encrypted: delete it when you are done.
`,
  },
]
