import { access } from './en/access'
import { accounts } from './en/accounts'
import { backups } from './en/backups'
import { clients } from './en/clients'
import { common } from './en/common'
import { delegation } from './en/delegation'
import { devices } from './en/devices'
import { documents } from './en/documents'
import { employees } from './en/employees'
import { entry } from './en/entry'
import { errors } from './en/errors'
import { fields } from './en/fields'
import { history } from './en/history'
import { home } from './en/home'
import { imports } from './en/imports'
import { own } from './en/own'
import { policies } from './en/policies'
import { reviews } from './en/reviews'
import { roles } from './en/roles'

/** The complete English catalogue, one file for each Japanese one; the types of those say which keys it must have. */
export const en = {
  ...common, ...errors, ...entry, ...home, ...clients, ...employees, ...fields, ...history, ...imports, ...documents, ...backups, ...accounts, ...devices, ...own, ...access, ...policies, ...roles, ...reviews, ...delegation,
}
