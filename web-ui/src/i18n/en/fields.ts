import type { fields as ja } from '../ja/fields'

export const fields: Record<keyof typeof ja, string> = {
}
