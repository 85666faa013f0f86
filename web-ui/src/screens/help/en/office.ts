import type { HelpPage } from '../pages'

export const office: HelpPage[] = [
  {
    id: 'accounts', group: 'office', title: 'People', keywords: 'people staff administrator account add disable assign role delete CSV sheet print last day retirement',
    body: `
Only for administrators.

## Adding someone
1. “Add a person”: name, sign-in ID, role and clients.
2. Hand over the **set-up code**. It is shown once.
3. When the person has chosen a password with it, the account works.

## Roles
- **Administrators** may do everything. People, adding and ending clients, and backups are theirs alone.
- **Staff** work on employees, files, imports and exports of the clients assigned to them. Other clients do not exist for them.

Register at least two administrators: one alone may be unable to sign in.

## Changing clients
“Change clients” decides between all clients and chosen ones. It takes effect at once.

## Two-step sign-in and locks
The list shows who has set up two-step sign-in, and who is locked.

- **Unlock** lets someone sign in at once who was locked after wrong attempts. Make sure first that they were the person’s own.
- **Turn off two-step sign-in** is for a phone that was lost or replaced; it is behind the “…” of the row. The app, the passkeys and the recovery codes stop working, and open screens are signed out. If it is required, the person sets it up anew at the next sign-in.

! Make sure by telephone or in person who asks for it. Pretending to be a colleague is a known trick.

These steps, and adding, disabling and assigning people, ask you to [confirm that it is you](own-account).

## Disabling
Disable those who leave. They are signed out at once and cannot sign in any more. Records stay. The last administrator cannot be disabled. “New code” makes an account usable again.

## Last day
Where somebody's last day is known, enter it under “Change name and last day”. They work up to that day and are disabled by themselves on the next business day; weekends, national holidays and 29 December to 3 January do not count. Employees are disabled on the business day after the retirement in the ledger.

## Deleting for good
A disabled person, and one who has not set up yet, can be deleted for good. Name, sign-in ID, password, roles and clients go, also from the records of changes. Past records then say “Deleted person (#number)”. Nobody can have the sign-in ID again.

! This cannot be undone. Backups that exist keep it until they expire.

## Adding many from a CSV file
“Add from CSV” takes a file with one line a person. Start from the template.

- The headings are those of the template; client codes and last day may be left out.
- Several roles or client codes are separated by “;”. “all” stands for all clients.
- The file is tried first, and faults are shown with their lines. If a single line is wrong, nobody is added.
- Roles that another administrator has to approve are not given by a file, nor are employees added.

## First-use sheets
“First-use sheets” makes a PDF with one page for each person who has not set up yet: sign-in ID, set-up code, QR code, steps, the date it expires and whom to ask, in Japanese. Each time the code is a new one and those before stop working. Kuramori does not keep the PDF: delete it once it is printed.
`,
  },
  {
    id: 'policies', group: 'office', title: 'Sign-in policy', keywords: 'password length expiry lockout two-step required policy class',
    body: `
What passwords, lockouts and two-step sign-in are asked for, by class of people (administrators, staff, clients, employees). Administrators only.

## Changing it
1. Enter a number in a box. The floor is shown below it.
2. The bar at the bottom lists what you changed. "Save" puts it in force.

- A change is in force with everybody's **next sign-in**. No restart is needed.
- The floor comes from the server settings (kuramori.yaml). The screen can only be stricter.
- Who changed what stays in the audit records.

## The rules
- **Shortest length, kinds of characters**: for new passwords. The present one works until it is changed.
- **Days it lasts**: then a new one is asked for at the next sign-in. 0 means never.
- **Lockout**: after so many mistakes in a row nobody signs in with that ID for a while, not even with the right password. An administrator can unlock it on the page [People](accounts).
- **Two-step sign-in**: when required, whoever has none sets it up at the next sign-in.

## After mistakes
- After each mistake that login ID has to wait a little before the next try (from 1 second to 30).
- An address from which sign-ins keep failing has to wait for a while.
- More than twenty login IDs that fail from one address within ten minutes are recorded: somebody may be trying a stolen list.
`,
  },
  {
    id: 'access', group: 'office', title: 'Networks and hours', keywords: 'IP address CIDR network allow limit hours exception lock out',
    body: `
From which networks, and when, each class of people may use Kuramori. Administrators only.

## Networks
At first people come from the office network (private addresses) only, never from the internet.

1. Choose "Edit" of a class.
2. Enter the networks, one a line. A note may follow the address.
3. Choose "Save". Mistakes are shown with the number of their line and what to do.

- A network is written "192.168.1.0/24", a single machine "203.0.113.7". IPv6 works, too.
- A list takes up to 1,000 networks.
- A change applies to open sessions at once.
- A client company may have a list of its own. Then its people are measured by that list alone.

Signing in from elsewhere answers that the password is wrong even when it is right: whoever guesses must not learn that. The person's own [sign-in history](own-account) tells "Network not allowed".

## When you would lock yourself out
A list without your own address is saved only when you confirm that you mean it. When nobody gets in any more, run this on the server; it works while Kuramori runs.

$ sudo kuramori access list
$ sudo kuramori access reset administrator

Networks go back to private ones only, hours to "No limit". It stays in the audit records.

## Hours
- **Refuse**: outside nobody signs in, and whoever is signed in gets no further.
- **Note**: people get in outside, and a finding is kept for review.
- Until 22:00 means that 22:00:00 is fine and 22:00:01 is outside.
- Over midnight takes two lines: until 24:00, and from 00:00 of the next day.

To allow work outside of the hours choose "Add an exception" and enter the person, the time and the reason. It ends by itself.

## Table of domestic addresses
When the server is reachable from the internet, give a table of domestic networks (CIDR, one a line) in the server setting "access.geo_table": internet addresses that are not in it are refused. The office network is not touched. A table older than 90 days shows a warning.
`,
  },
  {
    id: 'security', group: 'office', title: 'Security facts', keywords: 'encryption security audit log rights external TLS',
    body: `
Facts that you can show to your clients.

## Stored data
- Every client has a database file of its own, encrypted with a key of its own (SQLCipher, AES-256).
- Every attached file is encrypted with a key of its own (AES-256-GCM).
- Nothing is ever written to a disk unencrypted, temporary files, backups and error files of imports included.
- My Numbers are not stored. Digits that can be read as one are refused.

## Connections
- Browsers connect with TLS 1.2 or newer.
- Screens come from the office’s server alone: no parts, fonts or analytics from outside. It works with the internet cut.
- Names and numbers stay out of URLs, of the history of browsers and of the server’s logs.

## People
- There is no default account.
- Passwords are stored with Argon2id and cannot be read back. Wrong attempts lock the sign-in for a while.
- Two-step sign-in (passkeys or an authenticator app) is required of everyone unless configured otherwise. It uses no outside service.
- Steps that reach far ask for password and code, or a passkey, again.
- Every sign-in, failed ones included, is recorded with time, address and device, and shown to its owner.
- Staff reach only the clients assigned to them.
- Unused screens are signed out.

## Records
- Every change is recorded with who, when, before and after. It is impossible to write without a record.
- Records are chained by check values, so changes and gaps are found. They are encrypted too.

## Restores
- The daily backup is proven by restoring it, every time.
- The time of the last proof is on every screen.
`,
  },
  {
    id: 'certificate', group: 'office', title: 'Certificate and browsers', keywords: 'certificate warning TLS HTTPS CA not secure browsers',
    body: `
The server’s certificate comes from an authority that “kuramori init” made for this office alone. Install the authority once on each computer, and the warning is gone.

## On a computer
1. Download the [certificate of the authority](/kuramori-ca.crt).
2. On Windows open it, choose to install it, and put it into the trusted root authorities.
3. Restart the browser.

Many computers get it through a group policy of Active Directory. Compare its thumbprint with “/etc/kuramori/ca.crt” on the server.

## If the server’s name changes
Add the new name to “hosts” under “listen” in the configuration file and restart the service. The certificate is made anew.

## Browsers
The newest and the previous version of Chrome, Edge and Firefox, on screens 1366 pixels wide or more.
`,
  },
  {
    id: 'commands', group: 'office', title: 'Commands on the server', keywords: 'command CLI kuramori systemctl configuration demo restart log',
    body: `
“kuramori help” lists them too. The exit status is 0 when all is well, 1 when a problem was found, 2 when it could not be run.

## Service
$ sudo systemctl start kuramori
$ sudo systemctl stop kuramori
$ systemctl status kuramori
$ journalctl -u kuramori

## A new office
$ sudo kuramori init --office NAME --host SERVER

## Configuration
The file is “/etc/kuramori/kuramori.yaml”. Unknown or repeated keys stop the start, with file and line.

$ sudo kuramori config check
$ kuramori config print

## Backup and restore
$ sudo kuramori backup run
$ sudo kuramori backup list
$ sudo kuramori backup verify NUMBER
$ sudo kuramori restore --to FOLDER
$ sudo kuramori restore --in-place --point NUMBER

## Keys
$ sudo kuramori key recovery-kit

## Trial data
Makes invented clients, employees and people, and prints their sign-in IDs and passwords. Only a new office without clients takes it.

$ sudo kuramori demo --clients 30 --employees 1500 --seed 1
`,
  },
]
