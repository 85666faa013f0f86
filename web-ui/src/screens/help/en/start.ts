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
Change your password and sign out the other devices at once, as in [Two-step sign-in and history](own-account).

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

It asks for the **name of the server**, as browsers will open it. [Passkeys](own-account) are made for that name, so choose one that stays: a name in a domain of the office (kuramori.example.jp, for example) is best, made known to the office's DNS or router. “--host NAME” gives it too.

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
2. Enter the six digits that your authenticator app shows, if you have set up [two-step sign-in](own-account).
3. If you have registered a passkey, choose “Sign in with a passkey” instead and type nothing.
4. The time of your previous sign-in is at the top right; the home page tells device and address too. If it was not you, see [Two-step sign-in and history](own-account).

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
- None of your last 5 passwords.

A long phrase, four favourite words for example, is easy to remember and hard to break. Blanks and Japanese are fine. The server's configuration file can ask for more characters and kinds.

## When a password expires
After 30 days for administrators and 90 for staff, unless configured otherwise. The home page tells you from 7 days before. When it has expired, you choose a new one at your next sign-in. With 15 characters or more and two-step sign-in it does not expire.

## Changing your password
Choose your name at the top right, “Your account”, then “Change password”. Screens open elsewhere are signed out.

## Language
Choose your name at the top right to switch between Japanese and English. This browser remembers your choice.
`,
  },
  {
    id: 'own-account', group: 'start', title: 'Two-step sign-in and history', keywords: 'two-step second factor passkey fingerprint face PIN Windows Hello security key WebAuthn FIDO authenticator app code TOTP QR recovery codes phone lost new device session history confirm account',
    body: `
Choose your name at the top right, then “Your account”. It shows your own account only.

## Setting up two-step sign-in
Besides the password you enter six digits, which an authenticator app on your phone shows anew every 30 seconds. Whoever learns your password still cannot sign in. If your office requires it, the first sign-in leads you through it.

1. Install an authenticator app on your phone (Google Authenticator, Microsoft Authenticator or another).
2. Scan the QR code on the screen with it. If that does not work, type the key.
3. Enter the six digits that the app shows.
4. Print the **recovery codes**, tick “I have put them away”, and go on.

The app works without the internet. If codes are refused, set the clock of your phone to automatic. A code cannot be used twice.

## Passkeys
You sign in by the fingerprint, face or PIN of your device (Windows Hello and others), your phone or a security key. A passkey replaces password and code, and cannot be given away to a false page. Fingerprint and face stay on the device; Kuramori never gets them.

1. Choose “Register a passkey” and give it a name.
2. Do as the browser asks: choose where to keep it, and confirm by fingerprint, face or PIN.
3. From then on choose “Sign in with a passkey”. It also serves as the second step after the password, and when you are asked to confirm that it is you.

Register one on each device (20 at most), and “Remove” those of devices that are lost or no longer used. If your office requires two-step sign-in, the last one stays until you have set up another passkey or an app. Keep the recovery codes that the first one brings, as with an app.

! Passkeys work only under the name of the server that your office has chosen. Browsers do not use them on pages opened by an IP address (https://192.168.1.5:8443, for example): open the URL that the page shows. They may refuse while there is a certificate warning, too ([Certificate and browsers](certificate)).

## Recovery codes
Ten codes for when your phone is not at hand. Each works once, and they are shown only when they are made. Print them and keep them apart from your phone.

When few are left, or the sheet is lost, choose “New recovery codes”. The old ones stop working.

## A lost or new phone
1. Choose “Use a recovery code” while signing in, and enter one.
2. If your office requires two-step sign-in, ask an administrator to turn it off for you; the next sign-in sets up the new phone. Otherwise choose “Turn off” in your account and set it up again.

Without recovery codes you cannot sign in. Ask an administrator, who turns it off on the [people](accounts) page.
When the only administrator cannot sign in, stop the server, run \`sudo kuramori user reset LOGIN-ID\` on it, and set up anew with the code that it prints.

## Confirming that it is you
Steps that reach far, such as adding or disabling people, ask for your password and a code again, or for a passkey. You are not asked again for five minutes.

## Devices that are signed in
Shows where you are signed in now. “Sign out” ends a device that you do not know, or a screen that you left open.

## Something in the history that was not you
Failures are marked in red. If you do not remember one:

1. Choose “Sign out all others”.
2. Change your password at once.
3. Note time, address and device, and tell an administrator.
4. An administrator can disable the account on the [people](accounts) page.
`,
  },
  {
    id: 'locked-out', group: 'start', title: 'When you cannot sign in', keywords: 'lock lockout forgot password failure key recovery administrator',
    body: `
## The right password is refused
After 5 wrong attempts in a row a sign-in ID is locked for 30 minutes (both can be configured). Meanwhile even the right password is answered with “wrong”, so that outsiders do not learn which IDs exist. Wrong codes count too.

Wait, then try again. Trying meanwhile does not help. If it is urgent, an administrator chooses “Unlock” on the [people](accounts) page.

## “Sign-in from this address is stopped”
After 20 wrong attempts within a short time from one computer or network, nothing is accepted from there for 10 minutes. Wait as long as the screen says.

## You cannot enter a code
If your phone is not at hand, choose “Use a recovery code”. Without those, ask an administrator to turn off two-step sign-in for you. If codes are refused, set the clock of your phone to automatic. See [Two-step sign-in and history](own-account).

## You forgot your password
Ask an administrator, who chooses “New code” on the [people](accounts) page.

## No administrator can sign in
Another administrator can issue a new code, unlock and turn off two-step sign-in. **Register at least two administrators.** The last one cannot be disabled.

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
