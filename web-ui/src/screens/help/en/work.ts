import type { HelpPage } from '../pages'

export const work: HelpPage[] = [
  {
    id: 'clients', group: 'work', title: 'Clients', keywords: 'client add corporate number contract end resume list filter',
    body: `
## The list
- Filter by the beginning of code, name or kana, and by the state of the contract.
- Choose a heading to sort, again to reverse.
- Order and page are in the URL, so you can bookmark them. Names and numbers that you type are not.

## Adding
Only administrators add clients.

1. Choose “Add a client”.
2. Enter code, name and kana. The rest can follow later.
3. A corporate number has 13 digits with a check digit. A wrong one is not saved.

To add many, use the [CSV import](imports).

## The end of a contract
Choose the end of the contract on the client’s page. Nothing is deleted, but nothing can be changed any more. Ended clients are listed under “Contract ended”, and a contract can be resumed.

## Telling clients apart
Every client has a colour. The twelve colours repeat, so look at the code and the name as well.
`,
  },
  {
    id: 'establishments', group: 'work', title: 'Establishments', keywords: 'establishment symbol labour insurance employment insurance health insurer',
    body: `
A client has establishments with their numbers in social, labour and employment insurance.

- The **establishment symbol** is prefecture code, district code and office symbol: 01-12-イロハ
- The **establishment number** has up to 5 digits.
- The **labour insurance number** has 14 digits: 2-1-2-6-3.
- The **employment insurance office number** has 4-6-1 digits.

Full-width digits and all kinds of hyphens are stored in one form. An establishment with employees cannot be deleted.
`,
  },
  {
    id: 'employees', group: 'work', title: 'Employees', keywords: 'employee add retire family address remuneration insured filing name',
    body: `
## List and summary
- Choosing a row opens a summary on the right. [[Alt]] + [[↑]] [[↓]] walks through the people.
- People who have left are shown when you choose “Retired” or “All”.

## Adding
1. Choose “Add an employee”.
2. Enter number, name, kana, date of birth and so on. What is missing is explained in red.
3. Save with [[Ctrl]] + [[Enter]].

## Editing
The bar at the bottom lists what you changed, old and new. Nothing is written before you save. If you leave without saving, you are asked first.

## Kanji of names
Names are kept exactly as typed (髙, 﨑, 𠮷). If a filing cannot take a character, enter another form as the filing name.

## Retirement
Record the day and the reason. Nothing is deleted, and it can be taken back. Enter the last days of health, pension and employment insurance in the ledger.

## My Numbers
This ledger does not hold My Numbers. Twelve digits that can be read as one are refused in every field.
`,
  },
  {
    id: 'history', group: 'work', title: 'Effective dates and history', keywords: 'effective date history version planned past change conflict',
    body: `
## Effective dates
Addresses, names, employment and pay hold **from when** they apply. Enter that day first when you edit.

- A day in the future is kept as planned and used from that day.
- The day of an existing version corrects that version.
- An earlier day changes nothing before it.
- A version added by mistake can be deleted. It stays in the history.
- Choose a day to see the ledger as it was on that day.

## History
- It shows who changed what, when, from what to what. Imports, their undoing and files are in it too.
- It cannot be rewritten or deleted. Each record holds a check value of the one before, so gaps and changes are found.

## When two people edit at once
Whoever saves first is not overwritten: the second one sees both versions and chooses.
`,
  },
  {
    id: 'dates', group: 'work', title: 'Dates, kana and numbers', keywords: 'date era kana full-width hyphen',
    body: `
## Dates
One box takes any way of writing.

- Western: 2025/04/01, 2025-4-1, 20250401
- Japanese: 令和7年4月1日, R7.4.1, 平成元年5月1日

When you leave the box it shows 2025/04/01, with the year of the era beside it. **Days that do not exist (昭和65年1月1日, 31 June) are refused.**

## Kana
Kana are stored as full-width katakana. Hiragana and half-width kana are converted.

## Numbers
Full-width digits and all kinds of hyphens are stored in half width. The characters of names are never changed.
`,
  },
  {
    id: 'attachments', group: 'work', title: 'Documents (files)', keywords: 'file document attach PDF upload download delete 100MB Word Excel',
    body: `
Files can be attached to clients and employees. Each is encrypted with a key of its own.

## Attaching
1. Drop files on the box, or choose them. Several at once are fine.
2. Progress is shown, and goes on when you work elsewhere. “Stop” cancels.

- Kinds: PDF, Word (.doc, .docx), Excel (.xls, .xlsx), pictures (.jpg, .jpeg, .png, .gif), ZIP
- Up to **100 MB** each.
- A file whose contents do not fit its extension is refused.

! Do not attach anything that shows a My Number. Names and notes with digits that can be read as one are refused.

## Name and note
The pencil changes both. The extension stays.

## Deleting
The bin deletes. It cannot be undone. Who did it and when stays in the history.

## Downloading
Who downloaded and when stays in the history. The copy on your computer is not encrypted: delete it when you are done.
`,
  },
]
