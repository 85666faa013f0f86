export const clients = {
  'clients.title': '顧問先',
  'clients.new': '顧問先を追加',
  'tabs.employees': '従業員',
} as const
