import { csv } from './csv'
import { guard } from './guard'
import { office } from './office'
import { rights } from './rights'
import { start } from './start'
import { work } from './work'

export const pages = [...start, ...work, ...csv, ...guard, ...office, ...rights]
