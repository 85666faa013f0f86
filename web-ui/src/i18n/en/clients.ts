import type { clients as ja } from '../ja/clients'

export const clients: Record<keyof typeof ja, string> = {
  'clients.title': 'Clients',
  'clients.new': 'Add a client',
  'tabs.employees': 'Employees',
}
