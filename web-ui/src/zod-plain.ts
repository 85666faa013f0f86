import { config } from 'zod'

// Imported before any schema exists: zod would try to compile schemas with Function(), which the Content Security
// Policy blocks and reports.
config({ jitless: true })
