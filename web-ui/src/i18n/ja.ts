import { access } from './ja/access'
import { accounts } from './ja/accounts'
import { backups } from './ja/backups'
import { clients } from './ja/clients'
import { common } from './ja/common'
import { delegation } from './ja/delegation'
import { devices } from './ja/devices'
import { documents } from './ja/documents'
import { employees } from './ja/employees'
import { entry } from './ja/entry'
import { errors } from './ja/errors'
import { fields } from './ja/fields'
import { history } from './ja/history'
import { home } from './ja/home'
import { imports } from './ja/imports'
import { own } from './ja/own'
import { policies } from './ja/policies'
import { reviews } from './ja/reviews'
import { roles } from './ja/roles'

/** The complete Japanese catalogue, by area. */
export const ja = {
  ...common, ...errors, ...entry, ...home, ...clients, ...employees, ...fields, ...history, ...imports, ...documents, ...backups, ...accounts, ...devices, ...own, ...access, ...policies, ...roles, ...reviews, ...delegation,
}
