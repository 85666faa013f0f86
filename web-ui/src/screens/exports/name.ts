import type { ExportDoor } from '../../api/exports'
import { t } from '../../i18n'
import { format } from '../../ui'

/** 従業員_0007_202611201842.csv: what, whose, when */
export const exportName = (door: ExportDoor, code = '', at = Date.now() / 1000) =>
  `${[t(`export.name.${door.kind}`), code, format.moment(at).replace(/\D/g, '')].filter(Boolean).join('_')}.csv`
