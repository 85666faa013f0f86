import type { HelpPage } from '../pages'

export const start: HelpPage[] = [
  {
    id: 'start', group: 'start', title: 'Getting started', keywords: 'use overview screen home previous sign-in stripe',
    body: `
Kuramori (蔵守) keeps the ledgers of your clients and their employees on your office’s own server, and nowhere else. All data is stored encrypted, and nothing is sent outside.

## The screen
- Choose your work in the dark blue menu on the left.
- The bar on top shows the office, the search, when a restore was last proven, the last backup, your name and your previous sign-in.
- While a client is open, its **colour, code and name** stay on the screen, and every dialog repeats them. Look at them before you type.
- The “?” beside a title opens the help of that screen.

## Home
- **To do next** lists what needs you, such as a look at the backups. Do what is marked in red first.
- **Guarding** shows when a restore was last proven, and the last backup.
- Running jobs and recently changed clients follow.

## If the previous sign-in was not you
1. Choose your name at the top right, then “Change password”, and change it at once. Screens open elsewhere are signed out.
2. Note the time and the address, and tell an administrator.
3. An administrator can disable the account on the [people](accounts) page.

## When something is wrong
- The very first use: [First set-up](first-run)
- You cannot sign in: [When you cannot sign in](locked-out)
- Rows of a CSV file are refused: [Why a row is an error](import-errors)
- The server is broken: [When the server is lost](server-lost)
`,
  },
  {
    id: 'first-run', group: 'start', title: 'First set-up', keywords: 'set-up init install administrator certificate code',
    body: `
Done once, by whoever prepares the server. It takes about 30 minutes.

## 1. Make the office
Run this on the server. It makes the keys, the databases and the certificate, and prints a **set-up code** for the first administrator.

$ sudo kuramori init --office 山田社会保険労務士事務所
$ sudo systemctl start kuramori

The code works once, for 7 days. There is no default account and no default password.

## 2. Register the first administrator
1. Open the printed URL in a browser. If it warns about the certificate, see [Certificate and browsers](certificate).
2. Enter the set-up code, your name, a sign-in ID and a password, then choose “Register and sign in”.

## 3. Print the recovery kit
The sheet that opens the backups when the server is gone. Stop the service, print it and lock it away. See [Root key and recovery kit](recovery-kit).

$ sudo systemctl stop kuramori
$ sudo kuramori key recovery-kit | lp
$ sudo systemctl start kuramori

## 4. Put the backups on another disk
If they lie on the disk of the data, you lose both when it breaks. Write a place on another disk as “repository” under “backup” in the configuration file.

$ sudo kuramori config check
$ sudo systemctl restart kuramori

## 5. Make the first backup and prove it
On the [backups](backups) page choose “Back up now”, and when it has ended, “Verify”.

## 6. Add clients and people
- [Add clients](clients), or [import them](imports) from a CSV file.
- Add your colleagues on the [people](accounts) page and hand them their set-up codes.
`,
  },
  {
    id: 'sign-in', group: 'start', title: 'Signing in and passwords', keywords: 'sign in password sign out set-up code change language',
    body: `
## Signing in
1. Enter your sign-in ID and password, and choose “Sign in”.
2. The time of your previous sign-in is at the top right. If it was not you, see [Getting started](start).

After a while without use you are signed out (30 minutes unless configured otherwise, 12 hours at most). When you sign in again, you return to the screen you were on.

## With a set-up code
1. Open the URL you were given, or choose “I have a set-up code” on the sign-in page.
2. Enter your sign-in ID and the code, and choose your own password.

A code works once, for 7 days. If it has expired, ask an administrator for a new one.

## Rules for passwords
- 10 to 128 characters.
- At least 3 of these: small letters, capitals, digits, symbols (Japanese and blanks count as symbols). From 15 characters on, any will do.
- It may not contain your sign-in ID, your name, the name of the office, “password” and the like.
- It may not be a common word with digits or punctuation around it (Baseball2024!, for example), nor with “@” for “a” and the like.
- At least 5 different characters, and not just a sequence (abcd…, 1234…).

A long phrase, four favourite words for example, is easy to remember and hard to break. Blanks and Japanese are fine. The server's configuration file can ask for more characters and kinds.

## Changing your password
Choose your name at the top right, then “Change password”. Screens open elsewhere are signed out.

## Language
Choose your name at the top right to switch between Japanese and English. This browser remembers your choice.
`,
  },
  {
    id: 'locked-out', group: 'start', title: 'When you cannot sign in', keywords: 'lock lockout forgot password failure key recovery administrator',
    body: `
## “Too many wrong attempts”
After 5 wrong attempts in a row a sign-in ID is locked for 30 minutes (both can be configured). Wait, then try again. Trying meanwhile does not help.

## You forgot your password
Ask an administrator, who chooses “New code” on the [people](accounts) page.

## No administrator can sign in
Another administrator can issue a new code. **Register at least two administrators.** The last one cannot be disabled.

## The server cannot be reached
- Check its power and the network.
- Look at its state on the server. “active (running)” means that it works.

$ systemctl status kuramori

- If it says that the root key is missing, connect the disk with the key. If the key is lost, see [Root key and recovery kit](recovery-kit).
- If it says that a restore is unfinished, run the same restore command again. No data is lost.

## The browser warns about the certificate
See [Certificate and browsers](certificate).
`,
  },
  {
    id: 'search', group: 'start', title: 'Search and jump (Ctrl+K)', keywords: 'search palette jump kana number shortcut',
    body: `
[[Ctrl]] + [[K]] finds and opens clients, employees and screens from anywhere.

- It compares the **beginning** of kana (hiragana works too), kanji, client codes and employee numbers: “たかさき”, “髙﨑”, “0007”, “10023”.
- 髙 and 高, 﨑 and 崎, full and half width, and blanks make no difference.
- Choose with [[↑]] [[↓]], open with [[Enter]], close with [[Esc]].
- Only clients you may see, and their employees, are found.

What you type stays out of URLs and of the history of the browser.
`,
  },
  {
    id: 'keyboard', group: 'start', title: 'Keyboard', keywords: 'key shortcut Alt Ctrl Enter',
    body: `
## Everywhere
- [[Ctrl]] + [[K]]: search and jump
- [[Tab]]: next field. On a fresh screen it offers “Skip to content”.
- [[Esc]]: closes dialogs, the search, the side panel and menus

## Lists and forms of employees
- [[Alt]] + [[↑]] / [[Alt]] + [[↓]]: previous and next person
- [[Ctrl]] + [[Enter]]: save

## Correcting an import
- [[Enter]]: checks the value and goes on to the next error
- [[Esc]]: puts the value back

While Japanese is being converted, these keys do nothing.
`,
  },
]
