import type { employees as ja } from '../ja/employees'

export const employees: Record<keyof typeof ja, string> = {
}
