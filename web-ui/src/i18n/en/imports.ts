import type { imports as ja } from '../ja/imports'

export const imports: Record<keyof typeof ja, string> = {
}
