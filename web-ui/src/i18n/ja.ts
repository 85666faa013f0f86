import { access } from './ja/access'
import { accounts } from './ja/accounts'
import { backups } from './ja/backups'
import { clients } from './ja/clients'
import { common } from './ja/common'
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

/** The complete Japanese catalogue, by area. */
export const ja = {
  ...common, ...errors, ...entry, ...home, ...clients, ...employees, ...fields, ...history, ...imports, ...documents, ...backups, ...accounts, ...own, ...access, ...policies,
}
