import type { HelpPage } from '../pages'

export const rights: HelpPage[] = [
  {
    id: 'roles', group: 'office', title: 'Roles and rights', keywords: 'roles rights two people request approve refuse auditor export individual number separation of duties',
    body: `
**Roles** decide who may do what. A person can have several and may do what they allow together.

## The table of rights
Rows are rights, columns are roles. A dot means “may”; a diamond means “may, and another administrator approves the grant”. Rights marked “Individual numbers” work on data with My Numbers.

Built-in roles cannot be changed. Only the Exporter exports whole ledgers. The right to reveal numbers on screen is in no built-in role.

## What they see
Which clients a person sees is decided apart from rights: all of them, or those assigned on the page [People](accounts). Rights over individual numbers work only for the clients chosen there for them.

## Two people
A right that needs approval takes three steps.

1. An administrator gives the role on the page [People](accounts) and says why.
2. **Another administrator** reads request and reason under “Requests” and approves or refuses. Neither the one who asked nor the one who receives can approve.
3. The receiver is signed out and has the right from the next sign-in on.

A request expires after 7 days. Taking rights away needs no approval and reaches open screens at once.

! An office with one administrator can set “change.two_person” to false in the settings file. Set it back to true when there are two.

## Roles that do not go together
One person does not get roles that check each other: the auditor, with the administrator, system administrator, individual number officer or handler; the officer, with the handler. Roles of office, client and employee do not mix.

## Roles of your own
Under “Roles”, copy a similar one and choose name and rights. The class decides which rights can be chosen.

- A change takes effect at once for everybody who has the role.
- A role that somebody has cannot get a right that needs approval. Make a new role and give that.
- A role that somebody has cannot be removed.
- No change may leave nobody who manages accounts.
`,
  },
  {
    id: 'account-ledger', group: 'office', title: 'Ledger of accounts', keywords: 'ledger accounts rights list CSV dormant unused review',
    body: `
For everybody who has an account:

- their roles, and who gave them when; with two people, both
- what they may do, heavy rights in bold
- their clients, and those whose individual numbers they handle
- last sign-in, day added, two-step sign-in

Filter by name, class or right. “Unused for 90 days” shows accounts that nobody has used for long; the number of days is “accounts.dormant_days” in the settings file. Disable such accounts on the page [People](accounts).

## Saving as CSV
A file that Excel opens (UTF-8). You are asked to [confirm that it is you](own-account), and the extract is recorded.
`,
  },
  {
    id: 'account-reviews', group: 'office', title: 'Review of accounts', keywords: 'review sign monthly evidence due dormant',
    body: `
Opens by itself on the 1st of each month, or at the next start when the server was off. It does not in the month in which the office was made; “Begin this month’s review” does it by hand.

## How to review
Each line shows one person’s roles, rights, clients and last sign-in as they were when the review opened. Choose a verdict and sign.

- **Keep**: needed as it is. Several can be signed together.
- **To change**: roles or clients have to change. Say what.
- **To disable**: no longer used.

The change itself is made on the page [People](accounts).

! A signed line cannot be changed by anybody. It stays as evidence.

Somebody else signs your own line as long as there is somebody else who may. The review closes when every line is signed.

## When it is due
Within 10 days. From the eleventh day on it is overdue: red on the first screen, and a line in the server’s log.
`,
  },
]
