import type { HelpPage } from '../pages'

export const guard: HelpPage[] = [
  {
    id: 'backups', group: 'guard', title: 'Backups and verification', keywords: 'backup generation verify proof automatic same disk restore point',
    body: `
## Every day
At a fixed time (23:00 unless configured otherwise) everything is backed up, and the backup is proven by restoring it. It stays encrypted, and a number of generations is kept (14 unless configured otherwise). You can work meanwhile.

## Now
Choose “Back up now”, before a large change for example. The server can do it too.

$ sudo kuramori backup run
$ sudo kuramori backup list

## The proof of a restore
“Verify” **really restores** the data of that moment elsewhere, and compares counts, contents and the chain of the audit records. The copy is deleted afterwards. The time of the last proof is on top of every screen.

$ sudo kuramori backup verify

## Reading the page
- **Equal**: proven, you can go back to this point.
- **Not verified**: not tried yet.
- **Not equal**: you cannot go back to it. Make a new backup now and check the disk.

! If it says that backups lie on the same disk as the data, move the repository to another disk in the configuration file. When the disk breaks, you lose both.

How to go back: [Restoring](restore). Where to keep the keys: [Root key and recovery kit](recovery-kit).
`,
  },
  {
    id: 'restore', group: 'guard', title: 'Restoring', keywords: 'restore replace side point in time',
    body: `
A restore is run on the server by someone with its administrator rights. What comes back is compared with the counts, contents and audit records of the backup before it is used.

## Into another place
The present data is not touched. Use it to look.

$ sudo kuramori restore --to /srv/kuramori-check

## In place of the present data
1. Tell everyone, and stop the service.
2. Restore.
3. Start the service, sign in and look.

$ sudo systemctl stop kuramori
$ sudo kuramori restore --in-place
$ sudo systemctl start kuramori

- The former data is kept in “before-restore-…” inside the data folder.
- If it was interrupted, run the same command again.
- What was entered after that point is gone.

## Choosing a point
Take the number from “kuramori backup list”. Without one, the newest is used.

$ sudo kuramori restore --in-place --point NUMBER

For a wrong import you need no restore: [take the import back](imports).
`,
  },
  {
    id: 'recovery-kit', group: 'guard', title: 'Root key and recovery kit', keywords: 'key root key recovery kit 24 words safe print lost',
    body: `
Data and backups are encrypted. To open them you need the **root key** or the **recovery kit**. If both are lost, nobody can open them, not even the makers.

## The root key
A small file on the server (“/etc/kuramori/root.key” unless configured otherwise), read when the service starts.

- Keep it on **another disk** than the data and the backups.
- Keep a copy on a USB stick in a safe.
- Do not put it into mail or cloud storage.

## The recovery kit
A sheet with 24 words that can take the place of the root key. Stop the service to make it.

$ sudo systemctl stop kuramori
$ sudo kuramori key recovery-kit | lp
$ sudo systemctl start kuramori

- The words are shown once. Keep the sheet **away from the server**, in a safe.
- Do not photograph or save it. Whoever knows the words can open every backup.

## If the sheet is lost or was seen
Replace it. The old words do not open backups made from then on.

$ sudo kuramori key recovery-kit --replace | lp

Backups that the old words open go when their time is over. If you cannot wait, remove the old generations from the repository.

## Once a year
- Are the sheet and the copy of the root key where they should be?
- Do the words of the sheet open a backup?

$ sudo kuramori restore --to /srv/kuramori-check --kit
`,
  },
  {
    id: 'server-lost', group: 'guard', title: 'When the server is lost', keywords: 'disaster failure theft fire new server ransomware recovery',
    body: `
After a failure, theft, fire or ransomware. With a **backup** and **a copy of the root key or the recovery kit** everything comes back.

## What you need
- a new server (Debian 12)
- the disk with the backups
- the sheet of the recovery kit, or the copy of the root key

## Steps
1. Install Kuramori on the new server. Do not run “kuramori init”.
2. Connect the disk with the backups.
3. Restore, and enter the 24 words in hiragana or romaji.
4. Start the service and sign in with your usual ID and password.

$ sudo kuramori restore --in-place --repository /mnt/backup --kit
$ sudo systemctl start kuramori

With a copy of the root key you need no words.

$ sudo kuramori restore --in-place --repository /mnt/backup --root-key /media/usb/root.key

## Afterwards
- Configure the repository for the [backups](backups) and make one at once.
- Install the new certificate on all computers ([Certificate and browsers](certificate)).
- After theft or ransomware, change all passwords and replace the recovery kit.

! If you suspect ransomware, disconnect the backup disk first. Connect it again when the cause is gone.

## If the words are refused
- It says which word is wrong. Look at the sheet again.
- If it says that number or order is wrong, read the 24 words from the top left, line by line.
`,
  },
  {
    id: 'jobs', group: 'guard', title: 'Jobs', keywords: 'job progress stop result',
    body: `
Imports, exports, backups and verifications show their progress and results here.

- They go on when you close the screen.
- “Stop” ends a running one. A stopped import has not written a single row.
- Results and reasons of failures can be read later.
- An exported CSV can be saved again from here for 24 hours.
`,
  },
]
