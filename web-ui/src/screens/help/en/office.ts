import type { HelpPage } from '../pages'

export const office: HelpPage[] = [
  {
    id: 'accounts', group: 'office', title: 'People', keywords: 'people staff administrator account add disable assign role delete CSV sheet print last day retirement',
    body: `
Administrators make changes here; auditors and managers can look.

## Adding someone
1. “Add a person”: name, sign-in ID, role and clients.
2. Hand over the **set-up code**. It is shown once.
3. When the person has chosen a password with it, the account works.

## Roles
Roles decide what somebody may do; a person can have several. [Roles and rights](roles) shows what each allows, the [ledger of accounts](account-ledger) who may do what.

Rights to export ledgers or over individual numbers are asked for with a reason, and another administrator approves.

Register at least two administrators: one alone may be unable to sign in.

## Changing clients
“Change clients” decides between all clients and chosen ones, and, for people with rights over individual numbers, whose numbers they handle. It takes effect at once.

## Two-step sign-in and locks
The list shows who has set up two-step sign-in, and who is locked.

- **Unlock** lets someone sign in at once who was locked after wrong attempts. Make sure first that they were the person’s own.
- **Lockouts** lists the locks, newest first: when, after failures from where, and how each ended (by time, or by an administrator). A name that nobody has is not shown: it may be a password typed into the wrong field.
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
    id: 'support', group: 'office', title: 'Temporary support', keywords: 'support vendor maintenance look consent approve revoke',
    body: `
Lets somebody from outside look at the screen for less than a day. A person is made who may look and nothing else; it ends by itself. No changes, no exports, no individual numbers.

## Let somebody look
1. “Ask for support access”: person, ticket, purpose and length (1 to 23 hours).
2. Choose what may be seen. **State of the server only** shows no personal data. For **one client**, write down that client’s consent: who, when, how.
3. Another administrator approves. The asker cannot. The hours count from the approval.
4. Hand over the sign-in ID and code. The code is shown once.

## End it
It ends by itself. “Revoke” ends it at once, open screens included.

Asking, approving and revoking are audited; every screen that was opened is in the access log.
`,
  },
  {
    id: 'tokens', group: 'office', title: 'Connections', keywords: 'token API connection payroll key curl program',
    body: `
Keys (tokens) with which other programs of the office read and write.

## Make one
1. “Make a token”: name, what it may do, addresses, length, clients.
2. Put the token into the program. It is shown once.

The addresses are those of the computer the program runs on. It works from nowhere else.

## What it can do
Ledgers, documents and CSV imports only, and never more than **the person who made it can at that moment**. It dies when that person is disabled. No exports of whole ledgers, no people, no policies, no individual numbers.

## Revoke it
When it is no longer used, or may have leaked. The next connection is refused.
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
Add the new name to “hosts” under “listen” in the configuration file and restart the service. Then choose “Renew” on “Devices and certificates”: the new certificate is in use at once, and the computers need no change.

## A certificate of an outside authority
1. On “Devices and certificates” choose “Make a request (CSR)”, save it and send it to the authority. The key stays on the server.
2. Import the certificate that comes back, together with the intermediate ones. It is in use at once, without a restart.

A certificate with its key, as PEM or PKCS#12, can be imported too. The self-made one renews itself 61 days before its end; of an imported one the home page and the log tell 60, 30 and 7 days before.

## Browsers
The newest and the previous version of Chrome, Edge and Firefox, on screens 1366 pixels wide or more.
`,
  },
  {
    id: 'devices', group: 'office', title: 'Device certificates', keywords: 'device certificate client certificate PKCS12 p12 revoke lost stolen required authority CA Edge Windows import server certificate CSR renew',
    body: `
With device certificates Kuramori opens only on devices that the office has approved. Somebody who knows a password still does not get in from another device. A certificate belongs to one person and one device.

## Issuing
1. On “Devices and certificates” choose “Issue a device certificate”, then the person and the name of the device.
2. Save the certificate file (.p12) and note the passphrase. **Both are handed out once.**
3. Give file and passphrase to the person by different ways.

! Do not send passphrase and file in the same mail.

## Installing on Windows (Edge, Chrome)
1. The person signs in to Windows and puts the file on the desktop.
2. Double-click the file. The “Certificate Import Wizard” opens; leave “Current User” and choose “Next” twice.
3. Enter the passphrase with its hyphens. Do not tick “Mark this key as exportable”.
4. Leave “Automatically select the certificate store based on the type of certificate”, then “Next” and “Finish”.
5. Close all windows of the browser, then open Kuramori. In “Select a certificate for authentication” choose the one with the device’s name and press “OK”.
6. Delete the file, and the copy that carried it.

It works when “Device certificates” of the [account page](own-account) says “This device”. Windows 10 (1809) and later are supported. In Firefox import it under “View Certificates”, “Your Certificates”.

## Requiring it
Chosen for each class of people (administrators, office staff, people of clients, employees).
- **Off**: certificates are not looked at.
- **Optional**: devices without one may be used; those that show a revoked, expired or somebody else’s are refused.
- **Required**: only devices with a valid certificate of that person may be used.

A change takes effect at once, on open screens too. One’s own class can be made required only from a device with one’s own certificate.

## A device is lost
Choose “Revoke” beside it on “Devices and certificates”. It stops working with its next step, signed in or not. Disabling a person revokes all of theirs.

## An administrator’s device is lost
On the server, stop requiring it or issue another.

$ sudo kuramori ca policy administrator optional
$ sudo kuramori ca issue --user LOGIN_ID --device NAME --out FILE.p12
$ sudo kuramori ca list
$ sudo kuramori ca revoke SERIAL

## Ends
A device certificate lasts 398 days, the device authority ten years. The home page and the log tell 60, 30 and 7 days before.
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

## Device certificates
See [Device certificates](devices).

$ sudo kuramori ca list
$ sudo kuramori ca revoke SERIAL

## Trial data
Makes invented clients, employees and people, and prints their sign-in IDs and passwords. Only a new office without clients takes it.

$ sudo kuramori demo --clients 30 --employees 1500 --seed 1
`,
  },
]
